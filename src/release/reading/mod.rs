//! What Releases say: the structures that every page, chart and export is made from.
//!
//! All scores are points of 100 (percent of maximum possible, POMP), reversed items turned; whole points on pages are
//! rounded outward. The rules, with their formulas and a test vector, stand in `docs/reading.md`.
//!
//! The only way in is [`FrozenWave::check`]; every document, report and comparison that comes out is [`Published`]. Rows and ballots
//! are out of reach here: they live in private parts of the opening, and `tests/boundary.rs` makes sure that nothing in this folder or
//! in the reports names the opening, a ballot, a bundle or a secret key.
//!
//! From cells to pages: `published` checks what was frozen, `cells` turns a cell into a range, `waves` checks and indexes what it is given, `estimate` reads one
//! dimension of a set of blocks, `lineage` follows groups through time, `comparison` finds what can be compared with the wave
//! before and tests it, `trend` reads the same groups in every wave, `participation` says how many answered in bands; `quadrant` puts
//! two dimensions together, `conversation` lists the changes to look at first, `differences` tells groups apart as far as they differ
//! more than by chance, `panorama` lays all groups side by side, `funnel` says how far chance would take them, `origins` what they were before, `quality` how
//! well the statements measure, `course` draws the organisation's line, `said` holds what is said against what is lived; `recent` puts the last
//! rounds together, `statements` reads single items, `suggestions` says what to talk about next. `thresholds` holds every threshold. Everything is a
//! function of Releases, manifests, group lists and instruments; there is no clock and no chance in it.

mod cells;
mod comments;
mod comparison;
mod conversation;
mod course;
mod differences;
mod estimate;
mod funnel;
mod items;
mod lineage;
mod origins;
mod panorama;
mod participation;
mod published;
mod quadrant;
mod quality;
mod recent;
mod report;
mod said;
mod statements;
mod suggestions;
mod thresholds;
mod trend;
mod waves;

use std::collections::BTreeMap;

use disclosure::{BlockId, Member};
use domain::{UnitPath, WaveId};

pub use comments::{PoolComments, QuestionComments, ReadComment, read_comments};
pub use conversation::{Conversation, ConversationEntry};
pub use course::{Course, CourseFound};
pub use differences::{Differences, GroupDifferences, GroupEstimate, Share};
use estimate::BlockSet;
pub use funnel::{DimensionFunnel, Funnel, FunnelBand, FunnelGroup, FunnelPlace};
pub use items::{CellMean, cell_means};
pub use origins::{Continued, EarlierGroup, Event, GroupOrigin, Origins};
pub use panorama::{MapCell, Panorama, PanoramaGroup};
pub use participation::respondents_band;
pub use quadrant::{Plane, PlaneAxis, Quadrant, Zone};
pub use quality::{DimensionQuality, read_quality};
pub use recent::Recent;
pub use report::{
    BlockReport, Change, ChangeWord, Comparison, ComparisonSet, Difference, Hidden, Interval, NoComparison, OrganisationReport,
    Participation, Score, Sight, TotalReport, Trend, TrendPoint, TrendSight,
};
use said::Everybody;
pub use said::{GroupVerdict, Reason, SaidOrLived, SaidWord, SignalShares, Verdict};
pub use statements::StatementScore;
pub use suggestions::Suggestion;
pub use thresholds::QUADRANT_CUT;
use waves::{History, Wave};

pub use published::{Erratum, FrozenWave, Published, PublishedWave, ReleaseRefused, WaveDocuments};

/// The rules by which numbers and words are made of Releases, as `docs/reading.md` has them; another name as soon as one of them could come out
/// differently.
pub const METHOD: &str = "candor-reading/2";

/// One wave of the past, in time order with its neighbours.
#[derive(Debug, Clone)]
pub enum PastWave {
    /// A wave with a result.
    Published(Box<PublishedWave>),
    /// A wave that ended without one; trends show the gap.
    Aborted(WaveId),
}

/// Why waves cannot be read. A Release that Candor published is always readable together with its own manifest and group list.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReadingProblem {
    /// None of the waves has a result.
    #[error("there is no published wave to read")]
    NothingPublished,
    /// The latest published wave has no such block.
    #[error("wave {wave} has no block {}", block.0)]
    UnknownBlock {
        /// The wave.
        wave: WaveId,
        /// The block.
        block: BlockId,
    },
    /// No block lies within the unit, so it has no sub-total.
    #[error("wave {wave} has no block within {}", unit_name(unit))]
    NothingWithin {
        /// The wave.
        wave: WaveId,
        /// The unit.
        unit: UnitPath,
    },
    /// Release, group list, manifest and instrument of a wave do not belong together.
    #[error("the documents of wave {wave} do not fit together: {what}")]
    Mismatch {
        /// The wave.
        wave: WaveId,
        /// What does not fit.
        what: String,
    },
    /// A number of a wave lies outside what a statistic is defined for.
    #[error("wave {wave} holds a number that cannot be computed with: {problem}")]
    Number {
        /// The wave.
        wave: WaveId,
        /// Which number, and why.
        problem: statistics::Undefined,
    },
}

