//! What is published of a round, as files: its table, and the file for a stranger's checker. Functions of the frozen documents alone.

use std::collections::BTreeSet;

use domain::roster::Roster;
use domain::{WaveId, WaveState};
use identity::PromiseEvent;
use release::audit_file::{AuditFile, Audited, audit_file};
use release::reading::{PastWave, PublishedWave};
use reports::{Posted, Readable};

use super::{Refusal, past, past_waves};
use crate::installation::Installation;
use crate::words::Words;

/// The table of a published round (CSV), as HR reads it.
///
/// # Errors
/// [`Refusal::WrongState`] when the round is not published, ended without a result, or too few people answered.
pub fn table(installation: &Installation, wave: &WaveId) -> Result<Vec<u8>, Refusal> {
    require_result(installation, wave)?;
    let past = past_waves(installation, Some(wave))?;
    let table = table_of(&past, wave, Readable::All)?;
    record(installation, wave, "csv")?;
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

/// The result of a published round as a file, as HR reads it. A table and the file for programs are the same in every language.
///
/// # Errors
/// As [`table`].
pub fn file(installation: &Installation, wave: &WaveId, kind: Kind, words: &Words) -> Result<Vec<u8>, Refusal> {
    require_result(installation, wave)?;
    let past = past_waves(installation, Some(wave))?;
    let latest = with_numbers(&past, wave)?;
    let of_reports = words.of_reports().map_err(Refusal::corrupt)?;
    let bytes = match kind {
        Kind::Csv => reports::table(&past, Readable::All).map_err(Refusal::corrupt)?,
        Kind::Json => reports::results(&past, Readable::All).map_err(Refusal::corrupt)?,
        Kind::Xlsx => reports::workbook(of_reports, &past, Readable::All).map_err(Refusal::corrupt)?,
        Kind::Notice => reports::notice(of_reports, &past, Posted::Organisation).map_err(Refusal::corrupt)?.pdf,
        Kind::Pdf => {
            let title = words.with("report-organisation", &[("round", wave.into())]);
            let page = organisation_page(&past, words)?;
            reports::printed(of_reports, latest, &title, &page).map_err(Refusal::corrupt)?.pdf
        }
    };
    record(installation, wave, kind.name())?;
    Ok(bytes)
}

/// What HR reads of the last of some rounds.
pub(crate) fn organisation_page(past: &[PastWave], words: &Words) -> Result<String, Refusal> {
    reports::organisation_page(words.of_reports().map_err(Refusal::corrupt)?, past, None).map_err(Refusal::corrupt)
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

/// The table of the last of some rounds, as somebody may read it.
pub(crate) fn table_of(past: &[PastWave], wave: &WaveId, readable: Readable<'_>) -> Result<Vec<u8>, Refusal> {
    with_numbers(past, wave)?;
    reports::table(past, readable).map_err(Refusal::corrupt)
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

fn require_result(installation: &Installation, wave: &WaveId) -> Result<(), Refusal> {
    match installation.state(wave)? {
        WaveState::Published => Ok(()),
        WaveState::Aborted => Err(wrong(wave, WaveState::Aborted, "it ended without a result")),
        state => Err(wrong(wave, state, "it has no result before it is published; candor wave status says when that is")),
    }
}

fn wrong(wave: &WaveId, state: WaveState, reason: &'static str) -> Refusal {
    Refusal::WrongState { wave: wave.clone(), state, reason }
}
