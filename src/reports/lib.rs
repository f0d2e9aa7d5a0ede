//! What people read: results as HTML fragments with charts, tables and sentences.
//!
//! Reads the structures of `release::reading` only, and takes nothing but [`Published`] ones, so that no page can say what the Release
//! does not. The app puts the
//! fragments into its pages and [`css`] into its style sheet. Every number and word carries stable attributes for programs:
//!
//! | attribute | where |
//! |---|---|
//! | `data-block`, `data-unit` | the section of a group, of a unit (labels joined by `/`; empty for the organisation) |
//! | `data-dimension` | everything about one dimension |
//! | `data-role="participation"` | with `data-from`, `data-to`, `data-rate-low`, `data-rate-high` |
//! | `data-role="score"` | with `data-kind` (`between`, `at-least`, `at-most`, `hidden`) and `data-low`, `data-high`, `data-points` or `data-reason` |
//! | `data-role="change"` | with `data-word` and, where there is a difference, `data-points`, `data-low`, `data-high`, `data-at-least` |
//! | `data-role="detectable"` | with `data-points` |
//! | `data-role="comparison"` | with `data-kind` (`first-wave`, `not-possible`, `made`) and `data-reason` or `data-since` |
//! | `data-role="quadrant"` | with `data-kind` (`in`, `between`, `cannot-be-told`, `not-seen`) and `data-zone`, `data-other` |
//! | `data-role="tested"` | with `data-count`, `data-together` and `data-since` |
//! | `data-role="conversation"` | as a change |
//! | `data-role="course"` | with `data-kind` (`too-few-rounds`, `cannot-be-told`, `up-and-down`, `line`), `data-since`, `data-rounds`, and those of a change |
//! | `data-role="differences"` | with `data-kind` (`too-few-groups`, `cannot-be-told`, `found`), `data-hundredths`, `data-low`, `data-high` |
//! | `data-role="map"` | with `data-kind` (`estimate`, `like-all` or those of a score) and `data-low`, `data-high`, `data-weight`, `data-faint`, `data-points`, `data-reason` |
//! | `data-role="funnel-mean"` | with `data-points` |
//! | `data-role="funnel-limits"` | with `data-which` (`inner`, `outer`), `data-from` (of the band), `data-low`, `data-high` |
//! | `data-role="funnel"` | with `data-place` |
//! | `data-role="quality"` | with `data-which`, and `data-hundredths` (omega: and `data-method`) or `data-reason` |
//! | `data-role="origin"` | with `data-group` and `data-events` |
//! | `data-role="said-or-lived"` | with `data-word` |
//! | `data-role="reason"` | with `data-kind` and the size of a change, or `data-share` |
//! | `data-role="said-minus-lived"` | with the size of a change |
//! | `data-role="signals"` | with `data-same-in-a-row`, `data-same-throughout` |
//! | `data-role="said-of-groups"` | with `data-seen`, `data-unseen`, `data-standing-out` |
//! | `data-role="trend"` | with `data-wave` and the attributes of a score, or `data-kind` `aborted` or `not-comparable` |
//! | `data-role="recent"` | with `data-kind` (`mean`, `cannot-be-told`) and `data-rounds` (names with a space between), `data-low`, `data-high` |
//! | `data-role="statement"` | with `data-item`, `data-low-level` and the attributes of a score |
//! | `data-role="suggestion"` | with `data-kind` (`fell`, `low`, `rose`, `anything`) and, of the lowest statement, `data-item` |
//! | `data-role="covers"` | with `data-low`, `data-high` |
//! | `data-role="erratum"` | with `data-number`, `data-day` |
//! | `data-question`, `data-blocks` | the comments to one question, of these blocks together |
//! | `data-role="comment"` | with `data-sha256` |
//! | `data-role="hidden-comments"` | with `data-count` |

mod about;
mod catalogue;
mod charts;
mod gathered;
mod language;
mod organisation;
mod print;
mod results;
mod sections;
mod specimen;
mod table;
mod tagged;
mod words;
mod workbook;

use std::collections::BTreeSet;

use disclosure::BlockId;
use domain::{TeamLabel, UnitPath};
use release::reading::{BlockReport, PastWave, Published, PublishedWave, ReadingProblem, TotalReport, read_blocks, read_total};

pub use gathered::{Readable, Share};
pub use language::{BrokenWords, Words};
pub use organisation::{Part, PartPage, View, organisation_page, organisation_part};
pub use paper::{Chart, Printed};
pub use print::{Posted, charts_of, notice, paper_title, picture, posted_name, printed};
pub use results::{RESULTS_FORMAT, results};
pub use specimen::specimen;
pub use table::table;
pub use workbook::workbook;

