//! The commands of QQ: [`table`] has one row for each, and everything that depends on a
//! command number comes from its row.

pub(crate) mod check;
pub mod meaning;
mod place;
pub mod row;
pub mod table;
