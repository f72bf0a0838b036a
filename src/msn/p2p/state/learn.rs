//! Records the sessions and connections announced by MSNSLP messages.
//!
//! Source: docs/protocol/msnp.md §5.9 and §5.10.

use crate::msn::common::guid::Guid;
use crate::msn::common::msnobj;
use crate::msn::common::number::{decimal, decimal_or_signed};
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::session::P2pSession;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::slp::state::calls::NonceOrigin;
use crate::msn::slp::wire::codes::use_of;
use crate::msn::slp::wire::context;
use crate::msn::slp::wire::context::SlpContext;
use crate::msn::slp::wire::listening::listening_endpoints;
use crate::msn::slp::wire::message::{account_in, SlpMessage, SlpStart};
use crate::packet::{Address, Packet};

/// Records a message, sent on this way in the conversation `chat`. To be called once per message, in the
/// first pass.
pub fn learn(
    packet: &Packet<'_>,
    shared: &mut P2pShared,
    (key, route): (PacketKey, &Route),
    message: &SlpMessage,
    data: &[u8],
    chat: Option<u64>,
) -> Option<()> {
    let learnt = shared.calls.learn(packet, key, message, data);
    shared.add_slp(key, learnt.facts);
    if let Some(request) = learnt.answers {
        shared.record_response(request, packet.frame);
    }
    let (from, to) = (party(message, data, "From"), party(message, data, "To"));
    let parties = (from.as_deref(), to.as_deref());
    let route = shared.route_of_message(route, learnt.call, parties);
    begin_session(packet, shared, &route, message, data);
    shared.join_session(key, &route, number(message, data), learnt.call, chat);
    for (address, port) in listening_endpoints(message, data) {
        let end = (Address::from(address), port);
        shared
            .endpoints
            .announce(packet, key, Some(end), learnt.call);
    }
    let call = learnt.call?;
    for (name, hashed) in [("Nonce", false), ("Hashed-Nonce", true)] {
        let pair = message.pair(data, name);
        if let Some(nonce) = pair.and_then(|pair| Guid::parse(pair.value.of(data))) {
            let origin = NonceOrigin {
                nonce,
                hashed,
                frame: packet.frame,
            };
            shared.calls.record_nonce(call, origin);
        }
    }
    Some(())
}

fn begin_session(
    packet: &Packet<'_>,
    shared: &mut P2pShared,
    route: &Route,
    message: &SlpMessage,
    data: &[u8],
) -> Option<()> {
    let application = message.pair(data, "EUF-GUID")?;
    let number = number(message, data)?;
    if !matches!(message.start, SlpStart::Request { .. }) || number == 0 {
        return None;
    }
    let mut session = P2pSession {
        frame: packet.frame,
        number,
        from: party(message, data, "From"),
        to: party(message, data, "To"),
        application: Guid::parse(application.value.of(data)),
        ..P2pSession::default()
    };
    let app_id = message.pair(data, "AppID");
    session.app_id = app_id.and_then(|pair| decimal_or_signed(pair.value.of(data)));
    let context = message.pair(data, "Context");
    let bytes = context.and_then(|pair| context::bytes(pair.value.of(data)));
    let bytes = bytes.unwrap_or_default();
    let purpose = session.application.and_then(use_of);
    match context::context(&bytes, purpose) {
        SlpContext::File(preview) => {
            session.file_name = Some(preview.name(&bytes));
            session.file_size = Some(preview.size.value);
        }
        SlpContext::Object(span) => {
            let object = msnobj::find(&bytes, span);
            let kind = object.as_ref().and_then(|object| object.value("Type"));
            let kind = kind.and_then(|kind| msnobj::TYPES.name(decimal(kind.as_bytes())?));
            session.object = kind;
            let value = |name| object.as_ref().and_then(|object| object.value(name));
            let name = value("Friendly").and_then(msnobj::decode_friendly);
            session.object_name = name.filter(|name| !name.is_empty());
            session.object_hash = value("SHA1D").and_then(msnobj::decode_hash);
        }
        SlpContext::Activity(activity) => {
            session.activity = Some(context::utf16(activity.name.of(&bytes)));
        }
        SlpContext::Guid(_) | SlpContext::Code(_) | SlpContext::Unknown => {}
    }
    shared.begin_session(route, session);
    Some(())
}

/// The number of the session that a message is about.
fn number(message: &SlpMessage, data: &[u8]) -> Option<u32> {
    decimal_or_signed(message.pair(data, "SessionID")?.value.of(data))
}

/// The account in `<msnmsgr:account;{guid}>`.
fn party(message: &SlpMessage, data: &[u8], name: &str) -> Option<String> {
    let value = message.header(data, name)?.value;
    let text = account_in(value, data).of(data);
    (!text.is_empty()).then(|| String::from_utf8_lossy(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::p2p::state::session_numbers::P2pSessionId;
    use crate::msn::p2p::wire::packet::Carrier;
    use crate::msn::slp::wire::message::message;

    #[test]
    fn a_message_without_a_call_announces_its_endpoints() {
        let text = b"MSNSLP/1.0 200 OK\r\n\r\n\
            IPv4Internal-Addrs: 192.0.2.10\r\nIPv4Internal-Port: 1100\r\n\0";
        let message = message(text).unwrap();
        let packet = Packet {
            frame: 1,
            first_pass: true,
            ..Packet::default()
        };
        let key = PacketKey {
            carrier: Carrier::Relayed,
            pdu: packet.key(0),
            part: 0,
        };
        let mut shared = P2pShared::default();
        let route = Route::of(&packet, None);
        learn(&packet, &mut shared, (key, &route), &message, text, None);
        let connection = Packet {
            frame: 2,
            destination: Address::V4([192, 0, 2, 10]),
            destination_port: 1100,
            first_pass: true,
            ..Packet::default()
        };
        assert_eq!(shared.begin_connection(&connection), Some((1, None)));
        assert_eq!(shared.endpoints.connection_of(key), Some(2));
    }

    #[test]
    fn an_invitation_with_a_number_begins_a_session() {
        for (start, number, expected) in [
            ("INVITE MSNMSGR:bob@example.net MSNSLP/1.0", 7, true),
            ("INVITE MSNMSGR:bob@example.net MSNSLP/1.0", 0, false),
            ("MSNSLP/1.0 200 OK", 7, false),
        ] {
            let text = format!(
                "{start}\r\nCall-ID: {{9}}\r\n\r\n\
                 EUF-GUID: {{5D3E02AB-6190-11D3-BBBB-00C04F795683}}\r\nSessionID: {number}\r\n\0"
            );
            let message = message(text.as_bytes()).unwrap();
            let packet = Packet {
                frame: 1,
                first_pass: true,
                ..Packet::default()
            };
            let key = PacketKey {
                carrier: Carrier::Relayed,
                pdu: packet.key(0),
                part: 0,
            };
            let mut shared = P2pShared::default();
            let way = (key, &Route::of(&packet, None));
            learn(&packet, &mut shared, way, &message, text.as_bytes(), None);
            let session = shared.session(P2pSessionId(0));
            assert_eq!(session.is_some(), expected, "{start}, {number}");
        }
    }
}
