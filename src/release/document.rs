//! The Release: everything that is ever published of a wave. Integers, ids and text only.
//!
//! Every structure refuses fields that it does not know: nothing can be smuggled into a Release beside what stands here.

use disclosure::{Base, BlockId};
use domain::{DimensionId, ItemId, QuestionId, UnitPath, WaveId};
use protocol::Sha256Digest;
use serde::{Deserialize, Serialize};

/// The value of [`Release::format`] that this version writes.
pub const RELEASE_FORMAT: &str = "candor-release/2";

/// The format of the first Releases: without comments, [`DimensionConstant::quality`], [`OrgConstants::shares`] and
/// [`OrgConstants::signals`].
pub const FIRST_FORMAT: &str = "candor-release/1";

/// The formats that this version reads.
pub const KNOWN_FORMATS: [&str; 2] = [FIRST_FORMAT, RELEASE_FORMAT];

/// The frozen result of one wave; every page, chart and file is a function of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// One of [`KNOWN_FORMATS`].
    pub format: String,
    /// The wave.
    pub wave: WaveId,
    /// Hash of the manifest under which people answered, lower-case hex.
    pub manifest: String,
    /// Public totals of the wave.
    pub counts: Counts,
    /// Plan and cells.
    pub base: Base,
    /// Constants of the whole organisation.
    pub org: Org,
    /// What people wrote, in the order of the questions, then of unit and blocks; none where no comments were asked, or too few came.
    #[serde(default)]
    pub comments: Vec<CommentPool>,
}

/// Comments to one question that are shown together, and never in smaller parts.
///
/// It carries no count beside the comments themselves: how many people could have written them follows from the blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentPool {
    /// The question.
    pub question: QuestionId,
    /// The deepest unit that contains all blocks.
    pub unit: UnitPath,
    /// Whose comments these are, ascending.
    pub blocks: Vec<BlockId>,
    /// The comments as they are published, sorted by [`CommentPool::hash_of`]; a text that several people wrote stands as often.
    pub texts: Vec<String>,
}

impl CommentPool {
    /// SHA-256 of a published comment: its place in the pool, and its name where one is to be hidden.
    #[must_use]
    pub fn hash_of(text: &str) -> Sha256Digest {
        Sha256Digest::of(text.as_bytes())
    }
}

/// Public totals of a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// People invited.
    pub invited: u32,
    /// Credentials issued.
    pub issued: u32,
    /// Ballots in the box.
    pub spent: u32,
    /// Ballots that could not be read (a faulty client); they are in `spent` and in no block.
    pub invalid: u32,
    /// Valid ballots in no block: only when the whole organisation has fewer than k answers.
    pub unplaced: u32,
}

/// The closed list of constants from raw rows, whole organisation only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Org {
    /// Present when at least 100 people answered every item.
    pub constants: Option<OrgConstants>,
}

/// Quantised constants of the whole organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrgConstants {
    /// Per dimension, in the instrument's order.
    pub dimensions: Vec<DimensionConstant>,
    /// Per item published per block, in the instrument's order; items about the leader only from three leaders on.
    pub items: Vec<ItemConstant>,
    /// Within-block correlations between dimensions, every pair once.
    pub correlations: Vec<Correlation>,
    /// How the answers to every item are spread, in the instrument's order; items that fewer than 100 people answered are left out, and
    /// those about the leader in an organisation with fewer than three leaders.
    #[serde(default)]
    pub shares: Vec<ItemShares>,
    /// Answers that look as if the statements had not been read; `None` where the instrument cannot tell.
    #[serde(default)]
    pub signals: Option<Signals>,
}

/// Spread of a dimension score, pooled within blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionConstant {
    /// The dimension.
    pub dimension: DimensionId,
    /// Standard deviation within blocks in tenths of a raw scale point, 5 to 20.
    pub sd_tenths: u32,
    /// Respondents with a score (N).
    pub respondents: u32,
    /// Blocks with at least one such respondent (J); in a Release of [`FIRST_FORMAT`], standing groups.
    pub groups: u32,
    /// How well the dimension's items measure; in every Release but those of the first format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Quality>,
}

/// How well the items of a dimension measure one thing, and how far blocks differ in it. From the people who answered all of them
/// (alpha, omega), or from blocks in which at least k people have a score, when there are 20 of them (ICC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Cronbach's alpha. Below zero when items contradict each other: then the direction of an item may be wrong.
    pub alpha: Coefficient,
    /// McDonald's omega of one factor.
    pub omega: Omega,
    /// ICC(1): the share of differences between people that lies between blocks. Below zero when blocks differ less than chance.
    pub icc1: Coefficient,
    /// ICC(2): how reliable the mean of a block of average size is.
    pub icc2: Coefficient,
}

/// A coefficient in hundredths, -100 to 100, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coefficient {
    /// The value.
    Hundredths(i32),
    /// It cannot be computed.
    Undefined(NoCoefficient),
}

/// Omega in hundredths, 0 to 100, with the method that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Omega {
    /// Loadings by unweighted least squares.
    LeastSquares(i32),
    /// Loadings by the closed form of Hancock and An, because least squares gave an item less than no error of its own.
    ClosedForm(i32),
    /// It cannot be computed.
    Undefined(NoCoefficient),
}

/// Why a coefficient does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoCoefficient {
    /// The dimension has too few items for it.
    TooFewItems,
    /// There are fewer than 20 blocks in which at least k people have a score.
    TooFewGroups,
    /// Everybody gave the same answers, or those that go with nothing.
    NoSpread,
    /// Blocks differ no more than people within them.
    NoDifferenceBetweenGroups,
    /// It lies outside the values that mean something: the items do not measure one thing, or one of them is turned the wrong way.
    OutOfRange,
}

/// Spread of a single item, pooled within blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemConstant {
    /// The item.
    pub item: ItemId,
    /// Standard deviation within blocks in tenths of a raw scale point, 5 to 20.
    pub sd_tenths: u32,
}

/// Within-block correlation of two dimensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correlation {
    /// The earlier dimension in the instrument's order.
    pub first: DimensionId,
    /// The later dimension.
    pub second: DimensionId,
    /// Correlation in hundredths, a multiple of 5 from -20 to 90.
    pub hundredths: i32,
}

/// How the answers to one item are spread over the whole organisation, reversed items turned, in percent and in steps of five. Each
/// share is rounded by itself, so that three of them may add up to 95 or 105.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemShares {
    /// The item.
    pub item: ItemId,
    /// Of those who answered it, how many chose a point below the middle of the scale.
    pub unfavourable: u32,
    /// The middle point itself; 0 on a scale with an even number of points, which has none.
    pub neutral: u32,
    /// A point above the middle.
    pub favourable: u32,
    /// Of all valid ballots, how many leave the item blank or say "cannot say".
    pub unanswered: u32,
}

/// Shares of the people who answered every item of every dimension, in percent and in steps of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// The same point for eight or more statements in a row, turned and unturned ones among them.
    pub same_in_a_row: u32,
    /// The same point for every statement that was answered, turned and unturned ones among them.
    pub same_throughout: u32,
}
