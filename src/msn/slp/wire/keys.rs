//! The keys in headers and bodies of MSNSLP, and how their values are to be read. Data only.
//!
//! Source: docs/protocol/msnp.md §5.9.

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the key of its row below")]
pub enum Key {
    AppId,
    Bridge,
    Bridges,
    CallId,
    CapabilitiesFlags,
    ConnType,
    ContentLength,
    ContentType,
    Context,
    CSeq,
    EufGuid,
    From,
    HashedNonce,
    Icf,
    ExternalAddresses,
    ExternalEndpoints,
    ExternalPort,
    InternalAddresses,
    InternalEndpoints,
    InternalPort,
    Ipv6Addresses,
    Ipv6Global,
    Ipv6Port,
    Listening,
    MaxForwards,
    NatTravMsgType,
    NetId,
    NeedsEndpoint,
    Nonce,
    RelayPassword,
    RelayServer,
    RelayUser,
    RequestFlags,
    SChannelState,
    SessionId,
    TcpConnType,
    To,
    UPnPNat,
    Via,
}

/// How a value is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As it stands.
    Text,
    /// A decimal number of 32 bits, signed or not.
    Number,
    /// A decimal number of 16 bits.
    Port,
    /// `true` or `false`.
    Flag,
    /// A GUID in braces.
    Guid,
    /// An IPv4 address as a signed decimal number.
    NetId,
    /// Addresses, divided by spaces.
    Addresses,
    /// `address:port` pairs, divided by spaces.
    Endpoints,
    /// Base64.
    Context,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// As it is written; compared without regard to case.
    pub name: &'static str,
    /// What it says.
    pub key: Key,
    /// How its value is to be read.
    pub kind: Kind,
}

const fn row(name: &'static str, key: Key, kind: Kind) -> Row {
    Row { name, key, kind }
}

/// Every key, sorted by name without regard to case.
pub const KEYS: &[Row] = &[
    row("AppID", Key::AppId, Kind::Number),
    row("Bridge", Key::Bridge, Kind::Text),
    row("Bridges", Key::Bridges, Kind::Text),
    row("Call-ID", Key::CallId, Kind::Guid),
    row("Capabilities-Flags", Key::CapabilitiesFlags, Kind::Number),
    row("Conn-Type", Key::ConnType, Kind::Text),
    row("Content-Length", Key::ContentLength, Kind::Number),
    row("Content-Type", Key::ContentType, Kind::Text),
    row("Context", Key::Context, Kind::Context),
    row("CSeq", Key::CSeq, Kind::Number),
    row("EUF-GUID", Key::EufGuid, Kind::Guid),
    row("From", Key::From, Kind::Text),
    row("Hashed-Nonce", Key::HashedNonce, Kind::Guid),
    row("ICF", Key::Icf, Kind::Flag),
    row(
        "IPv4External-Addrs",
        Key::ExternalAddresses,
        Kind::Addresses,
    ),
    row("IPv4External-Port", Key::ExternalPort, Kind::Port),
    row(
        "IPv4ExternalAddrsAndPorts",
        Key::ExternalEndpoints,
        Kind::Endpoints,
    ),
    row(
        "IPv4Internal-Addrs",
        Key::InternalAddresses,
        Kind::Addresses,
    ),
    row("IPv4Internal-Port", Key::InternalPort, Kind::Port),
    row(
        "IPv4InternalAddrsAndPorts",
        Key::InternalEndpoints,
        Kind::Endpoints,
    ),
    row("IPv6-Addrs", Key::Ipv6Addresses, Kind::Addresses),
    row("IPv6-global", Key::Ipv6Global, Kind::Text),
    row("IPv6-Port", Key::Ipv6Port, Kind::Port),
    row("IPv6AddrsAndPorts", Key::Ipv6Addresses, Kind::Endpoints),
    row("Listening", Key::Listening, Kind::Flag),
    row("Max-Forwards", Key::MaxForwards, Kind::Number),
    row("Nat-Trav-Msg-Type", Key::NatTravMsgType, Kind::Text),
    row("NeedConnectingEndpointInfo", Key::NeedsEndpoint, Kind::Flag),
    row("NetID", Key::NetId, Kind::NetId),
    row("Nonce", Key::Nonce, Kind::Guid),
    row("RequestFlags", Key::RequestFlags, Kind::Number),
    row("SChannelState", Key::SChannelState, Kind::Number),
    row("ServerAddress", Key::RelayServer, Kind::Text),
    row("SessionID", Key::SessionId, Kind::Number),
    row("SessionPassword", Key::RelayPassword, Kind::Text),
    row("SessionUsername", Key::RelayUser, Kind::Text),
    row("TCP-Conn-Type", Key::TcpConnType, Kind::Text),
    row("To", Key::To, Kind::Text),
    row("UPnPNat", Key::UPnPNat, Kind::Flag),
    row("Via", Key::Via, Kind::Text),
];

/// The row of a key.
pub fn find(name: &[u8]) -> Option<&'static Row> {
    KEYS.iter()
        .find(|row| row.name.as_bytes().eq_ignore_ascii_case(name))
}

/// The row of a key that is written backwards, as Windows Live Messenger 2009 does with
/// addresses and ports; its value is written backwards, too.
pub fn find_reversed(name: &[u8]) -> Option<&'static Row> {
    KEYS.iter().find(|row| {
        row.name.len() == name.len()
            && matches!(row.kind, Kind::Addresses | Kind::Endpoints | Kind::Port)
            && row
                .name
                .bytes()
                .rev()
                .zip(name)
                .all(|(a, b)| a.eq_ignore_ascii_case(b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        let lower = |row: &Row| row.name.to_ascii_lowercase();
        assert!(KEYS
            .windows(2)
            .all(|pair| lower(&pair[0]) < lower(&pair[1])));
    }

    #[test]
    fn keys_forwards_and_backwards() {
        assert_eq!(find(b"sessionid").map(|row| row.key), Some(Key::SessionId));
        assert!(find(b"Unheard-Of").is_none());
        for (name, key) in [
            ("srddA-lanretxE4vPI", Key::ExternalAddresses),
            ("troP-lanretxE4vPI", Key::ExternalPort),
            ("srddA-lanretnI4vPI", Key::InternalAddresses),
            ("troP-lanretnI4vPI", Key::InternalPort),
            ("stroPdnAsrddAlanretxE4vPI", Key::ExternalEndpoints),
            ("stroPdnAsrddAlanretnI4vPI", Key::InternalEndpoints),
        ] {
            let row = find_reversed(name.as_bytes());
            assert_eq!(row.map(|row| row.key), Some(key), "{name}");
            assert!(find(name.as_bytes()).is_none(), "{name}");
        }
        assert!(find_reversed(b"oT").is_none());
    }
}
