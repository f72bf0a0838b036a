//! The project's own captures through real tshark: what the plans say, on every version.

mod item;
mod pdml;
mod plans;
mod smoke;
mod text;
