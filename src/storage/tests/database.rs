//! The promises of a database, checked on real files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod fixture;

use std::path::Path;
use std::thread;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::{Moment, WaveId};
use fixture::{ID, OTHERS, TALLIES, amount, insert, tally};
use proptest::prelude::*;
use storage::{Database, Json, StorageError, bind, check_url, on_each};
use tempfile::TempDir;

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}/store.db", folder.path().display())
}

fn opened() -> (TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&url(&folder)).unwrap();
    database.migrate(&TALLIES).unwrap();
    (folder, database)
}

fn pragma(database: &Database, setting: &str) -> i64 {
    database.read(|conn| Ok::<_, StorageError>(on_each!(conn, |c| sql::<BigInt>(&format!("PRAGMA {setting}")).get_result(c))?)).unwrap()
}

fn contains(path: &Path, needle: &[u8]) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[test]
fn every_connection_has_the_settings_that_the_promises_depend_on() {
    let (_folder, database) = opened();
    thread::scope(|scope| {
        // Several connections at once, so that more than the first one is looked at.
        for _ in 0..6 {
            scope.spawn(|| {
                for (setting, value) in [
                    ("synchronous", 2),
                    ("secure_delete", 1),
                    ("foreign_keys", 1),
                    ("trusted_schema", 0),
                    ("temp_store", 2),
                    ("busy_timeout", 5_000),
                ] {
                    assert_eq!(pragma(&database, setting), value, "{setting}");
                }
                let journal: String = database
                    .read(|conn| Ok::<_, StorageError>(on_each!(conn, |c| sql::<Text>("PRAGMA journal_mode").get_result(c))?))
                    .unwrap();
                assert_eq!(journal, "wal");
            });
        }
    });
}

#[test]
fn a_url_that_could_be_a_typo_is_refused_and_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db").display().to_string();
    for wrong in [
        path.clone(),
        format!("sqlite:{path}"),
        format!("sqlite3://{path}"),
        "sqlite://store.db".to_owned(),
        format!("sqlite://{path}?mode=rw"),
        String::new(),
    ] {
        assert!(matches!(Database::open(&wrong), Err(StorageError::Url(_))), "{wrong}");
        assert!(matches!(check_url(&wrong), Err(StorageError::Url(_))), "{wrong}");
    }
    check_url(&format!("sqlite://{path}")).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_password_in_a_url_never_reaches_the_message() {
    for url in ["mysql://candor:hunter2@db/candor", "postgres://candor:hunter2@127.0.0.1:1/candor"] {
        let Err(error) = Database::open(url) else { panic!("{url} was opened") };
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let Err(error) = Database::open(&format!("sqlite://{}/nowhere/store.db", folder.path().display())) else { panic!("opened") };
    assert!(error.is_unavailable() && error.to_string().contains("nowhere"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_new_database_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, database) = opened();
    database.write(|conn| insert(conn, ID, 1, None, "")).unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.file_name());
    }
}

#[test]
fn a_file_that_is_no_database_is_reported_as_such() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("store.db"), vec![b'x'; 4096]).unwrap();
    let Err(error) = Database::open(&url(&folder)) else { panic!("opened") };
    assert!(matches!(error, StorageError::Corrupt(_)), "{error}");
}

