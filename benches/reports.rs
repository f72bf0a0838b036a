//! Time and memory of each report for a million events of 100,000 accounts.
//!
//! `cargo bench -p imshark-benches --bench reports`

use std::hint::black_box;
use std::process::Command;

use imshark::event::{
    self, Connection, ContactChange, Conversation, Endpoint, Event, EventKind, Fact, Family, Login,
    LoginStep, Message, MessageKind,
};
use imshark::packet::Address;
use imshark::report::{CommandTree, Format, ReportSpec, ResponseTimes, REPORTS};

const EVENTS: u32 = 1_000_000;
const ACCOUNTS: u32 = 100_000;
/// Contacts of the account with the longest list.
const CONTACTS: u32 = 5_000;

fn main() {
    // Each in a process of its own, whose memory is that of the report.
    let names = REPORTS
        .iter()
        .map(|spec| spec.name.to_str().unwrap_or_default());
    match std::env::args()
        .nth(1)
        .filter(|name| !name.starts_with('-'))
    {
        Some(name) => measure(&name),
        None => {
            let own = std::env::current_exe().expect("a path");
            for name in names
                .filter(|name| name.starts_with("msnms"))
                .chain(["tree", "times"])
            {
                let status = Command::new(&own).arg(name).status();
                assert!(status.is_ok_and(|status| status.success()), "{name}");
            }
        }
    }
}

fn measure(name: &str) {
    let start = seconds();
    let (mut tree, mut times) = (CommandTree::default(), ResponseTimes::default());
    for number in 0..EVENTS {
        match name {
            "tree" => drop(black_box(tree.paths(&event(number)))),
            "times" => drop(black_box(times.add(&event(number)))),
            _ => drop(black_box(event(number))),
        }
    }
    let time = seconds() - start;
    let Some(spec) = REPORTS
        .iter()
        .find(|spec| spec.name.to_bytes() == name.as_bytes())
    else {
        println!("{name:>14} {time:>6.2} s");
        return;
    };
    let before = memory();
    let mut report = (spec.make)();
    let start = seconds();
    let mut changed = Vec::new();
    for number in 0..EVENTS {
        report.add(&event(number), &mut changed);
        changed.clear();
    }
    let added = seconds() - start - time;
    let used = memory().saturating_sub(before) >> 20;
    let start = seconds();
    let mut text = Vec::new();
    let printing = Format::Text.print(spec, report.as_ref(), &mut text);
    printing.expect("memory takes all");
    let text = black_box(text).len() >> 20;
    let printed = seconds() - start;
    let rows = report.len();
    let shown = show(spec) - time;
    println!(
        "{name:>14} {added:>6.2} s, {rows} rows, {used} MB; printed {printed:.2} s, {text} MB; \
         with a table on the screen {shown:.2} s"
    );
}

/// Time of a report whose rows are shown anew when they change.
fn show(spec: &ReportSpec) -> f64 {
    let mut report = (spec.make)();
    let start = seconds();
    let mut changed = Vec::new();
    for number in 0..EVENTS {
        report.add(&event(number), &mut changed);
        changed.sort_unstable();
        changed.dedup();
        for row in changed.drain(..) {
            black_box(report.row(row));
        }
    }
    seconds() - start
}

/// Time that the processor has spent on this process, in seconds: what else runs does not
/// count.
fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // In user mode and in the kernel, in hundredths of a second.
    let times = after_name.split_ascii_whitespace().skip(11).take(2);
    let ticks = times.filter_map(|ticks| ticks.parse::<u32>().ok());
    f64::from(ticks.sum::<u32>()) / 100.0
}

/// Resident memory in bytes.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = pages.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0_usize) * 4096
}

fn account(number: u32) -> String {
    format!("user{}@example.com", number % ACCOUNTS)
}

/// A quarter messages, commands, and other things.
fn event(number: u32) -> Event {
    let kind = match number % 8 {
        0 | 4 => EventKind::Message(Message {
            kind: MessageKind::Text,
            text: format!("Message {number}"),
            picture: None,
            part: None,
        }),
        1 | 5 => EventKind::Command(event::Command {
            code: format!("{:03}", number % 97),
            name: "Command".to_owned(),
            is_known: true,
            is_request: true,
            content: format!("text/{number}"),
            response: Some(("USR".to_owned(), 1_000)),
            ..event::Command::default()
        }),
        2 => EventKind::Status {
            status: if number % 16 == 2 { "Busy" } else { "Online" }.to_owned(),
            is_initial: false,
        },
        3 => EventKind::Fact(Fact::Age, (number % 64).to_string()),
        6 => EventKind::Login(Login {
            step: if number % 16 == 6 {
                LoginStep::Started
            } else {
                LoginStep::Succeeded
            },
            service: "notification server".to_owned(),
            method: "MD5".to_owned(),
            secret: String::new(),
            result: String::new(),
        }),
        _ => EventKind::Contact(ContactChange::Listed {
            lists: "forward, allow".to_owned(),
            name: format!("User {number}"),
            groups: "Friends".to_owned(),
        }),
    };
    let is_contact = matches!(kind, EventKind::Contact(_));
    // The first account has a long list, and much to do.
    let from = if number % 2 == 1 { 0 } else { number };
    let to = if is_contact {
        number % CONTACTS
    } else {
        number + 1
    };
    let client = Endpoint {
        address: Address::V4((0x0a00_0000 + from % ACCOUNTS).to_be_bytes()),
        port: 1025,
    };
    Event {
        family: Family::Msn,
        frame: number,
        time: i64::from(number) * 1_000_000,
        connection: Connection {
            account: Some(account(from)),
            from_client: Some(true),
            source: client,
            destination: Endpoint::default(),
        },
        conversation: Conversation::Number(u64::from(number / 100)),
        from: Some(account(from)),
        to: vec![account(to)],
        kind,
    }
}
