//! What brings a wave on by itself: the worker acts on the frozen dates, and a start finishes what a dead process left.

use domain::wave::Pace;
use domain::{WaveId, WaveState};

use super::draft::WaveSettings;
use super::{Observer, Refusal, abort, close, launch, opening, participation, publish, remind};
use crate::installation::Installation;

/// Takes every step of the running wave that is due and needs no person. Does nothing when nothing is due.
///
/// # Errors
/// The first [`Refusal`] that is not merely "not due yet" or "a person must give the passphrase, the countersignature, the key holder's result or an answer to
/// objections".
pub fn advance(installation: &Installation, observe: Observer) -> Result<(), Refusal> {
    let Some(wave) = installation.unfinished_wave()? else { return Ok(()) };
    // Each turn takes the wave one state further; a life has fewer states than this.
    for _ in 0..8 {
        let before = installation.state(&wave)?;
        match step(installation, &wave, before, observe) {
            Ok(()) => {}
            Err(
                Refusal::NotDue { .. }
                | Refusal::PassphraseNeeded(_)
                | Refusal::CountersignatureNeeded(_)
                | Refusal::ResultNeeded(_)
                | Refusal::ObjectionsUnanswered { .. },
            ) => {
                return give_up_if_overdue(installation, &wave, observe);
            }
            // Another process took the step while this one waited for its turn.
            Err(Refusal::WrongState { .. } | Refusal::Ending { .. }) if installation.state(&wave)? != before => {}
            // A database or a disk that is away may come back: no reason to end a round for good.
            Err(away @ Refusal::Unavailable(_)) => return Err(away),
            Err(other) => return give_up_if_overdue(installation, &wave, observe).and(Err(other)),
        }
        if installation.state(&wave)? == before || before.is_final() {
            return Ok(());
        }
    }
    Ok(())
}

fn step(installation: &Installation, wave: &WaveId, state: WaveState, observe: Observer) -> Result<(), Refusal> {
    if installation.abort_decided(wave)? {
        return abort::finish(installation, wave, observe);
    }
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let by_itself = settings.schedule.pace == Pace::Dates;
    match state {
        // Begun steps are finished whatever the pace.
        WaveState::Launching => launch::launch(installation, wave, None, observe).map(|_| ()),
        WaveState::Closing => close::close(installation, wave, observe),
        WaveState::Closed if by_itself || installation.responses.opening(wave)?.is_some() => {
            opening::open_once(installation, wave, observe).map(|_| ())
        }
        WaveState::Opened if by_itself || installation.responses.release(wave)?.is_some() => {
            publish::publish(installation, wave, None, observe)
        }
        WaveState::Running if by_itself => {
            if installation.clock.now() < settings.schedule.closes_at {
                remind::remind_as_planned(installation, wave, &settings)?;
                participation::look_when_due(installation, wave, &settings)?;
            }
            close::close(installation, wave, observe)
        }
        _ => Ok(()),
    }
}

/// A wave that could not be published by its last date ends without a result.
fn give_up_if_overdue(installation: &Installation, wave: &WaveId, observe: Observer) -> Result<(), Refusal> {
    let state = installation.state(wave)?;
    if !matches!(state, WaveState::Closing | WaveState::Closed | WaveState::Opened) {
        return Ok(());
    }
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let last = settings.schedule.aborts(installation.closed_at(wave)?);
    if installation.clock.now() < last || installation.responses.release(wave)?.is_some() {
        return Ok(());
    }
    let reason = if state == WaveState::Closed && installation.ballot_side(wave)?.objections.unanswered() {
        "Objections to the list of counted answers were not answered by the last date that was promised."
    } else if state == WaveState::Opened {
        "The answers were opened and verified, but nobody published the result by the last date that was promised."
    } else if installation.key_is_outside(wave)? {
        "The answers were not opened by the last date that was promised: only the key holder can open them, and the result did not arrive in time."
    } else {
        "The answers could not be opened and verified by the last date that was promised."
    };
    abort::abort(installation, wave, reason, observe)
}
