//! From rows to the published table: counts, plan, sums, cells.

use std::collections::BTreeMap;

use disclosure::{
    Base, Block, BlockId, Coarsening, GroupCount, InvalidCoarsening, ItemRule, Leaders, Member, PlanRefused, PublishedCell, UpwardCount,
    plan,
};
use domain::instrument::{Instrument, Publish};
use domain::{GroupLeaf, ItemId};

use super::rows::Row;

/// The numbers that a manifest fixes for disclosure control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    /// Smallest number of respondents reported together.
    pub(super) k: u32,
    /// Colluding colleagues covered.
    pub(super) coalition: u32,
    /// Values that stay possible for every answer.
    pub(super) min_range: u32,
}

/// Why no table can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableRefused {
    /// The counts cannot be planned.
    #[error(transparent)]
    Plan(#[from] PlanRefused),
    /// An item has no scale.
    #[error("item {item} has no scale in the instrument")]
    NoScale {
        /// The item.
        item: ItemId,
    },
    /// An item that is to be published per block cannot be coarsened.
    #[error("item {item} cannot be published per block: {problem}")]
    Scale {
        /// The item.
        item: ItemId,
        /// Why.
        problem: InvalidCoarsening,
    },
}

/// The table, and what had no place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// What is published about blocks.
    pub(super) base: Base,
    /// Per row, in their order, the block where it counts.
    pub(super) homes: Vec<Option<BlockId>>,
    /// Rows in no block.
    pub(super) unplaced: u32,
}

/// How an item is published.
struct ItemPlan {
    rule: ItemRule,
    /// `None` for an item of the organisation only.
    coarsening: Option<Coarsening>,
    about_leader: bool,
}

/// What a block holds of one item.
#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    n: u32,
    /// Sum of answers, each counted from 0.
    sum: u64,
}

/// Plans the blocks from counts and fills them with cells.
pub(super) fn table(rows: &[Row], groups: &[GroupLeaf], instrument: &Instrument, policy: Policy) -> Result<Table, TableRefused> {
    let items = item_plans(instrument, policy)?;
    let members: Vec<Member> = rows.iter().map(|row| row.member(groups)).collect();
    let (counted, upward) = counts(&members, groups);
    let plan = plan(&counted, &upward, policy.k)?;

    let block_of: BTreeMap<&Member, BlockId> =
        plan.blocks.iter().flat_map(|block| block.members.iter().map(move |member| (member, block.id))).collect();
    let homes: Vec<Option<BlockId>> = members.iter().map(|member| block_of.get(member).copied()).collect();
    // Blocks are numbered in list order.
    let place = |home: &Option<BlockId>| usize::try_from(home.as_ref()?.0).ok();
    let mut answers = vec![vec![Answers::default(); items.len()]; plan.blocks.len()];
    for (row, home) in rows.iter().zip(&homes) {
        let Some(block) = place(home).and_then(|place| answers.get_mut(place)) else {
            continue;
        };
        for (item, answers) in block.iter_mut().enumerate() {
            if let Some(point) = row.answer(item) {
                answers.n += 1;
                answers.sum += u64::from(point) - 1;
            }
        }
    }

    let leaders = Leaders::of(groups);
    let blocks = plan.blocks.into_iter().zip(answers).map(|(block, answers)| {
        let about_leader = leaders.allow(&block.members);
        let cells = items.iter().zip(answers).map(|(item, answers)| item.cell(policy.k, about_leader, answers)).collect();
        Block { id: block.id, unit: block.unit, members: block.members, n: block.n, cells }
    });
    let base = Base {
        k: policy.k,
        coalition: policy.coalition,
        min_range: policy.min_range,
        blocks: blocks.collect(),
        items: items.into_iter().map(|item| item.rule).collect(),
    };
    Ok(Table { base, homes, unplaced: plan.unplaced })
}

fn item_plans(instrument: &Instrument, policy: Policy) -> Result<Vec<ItemPlan>, TableRefused> {
    let of_item = |item: &domain::instrument::Item| {
        let scale = instrument.scale_of(item).ok_or_else(|| TableRefused::NoScale { item: item.id.clone() })?;
        let rule = ItemRule { item: item.id.clone(), points: scale.points(), grid: scale.grid };
        let coarsening = match item.publish {
            Publish::Organisation => None,
            Publish::Team => Some(
                Coarsening::new(rule.points, rule.grid, policy.coalition, policy.min_range)
                    .map_err(|problem| TableRefused::Scale { item: item.id.clone(), problem })?,
            ),
        };
        Ok(ItemPlan { rule, coarsening, about_leader: item.about_leader })
    };
    instrument.items.iter().map(of_item).collect()
}

/// How many rows count where: every standing group, also without rows, and every unit with upward answers.
fn counts(members: &[Member], groups: &[GroupLeaf]) -> (Vec<GroupCount>, Vec<UpwardCount>) {
    let mut n: BTreeMap<&Member, u32> = BTreeMap::new();
    for member in members {
        *n.entry(member).or_default() += 1;
    }
    let in_group = |leaf: &GroupLeaf| n.get(&Member::Group(leaf.group)).copied().unwrap_or(0);
    let counted = groups.iter().map(|leaf| GroupCount { group: leaf.group, unit: leaf.unit.clone(), n: in_group(leaf) }).collect();
    let upward = n.iter().filter_map(|(member, n)| match member {
        Member::Upward(unit) => Some(UpwardCount { unit: unit.clone(), n: *n }),
        Member::Group(_) => None,
    });
    (counted, upward.collect())
}

impl ItemPlan {
    /// The cell to publish, if any: enough answers, an item for blocks, leaders that allow it, and room between the bands.
    fn cell(&self, k: u32, leaders_allow: bool, answers: Answers) -> Option<PublishedCell> {
        if answers.n < k || (self.about_leader && !leaders_allow) {
            return None;
        }
        let cell = self.coarsening?.cells(answers.n).ok()?.of_sum(answers.sum)?;
        Some(PublishedCell { n: answers.n, cell })
    }
}
