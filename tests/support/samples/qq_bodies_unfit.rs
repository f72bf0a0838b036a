//! Bodies that fit no layout of their client and direction: none of their numbers may be
//! shown.

use super::bytes::{body, Bytes};
use super::qq_bodies_2012::{
    everybody, folders, group, group_message, level, members, nicknames, notice, online, profile,
    push, state, weather,
};
use super::qq_script::{Script, FRIEND, GROUP, GROUP_NUMBER, OTHER, TIME, UIN};

/// One body.
#[derive(Debug, Clone)]
pub struct Unfit {
    pub version: u16,
    pub up: bool,
    pub command: u16,
    pub plain: Vec<u8>,
}

/// QQ2013, two clients between QQ2009 and QQ2012, and two TIM clients.
const QQ2013: u16 = 0x3037;
const QQ2011: u16 = 0x2227;
const UNSEEN: u16 = 0x2a01;
const TIM: u16 = 0x3803;
const LATE: u16 = 0x3949;

fn up(version: u16, command: u16, plain: Bytes) -> Unfit {
    let (up, plain) = (true, plain.0);
    Unfit {
        version,
        up,
        command,
        plain,
    }
}

fn down(version: u16, command: u16, plain: Bytes) -> Unfit {
    let (up, plain) = (false, plain.0);
    Unfit {
        version,
        up,
        command,
        plain,
    }
}

/// The bytes with the one at `at` replaced.
fn with(bytes: Bytes, at: usize, byte: u8) -> Bytes {
    let mut bytes = bytes;
    bytes.0[at] = byte;
    bytes
}

/// A friend's row in earlier versions: 38 bytes.
fn old_row() -> Bytes {
    let row = body().u32(FRIEND).u8(0).peer(7).u16(4000).u8(0).u8(0x0a);
    row.u16(0x0f5f).fill(b'K', 16).zeroes(7)
}

/// Friends with their nicknames, with a byte between the rows.
fn nicknames_with_gap() -> Bytes {
    let names = nicknames();
    let (first, second) = names.0.split_at(15 + 47);
    body().raw(first).u8(0).raw(second)
}

/// All bodies.
pub fn bodies() -> Vec<Unfit> {
    [of_lists(), of_groups(), of_services(), of_unseen_versions()].concat()
}

fn of_lists() -> Vec<Unfit> {
    let shorter = |bytes: Bytes, by: usize| Bytes(bytes.0[..bytes.0.len() - by].to_vec());
    vec![
        // Rows of other lengths.
        down(QQ2013, 0x0027, shorter(online(), 1)),
        down(QQ2013, 0x0027, online().u8(0)),
        down(QQ2013, 0x0027, body().u8(0xff).raw(old_row().0)),
        down(LATE, 0x0027, online()),
        down(LATE, 0x0027, body().u8(0xff).raw(old_row().0)),
        down(
            QQ2013,
            0x0027,
            body().u8(0xff).raw(state(5, 1, 0x0a).0).zeroes(7),
        ),
        down(QQ2013, 0x0081, state(FRIEND, 1, 0x14).u32(OTHER).zeroes(11)),
        down(QQ2013, 0x0081, shorter(state(FRIEND, 1, 0x14), 2)),
        down(TIM, 0x0126, with(nicknames(), 4, 1)),
        down(QQ2013, 0x0027, with(online(), 13, 0x99)),
        down(TIM, 0x0126, nicknames_with_gap()),
        down(TIM, 0x0126, with(nicknames(), 23, 5)),
        down(TIM, 0x0126, with(nicknames(), 23, 7)),
        // Wrong counts.
        down(TIM, 0x0134, with(everybody(), 20, 2)),
        down(TIM, 0x0134, with(everybody(), 20, 4)),
        down(QQ2013, 0x0001, with(folders(), 3, 3)),
        down(QQ2013, 0x0001, with(with(folders(), 3, 1), 10, 1)),
        down(QQ2013, 0x0001, shorter(folders(), 1)),
        down(TIM, 0x003c, with(profile(), 12, 14)),
        down(TIM, 0x003c, with(profile(), 12, 12)),
        down(TIM, 0x003c, with(profile(), 2, 1)),
        up(
            TIM,
            0x0126,
            body().u8(3).zeroes(10).u8(3).u32(FRIEND).u32(OTHER),
        ),
        down(
            TIM,
            0x0126,
            body().u8(3).zeroes(10).u8(2).u32(FRIEND).u32(OTHER),
        ),
        // A body of one direction from the other side.
        up(TIM, 0x0126, nicknames()),
        up(TIM, 0x0134, everybody()),
        up(QQ2013, 0x0027, online()),
        up(TIM, 0x003c, profile()),
    ]
}

