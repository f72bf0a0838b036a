//! QQ command numbers: data only; `command` picks the row for a frame.
//!
//! The same number can mean one thing up to QQ2008 and another from QQ2009 on, so a row
//! says for which clients it holds. A number whose meaning nobody knows has no row and
//! stays a number; if it was seen on the wire, `UNNAMED` says how it travels.
//!
//! Source: protocol reference, OICQ §4.1.

use core::ffi::CStr;

use Era::{All, From2009, From2009To2012, From2013, Until2008};
use Exchange::{AcknowledgedPush, ClientOnly, Push, Request, RequestAndPush, Unknown};

/// From which clients on, and up to which, a command number has a meaning.
/// Source: protocol reference, OICQ §4 (the eras) and §4.1 (era column).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// QQ2008 and older (version below 0x1400).
    Until2008,
    /// QQ2009 to QQ2012 (0x1400 to 0x2eff).
    From2009To2012,
    /// QQ2009 and newer (0x1400 and up).
    From2009,
    /// QQ2013 and newer (0x2f00 and up).
    From2013,
    /// Any client.
    All,
}

impl Era {
    /// Whether some client belongs to both eras. Every era but the first reaches into
    /// 2009 or later; of those only `From2009To2012` and `From2013` have none in common.
    pub const fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (All, _) | (_, All) | (Until2008, Until2008) => true,
            (Until2008, _) | (_, Until2008) => false,
            (From2009To2012, From2013) | (From2013, From2009To2012) => false,
            (From2009 | From2009To2012 | From2013, From2009 | From2009To2012 | From2013) => true,
        }
    }
}

/// How a command travels. Source: protocol reference, OICQ §4.1 (direction column) and
/// §5.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// The client asks, the server replies.
    Request,
    /// The client sends it and is never answered.
    ClientOnly,
    /// The server pushes it; the client does not answer with the same command.
    Push,
    /// The server pushes it; the client acknowledges with the same command and sequence.
    AcknowledgedPush,
    /// The client sends it too, but a frame of the server can be a reply or a push.
    RequestAndPush,
    /// Not known.
    Unknown,
}

/// One meaning of one command number. Source: protocol reference, OICQ §4.1.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The command number (bytes 3-4 of a frame).
    pub code: u16,
    /// The clients for which the number has this meaning.
    pub era: Era,
    /// What the command does.
    pub name: &'static CStr,
    /// The term the Chinese community uses, empty where none is established.
    pub chinese: &'static CStr,
    /// How the command travels.
    pub exchange: Exchange,
}

const fn row(
    code: u16,
    era: Era,
    name: &'static CStr,
    chinese: &'static CStr,
    exchange: Exchange,
) -> Row {
    Row {
        code,
        era,
        name,
        chinese,
        exchange,
    }
}

