//! Abort: the end without a result. Ballots are destroyed unopened, everybody is told, trends show the gap.

use domain::{WaveId, WaveState};

use super::draft::WaveSettings;
use super::{Observer, Refusal, Step, turn};
use crate::installation::Installation;
use crate::words::Saying;

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
    if decide(installation, wave, reason)? {
        observe(Step::AbortDecided);
    }
    carry_out(installation, wave, observe)
}

/// Aborts a wave whose key folder is gone for good, which a person has to say: what lies in no folder cannot be destroyed, and nobody is told that it
/// was: not by mail, not on the round's page and not in the promise log. The ballots are destroyed all the same, so a key that turns up again opens nothing.
///
/// # Errors
/// As [`abort`], and [`Refusal::Invalid`] while the folder of the wave is there.
pub fn abort_without_key(installation: &Installation, wave: &WaveId, reason: &str, observe: Observer) -> Result<(), Refusal> {
    let record = installation.people_side(wave)?;
    if installation.keys.is_there(record.key_folder) {
        return Err(Refusal::Invalid(format!(
            "the key folder {} of round {wave} is there: run the command without --key-lost, so that the key is destroyed",
            installation.config.storage.keys.display()
        )));
    }
    let _turn = turn::take_without_key_folder(installation)?;
    if decide(installation, wave, reason)? {
        observe(Step::AbortDecided);
    }
    destroy_ballots(installation, wave, observe)?;
    // What was lost with the folder of a round whose key lies elsewhere is no key.
    if is_held_outside(installation, wave)? {
        installation.identity.mark_aborted(wave, installation.clock.now(), &mut rand::rng())?;
    } else {
        installation.identity.mark_aborted_without_key(wave, installation.clock.now(), &mut rand::rng())?;
    }
    observe(Step::AbortFinished);
    Ok(())
}

/// Puts the decision on record; `false` when it was there before, perhaps by a process that died: then the first reason stays.
fn decide(installation: &Installation, wave: &WaveId, reason: &str) -> Result<bool, Refusal> {
    let state = installation.state(wave)?;
    if installation.abort_decided(wave)? && !state.is_final() {
        return Ok(false);
    }
    let wrong = |reason| Err(Refusal::WrongState { wave: wave.clone(), state, reason });
    if state.is_final() {
        return wrong("it has ended already");
    }
    if state == WaveState::Draft {
        return wrong("it is a draft, which has no key yet: run the command without --key-lost");
    }
    if installation.responses.release(wave)?.is_some() {
        return wrong("its result is written; publish it to the end");
    }
    let reason = reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(Refusal::said(Saying::key("refused-reason")));
    }
    installation.identity.request_abort(wave, reason)?;
    Ok(true)
}

/// Finishes an abort that was decided.
pub(super) fn finish(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    let _turn = turn::take(installation, wave)?;
    carry_out(installation, wave, observe)
}

fn carry_out(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    installation.keys.destroy(wave, &mut rand::rng()).map_err(Refusal::unavailable)?;
    // Where somebody outside the operator holds the key, none was here, and nobody is told that one was destroyed.
    if !is_held_outside(installation, wave)? {
        observe(Step::AbortKeyDestroyed);
    }
    destroy_ballots(installation, wave, observe)?;
    installation.identity.mark_aborted(wave, installation.clock.now(), &mut rand::rng())?;
    observe(Step::AbortFinished);
    Ok(())
}

fn destroy_ballots(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    installation.responses.destroy_ballots(wave)?;
    observe(Step::AbortBallotsDestroyed);
    Ok(())
}

/// Whether somebody outside the operator holds the key of a wave.
fn is_held_outside(installation: &Installation, wave: &WaveId) -> Result<bool, Refusal> {
    Ok(WaveSettings::of(&installation.identity, wave)?.trustee().is_some())
}
