//! A Plan as text, for tests without Wireshark.

use core::fmt::{self, Write as _};
use std::net::Ipv4Addr;

use crate::field::Type;
use crate::plan::parts::{ExpertNote, Item, ItemId, SourceId, TextId, Value};
use crate::plan::root::Plan;
use crate::protocols::PROTOCOLS;

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?} info={:?}", self.verdict, self.lists.info)?;
        for (index, item) in self.lists.items.iter().enumerate() {
            self.print_item(f, item)?;
            for note in self
                .lists
                .notes
                .iter()
                .filter(|n| n.item.0 as usize == index)
            {
                write!(
                    f,
                    "{:indent$}! ",
                    "",
                    indent = 2 * usize::from(item.depth) + 2
                )?;
                self.print_note(f, note)?;
            }
        }
        for note in self.lists.notes.iter().filter(|n| n.item == ItemId::NONE) {
            f.write_str("! ")?;
            self.print_note(f, note)?;
        }
        for (index, source) in self.lists.sources.iter().enumerate() {
            let name = source.name.to_str().unwrap_or("?");
            writeln!(
                f,
                "source {}: {name}, {} bytes",
                index + 1,
                source.bytes.len()
            )?;
        }
        for expected in &self.lists.expected {
            let name = PROTOCOLS
                .get(usize::from(expected.protocol))
                .and_then(|protocol| protocol.filter.to_str().ok());
            writeln!(
                f,
                "expect {} at {} port {}",
                name.unwrap_or("?"),
                expected.address,
                expected.port
            )?;
        }
        if let Some(span) = self.uncaptured {
            writeln!(f, "touch {}+{}", span.start, span.len)?;
        }
        Ok(())
    }
}

impl Plan<'_> {
    fn print_item(&self, f: &mut fmt::Formatter<'_>, item: &Item) -> fmt::Result {
        let protocol = PROTOCOLS.get(usize::from(item.field.protocol));
        let name = match (item.field.spec(), protocol, item.value) {
            (Some(spec), ..) => spec.filter.to_str(),
            (_, _, Value::HandOff(_)) => Ok("dissector"),
            (_, Some(protocol), _) => protocol.filter.to_str(),
            (_, None, _) => Ok("?"),
        };
        let indent = 2 * usize::from(item.depth);
        write!(f, "{:indent$}{} @", "", name.unwrap_or("?"))?;
        if item.source == SourceId::HEADING {
            f.write_str("head:")?;
        } else if item.source != SourceId::PACKET {
            write!(f, "{}:", item.source.0)?;
        }
        write!(f, "{}+{}", item.span.start, item.span.len)?;
        self.print_value(f, item)?;
        if item.label != TextId::NONE {
            write!(f, " \"{}\"", self.text_of(item.label))?;
        }
        if item.generated {
            f.write_str(" [generated]")?;
        }
        if item.hidden {
            f.write_str(" [hidden]")?;
        }
        f.write_char('\n')
    }

    fn print_value(&self, f: &mut fmt::Formatter<'_>, item: &Item) -> fmt::Result {
        match (item.value, item.field.spec().map(|spec| spec.kind)) {
            (Value::Number(number), Some(Type::Ipv4)) => {
                write!(f, " = {}", Ipv4Addr::from(number as u32))
            }
            (Value::Number(number), Some(Type::Duration | Type::Moment)) => {
                let nanoseconds = number as i64;
                write!(f, " = {:.9} s", nanoseconds as f64 / 1e9)
            }
            (Value::Number(number), Some(Type::I16)) => write!(f, " = {}", number as i64),
            (Value::Number(number), _) => write!(f, " = {number}"),
            (Value::Withheld, _) => f.write_str(" = withheld"),
            (Value::HandOff(to), _) => {
                write!(f, " -> {}", to.row().dissector.to_str().unwrap_or("?"))
            }
            _ => match self.value_of(item) {
                Some(text) => write!(f, " = {text:?}"),
                None => Ok(()),
            },
        }
    }

    fn print_note(&self, f: &mut fmt::Formatter<'_>, note: &ExpertNote) -> fmt::Result {
        let row = note.expert.row();
        let summary = row.map_or("?", |e| e.summary.to_str().unwrap_or("?"));
        let text = match note.text {
            TextId::NONE => summary,
            text => self.text_of(text),
        };
        let filter = row.map_or("?", |e| e.filter.to_str().unwrap_or("?"));
        writeln!(f, "{filter}: {text}")
    }
}