/// Every command number with a known meaning, sorted by number and era.
///
/// * 0x0001 of the 00 block (a probe) has no row: the frame decoder names it.
/// * 0x0018 and 0x0022 have two rows each in the reference, but both up to QQ2008; they
///   are one row here.
/// * 0x0080 is acknowledged, but by 0x0012, so it counts as a plain push.
/// * "(1)" and "(2)" tell apart commands to which the reference gives one name.
///
/// Source: protocol reference, OICQ §4.1, and OICQ 2012 §4 and §5.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row(0x0001, Until2008, c"Log out", c"注销登录", ClientOnly),
    row(0x0001, From2009, c"Get friend group names", c"获取好友分组名", Request),
    row(0x0002, Until2008, c"Keep-alive", c"心跳", Request),
    row(0x0002, From2009, c"Group command", c"群操作", RequestAndPush),
    row(0x0003, Until2008, c"Register new number (2)", c"申请号码", Request),
    row(0x0004, All, c"Update own information", c"修改资料", Request),
    row(0x0005, Until2008, c"Search for users", c"查找用户", Request),
    row(0x0006, Until2008, c"Get user information", c"获取用户资料", Request),
    row(0x0009, Until2008, c"Add friend without authorisation", c"添加好友", Request),
    row(0x000a, All, c"Delete friend", c"删除好友", Request),
    row(0x000b, Until2008, c"Add friend with authorisation message", c"添加好友验证", Request),
    row(0x000d, All, c"Change own status", c"改变状态", Request),
    row(0x0011, Until2008, c"Register new number (1)", c"申请号码", Request),
    row(0x0012, Until2008, c"Acknowledge system message", c"系统消息确认", ClientOnly),
    row(0x0016, Until2008, c"Send message", c"发送消息", Request),
    row(0x0017, All, c"Receive message or event", c"接收消息", AcknowledgedPush),
    row(0x0018, Until2008, c"Password-changed check, retrieve information or upload file (uncertain)", c"", Request),
    row(0x001a, All, c"Reserved", c"", Unknown),
    row(0x001c, Until2008, c"Remove self from another user's list", c"删除自己", Request),
    row(0x001d, All, c"Request a key", c"请求密钥", Request),
    row(0x0021, Until2008, c"Mobile phone (1)", c"手机", Request),
    row(0x0022, Until2008, c"Log in", c"登录", Request),
    row(0x0026, Until2008, c"Get friend list", c"好友列表", Request),
    row(0x0027, All, c"Get online friends", c"在线好友", Request),
    row(0x0029, Until2008, c"Mobile phone (2)", c"手机", Request),
    row(0x002d, Until2008, c"Send SMS", c"发送短信", Request),
    row(0x0030, Until2008, c"Group command", c"群操作", Request),
    row(0x0030, From2009, c"Log in (session key)", c"登录", Request),
    row(0x0031, Until2008, c"Login test (uncertain)", c"测试连接", Unknown),
    row(0x0031, From2013, c"Profile avatar", c"头像", Request),
    row(0x003c, Until2008, c"Friend group names", c"好友分组名", Request),
    row(0x003c, From2009, c"Get user details", c"获取用户详细资料", Request),
    row(0x003d, Until2008, c"Upload friends by friend group", c"上传好友分组", Request),
    row(0x003e, All, c"Friend remark", c"好友备注", Request),
    row(0x0058, Until2008, c"Download friend groups", c"下载好友分组", Request),
    row(0x0058, From2009, c"Keep-alive", c"心跳", Request),
    row(0x005c, Until2008, c"Get level of friends", c"好友等级", Request),
    row(0x005c, From2009, c"Own level or basic data", c"自己的等级", Request),
    row(0x005e, Until2008, c"Privacy options", c"隐私设置", Request),
    row(0x005f, Until2008, c"Group data operation", c"群数据操作", Request),
    row(0x0061, Until2008, c"Advanced search", c"高级查找", Request),
    row(0x0062, Until2008, c"Request login or server token", c"请求登录令牌", Request),
    row(0x0062, From2009, c"Log out", c"注销", ClientOnly),
    row(0x0065, All, c"User properties or extra information", c"用户属性", RequestAndPush),
    row(0x0066, Until2008, c"Temporary session message", c"临时会话消息", Request),
    row(0x0067, All, c"Signature", c"个性签名", Request),
    row(0x0080, All, c"System message", c"系统消息", Push),
    row(0x0081, All, c"Friend status changed", c"好友状态改变", Push),
    row(0x0091, All, c"Select server (touch)", c"选择服务器", Request),
    row(0x00a1, Until2008, c"Log out (TCP)", c"注销", ClientOnly),
    row(0x00a4, All, c"Login step between 0x00e5 and 0x00eb", c"", Request),
    row(0x00a6, All, c"Weather", c"天气预报", Request),
    row(0x00a7, All, c"Ask to add friend", c"请求添加好友", Request),
    row(0x00a8, All, c"Authorise adding of friend", c"添加好友授权", Request),
    row(0x00ae, All, c"Get verification information or token", c"获取验证令牌", Request),
    row(0x00b2, Until2008, c"Get QQ number of mail address", c"邮箱查号码", Request),
    row(0x00b5, All, c"Check code or friend status of group", c"", Request),
    row(0x00b7, All, c"Verification question", c"验证问题", Request),
    row(0x00ba, All, c"Login token or captcha", c"验证码", Request),
    row(0x00cd, From2009, c"Send message", c"发送消息", Request),
    row(0x00ce, From2009, c"Receive message", c"接收消息", AcknowledgedPush),
    row(0x00d4, All, c"Get notice", c"获取通知", Request),
    row(0x00d5, From2009, c"Typing notification", c"正在输入", Unknown),
    row(0x00d8, From2013, c"Personal centre API address", c"个人中心", Request),
    row(0x00da, All, c"Check last login", c"上次登录信息", Request),
    row(0x00dd, All, c"Verify password", c"验证密码", Request),
    row(0x00de, From2009To2012, c"Verify dynamic token", c"验证动态令牌", Request),
    row(0x00e3, From2009To2012, c"Verify E3", c"", Request),
    row(0x00e5, From2009To2012, c"Get login information", c"获取登录信息", Request),
    row(0x00e9, From2009To2012, c"Step after login", c"", Request),
    row(0x00ea, From2009To2012, c"Step after login", c"", Request),
    row(0x00eb, From2009To2012, c"Friend and group list", c"好友和群列表", Request),
    row(0x00ec, From2009, c"Set online status after login", c"设置在线状态", Request),
    row(0x00ed, From2009To2012, c"Step after login", c"", Request),
    row(0x0115, From2009, c"Search by number or prepare to add", c"按号码查找", Request),
    row(0x0122, From2013, c"List of program libraries", c"", Unknown),
    row(0x0126, From2009, c"Friend list with nicknames", c"好友列表", RequestAndPush),
    row(0x0134, From2013, c"Friends and groups", c"好友和群列表", Request),
    row(0x0173, From2013, c"Get list of fonts", c"字体列表", Request),
    row(0x0195, From2013, c"Group categories", c"群分类", Request),
    row(0x019b, From2013, c"Group categories", c"群分类", Request),
    row(0x01a5, From2013, c"Blacklist", c"黑名单", Request),
    row(0x01bc, From2013, c"Previous names", c"曾用名", Request),
    row(0x01bd, From2013, c"Submit image file name", c"提交图片文件名", Request),
    row(0x01c0, From2013, c"Read confirmation", c"已读确认", RequestAndPush),
    row(0x01c4, From2013, c"Data list", c"", Request),
    row(0x01c5, From2013, c"Data list", c"", Request),
    row(0x0319, From2013, c"Message read confirmation", c"消息已读确认", Request),
    row(0x031f, From2013, c"New friends", c"新朋友", Request),
    row(0x0352, From2013, c"Friend image upload", c"上传好友图片", Request),
    row(0x0355, From2013, c"Receive push", c"接收推送", AcknowledgedPush),
    row(0x0360, From2013, c"Group message read confirmation", c"群消息已读确认", RequestAndPush),
    row(0x0388, From2013, c"Group image upload", c"上传群图片", Request),
    row(0x0391, From2013, c"Group message read confirmation", c"群消息已读确认", RequestAndPush),
    row(0x0397, From2013, c"Air quality", c"空气质量", Request),
    row(0x03e3, From2013, c"Like a profile (uncertain)", c"点赞", Request),
    row(0x03f7, From2013, c"Recall group message", c"撤回群消息", Request),
    row(0x03fc, From2013, c"Recall friend message", c"撤回好友消息", Request),
    row(0x0800, From2013, c"Media in clear", c"", RequestAndPush),
    row(0x0818, From2013, c"QR login: get code", c"获取登录二维码", Request),
    row(0x0819, From2013, c"QR login: poll", c"查询扫码状态", Request),
    row(0x0825, From2013, c"Touch (server and redirect query)", c"登录探测", Request),
    row(0x0826, From2013, c"Log in (before ECDH)", c"登录", Request),
    row(0x0827, From2013, c"Token operation (uncertain)", c"", Request),
    row(0x0828, From2013, c"Get session key", c"获取会话密钥", Request),
    row(0x0836, From2013, c"Log in (ECDH)", c"登录校验", Request),
    row(0x0839, From2013, c"Login helper (uncertain)", c"", Request),
];

