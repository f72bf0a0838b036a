//! Builds captures: Ethernet frames with IPv4 and TCP or UDP, one per millisecond unless
//! told to wait.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

use etherparse::{NetSlice, PacketBuilder, SlicedPacket, TransportSlice};
use imshark::oicq::keystore::keyring::{Keyring, SecretKind};
use pcap_file::pcap::{PcapPacket, PcapReader, PcapWriter};

/// An address and a port.
pub type Endpoint = (Ipv4Addr, u16);

/// Largest payload of one TCP segment.
pub const SEGMENT: usize = 1400;

/// The sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Client,
    Server,
}

/// One captured frame.
#[derive(Debug, Clone)]
pub struct Frame {
    pub time: Duration,
    pub bytes: Vec<u8>,
    /// Length on the wire; greater than that of `bytes` if the capture cut the frame.
    pub original: usize,
}

/// A capture being built.
#[derive(Debug, Default, Clone)]
pub struct Capture {
    pub frames: Vec<Frame>,
    pub secrets: Secrets,
    connections: Vec<Connection>,
    /// Total time without frames, besides the millisecond between frames.
    silence: Duration,
}

/// The user's keys for the accounts in a capture.
#[derive(Debug, Default, Clone)]
pub struct Secrets {
    /// QQ number, type, value.
    pub rows: Vec<(u32, SecretKind, String)>,
    pub keylog: String,
    pub shows_keys: bool,
}

impl Secrets {
    pub fn row(&mut self, uin: u32, kind: SecretKind, value: &str) {
        self.rows.push((uin, kind, value.to_owned()));
    }

    pub fn keyring(&self) -> Keyring {
        let mut keyring = Keyring::default();
        for (uin, kind, value) in &self.rows {
            keyring.add_row(*uin, *kind, value).expect("a good row");
        }
        assert_eq!(keyring.add_keylog(&self.keylog), []);
        keyring
    }
}

/// A TCP connection of a capture.
#[derive(Debug, Clone, Copy)]
pub struct Tcp(usize);

#[derive(Debug, Clone)]
struct Connection {
    client: Endpoint,
    server: Endpoint,
    /// Next sequence number of client and server.
    next: [u32; 2],
}

impl Capture {
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a connection with a three-way handshake.
    pub fn connect(&mut self, client: Endpoint, server: Endpoint) -> Tcp {
        let tcp = self.midstream(client, server);
        self.shake_hands(tcp)
    }

    /// As [`Self::connect`], with other sequence numbers, as later connections have.
    pub fn connect_again(&mut self, client: Endpoint, server: Endpoint) -> Tcp {
        let tcp = self.midstream(client, server);
        self.connections[tcp.0].next = [3_000_000, 7_000_000];
        self.shake_hands(tcp)
    }

    fn shake_hands(&mut self, tcp: Tcp) -> Tcp {
        self.tcp_frame(tcp, Side::Client, "S", &[]);
        self.connections[tcp.0].next[0] += 1;
        self.tcp_frame(tcp, Side::Server, "SA", &[]);
        self.connections[tcp.0].next[1] += 1;
        self.tcp_frame(tcp, Side::Client, "A", &[]);
        tcp
    }

    /// A connection that was open before the capture began.
    pub fn midstream(&mut self, client: Endpoint, server: Endpoint) -> Tcp {
        self.connections.push(Connection {
            client,
            server,
            next: [1000, 5000],
        });
        Tcp(self.connections.len() - 1)
    }

    /// Sends `data` in as few segments as possible.
    pub fn send(&mut self, tcp: Tcp, side: Side, data: &[u8]) -> &mut Self {
        self.send_cut(tcp, side, data, SEGMENT)
    }

    /// Sends `data` in segments of `size` bytes.
    pub fn send_cut(&mut self, tcp: Tcp, side: Side, data: &[u8], size: usize) -> &mut Self {
        for piece in data.chunks(size) {
            self.tcp_frame(tcp, side, "AP", piece);
            let next = &mut self.connections[tcp.0].next[side as usize];
            *next = next.wrapping_add(piece.len() as u32);
        }
        self
    }

    /// Sends the last `data` again.
    pub fn repeat(&mut self, tcp: Tcp, side: Side, data: &[u8]) -> &mut Self {
        let next = &mut self.connections[tcp.0].next[side as usize];
        *next = next.wrapping_sub(data.len() as u32);
        self.send(tcp, side, data)
    }

    /// Skips bytes of the stream, as if the capture had missed a segment.
    pub fn lose(&mut self, tcp: Tcp, side: Side, bytes: u32) -> &mut Self {
        self.connections[tcp.0].next[side as usize] += bytes;
        self
    }

    /// Acknowledges all that the other side has sent.
    pub fn acknowledge(&mut self, tcp: Tcp, side: Side) -> &mut Self {
        self.tcp_frame(tcp, side, "A", &[]);
        self
    }

    /// Sends `data`, of which the other side acknowledges every other segment.
    pub fn send_acknowledged(&mut self, tcp: Tcp, side: Side, data: &[u8]) -> &mut Self {
        let other = match side {
            Side::Client => Side::Server,
            Side::Server => Side::Client,
        };
        for segments in data.chunks(2 * SEGMENT) {
            self.send(tcp, side, segments);
            self.acknowledge(tcp, other);
        }
        self
    }

    /// Closes the connection from the client's side.
    pub fn close(&mut self, tcp: Tcp) -> &mut Self {
        for side in [Side::Client, Side::Server] {
            self.tcp_frame(tcp, side, "AF", &[]);
            self.connections[tcp.0].next[side as usize] += 1;
        }
        self.tcp_frame(tcp, Side::Client, "A", &[]);
        self
    }

