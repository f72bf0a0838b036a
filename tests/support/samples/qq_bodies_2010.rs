//! QQ2010: the login of seven steps, groups and messages in blocks.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::Compression;

use super::bytes::{body, Bytes};
use super::qq_bodies_2008::redirects;
use super::qq_script::{
    Key, Script, CLEAR, FRIEND, GROUP, GROUP_NUMBER, OTHER, PASSWORD, SESSION, STEPS, TIME,
    TRANSFER, TWICE, UIN,
};
use crate::qq_tea::encrypt;

pub fn script() -> Script {
    let mut script = Script::new(0x1f57, 0x6448, 4002);
    touch(&mut script);
    password(&mut script);
    log_in(&mut script);
    lists(&mut script);
    messages(&mut script);
    groups(&mut script);
    script.up(0x0062, SESSION, body().zeroes(16));
    let ticket = body().zeroes(4).str1([b'T'; 24]).zeroes(8);
    script.up(0x00a4, SESSION, ticket);
    script
}

/// The versions of the client.
fn builds() -> Bytes {
    body().u32(0x0330).u32(1).u32(0x0c73)
}

/// The beginning of most login requests.
fn head() -> Bytes {
    body().u16(1).u32(0x0804).u16(480).raw(builds().0)
}

fn token() -> Key {
    [b'T'; 16]
}

fn touch(script: &mut Script) {
    let answer = || {
        let answer = body().u8(0).u32(TIME).client(10).zeroes(8);
        answer.str2([b't'; 0x38])
    };
    script.clear(0x0091, head().raw(redirects(0).0));
    let other = answer().u8(1).u8(1).u32(2).u32(0).server(9);
    script.down(0x0091, CLEAR, other);
    script.clear(0x0091, head().raw(redirects(1).0));
    script.down(0x0091, CLEAR, answer().u8(0));
    let ask = head().str2([b't'; 0x38]).u8(3).u16(5).u32(0).u8(0).str2("");
    script.clear(0x00ba, ask);
    let picture = body().u8(3).u16(5).u8(1).u32(0x123).str2([b'c'; 0x38]);
    let picture = picture.str2(b"\x89PNG").u8(0).u8(0).str2("");
    script.down(0x00ba, CLEAR, picture);
    let code = head().str2([b't'; 0x38]).u8(4).u16(5).u32(0);
    script.clear(0x00ba, code.str2("ABCD").str2([b'c'; 0x38]));
    let done = body().u8(4).u16(5).u8(0).u32(0).str2([b'c'; 0x38]);
    script.down(0x00ba, CLEAR, done);
}

/// The proof that the client knows the password: 104 bytes.
pub fn proof(builds: &Bytes, key: &Key) -> Bytes {
    let proof = body().u32(0x5a5a_5a5a).u16(1).u32(UIN).raw(&builds.0);
    let proof = proof.u16(0).u8(1).raw(PASSWORD).u32(TIME).zeroes(13);
    proof.client(10).zeroes(8).str2([0x66; 16]).raw(key)
}

fn password(script: &mut Script) {
    let encrypted_proof = encrypt(&TWICE, &proof(&builds(), &STEPS[4]).0);
    let random = body().fill(0x5a, 16).u32(0x1234_5678);
    let ids = body().u8(0x2e).u8(1).zeroes(8).str2([0x66; 16]);
    let ids = ids.u8(2).zeroes(8).str2([0x67; 16]).zeroes(328);
    let verify = || {
        let verify = body().u16(0xde).raw(head().0).str2([b'c'; 0x38]);
        verify
            .str2(&encrypted_proof)
            .counted(random.clone())
            .counted(ids.clone())
    };
    script.clear(0x00dd, verify());
    let refused = body().u16(40).u8(0x34).u32(0).str2("").str2("");
    script.down(0x00dd, STEPS[4], refused.str2("密码错误"));
    script.clear(0x00dd, verify());
    let ok = body().u16(200).u8(0).str2([b'T'; 56]).zeroes(4).u32(TIME);
    let ok = ok.str2([b'U'; 120]).str2([b'V'; 56]).raw(STEPS[0]).str2("");
    script.down(0x00dd, STEPS[4], ok.raw(STEPS[1]));
}

