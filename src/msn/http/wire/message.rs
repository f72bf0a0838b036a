//! The MSN-related fields of an HTTP header.

use crate::msn::http::wire::gateway::Gateway;
use crate::msn::http::wire::head::{Fields, HttpHead};
use crate::msn::http::wire::passport::{headers, PassportHeader};

/// The media type of MSNP in the body of an HTTP message.
pub const MEDIA_TYPE: &str = "application/x-msn-messenger";

/// The MSN-related fields of an HTTP header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpMessage {
    /// The gateway fields.
    pub gateway: Option<Gateway>,
    /// The Passport headers, in order.
    pub passport: Vec<PassportHeader>,
}

impl HttpMessage {
    /// Decodes a header in `data`. Empty if it is unrelated to MSN.
    pub fn of(data: &[u8], head: &HttpHead) -> Self {
        Self {
            gateway: Gateway::of(data, head),
            passport: headers(data, head),
        }
    }

    /// Whether the header is unrelated to MSN.
    pub fn is_empty(&self) -> bool {
        self.gateway.is_none() && self.passport.is_empty()
    }
}

/// Whether the body has MSN's media type, so that Wireshark hands it to this plugin.
pub fn has_msn_type(data: &[u8], fields: &Fields) -> bool {
    fields.value(data, "Content-Type").is_some_and(|value| {
        let media = value.split(|byte| *byte == b';').next().unwrap_or(value);
        media
            .trim_ascii()
            .eq_ignore_ascii_case(MEDIA_TYPE.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::http::wire::head::head;

    #[test]
    fn a_header_of_msn_has_gateway_or_passport_fields() {
        for (data, gateway, passport) in [
            (
                "POST /gateway/gateway.dll?Action=poll HTTP/1.1\r\n\r\n",
                true,
                0,
            ),
            (
                "HTTP/1.1 200 OK\r\nPassportURLs: DARealm=Passport.Net\r\n\r\n",
                false,
                1,
            ),
            ("GET / HTTP/1.1\r\n\r\n", false, 0),
        ] {
            let head = head(data.as_bytes(), 0).unwrap();
            let message = HttpMessage::of(data.as_bytes(), &head);
            assert_eq!(message.gateway.is_some(), gateway, "{data}");
            assert_eq!(message.passport.len(), passport, "{data}");
            assert_eq!(message.is_empty(), !gateway && passport == 0, "{data}");
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
            let head = head(data.as_bytes(), 0).unwrap();
            assert_eq!(
                has_msn_type(data.as_bytes(), &head.fields),
                is_msn,
                "{line}"
            );
        }
    }
}
