//! Drafting a wave: settings that can still change, and the groups they would give.

use std::collections::BTreeMap;
use std::time::Duration;

use disclosure::Coarsening;
use disclosure::standing::Policy;
use domain::instrument::Publish;
use domain::{ItemId, Schedule, WaveId, WaveState};
use identity::Identity;
use protocol::manifest::check_name;
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::groups::{self, DraftGroups};
use super::reorganisation::{self, News};
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
    /// Who holds the passphrase; named on the promise sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_holder: Option<String>,
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

/// What whoever drafted a wave should know.
#[derive(Debug)]
pub struct Drafted {
    /// What the settings hide in small groups, in sentences.
    pub hidden: Vec<String>,
    /// The groups that today's staff list gives; `None` while there is none.
    pub groups: Option<DraftGroups>,
    /// How today's staff list differs from the last round; `None` before the first launch.
    pub news: Option<News>,
}

/// Drafts a wave. Nothing is kept unless everything could be worked out that is to be known about it.
///
/// # Errors
/// When the settings contradict each other or give no groups, the instrument is unknown, or the name is taken.
pub fn create(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<Drafted, Refusal> {
    check(installation, settings)?;
    let roster = installation.identity.roster()?;
    let listed = !roster.people.is_empty();
    let drafted = Drafted {
        hidden: hidden_in_small_groups(installation, settings)?,
        groups: listed.then(|| groups::proposed(installation, settings, &roster)).transpose()?,
        news: reorganisation::news(installation, &roster)?,
    };
    let settings = serde_json::to_value(settings).map_err(Refusal::corrupt)?;
    installation.identity.create_wave(wave, &settings)?;
    Ok(drafted)
}

/// Checks settings against each other and against the installation.
pub(super) fn check(installation: &Installation, settings: &WaveSettings) -> Result<(), Refusal> {
    let invalid = |text: String| Err(Refusal::Invalid(text));
    let Some(instrument) = installation.catalogue.get(&settings.instrument) else {
        let known = installation.catalogue.iter().map(|i| i.id.as_str()).collect::<Vec<_>>().join(", ");
        return invalid(format!("there is no instrument {:?}; known are: {known}", settings.instrument));
    };
    if settings.comments && instrument.comments.is_empty() {
        return invalid(format!(
            "the instrument {} has no open questions, so no comments can be asked: draft the round without them, or add [[comments]] to the instrument",
            settings.instrument
        ));
    }
    if let Some(name) = &settings.key_holder {
        check_name(name).map_err(|reason| Refusal::Invalid(format!("the name of who holds the passphrase: {reason}")))?;
        if !settings.passphrase {
            return invalid(format!(
                "{name} cannot hold the passphrase of a round without one: draft the round with --passphrase, or name no key holder"
            ));
        }
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
    check_protection(installation, settings)?;
    if !installation.config.respondents_are_secure() {
        return invalid(format!(
            "respondents.url is {}: browsers offer the cryptography that seals answers only over https (or on this machine itself). Set an https address",
            installation.config.respondents.url
        ));
    }
    Ok(())
}

/// Colleagues that must be in a group beside those who collude and the one whose answer they are after.
const BESIDE_COALITION: u32 = 3;

/// Checks what protects answers: possible at all, possible on the instrument's scales, and no weaker than in any published wave.
fn check_protection(installation: &Installation, settings: &WaveSettings) -> Result<(), Refusal> {
    let WaveSettings { k, coalition, min_range, .. } = *settings;
    Policy::new(k, settings.group_min).map_err(|problem| Refusal::Invalid(problem.to_string()))?;
    if coalition == 0 || coalition.saturating_add(BESIDE_COALITION) > k {
        return Err(Refusal::Invalid(format!(
            "{coalition} colluding colleagues cannot be covered where k = {k}: at least 1, and at most k - {BESIDE_COALITION} = {}",
            k.saturating_sub(BESIDE_COALITION)
        )));
    }
    coarsenings(installation, settings)?;
    for record in installation.identity.waves()?.into_iter().filter(|record| record.state == WaveState::Published) {
        let published = WaveSettings::of(&installation.identity, &record.wave)?;
        let weaker = [
            ("k (people shown together)", k, published.k),
            ("the number of colluding colleagues covered", coalition, published.coalition),
            ("the number of values kept possible", min_range, published.min_range),
        ];
        if let Some((what, now, then)) = weaker.into_iter().find(|(_, now, then)| now < then) {
            return Err(Refusal::Invalid(format!(
                "{what} would be {now}, and round {} was published with {then}: protection can only rise, since people have answered trusting it and results are compared. Draft the round with {then} or more",
                record.wave
            )));
        }
    }
    Ok(())
}

/// The items that may be shown per group, each with its coarsening.
fn coarsenings<'a>(installation: &'a Installation, settings: &WaveSettings) -> Result<Vec<(&'a ItemId, Coarsening)>, Refusal> {
    let Some(instrument) = installation.catalogue.get(&settings.instrument) else { return Ok(Vec::new()) };
    let shown = instrument.items.iter().filter(|item| item.publish == Publish::Team);
    let scales = shown.filter_map(|item| Some((&item.id, instrument.scale_of(item)?)));
    scales
        .map(|(item, scale)| match Coarsening::new(scale.points(), scale.grid, settings.coalition, settings.min_range) {
            Ok(coarsening) => Ok((item, coarsening)),
            Err(problem) => Err(Refusal::Invalid(format!("item {item} of {} cannot be shown per group: {problem}", settings.instrument))),
        })
        .collect()
}

/// What the settings hide in small groups: items that need more answers than k, in sentences. Empty with the usual settings.
///
/// # Errors
/// When the settings are refused anyway.
pub fn hidden_in_small_groups(installation: &Installation, settings: &WaveSettings) -> Result<Vec<String>, Refusal> {
    let mut needing: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (item, coarsening) in coarsenings(installation, settings)? {
        if coarsening.fewest() > settings.k {
            needing.entry(coarsening.fewest()).or_default().push(item.as_str());
        }
    }
    let sentence = |(fewest, items): (u32, Vec<&str>)| {
        format!("{}: needs {fewest} answers with these settings; below that it is not shown", items.join(", "))
    };
    Ok(needing.into_iter().map(sentence).collect())
}
