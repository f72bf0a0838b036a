//! The layout of every type of push (0x0017, 0x00ce): data only. See [`crate::oicq::body::layouts`] for the
//! names of the sources.

use crate::oicq::body::layout::Form::{Parts, Whole};
use crate::oicq::body::layout::Side::Down;
use crate::oicq::body::layout::{
    check, Form, Layout, Versions, ALL, OF_2009, OF_2012, SEEN, SEEN_SINCE_2009, UNTIL_2009,
    UNTIL_2011,
};
use crate::oicq::body::reader::Reader;
use crate::oicq::body::{events, group_2012, message};

type Read = fn(&mut Reader<'_>) -> Option<()>;

const fn row(key: u16, evidence: Versions, form: Form, source: &'static str, read: Read) -> Layout {
    Layout {
        key,
        lead: None,
        side: Down,
        evidence,
        meaning: ALL,
        form,
        holds_keys: false,
        source,
        read,
    }
}

/// What follows the type of a push, sorted by type.
#[rustfmt::skip]
pub(crate) const PUSHES: &[Layout] = &[
    row(0x0009, UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false)),
    row(0x000a, UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false)),
    row(0x000b, UNTIL_2009, Whole, "LJ", events::sms_of_user),
    row(0x000c, UNTIL_2009, Whole, "LJ", events::sms_of_phone),
    row(0x0018, UNTIL_2009, Whole, "LJ PU", events::news),
    row(0x001e, UNTIL_2009, Whole, "LJ", events::property),
    row(0x001f, UNTIL_2009, Whole, "LJ", events::temporary),
    row(0x0020, UNTIL_2009, Whole, "LJ PU", events::group).meant(UNTIL_2011),
    row(0x0021, UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0021)).meant(UNTIL_2011),
    row(0x0021, OF_2012, Whole, "QF MI", group_2012::joined),
    row(0x0022, UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x0022)).meant(UNTIL_2011),
    row(0x0022, OF_2012, Whole, "QF MI", group_2012::left),
    row(0x0023, UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0023)).meant(UNTIL_2011),
    row(0x0023, OF_2012, Whole, "QF", group_2012::other),
    row(0x0024, UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0024)).meant(UNTIL_2011),
    row(0x0024, OF_2012, Whole, "QF", group_2012::other),
    row(0x0025, UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0025)).meant(UNTIL_2011),
    row(0x0025, OF_2012, Whole, "QF", group_2012::other),
    row(0x0026, UNTIL_2009, Whole, "LJ", |r| events::membership(r, 0x0026)).meant(UNTIL_2011),
    row(0x0026, OF_2012, Whole, "QF", group_2012::other),
    row(0x002a, UNTIL_2009, Whole, "LJ", events::group).meant(UNTIL_2011),
    row(0x002b, UNTIL_2009, Whole, "LJ", events::group).meant(UNTIL_2011),
    row(0x002c, UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x002c)).meant(UNTIL_2011),
    row(0x002c, OF_2012, Whole, "QF MI", group_2012::role),
    row(0x002d, UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002d)).meant(UNTIL_2011),
    row(0x002d, OF_2012, Whole, "MI", group_2012::other),
    row(0x002f, UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002f)).meant(UNTIL_2011),
    row(0x0030, SEEN, Whole, "LJ PU MI", events::system),
    row(0x0031, SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich),
    row(0x0041, UNTIL_2009, Whole, "LJ", events::signature),
    row(0x0049, UNTIL_2009, Whole, "LJ", events::heads),
    row(0x0052, OF_2009, Parts, "MY LQ", events::group_rich).meant(UNTIL_2011),
    row(0x0052, OF_2012, Parts, "MI, 0x3803", group_2012::message),
    row(0x0078, SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich),
    row(0x0084, UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true)),
    row(0x0085, UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true)),
    row(0x008c, SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich),
    row(0x008d, SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich),
    row(0x00a6, SEEN_SINCE_2009, Parts, "MY LQ MI, 0x3803", message::pushed_rich),
    row(0x00a7, SEEN_SINCE_2009, Parts, "LQ", message::pushed_rich),
    row(0x0210, OF_2012, Whole, "MI, 0x3037", group_2012::notice),
];

const _: () = check(PUSHES);
