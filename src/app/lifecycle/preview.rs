//! A draft as people would meet it, before anything is launched: its promise sheet and questionnaire, with keys that are thrown away at once.
//!
//! Nothing is written, and nothing here opens, signs or lets anybody in.

use domain::instrument::Instrument;
use domain::{WaveId, WaveState};
use protocol::{BoardKey, BoxSecretKey, CredentialKey, FrozenManifest, GroupList, NoticesKey};

use super::promise::{PublicKeys, Questionnaire};
use super::settings::WaveSettings;
use super::{Refusal, groups, launch};
use crate::installation::Installation;

/// What a launch would freeze, but for its keys and the chance in it.
pub struct Preview {
    /// The promise sheet; its check words are not those of the launch.
    pub sheet: FrozenManifest,
    /// The groups.
    pub groups: GroupList,
    /// The questionnaire as it would be asked.
    pub instrument: Instrument,
}

/// A draft as it would be launched now.
///
/// # Errors
/// [`Refusal::UnknownWave`] when there is no such draft; else when it could not be launched as it is.
pub fn of_draft(installation: &Installation, wave: &WaveId) -> Result<Preview, Refusal> {
    if installation.state(wave)? != WaveState::Draft {
        return Err(Refusal::UnknownWave(wave.clone()));
    }
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let roster = installation.identity.roster()?;
    let formed = groups::of_draft(installation, wave, &settings, &roster)?;
    let groups = GroupList::freeze(formed.proposal.leaves).map_err(Refusal::corrupt)?;
    let cards = roster.people.values().filter(|person| person.team.is_some() && person.by_card()).count();
    let instrument = settings.asks(launch::instrument(installation, &settings)?);
    let bytes = instrument.to_bytes().map_err(Refusal::corrupt)?;
    let mut random = rand::rng();
    let keys = PublicKeys {
        credential: CredentialKey::generate(&mut random).map_err(Refusal::unavailable)?.public_key(),
        sealed_box: settings.trustee().map_or_else(|| BoxSecretKey::generate(&mut random).public_key(), |trustee| trustee.box_key),
        board: BoardKey::generate(&mut random).public_key(),
        notices: NoticesKey::generate(&mut random).public_key(),
    };
    let questionnaire = Questionnaire { instrument: &instrument, bytes: &bytes };
    let cards = u32::try_from(cards).unwrap_or(u32::MAX);
    let sheet = launch::promise_sheet(installation, wave, &settings, cards, &groups, questionnaire, keys)?;
    Ok(Preview { sheet, groups, instrument })
}
