//! The teams of a wave as they were at launch: where each stood, who led it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::{GroupId, PersonId, TeamLabel, WaveId};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::schema::{wave_team, wave_team_leader};

/// A team as frozen for a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveTeam {
    /// The team.
    pub team: TeamLabel,
    /// The team above; `None` for a root.
    pub above: Option<TeamLabel>,
    /// The standing group in which its members answer.
    pub group: GroupId,
    /// Its leaders, in the order of the staff list.
    pub leaders: Vec<PersonId>,
}

impl Identity {
    /// Every team of a wave, by label; empty before the launch.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams(&self, wave: &WaveId) -> Result<Vec<WaveTeam>, IdentityError> {
        self.database.read(|conn| all(conn, wave))
    }

    /// The teams that a person led in a wave, by label.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams_led(&self, wave: &WaveId, leader: &PersonId) -> Result<Vec<WaveTeam>, IdentityError> {
        Ok(self.teams(wave)?.into_iter().filter(|team| team.leaders.contains(leader)).collect())
    }

    /// The teams that stood directly under a team in a wave, by label.
    ///
    /// # Errors
    /// When the database fails.
    pub fn teams_below(&self, wave: &WaveId, above: &TeamLabel) -> Result<Vec<WaveTeam>, IdentityError> {
        Ok(self.teams(wave)?.into_iter().filter(|team| team.above.as_ref() == Some(above)).collect())
    }
}

/// Every team of a wave, by label.
pub(crate) fn all(conn: &mut Conn<'_>, wave: &WaveId) -> Result<Vec<WaveTeam>, IdentityError> {
    let rows: Vec<(TeamLabel, Option<TeamLabel>, GroupId)> = on_each!(conn, |c| wave_team::table
        .filter(wave_team::wave.eq(bind(wave)))
        .order(wave_team::team)
        .select((wave_team::team, wave_team::above, wave_team::group_no))
        .load(c))?;
    let led: Vec<(TeamLabel, PersonId)> = on_each!(conn, |c| wave_team_leader::table
        .filter(wave_team_leader::wave.eq(bind(wave)))
        .order((wave_team_leader::team, wave_team_leader::position))
        .select((wave_team_leader::team, wave_team_leader::person))
        .load(c))?;
    let mut leaders: BTreeMap<TeamLabel, Vec<PersonId>> = BTreeMap::new();
    for (team, person) in led {
        leaders.entry(team).or_default().push(person);
    }
    Ok(rows
        .into_iter()
        .map(|(team, above, group)| WaveTeam { leaders: leaders.remove(&team).unwrap_or_default(), team, above, group })
        .collect())
}
