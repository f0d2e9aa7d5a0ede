//! What may have become of teams, guessed from who was in which. Only a suggestion: an event is what a person says happened.

use std::collections::{BTreeMap, BTreeSet};

use super::checking::fits;
use super::tracing::TeamPlaces;
use super::{ReorgEvent, Reorganised};
use crate::ids::{PersonId, TeamLabel};
use crate::roster::Roster;

/// The team of everybody who was invited to a launched wave.
pub type TeamsThen = BTreeMap<PersonId, TeamLabel>;

/// An event that would explain what a staff list says, and how much speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The event.
    pub event: ReorgEvent,
    /// Of those who were in the old teams and still have a team: how many are in the new ones. For a move, the people who are still in the team.
    pub together: u32,
    /// How many were in the old teams and still have a team.
    pub still_here: u32,
}

/// Guesses what became of teams that a staff list no longer has, of those that are new in it, and of those that stand elsewhere.
///
/// `then` says who was in which team at the launch, `since` what is known to have happened to the teams after it. Each suggestion could be recorded as
/// it stands, and no team is what happens in two of them. Once some are recorded, there may be others: ask again. The rules, with "most" for more than half of those who
/// still have a team, and at least a quarter of those who were in it:
///
/// * most of one vanished team are in one new team, which has most of its earlier people from there: renamed;
/// * most of each of several vanished teams are in one team: merged into it;
/// * several new teams have most of their earlier people from one vanished team: split. A team that keeps its name and a quarter of whose people
///   are in new teams that come mostly from it: split, too;
/// * a team stands under another one than before, and neither is part of another suggestion: moved.
#[must_use]
pub fn suggest(then: &TeamsThen, list: &Roster, since: &Reorganised) -> Vec<Suggestion> {
    let flows = Flows::of(then, list, since);
    let places = list.places();
    let mut found = Found { since, places: &places, used: BTreeSet::new(), suggestions: Vec::new() };
    let gone: BTreeSet<&TeamLabel> = since.gone_from(&places).collect();
    let new: BTreeSet<&TeamLabel> = since.new_in(&places).collect();

    // Vanished teams by the team in which most of their people are now.
    let mut taken_in: BTreeMap<&TeamLabel, Vec<&TeamLabel>> = BTreeMap::new();
    for team in &gone {
        if let Some(target) = flows.mostly_went(team) {
            taken_in.entry(target).or_default().push(team);
        }
    }
    let parts_of =
        |team: &TeamLabel| -> Vec<&TeamLabel> { new.iter().copied().filter(|part| flows.mostly_came(part) == Some(team)).collect() };
    for (target, sources) in &taken_in {
        let (is_new, stays) = (new.contains(target), flows.mostly_went(target) == Some(target));
        match sources.as_slice() {
            [one] if is_new && flows.mostly_came(target) == Some(one) => {
                let parts = parts_of(one);
                if parts.len() > 1 {
                    found.split(&flows, one, &parts);
                } else {
                    let (from, to) = ((*one).clone(), (*target).clone());
                    found.take(ReorgEvent::Rename { from, to }, flows.passing(one, target), flows.still_here(one));
                }
            }
            [_, _, ..] if is_new => found.merge(&flows, sources, target),
            _ if !is_new && stays => {
                let mut all = vec![*target];
                all.extend(sources);
                found.merge(&flows, &all, target);
            }
            _ => {}
        }
    }
    for team in &gone {
        found.split(&flows, team, &parts_of(team));
    }
    for team in places.keys().filter(|team| since.has(team)) {
        let large = |part: &&TeamLabel| flows.passing(team, part).saturating_mul(4) >= flows.people_then(team);
        let mut parts: Vec<&TeamLabel> = parts_of(team).into_iter().filter(large).collect();
        if !parts.is_empty() && flows.passing(team, team) > 0 {
            parts.push(team);
            found.split(&flows, team, &parts);
        }
    }
    found.moves(&flows, &gone);
    found.suggestions
}

/// How many people went from which team, by its name before the list, to which team of the list.
struct Flows<'a> {
    went: BTreeMap<&'a TeamLabel, BTreeMap<&'a TeamLabel, u32>>,
    came: BTreeMap<&'a TeamLabel, BTreeMap<&'a TeamLabel, u32>>,
    then: BTreeMap<&'a TeamLabel, u32>,
}

