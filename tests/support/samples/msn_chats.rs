//! Two conversations of one account at the same time, from one address: in order, over IPv6,
//! and with segments that come out of order. Of those, Wireshark passes the late ones on only
//! if the user wants that: `tcp.reassemble_out_of_order`.

use super::lines::{c, c_with, line, play, s, s_lines, text, typing, with};
use super::{client, msn_server};
use crate::capture::{Capture, Side, Tcp};

/// Longer than two of the segments that it is sent in.
const LONG: &str = "The train leaves at nine, from the platform behind the old post office. \
    Bring the tickets and the map, and something to read: it is a long way. 很高兴!";
const SMALL: usize = 120;

/// The segments come in the order in which they were sent.
pub fn in_order() -> Capture {
    chats(false)
}

/// As [`in_order`], over IPv6.
pub fn over_ipv6() -> Capture {
    chats(false).over_ipv6()
}

/// As [`in_order`], but some segments come after the next one.
pub fn out_of_order() -> Capture {
    chats(true)
}

struct Chats {
    capture: Capture,
    swaps: bool,
}

impl Chats {
    /// Sends segments of `size` bytes, the last two in the wrong order.
    fn send_swapped(&mut self, tcp: Tcp, side: Side, data: &[u8], size: usize) {
        assert!(data.len() > size);
        self.capture.send_cut(tcp, side, data, size);
        if self.swaps {
            self.capture.swap_last();
        }
    }
}

fn chats(swaps: bool) -> Capture {
    let mut chats = Chats {
        capture: Capture::new(),
        swaps,
    };
    let capture = &mut chats.capture;
    let bob = capture.connect(client(30, 1031), msn_server(3, 1863));
    let carol = capture.connect(client(30, 1032), msn_server(3, 1863));
    let begin = [
        c("USR 1 alice@example.com 1000000100.20013021.2623242"),
        s("USR 1 OK alice@example.com Alice"),
        c("CAL 2 bob@example.net"),
        s("CAL 2 RINGING 11752013"),
        s("JOI bob@example.net Bob"),
    ];
    play(capture, bob, begin);
    let answer = [
        c("ANS 1 alice@example.com 1000000200.1016955577.17693 11752099"),
        s_lines(&["IRO 1 1 1 carol@example.org Carol", "ANS 1 OK"]),
    ];
    play(capture, carol, answer);
    play(
        capture,
        bob,
        [c_with("MSG 3 U", typing("alice@example.com"))],
    );

    // Two whole messages, the second of which comes first.
    let first = with("MSG carol@example.org Carol", text("Are you there?"));
    let second = with("MSG carol@example.org Carol", text("It is me."));
    let both = [first.clone(), second].concat();
    chats.send_swapped(carol, Side::Server, &both, first.len());
    // The middle of a message comes before its beginning, ...
    let long = with("MSG 4 N", text(LONG));
    let (start, end) = long.split_at(2 * SMALL);
    chats.send_swapped(bob, Side::Client, start, SMALL);
    chats.capture.send(bob, Side::Client, end);
    play(&mut chats.capture, carol, [c_with("MSG 2 N", text("Yes."))]);
    // ... the end of another one, too, ...
    let reply = with(
        "MSG bob@example.net Bob",
        text("See you at the station then."),
    );
    chats.send_swapped(bob, Side::Server, &reply, reply.len() - 30);
    // ... and a command before the one that it follows.
    let first = line("BYE carol@example.org");
    let both = [&first[..], &line("BYE dave@example.com")].concat();
    chats.send_swapped(carol, Side::Server, &both, first.len());

    let capture = &mut chats.capture;
    play(capture, bob, [c_with("MSG 5 N", text("Yes!"))]);
    play(capture, bob, [s("BYE bob@example.net"), c("OUT")]);
    play(capture, carol, [c("OUT")]);
    capture.close(bob);
    capture.close(carol);
    chats.capture
}
