//! Where the groups of a wave come from: which were renamed, moved, merged or split since the published wave before, which are new and
//! which ended. From the two frozen group lists alone.

use std::collections::BTreeSet;

use domain::{GroupId, GroupLeaf, SameShare, UnitPath, WaveId};
use serde::Serialize;

use super::waves::History;

/// The groups of the latest wave and what they were before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// The published wave before; `None` for the first, where nothing else is said.
    pub since: Option<WaveId>,
    /// Every group of the latest wave, in the order of units and names.
    pub groups: Vec<GroupOrigin>,
    /// Groups of the wave before that none of this wave continues, in the same order.
    pub ended: Vec<EarlierGroup>,
}

/// One group and what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupOrigin {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub label: String,
    /// Its unit.
    pub unit: UnitPath,
    /// What happened to it, in the order of [`Event`]; empty when it is as it was.
    pub events: Vec<Event>,
    /// The groups that it continues.
    pub before: Vec<Continued>,
}

/// Something that happened to a group between two waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It continues no group.
    New,
    /// It continues several groups.
    Merged,
    /// Other groups continue one of its groups, too.
    Split,
    /// None of the groups that it continues had its name.
    Renamed,
    /// None of them stood under its unit.
    Moved,
}

/// A group of the wave before that is continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Continued {
    /// The earlier group.
    #[serde(flatten)]
    pub group: EarlierGroup,
    /// How many of the people of the later group were invited in it.
    pub same: SameShare,
}

/// A group of the wave before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EarlierGroup {
    /// Its unit then.
    pub unit: UnitPath,
    /// Its name then.
    pub label: String,
}

impl EarlierGroup {
    fn of(leaf: &GroupLeaf) -> Self {
        Self { unit: leaf.unit.clone(), label: leaf.label.clone() }
    }
}

pub(super) fn of_wave(history: &History<'_>) -> Origins {
    let latest = history.latest();
    let Some(earlier) = history.earlier().first() else {
        return Origins { since: None, groups: Vec::new(), ended: Vec::new() };
    };
    let continued = |leaf: &GroupLeaf| -> Vec<Continued> {
        let found = leaf.predecessors.iter().filter_map(|predecessor| {
            let before = earlier.leaf(predecessor.group)?;
            Some(Continued { group: EarlierGroup::of(before), same: predecessor.same })
        });
        found.collect()
    };
    let mut groups: Vec<GroupOrigin> = latest
        .leaves()
        .map(|leaf| {
            let before = continued(leaf);
            let split = leaf.predecessors.iter().any(|predecessor| latest.successors(predecessor.group).len() > 1);
            GroupOrigin {
                group: leaf.group,
                label: leaf.label.clone(),
                unit: leaf.unit.clone(),
                events: events(leaf, &before, split),
                before,
            }
        })
        .collect();
    groups.sort_by(|a, b| (&a.unit, &a.label).cmp(&(&b.unit, &b.label)));
    let ended: BTreeSet<EarlierGroup> =
        earlier.leaves().filter(|leaf| latest.successors(leaf.group).is_empty()).map(EarlierGroup::of).collect();
    Origins { since: Some(earlier.id().clone()), groups, ended: ended.into_iter().collect() }
}

fn events(leaf: &GroupLeaf, before: &[Continued], split: bool) -> Vec<Event> {
    if before.is_empty() {
        return vec![Event::New];
    }
    let renamed = before.iter().all(|of| of.group.label != leaf.label);
    let moved = before.iter().all(|of| of.group.unit != leaf.unit);
    let all = [(before.len() > 1, Event::Merged), (split, Event::Split), (renamed, Event::Renamed), (moved, Event::Moved)];
    all.into_iter().filter(|(happened, _)| *happened).map(|(_, event)| event).collect()
}
