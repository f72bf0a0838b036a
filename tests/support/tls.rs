//! A TLS 1.0 connection with RC4 and SHA-1, as of clients of 2003, and its key log.
//!
//! Source: RFC 2246 §5 (PRF), §6 (records), §7.4 (handshake).

use hmac::{Hmac, Mac};
use md5::Md5;
use sha1::Sha1;

use super::capture::{Capture, Side, Tcp};

const VERSION: [u8; 2] = [3, 1];
const RC4_128_SHA: [u8; 2] = [0, 5];
const CHANGE_CIPHER_SPEC: u8 = 20;
const HANDSHAKE: u8 = 22;
const APPLICATION_DATA: u8 = 23;

/// A connection after its handshake.
#[derive(Debug)]
pub struct Tls {
    tcp: Tcp,
    /// Client and server.
    sides: [Secrets; 2],
    /// The line of the key log that decrypts it.
    pub keylog: String,
}

/// The keys of one side.
#[derive(Debug)]
struct Secrets {
    mac: Vec<u8>,
    cipher: Rc4,
    sequence: u64,
}

impl Tls {
    /// Performs the handshake on a TCP connection, with ALPN if there is a protocol for it.
    pub fn open(capture: &mut Capture, tcp: Tcp, alpn: Option<&str>) -> Self {
        let (client, server, master) = ([0xc1; 32], [0x5e; 32], [0x35; 48]);
        let extension = alpn.map_or(Vec::new(), alpn_extension);
        let mut hello = [&VERSION[..], &client, &[0, 0, 2], &RC4_128_SHA, &[1, 0]].concat();
        hello.extend(&extension);
        let hello = handshake(1, &hello);
        capture.send(tcp, Side::Client, &record(HANDSHAKE, &hello));
        let mut answer = [&VERSION[..], &server, &[0], &RC4_128_SHA, &[0]].concat();
        answer.extend(&extension);
        let answer = [handshake(2, &answer), handshake(14, &[])].concat();
        capture.send(tcp, Side::Server, &record(HANDSHAKE, &answer));
        let keys = prf(&master, b"key expansion", &[server, client].concat(), 72);
        let side = |mac: usize, key: usize| Secrets {
            mac: keys[mac..mac + 20].to_vec(),
            cipher: Rc4::new(&keys[key..key + 16]),
            sequence: 0,
        };
        let mut tls = Self {
            tcp,
            sides: [side(0, 40), side(20, 56)],
            keylog: format!("CLIENT_RANDOM {} {}\n", hex(&client), hex(&master)),
        };
        let exchange = handshake(16, &[&[0, 64][..], &[0x77; 64]].concat());
        capture.send(tcp, Side::Client, &record(HANDSHAKE, &exchange));
        for from in [Side::Client, Side::Server] {
            capture.send(tcp, from, &record(CHANGE_CIPHER_SPEC, &[1]));
            tls.send_record(capture, from, HANDSHAKE, &handshake(20, &[0x0f; 12]));
        }
        tls
    }

    /// Sends `data` in a record.
    pub fn send(&mut self, capture: &mut Capture, from: Side, data: &[u8]) {
        self.send_record(capture, from, APPLICATION_DATA, data);
    }

    /// A record with data of the server.
    pub fn record(&mut self, data: &[u8]) -> Vec<u8> {
        self.sealed(Side::Server, APPLICATION_DATA, data)
    }

    fn send_record(&mut self, capture: &mut Capture, from: Side, kind: u8, data: &[u8]) {
        let record = self.sealed(from, kind, data);
        capture.send(self.tcp, from, &record);
    }

    fn sealed(&mut self, from: Side, kind: u8, data: &[u8]) -> Vec<u8> {
        let secrets = &mut self.sides[from as usize];
        let mut mac = Hmac::<Sha1>::new_from_slice(&secrets.mac).expect("a key");
        mac.update(&secrets.sequence.to_be_bytes());
        mac.update(&record(kind, data));
        secrets.sequence += 1;
        let mut encrypted = [data, &mac.finalize().into_bytes()].concat();
        secrets.cipher.apply(&mut encrypted);
        record(kind, &encrypted)
    }
}

fn record(kind: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a short record");
    [&[kind][..], &VERSION, &length.to_be_bytes(), data].concat()
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short message");
    [&[kind][..], &length.to_be_bytes()[1..], body].concat()
}

fn alpn_extension(protocol: &str) -> Vec<u8> {
    let length = u8::try_from(protocol.len()).expect("a short name");
    let name = [&[length][..], protocol.as_bytes()].concat();
    let list = [&[0, length + 1][..], &name].concat();
    let extension = [&[0, 16, 0, length + 3][..], &list].concat();
    [&[0, length + 7][..], &extension].concat()
}

/// The PRF: MD5 and SHA-1, each with half of the secret, XORed.
fn prf(secret: &[u8], label: &[u8], seed: &[u8], len: usize) -> Vec<u8> {
    let (first, second) = secret.split_at(secret.len() / 2);
    let seed = [label, seed].concat();
    let md5 = |data: &[u8]| {
        let mut mac = Hmac::<Md5>::new_from_slice(first).expect("a key");
        mac.update(data);
        mac.finalize().into_bytes().to_vec()
    };
    let sha1 = |data: &[u8]| {
        let mut mac = Hmac::<Sha1>::new_from_slice(second).expect("a key");
        mac.update(data);
        mac.finalize().into_bytes().to_vec()
    };
    let (md5, sha1) = (expand(md5, &seed, len), expand(sha1, &seed, len));
    md5.iter().zip(&sha1).map(|(a, b)| a ^ b).collect()
}

fn expand(hash: impl Fn(&[u8]) -> Vec<u8>, seed: &[u8], len: usize) -> Vec<u8> {
    let (mut out, mut link) = (Vec::new(), hash(seed));
    while out.len() < len {
        out.extend(hash(&[&link[..], seed].concat()));
        link = hash(&link);
    }
    out.truncate(len);
    out
}

/// The stream cipher RC4.
#[derive(Debug)]
struct Rc4 {
    state: Vec<u8>,
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state: Vec<u8> = (0..=255).collect();
        let mut j = 0u8;
        for i in 0..256 {
            j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn apply(&mut self, data: &mut [u8]) {
        for byte in data {
            self.i = self.i.wrapping_add(1);
            self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
            self.state.swap(usize::from(self.i), usize::from(self.j));
            let (a, b) = (
                self.state[usize::from(self.i)],
                self.state[usize::from(self.j)],
            );
            *byte ^= self.state[usize::from(a.wrapping_add(b))];
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