#[test]
fn eight_writers_that_read_before_they_write_lose_nothing() {
    let (folder, database) = opened();
    database.write(|conn| insert(conn, ID, 0, None, "")).unwrap();
    // Two handles do not share the queue of writers, like two processes.
    let other = Database::open(&url(&folder)).unwrap();
    thread::scope(|scope| {
        for worker in 0..8 {
            let database = if worker % 2 == 0 { &database } else { &other };
            scope.spawn(move || {
                for _ in 0..25 {
                    database
                        .write(|conn| {
                            let next = amount(conn)? + 1;
                            on_each!(conn, |c| diesel::update(tally::table).set(tally::amount.eq(bind(next))).execute(c))?;
                            Ok::<_, StorageError>(())
                        })
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(database.read(amount).unwrap(), 200);
}

#[test]
fn a_failed_write_changes_nothing_and_keeps_its_own_error() {
    let (_folder, database) = opened();
    let result = database.write(|conn| {
        insert(conn, ID, 5, None, "")?;
        Err::<(), _>(StorageError::Query("on purpose".to_owned()))
    });
    assert_eq!(result, Err(StorageError::Query("on purpose".to_owned())));
    assert!(database.read(amount).is_err());
    database.write(|conn| insert(conn, ID, 5, None, "")).unwrap();
    assert!(matches!(database.write(|conn| insert(conn, ID, 6, None, "")), Err(StorageError::Conflict(_))));
}

#[test]
fn migrations_run_once_and_a_database_of_another_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&url(&folder)).unwrap();
    assert_eq!(database.pending(&TALLIES).unwrap(), ["00000000000001"]);
    assert_eq!(database.migrate(&TALLIES).unwrap(), ["00000000000001"]);
    assert!(database.pending(&TALLIES).unwrap().is_empty());
    assert!(database.migrate(&TALLIES).unwrap().is_empty());
    for refused in [database.pending(&OTHERS), database.migrate(&OTHERS)] {
        assert!(matches!(&refused, Err(StorageError::Structure(why)) if why.contains("exchanged")), "{refused:?}");
    }
}

#[test]
fn the_file_does_not_say_when_it_was_migrated() {
    let (_folder, database) = opened();
    let columns: Vec<String> = database
        .read(|conn| {
            Ok::<_, StorageError>(
                on_each!(conn, |c| sql::<Text>("SELECT name FROM pragma_table_info('__diesel_schema_migrations')").load(c))?
            )
        })
        .unwrap();
    assert_eq!(columns, ["version"]);
}

#[test]
fn after_a_rewrite_deleted_bytes_are_in_neither_file() {
    let (folder, database) = opened();
    let needle = "a very particular sentence ".repeat(400);
    database.write(|conn| insert(conn, ID, 1, None, &needle)).unwrap();
    let files = || ["store.db", "store.db-wal"].map(|file| contains(&folder.path().join(file), b"very particular"));
    assert!(files().contains(&true), "the check itself must find what is there");
    database.rewrite().unwrap();
    assert_eq!(files(), [true, false], "a rewrite moves everything out of the log");
    database
        .write(|conn| {
            on_each!(conn, |c| diesel::delete(tally::table).execute(c))?;
            Ok::<_, StorageError>(())
        })
        .unwrap();
    database.rewrite().unwrap();
    assert_eq!(files(), [false, false]);
    database.integrity_check().unwrap();
}

#[test]
fn a_rewrite_that_a_reader_holds_up_says_so() {
    let (folder, database) = opened();
    database.write(|conn| insert(conn, ID, 1, None, "")).unwrap();
    let mut reader = SqliteConnection::establish(&folder.path().join("store.db").display().to_string()).unwrap();
    reader.batch_execute("BEGIN; SELECT * FROM tally").unwrap();
    database
        .write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| diesel::update(tally::table).set(tally::amount.eq(bind(2))).execute(c))?))
        .unwrap();
    let held_up = database.rewrite().unwrap_err();
    assert!(held_up.is_unavailable() && held_up.to_string().contains("repeat"), "{held_up}");
    reader.batch_execute("COMMIT").unwrap();
    database.rewrite().unwrap();
}

#[test]
fn a_stored_value_that_breaks_its_rule_is_corrupt_and_not_shown() {
    let (_folder, database) = opened();
    database.write(|conn| insert(conn, ID, 1, None, "")).unwrap();
    for spoil in
        ["UPDATE tally SET amount = -1", "UPDATE tally SET amount = 1, label = 'Eve & Co'", "UPDATE tally SET label = 'x', doc = '{Eve}'"]
    {
        database.write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| c.batch_execute(spoil))?)).unwrap();
        let loaded = database.read(|conn| {
            Ok::<_, StorageError>(on_each!(conn, |c| tally::table.first::<([u8; 16], WaveId, u32, Option<Moment>, Json<String>)>(c))?)
        });
        let Err(StorageError::Corrupt(message)) = loaded else { panic!("{spoil}: {loaded:?}") };
        assert!(!message.contains("Eve"), "{message}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_written_is_what_is_read(amount: u32, at in proptest::option::of(any::<i64>()), doc in ".*") {
        let (_folder, database) = opened();
        let at = at.map(Moment::from_micros);
        database.write(|conn| insert(conn, ID, amount, at, &doc)).unwrap();
        let row: ([u8; 16], WaveId, u32, Option<Moment>, Json<String>) =
            database.read(|conn| Ok::<_, StorageError>(on_each!(conn, |c| tally::table.first(c))?)).unwrap();
        prop_assert_eq!(row, (ID, WaveId::parse("2026-q4").unwrap(), amount, at, Json(doc)));
    }
}
