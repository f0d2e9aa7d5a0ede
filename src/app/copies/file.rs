//! A file that has its name only once it is complete and on the disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What is added to the name until the file is complete.
const UNFINISHED: &str = "unfinished";

/// A file that is being written, beside the place where it will stand. It is removed when it is dropped before [`Self::finish`]; what a killed process left
/// is used again by the next one.
#[derive(Debug)]
pub struct NewFile {
    target: PathBuf,
    beside: PathBuf,
    file: File,
    finished: bool,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {cause}")]
pub struct FileProblem {
    path: PathBuf,
    cause: io::Error,
}

impl NewFile {
    /// Begins a file that only its owner may read.
    ///
    /// # Errors
    /// When there is a file at `target` already, when another process is writing it, or when the disk refuses.
    pub fn begin(target: &Path) -> Result<Self, FileProblem> {
        let problem = |cause| FileProblem { path: target.to_owned(), cause };
        if target.symlink_metadata().is_ok() {
            return Err(problem(io::Error::new(ErrorKind::AlreadyExists, "it is there already, and nothing is written over it")));
        }
        let mut name = target.file_name().ok_or_else(|| problem(io::Error::other("it names no file")))?.to_owned();
        name.push(".");
        name.push(UNFINISHED);
        let beside = target.with_file_name(name);
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&beside).map_err(problem)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(problem(io::Error::other("another process is writing it"))),
            Err(TryLockError::Error(cause)) => return Err(problem(cause)),
        }
        let new = Self { target: target.to_owned(), beside, file, finished: false };
        new.file.set_permissions(fs::Permissions::from_mode(0o600)).and_then(|()| new.file.set_len(0)).map_err(problem)?;
        Ok(new)
    }

    /// Brings the file to the disk and gives it its name; its size in bytes.
    ///
    /// # Errors
    /// When the disk refuses, or somebody has put a file there meanwhile.
    pub fn finish(mut self) -> Result<u64, FileProblem> {
        let size = self.named();
        self.finished = size.is_ok();
        size.map_err(|cause| FileProblem { path: self.target.clone(), cause })
    }

    fn named(&self) -> io::Result<u64> {
        self.file.sync_all()?;
        let size = self.file.metadata()?.len();
        match fs::hard_link(&self.beside, &self.target) {
            Ok(()) => fs::remove_file(&self.beside)?,
            // A file system without a second name for a file: there the name could be taken between the look and the renaming.
            Err(e)
                if matches!(e.kind(), ErrorKind::Unsupported | ErrorKind::PermissionDenied) && self.target.symlink_metadata().is_err() =>
            {
                fs::rename(&self.beside, &self.target)?;
            }
            Err(e) => return Err(e),
        }
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
        Ok(size)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.finished {
            // What stays is under a name that no restore takes for a copy.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_file_has_its_name_only_once_it_is_complete_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("people.copy");
        let names =
            || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>();
        let mut new = NewFile::begin(&target).unwrap();
        new.write_all(b"half").unwrap();
        assert_eq!(names(), ["people.copy.unfinished"]);
        assert!(NewFile::begin(&target).unwrap_err().to_string().contains("another process"));
        drop(new);
        assert_eq!(names(), [""; 0]);
        // What a killed process left, here with more in it and with other rights.
        fs::write(folder.path().join("people.copy.unfinished"), b"what was left of a longer one").unwrap();
        let mut new = NewFile::begin(&target).unwrap();
        new.write_all(b"whole").unwrap();
        assert_eq!(new.finish().unwrap(), 5);
        assert_eq!((names(), fs::read(&target).unwrap()), (vec!["people.copy".to_owned()], b"whole".to_vec()));
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(NewFile::begin(&target).unwrap_err().to_string().contains("nothing is written over"));
    }
}
