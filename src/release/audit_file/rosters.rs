//! The units of a wave with the people who could be in them.

use std::collections::{BTreeMap, BTreeSet};

use disclosure::Member;
use disclosure::standing::COUNTED_UP_TO;
use domain::{PersonId, TeamLabel, UnitPath};

use super::document::Heads;
use super::{AuditProblem, Audited};

/// The name of a group's unit: its label, unless it could be taken for that of answers counted one level up. Then a backslash stands before it, as
/// before labels that begin with one.
#[must_use]
pub fn group_unit(label: &str) -> String {
    if label.starts_with(COUNTED_UP_TO) || label.starts_with('\\') { format!("\\{label}") } else { label.to_owned() }
}

/// The name of the answers that people of a unit chose to count one level up. How many chose that is known to nobody.
#[must_use]
pub fn upward(unit: &UnitPath) -> String {
    if unit.0.is_empty() { format!("{COUNTED_UP_TO}the organisation") } else { format!("{COUNTED_UP_TO}unit {}", path(unit)) }
}

/// A path with slashes between its labels; those within a label have a backslash before them, so that no two paths read the same.
pub(super) fn path(unit: &UnitPath) -> String {
    let labels: Vec<String> = unit.0.iter().map(|label| label.as_str().replace('\\', "\\\\").replace('/', "\\/")).collect();
    labels.join("/")
}

/// The standing groups of a wave, and a unit of its own for each kind of answers counted one level up.
///
/// Such a unit lists how many could have chosen it: everybody invited in the groups below. They are in the count of their own group as well.
pub(super) fn of_wave(audited: &Audited<'_>) -> Result<BTreeMap<String, Heads>, AuditProblem> {
    let wave = audited.wave;
    let mut units = BTreeMap::new();
    let mut people_of: BTreeMap<&TeamLabel, Vec<&PersonId>> = BTreeMap::new();
    for person in audited.roster.iter().flat_map(|roster| roster.people.values()) {
        if let Some(team) = &person.team {
            people_of.entry(team).or_default().push(&person.id);
        }
    }
    for leaf in &wave.groups {
        let heads = match audited.roster {
            None => Heads::Count(leaf.invited),
            Some(_) => {
                let teams = leaf.teams.iter().filter_map(|entry| people_of.get(&entry.label));
                let people: BTreeSet<PersonId> = teams.flatten().map(|id| (*id).clone()).collect();
                if u32::try_from(people.len()) != Ok(leaf.invited) {
                    let (wave, group) = (wave.release.wave.clone(), leaf.label.clone());
                    return Err(AuditProblem::Roster { wave, group, frozen: leaf.invited, listed: people.len() });
                }
                Heads::People(people)
            }
        };
        units.insert(group_unit(&leaf.label), heads);
    }
    for member in wave.release.base.blocks.iter().flat_map(|block| &block.members) {
        if let Member::Upward(unit) = member {
            // One level up from a group is its own unit; the organisation can be chosen from everywhere.
            let below = wave.groups.iter().filter(|leaf| unit.0.is_empty() || leaf.unit == *unit);
            units.insert(upward(unit), Heads::Count(below.map(|leaf| leaf.invited).sum()));
        }
    }
    Ok(units)
}
