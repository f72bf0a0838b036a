//! Tree items of HTTP messages.

pub(crate) mod head;
