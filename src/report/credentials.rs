//! Credentials: which account sends which secret in which form, never the secret itself.

use crate::event::{Event, EventKind};

/// A secret that goes over in a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The account.
    pub account: String,
    /// The form of the secret, the service and the method, such as
    /// "MD5 of salt and password; notification server; MD5".
    pub about: String,
}

/// The secrets in the events of a packet.
pub fn credentials(events: &[Event]) -> Vec<Credential> {
    events.iter().filter_map(credential).collect()
}

fn credential(event: &Event) -> Option<Credential> {
    let EventKind::Login(login) = &event.kind else {
        return None;
    };
    if login.secret.is_empty() {
        return None;
    }
    let account = event.from.as_ref().or(event.connection.account.as_ref());
    let about = [&login.secret, &login.service, &login.method];
    let about = about.into_iter().filter(|part| !part.is_empty());
    Some(Credential {
        account: account.map_or("unknown account".to_owned(), Clone::clone),
        about: about.map(String::as_str).collect::<Vec<_>>().join("; "),
    })
}
