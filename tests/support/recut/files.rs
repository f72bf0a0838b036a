//! Reads pcap and pcapng files, and writes many captures into one.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use pcap_file::pcap::PcapReader;
use pcap_file::pcapng::blocks::enhanced_packet::EnhancedPacketBlock;
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use pcap_file::pcapng::blocks::unknown::UnknownBlock;
use pcap_file::pcapng::{Block, PcapNgBlock, PcapNgReader, PcapNgWriter};
use pcap_file::{DataLink, Endianness, TsResolution};

use super::{Frame, Recording};

/// pcapng's Decryption Secrets Block.
const SECRETS: u32 = 0x0a;

/// The frames of a file, up to the first truncated or invalid record.
pub fn read(path: &Path) -> Recording {
    let bytes = std::fs::read(path).expect("a capture");
    if bytes.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]) {
        from_pcapng(&bytes)
    } else {
        from_pcap(&bytes)
    }
}

fn from_pcap(bytes: &[u8]) -> Recording {
    let mut recording = Recording::default();
    let Ok(mut reader) = PcapReader::new(bytes) else {
        return recording;
    };
    let header = reader.header();
    let unit = match header.ts_resolution {
        TsResolution::MicroSecond => 1000,
        TsResolution::NanoSecond => 1,
    };
    while let Some(Ok(packet)) = reader.next_raw_packet() {
        let seconds = Duration::from_secs(packet.ts_sec.into());
        recording.frames.push(Frame {
            time: seconds + Duration::from_nanos(u64::from(packet.ts_frac) * unit),
            link: header.datalink,
            original: packet.orig_len,
            bytes: packet.data.into_owned(),
        });
    }
    recording
}

fn from_pcapng(bytes: &[u8]) -> Recording {
    let mut recording = Recording::default();
    let Ok(mut reader) = PcapNgReader::new(bytes) else {
        return recording;
    };
    let mut interfaces: Vec<(DataLink, u128)> = Vec::new();
    let mut little = reader.section().endianness == Endianness::Little;
    while let Some(Ok(block)) = reader.next_block() {
        match block {
            Block::SectionHeader(section) => {
                little = section.endianness == Endianness::Little;
                interfaces.clear();
            }
            Block::InterfaceDescription(interface) => {
                interfaces.push((interface.linktype, ticks_per_second(&interface)));
            }
            Block::EnhancedPacket(packet) => {
                let Some(&(link, resolution)) = interfaces.get(packet.interface_id as usize) else {
                    break;
                };
                // The reader takes every tick as a nanosecond.
                let nanoseconds = packet.timestamp.as_nanos() * 1_000_000_000 / resolution;
                recording.frames.push(Frame {
                    time: Duration::from_nanos(nanoseconds as u64),
                    link,
                    original: packet.original_len,
                    bytes: packet.data.into_owned(),
                });
            }
            Block::Unknown(block) if block.type_ == SECRETS && little => {
                recording.secrets.push(block.value.into_owned());
            }
            _ => {}
        }
    }
    recording
}

fn ticks_per_second(interface: &InterfaceDescriptionBlock) -> u128 {
    let resolution = interface.options.iter().find_map(|option| match option {
        InterfaceDescriptionOption::IfTsResol(resolution) => Some(*resolution),
        _ => None,
    });
    let resolution = resolution.unwrap_or(6);
    let base: u128 = if resolution & 0x80 == 0 { 10 } else { 2 };
    base.pow(u32::from(resolution & 0x7f))
}

/// Writes recordings one after the other into one pcapng file. Returns the number of frames.
pub fn write<'a>(
    path: &Path,
    recordings: impl IntoIterator<Item = (&'a [Vec<u8>], Vec<Frame>)>,
) -> usize {
    let file = std::fs::File::create(path).expect("a new capture");
    let file = std::io::BufWriter::new(file);
    let mut writer =
        PcapNgWriter::with_endianness(file, Endianness::Little).expect("a pcapng header");
    let mut links: Vec<DataLink> = Vec::new();
    let mut count = 0;
    for (secrets, frames) in recordings {
        for body in secrets {
            let block = UnknownBlock {
                type_: SECRETS,
                length: body.len() as u32 + 12,
                value: Cow::Borrowed(body),
            };
            writer.write_pcapng_block(block).expect("a block of keys");
        }
        for frame in frames {
            let known = links.iter().position(|link| *link == frame.link);
            let interface = known.unwrap_or_else(|| {
                links.push(frame.link);
                let block = InterfaceDescriptionBlock {
                    linktype: frame.link,
                    snaplen: 0,
                    options: vec![InterfaceDescriptionOption::IfTsResol(9)],
                };
                writer.write_pcapng_block(block).expect("an interface");
                links.len() - 1
            });
            let packet = EnhancedPacketBlock {
                interface_id: interface as u32,
                timestamp: frame.time,
                original_len: frame.original,
                data: Cow::Owned(frame.bytes),
                options: Vec::new(),
            };
            writer
                .write_block(&packet.into_block())
                .expect("a pcapng record");
            count += 1;
        }
    }
    let mut file = writer.into_inner();
    file.flush().expect("a capture written");
    count
}
