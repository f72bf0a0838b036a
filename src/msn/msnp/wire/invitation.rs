//! Invitations (`text/x-msmsgsinvite`): file transfer, voice and other activities before
//! MSNSLP.
//!
//! Source: docs/protocol/msnp.md §5.3.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use crate::msn::common::number::decimal;
use crate::refuse::{is_less, refuse};

/// Applications by `Application-GUID`, sorted.
const APPLICATIONS: &[(&str, &str)] = sorted(&[
    (
        "02D3C01F-BF30-4825-A83A-DE7AF41648AA",
        "audio or video conversation",
    ),
    ("5D3E02AB-6190-11D3-BBBB-00C04F795683", "file transfer"),
]);

/// Meanings of `Cancel-Code`, sorted.
const CANCEL_CODES: &[(&str, &str)] = sorted(&[
    ("FAIL", "something failed"),
    ("FTTIMEOUT", "the file transfer took too long to begin"),
    ("OUTBANDCANCEL", "cancelled outside of the session"),
    ("REJECT", "the user declined"),
    ("REJECT_NOT_INSTALLED", "the application is not installed"),
    ("TIMEOUT", "the user did not answer in time"),
    ("USER_CANCEL", "the user cancelled"),
]);

/// Rejects rows that are not sorted.
const fn sorted(rows: &'static [(&str, &str)]) -> &'static [(&'static str, &'static str)] {
    let mut i = 1;
    while i < rows.len() {
        let (above, row) = (rows[i - 1].0.as_bytes(), rows[i].0.as_bytes());
        if !is_less(above, row) {
            refuse(&[row, b": rows must be sorted, but the one above is ", above]);
        }
        i += 1;
    }
    rows
}

/// The application with this GUID, with or without braces, ignoring case.
pub fn application(guid: &str) -> Option<&'static str> {
    let guid = guid.trim_start_matches('{').trim_end_matches('}');
    find(APPLICATIONS, guid)
}

/// Meaning of a cancel code, ignoring case. Returns `None` if it is unknown.
pub fn cancel_code(code: &str) -> Option<&'static str> {
    find(CANCEL_CODES, code)
}

fn find(rows: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    let mut rows = rows.iter();
    let row = rows.find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    Some(row.1)
}

/// Parses `192.0.2.1`, `192.0.2.1:6891`, `2001:db8::1` or `[2001:db8::1]:6891`: the
/// values of `IP-Address` and similar headers. The zone of `fe80::1%4` is dropped,
/// because it has a meaning only on its host. Returns `None` for anything else.
pub fn address(value: &[u8]) -> Option<(IpAddr, Option<u16>)> {
    let text = core::str::from_utf8(value).ok()?;
    if let Some(found) = dotted(text) {
        return Some(found);
    }
    let text = &*without_zone(text)?;
    if let Ok(address) = text.parse() {
        return Some((address, None));
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return Some((IpAddr::V6(inner.parse().ok()?), None));
    }
    let end: SocketAddr = text.parse().ok()?;
    Some((end.ip(), Some(end.port())))
}

/// Parses an IPv4 address with an optional port. Numbers with leading zeros are decimal.
fn dotted(text: &str) -> Option<(IpAddr, Option<u16>)> {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let mut numbers = host.split('.').map(|digits| {
        let number = decimal(digits.as_bytes()).filter(|_| digits.len() <= 3)?;
        u8::try_from(number).ok()
    });
    let mut octets = [0; 4];
    for octet in &mut octets {
        *octet = numbers.next()??;
    }
    if numbers.next().is_some() {
        return None;
    }
    let port = match port {
        Some(digits) => Some(u16::try_from(decimal(digits.as_bytes())?).ok()?),
        None => None,
    };
    Some((IpAddr::from(octets), port))
}

/// Removes `%` and the zone after an IPv6 address. Returns `None` for an invalid zone.
fn without_zone(text: &str) -> Option<Cow<'_, str>> {
    let Some((address, after)) = text.split_once('%') else {
        return Some(Cow::Borrowed(text));
    };
    let (zone, rest) = after.split_at(after.find(']').unwrap_or(after.len()));
    let is_zone = !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_zone && address.contains(':')).then(|| Cow::Owned(format!("{address}{rest}")))
}

/// Parses the value of `Port`. Returns `None` for 0 and for anything that is not a port.
pub fn port(value: &[u8]) -> Option<u16> {
    let port = u16::try_from(decimal(value)?).ok()?;
    (port != 0).then_some(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_and_codes_have_names() {
        assert_eq!(
            application("{5D3E02AB-6190-11d3-BBBB-00C04F795683}"),
            Some("file transfer")
        );
        assert_eq!(application("{}"), None);
        assert_eq!(cancel_code("REJECT"), Some("the user declined"));
        assert_eq!(cancel_code("OTHER"), None);
    }

    #[test]
    fn addresses_can_have_ports() {
        let address_of = |text: &str| address(text.as_bytes());
        for ip in ["192.0.2.10", "2001:db8::1"] {
            let ip: IpAddr = ip.parse().unwrap();
            assert_eq!(address_of(&ip.to_string()), Some((ip, None)));
            let end = SocketAddr::new(ip, 6891).to_string();
            assert_eq!(address_of(&end), Some((ip, Some(6891))));
        }
        assert!(address_of("[2001:db8::1]").is_some());
        let local: IpAddr = "fe80::1".parse().unwrap();
        assert_eq!(address_of("fe80::1%4"), Some((local, None)));
        assert_eq!(address_of("[fe80::1%eth0]:6891"), Some((local, Some(6891))));
        let ip: IpAddr = "192.0.2.10".parse().unwrap();
        assert_eq!(address_of("192.0.2.10:0"), Some((ip, Some(0))));
        assert_eq!(address_of("192.000.002.010"), Some((ip, None)));
        assert_eq!(address_of("192.00.02.010:6891"), Some((ip, Some(6891))));
        for bad in [
            "",
            "192.0.2",
            "192.0.2.0010",
            "192.0.2.256",
            "192.0.2.10.1",
            "192.0.2.10:",
            "192.0.2.10:70000",
            "[::1",
            "sb",
            "192.0.2.10%4",
            "fe80::1%",
            "fe80::1%4%4",
        ] {
            assert_eq!(address_of(bad), None, "{bad}");
        }
        assert_eq!(
            (port(b"6891"), port(b"0"), port(b"x")),
            (Some(6891), None, None)
        );
    }
}
