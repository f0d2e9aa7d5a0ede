//! `candor log …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use data_encoding::HEXLOWER_PERMISSIVE;
use identity::{Entry, Fingerprint, read_promise_log, write_promise_log};

use super::release::hand_over;
use super::terminal::say;
use super::{Arguments, Failure, installation};

/// What can be done with the promise log.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Check that every entry continues the one before it and none was changed; says the first that does not fit.
    Verify(VerifyArguments),
    /// Write the log, one entry per line, for a checker of one's own. docs/promise-log.md describes the format.
    Export {
        /// The file to write; left out, the standard output. It must not exist, and only its owner may read it.
        #[arg(long, value_name = "FILE.jsonl")]
        out: Option<PathBuf>,
    },
}

/// Arguments of `candor log verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// A log that was exported earlier; left out, the installation's own. A file needs no configuration and no database.
    #[arg(value_name = "FILE.jsonl")]
    pub file: Option<PathBuf>,
    /// A fingerprint that was noted earlier: says whether the log still holds its entry. Without one nobody can tell that the end was cut off, or that all
    /// of it was written anew.
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    pub noted: Option<Fingerprint>,
}

fn fingerprint(text: &str) -> Result<Fingerprint, String> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map_err(|e| format!("not hexadecimal: {e}"))?;
    bytes.try_into().map_err(|_| "a fingerprint has 64 characters".to_owned())
}

pub(super) fn run(arguments: &Arguments, command: &LogCommand) -> Result<(), Failure> {
    match command {
        LogCommand::Verify(options) => verify(arguments, options),
        LogCommand::Export { out } => hand_over(write_promise_log(&own(arguments)?).as_bytes(), out.as_deref()),
    }
}

fn verify(arguments: &Arguments, options: &VerifyArguments) -> Result<(), Failure> {
    let entries = match &options.file {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|e| Failure::BadInput(format!("cannot read {}: {e}", file.display())))?;
            read_promise_log(&text).map_err(|broken| Failure::Refused(format!("{}: {broken}", file.display())))?
        }
        None => own(arguments)?,
    };
    let Some(last) = entries.last() else {
        say!("The promise log is empty.");
        return options.noted.map_or(Ok(()), |_| Err(missing()));
    };
    say!("All {} entries fit together, up to {}.", entries.len(), last.at);
    say!("The fingerprint of the last one: {}", HEXLOWER_PERMISSIVE.encode(&last.fingerprint));
    match options.noted.map(|noted| entries.iter().find(|entry| entry.fingerprint == noted)) {
        None => say!(
            "Note it where nobody who runs this server can change it: a log that was cut off or written anew can be found by that alone."
        ),
        Some(Some(entry)) => {
            say!("The noted fingerprint is that of entry {} of {}: everything up to it is as it was then.", entry.number, entry.at)
        }
        Some(None) => return Err(missing()),
    }
    Ok(())
}

fn missing() -> Failure {
    Failure::Refused(
        "no entry has the noted fingerprint: since it was noted, the log was cut off before it or written anew (or the note is not of this log)".to_owned(),
    )
}

/// The installation's own entries.
fn own(arguments: &Arguments) -> Result<Vec<Entry>, Failure> {
    let log = installation(arguments)?.identity.promise_log().map_err(|e| Failure::Refused(e.to_string()))?;
    match log.broken {
        None => Ok(log.entries),
        Some(broken) => {
            Err(Failure::Refused(format!("the promise log does not hold: {broken}. {} entries before it do", log.entries.len())))
        }
    }
}
