//! A file of keys, read as carefully as secrets and hostile paths ask for.
//!
//! Only a regular file is read: a FIFO would wait for a writer for ever, a device may do
//! anything. So it is opened without waiting, and what it is, is looked at before and behind.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{Error, Read};
use std::path::Path;

/// What was read of a file.
#[derive(Debug)]
pub struct Contents {
    /// Whole lines.
    pub bytes: Vec<u8>,
    /// Bytes behind them, which are beyond the limit.
    pub left_out: u64,
    /// The permissions, if they let others in: see [`open_to_others`].
    pub open_mode: Option<u32>,
}

/// Why nothing was read.
#[derive(Debug)]
pub enum Refusal {
    /// It is no regular file but this.
    Kind(&'static str),
    /// The system says no.
    System(Error),
}

/// Reads a file up to the last line that ends within `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Contents, Refusal> {
    regular(&path.metadata().map_err(Refusal::System)?)?;
    let file = open(path).map_err(Refusal::System)?;
    // Somebody may have put another there in between.
    let about = file.metadata().map_err(Refusal::System)?;
    regular(&about)?;
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let read = read.map_err(Refusal::System)? as u64;
    let mut left_out = 0;
    if read > limit {
        let within = bytes.get(..bytes.len() - 1).unwrap_or_default();
        let end = within.iter().rposition(|byte| *byte == b'\n');
        bytes.truncate(end.map_or(0, |feed| feed + 1));
        left_out = about.len().max(read) - bytes.len() as u64;
    }
    Ok(Contents {
        bytes,
        left_out,
        open_mode: open_mode(&about),
    })
}

/// The permissions of a file that somebody other than its owner can read or write.
pub fn open_to_others(path: &Path) -> Option<u32> {
    open_mode(&path.metadata().ok()?)
}

fn regular(about: &Metadata) -> Result<(), Refusal> {
    if about.is_file() {
        return Ok(());
    }
    Err(Refusal::Kind(kind(about.file_type())))
}

#[cfg(unix)]
fn kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        _ if kind.is_dir() => "a directory",
        _ if kind.is_fifo() => "a FIFO",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_block_device() || kind.is_char_device() => "a device",
        _ => "something else",
    }
}

#[cfg(not(unix))]
fn kind(kind: FileType) -> &'static str {
    match kind {
        _ if kind.is_dir() => "a directory",
        _ => "something else",
    }
}

#[cfg(unix)]
fn open(path: &Path) -> Result<File, Error> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> Result<File, Error> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(unix)]
fn open_mode(about: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    const OTHERS: u32 = 0o077;
    let mode = about.permissions().mode() & 0o777;
    (mode & OTHERS != 0).then_some(mode)
}

/// Access lists are not looked at.
#[cfg(not(unix))]
fn open_mode(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A path of the test's own, where nothing is.
    fn path(name: &str) -> PathBuf {
        let name = format!("imshark-key-file-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&path);
        path
    }

    #[test]
    fn what_is_beyond_the_limit_is_left_out_by_whole_lines() {
        let path = path("limit");
        std::fs::write(&path, "first\nsecond\nthird\n").unwrap();
        for (limit, text, left_out) in [
            (100, "first\nsecond\nthird\n", 0),
            (19, "first\nsecond\nthird\n", 0),
            (18, "first\nsecond\n", 6),
            (13, "first\nsecond\n", 6),
            (12, "first\n", 13),
            (3, "", 19),
        ] {
            let contents = read(&path, limit).unwrap();
            assert_eq!(contents.bytes, text.as_bytes(), "{limit}");
            assert_eq!(contents.left_out, left_out, "{limit}");
        }
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_directory_is_refused() {
        let refusal = read(&std::env::temp_dir(), 100).unwrap_err();
        assert!(matches!(refusal, Refusal::Kind("a directory")));
        let refusal = read(&path("missing"), 100).unwrap_err();
        assert!(matches!(refusal, Refusal::System(_)));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let refused = |path: &Path| match read(path, 100).unwrap_err() {
            Refusal::Kind(kind) => kind,
            Refusal::System(error) => panic!("{error}"),
        };
        assert_eq!(refused(Path::new("/dev/zero")), "a device");
        let socket = path("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(refused(&socket), "a socket");
        std::fs::remove_file(socket).unwrap();
        let fifo = path("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        assert!(made.unwrap().success());
        assert_eq!(refused(&fifo), "a FIFO");
        // Put there after the first look: opening it does not wait.
        assert!(open(&fifo).is_ok());
        std::fs::remove_file(fifo).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn permissions_of_others_are_seen() {
        use std::os::unix::fs::PermissionsExt as _;
        let path = path("mode");
        std::fs::write(&path, "").unwrap();
        for (mode, open) in [
            (0o600, None),
            (0o400, None),
            (0o644, Some(0o644)),
            (0o640, Some(0o640)),
            (0o602, Some(0o602)),
        ] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(open_to_others(&path), open);
            assert_eq!(read(&path, 100).unwrap().open_mode, open);
        }
        std::fs::remove_file(path).unwrap();
    }
}
