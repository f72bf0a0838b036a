//! The table, in the order of [`crate::protocols::PROTOCOLS`].

use crate::entries::check::checked;
use crate::entries::rows::{
    Bytes, Entry, Heuristic, KeyPreferences, MediaType, MemoryPreference, Port, SharedPorts,
    SwitchPreference,
};
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::wire::values::PORT;
use crate::msn::p2p::fields::MSNP2P;
use crate::msn::slp::fields::MSNSLP;
use crate::oicq::fields::OICQ;
use crate::packet::Transport;
use crate::pieces::budget::DEFAULT_MEBIBYTES;
use crate::protocols::PROTOCOLS;

/// How packets reach each protocol.
pub static ENTRIES: [Entry; PROTOCOLS.len()] = checked([
    Entry {
        builtin_view: Some(c"builtin_view"),
        port: Some(Port {
            table: c"tcp.port",
            number: PORT,
            handle: c"MSNMS (imshark)",
        }),
        media: Some(MediaType {
            name: c"application/x-msn-messenger",
            handle: c"MSNMS over HTTP (imshark)",
        }),
        // `GET`, `HTTP` and `POST`.
        http: Some(Bytes::of(&[(b'G', b'H'), (b'P', b'P')])),
        heuristics: &[Heuristic {
            over: Transport::Tcp,
            name: c"msnms_tcp",
            title: c"MSN Messenger over TCP",
            first_bytes: Bytes::of(&[
                (b'A', b'Z'),
                (b'0', b'9'),
                (b'\r', b'\r'),
                (b'\n', b'\n'),
            ]),
            first_bytes_by_third: None,
        }],
        memory: Some(MemoryPreference {
            name: c"object_memory",
            title: c"Memory for files and messages in pieces (MiB)",
            about: c"Maximum memory for the files and messages of a capture that are put together from pieces, those of QQ included; pieces beyond it are not kept",
            mebibytes: DEFAULT_MEBIBYTES,
        }),
        ..Entry::of(&MSNMS)
    },
    Entry {
        builtin_view: Some(c"builtin_view"),
        port: Some(Port {
            table: c"udp.port",
            number: 8000,
            handle: c"OICQ (imshark)",
        }),
        decode_as: Some(c"tcp.port"),
        heuristics: &[
            // The first bytes of the frame families: 00, 02, 03, 04 and 05.
            Heuristic {
                over: Transport::Udp,
                name: c"oicq_udp",
                title: c"OICQ over UDP",
                first_bytes: Bytes::of(&[(0x00, 0x05)]),
                first_bytes_by_third: None,
            },
            // 05 of the agent, or a two-byte length and 02.
            Heuristic {
                over: Transport::Tcp,
                name: c"oicq_tcp",
                title: c"OICQ over TCP",
                first_bytes: Bytes::of(&[(0x05, 0x05)]),
                first_bytes_by_third: Some((Bytes::of(&[(0x00, 0x20)]), 0x02)),
            },
        ],
        sharing: Some(SharedPorts {
            preference: c"share_ports",
            title: c"Detect QQ on the TCP ports of HTTP and TLS",
            about: c"Whether the first bytes of connections on ports 80 and 443 and on other HTTP ports are checked for QQ; all other traffic is left to HTTP and TLS",
            ports: &[80, 443],
            with_http: true,
        }),
        keys: Some(KeyPreferences {
            table: c"keys",
            file: c"oicq_keys",
            title: c"QQ keys",
            about: c"Passwords, session keys and share keys of QQ accounts for decryption",
            account: c"QQ number",
            account_about: c"QQ number of the account; 0 for all accounts",
            keylog: c"keylog_file",
            keylog_title: c"QQ keylog file",
            keylog_about: c"Path of a file with one QQ number and key in hexadecimal digits per line; # starts a comment",
            show: c"show_keys",
            show_title: c"Show keys",
            show_about: c"Whether keys, tickets, passwords and password hashes that were decrypted, derived or given by the user are displayed; otherwise they are withheld from every output",
        }),
        chinese: Some(SwitchPreference {
            name: c"chinese_names",
            title: c"Command names in Chinese",
            about: c"Whether the Info column and the tree name commands in Chinese, where Chinese documents have a name for them",
        }),
        ..Entry::of(&OICQ)
    },
    Entry {
        family: &MSNMS,
        decode_as: Some(c"tcp.port"),
        heuristics: &[Heuristic {
            over: Transport::Tcp,
            name: c"msnp2p_tcp",
            title: c"MSN Peer to Peer over TCP",
            first_bytes: Bytes::of(&[(0x04, 0x04)]),
            first_bytes_by_third: None,
        }],
        ..Entry::of(&MSNP2P)
    },
    Entry {
        family: &MSNMS,
        dissects: false,
        ..Entry::of(&MSNSLP)
    },
    Entry {
        family: &MSNMS,
        decode_as: Some(c"tcp.port"),
        heuristics: &[Heuristic {
            over: Transport::Tcp,
            name: c"msnftp_tcp",
            title: c"MSN File Transfer over TCP",
            first_bytes: Bytes::of(&[(b'V', b'V')]),
            first_bytes_by_third: None,
        }],
        ..Entry::of(&MSNFTP)
    },
]);
