//! The layout of every body, by command: data only.
//!
//! Several rows of one command and direction are tried in their order. Names of programs stand
//! for what they write and read, with the versions they write where these are between 2009 and
//! 2012, numbers alone for clients whose plaintexts are published: GA Gaim, LJ LumaQQ, LM LumaQQ for Mac, PU libpurple, NO
//! Net::OICQ, MY MyQQ, LQ pidgin-libqq, HO hoy, QF QQ.Framework, MI mirai, GP go-pcqq and
//! py-pcqq. Source of all rows: protocol reference, OICQ §4.1 to §4.9, §7; OICQ 2012 §1 to §3.

use crate::codes::Codes;
use crate::oicq::body::codes::{
    AUTHORISE_COMMANDS, KEY_COMMANDS, REMARK_COMMANDS, SIGNATURE_COMMANDS, TOKEN_COMMANDS,
};
use crate::oicq::body::layout::Form::{Head, Parts, Whole};
use crate::oicq::body::layout::Side::{Down, Up};
use crate::oicq::body::layout::{
    check, Form, Layout, Side, Versions, ALL, LOGINS_OF_2009, OF_2007, OF_2009, OF_2012, OLD, SEEN,
    SEEN_SINCE_2009, SINCE_2009, UNTIL_2006, UNTIL_2009, UNTIL_2009_AND_SP6, UNTIL_2011,
    UNTIL_2019,
};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::{
    account, contacts, events, friends, group, group_2012, keep_alive, lists_2012, login_2009,
    login_2013, login_classic, mail, message, session_2012, status, system_message, tlv,
};

