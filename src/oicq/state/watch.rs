//! Recognition of QQ conversations over UDP.
//!
//! Many devices send `02 ... 03`, and some of their bytes can look like a version and a
//! command by chance. A conversation is accepted as QQ on
//!
//! * one frame that does not occur by chance: with a client block, with a body in clear
//!   that fits, or with a ciphertext that a key decrypts;
//! * one frame of a known client, with a command of its era and direction, unless
//!   look-alikes came before;
//! * two frames that agree in account, version, direction and sequence.
//!
//! Other devices may have a counter in place of the command: frames that continue it in
//! equal steps are rejected as long as the evidence for QQ is weak.
//!
//! From then on frames that agree with earlier ones are accepted. Others reduce the
//! trust, and the conversation is released when none is left. A frame that does not occur
//! by chance reclaims it, as do frames that agree with earlier ones or with each other.

#[cfg(test)]
mod tests;

use crate::oicq::state::evidence::Grade;
use crate::oicq::state::trace::{ClientTrace, FrameTrace};
use crate::oicq::wire::frame::Frame;
use crate::packet::{Packet, PduKey};

/// Number of frames kept, to compare with later ones.
const TRACES: usize = 16;
/// Maximum trust in a conversation, and number of unrelated datagrams that release it.
const MAX_TRUST: u8 = 8;
/// Trust in a conversation after a frame of [`Grade::Certain`].
const CERTAIN_TRUST: u8 = 4;
/// Maximum look-alikes before a frame of a known client, so that it is still proof.
const MAX_LOOKALIKES: u8 = 1;
/// Maximum frames of a conversation on which keys are tried as proof.
const MAX_PROOFS: u32 = 4;
/// Number of frames with a counter as command from which on the conversation is that of
/// another device.
const MAX_COUNTERS: u8 = 8;

/// Owner of a conversation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum ConversationOwner {
    /// Undecided.
    #[default]
    Open,
    /// QQ.
    Qq,
    /// It was QQ and has been released.
    Released,
}

/// The state of one conversation, needed in the first pass only.
#[derive(Debug, Default)]
pub(crate) struct ConversationWatch {
    /// The last datagram judged, and whether it was accepted.
    last: Option<(PduKey, bool)>,
    owner: ConversationOwner,
    /// Number of look-alikes that release the conversation.
    trust: u8,
    /// Datagrams since the last QQ frame that are not even look-alikes.
    unrelated: u8,
    /// Consecutive frames that agreed with an earlier one, while the conversation is not
    /// QQ.
    agreed: u8,
    /// Look-alikes that agree with no earlier frame, while the conversation is not QQ.
    lookalikes: u8,
    /// Frames whose command was a counter, while the evidence for QQ is weak.
    counters: u8,
    client: ClientTrace,
    /// Ring buffer of the last frames.
    traces: Vec<FrameTrace>,
    /// Number of frames that were added to it.
    added: u32,
}

/// A datagram that begins like a frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Datagram<'a> {
    pub(crate) frame: &'a Frame,
    /// `None` if it does not have the layout of a frame.
    pub(crate) grade: Option<Grade>,
}

/// Verdict on a datagram in its conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatagramVerdict {
    /// QQ, as proved by its account, its request or its grade.
    Agrees,
    /// Presumably QQ.
    Fits,
    /// No evidence for or against: a repetition, or an agreement that is not enough yet.
    Repeats,
    /// Not QQ.
    Differs,
}

