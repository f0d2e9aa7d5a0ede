//! The last look at a finished table before it is frozen: every rule, checked again from the table alone.
//!
//! Closed form, without the answers: what this function accepts is safe whatever people answered. It shares no step with the
//! plan, and with the filling of the table only the definition of cells and of leaders, so a mistake there is refused here
//! instead of being published.

use std::collections::{BTreeMap, BTreeSet};

use domain::instrument::{Instrument, Publish};
use domain::{GroupId, GroupLeaf, ItemId, UnitPath};

use crate::base::{Base, Block, BlockId, ItemRule, Member};
use crate::cells::{Coarsening, Infeasible, InvalidCoarsening};
use crate::leaders::Leaders;
use crate::plan::SMALLEST_K;

/// What was looked at, when nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checks {
    /// Blocks, each with at least k respondents.
    pub blocks: u32,
    /// Standing groups, each in exactly one block.
    pub groups: u32,
    /// Published cells, each over at least k answers and within its range.
    pub cells: u32,
    /// Items per block that are not published.
    pub withheld: u32,
    /// Respondents of the smallest block; `None` without blocks.
    pub smallest_block: Option<u32>,
}

/// Why a table must not be published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// k is below the floor.
    #[error("k is {k}, below the floor of {SMALLEST_K}")]
    KTooSmall {
        /// k.
        k: u32,
    },
    /// So many colluding colleagues are to be covered that fewer than three outsiders remain in a block of k.
    #[error("{coalition} colluding colleagues cannot be covered with k = {k}: at least 3 others must remain")]
    CoalitionTooLarge {
        /// Colluding colleagues.
        coalition: u32,
        /// k.
        k: u32,
    },
    /// The table's items are not the instrument's.
    #[error("the rules of the table are not those of the instrument's items, in its order")]
    ItemsDiffer,
    /// An item cannot be coarsened safely.
    #[error("item {item}: {problem}")]
    Rule {
        /// The item.
        item: ItemId,
        /// What is wrong.
        problem: InvalidCoarsening,
    },
    /// Blocks are not numbered from 0 in the order of unit and members.
    #[error("block {block:?} stands at the wrong place or carries the wrong number")]
    OutOfOrder {
        /// The block.
        block: BlockId,
    },
    /// A block has too few respondents.
    #[error("block {block:?} has {n} respondents, fewer than k = {k}")]
    TooFewRespondents {
        /// The block.
        block: BlockId,
        /// Its respondents.
        n: u32,
        /// k.
        k: u32,
    },
    /// A block has no members, or they are not in ascending order.
    #[error("the members of block {block:?} are missing, repeated or out of order")]
    Members {
        /// The block.
        block: BlockId,
    },
    /// A member is not part of the wave.
    #[error("block {block:?} has {member:?}, which is not part of the wave")]
    UnknownMember {
        /// The block.
        block: BlockId,
        /// The member.
        member: Member,
    },
    /// A member is in two blocks.
    #[error("{member:?} is in block {first:?} and in block {second:?}")]
    InTwoBlocks {
        /// The member.
        member: Member,
        /// The first block.
        first: BlockId,
        /// The second block.
        second: BlockId,
    },
    /// A group is in no block although there are blocks.
    #[error("group {group} is in no block")]
    InNoBlock {
        /// The group.
        group: GroupId,
    },
    /// A block does not carry the deepest unit of its members.
    #[error("block {block:?} does not carry the deepest unit that contains its members")]
    WrongUnit {
        /// The block.
        block: BlockId,
    },
    /// A block has more respondents than people invited in its groups, where no answers counted one level up are with them.
    #[error("block {block:?} has {n} respondents, but only {invited} people were invited in its groups")]
    MoreThanInvited {
        /// The block.
        block: BlockId,
        /// Respondents.
        n: u32,
        /// People invited.
        invited: u64,
    },
    /// A block does not have one entry per item.
    #[error("block {block:?} has {found} entries for {items} items")]
    EntryCount {
        /// The block.
        block: BlockId,
        /// Entries.
        found: usize,
        /// Items.
        items: usize,
    },
    /// Fewer than k people answered a published item.
    #[error("block {block:?}, item {item}: published over {n} answers, fewer than k = {k}")]
    TooFewAnswers {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
        /// Answers.
        n: u32,
        /// k.
        k: u32,
    },
    /// More answers than respondents.
    #[error("block {block:?}, item {item}: {n} answers from {respondents} respondents")]
    MoreAnswersThanRespondents {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
        /// Answers.
        n: u32,
        /// Respondents.
        respondents: u32,
    },
    /// Nothing may be published for so few answers.
    #[error("block {block:?}, item {item}: {problem}")]
    NoSafeCell {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
        /// Why.
        problem: Infeasible,
    },
    /// The cell does not exist.
    #[error("block {block:?}, item {item}: there is no cell {cell}, only {count}")]
    NoSuchCell {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
        /// The cell.
        cell: u32,
        /// Number of cells.
        count: u32,
    },
    /// The item may be published for the organisation only.
    #[error("block {block:?}, item {item}: it may be published for the whole organisation only")]
    OrganisationOnly {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
    },
    /// An item about the leader over two leaders, over none, or over answers whose leaders are too few.
    #[error("block {block:?}, item {item}: it is about the leader, and this block has neither exactly one leader nor at least three")]
    AboutTooFewLeaders {
        /// The block.
        block: BlockId,
        /// The item.
        item: ItemId,
    },
}

