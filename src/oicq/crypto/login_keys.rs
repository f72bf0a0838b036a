//! The keys that an opened login hands out: from plaintext to plaintext up to the session key.
//!
//! ```text
//! until 2006     0022 -> key in clear            0022 <- P2: session key
//! 2007, 2008     00DD <- P2: login key           0022 <- P2 or login key: session key
//! 2009 to 2012   00DD -> proof under P2 or PS: key 4
//!                00DD <- key 4: keys 0, 1        00E5 <- key 1: keys 2, 3
//!                0030 <- key 2: session key
//! from 2013      0826, 0836 -> proof under PS: TGTGT key
//!                0826, 0836 <- TGTGT key: the two keys of 0828
//!                0828 <- session key
//! by QR code     0818 <- share key: key of 0819  0819 <- TGTGT key
//! ```
//!
//! Source: docs/protocol/oicq.md §4.3, §4.4, §6.3, §7.

use nom::bytes::complete::take;
use nom::number::complete::be_u16;
use nom::Parser;

use crate::oicq::crypto::key_role::{Layer, Place, Role};
use crate::oicq::crypto::keys::{published_share_key, Key};
use crate::oicq::crypto::login_items::{items, key, token, Parsed};
use crate::oicq::wire::direction::Direction;

/// A key that a plaintext holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it is for.
    pub role: Role,
    /// The key.
    pub key: Key,
}

/// Bytes before the two random keys at the end of a proof: the second is the one that counts.
const PROOF_KEY: usize = 88;
/// Where the key stands in item 0x0107 when its status is as long as it always is.
const REPLY_KEY: usize = 26;

/// Keys under construction.
#[derive(Default)]
struct Keys(Vec<Found>);

impl Keys {
    /// Adds the key at the start of the bytes, if they are long enough for one.
    fn add(&mut self, role: Role, bytes: Option<&[u8]>) {
        if let Some(key) = bytes.and_then(Key::at_start) {
            self.0.push(Found { role, key });
        }
    }
}

fn one(role: Role, bytes: Option<&[u8]>) -> Vec<Found> {
    let mut keys = Keys::default();
    keys.add(role, bytes);
    keys.0
}

/// Whether this is the plaintext of a frame of the server.
fn is_reply(place: &Place) -> bool {
    place.layer == Layer::Frame && place.direction == Direction::ToClient
}

/// Whether the result at the start of a reply says that all went well.
fn succeeded(plaintext: &[u8]) -> bool {
    plaintext.first() == Some(&0)
}

/// The session key behind the result of a login.
pub(crate) fn session(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let holds = is_reply(place) && succeeded(plaintext);
    let key = plaintext.get(1..).filter(|_| holds);
    one(Role::Session, key)
}

/// As [`session`], of clients until QQ2008.
pub(crate) fn session_until_2008(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    if place.is_old() {
        session(place, plaintext)
    } else {
        Vec::new()
    }
}

/// What the check of a password gives: the proof its own key, the reply those of the next steps.
pub(crate) fn password(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let mut keys = Keys::default();
    match place.layer {
        Layer::Proof if !place.is_old() => keys.add(Role::Verify(4), plaintext.get(PROOF_KEY..)),
        Layer::Frame if is_reply(place) && plaintext.get(2) == Some(&0) => {
            if place.is_old() {
                let key = old_login_key(plaintext).ok();
                keys.add(Role::Login, key.map(|(_, key)| key));
            } else {
                let first = first_keys(plaintext).ok();
                keys.add(Role::Verify(0), first.map(|(_, keys)| keys.0));
                keys.add(Role::Verify(1), first.map(|(_, keys)| keys.1));
            }
        }
        _ => {}
    }
    keys.0
}

/// The keys of the last steps of a login of QQ2009 to QQ2012.
pub(crate) fn login_information(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let mut keys = Keys::default();
    if is_reply(place) {
        keys.add(Role::Verify(2), plaintext.get(4..));
        let key = fourth_key(plaintext).ok();
        keys.add(Role::Verify(3), key.map(|(_, key)| key));
    }
    keys.0
}

/// The share key of a request whose public key is a published one.
pub(crate) fn share(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let mut keys = Keys::default();
    if place.layer == Layer::Frame && place.direction == Direction::ToServer {
        for exchange in items(plaintext, 0).filter(|item| item.tag == 0x0114) {
            let public = public_key(exchange.span.of(plaintext)).ok();
            let share = public.and_then(|(_, public)| published_share_key(public));
            keys.add(Role::Share, share.as_ref().map(|key| &key.bytes()[..]));
        }
    }
    keys.0
}

/// As [`share`], and the key of the polls for a QR code.
pub(crate) fn qr_code(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    if is_reply(place) && succeeded(plaintext) {
        one(Role::Poll, plaintext.get(7..))
    } else {
        share(place, plaintext)
    }
}

/// The TGTGT key of a QR code that was scanned.
pub(crate) fn qr_poll(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    if !is_reply(place) || !succeeded(plaintext) {
        return Vec::new();
    }
    // The second item, of which no source names the tag, is the key alone.
    let mut alone = items(plaintext, 1).filter(|item| item.span.len == 16);
    let key = alone.next().map(|item| item.span.of(plaintext));
    one(Role::Tgtgt, key)
}

