//! Issuing: one credential per person and wave, and the same one again for the same request.

use diesel::prelude::*;
use domain::{GroupId, PersonId, WaveId, WaveState};
use storage::{Conn, StorageError, bind, on_each};

use crate::error::IdentityError;
use crate::schema::{link_secret, wave_person};
use crate::{Identity, waves};

/// What became of a request for a credential. `T` is the evaluation that the caller made for the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issued<T> {
    /// A credential was issued; that is on the disk.
    New {
        /// The person's group.
        group: GroupId,
        /// The evaluation.
        evaluation: T,
    },
    /// The same request was answered before; this is the same answer.
    Again {
        /// The person's group.
        group: GroupId,
        /// The evaluation.
        evaluation: T,
    },
    /// A credential was issued for another blinded element.
    AlreadyUsed,
    /// No such link secret in this wave.
    UnknownLink,
    /// The wave does not issue credentials now.
    NotRunning,
}

/// Why no decision was made about a request for a credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError<E> {
    /// The people side failed.
    #[error(transparent)]
    Identity(IdentityError),
    /// The evaluation failed; nothing was recorded.
    #[error("the blinded element could not be evaluated")]
    Evaluation(E),
}

impl<E> From<IdentityError> for IssueError<E> {
    fn from(error: IdentityError) -> Self {
        Self::Identity(error)
    }
}

impl<E> From<StorageError> for IssueError<E> {
    fn from(error: StorageError) -> Self {
        Self::Identity(error.into())
    }
}

/// What the owner of a link secret may learn about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkStanding {
    /// The person's group.
    pub group: GroupId,
    /// Whether a credential was issued to the person, by this or another of their links.
    pub used: bool,
}

impl Identity {
    /// Issues a credential to whoever holds the secret, in one transaction that is on the disk before this returns.
    ///
    /// `blinded` is the hash of the blinded element: the same one again gives the same answer, any other is refused. `evaluate` runs inside the
    /// transaction, so that an element that cannot be evaluated uses nothing up.
    ///
    /// # Errors
    /// [`IssueError::Evaluation`] with what `evaluate` returned; [`IdentityError::UnknownWave`]; or the database fails.
    pub fn issue<T, E>(
        &self,
        wave: &WaveId,
        secret: &[u8; 32],
        blinded: &[u8; 32],
        mut evaluate: impl FnMut(GroupId) -> Result<T, E>,
    ) -> Result<Issued<T>, IssueError<E>> {
        self.database.write(|conn| {
            let record = waves::get(conn, wave)?;
            // In the grace nothing new is issued, but an answer that was lost on its way is given again.
            let answers = matches!(record.state, WaveState::Running | WaveState::Closing);
            if !answers || record.abort_reason.is_some() {
                return Ok(Issued::NotRunning);
            }
            let Some(Holder { person, group, issued }) = holder(conn, wave, secret)? else {
                return Ok(Issued::UnknownLink);
            };
            if issued.as_deref().is_some_and(|issued| issued != blinded) {
                return Ok(Issued::AlreadyUsed);
            }
            if issued.is_none() && record.state != WaveState::Running {
                return Ok(Issued::NotRunning);
            }
            let evaluation = evaluate(group).map_err(IssueError::Evaluation)?;
            if issued.is_some() {
                return Ok(Issued::Again { group, evaluation });
            }
            let flagged = on_each!(conn, |c| diesel::update(wave_person::table)
                .filter(wave_person::wave.eq(bind(wave)))
                .filter(wave_person::person.eq(bind(&person)))
                .filter(wave_person::issued_blind.is_null())
                .set(wave_person::issued_blind.eq(Some(blinded.as_slice())))
                .execute(c))
            .map_err(StorageError::from)?;
            if flagged == 1 {
                Ok(Issued::New { group, evaluation })
            } else {
                Err(StorageError::Conflict("another request for this person came in between; repeat it".to_owned()).into())
            }
        })
    }

    /// Looks a link secret up without recording or using anything; `None` when it is not known in this wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn leaf_lookup(&self, wave: &WaveId, secret: &[u8; 32]) -> Result<Option<LinkStanding>, IdentityError> {
        self.database
            .read(|conn| Ok(holder(conn, wave, secret)?.map(|holder| LinkStanding { group: holder.group, used: holder.issued.is_some() })))
    }
}

/// Whoever was sent a link secret.
struct Holder {
    person: PersonId,
    group: GroupId,
    issued: Option<Vec<u8>>,
}

fn holder(conn: &mut Conn<'_>, wave: &WaveId, secret: &[u8; 32]) -> Result<Option<Holder>, IdentityError> {
    let row: Option<(PersonId, GroupId, Option<Vec<u8>>)> = on_each!(conn, |c| link_secret::table
        .inner_join(wave_person::table.on(wave_person::wave.eq(link_secret::wave).and(wave_person::person.eq(link_secret::person))))
        .filter(link_secret::hash.eq(bind(secret)))
        .filter(link_secret::wave.eq(bind(wave)))
        .select((wave_person::person, wave_person::group_no, wave_person::issued_blind))
        .first(c)
        .optional())?;
    Ok(row.map(|(person, group, issued)| Holder { person, group, issued }))
}