/// What a client sends back to acknowledge a push.
#[derive(Debug, Clone, Copy)]
pub struct Acknowledgement {
    /// The command number, that of the push.
    pub code: u16,
    /// What the client's frame is.
    pub name: &'static CStr,
    /// The term the Chinese community uses.
    pub chinese: &'static CStr,
}

/// The commands whose name depends on who sends them. Source: protocol reference, OICQ §5.1.
pub const ACKNOWLEDGEMENTS: &[Acknowledgement] = &[
    Acknowledgement {
        code: 0x0017,
        name: c"Acknowledge message or event",
        chinese: c"确认收到消息",
    },
    Acknowledgement {
        code: 0x00ce,
        name: c"Acknowledge message",
        chinese: c"确认收到消息",
    },
    Acknowledgement {
        code: 0x0355,
        name: c"Acknowledge push",
        chinese: c"确认收到推送",
    },
];

/// Commands seen on the wire whose meaning nobody knows, sorted by number.
/// Source: protocol reference, OICQ §4.1 and §5.1.
pub const UNNAMED: &[(u16, Exchange)] = &[
    (0x0059, Request),
    (0x0099, Request),
    (0x00aa, Unknown),
    (0x00b9, Request),
    (0x00d1, Request),
    (0x0108, RequestAndPush),
    (0x010a, Push),
    (0x0114, RequestAndPush),
    (0x0125, RequestAndPush),
    (0x0160, Push),
    (0x01a9, Request),
    (0x01b6, Request),
    (0x01bb, Request),
    (0x01d6, RequestAndPush),
    (0x01e4, RequestAndPush),
    (0x01e5, Push),
    (0x030c, Push),
    (0x031d, RequestAndPush),
    (0x0346, Push),
    (0x0359, Request),
    (0x0366, Push),
    (0x0393, Push),
    (0x039a, Push),
    (0x039d, Push),
    (0x039e, Push),
    (0x03a5, Push),
    (0x03dd, Push),
    (0x03fb, Request),
    (0x0424, ClientOnly),
    (0x0600, RequestAndPush),
    (0x080a, Push),
];

