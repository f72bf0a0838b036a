//! The sample captures, and the plans that the dissectors alone make of them.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test samples` rewrites the
//! captures and the expected texts. Read the differences afterwards.

use std::collections::BTreeSet;
use std::ffi::CStr;
use std::iter;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use imshark::field::{ExpertId, FieldId};
use imshark::msn::msnftp::fields::Field as Ftp;
use imshark::msn::msnp::fields::Field;
use imshark::msn::msnp::wire::commands::COMMANDS;
use imshark::msn::msnp::wire::error_codes::ERROR_CODES;
use imshark::msn::msnp::wire::parameter::{ConnectionScope, LineContext, Parameters, ServerRole};
use imshark::msn::msnp::wire::{pdu, values};
use imshark::msn::p2p::fields::MSNP2P;
use imshark::oicq::fields::{Field as QqField, OICQ};
use imshark::oicq::wire::commands::table::COMMANDS as QQ_COMMANDS;
use imshark::packet::Detail;
use imshark::packet::Packet;
use imshark::plan::{Item, ItemId, Plan, TextId, Value};
use test_support::capture::{Capture, Frame, Side};
use test_support::samples::checks::{check, spelt};
use test_support::samples::host::Host;
use test_support::samples::mutations::{alone, dissect_by_all, mutate};
use test_support::samples::packets::packet;
use test_support::samples::streams::{connections, recut, recut_after, Run};
use test_support::samples::{captures, expected, sample, SplitMix64, SAMPLES};

/// The samples whose unreassembled segments are checked, too.
const WITHOUT_REASSEMBLY: &[&str] = &[
    "msn-edges",
    "msn-ftp",
    "msn-p2p-edges",
    "msn-p2p-long",
    "qq-tcp",
];

