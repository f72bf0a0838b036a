//! All command numbers of QQ: one row for each meaning.
//!
//! The same number can have one meaning up to QQ2008 and another since QQ2009. A number
//! without a row was never seen. [`row`](crate::oicq::wire::commands::row) documents the
//! columns. A row without columns is a command under the session key with a body of
//! unknown layout.
//!
//! Layouts name their evidence: the programs that write and read them, with the versions
//! that these send if between 2009 and 2012; version numbers alone for clients with
//! published plaintexts. GA Gaim, LJ LumaQQ, LM LumaQQ for Mac, PU libpurple, NO
//! Net::OICQ, MY MyQQ, LQ pidgin-libqq, HO hoy, QF QQ.Framework, MI mirai, GP go-pcqq and
//! py-pcqq.
//!
//! Source: docs/protocol/oicq.md §2.4, §4.1 to §4.9, §5.1, §6.3, §7; §12.1 to §12.5.

use core::ops::RangeInclusive;

use crate::oicq::body::codes::{
    AUTHORISE_COMMANDS, KEY_COMMANDS, REMARK_COMMANDS, SIGNATURE_COMMANDS, TOKEN_COMMANDS,
};
use crate::oicq::body::layout::FaultRule::{Head, Parts, Whole};
use crate::oicq::body::layout::{down, up, Layout};
use crate::oicq::body::sub_command::{key_reply, named_sub_command, sub_command};
use crate::oicq::body::{
    account, contacts, friends, group, group_2012, keep_alive, lists_2012, login_2009, login_2013,
    login_classic, mail, message, push, session_2012, status, system_message, tlv,
};
use crate::oicq::crypto::key_role::KeyRole::{
    Login, Packet, PasswordTwice, Poll, Session, SessionReply, SessionRequest, Share, Tgtgt,
    Unexplained, Verify,
};
use crate::oicq::crypto::{login_keys, login_layers, message_key};
use crate::oicq::wire::commands::check::check;
use crate::oicq::wire::commands::row::ReplyPattern::{
    AcknowledgedPush, ClientOnly, Push, Request, RequestAndPush, Unknown,
};
use crate::oicq::wire::commands::row::{keys, named, unnamed, Command};
use crate::oicq::wire::era::Era::{All, From2009, From2009To2012, From2013, Until2008};
use crate::oicq::wire::era::{
    LOGINS_OF_2009, OF_2007, OF_2009, OF_2012, OLD, SEEN, SEEN_SINCE_2009, SINCE_2007, SINCE_2009,
    UNTIL_2006, UNTIL_2009, UNTIL_2009_AND_SP6, UNTIL_2011, UNTIL_2019,
};
use crate::oicq::wire::prefix::clear;
use crate::oicq::wire::prefix::PrefixHeads::{Block2, Block3, Classic, ClassicClient, Server};
use crate::oicq::wire::prefix::PrefixKind::{
    Ecdh, Key, Media, Plain, ServerKey, Token, TokenAndMedia,
};

/// Defines a constant and a row for each command.
macro_rules! commands {
    ($($($name:ident =)? $code:literal: $row:expr;)*) => {
        $($(
            #[doc = concat!("Command ", stringify!($code), ".")]
            pub const $name: u16 = $code;
        )?)*

        /// The rows, sorted by number and era.
        pub const COMMANDS: &[Command] = &[$($row.numbered($code)),*];
    };
}

