//! QQ from 2000 to 2024: both headers, every block, every format of a body.

use super::oicq_frames::{key, key_exchange, repeated, tagged_token, token, Client, Family};
use super::{client, qq_server, SplitMix64};
use crate::capture::{Capture, Endpoint};

/// The version of servers until about 2006.
const SERVER: u16 = 0x0100;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    qq2006(&mut capture);
    qq2008(&mut capture);
    first_versions(&mut capture);
    qq2010(&mut capture);
    qq2013(&mut capture);
    later_logins(&mut capture);
    later_sessions(&mut capture);
    probes(&mut capture);
    unknown(&mut capture);
    game(&mut capture);
    media(&mut capture);
    capture
}

/// A request and the server's reply.
fn exchange(capture: &mut Capture, host: u8, request: &[u8], reply: &[u8]) {
    up(capture, host, request);
    down(capture, host, reply);
}

fn address(host: u8) -> Endpoint {
    client(host, 4000)
}

fn up(capture: &mut Capture, host: u8, frame: &[u8]) {
    capture.udp(address(host), qq_server(8, 8000), frame);
}

fn down(capture: &mut Capture, host: u8, frame: &[u8]) {
    capture.udp(qq_server(8, 8000), address(host), frame);
}

/// QQ2006: the server has a version of its own, and no QQ number in its frames.
fn qq2006(capture: &mut Capture) {
    let qq = Client::new(0x0f5f, 0);
    let token_request = qq.classic(0x0062, 0x1a01, &[0], 0);
    assert_eq!(token_request.len(), 13);
    let clear = [&[0, 0x18][..], b"ABCDEFGHIJKLMNOPQRSTUVWX"].concat();
    let mut token_reply = qq.classic_reply(SERVER, 0x0062, 0x1a01, 0);
    token_reply.splice(7..7, clear);
    assert_eq!(token_reply.len(), 34);
    exchange(capture, 60, &token_request, &token_reply);
    let login = qq.classic(0x0022, 0x1a02, &key(3), 432);
    assert_eq!(login.len(), 460);
    exchange(
        capture,
        60,
        &login,
        &qq.classic_reply(SERVER, 0x0022, 0x1a02, 160),
    );
    for (command, sequence, request, reply) in [
        (0x0026, 0x1a03, 16, 520),
        (0x0002, 0x1a04, 24, 32),
        (0x0016, 0x1a05, 88, 16),
        (0x0058, 0x1a06, 24, 64),
        (0x0030, 0x1a07, 16, 48),
    ] {
        let reply = qq.classic_reply(SERVER, command, sequence, reply);
        exchange(
            capture,
            60,
            &qq.classic(command, sequence, &[], request),
            &reply,
        );
    }
    down(capture, 60, &qq.classic_reply(SERVER, 0x0017, 0x2b01, 96));
    up(capture, 60, &qq.classic(0x0017, 0x2b01, &[], 32));
    down(capture, 60, &qq.classic_reply(SERVER, 0x0080, 0x2b02, 40));
    up(capture, 60, &qq.classic(0x0012, 0x0000, &[], 24));
    for _ in 0..4 {
        up(capture, 60, &qq.classic(0x0001, 0xffff, &[], 32));
    }
    let beta = Client::new(0x0f4b, 0);
    let check = beta.classic(0x0018, 0x0301, &key(4), 456);
    exchange(
        capture,
        61,
        &check,
        &beta.classic_reply(SERVER, 0x0018, 0x0301, 40),
    );
}

/// QQ2008: the server repeats the client's version; the login carries a token.
fn qq2008(capture: &mut Capture) {
    let qq = Client::new(0x115b, 0);
    let keyed = [
        (0x0091, 0x2aa8, 32, 16),
        (0x00ba, 0x2aa9, 64, 48),
        (0x00dd, 0x2aaa, 112, 168),
    ];
    for (command, sequence, request, reply) in keyed {
        let request = qq.classic(command, sequence, &key(command.into()), request);
        let reply = qq.classic_reply(qq.version, command, sequence, reply);
        exchange(capture, 62, &request, &reply);
    }
    let login = qq.classic(0x0022, 0x2aab, &token(0x48), 640);
    exchange(
        capture,
        62,
        &login,
        &qq.classic_reply(qq.version, 0x0022, 0x2aab, 184),
    );
    let alive = qq.classic(0x0002, 0x2aac, &[], 24);
    exchange(
        capture,
        62,
        &alive,
        &qq.classic_reply(qq.version, 0x0002, 0x2aac, 40),
    );
}

