//! Every protocol of the crate, and the rows of their tables by their ids.

use crate::field::{check_places, Expert, ExpertId, FieldId, Protocol, Spec};
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::p2p::fields::MSNP2P;
use crate::msn::slp::fields::MSNSLP;
use crate::oicq::fields::OICQ;

/// Every protocol of ours, each at the place that its `index` says.
pub static PROTOCOLS: [&Protocol; 5] = [&MSNMS, &OICQ, &MSNP2P, &MSNSLP, &MSNFTP];

const _: () = check_places(&PROTOCOLS);

impl FieldId {
    /// The table row of a field; `None` for the protocol itself.
    pub fn spec(self) -> Option<&'static Spec> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol))?;
        protocol.fields.get(usize::from(self.row))
    }
}

impl FieldId {
    /// The parts of a number that have fields of their own, each with a mask.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol));
        let rows = protocol.map_or(0..0, |protocol| protocol.parts_of(self.row));
        rows.map(move |row| Self::of(self.protocol, row))
    }
}

impl ExpertId {
    /// The table row of a note.
    pub fn row(self) -> Option<&'static Expert> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol))?;
        protocol.experts.get(usize::from(self.row))
    }
}
