//! Counts of commands and other events, as a tree of names.
//!
//! The names come from packets: each is bounded in length, a node has at most 256 children,
//! and further ones are counted together.

use std::collections::{HashMap, HashSet};

use crate::event::{Command, Event, EventKind, Family, LoginStep, TransferStep};
use crate::report::format::text::one_line;
use crate::report::parts::KnownMessages;

/// Maximum children of a node.
const MAX_CHILDREN: usize = 256;
/// Maximum characters of a name.
const MAX_NAME: usize = 80;
/// Stands for all children above the maximum.
const OTHERS: &str = "(others)";
/// The names of all nodes below the root. Wireshark looks for them among the nodes of the
/// whole tree, so that no other node may have such a name.
const TOPICS: [&str; 17] = [
    "Commands",
    "Errors",
    "Direction",
    "Content types",
    "Versions",
    "Ciphertext",
    "Retransmissions",
    "Health: unknown",
    "Health: outside of known sessions",
    "Health: incomplete",
    "Health: unanswered",
    "Health: broken transfers",
    "Messages",
    "Transfers",
    "Presence",
    "Logins",
    "Ends of sessions",
];

/// The names of the tree's nodes so far.
#[derive(Debug, Default)]
pub struct CommandTree {
    /// The children of each node, by its path.
    nodes: HashMap<Vec<String>, HashSet<String>>,
    /// Messages in parts: the first part of each counts.
    messages: KnownMessages,
}

impl CommandTree {
    /// The paths to the nodes that an event counts in, from the root on. An event counts in a
    /// root once at most.
    pub fn paths(&mut self, event: &Event) -> Vec<Vec<String>> {
        let paths = match &event.kind {
            EventKind::Command(command) => of_command(event, command),
            EventKind::Message(_) if !self.messages.insert(event) => Vec::new(),
            kind => of_event(kind).into_iter().collect(),
        };
        paths.into_iter().map(|path| self.bounded(path)).collect()
    }

    fn bounded(&mut self, path: Vec<String>) -> Vec<String> {
        let mut parent: Vec<String> = Vec::new();
        for name in path {
            let name = match short(&name) {
                name if name.is_empty() => "(none)".to_owned(),
                name if !parent.is_empty() && TOPICS.contains(&name.as_str()) => {
                    format!("\"{name}\"")
                }
                name => name,
            };
            debug_assert!(!parent.is_empty() || TOPICS.contains(&name.as_str()));
            let known = match self.nodes.get_mut(&parent) {
                Some(known) => known,
                None => self.nodes.entry(parent.clone()).or_default(),
            };
            let is_known = known.contains(&name);
            if !is_known && known.len() >= MAX_CHILDREN {
                parent.push(OTHERS.to_owned());
                break;
            }
            if !is_known {
                known.insert(name.clone());
            }
            parent.push(name);
        }
        parent
    }
}

/// The name on one line, cut to its maximum length.
fn short(name: &str) -> String {
    let mut rest = name.char_indices();
    match rest.nth(MAX_NAME) {
        Some((end, _)) => format!("{}\u{2026}", one_line(&name[..end])),
        None => one_line(name),
    }
}

fn path<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(str::to_owned).to_vec()
}

fn of_command(event: &Event, command: &Command) -> Vec<Vec<String>> {
    let code = command.code.as_str();
    let name = match command.name.as_str() {
        "" => code.to_owned(),
        name => format!("{code} ({name})"),
    };
    let mut paths = Vec::new();
    match command.is_error {
        true => {
            paths.push(path(["Errors", &name]));
            if !command.refused.is_empty() {
                paths[0].push(format!("refused {}", command.refused));
            }
        }
        // A frame of the basic family of QQ has no other name for it.
        false if command.role.is_empty() => paths.push(match event.family {
            Family::Msn => path(["Commands", "Unknown server", &name]),
            Family::Qq => path(["Commands", &name]),
        }),
        false => paths.push(path(["Commands", &command.role, &name])),
    }
    paths.push(path([
        "Direction",
        match event.connection.from_client {
            Some(true) => "client to server",
            Some(false) => "server to client",
            None => "unknown",
        },
    ]));
    if !command.content.is_empty() {
        paths.push(path(["Content types", &command.content]));
    }
    if !command.version.is_empty() {
        paths.push(path(["Versions", &command.version]));
    }
    if let Some(is_decrypted) = command.is_decrypted {
        let state = if is_decrypted { "opened" } else { "sealed" };
        paths.push(path(["Ciphertext", state]));
    }
    if command.retransmission > 0 {
        paths.push(path(["Retransmissions", &name]));
    }
    let health = [
        (!command.is_known, "Health: unknown"),
        (
            command.is_outside_session,
            "Health: outside of known sessions",
        ),
        (command.is_incomplete, "Health: incomplete"),
        (command.is_unanswered == Some(true), "Health: unanswered"),
    ];
    let health = health.into_iter().filter(|(is_so, _)| *is_so);
    paths.extend(health.map(|(_, root)| path([root, &name])));
    paths
}

