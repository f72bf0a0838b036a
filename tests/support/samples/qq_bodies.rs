//! Bodies of every type, decrypted with the user's password, or without any key of the user.

use imshark::oicq::keystore::keyring::SecretKind;

use super::bytes::body;
use super::qq_bodies_2010::talk;
use super::qq_script::{Script, CLEAR, FRIEND, SESSION, UIN};
use super::{
    qq_bodies_2006, qq_bodies_2008, qq_bodies_2010, qq_bodies_2012, qq_bodies_2013,
    qq_bodies_unfit, qq_pieces,
};
use crate::capture::Capture;

fn capture(script: &Script) -> Capture {
    let mut capture = Capture::new();
    capture.secrets.row(UIN, SecretKind::Password, "password");
    script.capture(&mut capture);
    capture
}

pub fn of_2006() -> Capture {
    capture(&qq_bodies_2006::script())
}

pub fn of_2008() -> Capture {
    capture(&qq_bodies_2008::script())
}

pub fn of_2010() -> Capture {
    capture(&qq_bodies_2010::script())
}

pub fn of_2013() -> Capture {
    capture(&qq_bodies_2013::script())
}

/// With the session key, for all scripts without a login.
fn session(scripts: &[Script]) -> Capture {
    let mut capture = Capture::new();
    let digits: String = SESSION.iter().map(|byte| format!("{byte:02x}")).collect();
    capture.secrets.row(UIN, SecretKind::SessionKey, &digits);
    for script in scripts {
        script.capture(&mut capture);
    }
    capture
}

pub fn of_2012() -> Capture {
    session(&[qq_bodies_2012::script()])
}

pub fn of_tim() -> Capture {
    session(&[qq_bodies_2012::tim_script()])
}

/// Messages and pictures in several frames.
pub fn in_pieces() -> Capture {
    session(&[
        qq_pieces::script_of_2006(),
        qq_pieces::script_of_2009(),
        qq_pieces::script_of_2008(),
    ])
}

/// Bodies that no layout fits.
pub fn unfit() -> Capture {
    let clients = [
        (0x3037, 4008),
        (0x3803, 4009),
        (0x3949, 4010),
        (0x2a01, 4011),
        (0x2227, 4012),
    ];
    session(&clients.map(|(version, port)| qq_bodies_unfit::script(version, port)))
}

/// The keys of this login are all in its packets or published.
pub fn by_qr_code() -> Capture {
    let mut capture = Capture::new();
    qq_bodies_2013::qr_script().capture(&mut capture);
    capture
}

/// Malformed bodies.
pub fn odd() -> Capture {
    let mut script = Script::new(0x3420, 0x66a7, 4005);
    let wrong_length = body().tlv(0x0310, body().server(9)).u16(0x0112).u16(0x38);
    script.clear(0x0825, wrong_length.u8(1)).block = 3;
    let padded = body().u8(0).tlv(0x0310, body().server(9)).zeroes(12);
    script.down(0x0825, CLEAR, padded);
    script.push_down(0x0081, body().u32(FRIEND).u8(1).zeroes(7).u8(0x64));
    script.ask(0x0002, body().u8(0x99), body().u8(0x72).u8(0x05));
    script.ask(0x0125, body().fill(0x25, 20), body().fill(0x26, 25));
    script.ask(0x00cd, body(), body().u8(0x11));
    script.push_down(
        0x0017,
        body()
            .u32(FRIEND)
            .u32(UIN)
            .u32(1)
            .server(9)
            .u16(8000)
            .u16(0xfff0),
    );
    let long = body()
        .u32(FRIEND)
        .u32(UIN)
        .u32(1)
        .server(9)
        .u16(8000)
        .u16(0x0018);
    let long = long.u16(0x0400).u16(0xffff).raw("cut");
    script.push_down(0x0017, long);
    // Invalid Protocol Buffers and invalid XML.
    let garbage = body()
        .u32(3)
        .u32(5)
        .raw([0xff; 3])
        .raw([0x0a, 0xff, 0xff, 0xff, 0xff]);
    script.ask(0x0319, garbage, body().u32(9).u32(0xffff_ffff).u8(1));
    let xml = body().tag(0x14, body().tag(0x01, body().u8(1).raw(b"no zlib")));
    let head = body()
        .u32(FRIEND)
        .u32(UIN)
        .u32(1)
        .server(9)
        .u16(8000)
        .u16(0x00a6);
    let message = talk(FRIEND, UIN, 0x3420, xml);
    script.push_down(0x0017, head.counted(body()).raw(message.0));
    session(&[script])
}
