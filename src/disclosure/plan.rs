//! The plan of a wave at its close: which answers are reported together.
//!
//! A function of counts and ids alone, so that what is shown never depends on what people answered. The rule in words and as
//! pseudo-code, with a test vector, stands in `docs/disclosure.md`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use domain::{GroupId, UnitPath};

use crate::base::{BlockId, Member};
use crate::packing::pack;

/// The smallest k that may ever be configured.
pub const SMALLEST_K: u32 = 4;

/// In a combined block at least this many answers come from outside its largest member, where a split allows it.
pub const OTHERS_BESIDE_LARGEST: u64 = 3;

/// How many ballots count in a standing group, after everybody's choice of level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCount {
    /// The group.
    pub group: GroupId,
    /// The unit in which it stands.
    pub unit: UnitPath,
    /// Ballots that count in it; may be 0.
    pub n: u32,
}

/// How many ballots count one level up in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpwardCount {
    /// The unit; the empty path is the organisation.
    pub unit: UnitPath,
    /// Ballots that count in it; an entry with 0 is the same as none.
    pub n: u32,
}

/// A block of the plan: k or more respondents reported together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedBlock {
    /// Position in the plan.
    pub id: BlockId,
    /// The deepest unit that contains all members.
    pub unit: UnitPath,
    /// Whose answers count here, ascending.
    pub members: Vec<Member>,
    /// How many ballots count here, at least k.
    pub n: u32,
}

/// The blocks of a wave, ordered by unit, then by members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The blocks; none when the whole organisation has fewer than k ballots.
    pub blocks: Vec<PlannedBlock>,
    /// Ballots in no block: 0 unless there is no block at all.
    pub unplaced: u32,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefused {
    /// k is below the floor.
    #[error("k is {k}: a block needs at least {SMALLEST_K} respondents")]
    KTooSmall {
        /// k as given.
        k: u32,
    },
    /// A member was counted twice.
    #[error("{member:?} stands twice among the counts")]
    CountedTwice {
        /// The member.
        member: Member,
    },
}

/// A member with its count, waiting for a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Counted {
    member: Member,
    unit: UnitPath,
    n: u32,
}

/// A block while the plan is being made.
#[derive(Debug)]
struct Draft {
    members: Vec<Counted>,
    n: u32,
}

impl Draft {
    fn of(members: Vec<Counted>) -> Self {
        let n = members.iter().map(|m| m.n).fold(0, u32::saturating_add);
        Self { members, n }
    }
}

/// Draft blocks of one unit or subtree, smallest first: by n, then by the smallest member at the making, which never changes.
type Smallest = BinaryHeap<Reverse<(u32, Member, usize)>>;

/// What a unit has while the plan climbs through it.
#[derive(Default)]
struct Unit {
    /// Members with fewer than k ballots, those passed up from below included.
    pool: Vec<Counted>,
    /// Blocks made in this very unit.
    own: Smallest,
    /// Blocks made in units below.
    below: Smallest,
}

/// Plans the blocks of a wave.
///
/// Does not depend on the order of its inputs. O(N log N) for N groups in a tree of bounded depth.
///
/// # Errors
/// [`PlanRefused`] when k is below [`SMALLEST_K`] or a member is counted twice.
pub fn plan(groups: &[GroupCount], upward: &[UpwardCount], k: u32) -> Result<Plan, PlanRefused> {
    if k < SMALLEST_K {
        return Err(PlanRefused::KTooSmall { k });
    }
    let counted = groups
        .iter()
        .map(|g| Counted { member: Member::Group(g.group), unit: g.unit.clone(), n: g.n })
        .chain(upward.iter().map(|u| Counted { member: Member::Upward(u.unit.clone()), unit: u.unit.clone(), n: u.n }));

    let mut seen = BTreeSet::new();
    let mut drafts: Vec<Draft> = Vec::new();
    // Deepest units first; within one depth the order does not matter, because units of one depth never meet.
    let mut units: BTreeMap<(Reverse<usize>, UnitPath), Unit> = BTreeMap::new();
    units.insert(key_of(&UnitPath::organisation()), Unit::default());
    for counted in counted {
        if !seen.insert(counted.member.clone()) {
            return Err(PlanRefused::CountedTwice { member: counted.member });
        }
        if counted.n == 0 && matches!(counted.member, Member::Upward(_)) {
            continue;
        }
        let unit = units.entry(key_of(&counted.unit)).or_default();
        if counted.n >= k {
            unit.own.push(Reverse((counted.n, counted.member.clone(), drafts.len())));
            drafts.push(Draft::of(vec![counted]));
        } else {
            unit.pool.push(counted);
        }
    }

    let mut unplaced = 0;
    while let Some(((_, path), mut unit)) = units.pop_first() {
        let left = settle(&mut unit, &mut drafts, k);
        match path.parent() {
            Some(above) => {
                let above = units.entry(key_of(&above)).or_default();
                above.pool.extend(left);
                above.below.append(&mut unit.own);
                above.below.append(&mut unit.below);
            }
            None => unplaced = Draft::of(left).n,
        }
    }
    Ok(Plan { blocks: numbered(drafts), unplaced })
}

fn key_of(unit: &UnitPath) -> (Reverse<usize>, UnitPath) {
    (Reverse(unit.0.len()), unit.clone())
}

/// Finds a block for everybody in the unit's pool; returns the pool when the unit has no block in its whole subtree.
fn settle(unit: &mut Unit, drafts: &mut Vec<Draft>, k: u32) -> Vec<Counted> {
    // Groups without answers take no part in the packing: they must not decide which answers are counted together.
    let (silent, answered): (Vec<_>, Vec<_>) = std::mem::take(&mut unit.pool).into_iter().partition(|m| m.n == 0);
    let mut packed = pack(answered, |m| m.n, |n, largest| n >= u64::from(k) && n >= u64::from(largest) + OTHERS_BESIDE_LARGEST);
    if packed.bins.is_empty() && Draft::of(packed.remainder.clone()).n >= k {
        packed.bins.push(std::mem::take(&mut packed.remainder));
    }
    packed.remainder.extend(silent);

    let mut made = Smallest::new();
    for bin in packed.bins {
        let Some(first) = bin.iter().map(|m| m.member.clone()).min() else {
            continue;
        };
        let draft = Draft::of(bin);
        made.push(Reverse((draft.n, first, drafts.len())));
        drafts.push(draft);
    }
    let mut left = packed.remainder;
    if !left.is_empty() {
        for siblings in [&mut made, &mut unit.own, &mut unit.below] {
            if let Some(Reverse((_, first, index))) = siblings.pop()
                && let Some(draft) = drafts.get_mut(index)
            {
                draft.members.append(&mut left);
                *draft = Draft::of(std::mem::take(&mut draft.members));
                siblings.push(Reverse((draft.n, first, index)));
                break;
            }
        }
    }
    unit.own.append(&mut made);
    left
}

/// The finished blocks in their published order.
fn numbered(drafts: Vec<Draft>) -> Vec<PlannedBlock> {
    let mut blocks: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let unit = draft.members.iter().map(|m| m.unit.clone()).reduce(|a, b| a.common(&b)).unwrap_or_default();
            let mut members: Vec<_> = draft.members.into_iter().map(|m| m.member).collect();
            members.sort_unstable();
            PlannedBlock { id: BlockId(0), unit, members, n: draft.n }
        })
        .collect();
    blocks.sort_unstable_by(|a, b| (&a.unit, &a.members).cmp(&(&b.unit, &b.members)));
    for (id, block) in (0..).zip(&mut blocks) {
        block.id = BlockId(id);
    }
    blocks
}
