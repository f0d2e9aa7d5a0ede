//! Where the promise log stood last, kept beside the keys. That folder lies outside every backup, so a database that was put back from one is found to be
//! older than the note, and the log says so from then on.
//!
//! Whoever may write the folder can change the note as well: it finds copies that were put back in good faith. Against everything else stands a
//! fingerprint that somebody noted elsewhere.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use data_encoding::HEXLOWER;
use identity::{Fingerprint, IdentityError, PromiseEvent};

use crate::installation::Installation;

/// The file in the key folder.
const FILE: &str = "promise-log.head";

/// Why the log could not be compared with the note.
#[derive(Debug, thiserror::Error)]
pub enum HeadProblem {
    /// The people side failed.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The note could not be written.
    #[error("{FILE} in the key folder: {0}")]
    Disk(#[from] io::Error),
}

/// Records that a copy was put back if the log does not hold what was noted last, and notes where it stands now. Does nothing before the key folder is made,
/// which the first launch does.
///
/// # Errors
/// [`HeadProblem`].
pub fn watch(installation: &Installation) -> Result<(), HeadProblem> {
    let folder = &installation.config.storage.keys;
    if !folder.is_dir() {
        return Ok(());
    }
    let noted = read(&folder.join(FILE));
    let head = installation.identity.promise_log_head()?;
    if noted == head {
        return Ok(());
    }
    if let Some((number, fingerprint)) = noted
        && installation.identity.promise_log_fingerprint(number)? != Some(fingerprint)
    {
        installation.identity.record(&PromiseEvent::BackupRestored { had: number, fingerprint: HEXLOWER.encode(&fingerprint) })?;
    }
    match installation.identity.promise_log_head()? {
        Some(head) => Ok(write(folder, head)?),
        None => Ok(()),
    }
}

/// The entry of the promise log that was noted last in this key folder: its number and its fingerprint; `None` where there is no note.
#[must_use]
pub fn noted(folder: &Path) -> Option<(u32, Fingerprint)> {
    read(&folder.join(FILE))
}

/// The note: a number and a fingerprint; `None` where there is none that can be read.
fn read(path: &Path) -> Option<(u32, Fingerprint)> {
    let text = fs::read_to_string(path).ok()?;
    let (number, fingerprint) = text.trim().split_once(' ')?;
    Some((number.parse().ok()?, HEXLOWER.decode(fingerprint.as_bytes()).ok()?.try_into().ok()?))
}

fn write(folder: &Path, (number, fingerprint): (u32, Fingerprint)) -> io::Result<()> {
    let fresh = folder.join(format!("{FILE}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    writeln!(file, "{number} {}", HEXLOWER.encode(&fingerprint))?;
    file.sync_all()?;
    fs::rename(&fresh, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_note_is_read_back_and_what_is_no_note_is_none() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), (17, [9; 32])).unwrap();
        assert_eq!(read(&folder.path().join(FILE)), Some((17, [9; 32])));
        for text in ["", "17", "17 09", "x 09", &format!("-1 {}", "09".repeat(32))] {
            fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(read(&folder.path().join(FILE)), None, "{text}");
        }
    }
}
