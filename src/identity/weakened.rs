//! What was found while a round ran that weakens its promise: in the promise log, and for everybody to be told.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::WaveId;
use storage::{Conn, Transition, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::promise_log::{self, PromiseEvent};
use crate::schema::wave;

impl Identity {
    /// Records something that weakens the promise of a launched wave and was not known at its launch, by its name on promise sheets.
    /// It stays recorded when it is mended: what was kept meanwhile was kept.
    ///
    /// # Errors
    /// When there is no such wave or the database fails.
    pub fn record_weakening(&self, id: &WaveId, what: &str) -> Result<Transition, IdentityError> {
        self.database.write(|conn| {
            let mut all = found(conn, id)?;
            if !all.insert(what.to_owned()) {
                return Ok(Transition::AlreadyDone);
            }
            let written = all.into_iter().collect::<Vec<_>>().join(" ");
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::found_later.eq(&written)).execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::Weakened { round: id.clone(), by: what.to_owned() })?;
            Ok(Transition::Done)
        })
    }

    /// What was recorded of a wave; public.
    ///
    /// # Errors
    /// When there is no such wave or the database fails.
    pub fn found_later(&self, id: &WaveId) -> Result<BTreeSet<String>, IdentityError> {
        self.database.read(|conn| found(conn, id))
    }
}

fn found(conn: &mut Conn<'_>, id: &WaveId) -> Result<BTreeSet<String>, IdentityError> {
    let written: Option<String> =
        on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::found_later).first(c).optional())?;
    let written = written.ok_or_else(|| IdentityError::UnknownWave { wave: id.clone() })?;
    Ok(written.split_whitespace().map(str::to_owned).collect())
}
