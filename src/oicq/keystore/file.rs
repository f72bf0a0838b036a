//! Reads a key file without trusting its path.
//!
//! Only regular files are read: a FIFO would block until a writer comes, a device may do
//! anything. On Unix the file is opened without blocking; its type is checked before and
//! after.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{Error, Read};
use std::path::Path;

/// Content of a key file.
#[derive(Debug)]
pub struct Contents {
    /// Whole lines.
    pub bytes: Vec<u8>,
    /// Number of bytes after them, beyond the limit.
    pub left_out: u64,
    /// The permissions, if others have access: see [`open_to_others`].
    pub open_mode: Option<u32>,
}

/// Reason why a file was not read.
#[derive(Debug)]
pub enum Refusal {
    /// Not a regular file but this.
    Kind(&'static str),
    /// An error of the operating system.
    System(Error),
}

/// Reads a file up to the last line that ends within `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Contents, Refusal> {
    regular(&path.metadata().map_err(Refusal::System)?)?;
    let file = open(path).map_err(Refusal::System)?;
    // The file may have been replaced in between.
    let metadata = file.metadata().map_err(Refusal::System)?;
    regular(&metadata)?;
    let mut bytes = Vec::new();
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let read = read.map_err(Refusal::System)? as u64;
    let mut left_out = 0;
    if read > limit {
        let within = bytes.get(..bytes.len() - 1).unwrap_or_default();
        let end = within.iter().rposition(|byte| *byte == b'\n');
        bytes.truncate(end.map_or(0, |feed| feed + 1));
        left_out = metadata.len().max(read) - bytes.len() as u64;
    }
    Ok(Contents {
        bytes,
        left_out,
        open_mode: open_mode(&metadata),
    })
}

/// The permissions of a file, if others than its owner can read, write or execute it.
pub fn open_to_others(path: &Path) -> Option<u32> {
    open_mode(&path.metadata().ok()?)
}

fn regular(metadata: &Metadata) -> Result<(), Refusal> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(Refusal::Kind(kind(metadata.file_type())))
}

fn kind(kind: FileType) -> &'static str {
    #[cfg(unix)]
    use std::os::unix::fs::FileTypeExt as _;
    match kind {
        _ if kind.is_dir() => "a directory",
        #[cfg(unix)]
        _ if kind.is_fifo() => "a FIFO",
        #[cfg(unix)]
        _ if kind.is_socket() => "a socket",
        #[cfg(unix)]
        _ if kind.is_block_device() || kind.is_char_device() => "a device",
        _ => "something else",
    }
}

fn open(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path)
}

/// Access control lists are not checked, nor is anything where there is no such mode.
fn open_mode(metadata: &Metadata) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        const OTHERS: u32 = 0o077;
        let mode = metadata.permissions().mode() & 0o777;
        (mode & OTHERS != 0).then_some(mode)
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A path unique to the test, without a file.
    fn path(name: &str) -> PathBuf {
        let name = format!("imshark-key-file-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&path);
        path
    }

    #[test]
    #[cfg_attr(miri, ignore = "Miri opens no file with such flags")]
    fn lines_beyond_the_limit_are_left_out() {
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
    #[cfg_attr(miri, ignore = "Miri opens no file with such flags")]
    fn special_files_are_refused_without_blocking() {
        let refused = |path: &Path| match read(path, 100).unwrap_err() {
            Refusal::Kind(kind) => kind,
            Refusal::System(error) => panic!("{error}"),
        };
        assert_eq!(refused(Path::new("/dev/zero")), "a device");
        // Only a path that is not followed can have a type without a name.
        let link = path("link");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        assert_eq!(refused(&link), "a device");
        let unfollowed = link.symlink_metadata().unwrap();
        assert_eq!(kind(unfollowed.file_type()), "something else");
        std::fs::remove_file(link).unwrap();
        let socket = path("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(refused(&socket), "a socket");
        std::fs::remove_file(socket).unwrap();
        let fifo = path("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        assert!(made.unwrap().success());
        assert_eq!(refused(&fifo), "a FIFO");
        // As if put there after the first check: opening it does not block.
        assert!(open(&fifo).is_ok());
        std::fs::remove_file(fifo).unwrap();
    }

    #[cfg(unix)]
    #[test]
    #[cfg_attr(miri, ignore = "Miri opens no file with such flags")]
    fn permissions_of_others_are_reported() {
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
