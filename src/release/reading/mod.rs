//! What Releases say: the structures that every page, chart and export is made from.
//!
//! All scores are points of 100 (percent of maximum possible, POMP), reversed items turned; whole points on pages are
//! rounded outward. The rules, with their formulas and a test vector, stand in `docs/statistics.md`.
//!
//! The only way in is [`FrozenWave::check`]; every document, report and comparison that comes out is [`Published`]. Rows and ballots
//! are out of reach here: they live in private parts of the opening, and `tests/boundary.rs` makes sure that nothing in this folder or
//! in the reports names the opening, a ballot, a bundle or a secret key.
//!
//! From cells to pages: `published` checks what was frozen, `cells` turns a cell into a range, `waves` checks and indexes what it is given, `estimate` reads one
//! dimension of a set of blocks, `lineage` follows groups through time, `comparison` finds what can be compared with the wave
//! before and tests it, `trend` reads the same groups in every wave, `participation` says how many answered in bands; `quadrant` puts
//! two dimensions together, `conversation` lists the changes to look at first, `differences` tells groups apart as far as they differ
//! more than by chance, `course` draws the organisation's line, `said` holds what is said against what is lived. `thresholds` holds every threshold. Everything is a
//! function of Releases, manifests, group lists and instruments; there is no clock and no chance in it.

mod cells;
mod comments;
mod comparison;
mod conversation;
mod course;
mod differences;
mod estimate;
mod items;
mod lineage;
mod participation;
mod published;
mod quadrant;
mod said;
mod thresholds;
mod trend;
mod waves;

use std::collections::BTreeMap;

use disclosure::{BlockId, Member};
use domain::{DimensionId, GroupId, SameShare, UnitPath, WaveId};
use serde::Serialize;

pub use comments::{PoolComments, QuestionComments, ReadComment, read_comments};
pub use conversation::{Conversation, ConversationEntry};
pub use course::{Course, CourseFound};
pub use differences::{Differences, GroupDifferences, GroupEstimate, Share};
use estimate::BlockSet;
pub use items::{CellMean, cell_means};
pub use participation::respondents_band;
pub use quadrant::{Quadrant, Zone};
pub use said::{GroupVerdict, Reason, SaidOrLived, SaidWord, SignalShares, Verdict};
use waves::{History, Wave};

pub use published::{Erratum, FrozenWave, Published, PublishedWave, ReleaseRefused, WaveDocuments};

/// The rules by which numbers and words are made of Releases, as `docs/statistics.md` has them; another name as soon as one of them could come out
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
    block_report(&history, index, comparison)
}

/// Reads every block of the latest published wave, in the Release's order: the same reports as [`read_block`] one by one.
///
/// # Errors
/// As [`read_block`].
pub fn read_blocks(waves: &[PastWave]) -> Result<Vec<Published<BlockReport>>, ReadingProblem> {
    let history = History::new(waves)?;
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
        reports.push(block_report(&history, index, comparison)?);
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
    Ok(Published::of(TotalReport {
        wave: latest.id().clone(),
        unit: unit.clone(),
        participation: participation::of_total(latest, unit, &blocks),
        covers: participation::coverage(latest, unit, &blocks),
        scores: estimate::scores(&set)?,
        quadrant: quadrant::of_set(&set)?,
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

fn block_report(history: &History<'_>, index: usize, comparison: Comparison) -> Result<Published<BlockReport>, ReadingProblem> {
    let latest: &Wave<'_> = history.latest();
    let block = latest.block(index);
    let groups = block.groups().collect::<Vec<_>>();
    let set = BlockSet::new(latest, vec![index]);
    Ok(Published::of(BlockReport {
        wave: latest.id().clone(),
        block: block.published.id,
        labels: latest.labels(groups.iter().copied()),
        groups,
        unit: block.published.unit.clone(),
        combined: block.published.members.len() > 1,
        with_upward: block.published.members.iter().any(|member| matches!(member, Member::Upward(_))),
        participation: participation::of_block(latest, index),
        scores: estimate::scores(&set)?,
        quadrant: quadrant::of_set(&set)?,
        comparison,
        trends: trend::of_block(history, index)?,
    }))
}

/// What can be seen of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sight {
    /// Somewhere between two values.
    Between(Interval),
    /// In the top band: of those who answered, this or more (points of 100).
    AtLeast(u8),
    /// In the bottom band: of those who answered, this or less (points of 100).
    AtMost(u8),
    /// Nothing that could honestly be shown.
    Hidden(Hidden),
}

/// A score with its uncertainty: coarsening and sampling in one interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end in whole points of 100, rounded down.
    pub low: u8,
    /// Upper end in whole points of 100, rounded up.
    pub high: u8,
    /// Midpoint, for the dot of a chart.
    pub mid: f64,
}

/// Why a score is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// Fewer than half of the dimension's items could be published here.
    TooFewItems,
    /// The same, because so few people answered that no range would be wide enough to be safe.
    NoSafeRange,
    /// Some items lie in the top band and others in the bottom band.
    BandsAtBothEnds,
    /// The wave did not ask this dimension in its groups.
    NotAsked,
}

/// One dimension of one block, unit or organisation in one wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// The dimension.
    pub dimension: DimensionId,
    /// What can be seen.
    pub sight: Sight,
    /// The rungs that exist at this n, in points of 100, ascending: the bounds between the cells of one block. Empty for 12 or
    /// more respondents (dot and interval instead), for several blocks together, and where too few items are published.
    pub ladder: Vec<f64>,
}

/// The word for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeWord {
    /// Holm-adjusted p below .05 and at least 6 points of 100.
    Clear,
    /// Holm-adjusted p below .20.
    Possible,
    /// Neither.
    None,
    /// A band hides whether there was a change.
    CannotBeSeen,
}

