//! `batch/imshark.sql`, which is generated from the tables of fields and reports.

use std::fmt::Write as _;

use imshark::field::{Spec, Type};
use imshark::protocols::PROTOCOLS;
use imshark::report::{Column, Holds, ReportSpec, REPORTS};

use super::pages::text;

const BEGIN: &str = "\
-- The tables of what imshark-batch has read, for DuckDB.
--
-- Generated from the tables of the code: IMSHARK_BLESS=1 cargo test --no-default-features --test readme
--
-- Reads the table lines, in order: capture (SHA-256 of the file), report (pdus, msnms,chat ...) and line (JSON).
";

/// The table of each report, by what follows the comma in its name.
const TABLES: &[(&str, &str)] = &[
    ("chat", "messages"),
    ("chats", "conversations"),
    ("accounts", "accounts"),
    ("contacts", "contacts"),
    ("files", "files"),
    ("logins", "logins"),
    ("commands", "commands"),
    ("srt", "response_times"),
];

/// The page.
pub fn sql() -> String {
    let mut sql = BEGIN.to_owned();
    pdus(&mut sql);
    for (name, table) in TABLES {
        report(&mut sql, name, table);
    }
    sql
}

fn fields() -> impl Iterator<Item = &'static Spec> {
    PROTOCOLS.iter().flat_map(|protocol| protocol.fields)
}

fn pdus(sql: &mut String) {
    sql.push_str(
        "\nCREATE OR REPLACE VIEW pdus AS\n\
         WITH read AS (SELECT capture, from_json(line, '{\n\
         \"protocol\":\"VARCHAR\",\"frame\":\"UINTEGER\",\"pdu\":\"UINTEGER\",\"time\":\"TIMESTAMPTZ\",\"time_ns\":\"BIGINT\",\n\
         \"stream\":\"UINTEGER\",\"transport\":\"VARCHAR\",\"source\":\"VARCHAR\",\"destination\":\"VARCHAR\",\"notes\":[\"VARCHAR\"],\n\
         \"fields\":{\n",
    );
    let types: Vec<_> = fields()
        .map(|spec| format!("\"{}\":[\"{}\"]", text(spec.filter), json_type(spec)))
        .collect();
    sql.push_str(&types.join(",\n"));
    sql.push_str(
        "}}') AS pdu FROM lines WHERE report = 'pdus')\n\
         SELECT capture, pdu.frame, pdu.pdu, pdu.protocol, pdu.time, pdu.time_ns, pdu.stream, pdu.transport,\n\
         \x20   pdu.source, pdu.destination, pdu.notes",
    );
    for spec in fields() {
        let name = text(spec.filter);
        let value = format!("pdu.fields.\"{name}\"");
        let _ = match spec.kind {
            Type::Bytes => write!(
                sql,
                ",\n    list_transform({value}, lambda it: unhex(it)) AS \"{name}\""
            ),
            _ => write!(sql, ",\n    {value}"),
        };
    }
    sql.push_str("\nFROM read;\n");
}

/// The type of a value of the field, as JSON has it.
fn json_type(spec: &Spec) -> &'static str {
    match spec.kind {
        Type::None | Type::Bool => "BOOLEAN",
        Type::U8 => "UTINYINT",
        Type::U16 => "USMALLINT",
        Type::I16 => "SMALLINT",
        Type::U32 | Type::Frame | Type::RequestFrame | Type::ResponseFrame => "UINTEGER",
        Type::U64 => "UBIGINT",
        Type::Text | Type::Bytes | Type::Ipv4 | Type::Ipv6 => "VARCHAR",
        Type::Duration | Type::Moment => "BIGINT",
    }
}

fn report(sql: &mut String, name: &str, table: &str) {
    let of_name = |spec: &&ReportSpec| text(spec.name).ends_with(&format!(",{name}"));
    let columns = REPORTS.iter().find(of_name).expect("a report").columns;
    let types: Vec<_> = columns
        .iter()
        .map(|column| format!("\"{}\":{}", column.key(), column_type(column)))
        .collect();
    let names: Vec<_> = columns
        .iter()
        .map(|column| format!("row.\"{}\"", column.key()))
        .collect();
    let _ = write!(
        sql,
        "\nCREATE OR REPLACE VIEW {table} AS\n\
         WITH read AS (SELECT capture, row_number() OVER () AS place, CASE WHEN report LIKE 'msnms,%' THEN 'MSN' ELSE 'QQ' END AS family,\n\
         \x20   from_json(line, '{{{}}}') AS row\n\
         \x20   FROM lines WHERE report IN ('msnms,{name}', 'oicq,{name}'))\n\
         SELECT capture, family, {}\n\
         FROM read ORDER BY capture, family, place;\n",
        types.join(","),
        names.join(", "),
    );
}

/// The type of a cell, as the structure of JSON has it.
fn column_type(column: &Column) -> &'static str {
    match column.holds {
        Holds::Texts => "\"VARCHAR\"",
        Holds::Times => "\"TIMESTAMPTZ\"",
        Holds::Numbers | Holds::KnownNumbers => "\"UBIGINT\"",
        Holds::Durations => "\"DOUBLE\"",
        Holds::Lists => "[\"VARCHAR\"]",
        Holds::ListsOfNumbers => "[\"UBIGINT\"]",
        Holds::Facts => "\"MAP(VARCHAR, VARCHAR[])\"",
    }
}
