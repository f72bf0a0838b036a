//! What of a packet may be handed to dissectors of others.

use imshark::handoff::{for_media_type, image_format, HandOff};

use crate::invariants::{bounded, held};

/// A byte of which, then a part.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, data @ ..] = data else {
            return;
        };
        let to = HandOff::ALL[usize::from(*which) % HandOff::ALL.len()];
        by_media_type(data);
        let Some(admitted) = to.admits(data) else {
            return;
        };
        assert!((1..=data.len()).contains(&admitted.len));
        assert!(admitted.items > 0);
        // What is handed on is admitted as a whole.
        let again = to.admits(&data[..admitted.len]);
        assert_eq!(again.map(|again| again.len), Some(admitted.len));
        held(|| "a part that is admitted is admitted again".into());
        if is_image(to) {
            let format = image_format(data).map(|format| format.hand_off);
            assert_eq!(format, Some(to), "the signature is of another format");
        }
    });
}

fn is_image(to: HandOff) -> bool {
    matches!(to, HandOff::Gif | HandOff::Jpeg | HandOff::Png)
}

/// A declared type selects an image by its signature only, and no row that is not listed.
fn by_media_type(data: &[u8]) {
    let format = image_format(data);
    if let Some(format) = format {
        assert!(is_image(format.hand_off));
        assert_eq!(
            for_media_type(format.media.as_bytes(), data),
            Some(format.hand_off)
        );
    }
    let format = format.map(|format| format.hand_off);
    for media in ["image/gif", "IMAGE/JPEG", "image/x-png"] {
        assert_eq!(for_media_type(media.as_bytes(), data), format);
    }
    let text = for_media_type(b"text/xml", data);
    assert_eq!(text, Some(HandOff::Xml));
    let named = for_media_type(data, b"");
    assert!(matches!(named, None | Some(HandOff::Xml | HandOff::Sip)));
    assert!(named.is_none() || data.is_ascii());
}
