//! Bound on the work of trying the user's keys, counted in blocks decrypted.

/// What a capture can use at once: small captures have every key tried on every packet.
/// Some hundredths of a second.
pub(crate) const AT_ONCE: usize = 1 << 20;
/// What each ciphertext adds that many keys are to be tried on.
pub(crate) const FOR_A_CIPHERTEXT: usize = 1536;
/// What a capture can use in all: some seconds.
const IN_ALL: usize = 1 << 28;

/// The work that is left.
#[derive(Debug)]
pub(crate) struct TrialBudget {
    /// At present.
    now: usize,
    /// In the whole capture.
    in_all: usize,
}

impl Default for TrialBudget {
    fn default() -> Self {
        Self {
            now: AT_ONCE,
            in_all: IN_ALL,
        }
    }
}

impl TrialBudget {
    /// Adds what a ciphertext brings.
    pub(crate) fn earn(&mut self) {
        self.now = (self.now + FOR_A_CIPHERTEXT).min(AT_ONCE);
    }

    /// What may be used at present, or after the first pass.
    pub(crate) fn left(&self, first_pass: bool) -> usize {
        match first_pass {
            true => self.now.min(self.in_all),
            false => self.in_all,
        }
    }

    /// Uses up some of it.
    pub(crate) fn charge(&mut self, work: usize) {
        self.now = self.now.saturating_sub(work);
        self.in_all = self.in_all.saturating_sub(work);
    }
}
