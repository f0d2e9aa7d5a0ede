//! Whose comments are shown together: base pools of whole blocks, the same for every question of a round, and whole base pools where too
//! few people wrote.
//!
//! A function of counts and ids alone, as the plan of the blocks: nothing that anybody wrote decides where it is shown. Base pools are cut
//! from respondents only, and nothing is ever shown of less than one: whatever pools of all questions are laid over each other or
//! subtracted, what remains is made of base pools. The rule in words stands in `docs/disclosure.md`.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::UnitPath;

use crate::base::{Block, BlockId};
use crate::packing::pack_until;

/// Blocks whose comments to one question are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPool {
    /// The deepest unit that contains all blocks.
    pub unit: UnitPath,
    /// The blocks, ascending; never none.
    pub blocks: Vec<BlockId>,
}

/// The blocks of a round in lots of enough respondents, which no question takes apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasePools(Vec<Lot>);

impl BasePools {
    /// Puts whole blocks together until each lot has at least so many respondents, with or without a comment. Every block is in exactly one
    /// base pool, or there is none at all, because the whole organisation has too few respondents.
    ///
    /// Does not depend on the order of the blocks.
    #[must_use]
    pub fn cut(blocks: &[Block], min_respondents: u32) -> Self {
        let lot = |block: &Block| Lot { blocks: vec![block.id], unit: block.unit.clone(), respondents: block.n, comments: 0 };
        Self(climb(blocks.iter().map(lot).collect(), |lot| lot.respondents, min_respondents))
    }

    /// The pools of one question from how many people of each block wrote something: every block is in exactly one of them, or there are
    /// none at all, because the whole organisation does not reach the rule.
    #[must_use]
    pub fn pools(&self, comments: &BTreeMap<BlockId, u32>, min_comments: u32) -> Vec<PlannedPool> {
        let written =
            |lot: &Lot| lot.blocks.iter().fold(0, |sum: u32, block| sum.saturating_add(comments.get(block).copied().unwrap_or(0)));
        let lots = self.0.iter().map(|lot| Lot { comments: written(lot), ..lot.clone() }).collect();
        let pools = climb(lots, |lot| lot.comments, min_comments);
        let mut pools: Vec<_> = pools.into_iter().map(|lot| PlannedPool { unit: lot.unit, blocks: lot.blocks }).collect();
        pools.sort_unstable_by(|a, b| (&a.unit, &a.blocks).cmp(&(&b.unit, &b.blocks)));
        pools
    }
}

/// Blocks that stay together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Lot {
    /// Ascending; no block is in two lots.
    blocks: Vec<BlockId>,
    /// The deepest unit that contains them.
    unit: UnitPath,
    respondents: u32,
    comments: u32,
}

impl Lot {
    fn with(mut self, other: Self) -> Self {
        self.blocks.extend(other.blocks);
        self.blocks.sort_unstable();
        self.unit = self.unit.common(&other.unit);
        self.respondents = self.respondents.saturating_add(other.respondents);
        self.comments = self.comments.saturating_add(other.comments);
        self
    }
}

/// What a unit has while the plan climbs through it; complete lots by their place among all that are complete.
#[derive(Default)]
struct Unit {
    /// Lots that do not have enough, those passed up from below included.
    pending: Vec<Lot>,
    /// Complete lots of this very unit.
    own: Vec<usize>,
    /// Complete lots of units below.
    below: Vec<usize>,
}

/// Puts lots together until each has at least `least` of what is measured: within their unit where possible, else further up. No lot when
/// all together have less.
fn climb(lots: Vec<Lot>, measure: fn(&Lot) -> u32, least: u32) -> Vec<Lot> {
    let mut complete: Vec<Lot> = Vec::new();
    // Deepest units first, as for the blocks.
    let mut units: BTreeMap<(Reverse<usize>, UnitPath), Unit> = BTreeMap::new();
    units.insert(key_of(&UnitPath::organisation()), Unit::default());
    for lot in lots {
        let unit = units.entry(key_of(&lot.unit)).or_default();
        if measure(&lot) >= least {
            unit.own.push(complete.len());
            complete.push(lot);
        } else {
            unit.pending.push(lot);
        }
    }
    while let Some(((_, path), mut unit)) = units.pop_first() {
        let left = settle(&mut unit, &mut complete, measure, least);
        if let Some(above) = path.parent() {
            let above = units.entry(key_of(&above)).or_default();
            above.pending.extend(left);
            above.below.append(&mut unit.own);
            above.below.append(&mut unit.below);
        }
    }
    complete
}

fn key_of(unit: &UnitPath) -> (Reverse<usize>, UnitPath) {
    (Reverse(unit.0.len()), unit.clone())
}

/// Finds a place for every pending lot; returns those left over when the unit has nothing complete in its whole subtree.
fn settle(unit: &mut Unit, complete: &mut Vec<Lot>, measure: fn(&Lot) -> u32, least: u32) -> Vec<Lot> {
    let pending = std::mem::take(&mut unit.pending);
    let add = |total: u64, lot: &Lot| total + u64::from(measure(lot));
    let packed = pack_until(pending, |lot| lot.respondents, 0, add, |total| total >= u64::from(least));
    let made: Vec<usize> = (complete.len()..complete.len() + packed.bins.len()).collect();
    complete.extend(packed.bins.into_iter().filter_map(|lots| lots.into_iter().reduce(Lot::with)));

    let mut left = packed.remainder;
    let smallest = |lots: &[usize]| {
        let size = |lot: &&usize| complete.get(**lot).map(|lot| (lot.respondents, lot.blocks.first().copied()));
        lots.iter().min_by_key(size).copied()
    };
    let joined = [&made, &unit.own, &unit.below].into_iter().find_map(|lots| smallest(lots));
    if let Some(lot) = joined.and_then(|place| complete.get_mut(place)) {
        *lot = left.drain(..).fold(lot.clone(), Lot::with);
    }
    unit.own.extend(made);
    left
}