/// Compares with a file, or writes it if `IMSHARK_BLESS` is set.
fn assert_matches_file(path: &Path, now: &[u8]) {
    if std::env::var_os("IMSHARK_BLESS").is_some() {
        std::fs::write(path, now).expect("the file written");
    }
    let then = std::fs::read(path).unwrap_or_default();
    let (now_text, then_text) = (String::from_utf8_lossy(now), String::from_utf8_lossy(&then));
    for (number, (now, then)) in now_text.lines().zip(then_text.lines()).enumerate() {
        assert_eq!(now, then, "{}, line {}", path.display(), number + 1);
    }
    assert!(now == then, "{} has another length", path.display());
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn files_are_what_the_code_builds() {
    for (name, build) in SAMPLES {
        assert_matches_file(&captures().join(format!("{name}.pcap")), &build().to_pcap());
    }
    let known = SAMPLES.iter().map(|(name, _)| format!("{name}.pcap"));
    assert_eq!(names(&captures()), known.collect());
}

#[test]
fn plans_are_as_expected() {
    let mut known = BTreeSet::new();
    let mut read = |name: String, host: &Host| {
        assert_matches_file(&expected().join(&name), host.text().as_bytes());
        known.insert(name);
    };
    for (name, build) in SAMPLES {
        read(format!("{name}.plan.txt"), &Host::open(&build(), true));
    }
    for name in WITHOUT_REASSEMBLY {
        let host = Host::open(&sample(name), false);
        read(format!("{name}.segments.plan.txt"), &host);
    }
    let plans = names(&expected()).into_iter();
    let plans = plans.filter(|name| name.ends_with(".plan.txt"));
    assert_eq!(plans.collect::<BTreeSet<_>>(), known);
}

/// Every sample, with and without reassembly.
fn hosts() -> impl Iterator<Item = (&'static str, Host)> {
    SAMPLES.iter().flat_map(|(name, build)| {
        [true, false].map(|desegments| (*name, Host::open(&build(), desegments)))
    })
}

#[test]
fn plans_can_be_applied() {
    let mut applied = 0;
    for (_, host) in hosts() {
        for (call, plan) in host.calls.iter().zip(&host.plans) {
            check(plan, &call.packet(true, Detail::Tree));
            applied += usize::from(!plan.items().is_empty());
        }
    }
    assert!(applied > 500, "{applied}");
}

#[test]
fn every_pass_in_any_order_gives_the_same_plans() {
    for (name, mut host) in hosts() {
        let later: Vec<String> = host.plans.iter().map(Plan::to_string).collect();
        let forward = 0..later.len();
        for index in forward.clone().chain(forward.rev()) {
            let again = host.again(index, Detail::Tree).to_string();
            let frame = host.calls[index].frame;
            assert_eq!(again, later[index], "{name}, frame {frame}");
        }
        assert!(host.lost_later.is_empty(), "{name}: {:?}", host.lost_later);
    }
}

/// Later frames add to what is known of earlier ones and remove nothing.
#[test]
fn later_passes_show_all_that_the_first_pass_shows() {
    for (name, host) in hosts() {
        for (index, (first, later)) in host.first.iter().zip(&host.plans).enumerate() {
            let later = later.to_string();
            let mut rest = later.lines();
            for line in first.lines() {
                let frame = host.calls[index].frame;
                let found = rest.any(|later| later == line);
                assert!(found, "{name}, frame {frame}: {line}\n{later}");
            }
        }
    }
}

#[test]
fn less_detail_leaves_out_labels_and_then_items() {
    for (name, mut host) in hosts() {
        for index in 0..host.plans.len() {
            let fields = host.again(index, Detail::Fields);
            let columns = host.again(index, Detail::Columns);
            let heads = host.again(index, Detail::LeadingFields);
            let tree = &host.plans[index];
            let place = format!("{name}, frame {}", host.calls[index].frame);
            assert_eq!(items(&fields), items(tree), "{place}");
            assert!(fields.items().iter().all(|item| item.label == TextId::NONE));
            assert_eq!(fields.notes().len(), tree.notes().len(), "{place}");
            for (fields, tree) in fields.notes().iter().zip(tree.notes()) {
                assert_eq!(fields.item, tree.item, "{place}");
            }
            let is_call = |item: &Item| matches!(item.value, Value::HandOff(..));
            assert!(columns.items().iter().all(is_call), "{place}");
            assert_eq!(outside_the_tree(&fields), outside_the_tree(tree), "{place}");
            for less in [&columns, &heads] {
                assert_eq!(
                    outside_the_tree(less).0,
                    outside_the_tree(tree).0,
                    "{place}"
                );
            }
            let begins_pdu = |item: &Item| {
                let protocol = imshark::protocols::PROTOCOLS.get(usize::from(item.field.protocol));
                item.field.row == FieldId::PROTOCOL_ITEM
                    || protocol.is_some_and(|p| usize::from(item.field.row) < p.leading_fields)
            };
            assert!(heads.items().iter().all(begins_pdu), "{place}");
        }
    }
}

fn items(plan: &Plan<'_>) -> Vec<String> {
    plan.items().iter().map(|item| spelt(plan, item)).collect()
}

/// The parts of a plan that every level of detail has.
fn outside_the_tree(plan: &Plan<'_>) -> (String, Vec<ExpertId>) {
    let Plan {
        verdict,
        uncaptured: touch,
        pdus,
        ..
    } = plan;
    let text = format!("{verdict:?} {touch:?} {pdus} {}", plan.info_text());
    (text, plan.notes().iter().map(|note| note.expert).collect())
}

#[test]
fn every_prefix_of_every_packet_is_survived() {
    // By far the longest test: the samples are shared among threads.
    let next = AtomicUsize::new(0);
    let prefixes: usize = std::thread::scope(|scope| {
        let share = || {
            let samples = iter::from_fn(|| SAMPLES.get(next.fetch_add(1, Ordering::Relaxed)));
            samples.map(|(_, build)| survive_prefixes(&build())).sum()
        };
        let shares: Vec<_> = (0..4).map(|_| scope.spawn(share)).collect();
        let counts = shares.into_iter().map(|share| share.join());
        counts
            .map(|count: std::thread::Result<usize>| count.expect("no panic"))
            .sum()
    });
    assert!(prefixes > 50_000, "{prefixes}");
}

fn survive_prefixes(capture: &Capture) -> usize {
    let mut prefixes = 0;
    for frame in &capture.frames {
        let captured = packet(frame);
        for len in 0..=captured.payload.len() {
            let bytes = &captured.payload[..len];
            dissect_by_all(&alone(frame, bytes, captured.reported));
            dissect_by_all(&alone(frame, bytes, len));
            dissect_by_all(&Packet {
                can_reassemble: true,
                ..alone(frame, bytes, len)
            });
            prefixes += 1;
        }
    }
    prefixes
}

#[test]
fn mutated_packets_are_survived() {
    const SEED: u64 = 0x1863_8000;
    const PACKETS: usize = 20_000;
    let frames = SAMPLES.iter().flat_map(|(_, build)| build().frames);
    let frames: Vec<Frame> = frames.collect();
    let mut random = SplitMix64::new(SEED);
    for number in 0..PACKETS {
        let frame = &frames[random.below(frames.len())];
        let other = packet(&frames[random.below(frames.len())]).payload;
        let mut bytes = packet(frame).payload.to_vec();
        for _ in 0..=random.below(4) {
            mutate(&mut bytes, other, &mut random);
        }
        let reported = bytes.len() + [0, 0, 0, 1, 100][random.below(5)];
        let packet = Packet {
            can_reassemble: random.below(2) == 0,
            first_pass: random.below(4) > 0,
            recognised: random.below(2) == 0,
            ..alone(frame, &bytes, reported)
        };
        let survived = catch_unwind(AssertUnwindSafe(|| dissect_by_all(&packet)));
        assert!(
            survived.is_ok(),
            "seed {SEED:#x}, packet {number}: {packet:?}"
        );
    }
}

/// The texts or numbers of a field, or the labels of all PDUs, by connection.
fn shown(capture: &Capture, field: FieldId) -> Vec<String> {
    let host = Host::open(capture, true);
    let mut shown = Vec::new();
    for (call, plan) in host.calls.iter().zip(&host.plans) {
        for item in plan.items().iter().filter(|item| item.field == field) {
            let text = match (plan.value_of(item), item.value) {
                (Some(text), _) => text.into_owned(),
                (None, Value::Number(number)) => number.to_string(),
                (None, _) => plan.text_of(item.label).to_owned(),
            };
            shown.push((call.conversation, text));
        }
    }
    shown.sort_by_key(|(conversation, _)| *conversation);
    shown.into_iter().map(|(_, text)| text).collect()
}

fn same(found: &[String], expected: &[String], what: &str) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{what}");
    }
    assert_eq!(found.len(), expected.len(), "{what}");
}

