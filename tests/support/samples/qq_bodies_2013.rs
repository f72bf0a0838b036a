//! TM2013: touch, redirect, captcha, login by key exchange, and what is new in the session.

use super::bytes::{body, Bytes};
use super::qq_bodies_2010::{face_block, proof, talk, text_block};
use super::qq_story::{Key, Story, CLEAR, FRIEND, SALTED, SESSION, STEPS, TIME, UIN};
use crate::support::qq_tea::encrypt;

/// A public key whose private half is published, and the share key that belongs to it.
const PUBLIC: [u8; 25] = [
    0x02, 0x6d, 0x28, 0x41, 0xd2, 0xa5, 0x6f, 0xd2, 0xfc, 0x3e, 0x2a, 0x1f, 0x03, 0x75, 0xde, 0x6e,
    0x28, 0x8f, 0xa8, 0x19, 0x3e, 0x5f, 0x16, 0x49, 0xd3,
];
const SHARE: Key = [
    0x1a, 0xe9, 0x7f, 0x7d, 0xc9, 0x73, 0x75, 0x98, 0xac, 0x02, 0xe0, 0x80, 0x5f, 0xa9, 0xc6, 0xaf,
];
/// Made by the client.
const TGTGT: Key = STEPS[5];

pub fn story() -> Story {
    let mut story = Story::new(0x3420, 0x66a7, 4003);
    touch(&mut story);
    refused(&mut story);
    log_in(&mut story);
    session(&mut story);
    story.up(0x0062, SESSION, body().zeroes(16));
    story
}

/// A QR login, whose keys all come out of packets.
pub fn qr_story() -> Story {
    let mut story = Story::new(0x3949, 0x69b2, 4004);
    qr_login(&mut story);
    session(&mut story);
    story
}

fn builds() -> Bytes {
    body().u32(0x0436).u32(1).u32(0x149b)
}

fn versions(redirects: u16) -> Bytes {
    body().u16(1).raw(builds().0).u32(UIN).u16(redirects).u16(0)
}

fn exchange() -> Bytes {
    body().u16(0x0102).str2(PUBLIC)
}

fn login_block(step: &mut super::qq_story::Step, clear: Bytes) {
    step.block = 3;
    step.clear = clear.0;
}

fn touch(story: &mut Story) {
    let reason = || body().u16(2).u16(1).zeroes(14);
    let ping = body().u16(1).server(8).u8(0).u8(2);
    let first = body().tlv(0x0018, versions(0)).tlv(0x0309, ping);
    let first = first.tlv(0x0036, reason()).tlv(0x0114, exchange());
    login_block(story.up(0x0825, CLEAR, first), body().raw(CLEAR));
    let client = || body().u16(1).u32(TIME).client(10).u16(4003).u16(0);
    let redirect = body()
        .u16(2)
        .u16(0)
        .u32(5)
        .u32(2)
        .server(9)
        .u16(8000)
        .u32(0);
    let redirected = body().u8(0xfe).tlv(0x0112, body().fill(b't', 0x38));
    let redirected = redirected.tlv(0x0017, client()).tlv(0x000c, redirect);
    story.down(0x0825, CLEAR, redirected);
    let ping = body().u16(1).server(9).u8(1).server(8).u8(2);
    let again = body().tlv(0x0018, versions(1)).tlv(0x0309, ping);
    let again = again.tlv(0x0036, reason()).tlv(0x0114, exchange());
    login_block(story.up(0x0825, CLEAR, again), body().raw(CLEAR));
    let ok = body().u8(0).tlv(0x0112, body().fill(b't', 0x38));
    let ok = ok.tlv(0x0017, client()).tlv(0x0310, body().server(9));
    story.down(0x0825, CLEAR, ok);
    // A mail account, and the newer form of the ping.
    let mail = body().u16(0).str2("alice@example.com");
    let ping = body().u16(0x000a).counted(body().server(9)).u16(2);
    let newer = body().tlv(0x0004, mail).tlv(0x0309, ping);
    let newer = newer.tlv(0x0511, body().raw([0x0a, 0, 0, 0, 0, 3]));
    login_block(story.up(0x0825, CLEAR, newer), body().raw(CLEAR));
    story.down(0x0825, CLEAR, body().u8(0xfd));
}

fn login_clear() -> Bytes {
    let clear = body().u16(1).u16(0x0102).str2(PUBLIC);
    clear.u32(16).fill(0x5a, 16)
}

