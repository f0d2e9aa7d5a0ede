//! What an event must not contradict.

use std::collections::{BTreeMap, BTreeSet};

use super::tracing::in_order;
use super::{RecordedEvent, ReorgEvent, Reorganised, TeamPlaces};
use crate::ids::{TeamLabel, WaveId};
use crate::moment::Day;

/// Why an event cannot be recorded or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventRefused {
    /// The old name is the new one.
    #[error("team \"{team}\" has this name already: give the old name first, then the new one")]
    SameName {
        /// The name.
        team: TeamLabel,
    },
    /// Fewer than two teams, or one of them twice.
    #[error("{what} at least two different teams, each named once")]
    NotSeveral {
        /// What needs them.
        what: &'static str,
    },
    /// No team of this name has a past.
    #[error(
        "there is no team \"{team}\" in the last round, and no earlier event made one: check how it is written. A team that is new needs no event"
    )]
    UnknownTeam {
        /// The team.
        team: TeamLabel,
    },
    /// The team ended before.
    #[error(
        "there is no team \"{team}\" any more on that day: event {event} ended it. Name the team that came of it, or withdraw that event"
    )]
    Ended {
        /// The team.
        team: TeamLabel,
        /// The event that ended it.
        event: u32,
    },
    /// There is a team of the new name.
    #[error(
        "there is a team \"{team}\" already on that day: if it took in others, record a merge that names it on both sides (candor roster event merge \"{team}\" OTHER --into \"{team}\")"
    )]
    NameTaken {
        /// The name.
        team: TeamLabel,
    },
    /// The team above does not exist.
    #[error(
        "there is no team \"{under}\", neither in the last round nor in the staff list: check how it is written, or import the new list first"
    )]
    UnknownAbove {
        /// The team above.
        under: TeamLabel,
    },
    /// A team would stand under itself.
    #[error("team \"{under}\" stands under team \"{team}\" itself: record first where \"{under}\" went")]
    Circle {
        /// The team that would be moved.
        team: TeamLabel,
        /// The team above.
        under: TeamLabel,
    },
    /// The day has not come.
    #[error("{on} has not come yet (today is {today}): record it when it has happened")]
    InFuture {
        /// The day of the event.
        on: Day,
        /// Today.
        today: Day,
    },
    /// The day lies before the last launch.
    #[error(
        "{on} lies before {launched}, when round {wave} was launched with the teams as they were listed then, and past rounds never change: give the day since which the staff list says it, or leave out --on"
    )]
    BeforeLaunch {
        /// The day of the event.
        on: Day,
        /// The last launched wave.
        wave: WaveId,
        /// When it was launched.
        launched: Day,
    },
    /// There is nothing that could continue.
    #[error("no round was launched yet: there is nothing that a team could continue, so no event is needed")]
    NothingBefore,
    /// Another event would not hold any more.
    #[error("event {event} would no longer hold ({reason}): withdraw that one first")]
    Breaks {
        /// The other event.
        event: u32,
        /// Why it would not hold.
        reason: Box<EventRefused>,
    },
}

/// Checks an event against the teams of a launched wave, the events since then and the staff list.
///
/// # Errors
/// [`EventRefused`] when the event does not fit what happened before, or a later event does not fit it.
pub fn check(wave: &TeamPlaces, events: &[RecordedEvent], new: &RecordedEvent, list: &TeamPlaces) -> Result<(), EventRefused> {
    let before = refused(wave, events, list);
    let mut after = refused(wave, events.iter().chain([new]), list);
    match after.remove(&new.number) {
        Some(reason) => Err(reason),
        None => nothing_breaks(&before, after),
    }
}

/// Checks that the other events still hold without the one of this number.
///
/// # Errors
/// [`EventRefused::Breaks`].
pub fn check_without(wave: &TeamPlaces, events: &[RecordedEvent], number: u32, list: &TeamPlaces) -> Result<(), EventRefused> {
    let before = refused(wave, events, list);
    nothing_breaks(&before, refused(wave, events.iter().filter(|event| event.number != number), list))
}

/// An event may have been refused before: it was recorded while another wave ran, which ended without a result.
fn nothing_breaks(before: &BTreeMap<u32, EventRefused>, after: BTreeMap<u32, EventRefused>) -> Result<(), EventRefused> {
    match after.into_iter().find(|(number, _)| !before.contains_key(number)) {
        Some((event, reason)) => Err(EventRefused::Breaks { event, reason: Box::new(reason) }),
        None => Ok(()),
    }
}

/// The events that do not fit what happened before them, by number.
fn refused<'e>(wave: &TeamPlaces, events: impl IntoIterator<Item = &'e RecordedEvent>, list: &TeamPlaces) -> BTreeMap<u32, EventRefused> {
    let mut teams = Reorganised::before(wave.clone());
    let mut refused = BTreeMap::new();
    for event in in_order(events) {
        if let Err(reason) = fits(&teams, &event.dated.event, list) {
            refused.insert(event.number, reason);
        }
        teams.apply(event);
    }
    refused
}

/// Whether an event fits the teams as they are when it happens.
pub(super) fn fits(teams: &Reorganised, event: &ReorgEvent, list: &TeamPlaces) -> Result<(), EventRefused> {
    let known = |team: &TeamLabel| match teams.ended_by(team) {
        _ if teams.has(team) => Ok(()),
        Some(event) => Err(EventRefused::Ended { team: team.clone(), event }),
        None => Err(EventRefused::UnknownTeam { team: team.clone() }),
    };
    let free = |team: &TeamLabel| if teams.has(team) { Err(EventRefused::NameTaken { team: team.clone() }) } else { Ok(()) };
    match event {
        ReorgEvent::Rename { from, to } => {
            if from == to {
                return Err(EventRefused::SameName { team: to.clone() });
            }
            known(from)?;
            free(to)
        }
        ReorgEvent::Merge { teams, into } => {
            several(teams, "a merge needs")?;
            teams.iter().try_for_each(known)?;
            if teams.contains(into) { Ok(()) } else { free(into) }
        }
        ReorgEvent::Split { team, into } => {
            several(into, "a split makes")?;
            known(team)?;
            into.iter().filter(|part| *part != team).try_for_each(free)
        }
        ReorgEvent::Move { team, under } => {
            known(team)?;
            let Some(under) = under else { return Ok(()) };
            if !teams.has(under) && !list.contains_key(under) {
                return Err(EventRefused::UnknownAbove { under: under.clone() });
            }
            let mut seen = BTreeSet::new();
            let mut above = Some(under);
            while let Some(at) = above.filter(|at| seen.insert(*at)) {
                if at == team {
                    return Err(EventRefused::Circle { team: team.clone(), under: under.clone() });
                }
                above = teams.above(at, list);
            }
            Ok(())
        }
    }
}

fn several(teams: &[TeamLabel], what: &'static str) -> Result<(), EventRefused> {
    let different: BTreeSet<_> = teams.iter().collect();
    if teams.len() >= 2 && different.len() == teams.len() { Ok(()) } else { Err(EventRefused::NotSeveral { what }) }
}
