//! "Leaders read first": from when HR reads the results of groups, where a round's promise sheet lets it wait.

use std::time::Duration;

use domain::{Moment, WaveId, WaveState};
use protocol::FrozenManifest;

use super::Refusal;
use crate::installation::Installation;

/// When the results of a round's groups can be read by HR; `None` when they can be read now, or there are none.
///
/// # Errors
/// When a database fails, or the promise sheet cannot be read.
pub fn groups_open_at(installation: &Installation, wave: &WaveId) -> Result<Option<Moment>, Refusal> {
    let Some(record) = installation.identity.wave(wave)?.filter(|record| record.state == WaveState::Published) else { return Ok(None) };
    let Some(published) = record.published_at else { return Ok(None) };
    let served = installation.ballot_side(wave)?;
    let waits = FrozenManifest::read(served.manifest).map_err(Refusal::corrupt)?.manifest().audiences.hr_groups_after_hours;
    let opens = published.plus(Duration::from_secs(u64::from(waits) * 3600));
    Ok((installation.clock.now() < opens).then_some(opens))
}