fn login() -> Bytes {
    let ids = || {
        let ids = body().u16(1).u8(1).u32(0x1111_1111).str2([0x66; 16]);
        ids.u8(2).u32(0x2222_2222).str2([0x67; 16])
    };
    let sealed = encrypt(&SALTED, &proof(&builds(), &TGTGT).0);
    let device = encrypt(&TGTGT, &body().tlv(0x0015, ids()).0);
    let official = body().u16(1).fill(0x5a, 16).str2([b'o'; 0x38]);
    let official = official.counted(body().fill(0x5b, 16).u32(0x1234_5678));
    let guid = body().raw([1, 1, 2]).str2([0x68; 16]).u32(1);
    let login = body().tlv(0x0112, body().fill(b't', 0x38));
    let login = login.tlv(0x030f, body().str2("ALICE-PC"));
    let login = login.tlv(0x0005, body().u16(2).u32(UIN));
    let login = login.tlv(0x0006, body().raw(sealed)).tlv(0x0015, ids());
    let login = login
        .tlv(0x001a, body().raw(device))
        .tlv(0x0018, versions(0));
    let login = login.tlv(0x0103, body().u16(1).str2([b's'; 16]));
    let login = login.tlv(0x0312, body().u8(1).u32(1)).tlv(0x0313, guid);
    login.tlv(0x0102, official)
}

fn refused(story: &mut Story) {
    login_block(story.up(0x0836, SHARE, login()), login_clear());
    let error = body()
        .u16(5)
        .u16(1)
        .u32(0x0d)
        .str2("密码错误，请重新输入。");
    story.down(0x0836, SHARE, body().u8(0x34).tlv(0x0100, error));
    login_block(story.up(0x0836, SHARE, login()), login_clear());
    let captcha = body().u16(1).u16(2).u32(0).u16(5).u8(1).zeroes(3);
    let captcha = captcha.str2(b"\x89PNG, in TLV 0104").u8(0).zeroes(2);
    story.down(0x0836, SHARE, body().u8(0xfb).tlv(0x0104, captcha));
    let head = || {
        let head = body().u16(2).u32(0x0804).u16(480).raw(builds().0).u8(0);
        head.str2([b't'; 0x38]).u16(0x0102).str2(PUBLIC)
    };
    let get = head()
        .u8(0x13)
        .u16(5)
        .u32(0)
        .u8(1)
        .str2("png")
        .str2([b'k'; 16]);
    login_block(story.up(0x00ba, CLEAR, get), body().raw(CLEAR));
    let part = body().u8(0x13).u16(5).u8(1).u32(0).str2([b'p'; 0x38]);
    story.down(0x00ba, CLEAR, part.str2(b"\x89PNG").u8(0).u8(0).str2("png"));
    let submit = head()
        .u8(0x14)
        .u16(5)
        .u32(0)
        .str2("ABCD")
        .str2([b'p'; 0x38]);
    login_block(
        story.up(0x00ba, CLEAR, submit.str2([b'k'; 16])),
        body().raw(CLEAR),
    );
    let done = body().u8(0x14).u16(5).u8(0).u32(0).str2([b'p'; 0x38]);
    story.down(0x00ba, CLEAR, done);
}

/// What the server gives out for 0x0828.
fn tickets() -> Bytes {
    let first = body().u16(1).raw(STEPS[0]).str2([b'x'; 0x38]).zeroes(4);
    let limits = body().u32(1).u32(600).u32(86_400).u32(86_400).u32(3).u16(0);
    let web = body().u8(1).raw(STEPS[2]).str2([b'h'; 24]);
    let second = body()
        .u16(2)
        .counted(limits)
        .raw(STEPS[1])
        .str2([b'g'; 0x88]);
    let second = second
        .raw(STEPS[3])
        .str2([b'v'; 0x38])
        .counted(web)
        .zeroes(4);
    let account = body().u16(33).str1("爱丽丝").u8(1).u32(0x0004_0000).u8(20);
    let account = body().u16(1).counted(body().counted(account));
    let tickets = body().u8(0).tlv(0x0109, first).tlv(0x0107, second);
    tickets.tlv(0x0108, account)
}

fn session_request() -> Bytes {
    let flags = body().u16(2).fill(0x55, 16).u8(0).zeroes(9);
    let request = body().tlv(0x0007, body().fill(b'g', 0x88));
    let request = request.tlv(
        0x000c,
        body().u16(2).u16(0).zeroes(8).server(9).u16(8000).u32(0),
    );
    let request = request.tlv(0x001f, body().u16(1).fill(0x69, 32));
    let request = request
        .tlv(0x010b, flags)
        .tlv(0x002d, body().u16(1).client(11));
    request.tlv(
        0x0105,
        body().u16(1).u8(1).u8(2).str2([1; 20]).str2([2; 20]),
    )
}

fn session_reply() -> Bytes {
    let session = body().u16(1).raw(SESSION).u32(UIN).client(10).u16(4003);
    let session = session.u32(TIME).zeroes(5).server(9).server(10).zeroes(6);
    let reply = body().u8(0).tlv(0x0105, body().u16(1).zeroes(6));
    reply.tlv(0x010c, session)
}

