//! `candor release …`.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use domain::roster::Roster;

use super::Failure;
use super::arguments::ReleaseCommand;
use super::roster::read_staff_list;
use super::terminal::{remark, say};
use crate::installation::Installation;
use crate::lifecycle::{exports, notices, past};

pub(super) fn run(installation: &Installation, command: &ReleaseCommand) -> Result<(), Failure> {
    match command {
        ReleaseCommand::Erratum { wave, text } => {
            let number = notices::erratum(installation, wave, text)?;
            say!(
                "Notice {number} of round {wave} is signed and stands beside its result: {}/organisation/{wave}",
                installation.config.console.url
            );
            Ok(())
        }
        ReleaseCommand::Notices(one) => {
            for notice in notices::kept(installation, &one.wave)? {
                say!("{}", serde_json::to_string(&notice).map_err(|e| Failure::Refused(e.to_string()))?);
            }
            Ok(())
        }
        ReleaseCommand::Check(one) => {
            let checked = past::checked(installation, &one.wave)?;
            say!("The result of round {} is the one that was published. Its SHA-256: {}", one.wave, checked.sha256);
            say!("Signed with the key of its promise sheet; it keeps every rule that protects people.");
            match checked.key_holder {
                Some(holder) => say!(
                    "Signed by {holder}, with the key that stands on the promise sheet, as the result of the list of counted answers that everybody can read."
                ),
                None => say!("Nobody outside the operator held the key of this round, so nobody else signed it."),
            }
            Ok(())
        }
        ReleaseCommand::Csv { wave, out } => hand_over(&exports::table(installation, wave)?, out.as_deref()),
        ReleaseCommand::Audit { waves, rosters, out } => {
            let rosters = rosters.iter().map(|file| staff_list(installation, file)).collect::<Result<Vec<_>, _>>()?;
            let (file, corrections) = exports::audit(installation, waves, &rosters)?;
            for correction in corrections {
                remark(&correction);
            }
            hand_over(&file.to_json().map_err(|e| Failure::Refused(e.to_string()))?, out.as_deref())
        }
    }
}

fn staff_list(installation: &Installation, file: &Path) -> Result<Roster, Failure> {
    Ok(read_staff_list(installation, file)?.roster)
}

/// A new file that only its owner may read.
///
/// # Errors
/// When it is there already, or the disk refuses.
pub(super) fn new_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Writes to a file that only its owner may read, or to the standard output.
pub(super) fn hand_over(bytes: &[u8], out: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = out else {
        return match std::io::stdout().write_all(bytes) {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Refused(format!("the standard output: {e}"))),
            _ => Ok(()),
        };
    };
    let written = new_file(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|e| Failure::Refused(format!("cannot write {}: {e}", path.display())))
}
