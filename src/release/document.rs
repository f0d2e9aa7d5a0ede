//! The Release: everything that is ever published of a wave. Integers, ids and text only.

use disclosure::{Base, BlockId};
use domain::{DimensionId, ItemId, QuestionId, UnitPath, WaveId};
use protocol::Sha256Digest;
use serde::{Deserialize, Serialize};

/// The frozen result of one wave; every page, chart and file is a function of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// `"candor-release/2"`; `"candor-release/1"` where the wave was published before comments existed.
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
    /// Per item published per block, in the instrument's order.
    pub items: Vec<ItemConstant>,
    /// Within-group correlations between dimensions, every pair once.
    pub correlations: Vec<Correlation>,
}

/// Pooled within-group spread of a dimension score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionConstant {
    /// The dimension.
    pub dimension: DimensionId,
    /// Pooled within-group standard deviation in tenths of a raw scale point, 5 to 20.
    pub sd_tenths: u32,
    /// Respondents with a score (N).
    pub respondents: u32,
    /// Groups with at least one such respondent (J).
    pub groups: u32,
}

/// Pooled within-group spread of a single item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemConstant {
    /// The item.
    pub item: ItemId,
    /// Pooled within-group standard deviation in tenths of a raw scale point, 5 to 20.
    pub sd_tenths: u32,
}

/// Within-group correlation of two dimensions.
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
