//! `candor release …`.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use domain::roster::Roster;
use keyholder::{PublishedFile, PublishedRefused};

use super::Failure;
use super::arguments::{Checked, ReleaseCommand};
use super::roster::read_staff_list;
use super::terminal::{remark, say};
use crate::installation::Installation;
use crate::lifecycle::{exports, notices, past, signed_file};

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
        ReleaseCommand::Check { what: Checked::File(file), list } => check_file(file, list.as_deref()),
        ReleaseCommand::Check { list: Some(_), .. } => {
            Err(Failure::BadInput("--list belongs to a file; what is kept of a round is compared with its own list".to_owned()))
        }
        ReleaseCommand::Check { what: Checked::Round(wave), list: None } => {
            let checked = past::checked(installation, wave)?;
            say!("The result of round {wave} is the one that was published. Its SHA-256: {}", checked.sha256);
            say!("Signed with the key of its promise sheet; it keeps every rule that protects people.");
            match checked.key_holder {
                Some(holder) => say!(
                    "Signed by {holder}, with the key that stands on the promise sheet, as the result of the list of counted answers that everybody can read."
                ),
                None => say!("Nobody outside the operator held the key of this round, so nobody else signed it."),
            }
            Ok(())
        }
        ReleaseCommand::Signed { wave, out } => {
            let file = signed_file::make(installation, wave)?;
            exports::record(installation, wave, signed_file::NAME)?;
            hand_over(&file, out.as_deref())
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

/// Checks a file with a published result and its signatures, and says what was checked and what was not.
///
/// # Errors
/// [`Failure::BadInput`] for a file that cannot be read, [`Failure::Refused`] when something of it does not hold.
pub(super) fn check_file(file: &Path, list: Option<&Path>) -> Result<(), Failure> {
    let read = |path: &Path| fs::read(path).map_err(|cause| Failure::BadInput(format!("cannot read {}: {cause}", path.display())));
    let refused = |problem: PublishedRefused| Failure::Refused(format!("{} does not hold: {problem}", file.display()));
    let mut verified = PublishedFile::from_json(&read(file)?).and_then(PublishedFile::verify).map_err(refused)?;
    if let Some(list) = list {
        let list = keyholder::result::read_list(&read(list)?).map_err(|problem| Failure::BadInput(problem.to_string()))?;
        verified = verified.with_list(&list).map_err(refused)?;
    }
    let promised = &verified.documents().manifest;
    say!("All signatures in {} hold.", file.display());
    say!("It is the published result of round {} of {}, if what is to be compared agrees.", promised.wave, promised.organisation);
    for passage in verified.told() {
        say!("\n{}", passage.title);
        for line in passage.lines {
            say!("  * {line}");
        }
    }
    Ok(())
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
