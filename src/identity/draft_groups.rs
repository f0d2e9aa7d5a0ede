//! Groups that HR made for a draft: kept beside it until it is launched or thrown away.

use diesel::prelude::*;
use domain::{WaveId, WaveState};
use serde_json::Value;
use storage::{Conn, Json, bind, on_each};

use crate::error::IdentityError;
use crate::schema::draft_groups;
use crate::{Identity, waves};

impl Identity {
    /// The groups that HR made for a draft; `None` where the proposal stands. The meaning is the caller's.
    ///
    /// # Errors
    /// When the database fails.
    pub fn draft_groups(&self, id: &WaveId) -> Result<Option<Value>, IdentityError> {
        self.database.read(|conn| {
            let named: Option<Json<Value>> = on_each!(conn, |c| draft_groups::table
                .filter(draft_groups::wave.eq(bind(id)))
                .select(draft_groups::named)
                .first(c)
                .optional())?;
            Ok(named.map(|Json(named)| named))
        })
    }

    /// Sets the groups of a draft; `None` returns to the proposal.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] from the launch on.
    pub fn set_draft_groups(&self, id: &WaveId, named: Option<&Value>) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            waves::require(conn, id, WaveState::Draft)?;
            forget(conn, id)?;
            if let Some(named) = named {
                on_each!(conn, |c| diesel::insert_into(draft_groups::table)
                    .values((draft_groups::wave.eq(bind(id)), draft_groups::named.eq(Json(named))))
                    .execute(c))?;
            }
            Ok(())
        })
    }
}

/// Forgets the groups of a draft: they are frozen now, or nobody needs them.
pub(crate) fn forget(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(draft_groups::table.filter(draft_groups::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}