fn first_versions(capture: &mut Capture) {
    let qq2000 = Client::new(0x062e, 0).uin(10_001);
    let alive = qq2000.classic(0x0002, 0x0004, &[], 16);
    exchange(
        capture,
        63,
        &alive,
        &qq2000.classic_reply(SERVER, 0x0002, 0x0004, 16),
    );
    let qq2003 = Client::new(0x0a1d, 0).uin(10_002);
    let login = qq2003.classic(0x0022, 0x0101, &key(5), 80);
    exchange(
        capture,
        64,
        &login,
        &qq2003.classic_reply(SERVER, 0x0022, 0x0101, 32),
    );
}

/// QQ2009 to QQ2011: the long header, logins with keys and tokens.
fn qq2010(capture: &mut Capture) {
    let qq = Client::new(0x1f57, 0x6448);
    for (command, sequence, secret, reply) in [
        (0x0091, 0x3c02, 48, 104),
        (0x00ba, 0x3c03, 104, 88),
        (0x00dd, 0x3c04, 640, 232),
    ] {
        let request = qq.long(2, command, sequence, &key(command.into()), secret);
        exchange(capture, 65, &request, &qq.reply(command, sequence, reply));
    }
    let qq = Client::new(0x2227, 0x6470);
    for (command, sequence, secret, reply) in [
        (0x00de, 0x3d01, 256, 96),
        (0x00e5, 0x3d02, 288, 368),
        (0x00e3, 0x3d03, 216, 40),
        (0x0030, 0x3d04, 744, 168),
    ] {
        let request = qq.long(2, command, sequence, &token(0x38), secret);
        exchange(capture, 66, &request, &qq.reply(command, sequence, reply));
    }
    for (command, sequence) in [(0x00eb, 0x3d05), (0x00cd, 0x3d06)] {
        let request = qq.long(2, command, sequence, &[], 24);
        exchange(capture, 66, &request, &qq.reply(command, sequence, 48));
    }
}

/// 2013: logins without and with the key exchange, captcha.
fn qq2013(capture: &mut Capture) {
    let qq = Client::new(0x3241, 0x6628);
    let login = qq.long(3, 0x0826, 0x4001, &key(6), 456);
    assert_eq!(login.len(), 499);
    exchange(capture, 67, &login, &qq.reply(0x0826, 0x4001, 728));
    let session = qq.long(2, 0x0828, 0x4002, &tagged_token(), 472);
    exchange(capture, 67, &session, &qq.reply(0x0828, 0x4002, 384));
    let qq = Client::new(0x344b, 0x66a2);
    let login = qq.long(3, 0x0836, 0x4003, &key_exchange(0x0001, 0x0103), 544);
    assert_eq!(login.len(), 622);
    exchange(capture, 67, &login, &qq.reply(0x0836, 0x4003, 840));
    let captcha = qq.long(3, 0x00ba, 0x4004, &key(7), 208);
    exchange(capture, 67, &captcha, &qq.reply(0x00ba, 0x4004, 120));
}

/// Logins by QR code, by e-mail address, of TIM, with the server's public key.
fn later_logins(capture: &mut Capture) {
    let qq = Client::new(0x3b41, 0x6a9c).uin(0);
    let picture = qq.long(3, 0x0818, 0x4101, &key(8), 128);
    exchange(capture, 68, &picture, &qq.reply(0x0818, 0x4101, 264));
    let poll = qq.long(3, 0x0819, 0x4102, &tagged_token(), 88);
    exchange(capture, 68, &poll, &qq.reply(0x0819, 0x4102, 16));
    let touch = qq.long(3, 0x0825, 0x4103, &key(9), 120);
    exchange(capture, 68, &touch, &qq.reply(0x0825, 0x4103, 104));
    let qq = qq.uin(2_345_678_901);
    let login = qq.long(3, 0x0836, 0x4104, &key_exchange(0x0002, 0x0103), 632);
    let mut answer = qq.reply(0x0836, 0x4104, 816);
    let server_key = [&[0x01, 0x03][..], &token(0x19)].concat();
    answer.splice(14..14, server_key);
    exchange(capture, 68, &login, &answer);
    let login_help = qq.long(3, 0x0839, 0x4105, &tagged_token(), 80);
    exchange(capture, 68, &login_help, &qq.reply(0x0839, 0x4105, 56));
    let mut tim = Client::new(0x3713, 0x6852);
    tim.family = Family::Tim;
    let alive = tim.long(3, 0x0058, 0x4201, &[], 16);
    exchange(capture, 69, &alive, &tim.reply(0x0058, 0x4201, 16));
    let operation = Client::new(0x3949, 0x69b2).long(3, 0x0827, 0x4202, &tagged_token(), 192);
    assert_eq!(operation.len(), 281);
    up(capture, 70, &operation);
}

