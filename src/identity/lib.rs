//! The people side: accounts, the staff list, waves and who is invited to them, secrets' hashes, waiting mails.
//!
//! This crate knows who is invited and whether a credential was issued to them; it never knows what anybody answered. It tells
//! the rest of the program *that* people answered only as counts: no function gives out who has and who has not.

mod account_links;
mod accounts;
mod cards;
mod closing;
mod copies;
mod corrections;
mod delivery;
mod draft_groups;
mod error;
mod issued_rows;
mod issuing;
mod launch;
mod lineage;
mod link_mails;
mod mail_queue;
mod participation;
mod passwords;
mod people;
mod promise_log;
mod read_codes;
mod reorg;
mod schema;
mod second_factor;
mod secrets;
mod sessions;
mod snapshot;
mod staff_list;
mod teams;
mod uploads;
mod waves;
mod weakened;

use std::sync::Arc;

use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use issuing::{Claim, Claimed};
use storage::{Database, Migrations, SharedCommit};

pub use accounts::{Account, AccountId, NewAccount, Role};
pub use cards::{CardKind, CardPerson, NewCard};
pub use copies::{PeopleOrders, PeopleSide, UnfinishedWave};
pub use corrections::Correction;
pub use delivery::{AddressMark, Delivery, ReturnedMail, UnreachedPerson};
pub use error::IdentityError;
pub use issuing::{IssueError, Issued, LinkStanding};
pub use lineage::Lineage;
pub use link_mails::{LinkMail, LinkMailEnd, LinkMailStanding, Mailbox};
pub use mail_queue::{Job, JobEnd, JobId, JobKind};
pub use participation::Look;
pub use passwords::{PasswordHash, PasswordParams};
pub use people::Totals;
pub use promise_log::{
    AccountChange, Actor, AfterRestore, Broken, Entry, Fingerprint, PromiseEvent, PromiseLog, TeamChange, read_lines as read_promise_log,
    write_lines as write_promise_log,
};
pub use read_codes::StatusRecord;
pub use reorg::{ListedEvent, Since};
pub use second_factor::SharedSecret;
pub use secrets::{Minted, SecretKind};
pub use snapshot::{InvitedPerson, Snapshot};
pub use staff_list::RosterChange;
pub use storage::copies::{Checked, CopyProblem, NotRestored, Value};
pub use storage::{Exposure, Exposures, Grouping, LaidOpen, OrdinarySurvey, StorageError, Transition, Turn, check_url};
pub use teams::WaveTeam;
pub use uploads::{NewUpload, PreviewHash, StaffUpload};
pub use waves::WaveRecord;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/identity/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/identity/postgres");
const MIGRATIONS: Migrations = Migrations { store: "identity", sqlite: || SQLITE, postgres: || POSTGRES };

/// How many rows go into one insert; keeps a statement below every engine's limit of parameters.
const ROWS_PER_INSERT: usize = 500;

/// The store of the people side; cloning shares its connections. All calls block.
#[derive(Clone)]
pub struct Identity {
    database: Database,
    /// Where credentials that are asked for at the same time are recorded together.
    issue_line: Arc<SharedCommit<Claim, Claimed>>,
    /// Hears how many rows of a long write are written.
    told: Arc<dyn Fn(usize) + Send + Sync>,
    /// In whose name the promise log is written.
    author: promise_log::Author,
}

impl Identity {
    /// Opens the store at `url`: `sqlite:///` and an absolute path, or `postgres://user@host:port/database`.
    ///
    /// # Errors
    /// [`StorageError`] when the URL is wrong, the database cannot be reached or the engine does not keep what the store needs.
    pub fn connect(url: &str) -> Result<Self, StorageError> {
        Self::connect_with(url, Grouping::Shared)
    }

    /// Opens the store like [`Self::connect`]; `grouping` says whether credentials that are asked for at the same time share a commit.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub fn connect_with(url: &str, grouping: Grouping) -> Result<Self, StorageError> {
        let database = Database::open(url)?;
        let issue_line = Arc::new(SharedCommit::new(database.clone(), issuing::claim, grouping));
        Ok(Self { database, issue_line, told: Arc::new(|_| {}), author: promise_log::Author::default() })
    }

    /// The same store, telling `told` how many people are written while a staff list is imported or a wave is launched. The count may begin again when
    /// the engine repeats a transaction, and says nothing about what is on the disk.
    #[must_use]
    pub fn telling(&self, told: impl Fn(usize) + Send + Sync + 'static) -> Self {
        Self { told: Arc::new(told), ..self.clone() }
    }

    /// Brings the structure of the database up to date; returns the migrations that were applied.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the database belongs to another store or to a newer version.
    pub fn migrate(&self) -> Result<Vec<String>, StorageError> {
        self.database.migrate(&MIGRATIONS)
    }

    /// The migrations that are missing; the store must not be used before there are none.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the database belongs to another store or to a newer version.
    pub fn pending_migrations(&self) -> Result<Vec<String>, StorageError> {
        self.database.pending(&MIGRATIONS)
    }

    /// Writes every table anew, without deleted rows; a file also in key order and with an emptied write-ahead log.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when another connection reads all the time.
    pub fn rewrite(&self) -> Result<(), StorageError> {
        self.database.rewrite()
    }

    /// Waits until no other process holds the store's turn, and keeps others waiting until the result is dropped.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the database cannot be reached.
    pub fn turn(&self) -> Result<Turn, StorageError> {
        self.database.turn()
    }

    /// What tells the server's data from another server's; `None` for a file, or when the server does not say.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the database cannot be reached.
    pub fn cluster(&self) -> Result<Option<String>, StorageError> {
        self.database.cluster()
    }

    /// What the database's server keeps or shows beside its tables.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn exposures(&self) -> Result<Exposures, StorageError> {
        self.database.exposures()
    }

    /// The role that the database's server knows this program by.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn server_role(&self) -> Result<Option<String>, StorageError> {
        self.database.role()
    }

    /// Lets the engine check the database.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] with the first findings.
    pub fn integrity_check(&self) -> Result<(), StorageError> {
        self.database.integrity_check()
    }
}