#[test]
fn msn_commands_do_not_depend_on_segmentation() {
    for name in ["msn", "msn-commands"] {
        let expected = shown(&sample(name), Field::Line.into());
        assert!(expected.len() > 60, "{name}: {} lines", expected.len());
        let connections = connections(&sample(name));
        for size in [1, 7, 60, usize::MAX] {
            let capture = recut(&connections, 1863, size);
            let found = shown(&capture, Field::Line.into());
            same(&found, &expected, &format!("{name}, {size} bytes each"));
        }
    }
}

/// The connections of a sample to one of these ports; they are recognised only by a
/// complete first line or packet.
fn connections_to(name: &str, ports: core::ops::RangeInclusive<u16>) -> Vec<Vec<Run>> {
    let mut capture = sample(name);
    capture.frames.retain(|frame| {
        let captured = packet(frame);
        ports.contains(&captured.from.1) || ports.contains(&captured.to.1)
    });
    connections(&capture)
}

#[test]
fn files_do_not_depend_on_segmentation() {
    let connections = connections_to("msn-ftp", 6891..=6892);
    // Each segment shows its own part of the data of a block.
    let fields = [Ftp::Line, Ftp::Block, Ftp::Length, Ftp::Sha256, Ftp::Blocks];
    let whole = recut_after(12, &connections, 6891, usize::MAX);
    let expected = fields.map(|field| shown(&whole, field.into()));
    assert!(expected.concat().len() > 30, "{expected:?}");
    for size in [1, 7, 60, 1400] {
        let capture = recut_after(12, &connections, 6891, size);
        for (field, expected) in fields.iter().zip(&expected) {
            let found = shown(&capture, (*field).into());
            same(&found, expected, &format!("{field:?}, {size} bytes each"));
        }
        let files = shown(&capture, Ftp::Content.into());
        let whole = [
            "Reassembled file: 5000 bytes",
            "Reassembled file: 50 bytes",
            "Reassembled file: 50 bytes",
            "Reassembled file: 50 bytes",
        ];
        assert_eq!(files, whole, "{size} bytes each");
    }
}

