//! The published base table of a wave: the plan of blocks, and one coarsened cell per block and item. Integers only.

use domain::{GroupId, ItemId, UnitPath};
use serde::{Deserialize, Serialize};

/// The number of a block within one Release, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockId(pub u32);

/// Whose answers a block holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Member {
    /// A standing group of the frozen list.
    Group(GroupId),
    /// The answers that people of a unit (the empty path: of the organisation) chose to count one level up.
    Upward(UnitPath),
}

/// `k` or more respondents reported together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Position in the Release.
    pub id: BlockId,
    /// The deepest unit that contains all members.
    pub unit: UnitPath,
    /// Whose answers count here, in ascending order.
    pub members: Vec<Member>,
    /// How many ballots count here.
    pub n: u32,
    /// One entry per item in the instrument's order; `None` where fewer than k answered or the item is not published per block.
    pub cells: Vec<Option<PublishedCell>>,
}

/// How an item's sum of answers is coarsened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRule {
    /// The item.
    pub item: ItemId,
    /// Number of points L of its scale.
    pub points: u8,
    /// Grid g in sum points.
    pub grid: u32,
}

/// The mean cell of one item in one block: which range of the sum E = sum(answers) - n, 0..=n(L-1), the block lies in.
///
/// Cell 0 is the low band [0, lo), the last cell the high band [hi, n(L-1)], between them cells of g sums each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedCell {
    /// How many people of the block answered the item.
    pub n: u32,
    /// Number of the cell.
    pub cell: u32,
}

/// The plan and the cells: everything that is published about single blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Smallest number of respondents reported together.
    pub k: u32,
    /// Colluding colleagues covered (c).
    pub coalition: u32,
    /// Values that stay possible for every answer (w).
    pub min_range: u32,
    /// The rule of each item, in the instrument's order.
    pub items: Vec<ItemRule>,
    /// The blocks, ordered by unit, then by members.
    pub blocks: Vec<Block>,
}
