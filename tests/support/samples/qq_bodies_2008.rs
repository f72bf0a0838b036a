//! QQ2008: the login by token.

use super::bytes::{body, gbk, Bytes};
use super::qq_script::{Script, CLEAR, PASSWORD, SESSION, STEPS, TIME, TWICE, UIN};
use crate::qq_tea::encrypt;

pub fn script() -> Script {
    let mut script = Script::new(0x115b, 0, 4001);
    servers(&mut script);
    captcha(&mut script);
    password(&mut script);
    log_in(&mut script);
    // The server refuses one of two removals.
    script.ask(0x000a, body().raw("34567890"), body().u8(0));
    script.ask(0x000a, body().raw("23456789"), body().u8(1));
    script.up(0x0001, SESSION, body().raw(TWICE)).sequence = 0xffff;
    script
}

/// The client's redirects so far.
pub fn redirects(count: u16) -> Bytes {
    let times = count as u8;
    let head = body().u16(count).u8(times).u32(2).u32(0);
    if count == 0 {
        head.u32(0)
    } else {
        head.server(8)
    }
}

fn servers(script: &mut Script) {
    script.clear(0x0091, redirects(0));
    let other = body().u16(1).u8(1).u32(2).u32(0).server(9);
    script.down(0x0091, CLEAR, other);
    script.clear(0x0091, redirects(1));
    script.down(0x0091, CLEAR, body().u16(0));
}

fn captcha(script: &mut Script) {
    let ask = body().str1([b'T'; 24]).u8(3).u16(5).u32(0);
    script.clear(0x00ba, ask.u8(0).str2([b'i'; 16]));
    let picture = body().u8(3).u16(5).u8(1).str2([b'i'; 16]);
    let picture = picture.str2(b"\x89PNG, all of it").u8(0).u8(0).str2("");
    script.down(0x00ba, CLEAR, picture);
    let code = body().str1([b'T'; 24]).u8(4).u16(5).u32(0);
    script.clear(0x00ba, code.str2("ABCD").str2([b'i'; 16]));
    script.down(0x00ba, CLEAR, body().u8(4).u16(5).u8(0).str2([b'T'; 32]));
}

fn password(script: &mut Script) {
    let proof = body().raw(PASSWORD).zeroes(2).raw([0x12, 0x34]);
    let random = body().fill(0x5a, 16).u32(0x1234_5678);
    let verify = body().u16(100).u32(0x0804).u16(480).str1([b'T'; 24]);
    let verify = verify.str2(encrypt(&TWICE, &proof.0)).counted(random);
    let verify = verify.u16(3).zeroes(3);
    script.clear(0x00dd, verify.clone());
    let refused = body().u16(20).u8(0x34).u32(0x5a5a_5a5a).str2("").str2("");
    script.down(0x00dd, CLEAR, refused.str2(gbk("密码错误")));
    script.clear(0x00dd, verify);
    let ok = body().u16(120).u8(0).u32(0x5a5a_5a5a).str2("").str2("");
    let ok = ok.str2([b'L'; 56]).raw(STEPS[0]).zeroes(4);
    script.down(0x00dd, TWICE, ok);
}

fn log_in(script: &mut Script) {
    let report = body().u8(1).u32(0x1111_1111).str2([0x66; 16]).zeroes(297);
    let login = body().zeroes(2).str2(encrypt(&TWICE, &[0x77; 16]));
    let login = login.raw(encrypt(&TWICE, b"")).u8(0).client(10).u16(4001);
    let login = login.u32(0x0a05).zeroes(4).u32(0x0804).fill(0x55, 16);
    let login = login
        .u8(0x3c)
        .u8(0x28)
        .u16(1)
        .u32(0)
        .u32(0)
        .raw(redirects(0).0);
    let login = login.fill(0x66, 16).str1([b'T'; 24]).u16(0).str2([0; 6]);
    let step = script.up(0x0022, STEPS[0], login.counted(report));
    step.clear = body().str2([b'L'; 56]).0;
    let ok = body().u8(0).raw(SESSION).u32(UIN).client(10).u16(4001);
    let ok = ok.server(9).u16(8000).u32(TIME).u16(0x030a).fill(b'T', 24);
    let ok = ok.server(7).u16(8000).server(8).u16(443).zeroes(4);
    let ok = ok.fill(b'C', 32).zeroes(12).client(9).u32(TIME - 86_400);
    script.down(0x0022, TWICE, ok.zeroes(8));
    let reply = body().u8(0).u32(30_000_000).client(10).u16(4001);
    let reply = reply.u16(60).u32(TIME + 60).zeroes(5);
    script.ask(0x0002, body().u32(UIN).u32(TIME), reply);
}
