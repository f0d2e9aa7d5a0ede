//! The structures that pages, charts and exports are made from.

use disclosure::BlockId;
use domain::{DimensionId, GroupId, SameShare, UnitPath, WaveId};
use serde::Serialize;

use super::{Conversation, Course, GroupDifferences, Plane, Quadrant, Recent, SaidOrLived, StatementScore, Suggestion, Verdict};

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
    /// The last rounds together.
    pub recent: Recent,
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
    /// Where that is in the plane of the two, with its uncertainty; `None` where one of the two is no interval.
    pub plane: Option<Plane>,
    /// Single statements, in the instrument's order; none with fewer than ten answers.
    pub statements: Vec<StatementScore>,
    /// The comparison with the previous published wave.
    pub comparison: Comparison,
    /// One trend per dimension.
    pub trends: Vec<Trend>,
    /// Whether what is said and what is lived fit together; `None` where the form does not tell the two apart, or without a group.
    pub said: Option<Verdict>,
    /// What to talk about next: one or two.
    pub suggestions: Vec<Suggestion>,
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
    /// Where that is in the plane of the two, with its uncertainty; `None` where one of the two is no interval.
    pub plane: Option<Plane>,
    /// Single statements, in the instrument's order; none with fewer than ten answers.
    pub statements: Vec<StatementScore>,
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
