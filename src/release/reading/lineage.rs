//! Groups through time: what a group was before, and which blocks of two waves hold the same people.

use std::collections::BTreeSet;

use domain::{GroupId, SameShare};

use super::waves::{History, Wave};

/// Blocks of both waves that cannot be compared apart from each other: a connected component of the graph whose nodes are blocks
/// and whose edges are groups with their predecessors. Answers counted one level up make no edges.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) later: BTreeSet<usize>,
    pub(super) earlier: BTreeSet<usize>,
    /// A group of the later wave has no predecessor.
    pub(super) new_group: bool,
    /// A predecessor is in no block of the earlier wave.
    pub(super) nothing_before: bool,
}

/// Everything that is joined to some blocks of the later of two neighbouring published waves.
pub(super) fn join(later: &Wave<'_>, earlier: &Wave<'_>, start: impl IntoIterator<Item = usize>) -> Joined {
    let mut joined = Joined::default();
    let mut open: Vec<usize> = start.into_iter().collect();
    joined.later.extend(&open);
    while let Some(block) = open.pop() {
        for group in later.block(block).groups() {
            let predecessors = later.leaf(group).map_or(&[][..], |leaf| leaf.predecessors.as_slice());
            joined.new_group |= predecessors.is_empty();
            for predecessor in predecessors {
                let Some(before) = earlier.block_of(predecessor.group) else {
                    joined.nothing_before = true;
                    continue;
                };
                if !joined.earlier.insert(before) {
                    continue;
                }
                let successors = earlier.block(before).groups().flat_map(|group| later.successors(group));
                for block in successors.filter_map(|&group| later.block_of(group)) {
                    if joined.later.insert(block) {
                        open.push(block);
                    }
                }
            }
        }
    }
    joined
}

/// How much of a group's people one of its predecessors holds at least; a group without predecessors holds none.
pub(super) fn share_kept(wave: &Wave<'_>, group: GroupId) -> SameShare {
    let predecessors = wave.leaf(group).map_or(&[][..], |leaf| leaf.predecessors.as_slice());
    predecessors.iter().map(|predecessor| predecessor.same).max().unwrap_or(SameShare::UnderQuarter)
}

/// The ancestors of some groups of the latest wave, one entry per earlier published wave, newest first; `None` from the wave on in
/// which one of the groups has no ancestor.
pub(super) fn ancestors(history: &History<'_>, groups: impl Iterator<Item = GroupId>) -> Vec<Option<BTreeSet<GroupId>>> {
    // Per group, because one group without a past makes the whole set incomparable.
    let mut families: Vec<BTreeSet<GroupId>> = groups.map(|group| BTreeSet::from([group])).collect();
    let mut wave = history.latest();
    let mut found = Vec::new();
    for earlier in history.earlier() {
        for family in &mut families {
            let leaves = family.iter().filter_map(|&group| wave.leaf(group));
            *family = leaves.flat_map(|leaf| &leaf.predecessors).map(|predecessor| predecessor.group).collect();
        }
        let complete = !families.is_empty() && families.iter().all(|family| !family.is_empty());
        found.push(complete.then(|| families.iter().flatten().copied().collect()));
        wave = earlier;
    }
    found
}
