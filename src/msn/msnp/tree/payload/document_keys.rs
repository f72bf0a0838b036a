//! The elements and attributes of XML payloads, and the field of each. Data only.
//!
//! A path is `Element` or `Element@attribute`, either of them optionally preceded by the
//! name of the parent element and a slash. Source: docs/protocol/msnp.md §4.8, §5.1
//! (Mail-Data), §5.4, §5.5, §5.13.

use crate::msn::msnp::fields::Field;

/// Format of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XmlValueKind {
    /// The element is a heading for the items of its content.
    Group,
    /// Text.
    Text,
    /// Text with the encoded words of mail headers.
    Words,
    /// A 32-bit decimal number.
    Number,
    /// 0 or 1, true or false.
    Flag,
    /// Capabilities, optionally followed by a colon and the extended ones.
    Capabilities,
    /// What a user listens to or plays.
    Media,
    /// An account, preceded by its network id.
    Account,
    /// The state of a user.
    Status,
    /// Text that can be an msnobj.
    Object,
    /// Text that can be escaped XML.
    Nested,
    /// A SIP message in base64.
    Sip,
}

/// A path and its field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct XmlKey {
    parent: Option<&'static [u8]>,
    element: &'static [u8],
    attribute: Option<&'static [u8]>,
    pub(crate) field: Field,
    pub(crate) kind: XmlValueKind,
}

const fn rule(path: &'static str, field: Field, kind: XmlValueKind) -> XmlKey {
    let (parent, rest) = split(path.as_bytes(), b'/');
    let (parent, rest) = match rest {
        Some(rest) => (Some(parent), rest),
        None => (None, parent),
    };
    let (element, attribute) = split(rest, b'@');
    XmlKey {
        parent,
        element,
        attribute,
        field,
        kind,
    }
}

/// The texts before and after the first `separator`.
const fn split(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    let mut at = 0;
    while at < text.len() {
        if text[at] == separator {
            return (text.split_at(at).0, Some(text.split_at(at + 1).1));
        }
        at += 1;
    }
    (text, None)
}

use Field as F;
use XmlValueKind::*;

