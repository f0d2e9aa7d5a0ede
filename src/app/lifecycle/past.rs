//! The ended waves, as reports read them.

use domain::{WaveId, WaveState};
use protocol::{BoardSignature, Sha256Digest, TrusteeSignature, VouchProblem, Vouched};
use release::reading::{FrozenWave, PastWave, PublishedWave, ReleaseRefused};

use super::{Refusal, exports, notices};
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

/// What is known of a published result that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedResult {
    /// SHA-256 of the Release.
    pub sha256: Sha256Digest,
    /// Who held the key and signed it, where that is somebody outside the operator.
    pub key_holder: Option<String>,
}

/// Checks a published result as everything does that shows it.
///
/// # Errors
/// [`Refusal::WrongState`] when there is none; [`Refusal::Unsound`] when it is not what was published and signed.
pub fn checked(installation: &Installation, wave: &WaveId) -> Result<CheckedResult, Refusal> {
    exports::require_result(installation, wave)?;
    let manifest = published(installation, wave)?.manifest.clone();
    let release = installation.responses.release(wave)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
    Ok(CheckedResult { sha256: Sha256Digest(release.sha256), key_holder: manifest.key_holder.clone().filter(|_| manifest.is_trustee()) })
}

fn published(installation: &Installation, wave: &WaveId) -> Result<PublishedWave, Refusal> {
    let record = installation.ballot_side(wave)?;
    let release = installation.responses.release(wave)?;
    let release = release.ok_or_else(|| Refusal::corrupt(format!("round {wave} is published but has no result")))?;
    let unsound = |problem| Refusal::Unsound { wave: wave.clone(), problem: Box::new(problem) };
    let vouched = release.holder_signature.map(|signature| vouched(&signature, record.board.as_deref()));
    let vouched = vouched.transpose().map_err(|problem| unsound(ReleaseRefused::NotVouched(problem)))?;
    let frozen = FrozenWave {
        wave: wave.clone(),
        manifest: record.manifest,
        groups: record.groups,
        instrument: record.instrument,
        release: release.document,
        sha256: Sha256Digest(release.sha256),
        vouched,
        notices: notices::stored(installation, wave)?,
        signature: BoardSignature::try_from(release.signature.as_slice()).map_err(|_| unsound(ReleaseRefused::NotSigned))?,
    };
    frozen.check().map_err(unsound)
}

/// The key holder's word as it is kept: over the list of counted answers that everybody can read.
fn vouched(signature: &[u8], board: Option<&[u8]>) -> Result<Vouched, VouchProblem> {
    let list = board.and_then(|board| serde_json::from_slice(board).ok());
    let signature = TrusteeSignature::try_from(signature).ok();
    list.zip(signature).map(|(list, signature)| Vouched { list, signature }).ok_or(VouchProblem::Missing)
}
