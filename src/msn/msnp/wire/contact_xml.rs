//! The contacts of ADL, RML and FQY payloads.
//!
//! `<ml l="1"><d n="example.com"><c n="bob" l="3" t="1"/></d><t><c n="tel:+1…" l="3"/></t></ml>`.
//! `l` is a number of list bits, `t` a network; names of contacts (`f`) are URL-encoded. From
//! MSNP18 on, `<s n="IM" l="3"/>` in a contact gives lists by service.
//! Source: docs/protocol/msnp.md §2.4, §4.2, §4.3.

use roxmltree::Node;

use crate::msn::common::number::decimal;
use crate::msn::common::percent;
use crate::span::{Span, Spanned};
use crate::xml::Xml;

/// One contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The whole element.
    pub span: Span,
    /// `user@domain`, or a telephone number (`tel:+…`). The span is that of `user`.
    pub account: Spanned<String>,
    /// List bits.
    pub lists: Option<Spanned<u32>>,
    /// Network id.
    pub network: Option<Spanned<u32>>,
    /// Friendly name, decoded.
    pub friendly_name: Option<Spanned<String>>,
    /// List bits by service.
    pub services: Vec<Service>,
}

/// The lists of one service: `IM`, `PE`, `PD`, `PF`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub name: Spanned<String>,
    /// List bits.
    pub lists: Option<Spanned<u32>>,
}

/// The root's `l`: `1` marks the first list after login.
pub fn initial_list_flag(xml: &Xml<'_>) -> Option<Spanned<String>> {
    text(xml, xml.root_node(), "l")
}

/// Every contact, in order.
pub fn contacts(xml: &Xml<'_>) -> Vec<Contact> {
    let contacts = xml.root_node().descendants();
    let contacts = contacts.filter(|node| node.has_tag_name("c"));
    contacts.map(|node| contact(xml, node)).collect()
}

fn account(xml: &Xml<'_>, node: Node<'_, '_>) -> Spanned<String> {
    let absent = || Spanned::new(String::new(), xml.span(node.range()));
    let mut account = text(xml, node, "n").unwrap_or_else(absent);
    let domain = node.parent_element().filter(|d| d.has_tag_name("d"));
    if let Some(domain) = domain.and_then(|d| d.attribute("n")) {
        account.value.push('@');
        account.value.push_str(domain);
    }
    account
}

fn contact(xml: &Xml<'_>, node: Node<'_, '_>) -> Contact {
    let friendly_name = text(xml, node, "f");
    let services = node.children().filter(|child| child.has_tag_name("s"));
    let services = services.filter_map(|service| {
        Some(Service {
            name: text(xml, service, "n")?,
            lists: number(xml, service, "l"),
        })
    });
    Contact {
        span: xml.span(node.range()),
        account: account(xml, node),
        lists: number(xml, node, "l"),
        network: number(xml, node, "t"),
        friendly_name: friendly_name.map(|name| Spanned {
            value: percent::text(name.value.as_bytes()).into_owned(),
            span: name.span,
        }),
        services: services.collect(),
    }
}

fn text(xml: &Xml<'_>, node: Node<'_, '_>, name: &str) -> Option<Spanned<String>> {
    let attribute = node.attribute_node(name)?;
    let range = xml.value_range(attribute);
    let span = xml.span(range.clone());
    Some(Spanned::new(xml.value(range).into_owned(), span))
}

fn number(xml: &Xml<'_>, node: Node<'_, '_>, name: &str) -> Option<Spanned<u32>> {
    let attribute = node.attribute_node(name)?;
    let number = decimal(attribute.value().as_bytes())?;
    Some(Spanned::new(number, xml.span(xml.value_range(attribute))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::source;

    /// The documented payload of ADL, with another account.
    #[test]
    fn contacts_have_accounts_lists_and_networks() {
        let data = br#"<ml l="1"><d n="example.com"><c n="alice" l="3" t="1" /></d><t><c n="tel:+15551111222" l="3" /></t></ml>"#;
        let source = source(data).unwrap();
        let xml = source.parse().unwrap();
        assert_eq!(initial_list_flag(&xml).unwrap().value, "1");
        let found = contacts(&xml);
        assert_eq!(found[0].account.value, "alice@example.com");
        assert_eq!(found[0].account.span.of(data), b"alice");
        assert_eq!(
            found[0].lists.map(|l| (l.value, l.span.of(data))),
            Some((3, &b"3"[..]))
        );
        assert_eq!(found[0].network.map(|n| n.value), Some(1));
        assert_eq!(
            found[0].span.of(data),
            &br#"<c n="alice" l="3" t="1" />"#[..]
        );
        assert_eq!(found[1].account.value, "tel:+15551111222");
        assert_eq!((found.len(), found[1].network), (2, None));
    }

    #[test]
    fn names_are_decoded_and_services_listed() {
        let data = br#"<ml><d n="e.org"><c n="bob" t="x" f="Bob%20B"><s n="IM" l="3"/><s l="1"/></c></d><c/></ml>"#;
        let source = source(data).unwrap();
        let xml = source.parse().unwrap();
        let found = contacts(&xml);
        assert_eq!(found[0].friendly_name.as_ref().unwrap().value, "Bob B");
        assert_eq!((found[0].network, found[0].services.len()), (None, 1));
        assert_eq!(found[0].services[0].lists.unwrap().value, 3);
        assert_eq!(found[1].account.value, "");
        assert_eq!(initial_list_flag(&xml), None);
    }
}
