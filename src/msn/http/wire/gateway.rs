//! The parameters in the header of a message to or from `gateway.dll`.
//!
//! Source: docs/protocol/msnp.md §1.4. Values are not validated: session ids are
//! `<digits>.<digits>` on Microsoft's servers and a UUID elsewhere, and `IP` can be a
//! host name.

use crate::msn::common::mime;
use crate::msn::http::wire::head::{HttpHead, HttpStart};
use crate::span::Span;

/// Maximum parameters decoded; real messages have four.
const MAX_PARTS: usize = 32;

/// The gateway parameters of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// A client sent it.
    pub is_request: bool,
    /// The parameters, in order.
    pub parts: Vec<GatewayPart>,
}

/// One parameter: `Action=poll`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayPart {
    /// Its name.
    pub key: GatewayKey,
    /// The whole parameter.
    pub span: Span,
    /// The value after the equals sign or the colon.
    pub value: Span,
}

/// The name of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatewayKey {
    /// `Action` of a request: `open` or `poll`. A request without it sends commands.
    Action,
    /// `Server` of an open: `NS` or `SB`.
    Server,
    /// `IP` of an open: the requested server.
    Ip,
    /// `SessionID`.
    SessionId,
    /// `Lifespan` of a poll: maximum time in seconds until the gateway responds.
    Lifespan,
    /// `GW-IP` of a response: the gateway for the next request.
    GatewayIp,
    /// `Session` of a response: `close`.
    Session,
    /// The `X-MSN-Host` of a response, or the `Host` of a request.
    Host,
    /// Any other.
    Other,
}

/// Names in lower case, sorted.
const KEYS: [(&str, GatewayKey); 7] = [
    ("action", GatewayKey::Action),
    ("gw-ip", GatewayKey::GatewayIp),
    ("ip", GatewayKey::Ip),
    ("lifespan", GatewayKey::Lifespan),
    ("server", GatewayKey::Server),
    ("session", GatewayKey::Session),
    ("sessionid", GatewayKey::SessionId),
];

impl Gateway {
    /// Decodes the HTTP header in `data`. Returns `None` for other messages.
    pub fn of(data: &[u8], head: &HttpHead) -> Option<Self> {
        let (is_request, parts) = match head.start {
            HttpStart::Request { target, .. } => (true, request(data, head, target)?),
            HttpStart::Response { .. } => (false, response(data, head)?),
        };
        Some(Self { is_request, parts })
    }

    /// The value of the first parameter with this name.
    pub fn value(&self, key: GatewayKey) -> Option<Span> {
        let part = self.parts.iter().find(|part| part.key == key)?;
        Some(part.value)
    }

    /// The session id. Returns `None` if it is missing or empty.
    pub fn session_id(&self, data: &[u8]) -> Option<GatewaySessionId> {
        let value = self
            .value(GatewayKey::SessionId)
            .filter(|value| value.len > 0)?;
        Some(GatewaySessionId::of(data, value))
    }
}

/// A session id. Only the part after the dot changes, with every response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewaySessionId {
    /// The part that identifies the session.
    pub session: Span,
    /// The part after the first dot.
    pub turn: Option<Span>,
}

impl GatewaySessionId {
    /// Splits an id at its first dot.
    pub fn of(data: &[u8], value: Span) -> Self {
        match memchr::memchr(b'.', value.of(data)) {
            Some(dot) => Self {
                session: Span::new(value.start, dot),
                turn: Some(Span::between(value.start + dot + 1, value.end())),
            },
            None => Self {
                session: value,
                turn: None,
            },
        }
    }
}

fn request(data: &[u8], head: &HttpHead, target: Span) -> Option<Vec<GatewayPart>> {
    let text = target.of(data);
    let question = memchr::memchr(b'?', text).unwrap_or(text.len());
    let path = text.get(..question)?;
    let name = path.rsplit(|byte| *byte == b'/').next()?;
    if !name.eq_ignore_ascii_case(b"gateway.dll") {
        return None;
    }
    let query = Span::between(target.start + question + 1, target.end());
    let mut parts = pairs(data, query, b'&');
    parts.extend(field(data, head, "Host"));
    Some(parts)
}

fn response(data: &[u8], head: &HttpHead) -> Option<Vec<GatewayPart>> {
    let pairs_of = |name: &str| {
        let field = head.fields.find(data, name)?;
        Some(pairs(data, field.value, b';'))
    };
    let parts = pairs_of("X-MSN-Messenger");
    let host = field(data, head, "X-MSN-Host");
    if parts.is_none() && host.is_none() {
        return None;
    }
    let mut parts = parts.unwrap_or_default();
    parts.extend(host);
    Some(parts)
}

fn pairs(data: &[u8], span: Span, separator: u8) -> Vec<GatewayPart> {
    mime::split(data, span, separator)
        .filter(|part| part.len > 0)
        .take(MAX_PARTS)
        .map(|part| {
            let (name, value) =
                mime::assignment(data, part).unwrap_or((part, Span::new(part.end(), 0)));
            let name = name.of(data).to_ascii_lowercase();
            let known = KEYS.iter().find(|(known, _)| known.as_bytes() == name);
            GatewayPart {
                key: known.map_or(GatewayKey::Other, |(_, key)| *key),
                span: part,
                value,
            }
        })
        .collect()
}

