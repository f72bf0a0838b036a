//! Tree items of MSNFTP.

pub(crate) mod block;
pub(crate) mod invitation;
pub(crate) mod line;
