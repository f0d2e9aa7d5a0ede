//! The proposal: bottom-up, from head counts, starting from the groups of the wave before.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use domain::reorg::Heirs;
use domain::{GroupLeaf, Reorganised, TeamLabel};

use super::naming::{Names, is_derived, joined};
use super::tree::Tree;
use super::{Policy, ProposalRefused, ProposedGroup, TeamSize};
use crate::packing::pack;
use crate::units::UnitNo;

/// A group while the proposal is being made.
struct Draft {
    teams: Vec<usize>,
    invited: u32,
    /// The name from the wave before, if the group goes on with all of its teams and nobody else's.
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

/// Proposes the standing groups of a wave, ordered by unit, then by teams; teams are the same as before when they have the same name.
///
/// `previous` is the frozen group list of the last published wave, empty before the first. Does not depend on the order of its
/// inputs. O(N log N) for N teams in a tree of bounded depth.
///
/// # Errors
/// [`ProposalRefused`] when the teams are no tree, or fewer than k + 1 people would be invited in all.
pub fn propose(teams: &[TeamSize], policy: Policy, previous: &[GroupLeaf]) -> Result<Vec<ProposedGroup>, ProposalRefused> {
    propose_after(teams, policy, previous, &Reorganised::default())
}

/// Proposes the standing groups of a wave like [`propose`]; `since` says what became of the previous wave's teams.
///
/// # Errors
/// As [`propose`].
pub fn propose_after(
    teams: &[TeamSize],
    policy: Policy,
    previous: &[GroupLeaf],
    since: &Reorganised,
) -> Result<Vec<ProposedGroup>, ProposalRefused> {
    let tree = Tree::of(teams)?;
    let invited = tree.everybody();
    if invited < u64::from(policy.floor()) {
        return Err(ProposalRefused::TooFewPeople { invited, needed: policy.floor() });
    }

    let mut drafts: Vec<Draft> = Vec::new();
    let mut units: Vec<Unit> = (0..tree.units().len()).map(|_| Unit::default()).collect();

    let kept = Kept::from(&tree, policy, previous, since);
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
    /// For a team that must leave a group because it was too little without the team that grew or was merged: that team.
    shared_with: BTreeMap<usize, usize>,
}

impl Kept {
    fn from(tree: &Tree<'_>, policy: Policy, previous: &[GroupLeaf], since: &Reorganised) -> Self {
        let mut kept = Self { groups: Vec::new(), free: Vec::new(), shared_with: BTreeMap::new() };
        let mut settled = vec![false; tree.len()];
        let heirs = since.heirs();
        let mut leaves: Vec<&GroupLeaf> = previous.iter().collect();
        // A merged team goes on where one of its teams stood alone, else in the first of their groups.
        leaves.sort_unstable_by_key(|leaf| (leaf.teams.len() > 1, leaf.group));
        for leaf in leaves {
            let mut continuing: Vec<usize> =
                leaf.teams.iter().flat_map(|entry| heirs.of(&entry.label)).filter_map(|team| tree.find(team)).collect();
            continuing.sort_unstable();
            continuing.dedup();
            let (merged_away, still): (Vec<_>, Vec<_>) =
                continuing.into_iter().partition(|team| settled.get(*team).copied().unwrap_or(true));
            let (stay, grown) = staying(still, tree, policy, since);
            let invited = tree.invited_in(&stay);
            if invited < policy.floor() {
                if let Some(companion) = grown.first().or(merged_away.first()) {
                    kept.shared_with.extend(stay.iter().map(|team| (*team, *companion)));
                }
                continue;
            }
            for team in &stay {
                if let Some(done) = settled.get_mut(*team) {
                    *done = true;
                }
            }
            let label = known_name(leaf, &heirs, since, &tree.labels(&stay));
            kept.groups.push(Draft { teams: stay, invited, label });
        }
        kept.free = settled.iter().enumerate().filter(|(_, done)| !**done).map(|(team, _)| team).collect();
        kept
    }
}

/// Of the teams that continue a group: those that stay together, and those that are large enough to leave.
///
/// A team that was moved leaves when the group would stand higher in the organisation with it than without. Then a team of
/// `group_min` + 2 people leaves the others; a part of a split team leaves from `group_min` on, because it never moved to and fro.
fn staying(still: Vec<usize>, tree: &Tree<'_>, policy: Policy, since: &Reorganised) -> (Vec<usize>, Vec<usize>) {
    if still.len() < 2 {
        return (still, Vec::new());
    }
    let said_of = |team: usize, what: fn(&Reorganised, &TeamLabel) -> bool| tree.label(team).is_some_and(|label| what(since, label));
    let (mut moved, mut together): (Vec<_>, Vec<_>) = still.into_iter().partition(|team| said_of(*team, Reorganised::was_moved));
    if together.is_empty() {
        together.push(moved.remove(0));
    }
    let place = tree.unit(&together);
    moved.retain(|team| tree.units().common([place, tree.unit(&[*team])]) == place);
    together.extend(moved);
    together.sort_unstable();
    if together.len() < 2 {
        return (together, Vec::new());
    }
    let leaves_at = |team: usize| if said_of(team, Reorganised::is_part) { policy.group_min() } else { policy.leaves_at() };
    together.into_iter().partition(|team| tree.invited(*team) < leaves_at(*team))
}

/// The name that a group keeps: the one it had, if it goes on with all teams that continue its own and with nobody else's. A name
/// that was made of team names is made anew when one of them is another.
fn known_name(leaf: &GroupLeaf, heirs: &Heirs<'_>, since: &Reorganised, teams: &[TeamLabel]) -> Option<String> {
    let had = |team: &TeamLabel| leaf.teams.binary_search_by(|entry| entry.label.cmp(team)).is_ok();
    let all_go_on = leaf.teams.iter().flat_map(|entry| heirs.of(&entry.label)).all(|heir| teams.binary_search(heir).is_ok());
    let nobody_else = teams.iter().flat_map(|team| since.origins(team)).all(had);
    let same_names = leaf.teams.len() == teams.len() && teams.iter().all(had);
    let given = || !is_derived(&leaf.label, &leaf.teams.iter().map(|entry| entry.label.clone()).collect::<Vec<_>>());
    (all_go_on && nobody_else && (same_names || given())).then(|| leaf.label.clone())
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
