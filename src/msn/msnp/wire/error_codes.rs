//! Meanings of the numeric replies of MSN servers.
//!
//! Data only. Where the sources disagree about a number, its name gives both meanings,
//! joined by "or". A number that no source defines is not in the table and has no name.
//!
//! Source: docs/protocol/msnp.md §3.2 and §3.3.

use crate::codes::Codes;

/// Error code -> meaning. Source: docs/protocol/msnp.md §3.2.
pub const ERROR_CODES: Codes = Codes::new(&[
    (200, c"Unknown command or syntax error"),
    (201, c"Invalid parameter"),
    (203, c"Invalid federated user"),
    (204, c"User cannot be routed or network unknown"),
    (205, c"Account does not exist"),
    (206, c"Domain name missing"),
    (207, c"Already logged in"),
    (208, c"Invalid account name or no such user"),
    (209, c"Invalid friendly name"),
    (210, c"Contact list full"),
    (212, c"Unexpected error"),
    (213, c"User does not exist or invalid name request"),
    (215, c"Already on the list or in the session"),
    (216, c"Not on the list"),
    (217, c"User is not online or not accepting messages"),
    (218, c"Already in this mode"),
    (219, c"Already on the opposite list"),
    (220, c"User is not accepting pages"),
    (223, c"Too many groups"),
    (224, c"Invalid group"),
    (225, c"User is not in the group"),
    (227, c"Group is not empty"),
    (228, c"Group name already exists"),
    (229, c"Group name too long"),
    (230, c"Group 0 cannot be removed"),
    (231, c"User added to a group that does not exist"),
    (232, c"Invalid mobile phone number"),
    (233, c"Unknown mobile phone number"),
    (234, c"Unknown keitai (mobile phone) domain"),
    (240, c"Invalid XML or empty domain element"),
    (241, c"Invalid XML data or bad membership"),
    (280, c"Switchboard failed"),
    (281, c"Notification of transfer failed"),
    (282, c"Malformed data message or unknown P2P application"),
    (283, c"Unknown application in user notification"),
    (285, c"Message too long"),
    (290, c"SMS balance just ran out"),
    (300, c"Required fields missing"),
    (301, c"Too many search hits"),
    (302, c"Not logged in"),
    (400, c"Address book is read-only"),
    (402, c"Address book too busy"),
    (403, c"Address book unavailable or bad list operation"),
    (413, c"SMS subscription needed"),
    (414, c"SMS subscription disabled"),
    (415, c"SMS account out of funds"),
    (416, c"Feature disabled in this market"),
    (417, c"Feature disabled everywhere"),
    (418, c"Feature disabled, try again later"),
    (419, c"No market given"),
    (420, c"Invitation required or invalid account permissions"),
    (500, c"Internal server error"),
    (501, c"Database server error"),
    (502, c"Command disabled"),
    (503, c"Failed"),
    (504, c"UPS unavailable"),
    (505, c"SCS unavailable"),
    (508, c"Federated server error"),
    (509, c"Error in message to another network"),
    (510, c"File operation failed"),
    (511, c"PPLATFORM server error or detailed error"),
    (520, c"Memory allocation failed"),
    (540, c"Invalid challenge response"),
    (550, c"SMS account muted"),
    (551, c"SMS account disabled"),
    (552, c"SMS account maxed out"),
    (580, c"SMS internal server error"),
    (590, c"Invalid SMS carrier"),
    (591, c"No route to SMS carrier"),
    (592, c"SMS carrier error"),
    (593, c"SMS address mapping full"),
    (594, c"Invalid SMS source country"),
    (595, c"SMS mobile cache full"),
    (596, c"Invalid SMS format"),
    (597, c"Invalid SMS text"),
    (598, c"SMS too long"),
    (600, c"Server busy"),
    (601, c"Server unavailable"),
    (602, c"Peer notification server down"),
    (603, c"Database connection failed"),
    (604, c"Server going down"),
    (605, c"Server unavailable"),
    (606, c"Paging unavailable"),
    (700, c"Could not create connection"),
    (707, c"Could not create connection"),
    (710, c"Bad client version parameters or paging unavailable"),
    (711, c"Blocking write or session restricted"),
    (712, c"Session overloaded"),
    (713, c"User too active"),
    (714, c"Too many sessions"),
    (715, c"Not expected or account not verified"),
    (717, c"Bad friend file"),
    (718, c"User restricted"),
    (719, c"Session federated"),
    (726, c"User federated"),
    (729, c"Server too busy"),
    (731, c"Not expected (client version)"),
    (733, c"Roaming log-off"),
    (734, c"Too many endpoints"),
    (800, c"Rate limit exceeded (changing too fast)"),
    (801, c"Datagram not delivered"),
    (910, c"Server busy"),
    (911, c"Authentication failed"),
    (912, c"Server too busy"),
    (913, c"Not allowed while offline or hidden"),
    (914, c"Server unavailable"),
    (915, c"Server unavailable"),
    (916, c"Server unavailable"),
    (917, c"Invalid domain or authentication failed"),
    (918, c"Server too busy"),
    (919, c"Server too busy"),
    (920, c"Not accepting new users"),
    (921, c"Server too busy or timed out"),
    (922, c"Server too busy"),
    (923, c"Child account without consent"),
    (924, c"Account email address not validated"),
    (926, c"Managed user with invalid client version"),
    (927, c"Account suspended or parental block"),
    (928, c"Bad ticket or password"),
    (929, c"Invalid challenge response (MCAA)"),
    (930, c"Federated domain"),
    (931, c"Account not on this server or domain reserved"),
    (933, c"Invalid circle or contact list error"),
    (934, c"User has no access to FSS"),
    (935, c"Invalid signature"),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_the_reference_names() {
        let name = |code| ERROR_CODES.name(code);
        assert_eq!(name(205), Some("Account does not exist"));
        assert_eq!(name(207), Some("Already logged in"));
        assert_eq!(name(911), Some("Authentication failed"));
        // Listed together, but they mean different things.
        assert_eq!(name(414), Some("SMS subscription disabled"));
        assert_eq!(name(415), Some("SMS account out of funds"));
        assert_eq!(name(912), name(922));
        assert_ne!(name(912), name(914));
        // The sources disagree.
        assert_eq!(
            name(710),
            Some("Bad client version parameters or paging unavailable")
        );
    }

    #[test]
    fn leaves_undefined_numbers_unnamed() {
        let gaps = [
            202, 211, 214, 221, 222, 226, 284, 401, 506, 507, 925, 932, 0, 999,
        ];
        for code in gaps.into_iter().chain(404..=412).chain(720..=725) {
            assert_eq!(ERROR_CODES.name(code), None, "{code}");
        }
    }

    #[test]
    fn names_follow_the_house_style() {
        for &(code, name) in ERROR_CODES.rows() {
            let name = name.to_str().expect("UTF-8");
            assert!((100..=999).contains(&code), "{code}");
            assert!(name.starts_with(|c: char| c.is_uppercase()), "{name}");
            assert!(!name.ends_with('.') && !name.contains("  "), "{name}");
        }
    }
}
