//! The connections of a capture, for splitting into other segments.

use super::packets::packet;
use crate::capture::{Capture, Side};

/// The bytes that one side sends before the other one sends.
pub type Run = (Side, Vec<u8>);

/// The connections of a capture. The endpoint that sends first counts as the client.
pub fn connections(capture: &Capture) -> Vec<Vec<Run>> {
    let mut found: Vec<(_, Vec<Run>)> = Vec::new();
    for frame in &capture.frames {
        let captured = packet(frame);
        let ends = (captured.from, captured.to);
        let same = |known: &(_, _)| *known == ends || *known == (ends.1, ends.0);
        let index = found.iter().position(|(known, _)| same(known));
        let index = index.unwrap_or_else(|| {
            found.push((ends, Vec::new()));
            found.len() - 1
        });
        let (known, runs) = &mut found[index];
        let side = if *known == ends {
            Side::Client
        } else {
            Side::Server
        };
        match runs.last_mut() {
            Some((last, run)) if *last == side => run.extend(captured.payload),
            _ if captured.payload.is_empty() => {}
            _ => runs.push((side, captured.payload.to_vec())),
        }
    }
    found.into_iter().map(|(_, runs)| runs).collect()
}

/// A capture of the connections, to `port`, in segments of `size` bytes.
pub fn recut(connections: &[Vec<Run>], port: u16, size: usize) -> Capture {
    recut_after(0, connections, port, size)
}

/// As `recut`, but with the first `whole` bytes of a connection in one segment.
pub fn recut_after(whole: usize, connections: &[Vec<Run>], port: u16, size: usize) -> Capture {
    let mut capture = Capture::new();
    for (index, runs) in connections.iter().enumerate() {
        let client = ([192, 0, 2, 1].into(), 20_000 + index as u16);
        let tcp = capture.connect(client, ([198, 51, 100, 1].into(), port));
        for (number, (side, data)) in runs.iter().enumerate() {
            let at = if number == 0 { whole } else { 0 };
            let (head, rest) = data.split_at(at);
            capture.send(tcp, *side, head);
            capture.send_cut(tcp, *side, rest, size);
        }
    }
    capture
}
