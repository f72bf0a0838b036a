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
use crate::oicq::body::layout::FaultRule::{Beginning, Parts, Whole};
use crate::oicq::body::layout::{to_client, to_server, Layout};
use crate::oicq::body::sub_command::{key_reply, named_sub_command, sub_command};
use crate::oicq::body::{
    account, contacts, friends, group, group_2012, keep_alive, lists_2012, login_2009, login_2013,
    login_classic, mail, message, push, session_2012, status, system_message, tlv,
};
use crate::oicq::crypto::key_role::KeyRole::{
    Login, Packet, PasswordTwice, Poll, Session, SessionReply, SessionRequest, Share, Tgtgt,
    Undocumented, Verify,
};
use crate::oicq::crypto::{login_keys, login_layers, message_key};
use crate::oicq::wire::commands::check::checked;
use crate::oicq::wire::commands::row::ReplyPattern::{
    AcknowledgedPush, ClientOnly, Push, Request, RequestAndPush, Unknown,
};
use crate::oicq::wire::commands::row::{keys, named, unnamed, Command};
use crate::oicq::wire::era::Era::{All, From2009, From2009To2012, From2013, Until2008};
use crate::oicq::wire::era::{
    EARLY_2009, FROM_2007_TO_2008, FROM_2009_TO_2011, SEEN, SEEN_SINCE_2009, SINCE_2007,
    SINCE_2009, SINCE_2012, UNTIL_2006, UNTIL_2008, UNTIL_2009, UNTIL_2009_AND_SP6, UNTIL_2011,
    UNTIL_2019,
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
        pub static COMMANDS: &[Command] = checked(&[$($row.numbered($code)),*]);
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
            to_server(UNTIL_2008, Whole, "LJ PU", login_classic::logout).with_keys(),
        ]);
    FRIEND_GROUP_NAMES = 0x0001: named(From2009, "Get friend group names", "获取好友分组名", Request)
        .layouts(&[
            to_server(EARLY_2009, Whole, "MY", |r| friends::folder_names_2009(r, true)).first_byte(0x1f),
            to_client(EARLY_2009, Whole, "MY", |r| friends::folder_names_2009(r, false)).first_byte(0x1f),
            to_server(SINCE_2012, Whole, "0x3037, 0x352f", lists_2012::folders_request).first_byte(0x20),
            to_client(SINCE_2012, Whole, "0x3037, 0x352f", lists_2012::folders).first_byte(0x20),
            to_server(SEEN_SINCE_2009, Beginning, "MY, 0x352f", sub_command),
            to_client(SEEN_SINCE_2009, Beginning, "MY, 0x352f", sub_command),
        ]);
    KEEP_ALIVE_UNTIL_2008 = 0x0002: named(Until2008, "Keep-alive", "心跳", Request)
        .keeps_alive()
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU LM", keep_alive::classic_request),
            to_client(UNTIL_2008, Whole, "LJ PU LM", keep_alive::classic_reply),
        ]);
    GROUP = 0x0002: named(From2009, "Group command", "群操作", RequestAndPush)
        .layouts(&[
            to_server(SINCE_2012, Whole, "QF", group::join).first_byte(0x08),
            to_server(EARLY_2009, Whole, "MY LQ", group::request).first_byte(0x09),
            to_server(EARLY_2009, Whole, "MY LQ", group::request).first_byte(0x0b),
            to_server(EARLY_2009, Whole, "MY LQ", group::member_information).first_byte(0x0c),
            to_server(SINCE_2012, Whole, "0x3037", group_2012::receipt).first_byte(0x29),
            to_server(SEEN_SINCE_2009, Parts, "MY LQ QF MI", group::send).first_byte(0x2a),
            to_server(SEEN_SINCE_2009, Whole, "MY LQ, 0x3037", group::information_request).first_byte(0x72),
            to_server(SINCE_2012, Whole, "MI", group::mute).first_byte(0x7e),
            to_server(SEEN_SINCE_2009, Beginning, "MY LQ QF MI", group::request_head),
            to_client(SINCE_2012, Whole, "0x3037", group_2012::about).first_byte(0x72),
            to_client(EARLY_2009, Whole, "MY LQ", group::information).first_byte(0x72),
            to_client(SEEN_SINCE_2009, Whole, "MY LQ QF MI", group::reply),
            to_client(SEEN_SINCE_2009, Beginning, "MY LQ QF MI", group::reply_head),
        ]);
    REGISTER_SECOND = 0x0003: named(Until2008, "Register new number (2)", "申请号码", Request);
    UPDATE_INFORMATION = 0x0004: named(All, "Update own profile", "修改资料", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| account::update(r, true)).with_keys(),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| account::update(r, false)),
        ]);
    SEARCH_USERS = 0x0005: named(Until2008, "Search for users", "查找用户", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| account::search(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| account::search(r, false)),
        ]);
    USER_INFORMATION = 0x0006: named(Until2008, "Get user information", "获取用户资料", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, true)),
            to_client(UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, false)),
        ]);
    ADD_FRIEND = 0x0009: named(Until2008, "Add friend without authorization", "添加好友", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "PU NO", |r| contacts::add(r, true)),
            to_client(UNTIL_2008, Whole, "PU NO", |r| contacts::add(r, false)),
        ]);
    DELETE_FRIEND = 0x000a: named(All, "Delete friend", "删除好友", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, true)),
            to_client(UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, false)),
        ]);
    ADD_FRIEND_WITH_MESSAGE = 0x000b: named(Until2008, "Add friend with authorization message", "添加好友验证", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| contacts::authorise_old(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| contacts::authorise_old(r, false)),
        ]);
    CHANGE_STATUS = 0x000d: named(All, "Change own status", "改变状态", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, true)),
            to_client(UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, false)),
        ]);
    REGISTER_FIRST = 0x0011: named(Until2008, "Register new number (1)", "申请号码", Request);
    SYSTEM_MESSAGE_ACK = 0x0012: named(Until2008, "Acknowledge system message", "系统消息确认", ClientOnly)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "PU LJ NO", system_message::acknowledged),
        ]);
    SEND_MESSAGE_UNTIL_2008 = 0x0016: named(Until2008, "Send message", "发送消息", Request)
        .peer_key(message_key::of_sent)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| message::send(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| message::send(r, false)),
        ]);
    RECEIVE_MESSAGE_OR_EVENT = 0x0017: named(All, "Receive message or event", "接收消息", AcknowledgedPush)
        .acknowledged("Acknowledge message or event", "确认收到消息")
        .peer_key(message_key::of_pushed)
        .layouts(&[
            to_server(SEEN, Whole, "LJ LQ MY", push::acknowledgement),
            to_client(SEEN, Parts, "LJ PU MY LQ MI, 0x3037", push::push),
        ]);
    PASSWORD_CHANGED = 0x0018: named(Until2008, "Password change check, information or file upload (uncertain)", "", Request)
        .clear(&[clear(ClassicClient, Key)])
        .keys(&[keys(&[Packet, PasswordTwice, Session]).of(UNTIL_2008)])
        .layouts(&[
            to_server(UNTIL_2008, Whole, "0x0f4b", login_classic::password_changed).applies_to(UNTIL_2008),
        ]);
    RESERVED = 0x001a: named(All, "Reserved", "", Unknown);
    REMOVE_SELF = 0x001c: named(Until2008, "Remove self from another user's list", "删除自己", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| contacts::remove_self(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| contacts::remove_self(r, false)),
        ]);
    REQUEST_KEY = 0x001d: named(All, "Request a key", "请求密钥", Request)
        .extract_keys(login_keys::file_agent)
        .layouts(&[
            to_client(UNTIL_2009, Whole, "LJ MY", |r| account::keys(r, false)).first_byte(0x04).with_keys(),
            to_server(SINCE_2012, Whole, "0x352f", session_2012::key_request).first_byte(0x11),
            to_client(SINCE_2012, Whole, "0x352f", |r| account::keys(r, false)).first_byte(0x11).with_keys(),
            to_server(SINCE_2012, Whole, "MI QF GP", |r| account::keys(r, true)).first_byte(0x33),
            to_client(SINCE_2012, Whole, "MI QF GP", |r| account::keys(r, false)).first_byte(0x33).with_keys(),
            to_server(SEEN, Beginning, "LJ LM MY MI QF", |r| named_sub_command(r, &KEY_COMMANDS)),
            to_client(SEEN, Beginning, "LJ LM MY MI QF", key_reply).with_keys(),
        ]);
    MOBILE_PHONE_FIRST = 0x0021: named(Until2008, "Mobile phone (1)", "手机", Request);
    LOG_IN_UNTIL_2008 = 0x0022: named(Until2008, "Log in", "登录", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2007), clear(ClassicClient, Key)])
        .keys(&[keys(&[PasswordTwice, Login, Packet]).with_request_keys(&[Packet, Login]).of(UNTIL_2008)])
        .extract_keys(login_keys::session_until_2008)
        .redirects(&[0x01, 0x0a])
        .layouts(&[
            to_server(UNTIL_2006, Whole, "LJ PU, 0x0a1d", login_classic::login).applies_to(UNTIL_2008),
            to_server(FROM_2007_TO_2008, Parts, "PU LM", login_classic::token_login).applies_to(UNTIL_2008),
            to_client(UNTIL_2008, Parts, "LJ PU LM, 0x0a1d", login_classic::login_reply).applies_to(UNTIL_2008).with_keys(),
        ]);
    FRIEND_LIST_UNTIL_2008 = 0x0026: named(Until2008, "Get friend list", "好友列表", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| friends::list(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| friends::list(r, false)),
        ]);
    ONLINE_FRIENDS = 0x0027: named(All, "Get online friends", "在线好友", Request)
        .layouts(&[
            to_server(SEEN, Whole, "LJ PU MY, 0x3037", |r| status::online(r, true)),
            to_client(UNTIL_2009, Whole, "LJ PU MY", |r| status::online(r, false)).applies_to(UNTIL_2011),
            to_client(UNTIL_2019, Whole, "0x3037", lists_2012::online).applies_to(UNTIL_2019),
        ]);
    MOBILE_PHONE_SECOND = 0x0029: named(Until2008, "Mobile phone (2)", "手机", Request);
    SEND_SMS = 0x002d: named(Until2008, "Send SMS", "发送短信", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| account::sms(r, true)),
        ]);
    GROUP_UNTIL_2008 = 0x0030: named(Until2008, "Group command", "群操作", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| group::classic(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| group::classic(r, false)),
        ]);
    LOG_IN_SESSION_KEY = 0x0030: named(From2009, "Log in (session key)", "登录", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(2), Verify(0)]).with_request_keys(&[Verify(0)])])
        .extract_keys(login_keys::session)
        .layouts(&[
            to_server(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, true)),
            to_client(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, false)).with_keys(),
        ]);
    LOGIN_TEST = 0x0031: named(Until2008, "Login test (uncertain)", "测试连接", Unknown);
    PROFILE_AVATAR = 0x0031: named(From2013, "Profile avatar", "头像", Request);
    FRIEND_GROUP_NAMES_UNTIL_2008 = 0x003c: named(Until2008, "Friend group names", "好友分组名", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| friends::folder_names(r, true)),
            to_client(UNTIL_2008, Whole, "LJ", |r| friends::folder_names(r, false)),
        ]);
    USER_DETAILS = 0x003c: named(From2009, "Get user details", "获取用户详细资料", Request)
        .layouts(&[
            to_server(SINCE_2012, Whole, "MI", lists_2012::profile_request),
            to_client(SINCE_2012, Whole, "MI", lists_2012::profile),
        ]);
    UPLOAD_FRIEND_GROUPS = 0x003d: named(Until2008, "Upload friends by friend group", "上传好友分组", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| friends::move_to_folders(r, true)),
            to_client(UNTIL_2008, Whole, "LJ", |r| friends::move_to_folders(r, false)),
        ]);
    FRIEND_REMARK = 0x003e: named(All, "Friend remark", "好友备注", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| friends::remarks(r, true)).applies_to(UNTIL_2008),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| friends::remarks(r, false)).applies_to(UNTIL_2008),
            to_server(SINCE_2012, Whole, "0x3037", session_2012::remark_request).first_byte(0x67),
            to_client(SINCE_2012, Whole, "0x3037", session_2012::sub_alone).first_byte(0x67),
            to_server(EARLY_2009, Whole, "MY", |r| friends::remarks_2009(r, true)).first_byte(0x68).applies_to(SINCE_2009),
            to_client(EARLY_2009, Whole, "MY", |r| friends::remarks_2009(r, false)).first_byte(0x68).applies_to(SINCE_2009),
            to_server(SEEN, Beginning, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
            to_client(SEEN, Beginning, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
        ]);
    DOWNLOAD_FRIEND_GROUPS = 0x0058: named(Until2008, "Download friend groups", "下载好友分组", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU", |r| friends::folders(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU", |r| friends::folders(r, false)),
        ]);
    KEEP_ALIVE = 0x0058: named(From2009, "Keep-alive", "心跳", Request)
        .keeps_alive()
        .layouts(&[
            to_server(SEEN_SINCE_2009, Whole, "LQ MI GP, 0x3420", keep_alive::request),
        ]);
    0x0059: unnamed(Request);
    FRIEND_LEVELS = 0x005c: named(Until2008, "Get level of friends", "好友等级", Request)
        .layouts(LEVELS);
    OWN_LEVEL = 0x005c: named(From2009, "Own level or basic data", "自己的等级", Request)
        .layouts(LEVELS);
    PRIVACY = 0x005e: named(Until2008, "Privacy options", "隐私设置", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| account::privacy(r, true)),
            to_client(UNTIL_2008, Whole, "LJ", |r| account::privacy(r, false)),
        ]);
    GROUP_DATA = 0x005f: named(Until2008, "Group data operation", "群数据操作", Request)
        .layouts(&[
            to_server(UNTIL_2008, Beginning, "LJ", sub_command),
        ]);
    ADVANCED_SEARCH = 0x0061: named(Until2008, "Advanced search", "高级查找", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| account::advanced_search(r, true)),
            to_client(UNTIL_2008, Whole, "LJ", |r| account::advanced_search(r, false)),
        ]);
    REQUEST_TOKEN = 0x0062: named(Until2008, "Request login or server token", "请求登录令牌", Request)
        .clear(&[clear(Classic, Plain)])
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, true)),
            to_client(UNTIL_2008, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, false)),
        ]);
    LOG_OUT = 0x0062: named(From2009, "Log out", "注销", ClientOnly);
    USER_PROPERTIES = 0x0065: named(All, "User properties or extra information", "用户属性", RequestAndPush)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, true)).first_byte(0x01),
            to_client(UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, false)).first_byte(0x01),
            to_server(SINCE_2012, Whole, "0x3037", session_2012::properties_request).first_byte(0x02),
            to_client(SINCE_2012, Whole, "0x3037", session_2012::properties).first_byte(0x02),
            to_server(SEEN, Beginning, "LJ LM MY, 0x3037", sub_command),
            to_client(SEEN, Beginning, "LJ LM MY, 0x3037", sub_command),
        ]);
    TEMPORARY_MESSAGE = 0x0066: named(Until2008, "Temporary session message", "临时会话消息", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ", |r| message::temporary(r, true)),
            to_client(UNTIL_2008, Whole, "LJ", |r| message::temporary(r, false)),
        ]);
    SIGNATURE = 0x0067: named(All, "Signature", "个性签名", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, true)),
            to_client(UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, false)),
            to_server(UNTIL_2009, Beginning, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
            to_client(UNTIL_2009, Beginning, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
        ]);
    SYSTEM_MESSAGE = 0x0080: named(All, "System message", "系统消息", Push)
        .acknowledged_in_body()
        .layouts(&[
            to_client(UNTIL_2009_AND_SP6, Whole, "LJ PU MY, 0x1a35", system_message::pushed),
        ]);
    FRIEND_STATUS_CHANGED = 0x0081: named(All, "Friend status changed", "好友状态改变", Push)
        .layouts(&[
            to_client(UNTIL_2009, Whole, "LJ PU LM MY", status::changed).applies_to(UNTIL_2011),
            to_client(SINCE_2012, Whole, "MI, 0x3037", lists_2012::changed),
        ]);
    SELECT_SERVER = 0x0091: named(All, "Select server (touch)", "选择服务器", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key)])
        .keys(&[keys(&[Packet])])
        .redirects(&[])
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, true)).applies_to(UNTIL_2008),
            to_client(UNTIL_2008, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, false)).applies_to(UNTIL_2008),
            to_server(FROM_2009_TO_2011, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, true)).applies_to(SINCE_2009),
            to_client(FROM_2009_TO_2011, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, false)).applies_to(SINCE_2009),
        ]);
    0x0099: unnamed(Request);
    LOG_OUT_TCP = 0x00a1: named(Until2008, "Log out (TCP)", "注销", ClientOnly);
    LOGIN_STEP_A4 = 0x00a4: named(All, "Login step between 0x00e5 and 0x00eb", "", Request)
        .keys(&[keys(&[Verify(0), Session])])
        .layouts(&[
            to_server(FROM_2009_TO_2011, Whole, "MY 0x2227", |r| login_2009::after_info(r, true)),
        ]);
    WEATHER = 0x00a6: named(All, "Weather", "天气预报", Request)
        .layouts(&[
            to_server(SEEN, Whole, "LJ QF", |r| account::weather(r, true)).first_byte(0x01),
            to_client(UNTIL_2008, Whole, "LJ", |r| account::weather(r, false)).first_byte(0x01),
            to_server(SINCE_2012, Whole, "0x3037", |r| account::weather(r, true)).first_byte(0x03),
            to_client(SINCE_2012, Whole, "0x3037", session_2012::weather).first_byte(0x03),
            to_server(SINCE_2012, Whole, "0x3037", session_2012::place_request).first_byte(0x07),
            to_client(SINCE_2012, Whole, "0x3037", session_2012::place).first_byte(0x07),
            to_server(SEEN, Beginning, "LJ, 0x3037", sub_command),
            to_client(SEEN, Beginning, "LJ, 0x3037", sub_command),
        ]);
    ASK_TO_ADD_FRIEND = 0x00a7: named(All, "Friend request", "请求添加好友", Request)
        .layouts(&[
            to_server(SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, true)),
            to_client(SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, false)),
        ]);
    AUTHORISE_FRIEND = 0x00a8: named(All, "Authorize friend request", "添加好友授权", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, true)),
            to_client(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, false)),
            to_server(SEEN, Beginning, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
            to_client(SEEN, Beginning, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
        ]);
    0x00aa: unnamed(Unknown);
    VERIFICATION_TOKEN = 0x00ae: named(All, "Get verification information or token", "获取验证令牌", Request)
        .layouts(&[
            to_server(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, true)),
            to_client(UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, false)),
            to_server(SEEN, Beginning, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
            to_client(SEEN, Beginning, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
        ]);
    NUMBER_OF_MAIL_ADDRESS = 0x00b2: named(Until2008, "Get QQ number of email address", "邮箱查号码", Request)
        .clear(&[clear(ClassicClient, Key)])
        .keys(&[keys(&[Packet]).of(UNTIL_2008)])
        .layouts(&[
            to_server(UNTIL_2008, Whole, "0x1221", mail::request).first_byte(0x02),
            to_client(UNTIL_2008, Whole, "0x1221", mail::reply).first_byte(0x02),
        ]);
    CHECK_STATES = 0x00b5: named(All, "Check code or friend status of group", "", Request)
        .layouts(&[
            to_server(EARLY_2009, Whole, "MY", account::account_states),
        ]);
    VERIFICATION_QUESTION = 0x00b7: named(All, "Verification question", "验证问题", Request)
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ LM PU", |r| contacts::question(r, true)),
            to_client(UNTIL_2008, Whole, "LJ LM PU", |r| contacts::question(r, false)),
        ]);
    // Replies have the low half of the build in place of the version (§2.3).
    BUILD_FOR_VERSION = 0x00b9: unnamed(Request);
    CAPTCHA = 0x00ba: named(All, "Login token or captcha", "验证码", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key), clear(Block3, Key)])
        .keys(&[keys(&[Packet])])
        .layouts(&[
            to_server(UNTIL_2008, Whole, "LJ LM PU", |r| login_classic::captcha(r, true)).applies_to(UNTIL_2008),
            to_client(UNTIL_2008, Whole, "LJ LM PU", |r| login_classic::captcha(r, false)).applies_to(UNTIL_2008),
            to_server(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, true)).applies_to(SINCE_2009),
            to_client(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, false)).applies_to(SINCE_2009),
            to_server(SINCE_2012, Parts, "QF MI", |r| login_2013::captcha(r, true)).applies_to(SINCE_2009),
            to_client(SINCE_2012, Parts, "QF MI", |r| login_2013::captcha(r, false)).applies_to(SINCE_2009),
        ]);
    SEND_MESSAGE = 0x00cd: named(From2009, "Send message", "发送消息", Request)
        .layouts(&[
            to_server(SEEN_SINCE_2009, Parts, "MY LQ QF MI", |r| message::send_rich(r, true)),
            to_client(SEEN_SINCE_2009, Whole, "MY LQ QF MI", |r| message::send_rich(r, false)),
        ]);
    RECEIVE_MESSAGE = 0x00ce: named(From2009, "Receive message", "接收消息", AcknowledgedPush)
        .acknowledged("Acknowledge message", "确认收到消息")
        .layouts(&[
            to_server(SEEN_SINCE_2009, Whole, "MY LQ QF MI", push::acknowledgement),
            to_client(SEEN_SINCE_2009, Parts, "MY LQ QF MI", push::push),
        ]);
    0x00d1: unnamed(Request);
    NOTICE = 0x00d4: named(All, "Get notice", "获取通知", Request)
        .layouts(&[
            to_server(EARLY_2009, Whole, "MY", account::sub_and_number).first_byte(0x01).applies_to(UNTIL_2011),
            to_server(EARLY_2009, Whole, "MY", account::sub_and_number).first_byte(0x07).applies_to(UNTIL_2011),
            to_server(SINCE_2012, Whole, "0x3037", session_2012::notices),
        ]);
    TYPING = 0x00d5: named(From2009, "Typing notification", "正在输入", Unknown);
    PERSONAL_CENTRE = 0x00d8: named(From2013, "Personal center API address", "个人中心", Request)
        .layouts(&[
            to_server(SINCE_2012, Beginning, "QF", sub_command),
        ]);
    LAST_LOGIN = 0x00da: named(All, "Check last login", "上次登录信息", Request);
    VERIFY_PASSWORD = 0x00dd: named(All, "Verify password", "验证密码", Request)
        .clear(&[clear(ClassicClient, Key), clear(Block2, Key)])
        .keys(&[
            keys(&[PasswordTwice, Packet]).with_request_keys(&[Packet]).of(UNTIL_2008),
            keys(&[Verify(4), Packet]).with_request_keys(&[Packet]),
        ])
        .inner(login_layers::proof_of_password)
        .extract_keys(login_keys::password)
        .layouts(&[
            to_server(UNTIL_2008, Parts, "PU LM, 0x115b", |r| login_classic::password(r, true)).applies_to(UNTIL_2008),
            to_client(UNTIL_2008, Parts, "PU LM, 0x115b", |r| login_classic::password(r, false)).applies_to(UNTIL_2008).with_keys(),
            to_server(FROM_2009_TO_2011, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, true)).applies_to(SINCE_2009),
            to_client(FROM_2009_TO_2011, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, false)).applies_to(SINCE_2009).with_keys(),
        ]);
    VERIFY_DYNAMIC_TOKEN = 0x00de: named(From2009To2012, "Verify dynamic token", "验证动态令牌", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(0)])])
        .layouts(&[
            to_server(FROM_2009_TO_2011, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::dynamic_token(r, true)),
        ]);
    VERIFY_E3 = 0x00e3: named(From2009To2012, "Verify E3", "", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(3), Verify(0)]).with_request_keys(&[Verify(0)])])
        .layouts(&[
            to_server(FROM_2009_TO_2011, Parts, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, true)),
            to_client(FROM_2009_TO_2011, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, false)),
        ]);
    LOGIN_INFORMATION = 0x00e5: named(From2009To2012, "Get login information", "获取登录信息", Request)
        .clear(&[clear(ClassicClient, Token).of(SINCE_2009), clear(Block2, Token)])
        .keys(&[keys(&[Verify(1), Verify(0)]).with_request_keys(&[Verify(0)])])
        .extract_keys(login_keys::login_information)
        .layouts(&[
            to_server(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, true)),
            to_client(FROM_2009_TO_2011, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, false)).with_keys(),
        ]);
    LOGIN_STEP_E9 = 0x00e9: named(From2009To2012, "Step after login", "", Request);
    LOGIN_STEP_EA = 0x00ea: named(From2009To2012, "Step after login", "", Request);
    FRIENDS_AND_GROUPS_UNTIL_2012 = 0x00eb: named(From2009To2012, "Friend and group list", "好友和群列表", Request)
        // One client requested the list before the login was complete.
        .keys(&[keys(&[Session, Verify(0), Verify(2)])])
        .layouts(&[
            to_server(EARLY_2009, Whole, "MY LQ", |r| login_2009::folders(r, true)),
            to_client(EARLY_2009, Whole, "MY LQ", |r| login_2009::folders(r, false)),
        ]);
    STATUS_AFTER_LOGIN = 0x00ec: named(From2009, "Set online status after login", "设置在线状态", Request)
        .layouts(&[
            to_server(SEEN_SINCE_2009, Whole, "MY LQ QF, 0x3037", status::after_login).first_byte(0x01),
            to_client(SINCE_2012, Whole, "0x3037", session_2012::state).first_byte(0x01),
        ]);
    LOGIN_STEP_ED = 0x00ed: named(From2009To2012, "Step after login", "", Request);
    0x0108: unnamed(RequestAndPush);
    0x010a: unnamed(Push);
    0x0114: unnamed(RequestAndPush);
    SEARCH_BY_NUMBER = 0x0115: named(From2009, "Search by number or prepare to add", "按号码查找", Request)
        .layouts(&[
            to_client(SINCE_2012, Whole, "QF", contacts::prepare),
        ]);
    PROGRAM_LIBRARIES = 0x0122: named(From2013, "List of program libraries", "", Unknown);
    0x0125: unnamed(RequestAndPush);
    FRIEND_LIST = 0x0126: named(From2009, "Friend list with nicknames", "好友列表", RequestAndPush)
        .layouts(&[
            to_server(EARLY_2009, Whole, "MY", |r| friends::list_2009(r, true)).first_byte(0x01).applies_to(UNTIL_2011),
            to_client(EARLY_2009, Whole, "MY", |r| friends::list_2009(r, false)).applies_to(UNTIL_2011),
            to_server(SINCE_2012, Whole, "QF MI", lists_2012::nicknames_request).first_byte(0x03),
            to_client(SINCE_2012, Whole, "MI", lists_2012::nicknames).first_byte(0x03),
        ]);
    FRIENDS_AND_GROUPS = 0x0134: named(From2013, "Friends and groups", "好友和群列表", Request)
        .layouts(&[
            to_server(SINCE_2012, Whole, "QF", lists_2012::everybody_request),
            to_client(SINCE_2012, Whole, "QF", lists_2012::everybody),
        ]);
    0x0160: unnamed(Push);
    FONTS = 0x0173: named(From2013, "Get list of fonts", "字体列表", Request);
    GROUP_CATEGORIES = 0x0195: named(From2013, "Group categories", "群分类", Request)
        .layouts(&[
            to_client(SINCE_2012, Whole, "QF", lists_2012::categories),
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
            to_server(SINCE_2012, Whole, "QF", account::sub_and_number).first_byte(0x01),
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
            to_server(SINCE_2012, Whole, "GP", push::acknowledgement),
            to_client(SINCE_2012, Whole, "GP", session_2012::push_0355),
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
        .keys(&[keys(&[Share, Packet]).with_request_keys(&[Packet])])
        .extract_keys(login_keys::qr_code)
        .layouts(&[
            to_server(SINCE_2012, Parts, "GP", |r| login_2013::qr_code(r, true)),
            to_client(SINCE_2012, Parts, "GP", |r| login_2013::qr_code(r, false)).with_keys(),
        ]);
    QR_POLL = 0x0819: named(From2013, "QR login: poll", "查询扫码状态", Request)
        .without_number()
        .keys(&[keys(&[Poll])])
        .extract_keys(login_keys::qr_poll)
        .layouts(&[
            to_server(SINCE_2012, Parts, "GP", |r| login_2013::qr_poll(r, true)),
            to_client(SINCE_2012, Parts, "GP", |r| login_2013::qr_poll(r, false)).with_keys(),
        ]);
    TOUCH = 0x0825: named(From2013, "Touch (server and redirect query)", "登录探测", Request)
        .without_number()
        .clear(&[clear(Block3, Key)])
        .keys(&[keys(&[Packet])])
        .extract_keys(login_keys::share)
        .redirects(&[0xfe])
        .layouts(&[
            to_server(SINCE_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
            to_client(SINCE_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)),
        ]);
    LOG_IN_2013 = 0x0826: named(From2013, "Log in (before ECDH)", "登录", Request)
        .clear(&[clear(Block3, Key)])
        .keys(&[keys(&[Tgtgt, Packet]).with_request_keys(&[Packet])])
        .inner(login_layers::items_of_login)
        .extract_keys(login_keys::login_2013)
        .layouts(&[
            to_server(SINCE_2012, Parts, "0x3241", |r| login_2013::login(r, true)),
            to_client(SINCE_2012, Parts, "0x3241", |r| login_2013::login(r, false)).with_keys(),
        ]);
    TOKEN_OPERATION = 0x0827: named(From2013, "Token operation (uncertain)", "", Request)
        .keys(&[keys(&[Undocumented, Share])]);
    SESSION_KEY = 0x0828: named(From2013, "Get session key", "获取会话密钥", Request)
        .keys(&[keys(&[SessionReply, SessionRequest]).with_request_keys(&[SessionRequest])])
        .extract_keys(login_keys::session_2013)
        .layouts(&[
            to_server(SINCE_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, true)),
            to_client(SINCE_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, false)).with_keys(),
        ]);
    LOG_IN_ECDH = 0x0836: named(From2013, "Log in (ECDH)", "登录校验", Request)
        .clear(&[clear(Block3, Ecdh), clear(Server, ServerKey)])
        .keys(&[keys(&[Share])])
        .encrypted_twice()
        .inner(login_layers::items_of_login)
        .extract_keys(login_keys::login_2013)
        .layouts(&[
            to_server(SINCE_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
            to_client(SINCE_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)).with_keys(),
        ]);
    LOGIN_HELPER = 0x0839: named(From2013, "Login helper (uncertain)", "", Request)
        .keys(&[keys(&[Share])])
        .layouts(&[
            to_server(SINCE_2012, Parts, "QF", |r| tlv::tlvs(r, true)),
        ]);
}

