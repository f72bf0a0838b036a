//! One page of HTML: no script, no further file, printable.

use std::io;

use crate::report::cell::{Cell, Column, Place};
use crate::report::format::text::beginning;

const STYLE: &str = "body{font-family:sans-serif;margin:2em;color:#222}\
table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top;\
overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate;contain:paint}\
h1,h2{overflow-wrap:anywhere;unicode-bidi:isolate}\
th{border-bottom:2px solid #888;white-space:nowrap}\
td.n,th.n{text-align:right}\
.w{color:#777;white-space:nowrap}\
.t{white-space:nowrap}\
.l{min-width:10em}\
td.w{font-size:.85em}\
.p{width:25%;min-width:10em}\
.m{width:55%;min-width:11em}\
.h td{border-bottom:0}\
.d td{padding:0 .6em .6em 2.4em}\
img{max-width:20em;max-height:20em;display:block}\
@media print{body{margin:0}tr{break-inside:avoid}}";

/// Columns of a cell's text before it is repeated below its row instead.
const MAX_WIDTH: usize = 200;

/// Escapes the five characters that have a meaning in HTML, and replaces control characters,
/// which HTML does not allow, and overrides of the direction of writing, by which a name can
/// show as another.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(c),
            '\u{2028}' | '\u{2029}' => escaped.push('\n'),
            '\r' => {}
            c if c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                escaped.push('\u{fffd}')
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes a page with a title around the HTML that `body` writes.
pub(crate) fn page(
    title: &str,
    out: &mut dyn io::Write,
    body: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<()> {
    let title = escape(title);
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )?;
    body(out)?;
    out.write_all(b"</body>\n</html>\n")
}

/// Whether a text stays on one line although it could be broken.
fn is_short_word(text: &str) -> bool {
    text.len() <= 40 && !text.contains(char::is_whitespace)
}

/// Writes a page with a table.
pub(crate) fn table(
    title: &str,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    page(title, out, |out| body(columns, rows, out))
}

/// Writes a table. Cells of details stand below their row, as does in full what is too long for
/// its cell.
fn body(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let in_row = |column: &Column| column.place == Place::Row;
    let count = columns.iter().filter(|column| in_row(column)).count();
    out.write_all(b"<table>\n<tr>")?;
    for column in columns.iter().filter(|column| in_row(column)) {
        let name = escape(column.name());
        let class = if column.is_right() {
            " class=\"n\""
        } else {
            ""
        };
        write!(out, "<th{class}>{name}</th>")?;
    }
    out.write_all(b"</tr>\n")?;
    for row in rows {
        let (mut cells, mut details) = (String::new(), String::new());
        for (column, cell) in columns.iter().zip(row) {
            let class = match &cell {
                _ if column.is_right() => " class=\"n\"",
                Cell::Time(_) => " class=\"t\"",
                Cell::Text(text) if is_short_word(text) => " class=\"t\"",
                _ => " class=\"l\"",
            };
            let text = cell.into_text();
            let start = beginning(&text, MAX_WIDTH);
            if in_row(column) {
                let more = if start == text { "" } else { "\u{2026}" };
                cells.push_str(&format!("<td{class}>{}{more}</td>", escape(start)));
            }
            if !text.is_empty() && (!in_row(column) || start != text) {
                details.push_str(&format!(
                    "<div><span class=\"w\">{}:</span> <bdi>{}</bdi></div>",
                    escape(column.name()),
                    escape(&text)
                ));
            }
        }
        match details.as_str() {
            "" => writeln!(out, "<tr>{cells}</tr>")?,
            details => write!(
                out,
                "<tr class=\"h\">{cells}</tr>\n\
                 <tr class=\"d\"><td colspan=\"{count}\">{details}</td></tr>\n"
            )?,
        }
    }
    out.write_all(b"</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_of(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> String {
        let mut page = Vec::new();
        table("T", columns, rows, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn details_stand_below_their_row() {
        let columns = [
            Column::text(c"Name"),
            Column::number(c"Count"),
            Column::text(c"List").below(),
        ];
        let rows = [["a<b", "1", "x & y"], ["c", "2", ""]];
        let rows = rows.map(|row| row.map(Cell::text).to_vec());
        let page = page_of(&columns, rows.into_iter());
        let (_, table) = page.split_once("<table>\n").unwrap();
        let expected = "<tr><th>Name</th><th class=\"n\">Count</th></tr>
<tr class=\"h\"><td class=\"t\">a&lt;b</td><td class=\"n\">1</td></tr>
<tr class=\"d\"><td colspan=\"2\"><div><span class=\"w\">List:</span> \
<bdi>x &amp; y</bdi></div></td></tr>
<tr><td class=\"t\">c</td><td class=\"n\">2</td></tr>
</table>
</body>
</html>
";
        assert_eq!(table, expected);
    }

    #[test]
    fn what_is_too_long_stands_in_full_below_its_row() {
        let long = "x".repeat(10_000);
        let rows = [vec![Cell::text(&long), Cell::text("1")]];
        let columns = [Column::text(c"Name"), Column::number(c"Count")];
        let page = page_of(&columns, rows.into_iter());
        let start = &long[..MAX_WIDTH];
        assert!(page.contains(&format!("<td class=\"l\">{start}\u{2026}</td>")));
        assert!(page.contains(&format!("Name:</span> <bdi>{long}</bdi>")));
    }

    #[test]
    fn nothing_shows_as_another_text() {
        assert_eq!(escape("a\u{202e}gpj.exe"), "a\u{fffd}gpj.exe");
        for mark in "\u{202a}\u{202b}\u{202c}\u{202d}\u{2066}\u{2067}\u{2068}\u{2069}".chars() {
            assert_eq!(escape(&format!("a{mark}b")), "a\u{fffd}b");
        }
        assert_eq!(escape("\u{200f}\u{5d0}\u{2028}b"), "\u{200f}\u{5d0}\nb");
    }
}
