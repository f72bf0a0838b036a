//! What a message tells of sessions and connections to come.
//!
//! Source: protocol reference, MSNP §5.9 and §5.10.

use std::net::IpAddr;

use crate::msn::common::guid::Guid;
use crate::msn::common::msnobj;
use crate::msn::msnp::wire::line::{decimal, decimal_or_signed};
use crate::msn::p2p::state::sessions::{Key, Session, Shared};
use crate::msn::slp::state::calls::Told;
use crate::msn::slp::tree::keys::{find, find_reversed, Key as Word, Kind};
use crate::msn::slp::wire::addresses::{endpoints, flag, reversed, Endpoint};
use crate::msn::slp::wire::codes::use_of;
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::Context;
use crate::msn::slp::wire::message::{Message, Start};
use crate::packet::{Address, Packet};

/// More ends are not expected to be called because of one message.
const MAX_ENDS: usize = 16;

/// Learns a message: in the first pass, once.
pub fn learn(
    packet: &Packet<'_>,
    shared: &mut Shared,
    key: Key,
    message: &Message,
    data: &[u8],
) -> Option<()> {
    let learnt = shared.calls.learn(packet, key, message, data);
    shared.add_slp(key, learnt.known);
    if let Some(request) = learnt.answers {
        shared.answered(request, packet.frame);
    }
    begin_session(packet, shared, message, data);
    for (address, port) in ends(message, data) {
        let end = (Address::from(address), port);
        shared.ends.announce(packet, key, Some(end), learnt.call);
    }
    let call = learnt.call?;
    for (name, hashed) in [("Nonce", false), ("Hashed-Nonce", true)] {
        let pair = message.pair(data, name);
        if let Some(nonce) = pair.and_then(|pair| Guid::parse(pair.value.of(data))) {
            let told = Told {
                nonce,
                hashed,
                frame: packet.frame,
            };
            shared.calls.tell(call, told);
        }
    }
    Some(())
}

fn begin_session(
    packet: &Packet<'_>,
    shared: &mut Shared,
    message: &Message,
    data: &[u8],
) -> Option<()> {
    let application = message.pair(data, "EUF-GUID")?;
    let number = decimal_or_signed(message.pair(data, "SessionID")?.value.of(data))?;
    if !matches!(message.start, Start::Request { .. }) || number == 0 {
        return None;
    }
    let mut session = Session {
        frame: packet.frame,
        application: Guid::parse(application.value.of(data)),
        ..Session::default()
    };
    let app_id = message.pair(data, "AppID");
    session.app_id = app_id.and_then(|pair| decimal_or_signed(pair.value.of(data)));
    let context = message.pair(data, "Context");
    let bytes = context.and_then(|pair| context::bytes(pair.value.of(data)));
    let bytes = bytes.unwrap_or_default();
    let purpose = session.application.and_then(use_of);
    match context::context(&bytes, purpose) {
        Context::File(preview) => {
            session.file_name = Some(preview.name(&bytes));
            session.file_size = Some(preview.size.value);
        }
        Context::Object(span) => {
            let object = msnobj::find(&bytes, span);
            let kind = object.as_ref().and_then(|object| object.value("Type"));
            let kind = kind.and_then(|kind| msnobj::TYPES.name(decimal(kind.as_bytes())?));
            session.object = kind;
        }
        Context::Activity(activity) => {
            session.activity = Some(context::utf16(activity.name.of(&bytes)));
        }
        Context::Guid(_) | Context::Code(_) | Context::Unknown => {}
    }
    shared.begin_session(number, session);
    Some(())
}

