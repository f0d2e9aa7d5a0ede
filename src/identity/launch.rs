//! The launch: people, teams and groups are frozen, then the wave runs and everybody is invited.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::{GroupId, GroupLeaf, Language, Moment, PersonId, WaveId, WaveState};
use rand::Rng;
use secrecy::{ExposeSecret, SecretSlice};
use storage::{Conn, Json, Transition, bind, on_each};

use crate::error::IdentityError;
use crate::mail_queue::{self, JobKind};
use crate::schema::{wave, wave_group, wave_person, wave_team, wave_team_leader};
use crate::teams::WaveTeam;
use crate::{Identity, ROWS_PER_INSERT, waves};

/// One person as frozen for a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitedPerson {
    /// The person.
    pub person: PersonId,
    /// The name for mails and pages.
    pub name: String,
    /// The mail address.
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
    /// Checks that people, teams and groups fit each other; gives the first contradiction in words.
    fn contradiction(&self) -> Option<String> {
        for (place, leaf) in self.groups.iter().enumerate() {
            if usize::try_from(leaf.group.0) != Ok(place) {
                return Some(format!("the group at place {place} of the list calls itself {}", leaf.group));
            }
            let people = self.people.iter().filter(|person| person.group == leaf.group).count();
            if usize::try_from(leaf.invited) != Ok(people) {
                return Some(format!("group {} is said to have {} people and has {people}", leaf.label, leaf.invited));
            }
        }
        let known = |group: GroupId| self.groups.iter().any(|leaf| leaf.group == group);
        if let Some(person) = self.people.iter().find(|person| !known(person.group)) {
            return Some(format!("person {} stands in group {}, which is not in the list", person.person, person.group));
        }
        let labels: BTreeSet<_> = self.teams.iter().map(|team| &team.team).collect();
        for team in &self.teams {
            if !known(team.group) {
                return Some(format!("team {} stands in group {}, which is not in the list", team.team, team.group));
            }
            if let Some(above) = team.above.as_ref().filter(|above| !labels.contains(above)) {
                return Some(format!("team {} stands under {above}, which is not in the list", team.team));
            }
        }
        let ids: BTreeSet<_> = self.people.iter().map(|person| &person.person).collect();
        if ids.len() != self.people.len() || labels.len() != self.teams.len() {
            return Some("somebody or some team stands in it twice".to_owned());
        }
        None
    }
}

impl Identity {
    /// Freezes people, teams and groups of a draft, which is `launching` from now on. `key_folder` marks the folder in which its key will lie.
    ///
    /// Asking again is [`Transition::AlreadyDone`] and keeps what was frozen first.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`], [`IdentityError::AnotherWave`] while another one is under way, [`IdentityError::Snapshot`] for a contradiction.
    pub fn begin_launch(&self, id: &WaveId, snapshot: &Snapshot, key_folder: [u8; 16]) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            if waves::step(conn, id, WaveState::Draft, WaveState::Launching)? == Transition::AlreadyDone {
                return Ok(Transition::AlreadyDone);
            }
            refuse_another(conn, id)?;
            if let Some(problem) = snapshot.contradiction() {
                return Err(IdentityError::Snapshot { wave: id.clone(), problem });
            }
            freeze(conn, id, snapshot)?;
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::key_folder.eq(Some(key_folder)))
                .execute(c))?;
            Ok(Transition::Done)
        })
    }

    /// Lets the wave run and queues one invitation per person, due at `opens_at`, under random ids in random order.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave is `launching`.
    pub fn finish_launch(
        &self,
        id: &WaveId,
        credential_key: &SecretSlice<u8>,
        manifest_hash: &[u8; 32],
        opens_at: Moment,
        random: &mut impl Rng,
    ) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            if waves::step(conn, id, WaveState::Launching, WaveState::Running)? == Transition::AlreadyDone {
                return Ok(Transition::AlreadyDone);
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set((
                    wave::credential_key.eq(Some(credential_key.expose_secret())),
                    wave::manifest_hash.eq(Some(manifest_hash)),
                    wave::opens_at.eq(Some(opens_at)),
                ))
                .execute(c))?;
            mail_queue::queue_for_everybody(conn, id, JobKind::Invitation, opens_at, random)?;
            Ok(Transition::Done)
        })
    }

    /// The frozen group list of a wave, in order; empty before the launch.
    ///
    /// # Errors
    /// When the database fails.
    pub fn groups(&self, id: &WaveId) -> Result<Vec<GroupLeaf>, IdentityError> {
        self.database.read(|conn| {
            let leaves: Vec<Json<GroupLeaf>> = on_each!(conn, |c| wave_group::table
                .filter(wave_group::wave.eq(bind(id)))
                .order(wave_group::group_no)
                .select(wave_group::leaf)
                .load(c))?;
            Ok(leaves.into_iter().map(|Json(leaf)| leaf).collect())
        })
    }
}

/// One wave runs at a time. Drafts may wait beside it.
fn refuse_another(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    let others: Vec<(WaveId, WaveState)> =
        on_each!(conn, |c| wave::table.filter(wave::id.ne(bind(id))).select((wave::id, wave::state)).load(c))?;
    match others.into_iter().find(|(_, state)| !state.is_final() && *state != WaveState::Draft) {
        Some((other, state)) => Err(IdentityError::AnotherWave { wave: id.clone(), other, state }),
        None => Ok(()),
    }
}

fn freeze(conn: &mut Conn<'_>, id: &WaveId, snapshot: &Snapshot) -> Result<(), IdentityError> {
    for leaf in &snapshot.groups {
        on_each!(conn, |c| diesel::insert_into(wave_group::table)
            .values((wave_group::wave.eq(bind(id)), wave_group::group_no.eq(bind(leaf.group)), wave_group::leaf.eq(Json(leaf))))
            .execute(c))?;
    }
    for people in snapshot.people.chunks(ROWS_PER_INSERT) {
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
    }
    for team in in_order_of_height(&snapshot.teams) {
        on_each!(conn, |c| diesel::insert_into(wave_team::table)
            .values((
                wave_team::wave.eq(bind(id)),
                wave_team::team.eq(bind(&team.team)),
                wave_team::above.eq(team.above.as_ref()),
                wave_team::group_no.eq(bind(team.group)),
            ))
            .execute(c))?;
        for (position, leader) in (0_u32..).zip(&team.leaders) {
            on_each!(conn, |c| diesel::insert_into(wave_team_leader::table)
                .values((
                    wave_team_leader::wave.eq(bind(id)),
                    wave_team_leader::team.eq(bind(&team.team)),
                    wave_team_leader::position.eq(bind(position)),
                    wave_team_leader::person.eq(bind(leader)),
                ))
                .execute(c))?;
        }
    }
    Ok(())
}

/// Teams so that each comes after the one above it. Teams in a cycle are left to the end, where the database refuses them.
fn in_order_of_height(teams: &[WaveTeam]) -> Vec<&WaveTeam> {
    let mut placed = BTreeSet::new();
    let mut ordered = Vec::with_capacity(teams.len());
    let mut waiting: Vec<&WaveTeam> = teams.iter().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|team| {
            let ready = team.above.as_ref().is_none_or(|above| placed.contains(above));
            if ready {
                placed.insert(team.team.clone());
                ordered.push(*team);
            }
            !ready
        });
        if waiting.len() == before {
            ordered.append(&mut waiting);
            return ordered;
        }
    }
}
