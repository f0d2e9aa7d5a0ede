//! The box key's file: outside both databases, readable by the operator's process alone, destroyed at publication.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use domain::WaveId;
use rand::Rng;
use zeroize::Zeroizing;

/// The file whose lock is the right to take a step; what it holds marks the folder, so that an unmounted disk and an exchanged folder are noticed.
const TURN: &str = ".turn";

/// A folder of box key files, one per wave that has not ended.
#[derive(Debug, Clone)]
pub struct KeyFolder(PathBuf);

/// The right to take steps of a wave's life, alone on this machine; ends when dropped, also by the death of the process.
#[derive(Debug)]
pub struct Turn {
    file: File,
}

/// What tells one key folder from all others: random, written when the folder is made ready.
pub type FolderMark = [u8; 16];

/// What went wrong with a key file.
#[derive(Debug, thiserror::Error)]
#[error("the key file {path}: {cause}")]
pub struct KeyFileProblem {
    path: PathBuf,
    cause: io::Error,
}

impl KeyFolder {
    /// The folder at `path`; made with mode 0700 when the first key is written.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where the key of a wave lies.
    #[must_use]
    pub fn path(&self, wave: &WaveId) -> PathBuf {
        self.0.join(format!("{wave}.boxkey"))
    }

    /// Writes the key so that it is either complete on disk or absent, with mode 0600.
    ///
    /// # Errors
    /// When the disk refuses; nothing half-written stays under the key's name.
    pub fn write(&self, wave: &WaveId, bytes: &[u8]) -> Result<(), KeyFileProblem> {
        let path = self.path(wave);
        let problem = |cause| KeyFileProblem { path: path.clone(), cause };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(problem)?;
        let fresh = path.with_extension("boxkey.new");
        let written = (|| {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)?;
            sync_folder(&self.0)
        })();
        if written.is_err() {
            // A leftover under the temporary name is overwritten by the next try.
            let _ = fs::remove_file(&fresh);
        }
        written.map_err(problem)
    }

    /// Makes the folder ready for its first key. Only a launch does this; every later step insists on finding the folder.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn prepare(&self, random: &mut impl Rng) -> Result<(), KeyFileProblem> {
        let path = self.0.join(TURN);
        let problem = |cause| KeyFileProblem { path: path.clone(), cause };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.0).map_err(problem)?;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(problem)?;
        file.lock().map_err(problem)?;
        // Not a whole mark: new, of an earlier version, or torn by a crash while this was being done.
        if file.metadata().map_err(problem)?.len() != 16 {
            let mut mark: FolderMark = [0; 16];
            random.fill_bytes(&mut mark);
            file.set_len(0).map_err(problem)?;
            file.write_all(&mark).map_err(problem)?;
            file.sync_all().map_err(problem)?;
            sync_folder(&self.0).map_err(problem)?;
        }
        Ok(())
    }

    /// Whether the folder is there, as [`Self::prepare`] left it, and is the one with this mark. A wave of an earlier version has none.
    #[must_use]
    pub fn is_there(&self, mark: Option<FolderMark>) -> bool {
        fs::read(self.0.join(TURN)).is_ok_and(|found| mark.is_none_or(|mark| found == mark))
    }

    /// Waits until no other thread or process takes a step of a wave's life, and keeps others waiting until the result is dropped.
    ///
    /// Every step can be repeated, but two at once could for instance make two keys for one wave.
    ///
    /// # Errors
    /// When the folder cannot be made or locked.
    pub fn turn(&self) -> Result<Turn, KeyFileProblem> {
        let path = self.0.join(TURN);
        let problem = |cause| KeyFileProblem { path: path.clone(), cause };
        let file = OpenOptions::new().read(true).write(true).open(&path).map_err(|cause| match cause.kind() {
            // Going on without the disk would call a key destroyed that still lies on it.
            io::ErrorKind::NotFound => problem(io::Error::new(
                cause.kind(),
                "the key folder is not there: mount its disk or put the folder back, nothing was changed. If it is gone for good, only candor wave abort ROUND --key-lost is left",
            )),
            _ => problem(cause),
        })?;
        file.lock().map_err(problem)?;
        Ok(Turn { file })
    }

    /// Reads the key; `None` when there is no file.
    ///
    /// # Errors
    /// When the file cannot be read or others than its owner may read it.
    pub fn read(&self, wave: &WaveId) -> Result<Option<Zeroizing<Vec<u8>>>, KeyFileProblem> {
        let path = self.path(wave);
        let problem = |cause| KeyFileProblem { path: path.clone(), cause };
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(problem(e)),
        };
        let mode = file.metadata().map_err(problem)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(problem(io::Error::new(
                io::ErrorKind::PermissionDenied,
                format!("others than its owner may read it (mode {:o}): run chmod 600, and ask who has read it", mode & 0o777),
            )));
        }
        let mut bytes = Zeroizing::new(Vec::new());
        file.read_to_end(&mut bytes).map_err(problem)?;
        Ok(Some(bytes))
    }

    /// Overwrites the key with random bytes and removes the file; done when there is none.
    ///
    /// Overwriting helps on a plain disk only: snapshots, backups and worn-out cells of an SSD may keep the old bytes, which is why
    /// the folder must lie outside every backup.
    ///
    /// # Errors
    /// When the disk refuses; the step is then repeated at the next start.
    pub fn destroy(&self, wave: &WaveId, random: &mut impl Rng) -> Result<(), KeyFileProblem> {
        for path in [self.path(wave), self.path(wave).with_extension("boxkey.new")] {
            overwrite_and_remove(&path, random).map_err(|cause| KeyFileProblem { path: path.clone(), cause })?;
        }
        if self.0.exists() {
            sync_folder(&self.0).map_err(|cause| KeyFileProblem { path: self.0.clone(), cause })?;
        }
        Ok(())
    }
}