fn of_groups() -> Vec<Unfit> {
    let options = |length: u32| push(GROUP, 0x0052).u32(length);
    let after_options = || body().u32(GROUP_NUMBER).u8(1).u32(FRIEND).u32(77).u32(TIME);
    vec![
        down(QQ2013, 0x0002, with(members(), 13, 4)),
        down(QQ2013, 0x0002, members().u8(0)),
        down(
            QQ2013,
            0x0002,
            with(with(with(group(), 23, 0), 24, 0), 25, 0),
        ),
        up(QQ2013, 0x0002, group()),
        down(QQ2013, 0x0002, body().u8(0x72).u32(0x1234_5678).u32(0)),
        up(QQ2013, 0x0017, group()),
        up(QQ2013, 0x00ce, push(FRIEND, 0x00a6)),
        down(TIM, 0x0355, body().u32(FRIEND).u32(OTHER).zeroes(20)),
        // Options that are no list, or longer than the body.
        down(TIM, 0x0017, options(8).fill(9, 8).raw(after_options().0)),
        down(TIM, 0x0017, options(0xffff_ffff).raw(after_options().0)),
        down(TIM, 0x0017, options(0).u32(0x0500_0000).u8(1).u32(FRIEND)),
        down(TIM, 0x0017, options(0).u32(GROUP_NUMBER).u8(9).u32(FRIEND)),
        down(
            TIM,
            0x0017,
            push(GROUP, 0x002b).raw(&group_message().0[22..]),
        ),
        down(
            TIM,
            0x0017,
            push(GROUP, 0x0021).u32(FRIEND).u8(1).u32(OTHER),
        ),
        down(
            TIM,
            0x0017,
            push(GROUP, 0x0022).u32(GROUP_NUMBER).u8(1).u32(OTHER),
        ),
        down(TIM, 0x0017, with(notice(), 31, 0x99)),
        down(
            TIM,
            0x0017,
            push(FRIEND, 0x00a6).u32(4).u32(5).u16(0x3803).u32(OTHER),
        ),
        down(
            TIM,
            0x0017,
            push(FRIEND, 0x001e).u32(OTHER).u32(7).zeroes(16),
        ),
    ]
}

fn of_services() -> Vec<Unfit> {
    vec![
        down(QQ2013, 0x005c, with(level(), 18, 9)),
        down(QQ2013, 0x005c, with(level(), 15, 9)),
        down(QQ2013, 0x005c, with(level(), 19, 1)),
        down(
            QQ2013,
            0x005c,
            body().u8(0x89).u32(UIN).u32(3).u16(49).u16(2693),
        ),
        up(QQ2013, 0x0065, body().u8(1).u32(UIN).u16(3)),
        down(QQ2013, 0x0065, body().u8(1).u32(UIN).u32(3)),
        up(QQ2013, 0x003e, body().u8(0x68).u32(UIN)),
        down(QQ2013, 0x003e, body().u8(0x67).u32(UIN)),
        up(QQ2013, 0x00d4, body().u8(0).u32(UIN)),
        down(QQ2013, 0x00d4, body().u32(UIN)),
        down(QQ2013, 0x00a6, with(weather(), 1, 2)),
        down(
            QQ2013,
            0x00a6,
            body().u8(1).u8(0).str1("a").str1("b").u16(0),
        ),
        down(QQ2013, 0x00ec, body().u8(0)),
        up(QQ2013, 0x00ec, body().u8(1).u8(0).u8(0x63)),
        up(QQ2013, 0x005c, level()),
        up(QQ2013, 0x00a6, weather()),
        down(QQ2013, 0x0065, body().u8(2).u32(UIN)),
        up(QQ2013, 0x00a7, group()),
        down(QQ2013, 0x00a7, body().u8(0x88).u32(UIN).u8(0)),
        // Bodies too short to be identified.
        up(QQ2013, 0x001c, body().u32(FRIEND)),
        up(QQ2013, 0x003d, body().u32(FRIEND).u8(1)),
        down(QQ2013, 0x0026, body().u16(0)),
        down(QQ2013, 0x0067, body().u16(0)),
        up(QQ2013, 0x0005, body().u8(2).u32(0)),
        up(QQ2013, 0x005e, body().u8(3).u8(1)),
        up(QQ2013, 0x000d, body().u8(0x0a).u16(1).u16(1).u16(4).u32(0)),
        down(QQ2013, 0x000d, body().u8(0)),
        up(QQ2013, 0x00b5, body().u8(1).u32(UIN).u8(2).u32(FRIEND)),
        up(
            LATE,
            0x00a8,
            body().u8(2).u32(FRIEND).u16(0).str2("token").u8(1).u8(0),
        ),
        down(LATE, 0x0319, body().u32(2).u32(9).raw([8, 1, 8, 1])),
        down(LATE, 0x001d, body().u8(0x04).u8(0).fill(b'A', 20)),
        down(LATE, 0x001d, body().u8(0x11).u8(0).fill(b'B', 20)),
        up(LATE, 0x0004, body().raw("no text")),
        down(LATE, 0x0122, body().u32(FRIEND)),
        down(LATE, 0x0173, body().u32(FRIEND)),
    ]
}

