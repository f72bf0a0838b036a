use super::*;

/// The headers of a real invitation.
const INVITE: &[u8] = b"\x18\x03\x02\xe2j#C\xff\x01\x0c\x00\x02\x00\x00\x00\x0e\x00\x00\
    \x0f\x01\x00\x00\x00\x00\x08\x01\x00\x00\x00\x00\x00\x00";
/// An acknowledgement with peer information, a request for one, and its acknowledgement.
const HELLO: &[u8] = b"\x1c\x03\x00\x00&>\xfe>\x02\x04\xd3\xb7\x94\xcf\x01\x0c\x00\x02\
    \x00\x00\x00\x0ean\x0f\x01\x00\x00";
const REQUEST: &[u8] = b"\x08\x02\x00\x00[\xc8\x00\xf7";
const ANSWER: &[u8] = b"\x10\x00\x00\x00j#F\xe1\x02\x04[\xc8\x00\xf7\x00\x00";

#[test]
fn a_real_invitation() {
    let header = header(INVITE).unwrap();
    assert_eq!(header.span, Span::new(0, 24));
    assert_eq!(header.operation, Spanned::new(3, Span::new(1, 1)));
    assert_eq!(header.payload_length.value, 738);
    assert_eq!(header.sequence.value, 0x6a23_43ff);
    assert_eq!(header.padding, Some(Span::new(22, 2)));
    let [tlv] = header.tlvs[..] else {
        panic!("{:?}", header.tlvs);
    };
    assert_eq!(tlv.span, Span::new(8, 14));
    let TlvValue::Peer(peer) = tlv.value else {
        panic!("{tlv:?}");
    };
    assert_eq!(peer.protocol, Spanned::new(0x0200, Span::new(10, 2)));
    assert_eq!(peer.version.value, 0x0e00);
    assert_eq!(peer.capabilities, Spanned::new(0x010f, Span::new(18, 4)));
    let data = header.data.unwrap();
    assert_eq!(data.span, Span::new(24, 8));
    assert!(data.is_first());
    assert_eq!((data.session.value, data.remaining()), (0, 0));
}

#[test]
fn requests_and_acknowledgements() {
    let hello = header(HELLO).unwrap();
    assert_eq!(hello.acknowledges(), Some(0xd3b7_94cf));
    assert_eq!(hello.nak_number(), None);
    assert_eq!(hello.tlvs.len(), 2);
    assert_eq!(hello.padding, None);
    let request = header(REQUEST).unwrap();
    assert_eq!(request.operation.value, 2);
    let answer = header(ANSWER).unwrap();
    assert_eq!(answer.acknowledges(), Some(request.acknowledged_by()));
    assert_eq!(answer.padding, Some(Span::new(14, 2)));
    assert_eq!(answer.data, None);
}

#[test]
fn a_chunk_has_the_number_of_remaining_bytes() {
    let mut data = b"\x08\x00\x00\x18\0\0\0\x05\x14\x04\x00\x07\0\0\x12\x34".to_vec();
    data.extend(b"\x01\x08\0\0\0\0\0\x01\0\x02\0\0");
    let header = header(&data).unwrap();
    let chunk = header.data.unwrap();
    assert_eq!(chunk.span, Span::new(8, 20));
    assert!(!chunk.is_first());
    assert_eq!((chunk.package.value, chunk.session.value), (7, 0x1234));
    assert_eq!(chunk.remaining(), 0x0001_0002);
    assert_eq!(chunk.padding, Some(Span::new(26, 2)));
}

#[test]
fn a_data_header_can_be_the_whole_payload() {
    let header = header(b"\x08\x00\x00\x08\0\0\0\0\x08\x01\0\0\0\0\0\x07").unwrap();
    let data = header.data.unwrap();
    assert_eq!(data.span, Span::new(8, 8));
    assert_eq!(data.session.value, 7);
}

#[test]
fn invalid_lengths() {
    assert!(matches!(
        header(b"\x04\x00\x00\x00\0\0\0\0"),
        Err(Fault::Malformed { .. })
    ));
    assert!(matches!(
        header(b"\x08\x00\x00\x08\0\0\0\0\x09\0\0\0\0\0\0\0\0"),
        Err(Fault::Malformed { .. })
    ));
    // A TLV that exceeds the header counts as padding.
    let header = header(b"\x0c\x00\x00\x00\0\0\0\0\x02\x04ab").unwrap();
    assert!(header.tlvs.is_empty());
    assert_eq!(header.padding, Some(Span::new(8, 4)));
}

#[test]
fn every_prefix_is_incomplete() {
    for whole in [INVITE, HELLO, REQUEST, ANSWER] {
        for cut in 0..whole.len() {
            assert!(
                matches!(header(&whole[..cut]), Err(Fault::Incomplete(_))),
                "{cut} of {whole:?}"
            );
        }
    }
}
