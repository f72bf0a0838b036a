//! The reports that the host offers.

use core::ffi::CStr;

use crate::field::Protocol;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::fields::OICQ;
use crate::report::cell::Column;
use crate::report::fold::Report;
use crate::report::{accounts, chat, chats, commands, contacts, files, logins, times};

/// A report of one family of protocols.
#[derive(Debug, Clone, Copy)]
pub struct ReportSpec {
    /// The protocol whose name the report's events are announced under.
    pub protocol: &'static Protocol,
    /// Its name for `tshark -z`.
    pub name: &'static CStr,
    /// The name of its table in the GUI, for `-z`. `None` where Wireshark has a window of its
    /// own for such values.
    pub table_name: Option<&'static CStr>,
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
        table_name: Some(c"msnms,chat,table"),
        title: c"MSN Messenger Transcript",
        columns: chat::COLUMNS,
        make: chat::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,chats",
        table_name: Some(c"msnms,chats,table"),
        title: c"MSN Messenger Conversations",
        columns: chats::COLUMNS,
        make: chats::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,accounts",
        table_name: Some(c"msnms,accounts,table"),
        title: c"MSN Messenger Accounts",
        columns: accounts::COLUMNS,
        make: accounts::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,contacts",
        table_name: Some(c"msnms,contacts,table"),
        title: c"MSN Messenger Contacts",
        columns: contacts::COLUMNS,
        make: contacts::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,files",
        table_name: Some(c"msnms,files,table"),
        title: c"MSN Messenger Files",
        columns: files::COLUMNS,
        make: files::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,logins",
        table_name: Some(c"msnms,logins,table"),
        title: c"MSN Messenger Logins",
        columns: logins::COLUMNS,
        make: logins::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,commands",
        table_name: Some(c"msnms,commands,table"),
        title: c"MSN Messenger Commands",
        columns: commands::COLUMNS,
        make: commands::new,
    },
    ReportSpec {
        protocol: &MSNMS,
        name: c"msnms,srt",
        table_name: None,
        title: c"MSN Messenger Response Times",
        columns: times::COLUMNS,
        make: times::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,chat",
        table_name: Some(c"oicq,chat,table"),
        title: c"QQ Transcript",
        columns: chat::COLUMNS,
        make: chat::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,chats",
        table_name: Some(c"oicq,chats,table"),
        title: c"QQ Conversations",
        columns: chats::COLUMNS,
        make: chats::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,accounts",
        table_name: Some(c"oicq,accounts,table"),
        title: c"QQ Accounts",
        columns: accounts::COLUMNS,
        make: accounts::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,contacts",
        table_name: Some(c"oicq,contacts,table"),
        title: c"QQ Contacts",
        columns: contacts::COLUMNS,
        make: contacts::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,files",
        table_name: Some(c"oicq,files,table"),
        title: c"QQ Files",
        columns: files::COLUMNS,
        make: files::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,logins",
        table_name: Some(c"oicq,logins,table"),
        title: c"QQ Logins",
        columns: logins::COLUMNS,
        make: logins::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,commands",
        table_name: Some(c"oicq,commands,table"),
        title: c"QQ Commands",
        columns: commands::COLUMNS,
        make: commands::new,
    },
    ReportSpec {
        protocol: &OICQ,
        name: c"oicq,srt",
        table_name: None,
        title: c"QQ Response Times",
        columns: times::COLUMNS,
        make: times::new,
    },
];

/// The statistics of one family: counts as a tree, and response times.
#[derive(Debug, Clone, Copy)]
pub struct StatisticsSpec {
    /// The protocol that they are named after.
    pub protocol: &'static Protocol,
    /// Their title in menus and windows.
    pub title: &'static CStr,
}

/// All families that have statistics.
pub const STATISTICS: &[StatisticsSpec] = &[
    StatisticsSpec {
        protocol: &MSNMS,
        title: c"MSN Messenger Statistics",
    },
    StatisticsSpec {
        protocol: &OICQ,
        title: c"QQ Statistics",
    },
];
