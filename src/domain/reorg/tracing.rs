//! Following teams through events.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{RecordedEvent, ReorgEvent};
use crate::ids::TeamLabel;

/// Every team of a list with the team above it; `None` for a team right under the organisation.
pub type TeamPlaces = BTreeMap<TeamLabel, Option<TeamLabel>>;

/// The teams of a launched wave as the events since then leave them. The default knows of no team and no event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reorganised {
    teams: BTreeMap<TeamLabel, Traced>,
    /// Names that no team has any more, with the event that ended them.
    ended: BTreeMap<TeamLabel, u32>,
}

/// A team and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Traced {
    /// The teams of the launched wave that it continues; never empty.
    origins: BTreeSet<TeamLabel>,
    above: Option<TeamLabel>,
    /// The event that gave it its name.
    named_by: Option<u32>,
    /// Whether it came out of a split.
    part: bool,
    /// Whether it, or a team that it continues, was moved.
    moved: bool,
    /// The event that moved it to where it stands; `None` where no event says its place, as after a split or the merge of teams
    /// from different places. `above` is then no more than a guess.
    placed_by: Option<u32>,
    /// Whether the team above it was split since, so that only a staff list knows which part leads it.
    adrift: bool,
}

impl Traced {
    /// The event that placed both teams keeps placing what they become together, if it is one place.
    fn absorb(&mut self, other: Self) {
        self.placed_by = match (self.placed_by, other.placed_by) {
            (Some(one), Some(another)) if self.above == other.above => Some(one.max(another)),
            _ => None,
        };
        self.origins.extend(other.origins);
        self.part |= other.part;
        self.adrift |= other.adrift;
        self.moved |= other.moved;
    }
}

impl Reorganised {
    /// The teams of a wave, before any event.
    #[must_use]
    pub fn before(teams: TeamPlaces) -> Self {
        let traced = |(team, above): (TeamLabel, _)| {
            let origins = BTreeSet::from([team.clone()]);
            (team, Traced { origins, above, ..Traced::default() })
        };
        Self { teams: teams.into_iter().map(traced).collect(), ended: BTreeMap::new() }
    }

    /// The teams of a wave after all of these events, whatever the order in which they are given.
    ///
    /// An event about a team that the wave did not know has no effect: such a team has no past.
    #[must_use]
    pub fn after<'e>(teams: TeamPlaces, events: impl IntoIterator<Item = &'e RecordedEvent>) -> Self {
        let mut now = Self::before(teams);
        for event in in_order(events) {
            now.apply(event);
        }
        now
    }

    /// The teams of the wave that a team continues, ascending; none for a team without a past.
    ///
    /// [`Reorganised::default`], of which no team is known, gives none for all.
    pub fn origins(&self, team: &TeamLabel) -> impl Iterator<Item = &TeamLabel> + use<'_> {
        self.teams.get(team).into_iter().flat_map(|traced| &traced.origins)
    }

    /// For each team of the wave the teams that continue it.
    #[must_use]
    pub fn heirs(&self) -> Heirs<'_> {
        let mut changed: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (team, traced) in self.teams.iter().filter(|(_, traced)| traced.named_by.is_some()) {
            for origin in &traced.origins {
                changed.entry(origin).or_default().push(team);
            }
        }
        Heirs { changed }
    }

    /// Whether a team came out of a split.
    #[must_use]
    pub fn is_part(&self, team: &TeamLabel) -> bool {
        self.teams.get(team).is_some_and(|traced| traced.part)
    }

    /// Whether a team was moved.
    #[must_use]
    pub fn was_moved(&self, team: &TeamLabel) -> bool {
        self.teams.get(team).is_some_and(|traced| traced.moved)
    }

    /// Teams of a list that continue no team, ascending.
    pub fn new_in<'l>(&self, list: &'l TeamPlaces) -> impl Iterator<Item = &'l TeamLabel> {
        list.keys().filter(|team| !self.teams.contains_key(team))
    }

    /// Teams that should be in a list and are not, ascending.
    pub fn gone_from(&self, list: &TeamPlaces) -> impl Iterator<Item = &TeamLabel> {
        self.teams.keys().filter(|team| !list.contains_key(*team))
    }

    /// Where a staff list says something else than the events with a number above `frozen`; those up to it can no longer be withdrawn.
    #[must_use]
    pub fn disagreements(&self, list: &TeamPlaces, frozen: u32) -> Vec<Disagreement> {
        let open = |event: Option<u32>| event.filter(|number| *number > frozen);
        let mut found = Vec::new();
        for (team, traced) in &self.teams {
            let listed = list.get(team);
            if let (Some(event), None) = (open(traced.named_by), listed) {
                found.push(Disagreement::NotListed { event, team: team.clone() });
            }
            if let (Some(event), Some(listed)) = (open(traced.placed_by), listed)
                && *listed != traced.above
            {
                found.push(Disagreement::Elsewhere { event, team: team.clone(), said: traced.above.clone(), listed: listed.clone() });
            }
        }
        for (team, event) in &self.ended {
            if open(Some(*event)).is_some() && list.contains_key(team) {
                found.push(Disagreement::StillListed { event: *event, team: team.clone() });
            }
        }
        found
    }

    /// Whether the wave or an event says where a team stands; not after a split or a merge, where only a staff list does.
    pub(super) fn knows_place(&self, team: &TeamLabel) -> bool {
        self.teams
            .get(team)
            .is_some_and(|traced| traced.placed_by.is_some() || (!traced.part && !traced.adrift && traced.origins.len() == 1))
    }

    pub(super) fn has(&self, team: &TeamLabel) -> bool {
        self.teams.contains_key(team)
    }

    /// The event that ended a name.
    pub(super) fn ended_by(&self, team: &TeamLabel) -> Option<u32> {
        self.ended.get(team).copied()
    }

    /// The team above, as far as the wave and the events say; a list helps out for teams that they do not know.
    pub(super) fn above<'a>(&'a self, team: &TeamLabel, list: &'a TeamPlaces) -> Option<&'a TeamLabel> {
        match self.teams.get(team) {
            Some(traced) => traced.above.as_ref(),
            None => list.get(team)?.as_ref(),
        }
    }

    pub(super) fn apply(&mut self, recorded: &RecordedEvent) {
        let number = recorded.number;
        match &recorded.dated.event {
            ReorgEvent::Rename { from, to } => {
                if let Some(traced) = self.end(from, number) {
                    self.name(to, traced, number);
                    self.hang_under(from, to);
                }
            }
            ReorgEvent::Merge { teams, into } => {
                let merged: Vec<Traced> = teams.iter().filter_map(|team| self.end(team, number)).collect();
                for traced in merged {
                    self.name(into, traced, number);
                }
                if let Some(traced) = self.teams.get_mut(into)
                    && traced.above.as_ref().is_some_and(|above| teams.contains(above))
                {
                    (traced.above, traced.placed_by) = (None, None);
                }
                for team in teams {
                    self.hang_under(team, into);
                }
            }
            ReorgEvent::Split { team, into } => {
                let Some(traced) = self.end(team, number) else { return };
                for part in into {
                    // A part may stand under another part; only the staff list knows.
                    self.name(part, Traced { part: true, placed_by: None, ..traced.clone() }, number);
                }
                self.scatter(team, into.contains(team));
            }
            ReorgEvent::Move { team, under } => {
                if let Some(traced) = self.teams.get_mut(team) {
                    traced.above.clone_from(under);
                    traced.moved = true;
                    traced.placed_by = Some(number);
                    traced.adrift = false;
                }
            }
        }
    }

    fn end(&mut self, team: &TeamLabel, event: u32) -> Option<Traced> {
        let traced = self.teams.remove(team)?;
        self.ended.insert(team.clone(), event);
        Some(traced)
    }

    fn name(&mut self, team: &TeamLabel, mut traced: Traced, event: u32) {
        traced.named_by = Some(event);
        self.ended.remove(team);
        match self.teams.get_mut(team) {
            // Only where a wave did not know all teams that the events speak of.
            Some(there) => there.absorb(traced),
            None => {
                self.teams.insert(team.clone(), traced);
            }
        }
    }

    fn hang_under(&mut self, old: &TeamLabel, new: &TeamLabel) {
        for traced in self.right_under(old) {
            traced.above = Some(new.clone());
        }
    }

    /// Which part of a split team leads the teams below it, only the staff list knows.
    fn scatter(&mut self, split: &TeamLabel, name_goes_on: bool) {
        for traced in self.right_under(split) {
            traced.placed_by = None;
            traced.adrift = true;
            if !name_goes_on {
                traced.above = None;
            }
        }
    }

    fn right_under(&mut self, above: &TeamLabel) -> impl Iterator<Item = &mut Traced> {
        self.teams.values_mut().filter(move |traced| traced.above.as_ref() == Some(above))
    }
}

