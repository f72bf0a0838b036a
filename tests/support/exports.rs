//! The objects that can be saved from the sample captures.

use std::fmt;

use imshark::event::Event;
use imshark::oicq::fields::OICQ;
use imshark::packet::Detail;
use imshark::report::{Export, ExportList, ExportSpec, EXPORTS};
use sha2::{Digest, Sha256};

use super::samples::host::{DissectorId, Host};

/// The files of one list.
pub struct Files {
    pub spec: &'static ExportSpec,
    pub files: Vec<Export>,
}

impl Files {
    /// The name of the list.
    pub fn name(&self) -> &'static str {
        self.spec.protocol.filter.to_str().expect("a name in ASCII")
    }
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            let digest = digest(&file.bytes);
            let Export {
                frame,
                owner,
                content,
                name,
                bytes,
                ..
            } = file;
            writeln!(
                f,
                "  {name}, {} bytes, frame {frame}, {content}, of {owner}\n    {digest}",
                bytes.len()
            )?;
        }
        Ok(())
    }
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The lists of a capture, with the files of each. `is_ours` tells whether Wireshark gives the
/// frame to our dissectors.
pub fn exports(host: &Host, is_ours: impl Fn(u32) -> bool) -> Vec<Files> {
    let mut lists: Vec<_> = EXPORTS
        .iter()
        .map(|spec| {
            (
                ExportList::new(spec),
                Files {
                    spec,
                    files: Vec::new(),
                },
            )
        })
        .collect();
    for (call, plan) in host.calls.iter().zip(&host.plans) {
        let packet = call.packet(false, Detail::Tree);
        let is_qq = call.which == DissectorId::Oicq;
        let events: Vec<Event> = match (is_ours(call.frame), is_qq) {
            (false, _) => continue,
            (_, true) => imshark::oicq::event::events(plan, &packet),
            (_, false) => imshark::msn::event::events(plan, &packet),
        };
        let lists = lists.iter_mut();
        let lists = lists.filter(|(_, it)| (it.spec.protocol.index == OICQ.index) == is_qq);
        for (list, Files { files, .. }) in lists {
            for export in events.iter().filter_map(|event| list.add(event)) {
                match files.get_mut(export.row) {
                    Some(row) => *row = export,
                    None => files.push(export),
                }
            }
        }
    }
    lists.into_iter().map(|(_, files)| files).collect()
}
