//! What is published of a round, as files: its table, and the file for a stranger's checker. Functions of the frozen documents alone.

use std::collections::BTreeSet;

use domain::roster::Roster;
use domain::{WaveId, WaveState};
use identity::PromiseEvent;
use release::audit_file::{AuditFile, Audited, audit_file};
use release::reading::{PastWave, PublishedWave};
use reports::Words;

use super::portion::Portion;
use super::{Refusal, past};
use crate::installation::Installation;

/// The table of a published round (CSV), as HR reads it.
///
/// # Errors
/// [`Refusal::WrongState`] when the round is not published, ended without a result, or too few people answered.
pub fn table(installation: &Installation, wave: &WaveId) -> Result<Vec<u8>, Refusal> {
    let table = Portion::of_organisation(installation, wave)?.file(Kind::Csv, None, Words::english().map_err(Refusal::corrupt)?)?;
    record(installation, wave, Kind::Csv.name())?;
    Ok(table)
}

/// Records in the promise log that results of a round leave the product as a file of this kind. Nothing may leave where that fails.
///
/// # Errors
/// When the database fails.
pub fn record(installation: &Installation, wave: &WaveId, file: &str) -> Result<(), Refusal> {
    Ok(installation.identity.record(&PromiseEvent::Exported { round: wave.clone(), file: file.to_owned() })?)
}

/// What a result can be taken along as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The page on paper.
    Pdf,
    /// One page for the notice board.
    Notice,
    /// A workbook.
    Xlsx,
    /// For programs: `docs/exports.md`.
    Json,
    /// A table.
    Csv,
}

impl Kind {
    /// How the name of such a file ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => ".pdf",
            Self::Notice => "-notice.pdf",
            Self::Xlsx => ".xlsx",
            Self::Json => ".json",
            Self::Csv => ".csv",
        }
    }

    /// The name by which the promise log calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Notice => "notice.pdf",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf | Self::Notice => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// The last of some rounds, if it is this one and has a result.
pub(crate) fn with_numbers<'p>(past: &'p [PastWave], wave: &WaveId) -> Result<&'p PublishedWave, Refusal> {
    match past.last() {
        Some(PastWave::Published(latest)) if latest.release.base.blocks.is_empty() => {
            Err(wrong(wave, WaveState::Published, "too few people answered, so it has no numbers"))
        }
        Some(PastWave::Published(latest)) if latest.release.wave == *wave => Ok(latest),
        _ => Err(Refusal::UnknownWave(wave.clone())),
    }
}

/// The audit file of published rounds, oldest first whatever the order of the names, with the corrections of the results for the person's eyes.
///
/// `rosters` are none, one for all rounds, or as many as rounds, in the order of the names.
///
/// # Errors
/// [`Refusal::WrongState`] as for [`table`]; [`Refusal::Invalid`] when the staff lists do not fit or the rounds cannot stand in one file.
pub fn audit(installation: &Installation, waves: &[WaveId], rosters: &[Roster]) -> Result<(AuditFile, Vec<String>), Refusal> {
    if !(rosters.len() <= 1 || rosters.len() == waves.len()) {
        return Err(Refusal::Invalid(format!(
            "{} staff lists for {} rounds: give none, one for all of them, or one for each in their order",
            rosters.len(),
            waves.len()
        )));
    }
    if waves.iter().collect::<BTreeSet<_>>().len() < waves.len() {
        return Err(Refusal::Invalid("a round is named twice".to_owned()));
    }
    for wave in waves {
        require_result(installation, wave)?;
    }
    let published = past::published_waves(installation, waves)?;
    let roster_of = |wave: &PublishedWave| {
        let place = waves.iter().position(|named| *named == wave.release.wave);
        place.and_then(|place| rosters.get(place)).or(rosters.first())
    };
    let audited: Vec<Audited<'_>> = published.iter().map(|wave| Audited { wave, roster: roster_of(wave) }).collect();
    let errata = audited.iter().flat_map(|audited| corrections(audited.wave)).collect();
    let file = audit_file(&audited).map_err(|problem| Refusal::Invalid(problem.to_string()))?;
    for wave in waves {
        record(installation, wave, "audit.json")?;
    }
    Ok((file, errata))
}

fn corrections(wave: &PublishedWave) -> impl Iterator<Item = String> {
    let id = &wave.release.wave;
    wave.errata().map(move |erratum| format!("Correction {} of {} to round {id}: {}", erratum.number, erratum.day, erratum.text))
}

pub(super) fn require_result(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    match installation.state(wave)? {
        WaveState::Published => Ok(()),
        WaveState::Aborted => Err(wrong(wave, WaveState::Aborted, "it ended without a result")),
        state => Err(wrong(wave, state, "it has no result before it is published; candor wave status says when that is")),
    }
}

fn wrong(wave: &WaveId, state: WaveState, reason: &'static str) -> Refusal {
    Refusal::WrongState { wave: wave.clone(), state, reason }
}
