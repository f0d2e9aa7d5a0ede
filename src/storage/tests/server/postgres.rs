//! The promises of a database on a PostgreSQL server, checked on a real one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::{Moment, WaveId};
use proptest::prelude::*;
use storage::{Conn, Database, Json, StorageError, bind, on_each};
use test_postgres::{Cluster, Disk, Stop, TestDatabase};

use crate::fixture::{ID, OTHERS, TALLIES, amount, insert, tally};

fn opened() -> (TestDatabase<'static>, Database) {
    let server = Cluster::shared().database();
    let database = Database::open(&server.url()).unwrap();
    database.migrate(&TALLIES).unwrap();
    (server, database)
}

fn add_one(database: &Database) -> Result<(), StorageError> {
    database.write(|conn| {
        let next = amount(conn)? + 1;
        on_each!(conn, |c| diesel::update(tally::table).set(tally::amount.eq(bind(next))).execute(c))?;
        Ok(())
    })
}

#[test]
fn eight_writers_in_two_processes_that_read_before_they_write_lose_nothing() {
    let (server, database) = opened();
    database.write(|conn| insert(conn, ID, 0, None, "")).unwrap();
    let other = Database::open(&server.url()).unwrap();
    thread::scope(|scope| {
        for worker in 0..8 {
            let database = if worker % 2 == 0 { &database } else { &other };
            scope.spawn(move || (0..25).for_each(|_| add_one(database).unwrap()));
        }
    });
    assert_eq!(database.read(amount).unwrap(), 200);
}

#[test]
fn two_writers_who_each_rely_on_what_the_other_changes_do_not_both_succeed() {
    // Write skew: each reads that the other's row is there and deletes its own. Any level below serializable would let both go.
    let (_server, database) = opened();
    for round in 0_u8..8 {
        let ids = [[2 * round; 16], [2 * round + 1; 16]];
        for id in ids {
            database.write(|conn| insert(conn, id, 1, None, "")).unwrap();
        }
        let tries = AtomicU32::new(0);
        thread::scope(|scope| {
            for id in ids {
                let (database, tries) = (&database, &tries);
                scope.spawn(move || {
                    database
                        .write(|conn| {
                            tries.fetch_add(1, Ordering::Relaxed);
                            let rows: i64 = on_each!(conn, |c| tally::table
                                .filter(tally::id.eq(bind(ids[0])).or(tally::id.eq(bind(ids[1]))))
                                .count()
                                .get_result(c))?;
                            thread::sleep(Duration::from_millis(30));
                            if rows == 2 {
                                on_each!(conn, |c| diesel::delete(tally::table.filter(tally::id.eq(bind(id)))).execute(c))?;
                            }
                            Ok::<_, StorageError>(())
                        })
                        .unwrap();
                });
            }
        });
        let left: i64 = database
            .read(|conn| {
                Ok::<_, StorageError>(on_each!(conn, |c| tally::table
                    .filter(tally::id.eq(bind(ids[0])).or(tally::id.eq(bind(ids[1]))))
                    .count()
                    .get_result(c))?)
            })
            .unwrap();
        assert_eq!(left, 1, "after {} tries", tries.load(Ordering::Relaxed));
    }
}

#[test]
fn what_a_reader_has_seen_stays_true_of_the_order_in_which_writers_come() {
    // The first row is a gate, the second what goes through it. Once a reader has seen the gate shut and nothing behind it, nothing may come through.
    let (_server, database) = opened();
    let (gate, through) = ([1; 16], [2; 16]);
    let amount_of = |conn: &mut Conn<'_>, id: [u8; 16]| -> Result<u32, StorageError> {
        Ok(on_each!(conn, |c| tally::table.filter(tally::id.eq(bind(id))).select(tally::amount).first(c))?)
    };
    let set = |conn: &mut Conn<'_>, id: [u8; 16], to: u32| -> Result<(), StorageError> {
        on_each!(conn, |c| diesel::update(tally::table.filter(tally::id.eq(bind(id)))).set(tally::amount.eq(bind(to))).execute(c))?;
        Ok(())
    };
    for id in [gate, through] {
        database.write(|conn| insert(conn, id, 0, None, "")).unwrap();
    }
    let barrier = std::sync::Barrier::new(2);
    thread::scope(|scope| {
        let first_try = AtomicU32::new(0);
        let (barrier, database) = (&barrier, &database);
        scope.spawn(move || {
            database
                .write(|conn| {
                    let open = amount_of(conn, gate)? == 0;
                    if first_try.fetch_add(1, Ordering::SeqCst) == 0 {
                        barrier.wait();
                        barrier.wait();
                    }
                    if open { set(conn, through, 1) } else { Ok(()) }
                })
                .unwrap();
        });
        barrier.wait();
        database.write(|conn| set(conn, gate, 1)).unwrap();
        let seen = database.read(|conn| Ok::<_, StorageError>((amount_of(conn, gate)?, amount_of(conn, through)?))).unwrap();
        assert_eq!(seen, (1, 0));
        barrier.wait();
    });
    assert_eq!(database.read(|conn| amount_of(conn, through)).unwrap(), 0);
}

