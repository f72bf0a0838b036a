//! The pages of `docs/` that are generated from the tables of the code.

use std::ffi::CStr;
use std::fmt::{Debug, Write as _};

use imshark::field::{Base, Severity, Spec, Type};
use imshark::msn::msnp::wire::command::{Answered, PayloadRule};
use imshark::msn::msnp::wire::commands::COMMANDS as MSN_COMMANDS;
use imshark::msn::msnp::wire::error_codes::ERROR_CODES;
use imshark::oicq::wire::commands::row::ReplyPattern;
use imshark::oicq::wire::commands::table::COMMANDS as QQ_COMMANDS;
use imshark::oicq::wire::era::Era;
use imshark::protocols::PROTOCOLS;

/// Maximum number of named values listed; more are only counted.
const VALUES_SHOWN: usize = 4;

const FIELDS_BEGIN: &str = "\
# Fields and expert notes

Every field that imshark adds to Wireshark. This page is made from the tables of the code
(`src/msn/msnp/fields.rs`, `src/oicq/fields.rs` and the others) and checked against them:
`IMSHARK_BLESS=1 cargo test --no-default-features --test readme` writes it anew.

`oicq.flag`, `oicq.version`, `oicq.command`, `oicq.seq`, `oicq.qqid` and `oicq.data` are Wireshark's
own; their names and types are as before, so that old filters go on working. All notes of a capture at
once: Analyze ▸ Expert Information, or `tshark -q -z expert -r FILE`.

Values that are generated (shown in brackets) and that later frames decide, such as
`msnms.response_in` and `oicq.unanswered`, are there only in a second pass: `tshark -2`, or in
Wireshark once the file is loaded.
";

const COMMANDS_BEGIN: &str = "\
# Commands

The commands that imshark knows. This page is made from the tables of the code
(`src/msn/msnp/wire/commands.rs`, `src/msn/msnp/wire/error_codes.rs`,
`src/oicq/wire/commands/table.rs`) and checked against them:
`IMSHARK_BLESS=1 cargo test --no-default-features --test readme` writes it anew.
What the protocols are like is in [protocol/msnp.md](protocol/msnp.md) and
[protocol/oicq.md](protocol/oicq.md); how a command is added, in
[adding-a-command.md](adding-a-command.md).
";

pub fn text(text: &'static CStr) -> &'static str {
    text.to_str().expect("the tables are UTF-8")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

// ---- fields ----

fn kind(spec: &Spec) -> &'static str {
    match spec.kind {
        Type::None => "heading",
        Type::U8 => "number, 1 byte",
        Type::U16 => "number, 2 bytes",
        Type::I16 => "signed number, 2 bytes",
        Type::U32 => "number, 4 bytes",
        Type::U64 => "number, 8 bytes",
        Type::Bool => "true or false",
        Type::Ipv4 => "IPv4 address",
        Type::Ipv6 => "IPv6 address",
        Type::Frame | Type::RequestFrame | Type::ResponseFrame => "frame number",
        Type::Duration => "duration",
        Type::Moment => "time",
        Type::Text => "text",
        Type::Bytes => "bytes",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Chat => "chat",
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn meaning(spec: &Spec) -> String {
    let mut meaning = text(spec.blurb).to_owned();
    let Some(codes) = spec.values else {
        return meaning;
    };
    let rows = codes.rows();
    if rows.len() > VALUES_SHOWN {
        let _ = write!(meaning, " ({} values have names)", rows.len());
        return meaning;
    }
    let rows = rows.iter().map(|(value, name)| {
        let name = text(name);
        match (spec.base, spec.kind) {
            (Base::Dec, _) => format!("{value} {name}"),
            (_, Type::U8) => format!("{value:#04x} {name}"),
            (_, Type::U16) => format!("{value:#06x} {name}"),
            _ => format!("{value:#010x} {name}"),
        }
    });
    let _ = write!(meaning, " ({})", rows.collect::<Vec<_>>().join("; "));
    meaning
}

/// `docs/fields.md`.
pub fn fields() -> String {
    let mut out = FIELDS_BEGIN.to_owned();
    for protocol in PROTOCOLS {
        let name = text(protocol.filter);
        let _ = write!(out, "\n## `{name}`\n\n");
        out.push_str("| filter | title | type | meaning |\n|---|---|---|---|\n");
        for spec in protocol.fields {
            let cells = [text(spec.title), kind(spec), &meaning(spec)].map(cell);
            let _ = writeln!(out, "| `{}` | {} |", text(spec.filter), cells.join(" | "));
        }
        let _ = write!(out, "\nExpert notes of `{name}`:\n\n");
        out.push_str("| filter | severity | text |\n|---|---|---|\n");
        for expert in protocol.experts {
            let cells = [severity(expert.severity), text(expert.summary)].map(cell);
            let _ = writeln!(out, "| `{}` | {} |", text(expert.filter), cells.join(" | "));
        }
    }
    out
}

// ---- commands ----

/// A name of the code as words: `ListVersion` is "list version".
fn words(name: &str) -> String {
    let mut words = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words.replace("tr id", "TrID")
}

/// One parameter of a form: `Maybe(GroupId)` is "{group id}".
fn slot(slot: impl Debug) -> String {
    let slot = format!("{slot:?}");
    let (kind, inside) = slot
        .strip_suffix(')')
        .and_then(|slot| slot.split_once('('))
        .expect("a slot has a meaning");
    let (first, second) = inside.split_once(", ").unwrap_or((inside, ""));
    match kind {
        "One" => words(first),
        "Maybe" => format!("{{{}}}", words(first)),
        "Either" => format!("{} or {}", words(first), words(second)),
        "Word" => format!("`{}`", first.trim_matches('"')),
        "Many" => format!("{} …", words(first)),
        _ => panic!("no such slot: {slot}"),
    }
}

fn sender(from: impl Debug) -> String {
    words(&format!("{from:?}"))
}

fn answered(answered: Answered) -> &'static str {
    match answered {
        Answered::Never => "",
        Answered::Always => "yes",
        Answered::If(..) => "if asked for",
        Answered::Sometimes => "by some",
    }
}

fn era(era: Era) -> &'static str {
    match era {
        Era::All => "all",
        Era::Until2008 => "until 2008",
        Era::From2009 => "since 2009",
        Era::From2009To2012 => "2009 to 2012",
        Era::From2013 => "since 2013",
    }
}

fn reply_pattern(reply_pattern: ReplyPattern) -> &'static str {
    match reply_pattern {
        ReplyPattern::Request => "request, reply",
        ReplyPattern::ClientOnly => "client, no reply",
        ReplyPattern::Push => "push",
        ReplyPattern::AcknowledgedPush => "push, acknowledged",
        ReplyPattern::RequestAndPush => "request, reply; push",
        ReplyPattern::Unknown => "not known",
    }
}

