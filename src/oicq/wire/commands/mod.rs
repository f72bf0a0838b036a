//! The commands of QQ. Everything that depends on a command number is in its row of
//! [`table`].

pub(crate) mod check;
mod context;
pub mod meaning;
pub mod row;
pub mod table;
