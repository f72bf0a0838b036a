//! Which commands answer which. Data only.
//!
//! Source: protocol reference, MSNP §2.2 (transaction ids), §2.3 to §2.6, §7.4; for servers of
//! today, MSNP more §5.2.

/// Whether servers answer a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Always.
    Always,
    /// When its first parameter asks for it: the modes A and D of a message.
    Asked,
    /// Some do, or in some dialects.
    Sometimes,
}

/// A request of clients, and what servers answer it with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// The request.
    pub(crate) request: [u8; 3],
    /// Whether servers answer it.
    pub(crate) when: When,
    /// The commands of answers, besides that of the request.
    pub(crate) others: &'static [&'static [u8; 3]],
}

const fn row(request: &[u8; 3], when: When, others: &'static [&'static [u8; 3]]) -> Row {
    Row {
        request: *request,
        when,
        others,
    }
}

use When::{Always, Asked, Sometimes};

/// Every request that servers answer, sorted.
pub(crate) const ANSWERS: &[Row] = &[
    row(b"ADC", Always, &[b"ILN", b"NLN"]),
    row(b"ADD", Always, &[b"ILN", b"NLN"]),
    row(b"ADG", Always, &[]),
    row(b"ADL", Always, &[b"ILN", b"NLN"]),
    row(b"ANS", Always, &[b"IRO"]),
    row(b"BLP", Always, &[]),
    row(b"CAL", Always, &[]),
    row(b"CHG", Always, &[b"ILN", b"NLN"]),
    row(b"CHL", Sometimes, &[]),
    row(b"CVQ", Always, &[b"CVR"]),
    row(b"CVR", Always, &[b"XFR"]),
    row(b"DEL", Always, &[b"NFY"]),
    row(b"FND", Sometimes, &[]),
    row(b"FQY", Always, &[]),
    row(b"GCF", Always, &[]),
    row(b"GTC", Always, &[]),
    row(b"IMS", Always, &[]),
    row(b"INF", Always, &[]),
    row(b"LSG", Sometimes, &[]),
    row(b"LST", Sometimes, &[]),
    row(b"MSG", Asked, &[b"ACK", b"NAK"]),
    row(b"PRP", Always, &[]),
    row(b"PUT", Always, &[b"NFY"]),
    row(b"QRY", Always, &[]),
    row(b"REA", Always, &[]),
    row(b"REG", Always, &[]),
    row(b"REM", Always, &[]),
    row(b"RMG", Always, &[]),
    row(b"RML", Always, &[]),
    row(b"SBP", Always, &[]),
    row(b"SDC", Always, &[]),
    row(b"SDG", Sometimes, &[]),
    row(b"SND", Always, &[]),
    row(
        b"SYN",
        Always,
        &[b"BLP", b"BPR", b"GTC", b"ILN", b"LSG", b"LST", b"PRP"],
    ),
    row(b"URL", Always, &[]),
    row(b"USR", Always, &[b"XFR"]),
    row(b"UUM", Sometimes, &[]),
    row(b"UUN", Always, &[]),
    row(b"UUX", Always, &[]),
    row(b"VER", Always, &[b"XFR"]),
    row(b"XFR", Always, &[]),
];

/// What answers a request with this command.
pub(crate) fn find(request: &[u8; 3]) -> Option<&'static Row> {
    ANSWERS.iter().find(|row| row.request == *request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::command::{TrId, COMMANDS};
    use crate::msn::msnp::wire::parameter::{forms_of, Form, From, Meaning, Slot};

    fn is_numbered(form: &Form) -> bool {
        matches!(
            form.slots.first(),
            Some(
                Slot::One(Meaning::TrId)
                    | Slot::Maybe(Meaning::TrId)
                    | Slot::Word(_, Meaning::TrId)
            )
        )
    }

    fn has(verb: [u8; 3], not: From) -> bool {
        let mut forms = forms_of(verb).iter();
        forms.any(|form| form.from != not && (is_numbered(form) || not == From::Client))
    }

    /// Commands with a numbered form of either side, of which nobody knows more.
    const UNKNOWN: [&[u8; 3]; 6] = [b"FSL", b"GET", b"GSB", b"LKP", b"RFS", b"VAS"];

    #[test]
    fn the_rows_agree_with_the_forms() {
        assert!(ANSWERS
            .windows(2)
            .all(|pair| pair[0].request < pair[1].request));
        for row in ANSWERS {
            let verb = String::from_utf8_lossy(&row.request);
            assert!(has(row.request, From::Server), "clients do not send {verb}");
            let mut answers: Vec<[u8; 3]> = row.others.iter().map(|verb| **verb).collect();
            if row.when != Asked {
                answers.push(row.request);
            }
            for answer in answers {
                let answer_name = String::from_utf8_lossy(&answer);
                assert!(
                    has(answer, From::Client),
                    "{verb}: servers send no {answer_name}"
                );
            }
        }
        // What both sides send with a transaction id is a request and its answer.
        for command in COMMANDS
            .iter()
            .filter(|command| command.trid != TrId::Never)
        {
            let forms = forms_of(command.verb);
            let sent = |not: From| {
                forms
                    .iter()
                    .any(|form| form.from != not && is_numbered(form))
            };
            let both = sent(From::Server) && sent(From::Client);
            let expected = both && !UNKNOWN.contains(&&command.verb);
            let verb = String::from_utf8_lossy(&command.verb);
            let found = find(&command.verb).is_some();
            assert!(found || !expected, "{verb}");
            assert!(!UNKNOWN.contains(&&command.verb) || !found, "{verb}");
        }
    }
}