/// Checks a base table against the frozen group list and the instrument.
///
/// # Errors
/// The first [`Violation`] found, in the order of blocks and items.
pub fn check(base: &Base, groups: &[GroupLeaf], instrument: &Instrument) -> Result<Checks, Violation> {
    if base.k < SMALLEST_K {
        return Err(Violation::KTooSmall { k: base.k });
    }
    if base.coalition.saturating_add(3) > base.k {
        return Err(Violation::CoalitionTooLarge { coalition: base.coalition, k: base.k });
    }
    let rules = check_rules(base, instrument)?;
    check_partition(base, groups)?;

    let leaders = Leaders::of(groups);
    let (mut cells, mut withheld) = (0_u32, 0_u32);
    for block in &base.blocks {
        if block.n < base.k {
            return Err(Violation::TooFewRespondents { block: block.id, n: block.n, k: base.k });
        }
        if block.cells.len() != rules.len() {
            return Err(Violation::EntryCount { block: block.id, found: block.cells.len(), items: rules.len() });
        }
        let about_leader = leaders.allow(&block.members);
        for (rule, cell) in rules.iter().zip(&block.cells) {
            match cell {
                None => withheld += 1,
                Some(cell) => {
                    rule.check_cell(base.k, block, cell.n, cell.cell, about_leader)?;
                    cells += 1;
                }
            }
        }
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Checks {
        blocks: count(base.blocks.len()),
        groups: count(groups.len()),
        cells,
        withheld,
        smallest_block: base.blocks.iter().map(|b| b.n).min(),
    })
}

/// An item with everything that decides whether and how it is published.
struct Rule<'a> {
    item: &'a ItemId,
    /// `None` for an item of the organisation only, whose scale need not be one that can be coarsened.
    coarsening: Option<Coarsening>,
    about_leader: bool,
}

fn check_rules<'a>(base: &'a Base, instrument: &'a Instrument) -> Result<Vec<Rule<'a>>, Violation> {
    if base.items.len() != instrument.items.len() {
        return Err(Violation::ItemsDiffer);
    }
    let mut rules = Vec::with_capacity(base.items.len());
    for (rule, item) in base.items.iter().zip(&instrument.items) {
        let scale = instrument.scale_of(item).ok_or(Violation::ItemsDiffer)?;
        if *rule != (ItemRule { item: item.id.clone(), points: scale.points(), grid: scale.grid }) {
            return Err(Violation::ItemsDiffer);
        }
        let coarsening = match item.publish {
            Publish::Organisation => None,
            Publish::Team => Some(Coarsening::of_item(base, rule).map_err(|problem| Violation::Rule { item: item.id.clone(), problem })?),
        };
        rules.push(Rule { item: &item.id, coarsening, about_leader: item.about_leader });
    }
    Ok(rules)
}

