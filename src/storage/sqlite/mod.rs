//! SQLite: the engine inside the program. One file, one writer at a time, many readers.

mod file;

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::Connection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error as PoolError, Pool, PooledConnection};
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;

use crate::connection::Conn;
use crate::error::{StorageError, StoreFailure};
use crate::laid_open::{self, DatabaseFile};

pub(crate) use file::has_table;

/// How many connections one store keeps at most.
const CONNECTIONS: u32 = 8;

/// How long a caller waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(15);

/// An open SQLite file.
#[derive(Clone)]
pub(crate) struct Sqlite {
    pool: Pool<ConnectionManager<SqliteConnection>>,
    /// Writers of this process queue here in order; SQLite alone would let them poll for its lock and starve.
    writer: Arc<Mutex<()>>,
    path: Arc<PathBuf>,
}

/// A lock on a file beside the database.
#[derive(Debug)]
pub(crate) struct SqliteTurn {
    _file: File,
}

/// Gives every new connection its settings, and refuses it when the engine did not take them.
#[derive(Debug)]
struct Settled;

impl CustomizeConnection<SqliteConnection, PoolError> for Settled {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> Result<(), PoolError> {
        file::settle(connection).map_err(|e| PoolError::ConnectionError(diesel::ConnectionError::BadConnection(e.to_string())))
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

impl Sqlite {
    pub(crate) fn check_url(url: &str) -> Result<(), StorageError> {
        file::path_of(url).map(drop)
    }

    pub(crate) fn open(url: &str) -> Result<Self, StorageError> {
        let path = file::path_of(url)?;
        let address = file::prepare_file(&path)?;
        // One connection alone first: it switches the file to write-ahead logging, and its errors are clearer than the pool's.
        let mut first = SqliteConnection::establish(&address).map_err(|e| StorageError::Unavailable(format!("{}: {e}", path.display())))?;
        file::settle(&mut first)?;
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

    /// `BEGIN IMMEDIATE`: the write lock is held from the first statement, so that what is read is still true when something is written.
    pub(crate) fn write<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.writing();
        let mut connection = self.connection()?;
        connection.immediate_transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Failed::Work)).map_err(Failed::into_work)
    }

    pub(crate) fn read<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection()?;
        (*connection).transaction(|c| work(&mut Conn::Sqlite(c)).map_err(Failed::Work)).map_err(Failed::into_work)
    }

    pub(crate) fn query<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        work(&mut Conn::Sqlite(&mut *self.connection()?))
    }

    pub(crate) fn turn(&self) -> Result<SqliteTurn, StorageError> {
        let path = self.path.with_extension("turn");
        let problem = |cause: std::io::Error| StorageError::Unavailable(format!("{}: {cause}", path.display()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(problem)?;
        file.lock().map_err(problem)?;
        Ok(SqliteTurn { _file: file })
    }

    pub(crate) fn rewrite(&self) -> Result<(), StorageError> {
        let _turn = self.writing();
        file::rewrite(&mut *self.connection()?)
    }

    pub(crate) fn files(&self) -> Result<Vec<DatabaseFile>, StorageError> {
        laid_open::files_of_sqlite(&self.path)
    }

    pub(crate) fn integrity_check(&self) -> Result<(), StorageError> {
        file::integrity_check(&mut *self.connection()?)
    }

    fn writing(&self) -> MutexGuard<'_, ()> {
        // The lock guards no data, so a panic of its last holder spoils nothing.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> Result<PooledConnection<ConnectionManager<SqliteConnection>>, StorageError> {
        self.pool.get().map_err(|e| StorageError::Unavailable(e.to_string()))
    }
}
