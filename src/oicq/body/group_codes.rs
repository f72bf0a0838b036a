//! Sub-commands of the group commands, their replies, roles. Data only.
//!
//! Source: docs/protocol/oicq.md §4.6, §8.

use crate::codes::Codes;

/// Sub-commands of 0x0030 up to QQ2008 (§4.6).
pub const CLASSIC_GROUP_COMMANDS: Codes = Codes::new(&[
    (0x01, c"Create (建群)"),
    (0x02, c"Modify members"),
    (0x03, c"Modify information (群资料)"),
    (0x04, c"Get information (群资料)"),
    (0x05, c"Activate"),
    (0x06, c"Search"),
    (0x07, c"Join (加群)"),
    (0x08, c"Authorize"),
    (0x09, c"Leave (退群)"),
    (0x0a, c"Send message, old form"),
    (0x0b, c"Get online members"),
    (0x0c, c"Get member information"),
    (0x0e, c"Modify card (群名片)"),
    (0x0f, c"Get cards (群名片)"),
    (0x10, c"Get one card (群名片)"),
    (0x11, c"Submit organization"),
    (0x12, c"Fetch organization"),
    (0x13, c"Submit member organization"),
    (0x19, c"Get version IDs"),
    (0x1a, c"Send message (群消息)"),
    (0x1b, c"Set role (管理员)"),
    (0x1c, c"Transfer ownership (转让)"),
    (0x1d, c"Dismiss (解散)"),
    (0x20, c"Get message setting"),
    (0x21, c"Modify message setting"),
    (0x22, c"Get last activity time"),
    (0x30, c"Create temporary group"),
    (0x31, c"Modify members of temporary group"),
    (0x32, c"Leave temporary group"),
    (0x33, c"Get information of temporary group"),
    (0x34, c"Modify temporary group"),
    (0x35, c"Send message in temporary group"),
    (0x36, c"Get subgroup lists"),
    (0x37, c"Activate temporary group"),
    (0x70, c"Modify channel setting"),
    (0x71, c"Get channel setting"),
]);

/// Sub-commands of 0x0002 since QQ2009 (§4.6).
pub const GROUP_COMMANDS: Codes = Codes::new(&[
    (0x08, c"Request to join (加群)"),
    (0x09, c"Leave (退群)"),
    (0x0b, c"Get online members"),
    (0x0c, c"Get member information"),
    (0x0f, c"Get member names"),
    (0x19, c"Join"),
    (0x20, c"Get group list"),
    (0x29, c"Messages read (已读)"),
    (0x2a, c"Send message (群消息)"),
    (0x72, c"Get group information (群资料)"),
    (0x7e, c"Mute member (禁言)"),
    (0x90, c"Get member cards (群名片)"),
]);

/// Replies of the group commands (§4.6).
pub const GROUP_REPLIES: Codes = Codes::new(&[
    (0x00, c"OK"),
    (0x02, c"No such group"),
    (0x03, c"Temporary group removed"),
    (0x04, c"Not a member of the temporary group"),
    (0x05, c"No information"),
    (0x0a, c"Not a member"),
]);

/// Results of a request to join (§4.6).
pub const JOIN_RESULTS: Codes =
    Codes::new(&[(1, c"OK"), (2, c"Authorization needed"), (3, c"Denied")]);

/// Actions of sub-command 08 (§4.6).
pub const GROUP_AUTH_ACTIONS: Codes =
    Codes::new(&[(1, c"Request"), (2, c"Approve"), (3, c"Reject")]);

/// Actions of sub-command 02 (§4.6).
pub const MEMBER_ACTIONS: Codes = Codes::new(&[(1, c"Add"), (2, c"Remove")]);

/// Search criteria for groups (§4.6).
pub const GROUP_SEARCHES: Codes = Codes::new(&[(1, c"By number"), (2, c"Demonstration groups")]);

/// Sub-group lists (§4.6).
pub const SUBGROUP_LISTS: Codes = Codes::new(&[(1, c"Dialogs"), (2, c"Subjects")]);

/// Whether sub-command 1b makes somebody an administrator (§4.6).
pub const ROLE_ACTIONS: Codes = Codes::new(&[
    (0, c"Unset administrator"),
    (1, c"Set administrator (管理员)"),
]);

/// Roles of a member, as bits (§8).
pub const GROUP_ROLES: Codes = Codes::new(&[
    (0x00, c"Member"),
    (0x01, c"Administrator (管理员)"),
    (0x02, c"Stockholder"),
    (0x08, c"Managed"),
    (0xff, c"Owner set (群主)"),
]);

/// Types of a group (§8).
pub const GROUP_TYPES: Codes = Codes::new(&[(0, c"Temporary"), (1, c"Permanent")]);

/// Conditions for joining a group (§8).
pub const GROUP_CONDITIONS: Codes = Codes::new(&[
    (1, c"No authorization needed (允许任何人)"),
    (2, c"Authorization needed"),
    (3, c"Rejects everyone"),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sub_command_in_two_eras() {
        assert_eq!(
            CLASSIC_GROUP_COMMANDS.name(0x20),
            Some("Get message setting")
        );
        assert_eq!(GROUP_COMMANDS.name(0x20), Some("Get group list"));
        assert_eq!(GROUP_REPLIES.name(0x0a), Some("Not a member"));
    }
}
