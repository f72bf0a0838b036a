//! Secrets: values that were decrypted, derived or given by the user are in no part of a
//! Plan unless keys are shown; and the Info column never holds a password, a hash, a
//! ticket or a cookie.

use imshark::oicq::keystore::keyring::SecretKind;
use imshark::plan::{Item, Plan, SourceId, Value};
use test_support::capture::Capture;
use test_support::samples::bytes::body;
use test_support::samples::host::Host;
use test_support::samples::qq_script::{Script, SESSION, TRANSFER, UIN};
use test_support::samples::SAMPLES;
use test_support::secrets::{contains, hidden, is_hidden, spellings};

/// All parts of a Plan that appear in an output, besides the packet's own bytes.
fn parts<'a>(plan: &'a Plan<'_>) -> (Vec<String>, Vec<&'a [u8]>) {
    let mut texts = vec![plan.info_text().to_owned(), plan.to_string()];
    let mut bytes: Vec<&[u8]> = plan.sources().iter().map(|s| &s.bytes[..]).collect();
    for item in plan.items() {
        texts.extend(plan.value_of(item).map(|text| text.into_owned()));
        texts.push(plan.text_of(item.label).to_owned());
        if item.source != SourceId::PACKET && item.source != SourceId::HEADING {
            bytes.push(item.span.of(plan.bytes_of(item.source)));
        }
    }
    texts.extend(plan.notes().iter().map(|n| plan.text_of(n.text).to_owned()));
    (texts, bytes)
}

#[test]
fn decrypted_secrets_are_in_no_part_of_a_plan() {
    let mut searched = 0;
    for (name, build) in SAMPLES {
        let mut capture = build();
        let secrets = hidden(&capture);
        capture.secrets.shows_keys = false;
        let host = Host::open(&capture, true);
        for (call, plan) in host.calls.iter().zip(&host.plans) {
            let (texts, bytes) = parts(plan);
            let all = texts.join("\n").to_lowercase();
            let frame = call.frame;
            for secret in &secrets {
                for spelling in spellings(secret) {
                    assert!(
                        !all.contains(&spelling),
                        "{name}, frame {frame}: {spelling}\n{plan}"
                    );
                }
                let found = bytes.iter().any(|bytes| contains(bytes, secret));
                assert!(!found, "{name}, frame {frame}: {secret:02x?}\n{plan}");
            }
        }
        searched += secrets.len();
    }
    println!("{searched} secrets were searched");
    assert!(searched > 10, "{searched}");
}

/// Wherever a secret is shown with keys shown, its bytes are overwritten without.
#[test]
fn withheld_bytes_are_overwritten() {
    let mut withheld = 0;
    for (name, build) in SAMPLES {
        let mut capture = build();
        capture.secrets.shows_keys = true;
        let shown = Host::open(&capture, true);
        capture.secrets.shows_keys = false;
        let hiding = Host::open(&capture, true);
        for (shown, hiding) in shown.plans.iter().zip(&hiding.plans) {
            let secret = |item: &&Item| item.span.len > 0 && is_hidden(shown, item);
            for item in shown.items().iter().filter(secret) {
                let left = item.span.of(hiding.bytes_of(item.source));
                assert_eq!(left, vec![b'*'; item.span.len], "{name}: {hiding}");
                withheld += 1;
            }
        }
    }
    println!("{withheld} values are withheld");
    assert!(withheld > 80, "{withheld}");
}

#[test]
fn with_keys_shown_nothing_is_withheld() {
    for (name, build) in SAMPLES {
        let mut capture = build();
        capture.secrets.shows_keys = true;
        let shown = Host::open(&capture, true);
        capture.secrets.shows_keys = false;
        let hiding = Host::open(&capture, true);
        for (shown, hiding) in shown.plans.iter().zip(&hiding.plans) {
            let withheld = |plan: &Plan<'_>| {
                let items = plan.items().iter();
                items.filter(|item| item.value == Value::Withheld).count()
            };
            assert_eq!(withheld(shown), 0, "{name}: {shown}");
            // Every item is at the same place either way, except keys without bytes in
            // the packet.
            let places = |plan: &Plan<'_>| {
                let items = plan.items().iter().filter(|item| {
                    let spec = item.field.spec();
                    item.span.len > 0 || spec.is_none_or(|spec| spec.secret.is_none())
                });
                let place = |item: &Item| (item.field, item.depth, item.span, item.source);
                items.map(place).collect::<Vec<_>>()
            };
            assert_eq!(places(shown), places(hiding), "{name}");
            assert_eq!(shown.info_text(), hiding.info_text(), "{name}");
        }
    }
}

#[test]
fn info_holds_no_secret() {
    let mut searched = 0;
    for (name, build) in SAMPLES {
        for desegments in [true, false] {
            let host = Host::open(&build(), desegments);
            for (call, plan) in host.calls.iter().zip(&host.plans) {
                let info = plan.info_text();
                for item in plan.items() {
                    let spec = item.field.spec();
                    if spec.is_none_or(|spec| spec.secret.is_none()) {
                        continue;
                    }
                    let raw = item.span.of(plan.bytes_of(item.source));
                    let raw = String::from_utf8_lossy(raw);
                    let decoded = plan.value_of(item).unwrap_or_default();
                    for value in [&*raw, &*decoded].into_iter().filter(|v| v.len() > 3) {
                        searched += 1;
                        assert!(
                            !info.contains(value),
                            "{name}, frame {}: {value} in {info}",
                            call.frame
                        );
                    }
                }
            }
        }
    }
    assert!(searched > 100, "{searched}");
}

/// Messages of all versions repeat a key derived from number and session key: it is found
/// in bodies of unknown layout.
#[test]
fn a_known_key_in_an_unknown_body_is_hidden() {
    let mut script = Script::new(0x3420, 0x66a7, 4005);
    let unknown = body().fill(0x25, 20).raw(TRANSFER).fill(0x26, 25);
    script.up(0x0125, SESSION, unknown);
    let mut capture = Capture::new();
    let digits: String = SESSION.iter().map(|byte| format!("{byte:02x}")).collect();
    capture.secrets.row(UIN, SecretKind::SessionKey, &digits);
    script.capture(&mut capture);
    for shows_keys in [true, false] {
        capture.secrets.shows_keys = shows_keys;
        let host = Host::open(&capture, true);
        let plan = &host.plans[0];
        let [source] = plan.sources() else {
            panic!("{plan}");
        };
        assert_eq!(contains(&source.bytes, &TRANSFER), shows_keys, "{plan}");
        assert_eq!(contains(&source.bytes, &[b'*'; 16]), !shows_keys, "{plan}");
        let label = "Decrypted body: 61 bytes, keys not shown";
        assert_eq!(plan.to_string().contains(label), !shows_keys, "{plan}");
    }
}
