//! Codes in the bodies: states, results, types. Data only.
//!
//! Where users know a value by its Chinese name, that follows the English one.
//! Source: docs/protocol/oicq.md §4.2 to §4.7, §7.2, §8.

#[cfg(test)]
mod tests;

use crate::codes::Codes;

/// Online states (§8).
pub const STATUSES: Codes = Codes::new(&[
    (0x00, c"Offline (离线)"),
    (0x0a, c"Online (在线)"),
    (0x14, c"Offline (离线)"),
    (0x1e, c"Away (离开)"),
    (0x28, c"Invisible (隐身)"),
    (0x32, c"Busy (忙碌)"),
    (0x3c, c"Q me (Q我吧)"),
    (0x46, c"Do not disturb (请勿打扰)"),
]);

/// States that a login can request (§8).
pub const LOGIN_MODES: Codes = Codes::new(&[(0x0a, c"Normal"), (0x28, c"Invisible (隐身)")]);

/// Results of the logins since 2013 (§7.2).
pub const LOGIN_RESULTS: Codes = Codes::new(&[
    (0x00, c"OK"),
    (0x01, c"TGTGT must be renewed"),
    (0x33, c"Account recycled (号码被回收)"),
    (0x34, c"Wrong password (密码错误)"),
    (0x3f, c"Security verification required (安全验证)"),
    (0xf8, c"DoMain"),
    (0xf9, c"Switch to TCP"),
    (0xfa, c"TGTGT must be checked again"),
    (0xfb, c"Captcha required (验证码)"),
    (0xfd, c"Overload protection"),
    (0xfe, c"Redirect (重定向)"),
    (0xff, c"Other error"),
]);

/// Results of 0x0022, the login up to QQ2008 (§4.3).
pub const CLASSIC_LOGIN_RESULTS: Codes = Codes::new(&[
    (0x00, c"OK"),
    (0x01, c"Redirect (重定向)"),
    (0x05, c"Wrong password or server busy (密码错误)"),
    (0x06, c"Activation required (激活)"),
    (0x09, c"Failed"),
    (0x0a, c"Redirect (重定向)"),
]);

/// Results of 0x00dd, the password check of QQ2007 to QQ2012 (§4.3).
pub const PASSWORD_RESULTS: Codes = Codes::new(&[
    (0x00, c"OK"),
    (0x33, c"Activation required (激活)"),
    (0x34, c"Wrong password (密码错误)"),
    (0x51, c"Activation required (激活)"),
    (0xbf, c"No such QQ number"),
]);

/// States of the QR login (§7.7).
pub const QR_STATES: Codes = Codes::new(&[
    (0x00, c"Authorized"),
    (0x01, c"Scanned (已扫描)"),
    (0x02, c"Not scanned (未扫描)"),
]);

/// Replies of which only the code for success is known (§4.2).
pub const REPLIES: Codes = Codes::new(&[(0, c"OK")]);

/// Replies with the digit 0 for success (§4.2: 0x000b, 0x000d).
pub const DIGIT_REPLIES: Codes = Codes::new(&[(0x30, c"OK")]);

/// Replies to 0x00a7 (§8).
pub const ADD_REPLIES: Codes = Codes::new(&[
    (0x00, c"OK"),
    (0x03, c"Failed"),
    (0x04, c"Failed"),
    (0x99, c"Already a friend"),
]);

/// Conditions for adding a user (§8).
pub const CONDITIONS: Codes = Codes::new(&[
    (0, c"No authorization required (允许任何人)"),
    (1, c"Authorization required (需要验证)"),
    (2, c"Rejects everyone (拒绝任何人)"),
    (3, c"Question (回答问题)"),
]);

/// Actions of 0x000b (§8).
pub const FRIEND_ACTIONS: Codes =
    Codes::new(&[(0x30, c"Approve"), (0x31, c"Reject"), (0x32, c"Request")]);

