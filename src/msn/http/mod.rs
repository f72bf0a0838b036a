//! MSNP inside HTTP: the gateway, and the login at Passport.
//!
//! Source: protocol reference, MSNP §1.4 (gateway), §6.2 (Passport 1.4), §11 item 11.

pub mod dissect;
pub mod gateway;
pub mod head;
pub mod passport;
pub(in crate::msn) mod show;
pub mod state;
pub mod tickets;

use memchr::memmem;

use head::{Fields, Head};

/// Words of which the head of every message that concerns us has one.
const TELLING: [&[u8]; 5] = [
    b"gateway.dll",
    b"X-MSN-",
    b"x-msn-",
    b"Passport",
    b"passport",
];

/// Whether whole HTTP messages are worth a closer look. Fast, and wrong now and then: a
/// page's name can be `passport`.
pub fn is_telling(data: &[u8]) -> bool {
    let begins = [&b"POST "[..], b"GET ", b"HTTP/1."];
    if !begins.iter().any(|word| data.starts_with(word)) {
        return false;
    }
    let data = data.get(..head::MAX_HEAD).unwrap_or(data);
    let end = memmem::find(data, b"\r\n\r\n").unwrap_or(data.len());
    let head = data.get(..end).unwrap_or(data);
    TELLING
        .iter()
        .any(|word| memmem::find(head, word).is_some())
}

/// What the head of an HTTP message says about MSN.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The gateway's part.
    pub gateway: Option<gateway::Gateway>,
    /// The headers of Passport, in order.
    pub passport: Vec<passport::Header>,
}

impl Message {
    /// Reads a head that stands in `data`. Empty when it has nothing to do with MSN.
    pub fn of(data: &[u8], head: &Head) -> Self {
        Self {
            gateway: gateway::Gateway::of(data, head),
            passport: passport::headers(data, head),
        }
    }

    /// Whether the head has nothing to do with MSN.
    pub fn is_empty(&self) -> bool {
        self.gateway.is_none() && self.passport.is_empty()
    }
}

/// The body is MSNP by its media type, so that Wireshark hands it to MSN's dissector.
pub fn has_msn_type(data: &[u8], fields: &Fields) -> bool {
    fields.value(data, "Content-Type").is_some_and(|value| {
        let media = value.split(|byte| *byte == b';').next().unwrap_or(value);
        media
            .trim_ascii()
            .eq_ignore_ascii_case(b"application/x-msn-messenger")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_heads_with_a_telling_word_are_looked_at() {
        for data in [
            &b"POST /gateway/gateway.dll?Action=poll HTTP/1.1\r\n\r\n"[..],
            b"HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=1.2\r\n\r\n",
            b"GET /login2.srf HTTP/1.1\r\nAuthorization: Passport1.4 x=y\r\n\r\n",
        ] {
            assert!(is_telling(data), "{}", data.escape_ascii());
        }
        for data in [
            &b"PUT /gateway/gateway.dll HTTP/1.1\r\n\r\n"[..],
            b"GET / HTTP/1.1\r\n\r\nPassport",
            b"GET",
            b"",
        ] {
            assert!(!is_telling(data), "{}", data.escape_ascii());
        }
    }

    #[test]
    fn a_media_type_may_have_parameters() {
        for (line, is_msn) in [
            ("Content-Type: application/x-msn-messenger", true),
            (
                "content-type: Application/X-MSN-Messenger ; charset=utf-8",
                true,
            ),
            ("Content-Type: text/xml; charset=utf-8", false),
            ("Content-Length: 3", false),
        ] {
            let data = format!("HTTP/1.1 200 OK\r\n{line}\r\n\r\n");
            let head = head::head(data.as_bytes(), 0).unwrap();
            assert_eq!(
                has_msn_type(data.as_bytes(), &head.fields),
                is_msn,
                "{line}"
            );
        }
    }
}
