//! A result that was made elsewhere: by the key holder outside the operator, who signed it. It waits here, readable for whoever administers the database,
//! for its publication.

use diesel::prelude::*;
use domain::{Gate, WaveId};
use storage::{Conn, StorageError, Transition, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::publication::set_opening;
use crate::schema::{handed_in, release, wave};
use crate::wave::gate_of;

/// A result as the key holder handed it in.
#[derive(Clone, PartialEq, Eq, Queryable)]
pub struct HandedIn {
    /// The Release, byte for byte as it will be published.
    pub document: Vec<u8>,
    /// The key holder's signature.
    pub signature: Vec<u8>,
}

impl std::fmt::Debug for HandedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HandedIn(…)")
    }
}

impl Responses {
    /// Keeps a result that was handed in, together with the record of its opening; durable before this returns.
    ///
    /// A ballot side that was put back from a copy may have the record without the result, which is in no copy: then the result of that record, which the
    /// caller has compared, is taken in again.
    ///
    /// # Errors
    /// [`ResponsesError::Differs`] when another result or another record is kept, [`ResponsesError::GateRefused`] unless the box is shut,
    /// [`ResponsesError::ObjectionsUnanswered`] while there are such objections. Nothing is changed then.
    pub fn hand_in(&self, id: &WaveId, opening: &[u8], result: &HandedIn) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let recorded: Option<Vec<u8>> = on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::opening).first(c))?;
            let differs = || ResponsesError::Differs { wave: id.clone(), what: "result of the key holder" };
            match kept(conn, id)?.or(published(conn, id)?) {
                Some(kept) if kept == *result => return Ok(Transition::AlreadyDone),
                Some(_) => return Err(differs()),
                None => {}
            }
            if gate != Gate::Closed {
                return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Closed });
            }
            match recorded {
                Some(recorded) if recorded != opening => return Err(differs()),
                Some(_) => {}
                None => drop(set_opening(conn, id, opening)?),
            }
            on_each!(conn, |c| diesel::insert_into(handed_in::table)
                .values((
                    handed_in::wave.eq(bind(id)),
                    handed_in::document.eq(&result.document),
                    handed_in::signature.eq(&result.signature),
                ))
                .execute(c))?;
            Ok(Transition::Done)
        })
    }

    /// The result that waits for its publication; `None` before it was handed in, and afterwards.
    ///
    /// # Errors
    /// When the database fails.
    pub fn handed_in(&self, id: &WaveId) -> Result<Option<HandedIn>, ResponsesError> {
        Ok(self.database.read(|conn| kept(conn, id))?)
    }
}

fn kept(conn: &mut Conn<'_>, id: &WaveId) -> Result<Option<HandedIn>, StorageError> {
    Ok(on_each!(conn, |c| handed_in::table
        .filter(handed_in::wave.eq(bind(id)))
        .select((handed_in::document, handed_in::signature))
        .first(c)
        .optional())?)
}

/// What was handed in, once it is published.
fn published(conn: &mut Conn<'_>, id: &WaveId) -> Result<Option<HandedIn>, StorageError> {
    let found: Option<(Vec<u8>, Option<Vec<u8>>)> = on_each!(conn, |c| release::table
        .filter(release::wave.eq(bind(id)))
        .select((release::document, release::holder_signature))
        .first(c)
        .optional())?;
    Ok(found.map(|(document, signature)| HandedIn { document, signature: signature.unwrap_or_default() }))
}

/// Destroys what waits for a publication.
pub(crate) fn forget(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), ResponsesError> {
    on_each!(conn, |c| diesel::delete(handed_in::table.filter(handed_in::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}
