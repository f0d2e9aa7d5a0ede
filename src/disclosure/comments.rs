//! Whose comments are shown together: pools of whole blocks, planned for each question by itself.
//!
//! A function of counts and ids alone, as the plan of the blocks: nothing that anybody wrote decides where it is shown. A pool holds
//! whole blocks, so that it can never be taken apart further than the scores are. The rule in words stands in `docs/disclosure.md`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::UnitPath;

use crate::base::BlockId;
use crate::packing::pack_until;

/// What a block counts towards a pool.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommentCount {
    /// The block.
    pub block: BlockId,
    /// Its unit.
    pub unit: UnitPath,
    /// Its respondents, with or without a comment.
    pub respondents: u32,
    /// How many of them wrote something.
    pub comments: u32,
}

/// From how many people on comments are shown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolRule {
    /// Fewest respondents, with or without a comment.
    pub min_respondents: u32,
    /// Fewest comments.
    pub min_comments: u32,
}

/// Blocks whose comments to one question are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPool {
    /// The deepest unit that contains all blocks.
    pub unit: UnitPath,
    /// The blocks, ascending; never none.
    pub blocks: Vec<BlockId>,
}

/// Respondents and comments together.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    respondents: u64,
    comments: u64,
}

impl Total {
    fn with(self, one: &CommentCount) -> Self {
        Self { respondents: self.respondents + u64::from(one.respondents), comments: self.comments + u64::from(one.comments) }
    }

    fn reaches(self, rule: PoolRule) -> bool {
        self.respondents >= u64::from(rule.min_respondents) && self.comments >= u64::from(rule.min_comments)
    }
}

/// A pool while the plan is being made.
struct Draft {
    blocks: Vec<CommentCount>,
}

impl Draft {
    fn total(&self) -> Total {
        self.blocks.iter().fold(Total::default(), Total::with)
    }
}

/// What a unit has while the plan climbs through it; pools by their place among the drafts.
#[derive(Default)]
struct Unit {
    /// Blocks that do not reach the rule, those passed up from below included.
    pending: Vec<CommentCount>,
    /// Pools of this very unit.
    own: Vec<usize>,
    /// Pools of units below.
    below: Vec<usize>,
}

/// Plans the pools of one question: every block is in exactly one of them, or there are none at all, because the whole organisation does
/// not reach the rule.
///
/// Does not depend on the order of its input.
#[must_use]
pub fn plan(counts: &[CommentCount], rule: PoolRule) -> Vec<PlannedPool> {
    let mut drafts: Vec<Draft> = Vec::new();
    // Deepest units first, as for the blocks.
    let mut units: BTreeMap<(Reverse<usize>, UnitPath), Unit> = BTreeMap::new();
    units.insert(key_of(&UnitPath::organisation()), Unit::default());
    for count in counts {
        let unit = units.entry(key_of(&count.unit)).or_default();
        if Total::default().with(count).reaches(rule) {
            unit.own.push(drafts.len());
            drafts.push(Draft { blocks: vec![count.clone()] });
        } else {
            unit.pending.push(count.clone());
        }
    }
    while let Some(((_, path), mut unit)) = units.pop_first() {
        let left = settle(&mut unit, &mut drafts, rule);
        if let Some(above) = path.parent() {
            let above = units.entry(key_of(&above)).or_default();
            above.pending.extend(left);
            above.below.append(&mut unit.own);
            above.below.append(&mut unit.below);
        }
    }
    let mut pools: Vec<_> = drafts.into_iter().map(finished).collect();
    pools.sort_unstable_by(|a, b| (&a.unit, &a.blocks).cmp(&(&b.unit, &b.blocks)));
    pools
}

fn key_of(unit: &UnitPath) -> (Reverse<usize>, UnitPath) {
    (Reverse(unit.0.len()), unit.clone())
}

/// Finds a pool for every pending block; returns them when the unit has no pool in its whole subtree.
fn settle(unit: &mut Unit, drafts: &mut Vec<Draft>, rule: PoolRule) -> Vec<CommentCount> {
    let pending = std::mem::take(&mut unit.pending);
    let packed =
        pack_until(pending, |block| block.respondents, Total::default(), |total, block| total.with(block), |total| total.reaches(rule));
    let made = drafts.len()..drafts.len() + packed.bins.len();
    drafts.extend(packed.bins.into_iter().map(|blocks| Draft { blocks }));
    let made: Vec<usize> = made.collect();

    let mut left = packed.remainder;
    if !left.is_empty() {
        let smallest = |pools: &[usize]| {
            let size =
                |pool: &&usize| drafts.get(**pool).map(|draft| (draft.total().respondents, draft.blocks.iter().map(|b| b.block).min()));
            pools.iter().min_by_key(size).copied()
        };
        let joined = [&made, &unit.own, &unit.below].into_iter().find_map(|pools| smallest(pools));
        if let Some(draft) = joined.and_then(|pool| drafts.get_mut(pool)) {
            draft.blocks.append(&mut left);
        }
    }
    unit.own.extend(made);
    left
}

fn finished(draft: Draft) -> PlannedPool {
    let unit = draft.blocks.iter().map(|block| block.unit.clone()).reduce(|a, b| a.common(&b)).unwrap_or_default();
    let mut blocks: Vec<_> = draft.blocks.into_iter().map(|block| block.block).collect();
    blocks.sort_unstable();
    PlannedPool { unit, blocks }
}
