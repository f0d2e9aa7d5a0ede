//! The staff list (roster): people, teams and leaders, read from CSV all or nothing.
//!
//! [`Roster`] is the checked list. [`parse_csv`] is the only way from a file to it, [`write_csv`] the way back; what can be wrong with a
//! file stands in [`RosterFault`]. What a new list would change is a [`Difference`]. The format for people who write such a file is described in `docs/staff-list.md`.

mod checking;
mod difference;
mod faults;
mod table;
mod writing;

#[cfg(test)]
mod changing_tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{Language, PersonId, TeamLabel};
use crate::reorg::TeamPlaces;

pub use checking::{RosterImport, check_mail, parse_csv};
pub use difference::{Changed, Difference, PersonChange, TeamInTree};
pub use faults::{Column, RosterFault, RosterNotice, RosterProblem, RosterProblems};
pub use writing::write_csv;

/// One person of the staff list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The id that the staff list gives.
    pub id: PersonId,
    /// The name for mails and pages.
    pub name: String,
    /// The mail address; empty for somebody who gets a printed code card instead of mail, because they have no mailbox or share one.
    pub mail: String,
    /// The team in which the person answers; `None` means that the person is not invited.
    pub team: Option<TeamLabel>,
    /// The language of mails and pages.
    pub language: Language,
}

impl Person {
    /// Whether the person is invited by a printed code card, and gets no mail.
    #[must_use]
    pub const fn by_card(&self) -> bool {
        self.mail.is_empty()
    }
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

    /// Every team with the team above it.
    #[must_use]
    pub fn places(&self) -> TeamPlaces {
        self.teams.keys().map(|team| (team.clone(), self.team_above(team).cloned())).collect()
    }

    /// How many people are invited to answer in each team that has any.
    #[must_use]
    pub fn heads(&self) -> BTreeMap<&TeamLabel, u32> {
        let mut heads = BTreeMap::new();
        for team in self.people.values().filter_map(|person| person.team.as_ref()) {
            *heads.entry(team).or_insert(0) += 1;
        }
        heads
    }
}

/// The counts of a staff list, for a person who has just read one in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RosterSummary {
    /// Everybody on the list.
    pub people: usize,
    /// People who have a team and can be invited.
    pub invited: usize,
    /// People among them who are invited by a printed code card.
    pub by_card: usize,
    /// People without a team; they are not invited.
    pub without_team: Vec<PersonId>,
    /// Teams with at least one member.
    pub teams: usize,
    /// Teams with no team above them. Several are normal; all of them hang under the organisation.
    pub roots: Vec<TeamLabel>,
    /// People who lead at least one team.
    pub leaders: usize,
    /// How many people get mails and pages in each language.
    pub languages: BTreeMap<Language, usize>,
}

impl RosterSummary {
    /// Counts a staff list.
    #[must_use]
    pub fn of(roster: &Roster) -> Self {
        let mut languages = BTreeMap::new();
        for person in roster.people.values() {
            *languages.entry(person.language.clone()).or_insert(0) += 1;
        }
        let without_team: Vec<_> = roster.people.values().filter(|p| p.team.is_none()).map(|p| p.id.clone()).collect();
        Self {
            people: roster.people.len(),
            invited: roster.people.len() - without_team.len(),
            by_card: roster.people.values().filter(|p| p.team.is_some() && p.by_card()).count(),
            without_team,
            teams: roster.teams.len(),
            roots: roster.teams.keys().filter(|team| roster.team_above(team).is_none()).cloned().collect(),
            leaders: roster.teams.values().flatten().collect::<BTreeSet<_>>().len(),
            languages,
        }
    }
}

impl fmt::Display for RosterSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let languages: Vec<_> = self.languages.iter().map(|(language, people)| format!("{language} {people}")).collect();
        writeln!(f, "People: {}, invited: {}, without a team: {}", self.people, self.invited, self.without_team.len())?;
        if self.by_card > 0 {
            writeln!(f, "Invited by mail: {}, by printed code card: {}", self.invited - self.by_card, self.by_card)?;
        }
        writeln!(
            f,
            "Teams: {}, leaders: {}, directly under the organisation: {}",
            self.teams,
            self.leaders,
            faults::some_of(self.roots.iter())
        )?;
        write!(f, "Languages: {}", languages.join(", "))
    }
}
