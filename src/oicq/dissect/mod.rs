//! Dissection of QQ frames into a Plan.

pub(crate) mod frame;
pub(crate) mod joined;
pub(crate) mod packet;
pub(crate) mod show;
pub(crate) mod stream;
pub(crate) mod walk;

pub use crate::oicq::dissect::packet::dissect;
