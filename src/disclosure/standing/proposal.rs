//! The proposal: bottom-up, from head counts, starting from the groups of the wave before.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use domain::GroupLeaf;

use super::naming::{Names, joined};
use super::tree::Tree;
use super::{Policy, ProposalRefused, ProposedGroup, TeamSize};
use crate::packing::pack;
use crate::units::UnitNo;

/// A group while the proposal is being made.
struct Draft {
    teams: Vec<usize>,
    invited: u32,
    /// The name from the wave before, if the group has the same teams as then.
    label: Option<String>,
}

/// Shared groups of one unit, smallest first: by heads, then by first team at the making, then position.
type Smallest = BinaryHeap<Reverse<(u32, usize, usize)>>;

/// What a unit has while the proposal climbs through it.
#[derive(Default)]
struct Unit {
    /// Teams that are too small for a group of their own, those passed up from below included.
    pool: Vec<usize>,
    /// Groups of several teams that stand in this very unit.
    shared: Smallest,
}

/// Proposes the standing groups of a wave, ordered by unit, then by teams.
///
/// `previous` is the frozen group list of the last published wave, empty before the first. Does not depend on the order of its
/// inputs. O(N log N) for N teams in a tree of bounded depth.
///
/// # Errors
/// [`ProposalRefused`] when the teams are no tree, or fewer than k + 1 people would be invited in all.
pub fn propose(teams: &[TeamSize], policy: Policy, previous: &[GroupLeaf]) -> Result<Vec<ProposedGroup>, ProposalRefused> {
    let tree = Tree::of(teams)?;
    let invited = tree.everybody();
    if invited < u64::from(policy.floor()) {
        return Err(ProposalRefused::TooFewPeople { invited, needed: policy.floor() });
    }

    let mut drafts: Vec<Draft> = Vec::new();
    let mut units: Vec<Unit> = (0..tree.units().len()).map(|_| Unit::default()).collect();

    let kept = Kept::from(&tree, policy, previous);
    for draft in kept.groups {
        if let [first, _, ..] = *draft.teams.as_slice()
            && let Some(unit) = units.get_mut(tree.unit(&draft.teams).place())
        {
            unit.shared.push(Reverse((draft.invited, first, drafts.len())));
        }
        drafts.push(draft);
    }
    for team in kept.free {
        let invited = tree.invited(team);
        if invited >= policy.group_min() {
            drafts.push(Draft { teams: vec![team], invited, label: None });
        } else if let Some(unit) = units.get_mut(tree.unit(&[team]).place()) {
            unit.pool.push(team);
        }
    }

    for number in tree.units().deepest_first() {
        let mut unit = units.get_mut(number.place()).map(std::mem::take).unwrap_or_default();
        let left = settle(&mut unit, &mut drafts, &tree, policy);
        match tree.units().above(number) {
            Some(above) => {
                if let Some(above) = units.get_mut(above.place()) {
                    above.pool.extend(left);
                }
            }
            None => place_last(left, &mut drafts, &tree, &kept.shared_with),
        }
    }
    Ok(finished(drafts, &tree))
}

/// What the wave before leaves standing.
struct Kept {
    /// Groups that go on, teams ascending.
    groups: Vec<Draft>,
    /// Teams that have no group yet.
    free: Vec<usize>,
    /// For a team that must leave a group because it was too little without the team that grew: the team that grew.
    shared_with: BTreeMap<usize, usize>,
}

impl Kept {
    fn from(tree: &Tree<'_>, policy: Policy, previous: &[GroupLeaf]) -> Self {
        let mut kept = Self { groups: Vec::new(), free: Vec::new(), shared_with: BTreeMap::new() };
        let mut settled = vec![false; tree.len()];
        let mut leaves: Vec<&GroupLeaf> = previous.iter().collect();
        leaves.sort_unstable_by_key(|leaf| leaf.group);
        for leaf in leaves {
            let mut still: Vec<usize> = leaf.teams.iter().filter_map(|entry| tree.find(&entry.label)).collect();
            still.sort_unstable();
            still.dedup();
            // A list that names a team twice is not a frozen one; the first group keeps it.
            still.retain(|team| !settled.get(*team).copied().unwrap_or(true));
            let (grown, stay): (Vec<_>, Vec<_>) = match still.as_slice() {
                [] => continue,
                [alone] => (vec![], vec![*alone]),
                several => several.iter().copied().partition(|team| tree.invited(*team) >= policy.leaves_at()),
            };
            let invited = tree.invited_in(&stay);
            if invited < policy.floor() {
                if let Some(companion) = grown.first() {
                    kept.shared_with.extend(stay.iter().map(|team| (*team, *companion)));
                }
                continue;
            }
            for team in &stay {
                if let Some(done) = settled.get_mut(*team) {
                    *done = true;
                }
            }
            let label = (stay.len() == leaf.teams.len()).then(|| leaf.label.clone());
            kept.groups.push(Draft { teams: stay, invited, label });
        }
        kept.free = settled.iter().enumerate().filter(|(_, done)| !**done).map(|(team, _)| team).collect();
        kept
    }
}

