//! Sessions of QQ2013 and TIM: bodies that QQ2012 and newer encode differently from QQ2009.

use super::bytes::{body, gbk, Bytes};
use super::qq_bodies_2010::{rich, talk, text_block};
use super::qq_script::{Script, FRIEND, GROUP, GROUP_NUMBER, OTHER, TIME, UIN};

/// QQ2013 of April 2013.
pub fn script() -> Script {
    let mut script = Script::new(0x3037, 0x65ef, 4006);
    states(&mut script);
    short_bodies(&mut script);
    places(&mut script);
    about_groups(&mut script);
    notices(&mut script);
    script
}

/// TIM.
pub fn tim_script() -> Script {
    let mut script = Script::new(0x3803, 0x6935, 4007);
    lists(&mut script);
    messages(&mut script);
    events(&mut script);
    script
}

/// A friend's state, from number to flags.
pub fn state(uin: u32, kind: u8, status: u8) -> Bytes {
    let state = body().u32(uin).u8(kind).peer(7).u16(4000).u8(0);
    let state = state.u8(status).u16(0x12f7);
    let state = state.u8(0x10).u32(0x0001_0101).zeroes(11);
    state.u32(0x0088_2242)
}

/// Online friends.
pub fn online() -> Bytes {
    let online = body().u8(0xff).raw(state(FRIEND, 1, 0x0a).0).zeroes(7);
    online.raw(state(OTHER, 0x15, 0x1e).0).zeroes(7)
}

fn states(script: &mut Script) {
    script.ask(0x0027, body().u8(2).u32(0), online());
    let changed = state(FRIEND, 1, 0x14).u32(UIN).u16(8).zeroes(9);
    script.push_down(0x0081, changed);
    let own = body().u8(1).u8(0).u8(0x0a);
    script.ask(0x00ec, own, body().u8(1).u16(0).u8(0x0a));
}

/// A reply with the user's own level.
pub fn level() -> Bytes {
    let level = body().u8(0x88).u32(UIN).u32(3).u16(49).u16(2693).u16(10);
    level.u16(7).str2("尊敬")
}

/// Names of folders.
pub fn folders() -> Bytes {
    let folder = |id: u8, name: &str| body().counted(body().u8(id).u8(id).str1(name));
    let names = body().u8(0x20).u8(0).raw(named(2));
    let names = names.raw(folder(1, "同学").0).raw(folder(2, "家人").0);
    names.u16(0)
}

fn named(count: u8) -> Vec<u8> {
    body().u8(1).u8(count).u32(230).u16(0x0101).u8(count).0
}

fn short_bodies(script: &mut Script) {
    script.ask(0x005c, body().u8(0x88).u32(UIN).u8(0), level());
    let properties = body().u8(2).u32(UIN).fill(0x41, 8).zeroes(8);
    script.ask(0x0065, body().u8(2).u32(UIN), properties);
    script.ask(0x003e, body().u8(0x67).u32(FRIEND), body().u8(0x67));
    let notices = body().u32(UIN).u16(11).u16(12);
    script.ask(0x00d4, notices, body().u16(0));
    script.ask(0x0001, body().u8(0x20).u8(1).u32(0).u8(1).u16(0), folders());
    let categories = body().u8(1).zeroes(6).raw(&named(1)[1..]);
    let folder = body().counted(body().u8(3).u8(1).str1("游戏"));
    let request = body().u16(0x0101).u32(0).u8(1).u16(0);
    script.ask(0x0195, request, categories.raw(folder.0).u16(0));
}

/// The weather of one day.
fn day(low: u16, high: u16) -> Bytes {
    let day = body().u32(TIME).str1(gbk("晴")).str1(gbk("东北风"));
    day.u16(low).u16(high).u8(1).str1(gbk("天气很好"))
}

/// Today's weather, and tomorrow's.
pub fn weather() -> Bytes {
    let today = body().u8(3).u8(1).raw(day(17, 17).0).u8(0);
    let today = today.str1(gbk("广东省")).str1(gbk("东莞市")).zeroes(4);
    today.u8(1).raw(day(17, 22).0)
}

/// The location of an address.
pub fn place() -> Bytes {
    let place = body().u8(7).u8(0).str1(gbk("中国"));
    place.str1(gbk("广东省")).str1(gbk("东莞市"))
}

fn places(script: &mut Script) {
    script.ask(0x00a6, body().u8(3).client(10).u16(0), weather());
    script.ask(0x00a6, body().u8(7).client(10).u8(0), place());
}

/// The beginning of a reply about a group.
fn group_head(kind: u8) -> Bytes {
    let head = body().u8(0x72).u8(0).u32(GROUP).u32(GROUP_NUMBER);
    head.zeroes(3).u8(kind)
}

