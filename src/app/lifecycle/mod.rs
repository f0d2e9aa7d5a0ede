//! The life of a wave as use cases: launch, close, open, publish, abort, and what brings a wave on after a restart.
//!
//! Every function is a sequence of durable [`Step`]s. Each step can be repeated: a process killed after any of them and
//! started again ends in the same state. Nothing here knows HTTP, the command line or the clock on the wall; time and
//! randomness come in.

pub mod abort;
pub mod advance;
pub mod bundle;
pub mod close;
pub mod countersign;
pub mod delivery;
pub mod draft;
pub mod exports;
pub mod exposed;
pub mod extend;
pub mod faults;
pub mod groups;
pub mod held_back;
pub mod key_file;
pub mod launch;
pub mod notices;
pub mod objections;
pub mod opening;
pub mod participation;
pub mod past;
#[cfg(feature = "planted")]
pub(crate) mod planted;
pub mod portion;
pub mod preview;
pub mod progress;
pub mod promise;
pub mod proposal;
pub mod publish;
pub mod reasons;
pub mod remind;
pub mod reorganisation;
pub mod settings;
pub mod signed_file;
pub mod signed_result;
pub mod staff;
pub mod status;
pub mod step;
pub mod summary;
mod turn;
pub(crate) mod visible;

use disclosure::standing::GroupsRefused;
use domain::reorg::{Disagreement, EventRefused};
use domain::wave::ExtensionRefused;
use domain::{Moment, WaveId, WaveState};
use identity::{IdentityError, WaveRecord};
use protocol::{BallotMac, BallotNonce, BoardKey, CastBallot, CredentialKey, FrozenManifest, SealedBallot};
use release::reading::ReleaseRefused;
use responses::ResponsesError;
use secrecy::ExposeSecret;

use crate::installation::Installation;
use crate::words::{Saying, Words};

pub use past::past_waves;
pub use responses::ServedWave as BallotSide;
pub use step::{Observer, Step};

/// Why a step of the life cycle was not taken. Nothing was changed beyond the steps already reported.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such wave.
    #[error("there is no round {0}. `candor wave status` lists all rounds")]
    UnknownWave(WaveId),
    /// The wave is not in the state for this.
    #[error("round {wave} is {state}: {reason}")]
    WrongState {
        /// The wave.
        wave: WaveId,
        /// Its state.
        state: WaveState,
        /// What that means for the request, and what to do.
        reason: &'static str,
    },
    /// It is decided that the wave ends without a result.
    #[error(
        "round {wave} is being ended without a result ({reason}): run candor wave abort {wave} again to finish that; nothing else is possible any more"
    )]
    Ending {
        /// The wave.
        wave: WaveId,
        /// The reason that everybody reads.
        reason: String,
    },
    /// It is not time yet.
    #[error("{what} of round {wave} is not due before {when}. The dates were frozen at launch; nobody can bring them forward")]
    NotDue {
        /// The wave.
        wave: WaveId,
        /// What was asked for.
        what: &'static str,
        /// When it will be due.
        when: Moment,
    },
    /// The close is not put off, for a reason that its schedule gives.
    #[error("round {wave} cannot be extended: {refused}")]
    Extension {
        /// The wave.
        wave: WaveId,
        /// Why not.
        refused: ExtensionRefused,
    },
    /// There are objections that nobody has answered.
    #[error(
        "round {wave} cannot be opened: {} without an answer. Answer in public first: candor wave answer {wave} --text \"…\"",
        objections::counted(*.count)
    )]
    ObjectionsUnanswered {
        /// The wave.
        wave: WaveId,
        /// How many.
        count: u32,
    },
    /// The key file is locked and no passphrase was given.
    #[error("the key of round {0} is locked with a passphrase: give it in CANDOR_BOX_PASSPHRASE or when asked")]
    PassphraseNeeded(WaveId),
    /// The key holder outside the operator has not countersigned the promise sheet.
    #[error(
        "nobody is invited yet: round {0} waits for the countersignature of its key holder. Write the draft of the promise sheet for them with candor wave sheet {0} --to FILE; when they have signed it: candor wave countersign {0} FILE"
    )]
    CountersignatureNeeded(WaveId),
    /// Somebody outside the operator holds the key, and their result is not here.
    #[error(
        "nobody here can open the answers of round {0}: its key is held outside. Hand the sealed answers out (candor wave bundle {0} --to FILE) and take the key holder's signed result in (candor wave result {0} FILE)"
    )]
    ResultNeeded(WaveId),
    /// An event does not fit what happened to the teams before.
    #[error(transparent)]
    Event(Box<EventRefused>),
    /// Groups break a rule.
    #[error(transparent)]
    Groups(Box<GroupsRefused>),
    /// Groups that were made by hand do not fit today's staff list.
    #[error(
        "the groups that were set for round {wave} do not fit today's staff list: {}. Return to the proposal with candor wave groups {wave} --reset, then export, change and set it again",
        why.to_string().trim_end_matches('.')
    )]
    GroupsByHand {
        /// The round.
        wave: WaveId,
        /// What does not fit.
        why: Box<Refusal>,
    },
    /// The staff list says something else than an event.
    #[error("{0}")]
    StaffList(Box<Disagreement>),
    /// The people side did not do it.
    #[error(transparent)]
    PeopleSide(Box<IdentityError>),
    /// What was asked for, or typed, makes no sense; said in the words of the console.
    #[error("{}", Words::english().speak(.0))]
    Said(Box<Saying>),
    /// Something about a command or the configuration makes no sense. No page asks for it, so it has no words there.
    #[error("{0}")]
    Invalid(String),
    /// What lies on disk does not fit together.
    #[error("{0}. Nothing was published. Keep both databases as they are and look at this first")]
    Corrupt(String),
    /// What is kept of a published wave is not what was published, or cannot be read by this version.
    #[error(
        "the result of round {wave} cannot be shown: {problem}. A result is shown only if it is the one that was published; a copy of the databases from after the publication still holds that one"
    )]
    Unsound {
        /// The wave.
        wave: WaveId,
        /// What does not hold.
        problem: Box<ReleaseRefused>,
    },
    /// A database or a disk is not available.
    #[error("{0}")]
    Unavailable(String),
}

