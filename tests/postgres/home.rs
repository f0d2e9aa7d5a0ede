//! A fresh database on the engine of this run, for tests that hold on both engines.

use std::path::Path;

use crate::{Cluster, TestDatabase};

/// The database engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The engine inside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// The engine of this run: what the variable `TEST_ENGINE` says, SQLite without it.
///
/// # Panics
/// When the variable says something else.
#[must_use]
pub fn engine() -> Engine {
    match std::env::var("TEST_ENGINE").as_deref() {
        Err(_) | Ok("sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok(other) => panic!("TEST_ENGINE is {other:?}: write sqlite or postgres"),
    }
}

/// Where a database of a test lives; gone when this is dropped.
#[derive(Debug)]
pub enum Home {
    /// A file of this name in a folder of its own.
    Folder(tempfile::TempDir, &'static str),
    /// A database of the shared cluster.
    Database(TestDatabase<'static>),
}

impl Home {
    /// A place without a database yet, or an empty database.
    ///
    /// # Panics
    /// When the place cannot be made.
    #[must_use]
    pub fn on(engine: Engine, file: &'static str) -> Self {
        match engine {
            Engine::Sqlite => Self::Folder(tempfile::tempdir().unwrap(), file),
            Engine::Postgres => Self::Database(Cluster::shared().database()),
        }
    }

    /// The address for the program.
    #[must_use]
    pub fn url(&self) -> String {
        match self {
            Self::Folder(folder, file) => format!("sqlite://{}/{file}", folder.path().display()),
            Self::Database(database) => database.url(),
        }
    }

    /// The folder that holds nothing but the files of the database.
    ///
    /// # Panics
    /// On an engine that is a server: its files do not belong to one database.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(folder, _) => folder.path(),
            Self::Database(_) => panic!("this test reads the files of SQLite: leave it out with --skip bytes_on_disk::"),
        }
    }
}
