//! What only a PostgreSQL server needs: its settings, its maintenance.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{BigInt, Bool, Text};

use rand::RngExt;

use super::PgConnection;
use crate::error::StorageError;

/// Settings of every connection. Waiting for a lock or a statement ends at some time, so that a stuck server becomes an error instead of silence.
const SETTINGS: &str =
    "SET synchronous_commit = on; SET lock_timeout = '30s'; SET statement_timeout = '120s'; SET standard_conforming_strings = on";

/// Sets what the promises depend on and reads it back.
pub(super) fn settle(connection: &mut PgConnection) -> Result<(), StorageError> {
    connection.batch_execute(SETTINGS)?;
    let commit = setting(connection, "synchronous_commit")?;
    if commit.as_deref().is_some_and(|value| !matches!(value, "on" | "remote_apply" | "remote_write" | "local")) {
        return Err(StorageError::Unsafe("synchronous_commit could not be switched on: an acknowledged answer could be lost".to_owned()));
    }
    if setting(connection, "fsync")?.as_deref() == Some("off") {
        return Err(StorageError::Unsafe(
            "the server runs with fsync = off: an acknowledged answer could be lost. Set fsync = on".to_owned(),
        ));
    }
    // Some refusals can be told apart only by their words, and the words depend on the server's language.
    if setting(connection, "lc_messages")?.is_some_and(|language| !is_english(&language))
        && connection.batch_execute("SET lc_messages = 'C'").is_err()
    {
        tracing::warn!(
            "the database server speaks another language than English, so that a full disk or a stop cannot be told from other faults: run ALTER ROLE ... SET lc_messages = 'C' as its administrator"
        );
    }
    Ok(())
}

fn is_english(language: &str) -> bool {
    language.is_empty() || language.starts_with("en") || language.starts_with("C") || language == "POSIX"
}

/// The value of a setting; `None` where the server does not know it.
fn setting(connection: &mut PgConnection, name: &str) -> QueryResult<Option<String>> {
    sql::<diesel::sql_types::Nullable<Text>>("SELECT current_setting(").bind::<Text, _>(name).sql(", true)").get_result(connection)
}

/// Waits for the turn, for as long as that takes, in a session that ends soon after its process or its machine does.
///
/// The table is locked, and no row of it: a transaction that has locked a row counts as one that may still look at what was deleted since it began,
/// and `VACUUM FULL` during a turn would carry deleted rows over. Whoever waits asks again and again for the same reason: a statement that waits keeps
/// its look at the catalogue. A server that cannot lock a table has no `VACUUM FULL` either.
pub(super) fn wait_for_turn(connection: &mut PgConnection) -> Result<(), StorageError> {
    // Not every server has these; without them a machine that vanished keeps its turn until the server notices.
    for option in [
        "lock_timeout = 0",
        "statement_timeout = 0",
        "idle_in_transaction_session_timeout = 0",
        "tcp_keepalives_idle = 15",
        "tcp_keepalives_interval = 5",
        "tcp_keepalives_count = 3",
    ] {
        attempt(connection, &format!("SET LOCAL {option}"))?;
    }
    loop {
        match attempt(connection, "LOCK TABLE candor_turn IN EXCLUSIVE MODE NOWAIT")? {
            None => return Ok(()),
            Some(words) if words.contains("could not obtain lock") => {
                std::thread::sleep(Duration::from_millis(rand::rng().random_range(20..100)));
            }
            Some(_) => {
                let _rows: Vec<bool> = sql::<Bool>("SELECT one FROM candor_turn FOR UPDATE").load(connection)?;
                return Ok(());
            }
        }
    }
}

/// Runs a statement that a server may refuse, without spoiling the transaction; what it said when it did.
fn attempt(connection: &mut PgConnection, statement: &str) -> Result<Option<String>, StorageError> {
    match connection.batch_execute(&format!("SAVEPOINT attempt; {statement}; RELEASE SAVEPOINT attempt")) {
        Ok(()) => Ok(None),
        Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)) => {
            connection.batch_execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")?;
            Ok(Some(information.message().to_owned()))
        }
        Err(cause) => Err(cause.into()),
    }
}

/// Every row of every table is read, and every reference between tables must be one that the server checks.
pub(super) fn integrity_check(connection: &mut PgConnection) -> Result<(), StorageError> {
    let unchecked: Vec<String> =
        sql::<Text>("SELECT conname::text FROM pg_catalog.pg_constraint WHERE NOT convalidated").load(connection)?;
    if !unchecked.is_empty() {
        return Err(StorageError::Corrupt(format!("rules that were never checked against the rows: {}", unchecked.join(", "))));
    }
    let tables: Vec<String> =
        sql::<Text>("SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1")
            .load(connection)?;
    for table in tables {
        // The text of a whole row takes every column out of the page, also those that are stored apart.
        let _bytes: i64 =
            sql::<BigInt>(&format!("SELECT coalesce(sum(length(t::text)), 0)::bigint FROM \"{table}\" t")).get_result(connection)?;
    }
    Ok(())
}

/// What tells one server's data from another's; `None` when this server does not say.
pub(super) fn cluster(connection: &mut PgConnection) -> Result<Option<String>, StorageError> {
    let found: QueryResult<String> =
        sql::<Text>("SELECT system_identifier::text FROM pg_catalog.pg_control_system()").get_result(connection);
    match found {
        Ok(identifier) => Ok(Some(identifier)),
        Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, _)) => Ok(None),
        Err(cause) => Err(cause.into()),
    }
}

/// Whether a table exists.
pub(crate) fn has_table(connection: &mut PgConnection, table: &str) -> QueryResult<bool> {
    let found: i64 =
        sql::<BigInt>("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = ")
            .bind::<Text, _>(table)
            .get_result(connection)?;
    Ok(found > 0)
}
