//! MSN: chat and presence on many connections, and one long connection.

use super::{words, Site};
use crate::capture::{Capture, Side, Tcp};
use crate::random::SplitMix64;
use crate::samples::lines::{
    c, c_with, line, mime, play, profile, s, s_with, text, typing, SentSegment, PICTURE,
};

const CONNECTIONS: usize = 200;
/// Contacts of a user who are seen online.
const CONTACTS: usize = 60;
const STATES: [&str; 5] = ["NLN", "BSY", "AWY", "IDL", "BRB"];

/// One user's connection to the notification server, or to a switchboard.
struct Connection {
    site: Site,
    number: usize,
    tcp: Option<Tcp>,
    trid: u32,
}

/// Half of the connections go to a notification server, half to a switchboard.
pub fn chats(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(13);
    let mut connections: Vec<Connection> = (0..CONNECTIONS)
        .map(|number| Connection {
            site,
            number,
            tcp: None,
            trid: 0,
        })
        .collect();
    while capture.frames.len() < frames {
        let chosen = random.below(CONNECTIONS);
        connections[chosen].turn(&mut capture, &mut random);
    }
    capture
}

impl Connection {
    fn turn(&mut self, capture: &mut Capture, random: &mut SplitMix64) {
        let is_chat = self.number % 2 == 1;
        let (tcp, turns) = match (self.tcp, is_chat) {
            (Some(tcp), false) => (tcp, self.presence(random)),
            (Some(tcp), true) => (tcp, self.chat(random)),
            (None, _) => {
                let host = 10 * usize::from(is_chat) + self.number % 10;
                let tcp = capture.connect(
                    self.site.client(self.number, 1863),
                    self.site.server(host, 1863),
                );
                self.tcp = Some(tcp);
                match is_chat {
                    false => (tcp, self.login(random)),
                    true => (tcp, self.join()),
                }
            }
        };
        play(capture, tcp, turns);
    }

    fn next(&mut self) -> u32 {
        self.trid += 1;
        self.trid
    }

    fn account(&self) -> String {
        self.site.account("user", self.number)
    }

    fn friend(&self) -> String {
        self.site.account("friend", self.number)
    }

    fn contact(&self, random: &mut SplitMix64) -> String {
        contact(self.site, random)
    }

    fn online(&self, random: &mut SplitMix64) -> String {
        online(&self.contact(random), random)
    }

    fn login(&mut self, random: &mut SplitMix64) -> Vec<SentSegment> {
        let account = self.account();
        let mut turns = login(&account);
        self.trid = 6;
        let online: String = (0..5 + random.below(20))
            .map(|_| format!("ILN 6 {}\r\n", self.online(random)))
            .collect();
        turns.push((Side::Server, online.into_bytes()));
        turns
    }

    fn presence(&mut self, random: &mut SplitMix64) -> Vec<SentSegment> {
        match random.below(100) {
            0..45 => vec![s(&format!("NLN {}", self.online(random)))],
            45..60 => vec![s(&format!("FLN {}", self.contact(random)))],
            60..75 => {
                let message = format!(
                    "<Data><PSM>{}</PSM><CurrentMedia></CurrentMedia></Data>",
                    words(random)
                );
                vec![s_with(&format!("UBX {}", self.contact(random)), message)]
            }
            75..83 => {
                let state = STATES[random.below(STATES.len())];
                let change = format!("CHG {} {state} 1073791084 {PICTURE}", self.next());
                vec![c(&change), s(&change)]
            }
            83..93 => vec![c("PNG"), s("QNG 50")],
            93..97 => {
                let from = self.contact(random);
                let ring = format!(
                    "RNG {} 198.51.100.20:1863 CKI {}.{} {from} {}",
                    random.below(100_000_000),
                    random.below(1_000_000_000),
                    random.below(100_000_000),
                    nick(&from),
                );
                vec![s(&ring)]
            }
            _ => {
                let trid = self.next();
                let message = format!("<Data><PSM>{}</PSM></Data>", words(random));
                vec![
                    c_with(&format!("UUX {trid}"), message),
                    s(&format!("UUX {trid} 0")),
                ]
            }
        }
    }

    fn join(&mut self) -> Vec<SentSegment> {
        let account = self.account();
        let friend = self.friend();
        self.trid = 2;
        vec![
            c(&format!("USR 1 {account} 1000000100.{}", self.number)),
            s(&format!("USR 1 OK {account} {}", nick(&account))),
            c(&format!("CAL 2 {friend}")),
            s(&format!("CAL 2 RINGING {}", 11_752_000 + self.number)),
            s(&format!("JOI {friend} {} 1342472230", nick(&friend))),
        ]
    }

