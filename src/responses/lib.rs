//! The ballot side: what a wave promises, which credentials are spent, the sealed ballots, the board, the Releases.
//!
//! Nothing in this crate knows who answers or when. There is no time, no counter and no order of arrival in its tables; the
//! only thing that it shares with the other side is a group's number. After the close the ballots lie in the order of their
//! random numbers; at the end of the wave they are gone from the file, byte for byte.

mod ballot_box;
mod ballot_rows;
mod ballot_table;
mod copies;
mod error;
mod handed_in;
mod life;
mod notices;
mod objections;
#[cfg(feature = "planted")]
pub mod planted;
mod prepared;
mod publication;
mod schema;
mod wave;

use std::sync::Arc;

use ballot_box::{Arrival, Taken};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use storage::{Database, Exposures, Migrations, SharedCommit};

pub use ballot_box::{CastBallot, Redeemed};
pub use copies::{BallotOrders, BallotSide, HeldWave};
pub use error::ResponsesError;
pub use handed_in::HandedIn;
pub use notices::StoredNotice;
pub use objections::{Objected, Objections};
pub use prepared::PreparedWave;
pub use publication::StoredRelease;
pub use storage::copies::{Checked, CopyProblem, NotRestored};
pub use storage::{Grouping, StorageError, Transition};
pub use wave::{ClientFiles, NewWave, Progress, ServedWave, WaveKeys, WordFiles};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/responses/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/responses/postgres");
const MIGRATIONS: Migrations = Migrations { store: "responses", sqlite: || SQLITE, postgres: || POSTGRES };

/// The store of the ballot side; cloning shares its connections. All calls block.
#[derive(Clone)]
pub struct Responses {
    database: Database,
    /// Where ballots that arrive together are put into the box together.
    box_line: Arc<SharedCommit<Arrival, Taken>>,
}

impl Responses {
    /// Opens the store at `url`: `sqlite:///` and an absolute path, or `postgres://user@host:port/database`.
    ///
    /// # Errors
    /// [`StorageError`] when the URL is wrong, the database cannot be reached or the engine does not keep what the store needs.
    pub fn connect(url: &str) -> Result<Self, StorageError> {
        Self::connect_with(url, Grouping::Shared)
    }

    /// Opens the store like [`Self::connect`]; `grouping` says whether ballots that arrive together share a commit.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub fn connect_with(url: &str, grouping: Grouping) -> Result<Self, StorageError> {
        let database = Database::open(url)?;
        Ok(Self { box_line: Arc::new(SharedCommit::new(database.clone(), ballot_box::take, grouping)), database })
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
        #[cfg(feature = "planted")]
        if let Some(done) = planted::instead_of_rewriting(&self.database) {
            return done;
        }
        self.database.rewrite()
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
