//! Which teams a leader led when a round was launched, from the staff list as it was frozen then.

use std::collections::BTreeSet;

use domain::{PersonId, TeamLabel, WaveId};

use crate::installation::Installation;
use crate::lifecycle::Refusal;

/// The teams that a person led in a round's frozen staff list.
///
/// # Errors
/// [`Refusal::Unavailable`] when the people side cannot be read.
pub(super) fn led_teams(installation: &Installation, wave: &WaveId, person: &PersonId) -> Result<BTreeSet<TeamLabel>, Refusal> {
    Ok(installation.identity.teams_led(wave, person).map_err(Refusal::unavailable)?.into_iter().map(|led| led.team).collect())
}
