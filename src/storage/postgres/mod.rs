//! PostgreSQL, and servers that speak its protocol: one database on a server, several processes at once.
//!
//! Nothing here needs what such servers may lack: no sequences, no advisory locks, no notifications.

mod address;
mod driver;
mod rewriting;
mod server;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use rand::RngExt;

use crate::connection::Conn;
use crate::error::{StorageError, StoreFailure};
use crate::exposure::{self, Exposures};
use address::Address;

pub use driver::PgConnection;
pub(crate) use server::has_table;

/// How many connections one store keeps at most.
const CONNECTIONS: u32 = 8;

/// How long a caller waits for a free connection or for the server to come back.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often a transaction is repeated that came into another one's way.
const TRIES: u32 = 24;

/// The longest pause before a repetition.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// Every write is as if it ran alone. Weaker levels would let a ballot slip in beside the closing of the box.
const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";

/// Each statement sees what was committed before it, and tests its condition again on a row that somebody else has just changed.
const BEGIN_CONDITIONAL_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// One state for all statements of a reader, and one that fits the order of the writers: a mere snapshot could show that a wave has stopped issuing and
/// still miss a credential that is issued a moment later.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY";

/// The same for a reader that takes long: the server waits for a state that fits the order of the writers, and remembers nothing of what is read after that.
const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE";

/// Where a server does not know the former.
const BEGIN_PLAIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// An open database on a PostgreSQL server.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: Pool<Manager>,
    /// Threads of this process wait here for their turn, so that only one of them keeps a connection for it.
    turns: Arc<Mutex<bool>>,
    waiting: Arc<std::sync::Condvar>,
}

/// A connection whose transaction holds the lock on the turn's table; the server frees it when the connection ends, for whatever reason.
pub(crate) struct PostgresTurn {
    connection: Option<PooledConnection<Manager>>,
    turns: Arc<Mutex<bool>>,
    waiting: Arc<std::sync::Condvar>,
}

/// Makes connections for the pool.
struct Manager(Address);

/// A connection and whether something happened to it after which its state is not known.
struct Link {
    connection: PgConnection,
    broken: bool,
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = StorageError;

    fn connect(&self) -> Result<Link, StorageError> {
        let mut connection = driver::connect(&self.0)?;
        server::settle(&mut connection)?;
        Ok(Link { connection, broken: false })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), StorageError> {
        Ok(link.connection.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.broken
    }
}

impl Postgres {
    pub(crate) fn check_url(url: &str) -> Result<(), StorageError> {
        Address::parse(url).map(drop)
    }

    pub(crate) fn open(url: &str) -> Result<Self, StorageError> {
        let manager = Manager(Address::parse(url)?);
        // One connection alone first: its errors are clearer than the pool's, and they come at once.
        drop(manager.connect()?);
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(PATIENCE)
            .error_handler(Box::new(Quiet))
            .build(manager)
            .map_err(|e| StorageError::Unavailable(e.to_string()))?;
        Ok(Self { pool, turns: Arc::default(), waiting: Arc::default() })
    }

    pub(crate) fn write<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.until_undisturbed(BEGIN_WRITE, work)
    }

