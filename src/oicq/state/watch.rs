//! Whether a conversation over UDP is QQ's.
//!
//! Many devices send `02 ... 03`, and some bytes of it can look like a version and a command
//! by chance. So a conversation is QQ's
//!
//! * by one frame that no chance brings about: one with a client block, with a body in clear
//!   that fits, or that a key opens;
//! * by one of a client that is known, with a command of its era and direction, unless other
//!   things that begin alike have come before;
//! * by two frames that agree: in account, version, direction and sequence.
//!
//! Where QQ has a command, devices count: what goes on in even steps there is none of QQ's as
//! long as nothing but that speaks for it.
//!
//! From then on what agrees with that is QQ's. What does not costs trust, and with the last of
//! it the conversation is given back. Then a frame that no chance brings about takes it again,
//! or frames that agree with what was seen or with each other.

use crate::first_pass::PduFacts;
use crate::oicq::state::evidence::Grade;
use crate::oicq::state::trace::{ClientTrace, FrameTrace};
use crate::oicq::wire::frame::Frame;
use crate::packet::{Packet, PduKey};

/// Frames that are remembered, to agree with later ones.
const TRACES: usize = 16;
/// Trust in a conversation whose frames have long agreed: so many others give it back.
const FULL: u8 = 8;
/// Trust in a conversation after a proof beyond doubt.
const SURE: u8 = 4;
/// Other things before a frame of a known client, with which it still counts as proof.
const NOISE: u8 = 1;
/// Frames of a conversation on which keys are tried, to prove it.
const PROOFS: usize = 4;
/// Frames with a counter for a command, after which the conversation is that of some device.
const COUNTERS: u8 = 8;

/// Whose a conversation is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum ConversationOwner {
    /// Not decided.
    #[default]
    Open,
    /// QQ's.
    Qq,
    /// It was QQ's, and is given back.
    GivenBack,
}

/// The state of one conversation, learnt in the first pass.
#[derive(Debug, Default)]
pub(crate) struct ConversationWatch {
    /// The frames of the capture that are QQ's.
    taken: PduFacts<bool>,
    /// The last that was judged.
    last: Option<(PduKey, bool)>,
    owner: ConversationOwner,
    /// How many look-alikes it takes to give the conversation back.
    trust: u8,
    /// Datagrams since the last frame of QQ that do not even look like one.
    strangers: u8,
    /// Frames in a row that agreed with one before, while the conversation is not QQ's.
    agreed: u8,
    /// Look-alikes that agree with nothing, while it is not QQ's.
    noise: u8,
    /// Frames whose command was a counter, as long as little speaks for QQ.
    counters: u8,
    client: ClientTrace,
    /// The last frames, ring-wise.
    traces: [Option<FrameTrace>; TRACES],
    next: usize,
}

/// What is known of one datagram by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Datagram {
    pub(crate) frame: Frame,
    /// None for what has not the shape of a frame.
    pub(crate) grade: Option<Grade>,
}

/// What a datagram is in its conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DatagramVerdict {
    /// QQ's, as its account or its question proves.
    Agrees,
    /// QQ's, as far as one can tell.
    Fits,
    /// The same once more: says nothing.
    Repeats,
    /// Not QQ's.
    Differs,
}

impl ConversationWatch {
    /// Whether the datagram is QQ's. In the first pass judges it, once; later says what came
    /// of that. `suspect` is none for what does not begin like a frame.
    pub(crate) fn judge(
        &mut self,
        packet: &Packet<'_>,
        suspect: impl FnOnce(&Self) -> Option<Datagram>,
    ) -> bool {
        let key = packet.key(0);
        let last = self.last.filter(|(last, _)| *last == key);
        if let (true, Some((_, taken))) = (packet.first_pass, last) {
            return taken;
        }
        let now = packet.first_pass && {
            let suspect = suspect(self);
            self.decide(packet, suspect)
        };
        let taken = self.taken.settle(packet, key, || now);
        if packet.first_pass {
            self.last = Some((key, taken));
        }
        taken
    }

    /// Whether it is worth the time to try keys on a frame, to prove it.
    pub(crate) fn wants_proof(&self) -> bool {
        self.owner != ConversationOwner::Qq && self.next < PROOFS
    }

    fn decide(&mut self, packet: &Packet<'_>, suspect: Option<Datagram>) -> bool {
        let Some(Datagram { frame, grade }) = suspect else {
            let says_something = u8::from(packet.reported > 0);
            self.strangers = self.strangers.saturating_add(says_something);
            if self.owner == ConversationOwner::Qq && self.strangers >= FULL {
                self.owner = ConversationOwner::GivenBack;
            }
            return false;
        };
        let trace = FrameTrace::of(packet, &frame, grade);
        let is_counter = grade != Some(Grade::Certain)
            && (self.owner != ConversationOwner::Qq || self.trust < SURE)
            && self.counts_on(&trace);
        self.counters = self.counters.saturating_add(u8::from(is_counter));
        let verdict = match self.owner {
            _ if is_counter => DatagramVerdict::Differs,
            ConversationOwner::Qq => self.belonging(&trace, grade),
            ConversationOwner::Open | ConversationOwner::GivenBack => self.claim(&trace, grade),
        };
        match verdict {
            DatagramVerdict::Agrees | DatagramVerdict::Fits => self.accept(&trace, grade, verdict),
            DatagramVerdict::Differs => self.refuse(grade),
            DatagramVerdict::Repeats => {}
        }
        let taken = matches!(verdict, DatagramVerdict::Agrees | DatagramVerdict::Fits);
        if taken || (grade.is_some() && verdict == DatagramVerdict::Differs) {
            self.traces[self.next % TRACES] = Some(trace);
            self.next += 1;
        }
        taken
    }