// Compilation ends here when a row is out of order, contradicts another row of its
// number, or has no name, and when an unnamed command is out of order or has a row.
const _: () = {
    let mut i = 0;
    while i < ROWS.len() {
        assert!(!ROWS[i].name.is_empty(), "a command has an empty name");
        let mut j = 0;
        while j < i {
            let (before, after) = (&ROWS[j], &ROWS[i]);
            assert!(
                before.code < after.code
                    || before.code == after.code && (before.era as u8) < after.era as u8,
                "commands are not sorted and unique"
            );
            assert!(
                before.code != after.code || !before.era.overlaps(after.era),
                "two meanings of one command overlap"
            );
            j += 1;
        }
        i += 1;
    }
    let mut i = 0;
    while i < UNNAMED.len() {
        assert!(
            i == 0 || UNNAMED[i - 1].0 < UNNAMED[i].0,
            "unnamed commands are not sorted and unique"
        );
        let mut j = 0;
        while j < ROWS.len() {
            assert!(UNNAMED[i].0 != ROWS[j].code, "an unnamed command has a row");
            j += 1;
        }
        i += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(code: u16) -> Vec<&'static Row> {
        ROWS.iter().filter(|row| row.code == code).collect()
    }

    fn only(code: u16) -> (Era, &'static str, Exchange) {
        let rows = rows(code);
        assert_eq!(rows.len(), 1, "{code:#06x}");
        let name = rows[0].name.to_str().expect("UTF-8");
        (rows[0].era, name, rows[0].exchange)
    }

    #[test]
    fn has_every_row_of_the_reference() {
        assert_eq!(ROWS.len(), 107);
        assert_eq!(UNNAMED.len(), 31);
    }

    #[test]
    fn names_follow_the_house_style() {
        for row in ROWS {
            let name = row.name.to_str().expect("UTF-8");
            assert!(name.starts_with(|c: char| c.is_uppercase()), "{name}");
            assert!(!name.ends_with('.') && !name.contains("  "), "{name}");
            let chinese = row.chinese.to_str().expect("UTF-8");
            assert!(chinese.chars().all(char::is_alphabetic), "{chinese}");
            assert!(!chinese.contains(|c: char| c.is_ascii()), "{chinese}");
        }
    }

    #[test]
    fn numbers_that_changed_their_meaning_have_two_rows() {
        for (code, old, new) in [
            (0x0001, "Log out", "Get friend group names"),
            (0x0002, "Keep-alive", "Group command"),
            (0x0030, "Group command", "Log in (session key)"),
            (0x003c, "Friend group names", "Get user details"),
            (0x0058, "Download friend groups", "Keep-alive"),
            (0x005c, "Get level of friends", "Own level or basic data"),
            (0x0062, "Request login or server token", "Log out"),
        ] {
            let found: Vec<_> = rows(code)
                .iter()
                .map(|row| (row.era, row.name.to_str().expect("UTF-8")))
                .collect();
            assert_eq!(found, [(Until2008, old), (From2009, new)], "{code:#06x}");
        }
    }

    #[test]
    fn names_what_the_reference_names() {
        assert_eq!(
            only(0x0017),
            (All, "Receive message or event", AcknowledgedPush)
        );
        assert_eq!(only(0x0081), (All, "Friend status changed", Push));
        assert_eq!(only(0x00cd), (From2009, "Send message", Request));
        assert_eq!(
            only(0x00ce),
            (From2009, "Receive message", AcknowledgedPush)
        );
        assert_eq!(only(0x00dd), (All, "Verify password", Request));
        assert_eq!(
            only(0x00e5),
            (From2009To2012, "Get login information", Request)
        );
        assert_eq!(
            only(0x0825),
            (From2013, "Touch (server and redirect query)", Request)
        );
        assert_eq!(only(0x0828), (From2013, "Get session key", Request));
        assert_eq!(only(0x0836), (From2013, "Log in (ECDH)", Request));
    }

    #[test]
    fn acknowledgements_belong_to_pushes() {
        for ack in ACKNOWLEDGEMENTS {
            let rows = rows(ack.code);
            assert!(rows.iter().all(|row| row.exchange == AcknowledgedPush));
            assert!(!rows.is_empty() && !ack.name.is_empty() && !ack.chinese.is_empty());
        }
    }

    #[test]
    fn leaves_the_rest_out() {
        // Found nowhere, or only in the game channel of QQ Speed.
        let out = [0x0092, 0x018d, 0x0101, 0x0102];
        let speed = [
            0x017a, 0x017b, 0x017c, 0x0188, 0x018b, 0x018f, 0x0218, 0x0237, 0x3204,
        ];
        for code in out.into_iter().chain(speed) {
            assert!(rows(code).is_empty(), "{code:#06x}");
            assert!(UNNAMED.iter().all(|row| row.0 != code), "{code:#06x}");
        }
        assert!(UNNAMED.contains(&(0x0424, ClientOnly)));
        assert!(UNNAMED.contains(&(0x0125, RequestAndPush)));
    }

    #[test]
    fn eras_overlap_when_they_share_a_client() {
        for era in [Until2008, From2009To2012, From2009, From2013, All] {
            assert!(era.overlaps(era) && era.overlaps(All) && All.overlaps(era));
        }
        for era in [From2009To2012, From2009, From2013] {
            assert!(!era.overlaps(Until2008) && !Until2008.overlaps(era));
            assert!(era.overlaps(From2009) && From2009.overlaps(era));
        }
        assert!(!From2009To2012.overlaps(From2013) && !From2013.overlaps(From2009To2012));
    }
}
