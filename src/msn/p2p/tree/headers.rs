//! Tree items of the headers of both versions.

use crate::msn::p2p::fields::{Field, Note};
use crate::msn::p2p::wire::packet::{P2pHeader, P2pPacket};
use crate::msn::p2p::wire::{codes, v1, v2};
use crate::plan::{ItemId, Plan};

/// Shows the headers of a packet.
pub(crate) fn show(plan: &mut Plan<'_>, depth: u8, p2p: &P2pPacket, bytes: &[u8], root: ItemId) {
    let refused = match &p2p.header {
        P2pHeader::V1(header) => {
            first(plan, depth, header, bytes);
            let errors = codes::NAK | codes::BINARY_ERROR | codes::ERROR;
            header.flags.value & errors != 0
        }
        P2pHeader::V2(header) => {
            second(plan, depth, header);
            header.nak_number().is_some()
        }
    };
    if refused {
        plan.note(Note::Refused, root);
    }
}

fn first(plan: &mut Plan<'_>, depth: u8, header: &v1::HeaderV1, bytes: &[u8]) {
    plan.heading(depth, Field::Header, header.span);
    let depth = depth + 1;
    plan.number(
        depth,
        Field::Session,
        header.session.span,
        header.session.value,
    );
    plan.number(
        depth,
        Field::Identifier,
        header.identifier.span,
        header.identifier.value,
    );
    plan.number(
        depth,
        Field::Offset,
        header.offset.span,
        header.offset.value,
    );
    plan.number(depth, Field::Total, header.total.span, header.total.value);
    plan.number(
        depth,
        Field::Length,
        header.length.span,
        header.length.value,
    );
    let flags = header.flags;
    plan.masked(depth, Field::Flags, flags.span, flags.value);
    if let Some(nonce) = header.nonce(bytes) {
        plan.derived(depth, Field::Nonce, nonce.span, &nonce.value.to_string());
        return;
    }
    let (identifier, unique) = (header.ack_identifier, header.ack_unique);
    plan.number(
        depth,
        Field::AckIdentifier,
        identifier.span,
        identifier.value,
    );
    plan.number(depth, Field::AckUnique, unique.span, unique.value);
    plan.number(
        depth,
        Field::AckSize,
        header.ack_size.span,
        header.ack_size.value,
    );
}

fn second(plan: &mut Plan<'_>, depth: u8, header: &v2::HeaderV2) {
    plan.heading(depth, Field::Header, header.span);
    let inner = depth + 1;
    plan.number(
        inner,
        Field::HeaderLength,
        header.length.span,
        header.length.value,
    );
    let operation = header.operation;
    plan.masked(inner, Field::Operation, operation.span, operation.value);
    let payload = header.payload_length;
    plan.number(inner, Field::PayloadLength, payload.span, payload.value);
    plan.number(
        inner,
        Field::Sequence,
        header.sequence.span,
        header.sequence.value,
    );
    for tlv in &header.tlvs {
        show_tlv(plan, inner, tlv, Field::TlvType);
    }
    if let Some(padding) = header.padding {
        plan.bytes(inner, Field::Padding, padding);
    }
    if let Some(data) = &header.data {
        data_header(plan, depth, data);
    }
}

fn data_header(plan: &mut Plan<'_>, depth: u8, data: &v2::DataHeader) {
    plan.heading(depth, Field::DataHeader, data.span);
    let depth = depth + 1;
    plan.number(
        depth,
        Field::DataHeaderLength,
        data.length.span,
        data.length.value,
    );
    plan.number(depth, Field::DataType, data.kind.span, data.kind.value);
    plan.number(depth, Field::Package, data.package.span, data.package.value);
    plan.number(depth, Field::Session, data.session.span, data.session.value);
    for tlv in &data.tlvs {
        show_tlv(plan, depth, tlv, Field::DataTlvType);
    }
    if let Some(padding) = data.padding {
        plan.bytes(depth, Field::Padding, padding);
    }
}

fn show_tlv(plan: &mut Plan<'_>, depth: u8, tlv: &v2::Tlv, kind: Field) {
    let item = plan.heading(depth, Field::Tlv, tlv.span);
    if plan.shows_tree() {
        let table = match kind {
            Field::DataTlvType => codes::DATA_TLVS,
            _ => codes::TRANSPORT_TLVS,
        };
        let name = table.name(tlv.kind.value.into()).unwrap_or("unknown");
        plan.label_args(item, format_args!("TLV: {name}"));
    }
    let depth = depth + 1;
    plan.number(depth, kind, tlv.kind.span, tlv.kind.value);
    plan.number(depth, Field::TlvLength, tlv.length.span, tlv.length.value);
    let span = tlv.value_span;
    match tlv.value {
        v2::TlvValue::Peer(peer) => show_peer(plan, depth, span, &peer),
        v2::TlvValue::Acknowledged(number) => {
            plan.number(depth, Field::AckSequence, span, number);
        }
        v2::TlvValue::Missing(number) => {
            plan.number(depth, Field::NakSequence, span, number);
        }
        v2::TlvValue::Remaining(number) => {
            plan.number(depth, Field::Remaining, span, number);
        }
        v2::TlvValue::Unknown => {
            plan.bytes(depth, Field::TlvValue, span);
        }
    }
}

fn show_peer(plan: &mut Plan<'_>, depth: u8, span: crate::span::Span, peer: &v2::ClientInfo) {
    plan.heading(depth, Field::Peer, span);
    let depth = depth + 1;
    for (field, number) in [
        (Field::PeerProtocol, peer.protocol),
        (Field::PeerImplementation, peer.implementation),
        (Field::PeerVersion, peer.version),
        (Field::PeerReserved, peer.reserved),
    ] {
        plan.number(depth, field, number.span, number.value);
    }
    let capabilities = peer.capabilities;
    plan.number(
        depth,
        Field::PeerCapabilities,
        capabilities.span,
        capabilities.value,
    );
}
