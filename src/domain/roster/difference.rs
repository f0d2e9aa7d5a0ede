//! What a new staff list changes, person by person and team by team, before anything is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::{Person, Roster};
use crate::ids::{Language, PersonId, TeamLabel};

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<T> {
    /// What the list so far says.
    pub before: T,
    /// What the new list says.
    pub after: T,
}

impl<T: PartialEq + Clone> Changed<T> {
    /// `None` where both are the same.
    fn between(before: &T, after: &T) -> Option<Self> {
        (before != after).then(|| Self { before: before.clone(), after: after.clone() })
    }
}

/// Somebody who is on both lists and not with the same details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// The person's name, when it is another one.
    pub name: Option<Changed<String>>,
    /// The mail address, when it is another one; empty for somebody who is invited by a printed card.
    pub mail: Option<Changed<String>>,
    /// The team, when it is another one; `None` inside means that the person is not invited.
    pub team: Option<Changed<Option<TeamLabel>>>,
    /// The language, when it is another one.
    pub language: Option<Changed<Language>>,
}

impl PersonChange {
    /// `None` for somebody with the same details.
    fn between(before: &Person, after: &Person) -> Option<Self> {
        let change = Self {
            name: Changed::between(&before.name, &after.name),
            mail: Changed::between(&before.mail, &after.mail),
            team: Changed::between(&before.team, &after.team),
            language: Changed::between(&before.language, &after.language),
        };
        (before != after).then_some(change)
    }
}

/// Everything by which a new staff list differs from the list so far.
///
/// [`Difference::between`] and [`Difference::applied_to`] belong together: what is told before a list is taken over is all that taking it over does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// People who were not on the list.
    pub joined: BTreeMap<PersonId, Person>,
    /// People who are no longer on the list, as they stood there.
    pub left: BTreeMap<PersonId, Person>,
    /// People who stay with other details.
    pub changed: BTreeMap<PersonId, PersonChange>,
    /// Teams that were not there, with their leaders.
    pub new_teams: BTreeMap<TeamLabel, Vec<PersonId>>,
    /// Teams that are gone, with the leaders that they had.
    pub gone_teams: BTreeMap<TeamLabel, Vec<PersonId>>,
    /// Teams that stay with other leaders, or with the same in another order.
    pub led_otherwise: BTreeMap<TeamLabel, Changed<Vec<PersonId>>>,
}

impl Difference {
    /// What changes from `old` to `new`.
    #[must_use]
    pub fn between(old: &Roster, new: &Roster) -> Self {
        let changed = new.people.iter().filter_map(|(id, after)| {
            let change = PersonChange::between(old.people.get(id)?, after)?;
            Some((id.clone(), change))
        });
        let led_otherwise = new.teams.iter().filter_map(|(team, after)| {
            let change = Changed::between(old.teams.get(team)?, after)?;
            Some((team.clone(), change))
        });
        Self {
            joined: only_in(&new.people, &old.people),
            left: only_in(&old.people, &new.people),
            changed: changed.collect(),
            new_teams: only_in(&new.teams, &old.teams),
            gone_teams: only_in(&old.teams, &new.teams),
            led_otherwise: led_otherwise.collect(),
        }
    }

    /// The list that comes of `old` by these changes and no others.
    #[must_use]
    pub fn applied_to(&self, old: &Roster) -> Roster {
        let mut roster = old.clone();
        roster.people.retain(|id, _| !self.left.contains_key(id));
        roster.teams.retain(|team, _| !self.gone_teams.contains_key(team));
        for (id, change) in &self.changed {
            if let Some(person) = roster.people.get_mut(id) {
                set(&mut person.name, change.name.as_ref());
                set(&mut person.mail, change.mail.as_ref());
                set(&mut person.team, change.team.as_ref());
                set(&mut person.language, change.language.as_ref());
            }
        }
        for (team, change) in &self.led_otherwise {
            if let Some(leaders) = roster.teams.get_mut(team) {
                set(leaders, Some(change));
            }
        }
        roster.people.extend(self.joined.clone());
        roster.teams.extend(self.new_teams.clone());
        roster
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// People who change from one team to another, into a team or out of one.
    pub fn moved(&self) -> impl Iterator<Item = (&PersonId, &Changed<Option<TeamLabel>>)> {
        self.changed.iter().filter_map(|(id, change)| Some((id, change.team.as_ref()?)))
    }
}

fn only_in<K: Ord + Clone, V: Clone>(these: &BTreeMap<K, V>, those: &BTreeMap<K, V>) -> BTreeMap<K, V> {
    these.iter().filter(|(key, _)| !those.contains_key(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn set<T: Clone>(place: &mut T, change: Option<&Changed<T>>) {
    if let Some(change) = change {
        place.clone_from(&change.after);
    }
}

/// A team in the tree of a staff list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamInTree<'a> {
    /// The team.
    pub team: &'a TeamLabel,
    /// How many teams stand above it.
    pub depth: usize,
    /// How many people answer in it.
    pub people: u32,
    /// Who leads it, in the order of the staff list.
    pub leaders: Vec<&'a Person>,
}

impl Roster {
    /// Every team once, each right after the team above it or after its elder siblings and all that is below them; siblings by name.
    #[must_use]
    pub fn tree(&self) -> Vec<TeamInTree<'_>> {
        let heads = self.heads();
        let mut below: BTreeMap<Option<&TeamLabel>, BTreeSet<&TeamLabel>> = BTreeMap::new();
        for team in self.teams.keys() {
            below.entry(self.team_above(team)).or_default().insert(team);
        }
        let mut tree = Vec::with_capacity(self.teams.len());
        let mut next: Vec<(&TeamLabel, usize)> = below.get(&None).into_iter().flatten().rev().map(|team| (*team, 0)).collect();
        while let Some((team, depth)) = next.pop() {
            next.extend(below.get(&Some(team)).into_iter().flatten().rev().map(|under| (*under, depth + 1)));
            let leaders = self.teams.get(team).into_iter().flatten().filter_map(|leader| self.people.get(leader)).collect();
            tree.push(TeamInTree { team, depth, people: heads.get(team).copied().unwrap_or(0), leaders });
        }
        tree
    }
}
