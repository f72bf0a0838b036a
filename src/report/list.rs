//! The reports that the host offers.

use core::ffi::CStr;

use crate::field::Protocol;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::fields::OICQ;
use crate::report::cell::Column;
use crate::report::chat;
use crate::report::fold::Report;

/// A report of one family of protocols.
#[derive(Debug, Clone, Copy)]
pub struct ReportSpec {
    /// The protocol whose name the report's events are announced under.
    pub protocol: &'static Protocol,
    /// Its name for `tshark -z`.
    pub name: &'static CStr,
    /// The name of its table, for `-z` and as the last part of its place in menus.
    pub table_name: &'static CStr,
    /// Its title in menus and windows.
    pub title: &'static CStr,
    /// The columns of its rows.
    pub columns: &'static [Column],
    /// Makes an empty one.
    pub make: fn() -> Box<dyn Report>,
}

/// All reports, by name.
pub const REPORTS: &[ReportSpec] = &[
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,chat",
        table_name: c"msnms,chat,table",
        title: c"MSN Messenger Transcript",
        columns: chat::COLUMNS,
        make: chat::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,chat",
        table_name: c"oicq,chat,table",
        title: c"QQ Transcript",
        columns: chat::COLUMNS,
        make: chat::new,
    },
];