/// The path of an event that is no command, if it is worth counting.
fn of_event(kind: &EventKind) -> Option<Vec<String>> {
    Some(match kind {
        EventKind::Message(message) => path(["Messages", message.kind.name()]),
        EventKind::Transfer(transfer) => {
            let root = match transfer.step {
                TransferStep::Failed => "Health: broken transfers",
                _ => "Transfers",
            };
            path([root, &transfer.what.to_string(), transfer.step.name()])
        }
        EventKind::Status { status, .. } => path(["Presence", status]),
        EventKind::Login(login) => match login.step {
            LoginStep::Succeeded => path(["Logins", "succeeded", &login.service]),
            LoginStep::Refused => path(["Logins", "refused", &login.result]),
            LoginStep::Started | LoginStep::Proved => return None,
        },
        EventKind::Ended { reason } => path(["Ends of sessions", reason]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made::event;

    fn command(code: &str) -> Command {
        Command {
            code: code.to_owned(),
            name: "User".to_owned(),
            role: "notification server".to_owned(),
            is_known: true,
            ..Command::default()
        }
    }

    fn paths(tree: &mut CommandTree, command: Command) -> Vec<String> {
        let paths = tree.paths(&event("", &[], EventKind::Command(command)));
        paths.into_iter().map(|path| path.join(" / ")).collect()
    }

    #[test]
    fn a_command_counts_under_each_of_its_properties() {
        let mut tree = CommandTree::default();
        assert_eq!(
            paths(&mut tree, command("USR")),
            [
                "Commands / notification server / USR (User)",
                "Direction / client to server"
            ]
        );
        let error = Command {
            name: "Authentication failed".to_owned(),
            is_error: true,
            refused: "USR".to_owned(),
            ..command("911")
        };
        assert_eq!(
            paths(&mut tree, error)[0],
            "Errors / 911 (Authentication failed) / refused USR"
        );
        let odd = Command {
            is_known: false,
            is_decrypted: Some(false),
            retransmission: 2,
            content: "text/plain".to_owned(),
            is_unanswered: Some(true),
            is_incomplete: true,
            ..Command::default()
        };
        assert_eq!(
            paths(&mut tree, odd),
            [
                "Commands / Unknown server / (none)",
                "Direction / client to server",
                "Content types / text/plain",
                "Ciphertext / sealed",
                "Retransmissions / (none)",
                "Health: unknown / (none)",
                "Health: incomplete / (none)",
                "Health: unanswered / (none)"
            ]
        );
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn hostile_names_are_few_and_short() {
        let mut tree = CommandTree::default();
        let mut names = HashSet::new();
        for number in 0..2000 {
            let content = format!("{number}\r\n\u{1b}{}", "\u{597d}".repeat(1000));
            let odd = Command {
                content,
                ..command("MSG")
            };
            names.insert(paths(&mut tree, odd)[2].clone());
        }
        assert_eq!(names.len(), MAX_CHILDREN + 1);
        assert!(names.contains("Content types / (others)"));
        assert!(names
            .iter()
            .all(|name| name.chars().count() <= MAX_NAME + 20));
        assert!(!names.iter().any(|name| name.contains(char::is_control)));
    }

    #[test]
    fn a_name_of_a_packet_is_no_topic() {
        let mut tree = CommandTree::default();
        for topic in TOPICS {
            let status = EventKind::Status {
                status: topic.to_owned(),
                is_initial: false,
            };
            let paths = tree.paths(&event("", &[], status));
            assert_eq!(paths, [["Presence".to_owned(), format!("\"{topic}\"")]]);
        }
    }

    #[test]
    fn an_event_counts_in_a_root_once() {
        let all = Command {
            is_known: false,
            is_error: true,
            refused: "MSG".to_owned(),
            retransmission: 1,
            content: "text/plain".to_owned(),
            version: "MSNP8".to_owned(),
            is_decrypted: Some(true),
            is_incomplete: true,
            is_outside_session: true,
            is_unanswered: Some(true),
            ..command("715")
        };
        let paths = CommandTree::default().paths(&event("", &[], EventKind::Command(all)));
        let roots: HashSet<_> = paths.iter().map(|path| &path[0]).collect();
        assert_eq!(roots.len(), paths.len());
        assert_eq!(paths.len(), 10);
    }
}
