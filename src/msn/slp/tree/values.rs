//! Tree items of values, by type.

use std::net::IpAddr;

use crate::msn::common::guid::Guid;
use crate::msn::common::number::{decimal, decimal_or_signed};
use crate::msn::slp::fields::{Field, Note};
use crate::msn::slp::wire::addresses::{flag, SlpEndpoint};
use crate::plan::Plan;
use crate::span::{Span, Spanned};

/// Notes that the value is invalid for its key.
pub(crate) fn bad_value(plan: &mut Plan<'_>, value: Span) {
    let item = plan.item_at(value);
    plan.note(Note::BadValue, item);
}

/// The fields of an address and its port.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EndpointFields {
    v4: Field,
    v6: Field,
    port: Field,
}

pub(crate) const INTERNAL: EndpointFields = EndpointFields {
    v4: Field::InternalAddress,
    v6: Field::Ipv6Address,
    port: Field::InternalPort,
};
pub(crate) const EXTERNAL: EndpointFields = EndpointFields {
    v4: Field::ExternalAddress,
    v6: Field::Ipv6Address,
    port: Field::ExternalPort,
};
pub(crate) const IPV6: EndpointFields = EndpointFields {
    v4: Field::ExternalAddress,
    v6: Field::Ipv6Address,
    port: Field::Ipv6Port,
};

pub(crate) fn guid(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    plan.text(depth, field, span);
    if Guid::parse(span.of(data)).is_none() {
        bad_value(plan, span);
    }
}

pub(crate) fn number(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    match decimal_or_signed(span.of(data)) {
        Some(number) => {
            plan.number(depth, field, span, number);
        }
        None => bad_value(plan, span),
    }
}

pub(crate) fn boolean(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, data: &[u8]) {
    match flag(span.of(data)) {
        Some(flag) => {
            plan.number(depth, field, span, flag);
        }
        None => bad_value(plan, span),
    }
}

pub(crate) fn port(plan: &mut Plan<'_>, depth: u8, field: Field, span: Span, text: &[u8]) {
    match decimal(text).and_then(|port| u16::try_from(port).ok()) {
        Some(port) => {
            plan.number(depth, field, span, port);
        }
        None => bad_value(plan, span),
    }
}

pub(crate) fn addresses(
    plan: &mut Plan<'_>,
    depth: u8,
    fields: EndpointFields,
    span: Span,
    endpoints: &[Spanned<SlpEndpoint>],
) {
    if endpoints.is_empty() && span.len > 0 {
        bad_value(plan, span);
    }
    for end in endpoints {
        let at = Span::new(span.start.saturating_add(end.span.start), end.span.len);
        match end.value.address {
            IpAddr::V4(address) => {
                plan.number(depth, fields.v4, at, u32::from(address));
            }
            IpAddr::V6(address) => {
                plan.derived(depth, fields.v6, at, &address.to_string());
            }
        }
        if let Some(number) = end.value.port {
            plan.number(depth, fields.port, at, number);
        }
    }
}
