//! Making copies while the installation goes on.

use std::io;
use std::path::Path;

use domain::WaveId;
use identity::{CopyProblem, IdentityError, PromiseEvent};

use super::file::{FileProblem, NewFile};
use crate::installation::Installation;
use crate::lifecycle::Refusal;

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copies {
    /// The people side.
    pub people: Option<Copied>,
    /// The ballot side.
    pub ballots: Option<Copied>,
    /// The round that is under way.
    pub round: Option<WaveId>,
}

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupProblem {
    /// A side could not be copied.
    #[error("the {side} was not copied: {cause}")]
    Side {
        /// Which.
        side: &'static str,
        /// Why.
        cause: CopyProblem,
    },
    /// A file could not be written.
    #[error("no copy was made: {0}")]
    File(#[from] FileProblem),
    /// The state of the rounds could not be read.
    #[error("no copy was made: {0}")]
    Round(#[from] Refusal),
    /// The promise log could not be written.
    #[error("no copy was made, because the promise log could not be written: {0}")]
    Log(#[from] IdentityError),
}

/// Copies one side or both into files that must not exist; either all of them get their names or none.
///
/// Meanwhile people go on answering, and no step of a round's life is taken. The ballot side is copied first: so the copies hold no answer whose beginning
/// is not on record as well, and what came in between counts as begun and lost, never twice.
///
/// # Errors
/// [`BackupProblem`]; nothing is left under the names of the files.
pub fn back_up(installation: &Installation, people: Option<&Path>, ballots: Option<&Path>) -> Result<Copies, BackupProblem> {
    let mut files = (people.map(NewFile::begin).transpose()?, ballots.map(NewFile::begin).transpose()?);
    let _turn = installation.identity.turn().map_err(|e| Refusal::Unavailable(e.to_string()))?;
    let round = installation.unfinished_wave()?;
    if let Some(round) = &round {
        let sides = super::restore::sides(people.is_some(), ballots.is_some());
        installation.identity.record(&PromiseEvent::CopyMade { round: round.clone(), sides: sides.to_owned() })?;
    }
    let pair: [u8; 16] = rand::random();
    let side = |side| move |cause| BackupProblem::Side { side, cause };
    let mut hashes = (None, None);
    if let Some(file) = &mut files.1 {
        hashes.1 = Some(installation.responses.write_copy(file, pair).map_err(side("ballot side"))?);
    }
    if let Some(file) = &mut files.0 {
        hashes.0 = Some(installation.identity.write_copy(file, pair).map_err(side("people side"))?);
    }
    let named = |file: Option<NewFile>, hash: Option<[u8; 32]>| match (file, hash) {
        (Some(file), Some(sha256)) => Ok::<_, FileProblem>(Some(Copied { size: file.finish()?, sha256 })),
        _ => Ok(None),
    };
    let ballots_copy = named(files.1, hashes.1)?;
    let people_copy = named(files.0, hashes.0).inspect_err(|_| {
        // Half of a pair is worse than none: somebody would take it for the night's copy.
        if let Some(ballots) = ballots {
            let _: io::Result<()> = std::fs::remove_file(ballots);
        }
    })?;
    Ok(Copies { people: people_copy, ballots: ballots_copy, round })
}
