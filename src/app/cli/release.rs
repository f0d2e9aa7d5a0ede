//! `candor release …`.

use super::Failure;
use super::arguments::ReleaseCommand;
use super::terminal::say;
use crate::installation::Installation;
use crate::lifecycle::notices;

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
    }
}
