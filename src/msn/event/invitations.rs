//! Invitations before MSNSLP (`text/x-msmsgsinvite`): files, voice and others.

use crate::event::{Event, EventKind, Subject, Transfer, TransferStep};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnftp::fields::Field as FtpField;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::invitation::{application, cancel_code};

/// Beginning of the codes with which a user, or the program in place of the user, declines.
const REJECT: &str = "REJECT";

/// Adds the event of an invitation, or of an answer to one.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let Some(command) = pdu.items.text(Field::InvitationCommand) else {
        return;
    };
    let code = pdu
        .items
        .text(Field::InvitationCancelCode)
        .unwrap_or_default();
    let step = match command.to_ascii_uppercase().as_str() {
        "INVITE" => TransferStep::Offered,
        // The one who listens accepts once more, with an address.
        "ACCEPT" if pdu.items.has(Field::InvitationAuthCookie) => return,
        "ACCEPT" => TransferStep::Accepted,
        "CANCEL" if code.to_ascii_uppercase().starts_with(REJECT) => TransferStep::Refused,
        "CANCEL" => TransferStep::Cancelled,
        _ => return,
    };
    let transfer = Transfer {
        step,
        what: what(pdu),
        name: pdu.items.text(FtpField::FileName).unwrap_or_default(),
        size: pdu.items.number(Field::InvitationFileSize),
        id: pdu.items.text(Field::InvitationCookie).unwrap_or_default(),
        reason: cancel_code(&code).map_or(code, str::to_owned),
        picture: None,
    };
    events.push(context.event(EventKind::Transfer(transfer)));
}

/// What somebody is invited to.
fn what(pdu: &MsnpPdu<'_>) -> Subject {
    if pdu.items.has(FtpField::FileName) {
        return Subject::File;
    }
    let guid = pdu.items.text(Field::InvitationGuid).unwrap_or_default();
    let name = application(&guid).map(str::to_owned);
    let name = name.or_else(|| pdu.items.text(Field::InvitationApplication));
    Subject::Other(name.unwrap_or_else(|| "invitation".to_owned()))
}
