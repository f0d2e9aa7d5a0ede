//! Counts, and on request slows down, every `fsync` and `fdatasync` of server and database.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;

/// The file in which the library of `fsync.c` counts.
const FILE: &str = "SYNCS_FILE";

/// The counter that all processes below this one share: the number of flushes, and how many microseconds each one takes longer.
pub(crate) struct Syncs(File);

impl Syncs {
    /// The counter, when this process was started under the library.
    pub(crate) fn attached() -> Option<Self> {
        let file = std::env::var_os(FILE)?;
        Some(Self(File::options().read(true).write(true).open(file).expect("the counter's file")))
    }

    /// Compiles the library and runs this program again with it loaded into every process; `None` without a C compiler.
    pub(crate) fn run_again() -> Option<ExitStatus> {
        let folder = tempfile::tempdir().expect("a folder");
        let open_to = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
        // PostgreSQL may run as another user.
        open_to(folder.path(), 0o755);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/submit/fsync.c");
        let (library, counter) = (folder.path().join("fsync.so"), folder.path().join("syncs"));
        let compiled = Command::new("cc").args(["-O2", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").status();
        if !compiled.is_ok_and(|status| status.success()) {
            return None;
        }
        fs::write(&counter, [0; 16]).expect("the counter's file");
        open_to(&counter, 0o666);
        let mut again = Command::new(std::env::current_exe().expect("this program"));
        again.args(std::env::args_os().skip(1)).env(FILE, &counter).env("LD_PRELOAD", &library);
        Some(again.status().expect("this program once more"))
    }

    /// How many there were until now.
    pub(crate) fn count(&self) -> u64 {
        let mut bytes = [0; 8];
        self.0.read_exact_at(&mut bytes, 0).expect("the counter");
        u64::from_ne_bytes(bytes)
    }

    /// Makes every flush from now on take longer.
    pub(crate) fn delay(&self, span: Duration) {
        let microseconds = u64::try_from(span.as_micros()).expect("a short span");
        self.0.write_all_at(&microseconds.to_ne_bytes(), 8).expect("the counter's file");
    }
}
