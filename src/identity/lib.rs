//! The people side: accounts, the staff list, waves and who is invited to them, secrets' hashes, waiting mails.
//!
//! This crate knows who is invited and whether a credential was issued to them; it never knows what anybody answered. It tells
//! the rest of the program *that* people answered only as counts: no function gives out who has and who has not.

mod accounts;
mod closing;
mod delivery;
mod error;
mod issued_rows;
mod issuing;
mod launch;
mod lineage;
mod mail_queue;
mod passwords;
mod people;
mod schema;
mod secrets;
mod sessions;
mod staff_list;
mod teams;
mod waves;

use std::sync::Arc;

use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use issuing::{Claim, Claimed};
use storage::{Database, Migrations, SharedCommit};

pub use accounts::{Account, AccountId, NewAccount, Role};
pub use delivery::{AddressMark, Delivery, ReturnedMail, UnreachedPerson};
pub use error::IdentityError;
pub use issuing::{IssueError, Issued, LinkStanding};
pub use launch::{InvitedPerson, Snapshot};
pub use lineage::Lineage;
pub use mail_queue::{Job, JobEnd, JobId, JobKind};
pub use passwords::{PasswordHash, PasswordParams};
pub use people::Totals;
pub use secrets::{Minted, SecretKind};
pub use staff_list::RosterChange;
pub use storage::{Grouping, StorageError, Transition};
pub use teams::WaveTeam;
pub use waves::WaveRecord;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/identity/sqlite");
const MIGRATIONS: Migrations = Migrations { store: "identity", sqlite: || SQLITE };

/// How many rows go into one insert; keeps a statement below every engine's limit of parameters.
const ROWS_PER_INSERT: usize = 500;

/// The store of the people side; cloning shares its connections. All calls block.
#[derive(Clone)]
pub struct Identity {
    database: Database,
    /// Where credentials that are asked for at the same time are recorded together.
    issue_line: Arc<SharedCommit<Claim, Claimed>>,
}

impl Identity {
    /// Opens the store at `url` (`sqlite:///` and an absolute path).
    ///
    /// # Errors
    /// [`StorageError`] when the URL is wrong, the file cannot be opened or the engine does not keep what the store needs.
    pub fn connect(url: &str) -> Result<Self, StorageError> {
        Self::connect_with(url, Grouping::Shared)
    }

    /// Opens the store like [`Self::connect`]; `grouping` says whether credentials that are asked for at the same time share a commit.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub fn connect_with(url: &str, grouping: Grouping) -> Result<Self, StorageError> {
        let database = Database::open(url)?;
        Ok(Self { issue_line: Arc::new(SharedCommit::new(database.clone(), issuing::claim, grouping)), database })
    }

    /// Brings the structure of the database up to date; returns the migrations that were applied.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the file belongs to another store or to a newer version.
    pub fn migrate(&self) -> Result<Vec<String>, StorageError> {
        self.database.migrate(&MIGRATIONS)
    }

    /// The migrations that are missing; the store must not be used before there are none.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the file belongs to another store or to a newer version.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StorageError> {
        self.database.pending(&MIGRATIONS)
    }

    /// Writes the whole file anew in key order and empties the write-ahead log.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when another connection reads all the time.
    pub fn rewrite(&self) -> Result<(), StorageError> {
        self.database.rewrite()
    }

    /// Lets the engine check the file.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] with the first findings.
    pub fn integrity_check(&self) -> Result<(), StorageError> {
        self.database.integrity_check()
    }
}