#[test]
fn direct_connections_do_not_depend_on_segmentation() {
    let connections = connections_to("msn-p2p", 1100..=1200);
    let expected = shown(&recut_after(8, &connections, 5000, 1400), (&MSNP2P).into());
    assert!(expected.len() > 10, "{expected:?}");
    for size in [1, 7, 60, usize::MAX] {
        let capture = recut_after(8, &connections, 5000, size);
        let found = shown(&capture, (&MSNP2P).into());
        same(&found, &expected, &format!("{size} bytes each"));
    }
}

#[test]
fn qq_frames_do_not_depend_on_segmentation() {
    let mut connections = connections(&sample("qq-tcp"));
    // The last one has gaps.
    connections.pop();
    let expected = shown(&recut(&connections, 443, 1400), (&OICQ).into());
    assert!(expected.len() > 20, "{expected:?}");
    let is_frame = |label: &String| label.contains(", seq ");
    assert!(expected.iter().all(is_frame), "{expected:?}");
    for size in [1, 2, 7, 17, 60, usize::MAX] {
        let found = shown(&recut(&connections, 443, size), (&OICQ).into());
        same(&found, &expected, &format!("{size} bytes each"));
    }
}

#[test]
fn the_samples_show_every_command_and_error() {
    let captures = SAMPLES.iter().map(|(_, build)| build());
    let verbs = captures.flat_map(|capture| shown(&capture, Field::Cmd.into()));
    let verbs: BTreeSet<String> = verbs.collect();
    for command in COMMANDS {
        let verb = String::from_utf8_lossy(&command.verb).into_owned();
        assert!(verbs.contains(&verb), "no sample has {verb}");
    }
    let errors = Host::open(&sample("msn-errors"), true);
    let items = errors.plans.iter().flat_map(Plan::items);
    let codes = items.filter(|item| item.field == Field::ErrorCode.into());
    let codes: BTreeSet<_> = codes.map(|item| item.value).map(number).collect();
    for (code, name) in ERROR_CODES.rows() {
        assert!(codes.contains(&u64::from(*code)), "{code} {name:?}");
    }
}

/// The dialect that a server's line selects.
fn selected_dialect(line: &str) -> Option<u8> {
    let mut words = line.strip_prefix("VER ")?.split(' ').skip(1);
    words.find_map(|word| values::dialect_number(word.as_bytes()))
}

#[test]
fn the_samples_show_every_form_of_every_command() {
    let all = COMMANDS
        .iter()
        .flat_map(|command| command.forms.iter().map(|form| (command.verb, form)));
    let mut missing: Vec<_> = all.collect();
    for (_, build) in SAMPLES {
        for runs in connections(&build()) {
            let mut known = LineContext::default();
            for (side, data) in runs {
                known.from_client = Some(side == Side::Client);
                let mut at = 0;
                while let Ok(pdu) = pdu::head(&data, at) {
                    at = pdu.end();
                    let line = String::from_utf8_lossy(pdu.line.span.of(&data));
                    if side == Side::Server {
                        known.dialect = known.dialect.or(selected_dialect(&line));
                    }
                    let form = Parameters::of(&pdu, &data, &known).read().form;
                    if form.is_some_and(|form| form.on == ConnectionScope::Switchboard) {
                        known.role = Some(ServerRole::Switchboard);
                    }
                    let Some(form) = form.zip(pdu.command).map(|(form, row)| (row.verb, form))
                    else {
                        continue;
                    };
                    missing.retain(|missing| *missing != form);
                }
            }
        }
    }
    let lines = missing.iter().map(|(verb, form)| {
        let verb = String::from_utf8_lossy(verb);
        format!(
            "{verb} of MSNP{:?}, {:?}: {:?}",
            form.dialects, form.from, form.slots
        )
    });
    let lines: Vec<String> = lines.collect();
    assert!(
        lines.is_empty(),
        "no sample in tests/support/samples has\n{}",
        lines.join("\n")
    );
}

