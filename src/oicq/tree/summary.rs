//! Summary of a body for the Info column.

use crate::oicq::body::fragment::place;
use crate::oicq::body::name::Name;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::body::DecodedBody;
use crate::oicq::crypto::key_role::CiphertextContext;
use crate::oicq::tree::shown::{digits, title};
use crate::oicq::wire::direction::Direction;

/// The result of a login that asks for a captcha: see docs/protocol/oicq.md §4.3.
const CAPTCHA_REQUIRED: u32 = 0xfb;

/// Maximum characters of a quoted text.
const LONGEST_QUOTE: usize = 60;

/// Whether a code of `oicq.login.result` is a refusal: not success, a redirect, or the
/// request for another step.
fn is_refused(code: u32) -> bool {
    !matches!(code, 0x00 | 0x01 | 0x02 | 0x0a | 0xf9 | 0xfa | 0xfb | 0xfe)
}

/// Whether the server refuses a login.
pub(crate) fn is_refusal(body: &DecodedBody) -> bool {
    body.number(Name::LoginResult).is_some_and(is_refused)
}

/// The summary of a body. Returns `None` if nothing in it is worth the Info column.
pub(crate) fn summary(body: &DecodedBody, context: &CiphertextContext) -> Option<String> {
    let words = [
        login(body, context),
        system(body),
        list(body),
        message(body, context),
        states(body),
        services(body),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The English part of a meaning, with a lower-case first letter as within a sentence.
pub(crate) fn plain(meaning: &str) -> String {
    let english = meaning.split(" (").next().unwrap_or_default();
    let mut chars = english.chars();
    match (chars.next(), chars.next()) {
        // Not an abbreviation.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + &english[first.len_utf8()..]
        }
        _ => english.to_owned(),
    }
}

/// The meaning of a code, or the code.
fn word(entry: &BodyEntry) -> String {
    match (entry.meaning, &entry.value) {
        (Some(meaning), _) => plain(meaning),
        (None, BodyValue::Number(code)) => {
            let title = plain(title(entry.name));
            format!("{title} {}", digits(entry.name, *code))
        }
        (None, _) => String::new(),
    }
}

/// The text in quotes, cut to [`LONGEST_QUOTE`] characters.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted: String = text.chars().take(LONGEST_QUOTE).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    format!("\"{quoted}\"")
}

fn address(body: &DecodedBody, address: Name, port: Name) -> Option<String> {
    let BodyValue::Address(address) = body.find(address)?.value else {
        return None;
    };
    match body.number(port) {
        None | Some(0) => Some(address.to_string()),
        Some(port) => Some(format!("{address}:{port}")),
    }
}

/// Redirect, refusal or success of a login, and the client's address as seen by the
/// server.
fn login(body: &DecodedBody, context: &CiphertextContext) -> Option<String> {
    if context.direction == Direction::ToServer {
        return None;
    }
    if let Some(server) = address(body, Name::RedirectAddress, Name::RedirectPort) {
        return Some(format!("redirected to {server}"));
    }
    let result = body.find(Name::LoginResult)?;
    if result.value != BodyValue::Number(0) {
        let detail = body
            .text(Name::LoginMessage)
            .filter(|text| !text.is_empty());
        return Some(match detail {
            Some(text) => format!("{}: {}", word(result), quote(text)),
            None => word(result),
        });
    }
    let what = match body.find(Name::SessionKey) {
        Some(_) => "logged in",
        None => "OK",
    };
    let client = address(body, Name::ClientAddress, Name::ClientPort);
    let client = client.map(|client| format!(", client address {client}"));
    Some(what.to_owned() + &client.unwrap_or_default())
}

/// The text of a message, with emoticons and images.
pub(crate) fn words(body: &DecodedBody) -> String {
    let mut text = String::new();
    for entry in &body.entries {
        match (entry.name, &entry.value) {
            (Name::MessageText, BodyValue::Text(words)) => text.push_str(words),
            (Name::MessageEmoticon, BodyValue::Number(emoticon)) => {
                let emoticon = entry.meaning.map_or_else(|| emoticon.to_string(), plain);
                text.push_str(&format!("[{emoticon}]"));
            }
            (Name::ImageName, _) => text.push_str("[image]"),
            (Name::MessageXml, _) => text.push_str("[XML]"),
            _ => {}
        }
    }
    text
}