fn to_session(story: &mut Story) {
    let step = story.up(0x0828, STEPS[0], session_request());
    step.clear = body().u16(0x30).counted(body().str2([b'x'; 0x38])).0;
    story.down(0x0828, STEPS[1], session_reply());
}

fn log_in(story: &mut Story) {
    login_block(story.up(0x0836, SHARE, login()), login_clear());
    story.down(0x0836, SHARE, tickets()).inner = Some(TGTGT);
    to_session(story);
}

fn session(story: &mut Story) {
    let state = body().u8(1).u8(0).u8(0x0a).u16(1).u16(1).u16(4).u32(0);
    story.ask(0x00ec, state, body().u8(1).u8(0).u8(0x0a));
    let web = body().u8(0x33).u8(0).u16(10).raw("@ABCDEFGHI");
    let domains = body().u8(0x33).u16(1).str2("example.com");
    story.ask(0x001d, domains, web);
    story.ask(
        0x001d,
        body().u8(0x11),
        body().u8(0x11).u8(0).fill(b'C', 32),
    );
    let folder = |id: u8, name: &str| body().counted(body().u8(id).u8(id).str1(name));
    let names = body().u8(0x20).u16(1).u8(2).u32(0x51).u16(0x0101).u8(2);
    let names = names
        .raw(folder(1, "同学").0)
        .raw(folder(2, "Work").0)
        .u16(0);
    let request = body().u8(0x20).u8(1).u32(0).u8(1).u16(0);
    story.ask(0x0001, request, names);
    story.ask(0x0058, body().raw([0, 1, 0, 1]), body().zeroes(17));
    let state = body().u32(FRIEND).u8(1).zeroes(7).u8(0x46).u16(0x149b);
    let state = state.u8(0x10).u32(0x0001_0101).zeroes(11);
    let state = state.u32(0x0088_2242).u32(UIN).zeroes(11);
    story.push_down(0x0081, state);
    let options = body().u32(8).u16(1).u16(4).u32(0);
    let blocks = text_block("hello ").raw(face_block(76).0);
    let sent = body().u32(UIN).u32(FRIEND).raw(options.0);
    let sent = sent.raw(talk(UIN, FRIEND, 0x3420, blocks).0);
    story.ask(0x00cd, sent, body().u8(0).u8(0));
    let pushed = body()
        .u32(FRIEND)
        .u32(UIN)
        .u32(0x0102_0304)
        .server(9)
        .u16(8000);
    let pushed = pushed.u16(0x00a6).u32(8).u16(1).u16(4).u32(0);
    let received = pushed.raw(talk(FRIEND, UIN, 0x3420, text_block("再见")).0);
    story.push_and_receipt(0x00ce, received);
    let head = [0x08, 0x01, 0x12, 0x03, 0x98, 0x01, 0x00];
    let read = body()
        .u32(7)
        .u32(5)
        .raw(head)
        .raw([0x08, 0x01, 0x10, 0x96, 0x01]);
    story.ask(
        0x0319,
        read,
        body().u32(7).u32(2).raw(head).raw([0x08, 0x00]),
    );
}

fn qr_login(story: &mut Story) {
    let ask = body().tlv(0x0019, body().u16(1).raw(builds().0).u16(0));
    let ask = ask
        .tlv(0x0114, exchange())
        .tlv(0x0305, body().fill(0x35, 0x1e));
    login_block(story.up(0x0818, CLEAR, ask), body().raw(CLEAR));
    let code = body().u8(0).tlv(0x0301, body().u16(1).raw(STEPS[4]));
    let code = code.tlv(0x0302, body().str2([b'q'; 0x38]));
    let code = code.tlv(0x0303, body().str2("https://qr.example.org/1"));
    story.down(0x0818, SHARE, code.tlv(0x0304, body().str2(b"\x89PNG")));
    let poll = || {
        let poll = body().tlv(0x0019, body().u16(1).raw(builds().0).u16(0));
        poll.tlv(0x0301, body().str2("https://qr.example.org/1"))
    };
    let clear = || body().u16(0x30).counted(body().str2([b'q'; 0x38]));
    login_block(story.up(0x0819, STEPS[4], poll()), clear());
    story.down(0x0819, STEPS[4], body().u8(2));
    login_block(
        story.up(0x0819, STEPS[4], poll().tlv(0x0314, body().u16(0))),
        clear(),
    );
    let scanned = body().u8(0).tlv(0x0303, body().fill(b'Q', 0x60));
    story.down(0x0819, STEPS[4], scanned.tlv(0x0304, body().raw(TGTGT)));
    let login = body().tlv(0x0112, body().fill(b't', 0x38));
    let login = login
        .tlv(0x0303, body().fill(b'Q', 0x60))
        .tlv(0x0018, versions(0));
    login_block(story.up(0x0836, SHARE, login), login_clear());
    story.down(0x0836, SHARE, tickets()).inner = Some(TGTGT);
    to_session(story);
}
