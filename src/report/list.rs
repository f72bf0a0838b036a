//! The reports that the host offers.

use core::ffi::CStr;

use crate::field::Protocol;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::fields::OICQ;
use crate::report::cell::Column;
use crate::report::fold::Report;
use crate::report::{accounts, chat, chats, logins, times};

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

/// All reports, by family.
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
        protocol: &MSNMS,
        name: c"msnms,chats",
        table_name: c"msnms,chats,table",
        title: c"MSN Messenger Conversations",
        columns: chats::COLUMNS,
        make: chats::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,accounts",
        table_name: c"msnms,accounts,table",
        title: c"MSN Messenger Accounts",
        columns: accounts::COLUMNS,
        make: accounts::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,logins",
        table_name: c"msnms,logins,table",
        title: c"MSN Messenger Logins",
        columns: logins::COLUMNS,
        make: logins::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,srt",
        table_name: c"msnms,srt,table",
        title: c"MSN Messenger Response Times",
        columns: times::COLUMNS,
        make: times::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,chat",
        table_name: c"oicq,chat,table",
        title: c"QQ Transcript",
        columns: chat::COLUMNS,
        make: chat::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,chats",
        table_name: c"oicq,chats,table",
        title: c"QQ Conversations",
        columns: chats::COLUMNS,
        make: chats::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,accounts",
        table_name: c"oicq,accounts,table",
        title: c"QQ Accounts",
        columns: accounts::COLUMNS,
        make: accounts::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,logins",
        table_name: c"oicq,logins,table",
        title: c"QQ Logins",
        columns: logins::COLUMNS,
        make: logins::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,srt",
        table_name: c"oicq,srt,table",
        title: c"QQ Response Times",
        columns: times::COLUMNS,
        make: times::new,
    },
];