    fn tcp_frame(&mut self, tcp: Tcp, side: Side, flags: &str, payload: &[u8]) {
        let connection = self.connections[tcp.0].clone();
        let ((from, to), (sequence, acknowledged)) = match side {
            Side::Client => (
                (connection.client, connection.server),
                (connection.next[0], connection.next[1]),
            ),
            Side::Server => (
                (connection.server, connection.client),
                (connection.next[1], connection.next[0]),
            ),
        };
        let mut builder = ip(from, to).tcp(from.1, to.1, sequence, 64_000);
        for flag in flags.chars() {
            builder = match flag {
                'S' => builder.syn(),
                'A' => builder.ack(acknowledged),
                'P' => builder.psh(),
                _ => builder.fin(),
            };
        }
        let mut bytes = Vec::new();
        builder.write(&mut bytes, payload).expect("a TCP frame");
        self.push(bytes);
    }

    /// Adds a datagram.
    pub fn udp(&mut self, from: Endpoint, to: Endpoint, payload: &[u8]) -> &mut Self {
        let mut bytes = Vec::new();
        ip(from, to)
            .udp(from.1, to.1)
            .write(&mut bytes, payload)
            .expect("a UDP frame");
        self.push(bytes);
        self
    }

    fn push(&mut self, bytes: Vec<u8>) {
        let time = Duration::from_secs(1_000_000_000)
            + Duration::from_millis(self.frames.len() as u64)
            + self.silence;
        self.frames.push(Frame {
            time,
            original: bytes.len(),
            bytes,
        });
    }

    /// Lets time pass before the next frame.
    pub fn wait(&mut self, time: Duration) -> &mut Self {
        self.silence += time;
        self
    }

    /// Cuts the last frame to `bytes`, as a capture with a snap length does.
    pub fn snap_last(&mut self, bytes: usize) -> &mut Self {
        if let Some(frame) = self.frames.last_mut() {
            frame.bytes.truncate(bytes);
        }
        self
    }

    /// Exchanges the contents of the last two frames, as if the network had: one comes too
    /// early, and the other, which was sent before it, too late.
    pub fn swap_last(&mut self) -> &mut Self {
        if let [.., before, last] = &mut self.frames[..] {
            std::mem::swap(&mut before.bytes, &mut last.bytes);
            std::mem::swap(&mut before.original, &mut last.original);
        }
        self
    }

    /// Adds the frames and secrets of another capture, which was made after this one.
    pub fn append(&mut self, later: Self) -> &mut Self {
        let time =
            |capture: &Self| capture.silence + Duration::from_millis(capture.frames.len() as u64);
        let before = time(self);
        self.silence += later.silence;
        self.frames
            .extend(later.frames.into_iter().map(|frame| Frame {
                time: frame.time + before,
                ..frame
            }));
        self.secrets.rows.extend(later.secrets.rows);
        self.secrets.keylog += &later.secrets.keylog;
        self
    }

    /// The same capture over IPv6: each address is one of 2001:db8::/32.
    pub fn over_ipv6(mut self) -> Self {
        for frame in &mut self.frames {
            frame.bytes = over_ipv6(&frame.bytes);
            frame.original = frame.bytes.len();
        }
        self
    }

    /// The capture as a pcap file.
    pub fn to_pcap(&self) -> Vec<u8> {
        let mut writer = PcapWriter::new(Vec::new()).expect("a pcap header");
        for frame in &self.frames {
            let packet = PcapPacket::new(frame.time, frame.original as u32, &frame.bytes);
            writer.write_packet(&packet).expect("a pcap record");
        }
        writer.into_writer()
    }
}

fn ip(from: Endpoint, to: Endpoint) -> etherparse::PacketBuilderStep<etherparse::IpHeaders> {
    ethernet().ipv4(from.0.octets(), to.0.octets(), 64)
}

fn ethernet() -> etherparse::PacketBuilderStep<etherparse::Ethernet2Header> {
    PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2])
}

fn over_ipv6(bytes: &[u8]) -> Vec<u8> {
    let sliced = SlicedPacket::from_ethernet(bytes).expect("a whole frame");
    let (Some(NetSlice::Ipv4(ip)), Some(transport)) = (&sliced.net, &sliced.transport) else {
        panic!("a frame of IPv4 with TCP or UDP");
    };
    let address = |address: Ipv4Addr| {
        let [high, low] =
            [0, 2].map(|at| u16::from_be_bytes([address.octets()[at], address.octets()[at + 1]]));
        Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, high, low).octets()
    };
    let (from, to) = (ip.header().source_addr(), ip.header().destination_addr());
    let builder = ethernet().ipv6(address(from), address(to), 64);
    let mut bytes = Vec::new();
    match transport {
        TransportSlice::Udp(udp) => builder
            .udp(udp.source_port(), udp.destination_port())
            .write(&mut bytes, udp.payload()),
        TransportSlice::Tcp(tcp) => builder
            .tcp_header(tcp.to_header())
            .write(&mut bytes, tcp.payload()),
        _ => panic!("a frame of TCP or UDP"),
    }
    .expect("a frame");
    bytes
}

/// The frames of a pcap file.
pub fn frames_of(path: &Path) -> Vec<Frame> {
    let file = std::fs::File::open(path).expect("a capture");
    let mut reader = PcapReader::new(file).expect("a pcap file");
    let mut frames = Vec::new();
    while let Some(packet) = reader.next_packet() {
        let packet = packet.expect("a record");
        frames.push(Frame {
            time: packet.timestamp,
            original: packet.orig_len as usize,
            bytes: packet.data.into_owned(),
        });
    }
    frames
}
