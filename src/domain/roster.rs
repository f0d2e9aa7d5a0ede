//! The staff list (roster): people, teams and leaders, read from CSV all or nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::{Language, PersonId, TeamLabel};

/// One person of the staff list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The id that the staff list gives.
    pub id: PersonId,
    /// The name for mails and pages.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// The team in which the person answers; `None` means that the person is not invited.
    pub team: Option<TeamLabel>,
    /// The language of mails and pages.
    pub language: Language,
}

/// A checked staff list: ids and mails are unique, leaders exist, the tree of teams has no cycle.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roster {
    /// Everybody, by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Every team that has members, with its leaders in the order of the staff list.
    pub teams: BTreeMap<TeamLabel, Vec<PersonId>>,
}

impl Roster {
    /// The team above: the team in which the first leader answers. `None` for a root team.
    #[must_use]
    pub fn team_above(&self, team: &TeamLabel) -> Option<&TeamLabel> {
        let leader = self.teams.get(team)?.first()?;
        self.people.get(leader)?.team.as_ref()
    }

    /// The members of a team who are invited to answer in it, in id order.
    pub fn members<'a>(&'a self, team: &'a TeamLabel) -> impl Iterator<Item = &'a Person> {
        self.people.values().filter(move |p| p.team.as_ref() == Some(team))
    }
}
