//! A database and the two ways to use it: a write transaction and a read transaction.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::Connection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection};
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;

use crate::connection::Conn;
use crate::error::StorageError;
use crate::migrations::Migrations;
use crate::sqlite;

/// How many connections one store keeps at most.
const CONNECTIONS: u32 = 8;

/// How long a caller waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(15);

/// An open database; cloning shares the connections. All calls block.
#[derive(Clone)]
pub struct Database {
    pool: Pool<ConnectionManager<SqliteConnection>>,
    /// Writers of this process queue here in order; SQLite alone would let them poll for its lock and starve.
    writer: Arc<Mutex<()>>,
    path: Arc<PathBuf>,
}

/// Gives every new connection its settings, and refuses it when the engine did not take them.
#[derive(Debug)]
struct Settled;

impl CustomizeConnection<SqliteConnection, PoolError> for Settled {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), PoolError> {
        sqlite::settle(connection).map_err(|e| PoolError::ConnectionError(diesel::ConnectionError::BadConnection(e.to_string())))
    }
}

/// Tells a failure of the work from a failure of the transaction around it.
enum Failed<E> {
    Work(E),
    Transaction(DieselError),
}

impl<E> From<DieselError> for Failed<E> {
    fn from(error: DieselError) -> Self {
        Self::Transaction(error)
    }
}

impl<E: From<StorageError>> Failed<E> {
    fn into_work(self) -> E {
        match self {
            Self::Work(error) => error,
            Self::Transaction(error) => StorageError::from(error).into(),
        }
    }
}

impl Database {
    /// Opens the database at `url`, which is `sqlite:///` and an absolute path; the file is made, for its owner only, when it is missing.
    ///
    /// # Errors
    /// [`StorageError::Url`] for anything that is not such a URL, [`StorageError::Unavailable`] when the file cannot be opened,
    /// [`StorageError::Unsafe`] when SQLite did not take a setting that the promises depend on.
    pub fn open(url: &str) -> Result<Self, StorageError> {
        let path = sqlite::path_of(url)?;
        let address = sqlite::prepare_file(&path)?;
        // One connection alone first: it switches the file to write-ahead logging, and its errors are clearer than the pool's.
        let mut first = SqliteConnection::establish(&address).map_err(|e| StorageError::Unavailable(format!("{}: {e}", path.display())))?;
        sqlite::settle(&mut first)?;
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(PATIENCE)
            .connection_customizer(Box::new(Settled))
            .build(ConnectionManager::new(address))
            .map_err(|e| StorageError::Unavailable(e.to_string()))?;
        Ok(Self { pool, writer: Arc::new(Mutex::new(())), path: Arc::new(path) })
    }

    /// Runs `work` in a transaction that holds the write lock from its first statement; on `Ok` it is on the disk before this returns.
    ///
    /// `work` may run more than once on an engine that resolves conflicts by repetition, so it must have no effect but on `conn` and its result.
    ///
    /// # Errors
    /// What `work` returns, after which nothing is changed; or the [`StorageError`] of the transaction itself.
    pub fn write<T, E: From<StorageError>>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.turn();
        let mut connection = self.connection()?;
        connection.immediate_transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Failed::Work)).map_err(Failed::into_work)
    }

    /// Runs `work` on one consistent state of the database without keeping writers waiting.
    ///
    /// # Errors
    /// What `work` returns, or the [`StorageError`] of the transaction itself.
    pub fn read<T, E: From<StorageError>>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection()?;
        (*connection).transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Failed::Work)).map_err(Failed::into_work)
    }

    /// Runs `work`, which is one statement that reads, without a transaction around it: a single statement sees one state of the database by itself,
    /// and beginning and ending a transaction would cost as much as the statement.
    ///
    /// # Errors
    /// What `work` returns, or [`StorageError::Unavailable`] when there is no connection.
    pub fn query<T, E: From<StorageError>>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection()?;
        work(&mut Conn::Sqlite(&mut connection))
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

    /// Writes the whole database anew in key order and empties the write-ahead log, so that neither holds deleted rows or the order of arrival.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when another connection reads all the time; to be repeated then.
    pub fn rewrite(&self) -> Result<(), StorageError> {
        let _turn = self.turn();
        sqlite::rewrite(&mut *self.connection()?)
    }

    /// Lets the engine check its own structure and every reference between tables.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] with the first findings.
    pub fn integrity_check(&self) -> Result<(), StorageError> {
        sqlite::integrity_check(&mut *self.connection()?)
    }

    /// The file that holds the database.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        // The lock guards no data, so a panic of its last holder spoils nothing.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> Result<PooledConnection<ConnectionManager<SqliteConnection>>, StorageError> {
        self.pool.get().map_err(|e| StorageError::Unavailable(e.to_string()))
    }
}
