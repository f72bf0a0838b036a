//! The table of events and facts in docs/events.md: each is there with a frame of a sample
//! capture in which it is found.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test events` rewrites the table. Read
//! the differences afterwards.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use imshark::event::{ContactChange, Event, EventKind, LoginStep, MessageKind};
use imshark::packet::Detail;
use test_support::capture::Capture;
use test_support::samples::host::{DissectorId, Host};
use test_support::samples::lines::{c, mime, play, s, s_with};
use test_support::samples::{client, msn_server, SAMPLES};

/// The line above the table, which the test writes.
const MARK: &str = "<!-- From here on written by tests/events.rs. -->\n";

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/events.md")
}

/// The name of an event in the table. `None` for commands: every PDU has one.
fn name(event: &Event) -> Option<String> {
    Some(match &event.kind {
        EventKind::Message(message) => {
            let kind = match message.kind {
                MessageKind::Text => "text",
                kind => kind.name(),
            };
            let is_part = message.part.is_some_and(|part| !part.is_whole);
            let part = if is_part { ", a part" } else { "" };
            format!("Message: {kind}{part}")
        }
        EventKind::Joined { is_present: true } => "Member: present".to_owned(),
        EventKind::Joined { .. } => "Member: joined".to_owned(),
        EventKind::Left { .. } => "Member: left".to_owned(),
        EventKind::Invited => "Member: invited".to_owned(),
        EventKind::Transfer(it) => format!("Transfer: {} {}", it.what, it.step.name()),
        EventKind::Object(it) if it.state.is_whole() => format!("Bytes of: {}", it.what),
        EventKind::Object(it) => format!("Bytes of: {}, a part", it.what),
        EventKind::Status { is_initial, .. } => match is_initial {
            true => "Presence: status at sign-in".to_owned(),
            false => "Presence: status".to_owned(),
        },
        EventKind::Name(_) => "Presence: name".to_owned(),
        EventKind::PersonalMessage(_) => "Presence: personal message".to_owned(),
        EventKind::CurrentMedia(_) => "Presence: current media".to_owned(),
        EventKind::PictureSet(_) => "Presence: display picture".to_owned(),
        EventKind::Contact(change) => match change {
            ContactChange::Listed { .. } => "Contact: listed".to_owned(),
            ContactChange::Added => "Contact: added".to_owned(),
            ContactChange::Removed => "Contact: removed".to_owned(),
            ContactChange::Blocked => "Contact: blocked".to_owned(),
            ContactChange::Unblocked => "Contact: unblocked".to_owned(),
            ContactChange::AddedOwner => "Contact: has added the account".to_owned(),
            ContactChange::RemovedOwner => "Contact: has removed the account".to_owned(),
            ContactChange::Group { what, .. } => format!("Contact: group {}", what.name()),
            ContactChange::Request { what, .. } => format!("Contact: {what}"),
        },
        EventKind::Mail { .. } => "Mail".to_owned(),
        EventKind::Login(login) => match login.step {
            LoginStep::Started => "Login: started".to_owned(),
            LoginStep::Proved => "Login: proved".to_owned(),
            LoginStep::Succeeded => "Login: succeeded".to_owned(),
            LoginStep::Refused => "Login: refused".to_owned(),
        },
        EventKind::Redirected { .. } => "Login: redirected".to_owned(),
        EventKind::Ended { .. } => "Session: ended".to_owned(),
        EventKind::Fact(fact, _) => format!("Fact: {}", fact.title()),
        EventKind::Command(_) => return None,
    })
}

/// The events of the calls of a host, with their dissectors.
fn events_of(host: &Host) -> impl Iterator<Item = (DissectorId, Vec<Event>)> + '_ {
    host.calls.iter().zip(&host.plans).map(|(call, plan)| {
        let packet = call.packet(false, Detail::Tree);
        let events = match call.which {
            DissectorId::Oicq => imshark::oicq::event::events(plan, &packet),
            _ => imshark::msn::event::events(plan, &packet),
        };
        (call.which, events)
    })
}

/// The first frame of MSN and of QQ in which each event is found.
fn found() -> BTreeMap<String, [Option<String>; 2]> {
    let mut found: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (sample, build) in SAMPLES {
        let host = Host::open(&build(), true);
        for (which, events) in events_of(&host) {
            let family = usize::from(which == DissectorId::Oicq);
            for event in &events {
                let Some(name) = name(event) else { continue };
                let first = &mut found.entry(name).or_default()[family];
                first.get_or_insert_with(|| format!("{sample}, frame {}", event.frame));
            }
        }
    }
    found
}

#[test]
fn every_event_has_a_frame_that_proves_it() {
    let mut table = "| event | MSN | QQ |\n|---|---|---|\n".to_owned();
    for (name, frames) in found() {
        let [msn, qq] = frames.map(Option::unwrap_or_default);
        let _ = writeln!(table, "| {name} | {msn} | {qq} |");
    }
    let then = std::fs::read_to_string(page()).expect("the page");
    let (head, written) = then.split_once(MARK).expect("the mark");
    if std::env::var_os("IMSHARK_BLESS").is_some() {
        std::fs::write(page(), format!("{head}{MARK}\n{table}")).expect("the page written");
        return;
    }
    for (now, then) in table.lines().zip(written.trim_start().lines()) {
        assert_eq!(now, then, "docs/events.md, which IMSHARK_BLESS=1 rewrites");
    }
    assert!(
        table == written.trim_start(),
        "docs/events.md has another length"
    );
}

/// In a conversation, other users choose the content type of their messages.
#[test]
fn a_user_cannot_announce_emails() {
    let email = "From: Carol\r\nSubject: Cafe\r\nFrom-Addr: carol@example.org\r\n\r\n";
    let email = || mime("text/x-msmsgsemailnotification", &[], email);
    let emails = |turns| {
        let mut capture = Capture::new();
        let tcp = capture.connect(client(9, 1025), msn_server(3, 1863));
        play(&mut capture, tcp, turns);
        let host = Host::open(&capture, true);
        let events = events_of(&host).flat_map(|(_, events)| events);
        let is_email = |event: &Event| matches!(event.kind, EventKind::Mail { .. });
        events.filter(is_email).count()
    };
    let of_server = [
        c("USR 1 MD5 S 9f2b3c4d5e6f708192a3b4c5d6e7f809"),
        s("USR 1 OK alice@example.com Alice"),
        s_with("MSG Hotmail Hotmail", email()),
    ];
    assert_eq!(emails(of_server), 1);
    let of_user = [
        c("ANS 1 alice@example.com 1000000100.20013021 11753001"),
        s("ANS 1 OK"),
        s_with("MSG bob@example.net Bob", email()),
    ];
    assert_eq!(emails(of_user), 0);
}
