//! What a launch would freeze of a staff list: the standing groups, and what each of them was in the wave before. Pure.

use std::collections::BTreeMap;

use disclosure::standing::{self, Policy, ProposalRefused, ProposedGroup, TeamSize};
use domain::roster::{Person, Roster};
use domain::{GroupId, GroupLeaf, Predecessor, SameShare, TeamEntry, TeamLabel};

/// For each new group: how many of its people were invited in each group of the wave before.
pub type SamePeople = BTreeMap<GroupId, BTreeMap<GroupId, u32>>;

/// What a launch would freeze.
#[derive(Debug)]
pub struct Proposal {
    /// The standing groups with their past.
    pub leaves: Vec<GroupLeaf>,
    /// The team's group, by team.
    pub group_of: BTreeMap<TeamLabel, GroupId>,
}

/// The groups of a staff list before their past is known.
#[derive(Debug)]
pub struct Regrouped<'a> {
    roster: &'a Roster,
    previous: &'a [GroupLeaf],
    groups: Vec<ProposedGroup>,
    group_of: BTreeMap<TeamLabel, GroupId>,
}

impl<'a> Regrouped<'a> {
    /// Proposes the groups of a staff list; `previous` is the frozen group list of the last published wave, empty before the first.
    ///
    /// # Errors
    /// [`ProposalRefused`] when the list has too few people.
    pub fn from(roster: &'a Roster, policy: Policy, previous: &'a [GroupLeaf]) -> Result<Self, ProposalRefused> {
        let groups = standing::propose(&team_sizes(roster), policy, previous)?;
        let mut group_of = BTreeMap::new();
        for (number, group) in (0..).zip(&groups) {
            for team in &group.teams {
                group_of.insert(team.clone(), GroupId(number));
            }
        }
        Ok(Self { roster, previous, groups, group_of })
    }

    /// Everybody who is invited, with their group.
    pub fn invited(&self) -> impl Iterator<Item = (&'a Person, GroupId)> {
        invited(self.roster, &self.group_of)
    }

    /// Adds what each group was before: groups that share a team by name, with the band of the people who are the same.
    ///
    /// A group with a shared team but none of the same people continues it too; people moving one by one make no lineage.
    #[must_use]
    pub fn with_past(self, same: &SamePeople) -> Proposal {
        let mut continues: BTreeMap<GroupId, BTreeMap<GroupId, u32>> = BTreeMap::new();
        for before in self.previous {
            for new in before.teams.iter().filter_map(|team| self.group_of.get(&team.label)) {
                let people = same.get(new).and_then(|old| old.get(&before.group)).copied().unwrap_or(0);
                continues.entry(*new).or_default().insert(before.group, people);
            }
        }
        let leaf = |(number, group)| {
            let id = GroupId(number);
            leaf(id, group, self.roster, continues.get(&id))
        };
        Proposal { leaves: (0..).zip(&self.groups).map(leaf).collect(), group_of: self.group_of }
    }
}

/// The teams of a staff list as the proposal of groups sees them.
#[must_use]
pub fn team_sizes(roster: &Roster) -> Vec<TeamSize> {
    let heads = roster.heads();
    let size = |team: &TeamLabel| TeamSize {
        team: team.clone(),
        above: roster.team_above(team).cloned(),
        invited: heads.get(team).copied().unwrap_or(0),
    };
    roster.teams.keys().map(size).collect()
}

/// Everybody who is invited, with their group.
pub(super) fn invited<'a>(roster: &'a Roster, group_of: &BTreeMap<TeamLabel, GroupId>) -> impl Iterator<Item = (&'a Person, GroupId)> {
    roster.people.values().filter_map(|person| Some((person, *group_of.get(person.team.as_ref()?)?)))
}

fn leaf(id: GroupId, group: &ProposedGroup, roster: &Roster, continues: Option<&BTreeMap<GroupId, u32>>) -> GroupLeaf {
    let name_of = |person| roster.people.get(person).map(|p| p.name.clone()).unwrap_or_default();
    GroupLeaf {
        group: id,
        label: group.label.clone(),
        unit: group.unit.clone(),
        invited: group.invited,
        predecessors: continues
            .into_iter()
            .flatten()
            .map(|(old, people)| Predecessor { group: *old, same: SameShare::of(*people, group.invited) })
            .collect(),
        teams: group
            .teams
            .iter()
            .map(|team| TeamEntry { label: team.clone(), leaders: roster.teams.get(team).into_iter().flatten().map(name_of).collect() })
            .collect(),
    }
}
