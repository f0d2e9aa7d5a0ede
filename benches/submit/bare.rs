//! The baseline: two sequential durable one-row transactions per submission, straight into the engine, nothing grouped by us.
//!
//! Runs in a process of its own, so that its disk flushes are counted and slowed down exactly as the server's are.

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Binary, Integer};
use diesel::{Connection, RunQueryDsl, SqliteConnection, sql_query};
use rand::Rng;

use crate::load::Stores;

/// People whose flag can be set; more than any run needs.
const PEOPLE: i32 = 10_000;
/// The size of a sealed ballot.
const BALLOT: usize = 4_144;

/// What was reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bare {
    /// Pairs of transactions per second.
    pub(crate) per_second: f64,
    /// Pairs of transactions.
    pub(crate) pairs: u64,
}

/// Runs the baseline in a child process.
pub(crate) fn measure(stores: &Stores, clients: usize, span: Duration) -> Bare {
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--bare", &stores.identity, &stores.responses, &clients.to_string(), &span.as_millis().to_string()])
        .output()
        .expect("a child process");
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!(numbers.len() == 2, "the baseline failed: {text}{}", String::from_utf8_lossy(&output.stderr));
    Bare { per_second: numbers[1], pairs: numbers[0] as u64 }
}

/// The child's part: prints the number of pairs, and pairs per second.
pub(crate) fn child(arguments: &[String]) -> (u64, f64) {
    let [identity, responses, clients, milliseconds] = arguments else { panic!("four arguments") };
    let clients = clients.parse().expect("a number of clients");
    let span = Duration::from_millis(milliseconds.parse().expect("milliseconds"));
    if let (Some(people), Some(ballots)) = (identity.strip_prefix("sqlite://"), responses.strip_prefix("sqlite://")) {
        sqlite(people, ballots, clients, span)
    } else {
        postgresql(identity, responses, clients, span)
    }
}

/// Both tables and both one-row transactions; each statement is a transaction of its own.
macro_rules! statements {
    ($connection:ty, $binary:literal) => {
        fn make(people: &mut $connection, ballots: &mut $connection) {
            people.batch_execute(concat!("CREATE TABLE person (id INTEGER PRIMARY KEY, issued ", $binary, ")")).expect("a table");
            let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})");
            people.batch_execute(&format!("{numbers} INSERT INTO person SELECT i, NULL FROM n")).expect("people");
            let columns = concat!("nonce ", $binary, " PRIMARY KEY, group_no INTEGER, mac ", $binary, ", ct ", $binary);
            ballots.batch_execute(&format!("CREATE TABLE ballot ({columns})")).expect("a table");
        }

        fn flag(people: &mut $connection, person: i32) {
            let statement = sql_query("UPDATE person SET issued = $1 WHERE id = $2");
            statement.bind::<Binary, _>([7_u8; 32].as_slice()).bind::<Integer, _>(person).execute(people).expect("one row");
        }

        fn put(ballots: &mut $connection, random: &mut impl Rng) {
            let (mut nonce, mut ct) = ([0; 32], [0; BALLOT]);
            random.fill_bytes(&mut nonce);
            random.fill_bytes(&mut ct);
            sql_query("INSERT INTO ballot (nonce, group_no, mac, ct) VALUES ($1, $2, $3, $4)")
                .bind::<Binary, _>(nonce.as_slice())
                .bind::<Integer, _>(3)
                .bind::<Binary, _>(&nonce[..])
                .bind::<Binary, _>(ct.as_slice())
                .execute(ballots)
                .expect("one row");
        }
    };
}

/// Lets every client repeat `submit` until the span is over.
fn repeat<C>(clients: usize, span: Duration, connect: impl Fn() -> C + Sync, submit: impl Fn(&mut C, i32) + Sync) -> (u64, f64) {
    let (pairs, ready) = (AtomicU64::new(0), std::sync::Barrier::new(clients + 1));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = connect();
                    ready.wait();
                    let started = Instant::now();
                    while started.elapsed() < span {
                        let pair = pairs.fetch_add(1, Ordering::Relaxed);
                        submit(&mut connection, i32::try_from(pair % u64::from(PEOPLE.unsigned_abs())).expect("a person"));
                    }
                })
            })
            .collect();
        ready.wait();
        let started = Instant::now();
        threads.into_iter().for_each(|thread| thread.join().expect("a client"));
        let pairs = pairs.load(Ordering::Relaxed);
        (pairs, pairs as f64 / started.elapsed().as_secs_f64())
    })
}

/// One connection per file and clients that take turns at it, because polling for SQLite's lock would only make the baseline slower.
fn sqlite(people: &str, ballots: &str, clients: usize, span: Duration) -> (u64, f64) {
    statements!(SqliteConnection, "BLOB");
    let open = |file: &str| {
        let mut connection = SqliteConnection::establish(file).expect("a new file");
        connection.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON").expect("its settings");
        connection
    };
    let (mut people, mut ballots) = (open(people), open(ballots));
    make(&mut people, &mut ballots);
    let (people, ballots) = (Mutex::new(people), Mutex::new(ballots));
    repeat(clients, span, rand::rng, |random, person| {
        flag(&mut people.lock().expect("a turn"), person);
        put(&mut ballots.lock().expect("a turn"), random);
    })
}

/// Two connections per client.
fn postgresql(_people: &str, _ballots: &str, _clients: usize, _span: Duration) -> (u64, f64) {
    panic!("not yet")
}