/// The change of one dimension since the previous published wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The dimension.
    pub dimension: DimensionId,
    /// The word, the same on every page and export.
    pub word: ChangeWord,
    /// Later minus earlier in points of 100 with its 95 % interval, rounded outward; `None` where a band hides it.
    pub difference: Option<Difference>,
    /// The smallest change in points of 100 that would be found four times out of five.
    pub detectable: Option<u8>,
}

/// A difference of two scores.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// Best estimate, rounded to whole points.
    pub points: i16,
    /// Lower end, rounded down.
    pub low: i16,
    /// Upper end, rounded up.
    pub high: i16,
    /// Whether a band makes this the smallest difference that is possible rather than an estimate.
    pub at_least: bool,
}

/// The comparison of a block with the previous published wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// This is the first published wave.
    FirstWave,
    /// No comparison this time, for this reason.
    NotPossible(NoComparison),
    /// Compared.
    Made(ComparisonSet),
}

/// Why there is no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoComparison {
    /// The group has no predecessor in the earlier wave.
    NewGroup,
    /// Too many groups (more than three, or under more than one unit) would have to be taken together.
    TooManyTogether,
    /// The earlier wave ended without a result for these people.
    NothingBefore,
    /// Only answers that were counted one level up; who chooses that may change every time.
    UpwardOnly,
}

/// The smallest set of groups that consists of whole blocks in both waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparisonSet {
    /// The earlier wave.
    pub since: WaveId,
    /// A correction stands beside the earlier wave. It changes no number, so it is no part of the numbers as JSON.
    #[serde(skip)]
    pub corrected: bool,
    /// Labels of the groups of this wave in the set.
    pub groups: Vec<String>,
    /// How many of the people are the same at least: for groups the lowest band over the set's groups (of several predecessors
    /// of a group the highest), for the organisation the band of the lower bounds' mean weighted by invitations.
    pub same: SameShare,
    /// One change per dimension that both waves asked with the same items, Holm-adjusted together.
    pub changes: Vec<Change>,
}

/// How many answered, in bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Participation {
    /// Smallest number of respondents in the band: 5-7 (from k where k is 4), 8-10, 11-15, 16-25, 26-50, 51-100, 101-250, 251-500, 501+.
    pub from: u32,
    /// Largest number, `None` for the open band.
    pub to: Option<u32>,
    /// Response rate as a band in percent, only when at least 10 were invited: `(0,49)`, `(50,69)`, `(70,84)`, `(85,100)`. `None` also
    /// where answers counted one level up are in it, because nobody knows how many were invited to those.
    pub rate: Option<(u8, u8)>,
}

/// A point of a trend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendPoint {
    /// The wave.
    pub wave: WaveId,
    /// What can be seen, or the gap.
    pub point: TrendSight,
}

/// What a trend shows for one wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrendSight {
    /// A score; `together` names the other groups it was counted with, if any.
    Score {
        /// What can be seen.
        sight: Sight,
        /// Labels of other groups in the same block.
        together: Vec<String>,
    },
    /// The wave ended without a result.
    Aborted,
    /// The group did not exist, or its people were spread over several blocks.
    NotComparable,
}

/// The trend of one dimension, oldest wave first, drawn from the items that every wave of it asked: where this wave asked more,
/// its last point may differ from the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The dimension.
    pub dimension: DimensionId,
    /// One point per wave, aborted waves included.
    pub points: Vec<TrendPoint>,
}

/// A block of the latest wave as its leaders read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BlockReport {
    /// The wave.
    pub wave: WaveId,
    /// The block.
    pub block: BlockId,
    /// The standing groups in it.
    pub groups: Vec<GroupId>,
    /// Their labels, in list order.
    pub labels: Vec<String>,
    /// The unit.
    pub unit: UnitPath,
    /// Whether more than one group or upward pool counts here.
    pub combined: bool,
    /// Whether answers counted one level up are part of it.
    pub with_upward: bool,
    /// Participation.
    pub participation: Participation,
    /// One score per dimension.
    pub scores: Vec<Score>,
    /// Speaking up and standards together; `None` where the wave did not ask both in its groups.
    pub quadrant: Option<Quadrant>,
    /// The comparison with the previous published wave.
    pub comparison: Comparison,
    /// One trend per dimension.
    pub trends: Vec<Trend>,
}

/// The organisation, or one unit of it, in the latest wave: a sub-total of whole blocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TotalReport {
    /// The wave.
    pub wave: WaveId,
    /// The unit; the empty path is the organisation.
    pub unit: UnitPath,
    /// Participation of the unit.
    pub participation: Participation,
    /// Share of the unit's invited people whose groups the sub-total covers, as a band in percent: `(0,49)`, `(50,69)`, `(70,84)`,
    /// `(85,99)`, or `(100,100)` for all of them, as always for the organisation.
    pub covers: (u8, u8),
    /// One score per dimension.
    pub scores: Vec<Score>,
    /// Speaking up and standards together; `None` where the wave did not ask both in its groups.
    pub quadrant: Option<Quadrant>,
    /// The comparison with the previous published wave; for the organisation always made when there is one.
    pub comparison: Comparison,
    /// One trend per dimension.
    pub trends: Vec<Trend>,
}

/// What HR reads of the whole organisation beside its scores, in the latest wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrganisationReport {
    /// The wave.
    pub wave: WaveId,
    /// The changes that are worth a conversation.
    pub conversation: Conversation,
    /// How far groups differ, one entry per dimension that the wave asked in them.
    pub differences: Vec<GroupDifferences>,
    /// Where the whole organisation goes, likewise.
    pub courses: Vec<Course>,
    /// What is said and what is lived; `None` where the form does not tell the two apart.
    pub said_or_lived: Option<SaidOrLived>,
}
