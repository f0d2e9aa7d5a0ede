//! The launch: people, teams and groups are frozen, then the wave runs and everybody is invited.

use diesel::prelude::*;
use domain::{GroupLeaf, Moment, WaveId, WaveState};
use rand::Rng;
use secrecy::{ExposeSecret, SecretSlice};
use storage::{Conn, Json, Transition, bind, on_each};

use crate::error::IdentityError;
use crate::mail_queue::{self, JobKind};
use crate::promise_log::{self, PromiseEvent};
use crate::schema::{wave, wave_group};
use crate::snapshot::Snapshot;
use crate::{Identity, draft_groups, reorg, waves};

impl Identity {
    /// Freezes people, teams, groups and re-organisations of a draft, which is `launching` from now on. `key_folder` marks the folder in which its key will lie.
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
            let checked = snapshot.checked().map_err(|problem| IdentityError::Snapshot { wave: id.clone(), problem })?;
            checked.write(conn, id, &*self.told)?;
            let last_event = reorg::last_number(conn)?;
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set((wave::key_folder.eq(Some(key_folder)), wave::last_event.eq(Some(last_event))))
                .execute(c))?;
            draft_groups::forget(conn, id)?;
            Ok(Transition::Done)
        })
    }

    /// Lets the wave run and queues one invitation per person who gets mail, due at `opens_at`, under random ids in random order.
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
            mail_queue::queue_for_everybody(conn, id, JobKind::Invitation, opens_at, random, &*self.told)?;
            promise_log::append(conn, &self.author, &PromiseEvent::launched(id, manifest_hash))?;
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
