//! What the last look at the number of answers found.
//!
//! What is shown is stored, for everybody and however often: nothing here is worked out when somebody reads. It is forgotten once the wave takes no answers.

use diesel::prelude::*;
use domain::participation::Found;
use domain::{Moment, WaveId, WaveState};
use storage::{Conn, bind, on_each};

use crate::error::IdentityError;
use crate::schema::participation;
use crate::{Identity, waves};

/// What a look showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub looked_at: Moment,
    /// At least so many of every hundred people invited.
    pub at_least: u32,
}

impl Identity {
    /// What the last look showed; `None` before the first, and from the close on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_look(&self, wave: &WaveId) -> Result<Option<Look>, IdentityError> {
        let stored = self.database.read(|conn| stored(conn, wave))?;
        Ok(stored.map(|(looked_at, found)| Look { looked_at, at_least: found.at_least }))
    }

    /// Looks once at how many of the people of a running wave have fetched the right to give an answer, which the survey page does at Send, and keeps what
    /// `at_least` makes of it and of what the look before found. Does nothing when there was a look at `due` or later.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs; or the database fails.
    pub fn look(&self, wave: &WaveId, due: Moment, at: Moment, at_least: impl FnOnce(u32, Found) -> u32) -> Result<(), IdentityError> {
        let before = self.database.read(|conn| stored(conn, wave))?;
        if before.is_some_and(|(looked_at, _)| looked_at >= due) {
            return Ok(());
        }
        // By itself and first: a transaction that looks at everybody's answers and also writes would be in the way of those who answer.
        let taken_part = self.totals(wave)?.issued;
        let shown = at_least(taken_part, before.map_or_else(Found::default, |(_, found)| found));
        self.database.write(|conn| {
            waves::require(conn, wave, WaveState::Running)?;
            // Another process may have looked meanwhile: the first look of a day counts, since two could be compared.
            if stored(conn, wave)?.map(|(looked_at, _)| looked_at) != before.map(|(looked_at, _)| looked_at) {
                return Ok(());
            }
            forget(conn, wave)?;
            on_each!(conn, |c| diesel::insert_into(participation::table)
                .values((
                    participation::wave.eq(bind(wave)),
                    participation::looked_at.eq(bind(at)),
                    participation::taken_part.eq(bind(taken_part)),
                    participation::at_least.eq(bind(shown)),
                ))
                .execute(c))?;
            Ok(())
        })
    }
}

/// When was looked last, and what was found.
fn stored(conn: &mut Conn<'_>, wave: &WaveId) -> Result<Option<(Moment, Found)>, IdentityError> {
    let row: Option<(Moment, u32, u32)> = on_each!(conn, |c| participation::table
        .filter(participation::wave.eq(bind(wave)))
        .select((participation::looked_at, participation::taken_part, participation::at_least))
        .first(c)
        .optional())?;
    Ok(row.map(|(looked_at, taken_part, at_least)| (looked_at, Found { taken_part, at_least })))
}

/// Nobody follows a wave that takes no answers.
pub(crate) fn forget(conn: &mut Conn<'_>, wave: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(participation::table.filter(participation::wave.eq(bind(wave)))).execute(c))?;
    Ok(())
}
