//! Text of a document for the Info column.

use crate::msn::common::encoded_word;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::payload::quote::quoted;

/// Text of a document for the Info column.
#[derive(Debug, Default)]
pub(crate) struct DocumentSummary {
    pub(crate) words: Vec<String>,
    policies: usize,
}

impl DocumentSummary {
    pub(crate) fn add(&mut self, field: Field, value: &str) {
        /// Maximum words; more would not be read.
        const MAX_WORDS: usize = 3;
        let words = match field {
            Field::PolicyType => {
                self.policies += 1;
                return;
            }
            Field::PersonalMessage
            | Field::NotificationText
            | Field::MailSubject
            | Field::NotificationService => quoted(&encoded_word::decode(value.trim())),
            Field::Status
            | Field::NetworkStatus
            | Field::MailFromAddress
            | Field::SharingOpcode => value.to_owned(),
            Field::MailInboxUnread => format!("{value} unread"),
            Field::SipMessage => "SIP".into(),
            _ => return,
        };
        if !value.is_empty() && self.words.len() < MAX_WORDS {
            self.words.push(words);
        }
    }

    pub(crate) fn text(self, root: &str) -> String {
        if self.policies > 0 {
            return match self.policies {
                1 => "1 policy".into(),
                n => format!("{n} policies"),
            };
        }
        let words = self.words.join(", ");
        if root == "NOTIFICATION" {
            return format!("notification {words}").trim_end().into();
        }
        words
    }
}
