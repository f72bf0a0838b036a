//! The contacts of ADL, RML and FQY.

use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::payload::view::PayloadView;
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::ValueBytes;
use crate::msn::msnp::wire::contact_outline::ContactOutline;
use crate::msn::msnp::wire::contact_xml::{contacts, initial_list_flag, Contact};
use crate::span::Span;
use crate::xml::Xml;

/// Shows the contacts of a document.
pub(crate) fn show(
    page: &mut PayloadView<'_, '_, '_>,
    depth: u8,
    data: &[u8],
    xml: &Xml<'_>,
) -> String {
    if let Some(initial) = initial_list_flag(xml) {
        let item = page
            .plan
            .derived(depth, Field::InitialList, initial.span, &initial.value);
        if initial.value == "1" {
            page.plan
                .label(item, "Initial list: 1 (the first after login)");
        }
    }
    let contacts = contacts(xml);
    for contact in &contacts {
        show_contact(page, depth, data, contact);
    }
    summary(&ContactOutline {
        first: contacts
            .first()
            .map(|contact| contact.account.value.clone()),
        count: contacts.len(),
    })
}

/// The text for the Info column.
pub(crate) fn summary(list: &ContactOutline) -> String {
    match (&list.first, list.count.saturating_sub(1)) {
        (None, _) => String::new(),
        (Some(first), 0) => first.clone(),
        (Some(first), more) => format!("{first} and {more} more"),
    }
}

fn show_contact(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], contact: &Contact) {
    let heading = page.plan.heading(depth, Field::Contact, contact.span);
    let account = &contact.account;
    page.plan
        .label_args(heading, format_args!("Contact: {}", account.value));
    let depth = depth + 1;
    page.plan
        .derived(depth, Field::Account, account.span, &account.value);
    if let Some(lists) = contact.lists {
        list_bits(page, depth, data, lists.span);
    }
    if let Some(network) = contact.network {
        page.plan
            .number(depth, Field::Network, network.span, network.value);
    }
    if let Some(name) = &contact.friendly_name {
        page.plan
            .derived(depth, Field::FriendlyName, name.span, &name.value);
    }
    for service in &contact.services {
        let name = &service.name;
        page.plan
            .derived(depth, Field::ServiceName, name.span, &name.value);
        if let Some(lists) = service.lists {
            list_bits(page, depth + 1, data, lists.span);
        }
    }
}

fn list_bits(page: &mut PayloadView<'_, '_, '_>, depth: u8, data: &[u8], span: Span) {
    let piece = ValueBytes::of(data, span);
    if show_values::bits(page.plan, depth, Field::Lists, piece).is_none() {
        let item = page.plan.bytes(depth, Field::BadXml, span);
        page.note_unless_cut(Note::BadValue, item, Some("Invalid list bitmask"));
    }
}
