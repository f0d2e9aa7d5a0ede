//! Publish and destroy, in this order: Release durable, key file destroyed, ballots dropped, wave published.

use domain::{WaveId, WaveState};
use protocol::FrozenManifest;
use responses::StoredRelease;
use secrecy::SecretString;

use super::draft::WaveSettings;
use super::progress::Work;
use super::{Observer, Refusal, Step, opening, signed_result, turn};
use crate::installation::Installation;

/// Publishes an opened wave and destroys what it was made from; replayed from any point.
///
/// # Errors
/// [`Refusal::NotDue`] before the frozen date; [`Refusal::Corrupt`] when a second opening gives other bytes than the first: then nothing is
/// published and nothing destroyed. [`Refusal::ResultNeeded`] where the key holder's result has to be handed in again.
pub fn publish(installation: &Installation, wave: &WaveId, passphrase: Option<&SecretString>, observe: Observer) -> Result<(), Refusal> {
    let _turn = turn::take(installation, wave)?;
    let settings = WaveSettings::of(&installation.identity, wave)?;
    installation.refuse_if_ending(wave)?;
    match installation.state(wave)? {
        WaveState::Opened => {}
        WaveState::Published => {
            return Err(Refusal::WrongState { wave: wave.clone(), state: WaveState::Published, reason: "its result is public already" });
        }
        state => {
            return Err(Refusal::WrongState {
                wave: wave.clone(),
                state,
                reason: "only an opened round can be published: run candor wave open first",
            });
        }
    }
    let due = settings.schedule.publishes(installation.closed_at(wave)?);
    if installation.clock.now() < due {
        return Err(Refusal::NotDue { wave: wave.clone(), what: "the publication", when: due });
    }
    if installation.responses.release(wave)?.is_none() {
        write_release(installation, wave, passphrase)?;
        observe(Step::PublishReleaseWritten);
    }
    installation.begin(Work::DestroyAnswers);
    // Before anything is destroyed: nobody is given a code until the round is published, and what fails here can be repeated.
    let promises = FrozenManifest::read(installation.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)?;
    if promises.manifest().audiences.team {
        installation.identity.make_read_codes(wave, &mut rand::rng())?;
    }
    // Where somebody outside the operator holds the key, none was ever here.
    if !promises.manifest().is_trustee() {
        installation.keys.destroy(wave, &mut rand::rng()).map_err(Refusal::unavailable)?;
        observe(Step::PublishKeyDestroyed);
    }
    installation.responses.destroy_ballots(wave)?;
    observe(Step::PublishBallotsDestroyed);
    installation.identity.mark_published(wave, installation.clock.now())?;
    observe(Step::PublishFinished);
    Ok(())
}

/// The only place that writes a Release.
fn write_release(installation: &Installation, wave: &WaveId, passphrase: Option<&SecretString>) -> Result<(), Refusal> {
    let manifest = FrozenManifest::read(installation.ballot_side(wave)?.manifest).map_err(Refusal::corrupt)?;
    if manifest.manifest().is_trustee() {
        installation.responses.publish_release(wave, &signed_result::to_publish(installation, wave, &manifest)?)?;
        return Ok(());
    }
    let again = opening::open_in_memory(installation, wave, passphrase)?;
    let first = opening::recorded(installation, wave, &again)?
        .ok_or_else(|| Refusal::corrupt(format!("round {wave} has no record of its opening")))?;
    if again.sha256.to_text() != first.release_sha256 {
        return Err(Refusal::Corrupt(format!(
            "opening round {wave} again gave another result than before ({} instead of {})",
            again.sha256.to_text(),
            first.release_sha256
        )));
    }
    let signature = installation.board_key(wave)?.sign_release(&manifest.hash(), &again.release_bytes);
    let release =
        StoredRelease { document: again.release_bytes, sha256: again.sha256.0, signature: signature.0.to_vec(), holder_signature: None };
    installation.responses.publish_release(wave, &release)?;
    Ok(())
}