/// The information of a group.
pub fn group() -> Bytes {
    let group = group_head(3).u8(1).fill(0x40, 8).u32(FRIEND).u8(2);
    let group = group.zeroes(6).u32(28).u16(500).u8(1).u32(1).u32(32);
    let group = group.str1("家园").u16(0).str1("公告");
    group.fill(0x5a, 64)
}

/// A page of the group's members.
pub fn members() -> Bytes {
    let members = group_head(2).u32(OTHER + 1).u8(0);
    let members = members.u32(FRIEND).u8(0).u8(0x80);
    members.u32(OTHER).u8(0).u8(1)
}

fn about_groups(script: &mut Script) {
    let request = |position: u32| body().u8(0x72).u32(GROUP).u32(position);
    script.ask(0x0002, request(0), group());
    script.ask(0x0002, request(FRIEND), members());
    script.up(
        0x0002,
        super::qq_script::SESSION,
        body().u8(0x29).u32(GROUP).u8(2).u32(77),
    );
}

/// The beginning of a push of this type.
pub fn push(from: u32, kind: u16) -> Bytes {
    let head = body().u32(from).u32(UIN).u32(0x0102_0304).server(9);
    head.u16(8000).u16(kind)
}

/// A notice that a friend has uploaded pictures.
pub fn notice() -> Bytes {
    let head = body().raw([0x08, 0x02, 0x1a, 0x02, 0x08, 0x12]);
    let text = "上传照片";
    let inside = body().raw([0x08, 0x03, 0x25, 0x20, 0x8f, 0x61, 0x51, 0x32]);
    let inside = inside.str1(text).raw([0x42, 0x01, 0x61, 0x40, 0x10]);
    let inside = inside
        .u8(0x49)
        .zeroes(7)
        .u8(1)
        .raw([0x4a, 0x02, 0xff, 0xfe]);
    let notice = push(FRIEND, 0x0210).u32(0).u32(head.0.len() as u32);
    let notice = notice.u32(inside.0.len() as u32);
    notice.raw(head.0).raw(inside.0)
}

fn notices(script: &mut Script) {
    script.push_and_receipt(0x0017, notice());
    script.push_and_receipt(0x0355, push(FRIEND, 0).fill(0x5a, 40));
}

/// Friends with their nicknames.
pub fn nicknames() -> Bytes {
    let friend = |uin: u32, name: &str| {
        let friend = body().u32(uin).u16(54).u16(0xff00).str1(name);
        friend.u8(0x11).zeroes(31)
    };
    let names = body().u8(3).zeroes(10).u32(OTHER + 1);
    names
        .raw(friend(FRIEND, "鲍勃").0)
        .raw(friend(OTHER, "Carol").0)
}

/// The profile of a user.
pub fn profile() -> Bytes {
    let texts = [
        (0x4e22, "小明"),
        (0x4e25, "100000"),
        (0x4e26, "北京"),
        (0x4e27, ""),
        (0x4e2a, "李明"),
        (0x4e2b, "bob@example.net"),
        (0x4e2d, "http://example.org"),
        (0x4e33, "你好"),
        (0x4e35, "一中"),
    ];
    let profile = body().u16(1).u8(0).u32(FRIEND).zeroes(5).u8(13);
    let profile = texts.into_iter().fold(profile, |profile, (tag, text)| {
        profile.tlv(tag, body().raw(text))
    });
    let profile = profile.tlv(0x4e29, body().u8(1));
    let profile = profile.tlv(0x4e3f, body().u16(1984).u8(1).u8(31));
    profile.tlv(0x6597, body().u8(8)).tlv(0x6598, body().u8(9))
}

/// Friends and groups.
pub fn everybody() -> Bytes {
    let entry =
        |number: u32, kind: u8, folder: u8| body().u32(number).u8(kind).u8(folder).zeroes(7);
    let all = body().u8(0).u16(0x01b7).u32(1948).u32(TIME).u32(86_400);
    let all = all.u32(0).u16(3).raw(entry(FRIEND, 1, 0).0);
    all.raw(entry(OTHER, 1, 2).0).raw(entry(GROUP, 4, 0).0)
}

