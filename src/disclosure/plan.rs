//! The plan of a wave at its close: which answers are reported together.
//!
//! A function of counts and ids alone, so that what is shown never depends on what people answered. The rule in words and as
//! pseudo-code, with a test vector, stands in `docs/disclosure.md`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use domain::{GroupId, UnitPath};

use crate::base::{BlockId, Member};
use crate::packing::pack;
use crate::units::{UnitNo, Units, UnitsToBe};

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

/// A [`Member`] by numbers, in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MemberNo {
    Group(GroupId),
    Upward(UnitNo),
}

impl MemberNo {
    fn member(self, units: &Units<'_>) -> Member {
        match self {
            Self::Group(group) => Member::Group(group),
            Self::Upward(unit) => Member::Upward(units.path(unit)),
        }
    }
}

/// A member with its count, waiting for a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Counted {
    member: MemberNo,
    unit: UnitNo,
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
type Smallest = BinaryHeap<Reverse<(u32, MemberNo, usize)>>;

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
    let (units, counted) = numbered(groups, upward);
    if let Some(member) = counted_twice(&counted) {
        return Err(PlanRefused::CountedTwice { member: member.member(&units) });
    }

    let mut drafts: Vec<Draft> = Vec::new();
    let mut open: Vec<Unit> = (0..units.len()).map(|_| Unit::default()).collect();
    for counted in counted {
        let Some(unit) = open.get_mut(counted.unit.place()) else {
            continue;
        };
        if counted.n == 0 && matches!(counted.member, MemberNo::Upward(_)) {
            continue;
        }
        if counted.n >= k {
            unit.own.push(Reverse((counted.n, counted.member, drafts.len())));
            drafts.push(Draft::of(vec![counted]));
        } else {
            unit.pool.push(counted);
        }
    }

    let mut unplaced = 0;
    // Within one depth the order does not matter, because units of one depth never meet.
    for number in units.deepest_first() {
        let mut unit = open.get_mut(number.place()).map(std::mem::take).unwrap_or_default();
        let left = settle(&mut unit, &mut drafts, k);
        match units.above(number) {
            Some(above) => {
                if let Some(above) = open.get_mut(above.place()) {
                    above.pool.extend(left);
                    above.below.append(&mut unit.own);
                    above.below.append(&mut unit.below);
                }
            }
            None => unplaced = Draft::of(left).n,
        }
    }
    Ok(Plan { blocks: in_order(drafts, &units), unplaced })
}

/// Everything that is counted, with numbers instead of names.
fn numbered<'a>(groups: &'a [GroupCount], upward: &'a [UpwardCount]) -> (Units<'a>, Vec<Counted>) {
    let mut to_be = UnitsToBe::default();
    let of_groups: Vec<usize> = groups.iter().map(|g| to_be.of_path(&g.unit)).collect();
    let of_upward: Vec<usize> = upward.iter().map(|u| to_be.of_path(&u.unit)).collect();
    let (units, numbers) = to_be.numbered();
    let number = |place: &usize| numbers.get(*place).copied().unwrap_or(UnitNo::ORGANISATION);
    let groups =
        groups.iter().zip(of_groups.iter().map(number)).map(|(g, unit)| Counted { member: MemberNo::Group(g.group), unit, n: g.n });
    let upward = upward.iter().zip(of_upward.iter().map(number)).map(|(u, unit)| Counted { member: MemberNo::Upward(unit), unit, n: u.n });
    let counted = groups.chain(upward).collect();
    (units, counted)
}

/// The first member, in their order, that was counted more than once.
fn counted_twice(counted: &[Counted]) -> Option<MemberNo> {
    let mut members: Vec<MemberNo> = counted.iter().map(|counted| counted.member).collect();
    members.sort_unstable();
    members.array_windows().find_map(|[a, b]| (a == b).then_some(*a))
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
        let Some(first) = bin.iter().map(|m| m.member).min() else {
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
fn in_order(drafts: Vec<Draft>, units: &Units<'_>) -> Vec<PlannedBlock> {
    let mut drafts: Vec<(UnitNo, Draft)> = drafts
        .into_iter()
        .map(|mut draft| {
            draft.members.sort_unstable_by_key(|m| m.member);
            (units.common(draft.members.iter().map(|m| m.unit)), draft)
        })
        .collect();
    // No member is in two blocks, so the first decides between blocks of one unit.
    drafts.sort_unstable_by_key(|(unit, draft)| (*unit, draft.members.first().map(|m| m.member)));
    (0..)
        .zip(drafts)
        .map(|(id, (unit, draft))| PlannedBlock {
            id: BlockId(id),
            unit: units.path(unit),
            members: draft.members.iter().map(|m| m.member.member(units)).collect(),
            n: draft.n,
        })
        .collect()
}
