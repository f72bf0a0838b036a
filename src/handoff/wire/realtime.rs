//! RTP and RTCP.

use crate::handoff::wire::admitted::Admitted;

/// The version of both, in the highest two bits of the first byte.
const VERSION: u8 = 2;

/// The guard of RTP admits only the header. The payload type, a number in the packet,
/// selects a dissector, as does a header extension; padding is counted from the end of
/// the packet.
///
/// ```text
/// 0  version2 padding1 extension1 sources4    1  marker1 type7    2  sequence
/// 4  timestamp    8  source    12  contributing sources, 4 bytes each
/// ```
pub(crate) fn rtp(part: &[u8]) -> Option<Admitted> {
    const HEADER: usize = 12;
    const PADDING_OR_EXTENSION: u8 = 0x30;
    /// With the marker bit set, types 64 to 95 are RTCP (RFC 5761): the RTP dissector
    /// hands most of them to the RTCP dissector.
    const RTCP: core::ops::RangeInclusive<u8> = 192..=223;
    let [first, second, ..] = *part else {
        return None;
    };
    let sources = usize::from(first & 0x0f);
    let len = HEADER + 4 * sources;
    let is_plain = first >> 6 == VERSION && first & PADDING_OR_EXTENSION == 0;
    (is_plain && !RTCP.contains(&second) && part.len() >= len).then_some(Admitted {
        len,
        items: 64 + 4 * sources,
    })
}

/// The guard of RTCP admits consecutive packets of known types up to the last byte, each
/// long enough for its number of reports or sources. Other types can select dissectors.
///
/// ```text
/// 0  version2 padding1 count5    1  type    2  length in words of 4 bytes, less one
/// 4  200: sender4, 20, reports of 24    201: sender4, reports of 24
///    202: descriptions of 4 and more    203: sources of 4
/// ```
pub(crate) fn rtcp(part: &[u8]) -> Option<Admitted> {
    const MAX_BYTES: usize = 2048;
    /// Sender report, receiver report, source description, goodbye.
    const TYPES: core::ops::RangeInclusive<u8> = 200..=203;
    let mut rest = part;
    while let [first, kind, high, low, ..] = *rest {
        let len = 4 * (1 + usize::from(u16::from_be_bytes([high, low])));
        if first >> 6 != VERSION || !TYPES.contains(&kind) {
            return None;
        }
        let count = usize::from(first & 0x1f);
        let least = match kind {
            200 => 28 + 24 * count,
            201 => 8 + 24 * count,
            202 => 4 + 8 * count,
            _ => 4 + 4 * count,
        };
        rest = rest.get(len..).filter(|_| len >= least)?;
    }
    let fits = rest.is_empty() && (1..=MAX_BYTES).contains(&part.len());
    fits.then_some(Admitted {
        len: part.len(),
        items: 64 + 8 * part.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rtp_is_cut_to_its_header() {
        let packet = b"\x80\x04\0\x01\0\0\0\xf0\x12\x34\x56\x78audio";
        let len = |packet: &[u8]| rtp(packet).map(|admitted| admitted.len);
        assert_eq!(len(packet), Some(12));
        assert_eq!(len(&packet[..12]), Some(12));
        assert_eq!(len(&packet[..11]), None);
        assert_eq!(
            len(b"\x82\x04\0\x01\0\0\0\xf0\x12\x34\x56\x78\0\0\0\x01\0\0\0\x02"),
            Some(20)
        );
        assert_eq!(len(b"\x81\x04\0\x01\0\0\0\xf0\x12\x34\x56\x78"), None);
        for first in [0x00, 0x40, 0xc0, 0x90, 0xa0] {
            assert_eq!(len(&[&[first], &packet[1..]].concat()), None, "{first:#x}");
        }
        for second in [192, 199, 200, 205, 210, 213, 223] {
            let packet = [&[0x80, second][..], &packet[2..]].concat();
            assert_eq!(len(&packet), None, "{second}");
        }
        assert_eq!(len(&[&[0x80, 0xe0][..], &packet[2..]].concat()), Some(12));
        assert_eq!(len(b""), None);
        // Each of the sources adds an item of at most four bytes.
        let items = |sources: u8| {
            let packet = [&[0x80 | sources][..], &packet[1..12], &[0; 60]].concat();
            rtp(&packet).unwrap().items
        };
        assert_eq!([items(0), items(1), items(15)], [64, 68, 124]);
    }

    /// RFC 3550, 6.4 to 6.6.
    #[test]
    fn rtcp_packets_have_room_for_their_reports_and_sources() {
        for (kind, none, each) in [(200, 28, 24), (201, 8, 24), (202, 4, 8), (203, 4, 4)] {
            for count in [0_u8, 1, 2, 31] {
                let least = none + each * usize::from(count);
                let packet = |len: usize| {
                    let mut packet = vec![0x80 | count, kind, 0, (len / 4 - 1) as u8];
                    packet.resize(len, 0);
                    packet
                };
                let admitted = rtcp(&packet(least)).map(|it| (it.len, it.items));
                assert_eq!(admitted, Some((least, 64 + 8 * least)), "{kind} {count}");
                let is_short = least == 4 || rtcp(&packet(least - 4)).is_none();
                assert!(is_short, "{kind} {count}");
            }
        }
    }

    #[test]
    fn rtcp_packets_must_fill_the_part() {
        let report = b"\x80\xc9\0\x01\x12\x34\x56\x78";
        let bye = b"\x81\xcb\0\x01\x12\x34\x56\x78";
        let both = [&report[..], bye].concat();
        assert!(rtcp(report).is_some() && rtcp(&both).is_some());
        let missing = [&[0x9f][..], &report[1..]].concat();
        assert!(rtcp(&missing).is_none() && rtcp(b"\x81\xcb\0\0").is_none());
        assert!(rtcp(&both[..15]).is_none() && rtcp(b"").is_none());
        for kind in [199, 204, 205, 206, 207, 255] {
            assert!(rtcp(&[&both[..], &[0x80, kind, 0, 0]].concat()).is_none());
        }
        assert!(rtcp(&report.repeat(300)).is_none());
    }
}