fn lists(script: &mut Script) {
    let request = body().u8(3).zeroes(10).u8(2).u32(FRIEND).u32(OTHER);
    script.ask(0x0126, request, nicknames());
    let request = body().u16(1).u32(FRIEND).zeroes(22).u8(2);
    script.ask(0x003c, request.u16(0x4e22).u16(0x4e25), profile());
    let request = body().u32(1947).u32(TIME).u32(1000).u16(16).zeroes(14);
    script.ask(0x0134, request, everybody());
    let answer = body().u32(FRIEND).u8(0).u8(3);
    script.ask(0x00a7, body().u32(FRIEND), answer);
    script.up(0x01c0, super::qq_script::SESSION, body().u8(1).u32(UIN));
    let found = body().fill(0x5a, 28).fill(b'T', 24).zeroes(4);
    script.ask(0x0115, body().zeroes(7).u32(FRIEND), found);
    script.ask(0x00d8, body().u8(7), body().zeroes(9));
}

/// A list of options.
fn options() -> Bytes {
    let options = body().tlv(0x0009, body().zeroes(2).u32(0x0001_0000));
    options.tlv(0x000a, body().u32(0x0100_0000))
}

/// As `rich`, in a font of TIM.
fn tim_rich(blocks: Bytes) -> Bytes {
    let rich = body().raw(b"MSG\0\0\0\0\0").u32(TIME).u32(0x1fee_2455);
    let rich = rich.raw([0, 0, 0, 0, 12, 0]).u16(0x8622).str2("微软雅黑");
    rich.u16(0).raw(blocks.0)
}

/// The beginning of a push about a group.
pub fn group_push(kind: u16, options: Bytes) -> Bytes {
    let push = push(GROUP, kind).u32(options.0.len() as u32);
    push.raw(options.0).u32(GROUP_NUMBER).u8(1)
}

/// A message in a group.
pub fn group_message() -> Bytes {
    let mention = body().u16(1).u32(0x0000_0500).u8(0).u32(OTHER).u16(0);
    let mention = body().tag(0x01, body().raw("@Bob")).tag(0x06, mention);
    let card = body()
        .tag(0x05, body().u32(1))
        .tag(0x01, body().raw("Bob Smith"));
    let blocks = text_block("大家好 ").tag(0x01, mention).tag(0x12, card);
    let message = group_push(0x0052, options()).u32(FRIEND).u32(229_107);
    let message = message.u32(TIME).u32(62_258).u16(0xb8).u16(1).u8(1).u8(0);
    message.u16(0).u32(0).raw(tim_rich(blocks).0)
}

fn messages(script: &mut Script) {
    let message = push(FRIEND, 0x00a6)
        .u32(options().0.len() as u32)
        .raw(options().0);
    let message = message.raw(talk(FRIEND, UIN, 0x3803, text_block("你好")).0);
    script.push_and_receipt(0x00ce, message);
    script.push_and_receipt(0x0017, group_message());
    // Without options, as in the first clients.
    let card = body().tag(0x02, body().raw("小明"));
    let blocks = text_block("hi").tag(0x12, card);
    let message = group_push(0x0052, body()).u32(FRIEND).u32(77).u32(TIME);
    script.push_and_receipt(0x0017, message.zeroes(16).raw(rich(blocks).0));
    let message = body().u16(1).u8(1).u8(0).u16(0x52).zeroes(4);
    let message = message.raw(tim_rich(text_block("大家好")).0);
    let send = body().u8(0x2a).u32(GROUP).counted(message);
    script.ask(0x0002, send, body().u8(0x2a).u8(0).u32(GROUP));
    let mute = body().u8(0x7e).u32(GROUP).raw([0x20, 0, 1]);
    let mute = mute.u32(OTHER).u32(600);
    script.ask(0x0002, mute, body().u8(0x7e).u8(0).u32(GROUP));
    let join = body().u8(0x08).u32(GROUP).u8(1).fill(b'T', 24);
    script.ask(0x0002, join, body().u8(0x08).u8(0).u32(GROUP).u8(1));
}

fn events(script: &mut Script) {
    let joined = group_push(0x0021, body().tlv(0x000a, body().u32(0x0100_0000)));
    script.push_and_receipt(0x0017, joined.u32(OTHER).u8(0x83).u32(FRIEND).u32(0));
    let alone = group_push(0x0021, body()).u32(OTHER).u8(0x82).u32(0);
    script.push_and_receipt(0x0017, alone);
    let left = group_push(0x0022, body()).u32(OTHER).u8(2).u32(0);
    script.push_and_receipt(0x0017, left);
    let role = group_push(0x002c, options()).u8(1).u32(OTHER).u8(1);
    script.push_and_receipt(0x0017, role);
    let file = group_push(0x002d, body()).fill(0x5a, 12);
    script.push_and_receipt(0x0017, file);
    let kicked = push(10_000, 0x0030).u8(1).str1("您的号码在另一地点登录");
    script.push_and_receipt(0x0017, kicked);
}