// * 0x0001 of the 00 block (a probe) has no row: the frame decoder names it.
// * 0x0018 and 0x0022 have two forms each, but both up to QQ2008; they
//   are one row here.
// * 0x0080 is acknowledged, but by 0x0012, so it counts as a plain push.
// * "(1)" and "(2)" distinguish commands with the same name in the sources.
commands! {
    LOG_OUT_UNTIL_2008 = 0x0001: named(Until2008, "Log out", "注销登录", ClientOnly)
        .layouts(&[
            up(OLD, Whole, "LJ PU", login_classic::logout).with_keys(),
        ]);
    FRIEND_GROUP_NAMES = 0x0001: named(From2009, "Get friend group names", "获取好友分组名", Request)
        .layouts(&[
            up(OF_2009, Whole, "MY", |r| friends::folder_names_2009(r, true)).lead(0x1f),
            down(OF_2009, Whole, "MY", |r| friends::folder_names_2009(r, false)).lead(0x1f),
            up(OF_2012, Whole, "0x3037, 0x352f", lists_2012::folders_request).lead(0x20),
            down(OF_2012, Whole, "0x3037, 0x352f", lists_2012::folders).lead(0x20),
            up(SEEN_SINCE_2009, Head, "MY, 0x352f", sub_command),
            down(SEEN_SINCE_2009, Head, "MY, 0x352f", sub_command),
        ]);
    KEEP_ALIVE_UNTIL_2008 = 0x0002: named(Until2008, "Keep-alive", "心跳", Request)
        .keeps_alive()
        .layouts(&[
            up(OLD, Whole, "LJ PU LM", keep_alive::classic_request),
            down(OLD, Whole, "LJ PU LM", keep_alive::classic_reply),
        ]);
    GROUP = 0x0002: named(From2009, "Group command", "群操作", RequestAndPush)
        .layouts(&[
            up(OF_2012, Whole, "QF", group::join).lead(0x08),
            up(OF_2009, Whole, "MY LQ", group::request).lead(0x09),
            up(OF_2009, Whole, "MY LQ", group::request).lead(0x0b),
            up(OF_2009, Whole, "MY LQ", group::member_information).lead(0x0c),
            up(OF_2012, Whole, "0x3037", group_2012::receipt).lead(0x29),
            up(SEEN_SINCE_2009, Parts, "MY LQ QF MI", group::send).lead(0x2a),
            up(SEEN_SINCE_2009, Whole, "MY LQ, 0x3037", group::information_request).lead(0x72),
            up(OF_2012, Whole, "MI", group::mute).lead(0x7e),
            up(SEEN_SINCE_2009, Head, "MY LQ QF MI", group::request_head),
            down(OF_2012, Whole, "0x3037", group_2012::about).lead(0x72),
            down(OF_2009, Whole, "MY LQ", group::information).lead(0x72),
            down(SEEN_SINCE_2009, Whole, "MY LQ QF MI", group::reply),
            down(SEEN_SINCE_2009, Head, "MY LQ QF MI", group::reply_head),
        ]);
    REGISTER_SECOND = 0x0003: named(Until2008, "Register new number (2)", "申请号码", Request);
    UPDATE_INFORMATION = 0x0004: named(All, "Update own profile", "修改资料", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| account::update(r, true)).with_keys(),
            down(OLD, Whole, "LJ PU", |r| account::update(r, false)),
        ]);
    SEARCH_USERS = 0x0005: named(Until2008, "Search for users", "查找用户", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| account::search(r, true)),
            down(OLD, Whole, "LJ PU", |r| account::search(r, false)),
        ]);
    USER_INFORMATION = 0x0006: named(Until2008, "Get user information", "获取用户资料", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, true)),
            down(UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, false)),
        ]);
    ADD_FRIEND = 0x0009: named(Until2008, "Add friend without authorization", "添加好友", Request)
        .layouts(&[
            up(OLD, Whole, "PU NO", |r| contacts::add(r, true)),
            down(OLD, Whole, "PU NO", |r| contacts::add(r, false)),
        ]);
    DELETE_FRIEND = 0x000a: named(All, "Delete friend", "删除好友", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, true)),
            down(UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, false)),
        ]);
    ADD_FRIEND_WITH_MESSAGE = 0x000b: named(Until2008, "Add friend with authorization message", "添加好友验证", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| contacts::authorise_old(r, true)),
            down(OLD, Whole, "LJ PU", |r| contacts::authorise_old(r, false)),
        ]);
    CHANGE_STATUS = 0x000d: named(All, "Change own status", "改变状态", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, true)),
            down(UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, false)),
        ]);
    REGISTER_FIRST = 0x0011: named(Until2008, "Register new number (1)", "申请号码", Request);
    SYSTEM_MESSAGE_ACK = 0x0012: named(Until2008, "Acknowledge system message", "系统消息确认", ClientOnly)
        .layouts(&[
            up(OLD, Whole, "PU LJ NO", system_message::acknowledged),
        ]);
    SEND_MESSAGE_UNTIL_2008 = 0x0016: named(Until2008, "Send message", "发送消息", Request)
        .peer_key(message_key::of_sent)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| message::send(r, true)),
            down(OLD, Whole, "LJ PU", |r| message::send(r, false)),
        ]);
    RECEIVE_MESSAGE_OR_EVENT = 0x0017: named(All, "Receive message or event", "接收消息", AcknowledgedPush)
        .acknowledged("Acknowledge message or event", "确认收到消息")
        .peer_key(message_key::of_pushed)
        .layouts(&[
            up(SEEN, Whole, "LJ LQ MY", push::acknowledgement),
            down(SEEN, Parts, "LJ PU MY LQ MI, 0x3037", push::push),
        ]);
    PASSWORD_CHANGED = 0x0018: named(Until2008, "Password change check, information or file upload (uncertain)", "", Request)
        .clear(&[clear(ClassicClient, Key)])
        .keys(&[keys(&[Packet, PasswordTwice, Session]).of(OLD)])
        .layouts(&[
            up(OLD, Whole, "0x0f4b", login_classic::password_changed).meant(OLD),
        ]);
    RESERVED = 0x001a: named(All, "Reserved", "", Unknown);
    REMOVE_SELF = 0x001c: named(Until2008, "Remove self from another user's list", "删除自己", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| contacts::remove_self(r, true)),
            down(OLD, Whole, "LJ PU", |r| contacts::remove_self(r, false)),
        ]);
    REQUEST_KEY = 0x001d: named(All, "Request a key", "请求密钥", Request)
        .teaches(login_keys::file_agent)
        .layouts(&[
            down(UNTIL_2009, Whole, "LJ MY", |r| account::keys(r, false)).lead(0x04).with_keys(),
            up(OF_2012, Whole, "0x352f", session_2012::key_request).lead(0x11),
            down(OF_2012, Whole, "0x352f", |r| account::keys(r, false)).lead(0x11).with_keys(),
            up(OF_2012, Whole, "MI QF GP", |r| account::keys(r, true)).lead(0x33),
            down(OF_2012, Whole, "MI QF GP", |r| account::keys(r, false)).lead(0x33).with_keys(),
            up(SEEN, Head, "LJ LM MY MI QF", |r| named_sub_command(r, &KEY_COMMANDS)),
            down(SEEN, Head, "LJ LM MY MI QF", key_reply).with_keys(),
        ]);
    MOBILE_PHONE_FIRST = 0x0021: named(Until2008, "Mobile phone (1)", "手机", Request);
    LOG_IN_UNTIL_2008 = 0x0022: named(Until2008, "Log in", "登录", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2007), clear(ClassicClient, Key)])
        .keys(&[keys(&[PasswordTwice, Login, Packet]).asked_by(&[Packet, Login]).of(OLD)])
        .teaches(login_keys::session_until_2008)
        .redirects(&[0x01, 0x0a])
        .layouts(&[
            up(UNTIL_2006, Whole, "LJ PU, 0x0a1d", login_classic::login).meant(OLD),
            up(OF_2007, Parts, "PU LM", login_classic::token_login).meant(OLD),
            down(OLD, Parts, "LJ PU LM, 0x0a1d", login_classic::login_reply).meant(OLD).with_keys(),
        ]);
    FRIEND_LIST_UNTIL_2008 = 0x0026: named(Until2008, "Get friend list", "好友列表", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| friends::list(r, true)),
            down(OLD, Whole, "LJ PU", |r| friends::list(r, false)),
        ]);
    ONLINE_FRIENDS = 0x0027: named(All, "Get online friends", "在线好友", Request)
        .layouts(&[
            up(SEEN, Whole, "LJ PU MY, 0x3037", |r| status::online(r, true)),
            down(UNTIL_2009, Whole, "LJ PU MY", |r| status::online(r, false)).meant(UNTIL_2011),
            down(UNTIL_2019, Whole, "0x3037", lists_2012::online).meant(UNTIL_2019),
        ]);
    MOBILE_PHONE_SECOND = 0x0029: named(Until2008, "Mobile phone (2)", "手机", Request);
    SEND_SMS = 0x002d: named(Until2008, "Send SMS", "发送短信", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| account::sms(r, true)),
        ]);
    GROUP_UNTIL_2008 = 0x0030: named(Until2008, "Group command", "群操作", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| group::classic(r, true)),
            down(OLD, Whole, "LJ PU", |r| group::classic(r, false)),
        ]);
    LOG_IN_SESSION_KEY = 0x0030: named(From2009, "Log in (session key)", "登录", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(2), Verify(0)]).asked_by(&[Verify(0)])])
        .teaches(login_keys::session)
        .layouts(&[
            up(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, true)),
            down(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, false)).with_keys(),
        ]);
    LOGIN_TEST = 0x0031: named(Until2008, "Login test (uncertain)", "测试连接", Unknown);
    PROFILE_AVATAR = 0x0031: named(From2013, "Profile avatar", "头像", Request);
    FRIEND_GROUP_NAMES_UNTIL_2008 = 0x003c: named(Until2008, "Friend group names", "好友分组名", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| friends::folder_names(r, true)),
            down(OLD, Whole, "LJ", |r| friends::folder_names(r, false)),
        ]);
    USER_DETAILS = 0x003c: named(From2009, "Get user details", "获取用户详细资料", Request)
        .layouts(&[
            up(OF_2012, Whole, "MI", lists_2012::profile_request),
            down(OF_2012, Whole, "MI", lists_2012::profile),
        ]);
    UPLOAD_FRIEND_GROUPS = 0x003d: named(Until2008, "Upload friends by friend group", "上传好友分组", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| friends::move_to_folders(r, true)),
            down(OLD, Whole, "LJ", |r| friends::move_to_folders(r, false)),
        ]);
    FRIEND_REMARK = 0x003e: named(All, "Friend remark", "好友备注", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| friends::remarks(r, true)).meant(OLD),
            down(OLD, Whole, "LJ PU", |r| friends::remarks(r, false)).meant(OLD),
            up(OF_2012, Whole, "0x3037", session_2012::remark_request).lead(0x67),
            down(OF_2012, Whole, "0x3037", session_2012::sub_alone).lead(0x67),
            up(OF_2009, Whole, "MY", |r| friends::remarks_2009(r, true)).lead(0x68).meant(SINCE_2009),
            down(OF_2009, Whole, "MY", |r| friends::remarks_2009(r, false)).lead(0x68).meant(SINCE_2009),
            up(SEEN, Head, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
            down(SEEN, Head, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
        ]);
    DOWNLOAD_FRIEND_GROUPS = 0x0058: named(Until2008, "Download friend groups", "下载好友分组", Request)
        .layouts(&[
            up(OLD, Whole, "LJ PU", |r| friends::folders(r, true)),
            down(OLD, Whole, "LJ PU", |r| friends::folders(r, false)),
        ]);
    KEEP_ALIVE = 0x0058: named(From2009, "Keep-alive", "心跳", Request)
        .keeps_alive()
        .layouts(&[
            up(SEEN_SINCE_2009, Whole, "LQ MI GP, 0x3420", keep_alive::request),
        ]);
    0x0059: unnamed(Request);
    FRIEND_LEVELS = 0x005c: named(Until2008, "Get level of friends", "好友等级", Request)
        .layouts(LEVELS);
    OWN_LEVEL = 0x005c: named(From2009, "Own level or basic data", "自己的等级", Request)
        .layouts(LEVELS);
    PRIVACY = 0x005e: named(Until2008, "Privacy options", "隐私设置", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| account::privacy(r, true)),
            down(OLD, Whole, "LJ", |r| account::privacy(r, false)),
        ]);
    GROUP_DATA = 0x005f: named(Until2008, "Group data operation", "群数据操作", Request)
        .layouts(&[
            up(OLD, Head, "LJ", sub_command),
        ]);
    ADVANCED_SEARCH = 0x0061: named(Until2008, "Advanced search", "高级查找", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| account::advanced_search(r, true)),
            down(OLD, Whole, "LJ", |r| account::advanced_search(r, false)),
        ]);
    REQUEST_TOKEN = 0x0062: named(Until2008, "Request login or server token", "请求登录令牌", Request)
        .clear(&[clear(Classic, Plain)])
        .layouts(&[
            up(OLD, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, true)),
            down(OLD, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, false)),
        ]);
    LOG_OUT = 0x0062: named(From2009, "Log out", "注销", ClientOnly);
    USER_PROPERTIES = 0x0065: named(All, "User properties or extra information", "用户属性", RequestAndPush)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, true)).lead(0x01),
            down(UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, false)).lead(0x01),
            up(OF_2012, Whole, "0x3037", session_2012::properties_request).lead(0x02),
            down(OF_2012, Whole, "0x3037", session_2012::properties).lead(0x02),
            up(SEEN, Head, "LJ LM MY, 0x3037", sub_command),
            down(SEEN, Head, "LJ LM MY, 0x3037", sub_command),
        ]);
    TEMPORARY_MESSAGE = 0x0066: named(Until2008, "Temporary session message", "临时会话消息", Request)
        .layouts(&[
            up(OLD, Whole, "LJ", |r| message::temporary(r, true)),
            down(OLD, Whole, "LJ", |r| message::temporary(r, false)),
        ]);
    SIGNATURE = 0x0067: named(All, "Signature", "个性签名", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, true)),
            down(UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, false)),
            up(UNTIL_2009, Head, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
            down(UNTIL_2009, Head, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
        ]);
    SYSTEM_MESSAGE = 0x0080: named(All, "System message", "系统消息", Push)
        .acknowledged_by_text()
        .layouts(&[
            down(UNTIL_2009_AND_SP6, Whole, "LJ PU MY, 0x1a35", system_message::pushed),
        ]);
    FRIEND_STATUS_CHANGED = 0x0081: named(All, "Friend status changed", "好友状态改变", Push)
        .layouts(&[
            down(UNTIL_2009, Whole, "LJ PU LM MY", status::changed).meant(UNTIL_2011),
            down(OF_2012, Whole, "MI, 0x3037", lists_2012::changed),
        ]);
    SELECT_SERVER = 0x0091: named(All, "Select server (touch)", "选择服务器", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key)])
        .keys(&[keys(&[Packet])])
        .redirects(&[])
        .layouts(&[
            up(OLD, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, true)).meant(OLD),
            down(OLD, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, false)).meant(OLD),
            up(LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, true)).meant(SINCE_2009),
            down(LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, false)).meant(SINCE_2009),
        ]);
    0x0099: unnamed(Request);
    LOG_OUT_TCP = 0x00a1: named(Until2008, "Log out (TCP)", "注销", ClientOnly);
    LOGIN_STEP_A4 = 0x00a4: named(All, "Login step between 0x00e5 and 0x00eb", "", Request)
        .keys(&[keys(&[Verify(0), Session])])
        .layouts(&[
            up(LOGINS_OF_2009, Whole, "MY 0x2227", |r| login_2009::after_info(r, true)),
        ]);
    WEATHER = 0x00a6: named(All, "Weather", "天气预报", Request)
        .layouts(&[
            up(SEEN, Whole, "LJ QF", |r| account::weather(r, true)).lead(0x01),
            down(OLD, Whole, "LJ", |r| account::weather(r, false)).lead(0x01),
            up(OF_2012, Whole, "0x3037", |r| account::weather(r, true)).lead(0x03),
            down(OF_2012, Whole, "0x3037", session_2012::weather).lead(0x03),
            up(OF_2012, Whole, "0x3037", session_2012::place_request).lead(0x07),
            down(OF_2012, Whole, "0x3037", session_2012::place).lead(0x07),
            up(SEEN, Head, "LJ, 0x3037", sub_command),
            down(SEEN, Head, "LJ, 0x3037", sub_command),
        ]);
    ASK_TO_ADD_FRIEND = 0x00a7: named(All, "Friend request", "请求添加好友", Request)
        .layouts(&[
            up(SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, true)),
            down(SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, false)),
        ]);
    AUTHORISE_FRIEND = 0x00a8: named(All, "Authorize friend request", "添加好友授权", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, true)),
            down(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, false)),
            up(SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
            down(SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
        ]);
    0x00aa: unnamed(Unknown);
    VERIFICATION_TOKEN = 0x00ae: named(All, "Get verification information or token", "获取验证令牌", Request)
        .layouts(&[
            up(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, true)),
            down(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, false)),
            up(SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
            down(SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
        ]);
    NUMBER_OF_MAIL_ADDRESS = 0x00b2: named(Until2008, "Get QQ number of email address", "邮箱查号码", Request)
        .clear(&[clear(ClassicClient, Key)])
        .keys(&[keys(&[Packet]).of(OLD)])
        .layouts(&[
            up(OLD, Whole, "0x1221", mail::request).lead(0x02),
            down(OLD, Whole, "0x1221", mail::reply).lead(0x02),
        ]);
    CHECK_STATES = 0x00b5: named(All, "Check code or friend status of group", "", Request)
        .layouts(&[
            up(OF_2009, Whole, "MY", account::account_states),
        ]);
    VERIFICATION_QUESTION = 0x00b7: named(All, "Verification question", "验证问题", Request)
        .layouts(&[
            up(OLD, Whole, "LJ LM PU", |r| contacts::question(r, true)),
            down(OLD, Whole, "LJ LM PU", |r| contacts::question(r, false)),
        ]);
    // Replies have the low half of the build in place of the version (§2.3).
    BUILD_FOR_VERSION = 0x00b9: unnamed(Request);
    CAPTCHA = 0x00ba: named(All, "Login token or captcha", "验证码", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key), clear(Block3, Key)])
        .keys(&[keys(&[Packet])])
        .layouts(&[
            up(OLD, Whole, "LJ LM PU", |r| login_classic::captcha(r, true)).meant(OLD),
            down(OLD, Whole, "LJ LM PU", |r| login_classic::captcha(r, false)).meant(OLD),
            up(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, true)).meant(SINCE_2009),
            down(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, false)).meant(SINCE_2009),
            up(OF_2012, Parts, "QF MI", |r| login_2013::captcha(r, true)).meant(SINCE_2009),
            down(OF_2012, Parts, "QF MI", |r| login_2013::captcha(r, false)).meant(SINCE_2009),
        ]);
    SEND_MESSAGE = 0x00cd: named(From2009, "Send message", "发送消息", Request)
        .layouts(&[
            up(SEEN_SINCE_2009, Parts, "MY LQ QF MI", |r| message::send_rich(r, true)),
            down(SEEN_SINCE_2009, Whole, "MY LQ QF MI", |r| message::send_rich(r, false)),
        ]);
    RECEIVE_MESSAGE = 0x00ce: named(From2009, "Receive message", "接收消息", AcknowledgedPush)
        .acknowledged("Acknowledge message", "确认收到消息")
        .layouts(&[
            up(SEEN_SINCE_2009, Whole, "MY LQ QF MI", push::acknowledgement),
            down(SEEN_SINCE_2009, Parts, "MY LQ QF MI", push::push),
        ]);
    0x00d1: unnamed(Request);
    NOTICE = 0x00d4: named(All, "Get notice", "获取通知", Request)
        .layouts(&[
            up(OF_2009, Whole, "MY", account::sub_and_number).lead(0x01).meant(UNTIL_2011),
            up(OF_2009, Whole, "MY", account::sub_and_number).lead(0x07).meant(UNTIL_2011),
            up(OF_2012, Whole, "0x3037", session_2012::notices),
        ]);
    TYPING = 0x00d5: named(From2009, "Typing notification", "正在输入", Unknown);
    PERSONAL_CENTRE = 0x00d8: named(From2013, "Personal center API address", "个人中心", Request)
        .layouts(&[
            up(OF_2012, Head, "QF", sub_command),
        ]);
    LAST_LOGIN = 0x00da: named(All, "Check last login", "上次登录信息", Request);
    VERIFY_PASSWORD = 0x00dd: named(All, "Verify password", "验证密码", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key)])
        .keys(&[
            keys(&[PasswordTwice, Packet]).asked_by(&[Packet]).of(OLD),
            keys(&[Verify(4), Packet]).asked_by(&[Packet]),
        ])
        .inner(login_layers::proof_of_password)
        .teaches(login_keys::password)
        .layouts(&[
            up(OLD, Parts, "PU LM, 0x115b", |r| login_classic::password(r, true)).meant(OLD),
            down(OLD, Parts, "PU LM, 0x115b", |r| login_classic::password(r, false)).meant(OLD).with_keys(),
            up(LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, true)).meant(SINCE_2009),
            down(LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, false)).meant(SINCE_2009).with_keys(),
        ]);
    VERIFY_DYNAMIC_TOKEN = 0x00de: named(From2009To2012, "Verify dynamic token", "验证动态令牌", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(0)])])
        .layouts(&[
            up(LOGINS_OF_2009, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::dynamic_token(r, true)),
        ]);
    VERIFY_E3 = 0x00e3: named(From2009To2012, "Verify E3", "", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(3), Verify(0)]).asked_by(&[Verify(0)])])
        .layouts(&[
            up(LOGINS_OF_2009, Parts, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, true)),
            down(LOGINS_OF_2009, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, false)),
        ]);
    LOGIN_INFORMATION = 0x00e5: named(From2009To2012, "Get login information", "获取登录信息", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(1), Verify(0)]).asked_by(&[Verify(0)])])
        .teaches(login_keys::login_information)
        .layouts(&[
            up(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, true)),
            down(LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, false)).with_keys(),
        ]);
    LOGIN_STEP_E9 = 0x00e9: named(From2009To2012, "Step after login", "", Request);
    LOGIN_STEP_EA = 0x00ea: named(From2009To2012, "Step after login", "", Request);
    FRIENDS_AND_GROUPS_UNTIL_2012 = 0x00eb: named(From2009To2012, "Friend and group list", "好友和群列表", Request)
        // One client requested the list before the login was complete.
        .keys(&[keys(&[Session, Verify(0), Verify(2)])])
        .layouts(&[
            up(OF_2009, Whole, "MY LQ", |r| login_2009::folders(r, true)),
            down(OF_2009, Whole, "MY LQ", |r| login_2009::folders(r, false)),
        ]);
    STATUS_AFTER_LOGIN = 0x00ec: named(From2009, "Set online status after login", "设置在线状态", Request)
        .layouts(&[
            up(SEEN_SINCE_2009, Whole, "MY LQ QF, 0x3037", status::after_login).lead(0x01),
            down(OF_2012, Whole, "0x3037", session_2012::state).lead(0x01),
        ]);
    LOGIN_STEP_ED = 0x00ed: named(From2009To2012, "Step after login", "", Request);
    0x0108: unnamed(RequestAndPush);
    0x010a: unnamed(Push);
    0x0114: unnamed(RequestAndPush);
    SEARCH_BY_NUMBER = 0x0115: named(From2009, "Search by number or prepare to add", "按号码查找", Request)
        .layouts(&[
            down(OF_2012, Whole, "QF", contacts::prepare),
        ]);
    PROGRAM_LIBRARIES = 0x0122: named(From2013, "List of program libraries", "", Unknown);
    0x0125: unnamed(RequestAndPush);
    FRIEND_LIST = 0x0126: named(From2009, "Friend list with nicknames", "好友列表", RequestAndPush)
        .layouts(&[
            up(OF_2009, Whole, "MY", |r| friends::list_2009(r, true)).lead(0x01).meant(UNTIL_2011),
            down(OF_2009, Whole, "MY", |r| friends::list_2009(r, false)).meant(UNTIL_2011),
            up(OF_2012, Whole, "QF MI", lists_2012::nicknames_request).lead(0x03),
            down(OF_2012, Whole, "MI", lists_2012::nicknames).lead(0x03),
        ]);
    FRIENDS_AND_GROUPS = 0x0134: named(From2013, "Friends and groups", "好友和群列表", Request)
        .layouts(&[
            up(OF_2012, Whole, "QF", lists_2012::everybody_request),
            down(OF_2012, Whole, "QF", lists_2012::everybody),
        ]);
    0x0160: unnamed(Push);
    FONTS = 0x0173: named(From2013, "Get list of fonts", "字体列表", Request);
    GROUP_CATEGORIES = 0x0195: named(From2013, "Group categories", "群分类", Request)
        .layouts(&[
            down(OF_2012, Whole, "QF", lists_2012::categories),
        ]);
    GROUP_CATEGORIES_19B = 0x019b: named(From2013, "Group categories", "群分类", Request);
    BLACKLIST = 0x01a5: named(From2013, "Blacklist", "黑名单", Request);
    0x01a9: unnamed(Request);
    0x01b6: unnamed(Request);
    0x01bb: unnamed(Request);
    PREVIOUS_NAMES = 0x01bc: named(From2013, "Previous names", "曾用名", Request);
    SUBMIT_IMAGE_NAME = 0x01bd: named(From2013, "Submit image file name", "提交图片文件名", Request);
    READ_CONFIRMATION = 0x01c0: named(From2013, "Read confirmation", "已读确认", RequestAndPush)
        .layouts(&[
            up(OF_2012, Whole, "QF", account::sub_and_number).lead(0x01),
        ]);
    DATA_LIST_1C4 = 0x01c4: named(From2013, "Data list", "", Request);
    DATA_LIST_1C5 = 0x01c5: named(From2013, "Data list", "", Request);
    0x01d6: unnamed(RequestAndPush);
    0x01e4: unnamed(RequestAndPush);
    0x01e5: unnamed(Push);
    0x030c: unnamed(Push);
    MESSAGE_READ = 0x0319: named(From2013, "Message read confirmation", "消息已读确认", Request);
    0x031d: unnamed(RequestAndPush);
    NEW_FRIENDS = 0x031f: named(From2013, "New friends", "新朋友", Request);
    0x0346: unnamed(Push);
    FRIEND_IMAGE_UPLOAD = 0x0352: named(From2013, "Friend image upload", "上传好友图片", Request);
    RECEIVE_PUSH = 0x0355: named(From2013, "Receive push", "接收推送", AcknowledgedPush)
        .acknowledged("Acknowledge push", "确认收到推送")
        .layouts(&[
            up(OF_2012, Whole, "GP", push::acknowledgement),
            down(OF_2012, Whole, "GP", session_2012::push_0355),
        ]);
    0x0359: unnamed(Request);
    GROUP_MESSAGE_READ_360 = 0x0360: named(From2013, "Group message read confirmation", "群消息已读确认", RequestAndPush);
    0x0366: unnamed(Push);
    GROUP_IMAGE_UPLOAD = 0x0388: named(From2013, "Group image upload", "上传群图片", Request);
    GROUP_MESSAGE_READ_391 = 0x0391: named(From2013, "Group message read confirmation", "群消息已读确认", RequestAndPush);
    0x0393: unnamed(Push);
    AIR_QUALITY = 0x0397: named(From2013, "Air quality", "空气质量", Request);
    0x039a: unnamed(Push);
    0x039d: unnamed(Push);
    0x039e: unnamed(Push);
    0x03a5: unnamed(Push);
    0x03dd: unnamed(Push);
    LIKE_PROFILE = 0x03e3: named(From2013, "Like a profile (uncertain)", "点赞", Request);
    RECALL_GROUP_MESSAGE = 0x03f7: named(From2013, "Recall group message", "撤回群消息", Request);
    0x03fb: unnamed(Request);
    RECALL_FRIEND_MESSAGE = 0x03fc: named(From2013, "Recall friend message", "撤回好友消息", Request);
    0x0424: unnamed(ClientOnly);
    0x0600: unnamed(RequestAndPush);
    MEDIA = 0x0800: named(From2013, "Cleartext media", "", RequestAndPush)
        .clear(&[clear(Block3, TokenAndMedia), clear(Server, Media)]);
    0x080a: unnamed(Push);
    QR_CODE = 0x0818: named(From2013, "QR login: get code", "获取登录二维码", Request)
        .without_number()
        .clear(&[clear(Block3, Key)])
        .keys(&[keys(&[Share, Packet]).asked_by(&[Packet])])
        .teaches(login_keys::qr_code)
        .layouts(&[
            up(OF_2012, Parts, "GP", |r| login_2013::qr_code(r, true)),
            down(OF_2012, Parts, "GP", |r| login_2013::qr_code(r, false)).with_keys(),
        ]);
    QR_POLL = 0x0819: named(From2013, "QR login: poll", "查询扫码状态", Request)
        .without_number()
        .keys(&[keys(&[Poll])])
        .teaches(login_keys::qr_poll)
        .layouts(&[
            up(OF_2012, Parts, "GP", |r| login_2013::qr_poll(r, true)),
            down(OF_2012, Parts, "GP", |r| login_2013::qr_poll(r, false)).with_keys(),
        ]);
    TOUCH = 0x0825: named(From2013, "Touch (server and redirect query)", "登录探测", Request)
        .without_number()
        .clear(&[clear(Block3, Key)])
        .keys(&[keys(&[Packet])])
        .teaches(login_keys::share)
        .redirects(&[0xfe])
        .layouts(&[
            up(OF_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
            down(OF_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)),
        ]);
    LOG_IN_2013 = 0x0826: named(From2013, "Log in (before ECDH)", "登录", Request)
        .clear(&[clear(Block3, Key)])
        .keys(&[keys(&[Tgtgt, Packet]).asked_by(&[Packet])])
        .inner(login_layers::items_of_login)
        .teaches(login_keys::login_2013)
        .layouts(&[
            up(OF_2012, Parts, "0x3241", |r| login_2013::login(r, true)),
            down(OF_2012, Parts, "0x3241", |r| login_2013::login(r, false)).with_keys(),
        ]);
    TOKEN_OPERATION = 0x0827: named(From2013, "Token operation (uncertain)", "", Request)
        .keys(&[keys(&[Unexplained, Share])]);
    SESSION_KEY = 0x0828: named(From2013, "Get session key", "获取会话密钥", Request)
        .keys(&[keys(&[SessionReply, SessionRequest]).asked_by(&[SessionRequest])])
        .teaches(login_keys::session_2013)
        .layouts(&[
            up(OF_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, true)),
            down(OF_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, false)).with_keys(),
        ]);
    LOG_IN_ECDH = 0x0836: named(From2013, "Log in (ECDH)", "登录校验", Request)
        .clear(&[clear(Block3, Ecdh), clear(Server, ServerKey)])
        .keys(&[keys(&[Share])])
        .sealed_twice()
        .inner(login_layers::items_of_login)
        .teaches(login_keys::login_2013)
        .layouts(&[
            up(OF_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
            down(OF_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)).with_keys(),
        ]);
    LOGIN_HELPER = 0x0839: named(From2013, "Login helper (uncertain)", "", Request)
        .keys(&[keys(&[Share])])
        .layouts(&[
            up(OF_2012, Parts, "QF", |r| tlv::tlvs(r, true)),
        ]);
}