    pub(crate) fn write_conditionally<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.until_undisturbed(BEGIN_CONDITIONAL_WRITE, work)
    }

    pub(crate) fn read<T, E: StoreFailure>(&self, work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.until_undisturbed(BEGIN_READ, work)
    }

    pub(crate) fn write_once<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        self.once(BEGIN_WRITE, &mut work)
    }

    pub(crate) fn snapshot<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let knows = self.query(|conn| match conn {
            Conn::Postgres(connection) => {
                let begun = connection.batch_execute(BEGIN_SNAPSHOT).is_ok();
                Ok::<_, StorageError>(connection.batch_execute("ROLLBACK").map(|()| begun)?)
            }
            Conn::Sqlite(_) => Ok(false),
        })?;
        self.once(if knows { BEGIN_SNAPSHOT } else { BEGIN_PLAIN_SNAPSHOT }, &mut work)
    }

    /// Repeats `work` when the server says that another transaction came between (SQLSTATE 40001, 40P01), after a random pause.
    fn until_undisturbed<T, E: StoreFailure>(&self, begin: &str, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut tries = 0;
        loop {
            tries += 1;
            let result = self.once(begin, &mut work);
            match &result {
                Err(failure) if tries < TRIES && failure.storage().is_some_and(StorageError::is_contention) => pause(tries),
                _ => return result,
            }
        }
    }

    pub(crate) fn query<T, E: StoreFailure>(&self, mut work: impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        // A connection that died while it lay idle shows it at the first statement; a reader can simply take another.
        for _ in 0..CONNECTIONS {
            let mut link = self.link()?;
            match work(&mut Conn::Postgres(&mut link.connection)) {
                Err(failure) if failure.storage().is_some_and(StorageError::is_unavailable) => link.broken = true,
                result => return result,
            }
        }
        work(&mut Conn::Postgres(&mut self.link()?.connection))
    }

    fn once<T, E: StoreFailure>(&self, begin: &str, work: &mut impl FnMut(&mut Conn<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut link = self.begun(begin)?;
        // A panic in the work leaves the transaction open: the pool must not hand such a connection out again.
        link.broken = true;
        match work(&mut Conn::Postgres(&mut link.connection)) {
            Ok(value) => {
                let committed = link.connection.batch_execute("COMMIT").map_err(StorageError::from);
                // After a failed commit that the server has answered, the transaction is over as well.
                link.broken = matches!(&committed, Err(cause) if !cause.is_contention());
                committed?;
                Ok(value)
            }
            Err(failure) => match link.connection.batch_execute("ROLLBACK") {
                Ok(()) => {
                    link.broken = false;
                    Err(failure)
                }
                // The connection is gone, so the work failed for that reason whatever it said, and the server has rolled back.
                Err(gone) if failure.storage().is_some() => Err(StorageError::Unavailable(StorageError::from(gone).to_string()).into()),
                Err(_) => Err(failure),
            },
        }
    }

    /// A connection in a fresh transaction. Connections that died while they lay idle are thrown away on the way.
    fn begun(&self, begin: &str) -> Result<PooledConnection<Manager>, StorageError> {
        for _ in 0..CONNECTIONS {
            let mut link = self.link()?;
            match link.connection.batch_execute(begin) {
                Ok(()) => return Ok(link),
                Err(_) => link.broken = true,
            }
        }
        let mut link = self.link()?;
        link.connection.batch_execute(begin).inspect_err(|_| link.broken = true).map_err(StorageError::from)?;
        Ok(link)
    }

    fn link(&self) -> Result<PooledConnection<Manager>, StorageError> {
        self.pool.get().map_err(|e| StorageError::Unavailable(format!("no connection within {} seconds: {e}", PATIENCE.as_secs())))
    }

    pub(crate) fn turn(&self) -> Result<PostgresTurn, StorageError> {
        let mut taken = lock(&self.turns);
        while *taken {
            taken = self.waiting.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken = true;
        drop(taken);
        // From here on the drop of this value gives the turn back, whatever fails.
        let mut turn = PostgresTurn { connection: None, turns: self.turns.clone(), waiting: self.waiting.clone() };
        let mut link = self.begun("BEGIN ISOLATION LEVEL READ COMMITTED")?;
        link.broken = true;
        server::wait_for_turn(&mut link.connection)?;
        turn.connection = Some(link);
        Ok(turn)
    }

    pub(crate) fn rewrite(&self) -> Result<(), StorageError> {
        let mut link = self.link()?;
        // Not repeated: a table that others read all the time would be waited for again and again, with all its readers behind.
        rewriting::rewrite(&mut link.connection).inspect_err(|_| link.broken = true)
    }

    pub(crate) fn integrity_check(&self) -> Result<(), StorageError> {
        self.read(|conn| match conn {
            Conn::Postgres(connection) => server::integrity_check(connection),
            Conn::Sqlite(_) => Ok(()),
        })
    }

    pub(crate) fn cluster(&self) -> Result<Option<String>, StorageError> {
        self.query(|conn| match conn {
            Conn::Postgres(connection) => server::cluster(connection),
            Conn::Sqlite(_) => Ok(None),
        })
    }

    // Each look is a statement of its own outside a transaction, so that one that is refused spoils none of the others.
    pub(crate) fn exposures(&self) -> Result<Exposures, StorageError> {
        self.query(|conn| match conn {
            Conn::Postgres(connection) => exposure::of_server(connection),
            Conn::Sqlite(_) => Ok(Exposures::default()),
        })
    }

    pub(crate) fn role(&self) -> Result<Option<String>, StorageError> {
        self.query(|conn| match conn {
            Conn::Postgres(connection) => exposure::role(connection),
            Conn::Sqlite(_) => Ok(None),
        })
    }
}

impl Drop for PostgresTurn {
    fn drop(&mut self) {
        if let Some(mut link) = self.connection.take() {
            // A connection that cannot roll back is not given back to the pool, and the server frees the lock by itself.
            link.broken = link.connection.batch_execute("ROLLBACK").is_err();
        }
        *lock(&self.turns) = false;
        self.waiting.notify_one();
    }
}

impl fmt::Debug for PostgresTurn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresTurn").finish_non_exhaustive()
    }
}

/// The pool's own reports would repeat what the callers get as errors, once per try.
#[derive(Debug)]
struct Quiet;

impl diesel::r2d2::HandleError<StorageError> for Quiet {
    fn handle_error(&self, cause: StorageError) {
        tracing::debug!(%cause, "a connection to the database could not be made");
    }
}

fn lock(turns: &Mutex<bool>) -> MutexGuard<'_, bool> {
    // The flag is set and cleared in single assignments, so a panic cannot leave it half-changed.
    turns.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Doubles the span with every try and takes a random part of it, so that two who met once do not meet again.
fn pause(tries: u32) {
    let longest = Duration::from_millis(1 << tries.min(8)).min(LONGEST_PAUSE);
    std::thread::sleep(longest.mul_f64(rand::rng().random_range(0.1..1.0)));
}
