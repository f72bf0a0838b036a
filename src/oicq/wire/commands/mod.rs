//! The commands of QQ. Everything that depends on a command number is in its row of
//! [`table`].

pub(crate) mod check;
pub mod meaning;
mod place;
pub mod row;
pub mod table;