fn number(value: Value) -> u64 {
    match value {
        Value::Number(number) => number,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn the_samples_show_every_field_and_note() {
    let mut missing: BTreeSet<&CStr> = BTreeSet::new();
    for protocol in imshark::protocols::PROTOCOLS {
        missing.extend(protocol.fields.iter().map(|row| row.filter));
        missing.extend(protocol.experts.iter().map(|row| row.filter));
    }
    for (_, host) in hosts() {
        for plan in &host.plans {
            for item in plan.items() {
                if let Some(row) = item.field.spec() {
                    missing.remove(row.filter);
                }
            }
            for note in plan.notes().iter().filter(|n| n.item != ItemId::NONE) {
                if let Some(row) = note.expert.row() {
                    missing.remove(row.filter);
                }
            }
        }
    }
    let missing: Vec<_> = missing.iter().map(|name| name.to_string_lossy()).collect();
    assert!(
        missing.is_empty(),
        "no sample in tests/support/samples shows {}",
        missing.join(", ")
    );
}

#[test]
fn the_samples_show_every_command_of_qq_whose_body_is_read() {
    let mut missing: BTreeSet<u16> = BTreeSet::new();
    let read = QQ_COMMANDS.iter().filter(|row| row.has_layout());
    missing.extend(read.map(|row| row.code));
    for (_, host) in hosts() {
        for plan in &host.plans {
            let command = |item: &&Item| item.field == QqField::Command.into();
            let commands = plan.items().iter().filter(command);
            for code in commands.map(|item| number(item.value)) {
                missing.retain(|missing| u64::from(*missing) != code);
            }
        }
    }
    let missing: Vec<_> = missing.iter().map(|code| format!("{code:#06x}")).collect();
    assert!(
        missing.is_empty(),
        "no sample in tests/support/samples has {}",
        missing.join(", ")
    );
}

/// The texts of a field below each PDU that has `content`, PDU by PDU.
fn per_pdu(capture: &Capture, content: FieldId, fields: [FieldId; 2]) -> Vec<[Vec<String>; 2]> {
    let host = Host::open(capture, true);
    let mut found = Vec::new();
    for plan in &host.plans {
        let roots = plan.items().split(|item| item.depth == 0);
        for below in roots.filter(|below| below.iter().any(|item| item.field == content)) {
            found.push(fields.map(|field| {
                let values = below.iter().filter(|item| item.field == field);
                let text = |item: &Item| match item.value {
                    Value::Text(text) => plan.text_of(text).to_owned(),
                    value => number(value).to_string(),
                };
                values.map(text).collect()
            }));
        }
    }
    found
}

#[test]
fn a_message_has_one_sender_and_distinct_recipients() {
    let msn = [Field::Text.into(), Field::From.into(), Field::To.into()];
    let qq = [
        QqField::MessageText.into(),
        QqField::Sender.into(),
        QqField::Recipient.into(),
    ];
    let mut complete = 0;
    for (stem, build) in SAMPLES {
        let capture = build();
        for [content, from, to] in [msn, qq] {
            for [from, to] in per_pdu(&capture, content, [from, to]) {
                assert!(from.len() <= 1, "{stem}: {from:?}");
                let different: BTreeSet<&String> = to.iter().collect();
                assert_eq!(different.len(), to.len(), "{stem}: {to:?}");
                complete += usize::from(!from.is_empty() && !to.is_empty());
            }
        }
    }
    assert!(complete >= 60, "{complete}");
}
