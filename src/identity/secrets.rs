//! Hashes of the secrets that people hold in their hands: links, "do not remind me", status handles.
//!
//! A secret is made when its mail is sent and only its hash comes here, so that nothing that is stored lets anybody answer in somebody's place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use diesel::prelude::*;
use domain::{PersonId, WaveId, WaveState};
use storage::{Conn, bind, on_each};

use crate::error::IdentityError;
use crate::schema::{link_secret, status_handle, unsubscribe_secret, wave_person};
use crate::waves::WaveRecord;
use crate::{Identity, waves};

/// Stores a secret's hash for a person; the three tables have the same form.
macro_rules! store_hash {
    ($conn:expr, $table:ident, $wave:expr, $person:expr, $hash:expr) => {
        on_each!($conn, |c| diesel::insert_into($table::table)
            .values(($table::hash.eq(bind($hash)), $table::wave.eq(bind($wave)), $table::person.eq(bind($person))))
            .execute(c))
    };
}

/// Deletes all hashes of a wave.
macro_rules! delete_hashes {
    ($conn:expr, $table:ident, $wave:expr) => {
        on_each!($conn, |c| diesel::delete($table::table.filter($table::wave.eq(bind($wave)))).execute(c))
    };
}

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// It lets its owner answer.
    Link,
    /// It stops reminders.
    Unsubscribe,
    /// It shows what is recorded.
    Status,
}

/// The hash of a new secret, with its owner-to-be.
#[derive(Clone, PartialEq, Eq)]
pub struct Minted {
    /// The wave.
    pub wave: WaveId,
    /// The owner.
    pub person: PersonId,
    /// What it is for.
    pub kind: SecretKind,
    /// Its hash.
    pub hash: [u8; 32],
}

impl std::fmt::Debug for Minted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minted").field("wave", &self.wave).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Identity {
    /// Stores the hashes of new secrets in one transaction. Earlier secrets of the same people stay valid.
    ///
    /// One answer per secret: `false` when its wave gives out no secrets of its kind, so that none outlives what it is for: links and "do not remind
    /// me" while the wave runs, status handles from the shut box on unless it is aborted.
    ///
    /// # Errors
    /// When a wave is not known, or the database fails.
    pub fn mint(&self, secrets: &[Minted]) -> Result<Vec<bool>, IdentityError> {
        self.database.write(|conn| {
            let mut waves: BTreeMap<&WaveId, WaveRecord> = BTreeMap::new();
            let mut given = Vec::with_capacity(secrets.len());
            for secret in secrets {
                let record = match waves.entry(&secret.wave) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => unknown.insert(waves::get(conn, &secret.wave)?),
                };
                let gives = match secret.kind {
                    SecretKind::Link | SecretKind::Unsubscribe => record.state == WaveState::Running && record.abort_reason.is_none(),
                    SecretKind::Status => matches!(record.state, WaveState::Closed | WaveState::Opened | WaveState::Published),
                };
                if gives {
                    store(conn, secret)?;
                }
                given.push(gives);
            }
            Ok(given)
        })
    }

    /// Whether a "do not remind me" secret is known; reads only.
    ///
    /// # Errors
    /// When the database fails.
    pub fn knows_unsubscribe(&self, secret: &[u8; 32]) -> Result<bool, IdentityError> {
        self.database.read(|conn| {
            let found: Option<WaveId> = on_each!(conn, |c| unsubscribe_secret::table
                .filter(unsubscribe_secret::hash.eq(bind(secret)))
                .select(unsubscribe_secret::wave)
                .first(c)
                .optional())?;
            Ok(found.is_some())
        })
    }

    /// Sends no more reminders to the owner of the secret in its wave; `false` when the secret is not known. Asking again changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unsubscribe(&self, secret: &[u8; 32]) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let owner: Option<(WaveId, PersonId)> = on_each!(conn, |c| unsubscribe_secret::table
                .filter(unsubscribe_secret::hash.eq(bind(secret)))
                .select((unsubscribe_secret::wave, unsubscribe_secret::person))
                .first(c)
                .optional())?;
            let Some((wave, person)) = owner else { return Ok(false) };
            on_each!(conn, |c| diesel::update(wave_person::table)
                .filter(wave_person::wave.eq(bind(&wave)))
                .filter(wave_person::person.eq(bind(&person)))
                .set(wave_person::opted_out.eq(true))
                .execute(c))?;
            Ok(true)
        })
    }
}

fn store(conn: &mut Conn<'_>, secret: &Minted) -> Result<(), IdentityError> {
    let Minted { wave, person, kind, hash } = secret;
    match kind {
        SecretKind::Link => store_hash!(conn, link_secret, wave, person, hash)?,
        SecretKind::Unsubscribe => store_hash!(conn, unsubscribe_secret, wave, person, hash)?,
        SecretKind::Status => store_hash!(conn, status_handle, wave, person, hash)?,
    };
    Ok(())
}

/// Deletes every link and "do not remind me" secret of a wave: nobody can answer any more.
pub(crate) fn delete_links(conn: &mut Conn<'_>, wave: &WaveId) -> Result<(), IdentityError> {
    delete_hashes!(conn, link_secret, wave)?;
    delete_hashes!(conn, unsubscribe_secret, wave)?;
    Ok(())
}

/// Deletes every status handle of a wave.
pub(crate) fn delete_status_handles(conn: &mut Conn<'_>, wave: &WaveId) -> Result<(), IdentityError> {
    delete_hashes!(conn, status_handle, wave)?;
    Ok(())
}