/// Which teams continue a team of the wave.
#[derive(Debug, Clone)]
pub struct Heirs<'a> {
    /// Teams to which something happened; all others continue themselves.
    changed: BTreeMap<&'a TeamLabel, Vec<&'a TeamLabel>>,
}

impl<'a> Heirs<'a> {
    /// The teams that continue a team, ascending: itself, if nothing is known to have happened to it.
    pub fn of<'h>(&'h self, team: &'a TeamLabel) -> impl Iterator<Item = &'a TeamLabel> + use<'a, 'h> {
        let heirs = self.changed.get(team);
        heirs.into_iter().flatten().copied().chain(heirs.is_none().then_some(team))
    }
}

/// The events in the order in which they happened.
pub(super) fn in_order<'e>(events: impl IntoIterator<Item = &'e RecordedEvent>) -> Vec<&'e RecordedEvent> {
    let mut events: Vec<_> = events.into_iter().collect();
    events.sort_unstable_by_key(|event| (event.dated.on, event.number));
    events
}

/// A place where the staff list says something else than an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// The event made a team that is not in the list.
    NotListed {
        /// The event.
        event: u32,
        /// The team.
        team: TeamLabel,
    },
    /// The event ended a team that is still in the list.
    StillListed {
        /// The event.
        event: u32,
        /// The team.
        team: TeamLabel,
    },
    /// The list has the team elsewhere than the event moved it.
    Elsewhere {
        /// The event.
        event: u32,
        /// The team.
        team: TeamLabel,
        /// The team above it after the event.
        said: Option<TeamLabel>,
        /// The team above it in the list.
        listed: Option<TeamLabel>,
    },
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place =
            |above: &Option<TeamLabel>, top: &str| above.as_ref().map_or_else(|| top.to_owned(), |above| format!("under \"{above}\""));
        let event = match self {
            Self::NotListed { event, team } => {
                write!(f, "after event {event} there is a team \"{team}\", but the staff list has none")?;
                event
            }
            Self::StillListed { event, team } => {
                write!(f, "event {event} ended team \"{team}\", but the staff list still has it")?;
                event
            }
            Self::Elsewhere { event, team, said, listed } => {
                let (said, listed) = (place(said, "to the top"), place(listed, "at the top"));
                write!(f, "event {event} moved team \"{team}\" {said}, but the staff list has it {listed}")?;
                event
            }
        };
        write!(f, ": import the staff list that follows it, or withdraw it with candor roster event withdraw {event}")
    }
}
