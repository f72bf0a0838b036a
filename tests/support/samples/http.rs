//! The bodies that HTTP hands to the dissector of MSN's media type.

/// One direction of a connection of HTTP.
#[derive(Debug, Default)]
pub struct Bodies(Vec<u8>);

const MEDIA_TYPE: &str = "Content-Type: application/x-msn-messenger";
const LENGTH: &str = "Content-Length: ";
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

impl Bodies {
    /// Takes bytes of the stream; gives the heads and bodies of MSN that they complete.
    pub fn add(&mut self, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        self.0.extend(bytes);
        let mut bodies = Vec::new();
        while let Some((head, end)) = self.message() {
            let body = self.0[head.len()..end].to_vec();
            self.0.drain(..end);
            if head.contains(MEDIA_TYPE) && !body.is_empty() {
                bodies.push((head, body));
            }
        }
        bodies
    }

    /// The head of the first message and the offset behind it, if it is whole.
    fn message(&self) -> Option<(String, usize)> {
        let at = self.0.windows(4).position(|w| w == END_OF_HEAD)? + 4;
        let head = String::from_utf8_lossy(&self.0[..at]).into_owned();
        let length = head.lines().find_map(|line| line.strip_prefix(LENGTH));
        let end = at + length.map_or(0, |digits| digits.parse().expect("a length"));
        (end <= self.0.len()).then_some((head, end))
    }
}
