//! Prints a report in one of the formats.

use std::io;

use crate::report::fold::Report;
use crate::report::format::{csv, json};
use crate::report::list::ReportSpec;

/// The form in which a report is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// Comma-separated values with a header line (RFC 4180).
    Csv,
    /// An array of objects, one for each row.
    Json,
    /// One page without further files.
    Html,
}

impl Format {
    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "text" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    /// Writes the report in this form, in many small pieces.
    pub fn print(
        self,
        spec: &ReportSpec,
        report: &dyn Report,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let title = spec.title.to_str().unwrap_or_default();
        match self {
            Self::Text => report.text(title, spec.columns, out),
            Self::Csv => csv::table(spec.columns, report.rows(), out),
            Self::Json => json::table(spec.columns, report.rows(), out),
            Self::Html => report.html(title, spec.columns, out),
        }
    }
}
