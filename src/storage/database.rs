//! A database and the ways to use it: a write transaction, a read transaction, a turn.

use crate::connection::{Conn, Engine};
use crate::error::{StorageError, StoreFailure};
use crate::exposure::Exposures;
use crate::laid_open::DatabaseFile;
use crate::migrations::Migrations;
use crate::postgres::{Postgres, PostgresTurn};
use crate::sqlite::{Sqlite, SqliteTurn};

/// An open database; cloning shares the connections. All calls block.
#[derive(Clone)]
pub struct Database(Kind);

#[derive(Clone)]
enum Kind {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// The right to do something of which there must not be two at once, among all processes that use the database; ends when dropped, also by the
/// death of the process.
#[derive(Debug)]
pub struct Turn {
    _held: TurnKind,
}

/// Nothing is ever read from it: holding it is all.
#[derive(Debug)]
enum TurnKind {
    Sqlite { _lock: SqliteTurn },
    Postgres { _lock: Box<PostgresTurn> },
}

/// Whether a database can lie at `url`, as far as the URL and the files that it names tell. Opens, makes and reaches nothing.
///
/// # Errors
/// [`StorageError::Url`] as from [`Database::open`].
pub fn check_url(url: &str) -> Result<(), StorageError> {
    match url.split_once("://") {
        Some(("postgres" | "postgresql", _)) => Postgres::check_url(url),
        _ => Sqlite::check_url(url),
    }
}

impl Database {
    /// Opens the database at `url`: `sqlite:///` and an absolute path (the file is made, for its owner only, when it is missing), or
    /// `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    /// [`StorageError::Url`] for anything that is not such a URL, [`StorageError::Unavailable`] when the file or the server cannot be reached,
    /// [`StorageError::Unsafe`] when the engine did not take a setting that the promises depend on.
    pub fn open(url: &str) -> Result<Self, StorageError> {
        match url.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Postgres::open(url).map(|database| Self(Kind::Postgres(database))),
            _ => Sqlite::open(url).map(|database| Self(Kind::Sqlite(database))),
        }
    }

    /// The engine behind it.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.0 {
            Kind::Sqlite(_) => Engine::Sqlite,
            Kind::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs `work` in a transaction that is isolated from all others as if it ran alone; on `Ok` it is on the disk before this returns.
    ///
    /// `work` may run more than once, because PostgreSQL resolves conflicts by repetition, so it must have no effect but on `conn` and its result.
    ///
    /// # Errors
    /// What `work` returns, after which nothing is changed; or the [`StorageError`] of the transaction itself. When the connection breaks during the
    /// commit nobody knows whether it happened: that is [`StorageError::Unavailable`], and the work must be safe to repeat.
    pub fn write<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.write(work),
            Kind::Postgres(database) => database.write(work),
        }
    }

    /// Runs `work` like [`Self::write`], but on PostgreSQL without regard to what other transactions do between its statements. For work in which every
    /// statement that changes something carries the condition for it, such as taking jobs from a queue: many may do that at once and none has to
    /// repeat it for another's sake.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_conditionally<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.write(work),
            Kind::Postgres(database) => database.write_conditionally(work),
        }
    }

    /// Runs `work` like [`Self::write`], but never again after it failed: for work that cannot be repeated.
    ///
    /// # Errors
    /// As [`Self::write`], and [`StorageError::Contention`] where that would have repeated it.
    pub fn write_once<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.write(work),
            Kind::Postgres(database) => database.write_once(work),
        }
    }

    /// Runs `work`, once, on one consistent state of the database for as long as it takes: nobody waits for it and it disturbs nobody.
    ///
    /// # Errors
    /// What `work` returns, or the [`StorageError`] of the transaction itself.
    pub fn snapshot<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.read(work),
            Kind::Postgres(database) => database.snapshot(work),
        }
    }

    /// Runs `work` on one consistent state of the database without keeping writers waiting.
    ///
    /// # Errors
    /// What `work` returns, or the [`StorageError`] of the transaction itself.
    pub fn read<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.read(work),
            Kind::Postgres(database) => database.read(work),
        }
    }

    /// Runs `work`, which is one statement that reads, without a transaction around it: a single statement sees one state of the database by itself,
    /// and beginning and ending a transaction would cost as much as the statement.
    ///
    /// # Errors
    /// What `work` returns, or the [`StorageError`] of the connection.
    pub fn query<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Kind::Sqlite(database) => database.query(work),
            Kind::Postgres(database) => database.query(work),
        }
    }

    /// Waits until no other thread or process holds the database's turn, and keeps others waiting until the result is dropped.
    ///
    /// Transactions of anybody go on meanwhile: only those who ask for the turn wait for each other.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the database cannot be reached.
    pub fn turn(&self) -> Result<Turn, StorageError> {
        match &self.0 {
            Kind::Sqlite(database) => database.turn().map(|turn| Turn { _held: TurnKind::Sqlite { _lock: turn } }),
            Kind::Postgres(database) => database.turn().map(|turn| Turn { _held: TurnKind::Postgres { _lock: Box::new(turn) } }),
        }
    }

    /// Applies what is missing of `migrations`, all or nothing; returns the versions that were applied.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the database belongs to another store or to a newer program.
    pub fn migrate(&self, migrations: &Migrations) -> Result<Vec<String>, StorageError> {
        self.write(|conn| migrations.apply(conn))
    }

    /// The versions of `migrations` that the database has not seen yet. Changes nothing.
    ///
    /// # Errors
    /// [`StorageError::Structure`] when the database belongs to another store or to a newer program.
    pub fn pending(&self, migrations: &Migrations) -> Result<Vec<String>, StorageError> {
        self.read(|conn| migrations.pending(conn))
    }

    /// Writes every table anew, so that deleted rows and the order of arrival are in none of them. With SQLite the write-ahead log is emptied as
    /// well; a PostgreSQL server keeps its log for as long as it is configured to.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when others read all the time; to be repeated then.
    pub fn rewrite(&self) -> Result<(), StorageError> {
        match &self.0 {
            Kind::Sqlite(database) => database.rewrite(),
            Kind::Postgres(database) => database.rewrite(),
        }
    }

    /// Lets the engine check its own structure and every reference between tables, as far as it can.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] with the first findings.
    pub fn integrity_check(&self) -> Result<(), StorageError> {
        match &self.0 {
            Kind::Sqlite(database) => database.integrity_check(),
            Kind::Postgres(database) => database.integrity_check(),
        }
    }

    /// What tells this installation of the engine from others: equal for two databases that one server keeps; `None` when it cannot be found out.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn cluster(&self) -> Result<Option<String>, StorageError> {
        match &self.0 {
            Kind::Sqlite(_) => Ok(None),
            Kind::Postgres(database) => database.cluster(),
        }
    }

    /// What the server keeps or shows beside its tables; nothing for SQLite, which has no server.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn exposures(&self) -> Result<Exposures, StorageError> {
        match &self.0 {
            Kind::Sqlite(_) => Ok(Exposures::default()),
            Kind::Postgres(database) => database.exposures(),
        }
    }

    /// The database's files as they are on the disk, the write-ahead log first; `None` for a server, whose files are elsewhere.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn files(&self) -> Result<Option<Vec<DatabaseFile>>, StorageError> {
        match &self.0 {
            Kind::Sqlite(database) => database.files().map(Some),
            Kind::Postgres(_) => Ok(None),
        }
    }

    /// The role that the server knows this program by; `None` without a server.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn role(&self) -> Result<Option<String>, StorageError> {
        match &self.0 {
            Kind::Sqlite(_) => Ok(None),
            Kind::Postgres(database) => database.role(),
        }
    }
}
