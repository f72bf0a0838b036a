//! The transcript: who said what to whom, and what else happened, by conversation.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::io;
use std::rc::Rc;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use crate::event::time::utc;
use crate::event::{Event, EventKind, MessageKind, Picture};
use crate::report::cell::{Cell, Column};
use crate::report::conversation::Section;
use crate::report::fold::Report;
use crate::report::format::html;
use crate::report::format::text::{one_line, RULE};
use crate::report::limit::{self, Extent};
use crate::report::news::News;
use crate::report::parts::{part_of, KnownWords};
use crate::report::words;

/// Maximum bytes of pictures kept for the page.
const MAX_PICTURES: usize = 32 << 20;

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Conversation"),
    Column::time(c"Time"),
    Column::number(c"Frame"),
    Column::text(c"From"),
    Column::list(c"To"),
    Column::text(c"Event"),
    Column::text(c"Text"),
];

/// One event.
#[derive(Debug)]
struct Line {
    section: u32,
    frame: u32,
    time: i64,
    from: Rc<str>,
    to: Rc<[String]>,
    name: &'static str,
    text: Box<str>,
    picture: Option<Box<Picture>>,
}

#[derive(Debug, Default)]
struct Chat {
    sections: Vec<(Section, Vec<u32>)>,
    by_section: HashMap<Section, u32>,
    lines: Vec<Line>,
    /// The senders and recipients of all lines, which are few.
    senders: HashSet<Rc<str>>,
    recipients: HashSet<Rc<[String]>>,
    /// Names of files and other objects, by section and identifier of the transfer. Not all
    /// steps of a transfer have the name.
    names: HashMap<(u32, String), Box<str>>,
    /// Messages in parts: their lines and words.
    messages: HashMap<u64, (u32, KnownWords)>,
    /// Bytes of the pictures kept.
    pictures: usize,
    news: News,
}

/// An empty transcript.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Chat>::default()
}

impl Chat {
    fn section(&mut self, event: &Event) -> u32 {
        let section = Section::of(event);
        if let Some(index) = self.by_section.get(&section) {
            return *index;
        }
        let index = self.sections.len() as u32;
        self.sections.push((section.clone(), Vec::new()));
        self.by_section.insert(section, index);
        index
    }

    /// What was said or done. A step of a transfer has the name that an earlier step has told.
    fn text(&mut self, section: u32, event: &Event) -> String {
        let EventKind::Transfer(transfer) = &event.kind else {
            return words::text(event);
        };
        if transfer.id.is_empty() {
            return words::text(event);
        }
        let key = (section, limit::text(&transfer.id));
        if transfer.name.is_empty() {
            let name = self.names.get(&key);
            return words::transfer(transfer, name.map_or("", |name| name));
        }
        self.names.insert(key, limit::text(&transfer.name).into());
        words::text(event)
    }

    /// Adds a part to a message that has a line. Returns whether there is one. Its last part so
    /// far tells frame and time.
    fn is_completed(&mut self, event: &Event, changed: &mut Vec<usize>) -> bool {
        let Some(part) = part_of(event) else {
            return false;
        };
        let Some((line, words)) = self.messages.get_mut(&part.message) else {
            return false;
        };
        let index = *line as usize;
        let text = words.add(part, event_text(event));
        if let (Some(text), Some(line)) = (text, self.lines.get_mut(index)) {
            line.text = text.into();
            line.frame = event.frame;
            line.time = event.time;
            changed.push(index);
        }
        true
    }

    fn picture(&mut self, event: &Event) -> Option<Box<Picture>> {
        let picture = match &event.kind {
            EventKind::Message(message) => message.picture.as_ref(),
            EventKind::Transfer(transfer) => transfer.picture.as_ref(),
            _ => None,
        };
        let picture = picture.filter(|it| self.pictures + it.bytes.len() <= MAX_PICTURES)?;
        self.pictures += picture.bytes.len();
        Some(Box::new(picture.clone()))
    }

    /// Titles of the sections, each with its lines.
    fn by_section(&self) -> impl Iterator<Item = (String, impl Iterator<Item = &Line>)> {
        let sections = self.sections.iter();
        sections.map(|(section, lines)| {
            let lines = lines
                .iter()
                .filter_map(|index| self.lines.get(*index as usize));
            (section.title(), lines)
        })
    }
}

