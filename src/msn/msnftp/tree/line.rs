//! Tree items of MSNFTP lines: the parameters of each command.
//!
//! Source: docs/protocol/msnp.md §5.11.

use crate::field::FieldId;
use crate::msn::common::account::is_account;
use crate::msn::common::number::{decimal_or_signed, long_or_signed};
use crate::msn::msnftp::dissect::FtpWalk;
use crate::msn::msnftp::fields::{Field, Note};
use crate::msn::msnftp::wire::codes::{command, CANCELLED, RESULTS, SUCCESS};
use crate::msn::msnftp::wire::line::FtpLine;
use crate::msn::msnp::tree::info as show_info;
use crate::msn::msnp::tree::info::InfoMark;
use crate::packet::PduKey;
use crate::pieces::MAX_OBJECT;
use crate::span::{Span, Spanned};

impl FtpWalk<'_, '_> {
    pub(crate) fn line(&mut self, line: &FtpLine) {
        let data = self.packet.bytes;
        let key = self.key();
        let name = command(&line.word);
        let span = Span::between(line.span.start, line.end);
        let title = name.unwrap_or("unknown command");
        let word = String::from_utf8_lossy(&line.word).into_owned();
        let root = self.root(span, &format!("{word} ({title})"));
        self.plan.info(&info(line, data));
        self.plan.text(1, Field::Line, line.span);
        let item = self.plan.text(2, Field::Command, line.word_span());
        self.plan
            .label_args(item, format_args!("Command: {word} ({title})"));
        if name.is_none() {
            self.plan.note(Note::UnknownCommand, item);
        }
        let words: Vec<Spanned<&[u8]>> = line.parameters(data).collect();
        match &line.word {
            b"VER" => self.version(&words),
            b"USR" => self.user(&words, key),
            b"FIL" => self.file_size(&words, key),
            b"BYE" => self.bye(&words),
            b"MAC" => self.code(line, &words),
            b"TFR" | b"CCL" => self.rest(&words, 0),
            _ => self.rest(&words, 0),
        }
        self.context();
        if self.packet.first_pass {
            match &line.word {
                b"TFR" => {
                    let other = self.packet.side() ^ 1;
                    if let Some(blocks) = self.session.blocks.get_mut(other) {
                        *blocks = true;
                    }
                }
                b"BYE" | b"CCL" => {
                    let file = &mut self.session.file;
                    if file.announced.is_some() && file.ended.is_none() {
                        file.ended = Some(key);
                        file.is_cancelled = has_failed(line, &words);
                    }
                }
                _ => {}
            }
        }
        if &line.word == b"CCL" {
            self.plan.note(Note::Failed, item);
        }
        self.file_at(key, root);
        self.at = line.end;
    }

    /// Shows the words from index `from` on as unknown parameters.
    fn rest(&mut self, words: &[Spanned<&[u8]>], from: usize) {
        for word in words.iter().skip(from) {
            self.plan.text(2, Field::Parameter, word.span);
        }
    }

    fn version(&mut self, words: &[Spanned<&[u8]>]) {
        for word in words {
            self.plan.text(2, Field::Protocol, word.span);
        }
        // A single protocol is the one that was chosen.
        if let [only] = words {
            self.now.encrypted = only.value == b"MSN_SECURE_FTP";
            if self.packet.first_pass {
                self.session.encrypted = self.now.encrypted;
            }
        }
    }

    fn user(&mut self, words: &[Spanned<&[u8]>], key: PduKey) {
        if let Some(account) = words.first() {
            self.plan.text(2, Field::Account, account.span);
            let is_known = self.session.receiver.is_some();
            if self.packet.first_pass && !is_known && is_account(account.value) {
                let account = String::from_utf8_lossy(account.value).into_owned();
                self.session.receiver = Some((key, account));
            }
        }
        if let Some(cookie) = words.get(1) {
            match decimal_or_signed(cookie.value) {
                Some(number) => {
                    let item = self.plan.number(2, Field::Cookie, cookie.span, number);
                    if let Some(announced) = self.session.offer.cookie {
                        let good = announced == number;
                        self.plan.generated(3, Field::CookieGood, good);
                        if !good {
                            self.plan.note(Note::BadCookie, item);
                        }
                    }
                }
                None => self.bad_value(cookie.span),
            }
        }
        self.rest(words, 2);
    }