fn msn_commands(out: &mut String) {
    out.push_str(
        "\n## MSN\n\nOne row for each form. `{x}` may be missing; a word in code type is that word. \
         A payload follows where the column says so and the line ends with its length.\n\n\
         | command | name | from | dialects | parameters | payload | answered |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for command in MSN_COMMANDS {
        let verb = String::from_utf8_lossy(&command.verb).into_owned();
        let payload = match command.payload {
            PayloadRule::Never => "",
            PayloadRule::LastOf(_) | PayloadRule::AlwaysLastOf(_) => "yes",
        };
        let mut first = true;
        for form in command.forms {
            let slots: Vec<_> = form.slots.iter().map(slot).collect();
            let dialects = match form.dialects {
                (from, to) if from == to => from.to_string(),
                (from, to) => format!("{from} to {to}"),
            };
            let name = cell(text(command.name));
            let head = match first {
                true => [format!("`{verb}`"), name],
                false => [String::new(), String::new()],
            };
            let tail = match first {
                true => [payload, answered(command.answered)],
                false => ["", ""],
            };
            let _ = writeln!(
                out,
                "| {} | {} | {dialects} | {} | {} |",
                head.join(" | "),
                sender(form.from),
                cell(&slots.join(", ")),
                tail.join(" | "),
            );
            first = false;
        }
    }
    out.push_str("\n## Errors of MSN\n\n| code | meaning |\n|---|---|\n");
    for (code, name) in ERROR_CODES.rows() {
        let _ = writeln!(out, "| {code} | {} |", cell(text(name)));
    }
}

fn qq_commands(out: &mut String) {
    out.push_str(
        "\n## QQ\n\nOne row for each meaning of a number. Eras go by the client's version. A command \
         without a name was seen on the wire and is explained by nobody.\n\n\
         | command | era | name (`oicq.command.name`) | Chinese | exchange |\n|---|---|---|---|---|\n",
    );
    for row in QQ_COMMANDS {
        let names = row
            .names
            .map_or(["", ""], |names| [names.english, names.chinese]);
        let _ = writeln!(
            out,
            "| {:#06x} | {} | {} | {} | {} |",
            row.code,
            era(row.era),
            cell(names[0]),
            cell(names[1]),
            reply_pattern(row.reply_pattern)
        );
    }
}

/// `docs/commands.md`.
pub fn commands() -> String {
    let mut out = COMMANDS_BEGIN.to_owned();
    msn_commands(&mut out);
    qq_commands(&mut out);
    out
}
