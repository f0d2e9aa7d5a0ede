//! The structure of a database: which migrations it has seen and which it lacks.

use std::collections::BTreeMap;

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel_migrations::EmbeddedMigrations;

use crate::connection::Conn;
use crate::error::StorageError;
use crate::{on_each, postgres, sqlite};

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Diesel's own table also notes when each migration ran. This one does not, so that the ballot side's file holds no times at all.
const SQLITE_BOOKKEEPING: &str =
    "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (version TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID";

/// The same, and the one row that is locked by whoever has the turn.
const POSTGRES_BOOKKEEPING: &str =
    "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (version text COLLATE \"C\" NOT NULL PRIMARY KEY);
CREATE TABLE IF NOT EXISTS candor_turn (one boolean NOT NULL PRIMARY KEY CHECK (one));
INSERT INTO candor_turn (one) VALUES (true) ON CONFLICT DO NOTHING";

/// The migrations of one store, per engine, embedded in the program. Both engines have the same versions.
pub struct Migrations {
    /// The store's name for messages.
    pub store: &'static str,
    /// The migrations for SQLite.
    pub sqlite: fn() -> EmbeddedMigrations,
    /// The migrations for PostgreSQL.
    pub postgres: fn() -> EmbeddedMigrations,
}

type Known<DB> = BTreeMap<MigrationVersion<'static>, Box<dyn Migration<DB>>>;

fn known<DB: Backend>(source: &EmbeddedMigrations) -> Result<Known<DB>, StorageError> {
    let all: Vec<Box<dyn Migration<DB>>> = source.migrations().map_err(|e| StorageError::Structure(e.to_string()))?;
    let mut known = Known::new();
    for migration in all {
        let version = migration.name().version().as_owned();
        if known.contains_key(&version) {
            return Err(StorageError::Structure(format!("two migrations of this program call themselves {version}")));
        }
        known.insert(version, migration);
    }
    Ok(known)
}

impl Migrations {
    /// Takes away what was applied; refuses a database with migrations that this store does not know.
    fn missing<DB: Backend>(&self, mut known: Known<DB>, applied: Vec<String>) -> Result<Known<DB>, StorageError> {
        for version in applied {
            if known.remove(&MigrationVersion::from(version.as_str()).as_owned()).is_none() {
                return Err(StorageError::Structure(format!(
                    "it has seen migration {version}, which the {} store does not know. Either the two storage URLs are exchanged, or the database was made by a newer version",
                    self.store
                )));
            }
        }
        Ok(known)
    }

    pub(crate) fn pending(&self, conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
        let applied = applied(conn)?;
        Ok(match conn {
            Conn::Sqlite(_) => versions(&self.missing::<diesel::sqlite::Sqlite>(known(&(self.sqlite)())?, applied)?),
            Conn::Postgres(_) => versions(&self.missing::<diesel::pg::Pg>(known(&(self.postgres)())?, applied)?),
        })
    }

    /// The versions that the database has seen; refuses a database with others than this store's.
    pub(crate) fn seen(&self, conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
        self.pending(conn)?;
        let mut seen = applied(conn)?;
        seen.sort();
        Ok(seen)
    }

    /// One of these versions that this program does not know.
    pub(crate) fn unknown(&self, versions: &[String]) -> Result<Option<String>, StorageError> {
        let known = known::<diesel::sqlite::Sqlite>(&(self.sqlite)())?;
        Ok(versions.iter().find(|version| !known.contains_key(&MigrationVersion::from(version.as_str()).as_owned())).cloned())
    }

    pub(crate) fn apply(&self, conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
        self.apply_if(conn, |_| true)
    }

    /// Applies these versions alone, to a database that has seen none.
    pub(crate) fn apply_only(&self, conn: &mut Conn<'_>, versions: &[String]) -> Result<Vec<String>, StorageError> {
        self.apply_if(conn, |version| versions.contains(&version.to_string()))
    }

    fn apply_if(&self, conn: &mut Conn<'_>, wanted: impl Fn(&MigrationVersion<'_>) -> bool) -> Result<Vec<String>, StorageError> {
        let applied = applied(conn)?;
        let failed = |version: &MigrationVersion<'_>, e| StorageError::Query(format!("migration {version}: {e}"));
        let new = match conn {
            Conn::Sqlite(c) => {
                let mut missing = self.missing(known(&(self.sqlite)())?, applied)?;
                missing.retain(|version, _| wanted(version));
                c.batch_execute(SQLITE_BOOKKEEPING)?;
                missing.iter().try_for_each(|(version, migration)| migration.run(*c).map_err(|e| failed(version, e)))?;
                versions(&missing)
            }
            Conn::Postgres(c) => {
                let mut missing = self.missing(known(&(self.postgres)())?, applied)?;
                missing.retain(|version, _| wanted(version));
                c.batch_execute(POSTGRES_BOOKKEEPING)?;
                missing.iter().try_for_each(|(version, migration)| migration.run(*c).map_err(|e| failed(version, e)))?;
                versions(&missing)
            }
        };
        for version in &new {
            on_each!(conn, |c| diesel::insert_into(__diesel_schema_migrations::table)
                .values(__diesel_schema_migrations::version.eq(version))
                .execute(c))?;
        }
        Ok(new)
    }
}

fn versions<DB: Backend>(migrations: &Known<DB>) -> Vec<String> {
    migrations.keys().map(ToString::to_string).collect()
}

/// The versions that a database has seen; none before the first.
fn applied(conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
    let there = match conn {
        Conn::Sqlite(c) => sqlite::has_table(c, "__diesel_schema_migrations")?,
        Conn::Postgres(c) => postgres::has_table(c, "__diesel_schema_migrations")?,
    };
    if !there {
        return Ok(Vec::new());
    }
    Ok(on_each!(conn, |c| __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(c))?)
}
