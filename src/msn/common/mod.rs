//! Shared by the protocols of MSN: accounts, GUIDs, headers, encodings.

pub mod account;
pub mod charset;
pub mod encoded_word;
pub mod guid;
pub mod mime;
pub mod msnobj;
pub mod number;
pub mod percent;
