//! Decodes a plaintext by the layouts of its command.

use crate::oicq::body::layout;
use crate::oicq::body::layout::FaultRule::{Parts, Whole};
use crate::oicq::body::layout::{fault, to_server, Layout};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::tlv::are_tlvs;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::body::{login_2009, login_classic, tlv};
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::wire::commands::table::{PROTOBUF, PROTOBUF_COMMANDS};
use crate::oicq::wire::era::{Era, SINCE_2009, SINCE_2012, UNTIL_2008};
use crate::span::Span;

/// The proof that a client knows the password, encrypted with its hash.
#[rustfmt::skip]
const PROOFS: &[Layout] = &[
    to_server(UNTIL_2008, Whole, "LM PU", login_classic::password_proof).applies_to(UNTIL_2008).with_keys(),
    to_server(SINCE_2009, Whole, "MY LQ QF MI, 0x1c27", login_2009::password_proof).applies_to(SINCE_2009).with_keys(),
];

/// The identification of a computer, encrypted with the TGTGT key.
const DEVICES: &[Layout] = &[to_server(SINCE_2012, Parts, "QF MI", |r| {
    tlv::tlvs(r, true)
})];

const _: () = assert!(
    fault(PROOFS, Era::All).is_none(),
    "PROOFS has an invalid layout"
);
const _: () = assert!(
    fault(DEVICES, Era::All).is_none(),
    "DEVICES has an invalid layout"
);

/// A decoded body.
#[derive(Debug, Clone)]
pub struct DecodedBody {
    /// The entries, in order.
    pub entries: Vec<BodyEntry>,
    /// Whether the bytes ended within a value.
    pub short: bool,
}

impl DecodedBody {
    /// The first entry with this name.
    pub fn find(&self, name: Name) -> Option<&BodyEntry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The bytes of every entry with this name, in order.
    pub fn spans(&self, name: Name) -> impl Iterator<Item = Span> + '_ {
        let entries = self.entries.iter().filter(move |entry| entry.name == name);
        entries.map(|entry| entry.span)
    }

    /// The first number with this name.
    pub fn number(&self, name: Name) -> Option<u32> {
        match self.find(name)?.value {
            BodyValue::Number(number) | BodyValue::Time(number) => Some(number),
            _ => None,
        }
    }

    /// The first text with this name.
    pub fn text(&self, name: Name) -> Option<&str> {
        match &self.find(name)?.value {
            BodyValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Decodes a plaintext of `context`; `uin` is the QQ number of the header, if it has one.
pub fn decode(context: &CiphertextContext, uin: Option<u32>, plain: &[u8]) -> DecodedBody {
    let charset = if context.is_old() {
        Charset::Gbk
    } else {
        Charset::Utf8
    };
    let uin = uin.filter(|uin| *uin != 0);
    let mut reader =
        Reader::new(plain, charset).with_context(context.version, context.direction, uin);
    match context.layer {
        // A reply that reports an error is a result and TLVs instead.
        CiphertextLayer::Frame
            if context.is_encrypted_twice(plain) && !are_tlvs(after_result(plain)) =>
        {
            reader.rest(Name::EncryptedTlvs);
        }
        CiphertextLayer::Frame | CiphertextLayer::Second => {
            layout::read(layouts(context), &mut reader)
        }
        CiphertextLayer::Proof => layout::read(PROOFS, &mut reader),
        CiphertextLayer::Device => layout::read(DEVICES, &mut reader),
    }
    let (entries, short) = reader.finish();
    DecodedBody { entries, short }
}

fn after_result(plain: &[u8]) -> &[u8] {
    plain.get(1..).unwrap_or_default()
}

/// The layouts of the command of `context`.
fn layouts(context: &CiphertextContext) -> &'static [Layout] {
    match context.row().map_or(&[][..], |row| row.layouts) {
        [] if PROTOBUF_COMMANDS.contains(&context.command) => PROTOBUF,
        layouts => layouts,
    }
}
