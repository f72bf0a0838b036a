//! QQ2006, continued: lists, searches, groups and services.

use super::bytes::{body, gbk, Bytes};
use super::qq_script::{Script, FRIEND, GROUP, GROUP_NUMBER, OTHER, TIME, UIN};

pub fn add(script: &mut Script) {
    lists(script);
    details(script);
    adding(script);
    services(script);
    groups(script);
}

fn lists(script: &mut Script) {
    let person = |uin: u32, name: &str| {
        let person = body().u32(uin).u16(33).u8(20).u8(1);
        person.str1(gbk(name)).u32(0x0004_0002)
    };
    let friends = body().u16(0xffff).raw(person(FRIEND, "鲍勃").0);
    let friends = friends.raw(person(OTHER, "Carol").0);
    script.ask(0x0026, body().u16(0).u8(1).u16(0), friends);
    let online = body().u8(0xff).u32(FRIEND).u8(0).peer(7).u16(4000).u8(0);
    let online = online.u8(0x0a).u16(0x0f5f).fill(b'K', 16).zeroes(7);
    script.ask(0x0027, body().u8(2).u32(0), online);
    let folders = body().u8(1).u8(0).zeroes(4).u32(0xffff_ffff);
    let folders = folders.u32(FRIEND).u8(1).u8(4).u32(GROUP).u8(4).u8(0);
    script.ask(0x0058, body().u8(1).u8(2).zeroes(4).u32(0), folders);
    let names = body().u8(1).u8(0).zeroes(4).u8(1);
    let names = names.fixed(gbk("同学"), 16).u8(2).fixed("Work", 16);
    script.ask(0x003c, body().u8(1).u8(2).zeroes(4), names);
    let upload = body().u8(2).u8(1).fixed("School", 16);
    script.ask(0x003c, upload, body().u8(2).u8(0).u8(1));
    script.ask(0x003d, body().u32(FRIEND).u8(2), body().u8(0));
    let remark = |uin: u32| {
        let remark = body().u32(uin).u8(0).str1("Bob").str1("555-0101");
        let remark = remark.str1("555-0102").str1("1 Example Street");
        remark
            .str1("bob@example.net")
            .str1("00001")
            .str1("a friend")
    };
    let remarks = body().u8(0).u8(1).raw(remark(FRIEND).0);
    script.ask(0x003e, body().u8(0).u8(0), remarks);
    let upload = body().u8(1).raw(remark(FRIEND).0);
    script.ask(0x003e, upload, body().u8(1).u8(0));
    let one = remark(FRIEND);
    let one = body().u8(3).u32(FRIEND).u8(0).u8(1).raw(&one.0[5..]);
    script.ask(0x003e, body().u8(3).u32(FRIEND).u8(0), one);
    let level = body().u8(2).u32(FRIEND).u32(400).u16(16).u16(21);
    script.ask(0x005c, body().u8(2).u32(FRIEND), level);
    let properties = body().u8(1).u16(0xffff).u8(4).u32(FRIEND).u32(0x4010_0000);
    script.ask(0x0065, body().u8(1).u16(0), properties);
    let longer = body().u8(1).u16(0xffff).u8(8).u32(FRIEND).fill(0x40, 8);
    script.ask(0x0065, body().u8(1).u16(0), longer);
    script.ask(
        0x0067,
        body().u8(1).u8(1).str1(gbk("在图书馆")),
        body().u8(1).u8(0),
    );
    let signatures = body().u8(3).u8(0).u32(0xffff_ffff).u32(FRIEND);
    let signatures = signatures.u32(TIME).str1(gbk("忙"));
    let request = body().u8(3).u8(0).u8(1).u32(FRIEND).u32(TIME);
    script.ask(0x0067, request, signatures);
}

fn details(script: &mut Script) {
    let fields = [
        "23456789",
        "bob",
        "Example",
        "",
        "00001",
        "1 Example Street",
    ];
    let fields = fields.map(|field| format!("{field}\x1e")).concat();
    script.ask(0x0006, body().raw("23456789"), body().raw(fields));
    let found = body().u8(0).u32(0).u8(0x1f);
    let found = found.raw("23456789\x1ebob\x1eExample\x1e33\x1e\x1f");
    let search = body().u8(0x33).u8(0x1f).raw("23456789\x1f-\x1f-\x1f0");
    script.ask(0x0005, search, found);
    let found = body().u8(1).u8(0).u16(0).u32(FRIEND).u8(1).u16(20).u8(1);
    let found = found.str1("bob").u16(11).u16(3).u16(33).u8(0);
    let search = body().u8(1).u16(0).u8(1).u8(0).u8(20).u8(1).u16(11).u16(3);
    script.ask(0x0061, search, found);
    script.ask(0x005e, body().u8(3).u8(1), body().u8(3).u8(1).u8(0));
}