    fn chat(&mut self, random: &mut SplitMix64) -> Vec<SentSegment> {
        let is_mine = random.below(2) == 0;
        let friend = self.friend();
        let from = if is_mine {
            self.account()
        } else {
            friend.clone()
        };
        let message = match random.below(100) {
            0..45 => typing(&from),
            45..94 => text(&words(random)),
            94..97 => mime("text/x-msnmsgr-datacast", &[], "ID: 1\r\n\r\n\r\n"),
            _ => {
                let back = format!("JOI {friend} {} 1342472230", nick(&friend));
                return vec![s(&format!("BYE {friend}")), s(&back)];
            }
        };
        match is_mine {
            true => vec![c_with(&format!("MSG {} N", self.next()), message)],
            false => vec![s_with(&format!("MSG {friend} {}", nick(&friend)), message)],
        }
    }
}

/// The login of MSNP12, up to the client's first status.
pub fn login(account: &str) -> Vec<SentSegment> {
    let nick = nick(account);
    vec![
        c("VER 1 MSNP12 MSNP11 CVR0"),
        s("VER 1 MSNP12"),
        c(&format!(
            "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 7.5.0324 MSMSGS {account}"
        )),
        s("CVR 2 7.5.0324 7.5.0324 7.0.0777 http://example.com/setup.exe http://example.com/"),
        c(&format!("USR 3 TWN I {account}")),
        s("USR 3 TWN S ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1"),
        c("USR 4 TWN S t=INVENTEDticket&p=INVENTEDprofile"),
        s(&format!("USR 4 OK {account} 1 0")),
        s_with("MSG Hotmail Hotmail", profile(account, true)),
        c("SYN 5 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00"),
        s("SYN 5 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00"),
        c("CHG 6 NLN 1073791084"),
        s(&format!("CHG 6 NLN 1073791084 {PICTURE}")),
        c(&format!("PRP 7 MFN {nick}")),
        s(&format!("PRP 7 MFN {nick}")),
    ]
}

/// Status, account, name and abilities of a contact; half of them have a picture.
fn online(contact: &str, random: &mut SplitMix64) -> String {
    let state = STATES[random.below(STATES.len())];
    let picture = if random.below(2) == 0 { "0" } else { PICTURE };
    format!("{state} {contact} {} 1073791084 {picture}", nick(contact))
}

fn contact(site: Site, random: &mut SplitMix64) -> String {
    site.account("contact", random.below(CONTACTS))
}

/// A display name, as in a command.
fn nick(account: &str) -> String {
    let name = account.split('@').next().unwrap_or_default();
    format!("%5Bb%5D{name}%5B/b%5D%20(%C3%A9)")
}

/// A connection to the notification server on which the client asks and the server answers,
/// each time with another transaction ID.
pub fn stream(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(14);
    let tcp = capture.connect(site.client(0, 1863), site.server(0, 1863));
    play(&mut capture, tcp, login(&site.account("user", 0)));
    let mut trid = 7;
    while capture.frames.len() < frames {
        trid += 1;
        let contact = contact(site, &mut random);
        let [request, response] = match random.below(7) {
            0 | 1 => {
                let state = STATES[random.below(STATES.len())];
                let change = line(&format!("CHG {trid} {state} 1073791084"));
                [change.clone(), change]
            }
            2 => {
                let name = line(&format!("PRP {trid} MFN {}", nick(&contact)));
                [name.clone(), name]
            }
            3 => [
                line(&format!("SBP {trid} {contact} MFN {}", nick(&contact))),
                line(&format!("SBP {trid} {contact} MFN {}", nick(&contact))),
            ],
            4 => {
                let row = format!("N={contact} F={}", nick(&contact));
                let added = line(&format!("ADC {trid} FL {row}"));
                [added.clone(), added]
            }
            5 => {
                let removed = line(&format!("REM {trid} BL {contact}"));
                [removed.clone(), removed]
            }
            _ => [
                line(&format!("XFR {trid} SB")),
                line(&format!(
                    "XFR {trid} SB 198.51.100.20:1863 CKI {}.{}",
                    random.below(1_000_000_000),
                    random.below(100_000_000),
                )),
            ],
        };
        capture.send(tcp, Side::Client, &request);
        capture.send(tcp, Side::Server, &response);
    }
    capture
}

/// A user who is called to one conversation after the other: every RNG names a server and a
/// ticket.
pub fn rings(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(15);
    let tcp = capture.connect(site.client(0, 1863), site.server(0, 1863));
    play(&mut capture, tcp, login(&site.account("user", 0)));
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let from = contact(site, &mut random);
        let ring = format!(
            "RNG {} 198.51.100.{}:1863 CKI {}.{number} {from} {}",
            11_752_000 + number,
            1 + number % 250,
            random.below(1_000_000_000),
            nick(&from),
        );
        capture.send(tcp, Side::Server, &line(&ring));
        if number % 2 == 1 {
            capture.acknowledge(tcp, Side::Client);
        }
    }
    capture
}
