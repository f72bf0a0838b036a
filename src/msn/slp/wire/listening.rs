//! Endpoints at which the sender of a message listens for a direct connection.
//!
//! Source: docs/protocol/msnp.md §5.10.

use std::net::IpAddr;

use crate::msn::common::number::decimal;
use crate::msn::slp::wire::addresses::{endpoints, flag, reversed, SlpEndpoint};
use crate::msn::slp::wire::keys::{find, find_reversed, SlpKey, SlpValueKind};
use crate::msn::slp::wire::message::SlpMessage;

/// Maximum endpoints taken from one message.
const MAX_ENDPOINTS: usize = 16;

/// The endpoints at which the sender of a message listens for a direct connection.
pub fn listening_endpoints(message: &SlpMessage, data: &[u8]) -> Vec<(IpAddr, u16)> {
    let listening = message.pair(data, "Listening");
    if listening.is_some_and(|pair| flag(pair.value.of(data)) == Some(false)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut addresses: Vec<(SlpKey, IpAddr)> = Vec::new();
    let mut ports: Vec<(SlpKey, u16)> = Vec::new();
    for pair in &message.pairs {
        let (name, value) = (pair.key.of(data), pair.value.of(data));
        let (row, value) = match (find(name), find_reversed(name)) {
            (Some(row), _) => (row, value.to_vec()),
            (None, Some(row)) => (row, reversed(value)),
            (None, None) => continue,
        };
        match row.kind {
            SlpValueKind::Addresses | SlpValueKind::Endpoints => {
                for SlpEndpoint { address, port } in endpoints(&value).iter().map(|end| end.value) {
                    match port {
                        Some(port) => found.push((address, port)),
                        None => addresses.push((row.key, address)),
                    }
                }
            }
            SlpValueKind::Port => {
                let port = decimal(&value).and_then(|port| u16::try_from(port).ok());
                ports.extend(port.map(|port| (row.key, port)));
            }
            _ => {}
        }
    }
    for (of, address) in addresses {
        let belongs = |port: &&(SlpKey, u16)| {
            matches!(
                (of, port.0),
                (SlpKey::InternalAddresses, SlpKey::InternalPort)
                    | (SlpKey::ExternalAddresses, SlpKey::ExternalPort)
                    | (SlpKey::Ipv6Addresses, SlpKey::Ipv6Port)
            )
        };
        found.extend(ports.iter().filter(belongs).map(|port| (address, port.1)));
    }
    found.retain(|(address, port)| !address.is_unspecified() && *port != 0);
    found.sort_unstable();
    found.dedup();
    found.truncate(MAX_ENDPOINTS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::slp::wire::message::message;

    fn found(body: &str) -> Vec<String> {
        let text = format!("MSNSLP/1.0 200 OK\r\n\r\n{body}\0");
        let message = message(text.as_bytes()).unwrap();
        let endpoints = listening_endpoints(&message, text.as_bytes());
        endpoints
            .iter()
            .map(|(address, port)| format!("{address}:{port}"))
            .collect()
    }

    #[test]
    fn addresses_are_combined_with_ports_of_their_type() {
        let body = "Listening: true\r\nIPv4Internal-Addrs: 192.0.2.10 192.0.2.11\r\n\
            IPv4Internal-Port: 1100\r\nIPv4External-Addrs: 198.51.100.4\r\n";
        assert_eq!(found(body), ["192.0.2.10:1100", "192.0.2.11:1100"]);
        assert!(found(&body.replace("true", "false")).is_empty());
    }

    #[test]
    fn reversed_lines_and_pairs() {
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