type Read = fn(&mut Reader<'_>) -> Option<()>;

/// A layout of a command that means the same to all clients.
const fn row(
    key: u16,
    side: Side,
    evidence: Versions,
    form: Form,
    source: &'static str,
    read: Read,
) -> Layout {
    Layout {
        key,
        lead: None,
        side,
        evidence,
        meaning: ALL,
        form,
        holds_keys: false,
        source,
        read,
    }
}

/// A sub-command, of a body of which no more is known.
fn sub_command(r: &mut Reader<'_>) -> Option<()> {
    r.u8(Name::SubCommand)?;
    r.rest(Name::Unexplained);
    Some(())
}

/// As `sub_command`, with the names of the sub-commands.
fn named_sub_command(r: &mut Reader<'_>, codes: &'static Codes) -> Option<()> {
    r.code8(Name::SubCommand, codes)?;
    r.rest(Name::Unexplained);
    Some(())
}

/// A reply with keys, of which no more is known than its sub-command.
fn key_reply(r: &mut Reader<'_>) -> Option<()> {
    r.code8(Name::SubCommand, &KEY_COMMANDS)?;
    r.rest(Name::KeyBytes);
    Some(())
}

/// The layouts, sorted by command.
#[rustfmt::skip]
pub(crate) const LAYOUTS: &[Layout] = &[
    row(0x0001, Up, OLD, Whole, "LJ PU", login_classic::logout).meant(OLD).with_keys(),
    row(0x0001, Up, OF_2009, Whole, "MY", |r| friends::folder_names_2009(r, true)).lead(0x1f).meant(SINCE_2009),
    row(0x0001, Down, OF_2009, Whole, "MY", |r| friends::folder_names_2009(r, false)).lead(0x1f).meant(SINCE_2009),
    row(0x0001, Up, OF_2012, Whole, "0x3037, 0x352f", lists_2012::folders_request).lead(0x20).meant(SINCE_2009),
    row(0x0001, Down, OF_2012, Whole, "0x3037, 0x352f", lists_2012::folders).lead(0x20).meant(SINCE_2009),
    row(0x0001, Up, SEEN_SINCE_2009, Head, "MY, 0x352f", sub_command).meant(SINCE_2009),
    row(0x0001, Down, SEEN_SINCE_2009, Head, "MY, 0x352f", sub_command).meant(SINCE_2009),
    row(0x0002, Up, OLD, Whole, "LJ PU LM", keep_alive::classic_request).meant(OLD),
    row(0x0002, Down, OLD, Whole, "LJ PU LM", keep_alive::classic_reply).meant(OLD),
    row(0x0002, Up, OF_2012, Whole, "QF", group::join).lead(0x08).meant(SINCE_2009),
    row(0x0002, Up, OF_2009, Whole, "MY LQ", group::request).lead(0x09).meant(SINCE_2009),
    row(0x0002, Up, OF_2009, Whole, "MY LQ", group::request).lead(0x0b).meant(SINCE_2009),
    row(0x0002, Up, OF_2009, Whole, "MY LQ", group::member_information).lead(0x0c).meant(SINCE_2009),
    row(0x0002, Up, OF_2012, Whole, "0x3037", group_2012::receipt).lead(0x29).meant(SINCE_2009),
    row(0x0002, Up, SEEN_SINCE_2009, Parts, "MY LQ QF MI", group::send).lead(0x2a).meant(SINCE_2009),
    row(0x0002, Up, SEEN_SINCE_2009, Whole, "MY LQ, 0x3037", group::information_request).lead(0x72).meant(SINCE_2009),
    row(0x0002, Up, OF_2012, Whole, "MI", group::mute).lead(0x7e).meant(SINCE_2009),
    row(0x0002, Up, SEEN_SINCE_2009, Head, "MY LQ QF MI", group::request_head).meant(SINCE_2009),
    row(0x0002, Down, OF_2012, Whole, "0x3037", group_2012::about).lead(0x72).meant(SINCE_2009),
    row(0x0002, Down, OF_2009, Whole, "MY LQ", group::information).lead(0x72).meant(SINCE_2009),
    row(0x0002, Down, SEEN_SINCE_2009, Whole, "MY LQ QF MI", group::reply).meant(SINCE_2009),
    row(0x0002, Down, SEEN_SINCE_2009, Head, "MY LQ QF MI", group::reply_head).meant(SINCE_2009),
    row(0x0004, Up, OLD, Whole, "LJ PU", |r| account::update(r, true)).with_keys(),
    row(0x0004, Down, OLD, Whole, "LJ PU", |r| account::update(r, false)),
    row(0x0005, Up, OLD, Whole, "LJ PU", |r| account::search(r, true)),
    row(0x0005, Down, OLD, Whole, "LJ PU", |r| account::search(r, false)),
    row(0x0006, Up, UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, true)),
    row(0x0006, Down, UNTIL_2009, Whole, "LJ PU MY", |r| account::details(r, false)),
    row(0x0009, Up, OLD, Whole, "PU NO", |r| contacts::add(r, true)),
    row(0x0009, Down, OLD, Whole, "PU NO", |r| contacts::add(r, false)),
    row(0x000a, Up, UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, true)),
    row(0x000a, Down, UNTIL_2009, Whole, "LJ PU MY", |r| contacts::remove(r, false)),
    row(0x000b, Up, OLD, Whole, "LJ PU", |r| contacts::authorise_old(r, true)),
    row(0x000b, Down, OLD, Whole, "LJ PU", |r| contacts::authorise_old(r, false)),
    row(0x000d, Up, UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, true)),
    row(0x000d, Down, UNTIL_2009, Whole, "LJ PU LM MY", |r| status::change(r, false)),
    row(0x0012, Up, OLD, Whole, "PU LJ NO", system_message::acknowledged),
    row(0x0016, Up, OLD, Whole, "LJ PU", |r| message::send(r, true)),
    row(0x0016, Down, OLD, Whole, "LJ PU", |r| message::send(r, false)),
    row(0x0017, Up, SEEN, Whole, "LJ LQ MY", events::acknowledgement),
    row(0x0017, Down, SEEN, Parts, "LJ PU MY LQ MI, 0x3037", events::push),
    row(0x0018, Up, OLD, Whole, "0x0f4b", login_classic::password_changed).meant(OLD),
    row(0x001c, Up, OLD, Whole, "LJ PU", |r| contacts::remove_self(r, true)),
    row(0x001c, Down, OLD, Whole, "LJ PU", |r| contacts::remove_self(r, false)),
    row(0x001d, Down, UNTIL_2009, Whole, "LJ MY", |r| account::keys(r, false)).lead(0x04).with_keys(),
    row(0x001d, Up, OF_2012, Whole, "0x352f", session_2012::key_request).lead(0x11),
    row(0x001d, Down, OF_2012, Whole, "0x352f", |r| account::keys(r, false)).lead(0x11).with_keys(),
    row(0x001d, Up, OF_2012, Whole, "MI QF GP", |r| account::keys(r, true)).lead(0x33),
    row(0x001d, Down, OF_2012, Whole, "MI QF GP", |r| account::keys(r, false)).lead(0x33).with_keys(),
    row(0x001d, Up, SEEN, Head, "LJ LM MY MI QF", |r| named_sub_command(r, &KEY_COMMANDS)),
    row(0x001d, Down, SEEN, Head, "LJ LM MY MI QF", key_reply).with_keys(),
    row(0x0022, Up, UNTIL_2006, Whole, "LJ PU, 0x0a1d", login_classic::login).meant(OLD),
    row(0x0022, Up, OF_2007, Parts, "PU LM", login_classic::token_login).meant(OLD),
    row(0x0022, Down, OLD, Parts, "LJ PU LM, 0x0a1d", login_classic::login_reply).meant(OLD).with_keys(),
    row(0x0026, Up, OLD, Whole, "LJ PU", |r| friends::list(r, true)),
    row(0x0026, Down, OLD, Whole, "LJ PU", |r| friends::list(r, false)),
    row(0x0027, Up, SEEN, Whole, "LJ PU MY, 0x3037", |r| status::online(r, true)),
    row(0x0027, Down, UNTIL_2009, Whole, "LJ PU MY", |r| status::online(r, false)).meant(UNTIL_2011),
    row(0x0027, Down, UNTIL_2019, Whole, "0x3037", lists_2012::online).meant(UNTIL_2019),
    row(0x002d, Up, OLD, Whole, "LJ", |r| account::sms(r, true)),
    row(0x0030, Up, OLD, Whole, "LJ PU", |r| group::classic(r, true)).meant(OLD),
    row(0x0030, Down, OLD, Whole, "LJ PU", |r| group::classic(r, false)).meant(OLD),
    row(0x0030, Up, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, true)).meant(SINCE_2009),
    row(0x0030, Down, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login(r, false)).meant(SINCE_2009).with_keys(),
    row(0x003c, Up, OLD, Whole, "LJ", |r| friends::folder_names(r, true)).meant(OLD),
    row(0x003c, Down, OLD, Whole, "LJ", |r| friends::folder_names(r, false)).meant(OLD),
    row(0x003c, Up, OF_2012, Whole, "MI", lists_2012::profile_request).meant(SINCE_2009),
    row(0x003c, Down, OF_2012, Whole, "MI", lists_2012::profile).meant(SINCE_2009),
    row(0x003d, Up, OLD, Whole, "LJ", |r| friends::move_to_folders(r, true)),
    row(0x003d, Down, OLD, Whole, "LJ", |r| friends::move_to_folders(r, false)),
    row(0x003e, Up, OLD, Whole, "LJ PU", |r| friends::remarks(r, true)).meant(OLD),
    row(0x003e, Down, OLD, Whole, "LJ PU", |r| friends::remarks(r, false)).meant(OLD),
    row(0x003e, Up, OF_2012, Whole, "0x3037", session_2012::remark_request).lead(0x67),
    row(0x003e, Down, OF_2012, Whole, "0x3037", session_2012::sub_alone).lead(0x67),
    row(0x003e, Up, OF_2009, Whole, "MY", |r| friends::remarks_2009(r, true)).lead(0x68).meant(SINCE_2009),
    row(0x003e, Down, OF_2009, Whole, "MY", |r| friends::remarks_2009(r, false)).lead(0x68).meant(SINCE_2009),
    row(0x003e, Up, SEEN, Head, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
    row(0x003e, Down, SEEN, Head, "LJ MY, 0x3037", |r| named_sub_command(r, &REMARK_COMMANDS)),
    row(0x0058, Up, OLD, Whole, "LJ PU", |r| friends::folders(r, true)).meant(OLD),
    row(0x0058, Down, OLD, Whole, "LJ PU", |r| friends::folders(r, false)).meant(OLD),
    row(0x0058, Up, SEEN_SINCE_2009, Whole, "LQ MI GP, 0x3420", keep_alive::request).meant(SINCE_2009),
    row(0x005c, Up, OLD, Whole, "LJ", |r| friends::levels(r, true)).lead(0x02),
    row(0x005c, Down, OLD, Whole, "LJ", |r| friends::levels(r, false)).lead(0x02),
    row(0x005c, Up, SEEN_SINCE_2009, Whole, "MY, 0x3037", |r| friends::own_level(r, true)).lead(0x88),
    row(0x005c, Down, OF_2009, Whole, "MY", |r| friends::own_level(r, false)).lead(0x88).meant(UNTIL_2011),
    row(0x005c, Down, OF_2012, Whole, "0x3037", session_2012::level).lead(0x88),
    row(0x005c, Up, SEEN, Head, "LJ MY, 0x3037", sub_command),
    row(0x005c, Down, SEEN, Head, "LJ MY, 0x3037", sub_command),
    row(0x005e, Up, OLD, Whole, "LJ", |r| account::privacy(r, true)),
    row(0x005e, Down, OLD, Whole, "LJ", |r| account::privacy(r, false)),
    row(0x005f, Up, OLD, Head, "LJ", sub_command),
    row(0x0061, Up, OLD, Whole, "LJ", |r| account::advanced_search(r, true)),
    row(0x0061, Down, OLD, Whole, "LJ", |r| account::advanced_search(r, false)),
    row(0x0062, Up, OLD, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, true)).meant(OLD),
    row(0x0062, Down, OLD, Whole, "LJ PU LM, 0x115b", |r| login_classic::token(r, false)).meant(OLD),
    row(0x0065, Up, UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, true)).lead(0x01),
    row(0x0065, Down, UNTIL_2009, Whole, "LJ LM MY", |r| friends::properties(r, false)).lead(0x01),
    row(0x0065, Up, OF_2012, Whole, "0x3037", session_2012::properties_request).lead(0x02),
    row(0x0065, Down, OF_2012, Whole, "0x3037", session_2012::properties).lead(0x02),
    row(0x0065, Up, SEEN, Head, "LJ LM MY, 0x3037", sub_command),
    row(0x0065, Down, SEEN, Head, "LJ LM MY, 0x3037", sub_command),
    row(0x0066, Up, OLD, Whole, "LJ", |r| message::temporary(r, true)),
    row(0x0066, Down, OLD, Whole, "LJ", |r| message::temporary(r, false)),
    row(0x0067, Up, UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, true)),
    row(0x0067, Down, UNTIL_2009, Whole, "LJ MY LQ", |r| friends::signatures(r, false)),
    row(0x0067, Up, UNTIL_2009, Head, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
    row(0x0067, Down, UNTIL_2009, Head, "LJ MY LQ", |r| named_sub_command(r, &SIGNATURE_COMMANDS)),
    row(0x0080, Down, UNTIL_2009_AND_SP6, Whole, "LJ PU MY, 0x1a35", system_message::pushed),
    row(0x0081, Down, UNTIL_2009, Whole, "LJ PU LM MY", status::changed).meant(UNTIL_2011),
    row(0x0081, Down, OF_2012, Whole, "MI, 0x3037", lists_2012::changed),
    row(0x0091, Up, OLD, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, true)).meant(OLD),
    row(0x0091, Down, OLD, Whole, "LM PU, 0x115b", |r| login_classic::select_server(r, false)).meant(OLD),
    row(0x0091, Up, LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, true)).meant(SINCE_2009),
    row(0x0091, Down, LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::touch(r, false)).meant(SINCE_2009),
    row(0x00a4, Up, LOGINS_OF_2009, Whole, "MY 0x2227", |r| login_2009::after_info(r, true)),
    row(0x00a6, Up, SEEN, Whole, "LJ QF", |r| account::weather(r, true)).lead(0x01),
    row(0x00a6, Down, OLD, Whole, "LJ", |r| account::weather(r, false)).lead(0x01),
    row(0x00a6, Up, OF_2012, Whole, "0x3037", |r| account::weather(r, true)).lead(0x03),
    row(0x00a6, Down, OF_2012, Whole, "0x3037", session_2012::weather).lead(0x03),
    row(0x00a6, Up, OF_2012, Whole, "0x3037", session_2012::place_request).lead(0x07),
    row(0x00a6, Down, OF_2012, Whole, "0x3037", session_2012::place).lead(0x07),
    row(0x00a6, Up, SEEN, Head, "LJ, 0x3037", sub_command),
    row(0x00a6, Down, SEEN, Head, "LJ, 0x3037", sub_command),
    row(0x00a7, Up, SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, true)),
    row(0x00a7, Down, SEEN, Whole, "LJ PU MY QF MI", |r| contacts::ask(r, false)),
    row(0x00a8, Up, UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, true)),
    row(0x00a8, Down, UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::authorise(r, false)),
    row(0x00a8, Up, SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
    row(0x00a8, Down, SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &AUTHORISE_COMMANDS)),
    row(0x00ae, Up, UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, true)),
    row(0x00ae, Down, UNTIL_2009, Whole, "LJ LM PU MY", |r| contacts::token(r, false)),
    row(0x00ae, Up, SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
    row(0x00ae, Down, SEEN, Head, "LJ LM PU MY QF", |r| named_sub_command(r, &TOKEN_COMMANDS)),
    row(0x00b2, Up, OLD, Whole, "0x1221", mail::request).lead(0x02),
    row(0x00b2, Down, OLD, Whole, "0x1221", mail::reply).lead(0x02),
    row(0x00b5, Up, OF_2009, Whole, "MY", account::account_states),
    row(0x00b7, Up, OLD, Whole, "LJ LM PU", |r| contacts::question(r, true)),
    row(0x00b7, Down, OLD, Whole, "LJ LM PU", |r| contacts::question(r, false)),
    row(0x00ba, Up, OLD, Whole, "LJ LM PU", |r| login_classic::captcha(r, true)).meant(OLD),
    row(0x00ba, Down, OLD, Whole, "LJ LM PU", |r| login_classic::captcha(r, false)).meant(OLD),
    row(0x00ba, Up, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, true)).meant(SINCE_2009),
    row(0x00ba, Down, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::captcha(r, false)).meant(SINCE_2009),
    row(0x00ba, Up, OF_2012, Parts, "QF MI", |r| login_2013::captcha(r, true)).meant(SINCE_2009),
    row(0x00ba, Down, OF_2012, Parts, "QF MI", |r| login_2013::captcha(r, false)).meant(SINCE_2009),
    row(0x00cd, Up, SEEN_SINCE_2009, Parts, "MY LQ QF MI", |r| message::send_rich(r, true)),
    row(0x00cd, Down, SEEN_SINCE_2009, Whole, "MY LQ QF MI", |r| message::send_rich(r, false)),
    row(0x00ce, Up, SEEN_SINCE_2009, Whole, "MY LQ QF MI", events::acknowledgement),
    row(0x00ce, Down, SEEN_SINCE_2009, Parts, "MY LQ QF MI", events::push),
    row(0x00d4, Up, OF_2009, Whole, "MY", account::sub_and_number).lead(0x01).meant(UNTIL_2011),
    row(0x00d4, Up, OF_2009, Whole, "MY", account::sub_and_number).lead(0x07).meant(UNTIL_2011),
    row(0x00d4, Up, OF_2012, Whole, "0x3037", session_2012::notices),
    row(0x00d8, Up, OF_2012, Head, "QF", sub_command),
    row(0x00dd, Up, OLD, Parts, "PU LM, 0x115b", |r| login_classic::password(r, true)).meant(OLD),
    row(0x00dd, Down, OLD, Parts, "PU LM, 0x115b", |r| login_classic::password(r, false)).meant(OLD).with_keys(),
    row(0x00dd, Up, LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, true)).meant(SINCE_2009),
    row(0x00dd, Down, LOGINS_OF_2009, Parts, "MY LQ, 0x1c27", |r| login_2009::password(r, false)).meant(SINCE_2009).with_keys(),
    row(0x00de, Up, LOGINS_OF_2009, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::dynamic_token(r, true)),
    row(0x00e3, Up, LOGINS_OF_2009, Parts, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, true)),
    row(0x00e3, Down, LOGINS_OF_2009, Whole, "LQ 0x1e0d 0x2227", |r| login_2009::verify(r, false)),
    row(0x00e5, Up, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, true)),
    row(0x00e5, Down, LOGINS_OF_2009, Parts, "MY LQ 0x1e0d 0x2227", |r| login_2009::login_info(r, false)).with_keys(),
    row(0x00eb, Up, OF_2009, Whole, "MY LQ", |r| login_2009::folders(r, true)),
    row(0x00eb, Down, OF_2009, Whole, "MY LQ", |r| login_2009::folders(r, false)),
    row(0x00ec, Up, SEEN_SINCE_2009, Whole, "MY LQ QF, 0x3037", status::after_login).lead(0x01),
    row(0x00ec, Down, OF_2012, Whole, "0x3037", session_2012::state).lead(0x01),
    row(0x0115, Down, OF_2012, Whole, "QF", contacts::prepare),
    row(0x0126, Up, OF_2009, Whole, "MY", |r| friends::list_2009(r, true)).lead(0x01).meant(UNTIL_2011),
    row(0x0126, Down, OF_2009, Whole, "MY", |r| friends::list_2009(r, false)).meant(UNTIL_2011),
    row(0x0126, Up, OF_2012, Whole, "QF MI", lists_2012::nicknames_request).lead(0x03),
    row(0x0126, Down, OF_2012, Whole, "MI", lists_2012::nicknames).lead(0x03),
    row(0x0134, Up, OF_2012, Whole, "QF", lists_2012::everybody_request),
    row(0x0134, Down, OF_2012, Whole, "QF", lists_2012::everybody),
    row(0x0195, Down, OF_2012, Whole, "QF", lists_2012::categories),
    row(0x01c0, Up, OF_2012, Whole, "QF", account::sub_and_number).lead(0x01),
    row(0x0300, Up, OF_2012, Whole, "QF MI", account::protobuf),
    row(0x0300, Down, OF_2012, Whole, "QF MI", account::protobuf),
    row(0x0355, Up, OF_2012, Whole, "GP", events::acknowledgement),
    row(0x0355, Down, OF_2012, Whole, "GP", session_2012::push_0355),
    row(0x0818, Up, OF_2012, Parts, "GP", |r| login_2013::qr_code(r, true)),
    row(0x0818, Down, OF_2012, Parts, "GP", |r| login_2013::qr_code(r, false)).with_keys(),
    row(0x0819, Up, OF_2012, Parts, "GP", |r| login_2013::qr_poll(r, true)),
    row(0x0819, Down, OF_2012, Parts, "GP", |r| login_2013::qr_poll(r, false)).with_keys(),
    row(0x0825, Up, OF_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
    row(0x0825, Down, OF_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)),
    row(0x0826, Up, OF_2012, Parts, "0x3241", |r| login_2013::login(r, true)),
    row(0x0826, Down, OF_2012, Parts, "0x3241", |r| login_2013::login(r, false)).with_keys(),
    row(0x0828, Up, OF_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, true)),
    row(0x0828, Down, OF_2012, Parts, "QF MI, 0x3241", |r| login_2013::login(r, false)).with_keys(),
    row(0x0836, Up, OF_2012, Parts, "HO QF MI GP, 0x3713", |r| login_2013::login(r, true)),
    row(0x0836, Down, OF_2012, Parts, "HO QF MI GP", |r| login_2013::login(r, false)).with_keys(),
    row(0x0839, Up, OF_2012, Parts, "QF", |r| tlv::tlvs(r, true)),
];

