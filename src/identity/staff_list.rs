//! The current staff list: replaced as a whole, never changed in part.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::reorg::TeamsThen;
use domain::roster::{Person, Roster};
use domain::{Language, PersonId, TeamLabel};
use serde::Serialize;
use storage::{Conn, bind, on_each};

use crate::error::IdentityError;
use crate::promise_log::{self, Author, PromiseEvent};
use crate::schema::{person, team, team_leader, team_then};
use crate::{Identity, ROWS_PER_INSERT, reorg};

/// What a new staff list changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RosterChange {
    /// People who were not on the list before.
    pub people_added: u32,
    /// People whose name, mail, team or language is another one.
    pub people_changed: u32,
    /// People who are no longer on the list.
    pub people_removed: u32,
    /// Teams that were not there before.
    pub teams_added: u32,
    /// Teams that have other leaders.
    pub teams_changed: u32,
    /// Teams that are gone.
    pub teams_removed: u32,
}

impl RosterChange {
    /// What changes from `old` to `new`.
    #[must_use]
    pub fn between(old: &Roster, new: &Roster) -> Self {
        let [people_added, people_changed, people_removed] = compare(&old.people, &new.people);
        let [teams_added, teams_changed, teams_removed] = compare(&old.teams, &new.teams);
        Self { people_added, people_changed, people_removed, teams_added, teams_changed, teams_removed }
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// How many keys are added, have another value, are removed.
fn compare<K: Ord, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>) -> [u32; 3] {
    let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    [
        count(new.keys().filter(|key| !old.contains_key(key)).count()),
        count(new.iter().filter(|(key, value)| old.get(key).is_some_and(|before| before != *value)).count()),
        count(old.keys().filter(|key| !new.contains_key(key)).count()),
    ]
}

impl Identity {
    /// The current staff list; empty before the first import.
    ///
    /// # Errors
    /// When the database fails.
    pub fn roster(&self) -> Result<Roster, IdentityError> {
        self.database.read(load)
    }

    /// How many people of the current staff list belong to no team and are not invited.
    ///
    /// # Errors
    /// When the database fails.
    pub fn without_team(&self) -> Result<u32, IdentityError> {
        self.database.read(|conn| {
            let people: i64 = on_each!(conn, |c| person::table.filter(person::team.is_null()).count().get_result(c))?;
            Ok(u32::try_from(people).unwrap_or(u32::MAX))
        })
    }

    /// Replaces the staff list as a whole, in one transaction; returns what that changed. Importing the same list again changes nothing.
    /// Waves that were launched keep the list as it was then.
    ///
    /// # Errors
    /// When the list names a team or a leader it does not hold, or the database fails; the old list stays then.
    pub fn import_roster(&self, roster: &Roster) -> Result<RosterChange, IdentityError> {
        self.database.write(|conn| {
            let old = load(conn)?;
            take_over(conn, &old, roster, &self.author, &*self.told)
        })
    }

    /// Who was in which team when the last round was launched; `None` before the first launch.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams_then(&self) -> Result<Option<TeamsThen>, IdentityError> {
        self.database.read(|conn| {
            let Some(wave) = reorg::latest_wave(conn)? else { return Ok(None) };
            let kept: Vec<(PersonId, TeamLabel)> = on_each!(conn, |c| team_then::table
                .filter(team_then::wave.eq(bind(&wave)))
                .select((team_then::person, team_then::team))
                .load(c))?;
            // Without a new staff list since, today's is that of the launch.
            Ok(Some(if kept.is_empty() { teams_of(&load(conn)?) } else { kept.into_iter().collect() }))
        })
    }
}

/// Replaces the list `old` by another; returns what that changed.
pub(crate) fn take_over(
    conn: &mut Conn<'_>,
    old: &Roster,
    new: &Roster,
    author: &Author,
    told: &dyn Fn(usize),
) -> Result<RosterChange, IdentityError> {
    let change = RosterChange::between(old, new);
    if !change.is_nothing() {
        keep_teams(conn, old)?;
        replace(conn, new, told)?;
        promise_log::append(conn, author, &PromiseEvent::staff_list_imported(&change))?;
    }
    Ok(change)
}