fn log_in(script: &mut Script) {
    let clear = body().str2([b'T'; 56]).0;
    let step = |script: &mut Script, command, key, request: Bytes, reply_key, reply: Bytes| {
        script.up(command, key, request).clear.clone_from(&clear);
        script.down(command, reply_key, reply);
    };
    let info = body()
        .u16(0x10e)
        .u16(1)
        .u32(0x0804)
        .u16(480)
        .raw(builds().0);
    let info = info.str2([b'c'; 0x38]).str2([b'T'; 56]).str2([b'U'; 120]);
    let reply = body()
        .u16(0x180)
        .u16(0x0100)
        .raw(STEPS[2])
        .zeroes(8)
        .zeroes(4);
    let reply = reply.u32(TIME).client(10).zeroes(8).str2([b'W'; 136]);
    let reply = reply.raw(STEPS[3]).str2([b'X'; 56]).zeroes(6);
    step(script, 0x00e5, STEPS[0], info.zeroes(6), STEPS[1], reply);
    let verify = body().u16(0xc8).raw(head().0).str2([b'c'; 0x38]);
    let verify = verify.str2([b'T'; 56]).u32(0x20);
    step(
        script,
        0x00e3,
        STEPS[0],
        verify,
        STEPS[3],
        body().str1("爱丽丝"),
    );
    let dynamic = body().u16(0xa6).u16(1).zeroes(20);
    step(
        script,
        0x00de,
        STEPS[0],
        dynamic,
        STEPS[0],
        body().str2([b'Y'; 24]),
    );
    let login = body().u16(1).raw(builds().0).zeroes(4).u32(TIME).client(10);
    let login = login.zeroes(8).str2([b'W'; 136]).zeroes(35).fill(0x55, 16);
    let login = login.u8(0).u8(0x0a).zeroes(10).raw(redirects(0).0);
    let login = login.u32(0x0804).u16(480).zeroes(16).str2([b'c'; 0x38]);
    let login = login
        .zeroes(8)
        .raw([8, 4, 0x10, 0])
        .str2([0x66; 64])
        .zeroes(249);
    let reply = body().u8(0).raw(SESSION).u32(UIN).client(10).u16(4002);
    let reply = reply.u32(TIME).client(11).zeroes(42).str2(token());
    step(script, 0x0030, STEPS[0], login, STEPS[2], reply);
    let state = || body().u8(1).u8(0).u8(0x28);
    script.ask(0x00ec, state(), state());
    let folders = body().u8(1).u8(0).zeroes(8).u32(TIME).u16(1).u16(0).u16(2);
    let folders = folders.u32(FRIEND).u8(1).u8(4).u32(GROUP).u8(4).u8(0);
    script.ask(0x00eb, body().u8(1).zeroes(9).u16(0), folders);
    script.ask(0x0058, body().raw("12345678"), body().zeroes(17));
}

fn lists(script: &mut Script) {
    let folder = |id: u8, name: &str| body().u8(id).u8(id).str1(name);
    let names = body()
        .u8(0x1f)
        .u32(0xffff_ffff)
        .zeroes(3)
        .raw(folder(1, "同学").0);
    script.ask(0x0001, body().u8(0x1f).u8(1).u32(0), names);
    let friends = body().u16(0xffff).u32(FRIEND).u16(33).u8(20).u8(0xff);
    let friends = friends.str1("鲍勃").zeroes(32);
    script.ask(0x0126, body().u8(1).u8(0).u8(0).u8(2).u16(0).u8(0), friends);
    let remarks = body().u8(0x68).u8(0).u32(FRIEND).str1("Bob");
    script.ask(0x003e, body().u8(0x68).u8(0), remarks);
    let signatures = body().u8(0x83).u8(0).u32(0xffff_ffff).u32(FRIEND);
    let signatures = signatures.u32(TIME).str1("在图书馆");
    let request = body().u8(0x83).u8(0).u8(1).u32(FRIEND).u32(0);
    script.ask(0x0067, request, signatures);
    let level = body()
        .u8(0x88)
        .u32(UIN)
        .zeroes(3)
        .u16(32)
        .u16(1200)
        .zeroes(2);
    script.ask(0x005c, body().u8(0x88).u32(UIN).u8(0), level.u16(9));
    let states = body().u8(1).u32(UIN).u8(1).u32(FRIEND);
    script.ask(0x00b5, states, body().u8(1).zeroes(5));
    script.ask(0x00d4, body().u8(1).u32(UIN), body().u8(1).zeroes(5));
    let online = body().u8(0xff).u32(FRIEND).u8(0).peer(7).u16(4000).u8(0);
    let online = online.u8(0x0a).u16(0x1f57).fill(b'K', 16).zeroes(7);
    script.ask(0x0027, body().u8(2).u32(0), online);
}

