//! What can go wrong on the ballot side.
//!
//! A ballot that is not taken is no error but an answer ([`Redeemed`](crate::Redeemed)). Errors are for steps in the wrong
//! state, for documents that should have been the same, and for the database.

use diesel::result::Error as DieselError;
use domain::{Gate, WaveId};
use storage::{StorageError, StoreFailure};

/// Why the ballot side did not do what was asked; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResponsesError {
    /// There is no such wave here.
    #[error("there is no wave {wave} on the ballot side; check how it is written")]
    UnknownWave {
        /// The wave that was asked for.
        wave: WaveId,
    },
    /// The gate of the wave is not where the step needs it.
    #[error("the box of wave {wave} is {gate:?}, this needs {wanted:?}: {}", remedy(*.gate, *.wanted))]
    GateRefused {
        /// The wave.
        wave: WaveId,
        /// Where its gate is.
        gate: Gate,
        /// Where the gate must be.
        wanted: Gate,
    },
    /// The ballots of an earlier wave are still here.
    #[error("wave {wave} cannot begin while the ballots of wave {other} exist: publish or abort {other} first")]
    AnotherWave {
        /// The wave that should begin.
        wave: WaveId,
        /// The wave that has not ended.
        other: WaveId,
    },
    /// A document was stored before with other content, and such documents never change.
    #[error("the {what} of wave {wave} is stored already and differs from the new one: keep the stored one, it is what was promised")]
    Differs {
        /// The wave.
        wave: WaveId,
        /// Which document.
        what: &'static str,
    },
    /// There are objections that nobody has answered.
    #[error("{count} objections to wave {wave} are not answered: answer them before the opening")]
    ObjectionsUnanswered {
        /// The wave.
        wave: WaveId,
        /// How many.
        count: u32,
    },
    /// There is nothing to answer.
    #[error("nobody has objected to wave {wave}: there is nothing to answer")]
    NoObjections {
        /// The wave.
        wave: WaveId,
    },
    /// A Release came with a hash that is not its own.
    #[error("the Release of wave {wave} does not have the hash that came with it: repeat the opening")]
    WrongHash {
        /// The wave.
        wave: WaveId,
    },
    /// There is nothing that a notice could stand beside.
    #[error("wave {wave} has no published result, and a notice stands beside one")]
    NotPublished {
        /// The wave.
        wave: WaveId,
    },
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl ResponsesError {
    /// Whether trying again later can help.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Storage(cause) if cause.is_unavailable())
    }
}

impl StoreFailure for ResponsesError {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<DieselError> for ResponsesError {
    fn from(error: DieselError) -> Self {
        Self::Storage(error.into())
    }
}

/// Tells what the caller's part of a transaction returned from a failure of ours.
pub(crate) enum CallerOr<E> {
    Ours(ResponsesError),
    Caller(E),
}

impl<E> From<StorageError> for CallerOr<E> {
    fn from(error: StorageError) -> Self {
        Self::Ours(error.into())
    }
}

impl<E> From<ResponsesError> for CallerOr<E> {
    fn from(error: ResponsesError) -> Self {
        Self::Ours(error)
    }
}

impl<E> StoreFailure for CallerOr<E> {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Ours(error) => error.storage(),
            Self::Caller(_) => None,
        }
    }
}

impl<E: From<ResponsesError>> CallerOr<E> {
    pub(crate) fn into_caller(self) -> E {
        match self {
            Self::Ours(error) => error.into(),
            Self::Caller(error) => error,
        }
    }
}

const fn remedy(gate: Gate, wanted: Gate) -> &'static str {
    match (gate, wanted) {
        (Gate::Open, _) => "close the wave first",
        (Gate::Closed, _) => "the box is shut for good; a new wave is needed to take answers again",
        (Gate::Done, _) => "its ballots are destroyed for good",
    }
}
