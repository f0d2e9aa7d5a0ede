//! Issuing: one credential per person and wave, and the same one again for the same request.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::{GroupId, PersonId, WaveId, WaveState};
use secrecy::SecretSlice;
use storage::{Conn, StorageError, StoreFailure, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::issued_rows::{Record, RecordedFor};
use crate::schema::{link_secret, wave, wave_person};

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

impl<E> StoreFailure for IssueError<E> {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Identity(error) => error.storage(),
            Self::Evaluation(_) => None,
        }
    }
}

/// What the owner of a link secret may learn about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkStanding {
    /// The person's group.
    pub group: GroupId,
    /// Whether a credential was issued to the person, by this or another of their links. Never for a printed card: whoever printed it knows its code, and
    /// could watch for its use. Its holder learns at Send that it was used, and after the close whether.
    pub used: bool,
    /// Whether the wave still issues credentials to those who have none.
    pub open: bool,
}

/// A credential that is about to be issued.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Claim {
    pub(crate) wave: WaveId,
    pub(crate) person: PersonId,
    /// The hash of the blinded element.
    pub(crate) blinded: [u8; 32],
}

/// What a batch makes of one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// The credential is issued for this element.
    New,
    /// It was issued for this element before.
    Again,
    /// It was issued for another element before.
    AlreadyUsed,
    /// The wave has stopped issuing.
    NotRunning,
}

impl Identity {
    /// Issues a credential to whoever holds the secret; that is on the disk before this returns.
    ///
    /// `blinded` is the hash of the blinded element: the same one again gives the same answer, any other is refused. `evaluate` gets the wave's private key
    /// and the person's group. It runs before anything is recorded, so that an element that cannot be evaluated uses nothing up, and outside of any
    /// transaction, so that nobody waits for it; what it returns leaves here only once the record is durable. A link that cannot be used evaluates nothing; a printed card evaluates
    /// before it is looked at, so that an element that cannot be evaluated gets the same answer whether or not the card was used.
    ///
    /// # Errors
    /// [`IssueError::Evaluation`] with what `evaluate` returned; [`IdentityError::UnknownWave`]; or the database fails.
    pub fn issue<T, E>(
        &self,
        wave: &WaveId,
        secret: &[u8; 32],
        blinded: &[u8; 32],
        evaluate: impl FnOnce(&SecretSlice<u8>, GroupId) -> Result<T, E>,
    ) -> Result<Issued<T>, IssueError<E>> {
        let Some(Link { issuing, key, person, group, issued, by_card }) = self.link(wave, secret)? else {
            return Ok(if self.issues(wave)?.gives_answers() { Issued::UnknownLink } else { Issued::NotRunning });
        };
        // In the grace nothing new is issued, but an answer that was lost on its way is given again.
        let (Some(key), true) = (key, issuing.gives_answers()) else { return Ok(Issued::NotRunning) };
        let again = issued.is_some();
        let refused = match issued {
            Some(issued) if issued != blinded => Some(Issued::AlreadyUsed),
            None if !issuing.gives_new() => Some(Issued::NotRunning),
            Some(_) | None => None,
        };
        // An element that cannot be evaluated uses nothing up. For a card it must not tell either whether the card was used.
        let refused = match refused {
            Some(refused) if !by_card => return Ok(refused),
            other => other,
        };
        let evaluation = evaluate(&key, group).map_err(IssueError::Evaluation)?;
        if let Some(refused) = refused {
            return Ok(refused);
        }
        if again {
            return Ok(Issued::Again { group, evaluation });
        }
        match self.issue_line.submit(Claim { wave: wave.clone(), person, blinded: *blinded })? {
            Claimed::New => Ok(Issued::New { group, evaluation }),
            Claimed::Again => Ok(Issued::Again { group, evaluation }),
            Claimed::AlreadyUsed => Ok(Issued::AlreadyUsed),
            Claimed::NotRunning => Ok(Issued::NotRunning),
        }
    }

    /// Looks a link secret up without recording or using anything; `None` when it is not known in this wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn leaf_lookup(&self, wave: &WaveId, secret: &[u8; 32]) -> Result<Option<LinkStanding>, IdentityError> {
        Ok(self.link(wave, secret)?.map(|link| LinkStanding {
            group: link.group,
            used: link.issued.is_some() && !link.by_card,
            open: link.issuing.gives_new(),
        }))
    }

    /// Everything about a link in one statement.
    fn link(&self, wave: &WaveId, secret: &[u8; 32]) -> Result<Option<Link>, IdentityError> {
        let row: Option<LinkRow> = self.database.query(|conn| {
            Ok::<_, IdentityError>(on_each!(conn, |c| link_secret::table
                .inner_join(wave_person::table.on(wave_person::wave.eq(link_secret::wave).and(wave_person::person.eq(link_secret::person))))
                .inner_join(wave::table.on(wave::id.eq(link_secret::wave)))
                .filter(link_secret::hash.eq(bind(secret)))
                .filter(link_secret::wave.eq(bind(wave)))
                .select((
                    (wave::state, wave::abort_reason.is_not_null(), wave::restored, wave::credential_key),
                    (wave_person::person, wave_person::group_no, wave_person::issued_blind, wave_person::mail.eq("")),
                ))
                .first(c)
                .optional())?)
        })?;
        Ok(row.map(|((state, aborting, restored, key), (person, group, issued, by_card))| Link {
            issuing: Issuing { state, aborting, restored },
            key: key.map(SecretSlice::from),
            person,
            group,
            issued,
            by_card,
        }))
    }

    fn issues(&self, wave: &WaveId) -> Result<Issuing, IdentityError> {
        self.database.query(|conn| issuing_of(conn, wave))
    }
}

