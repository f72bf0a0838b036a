//! The project's own captures through real tshark: the plans as they are shown, in every
//! version.

mod item;
mod pdml;
mod plans;
mod smoke;
mod text;