use sections::Reader;

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportProblem {
    /// The waves cannot be read.
    #[error(transparent)]
    Reading(#[from] ReadingProblem),
    /// A chart could not be drawn.
    #[error("a chart could not be drawn: {0}")]
    Chart(String),
    /// The product's own words are missing or broken.
    #[error(transparent)]
    Words(#[from] BrokenWords),
    /// A table could not be written.
    #[error("a table could not be written: {0}")]
    Table(#[from] csv::Error),
    /// A workbook could not be written.
    #[error("a workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A file for programs could not be written.
    #[error("a file for programs could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// A page could not be printed, or a chart drawn.
    #[error(transparent)]
    Paper(#[from] paper::PaperProblem),
    /// A template could not be filled.
    #[error("a report could not be written: {0}")]
    Template(#[from] askama::Error),
}

/// The report part of the style sheet: light and dark, phone and desk, print. It uses the page's `--paper`, `--card`, `--ink`,
/// `--quiet` and `--line` where they are set.
#[must_use]
pub const fn css() -> &'static str {
    include_str!("report.css")
}

/// One block as its leader reads it: a `<section>`.
///
/// `led` are the teams that the reader leads, so that the sentence about combined groups names the others.
///
/// # Errors
/// [`ReportProblem`] when a chart or template fails, which no data should cause.
pub fn leader_section(
    words: &Words,
    wave: &PublishedWave,
    report: &Published<BlockReport>,
    led: &BTreeSet<TeamLabel>,
) -> Result<String, ReportProblem> {
    sections::block(words, wave, report, led, Reader::Leader)
}

/// One block as the people who belong to it read it: a `<section>` like [`leader_section`], without what only a leader can do.
///
/// `own` are the reader's teams, so that the sentence about combined groups names the others.
///
/// # Errors
/// As [`leader_section`].
pub fn team_section(
    words: &Words,
    wave: &PublishedWave,
    report: &Published<BlockReport>,
    own: &BTreeSet<TeamLabel>,
) -> Result<String, ReportProblem> {
    sections::block(words, wave, report, own, Reader::Team)
}

/// The sub-total of one unit as the unit's leader reads it: a `<section>`.
///
/// # Errors
/// As [`leader_section`].
pub fn unit_section(words: &Words, wave: &PublishedWave, report: &Published<TotalReport>) -> Result<String, ReportProblem> {
    sections::total(words, wave, report)
}

/// The corrections of a published round, for the head of each page about its result: a `<section>`, or nothing.
///
/// # Errors
/// As [`leader_section`].
pub fn errata(words: &Words, wave: &PublishedWave) -> Result<String, ReportProblem> {
    sections::errata(words, wave)
}

/// What people wrote, as somebody reads it who may read the `seen` blocks (`None`: all): a `<section>`, or nothing where the round asked for
/// no comments. It stands after all scores and beside none.
///
/// `hide` is an address under which a comment can be hidden, for readers who may: the question and the comment's hash follow it.
///
/// # Errors
/// As [`leader_section`].
pub fn comments_section(
    words: &Words,
    wave: &PublishedWave,
    seen: Option<&[BlockId]>,
    hide: Option<&str>,
) -> Result<String, ReportProblem> {
    sections::comments(words, wave, seen, hide)
}

/// Everything that somebody who leads these teams reads of the last published wave: these blocks, the sub-totals of these units, and the
/// comments that are shown of the blocks. `read_block` is `reading::read_block` of the waves, or knows what that would give.
///
/// # Errors
/// As [`organisation_page`].
pub fn leader_page(
    words: &Words,
    waves: &[PastWave],
    share: Share<'_>,
    led: &BTreeSet<TeamLabel>,
    read_block: impl Fn(BlockId) -> Result<Published<BlockReport>, ReadingProblem>,
) -> Result<String, ReportProblem> {
    let latest = latest(waves)?;
    let mut page = sections::errata(words, latest)?;
    for block in share.blocks {
        let report = read_block(*block)?;
        page.push_str(&sections::block(words, latest, &report, led, Reader::Leader)?);
    }
    for unit in share.units {
        match read_total(waves, unit) {
            Ok(total) => page.push_str(&sections::total(words, latest, &total)?),
            Err(ReadingProblem::NothingWithin { .. }) => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    page.push_str(&sections::comments(words, latest, Some(share.blocks), None)?);
    Ok(page)
}

/// The organisation's own scores of the last published wave without any group: a `<section>` like the first of [`organisation_page`].
///
/// # Errors
/// As [`organisation_page`].
pub fn organisation_total(words: &Words, waves: &[PastWave]) -> Result<String, ReportProblem> {
    let latest = latest(waves)?;
    let total = read_total(waves, &UnitPath::organisation())?;
    Ok(sections::errata(words, latest)? + &sections::total(words, latest, &total)?)
}

/// What somebody of HR for one unit reads of the last published wave: the sub-total of the unit where there is one, a table of these blocks
/// under the unit's name, and their comments: `<section>`s like those of [`organisation_page`].
///
/// # Errors
/// As [`organisation_page`].
pub fn unit_page(words: &Words, waves: &[PastWave], unit: &TeamLabel, share: Share<'_>) -> Result<String, ReportProblem> {
    let latest = latest(waves)?;
    let mut page = sections::errata(words, latest)?;
    for unit in share.units {
        let total = read_total(waves, unit)?;
        page.push_str(&sections::total(words, latest, &total)?);
    }
    let own: Vec<_> = read_blocks(waves)?.into_iter().filter(|report| share.blocks.contains(&report.block)).collect();
    page.push_str(&sections::groups(words, latest, &own, Some(unit))?);
    page.push_str(&sections::comments(words, latest, Some(share.blocks), None)?);
    Ok(page)
}

/// The last published wave.
fn latest(waves: &[PastWave]) -> Result<&PublishedWave, ReadingProblem> {
    let published = waves.iter().rev().find_map(|wave| match wave {
        PastWave::Published(wave) => Some(wave.as_ref()),
        PastWave::Aborted(_) => None,
    });
    published.ok_or(ReadingProblem::NothingPublished)
}
