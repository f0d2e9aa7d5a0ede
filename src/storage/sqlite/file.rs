//! What only SQLite needs: its URL, its settings, its maintenance.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::sqlite::SqliteConnection;

use crate::error::StorageError;

/// How long SQLite waits for another process's lock, in milliseconds.
const BUSY_TIMEOUT: i64 = 5_000;

/// The settings of every connection with the values that must be read back.
///
/// `temp_store=MEMORY` (2) keeps `VACUUM` and sorting from writing rows into a temporary file.
const SETTINGS: &[(&str, &str, i64)] = &[
    ("busy_timeout", "5000", BUSY_TIMEOUT),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
];

/// The path in `sqlite:///path`.
pub(crate) fn path_of(url: &str) -> Result<PathBuf, StorageError> {
    // A bare path is refused, so that a typo cannot silently become a new empty file.
    let Some(path) = url.strip_prefix("sqlite://") else {
        let scheme = url.split_once("://").map_or("no scheme", |(scheme, _)| scheme);
        return Err(StorageError::Url(format!(
            "it has {scheme}: write sqlite:// and an absolute path, for instance sqlite:///var/lib/candor/identity.db, or postgres://user@host:5432/database"
        )));
    };
    let usable = path.starts_with('/') && !path.starts_with("//") && !path.ends_with('/') && !path.contains(['?', '#', '%', '\0']);
    if usable {
        Ok(PathBuf::from(path))
    } else {
        Err(StorageError::Url(format!(
            "{path:?} is not an absolute path to a file without ? # %: write for instance sqlite:///var/lib/candor/identity.db"
        )))
    }
}

/// Makes the file for its owner only when it is missing, and gives the address for the driver.
pub(crate) fn prepare_file(path: &Path) -> Result<String, StorageError> {
    let unavailable = |cause: &dyn std::fmt::Display| StorageError::Unavailable(format!("{}: {cause}", path.display()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => {}
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(unavailable(&"the folder does not exist; make it first"));
        }
        Err(e) => return Err(unavailable(&e)),
    }
    path.to_str().map(str::to_owned).ok_or_else(|| unavailable(&"the path is not UTF-8"))
}

/// Sets what the promises depend on and reads it back.
pub(crate) fn settle(connection: &mut SqliteConnection) -> Result<(), StorageError> {
    for (setting, value, _) in SETTINGS {
        connection.batch_execute(&format!("PRAGMA {setting} = {value}"))?;
    }
    connection.batch_execute("PRAGMA journal_mode = WAL")?;
    let journal: String = sql::<Text>("PRAGMA journal_mode").get_result(connection)?;
    if journal != "wal" {
        return Err(StorageError::Unsafe(format!("journal_mode is {journal} instead of wal; the file system may not support it")));
    }
    for (setting, _, expected) in SETTINGS {
        let found: i64 = sql::<BigInt>(&format!("PRAGMA {setting}")).get_result(connection)?;
        if found != *expected {
            return Err(StorageError::Unsafe(format!("{setting} is {found} instead of {expected}")));
        }
    }
    Ok(())
}

/// `VACUUM` writes every table anew in key order; the checkpoint brings it into the file and cuts the log to nothing.
pub(crate) fn rewrite(connection: &mut SqliteConnection) -> Result<(), StorageError> {
    connection.batch_execute("VACUUM")?;
    let (busy, _, _): (i32, i32, i32) = sql::<(Integer, Integer, Integer)>("PRAGMA wal_checkpoint(TRUNCATE)").get_result(connection)?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StorageError::Unavailable(
            "another connection is reading, so the write-ahead log could not be emptied; repeat the command".to_owned(),
        ))
    }
}

/// SQLite's own checks of pages, indexes, types and references.
pub(crate) fn integrity_check(connection: &mut SqliteConnection) -> Result<(), StorageError> {
    let findings: Vec<String> = sql::<Text>("PRAGMA integrity_check(10)").load(connection)?;
    if findings != ["ok"] {
        return Err(StorageError::Corrupt(findings.join("; ")));
    }
    let orphans: i64 = sql::<BigInt>("SELECT count(*) FROM pragma_foreign_key_check").get_result(connection)?;
    if orphans > 0 {
        return Err(StorageError::Corrupt(format!("{orphans} rows refer to a row that does not exist")));
    }
    Ok(())
}

/// Whether a table exists.
pub(crate) fn has_table(connection: &mut SqliteConnection, table: &str) -> QueryResult<bool> {
    let found: i64 = sql::<BigInt>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ")
        .bind::<Text, _>(table)
        .get_result(connection)?;
    Ok(found > 0)
}
