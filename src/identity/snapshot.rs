//! What is frozen at a launch, checked as a whole and written row by row.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::{GroupId, GroupLeaf, Language, PersonId, TeamLabel, WaveId};
use storage::{Conn, Json, bind, on_each};

use crate::ROWS_PER_INSERT;
use crate::error::IdentityError;
use crate::schema::{wave_group, wave_person, wave_team, wave_team_leader};
use crate::teams::WaveTeam;

/// One person as frozen for a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedPerson {
    /// The person.
    pub person: PersonId,
    /// The name for mails and pages.
    pub name: String,
    /// The mail address; empty for somebody who is invited by a printed card and gets no mail.
    pub mail: String,
    /// The language of mails and pages.
    pub language: Language,
    /// The standing group in which the person answers.
    pub group: GroupId,
}

/// Everything that is frozen at launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Everybody who is invited.
    pub people: Vec<InvitedPerson>,
    /// Every team with its place and its leaders.
    pub teams: Vec<WaveTeam>,
    /// The group list, in order.
    pub groups: Vec<GroupLeaf>,
}

impl Snapshot {
    /// Checks that people, teams and groups fit each other, looking at each of them once.
    ///
    /// # Errors
    /// The first contradiction in words.
    pub(crate) fn checked(&self) -> Result<Checked<'_>, String> {
        let mut heads = vec![0_usize; self.groups.len()];
        let mut stray = None;
        for person in &self.people {
            match heads.get_mut(place_of(person.group)) {
                Some(heads) => *heads += 1,
                None => stray = stray.or(Some(person)),
            }
        }
        for (place, (leaf, people)) in self.groups.iter().zip(&heads).enumerate() {
            if place_of(leaf.group) != place {
                return Err(format!("the group at place {place} of the list calls itself {}", leaf.group));
            }
            if usize::try_from(leaf.invited) != Ok(*people) {
                return Err(format!("group {} is said to have {} people and has {people}", leaf.label, leaf.invited));
            }
        }
        if let Some(person) = stray {
            return Err(format!("person {} stands in group {}, which is not in the list", person.person, person.group));
        }
        let labels: BTreeSet<_> = self.teams.iter().map(|team| &team.team).collect();
        for team in &self.teams {
            if place_of(team.group) >= self.groups.len() {
                return Err(format!("team {} stands in group {}, which is not in the list", team.team, team.group));
            }
            if let Some(above) = team.above.as_ref().filter(|above| !labels.contains(above)) {
                return Err(format!("team {} stands under {above}, which is not in the list", team.team));
            }
        }
        let ids: BTreeSet<_> = self.people.iter().map(|person| &person.person).collect();
        if ids.len() != self.people.len() || labels.len() != self.teams.len() {
            return Err("somebody or some team stands in it twice".to_owned());
        }
        let teams = from_the_top(&self.teams).map_err(|team| format!("team {team} stands under itself, over a circle of teams"))?;
        Ok(Checked { people: &self.people, groups: &self.groups, teams })
    }
}

/// A snapshot without a contradiction.
pub(crate) struct Checked<'a> {
    people: &'a [InvitedPerson],
    groups: &'a [GroupLeaf],
    /// Each after the one above it.
    teams: Vec<&'a WaveTeam>,
}

