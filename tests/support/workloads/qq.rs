//! QQ: sessions of several eras over UDP and TCP. Nothing in them can be decrypted, as in most
//! captures.

use super::Site;
use crate::capture::{Capture, Endpoint, Side, Tcp};
use crate::random::SplitMix64;
use crate::samples::oicq_frames::{key, key_exchange, over_tcp, tagged_token, token, Client};
use crate::samples::qq_families::p2p;

const ACCOUNTS: usize = 100;
/// The version of servers until about 2006.
const OLD_SERVER: u16 = 0x0100;

/// One user's session.
struct Session {
    qq: Client,
    client: Endpoint,
    server: Endpoint,
    tcp: Option<Tcp>,
    /// Another user, who is online.
    friend: (u32, Endpoint),
    is_long: bool,
    sequence: u16,
    /// Of the server's own messages.
    pushed: u16,
    has_begun: bool,
}

impl Session {
    fn new(site: Site, number: usize) -> Self {
        let (version, build) = [
            (0x0f5f, 0),
            (0x115b, 0),
            (0x1f57, 0x6448),
            (0x2227, 0x6470),
            (0x3420, 0x66a7),
            (0x3639, 0x67b7),
            (0x3a2d, 0x6a2a),
            (0x344b, 0x66a2),
        ][number % 8];
        let qq = Client::new(version, build).uin(site.uin(number));
        // One in ten uses TCP.
        let port = if number % 10 == 9 { 443 } else { 8000 };
        Self {
            qq,
            client: site.client(number, 4000),
            server: site.server(number, port),
            tcp: None,
            friend: (site.uin(number ^ 1), site.client(number ^ 1, 4000)),
            is_long: version >= 0x1957,
            sequence: 0x1000 + 77 * (number % 500) as u16,
            pushed: 0x9000,
            has_begun: false,
        }
    }

    fn request(&self, command: u16, clear: &[u8], secret: usize) -> Vec<u8> {
        let block = if matches!(command, 0x0825 | 0x0836) {
            3
        } else {
            2
        };
        match self.is_long {
            true => self.qq.long(block, command, self.sequence, clear, secret),
            false => self.qq.classic(command, self.sequence, clear, secret),
        }
    }

    fn reply(&self, command: u16, sequence: u16, secret: usize) -> Vec<u8> {
        let version = match self.qq.version {
            version @ ..0x1100 => version.min(OLD_SERVER),
            version => version,
        };
        match self.is_long {
            true => self.qq.reply(command, sequence, secret),
            false => self.qq.classic_reply(version, command, sequence, secret),
        }
    }

    fn send(&mut self, capture: &mut Capture, side: Side, frame: &[u8]) {
        match (self.server.1, side) {
            (8000, Side::Client) => {
                capture.udp(self.client, self.server, frame);
            }
            (8000, Side::Server) => {
                capture.udp(self.server, self.client, frame);
            }
            _ => {
                let tcp = *self
                    .tcp
                    .get_or_insert_with(|| capture.connect(self.client, self.server));
                capture.send(tcp, side, &over_tcp(frame));
            }
        }
    }

    /// A request and its reply.
    fn ask(&mut self, capture: &mut Capture, command: u16, clear: &[u8], secrets: [usize; 2]) {
        self.sequence = self.sequence.wrapping_add(1);
        let request = self.request(command, clear, secrets[0]);
        let reply = self.reply(command, self.sequence, secrets[1]);
        self.send(capture, Side::Client, &request);
        self.send(capture, Side::Server, &reply);
    }

    fn login(&mut self, capture: &mut Capture) {
        let number = self.qq.uin.into();
        match self.qq.version {
            ..0x1100 => {
                self.ask(capture, 0x0022, &key(number), [432, 160]);
                self.ask(capture, 0x0026, &[], [16, 520]);
            }
            0x1100..0x1957 => {
                self.ask(capture, 0x0091, &key(number), [32, 16]);
                self.ask(capture, 0x0022, &token(0x48), [640, 184]);
            }
            0x1957..0x3000 => {
                self.ask(capture, 0x0091, &key(number), [48, 104]);
                self.ask(capture, 0x00dd, &key(number + 1), [640, 232]);
                self.ask(capture, 0x00e5, &token(0x38), [288, 368]);
                self.ask(capture, 0x0030, &token(0x38), [744, 168]);
            }
            _ => {
                self.ask(capture, 0x0825, &key(number), [104, 120]);
                self.ask(capture, 0x0836, &key_exchange(1, 0x0103), [544, 840]);
                self.ask(capture, 0x0828, &tagged_token(), [472, 384]);
                self.ask(capture, 0x00ec, &[], [16, 16]);
            }
        }
    }

