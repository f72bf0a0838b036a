//! Assigns HTTP messages to gateway sessions.
//!
//! A session spans polls and TCP connections. Its id is first sent in the response to the
//! open request, so these two are matched by their connection.

use crate::hash_map::HashMap;

use crate::first_pass::{PduFacts, PduMap};
use crate::msn::http::wire::gateway::{Gateway, GatewayKey};
use crate::packet::{Packet, PduKey};

/// The session and direction of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Route {
    /// The session number, from 1; 0 if it belongs to none.
    number: u32,
    /// Sent by the client.
    pub from_client: bool,
}

impl Route {
    /// The index of the session in the capture, from 0, if there is a session.
    pub fn stream(self) -> Option<u32> {
        self.number.checked_sub(1)
    }
}

/// HTTP state of one TCP connection. Changes in the first pass only.
#[derive(Debug, Default)]
pub struct HttpExchange {
    /// The session of the last request.
    number: u32,
    /// Whether the client is the endpoint that sorts first.
    client_is_lower: Option<bool>,
    /// The account that signs in, of the last request that names one.
    account: Option<String>,
    /// The account of each message of a login.
    accounts: PduMap<Option<String>>,
}

impl HttpExchange {
    /// The account to which a message of a login belongs: the one that it names, else that of
    /// the request before it.
    pub(crate) fn sign_in(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        named: Option<String>,
    ) -> Option<&str> {
        if packet.first_pass {
            self.account = named.or(self.account.take());
        }
        if let Some(entry) = self.accounts.entry(packet, key) {
            entry.clone_from(&self.account);
        }
        self.accounts.get(key)?.as_deref()
    }
}

/// The gateway sessions of a capture, and the route of each message.
#[derive(Debug, Default)]
pub struct Gateways {
    entries: Entries,
    routes: PduFacts<Route>,
}

#[derive(Debug, Default)]
struct Entries {
    /// By session: whether its id is known.
    have_id: Vec<bool>,
    /// Session numbers by the part of the id before the dot.
    by_id: HashMap<Vec<u8>, u32>,
}

impl Gateways {
    /// Finds or creates the session of the message `key`. `gateway` is the decoded
    /// header, if known, and the bytes that it was decoded from.
    pub fn route(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        exchange: &mut HttpExchange,
        gateway: Option<(&Gateway, &[u8])>,
    ) -> Route {
        let Self { entries, routes } = self;
        routes.record_or_get(packet, key, || match gateway {
            Some((gateway, data)) => entries.route(packet, exchange, gateway, data),
            None => Route {
                number: exchange.number,
                from_client: exchange.client_is_lower == Some(packet.from_lower),
            },
        })
    }
}

impl Entries {
    fn route(
        &mut self,
        packet: &Packet<'_>,
        exchange: &mut HttpExchange,
        gateway: &Gateway,
        data: &[u8],
    ) -> Route {
        let from_client = gateway.is_request;
        exchange.client_is_lower = Some(packet.from_lower == from_client);
        let id = gateway.session_id(data).map(|id| id.session.of(data));
        let number = match id {
            Some(id) if !from_client && !self.has_id(exchange.number) => {
                self.name(exchange.number, id)
            }
            Some(id) => self.by_id(id),
            None if from_client && gateway.value(GatewayKey::Action).is_none() => exchange.number,
            None if from_client => self.begin(),
            None => exchange.number,
        };
        if from_client {
            exchange.number = number;
        }
        Route {
            number,
            from_client,
        }
    }

    fn begin(&mut self) -> u32 {
        self.have_id.push(false);
        u32::try_from(self.have_id.len()).unwrap_or_default()
    }

    fn id_flag(&mut self, number: u32) -> Option<&mut bool> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.have_id.get_mut(index)
    }

    fn has_id(&mut self, number: u32) -> bool {
        self.id_flag(number).is_none_or(|flag| *flag)
    }

    /// Assigns an id to a session. An id of an earlier session is reassigned.
    fn name(&mut self, number: u32, id: &[u8]) -> u32 {
        if let Some(flag) = self.id_flag(number) {
            *flag = true;
        }
        self.by_id.insert(id.to_vec(), number);
        number
    }

    fn by_id(&mut self, id: &[u8]) -> u32 {
        match self.by_id.get(id) {
            Some(number) => *number,
            None => {
                let number = self.begin();
                self.name(number, id)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::http::wire::head::head;

    /// The routes of messages, each given by its connection and header.
    fn routes(messages: &[(usize, &str)]) -> Vec<(Option<u32>, bool)> {
        let mut gateways = Gateways::default();
        let mut exchanges = [HttpExchange::default(), HttpExchange::default()];
        let mut run = |first_pass: bool| -> Vec<_> {
            let numbered = (1..).zip(messages);
            let route = |(frame, (connection, text)): (u32, &(usize, &str))| {
                let packet = Packet {
                    frame,
                    first_pass,
                    from_lower: text.starts_with("POST"),
                    ..Packet::default()
                };
                let data = format!("{text}\r\n\r\n").into_bytes();
                let gateway = Gateway::of(&data, &head(&data, 0).unwrap());
                let key = PduKey { frame, index: 0 };
                let exchange = &mut exchanges[*connection];
                let message = gateway.as_ref().map(|gateway| (gateway, &data[..]));
                let route = gateways.route(&packet, key, exchange, message);
                (route.stream(), route.from_client)
            };
            numbered.map(route).collect()
        };
        let first = run(true);
        assert_eq!(run(false), first);
        first
    }

    const OPEN: &str = "POST /gateway.dll?Action=open&Server=NS HTTP/1.1";
    const POLL_7: &str = "POST /gateway.dll?Action=poll&SessionID=7.3 HTTP/1.1";
    const SEND: &str = "POST /gateway.dll HTTP/1.1";
    const RESPONSE_7: &str = "HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=7.2";
    const RESPONSE_8: &str = "HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=8.1";
    const RESPONSE_WITHOUT_ID: &str = "HTTP/1.0 200 OK\r\nServer: x";

    #[test]
    fn a_session_continues_in_another_connection() {
        assert_eq!(
            routes(&[
                (0, OPEN),
                (0, RESPONSE_7),
                (1, POLL_7),
                (1, RESPONSE_7),
                (0, SEND)
            ]),
            [
                (Some(0), true),
                (Some(0), false),
                (Some(0), true),
                (Some(0), false),
                (Some(0), true),
            ]
        );
    }

    #[test]
    fn two_sessions_share_a_connection() {
        assert_eq!(
            routes(&[
                (0, OPEN),
                (0, RESPONSE_7),
                (0, OPEN),
                (0, RESPONSE_8),
                (0, POLL_7)
            ]),
            [
                (Some(0), true),
                (Some(0), false),
                (Some(1), true),
                (Some(1), false),
                (Some(0), true),
            ]
        );
    }

    #[test]
    fn an_id_can_be_reassigned_and_a_response_can_lack_one() {
        assert_eq!(
            routes(&[
                (0, RESPONSE_7),
                (0, OPEN),
                (0, RESPONSE_7),
                (0, RESPONSE_WITHOUT_ID)
            ]),
            [
                (Some(0), false),
                (Some(1), true),
                (Some(1), false),
                (Some(1), false),
            ]
        );
        assert_eq!(routes(&[(0, RESPONSE_WITHOUT_ID)]), [(None, false)]);
        let closed = "HTTP/1.0 200 OK\r\nX-MSN-Messenger: Session=close";
        assert_eq!(
            routes(&[(0, OPEN), (0, closed)]),
            [(Some(0), true), (Some(0), false)]
        );
    }
}
