//! Drafting a wave: settings that can still change, and the groups they would give.

use std::time::Duration;

use domain::{Schedule, WaveId};
use identity::Identity;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::installation::Installation;

/// The settings of a wave; frozen with it at launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaveSettings {
    /// The instrument's id.
    pub instrument: String,
    /// The dates.
    pub schedule: Schedule,
    /// Smallest number of people reported together.
    pub k: u32,
    /// Smallest standing group.
    pub group_min: u32,
    /// Whether the box key is locked with a passphrase.
    pub passphrase: bool,
}

impl WaveSettings {
    /// The settings of a stored wave.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`], or [`Refusal::Corrupt`] when the stored settings cannot be read.
    pub fn of(identity: &Identity, wave: &WaveId) -> Result<Self, Refusal> {
        let record = identity.wave(wave)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
        serde_json::from_value(record.settings).map_err(|e| Refusal::corrupt(format!("the settings of round {wave} cannot be read: {e}")))
    }
}

/// The shortest time in which people can answer.
const SHORTEST: Duration = Duration::from_secs(3600);

/// Drafts a wave.
///
/// # Errors
/// When the settings contradict each other, the instrument is unknown, or the name is taken.
pub fn create(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), Refusal> {
    check(installation, settings)?;
    let settings = serde_json::to_value(settings).map_err(Refusal::corrupt)?;
    Ok(installation.identity.create_wave(wave, &settings)?)
}

/// Checks settings against each other and against the installation.
pub(super) fn check(installation: &Installation, settings: &WaveSettings) -> Result<(), Refusal> {
    let invalid = |text: String| Err(Refusal::Invalid(text));
    if installation.catalogue.get(&settings.instrument).is_none() {
        let known = installation.catalogue.iter().map(|i| i.id.as_str()).collect::<Vec<_>>().join(", ");
        return invalid(format!("there is no instrument {:?}; known are: {known}", settings.instrument));
    }
    settings.schedule.check().map_err(|e| Refusal::Invalid(e.to_string()))?;
    let earliest = installation.clock.now().plus(SHORTEST);
    if settings.schedule.pace == domain::wave::Pace::Dates && settings.schedule.closes_at < earliest {
        return invalid(format!(
            "answering would end at {}, and people need at least an hour from now: draft the round again with a later close",
            settings.schedule.closes_at
        ));
    }
    if settings.schedule.pace == domain::wave::Pace::Manual && !installation.config.respondents_are_loopback() {
        return invalid(
            "a round whose moments are set by commands is for this machine only: use dates, or a respondents.url on 127.0.0.1".to_owned(),
        );
    }
    if settings.k < 4 || settings.group_min <= settings.k {
        return invalid(format!("k = {} and group_min = {}: k is at least 4 and group_min larger than k", settings.k, settings.group_min));
    }
    if !installation.config.respondents_are_secure() {
        return invalid(format!(
            "respondents.url is {}: browsers offer the cryptography that seals answers only over https (or on this machine itself). Set an https address",
            installation.config.respondents.url
        ));
    }
    Ok(())
}