/// What a login from QQ2013 on gives: the proof the TGTGT key, the reply those of the session
/// request.
pub(crate) fn login_2013(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let mut keys = Keys::default();
    match (place.layer, place.direction) {
        (Layer::Proof, _) => keys.add(Role::Tgtgt, plaintext.get(PROOF_KEY..)),
        (Layer::Frame | Layer::Second, Direction::ToClient) if succeeded(plaintext) => {
            for item in items(plaintext, 1) {
                let value = item.span.of(plaintext);
                match item.tag {
                    0x0109 => keys.add(Role::SessionRequest, value.get(2..)),
                    0x0107 => {
                        let counted = reply_key(value).ok().map(|(_, key)| key);
                        let usual = value.get(REPLY_KEY..);
                        if counted.and_then(Key::at_start) != usual.and_then(Key::at_start) {
                            keys.add(Role::SessionReply, counted);
                        }
                        keys.add(Role::SessionReply, usual);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    keys.0
}

/// The session key from QQ2013 on.
pub(crate) fn session_2013(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let mut keys = Keys::default();
    if is_reply(place) && succeeded(plaintext) {
        for item in items(plaintext, 1).filter(|item| item.tag == 0x010c) {
            keys.add(Role::Session, item.span.of(plaintext).get(2..));
        }
    }
    keys.0
}

/// The key for the servers of group pictures.
pub(crate) fn file_agent(place: &Place, plaintext: &[u8]) -> Vec<Found> {
    let holds = is_reply(place) && plaintext.starts_with(&[4, 0]);
    let key = plaintext.get(2..).filter(|_| holds);
    one(Role::FileAgent, key)
}

/// Reply to 0x00dd until 2008: length2, code1, 4, two tokens, login token, login key.
fn old_login_key(plaintext: &[u8]) -> Parsed<'_, &[u8]> {
    (take(7_usize), token, token, token, key)
        .map(|(_, _, _, _, key)| key)
        .parse(plaintext)
}

/// Reply to 0x00dd from QQ2009 on: length2, code1, token, 4, time4, two tokens, key 0, a
/// token that may be empty, key 1.
fn first_keys(plaintext: &[u8]) -> Parsed<'_, (&[u8], &[u8])> {
    (
        take(3_usize),
        token,
        take(8_usize),
        token,
        token,
        key,
        token,
        key,
    )
        .map(|(_, _, _, _, _, zero, _, one)| (zero, one))
        .parse(plaintext)
}

/// Reply to 0x00e5: length2, 2, key 2, 8, 4, time4, address4, 8, token, key 3.
fn fourth_key(plaintext: &[u8]) -> Parsed<'_, &[u8]> {
    (take(48_usize), token, key)
        .map(|(_, _, key)| key)
        .parse(plaintext)
}

/// Item 0x0107: version2, counted status, key of the reply to 0x0828.
fn reply_key(value: &[u8]) -> Parsed<'_, &[u8]> {
    (be_u16, token, key).map(|(_, _, key)| key).parse(value)
}

/// Item 0x0114: version2, counted public key.
fn public_key(value: &[u8]) -> Parsed<'_, &[u8]> {
    (be_u16, token).map(|(_, public)| public).parse(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::hex::{counted, hex};

    fn place(command: u16, version: u16, direction: Direction) -> Place {
        let layer = Layer::Frame;
        Place {
            command,
            direction,
            version,
            layer,
        }
    }

    fn reply(command: u16, version: u16) -> Place {
        place(command, version, Direction::ToClient)
    }

    fn found(role: Role, letter: u8) -> Found {
        let key = Key::new([letter; 16]);
        Found { role, key }
    }

    #[test]
    fn until_2008() {
        // The reply of §10.2, G04: key, number, addresses, time.
        let login = hex("003031323334353637383961626364656600bc614ec000020a0fa0c63364071f40");
        let key = Key::new(*b"0123456789abcdef");
        let role = Role::Session;
        assert_eq!(reply(0x0022, 0x0e1b).learn(&login), [Found { role, key }]);
        assert_eq!(reply(0x0022, 0x0e1b).learn(&login[..16]), []);
        assert_eq!(reply(0x0022, 0x0e1b).learn(&[1; 33]), []);
        assert_eq!(reply(0x0022, 0x3420).learn(&login), []);
        let verified = [
            &[0, 99, 0, 1, 2, 3, 4][..],
            &counted(&[1; 24]),
            &counted(&[2; 32]),
            &counted(&[3; 72]),
            &[b'L'; 16],
            &[0; 4],
        ]
        .concat();
        let expected = [found(Role::Login, b'L')];
        assert_eq!(reply(0x00dd, 0x115b).learn(&verified), expected);
    }

    #[test]
    fn from_2009_to_2012() {
        let mut proof = vec![7; 72];
        proof.extend([b'x'; 16]);
        proof.extend([4; 16]);
        let dd = Place {
            layer: Layer::Proof,
            ..place(0x00dd, 0x2227, Direction::ToServer)
        };
        assert_eq!(dd.learn(&proof), [found(Role::Verify(4), 4)]);
        for token_between in [&[][..], &[5; 48]] {
            let verified = [
                &[0, 99, 0][..],
                &counted(&[1; 56]),
                &[0; 8],
                &counted(&[2; 120]),
                &counted(&[3; 56]),
                &[b'0'; 16],
                &counted(token_between),
                &[b'1'; 16],
                &[0; 2],
            ]
            .concat();
            let expected = [found(Role::Verify(0), b'0'), found(Role::Verify(1), b'1')];
            assert_eq!(reply(0x00dd, 0x2227).learn(&verified), expected);
            let mut refused = verified;
            refused[2] = 0x34;
            assert_eq!(reply(0x00dd, 0x2227).learn(&refused), []);
        }
        let info = [
            &[1, 0x66, 1, 0][..],
            &[b'2'; 16],
            &[0; 28],
            &counted(&[9; 136]),
            &[b'3'; 16],
            &counted(&[8; 56]),
        ]
        .concat();
        let expected = [found(Role::Verify(2), b'2'), found(Role::Verify(3), b'3')];
        assert_eq!(reply(0x00e5, 0x2227).learn(&info), expected);
        assert_eq!(reply(0x00e5, 0x2227).learn(&info[..100]), expected[..1]);
        let login = [&[0][..], &[b'S'; 16], &[0; 30]].concat();
        assert_eq!(
            reply(0x0030, 0x2227).learn(&login),
            [found(Role::Session, b'S')]
        );
        // A group command of older clients.
        assert_eq!(reply(0x0030, 0x0f5f).learn(&login), []);
    }

    #[test]
    fn from_2013() {
        let tlv = |tag: u16, value: &[u8]| [&tag.to_be_bytes()[..], &counted(value)].concat();
        let mut proof = vec![7; 88];
        proof.extend([b'T'; 16]);
        let request = Place {
            layer: Layer::Proof,
            ..place(0x0836, 0x3420, Direction::ToServer)
        };
        assert_eq!(request.learn(&proof), [found(Role::Tgtgt, b'T')]);
        let first = [&[0, 1][..], &[b'q'; 16], &counted(&[1; 56])].concat();
        let second = [
            &[0, 2][..],
            &counted(&[2; 22]),
            &[b'r'; 16],
            &counted(&[3; 136]),
        ]
        .concat();
        let body = [vec![0], tlv(0x0109, &first), tlv(0x0107, &second)].concat();
        // ZN's offsets (§6.3): 7 in the reply to 0x0826.
        assert_eq!(body[7..23], [b'q'; 16]);
        let expected = [
            found(Role::SessionRequest, b'q'),
            found(Role::SessionReply, b'r'),
        ];
        assert_eq!(reply(0x0826, 0x3241).learn(&body), expected);
        let twice = Place {
            layer: Layer::Second,
            ..reply(0x0836, 0x3420)
        };
        assert_eq!(twice.learn(&body), expected);
        let refused = [&[0x34][..], &body[1..]].concat();
        assert_eq!(twice.learn(&refused), []);
        let session = [&[0, 1][..], &[b'S'; 16], &[0; 20]].concat();
        let body = [vec![0], tlv(0x0105, &[5; 40]), tlv(0x010c, &session)].concat();
        assert_eq!(
            reply(0x0828, 0x3420).learn(&body),
            [found(Role::Session, b'S')]
        );
    }

    #[test]
    fn by_qr_code_and_by_published_keys() {
        let code = [&[0, 0, 9, 0, 18, 0, 1][..], &[b'P'; 16], &[0; 90]].concat();
        assert_eq!(
            reply(0x0818, 0x3639).learn(&code),
            [found(Role::Poll, b'P')]
        );
        assert_eq!(reply(0x0818, 0x3639).learn(&[1; 60]), []);
        let scanned = [
            &[0, 3, 3][..],
            &counted(&[6; 0x60]),
            &[3, 4],
            &counted(&[b'T'; 16]),
        ]
        .concat();
        assert_eq!(
            reply(0x0819, 0x3639).learn(&scanned),
            [found(Role::Tgtgt, b'T')]
        );
        assert_eq!(reply(0x0819, 0x3639).learn(&[2]), []);
        let touch = hex("0114001d01020019026d2841d2a56fd2fc3e2a1f0375de6e288fa8193e5f1649d3");
        let [share] = place(0x0825, 0x3713, Direction::ToServer).learn(&touch)[..] else {
            panic!("no share key");
        };
        assert_eq!(share.role, Role::Share);
        assert_eq!(
            share.key.bytes()[..],
            hex("1ae97f7dc9737598ac02e0805fa9c6af")
        );
        let agent = [&[4, 0][..], &[b'A'; 16], &[0; 30]].concat();
        assert_eq!(
            reply(0x001d, 0x0f5f).learn(&agent),
            [found(Role::FileAgent, b'A')]
        );
    }
}
