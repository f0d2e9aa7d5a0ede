//! Abort: the end without a result. Ballots are destroyed unopened, everybody is told, trends show the gap.

use domain::{WaveId, WaveState};

use super::{Observer, Refusal, Step, turn};
use crate::installation::Installation;

/// Aborts a wave that has been launched and not published; replayed from any point. A draft is thrown away.
///
/// # Errors
/// [`Refusal::WrongState`] when the wave has ended, or when its Release is already written.
pub fn abort(installation: &Installation, wave: &WaveId, reason: &str, observe: Observer) -> Result<(), Refusal> {
    if installation.state(wave)? == WaveState::Draft {
        // Nothing was promised to anybody yet: the draft just goes.
        return Ok(installation.identity.delete_draft(wave)?);
    }
    let _turn = turn::take(installation, wave)?;
    let state = installation.state(wave)?;
    if installation.abort_decided(wave)? && !state.is_final() {
        // Decided before, perhaps by a process that died: the first reason stays.
        return carry_out(installation, wave, observe);
    }
    let wrong = |reason| Err(Refusal::WrongState { wave: wave.clone(), state, reason });
    if state.is_final() {
        return wrong("it has ended already");
    }
    if installation.responses.release(wave)?.is_some() {
        return wrong("its result is written; publish it to the end");
    }
    let reason = reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(Refusal::Invalid("give the reason in one sentence of 5 to 300 characters on one line; everybody reads it".to_owned()));
    }
    installation.identity.request_abort(wave, reason)?;
    observe(Step::AbortDecided);
    carry_out(installation, wave, observe)
}

/// Finishes an abort that was decided.
pub(super) fn finish(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    let _turn = turn::take(installation, wave)?;
    carry_out(installation, wave, observe)
}

fn carry_out(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    installation.keys.destroy(wave, &mut rand::rng()).map_err(Refusal::unavailable)?;
    observe(Step::AbortKeyDestroyed);
    installation.responses.destroy_ballots(wave)?;
    observe(Step::AbortBallotsDestroyed);
    installation.identity.mark_aborted(wave, installation.clock.now(), &mut rand::rng())?;
    observe(Step::AbortFinished);
    Ok(())
}