const _: () = check(COMMANDS);

/// Levels of friends and of the user: both meanings of 0x005c are tried for all clients.
#[rustfmt::skip]
const LEVELS: &[Layout] = &[
    up(OLD, Whole, "LJ", |r| friends::levels(r, true)).lead(0x02),
    down(OLD, Whole, "LJ", |r| friends::levels(r, false)).lead(0x02),
    up(SEEN_SINCE_2009, Whole, "MY, 0x3037", |r| friends::own_level(r, true)).lead(0x88),
    down(OF_2009, Whole, "MY", |r| friends::own_level(r, false)).lead(0x88).meant(UNTIL_2011),
    down(OF_2012, Whole, "0x3037", session_2012::level).lead(0x88),
    up(SEEN, Head, "LJ MY, 0x3037", sub_command),
    down(SEEN, Head, "LJ MY, 0x3037", sub_command),
];

/// Commands with protobuf bodies. Those without layouts of their own share [`PROTOBUF`].
pub(crate) const PROTOBUF_COMMANDS: RangeInclusive<u16> = 0x0300..=0x03ff;

/// Layouts shared by [`PROTOBUF_COMMANDS`].
#[rustfmt::skip]
pub(crate) const PROTOBUF: &[Layout] = &[
    up(OF_2012, Whole, "QF MI", account::protobuf),
    down(OF_2012, Whole, "QF MI", account::protobuf),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::commands::meaning::rows;

    #[test]
    fn names_follow_the_house_style() {
        for names in COMMANDS.iter().filter_map(|row| row.names) {
            let (name, chinese) = (names.english, names.chinese);
            assert!(name.starts_with(|c: char| c.is_uppercase()), "{name}");
            assert!(!name.ends_with('.') && !name.contains("  "), "{name}");
            assert!(chinese.chars().all(char::is_alphabetic), "{chinese}");
            assert!(!chinese.contains(|c: char| c.is_ascii()), "{chinese}");
        }
    }

    #[test]
    fn commands_of_other_protocols_have_no_row() {
        // Never seen, or only in the game channel of QQ Speed.
        let nowhere = [0x0092, 0x018d, 0x0101, 0x0102];
        let speed = [
            0x017a, 0x017b, 0x017c, 0x0188, 0x018b, 0x018f, 0x0218, 0x0237, 0x3204,
        ];
        for code in nowhere.into_iter().chain(speed) {
            assert!(rows(code).is_empty(), "{code:#06x}");
        }
    }
}