/// The text of a message, with emoticons and images; or the type of another push.
fn message(body: &DecodedBody, context: &CiphertextContext) -> Option<String> {
    let text = words(body);
    if !text.is_empty() {
        let part = place(body).map(|(number, count)| format!(" (part {} of {count})", number + 1));
        return Some(quote(&text) + &part.unwrap_or_default() + &whose(body, context));
    }
    if let Some(file) = body.text(Name::FileName) {
        let kind = body.find(Name::ImType).map(word).unwrap_or_default();
        return Some(format!("{kind} {}{}", quote(file), whose(body, context)));
    }
    if body.find(Name::SystemKind).is_some() {
        return None;
    }
    let kind = body
        .find(Name::ImType)
        .filter(|kind| kind.value != BodyValue::Number(0x000b));
    let kind = kind.or_else(|| body.find(Name::MessageType))?;
    let detail = body
        .text(Name::NoticeText)
        .map(|text| format!(" {}", quote(text)));
    Some(word(kind) + &detail.unwrap_or_default() + &whose(body, context))
}

/// Sender or receiver, and the group.
fn whose(body: &DecodedBody, context: &CiphertextContext) -> String {
    let group = body.number(Name::GroupNumber);
    let in_group = group.map(|group| format!(" in group {group}"));
    let in_group = in_group.unwrap_or_default();
    let (word, user) = match (context.direction, group) {
        (Direction::ToServer, _) => ("to", body.number(Name::To)),
        (_, Some(_)) => ("from", body.number(Name::MemberUin)),
        (_, None) => ("from", body.number(Name::From)),
    };
    match user {
        Some(user) => format!(" {word} {user}{in_group}"),
        None => in_group,
    }
}

fn system(body: &DecodedBody) -> Option<String> {
    let text = body.text(Name::SystemText).filter(|text| !text.is_empty());
    if let Some(kind) = body.find(Name::SystemType) {
        let from = body.number(Name::From)?;
        let detail = text.map(|text| format!(": {}", quote(text)));
        return Some(format!(
            "{from} {}{}",
            word(kind),
            detail.unwrap_or_default()
        ));
    }
    if let Some(kind) = body.find(Name::SystemKind) {
        return Some(word(kind));
    }
    text.map(quote)
}

/// Status of the user or of a friend, or the number of users online.
fn states(body: &DecodedBody) -> Option<String> {
    if let Some(count) = body.number(Name::OnlineCount) {
        let client = address(body, Name::ClientAddress, Name::ClientPort);
        let client = client.map(|client| format!(", client address {client}"));
        return Some(format!(
            "{count} users online{}",
            client.unwrap_or_default()
        ));
    }
    if body.find(Name::Friend).is_some() {
        return None;
    }
    let status = word(body.find(Name::Status)?);
    match body.number(Name::FriendUin) {
        Some(friend) => Some(format!("{friend} is {status}")),
        None => Some(status),
    }
}

/// Sub-command, result and number of rows.
fn list(body: &DecodedBody) -> Option<String> {
    let mut words = Vec::new();
    let sub = body.find(Name::SubCommand);
    if let Some(sub) = sub.filter(|sub| sub.meaning.is_some()) {
        words.push(word(sub));
    }
    // Lists of friends have rows of groups, too.
    let group = body.number(Name::GroupId);
    if let Some(group) = group.filter(|_| body.find(Name::Friend).is_none()) {
        words.push(format!("group {group}"));
    }
    let reply = body.find(Name::Reply);
    if let Some(reply) = reply.filter(|reply| reply.meaning != Some("OK")) {
        words.push(word(reply));
    }
    let detail = body.text(Name::ReplyText);
    if let Some(text) = detail.filter(|text| !matches!(*text, "" | "0")) {
        words.push(quote(text));
    }
    // One result of a login says so itself.
    let is_needed = body.number(Name::CaptchaNeeded) == Some(1);
    if is_needed && body.number(Name::LoginResult) != Some(CAPTCHA_REQUIRED) {
        words.push("captcha required".to_owned());
    }
    let rows = [Name::Friend, Name::FolderEntry, Name::GroupMember];
    let rows = rows.map(|name| body.spans(name).count());
    match rows.iter().sum() {
        0 => {}
        1 => words.push("1 entry".to_owned()),
        count => words.push(format!("{count} entries")),
    }
    (!words.is_empty()).then(|| words.join(", "))
}

fn services(body: &DecodedBody) -> Option<String> {
    if let Some(city) = body.text(Name::City) {
        let weather = body.text(Name::Weather).map(|text| format!(": {text}"));
        return Some(format!("{city}{}", weather.unwrap_or_default()));
    }
    let signature = body.text(Name::Signature)?;
    (body.find(Name::Friend).is_none()).then(|| quote(signature))
}
