//! What a rewriting leaves in the files of a PostgreSQL server, whoever else is at work on it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::prelude::*;
use storage::{Database, StorageError, on_each};
use test_postgres::{Cluster, TestDatabase};

use crate::fixture::{ID, TALLIES, amount, insert, tally};

/// A test that fails must not leave the others of its threads waiting.
const LONGEST: Duration = Duration::from_secs(20);

fn opened() -> (TestDatabase<'static>, Database) {
    let server = Cluster::shared().database();
    let database = Database::open(&server.url()).unwrap();
    database.migrate(&TALLIES).unwrap();
    (server, database)
}

fn file_holds_it(server: &TestDatabase<'_>) -> bool {
    server.sql("CHECKPOINT");
    let file = server.sql("SELECT current_setting('data_directory') || '/' || pg_relation_filepath('tally')");
    std::fs::read(file.trim()).unwrap().windows(15).any(|window| window == b"very particular")
}

fn put_in_and_delete(server: &TestDatabase<'_>, database: &Database) {
    database.write(|conn| insert(conn, ID, 1, None, "a very particular sentence")).unwrap();
    assert!(file_holds_it(server), "the check itself must find what is there");
    database.write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| diesel::delete(tally::table).execute(c))?)).unwrap();
    assert!(file_holds_it(server), "a deleted row stays until the table is written anew");
}

#[test]
fn after_a_rewrite_deleted_bytes_are_not_in_the_tables_file_also_during_a_turn() {
    let (server, database) = opened();
    let other = Database::open(&server.url()).unwrap();
    // As a step of a wave's life does it, while another process waits for its own turn.
    let turn = database.turn().unwrap();
    let waiting = thread::spawn(move || other.turn().map(drop));
    put_in_and_delete(&server, &database);
    database.rewrite().unwrap();
    assert!(!file_holds_it(&server));
    drop(turn);
    waiting.join().unwrap().unwrap();
}

#[test]
fn a_rewrite_waits_for_everybody_who_could_make_the_server_keep_deleted_bytes() {
    type Sits = fn(&Database, &dyn Fn()) -> Result<(), StorageError>;
    // Not even of the same table: that a transaction of this database has a view is enough.
    let reads_here: Sits = |here, sit| {
        here.read(|conn| {
            on_each!(conn, |c| diesel::select(diesel::dsl::now).execute(c))?;
            sit();
            Ok(())
        })
    };
    let writes_elsewhere: Sits = |_, sit| opened().1.write(|conn| insert(conn, ID, 1, None, "").map(|()| sit()));
    for (who, sits) in [("a reader of this database", reads_here), ("a writer of another one", writes_elsewhere)] {
        let (server, database) = opened();
        let (sat_down, seated) = mpsc::channel();
        let (let_go, free) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let onlooker = scope.spawn({
                let database = &database;
                move || {
                    sits(database, &|| {
                        sat_down.send(()).unwrap();
                        free.recv_timeout(LONGEST).unwrap();
                    })
                }
            });
            seated.recv_timeout(LONGEST).unwrap();
            put_in_and_delete(&server, &database);
            // The positive control: what the server does by itself is not enough now.
            server.sql("VACUUM FULL tally");
            assert!(file_holds_it(&server), "{who}: the server carries over what somebody may still see");
            let rewriting = scope.spawn(|| database.rewrite());
            thread::sleep(Duration::from_millis(300));
            assert!(!rewriting.is_finished(), "{who}: not waited for");
            let_go.send(()).unwrap();
            rewriting.join().unwrap().unwrap();
            onlooker.join().unwrap().unwrap();
        });
        assert!(!file_holds_it(&server), "{who}");
    }
}

#[test]
fn a_rewrite_and_a_check_go_through() {
    let (_server, database) = opened();
    database.write(|conn| insert(conn, ID, 1, None, "")).unwrap();
    database.rewrite().unwrap();
    database.integrity_check().unwrap();
    assert_eq!(database.read(amount).unwrap(), 1);
    assert!(database.cluster().unwrap().is_some());
}
