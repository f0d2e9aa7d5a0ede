//! Flaws on purpose, for the attacks of tests/attack: they must find each of them. Compiled with the feature `planted` only, and the variable
//! `PLANTED_FLAW` chooses one.

use diesel::connection::SimpleConnection;
use storage::{Conn, Database, Engine, StorageError, on_each};

/// Whether this flaw was asked for.
#[must_use]
pub fn is_chosen(flaw: &str) -> bool {
    std::env::var("PLANTED_FLAW").is_ok_and(|chosen| chosen == flaw)
}

/// A ballot table that numbers its rows.
pub(crate) fn at_launch(conn: &mut Conn<'_>) -> Result<(), StorageError> {
    if !is_chosen("rowid-table") || conn.engine() != Engine::Sqlite {
        return Ok(());
    }
    let sql = "DROP TABLE ballot;
        CREATE TABLE ballot (nonce BLOB NOT NULL PRIMARY KEY, group_no INTEGER NOT NULL, mac BLOB NOT NULL, ct BLOB NOT NULL) STRICT;";
    Ok(on_each!(conn, |c| c.batch_execute(sql))?)
}

/// Leaves the ballots where they are at the close, or what is deleted in the file.
pub(crate) fn keeps_its_order(conn: &mut Conn<'_>) -> Result<bool, StorageError> {
    if is_chosen("secure-delete-off") && conn.engine() == Engine::Sqlite {
        on_each!(conn, |c| c.batch_execute("PRAGMA secure_delete = OFF"))?;
    }
    Ok(is_chosen("rowid-table") || is_chosen("not-rewritten") || is_chosen("only-deleted"))
}

/// Deletes the ballots where their table would be dropped, and leaves their bytes where they are.
pub(crate) fn only_deletes(conn: &mut Conn<'_>) -> Result<bool, StorageError> {
    if !is_chosen("only-deleted") {
        return Ok(false);
    }
    let sql = match conn.engine() {
        Engine::Sqlite => "PRAGMA secure_delete = OFF; DELETE FROM ballot",
        // A server clears up at some time; the attack must not depend on when.
        Engine::Postgres => "ALTER TABLE ballot SET (autovacuum_enabled = off, toast.autovacuum_enabled = off); DELETE FROM ballot",
    };
    on_each!(conn, |c| c.batch_execute(sql))?;
    Ok(true)
}

/// What is done where the file would be written anew.
pub(crate) fn instead_of_rewriting(database: &Database) -> Option<Result<(), StorageError>> {
    let sql = match database.engine() {
        Engine::Postgres => (is_chosen("not-rewritten") || is_chosen("only-deleted")).then_some("SELECT 1")?,
        // Its log is not emptied afterwards.
        Engine::Sqlite if is_chosen("log-kept") => "VACUUM",
        // Only so that the file holds what is to be found in it, and not its log alone.
        Engine::Sqlite => {
            let flaws = ["not-rewritten", "secure-delete-off", "only-deleted"];
            flaws.into_iter().any(is_chosen).then_some("PRAGMA wal_checkpoint(TRUNCATE)")?
        }
    };
    Some(database.query(|conn| on_each!(conn, |c| c.batch_execute(sql)).map_err(StorageError::from)))
}
