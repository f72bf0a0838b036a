//! tshark with one start for many captures: the start takes longer than to read most of them.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicU32, Ordering};

use super::usage::preload;

/// Runs commands that read many captures.
#[derive(Debug)]
pub struct ManyCaptures {
    /// A folder that the tools' user can write to.
    folder: PathBuf,
    /// The library of `many_captures.c`.
    library: PathBuf,
}

/// The process of a capture.
#[derive(Debug)]
pub struct Process {
    /// The process ID.
    pub id: u32,
    pub status: ExitStatus,
    pub stdout: String,
    /// What was printed before the capture was opened is that of all.
    pub stderr: String,
}

impl ManyCaptures {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            library: preload(folder, "many_captures"),
        }
    }

    /// Runs a command by `tests/in-root` that reads the first of the captures, and with all other
    /// options the same each of the others. `under` is the tool that it runs under, with the
    /// libraries that are preloaded.
    pub fn run(
        &self,
        command: &mut Command,
        captures: &[&Path],
        (libraries, under): (&[&Path], &[String]),
    ) -> Vec<Process> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        // All names are of one length, as they are part of the environment.
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.join(format!("processes-{number:06}"));
        open_folder(&folder);
        let names = |paths: &[&Path], separator: &str| {
            let names: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
            names.join(separator)
        };
        let libraries = names(&[libraries, &[&self.library]].concat(), ":");
        let preload = ["env".to_owned(), format!("LD_PRELOAD={libraries}")];
        command.env("IMSHARK_UNDER", [&preload, under].concat().join("\n"));
        command.env("IMSHARK_CAPTURES", names(captures, "\n"));
        command.env("IMSHARK_PROCESSES", &folder);
        let output = command.output().expect("tests/in-root runs");
        let before = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.stdout.is_empty(),
            "{command:?} prints before it opens a capture"
        );
        let ended = std::fs::read_to_string(folder.join("ended"))
            .unwrap_or_else(|error| panic!("{command:?} opens no capture, {error}: {before}"));
        let mut ended: Vec<(u32, ExitStatus)> = ended.lines().map(process).collect();
        assert_eq!(ended.len(), captures.len(), "{command:?}: {before}");
        // That of the first capture is the last.
        ended.rotate_right(1);
        ended[0].1 = output.status;
        let processes = ended.into_iter().enumerate().map(|(at, (id, status))| {
            let printed = |kind| {
                let bytes = std::fs::read(folder.join(format!("{at}.{kind}")));
                String::from_utf8_lossy(&bytes.expect("what was printed")).into_owned()
            };
            Process {
                id,
                status,
                stdout: printed("out"),
                stderr: format!("{before}{}", printed("err")),
            }
        });
        let processes = processes.collect();
        std::fs::remove_dir_all(folder).expect("the folder is there");
        processes
    }
}

/// A row of `ended`.
fn process(row: &str) -> (u32, ExitStatus) {
    let (id, status) = row.split_once(' ').expect("two numbers");
    let id = id.parse().expect("a process ID");
    let status = status.parse().expect("how it ended");
    (id, ExitStatus::from_raw(status))
}

/// Makes a folder that every user can write to.
pub fn open_folder(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir(path).expect("a folder");
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(path, open).expect("an open folder");
}
