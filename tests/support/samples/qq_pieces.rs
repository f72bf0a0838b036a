//! Messages in fragments and captchas in parts: in order, out of order, repeated, lost.

use super::bytes::{body, gbk, Bytes};
use super::p2p_packets::PNG;
use super::qq_bodies_2010::{face_block, rich, text_block};
use super::qq_script::{
    Script, CLEAR, FRIEND, GROUP, GROUP_NUMBER, OTHER, SESSION, TIME, TRANSFER, UIN,
};

/// QQ2006: fragments of text.
pub fn script_of_2006() -> Script {
    let mut script = Script::new(0x0f5f, 0, 4020);
    sent(&mut script);
    received(&mut script);
    to_group(&mut script);
    script
}

/// QQ2009: each fragment has blocks of its own.
pub fn script_of_2009() -> Script {
    let mut script = Script::new(0x1957, 0x5f0f, 4021);
    let part = |number: u8, id: u16, blocks: Bytes| {
        let part = body().u32(UIN).u32(FRIEND).u32(8).u16(1).u16(4).u32(0);
        let part = part.u16(0x1957).u32(UIN).u32(FRIEND).raw(TRANSFER);
        let part = part.u16(0x0b).u16(0x4ab6).u32(TIME).u16(0x0255).u32(1);
        part.u8(2).u8(number).u16(id).u8(1).raw(rich(blocks).0)
    };
    let first = part(0, 0x61, text_block("两个"));
    let last = text_block("部分").0;
    let last = part(1, 0x61, body().raw(last).raw(face_block(14).0));
    script.ask(0x00cd, first, body().u8(0).u8(0));
    script.ask(0x00cd, last, body().u8(0).u8(0));
    script
}

/// Offset of the reply type in a classic message.
const REPLY_TYPE: usize = 44;

/// QQ2008: two captchas. A reply with a part of the first is captured twice; of the second, a
/// part is lost.
pub fn script_of_2008() -> Script {
    let mut script = Script::new(0x115b, 0, 4022);
    let (first, last) = PNG.split_at(40);
    let ask = |script: &mut Script, number: u8| {
        let ask = body().str1([b'T'; 24]).u8(3).u16(5).u32(0).u8(number);
        script.clear(0x00ba, ask.str2([b'i'; 16]));
    };
    let answer = |script: &mut Script, part: &[u8], number: u8, next: u8| {
        let answer = body().u8(3).u16(5).u8(1).str2([b'i'; 16]).str2(part);
        script.down(0x00ba, CLEAR, answer.u8(number).u8(next).str2([b'i'; 16]));
    };
    ask(&mut script, 0);
    answer(&mut script, first, 0, 1);
    let again = script.steps.last().expect("a step").clone();
    script.steps.push(again);
    ask(&mut script, 1);
    answer(&mut script, last, 1, 0);
    ask(&mut script, 0);
    answer(&mut script, &first[..30], 0, 1);
    ask(&mut script, 2);
    answer(&mut script, last, 2, 0);
    script
}

/// The end of a text.
fn font(text: Bytes) -> Bytes {
    let font = body().raw([0, 10, 0, 0, 0, 0]).u16(0x8602);
    text.u8(b' ').raw(font.raw(gbk("宋体")).u8(13).0)
}

/// Fragment `number` of `count` of a message, without its font.
fn part(ends: [u32; 2], number: u8, count: u8, id: u16, text: &[u8]) -> Bytes {
    let head = body().u16(0x0f5f).u32(ends[0]).u32(ends[1]).raw(TRANSFER);
    let head = head.u16(0x000b).u16(7).u32(TIME).u16(33).u32(1);
    head.u8(count).u8(number).u16(id).u8(1).raw(text)
}

/// A character is cut in two. The client sends the first fragment again.
fn sent(script: &mut Script) {
    let text = gbk("一个字在两个部分里");
    let (first, last) = text.split_at(7);
    let send = |part: Bytes| body().u32(UIN).u32(FRIEND).raw(part.0);
    let first = send(part([UIN, FRIEND], 0, 2, 0x0101, first));
    script.up(0x0016, SESSION, first);
    let again = script.steps.last().expect("a step").clone();
    script.steps.push(again);
    script.down(0x0016, SESSION, body().u8(0));
    let last = send(font(part([UIN, FRIEND], 1, 2, 0x0101, last)));
    script.ask(0x0016, last, body().u8(0));
    // The ID is used again. The first fragment is lost.
    let last = send(font(part([UIN, FRIEND], 1, 2, 0x0101, b"only the end")));
    script.ask(0x0016, last, body().u8(0));
}

fn push(from: u32, kind: u16, part: Bytes) -> Bytes {
    let head = body().u32(from).u32(UIN).u32(0x0102_0304).peer(7);
    head.u16(4000).u16(kind).raw(part.0)
}

/// Two friends at once, with the same ID; one in three fragments out of order, one with a
/// classic emoticon cut in two.
fn received(script: &mut Script) {
    let of = |from: u32, number: u8, count: u8, text: &[u8]| {
        let part = part([from, UIN], number, count, 0x0102, text);
        let is_last = number + 1 == count;
        push(from, 0x0009, if is_last { font(part) } else { part })
    };
    for part in [
        of(FRIEND, 2, 3, b"three"),
        of(OTHER, 0, 2, b"smile \x14"),
        of(FRIEND, 0, 3, b"one, "),
        of(OTHER, 1, 2, b"\x4f!"),
        of(FRIEND, 1, 3, b"two, "),
    ] {
        script.push_and_receipt(0x0017, part);
    }
    // Captured twice, and a fragment that stays alone.
    let again = script.steps[script.steps.len() - 2].clone();
    script.steps.push(again);
    script.push_and_receipt(0x0017, of(FRIEND, 0, 2, b"never ended"));
    // An automatic reply in one part.
    let mut answer = font(part([FRIEND, UIN], 0, 1, 0x0104, b"back soon"));
    answer.0[REPLY_TYPE] = 2;
    script.push_and_receipt(0x0017, push(FRIEND, 0x0009, answer));
}

fn to_group(script: &mut Script) {
    let of = |number: u8, text: Bytes| {
        let text = if number == 1 { font(text) } else { text };
        let head = body().u16(1).u8(2).u8(number).u16(0x0103).zeroes(4);
        head.raw(text.0)
    };
    let parts = [of(0, body().raw("to ")), of(1, body().raw("all"))];
    for part in &parts {
        let send = body().u8(0x1a).u32(GROUP).counted(part.clone());
        script.ask(0x0030, send, body().u8(0x1a).u8(0).u32(GROUP));
    }
    for (number, part) in (77..).zip(parts) {
        let head = body().u32(GROUP_NUMBER).u8(1).u32(FRIEND).u16(0);
        let message = head.u16(number).u32(TIME).u32(12).counted(part);
        script.push_and_receipt(0x0017, push(GROUP, 0x002b, message));
    }
}
