//! Items that the session adds to a PDU: responses, links to other connections, and the
//! state of its own connection. All of them are generated.

use crate::msn::common::mime::Headers;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::state::tracker::links::LineLinks;
use crate::msn::msnp::state::tracker::{LineTracker, MsnpShared};
use crate::msn::msnp::tree::connection::{text, Connection};
use crate::msn::msnp::tree::parties::Parties;
use crate::msn::msnp::wire::challenge::ChallengeVerdict;
use crate::msn::msnp::wire::command::MsnpCommand;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// One PDU and its context.
pub(crate) struct PduView<'a, 'p> {
    pub(crate) packet: &'a Packet<'p>,
    pub(crate) tracker: &'a LineTracker,
    pub(crate) shared: &'a MsnpShared,
    pub(crate) key: PduKey,
    /// The type of a notification or of a message of another network.
    pub(crate) payload_type: Option<u32>,
    /// The headers of its payload, if it is a message.
    pub(crate) headers: Option<&'a Headers>,
}

impl PduView<'_, '_> {
    fn link(&self) -> Option<LineLinks> {
        self.tracker.requests.link(self.key)
    }

    /// Adds the items and notes of a PDU whose item is `root`. `before` is the state of
    /// the connection shown by the preceding PDUs of the packet.
    pub(crate) fn show(
        &self,
        plan: &mut Plan<'_>,
        pdu: &Pdu,
        words: &Parameters<'_>,
        root: ItemId,
        before: &mut Option<Connection>,
    ) {
        if let Some(link) = self.link() {
            self.show_link(plan, &link, root);
        }
        self.show_parties(plan, pdu, words);
        if let Some(contact) = self.tracker.contacts.account(self.key) {
            text(plan, (1, Field::ContactAccount), &contact);
        }
        self.show_list_changes(plan, words);
        if let LineHead::Error(_) = pdu.line.head {
            if let Some(request) = self.tracker.refused_request(self.key) {
                let verb = String::from_utf8_lossy(&request.verb);
                let item = plan.derived(1, Field::RefusedCommand, Span::default(), &verb);
                plan.mark_generated(item);
            }
        }
        if pdu.command.is_some_and(MsnpCommand::is_referral) {
            self.show_setup(plan);
        }
        self.show_closed_window(plan, pdu);
        let connection = self.connection();
        let heading = connection.show(plan);
        match before {
            Some(before) if before.agrees_with(&connection) => {
                plan.hide_from(heading);
                before.complete(connection);
            }
            _ => *before = Some(connection),
        }
    }

    fn show_parties(&self, plan: &mut Plan<'_>, pdu: &Pdu, words: &Parameters<'_>) {
        if pdu.command.is_some_and(|command| command.is_message) {
            let data = self.packet.bytes;
            Parties::of(self.tracker, self.key, words, (pdu, data), self.headers).show(plan);
        }
    }

    /// Shows the contacts of an accepted request to add or to remove them.
    fn show_list_changes(&self, plan: &mut Plan<'_>, words: &Parameters<'_>) {
        let request = self.link().and_then(|link| link.response_to);
        let Some(request) = request.filter(|_| words.word(Meaning::Outcome).is_some()) else {
            return;
        };
        for entry in self.tracker.list_requests.entries(request.key) {
            text(plan, (1, Field::ContactAccount), entry.account.as_bytes());
            if entry.lists != 0 {
                let lists = plan.masked(2, Field::Lists, Span::default(), entry.lists);
                plan.mark_generated(lists);
            }
        }
    }

    /// Shows the conversation whose window was closed at another endpoint.
    fn show_closed_window(&self, plan: &mut Plan<'_>, pdu: &Pdu) {
        let is_notification = |command: &MsnpCommand| command.has(Meaning::NotificationType);
        let payload = pdu.payload.filter(|_| {
            self.payload_type == Some(content::CLOSED_WINDOW)
                && pdu.command.is_some_and(is_notification)
        });
        let Some(payload) = payload else {
            return;
        };
        let bytes = payload.span.of(self.packet.bytes);
        let Some((session, _)) = content::closed_window(bytes) else {
            return;
        };
        let chats = &self.shared.chats;
        if let Some(chat) = chats.by_session_id(session.of(bytes), self.key) {
            plan.generated(1, Field::Chat, chats.number(chat, self.key));
        }
    }

    fn show_link(&self, plan: &mut Plan<'_>, link: &LineLinks, root: ItemId) {
        if link.awaits_response || link.response_in.is_some() {
            plan.generated(1, Field::Request, 1_u64);
        }
        if let Some(frame) = link.response_in {
            plan.generated(1, Field::ResponseIn, frame);
        }
        if let Some(request) = link.response_to {
            plan.generated(1, Field::ResponseTo, request.key.frame);
            text(plan, (2, Field::AnsweredCommand), &request.verb);
            plan.generated(1, Field::Time, request.delay as u64);
        }
        match link.challenge {
            Some(ChallengeVerdict::Right(algorithm)) => {
                plan.generated(1, Field::ChallengeRight, 1_u64);
                text(
                    plan,
                    (2, Field::ChallengeAlgorithm),
                    algorithm.name().as_bytes(),
                );
            }
            Some(ChallengeVerdict::Wrong { expected }) => {
                let item = plan.generated(1, Field::ChallengeRight, 0_u64);
                plan.note(Note::ChallengeWrong, item);
                text(plan, (2, Field::ChallengeExpected), &expected);
            }
            _ => {}
        }
        if let Some(frame) = link.duplicate_of {
            let text = format!(
                "Transaction ID is already in use by the unanswered command in frame {frame}"
            );
            plan.note_text(Note::Duplicate, root, &text);
        }
        if link.is_orphan {
            plan.note(Note::Orphan, root);
        }
        let exchanges = &self.tracker.requests;
        if exchanges.is_unanswered(self.packet, link) {
            plan.note(Note::Unanswered, root);
        }
    }

    /// Shows where the connection announced by this PDU begins, and its conversation.
    fn show_setup(&self, plan: &mut Plan<'_>) {
        let referrals = &self.shared.referrals;
        if let Some(frame) = referrals.endpoints.connection_of(self.key) {
            plan.generated(1, Field::SetupConnection, frame);
        }
        if let Some(chat) = referrals.chat_of(self.key) {
            plan.generated(1, Field::Chat, self.shared.chats.number(chat, self.key));
        }
    }

    fn connection(&self) -> Connection {
        let known = self.tracker.line_context(self.packet, self.key);
        // Only after the first pass it is known that no negotiation was seen.
        let is_known = known.dialect.is_some() || self.packet.first_pass;
        let referral = self.tracker.referral();
        let by = referral.and_then(|id| self.shared.referral(id)?.announced_by().first());
        let chats = &self.shared.chats;
        let chat = self.tracker.chat(self.key);
        Connection {
            from_client: known.from_client,
            role: known.role,
            dialect: known.dialect,
            least_dialect: self.tracker.least_dialect().filter(|_| !is_known),
            account: self.tracker.account(self.key).map(<[u8]>::to_vec),
            setup_frame: by.map(|by| by.frame),
            chat: chat.map(|chat| {
                let participants = chats.participants(chat, self.key);
                (chats.number(chat, self.key), participants)
            }),
        }
    }
}
