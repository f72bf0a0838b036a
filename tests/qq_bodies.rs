//! The bodies of the samples, without the frames around them.

use imshark::oicq::body::decode;
use imshark::oicq::body::name::Name;
use imshark::oicq::body::value::BodyEntry;
use imshark::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use imshark::oicq::fields::Field;
use imshark::oicq::keystore::keyring::SecretKind;
use imshark::oicq::wire::direction::Direction;
use imshark::packet::Detail;
use test_support::capture::Capture;
use test_support::samples::checks::check;
use test_support::samples::host::Host;
use test_support::samples::qq_bodies_unfit;
use test_support::samples::qq_script::{Script, Step, SESSION, UIN};
use test_support::samples::{scripts, SplitMix64};

fn place(script: &Script, step: &Step) -> CiphertextContext {
    let layer = if step.inner.is_some() {
        CiphertextLayer::Second
    } else {
        CiphertextLayer::Frame
    };
    let direction = if step.up {
        Direction::ToServer
    } else {
        Direction::ToClient
    };
    CiphertextContext {
        command: step.command,
        direction,
        version: script.version,
        layer,
    }
}

fn steps() -> impl Iterator<Item = (CiphertextContext, Vec<u8>)> {
    let scripts = scripts().into_iter();
    scripts.flat_map(|script| {
        let steps = script
            .steps
            .iter()
            .map(|step| (place(&script, step), step.plain.clone()));
        steps.collect::<Vec<_>>()
    })
}

fn entries(place: &CiphertextContext, plain: &[u8]) -> Vec<BodyEntry> {
    decode(place, Some(UIN), plain).entries
}

#[test]
fn every_body_is_read_to_its_last_byte() {
    let mut bodies = 0;
    for (place, plain) in steps() {
        let body = decode(&place, Some(UIN), &plain);
        let text = format!("{place:x?} {plain:02x?}\n{body:#?}");
        assert!(!body.short, "{text}");
        assert!(body.find(Name::Trailing).is_none(), "{text}");
        bodies += 1;
    }
    assert!(bodies > 250, "{bodies}");
}

/// Sub-commands, and the group of a group command, are read without the rest for the
/// clients whose bodies were seen: those before QQ2009 SP5, and since QQ2012.
fn may_precede_bytes(entry: &BodyEntry, version: u16, command: u16) -> bool {
    match entry.name {
        Name::UnknownData => true,
        Name::KeyBytes => matches!(command, 0x0004 | 0x001d),
        _ if matches!(version, 0x1957..=0x2eff) => false,
        Name::SubCommand => true,
        Name::Reply | Name::GroupId => command == 0x0002,
        Name::From | Name::To | Name::MessageSequence => command == 0x0017,
        Name::PeerAddress | Name::PeerPort | Name::MessageType => command == 0x0017,
        _ => false,
    }
}

#[test]
fn bodies_that_fit_no_layout_are_bytes() {
    for unfit in qq_bodies_unfit::bodies() {
        let direction = if unfit.up {
            Direction::ToServer
        } else {
            Direction::ToClient
        };
        let place = CiphertextContext {
            command: unfit.command,
            direction,
            version: unfit.version,
            layer: CiphertextLayer::Frame,
        };
        let entries = entries(&place, &unfit.plain);
        let wrong = entries
            .iter()
            .find(|entry| !may_precede_bytes(entry, unfit.version, unfit.command));
        assert_eq!(wrong, None, "{place:x?} {:02x?}", unfit.plain);
        // No byte is missing.
        let end = entries.last().map(|entry| entry.span.end());
        assert_eq!(end, Some(unfit.plain.len()), "{place:x?}");
    }
}

#[test]
fn spans_are_in_the_body_and_in_order() {
    for (place, plain) in steps() {
        let mut before = 0;
        for entry in entries(&place, &plain) {
            assert!(entry.span.end() <= plain.len(), "{place:?} {entry:?}");
            assert!(entry.span.start >= before, "{place:?} {entry:?}");
            before = entry.span.start;
        }
    }
}

#[test]
fn every_prefix_and_many_mutations_are_survived() {
    const SEED: u64 = 0x2006_2013;
    let mut random = SplitMix64::new(SEED);
    let mut cut = 0;
    for (place, plain) in steps() {
        for len in 0..plain.len() {
            let body = decode(&place, Some(UIN), &plain[..len]);
            cut += usize::from(body.short);
            assert!(body.entries.iter().all(|entry| entry.span.end() <= len));
        }
        for _ in 0..60 {
            let mut bytes = plain.clone();
            for _ in 0..=random.below(4) {
                if let Some(byte) = bytes.get_mut(random.below(plain.len().max(1))) {
                    *byte = random.below(256) as u8;
                }
            }
            let body = decode(&place, Some(UIN), &bytes);
            assert!(body
                .entries
                .iter()
                .all(|entry| entry.span.end() <= bytes.len()));
        }
    }
    assert!(cut > 5_000, "{cut}");
}

/// Mutated bodies give valid plans.
#[test]
fn mutated_bodies_are_shown() {
    const SEED: u64 = 0x2010_00cd;
    let mut random = SplitMix64::new(SEED);
    let mut with_plaintext = 0;
    for round in 0..12 {
        for mut script in scripts() {
            for step in &mut script.steps {
                for _ in 0..=random.below(3) {
                    let at = random.below(step.plain.len().max(1));
                    if let Some(byte) = step.plain.get_mut(at) {
                        *byte = random.below(256) as u8;
                    }
                }
                if random.below(4) == 0 {
                    step.plain.truncate(random.below(step.plain.len() + 1));
                }
            }
            let mut capture = Capture::new();
            let digits: String = SESSION.iter().map(|byte| format!("{byte:02x}")).collect();
            capture.secrets.row(UIN, SecretKind::SessionKey, &digits);
            script.capture(&mut capture);
            let host = Host::open(&capture, true);
            for (call, plan) in host.calls.iter().zip(&host.plans) {
                check(plan, &call.packet(true, Detail::Tree));
                let decrypted = Field::Decrypted.into();
                with_plaintext +=
                    usize::from(plan.items().iter().any(|item| item.field == decrypted));
            }
            assert!(!host.plans.is_empty(), "seed {SEED:#x}, round {round}");
        }
    }
    assert!(with_plaintext > 2_000, "{with_plaintext}");
}
