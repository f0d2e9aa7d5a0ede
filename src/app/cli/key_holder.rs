//! What goes to a key holder outside the operator and comes back: the sealed answers, and their signed result.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use domain::WaveId;

use super::Failure;
use super::release::new_file;
use super::terminal::say;
use super::wave::{long, next};
use crate::installation::Installation;
use crate::lifecycle::bundle::SealedAnswers;
use crate::lifecycle::signed_result;

/// `candor wave bundle`.
pub(super) fn hand_out(installation: &Installation, wave: &WaveId, to: &Path) -> Result<(), Failure> {
    let cannot = |cause: std::io::Error| Failure::Refused(format!("cannot write {}: {cause}", to.display()));
    let answers = SealedAnswers::of(installation, wave)?;
    let mut file = BufWriter::new(new_file(to).map_err(cannot)?);
    let written = answers.hand_out(&mut file).map_err(Failure::from);
    let written = written.and_then(|()| file.flush().and_then(|()| file.get_ref().sync_all()).map_err(cannot));
    if let Err(failure) = written {
        // What is there is no bundle; nobody shall take it for one.
        drop(file);
        return match fs::remove_file(to) {
            Ok(()) => Err(failure),
            Err(cause) => {
                Err(Failure::Refused(format!("{}. The incomplete file {} is still there: {cause}", failure.text(), to.display())))
            }
        };
    }
    say!("{} holds the {} sealed answers of round {wave}; the promise log holds that it was made.", to.display(), answers.count());
    say!("Hand it to the key holder, who takes the list of counted answers from the survey page and not from you:");
    say!("  {}/w/{wave}/board", installation.config.respondents.url);
    say!("Next: candor wave result {wave} FILE with the file that comes back. Delete {} once the result is published.", to.display());
    Ok(())
}

/// `candor wave result`.
pub(super) fn take_in(installation: &Installation, wave: &WaveId, file: &Path) -> Result<(), Failure> {
    let bytes = fs::read(file).map_err(|cause| Failure::BadInput(format!("cannot read {}: {cause}", file.display())))?;
    let taken =
        long(installation, "checking the result", |installation, observe| signed_result::take_in(installation, wave, &bytes, observe))?;
    for check in &taken.checks {
        say!("  checked: {}: {}", check.what, check.found);
    }
    if taken.before {
        say!("The same result was handed in before; nothing was changed.");
    }
    say!("SHA-256 of the result, which the key holder's program told too: {}", taken.sha256);
    next(installation, wave)
}
