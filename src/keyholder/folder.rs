//! The key holder's folder: one set of files per round, secret ones for their owner alone, and how they are destroyed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use domain::WaveId;
use rand::Rng;

/// A file of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The secret under its passphrase.
    Key,
    /// The public half, for the operator.
    Public,
    /// The paper about the making of the keys, with the shares: secret until it is printed and destroyed.
    Ceremony,
    /// What was done with the key.
    Record,
    /// The countersignature, for the operator.
    Countersignature,
    /// The signed result, for the operator.
    Result,
}

impl Kind {
    const fn ending(self) -> &'static str {
        match self {
            Self::Key => "key.json",
            Self::Public => "public.json",
            Self::Ceremony => "ceremony.html",
            Self::Record => "record.json",
            Self::Countersignature => "countersignature.json",
            Self::Result => "result.json",
        }
    }
}

/// A folder on the key holder's machine.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
#[error("{}: {cause}", path.display())]
pub struct FileProblem {
    path: PathBuf,
    cause: io::Error,
}

impl FileProblem {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |cause| Self { path, cause }
    }
}

impl Folder {
    /// The folder at `path`; it is made when the first file is written.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where a file of a round lies.
    #[must_use]
    pub fn path(&self, wave: &WaveId, kind: Kind) -> PathBuf {
        self.0.join(format!("{wave}.{}", kind.ending()))
    }

    /// Writes a file that must not exist yet, for its owner alone where the system knows that.
    ///
    /// # Errors
    /// When it exists, or the disk refuses.
    pub fn write_new(&self, wave: &WaveId, kind: Kind, bytes: &[u8]) -> Result<PathBuf, FileProblem> {
        let path = self.path(wave, kind);
        fs::create_dir_all(&self.0).map_err(FileProblem::at(&self.0))?;
        write_new(&path, bytes).map_err(FileProblem::at(&path))?;
        Ok(path)
    }

    /// Writes a file so that either the old one or the new one is there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn replace(&self, wave: &WaveId, kind: Kind, bytes: &[u8]) -> Result<PathBuf, FileProblem> {
        let path = self.path(wave, kind);
        let fresh = self.0.join(format!("{wave}.{}.new", kind.ending()));
        fs::create_dir_all(&self.0).map_err(FileProblem::at(&self.0))?;
        match fs::remove_file(&fresh) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(FileProblem::at(&fresh)(cause)),
            _ => {}
        }
        write_new(&fresh, bytes).and_then(|()| fs::rename(&fresh, &path)).map_err(FileProblem::at(&path))?;
        Ok(path)
    }

    /// Reads a file; `None` when there is none.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn read(&self, wave: &WaveId, kind: Kind) -> Result<Option<Vec<u8>>, FileProblem> {
        let path = self.path(wave, kind);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(FileProblem::at(&path)(cause)),
        }
    }

    /// Overwrites a file with random bytes and removes it; `false` when there was none.
    ///
    /// That is all a program can do. Snapshots, backups, synchronised folders and worn-out cells of an SSD may keep the old bytes.
    ///
    /// # Errors
    /// When the disk refuses; the file may then still be there.
    pub fn destroy(&self, wave: &WaveId, kind: Kind, random: &mut impl Rng) -> Result<bool, FileProblem> {
        let path = self.path(wave, kind);
        overwrite_and_remove(&path, random).map_err(FileProblem::at(&path))
    }
}

/// Reads a file that somebody handed over.
///
/// # Errors
/// When it is not there or cannot be read.
pub fn read_given(path: &Path) -> Result<Vec<u8>, FileProblem> {
    fs::read(path).map_err(FileProblem::at(path))
}

/// Opens a large file that somebody handed over.
///
/// # Errors
/// When it is not there or cannot be read.
pub fn open_given(path: &Path) -> Result<BufReader<File>, FileProblem> {
    File::open(path).map(BufReader::new).map_err(FileProblem::at(path))
}

/// Writes a file, which must not exist yet, where a person wants it.
///
/// # Errors
/// When it exists, or the disk refuses.
pub fn write_given(path: &Path, bytes: &[u8]) -> Result<(), FileProblem> {
    write_new(path, bytes).map_err(FileProblem::at(path))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn overwrite_and_remove(path: &Path, random: &mut impl Rng) -> io::Result<bool> {
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(cause),
    };
    let mut noise = vec![0_u8; usize::try_from(file.metadata()?.len()).unwrap_or_default()];
    random.fill_bytes(&mut noise);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&noise)?;
    file.sync_all()?;
    drop(file);
    fs::remove_file(path)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_is_written_once_for_its_owner_alone_and_gone_after_its_destruction() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, wave) = (Folder::new(dir.path().join("keys")), WaveId::parse("2026-q4").unwrap());
        assert_eq!(folder.read(&wave, Kind::Key).unwrap(), None);
        let path = folder.write_new(&wave, Kind::Key, b"secret").unwrap();
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        assert!(folder.write_new(&wave, Kind::Key, b"other").unwrap_err().to_string().contains("2026-q4.key.json"));
        assert_eq!(folder.read(&wave, Kind::Key).unwrap().unwrap(), b"secret");
        folder.replace(&wave, Kind::Record, b"one").unwrap();
        folder.replace(&wave, Kind::Record, b"two").unwrap();
        assert_eq!(folder.read(&wave, Kind::Record).unwrap().unwrap(), b"two");
        assert!(folder.destroy(&wave, Kind::Key, &mut rand::rng()).unwrap());
        assert!(!path.exists());
        assert!(!folder.destroy(&wave, Kind::Key, &mut rand::rng()).unwrap());
    }
}
