//! The addresses under which the people of a group read its result.
//!
//! A code belongs to a group and not to a person: whoever forwards it gives away what their group reads, and not who they are.

use diesel::prelude::*;
use domain::{GroupId, Moment, WaveId, WaveState};
use rand::{Rng, RngExt};
use storage::{Conn, bind, on_each};

use crate::error::IdentityError;
use crate::schema::{read_code, status_handle, wave_person};
use crate::{Identity, people, waves};

/// What the owner of a status handle may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusRecord {
    /// Whether they are on record as having answered.
    pub answered: bool,
    /// Where the wave is in its life.
    pub state: WaveState,
    /// When it stopped taking new answers.
    pub closing_at: Option<Moment>,
    /// When its result was published.
    pub published_at: Option<Moment>,
    /// The code of their group; there is one once the wave is published, where the groups read their result.
    pub read_code: Option<[u8; 16]>,
}

impl Identity {
    /// Makes a random code for each group of a wave that has none yet. Nobody learns one before the wave is published.
    ///
    /// # Errors
    /// When the database fails.
    pub fn make_read_codes(&self, wave: &WaveId, random: &mut impl Rng) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            let made: Vec<GroupId> =
                on_each!(conn, |c| read_code::table.filter(read_code::wave.eq(bind(wave))).select(read_code::group_no).load(c))?;
            for group in people::group_numbers(conn, wave)?.into_iter().filter(|group| !made.contains(group)) {
                let code: [u8; 16] = random.random();
                on_each!(conn, |c| diesel::insert_into(read_code::table)
                    .values((read_code::wave.eq(bind(wave)), read_code::group_no.eq(bind(group)), read_code::code.eq(bind(&code))))
                    .execute(c))?;
            }
            Ok(())
        })
    }

    /// The group of a published wave that a code belongs to.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read_code_lookup(&self, wave: &WaveId, code: &[u8; 16]) -> Result<Option<GroupId>, IdentityError> {
        self.database.read(|conn| {
            let group: Option<GroupId> = on_each!(conn, |c| read_code::table
                .filter(read_code::wave.eq(bind(wave)))
                .filter(read_code::code.eq(bind(code)))
                .select(read_code::group_no)
                .first(c)
                .optional())?;
            let published = waves::find(conn, wave)?.is_some_and(|record| record.state == WaveState::Published);
            Ok(group.filter(|_| published))
        })
    }

    /// What the owner of a status handle may know; `None` when the handle is not known in this wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn status_lookup(&self, wave: &WaveId, handle: &[u8; 32]) -> Result<Option<StatusRecord>, IdentityError> {
        self.database.read(|conn| {
            let owner: Option<(bool, GroupId)> = on_each!(conn, |c| status_handle::table
                .inner_join(
                    wave_person::table.on(wave_person::wave.eq(status_handle::wave).and(wave_person::person.eq(status_handle::person)))
                )
                .filter(status_handle::hash.eq(bind(handle)))
                .filter(status_handle::wave.eq(bind(wave)))
                .select((wave_person::issued_blind.is_not_null(), wave_person::group_no))
                .first(c)
                .optional())?;
            let Some((answered, group)) = owner else { return Ok(None) };
            let record = waves::get(conn, wave)?;
            let read_code = if record.state == WaveState::Published { code_of(conn, wave, group)? } else { None };
            let waves::WaveRecord { state, closing_at, published_at, .. } = record;
            Ok(Some(StatusRecord { answered, state, closing_at, published_at, read_code }))
        })
    }
}

fn code_of(conn: &mut Conn<'_>, wave: &WaveId, group: GroupId) -> Result<Option<[u8; 16]>, IdentityError> {
    Ok(on_each!(conn, |c| read_code::table
        .filter(read_code::wave.eq(bind(wave)))
        .filter(read_code::group_no.eq(bind(group)))
        .select(read_code::code)
        .first(c)
        .optional())?)
}