impl ConversationWatch {
    /// Whether the datagram is QQ, in the first pass. Judges it once. `suspect` returns `None`
    /// if it does not begin like a frame.
    pub(crate) fn judge<'a>(
        &mut self,
        packet: &Packet<'_>,
        suspect: impl FnOnce(&Self) -> Option<Datagram<'a>>,
    ) -> bool {
        let key = packet.key(0);
        if let Some((_, taken)) = self.last.filter(|(last, _)| *last == key) {
            return taken;
        }
        let suspect = suspect(self);
        let taken = self.decide(packet, suspect);
        self.last = Some((key, taken));
        taken
    }

    /// Whether to try keys on a frame as proof.
    pub(crate) fn wants_proof(&self) -> bool {
        self.owner != ConversationOwner::Qq && self.added < MAX_PROOFS
    }

    fn decide(&mut self, packet: &Packet<'_>, suspect: Option<Datagram<'_>>) -> bool {
        let Some(Datagram { frame, grade }) = suspect else {
            let has_payload = u8::from(packet.reported > 0);
            self.unrelated = self.unrelated.saturating_add(has_payload);
            if self.owner == ConversationOwner::Qq && self.unrelated >= MAX_TRUST {
                self.owner = ConversationOwner::Released;
            }
            return false;
        };
        let trace = FrameTrace::of(packet, frame, grade);
        let is_counter = grade != Some(Grade::Certain)
            && (self.owner != ConversationOwner::Qq || self.trust < CERTAIN_TRUST)
            && self.continues_counter(&trace);
        self.counters = self.counters.saturating_add(u8::from(is_counter));
        let verdict = match self.owner {
            _ if is_counter => DatagramVerdict::Differs,
            ConversationOwner::Qq => self.judge_owned(&trace, grade),
            ConversationOwner::Open | ConversationOwner::Released => {
                self.judge_unowned(&trace, grade)
            }
        };
        match verdict {
            DatagramVerdict::Agrees | DatagramVerdict::Fits => self.accept(&trace, grade, verdict),
            DatagramVerdict::Differs => self.refuse(grade),
            DatagramVerdict::Repeats => {}
        }
        let taken = matches!(verdict, DatagramVerdict::Agrees | DatagramVerdict::Fits);
        if taken || (grade.is_some() && verdict == DatagramVerdict::Differs) {
            self.add(trace);
        }
        taken
    }

    fn add(&mut self, trace: FrameTrace) {
        let place = self.added as usize % TRACES;
        if let Some(oldest) = self.traces.get_mut(place) {
            *oldest = trace;
        } else {
            if self.traces.len() == self.traces.capacity() {
                // Most conversations are short.
                self.traces.reserve_exact(self.traces.len().max(2));
            }
            self.traces.push(trace);
        }
        self.added = self.added.wrapping_add(1);
    }

    fn accept(&mut self, trace: &FrameTrace, grade: Option<Grade>, verdict: DatagramVerdict) {
        self.trust = match (self.owner, verdict) {
            (ConversationOwner::Qq, DatagramVerdict::Agrees) => (self.trust + 1).min(MAX_TRUST),
            (ConversationOwner::Qq, _) => self.trust.max((self.trust + 1).min(CERTAIN_TRUST - 1)),
            _ if grade == Some(Grade::Certain) => CERTAIN_TRUST,
            (_, DatagramVerdict::Agrees) => 2,
            _ => 1,
        };
        if self.owner != ConversationOwner::Qq {
            // Frames that agree are of one client.
            for before in &self.traces {
                if trace.agrees(before) {
                    self.client.learn(before);
                }
            }
        }
        self.owner = ConversationOwner::Qq;
        (self.agreed, self.lookalikes, self.unrelated) = (0, 0, 0);
        self.client.learn(trace);
    }

    /// Records a look-alike that agrees with no earlier frame.
    fn refuse(&mut self, grade: Option<Grade>) {
        if self.owner == ConversationOwner::Qq {
            let weight = if grade >= Some(Grade::Known) { 1 } else { 2 };
            self.trust = self.trust.saturating_sub(weight);
            if self.trust == 0 {
                self.owner = ConversationOwner::Released;
            }
        } else {
            self.lookalikes = self.lookalikes.saturating_add(1);
            self.agreed = 0;
        }
    }

    fn traces(&self) -> impl Iterator<Item = &FrameTrace> + Clone {
        self.traces.iter()
    }

    /// Whether the ciphertext is more similar to earlier ones than ciphertexts are. By
    /// chance one byte in 256 is equal.
    fn is_too_similar(&self, trace: &FrameTrace) -> bool {
        const BY_CHANCE: usize = 4;
        let alike: usize = self.traces().map(|before| trace.equal_bytes(before)).sum();
        alike > BY_CHANCE + self.traces().count()
    }

    /// Verdict on a frame while the conversation is not QQ.
    fn judge_unowned(&mut self, trace: &FrameTrace, grade: Option<Grade>) -> DatagramVerdict {
        let Some(grade) = grade else {
            return DatagramVerdict::Differs;
        };
        let is_open = self.owner == ConversationOwner::Open;
        match grade {
            Grade::Certain => return DatagramVerdict::Agrees,
            _ if self.counters >= MAX_COUNTERS || self.is_too_similar(trace) => {
                return DatagramVerdict::Differs;
            }
            Grade::Known if is_open && self.lookalikes <= MAX_LOOKALIKES => {
                return DatagramVerdict::Fits
            }
            _ => {}
        }
        let known = trace
            .account()
            .is_some_and(|account| self.client.has(account));
        let clashes = self.traces().any(|before| trace.clashes(before));
        let fits = !clashes && self.client.matches_direction(trace);
        let echoes = self.traces().any(|before| trace.echoes(before));
        if !is_open && grade >= Grade::Known && known && fits && !echoes {
            return DatagramVerdict::Agrees;
        }
        if fits && self.traces().any(|before| trace.is_confirmed_by(before)) {
            let enough = if is_open && self.lookalikes <= MAX_LOOKALIKES + 1 {
                1
            } else {
                2
            };
            self.agreed += 1;
            return match self.agreed >= enough {
                true => DatagramVerdict::Agrees,
                false => DatagramVerdict::Repeats,
            };
        }
        match self.traces().any(|before| trace == before) {
            true => DatagramVerdict::Repeats,
            false => DatagramVerdict::Differs,
        }
    }

    /// Whether the command continues the steps of the two previous frames from this side:
    /// it is a counter.
    fn continues_counter(&self, trace: &FrameTrace) -> bool {
        let (newer, older) = self.traces.split_at(self.added as usize % TRACES);
        let backwards = newer.iter().rev().chain(older.iter().rev());
        let mut same_side = backwards.filter(|before| before.direction == trace.direction);
        let last = same_side.next().zip(same_side.next());
        last.is_some_and(|(last, earlier)| trace.continues(last, earlier))
    }

    /// Verdict on a frame in a QQ conversation.
    fn judge_owned(&self, trace: &FrameTrace, grade: Option<Grade>) -> DatagramVerdict {
        // Pushes have sequences of the server, which can equal those of requests.
        let has_own_sequence = trace.is_push() || grade == Some(Grade::Certain);
        let clashes = !has_own_sequence && self.traces().any(|before| trace.clashes(before));
        let is_similar = grade != Some(Grade::Certain) && self.is_too_similar(trace);
        if clashes || is_similar || !self.client.matches_direction(trace) {
            return DatagramVerdict::Differs;
        }
        let is_known = grade >= Some(Grade::Known);
        let fits = match trace.account() {
            Some(account) if self.client.has(account) => {
                let fits = is_known
                    || self.client.has_version(trace)
                        && (grade.is_some() || self.trust >= CERTAIN_TRUST);
                return match fits {
                    true => DatagramVerdict::Agrees,
                    false => DatagramVerdict::Differs,
                };
            }
            _ if grade == Some(Grade::Certain) => return DatagramVerdict::Agrees,
            Some(_) => is_known && self.client.has_no_account(),
            None if !self.client.has_version(trace) => false,
            None if self.traces().any(|before| trace.pairs(before)) => {
                return DatagramVerdict::Agrees
            }
            None => {
                let mut same_side = self
                    .traces()
                    .filter(|before| before.direction == trace.direction);
                let follows = trace.is_push()
                    || same_side.clone().next().is_none()
                    || same_side.any(|before| trace.is_near(before));
                (is_known && follows) || (grade.is_some() && self.trust >= CERTAIN_TRUST)
            }
        };
        match fits {
            true => DatagramVerdict::Fits,
            false => DatagramVerdict::Differs,
        }
    }
}