fn of_unseen_versions() -> Vec<Unfit> {
    vec![
        down(UNSEEN, 0x0027, body().u8(0xff).raw(old_row().0).u8(0)),
        down(UNSEEN, 0x0126, nicknames()),
        down(UNSEEN, 0x005c, level()),
        down(UNSEEN, 0x0002, group()),
        down(UNSEEN, 0x0017, group_message()),
        down(
            UNSEEN,
            0x00eb,
            body().u8(1).u8(0).zeroes(8).u32(TIME).u16(1).u16(0).u16(3),
        ),
        down(UNSEEN, 0x0081, old_row().u32(UIN)),
        up(UNSEEN, 0x00b5, body().u8(1).u32(5).u8(0)),
        up(UNSEEN, 0x00d4, body().u32(OTHER)),
        down(UNSEEN, 0x0134, everybody()),
        down(UNSEEN, 0x003c, profile()),
        // Beginnings that would result in a group 1058087475, and sub-commands.
        down(
            QQ2011,
            0x0002,
            body().raw([0x0f, 0, 0x3f, 0x11, 0x22, 0x33]).fill(7, 9),
        ),
        up(
            QQ2011,
            0x0002,
            body().raw([0x0f, 0x3f, 0x11, 0x22, 0x33]).fill(7, 9),
        ),
        down(QQ2011, 0x0001, body().u8(1).u32(UIN)),
        up(QQ2011, 0x0001, body().u8(0x31).u32(UIN)),
        up(QQ2011, 0x001d, body().u8(3).u32(UIN)),
        down(QQ2011, 0x001d, body().u8(3).u8(0).fill(b'K', 30)),
        up(QQ2011, 0x003e, body().u8(0).u32(UIN)),
        down(QQ2011, 0x003e, body().u8(0).u32(UIN)),
        up(QQ2011, 0x005c, body().u8(2).u8(0)),
        down(QQ2011, 0x005c, body().u8(2).u8(0)),
        up(QQ2011, 0x0065, body().u8(3).u32(UIN)),
        down(QQ2011, 0x0065, body().u8(3).u32(UIN)),
        up(QQ2011, 0x0067, body().u8(2).u32(UIN).u8(7)),
        down(QQ2011, 0x0067, body().u8(2).u8(0x63).u32(UIN)),
        up(QQ2011, 0x00a6, body().u8(1).u32(UIN)),
        down(QQ2011, 0x00a6, body().u8(1).u32(UIN)),
        up(QQ2011, 0x00a8, body().u8(3).u32(FRIEND)),
        down(QQ2011, 0x00a8, body().u8(3).u32(FRIEND)),
        up(QQ2011, 0x00ae, body().u8(1).u32(FRIEND)),
        down(QQ2011, 0x00ae, body().u8(1).u32(FRIEND)),
        // An acknowledgement that is too long, pushes of an unknown type.
        up(QQ2011, 0x0017, push(FRIEND, 0x00a6)),
        up(QQ2011, 0x00ce, push(FRIEND, 0x00a6)),
        down(QQ2011, 0x0017, push(FRIEND, 0x0999).fill(7, 20)),
        down(QQ2011, 0x00ce, push(FRIEND, 0x0999).fill(7, 20)),
        up(QQ2011, 0x0058, body().raw("12345678").u8(0)),
        up(QQ2011, 0x0058, body().raw("87654321")),
    ]
}

/// The bodies of one client, as a script.
pub fn script(version: u16, port: u16) -> Script {
    let mut script = Script::new(version, 0x65ef, port);
    for body in bodies() {
        if body.version != version {
            continue;
        }
        let plain = Bytes(body.plain);
        if body.up {
            script.up(body.command, super::qq_script::SESSION, plain);
        } else {
            script.push_down(body.command, plain);
        }
    }
    script
}