/// Sub-commands of 0x00a8 (§4.2).
pub const AUTHORISE_COMMANDS: Codes = Codes::new(&[
    (0x02, c"Request"),
    (0x03, c"Approve and add"),
    (0x04, c"Approve"),
    (0x05, c"Reject"),
    (0x10, c"Request with answer"),
]);

/// Sub-commands of 0x00ae (§4.2).
pub const TOKEN_COMMANDS: Codes =
    Codes::new(&[(1, c"Get token"), (2, c"Submit verification code")]);

/// Purpose of the token of 0x00ae (§4.2).
pub const TOKEN_PURPOSES: Codes = Codes::new(&[
    (1, c"Add a user"),
    (2, c"Join a group"),
    (3, c"Temporary session"),
    (6, c"Delete a user"),
    (7, c"Change own profile"),
]);

/// Replies to 0x00ae (§4.2).
pub const TOKEN_REPLIES: Codes =
    Codes::new(&[(0, c"Token follows"), (1, c"URL of a captcha follows")]);

/// Sub-commands of 0x00b7 (§4.2).
pub const QUESTION_COMMANDS: Codes = Codes::new(&[
    (1, c"Own question"),
    (2, c"Own question"),
    (3, c"Get question"),
    (4, c"Submit answer"),
]);

/// Sub-commands of 0x00ba (§4.3, §7.6).
pub const CAPTCHA_COMMANDS: Codes = Codes::new(&[
    (0x01, c"Get token"),
    (0x02, c"Submit code"),
    (0x03, c"Get token"),
    (0x04, c"Submit code"),
    (0x13, c"Get picture"),
    (0x14, c"Submit code"),
]);

/// Whether a captcha is required (§4.3).
pub const CAPTCHA_NEEDS: Codes = Codes::new(&[(0, c"Not required"), (1, c"Required (验证码)")]);

/// Sub-commands of 0x001d (§4.7).
pub const KEY_COMMANDS: Codes = Codes::new(&[
    (0x04, c"File agent key"),
    (0x11, c"Client key"),
    (0x33, c"Web key (skey) for domains"),
]);

/// Sub-commands of 0x0067 (§4.1, §4.2).
pub const SIGNATURE_COMMANDS: Codes = Codes::new(&[
    (0x01, c"Set"),
    (0x02, c"Delete"),
    (0x03, c"Get"),
    (0x83, c"Get"),
]);

/// Sub-commands of 0x003e (§4.2, §4.9).
pub const REMARK_COMMANDS: Codes = Codes::new(&[
    (0x00, c"Get all"),
    (0x01, c"Upload"),
    (0x02, c"Remove"),
    (0x03, c"Get one"),
    (0x05, c"Change name"),
    (0x67, c"Request one"),
    (0x68, c"Get all"),
]);

/// Sub-commands of 0x003c up to QQ2008 (§4.2).
pub const FOLDER_COMMANDS: Codes = Codes::new(&[(1, c"Download"), (2, c"Upload")]);

/// Sub-commands of 0x0027 (§4.2).
pub const ONLINE_COMMANDS: Codes = Codes::new(&[(2, c"Friends"), (3, c"Services")]);

/// Sub-commands of 0x005e (§4.1).
pub const PRIVACY_COMMANDS: Codes =
    Codes::new(&[(3, c"Search by number only"), (4, c"Share location")]);

/// Search criteria (§8).
pub const SEARCHES: Codes = Codes::new(&[
    (0x31, c"All users"),
    (0x32, c"By nickname"),
    (0x33, c"By number"),
]);

/// Genders (§8).
pub const GENDERS: Codes = Codes::new(&[
    (0x00, c"Male (男)"),
    (0x01, c"Female (女)"),
    (0xff, c"Unknown"),
]);

/// Type of an entry of a friend list (§8).
pub const ENTRY_TYPES: Codes = Codes::new(&[(1, c"Friend (好友)"), (4, c"Group (群)")]);