#[test]
fn a_failed_write_changes_nothing_and_keeps_its_own_error() {
    let (_server, database) = opened();
    let result = database.write(|conn| {
        insert(conn, ID, 5, None, "")?;
        Err::<(), _>(StorageError::Query("on purpose".to_owned()))
    });
    assert_eq!(result, Err(StorageError::Query("on purpose".to_owned())));
    assert!(database.read(amount).is_err());
    database.write(|conn| insert(conn, ID, 5, None, "")).unwrap();
    assert!(matches!(database.write(|conn| insert(conn, ID, 6, None, "")), Err(StorageError::Conflict(_))));
    assert_eq!(database.read(amount).unwrap(), 5);
}

#[test]
fn a_panic_in_the_work_undoes_it_and_does_not_spoil_the_connection_for_others() {
    let (_server, database) = opened();
    for _ in 0..12 {
        let inner = database.clone();
        thread::spawn(move || {
            let _: Result<(), StorageError> = inner.write(|conn| {
                insert(conn, ID, 5, None, "")?;
                panic!("on purpose")
            });
        })
        .join()
        .unwrap_err();
    }
    assert!(database.read(amount).is_err());
    database.write(|conn| insert(conn, ID, 6, None, "")).unwrap();
    assert_eq!(database.read(amount).unwrap(), 6);
}

#[test]
fn migrations_run_once_also_from_two_processes_and_a_database_of_another_store_is_refused() {
    let server = Cluster::shared().database();
    let database = Database::open(&server.url()).unwrap();
    assert_eq!(database.pending(&TALLIES).unwrap(), ["00000000000001"]);
    let applied: Vec<usize> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..3).map(|_| scope.spawn(|| Database::open(&server.url()).unwrap().migrate(&TALLIES).unwrap_or_default().len())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(applied.iter().sum::<usize>(), 1, "{applied:?}");
    assert!(database.pending(&TALLIES).unwrap().is_empty());
    for refused in [database.pending(&OTHERS), database.migrate(&OTHERS)] {
        assert!(matches!(&refused, Err(StorageError::Structure(why)) if why.contains("exchanged")), "{refused:?}");
    }
}

#[test]
fn one_holder_has_the_turn_at_a_time_and_its_end_frees_it() {
    let (server, database) = opened();
    let other = Database::open(&server.url()).unwrap();
    let inside = AtomicU32::new(0);
    thread::scope(|scope| {
        for worker in 0..6 {
            let (database, inside) = (if worker % 2 == 0 { &database } else { &other }, &inside);
            scope.spawn(move || {
                for _ in 0..5 {
                    let turn = database.turn().unwrap();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                    // Whoever has the turn can use the database as before.
                    database.read(|conn| Ok::<_, StorageError>(on_each!(conn, |c| tally::table.count().get_result::<i64>(c))?)).unwrap();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    drop(turn);
                }
            });
        }
    });
    // The server frees the turn of a holder whose connection ends.
    let held = database.turn().unwrap();
    let waiting = thread::spawn(move || other.turn().map(drop));
    thread::sleep(Duration::from_millis(100));
    assert!(!waiting.is_finished());
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'candor_turn'::regclass AND mode = 'ExclusiveLock' AND granted",
    );
    waiting.join().unwrap().unwrap();
    drop(held);
    drop(database.turn().unwrap());
}

