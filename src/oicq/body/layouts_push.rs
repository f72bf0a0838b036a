//! The layouts of every type of push (0x0017, 0x00ce): data only. See
//! [`table`](crate::oicq::wire::commands::table) for the names of the sources.

use crate::oicq::body::layout::FaultRule::{Parts, Whole};
use crate::oicq::body::layout::{fault, to_client, Layout};
use crate::oicq::body::{events, group_2012, message};
use crate::oicq::wire::era::{
    Era, EARLY_2009, SEEN, SEEN_SINCE_2009, SINCE_2012, UNTIL_2009, UNTIL_2011,
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
    PushLayouts(0x0009, &[to_client(UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false))]),
    PushLayouts(0x000a, &[to_client(UNTIL_2009, Whole, "LJ PU", |r| message::classic(r, false))]),
    PushLayouts(0x000b, &[to_client(UNTIL_2009, Whole, "LJ", events::sms_of_user)]),
    PushLayouts(0x000c, &[to_client(UNTIL_2009, Whole, "LJ", events::sms_of_phone)]),
    PushLayouts(0x0018, &[to_client(UNTIL_2009, Whole, "LJ PU", events::news)]),
    PushLayouts(0x001e, &[to_client(UNTIL_2009, Whole, "LJ", events::property)]),
    PushLayouts(0x001f, &[to_client(UNTIL_2009, Whole, "LJ", events::temporary)]),
    PushLayouts(0x0020, &[to_client(UNTIL_2009, Whole, "LJ PU", events::group).applies_to(UNTIL_2011)]),
    PushLayouts(0x0021, &[
        to_client(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0021)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF MI", group_2012::joined),
    ]),
    PushLayouts(0x0022, &[
        to_client(UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x0022)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF MI", group_2012::left),
    ]),
    PushLayouts(0x0023, &[
        to_client(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0023)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0024, &[
        to_client(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0024)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0025, &[
        to_client(UNTIL_2009, Whole, "LJ PU", |r| events::membership(r, 0x0025)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x0026, &[
        to_client(UNTIL_2009, Whole, "LJ", |r| events::membership(r, 0x0026)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF", group_2012::other),
    ]),
    PushLayouts(0x002a, &[to_client(UNTIL_2009, Whole, "LJ", events::group).applies_to(UNTIL_2011)]),
    PushLayouts(0x002b, &[to_client(UNTIL_2009, Whole, "LJ", events::group).applies_to(UNTIL_2011)]),
    PushLayouts(0x002c, &[
        to_client(UNTIL_2009, Whole, "LJ LM", |r| events::membership(r, 0x002c)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "QF MI", group_2012::role),
    ]),
    PushLayouts(0x002d, &[
        to_client(UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002d)).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Whole, "MI", group_2012::other),
    ]),
    PushLayouts(0x002f, &[to_client(UNTIL_2009, Whole, "LM", |r| events::membership(r, 0x002f)).applies_to(UNTIL_2011)]),
    PushLayouts(0x0030, &[to_client(SEEN, Whole, "LJ PU MI", events::system)]),
    PushLayouts(0x0031, &[to_client(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x0041, &[to_client(UNTIL_2009, Whole, "LJ", events::signature)]),
    PushLayouts(0x0049, &[to_client(UNTIL_2009, Whole, "LJ", events::custom_avatars)]),
    PushLayouts(0x0052, &[
        to_client(EARLY_2009, Parts, "MY LQ", events::group_rich).applies_to(UNTIL_2011),
        to_client(SINCE_2012, Parts, "MI, 0x3803", group_2012::message),
    ]),
    PushLayouts(0x0078, &[to_client(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x0084, &[to_client(UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true))]),
    PushLayouts(0x0085, &[to_client(UNTIL_2009, Whole, "LJ LM PU", |r| message::classic(r, true))]),
    PushLayouts(0x008c, &[to_client(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x008d, &[to_client(SEEN_SINCE_2009, Parts, "MY LQ", message::pushed_rich)]),
    PushLayouts(0x00a6, &[to_client(SEEN_SINCE_2009, Parts, "MY LQ MI, 0x3803", message::pushed_rich)]),
    PushLayouts(0x00a7, &[to_client(SEEN_SINCE_2009, Parts, "LQ", message::pushed_rich)]),
    PushLayouts(0x0210, &[to_client(SINCE_2012, Whole, "MI, 0x3037", group_2012::notice)]),
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
