//! The HTTP messages of a stream, and the bodies for the dissector of MSN's media type.

/// One direction of an HTTP connection.
#[derive(Debug, Default)]
pub struct Stream(Vec<u8>);

/// One message.
#[derive(Debug)]
pub struct Message {
    pub head: Vec<u8>,
    /// The decoded body.
    pub body: Vec<u8>,
    /// Head and body as sent.
    pub whole: Vec<u8>,
    /// Whether the body was decoded from chunks.
    pub is_chunked: bool,
}

const MEDIA_TYPE: &str = "Content-Type: application/x-msn-messenger";
const LENGTH: &str = "Content-Length: ";
const CHUNKED: &str = "Transfer-Encoding: chunked";
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

impl Stream {
    /// Adds bytes of the stream; returns the messages that they complete.
    pub fn add(&mut self, bytes: &[u8]) -> Vec<Message> {
        self.0.extend(bytes);
        let mut messages = Vec::new();
        while let Some((message, end)) = self.message() {
            self.0.drain(..end);
            messages.push(message);
        }
        messages
    }

    /// The first message and the offset after it, if it is complete.
    fn message(&self) -> Option<(Message, usize)> {
        let at = position(&self.0, END_OF_HEAD)? + 4;
        let text = String::from_utf8_lossy(&self.0[..at]).into_owned();
        let is_chunked = text.contains(CHUNKED);
        let (body, end) = if is_chunked {
            one_chunk(&self.0, at)?
        } else {
            let length = text.lines().find_map(|line| line.strip_prefix(LENGTH));
            let end = at + length.map_or(0, |digits| digits.parse().expect("a length"));
            (self.0.get(at..end)?.to_vec(), end)
        };
        let message = Message {
            head: self.0[..at].to_vec(),
            body,
            whole: self.0[..end].to_vec(),
            is_chunked,
        };
        Some((message, end))
    }
}

impl Message {
    /// Whether HTTP passes the body to the dissector of MSN's media type.
    pub fn has_msn_body(&self) -> bool {
        String::from_utf8_lossy(&self.head).contains(MEDIA_TYPE) && !self.body.is_empty()
    }
}

/// A body of one chunk, and the offset after it.
fn one_chunk(data: &[u8], at: usize) -> Option<(Vec<u8>, usize)> {
    let digits = position(data.get(at..)?, b"\r\n")?;
    let length = String::from_utf8_lossy(&data[at..at + digits]).into_owned();
    let start = at + digits + 2;
    let body_end = start + usize::from_str_radix(&length, 16).expect("a length");
    let end = body_end + "\r\n0\r\n\r\n".len();
    (end <= data.len()).then(|| (data[start..body_end].to_vec(), end))
}

fn position(data: &[u8], word: &[u8]) -> Option<usize> {
    data.windows(word.len()).position(|window| window == word)
}
