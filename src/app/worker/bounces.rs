//! Mails that came back: their reports are read, addresses are marked, and the mails are gone.
//!
//! A mail that came back may hold the whole mail that was sent, with its recipient's live link. So nothing of it is kept or logged, not even a
//! count: after a reminder, how many came back is a number about people who have not answered.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use identity::{JobKind, ReturnedMail};

use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::ACCESS;
use crate::mail::report::{READ_LIMIT, failures};

/// What became of the mails in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// How many were read and deleted.
    pub read: u32,
    /// How many could not be read or deleted and are still there.
    pub left: u32,
    /// For how many people an address was marked; somebody may be counted more than once.
    pub marked: u32,
}

/// Reads one mail and marks the addresses that it says could not be reached; returns for how many people. A mail that says nothing of that kind marks
/// nobody.
///
/// # Errors
/// When the database fails; the mail should then be kept and read again.
pub fn read_returned(installation: &Installation, mail: &[u8]) -> Result<u32, Refusal> {
    let mut marked: u32 = 0;
    // A mail with a one-time link belongs to no round, and tells nothing about the mails of one.
    for failure in failures(mail).into_iter().filter(|failure| failure.kind.as_deref() != Some(ACCESS)) {
        let kind = failure.kind.as_deref().and_then(JobKind::parse);
        for address in failure.addresses {
            let people = installation.identity.mark_returned(&ReturnedMail { address, mark: failure.mark, kind })?;
            marked = marked.saturating_add(people);
            if people > 0 {
                break;
            }
        }
    }
    Ok(marked)
}

/// Reads every mail of a maildir and deletes each once its addresses are marked, as long as `go_on` says so. What dies in between is read again: a mark
/// that is set twice is one mark.
///
/// Strangers write these mails, so one on which the database fails stays and does not keep those behind it from being read; only a database that is
/// not available ends the sweep at once.
///
/// # Errors
/// [`Refusal::Invalid`] when the folder is no maildir; when the database fails, the first failure, after all the other mails.
pub fn sweep(installation: &Installation, maildir: &Path, go_on: impl Fn() -> bool) -> Result<Swept, Refusal> {
    let mut swept = Swept::default();
    let mut failed = None;
    for file in mails(maildir)? {
        if !go_on() {
            break;
        }
        let mail = match read_beginning(&file) {
            Ok(Some(mail)) => mail,
            // No mail, or another process has just read it.
            Ok(None) => continue,
            Err(_) => {
                swept.left = swept.left.saturating_add(1);
                continue;
            }
        };
        match read_returned(installation, &mail) {
            Ok(marked) => swept.marked = swept.marked.saturating_add(marked),
            Err(unavailable @ Refusal::Unavailable(_)) => return Err(unavailable),
            Err(other) => {
                failed.get_or_insert(other);
                continue;
            }
        }
        match fs::remove_file(&file) {
            Ok(()) => swept.read = swept.read.saturating_add(1),
            Err(cause) if cause.kind() == ErrorKind::NotFound => {}
            Err(_) => swept.left = swept.left.saturating_add(1),
        }
    }
    failed.map_or(Ok(swept), Err)
}

/// The files in `new` and `cur`. What is in `tmp` is still being written.
fn mails(maildir: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let no_maildir = |folder: &Path, cause: io::Error| {
        Refusal::Invalid(format!(
            "{}: {cause}. Returned mails are read from a maildir, with the folders new and cur; check the path and that this account may read and write there",
            folder.display()
        ))
    };
    let mut files = Vec::new();
    for folder in [maildir.join("new"), maildir.join("cur")] {
        for entry in fs::read_dir(&folder).map_err(|cause| no_maildir(&folder, cause))? {
            let entry = entry.map_err(|cause| no_maildir(&folder, cause))?;
            // A name with a dot is not a mail (the maildir format), and a link could lead anywhere.
            let is_mail = !entry.file_name().as_encoded_bytes().starts_with(b".") && entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_mail {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// As much of a mail as is read; `None` when it is not there any more.
fn read_beginning(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match File::open(file) {
        Ok(file) => beginning(file).map(Some),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// As much of a mail as is read.
///
/// # Errors
/// When it cannot be read.
pub fn beginning(mail: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    mail.take(u64::try_from(READ_LIMIT).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