    fn accept(&mut self, trace: &FrameTrace, grade: Option<Grade>, verdict: DatagramVerdict) {
        self.trust = match (self.owner, verdict) {
            (ConversationOwner::Qq, DatagramVerdict::Agrees) => (self.trust + 1).min(FULL),
            (ConversationOwner::Qq, _) => self.trust.max((self.trust + 1).min(SURE - 1)),
            _ if grade == Some(Grade::Certain) => SURE,
            (_, DatagramVerdict::Agrees) => 2,
            _ => 1,
        };
        if self.owner != ConversationOwner::Qq {
            // Those that confirm each other are of one client.
            for before in self.traces.iter().flatten() {
                if trace.agrees(before) {
                    self.client.learn(before);
                }
            }
        }
        self.owner = ConversationOwner::Qq;
        (self.agreed, self.noise, self.strangers) = (0, 0, 0);
        self.client.learn(trace);
    }

    /// A look-alike has come that agrees with nothing.
    fn refuse(&mut self, grade: Option<Grade>) {
        if self.owner == ConversationOwner::Qq {
            let weight = if grade >= Some(Grade::Known) { 1 } else { 2 };
            self.trust = self.trust.saturating_sub(weight);
            if self.trust == 0 {
                self.owner = ConversationOwner::GivenBack;
            }
        } else {
            self.noise = self.noise.saturating_add(1);
            self.agreed = 0;
        }
    }

    fn traces(&self) -> impl Iterator<Item = &FrameTrace> + Clone {
        self.traces.iter().flatten()
    }

    /// Whether the ciphertext has more in common with those before than ciphertexts have. Of
    /// 256 bytes one is the same by chance.
    fn repeats_itself(&self, trace: &FrameTrace) -> bool {
        const BY_CHANCE: usize = 4;
        let alike: usize = self.traces().map(|before| trace.alike(before)).sum();
        alike > BY_CHANCE + self.traces().count()
    }

    /// What a frame is while the conversation is not QQ's.
    fn claim(&mut self, trace: &FrameTrace, grade: Option<Grade>) -> DatagramVerdict {
        let Some(grade) = grade else {
            return DatagramVerdict::Differs;
        };
        let is_open = self.owner == ConversationOwner::Open;
        match grade {
            Grade::Certain => return DatagramVerdict::Agrees,
            _ if self.counters >= COUNTERS || self.repeats_itself(trace) => {
                return DatagramVerdict::Differs;
            }
            Grade::Known if is_open && self.noise <= NOISE => return DatagramVerdict::Fits,
            _ => {}
        }
        let known = trace
            .account
            .is_some_and(|account| self.client.has(account));
        let clashes = self.traces().any(|before| trace.clashes(before));
        let fits = !clashes && self.client.is_at_its_end(trace);
        let echoes = self.traces().any(|before| trace.echoes(before));
        if !is_open && grade >= Grade::Known && known && fits && !echoes {
            return DatagramVerdict::Agrees;
        }
        if fits && self.traces().any(|before| trace.is_confirmed_by(before)) {
            let enough = if is_open && self.noise <= NOISE + 1 {
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

    /// Whether what should be the command goes on in the even steps of the two frames before
    /// from this side: it is a counter.
    fn counts_on(&self, trace: &FrameTrace) -> bool {
        let backwards = (1..=TRACES.min(self.next)).map(|back| (self.next - back) % TRACES);
        let mut same_side = backwards
            .filter_map(|at| self.traces[at].as_ref())
            .filter(|before| before.direction == trace.direction);
        let last = same_side.next().zip(same_side.next());
        last.is_some_and(|(last, earlier)| trace.continues(last, earlier))
    }

    /// What a frame is in a conversation of QQ.
    fn belonging(&self, trace: &FrameTrace, grade: Option<Grade>) -> DatagramVerdict {
        // What servers push has sequences of their own, which may be those of requests.
        let counts_itself = trace.is_push() || grade == Some(Grade::Certain);
        let clashes = !counts_itself && self.traces().any(|before| trace.clashes(before));
        let is_no_cipher = grade != Some(Grade::Certain) && self.repeats_itself(trace);
        if clashes || is_no_cipher || !self.client.is_at_its_end(trace) {
            return DatagramVerdict::Differs;
        }
        let is_known = grade >= Some(Grade::Known);
        let fits = match trace.account {
            Some(account) if self.client.has(account) => {
                let fits = is_known
                    || self.client.has_version(trace) && (grade.is_some() || self.trust >= SURE);
                return match fits {
                    true => DatagramVerdict::Agrees,
                    false => DatagramVerdict::Differs,
                };
            }
            _ if grade == Some(Grade::Certain) => return DatagramVerdict::Agrees,
            Some(_) => is_known && self.client.is_nameless(),
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
                (is_known && follows) || (grade.is_some() && self.trust >= SURE)
            }
        };
        match fits {
            true => DatagramVerdict::Fits,
            false => DatagramVerdict::Differs,
        }
    }
}