/// The ends at which the sender of a message waits for a direct connection.
pub fn ends(message: &Message, data: &[u8]) -> Vec<(IpAddr, u16)> {
    let listening = message.pair(data, "Listening");
    if listening.is_some_and(|pair| flag(pair.value.of(data)) == Some(false)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut addresses: Vec<(Word, IpAddr)> = Vec::new();
    let mut ports: Vec<(Word, u16)> = Vec::new();
    for pair in &message.pairs {
        let (name, value) = (pair.key.of(data), pair.value.of(data));
        let (row, value) = match (find(name), find_reversed(name)) {
            (Some(row), _) => (row, value.to_vec()),
            (None, Some(row)) => (row, reversed(value)),
            (None, None) => continue,
        };
        match row.kind {
            Kind::Addresses | Kind::Endpoints => {
                for Endpoint { address, port } in endpoints(&value).iter().map(|end| end.value) {
                    match port {
                        Some(port) => found.push((address, port)),
                        None => addresses.push((row.key, address)),
                    }
                }
            }
            Kind::Port => {
                let port = decimal(&value).and_then(|port| u16::try_from(port).ok());
                ports.extend(port.map(|port| (row.key, port)));
            }
            _ => {}
        }
    }
    for (of, address) in addresses {
        let belongs = |port: &&(Word, u16)| {
            matches!(
                (of, port.0),
                (Word::InternalAddresses, Word::InternalPort)
                    | (Word::ExternalAddresses, Word::ExternalPort)
                    | (Word::Ipv6Addresses, Word::Ipv6Port)
            )
        };
        found.extend(ports.iter().filter(belongs).map(|port| (address, port.1)));
    }
    found.retain(|(address, port)| !address.is_unspecified() && *port != 0);
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_ENDS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::p2p::wire::packet::Carrier;
    use crate::msn::slp::wire::message::message;

    fn found(body: &str) -> Vec<String> {
        let text = format!("MSNSLP/1.0 200 OK\r\n\r\n{body}\0");
        let message = message(text.as_bytes()).unwrap();
        let ends = ends(&message, text.as_bytes());
        ends.iter()
            .map(|(address, port)| format!("{address}:{port}"))
            .collect()
    }

    #[test]
    fn addresses_go_with_the_port_of_their_kind() {
        let body = "Listening: true\r\nIPv4Internal-Addrs: 192.0.2.10 192.0.2.11\r\n\
            IPv4Internal-Port: 1100\r\nIPv4External-Addrs: 198.51.100.4\r\n";
        assert_eq!(found(body), ["192.0.2.10:1100", "192.0.2.11:1100"]);
        assert!(found(&body.replace("true", "false")).is_empty());
    }

    #[test]
    fn a_message_without_a_call_announces_its_ends() {
        let text = b"MSNSLP/1.0 200 OK\r\n\r\n\
            IPv4Internal-Addrs: 192.0.2.10\r\nIPv4Internal-Port: 1100\r\n\0";
        let message = message(text).unwrap();
        let packet = Packet {
            frame: 1,
            first_pass: true,
            ..Packet::default()
        };
        let key = Key {
            carrier: Carrier::Relayed,
            pdu: packet.key(0),
            part: 0,
        };
        let mut shared = Shared::default();
        learn(&packet, &mut shared, key, &message, text);
        let connection = Packet {
            frame: 2,
            destination: Address::V4([192, 0, 2, 10]),
            destination_port: 1100,
            first_pass: true,
            ..Packet::default()
        };
        assert_eq!(shared.begins(&connection), Some((1, None)));
        assert_eq!(shared.ends.connection_of(key), Some(2));
    }

    #[test]
    fn lines_written_backwards_and_pairs() {
        assert_eq!(
            found("srddA-lanretxE4vPI: 4.001.15.891\r\ntroP-lanretxE4vPI: 1986\r\n"),
            ["198.51.100.4:6891"]
        );
        assert_eq!(
            found("IPv6-Addrs: 2001:db8::1 2001:db8::2\r\nIPv6-Port: 1102\r\n"),
            ["2001:db8::1:1102", "2001:db8::2:1102"]
        );
        assert_eq!(
            found("IPv4InternalAddrsAndPorts: 192.0.2.10:1100 0.0.0.0:1 192.0.2.11:0\r\n"),
            ["192.0.2.10:1100"]
        );
    }
}
