//! The settings of a wave: what a draft can still change, and a launch freezes.

use domain::instrument::Instrument;
use domain::{Language, Moment, Schedule, WaveId};
use identity::{Identity, WaveRecord};
use keyholder::PublicHalf;
use protocol::manifest::Texts;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::config::Config;

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
    /// Colluding colleagues against whom every answer stays protected; rounds of earlier versions covered one.
    #[serde(default = "default_coalition")]
    pub coalition: u32,
    /// Values that stay possible for every answer; three in rounds of earlier versions.
    #[serde(default = "default_min_range")]
    pub min_range: u32,
    /// Whether the box key is locked with a passphrase.
    pub passphrase: bool,
    /// Whether the instrument's open questions are asked. Not by default: a way of writing can give a person away.
    #[serde(default)]
    pub comments: bool,
    /// Who holds the passphrase; named on the promise sheet. A key holder outside the operator is named in [`Particulars::trustee`] instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_holder: Option<String>,
    /// What the draft decides in place of the configuration and of habit; rounds of earlier versions decided nothing.
    #[serde(default, skip_serializing_if = "Particulars::is_usual")]
    pub particulars: Particulars,
}

/// What a draft decides in place of the configuration and of habit. Absent is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Particulars {
    /// The languages of the round among those of the instrument; all of them when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// When people can answer from; from the launch on when absent or past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Moment>,
    /// When those who have not answered are reminded, ascending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Moment>,
    /// Whether people read the result of their own group; `survey.team_reads` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_reads: Option<bool>,
    /// How many hours after the publication HR reads the results of groups, 0 for at once; `survey.hr_groups_after_hours` when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hr_groups_after_hours: Option<u32>,
    /// Whether the disks of this installation are copied while the round runs, by snapshots or backups: what whoever drafted it knows. Absent: nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disk_copies: Option<bool>,
    /// Whether HR follows in steps how many take part.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub participation: bool,
    /// What the result is for, on the promise sheet; `purpose` of the configuration when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Texts>,
    /// What the result may not be used for; `not_for` of the configuration when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_for: Option<Texts>,
    /// The public half of the key of somebody outside the operator, who alone can open the answers then; absent, the operator holds the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trustee: Option<PublicHalf>,
}

impl Particulars {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Colluding colleagues that a wave covers if nobody says otherwise.
#[must_use]
pub const fn default_coalition() -> u32 {
    1
}

/// Values that stay possible for every answer if nobody says otherwise.
#[must_use]
pub const fn default_min_range() -> u32 {
    3
}

#[cfg(test)]
impl WaveSettings {
    /// A round of the short questionnaire that closes then, for tests.
    pub(crate) fn pulse(closes_at: domain::Moment) -> Self {
        Self {
            instrument: "pulse".to_owned(),
            schedule: Schedule::with_defaults(closes_at),
            k: 5,
            group_min: 7,
            coalition: 1,
            min_range: 3,
            passphrase: false,
            comments: false,
            key_holder: None,
            particulars: Particulars::default(),
        }
    }
}

impl WaveSettings {
    /// The usual settings of a round of this installation with these dates.
    #[must_use]
    pub fn usual(config: &Config, schedule: Schedule) -> Self {
        Self {
            instrument: "pulse".to_owned(),
            schedule,
            k: config.survey.k,
            group_min: config.survey.group_min,
            coalition: default_coalition(),
            min_range: default_min_range(),
            passphrase: false,
            comments: false,
            key_holder: None,
            particulars: Particulars::default(),
        }
    }

    /// The questionnaire as the round asks it: in its languages, and with open questions only where they are asked.
    #[must_use]
    pub fn asks(&self, instrument: &Instrument) -> Instrument {
        let languages = &self.particulars.languages;
        let spoken = if languages.is_empty() { instrument.clone() } else { instrument.only_in(languages) };
        if self.comments { spoken } else { spoken.without_comments() }
    }

    /// Who holds the key outside the operator; `None` where the operator holds it.
    #[must_use]
    pub const fn trustee(&self) -> Option<&PublicHalf> {
        self.particulars.trustee.as_ref()
    }

    /// When people can answer from, if the round is launched `now`.
    #[must_use]
    pub fn opens(&self, now: Moment) -> Moment {
        self.particulars.opens_at.map_or(now, |at| at.max(now))
    }

    /// Whether people read the result of their own group.
    #[must_use]
    pub fn team_reads(&self, config: &Config) -> bool {
        self.particulars.team_reads.unwrap_or(config.survey.team_reads)
    }

    /// How many hours after the publication HR reads the results of groups; 0 for at once.
    #[must_use]
    pub fn hr_groups_after_hours(&self, config: &Config) -> u32 {
        self.particulars.hr_groups_after_hours.unwrap_or(config.survey.hr_groups_after_hours)
    }

    /// The settings of a stored wave as they hold now: with the close that was put off, if it was.
    ///
    /// # Errors
    /// [`Refusal::UnknownWave`], or [`Refusal::Corrupt`] when the stored settings cannot be read, or an extension is stored that they do not allow.
    pub fn of(identity: &Identity, wave: &WaveId) -> Result<Self, Refusal> {
        let record = identity.wave(wave)?.ok_or_else(|| Refusal::UnknownWave(wave.clone()))?;
        Self::of_record(&record)
    }

    /// [`Self::of`] for a record that was read already.
    ///
    /// # Errors
    /// [`Refusal::Corrupt`] likewise.
    pub fn of_record(record: &WaveRecord) -> Result<Self, Refusal> {
        let planned = Self::planned(record)?;
        let schedule = planned.schedule.extended_by(record.extended_days);
        let schedule = schedule.map_err(|refused| Refusal::corrupt(format!("round {} is stored as extended: {refused}", record.wave)))?;
        Ok(Self { schedule, ..planned })
    }

    /// The settings of a stored wave as they were frozen, whatever was extended since.
    ///
    /// # Errors
    /// [`Refusal::Corrupt`] when they cannot be read.
    pub fn planned(record: &WaveRecord) -> Result<Self, Refusal> {
        let WaveRecord { wave, settings, .. } = record;
        Self::deserialize(settings).map_err(|e| Refusal::corrupt(format!("the settings of round {wave} cannot be read: {e}")))
    }
}
