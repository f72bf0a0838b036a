//! The layouts of every type of push (0x0017, 0x00ce): data only. See
//! [`table`](crate::oicq::wire::commands::table) for the names of the sources.

use crate::oicq::body::layout::FaultRule::{Parts, Whole};
use crate::oicq::body::layout::{down, fault, Layout};
use crate::oicq::body::{events, group_2012, message};
use crate::oicq::wire::era::{
    Era, OF_2009, OF_2012, SEEN, SEEN_SINCE_2009, UNTIL_2009, UNTIL_2011,
};
use crate::refuse::{hex16, refuse};

/// A type of push, and the layouts of its body.
pub(crate) struct PushLayouts(u16, &'static [Layout]);

/// Returns the layouts for pushes of type `kind`.
pub(crate) fn layouts(kind: u16) -> &'static [Layout] {
    let at = PUSHES.binary_search_by_key(&kind, |push| push.0);
    at.ok()
        .and_then(|at| PUSHES.get(at))
        .map_or(&[], |push| push.1)
}

/// The types of push, sorted.
#[rustfmt::skip]
const PUSHES: &[PushLayouts] = &[
    PushLayouts(0x0009, &[down(UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false))]),
    PushLayouts(0x000a, &[down(UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false))]),
    PushLayouts(0x000b, &[down(UNTIL_2009, Whole, "LJ", events::sms_of_user)]),
    PushLayouts(0x000c, &[down(UNTIL_2009, Whole, "LJ", events::sms_of_phone)]),
    PushLayouts(0x0018, &[down(UNTIL_2009, Whole, "LJ PU", events::news)]),
    PushLayouts(0x001e, &[down(UNTIL_2009, Whole, "LJ", events::property)]),
    PushLayouts(0x001f, &[down(UNTIL_2009, Whole, "LJ", events::temporary)]),
    PushLayouts(0x0020, &[down(UNTIL_2009, Whole, "LJ PU", events::group).meant(UNTIL_2011)]),
    PushLayouts(0x0021, &[
        down(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0021)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF MI", group_2012::joined),
    ]),
    PushLayouts(0x0022, &[
        down(UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x0022)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF MI", group_2012::left),
    ]),
    PushLayouts(0x0023, &[
        down(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0023)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0024, &[
        down(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0024)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0025, &[
        down(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0025)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0026, &[
        down(UNTIL_2009, Whole, "LJ", |r| events::membership(r, 0x0026)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x002a, &[down(UNTIL_2009, Whole, "LJ", events::group).meant(UNTIL_2011)]),
    PushLayouts(0x002b, &[down(UNTIL_2009, Whole, "LJ", events::group).meant(UNTIL_2011)]),
    PushLayouts(0x002c, &[
        down(UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x002c)).meant(UNTIL_2011),
        down(OF_2012, Whole, "QF MI", group_2012::role),
    ]),
    PushLayouts(0x002d, &[
        down(UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002d)).meant(UNTIL_2011),
        down(OF_2012, Whole, "MI", group_2012::other),
    ]),
    PushLayouts(0x002f, &[down(UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002f)).meant(UNTIL_2011)]),
    PushLayouts(0x0030, &[down(SEEN, Whole, "LJ PU MI", events::system)]),
    PushLayouts(0x0031, &[down(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x0041, &[down(UNTIL_2009, Whole, "LJ", events::signature)]),
    PushLayouts(0x0049, &[down(UNTIL_2009, Whole, "LJ", events::heads)]),
    PushLayouts(0x0052, &[
        down(OF_2009, Parts, "MY LQ", events::group_rich).meant(UNTIL_2011),
        down(OF_2012, Parts, "MI, 0x3803", group_2012::message),
    ]),
    PushLayouts(0x0078, &[down(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x0084, &[down(UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true))]),
    PushLayouts(0x0085, &[down(UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true))]),
    PushLayouts(0x008c, &[down(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x008d, &[down(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x00a6, &[down(SEEN_SINCE_2009, Parts, "MY LQ MI, 0x3803", message::pushed_rich)]),
    PushLayouts(0x00a7, &[down(SEEN_SINCE_2009, Parts, "LQ", message::pushed_rich)]),
    PushLayouts(0x0210, &[down(OF_2012, Whole, "MI, 0x3037", group_2012::notice)]),
];

// Fails the compilation with the type of the invalid push.
const _: () = {
    let mut i = 0;
    while i < PUSHES.len() {
        let kind = hex16(PUSHES[i].0);
        if i > 0 && PUSHES[i - 1].0 >= PUSHES[i].0 {
            refuse(&[b"push ", &kind, b": types are not sorted and unique"]);
        }
        if let Some(fault) = fault(PUSHES[i].1, Era::All) {
            refuse(&[b"push ", &kind, b": ", fault.as_bytes()]);
        }
        i += 1;
    }
};