    /// Something that happens in a session.
    fn turn(&mut self, capture: &mut Capture, random: &mut SplitMix64) {
        if !self.has_begun {
            self.has_begun = true;
            self.login(capture);
            return;
        }
        // Plaintexts are padded to blocks of eight bytes.
        let message = 88 + 8 * random.below(12);
        let [keep_alive, send, receive, status] = match self.is_long {
            true => [0x0058, 0x00cd, 0x0017, 0x0081],
            false => [0x0002, 0x0016, 0x0017, 0x0081],
        };
        match random.below(100) {
            0..35 => self.ask(capture, keep_alive, &[], [24, 40]),
            35..55 => self.ask(capture, send, &[], [message, 16]),
            55..75 => {
                self.pushed = self.pushed.wrapping_add(1);
                let push = self.reply(receive, self.pushed, message);
                self.send(capture, Side::Server, &push);
                let sequence = std::mem::replace(&mut self.sequence, self.pushed);
                let receipt = self.request(receive, &[], 32);
                self.sequence = sequence;
                self.send(capture, Side::Client, &receipt);
            }
            75..85 => {
                self.pushed = self.pushed.wrapping_add(1);
                let push = self.reply(status, self.pushed, 48);
                self.send(capture, Side::Server, &push);
            }
            85..93 => self.ask(capture, 0x0027, &[], [24, 400]),
            93..96 => self.ask(capture, 0x0006, &[], [32, 240]),
            _ => self.meet(capture, random.next() as u8),
        }
    }

    /// Two control packets between this client and its friend's.
    fn meet(&self, capture: &mut Capture, seed: u8) {
        let (uin, (friend, address)) = (self.qq.uin, self.friend);
        let secret = |len: u64| key(u64::from(seed) + len).repeat(5)[..len as usize].to_vec();
        let hello = [p2p(0, seed, uin, friend), secret(72)].concat();
        let answer = [p2p(0, !seed, friend, uin), secret(64)].concat();
        capture.udp(self.client, address, &hello);
        capture.udp(address, self.client, &answer);
    }
}

/// Sessions of different versions, by turns.
pub fn mix(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(19);
    let mut sessions: Vec<_> = (0..ACCOUNTS)
        .map(|number| Session::new(site, number))
        .collect();
    while capture.frames.len() < frames {
        let chosen = random.below(ACCOUNTS);
        sessions[chosen].turn(&mut capture, &mut random);
    }
    capture
}

/// Keys that a user has for the accounts of [`mix`], none of which decrypts anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WrongKeys {
    /// So many for each account.
    OfEachAccount(usize),
    /// So many without an account, as public tools print them.
    OfNoAccount(usize),
}

impl WrongKeys {
    /// A file of them.
    pub fn keylog(self) -> String {
        let mut random = Site(0).random(20);
        let mut key = || format!("{:016x}{:016x}\n", random.next(), random.next());
        match self {
            Self::OfEachAccount(count) => (0..ACCOUNTS * count)
                .map(|line| format!("{} {}", Site(0).uin(line / count), key()))
                .collect(),
            Self::OfNoAccount(count) => (0..count).map(|_| key()).collect(),
        }
    }
}

/// A session without end.
pub fn one_flow(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(21);
    let mut session = Session::new(site, 4);
    while capture.frames.len() < frames {
        session.turn(&mut capture, &mut random);
    }
    capture
}

/// One keep-alive and its reply of each of many users.
pub fn pairs(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    for number in 0..frames.div_ceil(2) {
        // Neither TCP nor a login.
        let mut session = Session::new(site, 10 * number + 4);
        session.client = site.client(number, 4000);
        let keep_alive = if session.is_long { 0x0058 } else { 0x0002 };
        session.ask(&mut capture, keep_alive, &[], [24, 40]);
    }
    capture
}
