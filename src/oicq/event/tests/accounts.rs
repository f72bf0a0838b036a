//! Logins and facts.

use crate::event::{EventKind, Fact, Login, LoginStep};
use crate::oicq::event::tests::{events_of, frame, FRIEND, NOWHERE};
use crate::oicq::fields::{Field, Note};
use crate::oicq::wire::commands::table::{
    FRIEND_STATUS_CHANGED, LOG_IN_ECDH, LOG_IN_UNTIL_2008, LOG_OUT, LOG_OUT_UNTIL_2008, TOUCH,
    VERIFY_PASSWORD,
};
use crate::oicq::wire::direction::Direction;
use crate::plan::Plan;

/// The version in the header of a frame of QQ2006, and of TM2013.
const QQ2006: u16 = 0x0f5f;
const TM2013: u16 = 0x3420;

fn of_version(command: u16, version: u16) -> Plan<'static> {
    let mut plan = frame(command, Direction::ToServer);
    plan.number(1, Field::Version, NOWHERE, version);
    plan
}

fn login(plan: &Plan<'_>) -> Option<Login> {
    events_of(plan)
        .into_iter()
        .find_map(|event| match event.kind {
            EventKind::Login(login) => Some(login),
            _ => None,
        })
}

fn has_ended(plan: &Plan<'_>) -> bool {
    let mut events = events_of(plan).into_iter();
    events.any(|event| matches!(event.kind, EventKind::Ended { .. }))
}

#[test]
fn the_client_version_decides_what_a_command_does_in_a_login() {
    let of = |command, version| login(&of_version(command, version));
    let method = |version| of(LOG_IN_UNTIL_2008, version).map(|it| it.method);
    assert_eq!(method(QQ2006).as_deref(), Some("password (until QQ2006)"));
    let later = Some("password check (QQ2007, QQ2008)");
    assert_eq!(method(0x115b).as_deref(), later);
    assert_eq!(of(VERIFY_PASSWORD, QQ2006), None);
    // The form that a sealed body has is not known.
    let secret = of(LOG_IN_ECDH, TM2013).map(|it| it.secret);
    assert_eq!(secret.as_deref(), Some(""));
    assert!(has_ended(&of_version(LOG_OUT, TM2013)));
    assert!(!has_ended(&of_version(LOG_OUT, QQ2006)));
    assert!(has_ended(&of_version(LOG_OUT_UNTIL_2008, QQ2006)));
    assert!(!has_ended(&of_version(LOG_OUT_UNTIL_2008, TM2013)));
}

#[test]
fn a_referred_client_starts_no_second_login() {
    let touch = || of_version(TOUCH, TM2013);
    assert_eq!(login(&touch()).map(|it| it.step), Some(LoginStep::Started));
    let mut counted = touch();
    counted.number(2, Field::RedirectCount, NOWHERE, 1_u8);
    assert_eq!(login(&counted), None);
    let mut linked = touch();
    linked.generated(1, Field::RedirectFrom, 7_u32);
    assert_eq!(login(&linked), None);
}

#[test]
fn a_refusal_is_in_the_words_of_its_command() {
    let refused = |command| {
        let mut plan = frame(command, Direction::ToClient);
        let item = plan.number(2, Field::LoginResult, NOWHERE, 0x34_u8);
        plan.note(Note::LoginRefused, item);
        plan.derived(2, Field::LoginMessage, NOWHERE, "no");
        login(&plan).map(|it| (it.step, it.result))
    };
    let words = |words: &str| Some((LoginStep::Refused, words.to_owned()));
    assert_eq!(
        refused(VERIFY_PASSWORD),
        words("Wrong password (密码错误): no")
    );
    assert_eq!(refused(LOG_IN_UNTIL_2008), words("0x34: no"));
}

#[test]
fn the_program_of_a_friend_is_a_version_or_a_build() {
    let fact = |kind: Option<u8>| {
        let mut plan = frame(FRIEND_STATUS_CHANGED, Direction::ToClient);
        plan.number(2, Field::FriendUin, NOWHERE, FRIEND);
        if let Some(kind) = kind {
            plan.number(2, Field::FriendKind, NOWHERE, kind);
        }
        plan.number(2, Field::FriendVersion, NOWHERE, 0x12f7_u16);
        events_of(&plan)
            .into_iter()
            .find_map(|event| match event.kind {
                EventKind::Fact(Fact::ClientVersion, value) => Some((event.from?, value)),
                _ => None,
            })
    };
    let of = |value: &str| Some((FRIEND.to_string(), value.to_owned()));
    assert_eq!(fact(None), of("0x12f7"));
    assert_eq!(fact(Some(1)), of("QQ2013, April 2013 (0x3037)"));
}

#[test]
fn what_is_not_said_is_no_fact() {
    let mut plan = frame(FRIEND_STATUS_CHANGED, Direction::ToClient);
    plan.number(2, Field::FriendUin, NOWHERE, FRIEND);
    plan.number(2, Field::PeerAddress, NOWHERE, 0_u32);
    plan.number(2, Field::PeerPort, NOWHERE, 4000_u16);
    plan.number(2, Field::Gender, NOWHERE, 0xff_u8);
    plan.number(2, Field::Age, NOWHERE, 0_u8);
    let facts = |plan: &Plan<'_>| {
        let mut events = events_of(plan);
        events.retain(|event| matches!(event.kind, EventKind::Fact(..)));
        events
    };
    assert_eq!(facts(&plan), []);
    plan.number(2, Field::Level, NOWHERE, 16_u16);
    assert_eq!(
        facts(&plan)[0].kind,
        EventKind::Fact(Fact::Level, "16".to_owned())
    );
}
