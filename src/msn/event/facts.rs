//! Values that describe an account: those of its profile, its client, its phones.

use crate::event::{Event, EventKind, Fact};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::values::{LOCALES, PRIVACY, PROMPTS};

/// The fields whose value is a fact as it stands, also in messages of users.
const FACTS_OF_USERS: &[(Field, Fact)] = &[
    (Field::UserAgent, Fact::Client),
    (Field::CapsClient, Fact::Client),
    (Field::InvitationIpInternal, Fact::PrivateAddress),
    (Field::InvitationPrivateIp, Fact::PrivateAddress),
    (Field::InvitationPublicIp, Fact::PublicAddress),
];

/// The same, of what clients and servers say to each other: a user who sends such fields to
/// another one is not believed.
const FACTS_OF_SERVERS: &[(Field, Fact)] = &[
    (Field::ClientCpu, Fact::Processor),
    (Field::Locale, Fact::Locale),
    (Field::ClientVersion, Fact::ClientVersion),
    (Field::MachineGuid, Fact::MachineId),
    (Field::ProfileClientIp, Fact::PublicAddress),
    (Field::ProfileLoginTime, Fact::LoginTime),
    (Field::ProfileNickname, Fact::Nickname),
    (Field::ProfileCountry, Fact::Country),
    (Field::ProfilePostalCode, Fact::PostalCode),
    (Field::ProfileGender, Fact::Gender),
    (Field::ProfileAge, Fact::Age),
    (Field::ProfileBirthday, Fact::Birthday),
    (Field::ProfileKid, Fact::Kid),
    (Field::Verified, Fact::Verified),
    (Field::ProfileMailEnabled, Fact::MailEnabled),
    (Field::ProfileMail, Fact::PreferredMail),
    (Field::ProfileWallet, Fact::Wallet),
];

/// The properties of accounts, by their letters in PRP and BPR.
const PROPERTIES: &[(&str, Fact)] = &[
    ("MBE", Fact::MobileDevice),
    ("MOB", Fact::MobileAllowed),
    ("PHH", Fact::HomePhone),
    ("PHM", Fact::MobilePhone),
    ("PHW", Fact::WorkPhone),
];

/// Adds the facts in a PDU. None without an account that they are about.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let Some(who) = subject(context, pdu) else {
        return;
    };
    let items = &pdu.items;
    let of_servers = match pdu.is_message() && pdu.is_on_switchboard() {
        true => &[],
        false => FACTS_OF_SERVERS,
    };
    let plain = FACTS_OF_USERS
        .iter()
        .chain(of_servers)
        .filter_map(|(field, fact)| Some((*fact, items.text(*field)?)));
    let facts = plain
        .chain(composed(pdu))
        .chain(property(pdu))
        .chain(setting(pdu));
    for (fact, value) in facts {
        events.push(context.by(Some(who.clone()), EventKind::Fact(fact, value)));
    }
}

/// The account that the values of a PDU describe.
fn subject(context: &Context, pdu: &MsnpPdu<'_>) -> Option<String> {
    let own = || context.own();
    match pdu.code.as_str() {
        "BPR" => pdu.contact(),
        "UBX" => pdu.account(),
        "CVR" | "USR" => pdu.account().or_else(own),
        _ if pdu.is_message() && pdu.is_on_switchboard() => context.from.clone(),
        _ if pdu.is_message() => context.from.clone().or_else(own),
        _ => own(),
    }
}

/// Facts of several fields, or of words that need a translation.
fn composed(pdu: &MsnpPdu<'_>) -> Vec<(Fact, String)> {
    let items = &pdu.items;
    let mut facts = Vec::new();
    let joined = |fields: [Field; 2]| {
        let parts = fields.into_iter().filter_map(|field| items.text(field));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let system = joined([Field::ClientOs, Field::ClientOsVersion]);
    facts.extend(system.map(|system| (Fact::OperatingSystem, system)));
    if pdu.code == "CVR" || pdu.code == "CVQ" {
        let client = items.text(Field::ClientName);
        facts.extend(client.map(|client| (Fact::Client, client)));
    }
    let (high, low) = (Field::ProfileMemberHigh, Field::ProfileMemberLow);
    if let Some((high, low)) = items.number(high).zip(items.number(low)) {
        facts.push((Fact::MemberId, format!("{high:08x}{low:08x}")));
    }
    if let Some(language) = items.number(Field::ProfileLanguage) {
        let name = u32::try_from(language).ok().and_then(|it| LOCALES.name(it));
        let language = name.map_or_else(|| language.to_string(), str::to_owned);
        facts.push((Fact::Language, language));
    }
    if pdu.code == "USR" && pdu.is_of_server() && pdu.line.has(Field::Outcome) {
        let version = items.number(Field::SessionDialect);
        facts.extend(version.map(|version| (Fact::Protocol, format!("MSNP{version}"))));
    }
    facts
}

/// The property that the server reports.
fn property(pdu: &MsnpPdu<'_>) -> Option<(Fact, String)> {
    if pdu.is_of_client() {
        return None;
    }
    let name = pdu.line.text(Field::PropertyName)?;
    let (_, fact) = PROPERTIES.iter().find(|(letters, _)| *letters == name)?;
    let value = match (fact, pdu.line.text(Field::PropertyValue)?) {
        (Fact::MobileDevice | Fact::MobileAllowed, value) => match value.as_str() {
            "Y" => "yes".to_owned(),
            "N" => "no".to_owned(),
            _ => value,
        },
        (_, value) => value,
    };
    Some((*fact, value))
}

/// The setting of the account that the server reports.
fn setting(pdu: &MsnpPdu<'_>) -> Option<(Fact, String)> {
    let (field, names, fact) = match pdu.code.as_str() {
        "BLP" => (Field::Privacy, PRIVACY, Fact::Privacy),
        "GTC" => (Field::Prompt, PROMPTS, Fact::Prompt),
        _ => return None,
    };
    let word = pdu.line.text(field).filter(|_| !pdu.is_of_client())?;
    let name = names.name(word.as_bytes());
    Some((fact, name.map_or_else(|| word.clone(), str::to_owned)))
}