impl<'a> Flows<'a> {
    fn of(then: &'a TeamsThen, list: &'a Roster, since: &'a Reorganised) -> Self {
        let heirs = since.heirs();
        let mut flows = Self { went: BTreeMap::new(), came: BTreeMap::new(), then: BTreeMap::new() };
        for (person, team) in then {
            let now = list.people.get(person).and_then(|person| person.team.as_ref());
            let heirs: Vec<&TeamLabel> = heirs.of(team).collect();
            // Of the parts of a split team, the one in which a person is.
            let from = match now.filter(|now| heirs.contains(now)) {
                Some(now) => vec![now],
                None => heirs,
            };
            for from in from {
                *flows.then.entry(from).or_default() += 1;
                if let Some(to) = now {
                    *flows.went.entry(from).or_default().entry(to).or_default() += 1;
                    *flows.came.entry(to).or_default().entry(from).or_default() += 1;
                }
            }
        }
        flows
    }

    fn passing(&self, from: &TeamLabel, to: &TeamLabel) -> u32 {
        self.went.get(from).and_then(|to_each| to_each.get(to)).copied().unwrap_or(0)
    }

    fn still_here(&self, from: &TeamLabel) -> u32 {
        self.went.get(from).map_or(0, |to_each| to_each.values().sum())
    }

    fn people_then(&self, team: &TeamLabel) -> u32 {
        self.then.get(team).copied().unwrap_or(0)
    }

    /// The team in which most of a team's people are, if they are not too few of those who were in it.
    fn mostly_went(&self, from: &TeamLabel) -> Option<&'a TeamLabel> {
        let (to, people) = most(self.went.get(from)?)?;
        (people.saturating_mul(4) >= self.people_then(from)).then_some(to)
    }

    /// The team from which most of a team's people came, of those who were in any.
    fn mostly_came(&self, to: &TeamLabel) -> Option<&'a TeamLabel> {
        Some(most(self.came.get(to)?)?.0)
    }
}

/// What more than half of the people have in common.
fn most<'a>(counted: &BTreeMap<&'a TeamLabel, u32>) -> Option<(&'a TeamLabel, u32)> {
    let all: u32 = counted.values().sum();
    counted.iter().find(|(_, people)| people.saturating_mul(2) > all).map(|(team, people)| (*team, *people))
}

/// The suggestions so far.
struct Found<'a> {
    since: &'a Reorganised,
    places: &'a TeamPlaces,
    used: BTreeSet<TeamLabel>,
    suggestions: Vec<Suggestion>,
}

impl Found<'_> {
    /// Takes a suggestion, unless one of its teams is in another or it could not be recorded.
    fn take(&mut self, event: ReorgEvent, together: u32, still_here: u32) {
        let teams: Vec<TeamLabel> = match &event {
            ReorgEvent::Rename { from, to } => vec![from.clone(), to.clone()],
            ReorgEvent::Merge { teams, into } => teams.iter().chain([into]).cloned().collect(),
            ReorgEvent::Split { team, into } => into.iter().chain([team]).cloned().collect(),
            ReorgEvent::Move { team, .. } => vec![team.clone()],
        };
        if teams.iter().any(|team| self.used.contains(team)) || fits(self.since, &event, self.places).is_err() {
            return;
        }
        self.used.extend(teams);
        self.suggestions.push(Suggestion { event, together, still_here });
    }

    fn merge(&mut self, flows: &Flows<'_>, sources: &[&TeamLabel], into: &TeamLabel) {
        let event = ReorgEvent::Merge { teams: sources.iter().map(|team| (*team).clone()).collect(), into: into.clone() };
        let together = sources.iter().map(|team| flows.passing(team, into)).sum();
        self.take(event, together, sources.iter().map(|team| flows.still_here(team)).sum());
    }

    fn split(&mut self, flows: &Flows<'_>, team: &TeamLabel, parts: &[&TeamLabel]) {
        let event = ReorgEvent::Split { team: team.clone(), into: parts.iter().map(|part| (*part).clone()).collect() };
        let together = parts.iter().map(|part| flows.passing(team, part)).sum();
        if parts.len() > 1 {
            self.take(event, together, flows.still_here(team));
        }
    }

    /// Teams that stand elsewhere. Under a team of which something else may have happened, that comes first.
    fn moves(&mut self, flows: &Flows<'_>, gone: &BTreeSet<&TeamLabel>) {
        for (team, under) in self.places {
            if !self.since.knows_place(team) {
                continue;
            }
            let said = self.since.above(team, self.places);
            let unclear = said.is_some_and(|said| gone.contains(said) || self.used.contains(said))
                || under.as_ref().is_some_and(|under| self.used.contains(under));
            if said != under.as_ref() && !unclear {
                let event = ReorgEvent::Move { team: team.clone(), under: under.clone() };
                self.take(event, flows.passing(team, team), flows.still_here(team));
            }
        }
    }
}
