//! Types of pushes (0x0017, 0x00ce) and of messages, blocks of a message. Data only.
//!
//! Source: docs/protocol/oicq.md §4.5, §4.8.

use crate::codes::Codes;

/// Types of pushes in 0x0017 and 0x00ce.
pub const EVENT_TYPES: Codes = Codes::new(&[
    (0x0009, c"Friend message (好友消息)"),
    (0x000a, c"Stranger message (陌生人消息)"),
    (0x000b, c"SMS from a bound QQ user (短信)"),
    (0x000c, c"SMS from a phone (短信)"),
    (0x0012, c"Member login hint"),
    (0x0013, c"Mobile QQ message, by QQ number"),
    (0x0014, c"Mobile QQ message, by phone number"),
    (0x0018, c"News (新闻)"),
    (0x001e, c"Property change"),
    (0x001f, c"Temporary session message (临时会话)"),
    (0x0020, c"Group message of unknown type"),
    (0x0021, c"Joined a group (加群)"),
    (0x0022, c"Left a group (退群)"),
    (0x0023, c"Request to join a group (申请加群)"),
    (0x0024, c"Request to join a group approved"),
    (0x0025, c"Request to join a group rejected"),
    (0x0026, c"Group created (建群)"),
    (0x002a, c"Discussion message (讨论组消息)"),
    (0x002b, c"Group message (群消息)"),
    (0x002c, c"Group role changed (管理员变动)"),
    (0x002d, c"Group dismissed, or file uploaded to a group"),
    (0x002f, c"Group version changed"),
    (0x0030, c"System message (系统消息)"),
    (0x0031, c"Stranger message (陌生人消息)"),
    (0x0041, c"Signature change (个性签名)"),
    (0x0049, c"Custom avatar change (自定义头像)"),
    (0x004c, c"System message, variant"),
    (0x0052, c"Group message (群消息)"),
    (0x0078, c"Friend message, QQ2009 preview (好友消息)"),
    (0x0079, c"Typing (正在输入)"),
    (0x0084, c"Friend message, extended (好友消息)"),
    (0x0085, c"Stranger message, extended (陌生人消息)"),
    (
        0x008c,
        c"Temporary session message of a group member (群临时会话)",
    ),
    (0x008d, c"Message of unknown origin"),
    (0x00a6, c"Friend message (好友消息)"),
    (0x00a7, c"Friend message, variant (好友消息)"),
    (0x00c4, c"Own phone is online (手机在线)"),
    (0x0210, c"Notice"),
    (0x02dc, c"Muted in a group (禁言)"),
    (0x02df, c"Request to be added as a friend (加好友)"),
]);

/// Types of messages between two users.
pub const IM_TYPES: Codes = Codes::new(&[
    (0x0001, c"TCP file request (发送文件)"),
    (0x0003, c"TCP file accepted"),
    (0x0005, c"TCP file rejected"),
    (0x000b, c"Text (文字)"),
    (0x0035, c"UDP file request (发送文件)"),
    (0x0037, c"UDP file accepted"),
    (0x0039, c"UDP file rejected"),
    (0x003b, c"File: notify address"),
    (0x003f, c"File: firewall query"),
    (0x0041, c"File: proxy query"),
    (0x0042, c"File: proxy reply"),
    (0x0049, c"File canceled"),
    (0x004b, c"File agent information"),
    (0x0081, c"Extended file request"),
    (0x0083, c"Extended file accepted"),
    (0x0085, c"Extended file canceled"),
    (0x0087, c"Extended file: notify address"),
    (0x00af, c"Nudge (窗口抖动)"),
]);

/// Reasons for leaving a group (§8).
pub const LEFT_REASONS: Codes =
    Codes::new(&[(1, c"Group dismissed"), (2, c"Left"), (3, c"Removed")]);

/// Types of news.
pub const NEWS_KINDS: Codes = Codes::new(&[(0x0100, c"Title"), (0x0400, c"Disk")]);

/// Blocks of a message since QQ2009.
pub const BLOCK_TYPES: Codes = Codes::new(&[
    (0x01, c"Text or @"),
    (0x02, c"Emoticon (表情)"),
    (0x03, c"Image (图片)"),
    (0x06, c"Image from a phone"),
    (0x0a, c"Audio (语音)"),
    (0x12, c"Group card of the sender (群名片)"),
    (0x14, c"XML"),
    (0x18, c"Group file (群文件)"),
    (0x19, c"Extra data (bubble, red packet)"),
]);

/// Tags inside an image block.
pub const IMAGE_TAGS: Codes = Codes::new(&[
    (0x02, c"Name"),
    (0x04, c"File ID"),
    (0x05, c"Address"),
    (0x06, c"Port"),
    (0x08, c"16 bytes"),
    (0x0a, c"Hash"),
    (0x15, c"Width"),
    (0x16, c"Height"),
    (0x18, c"Size"),
    (0xff, c"Old-style text"),
]);
