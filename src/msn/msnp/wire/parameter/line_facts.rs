//! What a single line implies for its connection: direction, role of the server, and
//! least dialect.

use crate::msn::msnp::wire::command::{MsnpCommand, Verb};
use crate::msn::msnp::wire::commands::find;
use crate::msn::msnp::wire::parameter::form::{ConnectionScope, Form, Sender};
use crate::msn::msnp::wire::parameter::line_context::ServerRole;
use crate::msn::msnp::wire::parameter::read::forms_of;
use crate::msn::msnp::wire::parameter::walk::fits_all;

/// Facts implied by a line. `None` where its forms disagree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineFacts {
    /// Whether the client sent it.
    pub from_client: Option<bool>,
    /// Role of the server.
    pub role: Option<ServerRole>,
    /// The first dialect with such a line.
    pub least_dialect: Option<u8>,
}

/// The bits of the forms of a command: none has as many.
const BITS: core::ops::Range<u32> = 0..u64::BITS;

/// The facts implied by a command line. `words` are all its parameters, the transaction
/// id included.
///
/// Derived from the forms that fit the words in every place, or from all forms of the
/// command if none does: direction and role only if these forms agree.
pub fn implied_facts(verb: Verb, words: &[&[u8]]) -> LineFacts {
    let forms = forms_of(verb);
    let mut fitting = 0_u64;
    for (form, bit) in forms.iter().zip(BITS) {
        fitting |= u64::from(fits_all(form, words)) << bit;
    }
    let chosen = if fitting == 0 { u64::MAX } else { fitting };
    let is_chosen = |(_, bit): &(&Form, u32)| chosen >> bit & 1 != 0;
    facts_of(
        forms
            .iter()
            .zip(BITS)
            .filter(is_chosen)
            .map(|(form, _)| form),
    )
}

fn facts_of<'f>(forms: impl Iterator<Item = &'f Form> + Clone) -> LineFacts {
    LineFacts {
        from_client: unanimous(forms.clone().map(|form| match form.from {
            Sender::Both => None,
            Sender::Client => Some(true),
            Sender::Server => Some(false),
        })),
        role: unanimous(forms.clone().map(|form| match form.on {
            ConnectionScope::Any | ConnectionScope::Login => None,
            ConnectionScope::Dispatch => Some(ServerRole::Dispatch),
            ConnectionScope::Notification => Some(ServerRole::Notification),
            ConnectionScope::Switchboard => Some(ServerRole::Switchboard),
        })),
        least_dialect: forms.map(|form| form.dialects.0).min(),
    }
}

/// Upper bound of the `least_dialect` that [`implied_facts`] returns for this command.
pub fn highest_least_dialect(verb: Verb) -> u8 {
    find(verb).map_or(0, MsnpCommand::highest_least_dialect)
}

/// The common value of all votes. Returns `None` if they differ or one of them is `None`.
fn unanimous<T: PartialEq>(mut votes: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = votes.next()??;
    votes
        .all(|vote| vote.as_ref() == Some(&first))
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_roles_of_lines() {
        use ServerRole::{Dispatch, Notification as Ns, Switchboard as Sb};
        let (client, server) = (Some(true), Some(false));
        for (line, from_client, role, least_dialect) in [
            ("VER 2 0 MSNP9 MSNP8 CVR0", server, None, Some(2)),
            ("VER 1 0", server, None, Some(2)),
            ("VER 1 MSNP9 CVR0", None, None, Some(2)),
            ("VER 1 MSNP9", None, None, Some(2)),
            (
                "CVR 2 0x0409 win 4.10 i386 MSMSGS 2.0.0083",
                client,
                None,
                Some(2),
            ),
            ("CVR 2 6.0.0602 6.0.0602 5.0.0527", server, None, Some(2)),
            ("LSG 7", client, Some(Ns), Some(7)),
            (
                "LSG 7 12 1 1 0 Other%20Contacts 0",
                server,
                Some(Ns),
                Some(7),
            ),
            ("LSG 0 Other%20Contacts 0", server, Some(Ns), Some(8)),
            ("UUM 27 OK", server, Some(Ns), Some(14)),
            ("UUM 27 bob@example.net 32 1 64", client, Some(Ns), Some(14)),
            ("OUT", None, None, Some(2)),
            ("OUT 7", client, None, Some(2)),
            ("OUT OTH", server, Some(Ns), Some(2)),
            ("XFR 12 SB", client, Some(Ns), Some(2)),
            ("XFR 3 NS 192.0.2.1:1863 0", server, Some(Dispatch), Some(2)),
            ("USR 3 TWN I alice@example.com", client, None, Some(2)),
            ("USR 4 TWN S t=1&p=2", client, Some(Ns), Some(8)),
            ("USR 4 TWN S lc=1033,id=507", None, Some(Ns), Some(8)),
            ("USR 1 alice@example.com 1.2.3", client, Some(Sb), Some(2)),
            (
                "USR 1 alice@example.com Alice OK",
                server,
                Some(Sb),
                Some(16),
            ),
            ("USR 1 OK alice@example.com Alice", server, None, Some(2)),
            (
                "USR 1 OK alice@example.com Alice 1 0",
                server,
                Some(Ns),
                Some(8),
            ),
            ("CAL 2 bob@example.net", client, Some(Sb), Some(2)),
            ("CAL 2 RINGING 11752013", server, Some(Sb), Some(2)),
            ("MSG 3 N 133", client, Some(Sb), Some(2)),
            ("MSG bob@example.net Bob 133", server, None, Some(2)),
            ("MSG Hotmail Hotmail 133", server, Some(Ns), Some(2)),
            ("NLN what ever this is", server, Some(Ns), Some(2)),
            ("QNG 60", server, Some(Ns), Some(2)),
            ("XYZ 1", None, None, None),
        ] {
            let mut words = line.split(' ').map(str::as_bytes);
            let verb = words.next().and_then(|verb| verb.try_into().ok());
            let words: Vec<_> = words.collect();
            let expected = LineFacts {
                from_client,
                role,
                least_dialect,
            };
            assert_eq!(implied_facts(verb.unwrap(), &words), expected, "{line}");
        }
    }
}
