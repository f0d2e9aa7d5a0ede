//! Waves: drafts, their settings, and the state that drives each life.

use diesel::prelude::*;
use domain::{Moment, WaveId, WaveState};
use secrecy::SecretSlice;
use serde_json::Value;
use storage::{Conn, Json, Transition, bind, on_each};

use crate::error::IdentityError;
use crate::promise_log::{self, PromiseEvent};
use crate::schema::wave;
use crate::{Identity, draft_groups};

/// A wave as the people side holds it, without its key.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = wave)]
pub struct WaveRecord {
    /// The wave.
    #[diesel(column_name = id)]
    pub wave: WaveId,
    /// Where it is in its life.
    pub state: WaveState,
    /// What was chosen in the draft; frozen from the launch on. The meaning is the caller's.
    #[diesel(deserialize_as = Json<Value>)]
    pub settings: Value,
    /// When people can answer from; known from the end of the launch on.
    pub opens_at: Option<Moment>,
    /// When it actually stopped taking new answers; all later dates count from here.
    pub closing_at: Option<Moment>,
    /// When the box was shut.
    pub closed_at: Option<Moment>,
    /// When it was opened.
    pub opened_at: Option<Moment>,
    /// When the Release was published.
    pub published_at: Option<Moment>,
    /// When it ended without a result.
    pub aborted_at: Option<Moment>,
    /// SHA-256 of the manifest; known from the end of the launch on.
    pub manifest_hash: Option<[u8; 32]>,
    /// Why it ends without a result, as everybody reads it; the abort is decided once this is set.
    pub abort_reason: Option<String>,
    /// The mark of the folder that holds the key which opens the answers; known from the freezing on.
    pub key_folder: Option<[u8; 16]>,
    /// How many of the planned reminders have been queued.
    #[diesel(column_name = planned_reminders)]
    pub reminders_queued: u32,
    /// By how many days its close was put off; 0 for not at all.
    pub extended_days: u32,
    /// Whether it was put back from a copy while people could answer; no new answer begins then.
    pub restored: bool,
}

impl Identity {
    /// Makes a draft.
    ///
    /// # Errors
    /// [`IdentityError::WaveExists`].
    pub fn create_wave(&self, id: &WaveId, settings: &Value) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            if find(conn, id)?.is_some() {
                return Err(IdentityError::WaveExists { wave: id.clone() });
            }
            let last: Option<u32> =
                on_each!(conn, |c| wave::table.select(wave::position).order(wave::position.desc()).first(c).optional())?;
            on_each!(conn, |c| diesel::insert_into(wave::table)
                .values((
                    wave::id.eq(bind(id)),
                    wave::position.eq(bind(last.map_or(0, |last| last.saturating_add(1)))),
                    wave::state.eq(bind(WaveState::Draft)),
                    wave::settings.eq(Json(settings)),
                ))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::draft_set(id, settings))
        })
    }

    /// Changes the settings of a draft.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] from the launch on.
    pub fn update_draft(&self, id: &WaveId, settings: &Value) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            let before = require(conn, id, WaveState::Draft)?;
            if before.settings == *settings {
                return Ok(());
            }
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))))
                .set(wave::settings.eq(Json(settings)))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::draft_set(id, settings))
        })
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] from the launch on: a launched wave can only be aborted, and everybody is told.
    pub fn delete_draft(&self, id: &WaveId) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            require(conn, id, WaveState::Draft)?;
            draft_groups::forget(conn, id)?;
            on_each!(conn, |c| diesel::delete(wave::table.filter(wave::id.eq(bind(id)))).execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::DraftDeleted { round: id.clone() })
        })
    }

    /// A wave; `None` when there is none of this id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn wave(&self, id: &WaveId) -> Result<Option<WaveRecord>, IdentityError> {
        self.database.read(|conn| find(conn, id))
    }

    /// Every wave in the order of their launches, as one wave continues another; then those that are only drafted, in the order of drafting.
    ///
    /// One that ended before people could answer stands where it ended, and one whose launch is not finished after all others.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waves(&self) -> Result<Vec<WaveRecord>, IdentityError> {
        let mut waves: Vec<WaveRecord> = self.database.read::<_, IdentityError>(|conn| {
            Ok(on_each!(conn, |c| wave::table.order(wave::position).select(WaveRecord::as_select()).load(c))?)
        })?;
        // Sorted here, because the engines disagree about where an absent moment stands.
        waves.sort_by_key(|wave| {
            let launched = wave.opens_at.or(wave.aborted_at);
            (wave.state == WaveState::Draft, launched.is_none(), launched)
        });
        Ok(waves)
    }

    /// The private key that issues credentials; `None` before the launch is finished and after the end.
    ///
    /// # Errors
    /// When the database fails.
    pub fn credential_key(&self, id: &WaveId) -> Result<Option<SecretSlice<u8>>, IdentityError> {
        self.database.read(|conn| {
            let key: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::credential_key).first(c).optional())?;
            Ok(key.flatten().map(SecretSlice::from))
        })
    }
}

/// A wave; `None` when there is none of this id.
pub(crate) fn find(conn: &mut Conn<'_>, id: &WaveId) -> Result<Option<WaveRecord>, IdentityError> {
    Ok(on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(WaveRecord::as_select()).first(c).optional())?)
}

/// A wave that must exist.
pub(crate) fn get(conn: &mut Conn<'_>, id: &WaveId) -> Result<WaveRecord, IdentityError> {
    find(conn, id)?.ok_or_else(|| IdentityError::UnknownWave { wave: id.clone() })
}

/// A wave that must be in a state, and not be on its way to an abort.
pub(crate) fn require(conn: &mut Conn<'_>, id: &WaveId, wanted: WaveState) -> Result<WaveRecord, IdentityError> {
    let record = get(conn, id)?;
    if record.state != wanted {
        return Err(IdentityError::StateRefused { wave: id.clone(), state: record.state, wanted });
    }
    if record.abort_reason.is_some() {
        return Err(IdentityError::AbortDecided { wave: id.clone() });
    }
    Ok(record)
}

/// Moves a wave from one state to the next, unless it is there already.
///
/// What belongs to the step follows in the same transaction, and only on [`Transition::Done`].
pub(crate) fn step(conn: &mut Conn<'_>, id: &WaveId, from: WaveState, to: WaveState) -> Result<Transition, IdentityError> {
    if get(conn, id)?.state == to {
        return Ok(Transition::AlreadyDone);
    }
    require(conn, id, from)?;
    on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::state.eq(bind(to))).execute(c))?;
    Ok(Transition::Done)
}