fn field(data: &[u8], head: &HttpHead, name: &str) -> Option<GatewayPart> {
    let field = head.fields.find(data, name)?;
    Some(GatewayPart {
        key: GatewayKey::Host,
        span: field.line,
        value: field.value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::http::wire::head;

    fn read(data: &str) -> Option<Vec<(GatewayKey, &str)>> {
        let head = head::head(data.as_bytes(), 0).unwrap();
        let gateway = Gateway::of(data.as_bytes(), &head)?;
        assert_eq!(gateway.is_request, head.is_request());
        let text = |span: Span| core::str::from_utf8(span.of(data.as_bytes())).unwrap();
        let parts = gateway.parts.iter();
        Some(parts.map(|part| (part.key, text(part.value))).collect())
    }

    /// The requests and the response of S12, and bitlbee's poll.
    #[test]
    fn known_messages_are_decoded() {
        assert_eq!(
            read("POST http://gw.example.com/gateway/gateway.dll?Action=open&Server=NS&IP=messenger.example.com HTTP/1.1\r\nHost: gw.example.com\r\n\r\n").unwrap(),
            [
                (GatewayKey::Action, "open"),
                (GatewayKey::Server, "NS"),
                (GatewayKey::Ip, "messenger.example.com"),
                (GatewayKey::Host, "gw.example.com"),
            ]
        );
        assert_eq!(
            read("HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=954547325.13160; GW-IP=198.51.100.18\r\n\r\n").unwrap(),
            [
                (GatewayKey::SessionId, "954547325.13160"),
                (GatewayKey::GatewayIp, "198.51.100.18"),
            ]
        );
        assert_eq!(
            read(
                "POST /gateway/gateway.dll?SessionID=a-b&Action=poll&Lifespan=60 HTTP/1.1\r\n\r\n"
            )
            .unwrap(),
            [
                (GatewayKey::SessionId, "a-b"),
                (GatewayKey::Action, "poll"),
                (GatewayKey::Lifespan, "60"),
            ]
        );
        assert_eq!(
            read("HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.2;GW-IP=192.0.2.1;Session=close;x\r\nX-MSN-Host: gw2.example.com\r\n\r\n").unwrap(),
            [
                (GatewayKey::SessionId, "1.2"),
                (GatewayKey::GatewayIp, "192.0.2.1"),
                (GatewayKey::Session, "close"),
                (GatewayKey::Other, ""),
                (GatewayKey::Host, "gw2.example.com"),
            ]
        );
    }

    #[test]
    fn other_messages_are_ignored() {
        for data in [
            "GET /gateway.dll.html HTTP/1.1\r\n\r\n",
            "GET /?page=gateway.dll HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nServer: gateway.dll\r\n\r\n",
        ] {
            assert_eq!(read(data), None, "{data}");
        }
        assert_eq!(read("GET /gateway.dll HTTP/1.1\r\n\r\n"), Some(vec![]));
    }

    #[test]
    fn an_empty_id_is_none() {
        for (query, expected) in [
            ("SessionID=1.2&SessionID=3.4", Some("1")),
            ("SessionID=", None),
            ("Action=open", None),
        ] {
            let data = format!("POST /gateway.dll?{query} HTTP/1.0\r\n\r\n");
            let data = data.as_bytes();
            let gateway = Gateway::of(data, &head::head(data, 0).unwrap()).unwrap();
            let id = gateway.session_id(data);
            let session = id.map(|id| id.session.of(data));
            assert_eq!(session, expected.map(str::as_bytes), "{query}");
        }
    }

    #[test]
    fn ids_have_one_part_or_two() {
        for (text, session, turn) in [
            ("954547325.13160", "954547325", Some("13160")),
            ("6b1a-4c.", "6b1a-4c", Some("")),
            ("6b1a-4c", "6b1a-4c", None),
        ] {
            let data = text.as_bytes();
            let id = GatewaySessionId::of(data, Span::new(0, data.len()));
            assert_eq!(id.session.of(data), session.as_bytes());
            assert_eq!(id.turn.map(|t| t.of(data)), turn.map(str::as_bytes));
        }
    }

    #[test]
    fn parameters_are_bounded_and_have_spans() {
        let data = format!("POST /gateway.dll?{} HTTP/1.0\r\n\r\n", "a=b&".repeat(99));
        assert_eq!(read(&data).unwrap().len(), MAX_PARTS);
        let data = b"POST /gateway.dll?Action=poll HTTP/1.0\r\n\r\n";
        let gateway = Gateway::of(data, &head::head(data, 0).unwrap()).unwrap();
        assert_eq!(gateway.parts[0].span, Span::new(18, 11));
        assert_eq!(gateway.parts[0].value, Span::new(25, 4));
    }
}
