//! The ended waves, as reports read them.

use domain::{WaveId, WaveState};
use protocol::FrozenManifest;
use release::Release;
use release::reading::{PastWave, PublishedWave};

use super::{Refusal, notices};
use crate::installation::Installation;

/// All ended waves, oldest first, up to and including `last` when it is given.
///
/// # Errors
/// [`Refusal::UnknownWave`] when `last` has not been published; [`Refusal::Corrupt`] when a stored document cannot be read.
pub fn past_waves(installation: &Installation, last: Option<&WaveId>) -> Result<Vec<PastWave>, Refusal> {
    let mut past = Vec::new();
    for record in installation.identity.waves()? {
        match record.state {
            WaveState::Published => past.push(PastWave::Published(Box::new(published(installation, &record.wave)?))),
            WaveState::Aborted => past.push(PastWave::Aborted(record.wave.clone())),
            _ => continue,
        }
        if last == Some(&record.wave) {
            return if record.state == WaveState::Published { Ok(past) } else { Err(Refusal::UnknownWave(record.wave)) };
        }
    }
    match last {
        Some(missing) => Err(Refusal::UnknownWave(missing.clone())),
        None => Ok(past),
    }
}

fn published(installation: &Installation, wave: &WaveId) -> Result<PublishedWave, Refusal> {
    let record = installation.ballot_side(wave)?;
    let release = installation.responses.release(wave)?;
    let release = release.ok_or_else(|| Refusal::corrupt(format!("round {wave} is published but has no result")))?;
    let release: Release = serde_json::from_slice(&release.document).map_err(Refusal::corrupt)?;
    let manifest = FrozenManifest::read(record.manifest).map_err(Refusal::corrupt)?;
    Ok(PublishedWave {
        notices: notices::of_wave(installation, &manifest)?,
        manifest: manifest.manifest().clone(),
        groups: record.groups,
        instrument: serde_json::from_slice(&record.instrument).map_err(Refusal::corrupt)?,
        release,
    })
}
