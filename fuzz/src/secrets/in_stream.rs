//! Connections between clients: nonces, cookies and passwords after a handshake, and the data of
//! files, are not in Info.

use std::collections::BTreeMap;

use imshark::field::FieldId;
use imshark::msn::msnftp::fields::Field as Ftp;
use imshark::plan::SourceId;
use imshark::span::Span;

use super::{Carrier, MIN_LENGTH};
use crate::invariants::held;
use crate::play::Dissector;
use crate::playback::Playback;
use crate::stream::Stream;

/// A [`Stream`] of one of the two protocols.
pub(super) fn run(data: &[u8]) {
    let Some(stream) = Stream::of(data) else {
        return;
    };
    let Stream { which, sizes, .. } = stream;
    if !matches!(which, Dissector::Direct | Dissector::Msnftp) {
        return;
    }
    let Some(shown) = Shown::of(&stream.runs, which, sizes) else {
        return;
    };
    let mut ends = [0; 2];
    let mut other: Vec<(bool, Vec<u8>)> = Vec::new();
    for (side, run) in &stream.runs {
        let end = &mut ends[usize::from(*side)];
        let bytes = (*end..).zip(*run);
        let bytes = bytes.map(|(at, byte)| match shown.secrets.get(&(*side, at)) {
            Some(true) => Carrier::Msnftp.other(*byte),
            Some(false) => byte ^ 0x11,
            None => *byte,
        });
        other.push((*side, bytes.collect()));
        *end += run.len();
    }
    let other: Vec<(bool, &[u8])> = other.iter().map(|(side, run)| (*side, &run[..])).collect();
    if other == stream.runs {
        return;
    }
    let changed = Shown::of(&other, which, sizes);
    if let Some(changed) = changed.filter(|changed| changed.outline == shown.outline) {
        assert_eq!(changed.info, shown.info);
        held(|| format!("a secret in a stream of {which:?} is not in Info"));
    }
}

/// What is shown of a stream.
struct Shown {
    info: Vec<String>,
    /// What the Plans are made of, without values.
    outline: Vec<(FieldId, Span)>,
    /// The bytes of secrets, by side and place, and whether they are texts.
    secrets: BTreeMap<(bool, usize), bool>,
}

impl Shown {
    fn of(runs: &[(bool, &[u8])], which: Dissector, sizes: &[u8]) -> Option<Self> {
        let mut shown = Self {
            info: Vec::new(),
            outline: Vec::new(),
            secrets: BTreeMap::new(),
        };
        Playback::of(runs, which, sizes)?.plans(|side, start, plan| {
            shown.info.push(plan.info_text().to_owned());
            for item in plan.items() {
                shown.outline.push((item.field, item.span));
                let is_file = [Ftp::Data, Ftp::Rest]
                    .map(FieldId::from)
                    .contains(&item.field);
                let is_secret = item.field.spec().is_some_and(|spec| spec.secret.is_some());
                let is_long = item.span.len >= MIN_LENGTH;
                if (is_file || is_secret) && is_long && item.source == SourceId::PACKET {
                    let bytes = item.span.of(plan.bytes_of(item.source));
                    let is_text = !is_file && bytes.iter().all(u8::is_ascii_graphic);
                    let places = start + item.span.start..start + item.span.end();
                    shown.secrets.extend(places.map(|at| ((side, at), is_text)));
                }
            }
        });
        Some(shown)
    }
}
