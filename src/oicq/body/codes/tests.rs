//! The values of docs/protocol/oicq.md §4.3, §4.8, §7 and §8, listed a second time.

use super::*;
use crate::oicq::body::event_codes::{BLOCK_TYPES, EVENT_TYPES, IM_TYPES, LEFT_REASONS};
use crate::oicq::body::group_codes::{GROUP_CONDITIONS, GROUP_ROLES, GROUP_TYPES};

/// Whether each number has a name that contains the text.
fn assert_named(table: &Codes, expected: &[(u32, &str)]) {
    for (number, text) in expected {
        let name = table.name(*number).unwrap_or("nothing");
        assert!(name.contains(text), "{number:#04x}: {name}");
    }
}

#[test]
fn users_and_logins() {
    assert_named(
        &STATUSES,
        &[
            (0x0a, "Online"),
            (0x14, "Offline"),
            (0x1e, "Away"),
            (0x28, "Invisible"),
            (0x32, "Busy"),
            (0x3c, "Q me"),
            (0x46, "Do not disturb"),
        ],
    );
    assert_named(&LOGIN_MODES, &[(0x0a, "Normal"), (0x28, "Invisible")]);
    assert_named(&LOCALES, &[(0x0804, "Chinese"), (0x0409, "English")]);
    assert_named(
        &GENDERS,
        &[(0x00, "Male"), (0x01, "Female"), (0xff, "Unknown")],
    );
    assert_named(
        &CHARSETS,
        &[
            (0x8602, "GBK"),
            (0x8603, "Big5"),
            (0x0000, "ASCII"),
            (0x0001, "UTF-8"),
        ],
    );
}

#[test]
fn friends_and_groups() {
    assert_named(
        &CONDITIONS,
        &[
            (0, "No auth"),
            (1, "required"),
            (2, "Rejects"),
            (3, "Question"),
        ],
    );
    assert_named(
        &GROUP_CONDITIONS,
        &[(1, "No auth"), (2, "needed"), (3, "Rejects")],
    );
    assert_named(
        &FRIEND_ACTIONS,
        &[(0x30, "Approve"), (0x31, "Reject"), (0x32, "Request")],
    );
    assert_named(&ENTRY_TYPES, &[(1, "Friend"), (4, "Group")]);
    assert_named(
        &GROUP_ROLES,
        &[(1, "Administrator"), (2, "Stockholder"), (8, "Managed")],
    );
    assert_named(&GROUP_TYPES, &[(0, "Temporary"), (1, "Permanent")]);
    assert_named(
        &LEFT_REASONS,
        &[(1, "dismissed"), (2, "Left"), (3, "Removed")],
    );
    assert_named(
        &SEARCHES,
        &[(0x31, "All"), (0x32, "nickname"), (0x33, "number")],
    );
    assert_named(&TRANSFER_KINDS, &[(0x65, "File"), (0x6b, "emoticon")]);
    assert_named(&SYSTEM_KINDS, &[(1, "elsewhere")]);
}

#[test]
fn pushes_and_messages() {
    assert_named(
        &EVENT_TYPES,
        &[
            (0x0009, "Friend message"),
            (0x000a, "Stranger message"),
            (0x0084, "Friend message, extended"),
            (0x0085, "Stranger message, extended"),
            (0x00a6, "Friend message"),
            (0x002b, "Group message"),
            (0x0052, "Group message"),
            (0x0079, "Typing"),
            (0x0021, "Joined"),
            (0x0026, "created"),
            (0x002c, "role"),
            (0x0030, "System"),
            (0x0041, "Signature"),
            (0x0049, "avatar"),
            (0x0210, "Notice"),
        ],
    );
    assert_named(
        &IM_TYPES,
        &[
            (0x000b, "Text"),
            (0x0001, "TCP file"),
            (0x0003, "TCP file"),
            (0x0005, "TCP file"),
            (0x0035, "UDP file"),
            (0x0037, "UDP file"),
            (0x0039, "UDP file"),
            (0x003b, "address"),
            (0x0049, "canceled"),
            (0x0081, "Extended"),
            (0x0087, "Extended"),
            (0x00af, "Nudge"),
        ],
    );
    assert_named(
        &BLOCK_TYPES,
        &[
            (0x01, "@"),
            (0x02, "Emoticon"),
            (0x03, "Image"),
            (0x06, "Image"),
            (0x0a, "Audio"),
            (0x12, "card"),
            (0x14, "XML"),
            (0x18, "file"),
            (0x19, "Extra"),
        ],
    );
    assert_named(
        &SYSTEM_MESSAGES,
        &[
            (1, "Added me"),
            (2, "Asks"),
            (3, "Approved"),
            (4, "Rejected"),
            (40, "Added me"),
            (41, "Asks"),
            (42, "Approved"),
            (43, "added me"),
        ],
    );
}

#[test]
fn results_of_logins() {
    assert_named(
        &CLASSIC_LOGIN_RESULTS,
        &[
            (0x00, "OK"),
            (0x01, "Redirect"),
            (0x05, "Wrong password"),
            (0x06, "Activation"),
            (0x09, "Failed"),
            (0x0a, "Redirect"),
        ],
    );
    assert_named(
        &PASSWORD_RESULTS,
        &[
            (0x34, "Wrong password"),
            (0x33, "Activation"),
            (0x51, "Activation"),
            (0xbf, "No such"),
        ],
    );
    assert_named(
        &LOGIN_RESULTS,
        &[
            (0x00, "OK"),
            (0x01, "renewed"),
            (0xfa, "checked"),
            (0xf8, "DoMain"),
            (0x33, "recycled"),
            (0x34, "Wrong password"),
            (0x3f, "verification"),
            (0xf9, "TCP"),
            (0xfb, "Captcha"),
            (0xfd, "Overload"),
            (0xfe, "Redirect"),
            (0xff, "Other"),
        ],
    );
    assert_named(
        &QR_STATES,
        &[(0, "Authorized"), (1, "Scanned"), (2, "Not scanned")],
    );
    assert_named(&CAPTCHA_COMMANDS, &[(0x13, "Get"), (0x14, "Submit")]);
}