/// Levels of friends and of the user: both meanings of 0x005c are tried for all clients.
#[rustfmt::skip]
const LEVELS: &[Layout] = &[
    to_server(UNTIL_2008, Whole, "LJ", |r| friends::levels(r, true)).first_byte(0x02),
    to_client(UNTIL_2008, Whole, "LJ", |r| friends::levels(r, false)).first_byte(0x02),
    to_server(SEEN_SINCE_2009, Whole, "MY, 0x3037", |r| friends::own_level(r, true)).first_byte(0x88),
    to_client(EARLY_2009, Whole, "MY", |r| friends::own_level(r, false)).first_byte(0x88).applies_to(UNTIL_2011),
    to_client(SINCE_2012, Whole, "0x3037", session_2012::level).first_byte(0x88),
    to_server(SEEN, Beginning, "LJ MY, 0x3037", sub_command),
    to_client(SEEN, Beginning, "LJ MY, 0x3037", sub_command),
];

/// Commands with protobuf bodies. Those without layouts of their own share [`PROTOBUF`].
pub(crate) const PROTOBUF_COMMANDS: RangeInclusive<u16> = 0x0300..=0x03ff;

/// Layouts shared by [`PROTOBUF_COMMANDS`].
#[rustfmt::skip]
pub(crate) const PROTOBUF: &[Layout] = &[
    to_server(SINCE_2012, Whole, "QF MI", account::protobuf),
    to_client(SINCE_2012, Whole, "QF MI", account::protobuf),
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
