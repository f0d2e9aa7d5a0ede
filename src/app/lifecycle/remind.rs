//! Reminders: only to those who have not answered, in random order; nobody is told who they are.

use std::time::Duration;

use domain::{WaveId, WaveState};

use super::Refusal;
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
    match installation.state(wave)? {
        WaveState::Running => {
            installation.identity.queue_reminders(wave, installation.clock.now(), SPREAD, &mut rand::rng())?;
            Ok(())
        }
        state => Err(Refusal::WrongState { wave: wave.clone(), state, reason: "reminders go out only while people can answer" }),
    }
}
