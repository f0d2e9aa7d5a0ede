//! The structure of a database: which migrations it has seen and which it lacks.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::EmbeddedMigrations;

use crate::connection::Conn;
use crate::error::StorageError;
use crate::sqlite;

diesel::table! {
    __diesel_schema_migrations (version) {
        version -> Text,
    }
}

/// Diesel's own table also notes when each migration ran. This one does not, so that the ballot side's file holds no times at all.
const BOOKKEEPING: &str = "CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (version TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID";

/// The migrations of one store, per engine, embedded in the program.
pub struct Migrations {
    /// The store's name for messages.
    pub store: &'static str,
    /// The migrations for SQLite.
    pub sqlite: fn() -> EmbeddedMigrations,
}

type Known = BTreeMap<MigrationVersion<'static>, Box<dyn Migration<Sqlite>>>;

impl Migrations {
    fn known(&self) -> Result<Known, StorageError> {
        let all: Vec<Box<dyn Migration<Sqlite>>> = (self.sqlite)().migrations().map_err(|e| StorageError::Structure(e.to_string()))?;
        Ok(all.into_iter().map(|m| (m.name().version().as_owned(), m)).collect())
    }

    /// What is missing, in order; refuses a database with migrations that this store does not know.
    fn missing(&self, connection: &mut SqliteConnection) -> Result<Known, StorageError> {
        let mut known = self.known()?;
        if !sqlite::has_table(connection, "__diesel_schema_migrations")? {
            return Ok(known);
        }
        let applied: Vec<String> = __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(connection)?;
        for version in applied {
            if known.remove(&MigrationVersion::from(version.as_str()).as_owned()).is_none() {
                return Err(StorageError::Structure(format!(
                    "it has seen migration {version}, which the {} store does not know. Either the two storage URLs are exchanged, or the file was made by a newer version",
                    self.store
                )));
            }
        }
        Ok(known)
    }

    pub(crate) fn pending(&self, conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
        match conn {
            Conn::Sqlite(c) => Ok(self.missing(c)?.into_keys().map(|version| version.to_string()).collect()),
        }
    }

    pub(crate) fn apply(&self, conn: &mut Conn<'_>) -> Result<Vec<String>, StorageError> {
        match conn {
            Conn::Sqlite(c) => {
                let mut applied = Vec::new();
                for (version, migration) in self.missing(c)? {
                    c.batch_execute(BOOKKEEPING)?;
                    migration.run(*c).map_err(|e| StorageError::Query(format!("migration {version}: {e}")))?;
                    diesel::insert_into(__diesel_schema_migrations::table)
                        .values(__diesel_schema_migrations::version.eq(version.to_string()))
                        .execute(*c)?;
                    applied.push(version.to_string());
                }
                Ok(applied)
            }
        }
    }
}
