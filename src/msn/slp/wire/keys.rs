//! The keys in headers and bodies of MSNSLP, and the formats of their values. Data only.
//!
//! Source: docs/protocol/msnp.md §5.9.

/// The meaning of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the key of its row below")]
pub enum SlpKey {
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

/// The format of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlpValueKind {
    /// Plain text.
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
    /// Addresses, separated by spaces.
    Addresses,
    /// `address:port` pairs, separated by spaces.
    Endpoints,
    /// Base64.
    Context,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct SlpKeyRow {
    /// Its usual spelling; case is ignored in comparisons.
    pub name: &'static str,
    /// Its meaning.
    pub key: SlpKey,
    /// The format of its value.
    pub kind: SlpValueKind,
}

const fn row(name: &'static str, key: SlpKey, kind: SlpValueKind) -> SlpKeyRow {
    SlpKeyRow { name, key, kind }
}

/// All keys, sorted by name, ignoring case.
pub const KEYS: &[SlpKeyRow] = &[
    row("AppID", SlpKey::AppId, SlpValueKind::Number),
    row("Bridge", SlpKey::Bridge, SlpValueKind::Text),
    row("Bridges", SlpKey::Bridges, SlpValueKind::Text),
    row("Call-ID", SlpKey::CallId, SlpValueKind::Guid),
    row(
        "Capabilities-Flags",
        SlpKey::CapabilitiesFlags,
        SlpValueKind::Number,
    ),
    row("Conn-Type", SlpKey::ConnType, SlpValueKind::Text),
    row(
        "Content-Length",
        SlpKey::ContentLength,
        SlpValueKind::Number,
    ),
    row("Content-Type", SlpKey::ContentType, SlpValueKind::Text),
    row("Context", SlpKey::Context, SlpValueKind::Context),
    row("CSeq", SlpKey::CSeq, SlpValueKind::Number),
    row("EUF-GUID", SlpKey::EufGuid, SlpValueKind::Guid),
    row("From", SlpKey::From, SlpValueKind::Text),
    row("Hashed-Nonce", SlpKey::HashedNonce, SlpValueKind::Guid),
    row("ICF", SlpKey::Icf, SlpValueKind::Flag),
    row(
        "IPv4External-Addrs",
        SlpKey::ExternalAddresses,
        SlpValueKind::Addresses,
    ),
    row(
        "IPv4External-Port",
        SlpKey::ExternalPort,
        SlpValueKind::Port,
    ),
    row(
        "IPv4ExternalAddrsAndPorts",
        SlpKey::ExternalEndpoints,
        SlpValueKind::Endpoints,
    ),
    row(
        "IPv4Internal-Addrs",
        SlpKey::InternalAddresses,
        SlpValueKind::Addresses,
    ),
    row(
        "IPv4Internal-Port",
        SlpKey::InternalPort,
        SlpValueKind::Port,
    ),
    row(
        "IPv4InternalAddrsAndPorts",
        SlpKey::InternalEndpoints,
        SlpValueKind::Endpoints,
    ),
    row("IPv6-Addrs", SlpKey::Ipv6Addresses, SlpValueKind::Addresses),
    row("IPv6-global", SlpKey::Ipv6Global, SlpValueKind::Text),
    row("IPv6-Port", SlpKey::Ipv6Port, SlpValueKind::Port),
    row(
        "IPv6AddrsAndPorts",
        SlpKey::Ipv6Addresses,
        SlpValueKind::Endpoints,
    ),
    row("Listening", SlpKey::Listening, SlpValueKind::Flag),
    row("Max-Forwards", SlpKey::MaxForwards, SlpValueKind::Number),
    row(
        "Nat-Trav-Msg-Type",
        SlpKey::NatTravMsgType,
        SlpValueKind::Text,
    ),
    row(
        "NeedConnectingEndpointInfo",
        SlpKey::NeedsEndpoint,
        SlpValueKind::Flag,
    ),
    row("NetID", SlpKey::NetId, SlpValueKind::NetId),
    row("Nonce", SlpKey::Nonce, SlpValueKind::Guid),
    row("RequestFlags", SlpKey::RequestFlags, SlpValueKind::Number),
    row("SChannelState", SlpKey::SChannelState, SlpValueKind::Number),
    row("ServerAddress", SlpKey::RelayServer, SlpValueKind::Text),
    row("SessionID", SlpKey::SessionId, SlpValueKind::Number),
    row("SessionPassword", SlpKey::RelayPassword, SlpValueKind::Text),
    row("SessionUsername", SlpKey::RelayUser, SlpValueKind::Text),
    row("TCP-Conn-Type", SlpKey::TcpConnType, SlpValueKind::Text),
    row("To", SlpKey::To, SlpValueKind::Text),
    row("UPnPNat", SlpKey::UPnPNat, SlpValueKind::Flag),
    row("Via", SlpKey::Via, SlpValueKind::Text),
];

/// The row of a key, ignoring case.
pub fn find(name: &[u8]) -> Option<&'static SlpKeyRow> {
    KEYS.iter()
        .find(|row| row.name.as_bytes().eq_ignore_ascii_case(name))
}

/// The row of a key in reverse byte order, which Windows Live Messenger 2009 uses for
/// addresses and ports; the value is reversed, too.
pub fn find_reversed(name: &[u8]) -> Option<&'static SlpKeyRow> {
    KEYS.iter().find(|row| {
        row.name.len() == name.len()
            && matches!(
                row.kind,
                SlpValueKind::Addresses | SlpValueKind::Endpoints | SlpValueKind::Port
            )
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
        let lower = |row: &SlpKeyRow| row.name.to_ascii_lowercase();
        assert!(KEYS
            .windows(2)
            .all(|pair| lower(&pair[0]) < lower(&pair[1])));
    }

    #[test]
    fn keys_and_reversed_keys_are_found() {
        assert_eq!(
            find(b"sessionid").map(|row| row.key),
            Some(SlpKey::SessionId)
        );
        assert!(find(b"Unheard-Of").is_none());
        for (name, key) in [
            ("srddA-lanretxE4vPI", SlpKey::ExternalAddresses),
            ("troP-lanretxE4vPI", SlpKey::ExternalPort),
            ("srddA-lanretnI4vPI", SlpKey::InternalAddresses),
            ("troP-lanretnI4vPI", SlpKey::InternalPort),
            ("stroPdnAsrddAlanretxE4vPI", SlpKey::ExternalEndpoints),
            ("stroPdnAsrddAlanretnI4vPI", SlpKey::InternalEndpoints),
        ] {
            let row = find_reversed(name.as_bytes());
            assert_eq!(row.map(|row| row.key), Some(key), "{name}");
            assert!(find(name.as_bytes()).is_none(), "{name}");
        }
        assert!(find_reversed(b"oT").is_none());
    }
}