impl Report for Chat {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        let is_new = self.news.is_new(event);
        if self.is_completed(event, changed) {
            return;
        }
        let Some(name) = words::name(event).filter(|_| is_new) else {
            return;
        };
        let section = self.section(event);
        let line = Line {
            section,
            frame: event.frame,
            time: event.time,
            from: shared(&mut self.senders, event.from.as_deref().unwrap_or_default()),
            to: shared(&mut self.recipients, &event.to[..]),
            name,
            text: self.text(section, event).into(),
            picture: self.picture(event),
        };
        if let Some(part) = part_of(event) {
            let mut words = KnownWords::default();
            words.add(part, event_text(event));
            let line = self.lines.len() as u32;
            self.messages.insert(part.message, (line, words));
        }
        changed.push(self.lines.len());
        self.sections[section as usize]
            .1
            .push(self.lines.len() as u32);
        self.lines.push(line);
    }

    fn len(&self) -> usize {
        self.lines.len()
    }

    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>> {
        let line = self.lines.get(index)?;
        let to = line.to.iter().cloned().map(Cell::Text);
        Some(vec![
            Cell::text(self.sections[line.section as usize].0.cell(extent)),
            Cell::Time(line.time),
            Cell::Number(u64::from(line.frame)),
            Cell::text(&*line.from),
            Cell::list(to, ", ", extent, false),
            Cell::text(line.name),
            Cell::text(&*line.text),
        ])
    }

    fn text(&self, title: &str, _columns: &[Column], out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{RULE}\n{title}\n")?;
        for (title, lines) in self.by_section() {
            write!(out, "\n{}\n", one_line(&title))?;
            for line in lines {
                writeln!(out, "{}", sentence(line))?;
            }
        }
        writeln!(out, "{RULE}")
    }

    fn html(&self, title: &str, _columns: &[Column], out: &mut dyn io::Write) -> io::Result<()> {
        html::page(title, out, |out| {
            for (title, lines) in self.by_section() {
                write!(out, "<h2>{}</h2>\n<table>\n", html::escape(&title))?;
                for line in lines {
                    out.write_all(html_row(line).as_bytes())?;
                }
                out.write_all(b"</table>\n")?;
            }
            Ok(())
        })
    }
}

/// The value, kept once.
fn shared<T: ?Sized + Eq + Hash>(known: &mut HashSet<Rc<T>>, value: &T) -> Rc<T>
where
    for<'a> Rc<T>: From<&'a T>,
{
    if let Some(known) = known.get(value) {
        return known.clone();
    }
    let new: Rc<T> = value.into();
    known.insert(new.clone());
    new
}

/// The words of a message.
fn event_text(event: &Event) -> &str {
    match &event.kind {
        EventKind::Message(message) => &message.text,
        _ => "",
    }
}

/// `2006-01-02T15:04:05Z  [12]  alice@example.com -> bob@example.com: Hello`
fn sentence(line: &Line) -> String {
    let mut text = format!("{}  [{}]  ", utc(line.time), line.frame);
    text.push_str(&one_line(if line.from.is_empty() {
        "?"
    } else {
        &line.from
    }));
    if !line.to.is_empty() {
        text.push_str(&format!(" -> {}", one_line(&line.to.join(", "))));
    }
    if line.name != MessageKind::Text.name() {
        text.push_str(&format!(" [{}]", line.name));
    }
    if !line.text.is_empty() {
        text.push_str(&format!(": {}", one_line(&line.text)));
    }
    text
}

/// A text whose direction of writing does not change that of what stands beside it.
fn isolated(text: &str) -> String {
    format!("<bdi>{}</bdi>", html::escape(text))
}

fn html_row(line: &Line) -> String {
    let escape = html::escape;
    let mut from = isolated(&line.from);
    if !line.to.is_empty() {
        from.push_str(&format!(
            " <span class=\"w\">to</span> {}",
            isolated(&line.to.join(", "))
        ));
    }
    let mut what = escape(&line.text);
    if line.name != MessageKind::Text.name() {
        what = format!("<span class=\"w\">{}</span> {what}", line.name);
    }
    if let Some(picture) = &line.picture {
        let data = STANDARD.encode(&picture.bytes);
        what.push_str(&format!(
            "<img alt=\"picture in frame {}\" src=\"data:{};base64,{data}\">",
            line.frame, picture.media
        ));
    }
    format!(
        "<tr><td class=\"w\">{}</td><td class=\"n w\">{}</td><td class=\"p\">{from}</td><td class=\"m\">{what}</td></tr>\n",
        utc(line.time),
        line.frame
    )
}

#[cfg(test)]
mod tests;
