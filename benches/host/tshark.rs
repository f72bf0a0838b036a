//! Runs tshark of one version, with one dissector of MSN and QQ or another.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use test_support::usage::{Meter, Usage};

/// What dissects MSN and QQ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dissector {
    Builtin,
    Imshark,
    /// `benches/peers/empty.c`.
    Empty,
    /// `benches/peers/plain.lua`.
    Lua,
}

/// One Wireshark, and a folder for files that its user can read and write.
#[derive(Debug)]
pub struct Tshark {
    pub version: String,
    /// Folders with `X.Y/epan/NAME.so`: of imshark, and of the empty dissector.
    plugins: [PathBuf; 2],
    pub folder: PathBuf,
    meter: Meter,
}

impl Tshark {
    pub fn new(version: String, imshark: PathBuf, empty: PathBuf) -> Self {
        let folder = std::env::temp_dir().join(format!("imshark-bench-{}", std::process::id()));
        for path in [&folder, &folder.join("home"), &folder.join("no-plugins")] {
            std::fs::create_dir_all(path).expect("a folder");
            let open = std::fs::Permissions::from_mode(0o777);
            std::fs::set_permissions(path, open).expect("an open folder");
        }
        let lua = folder.join("plain.lua");
        std::fs::write(lua, include_str!("../peers/plain.lua")).expect("the script written");
        Self {
            version,
            plugins: [imshark, empty],
            meter: Meter::new(&folder),
            folder,
        }
    }

    /// A new file.
    pub fn file(&self, name: &str) -> PathBuf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("{number}-{name}"))
    }

    /// A new file that only the tools' user can read.
    pub fn private_file(&self, name: &str, text: &str) -> PathBuf {
        let file = self.file(name);
        std::fs::write(&file, text).expect("a file written");
        // The user that tests/in-root becomes if started by root; otherwise nothing changes.
        let _ = std::os::unix::fs::chown(&file, Some(65534), Some(65534));
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, private).expect("a private file");
        file
    }

    pub fn command(&self, dissector: Dissector, capture: &Path, options: &[String]) -> Command {
        let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new(benches.join("../tests/in-root"));
        let plugins = match dissector {
            Dissector::Imshark => self.plugins[0].clone(),
            Dissector::Empty => self.plugins[1].clone(),
            Dissector::Builtin | Dissector::Lua => self.folder.join("no-plugins"),
        };
        command
            .args([&self.version, "tshark"])
            .env("WIRESHARK_PLUGIN_DIR", plugins)
            .env("HOME", self.folder.join("home"))
            .env("XDG_CONFIG_HOME", self.folder.join("home"))
            .env_remove("WIRESHARK_CONFIG_DIR")
            .stdin(Stdio::null());
        if dissector == Dissector::Lua {
            let script = self.folder.join("plain.lua");
            command.args(["-X", &format!("lua_script:{}", script.display())]);
        }
        command.arg("-r").arg(capture).args(options);
        command
    }

    /// Lines that a run prints.
    pub fn lines(&self, dissector: Dissector, capture: &Path, options: &[String]) -> usize {
        let output = self.command(dissector, capture, options).output();
        let text = output.expect("tests/in-root runs").stdout;
        memchr::memchr_iter(b'\n', &text).count()
    }

    /// The memory of a run, and its time.
    pub fn usage(&self, dissector: Dissector, capture: &Path, options: &[String]) -> Usage {
        self.meter.of_run(self.command(dissector, capture, options))
    }
}

impl Drop for Tshark {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
