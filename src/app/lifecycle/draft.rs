//! Drafting a wave: settings that can still change, and the groups they would give.

use std::collections::BTreeMap;

use disclosure::Coarsening;
use domain::instrument::Publish;
use domain::{ItemId, WaveId, WaveState};
use identity::IdentityError;

use super::faults::{self, Fault, Field};
use super::groups::{self, DraftGroups};
use super::reorganisation::{self, News};
use super::{Refusal, reasons, turn};
use crate::installation::Installation;

pub use super::settings::{Particulars, WaveSettings, default_coalition, default_min_range};

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
    if let Some(fault) = faults::of(installation, settings)?.into_iter().chain(faults::of_round(wave, settings)).next() {
        return Err(Refusal::said(fault.says));
    }
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

/// Why a draft was not kept. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Settings that have to change.
    #[error("{}", faults::together(.0))]
    Faults(Vec<Fault>),
    /// Something else stands in the way.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl From<IdentityError> for NotKept {
    fn from(error: IdentityError) -> Self {
        Self::Refused(error.into())
    }
}

/// Drafts a wave like [`create`], and says everything that has to change at once. The groups may still be impossible: a staff list can come later.
///
/// # Errors
/// [`NotKept`].
pub fn begin(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), NotKept> {
    let mut faults = faults::of(installation, settings)?;
    faults.extend(faults::of_round(wave, settings));
    if installation.identity.wave(wave)?.is_some() {
        faults.insert(0, Fault::name_taken(wave));
    }
    if !faults.is_empty() {
        return Err(NotKept::Faults(faults));
    }
    let settings = serde_json::to_value(settings).map_err(Refusal::corrupt)?;
    match installation.identity.create_wave(wave, &settings) {
        // Somebody was faster.
        Err(IdentityError::WaveExists { .. }) => Err(NotKept::Faults(vec![Fault::name_taken(wave)])),
        outcome => Ok(outcome?),
    }
}

/// Changes the settings of a draft.
///
/// # Errors
/// [`NotKept::Refused`] from the launch on.
pub fn change(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), NotKept> {
    let mut faults = faults::of(installation, settings)?;
    faults.extend(faults::of_round(wave, settings));
    if !faults.is_empty() {
        return Err(NotKept::Faults(faults));
    }
    // Not while a launch is freezing the settings that it has read.
    let _turn = turn::take_without_key_folder(installation)?;
    require_draft(installation, wave)?;
    let settings = serde_json::to_value(settings).map_err(Refusal::corrupt)?;
    Ok(installation.identity.update_draft(wave, &settings)?)
}

/// Throws a draft away; nobody has been promised anything.
///
/// # Errors
/// [`Refusal::WrongState`] from the launch on.
pub fn discard(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    let _turn = turn::take_without_key_folder(installation)?;
    require_draft(installation, wave)?;
    Ok(installation.identity.delete_draft(wave)?)
}

fn require_draft(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    match installation.state(wave)? {
        WaveState::Draft => Ok(()),
        state => Err(Refusal::WrongState { wave: wave.clone(), state, reason: "it was launched, and nothing of it can change any more" }),
    }
}

/// Refuses settings that contradict each other or the installation, by the first thing that has to change.
pub(super) fn check(installation: &Installation, wave: &WaveId, settings: &WaveSettings) -> Result<(), Refusal> {
    // A reminder whose moment has passed by the launch is left out and stops nothing.
    match faults::of(installation, settings)?
        .into_iter()
        .chain(faults::of_round(wave, settings))
        .find(|fault| fault.field != Field::Reminders)
    {
        Some(fault) => Err(Refusal::said(fault.says)),
        None => Ok(()),
    }
}

/// The items that may be shown per group, each with its coarsening.
pub(super) fn coarsenings<'a>(installation: &'a Installation, settings: &WaveSettings) -> Result<Vec<(&'a ItemId, Coarsening)>, Refusal> {
    let Some(instrument) = installation.catalogue.get(&settings.instrument) else { return Ok(Vec::new()) };
    let shown = instrument.items.iter().filter(|item| item.publish == Publish::Team);
    let scales = shown.filter_map(|item| Some((&item.id, instrument.scale_of(item)?)));
    scales
        .map(|(item, scale)| match Coarsening::new(scale.points(), scale.grid, settings.coalition, settings.min_range) {
            Ok(coarsening) => Ok((item, coarsening)),
            Err(problem) => Err(Refusal::said(reasons::of_coarsening(item.as_str(), &settings.instrument, problem))),
        })
        .collect()
}

/// Items that need more answers than k with these settings, by how many. Empty with the usual settings.
///
/// # Errors
/// When the settings are refused anyway.
pub(super) fn needing_more(installation: &Installation, settings: &WaveSettings) -> Result<BTreeMap<u32, Vec<String>>, Refusal> {
    let mut needing: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (item, coarsening) in coarsenings(installation, settings)? {
        if coarsening.fewest() > settings.k {
            needing.entry(coarsening.fewest()).or_default().push(item.to_string());
        }
    }
    Ok(needing)
}

/// What the settings hide in small groups, in sentences.
///
/// # Errors
/// When the settings are refused anyway.
pub fn hidden_in_small_groups(installation: &Installation, settings: &WaveSettings) -> Result<Vec<String>, Refusal> {
    let sentence = |(fewest, items): (u32, Vec<String>)| {
        format!("{}: needs {fewest} answers with these settings; below that it is not shown", items.join(", "))
    };
    Ok(needing_more(installation, settings)?.into_iter().map(sentence).collect())
}