impl Turn {
    /// The mark of the folder; `None` for a folder that was made ready by an earlier version, which wrote none.
    ///
    /// # Errors
    /// When the disk refuses, or the mark is damaged.
    pub fn folder_mark(&mut self) -> io::Result<Option<FolderMark>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        match bytes.as_slice() {
            [] => Ok(None),
            whole => {
                whole.try_into().map(Some).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the mark of the key folder is damaged"))
            }
        }
    }
}

fn overwrite_and_remove(path: &Path, random: &mut impl Rng) -> io::Result<()> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
    };
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    let mut noise = vec![0_u8; length];
    random.fill_bytes(&mut noise);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&noise)?;
    file.sync_all()?;
    drop(file);
    fs::remove_file(path)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn folder() -> (tempfile::TempDir, KeyFolder, WaveId) {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFolder::new(dir.path().join("keys"));
        (dir, keys, WaveId::parse("2026-q4").unwrap())
    }

    #[test]
    fn a_key_is_readable_by_its_owner_alone_and_gone_after_its_destruction() {
        let (_dir, keys, wave) = folder();
        assert!(keys.read(&wave).unwrap().is_none());
        keys.write(&wave, b"secret").unwrap();
        assert_eq!(fs::metadata(keys.path(&wave)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(keys.read(&wave).unwrap().unwrap().as_slice(), b"secret");
        keys.destroy(&wave, &mut rand::rng()).unwrap();
        assert!(!keys.path(&wave).exists());
        keys.destroy(&wave, &mut rand::rng()).unwrap();
    }

    #[test]
    fn two_steps_of_a_wave_never_run_at_once() {
        let (_dir, keys, _) = folder();
        keys.prepare(&mut rand::rng()).unwrap();
        let running = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _turn = keys.turn().unwrap();
                        assert_eq!(running.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        running.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                    }
                });
            }
        });
    }

    #[test]
    fn no_step_is_taken_while_the_key_folder_is_missing() {
        let (_dir, keys, _) = folder();
        assert!(keys.turn().unwrap_err().to_string().contains("mount its disk"));
        keys.prepare(&mut rand::rng()).unwrap();
        let mark = keys.turn().unwrap().folder_mark().unwrap().expect("made ready");
        keys.prepare(&mut rand::rng()).unwrap();
        assert_eq!(keys.turn().unwrap().folder_mark().unwrap(), Some(mark), "a mark is given once");
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_the_mend() {
        let (_dir, keys, wave) = folder();
        keys.write(&wave, b"secret").unwrap();
        fs::set_permissions(keys.path(&wave), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(keys.read(&wave).unwrap_err().to_string().contains("chmod 600"));
    }
}