fn unit_name(unit: &UnitPath) -> String {
    if unit.0.is_empty() { "the organisation".to_owned() } else { unit.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ") }
}

/// Reads one block of the latest published wave as its leaders read it.
///
/// `waves` are in time order, oldest first; waves before the first and after the last published one may be aborted.
///
/// # Errors
/// [`ReadingProblem`] when there is no published wave, no such block, or documents that do not belong together.
pub fn read_block(waves: &[PastWave], block: BlockId) -> Result<Published<BlockReport>, ReadingProblem> {
    let history = History::new(waves)?;
    let latest = history.latest();
    let index = latest.block_index(block).ok_or_else(|| ReadingProblem::UnknownBlock { wave: latest.id().clone(), block })?;
    let comparison = comparison::of_block(&history, index)?.comparison;
    block_report(&history, index, comparison, Everybody::of(latest)?.as_ref())
}

/// Reads every block of the latest published wave, in the Release's order: the same reports as [`read_block`] one by one.
///
/// # Errors
/// As [`read_block`].
pub fn read_blocks(waves: &[PastWave]) -> Result<Vec<Published<BlockReport>>, ReadingProblem> {
    let history = History::new(waves)?;
    let everybody = Everybody::of(history.latest())?;
    let mut known: BTreeMap<usize, Comparison> = BTreeMap::new();
    let mut reports = Vec::new();
    for index in 0..history.latest().blocks().len() {
        let comparison = match known.remove(&index) {
            Some(comparison) => comparison,
            None => {
                let found = comparison::of_block(&history, index)?;
                for &other in found.blocks.iter().filter(|&&other| other != index) {
                    known.insert(other, found.comparison.clone());
                }
                found.comparison
            }
        };
        reports.push(block_report(&history, index, comparison, everybody.as_ref())?);
    }
    Ok(reports)
}

/// Reads the organisation (the empty path) or the sub-total of one unit in the latest published wave.
///
/// # Errors
/// As [`read_block`]; [`ReadingProblem::NothingWithin`] when no block lies wholly within the unit.
pub fn read_total(waves: &[PastWave], unit: &UnitPath) -> Result<Published<TotalReport>, ReadingProblem> {
    let history = History::new(waves)?;
    let latest = history.latest();
    let blocks = latest.blocks_within(unit);
    if blocks.is_empty() {
        return Err(ReadingProblem::NothingWithin { wave: latest.id().clone(), unit: unit.clone() });
    }
    let set = BlockSet::new(latest, blocks.clone());
    let (quadrant, plane) = quadrant::of_set(&set)?;
    Ok(Published::of(TotalReport {
        wave: latest.id().clone(),
        unit: unit.clone(),
        participation: participation::of_total(latest, unit, &blocks),
        covers: participation::coverage(latest, unit, &blocks),
        scores: estimate::scores(&set)?,
        quadrant,
        plane,
        statements: statements::of_set(&set)?,
        comparison: comparison::of_total(&history, unit, &blocks)?,
        trends: trend::of_total(&history, unit, &blocks)?,
    }))
}

/// Reads what stands beside the scores when HR looks at the whole organisation in the latest published wave.
///
/// # Errors
/// As [`read_block`].
pub fn read_organisation(waves: &[PastWave]) -> Result<Published<OrganisationReport>, ReadingProblem> {
    let history = History::new(waves)?;
    let latest = history.latest();
    Ok(Published::of(OrganisationReport {
        wave: latest.id().clone(),
        conversation: conversation::of_wave(&history)?,
        differences: differences::of_wave(latest)?,
        courses: course::of_organisation(&history)?,
        said_or_lived: said::of_wave(&history)?,
    }))
}

/// Reads all groups of the latest published wave side by side.
///
/// # Errors
/// As [`read_block`].
pub fn read_panorama(waves: &[PastWave]) -> Result<Published<Panorama>, ReadingProblem> {
    Ok(Published::of(panorama::of_wave(History::new(waves)?.latest())?))
}

/// Reads where the groups of the latest published wave come from.
///
/// # Errors
/// As [`read_block`].
pub fn read_origins(waves: &[PastWave]) -> Result<Published<Origins>, ReadingProblem> {
    Ok(Published::of(origins::of_wave(&History::new(waves)?)))
}

fn block_report(
    history: &History<'_>,
    index: usize,
    comparison: Comparison,
    everybody: Option<&Everybody>,
) -> Result<Published<BlockReport>, ReadingProblem> {
    let latest: &Wave<'_> = history.latest();
    let block = latest.block(index);
    let groups = block.groups().collect::<Vec<_>>();
    let set = BlockSet::new(latest, vec![index]);
    let (quadrant, plane) = quadrant::of_set(&set)?;
    let scores = estimate::scores(&set)?;
    let statements = statements::of_set(&set)?;
    let suggestions = suggestions::suggested(&scores, &comparison, &statements, |item| latest.dimension_of(item));
    Ok(Published::of(BlockReport {
        wave: latest.id().clone(),
        block: block.published.id,
        labels: latest.labels(groups.iter().copied()),
        groups,
        unit: block.published.unit.clone(),
        combined: block.published.members.len() > 1,
        with_upward: block.published.members.iter().any(|member| matches!(member, Member::Upward(_))),
        participation: participation::of_block(latest, index),
        scores,
        quadrant,
        plane,
        statements,
        comparison,
        trends: trend::of_block(history, index)?,
        said: said::of_block(history, index, everybody)?,
        suggestions,
    }))
}
