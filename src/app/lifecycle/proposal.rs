//! What a launch would freeze of a staff list: the standing groups, and what each of them was in the wave before. Pure.

use std::collections::BTreeMap;

use disclosure::standing::{self, GroupsRefused, NamedTeams, Policy, ProposalRefused, ProposedGroup, TeamSize};
use domain::roster::{Person, Roster};
use domain::{GroupId, GroupLeaf, Predecessor, Reorganised, SameShare, TeamEntry, TeamLabel};

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

/// The last published wave, as far as the groups of the next one continue it.
#[derive(Debug, Clone)]
pub struct Past<'a> {
    /// Its frozen group list; empty before the first publication.
    pub groups: &'a [GroupLeaf],
    /// What became of its teams since.
    pub since: Reorganised,
}

impl<'a> Past<'a> {
    /// A past since which teams have only come and gone, by name.
    #[must_use]
    pub fn unchanged(groups: &'a [GroupLeaf]) -> Self {
        Self { groups, since: Reorganised::default() }
    }
}

/// The groups of a staff list before their past is known.
#[derive(Debug)]
pub struct Regrouped<'a> {
    roster: &'a Roster,
    past: Past<'a>,
    groups: Vec<ProposedGroup>,
    group_of: BTreeMap<TeamLabel, GroupId>,
}

impl<'a> Regrouped<'a> {
    /// Proposes the groups of a staff list.
    ///
    /// # Errors
    /// [`ProposalRefused`] when the list has too few people.
    pub fn from(roster: &'a Roster, policy: Policy, past: Past<'a>) -> Result<Self, ProposalRefused> {
        let groups = standing::propose_after(&team_sizes(roster), policy, past.groups, &past.since)?;
        Ok(Self::of(roster, groups, past))
    }

    /// The groups that a person merged from these and named.
    ///
    /// # Errors
    /// [`GroupsRefused`] names the group or team that breaks a rule.
    pub fn merged(self, named: &[NamedTeams]) -> Result<Self, GroupsRefused> {
        let groups = standing::check_groups(named, &self.groups)?;
        Ok(Self::of(self.roster, groups, self.past))
    }

    fn of(roster: &'a Roster, groups: Vec<ProposedGroup>, past: Past<'a>) -> Self {
        let mut group_of = BTreeMap::new();
        for (number, group) in (0..).zip(&groups) {
            for team in &group.teams {
                group_of.insert(team.clone(), GroupId(number));
            }
        }
        Self { roster, past, groups, group_of }
    }

    /// Everybody who is invited, with their group.
    pub fn invited(&self) -> impl Iterator<Item = (&'a Person, GroupId)> {
        invited(self.roster, &self.group_of)
    }

    /// Adds what each group was before: the groups of the teams that its own continue, with the band of the people who are the same.
    ///
    /// Teams make the lineage and people the band: a group none of whose people are the same continues the other too, and the band
    /// says so; people moving one by one make no lineage.
    #[must_use]
    pub fn with_past(self, same: &SamePeople) -> Proposal {
        let mut continues: BTreeMap<GroupId, BTreeMap<GroupId, u32>> = BTreeMap::new();
        let heirs = self.past.since.heirs();
        for before in self.past.groups {
            let teams = before.teams.iter().flat_map(|team| heirs.of(&team.label));
            for new in teams.filter_map(|team| self.group_of.get(team)) {
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
