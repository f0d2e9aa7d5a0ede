//! Reminders: only to those who have not answered, in random order; nobody is told who they are.

use std::time::Duration;

use domain::{WaveId, WaveState};

use super::Refusal;
use super::settings::WaveSettings;
use crate::installation::Installation;

/// Reminders leave at random moments within this span, so that a full mailbox tells nothing about an order.
const SPREAD: Duration = Duration::from_secs(20 * 60);

/// Queues a reminder for everybody who has not answered and has not asked to be left alone.
///
/// How many were queued is not returned on purpose: it would tell how many have answered.
///
/// # Errors
/// [`Refusal::WrongState`] when the wave does not run.
pub fn remind(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    let record = installation.people_side(wave)?;
    match record.state {
        WaveState::Running if record.restored => Err(Refusal::WrongState {
            wave: wave.clone(),
            state: record.state,
            reason: "it was put back from a copy and takes no new answers, so there is nothing to remind of",
        }),
        WaveState::Running if record.opens_at.is_some_and(|opens| installation.clock.now() < opens) => Err(Refusal::WrongState {
            wave: wave.clone(),
            state: record.state,
            reason: "its invitations have not gone out yet, so there is nothing to remind of",
        }),
        WaveState::Running => {
            installation.identity.queue_reminders(wave, installation.clock.now(), SPREAD, &mut rand::rng())?;
            Ok(())
        }
        state => Err(Refusal::WrongState { wave: wave.clone(), state, reason: "reminders go out only while people can answer" }),
    }
}

/// Queues the planned reminder that is due, if there is one. Several that became due while nothing ran are one.
///
/// # Errors
/// As [`remind`].
pub(super) fn remind_as_planned(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), Refusal> {
    let (now, plan) = (installation.clock.now(), &settings.particulars.reminders);
    let due = u32::try_from(plan.iter().filter(|at| **at <= now).count()).unwrap_or(u32::MAX);
    let record = installation.people_side(wave)?;
    if record.restored {
        return Ok(());
    }
    // Nobody is reminded of a mail that left a moment ago: what was planned for before the opening is left out.
    let too_early = u32::try_from(plan.iter().filter(|at| record.opens_at.is_none_or(|opens| **at <= opens)).count()).unwrap_or(u32::MAX);
    if due > too_early.max(record.reminders_queued) {
        installation.identity.queue_planned_reminders(wave, due, now, SPREAD, &mut rand::rng())?;
    }
    Ok(())
}
