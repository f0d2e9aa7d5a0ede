//! What comes out of the box: the record of its opening, and the Release.

use diesel::prelude::*;
use domain::{Gate, WaveId};
use sha2::{Digest, Sha256};
use storage::{Conn, Transition, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::handed_in;
use crate::objections::objections_of;
use crate::schema::{release, wave};
use crate::wave::gate_of;

/// A published Release with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct StoredRelease {
    /// The Release, byte for byte as it was signed.
    pub document: Vec<u8>,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// The signature with the wave's board key.
    pub signature: Vec<u8>,
    /// The signature of the key holder outside the operator, where there is one.
    pub holder_signature: Option<Vec<u8>>,
}

impl Responses {
    /// Keeps what the opening gave before anybody sees a number: the hash of the Release and the list of checks.
    ///
    /// # Errors
    /// [`ResponsesError::GateRefused`] unless the box is shut, [`ResponsesError::ObjectionsUnanswered`] while there are such objections,
    /// [`ResponsesError::Differs`] when an earlier opening gave something else.
    pub fn record_opening(&self, id: &WaveId, opening: &[u8]) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let stored: Option<Vec<u8>> = on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::opening).first(c))?;
            match stored {
                Some(stored) if stored == opening => return Ok(Transition::AlreadyDone),
                Some(_) => {
                    return Err(ResponsesError::Differs { wave: id.clone(), what: "opening" });
                }
                None if gate != Gate::Closed => {
                    return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Closed });
                }
                None => {}
            }
            set_opening(conn, id, opening)
        })
    }

    /// Puts a record of another opening in the place of one that this program cannot repeat, because it wrote Releases in another format.
    ///
    /// # Errors
    /// [`ResponsesError::Differs`] unless `earlier` is what is recorded and no Release is stored, [`ResponsesError::GateRefused`] unless the box
    /// is shut, [`ResponsesError::ObjectionsUnanswered`]; nothing is changed then.
    pub fn replace_opening(&self, id: &WaveId, earlier: &[u8], opening: &[u8]) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let stored: Option<Vec<u8>> = on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::opening).first(c))?;
            let published: i64 = on_each!(conn, |c| release::table.filter(release::wave.eq(bind(id))).count().get_result(c))?;
            match stored {
                Some(stored) if stored == opening => Ok(Transition::AlreadyDone),
                Some(stored) if stored == earlier && published == 0 => {
                    if gate != Gate::Closed {
                        return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Closed });
                    }
                    set_opening(conn, id, opening)
                }
                _ => Err(ResponsesError::Differs { wave: id.clone(), what: "opening" }),
            }
        })
    }

    /// What the opening gave; `None` before it, or when there is no such wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn opening(&self, id: &WaveId) -> Result<Option<Vec<u8>>, ResponsesError> {
        self.database.read(|conn| {
            let opening: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::opening).first(c).optional())?;
            Ok(opening.flatten())
        })
    }

    /// Stores the Release of a wave, for good; durable before this returns. What was handed in for it is gone with that.
    ///
    /// # Errors
    /// [`ResponsesError::WrongHash`], [`ResponsesError::GateRefused`] unless the box is shut, [`ResponsesError::Differs`] when another Release is stored.
    pub fn publish_release(&self, id: &WaveId, new: &StoredRelease) -> Result<Transition, ResponsesError> {
        if Sha256::digest(&new.document).as_slice() != new.sha256 {
            return Err(ResponsesError::WrongHash { wave: id.clone() });
        }
        self.database.write(|conn| {
            let gate = gate_of(conn, id)?;
            let stored: Option<StoredRelease> = on_each!(conn, |c| release::table
                .filter(release::wave.eq(bind(id)))
                .select((release::document, release::sha256, release::signature, release::holder_signature))
                .first(c)
                .optional())?;
            match stored {
                Some(stored) if stored == *new => return Ok(Transition::AlreadyDone),
                Some(_) => {
                    return Err(ResponsesError::Differs { wave: id.clone(), what: "Release" });
                }
                None if gate != Gate::Closed => {
                    return Err(ResponsesError::GateRefused { wave: id.clone(), gate, wanted: Gate::Closed });
                }
                None => {}
            }
            on_each!(conn, |c| diesel::insert_into(release::table)
                .values((
                    release::wave.eq(bind(id)),
                    release::document.eq(&new.document),
                    release::sha256.eq(bind(&new.sha256)),
                    release::signature.eq(&new.signature),
                    release::holder_signature.eq(&new.holder_signature),
                ))
                .execute(c))?;
            handed_in::forget(conn, id)?;
            Ok(Transition::Done)
        })
    }

    /// The Release of a wave; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn release(&self, id: &WaveId) -> Result<Option<StoredRelease>, ResponsesError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| release::table
                .filter(release::wave.eq(bind(id)))
                .select((release::document, release::sha256, release::signature, release::holder_signature))
                .first(c)
                .optional())?)
        })
    }

    /// The waves that have a Release, by id; this side does not know in which order they were published.
    ///
    /// # Errors
    /// When the database fails.
    pub fn published_waves(&self) -> Result<Vec<WaveId>, ResponsesError> {
        self.database.read(|conn| Ok(on_each!(conn, |c| release::table.select(release::wave).order(release::wave).load(c))?))
    }
}

pub(crate) fn set_opening(conn: &mut Conn<'_>, id: &WaveId, opening: &[u8]) -> Result<Transition, ResponsesError> {
    let objections = objections_of(conn, id)?;
    if objections.unanswered() {
        return Err(ResponsesError::ObjectionsUnanswered { wave: id.clone(), count: objections.count });
    }
    on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::opening.eq(Some(opening))).execute(c))?;
    Ok(Transition::Done)
}
