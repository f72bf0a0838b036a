//! Secrets are where they belong: what is in clear is not in Info, and what was decrypted is
//! nowhere unless the user wants to see keys. Another secret of the same form must therefore
//! change nothing there.

use imshark::msn::http::wire::head::head;
use imshark::oicq::body::value::{BodyEntry, BodyValue};
use imshark::packet::{Detail, Packet, Transport};
use imshark::plan::{Plan, SourceId, Verdict};
use imshark::span::Span;

use crate::invariants::{bounded, fingerprint, held};
use crate::play::{self, Dissector, State};
use crate::sealed::Sealed;

mod in_stream;

/// Shorter values may be anywhere by chance.
const MIN_LENGTH: usize = 4;

/// A byte of what follows: a packet of a [`Carrier`], 7 for a stream of `segments`, or from 80 a
/// frame as for `sealed`.
pub fn run(data: &[u8]) {
    bounded(data, |data| match data {
        [7, data @ ..] => in_stream::run(data),
        [which @ 0..0x80, data @ ..] => in_clear(data, Carrier::of(*which)),
        [_, data @ ..] => decrypted(data),
        [] => {}
    });
}

/// What carries a secret in clear.
#[derive(Debug, Clone, Copy)]
enum Carrier {
    Msn,
    /// Whole messages, as of Passport.
    Http,
    /// The body of a gateway after its header.
    Gateway,
    Msnftp,
    /// A datagram.
    Oicq,
    /// A stream.
    OicqTcp,
}

impl Carrier {
    fn of(number: u8) -> Self {
        match number & 7 {
            1 => Self::Http,
            2 => Self::Gateway,
            3 => Self::Msnftp,
            4 => Self::Oicq,
            5 => Self::OicqTcp,
            _ => Self::Msn,
        }
    }

    /// A packet, and its dissector. A gateway's header ends after `heading` bytes.
    fn packet(self, data: &[u8], heading: usize) -> (Packet<'_>, Dissector) {
        let (transport, which) = match self {
            Self::Msn => (Transport::Tcp, Dissector::Msn),
            Self::Http => (Transport::HttpMessages, Dissector::Msn),
            Self::Gateway => (Transport::Http, Dissector::Msn),
            Self::Msnftp => (Transport::Tcp, Dissector::Msnftp),
            Self::Oicq => (Transport::Udp, Dissector::Oicq),
            Self::OicqTcp => (Transport::Tcp, Dissector::Oicq),
        };
        let (heading, bytes) = data.split_at(heading);
        let packet = Packet {
            heading,
            transport,
            ..play::packet(bytes)
        };
        (packet, which)
    }

    fn protocol(self) -> &'static str {
        match self {
            Self::Msn | Self::Gateway => "MSNP",
            Self::Http => "Passport",
            Self::Msnftp => "MSNFTP",
            Self::Oicq | Self::OicqTcp => "QQ",
        }
    }

    /// Another byte of a secret, of the same kind.
    fn other(self, byte: u8) -> u8 {
        match (self, byte) {
            (Self::Oicq | Self::OicqTcp, _) => byte ^ 0x11,
            (_, b'0'..=b'8' | b'a'..=b'y' | b'A'..=b'Y') => byte + 1,
            _ => byte,
        }
    }
}

/// The secrets of a Plan, by item, that are in the packet.
fn secrets(plan: &Plan<'_>) -> Vec<Span> {
    let items = plan.items().iter().filter(|item| {
        let is_secret = item.field.spec().is_some_and(|spec| spec.secret.is_some());
        is_secret && item.source == SourceId::PACKET && item.span.len >= MIN_LENGTH
    });
    items.map(|item| item.span).collect()
}

/// What a Plan is made of, without its values.
fn outline(plan: &Plan<'_>) -> Vec<(u16, Span)> {
    let items = plan.items().iter();
    items.map(|item| (item.field.row, item.span)).collect()
}

fn in_clear(data: &[u8], carrier: Carrier) {
    let heading = match (carrier, head(data, 0)) {
        (Carrier::Gateway, Ok(head)) => head.end(),
        _ => 0,
    };
    let (packet, which) = carrier.packet(data, heading);
    let mut state = State::new(1, true);
    let plan = state.dissect(&packet, which, 0);
    let mut other = data.to_vec();
    for span in secrets(&plan) {
        let (start, end) = (heading + span.start, heading + span.end());
        let secret = other.get_mut(start..end).expect("a part of the packet");
        secret
            .iter_mut()
            .for_each(|byte| *byte = carrier.other(*byte));
    }
    if other == data {
        return;
    }
    let (packet, which) = carrier.packet(&other, heading);
    let mut state = State::new(1, true);
    let changed = state.dissect(&packet, which, 0);
    if outline(&changed) == outline(&plan) {
        assert_eq!(changed.info_text(), plan.info_text());
        let whose = carrier.protocol();
        held(|| format!("a secret in clear of {whose} is not in Info"));
    }
}

fn decrypted(data: &[u8]) {
    let Some(sealed) = Sealed::of(data) else {
        return;
    };
    let found = sealed.decoded(sealed.plain);
    let is_secret = |entry: &&BodyEntry| entry.value == BodyValue::Secret;
    let secrets: Vec<Span> = found
        .entries
        .iter()
        .filter(is_secret)
        .map(|entry| entry.span)
        .collect();
    let mut other = sealed.plain.to_vec();
    for secret in &secrets {
        let end = secret.end().min(other.len());
        let bytes = other.get_mut(secret.start..end);
        bytes.into_iter().flatten().for_each(|byte| *byte ^= 0x11);
    }
    let is_elsewhere = |plain: &[u8]| {
        let mut secrets = secrets.iter().map(|secret| secret.of(plain));
        secrets.any(|secret| memchr::memmem::find_iter(plain, secret).nth(1).is_some())
    };
    if is_elsewhere(sealed.plain) || is_elsewhere(&other) {
        // A key is also hidden in bytes that nothing explains.
        return;
    }
    let outline = |entries: &[BodyEntry]| -> Vec<(Span, bool)> {
        let entries = entries.iter();
        let value = |entry: &BodyEntry| entry.value == BodyValue::Secret;
        entries.map(|entry| (entry.span, value(entry))).collect()
    };
    let changed = sealed.decoded(&other);
    if other == sealed.plain || outline(&changed.entries) != outline(&found.entries) {
        return;
    }
    let differs = |(a, b): (&BodyEntry, &BodyEntry)| a.value != b.value;
    if found.entries.iter().zip(&changed.entries).any(differs) {
        // A value that is not secret was read from the same bytes.
        return;
    }
    // The ciphertext differs, so only what was decrypted is compared, if neither looks like
    // something else than QQ, such as text.
    let [one, two] = [sealed.plain, &other].map(|plain| {
        let bytes = sealed.frame(plain);
        let packet = Packet {
            detail: Detail::Tree,
            ..sealed.packet(&bytes)
        };
        let mut state = State::new(1, false);
        let plan = state.dissect(&packet, Dissector::Oicq, 0);
        let is_decrypted = plan.sources().iter().any(|source| source.decrypted);
        let verdict = (plan.verdict, is_decrypted);
        (fingerprint(&plan), verdict, plan.to_string())
    });
    if [one.1 .0, two.1 .0].contains(&Verdict::Reject) {
        return;
    }
    assert!(one.0 == two.0, "a secret is shown:\n{}\n{}", one.2, two.2);
    if one.1 .1 && two.1 .1 {
        held(|| "a secret that was decrypted is nowhere".into());
    }
}
