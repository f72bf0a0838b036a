//! Meanings of the parameters of a command.
//!
//! A command has forms, which differ by dialect, role and direction. `read` chooses the
//! form by these, as far as they are known, and by the words themselves: a capture can
//! begin in the middle of a session, and servers of today do not always adhere to their
//! dialect.
//!
//! Source: docs/protocol/msnp.md §2.2 to §2.6 (forms), §7.6 and §11 (oddities).

pub(crate) mod fit;
pub(crate) mod form;
pub(crate) mod line;
pub(crate) mod line_context;
pub(crate) mod line_facts;
pub(crate) mod meaning;
pub(crate) mod proof;
pub(crate) mod read;
pub(crate) mod walk;

pub use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Proof, Sender, Slot};
pub use crate::msn::msnp::wire::parameter::line::Parameters;
pub use crate::msn::msnp::wire::parameter::line_context::{LineContext, ServerRole};
pub use crate::msn::msnp::wire::parameter::line_facts::{
    highest_least_dialect, implied_facts, LineFacts,
};
pub use crate::msn::msnp::wire::parameter::meaning::Meaning;
pub use crate::msn::msnp::wire::parameter::read::{
    choose, choose_by_words, forms_of, possible_meanings, read, read_error, ChosenForm, LineReading,
};