impl Checked<'_> {
    /// Writes everything; `told` hears how many people are written.
    pub(crate) fn write(&self, conn: &mut Conn<'_>, id: &WaveId, told: &dyn Fn(usize)) -> Result<(), IdentityError> {
        for groups in self.groups.chunks(ROWS_PER_INSERT) {
            let rows: Vec<_> = groups
                .iter()
                .map(|leaf| (wave_group::wave.eq(bind(id)), wave_group::group_no.eq(bind(leaf.group)), wave_group::leaf.eq(Json(leaf))))
                .collect();
            on_each!(conn, |c| diesel::insert_into(wave_group::table).values(&rows).execute(c))?;
        }
        for (chunk, people) in self.people.chunks(ROWS_PER_INSERT).enumerate() {
            let rows: Vec<_> = people
                .iter()
                .map(|person| {
                    (
                        wave_person::wave.eq(bind(id)),
                        wave_person::person.eq(bind(&person.person)),
                        wave_person::name.eq(&person.name),
                        wave_person::mail.eq(&person.mail),
                        wave_person::language.eq(bind(&person.language)),
                        wave_person::group_no.eq(bind(person.group)),
                        wave_person::opted_out.eq(false),
                    )
                })
                .collect();
            on_each!(conn, |c| diesel::insert_into(wave_person::table).values(&rows).execute(c))?;
            told(chunk * ROWS_PER_INSERT + people.len());
        }
        self.write_teams(conn, id)
    }

    fn write_teams(&self, conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
        for teams in self.teams.chunks(ROWS_PER_INSERT) {
            let rows: Vec<_> = teams
                .iter()
                .map(|team| {
                    (
                        wave_team::wave.eq(bind(id)),
                        wave_team::team.eq(bind(&team.team)),
                        wave_team::above.eq(team.above.as_ref()),
                        wave_team::group_no.eq(bind(team.group)),
                    )
                })
                .collect();
            on_each!(conn, |c| diesel::insert_into(wave_team::table).values(&rows).execute(c))?;
        }
        let leaders: Vec<(&TeamLabel, u32, &PersonId)> = self
            .teams
            .iter()
            .flat_map(|team| (0_u32..).zip(&team.leaders).map(|(position, leader)| (&team.team, position, leader)))
            .collect();
        for leaders in leaders.chunks(ROWS_PER_INSERT) {
            let rows: Vec<_> = leaders
                .iter()
                .map(|(team, position, leader)| {
                    (
                        wave_team_leader::wave.eq(bind(id)),
                        wave_team_leader::team.eq(bind(*team)),
                        wave_team_leader::position.eq(bind(position)),
                        wave_team_leader::person.eq(bind(*leader)),
                    )
                })
                .collect();
            on_each!(conn, |c| diesel::insert_into(wave_team_leader::table).values(&rows).execute(c))?;
        }
        Ok(())
    }
}

/// The position of a group in the list; a number beyond the address space is beyond every list.
fn place_of(group: GroupId) -> usize {
    usize::try_from(group.0).unwrap_or(usize::MAX)
}

/// Teams so that each comes after the one above it.
///
/// # Errors
/// A team that stands in or under a circle.
fn from_the_top(teams: &[WaveTeam]) -> Result<Vec<&WaveTeam>, &TeamLabel> {
    let mut under: BTreeMap<Option<&TeamLabel>, Vec<&WaveTeam>> = BTreeMap::new();
    for team in teams {
        under.entry(team.above.as_ref()).or_default().push(team);
    }
    let mut ordered = under.remove(&None).unwrap_or_default();
    let mut next = 0;
    while let Some(team) = ordered.get(next) {
        let below = under.remove(&Some(&team.team));
        ordered.extend(below.into_iter().flatten());
        next += 1;
    }
    match under.values().flatten().next() {
        Some(unreached) => Err(&unreached.team),
        None => Ok(ordered),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn team(number: u32, above: Option<u32>) -> WaveTeam {
        let label = |number| TeamLabel::parse(&format!("T{number}")).unwrap();
        WaveTeam { team: label(number), above: above.map(label), group: GroupId(0), leaders: Vec::new() }
    }

    #[test]
    fn every_team_comes_after_the_one_above_it_however_deep_they_hang() {
        let deep: Vec<WaveTeam> = (0..2_000).rev().map(|number| team(number, number.checked_sub(1))).collect();
        let labels: Vec<String> = from_the_top(&deep).unwrap().iter().map(|team| team.team.to_string()).collect();
        assert_eq!(labels, (0..2_000).map(|number| format!("T{number}")).collect::<Vec<_>>());
    }

    #[test]
    fn teams_in_a_circle_and_under_it_have_no_top() {
        let mut teams = vec![team(1, Some(2)), team(2, Some(1)), team(3, None), team(4, Some(1))];
        assert!(["T1", "T2", "T4"].contains(&from_the_top(&teams).unwrap_err().as_str()));
        teams[0].above = Some(teams[2].team.clone());
        assert_eq!(from_the_top(&teams).unwrap().len(), 4);
    }
}