fn adding(script: &mut Script) {
    script.ask(0x0009, body().raw("23456789"), body().raw("23456789\x1f0"));
    script.ask(0x000a, body().raw("34567890"), body().u8(0));
    let request = body().raw("23456789\x1f2\x1f").raw(gbk("我是爱丽丝"));
    script.ask(0x000b, request, body().u8(0x30));
    script.ask(0x001c, body().u32(OTHER), body().u8(0));
    let answer = |code: u8, condition: u8| body().u32(FRIEND).u8(code).u8(condition);
    script.ask(0x00a7, body().u32(FRIEND), answer(0, 3));
    script.ask(0x00a7, body().u32(FRIEND), answer(0x99, 0));
    let question = body().u8(3).u16(1).u8(0).str1(gbk("我叫什么"));
    script.ask(0x00b7, body().u8(3).u16(1).u32(FRIEND), question);
    let token = body().u8(4).u16(1).u8(0).str2("r~g#t");
    let answer = body().u8(4).u16(1).u32(FRIEND).str1(gbk("鲍勃"));
    script.ask(0x00b7, answer, token);
    let url = body()
        .u8(1)
        .u16(1)
        .u8(1)
        .str2("http://captcha.example.org/1");
    script.ask(0x00ae, body().u8(1).u16(1).u32(FRIEND), url);
    let code = body().u8(2).u16(1).u32(FRIEND).str2("ABCD").str2("c0~k#e");
    script.ask(0x00ae, code, body().u8(2).u16(1).u8(0).str2([b'T'; 24]));
    let done = |sub: u8| body().u8(sub).u32(FRIEND).u8(0);
    let ask = body().u8(2).u32(FRIEND).u16(0).str2([b'T'; 24]).u8(1).u8(0);
    script.ask(0x00a8, ask.str1(gbk("我是爱丽丝")), done(2));
    let reject = body().u8(5).u32(FRIEND).u16(0).str1("no");
    script.ask(0x00a8, reject, done(5));
    let answered = body()
        .u8(0x10)
        .u32(FRIEND)
        .u16(0)
        .str2("r~g#t")
        .str2("t0k~n");
    script.ask(0x00a8, answered.u8(1).u8(0), done(0x10));
}

fn services(script: &mut Script) {
    let day = body()
        .u32(TIME)
        .str1(gbk("晴"))
        .str1(gbk("北风"))
        .u16(3)
        .u16(12);
    let day = day.u8(0).str1(gbk("多穿衣服"));
    let weather = body()
        .u8(1)
        .u8(0)
        .str1(gbk("广东"))
        .str1(gbk("深圳"))
        .u16(0);
    let weather = weather.str1(gbk("深圳")).u8(1).raw(day.0);
    script.ask(0x00a6, body().u8(1).client(10).u16(4000), weather);
    let sms = body()
        .u16(9)
        .zeroes(6)
        .fixed("alice", 13)
        .u8(1)
        .u8(0x20)
        .u8(1);
    let sms = sms.u32(7).u8(1).u8(1).fixed("555-0100", 18).zeroes(3);
    let sms = sms.u8(1).u32(FRIEND).u8(3).str2(gbk("晚上见"));
    script.ask(0x002d, sms, body().u8(0).zeroes(3));
}

/// The beginning of a push about a group.
fn group(kind: u16) -> Bytes {
    let head = body()
        .u32(GROUP)
        .u32(UIN)
        .u32(0x0102_0305)
        .server(9)
        .u16(8000);
    head.u16(kind).u32(GROUP_NUMBER).u8(1)
}

fn groups(script: &mut Script) {
    let font = body().raw([0, 10, 0, 0, 0, 0]).u16(0x8602).raw("A").u8(10);
    let text = body().u16(1).u8(1).u8(0).u16(0x51).zeroes(4);
    let text = text.raw(gbk("大家好")).u8(b' ').raw(font.0);
    let send = body().u8(0x1a).u32(GROUP).counted(text.clone());
    script.ask(0x0030, send, body().u8(0x1a).u8(0).u32(GROUP));
    let request = body().u8(0x04).u32(GROUP);
    script.ask(0x0030, request, body().u8(0x04).u8(0x02).raw(gbk("无此群")));
    let members = body()
        .u8(0x0b)
        .u8(0)
        .u32(GROUP)
        .u8(0x3c)
        .u32(FRIEND)
        .u32(OTHER);
    script.ask(0x0030, body().u8(0x0b).u32(GROUP), members);
    let join = body().u8(0x07).u8(0).u32(GROUP).u8(2);
    script.ask(0x0030, body().u8(0x07).u32(GROUP), join);
    let search = body().u8(0x06).u8(1).u32(GROUP_NUMBER);
    script.ask(0x0030, search, body().u8(0x06).u8(0).u8(1));
    let modify = body().u8(0x02).u32(GROUP).u8(1).u32(OTHER);
    script.ask(0x0030, modify, body().u8(0x02).u8(0).u32(GROUP));
    let role = body().u8(0x1b).u32(GROUP).u8(1).u32(FRIEND);
    script.ask(0x0030, role, body().u8(0x1b).u8(0).u32(GROUP));
    let message = group(0x002b).u32(FRIEND).u16(0).u16(77).u32(TIME).u32(12);
    script.push_and_receipt(0x0017, message.counted(text));
    script.push_and_receipt(0x0017, group(0x0021).u32(OTHER).u8(3).u32(FRIEND));
    script.push_and_receipt(0x0017, group(0x0022).u32(OTHER).u8(3).u32(FRIEND));
    script.push_and_receipt(0x0017, group(0x002c).u8(1).u32(OTHER).u8(1));
    script.push_and_receipt(0x0017, group(0x002d));
}