/// Whether an old-style message is an automatic reply (§8).
pub const REPLY_TYPES: Codes = Codes::new(&[(1, c"Normal"), (2, c"Automatic reply (自动回复)")]);

/// Content of a classic group message (§8).
pub const CONTENT_TYPES: Codes = Codes::new(&[(1, c"Text"), (2, c"With custom emoticons")]);

/// Character sets of a font (§8).
pub const CHARSETS: Codes = Codes::new(&[
    (0x0000, c"ASCII"),
    (0x0001, c"UTF-8"),
    (0x8600, c"Default of QQ2009 and newer"),
    (0x8602, c"GBK"),
    (0x8603, c"Big5"),
    (0x8622, c"GBK, variable pitch, Swiss"),
    (0x8631, c"GBK, fixed pitch, Modern"),
]);

/// Pitch of a font, with the values of Windows (low byte of the character set).
pub const FONT_PITCHES: Codes = Codes::new(&[(0, c"Default"), (1, c"Fixed"), (2, c"Variable")]);

/// Family of a font, with the values of Windows (low byte of the character set).
pub const FONT_FAMILIES: Codes = Codes::new(&[
    (0x00, c"Any"),
    (0x10, c"Roman"),
    (0x20, c"Swiss"),
    (0x30, c"Modern"),
    (0x40, c"Script"),
    (0x50, c"Decorative"),
]);

/// Device a friend is online with (§12.2).
pub const FRIEND_KINDS: Codes = Codes::new(&[
    (0x01, c"PC"),
    (0x15, c"Phone (手机)"),
    (0x18, c"Phone (手机)"),
]);

/// Entries of a profile (§12.2, 0x003c).
pub const PROFILE_TAGS: Codes = Codes::new(&[
    (0x4e22, c"Nickname (昵称)"),
    (0x4e25, c"Postal code"),
    (0x4e26, c"Postal address"),
    (0x4e27, c"Phone number"),
    (0x4e29, c"Gender"),
    (0x4e2a, c"Real name"),
    (0x4e2b, c"Email address"),
    (0x4e2d, c"Home page"),
    (0x4e33, c"Statement (个人说明)"),
    (0x4e35, c"School"),
    (0x4e3f, c"Birthday"),
    (0x6597, c"QQ age (Q龄)"),
]);

/// What is transferred (§8).
pub const TRANSFER_KINDS: Codes = Codes::new(&[
    (0x65, c"File (文件)"),
    (0x6b, c"Custom emoticon (自定义表情)"),
]);

/// Transport of the transfer (§8).
pub const TRANSFER_MODES: Codes = Codes::new(&[
    (0, c"UDP"),
    (1, c"Direct UDP"),
    (2, c"TCP"),
    (3, c"Direct TCP"),
]);

/// Types of SMS (§8).
pub const SMS_TYPES: Codes = Codes::new(&[(1, c"Love word"), (2, c"Picture"), (3, c"Ring tone")]);

/// How an SMS is shown (§8).
pub const SMS_MODES: Codes = Codes::new(&[(0x20, c"Hands-free")]);

/// System messages of 0x0080 (§4.8).
pub const SYSTEM_MESSAGES: Codes = Codes::new(&[
    (1, c"Added me"),
    (2, c"Asks to be added"),
    (3, c"Approved my request"),
    (4, c"Rejected my request"),
    (6, c"Broadcast"),
    (9, c"Update hint"),
    (40, c"Added me"),
    (41, c"Asks to be added"),
    (42, c"Approved my request"),
    (43, c"Approved my request and added me"),
]);

/// System messages inside 0x0017 (§8).
pub const SYSTEM_KINDS: Codes = Codes::new(&[(1, c"Logged in elsewhere: kicked off (被挤下线)")]);

/// Locales (§8).
pub const LOCALES: Codes = Codes::new(&[(0x0409, c"English"), (0x0804, c"Chinese")]);