    fn file_size(&mut self, words: &[Spanned<&[u8]>], key: PduKey) {
        if let Some(word) = words.first() {
            match long_or_signed(word.value) {
                Some(size) => {
                    let item = self.plan.number(2, Field::FileSize, word.span, size);
                    if self.packet.first_pass {
                        self.session.file.announce(key, size);
                    }
                    if size > MAX_OBJECT {
                        self.plan.note(Note::TooLong, item);
                    }
                }
                None => self.bad_value(word.span),
            }
        }
        self.rest(words, 1);
    }

    fn bye(&mut self, words: &[Spanned<&[u8]>]) {
        if let Some(word) = words.first() {
            match decimal_or_signed(word.value) {
                Some(result) => {
                    let item = self.plan.number(2, Field::Result, word.span, result);
                    let name = RESULTS.name(result);
                    if let Some(name) = name {
                        self.plan.append_info(&format!(" ({name})"));
                    }
                    match name {
                        None => self.plan.note(Note::UnknownResult, item),
                        Some(name) if is_failure(result) => {
                            self.plan.note_text(Note::Failed, item, name);
                        }
                        Some(_) => {}
                    }
                }
                None => self.bad_value(word.span),
            }
        }
        self.rest(words, 1);
    }

    fn code(&mut self, line: &FtpLine, words: &[Spanned<&[u8]>]) {
        if let Some(word) = words.first() {
            self.plan.text(2, Field::Code, word.span);
        }
        self.rest(words, 1);
        let nul = Span::new(line.span.end(), 1);
        if nul.of(self.packet.bytes) == [0] {
            self.plan.heading(2, Field::Nul, nul);
        }
    }

    fn bad_value(&mut self, span: Span) {
        let item = self.plan.text(2, Field::Parameter, span);
        self.plan.note(Note::BadValue, item);
    }
}

/// Whether the line reports a failed transfer, so that the file is incomplete.
fn has_failed(line: &FtpLine, words: &[Spanned<&[u8]>]) -> bool {
    let result = words.first().and_then(|word| decimal_or_signed(word.value));
    &line.word == b"CCL" || result.is_some_and(is_failure)
}

/// The highest bit of an HRESULT marks a failure.
const fn is_failure(result: u32) -> bool {
    result >> 31 == 1
}

/// Parameters of the commands that contain a secret.
const COMMANDS_WITH_SECRETS: &[(&[u8; 3], &[Field])] =
    &[(b"USR", &[Field::Account, Field::Cookie])];

/// The line for the Info column, without secrets. Surplus parameters may be secret, too.
fn info(line: &FtpLine, data: &[u8]) -> String {
    let form = COMMANDS_WITH_SECRETS
        .iter()
        .find(|(word, _)| **word == line.word);
    let words = line.parameters(data).enumerate();
    let marks: Vec<InfoMark> = words
        .filter_map(|(index, word)| {
            let (_, fields) = form?;
            // If the account is missing, the first parameter may be the cookie.
            let mark = match fields.get(index) {
                Some(Field::Account) if !is_account(word.value) => show_info::UNKNOWN_MASK,
                Some(field) => FieldId::from(*field).spec()?.secret?,
                None => show_info::UNKNOWN_MASK,
            };
            Some((word.span, mark))
        })
        .collect();
    String::from_utf8_lossy(&show_info::mask_secrets(data, line.span, &marks)).into_owned()
}

// `CCL` counts as failed, like `BYE` with `CANCELLED`.
const _: () = assert!(is_failure(CANCELLED) && !is_failure(SUCCESS));
