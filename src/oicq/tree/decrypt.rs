//! Tree items of decrypted frames.

use core::ffi::CStr;

use crate::digest::hex;
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use crate::oicq::fields::{Field, Note};
use crate::oicq::keystore::store::Candidate;
use crate::oicq::state::decryption::{DecryptedFrame, DecryptionResult};
use crate::oicq::tree::body as show_body;
use crate::oicq::tree::body::ShownBody;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

impl DecryptionResult {
    /// Adds the decrypted bodies and notes; `root` is the frame's item. Returns the bodies.
    pub(crate) fn show(&self, plan: &mut Plan<'_>, root: ItemId) -> Vec<ShownBody<'_>> {
        if let Some(uin) = self.useless_keys_of {
            note_useless_keys(plan, root, uin);
        }
        if self.damaged {
            plan.note(Note::Damaged, root);
        }
        let decrypted = self.decrypted.as_ref();
        decrypted.map_or_else(Vec::new, |decrypted| decrypted.show(plan))
    }
}

impl DecryptedFrame {
    fn show(&self, plan: &mut Plan<'_>) -> Vec<ShownBody<'_>> {
        let item = plan.generated(1, Field::Decrypted, true);
        if plan.wants_items() {
            plan.label_args(
                item,
                format_args!("Decrypted with the {}", self.key.words()),
            );
            show_key(plan, &self.key);
        }
        let outer = self.show_plaintext(plan, CiphertextLayer::Frame, &self.plaintext, |_| {});
        let inner = self.inner.iter().filter_map(|inner| {
            self.show_plaintext(plan, inner.layer, &inner.plaintext, |plan| {
                show_key(plan, &inner.key);
            })
        });
        outer.into_iter().chain(inner).collect()
    }

    /// Adds a plaintext as a data source, followed by the items of `first` and those of
    /// the body, which it returns. `None` if there are too many sources.
    fn show_plaintext<'p>(
        &self,
        plan: &mut Plan<'_>,
        layer: CiphertextLayer,
        plaintext: &'p [u8],
        first: impl FnOnce(&mut Plan<'_>),
    ) -> Option<ShownBody<'p>> {
        let (name, field): (&'static CStr, _) = match layer {
            CiphertextLayer::Frame => (c"Decrypted QQ body", Field::Plaintext),
            CiphertextLayer::Proof => (c"Decrypted QQ password proof", Field::Proof),
            CiphertextLayer::Device => (c"Decrypted QQ device information", Field::Device),
            CiphertextLayer::Second => (c"Decrypted QQ inner body", Field::Second),
        };
        let context = CiphertextContext {
            layer,
            ..self.context
        };
        if !plan.wants_items() {
            return Some(show_body::show(plan, &context, self.uin, plaintext, 2));
        }
        let source = plan.add_decrypted(name, plaintext.to_vec())?;
        let back = plan.enter(source, 0);
        plan.bytes(1, field, Span::new(0, plaintext.len()));
        first(plan);
        let body = show_body::show(plan, &context, self.uin, plaintext, 2);
        // Messages of every era contain this key, also those of unknown layout.
        if let (KeyRole::Session, Some(uin)) = (self.key.role, self.uin) {
            let key = self.key.key.peer_key(uin);
            show_body::hide_key(plan, plaintext, Span::new(0, plaintext.len()), &key);
        }
        plan.leave(back);
        Some(body)
    }
}

/// Notes that the user's keys for an account have decrypted nothing in the conversation
/// so far.
pub(crate) fn note_useless_keys(plan: &mut Plan<'_>, root: ItemId, uin: u32) {
    let text = format!("None of the keys given for QQ {uin} has decrypted anything so far");
    plan.note_text(Note::UselessKeys, root, &text);
}

/// Adds the key, one level below the previous item.
pub(crate) fn show_key(plan: &mut Plan<'_>, by: &Candidate) {
    let item = plan.derived(2, Field::DecryptionKey, Span::default(), &by.words());
    plan.mark_generated(item);
    let digits = hex(by.key.bytes());
    let item = plan.derived(2, Field::DecryptionKeyValue, Span::default(), &digits);
    plan.mark_generated(item);
}