/// Makes groups of the unit's pool; returns what finds no group of several teams here.
fn settle(unit: &mut Unit, drafts: &mut Vec<Draft>, tree: &Tree<'_>, policy: Policy) -> Vec<usize> {
    let pool = std::mem::take(&mut unit.pool);
    let packed = pack(pool, |team| tree.invited(*team), |heads, _| heads >= u64::from(policy.group_min()));
    for bin in packed.bins {
        let Some(first) = bin.iter().copied().min() else {
            continue;
        };
        let invited = tree.invited_in(&bin);
        unit.shared.push(Reverse((invited, first, drafts.len())));
        drafts.push(Draft { teams: bin, invited, label: None });
    }
    let left = packed.remainder;
    match unit.shared.peek() {
        Some(Reverse((_, _, smallest))) if !left.is_empty() => {
            join(drafts.get_mut(*smallest), &left, tree);
            Vec::new()
        }
        _ => left,
    }
}

fn join(draft: Option<&mut Draft>, teams: &[usize], tree: &Tree<'_>) {
    if let Some(draft) = draft {
        draft.teams.extend_from_slice(teams);
        draft.invited = tree.invited_in(&draft.teams);
        draft.label = None;
    }
}

/// Finds a group for the teams that nobody took on the way up: the one they come from, else the smallest of the organisation.
fn place_last(left: Vec<usize>, drafts: &mut Vec<Draft>, tree: &Tree<'_>, shared_with: &BTreeMap<usize, usize>) {
    if left.is_empty() {
        return;
    }
    if drafts.is_empty() {
        drafts.push(Draft { invited: tree.invited_in(&left), teams: left, label: None });
        return;
    }
    let mut to_smallest = Vec::new();
    for team in left {
        let companion = shared_with.get(&team);
        match companion.and_then(|companion| drafts.iter_mut().find(|draft| draft.teams.contains(companion))) {
            Some(draft) => join(Some(draft), &[team], tree),
            None => to_smallest.push(team),
        }
    }
    if !to_smallest.is_empty() {
        let smallest = drafts.iter_mut().min_by_key(|draft| (draft.invited, draft.teams.iter().copied().min()));
        join(smallest, &to_smallest, tree);
    }
}

/// The finished groups in their order, named.
fn finished(drafts: Vec<Draft>, tree: &Tree<'_>) -> Vec<ProposedGroup> {
    let mut drafts: Vec<(UnitNo, Draft)> = drafts
        .into_iter()
        .map(|mut draft| {
            draft.teams.sort_unstable();
            (tree.unit(&draft.teams), draft)
        })
        .collect();
    // No team is in two groups, so the first decides between groups of one unit.
    drafts.sort_unstable_by_key(|(unit, draft)| (*unit, draft.teams.first().copied()));
    let mut groups: Vec<(Option<String>, ProposedGroup)> = drafts
        .into_iter()
        .map(|(unit, draft)| {
            let (unit, teams) = (tree.path(unit), tree.labels(&draft.teams));
            (draft.label, ProposedGroup { label: String::new(), unit, teams, invited: draft.invited })
        })
        .collect();
    // Names that people know already come first; a new name makes way.
    let mut names = Names::default();
    for (known, group) in &mut groups {
        if let Some(label) = known.take() {
            group.label = names.take(label);
        }
    }
    for (_, group) in &mut groups {
        if group.label.is_empty() {
            group.label = names.take(joined(&group.teams));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