/// Every path. Of two that match, the first applies.
#[rustfmt::skip]
const RULES: &[XmlKey] = &[
    // UUX, UBX, and the documents of MSNP21.
    rule("PSM", F::PersonalMessage, Text),
    rule("CurrentMedia", F::CurrentMedia, Media),
    rule("MachineGuid", F::MachineGuid, Text),
    rule("SignatureSound", F::SignatureSound, Object),
    rule("DDP", F::DynamicPicture, Object),
    rule("Scene", F::Scene, Object),
    rule("ColorScheme", F::ColourScheme, Text),
    rule("UserTileLocation", F::UserTile, Object),
    rule("FriendlyName", F::FriendlyName, Text),
    rule("RUM", F::Rum, Text),
    rule("RMU", F::Rum, Text),
    rule("EndpointData", F::Endpoint, Group),
    rule("EndpointData@id", F::EndpointId, Text),
    rule("PrivateEndpointData", F::Endpoint, Group),
    rule("PrivateEndpointData@id", F::EndpointId, Text),
    rule("Capabilities", F::Capabilities, Capabilities),
    rule("EpName", F::EndpointName, Text),
    rule("Idle", F::EndpointIdle, Flag),
    rule("ClientType", F::EndpointType, Number),
    rule("State", F::Status, Status),
    rule("Status", F::Status, Status),
    rule("user/s", F::PresenceService, Group),
    rule("user/s@n", F::ServiceName, Text),
    rule("sep", F::Endpoint, Group),
    rule("sep@n", F::ServiceName, Text),
    rule("sep@epid", F::EndpointId, Text),
    rule("network/status", F::NetworkStatus, Text),
    rule("roster", F::CircleRoster, Group),
    rule("roster/id", F::ServiceName, Text),
    rule("user/id", F::Account, Account),
    // NOT and IPG.
    rule("NOTIFICATION@ver", F::NotificationVersion, Text),
    rule("NOTIFICATION@id", F::NotificationId, Text),
    rule("NOTIFICATION@siteid", F::NotificationSite, Text),
    rule("NOTIFICATION@siteurl", F::NotificationSiteUrl, Text),
    rule("TO@pid", F::NotificationToId, Text),
    rule("TO@name", F::NotificationTo, Text),
    rule("TO@email", F::NotificationToMail, Text),
    rule("FROM@pid", F::NotificationFromId, Text),
    rule("FROM@name", F::NotificationFrom, Text),
    rule("VIA@agent", F::NotificationAgent, Text),
    rule("MSG@pri", F::NotificationPriority, Text),
    rule("MSG@id", F::NotificationMessage, Text),
    rule("ACTION@url", F::NotificationAction, Text),
    rule("SUBSCR@url", F::NotificationSubscription, Text),
    rule("CAT@id", F::NotificationCategory, Text),
    rule("BODY", F::NotificationBody, Nested),
    rule("BODY@lang", F::NotificationLanguage, Text),
    rule("BODY@icon", F::NotificationIcon, Text),
    rule("TEXT", F::NotificationText, Nested),
    rule("TEXTX", F::NotificationText, Nested),
    rule("NotificationData/Service", F::NotificationService, Text),
    rule("CID", F::NotificationCid, Text),
    rule("CircleId", F::NotificationCircle, Text),
    rule("LastModifiedDate", F::NotificationModified, Text),
    rule("HasNewItem", F::NotificationNewItem, Flag),
    // Mail-Data.
    rule("E/I", F::MailInboxTotal, Number),
    rule("E/IU", F::MailInboxUnread, Number),
    rule("E/O", F::MailOtherTotal, Number),
    rule("E/OU", F::MailOtherUnread, Number),
    rule("Q/QTM", F::MailQuota, Number),
    rule("Q/QNM", F::MailQuotaNotice, Number),
    rule("MD/M", F::MailMessage, Group),
    rule("M/T", F::MailType, Number),
    rule("M/S", F::MailStatus, Number),
    rule("M/RT", F::MailReceived, Text),
    rule("M/RS", F::MailRead, Flag),
    rule("M/SZ", F::MailSize, Number),
    rule("M/E", F::MailFromAddress, Text),
    rule("M/I", F::MailMessageId, Text),
    rule("M/F", F::MailFolder, Text),
    rule("M/N", F::MailFrom, Words),
    rule("M/Su", F::MailSubject, Words),
    // GCF.
    rule("Policies/Policy", F::Policy, Group),
    rule("Policies/Policy@type", F::PolicyType, Text),
    rule("Policies/Policy@checksum", F::PolicyChecksum, Text),
    // UUN and UBN.
    rule("SNM@opcode", F::SharingOpcode, Text),
    rule("SNM@csid", F::SharingId, Text),
    rule("SNM@priority", F::SharingPriority, Number),
    rule("SNM@reason", F::SharingReason, Text),
    rule("sip@i", F::SipId, Text),
    rule("sip/msg", F::SipMessage, Sip),
];

/// The rule for an element or attribute.
pub(crate) fn find(
    parent: &str,
    element: &str,
    attribute: Option<&str>,
) -> Option<&'static XmlKey> {
    RULES.iter().find(|rule| {
        rule.element == element.as_bytes()
            && rule.attribute == attribute.map(str::as_bytes)
            && rule.parent.is_none_or(|outer| outer == parent.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_unique_and_found() {
        let path = |rule: &XmlKey| (rule.parent, rule.element, rule.attribute);
        for (index, rule) in RULES.iter().enumerate() {
            let others = &RULES[..index];
            assert!(others.iter().all(|r| path(r) != path(rule)), "{rule:?}");
        }
        let field = |parent, element, attribute| {
            let rule = find(parent, element, attribute);
            rule.map(|rule| rule.field)
        };
        assert_eq!(field("M", "I", None), Some(F::MailMessageId));
        assert_eq!(field("Policies", "Policy", None), Some(F::Policy));
        assert_eq!(
            field("Policies", "Policy", Some("type")),
            Some(F::PolicyType)
        );
        assert_eq!(field("Policy", "Policy", Some("type")), None);
        assert_eq!(field("Data", "PSM", None), Some(F::PersonalMessage));
    }
}