#[test]
fn after_the_server_was_away_the_next_call_succeeds_and_meanwhile_calls_say_that_it_is_away() {
    let cluster = Cluster::start(Disk::Durable, &[]);
    let server = cluster.database();
    let database = Database::open(&server.url_over_tcp()).unwrap();
    database.migrate(&TALLIES).unwrap();
    database.write(|conn| insert(conn, ID, 0, None, "")).unwrap();
    for how in [Stop::Fast, Stop::Immediate] {
        // Several connections, so that more than one is found dead afterwards.
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| add_one(&database).unwrap()))));
        let before = database.read(amount).unwrap();
        cluster.stop(how);
        for result in [add_one(&database), database.read(amount).map(drop), database.query(amount).map(drop), database.turn().map(drop)] {
            assert!(result.as_ref().is_err_and(StorageError::is_unavailable), "{result:?}");
        }
        cluster.start_again();
        add_one(&database).unwrap();
        assert_eq!(database.query(amount).unwrap(), before + 1);
    }
    cluster.end_connections();
    add_one(&database).unwrap();
}

#[test]
fn a_server_that_does_not_wait_for_its_disk_is_refused() {
    let cluster = Cluster::start(Disk::Quick, &[("fsync", "off")]);
    let Err(StorageError::Unsafe(why)) = Database::open(&cluster.database().url()) else { panic!("opened") };
    assert!(why.contains("fsync"), "{why}");
}

#[test]
fn a_role_that_asks_for_quick_commits_gets_durable_ones() {
    let (server, _) = opened();
    server.sql(&format!("ALTER DATABASE {} SET synchronous_commit = off", server.name()));
    let database = Database::open(&server.url()).unwrap();
    let found: String = database
        .query(|conn| Ok::<_, StorageError>(on_each!(conn, |c| sql::<Text>("SELECT current_setting('synchronous_commit')").get_result(c))?))
        .unwrap();
    assert_eq!(found, "on");
}

#[test]
fn a_wrong_password_and_a_server_that_is_not_there_are_told_apart_at_once() {
    let (server, _) = opened();
    let started = Instant::now();
    let Err(wrong) = Database::open(&server.url_over_tcp().replace("only%20for%20tests", "hunter2")) else { panic!("opened") };
    assert!(wrong.to_string().contains("password") && !wrong.to_string().contains("hunter2"), "{wrong}");
    let Err(away) = Database::open("postgres://candor@127.0.0.1:1/people") else { panic!("opened") };
    assert!(away.is_unavailable() && away.to_string().contains("127.0.0.1:1"), "{away}");
    assert!(started.elapsed() < Duration::from_secs(60), "a wrong address must not be waited for");
}

#[test]
fn a_stored_value_that_breaks_its_rule_is_corrupt_and_not_shown() {
    let (_server, database) = opened();
    database.write(|conn| insert(conn, ID, 1, None, "")).unwrap();
    for spoil in [
        "UPDATE tally SET amount = -1",
        "UPDATE tally SET amount = 1, label = 'Eve & Co'",
        "UPDATE tally SET label = 'x', doc = '{\"Eve\": 1}'",
    ] {
        database.write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| c.batch_execute(spoil))?)).unwrap();
        let loaded = database.read(|conn| {
            Ok::<_, StorageError>(on_each!(conn, |c| tally::table.first::<([u8; 16], WaveId, u32, Option<Moment>, Json<String>)>(c))?)
        });
        let Err(StorageError::Corrupt(message)) = loaded else { panic!("{spoil}: {loaded:?}") };
        assert!(!message.contains("Eve"), "{message}");
    }
}

#[test]
fn it_can_be_used_from_inside_an_asynchronous_program() {
    let (_server, database) = opened();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        database.write(|conn| insert(conn, ID, 3, None, "")).unwrap();
        assert_eq!(database.read(amount).unwrap(), 3);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_is_what_is_read(amount: u32, at in proptest::option::of(-62_135_596_800_000_000_i64..253_402_300_800_000_000), doc in "[^\\x00]*") {
        static OPENED: std::sync::OnceLock<(TestDatabase<'static>, Database)> = std::sync::OnceLock::new();
        let (_, database) = OPENED.get_or_init(opened);
        let at = at.map(Moment::from_micros);
        let row: ([u8; 16], WaveId, u32, Option<Moment>, Json<String>) = database
            .write(|conn| {
                on_each!(conn, |c| diesel::delete(tally::table).execute(c))?;
                insert(conn, ID, amount, at, &doc)?;
                Ok::<_, StorageError>(on_each!(conn, |c| tally::table.first(c))?)
            })
            .unwrap();
        prop_assert_eq!(row, (ID, WaveId::parse("2026-q4").unwrap(), amount, at, Json(doc)));
    }
}
