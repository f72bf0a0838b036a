//! QQ2006: login by key, and a session with friends, messages and files.

use imshark::oicq::crypto::keys::Key;

use super::bytes::{body, gbk, Bytes};
use super::qq_bodies_friends;
use super::qq_script::{
    Script, CLEAR, FRIEND, GROUP, OTHER, SESSION, STEPS, TIME, TRANSFER, TWICE, UIN,
};
use crate::qq_tea::encrypt;

pub fn script() -> Script {
    let mut script = Script::new(0x0f5f, 0, 4000);
    log_in(&mut script);
    keep_alive(&mut script);
    messages(&mut script);
    pushes(&mut script);
    files(&mut script);
    qq_bodies_friends::add(&mut script);
    script.up(0x0001, SESSION, body().raw(TWICE)).sequence = 0xffff;
    let group_data = body().u8(1).u32(GROUP).fill(7, 4);
    script.up(0x005f, SESSION, group_data).sequence = 0x0100;
    script
}

fn log_in(script: &mut Script) {
    script.plain(true, 0x0062, body().u8(0));
    script.plain(false, 0x0062, body().u8(0).str1([b'T'; 24]));
    let captcha = body().u8(1).u16(5).u32(0);
    script.clear(0x00ba, captcha);
    let picture = body().u8(1).u16(5).u8(1).str2([b'i'; 16]);
    let picture = picture
        .str2(b"\x89PNG, the first part")
        .u8(0)
        .u8(1)
        .str2("n#x~");
    script.down(0x00ba, CLEAR, picture);
    let code = body().u8(2).u16(5).u32(0).str2("ABCD").str2([b'i'; 16]);
    script.clear(0x00ba, code);
    script.down(0x00ba, CLEAR, body().u8(2).u16(5).u8(0).str2("t0k~n"));
    let check = body().raw(encrypt(&TWICE, b"")).zeroes(2).str1([b'T'; 24]);
    let key = Key::of_check(&CLEAR, 0x0f5f, UIN);
    let step = script.up(0x0018, *key.bytes(), check.u16(0x0190).zeroes(8));
    step.clear = CLEAR.to_vec();
    let login = || {
        let login = body().raw(encrypt(&TWICE, b"")).zeroes(7).fill(0x11, 29);
        let login = login.u8(0x0a).fill(0x22, 16).str1([b'T'; 24]);
        login.fill(0x33, 100).zeroes(222)
    };
    // A redirect in either form, a refusal, and a success.
    script.clear(0x0022, login());
    let redirect = body().u8(0x01).u32(UIN).server(5).u16(8000);
    script.down(0x0022, CLEAR, redirect);
    script.clear(0x0022, login());
    let elsewhere = body().u8(0x0a).u32(UIN).raw([1, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
    script.down(0x0022, CLEAR, elsewhere.server(6));
    script.clear(0x0022, login());
    let refused = body().u8(0x05).raw(gbk("密码错误"));
    script.down(0x0022, CLEAR, refused);
    script.clear(0x0022, login());
    let ok = body().u8(0).raw(SESSION).u32(UIN).client(10).u16(4000);
    let ok = ok.server(9).u16(8000).u32(TIME).u16(0x030a).fill(b'T', 24);
    let ok = ok.server(7).u16(8000).server(8).u16(443).zeroes(8);
    let ok = ok.fill(b'C', 32).zeroes(12).client(9).u32(TIME - 86_400);
    script.down(0x0022, TWICE, ok.zeroes(8));
}

fn keep_alive(script: &mut Script) {
    let reply = body().u8(0).u32(1_000_000).client(10).u16(4000);
    let reply = reply.u16(60).u32(TIME + 60).zeroes(5);
    script.ask(0x0002, body().raw("12345678"), reply.clone());
    let text = body().raw("0\x1f0\x1f1000001\x1f192.0.2.10\x1f4000\x1f60");
    script.ask(0x0002, body().u32(UIN), text);
    script.ask(0x0002, body().u32(UIN).u32(TIME), reply);
    script.ask(0x000d, body().u8(0x1e).u32(1), body().u8(0x30));
    let state = body().u8(0x32).u16(0x04d1).zeroes(6).str2(gbk("开会"));
    script.ask(0x000d, state, body().u8(0x30));
}

/// The head of a message between two users.
fn head(from: u32, to: u32, kind: u16) -> Bytes {
    let head = body().u16(0x0f5f).u32(from).u32(to).raw(TRANSFER);
    head.u16(kind).u16(7).u32(TIME).u16(33)
}

fn text(head: Bytes, text: &[u8], style: u8) -> Bytes {
    let head = head.u32(1).u8(1).u8(0).u16(0x42).u8(1).raw(text).u8(b' ');
    let font = body().u8(0).u8(style).raw([0, 0x80, 0xff, 0]).u16(0x8602);
    let font = font.raw(gbk("宋体"));
    let length = font.0.len() as u8 + 1;
    head.raw(font.0).u8(length)
}

fn messages(script: &mut Script) {
    let sent = text(head(UIN, FRIEND, 0x000b), b"hello \x14\x4f", 0x2a);
    let sent = body().u32(UIN).u32(FRIEND).raw(sent.0);
    script.ask(0x0016, sent, body().u8(0));
    let received = text(head(FRIEND, UIN, 0x000b), &gbk("你好"), 0x0a);
    script.push_and_receipt(0x0017, push(0x0009).raw(received.0));
    let extended = head(FRIEND, UIN, 0x000b).u32(1).zeroes(8).u8(2).u8(0);
    let extended = extended.u16(0x43).u8(2).raw("first of two");
    script.push_and_receipt(0x0017, push(0x0084).raw(extended.0));
    let shake = head(FRIEND, UIN, 0x00af).zeroes(4);
    script.push_and_receipt(0x0017, push(0x0009).raw(shake.0));
    let font = body()
        .raw("hi ")
        .raw([0, 10, 0, 0, 0, 0])
        .u16(0x8602)
        .raw("A")
        .u8(10);
    let temporary = body()
        .u8(1)
        .u32(OTHER)
        .zeroes(4)
        .str1("bob")
        .str1("example.org");
    let temporary = temporary.u8(1).zeroes(4).counted(font.clone());
    let answer = body().u8(1).u32(OTHER).u8(0).str1("sent");
    script.ask(0x0066, temporary, answer);
    let received = body()
        .u32(OTHER)
        .zeroes(4)
        .str1("bob")
        .str1("example.org")
        .u8(0);
    let received = received.u32(TIME).counted(font).zeroes(4);
    script.push_and_receipt(0x0017, push(0x001f).raw(received.0));
}

/// The beginning of a push.
fn push(kind: u16) -> Bytes {
    let head = body().u32(FRIEND).u32(UIN).u32(0x0102_0304).peer(7);
    head.u16(4000).u16(kind)
}

fn pushes(script: &mut Script) {
    let sms = body().u8(0).u32(FRIEND).u16(33).fixed("bob", 13).u8(0x4d);
    script.push_and_receipt(0x0017, push(0x000b).raw(sms.fixed("call me", 160).0));
    let sms = body().u8(0).fixed("555-0100", 20).fixed("call me", 160);
    script.push_and_receipt(0x0017, push(0x000c).raw(sms.0));
    let news = body()
        .str1("Title")
        .str1("Text")
        .str1("http://example.org/");
    let news = push(0x0018).u16(0x0100).counted(news);
    script.push_and_receipt(0x0017, news);
    let property = push(0x001e).u32(FRIEND).u32(0x4000_0000).zeroes(16);
    script.push_and_receipt(0x0017, property);
    let kicked = push(0x0030).u8(1).str1(gbk("您的号码在另一地点登录"));
    script.push_and_receipt(0x0017, kicked);
    let signature = push(0x0041).u32(FRIEND).u32(TIME).str1(gbk("忙"));
    script.push_and_receipt(0x0017, signature);
    let face = push(0x0049).u8(1).u32(FRIEND).u32(TIME).fill(0x5a, 16);
    script.push_and_receipt(0x0017, face);
    let state = body().u32(FRIEND).u8(0).peer(7).u16(4000).u8(0).u8(0x1e);
    let state = state.u16(0x0f5f).fill(b'K', 16).u32(0x86).u32(UIN);
    script.push_down(0x0081, state.clone().zeroes(3));
    let state = state.zeroes(9).str2(gbk("吃饭"));
    script.push_down(0x0081, state);
    let added = |code: &str| body().raw(format!("{code}\x1f{FRIEND}\x1f{UIN}\x1f"));
    let messages = [
        added("40").str1([b'T'; 24]).str2("00112233"),
        added("41").str1("hello").u8(1).str2("00112233"),
        added("03").raw("0\x1f").str2("00112233"),
        added("43").str1("welcome").u8(1).str2("00112233"),
        added("06").raw(gbk("系统广播")),
    ];
    for message in messages {
        let receipt: Vec<u8> = message.0[..2].to_vec();
        script.push_down(0x0080, message);
        let receipt = body().raw(receipt).raw(format!("\x1e{FRIEND}\x1e11010"));
        script.up(0x0012, SESSION, receipt).sequence = 0;
    }
}

fn files(script: &mut Script) {
    let addresses = |kind: u8, mode: u8| {
        let body = body().zeroes(15).u8(kind).u8(mode).peer(7).u16(4000);
        let body = if mode == 3 { body } else { body.u16(8000) };
        body.client(10).u16(4000)
    };
    let offer = addresses(0x65, 0).raw(b" \x1fholiday.jpg\x1f12345 bytes");
    let offer = head(UIN, FRIEND, 0x0035).raw(offer.0);
    let offer = body().u32(UIN).u32(FRIEND).raw(offer.0);
    script.ask(0x0016, offer, body().u8(0));
    let accepted = head(FRIEND, UIN, 0x0037).raw(addresses(0x65, 3).0);
    script.push_and_receipt(0x0017, push(0x0009).raw(accepted.0));
    let rejected = head(FRIEND, UIN, 0x0039).zeroes(16);
    script.push_and_receipt(0x0017, push(0x0009).raw(rejected.0));
    let keys = body()
        .u8(4)
        .u8(0)
        .raw(STEPS[0])
        .zeroes(12)
        .str1("a~g#t")
        .zeroes(4);
    script.ask(0x001d, body().u8(4), keys);
    let password = body().raw("password\x1fpassword\x1falice\x1fexample.org\x1f");
    script.ask(0x0004, password, body().raw("12345678"));
}
