//! One page of HTML: no script, no further file, printable.

use crate::report::cell::{Cell, Column};

const STYLE: &str = "body{font-family:sans-serif;margin:2em;color:#222}\
table{border-collapse:collapse;width:100%}\
th,td{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top;\
overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate}\
th{border-bottom:2px solid #888}\
td.n,th.n{text-align:right}\
.w{color:#777;white-space:nowrap}\
img{max-width:20em;max-height:20em;display:block}\
@media print{body{margin:0}tr{break-inside:avoid}}";

/// Escapes the five characters that have a meaning in HTML, and replaces control characters,
/// which HTML does not allow.
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
            '\r' => {}
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A page with a title around `body`, which is HTML.
pub(crate) fn page(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         {body}</body>\n</html>\n"
    )
}

/// A page with a table.
pub(crate) fn table(
    title: &str,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> String {
    let mut body = String::from("<table>\n<tr>");
    let class = |column: &Column| {
        if column.is_right() {
            " class=\"n\""
        } else {
            ""
        }
    };
    for column in columns {
        let name = escape(column.name());
        body.push_str(&format!("<th{}>{name}</th>", class(column)));
    }
    body.push_str("</tr>\n");
    for row in rows {
        body.push_str("<tr>");
        for (column, cell) in columns.iter().zip(row) {
            let text = escape(&cell.into_text());
            body.push_str(&format!("<td{}>{text}</td>", class(column)));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</table>\n");
    page(title, &body)
}
