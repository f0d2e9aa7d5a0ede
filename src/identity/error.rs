//! What can go wrong on the people side.
//!
//! What a respondent may run into is no error but an answer ([`Issued`](crate::Issued)). Errors are for steps in the wrong state,
//! for input that contradicts itself, and for the database.

use diesel::result::Error as DieselError;
use domain::reorg::EventRefused;
use domain::{WaveId, WaveState};
use storage::{StorageError, StoreFailure};

/// Why the people side did not do what was asked; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// There is no such wave.
    #[error("there is no wave {wave}; check how it is written")]
    UnknownWave {
        /// The wave that was asked for.
        wave: WaveId,
    },
    /// A wave of this id exists already.
    #[error("there is a wave {wave} already; choose another id")]
    WaveExists {
        /// The wave that should be made.
        wave: WaveId,
    },
    /// The wave is not in the state that the step needs.
    #[error("wave {wave} is {state}, this needs {wanted}: {}", remedy(*.state, *.wanted))]
    StateRefused {
        /// The wave.
        wave: WaveId,
        /// The state it is in.
        state: WaveState,
        /// The state it must be in.
        wanted: WaveState,
    },
    /// It is decided that the wave ends without a result.
    #[error("wave {wave} is being aborted; repeat the abort to end it, nothing else is possible any more")]
    AbortDecided {
        /// The wave.
        wave: WaveId,
    },
    /// The wave can only be aborted after that was decided with a reason.
    #[error("wave {wave} has no reason for its abort yet; give one first, everybody will read it")]
    NoAbortReason {
        /// The wave.
        wave: WaveId,
    },
    /// A wave is extended once.
    #[error("wave {wave} was extended before, by {before} days; that can be done once")]
    Extended {
        /// The wave.
        wave: WaveId,
        /// By how many days.
        before: u32,
    },
    /// One wave runs at a time.
    #[error("wave {wave} cannot begin while wave {other} is {state}: publish or abort {other} first")]
    AnotherWave {
        /// The wave that should begin.
        wave: WaveId,
        /// The wave that has not ended.
        other: WaveId,
        /// Its state.
        state: WaveState,
    },
    /// People, teams and groups to be frozen contradict each other.
    #[error("the groups of wave {wave} do not fit its people: {problem}. Make the groups again from the current staff list")]
    Snapshot {
        /// The wave.
        wave: WaveId,
        /// The contradiction.
        problem: String,
    },
    /// Cards do not fit the people of a wave, or the cards that were made before.
    #[error("the cards of wave {wave} cannot be made: {problem}. Nothing was changed")]
    Cards {
        /// The wave.
        wave: WaveId,
        /// The contradiction.
        problem: String,
    },
    /// An event does not fit what happened to the teams before, or others build upon it.
    #[error(transparent)]
    Event(#[from] EventRefused),
    /// There is no event of this number.
    #[error("there is no event {number}; candor roster events lists them")]
    UnknownEvent {
        /// The number.
        number: u32,
    },
    /// A launched wave has taken the event in.
    #[error(
        "event {number} was recorded before a round was launched, and what a round was launched with never changes. If it was wrong, record what undoes it, with today's date"
    )]
    EventFrozen {
        /// The number.
        number: u32,
    },
    /// The uploaded staff list is not there any more.
    #[error(
        "this upload is not waiting any more: it was taken over, replaced by another one, thrown away or too old. Upload the file again"
    )]
    NoUpload,
    /// The staff list changed after the upload was compared with it.
    #[error("the staff list has changed since this file was compared with it. Upload the file again, and look at what it changes now")]
    OtherList,
    /// An account with this login exists already.
    #[error("there is an account with this login already; choose another one")]
    LoginTaken,
    /// There is no such account.
    #[error("there is no such account")]
    UnknownAccount,
    /// An account lacks what belongs to its role, or has what does not.
    #[error("{what}")]
    AccountIncomplete {
        /// What is wrong and what to give.
        what: &'static str,
    },
    /// A password could not be hashed, for instance because it is too long or memory is short.
    #[error("the password could not be hashed: {0}")]
    Password(String),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl IdentityError {
    /// Whether trying again later can help.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Storage(cause) if cause.is_unavailable())
    }
}

impl StoreFailure for IdentityError {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<DieselError> for IdentityError {
    fn from(error: DieselError) -> Self {
        Self::Storage(error.into())
    }
}

/// What to do, for the state that a wave is in when a step needs another one.
const fn remedy(state: WaveState, wanted: WaveState) -> &'static str {
    match (state, wanted) {
        (WaveState::Published | WaveState::Aborted, _) => "it has ended for good; make a new wave",
        (_, WaveState::Draft) => "it is frozen and cannot be changed; abort it or wait for the next wave",
        (WaveState::Draft, _) => "launch it first",
        (WaveState::Launching, _) => "finish its launch first, by starting the program or repeating the launch",
        (WaveState::Running, WaveState::Launching) => "people can answer already",
        (WaveState::Running, _) => "close it first",
        (WaveState::Closing, WaveState::Closed | WaveState::Opened) => {
            "answers under way may still arrive; wait until the grace has ended and the box is shut"
        }
        (WaveState::Closed, WaveState::Opened) => "open it first, after the time for objections",
        _ => "this step lies behind it",
    }
}
