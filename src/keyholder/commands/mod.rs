//! What a key holder types, as `candor trustee …` and as the small program `candor-keyholder`: the same commands, no configuration, no
//! database, no network.

mod arguments;
mod ceremony;
mod closing;
mod desk;
mod unlocking;

pub use arguments::{
    DestroyArguments, KeysArguments, OpenArguments, Place, RestoreArguments, ServeArguments, SharesCommand, SheetArguments, TestArguments,
    TrusteeCommand, Unlock,
};
pub use desk::{Desk, Terminal};

use domain::{Moment, SystemClock, WaveId};

use crate::folder::{FileProblem, Folder, Kind};
use crate::key::{KeyProblem, PublicHalf};
use crate::locked::LockedKeyProblem;
use crate::record::{Record, RecordProblem};
use crate::result::{OpeningRefused, ResultRefused};
use crate::sheet::SheetRefused;
use crate::test_ballot::TestProblem;

/// Why a command ended without doing its work.
#[derive(Debug)]
pub enum Failure {
    /// It was refused: what was given does not hold.
    Refused(String),
    /// What was typed makes no sense; nothing was changed.
    BadInput(String),
    /// It is too early or too late.
    NotDue(String),
}

impl Failure {
    /// The exit code of a program: 1 refused, 2 bad input, 3 not due.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::BadInput(_) => 2,
            Self::NotDue(_) => 3,
        }
    }

    /// The reason, in words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Refused(text) | Self::BadInput(text) | Self::NotDue(text) => text,
        }
    }
}

macro_rules! refused {
    ($($problem:ty),*) => {
        $(impl From<$problem> for Failure {
            fn from(problem: $problem) -> Self {
                Self::Refused(problem.to_string())
            }
        })*
    };
}
refused!(FileProblem, KeyProblem, LockedKeyProblem, RecordProblem, ResultRefused, SheetRefused, TestProblem);

impl From<OpeningRefused> for Failure {
    fn from(refused: OpeningRefused) -> Self {
        match refused {
            OpeningRefused::TooEarly(_) | OpeningRefused::TooLate(_) => Self::NotDue(refused.to_string()),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// Runs a command. Everything it says and asks goes over the desk.
///
/// # Errors
/// [`Failure`] with the reason in words; what was written before stands.
pub fn run(command: &TrusteeCommand, desk: &mut dyn Desk, now: Moment) -> Result<(), Failure> {
    // Nobody needs more on paper than the second.
    let now = Moment::from_micros(now.micros() - now.micros().rem_euclid(1_000_000));
    match command {
        TrusteeCommand::Keys(arguments) => ceremony::make_keys(arguments, desk, now),
        TrusteeCommand::Shares(SharesCommand::Check { place, wave, unlock }) => ceremony::check_shares(place, wave, unlock, desk),
        TrusteeCommand::Shares(SharesCommand::Print { place, wave, scheme, unlock }) => {
            ceremony::print_shares(place, wave, *scheme, unlock, desk, now)
        }
        TrusteeCommand::Restore(arguments) => ceremony::restore(arguments, desk, now),
        TrusteeCommand::Read(arguments) => closing::read(arguments, desk),
        TrusteeCommand::Sign(arguments) => closing::sign(arguments, desk, now),
        TrusteeCommand::Test(arguments) => closing::test(arguments, desk),
        TrusteeCommand::Open(arguments) => closing::open(arguments, desk, now),
        TrusteeCommand::Destroy(arguments) => closing::destroy(arguments, desk, now),
        TrusteeCommand::Serve(ServeArguments { port, place }) => crate::page::serve(&place.folder, *port, desk, &SystemClock)
            .map_err(|problem| Failure::Refused(format!("port {port}: {problem}"))),
    }
}

/// The public half of a round's key in a folder.
fn public_half(folder: &Folder, wave: &WaveId) -> Result<PublicHalf, Failure> {
    match folder.read(wave, Kind::Public)? {
        Some(bytes) => Ok(PublicHalf::from_json(&bytes)?),
        None => Err(missing(folder, wave, Kind::Public)),
    }
}

/// What was done with a round's key.
fn record(folder: &Folder, wave: &WaveId) -> Result<Record, Failure> {
    match folder.read(wave, Kind::Record)? {
        Some(bytes) => Ok(Record::from_json(&bytes)?),
        None => Err(missing(folder, wave, Kind::Record)),
    }
}

fn missing(folder: &Folder, wave: &WaveId, kind: Kind) -> Failure {
    Failure::BadInput(format!(
        "{} is not there. Say with --folder where the files of round {wave} lie; if that machine is lost, begin with restore",
        folder.path(wave, kind).display()
    ))
}

#[cfg(test)]
mod tests;