impl Rule<'_> {
    fn check_cell(&self, k: u32, block: &Block, n: u32, cell: u32, leaders_allow: bool) -> Result<(), Violation> {
        let (item, respondents) = (self.item.clone(), block.n);
        let block = block.id;
        let Some(coarsening) = self.coarsening else {
            return Err(Violation::OrganisationOnly { block, item });
        };
        if self.about_leader && !leaders_allow {
            return Err(Violation::AboutTooFewLeaders { block, item });
        }
        if n < k {
            return Err(Violation::TooFewAnswers { block, item, n, k });
        }
        if n > respondents {
            return Err(Violation::MoreAnswersThanRespondents { block, item, n, respondents });
        }
        match coarsening.cells(n) {
            Err(problem) => Err(Violation::NoSafeCell { block, item, problem }),
            Ok(cells) if cell >= cells.count() => Err(Violation::NoSuchCell { block, item, cell, count: cells.count() }),
            Ok(_) => Ok(()),
        }
    }
}

/// Every group is in exactly one block, every upward pool in at most one, and order, numbers and units are those of the members.
fn check_partition(base: &Base, groups: &[GroupLeaf]) -> Result<(), Violation> {
    let leaves: BTreeMap<GroupId, &GroupLeaf> = groups.iter().map(|leaf| (leaf.group, leaf)).collect();
    let units: BTreeSet<&UnitPath> = groups.iter().map(|leaf| &leaf.unit).collect();
    let organisation = UnitPath::organisation();
    let mut block_of: BTreeMap<&Member, BlockId> = BTreeMap::new();
    let mut before: Option<&Block> = None;
    for (number, block) in (0_u32..).zip(&base.blocks) {
        let in_order = before.is_none_or(|before| (&before.unit, &before.members) < (&block.unit, &block.members));
        if block.id.0 != number || !in_order {
            return Err(Violation::OutOfOrder { block: block.id });
        }
        before = Some(block);
        if block.members.is_empty() || !block.members.is_sorted_by(|a, b| a < b) {
            return Err(Violation::Members { block: block.id });
        }
        let mut common: Option<UnitPath> = None;
        let mut invited = Some(0_u64);
        for member in &block.members {
            let unknown = || Violation::UnknownMember { block: block.id, member: member.clone() };
            let unit = match member {
                Member::Group(group) => {
                    let leaf = leaves.get(group).ok_or_else(unknown)?;
                    invited = invited.map(|sum| sum + u64::from(leaf.invited));
                    &leaf.unit
                }
                Member::Upward(unit) => {
                    if *unit != organisation && !units.contains(unit) {
                        return Err(unknown());
                    }
                    invited = None;
                    unit
                }
            };
            common = Some(common.map_or_else(|| unit.clone(), |common| common.common(unit)));
            if let Some(first) = block_of.insert(member, block.id) {
                return Err(Violation::InTwoBlocks { member: member.clone(), first, second: block.id });
            }
        }
        if common.as_ref() != Some(&block.unit) {
            return Err(Violation::WrongUnit { block: block.id });
        }
        if let Some(invited) = invited
            && u64::from(block.n) > invited
        {
            return Err(Violation::MoreThanInvited { block: block.id, n: block.n, invited });
        }
    }
    if base.blocks.is_empty() {
        return Ok(());
    }
    match leaves.keys().find(|group| !block_of.contains_key(&Member::Group(**group))) {
        Some(group) => Err(Violation::InNoBlock { group: *group }),
        None => Ok(()),
    }
}
