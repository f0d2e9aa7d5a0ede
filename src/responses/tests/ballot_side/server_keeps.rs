//! What a PostgreSQL server keeps of ballots beside their table, and what lies in its files once they are destroyed.

use std::collections::HashSet;
use std::path::Path;

use responses::Responses;
use test_postgres::{Engine, Home, TestDatabase};

use crate::{CastBallot, ballot, board, new_wave, wave_id};

const BALLOTS: u32 = 60;
const WINDOW: usize = 16;

/// Makes the server keep samples of ballots again, as every server does by itself.
const AS_USUAL: &str =
    "ALTER TABLE ballot ALTER COLUMN nonce SET STATISTICS -1, ALTER COLUMN mac SET STATISTICS -1, ALTER COLUMN ct SET STATISTICS -1";

/// The migration that a database of an earlier version gets.
const MIGRATION: &str = include_str!("../../../../migrations/responses/postgres/20261122000762_no_samples/up.sql");

fn on_a_server(ballots: u32) -> (Home, Responses) {
    let home = Home::on(Engine::Postgres, "responses.db");
    let store = Responses::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    store.launch(&new_wave(&wave_id())).unwrap();
    for number in 0..ballots {
        store.redeem(&wave_id(), &ballot(number)).unwrap();
    }
    (home, store)
}

fn database(home: &Home) -> &TestDatabase<'static> {
    match home {
        Home::Database(database) => database,
        Home::Folder(..) => panic!("not a server's"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of how many ballots the server's samples show a value.
fn sampled(home: &Home) -> usize {
    let samples = database(home).sql("SELECT s::text FROM pg_catalog.pg_stats s WHERE schemaname = 'public'");
    let shows = |cast: &CastBallot| {
        samples.contains(&hex(&cast.nonce)) || samples.contains(&hex(&cast.mac)) || samples.contains(&hex(&cast.ct[..32]))
    };
    (0..BALLOTS).map(ballot).filter(shows).count()
}

/// Of how many ballots some bytes lie in any file of the database.
fn on_disk(home: &Home) -> usize {
    let database = database(home);
    database.sql("CHECKPOINT");
    let folder =
        database.sql("SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()");
    let pieces = |cast: &CastBallot| -> Vec<[u8; WINDOW]> {
        let starts = [&cast.nonce[..], &cast.mac[..], &cast.ct[..], &cast.ct[2_000..], &cast.ct[4_100..]];
        starts.iter().map(|bytes| *bytes.first_chunk().unwrap()).collect()
    };
    let mut begins = vec![false; 1 << 16];
    let wanted: HashSet<[u8; WINDOW]> = (0..BALLOTS).flat_map(|number| pieces(&ballot(number))).collect();
    wanted.iter().for_each(|piece| begins[usize::from(piece[0]) << 8 | usize::from(piece[1])] = true);
    let mut found = HashSet::new();
    for entry in std::fs::read_dir(Path::new(folder.trim())).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let windows = bytes.windows(WINDOW).filter(|window| begins[usize::from(window[0]) << 8 | usize::from(window[1])]);
        found.extend(windows.filter_map(|window| wanted.get(window).copied()));
    }
    (0..BALLOTS).filter(|number| pieces(&ballot(*number)).iter().any(|piece| found.contains(piece))).count()
}

#[test]
fn the_server_keeps_no_samples_of_ballots_for_its_planner_on_postgresql() {
    let (home, store) = on_a_server(BALLOTS);
    database(&home).sql("ANALYZE");
    assert_eq!(sampled(&home), 0);
    store.shut(&wave_id(), board).unwrap();
    store.object(&wave_id(), &[7; 32]).unwrap();
    store.object(&wave_id(), &[8; 32]).unwrap();
    database(&home).sql("ANALYZE");
    assert_eq!(sampled(&home), 0, "also of the table that was written in the order of numbers");
    let leaves = || database(&home).sql("SELECT count(*) FROM pg_catalog.pg_stats WHERE tablename = 'objection' AND attname = 'leaf'");
    assert_eq!(leaves().trim(), "0");

    // The positive control, and what a database of an earlier version has when it is brought up to date.
    database(&home).sql(&format!("{AS_USUAL}; ALTER TABLE objection ALTER COLUMN leaf SET STATISTICS -1"));
    database(&home).sql("ANALYZE");
    assert_eq!((sampled(&home), leaves().trim()), (BALLOTS as usize, "1"), "the look itself must find what is there");
    database(&home).sql(MIGRATION);
    assert_eq!((sampled(&home), leaves().trim()), (0, "0"), "what was kept is dropped");
    database(&home).sql("ANALYZE");
    assert_eq!((sampled(&home), leaves().trim()), (0, "0"));
    assert_eq!(store.ballots(None, 100).unwrap().len(), BALLOTS as usize, "and no ballot is");
    store.destroy_ballots(&wave_id()).unwrap();
    database(&home).sql("ANALYZE");
    assert_eq!(sampled(&home), 0);
}

#[test]
fn after_their_destruction_no_bytes_of_a_ballot_are_left_in_any_file_of_the_database_on_postgresql() {
    let until_destroyed = |kept_by_the_server: &str| {
        let (home, store) = on_a_server(BALLOTS);
        database(&home).sql(kept_by_the_server);
        database(&home).sql("ANALYZE");
        assert_eq!(on_disk(&home), BALLOTS as usize, "the search itself must find what is there");
        // No board that repeats the numbers: only the ballots themselves are looked for.
        store.shut(&wave_id(), |_| Ok::<_, responses::ResponsesError>(Vec::new())).unwrap();
        database(&home).sql("ANALYZE");
        assert_eq!(on_disk(&home), BALLOTS as usize, "shutting the box destroys nothing");
        store.destroy_ballots(&wave_id()).unwrap();
        on_disk(&home)
    };
    assert_eq!(until_destroyed("SELECT 1"), 0);
    // The positive control: samples outlive the table that they were taken from.
    assert!(until_destroyed(AS_USUAL) > 0);
}
