//! Base64 parameters with readable content: shown as the word, and decoded in a data
//! source of their own.

use crate::handoff::HandOff;
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::values::ValueBytes;
use crate::msn::msnp::wire::content::base64;
use crate::msn::msnp::wire::sso_blob::{response_blob, BLOB_NUMBER};
use crate::plan::Plan;
use crate::span::Span;

/// Shows the response to the nonce of single sign-on.
pub(crate) fn response(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) {
    plan.text(depth, Field::ResponseBlob, value.span());
    let Some(decoded) = base64(value.bytes) else {
        return;
    };
    let Some(blob) = response_blob(&decoded) else {
        return;
    };
    let Some(source) = plan.add_source(c"Single sign-on response", decoded) else {
        return;
    };
    let back = plan.enter(source, 0);
    let numbers = [
        Field::BlobHeader,
        Field::BlobMode,
        Field::BlobCipher,
        Field::BlobHashType,
        Field::BlobLength,
        Field::BlobLength,
        Field::BlobLength,
    ];
    for (index, (field, number)) in numbers.into_iter().zip(blob.numbers).enumerate() {
        let span = Span::new(index * BLOB_NUMBER, BLOB_NUMBER);
        plan.number(depth + 1, field, span, number);
    }
    for (field, span) in [
        (Field::BlobVector, blob.vector),
        (Field::BlobHash, blob.hash),
        (Field::BlobData, blob.cipher),
    ] {
        if span.len > 0 {
            plan.bytes(depth + 1, field, span);
        }
    }
    plan.leave(back);
}

/// Shows the signed ticket for the circles of a user: XML.
pub(crate) fn circle_ticket(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) {
    plan.text(depth, Field::CircleTicket, value.span());
    let xml = base64(value.bytes).filter(|decoded| decoded.starts_with(b"<"));
    let Some(xml) = xml else {
        return;
    };
    let span = Span::new(0, xml.len());
    if let Some(source) = plan.add_source(c"Circle ticket", xml) {
        let back = plan.enter(source, 0);
        plan.hand_off(depth + 1, HandOff::Xml, span);
        plan.leave(back);
    }
}

/// Shows `Version: 1` and `XfrCount: n`, the number of times a client was transferred.
pub(crate) fn hop_counter(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) {
    const COUNT: &[u8] = b"XfrCount: ";
    plan.text(depth, Field::HopCounter, value.span());
    let Some(decoded) = base64(value.bytes) else {
        return;
    };
    let Some(at) = memchr::memmem::find(&decoded, COUNT) else {
        return;
    };
    let start = at + COUNT.len();
    let digits = decoded.get(start..).unwrap_or_default();
    let len = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    let span = Span::new(start, len);
    let Some(count) = decimal(span.of(&decoded)) else {
        return;
    };
    if let Some(source) = plan.add_source(c"Hop counter", decoded) {
        let back = plan.enter(source, 0);
        plan.number(depth + 1, Field::HopCount, span, count);
        plan.leave(back);
    }
}