const _: () = check(LAYOUTS);

/// What proves that a client knows the password, under the hash of it.
pub(crate) const PROOFS: &[Layout] = &[
    row(0, Up, OLD, Whole, "LM PU", login_classic::password_proof)
        .meant(OLD)
        .with_keys(),
    row(
        0,
        Up,
        SINCE_2009,
        Whole,
        "MY LQ QF MI, 0x1c27",
        login_2009::blob,
    )
    .meant(SINCE_2009)
    .with_keys(),
];

const _: () = check(PROOFS);

/// What names a computer, under the TGTGT key.
pub(crate) const DEVICES: &[Layout] =
    &[row(0, Up, OF_2012, Parts, "QF MI", |r| tlv::tlvs(r, true))];

const _: () = check(DEVICES);

/// The key under which a command stands in the table: all commands with protobuf bodies that
/// have no row of their own share one.
pub(crate) fn key(command: u16) -> u16 {
    let first = LAYOUTS.partition_point(|layout| layout.key < command);
    match (command, LAYOUTS.get(first)) {
        (0x0300..=0x03ff, Some(layout)) if layout.key != command => 0x0300,
        (0x0300..=0x03ff, None) => 0x0300,
        _ => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_of_clients_to_whom_the_command_means_this() {
        for row in LAYOUTS {
            let overlap = |a: &(u16, u16), b: &(u16, u16)| a.0 <= b.1 && b.0 <= a.1;
            let mut ranges = row.evidence.iter();
            let means = ranges.any(|a| row.meaning.iter().any(|b| overlap(a, b)));
            assert!(means, "{row:?}");
        }
    }

    #[test]
    fn commands_with_protobuf_share_a_row() {
        assert_eq!(key(0x0319), 0x0300);
        assert_eq!(key(0x03fe), 0x0300);
        assert_eq!(key(0x0355), 0x0355);
        assert_eq!(key(0x0027), 0x0027);
    }
}