/// A link secret's row: wave, then person.
type LinkRow = ((WaveState, bool, bool, Option<Vec<u8>>), (PersonId, GroupId, Option<Vec<u8>>, bool));

/// Whoever was sent a link secret, and how their wave stands.
struct Link {
    issuing: Issuing,
    key: Option<SecretSlice<u8>>,
    person: PersonId,
    group: GroupId,
    issued: Option<Vec<u8>>,
    by_card: bool,
}

/// Whether a wave issues.
struct Issuing {
    state: WaveState,
    aborting: bool,
    /// Put back from a copy: who has answered since then is not known.
    restored: bool,
}

impl Issuing {
    /// Whether anything is issued at all, be it again.
    fn gives_answers(&self) -> bool {
        matches!(self.state, WaveState::Running | WaveState::Closing) && !self.aborting
    }

    fn gives_new(&self) -> bool {
        self.state == WaveState::Running && !self.aborting && !self.restored
    }
}

fn issuing_of(conn: &mut Conn<'_>, id: &WaveId) -> Result<Issuing, IdentityError> {
    let row: Option<(WaveState, bool, bool)> = on_each!(conn, |c| wave::table
        .filter(wave::id.eq(bind(id)))
        .select((wave::state, wave::abort_reason.is_not_null(), wave::restored))
        .first(c)
        .optional())?;
    let (state, aborting, restored) = row.ok_or_else(|| IdentityError::UnknownWave { wave: id.clone() })?;
    Ok(Issuing { state, aborting, restored })
}

/// Records a batch of credentials as issued, wave by wave and in the order of the people's ids.
///
/// That the wave runs and that the credentials are issued is one fact because write transactions are serialisable; that a person gets one only, because
/// only a record that is empty is written.
pub(crate) fn claim(conn: &mut Conn<'_>, claims: &[Claim]) -> Result<Vec<Claimed>, StorageError> {
    let mut ordered: Vec<(usize, &Claim)> = claims.iter().enumerate().collect();
    ordered.sort_by(|(_, a), (_, b)| (&a.wave, &a.person).cmp(&(&b.wave, &b.person)));
    let mut claimed: Vec<(usize, Claimed)> = Vec::with_capacity(claims.len());
    for of_wave in ordered.chunk_by(|(_, a), (_, b)| a.wave == b.wave) {
        let wave = &of_wave[0].1.wave;
        let places = of_wave.iter().map(|(place, _)| *place);
        match issuing_of(conn, wave) {
            Ok(issuing) if issuing.gives_new() => {
                let claims: Vec<&Claim> = of_wave.iter().map(|(_, claim)| *claim).collect();
                claimed.extend(places.zip(claim_in_order(conn, wave, &claims)?));
            }
            Ok(_) | Err(IdentityError::UnknownWave { .. }) => claimed.extend(places.map(|place| (place, Claimed::NotRunning))),
            Err(IdentityError::Storage(error)) => return Err(error),
            Err(other) => return Err(StorageError::Query(other.to_string())),
        }
    }
    claimed.sort_by_key(|(place, _)| *place);
    Ok(claimed.into_iter().map(|(_, outcome)| outcome).collect())
}

/// What becomes of claims that stand in the order of the people's ids. Of several for one person the first is recorded, and the others are compared with it.
fn claim_in_order(conn: &mut Conn<'_>, wave: &WaveId, claims: &[&Claim]) -> Result<Vec<Claimed>, StorageError> {
    let mut firsts = claims.to_vec();
    firsts.dedup_by_key(|claim| &claim.person);
    let mut new = record(conn, wave, &firsts)?;
    firsts.retain(|claim| !new.contains(&claim.person));
    let recorded = recorded_for(conn, wave, &firsts)?;
    let mut issued: BTreeMap<&PersonId, &[u8]> = recorded.iter().map(|(person, element)| (person, element.as_slice())).collect();
    let outcomes = claims.iter().copied().map(|claim| {
        if new.remove(&claim.person) {
            issued.insert(&claim.person, &claim.blinded);
            return Claimed::New;
        }
        if issued.get(&claim.person) == Some(&claim.blinded.as_slice()) { Claimed::Again } else { Claimed::AlreadyUsed }
    });
    Ok(outcomes.collect())
}

/// Records the elements of those for whom none is recorded; the people for whom it was done.
fn record(conn: &mut Conn<'_>, wave: &WaveId, claims: &[&Claim]) -> Result<BTreeSet<PersonId>, StorageError> {
    Ok(on_each!(conn, |c| Record { wave, claims }.load::<PersonId>(c))?.into_iter().collect())
}

/// For which element a credential was issued to people to whom one was issued.
fn recorded_for(conn: &mut Conn<'_>, wave: &WaveId, claims: &[&Claim]) -> Result<Vec<(PersonId, Vec<u8>)>, StorageError> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_each!(conn, |c| RecordedFor { wave, claims }.load(c))?)
}

#[cfg(test)]
mod tests;