impl Refusal {
    pub(crate) fn unavailable(cause: impl std::fmt::Display) -> Self {
        Self::Unavailable(cause.to_string())
    }

    pub(crate) fn corrupt(cause: impl std::fmt::Display) -> Self {
        Self::Corrupt(cause.to_string())
    }
}

impl From<IdentityError> for Refusal {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Storage(cause) if cause.is_unavailable() => Self::Unavailable(cause.to_string()),
            IdentityError::Storage(cause) => Self::Corrupt(cause.to_string()),
            IdentityError::UnknownWave { wave } => Self::UnknownWave(wave),
            IdentityError::Event(refused) => Self::Event(Box::new(refused)),
            other => Self::PeopleSide(Box::new(other)),
        }
    }
}

impl From<ResponsesError> for Refusal {
    fn from(error: ResponsesError) -> Self {
        match error {
            ResponsesError::ObjectionsUnanswered { wave, count } => Self::ObjectionsUnanswered { wave, count },
            error if error.is_unavailable() => Self::Unavailable(error.to_string()),
            error => Self::Corrupt(error.to_string()),
        }
    }
}

/// A stored ballot as the protocol knows it.
fn cast(stored: &responses::CastBallot) -> Result<CastBallot, Refusal> {
    Ok(CastBallot {
        nonce: BallotNonce(stored.nonce),
        group: stored.group,
        mac: BallotMac(stored.mac),
        ct: SealedBallot::try_from(stored.ct.as_slice()).map_err(Refusal::corrupt)?,
    })
}

impl Installation {
    /// What the ballot side holds of a wave.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`] when it was never launched.
    pub fn ballot_side(&self, wave: &WaveId) -> Result<BallotSide, Refusal> {
        self.responses.wave(wave)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))
    }

    /// What the people side holds of a wave.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`].
    pub fn people_side(&self, wave: &WaveId) -> Result<WaveRecord, Refusal> {
        self.identity.wave(wave)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))
    }

    /// Where a wave is in its life.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`].
    pub fn state(&self, wave: &WaveId) -> Result<WaveState, Refusal> {
        Ok(self.people_side(wave)?.state)
    }

    /// The wave that was launched and has not ended.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unfinished_wave(&self) -> Result<Option<WaveId>, Refusal> {
        let waves = self.identity.waves()?;
        Ok(waves.into_iter().find(|w| w.state != WaveState::Draft && !w.state.is_final()).map(|w| w.wave))
    }

    /// Whether a wave is under way whose key folder this process does not see.
    #[must_use]
    pub fn misses_its_key_folder(&self) -> bool {
        let Ok(Some(wave)) = self.unfinished_wave() else { return false };
        self.people_side(&wave).is_ok_and(|record| !self.keys.is_there(record.key_folder))
    }

    /// Whether somebody outside the operator holds the key that opens the answers of a wave, as its promise sheet says.
    fn key_is_outside(&self, wave: &WaveId) -> Result<bool, Refusal> {
        Ok(FrozenManifest::read(self.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)?.manifest().is_trustee())
    }

    /// Whether it is decided that a wave ends without a result.
    fn abort_decided(&self, wave: &WaveId) -> Result<bool, Refusal> {
        Ok(self.people_side(wave)?.abort_reason.is_some())
    }

    /// Refuses every other step once the abort is decided.
    pub(crate) fn refuse_if_ending(&self, wave: &WaveId) -> Result<(), Refusal> {
        let record = self.people_side(wave)?;
        match record.abort_reason {
            Some(reason) if !record.state.is_final() => Err(Refusal::Ending { wave: wave.clone(), reason }),
            _ => Ok(()),
        }
    }

    /// When a wave actually stopped taking new answers; all later dates count from here.
    fn closed_at(&self, wave: &WaveId) -> Result<Moment, Refusal> {
        self.people_side(wave)?.closing_at.ok_or_else(|| Refusal::Corrupt(format!("round {wave} is closed, but not since when")))
    }

    /// The key that checks credentials.
    fn credential_key(&self, wave: &WaveId) -> Result<CredentialKey, Refusal> {
        let stored = self.responses.credential_key(wave)?.ok_or_else(|| missing_key("credential", wave))?;
        CredentialKey::try_from(stored.expose_secret()).map_err(Refusal::corrupt)
    }

    /// The key that signs receipts, board and Release.
    fn board_key(&self, wave: &WaveId) -> Result<BoardKey, Refusal> {
        let stored = self.responses.board_key(wave)?.ok_or_else(|| missing_key("board", wave))?;
        BoardKey::try_from(stored.expose_secret()).map_err(Refusal::corrupt)
    }
}

fn missing_key(what: &str, wave: &WaveId) -> Refusal {
    Refusal::Corrupt(format!("the ballot side has no {what} key for round {wave}"))
}