/// Mark, time, font and blocks.
pub fn rich(blocks: Bytes) -> Bytes {
    let rich = body().raw(b"MSG\0\0\0\0\0").u32(TIME).u32(0xdead_beef);
    let rich = rich.raw([0, 0xff, 0x80, 0, 9, 0]).u16(0x8600).str2("宋体");
    rich.u16(0).raw(blocks.0)
}

/// A message between two users, from the version field on.
pub fn talk(from: u32, to: u32, version: u16, blocks: Bytes) -> Bytes {
    let talk = body()
        .u16(version)
        .u32(from)
        .u32(to)
        .raw(TRANSFER)
        .u16(0x0b);
    let talk = talk.u16(0x4ab6).u32(TIME).u16(0x0255).u32(1).u8(1).u8(0);
    talk.u16(0).u8(1).raw(rich(blocks).0)
}

pub fn text_block(text: &str) -> Bytes {
    body().tag(0x01, body().tag(0x01, body().raw(text)))
}

pub fn face_block(face: u8) -> Bytes {
    let face = body()
        .tag(0x01, body().u8(face))
        .tag(0xff, body().u8(0x14).u8(face + 65));
    body().tag(0x02, face)
}

fn image_block() -> Bytes {
    let image = body()
        .tag(0x02, body().raw("{0011}.jpg"))
        .tag(0x04, body().u32(77));
    let image = image.tag(0x05, body().server(12)).tag(0x06, body().u32(80));
    let image = image
        .tag(0x08, body().fill(0x31, 16))
        .tag(0x0a, body().fill(0x32, 16));
    let image = image.tag(0x15, body().u32(640)).tag(0x16, body().u32(480));
    body().tag(0x03, image.tag(0x18, body().u32(12_345)))
}

fn xml_block() -> Bytes {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::none());
    let xml = b"<?xml version='1.0'?><msg title='A page'/>";
    packed.write_all(xml).expect("memory");
    let packed = packed.finish().expect("memory");
    body().tag(0x14, body().tag(0x01, body().u8(1).raw(packed)))
}

fn messages(script: &mut Script) {
    let options = body().u32(8).u16(1).u16(4).u32(0);
    let blocks = text_block("你好 ").raw(face_block(14).0);
    let sent = body().u32(UIN).u32(FRIEND).raw(options.0);
    let sent = sent.raw(talk(UIN, FRIEND, 0x1f57, blocks).0);
    script.ask(0x00cd, sent, body().u8(0).u8(0));
    let pushed = |kind: u16| {
        let head = body().u32(FRIEND).u32(UIN).u32(0x0102_0304).server(9);
        head.u16(8000).u16(kind)
    };
    let options = pushed(0x00a6).counted(body().u16(1).u16(4).u32(0));
    let blocks = text_block("look: ").raw(image_block().0).raw(xml_block().0);
    let received = options.raw(talk(FRIEND, UIN, 0x1f57, blocks).0);
    script.push_and_receipt(0x00ce, received);
    script.push_and_receipt(0x0017, pushed(0x0079).zeroes(6));
}

fn groups(script: &mut Script) {
    let about = body().u32(GROUP_NUMBER).zeroes(3).u8(3).u8(1).zeroes(4);
    let about = about
        .u32(UIN)
        .u8(2)
        .u32(27)
        .u16(200)
        .str1("同学会")
        .zeroes(4);
    let about = body().u8(0x72).u8(0).u32(GROUP).raw(about.0);
    script.ask(0x0002, body().u8(0x72).u32(GROUP).u32(0), about);
    let message = body().u16(1).u8(1).u8(0).u16(0x52).zeroes(4);
    let message = message.raw(rich(text_block("大家好")).0);
    let send = body().u8(0x2a).u32(GROUP).counted(message);
    script.ask(0x0002, send, body().u8(0x2a).u8(0).u32(GROUP));
    let members = body().u8(0x0c).u32(GROUP).u32(FRIEND).u32(OTHER);
    script.ask(0x0002, members, body().u8(0x0c).u8(0x0a));
    let received = body().u32(GROUP).u32(UIN).u32(0x0102_0306).server(9);
    let received = received.u16(8000).u16(0x0052).zeroes(4).u32(GROUP_NUMBER);
    let received = received
        .u8(1)
        .u32(FRIEND)
        .u16(0)
        .u16(78)
        .u32(TIME)
        .zeroes(8);
    let blocks = text_block("hi all");
    script.push_and_receipt(0x0017, received.raw(rich(blocks).0));
}
