//! The ended waves, as reports read them.

use domain::{WaveId, WaveState};
use protocol::{BoardSignature, Sha256Digest};
use release::reading::{FrozenWave, PastWave, PublishedWave, ReleaseRefused};

use super::{Refusal, notices};
use crate::installation::Installation;

/// All ended waves, oldest first, up to and including `last` when it is given.
///
/// # Errors
/// [`Refusal::UnknownWave`] when `last` has not been published; [`Refusal::Unsound`] when what is kept of a wave was edited, is cut off
/// or was written by another version.
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

/// Some published waves, in the order of their launches. Nothing else is read.
///
/// # Errors
/// [`Refusal::Unsound`] as for [`past_waves`].
pub(super) fn published_waves(installation: &Installation, named: &[WaveId]) -> Result<Vec<PublishedWave>, Refusal> {
    let waves = installation.identity.waves()?.into_iter().map(|record| record.wave).filter(|wave| named.contains(wave));
    waves.map(|wave| published(installation, &wave)).collect()
}

fn published(installation: &Installation, wave: &WaveId) -> Result<PublishedWave, Refusal> {
    let record = installation.ballot_side(wave)?;
    let release = installation.responses.release(wave)?;
    let release = release.ok_or_else(|| Refusal::corrupt(format!("round {wave} is published but has no result")))?;
    let unsound = |problem| Refusal::Unsound { wave: wave.clone(), problem: Box::new(problem) };
    let frozen = FrozenWave {
        wave: wave.clone(),
        manifest: record.manifest,
        groups: record.groups,
        instrument: record.instrument,
        release: release.document,
        sha256: Sha256Digest(release.sha256),
        notices: notices::stored(installation, wave)?,
        signature: BoardSignature::try_from(release.signature.as_slice()).map_err(|_| unsound(ReleaseRefused::NotSigned))?,
    };
    frozen.check().map_err(unsound)
}
