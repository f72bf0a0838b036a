//! Makes the seed corpus from the captures in `tests/captures`: one file per connection.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use pcap_file::pcap::PcapReader;

const TARGETS: [&str; 3] = ["msn", "qq", "transfers"];
/// Flags of TCP with reassembly, recognised; and of UDP, recognised.
const TCP: u8 = 0x0c;
const UDP: u8 = 0x18;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(home.join("../tests/captures"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        for (number, data) in conversations(&path)?.into_values().enumerate() {
            for target in TARGETS {
                let folder = home.join("corpus").join(target);
                fs::create_dir_all(&folder)?;
                fs::write(folder.join(format!("{name}-{number}")), &data)?;
            }
        }
    }
    Ok(())
}

/// The fuzzer input of each conversation, by its endpoints.
type Conversations = BTreeMap<[(u32, u16); 2], Vec<u8>>;

fn conversations(capture: &Path) -> Result<Conversations, Box<dyn std::error::Error>> {
    let mut found = Conversations::new();
    let mut reader = PcapReader::new(fs::File::open(capture)?)?;
    while let Some(frame) = reader.next_packet() {
        let frame = frame?;
        // Frames cut by the capture are skipped.
        let Ok(packet) = SlicedPacket::from_ethernet(&frame.data) else {
            continue;
        };
        let Some(NetSlice::Ipv4(ip)) = packet.net else {
            continue;
        };
        let (ports, payload, flags) = match packet.transport {
            Some(TransportSlice::Tcp(tcp)) => (
                (tcp.source_port(), tcp.destination_port()),
                tcp.payload(),
                TCP,
            ),
            Some(TransportSlice::Udp(udp)) => (
                (udp.source_port(), udp.destination_port()),
                udp.payload(),
                UDP,
            ),
            _ => continue,
        };
        let from = (ip.header().source_addr().to_bits(), ports.0);
        let to = (ip.header().destination_addr().to_bits(), ports.1);
        let length = u16::try_from(payload.len())?;
        let data = found.entry([from.min(to), from.max(to)]).or_default();
        if length > 0 {
            data.push(flags | u8::from(from < to));
            data.extend(length.to_be_bytes());
            data.extend(payload);
        }
    }
    Ok(found)
}
