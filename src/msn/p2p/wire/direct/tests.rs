use super::*;

fn framed(body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32).to_le_bytes().to_vec();
    bytes.extend(body);
    bytes
}

fn handshake() -> Vec<u8> {
    let mut body = [0_u8; 48];
    body[29] = 1;
    body[32..].copy_from_slice(&[0xab; 16]);
    framed(&body)
}

#[test]
fn the_frames_of_a_handshake() {
    let hello = frame(b"\x04\0\0\0foo\0", 0, true).unwrap();
    assert_eq!(hello.body_type, DirectBodyType::Foo);
    assert_eq!((hello.length.value, hello.body), (4, Span::new(4, 4)));
    let first = frame(&handshake(), 0, true).unwrap();
    assert_eq!(first.body_type, DirectBodyType::Handshake(Guid([0xab; 16])));
    assert_eq!(first.body_type.version(), Some(Version::V1));
    let second = frame(&framed(&[0xcd; 16]), 0, true).unwrap();
    assert_eq!(second.body_type.nonce(), Some(Guid([0xcd; 16])));
    let later = frame(&framed(&[0xcd; 16]), 0, false).unwrap();
    assert_eq!(later.body_type, DirectBodyType::Packet);
    assert_eq!(
        frame(&[0; 4], 0, true).unwrap().body_type,
        DirectBodyType::Empty
    );
}

#[test]
fn a_frame_requests_exactly_the_missing_bytes() {
    let whole = handshake();
    for cut in 0..whole.len() {
        let missing = match cut {
            0..=3 => Missing::Unknown,
            _ => Missing::Bytes(whole.len() - cut),
        };
        assert_eq!(
            frame(&whole[..cut], 0, true),
            Err(Fault::Incomplete(missing))
        );
    }
    assert!(matches!(
        frame(b"\x01\0\x10\0foo", 0, true),
        Err(Fault::Malformed { .. })
    ));
}

#[test]
fn a_frame_is_as_long_as_the_maximum_at_most() {
    let length = MAX_FRAME.to_le_bytes();
    assert_eq!(body_length(&length), Some(MAX_FRAME as usize));
    let missing = Missing::Bytes(MAX_FRAME as usize);
    assert_eq!(frame(&length, 0, false), Err(Fault::Incomplete(missing)));
    let length = (MAX_FRAME + 1).to_le_bytes();
    assert_eq!(body_length(&length), None);
    let found = frame(&length, 0, false);
    assert!(matches!(found, Err(Fault::Malformed { .. })));
}

#[test]
fn a_whole_packet_ends_with_its_data() {
    let packet = |announced: u8, data: &[u8]| {
        let mut body = vec![0; 48];
        body[24] = announced;
        body.extend(data);
        framed(&body)
    };
    for (announced, data, is_whole) in [
        (4, &b"data"[..], true),
        (5, b"data", false),
        (3, b"data", false),
    ] {
        let found = is_whole_packet(&packet(announced, data), false);
        assert_eq!(found, is_whole, "{announced}");
    }
    let mut other = packet(4, b"data");
    other[0] += 1;
    assert!(!is_whole_packet(&other, false));
    assert!(!is_whole_packet(&framed(b"no packet"), false));
}

#[test]
fn incomplete_handshakes_are_detected() {
    for whole in [framed(FOO), handshake(), framed(&[0xcd; 16])] {
        assert!((0..whole.len()).all(|cut| may_begin_direct(&whole[..cut])));
    }
    for data in [&b"\x05"[..], b"\x04\0\0\0b", b"\x4a\0\0", b"\x04\x01"] {
        assert!(!may_begin_direct(data), "{}", data.escape_ascii());
    }
    let packet = framed(&[0; 48]);
    assert!(!may_begin_direct(&packet[..40]) && !shows_handshake(&packet));
    assert!(shows_handshake(&handshake()[..36]) && !shows_handshake(&handshake()[..35]));
}

#[test]
fn the_next_packet_of_version_2_begins_before_its_package_and_session() {
    for header in [8_u8, 12, 64] {
        let mut body = vec![header, 0, 0, 12, 0, 0, 0, 5];
        if header > 8 {
            body.extend([9, header - 10]);
            body.resize(header.into(), 0xab);
        }
        body.extend(b"\x08\x04\0\x07\0\0\0\x09data");
        let data = [&b"lost"[..], &framed(&body)].concat();
        assert_eq!(next_packet(&data, 9, 7, true), Some(4), "{header}");
        assert_eq!(next_packet(&data, 9, 8, true), None, "{header}");
        assert_eq!(next_packet(&data, 8, 7, true), None, "{header}");
        assert_eq!(next_packet(&data[5..], 9, 7, true), None, "{header}");
    }
}

#[test]
fn a_direct_connection_is_recognised_by_its_handshake() {
    let hello = framed(FOO);
    assert!(is_direct(&hello));
    assert!(is_direct(&[hello.clone(), handshake()].concat()));
    assert!(is_direct(&[&hello[..], &[0x10, 0, 0, 0, 1]].concat()));
    for data in [
        &b""[..],
        b"\x04\0\0\0bar\0",
        b"\x04\0\0\0foo",
        b"\x04\0\0\0foo\0GET / HTTP/1.1",
        b"\x30\0\0\0\0\0\0\0",
    ] {
        assert!(!is_direct(data), "{}", data.escape_ascii());
    }
}
