//! One connection, whichever engine it leads to.

use diesel::sqlite::SqliteConnection;

pub use crate::postgres::PgConnection;

/// The database engines that this program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The engine inside the program; the database is one file.
    Sqlite,
    /// A server that speaks PostgreSQL's protocol and SQL.
    Postgres,
}

/// A connection inside a transaction. Query bodies reach the engine through [`on_each!`](crate::on_each!).
pub enum Conn<'c> {
    /// A connection to SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// A connection to PostgreSQL.
    Postgres(&'c mut PgConnection),
}

impl Conn<'_> {
    /// The engine, for the few statements that cannot be portable.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// What a step in the life of a wave did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// The step is taken, and on the disk.
    Done,
    /// The step had been taken before; nothing was changed.
    AlreadyDone,
}

/// Compiles a query body once per engine and runs the one of the connection at hand.
///
/// `on_each!(conn, |c| people::table.count().get_result::<i64>(c))` binds `c` to the engine's own connection.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, |$engine:ident| $body:expr) => {
        match &mut *$conn {
            $crate::Conn::Sqlite(connection) => {
                let $engine = &mut **connection;
                $body
            }
            $crate::Conn::Postgres(connection) => {
                let $engine = &mut **connection;
                $body
            }
        }
    };
}
