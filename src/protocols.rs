//! All protocols of the crate, and the lookup of table rows by id.

use crate::field::{check_places, Expert, ExpertId, FieldId, Protocol, Spec};
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::p2p::fields::MSNP2P;
use crate::msn::slp::fields::MSNSLP;
use crate::oicq::fields::OICQ;

/// All protocols, each at the position given by its `index`.
pub static PROTOCOLS: [&Protocol; 5] = [&MSNMS, &OICQ, &MSNP2P, &MSNSLP, &MSNFTP];

const _: () = check_places(&PROTOCOLS);

impl FieldId {
    /// The table row of a field. Returns `None` for the protocol itself.
    pub fn spec(self) -> Option<&'static Spec> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol))?;
        protocol.fields.get(usize::from(self.row))
    }
}

impl FieldId {
    /// The masked fields of a number's bits.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol));
        let rows = protocol.map_or(0..0, |protocol| protocol.parts_of(self.row));
        rows.map(move |row| Self::of(self.protocol, row))
    }
}

impl ExpertId {
    /// The table row of an expert note.
    pub fn row(self) -> Option<&'static Expert> {
        let protocol = PROTOCOLS.get(usize::from(self.protocol))?;
        protocol.experts.get(usize::from(self.row))
    }
}