/// A token after the block, Protocol Buffers, an invalid version, retransmissions.
fn later_sessions(capture: &mut Capture) {
    let qq = Client::new(0x3624, 0x6792);
    let remark = qq.with_token(0x003e, 0x0301, 0x30, 16);
    assert_eq!(remark.len(), 89);
    exchange(capture, 71, &remark, &qq.reply(0x003e, 0x0301, 32));
    let like = qq.long(4, 0x03e3, 0x0302, &[], 56);
    exchange(
        capture,
        71,
        &like,
        &qq.flagged_reply(0x3624, 0x03e3, 0x0302, [0, 4, 0], 24),
    );
    let group = qq.long(2, 0x0002, 0x0303, &[], 24);
    exchange(
        capture,
        71,
        &group,
        &qq.flagged_reply(0x3624, 0x0002, 0x0303, [0, 0x20, 0], 64),
    );
    let unanswered = qq.long(2, 0x01b6, 0x0304, &[], 40);
    for count in 0..=2 {
        up(capture, 71, &repeated(&unanswered, count));
    }
    down(capture, 71, &qq.reply(0x01b6, 0x0304, 24));
    let qq = Client::new(0x3949, 0x69b2);
    let request = qq.long(2, 0x00b9, 0x0401, &[], 24);
    exchange(
        capture,
        72,
        &request,
        &qq.flagged_reply(0x69b2, 0x00b9, 0x0401, [0; 3], 48),
    );
}

/// Probes come from any port and are never answered.
fn probes(capture: &mut Capture) {
    for (qq, port, secret) in [
        (Client::new(0x3a2d, 0x6a2a), 51_775, 24),
        (Client::new(0x3b0b, 0x6a64), 50_719, 32),
    ] {
        let probe = qq.probe(0x0d00, secret);
        capture.udp(client(73, port), qq_server(45, 8000), &probe);
    }
}

/// Commands and versions that are in no table.
fn unknown(capture: &mut Capture) {
    let qq = Client::new(0x3420, 0x66a7);
    let request = qq.long(2, 0x0777, 0x0501, &[], 24);
    exchange(capture, 74, &request, &qq.reply(0x0777, 0x0501, 24));
    for (host, version) in [(75, 0x3e01), (76, 0x4a11)] {
        let qq = Client::new(version, 0x6d00);
        let request = qq.long(2, 0x00cd, 0x0601, &[], 120);
        exchange(capture, host, &request, &qq.reply(0x00cd, 0x0601, 16));
    }
    let qq = Client::new(0x100b, 0);
    let alive = qq.classic(0x0002, 0x0701, &[], 24);
    exchange(
        capture,
        77,
        &alive,
        &qq.classic_reply(qq.version, 0x0002, 0x0701, 40),
    );
}

/// QQ Speed uses the header, without a block.
fn game(capture: &mut Capture) {
    let speed = Client::new(0x5005, 0);
    let touch = speed.classic(0x0825, 0x0801, &key(10), 104);
    exchange(
        capture,
        78,
        &touch,
        &speed.classic_reply(0x5005, 0x0825, 0x0801, 104),
    );
}

/// Unencrypted media: the server's ids differ, so its two frames are no retransmission.
/// Again as the first frames of a conversation on another port.
fn media(capture: &mut Capture) {
    let qq = Client::new(0x3037, 0x65ef);
    let media = |len: usize, number: u64| {
        let mut media = vec![0x3e, 0, len as u8, 1, 3];
        media.extend(SplitMix64::new(number).bytes(len - 6));
        media.push(0x68);
        [vec![0, len as u8], media].concat()
    };
    let sent = [token(0x38), vec![0; 16], media(47, 1)].concat();
    let request = qq.long(3, 0x0800, 0x37e9, &sent, 0);
    let reply = |id: u8, number: u64| {
        let mut reply = qq.reply(0x0800, 0x37e9, 0);
        let mut clear = vec![0xef, 0, id];
        clear.resize(16, 0);
        clear.extend(media(63, number));
        reply.splice(14..14, clear);
        reply
    };
    exchange(capture, 79, &request, &reply(0x30, 2));
    down(capture, 79, &reply(0x2f, 3));
    let (other, server) = (client(80, 4000), qq_server(8, 18_000));
    capture.udp(other, server, &request);
    capture.udp(server, other, &reply(0x30, 4));
}
