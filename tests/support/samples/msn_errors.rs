//! Every error code, with and without a payload.

use super::lines::{c, play, s, s_lines, s_with};
use super::{client, msn_server};
use crate::capture::Capture;

/// The codes of docs/protocol/msnp.md §3.2, listed a second time: not taken from the table.
const CODES: &[u16] = &[
    200, 201, 203, 204, 205, 206, 207, 208, 209, 210, 212, 213, 215, 216, 217, 218, 219, 220, 223,
    224, 225, 227, 228, 229, 230, 231, 232, 233, 234, 240, 241, 280, 281, 282, 283, 285, 290, 300,
    301, 302, 400, 402, 403, 413, 414, 415, 416, 417, 418, 419, 420, 500, 501, 502, 503, 504, 505,
    508, 509, 510, 511, 520, 540, 550, 551, 552, 580, 590, 591, 592, 593, 594, 595, 596, 597, 598,
    600, 601, 602, 603, 604, 605, 606, 700, 707, 710, 711, 712, 713, 714, 715, 717, 718, 719, 726,
    729, 731, 733, 734, 800, 801, 910, 911, 912, 913, 914, 915, 916, 917, 918, 919, 920, 921, 922,
    923, 924, 926, 927, 928, 929, 930, 931, 933, 934, 935,
];

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(client(30, 1025), msn_server(2, 1863));
    play(
        &mut capture,
        tcp,
        [c("VER 1 MSNP15 CVR0"), s("VER 1 MSNP15")],
    );
    for (group, codes) in CODES.chunks(10).enumerate() {
        let lines: Vec<String> = codes
            .iter()
            .enumerate()
            .map(|(index, code)| format!("{code} {}", 2 + 10 * group + index))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        play(&mut capture, tcp, [s_lines(&lines)]);
    }
    let turns = [
        s_with("241 130", "0 0"),
        s_with("241 131", ""),
        s_with("509 132", "2"),
        s_with("801 133", "0 6 6"),
        s_with("591 134", "<error>no route</error>"),
        s_with(
            "203 135",
            "<ml><d n=\"example.org\"><c n=\"carol\"/></d></ml>",
        ),
        // Without a request.
        s("604"),
        // Codes of no known version of the protocol.
        s("202 136"),
        s("999 137"),
    ];
    play(&mut capture, tcp, turns);
    capture
}
