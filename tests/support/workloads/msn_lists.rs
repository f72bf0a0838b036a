//! Logins to MSN with long contact lists, in lines and in XML.

use super::{words, Site};
use crate::capture::{Capture, Side};
use crate::random::SplitMix64;
use crate::samples::lines::{c, c_with, play, profile, s, s_with, with, SentSegment};

/// Contacts of a user.
const CONTACTS: usize = 400;
/// Contacts in one ADL: clients keep below the server's limit of 7,500 bytes.
const CONTACTS_OF_ADL: usize = 150;
/// Bytes of the list that a server puts into one segment.
const SEGMENT_OF_LIST: usize = 1400;

/// One login after the other, by turns of MSNP12, whose server sends the list in lines, and of
/// MSNP15, whose client sends it in XML.
pub fn logins(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(16);
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let tcp = capture.connect(site.client(number, 1863), site.server(number, 1863));
        let account = site.account("user", number);
        let (login, lists) = match number % 2 {
            0 => (super::msn::login(&account), lines(&mut random)),
            _ => (login_with_policy(&account), documents(number, &mut random)),
        };
        play(&mut capture, tcp, login);
        for (side, data) in lists {
            capture.send_acknowledged(tcp, side, &data);
        }
        capture.close(tcp);
    }
    capture
}

/// LST: groups, and all contacts.
fn lines(random: &mut SplitMix64) -> Vec<SentSegment> {
    let mut list = String::new();
    for group in 0..8 {
        list += &format!("LSG Group%20{group} 7d1b0e6c-0000-4000-8000-00000000000{group}\r\n");
    }
    for contact in 0..CONTACTS {
        let name = words(random).replace(' ', "%20");
        let group = random.below(8);
        list += &format!(
            "LST N=contact{contact}@example.net F={name} C=0a0b0c0d-0000-4000-8000-{contact:012} 11 1 \
             7d1b0e6c-0000-4000-8000-00000000000{group}\r\n"
        );
    }
    let list = list.into_bytes();
    list.chunks(8 * SEGMENT_OF_LIST)
        .map(|part| (Side::Server, part.to_vec()))
        .collect()
}

fn login_with_policy(account: &str) -> Vec<SentSegment> {
    let policy = "<Policies>\r\n<Policy type=\"SHIELDS\" checksum=\"D9705A71BA841CB38955822E048970C3\">\
        <config><shield><cli maj=\"7\" min=\"0\" minbld=\"0\" maxbld=\"9999\" deny=\" \" /></shield>\
        <block><imtext value=\"XC5waWY=\" /></block></config></Policy>\r\n</Policies>";
    vec![
        c("VER 1 MSNP15 MSNP14 MSNP13 CVR0"),
        s("VER 1 MSNP15"),
        c(&format!("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5.1302 BC01 {account}")),
        s("CVR 2 8.5.1302 8.5.1302 8.1.0178 http://example.com/setup.exe http://example.com/"),
        c(&format!("USR 3 SSO I {account}")),
        s_with("GCF 0", policy),
        s("USR 3 SSO S MBI_KEY_OLD 8CLhG/xfgYZ7TyRQ/jIAWyDmd/w4R4GF2yKLS6tYrnjzi4cFag/Nr+hxsfg5zlCf"),
        c("USR 4 SSO S t=INVENTEDticket&p= HAAAAAEAAAADZgAABIAAAAgAAAAUAAAASAAAAINVENTED"),
        s(&format!("USR 4 OK {account} 1 0")),
        s_with("MSG Hotmail Hotmail", profile(account, true)),
        c("BLP 5 BL"),
        s("BLP 5 BL"),
    ]
}

/// ADL in pieces, the client's status, and the contacts' messages.
fn documents(number: usize, random: &mut SplitMix64) -> Vec<SentSegment> {
    let mut turns = Vec::new();
    let contacts: Vec<usize> = (0..CONTACTS).collect();
    for (trid, part) in (6..).zip(contacts.chunks(CONTACTS_OF_ADL)) {
        let contacts: String = part
            .iter()
            .map(|contact| format!("<c n=\"contact{contact}.{number}\" l=\"3\" t=\"1\"/>"))
            .collect();
        let list = format!("<ml l=\"1\"><d n=\"example.net\">{contacts}</d></ml>");
        turns.push(c_with(&format!("ADL {trid}"), list));
        turns.push(s(&format!("ADL {trid} OK")));
    }
    turns.push(c("CHG 9 NLN 1610612772 0"));
    turns.push(s("CHG 9 NLN 1610612772 0"));
    let mut online = Vec::new();
    for _ in 0..40 {
        let contact = format!("contact{}.{number}@example.net", random.below(CONTACTS));
        let name = words(random).replace(' ', "%20");
        online.extend(format!("ILN 9 NLN {contact} 1 {name} 1610612772 0\r\n").into_bytes());
        let message = format!(
            "<Data><PSM>{}</PSM><CurrentMedia></CurrentMedia><MachineGuid></MachineGuid></Data>",
            words(random)
        );
        online.extend(with(&format!("UBX {contact} 1"), message));
    }
    turns.push((Side::Server, online));
    let notification = format!(
        "<NOTIFICATION id=\"0\" siteid=\"45705\" siteurl=\"http://example.com\"><TO pid=\"0x0006:0x{number:08x}\" \
         name=\"user{number}@example.com\"/><MSG id=\"0\"><ACTION url=\"/\"/><BODY data=\"{}\"/></MSG></NOTIFICATION>",
        words(random)
    );
    turns.push(s_with("NOT", notification));
    turns
}
