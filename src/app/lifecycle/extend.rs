//! The one extension of a round: declared before the launch, done while people can still answer, and never further than everybody was told.
//!
//! Grace, objections and publication count from the close and follow it. Nothing else changes: links, reminders that were planned, and who was invited.

use domain::{Moment, WaveId, WaveState};
use identity::IdentityError;

use super::draft::WaveSettings;
use super::{Refusal, turn};
use crate::installation::Installation;

/// A round that takes answers longer than it was to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extended {
    /// Until when answers are taken.
    pub closes_at: Moment,
    /// Whether this very extension had been made before, so that nothing was changed now.
    pub before: bool,
}

/// Puts the close of a running round off by whole days, once. The same extension again changes nothing.
///
/// # Errors
/// [`Refusal::Extension`] when it was not declared, goes further than declared, was done before or comes too late; [`Refusal::WrongState`] unless people can
/// answer.
pub fn extend(installation: &Installation, wave: &WaveId, days: u32) -> Result<Extended, Refusal> {
    // Nobody may close the round meanwhile. The key folder plays no part.
    let _turn = turn::take_without_key_folder(installation)?;
    installation.refuse_if_ending(wave)?;
    let record = installation.people_side(wave)?;
    let (now, state) = (installation.clock.now(), record.state);
    if state != WaveState::Running {
        return Err(Refusal::WrongState { wave: wave.clone(), state, reason: "only a round in which people can answer can be extended" });
    }
    let planned = WaveSettings::planned(&record)?.schedule;
    let refused = |refused| Refusal::Extension { wave: wave.clone(), refused };
    if record.extended_days == days && days > 0 {
        return Ok(Extended { closes_at: planned.extended_by(days).map_err(refused)?.closes_at, before: true });
    }
    let extended = planned.extend(record.extended_days, days, now).map_err(refused)?;
    match installation.identity.extend(wave, days) {
        Err(IdentityError::StateRefused { wave, state, .. }) => {
            Err(Refusal::WrongState { wave, state, reason: "only a round in which people can answer can be extended" })
        }
        outcome => {
            outcome?;
            Ok(Extended { closes_at: extended.closes_at, before: false })
        }
    }
}