fn teams_of(roster: &Roster) -> TeamsThen {
    roster.people.values().filter_map(|person| Some((person.id.clone(), person.team.clone()?))).collect()
}

/// Keeps who is in which team, if this is the first new list since the last round was launched.
fn keep_teams(conn: &mut Conn<'_>, old: &Roster) -> Result<(), IdentityError> {
    let Some(wave) = reorg::latest_wave(conn)? else { return Ok(()) };
    let kept: i64 = on_each!(conn, |c| team_then::table.filter(team_then::wave.eq(bind(&wave))).count().get_result(c))?;
    if kept > 0 {
        return Ok(());
    }
    on_each!(conn, |c| diesel::delete(team_then::table).execute(c))?;
    let teams: Vec<(PersonId, TeamLabel)> = teams_of(old).into_iter().collect();
    for teams in teams.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = teams
            .iter()
            .map(|(person, team)| (team_then::person.eq(bind(person)), team_then::wave.eq(bind(&wave)), team_then::team.eq(bind(team))))
            .collect();
        on_each!(conn, |c| diesel::insert_into(team_then::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// The current staff list.
pub(crate) fn load(conn: &mut Conn<'_>) -> Result<Roster, IdentityError> {
    type PersonRow = (PersonId, String, String, Option<TeamLabel>, Language);
    let people: Vec<PersonRow> = on_each!(conn, |c| person::table.load(c))?;
    let teams: Vec<TeamLabel> = on_each!(conn, |c| team::table.select(team::label).load(c))?;
    let leaders: Vec<(TeamLabel, PersonId)> = on_each!(conn, |c| team_leader::table
        .order((team_leader::team, team_leader::position))
        .select((team_leader::team, team_leader::person))
        .load(c))?;
    let mut teams: BTreeMap<TeamLabel, Vec<PersonId>> = teams.into_iter().map(|label| (label, Vec::new())).collect();
    for (label, leader) in leaders {
        teams.entry(label).or_default().push(leader);
    }
    let people =
        people.into_iter().map(|(id, name, mail, team, language)| (id.clone(), Person { id, name, mail, team, language })).collect();
    Ok(Roster { people, teams })
}

fn replace(conn: &mut Conn<'_>, roster: &Roster, told: &dyn Fn(usize)) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(team_leader::table).execute(c))?;
    on_each!(conn, |c| diesel::delete(person::table).execute(c))?;
    on_each!(conn, |c| diesel::delete(team::table).execute(c))?;
    let labels: Vec<&TeamLabel> = roster.teams.keys().collect();
    for labels in labels.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = labels.iter().map(|label| team::label.eq(bind(*label))).collect();
        on_each!(conn, |c| diesel::insert_into(team::table).values(&rows).execute(c))?;
    }
    let people: Vec<&Person> = roster.people.values().collect();
    for (chunk, people) in people.chunks(ROWS_PER_INSERT).enumerate() {
        let rows: Vec<_> = people
            .iter()
            .map(|p| {
                (
                    person::id.eq(bind(&p.id)),
                    person::name.eq(&p.name),
                    person::mail.eq(&p.mail),
                    person::team.eq(p.team.as_ref()),
                    person::language.eq(bind(&p.language)),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(person::table).values(&rows).execute(c))?;
        told(chunk * ROWS_PER_INSERT + people.len());
    }
    let leaders: Vec<(&TeamLabel, u32, &PersonId)> = roster
        .teams
        .iter()
        .flat_map(|(label, leaders)| (0_u32..).zip(leaders).map(move |(position, leader)| (label, position, leader)))
        .collect();
    for leaders in leaders.chunks(ROWS_PER_INSERT) {
        let rows: Vec<_> = leaders
            .iter()
            .map(|(label, position, leader)| {
                (team_leader::team.eq(bind(*label)), team_leader::position.eq(bind(position)), team_leader::person.eq(bind(*leader)))
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(team_leader::table).values(&rows).execute(c))?;
    }
    Ok(())
}
