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
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};

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

/// The table of one side; both engines understand the types they are given.
fn people_table(binary: &str) -> String {
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})");
    format!("CREATE TABLE person (id INTEGER PRIMARY KEY, issued {binary}); {numbers} INSERT INTO person SELECT i, NULL FROM n")
}

/// The table of the other side.
fn ballot_table(binary: &str) -> String {
    format!("CREATE TABLE ballot (nonce {binary} PRIMARY KEY, group_no INTEGER, mac {binary}, ct {binary})")
}

/// A one-row transaction, as each of these statements is by itself: that a credential was issued.
const FLAG: &str = "UPDATE person SET issued = $1 WHERE id = $2";
/// Another one: a ballot.
const PUT: &str = "INSERT INTO ballot (nonce, group_no, mac, ct) VALUES ($1, 3, $1, $2)";

/// A number and a ballot that no engine can compress.
fn ballot(random: &mut impl Rng) -> ([u8; 32], [u8; BALLOT]) {
    let (mut nonce, mut ct) = ([0; 32], [0; BALLOT]);
    random.fill_bytes(&mut nonce);
    random.fill_bytes(&mut ct);
    (nonce, ct)
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
    let open = |file: &str, table: String| {
        let mut connection = SqliteConnection::establish(file).expect("a new file");
        connection.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON").expect("its settings");
        connection.batch_execute(&table).expect("a table");
        Mutex::new(connection)
    };
    let (people, ballots) = (open(people, people_table("BLOB")), open(ballots, ballot_table("BLOB")));
    repeat(clients, span, rand::rng, |random, person| {
        let (nonce, ct) = ballot(random);
        let flag = sql_query(FLAG).bind::<Binary, _>(nonce.as_slice()).bind::<Integer, _>(person);
        flag.execute(&mut *people.lock().expect("a turn")).expect("one row");
        let put = sql_query(PUT).bind::<Binary, _>(nonce.as_slice()).bind::<Binary, _>(ct.as_slice());
        put.execute(&mut *ballots.lock().expect("a turn")).expect("one row");
    })
}

/// A connection to one database with its one statement.
struct Side {
    runtime: Runtime,
    client: Client,
    statement: Statement,
}

impl Side {
    fn connect(url: &str, statement: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (client, statement) = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a connection");
            tokio::spawn(connection);
            let statement = client.prepare(statement).await.expect("a statement");
            (client, statement)
        });
        Self { runtime, client, statement }
    }

    fn execute(&self, parameters: &[&(dyn ToSql + Sync)]) {
        let rows = self.runtime.block_on(self.client.execute(&self.statement, parameters)).expect("one row");
        assert_eq!(rows, 1);
    }
}

/// Two connections per client.
fn postgresql(people: &str, ballots: &str, clients: usize, span: Duration) -> (u64, f64) {
    for (url, table) in [(people, people_table("bytea")), (ballots, ballot_table("bytea"))] {
        let side = Side::connect(url, "SELECT 1");
        side.runtime.block_on(side.client.batch_execute(&table)).expect("a table");
    }
    let connect = || (Side::connect(people, FLAG), Side::connect(ballots, PUT), rand::rng());
    repeat(clients, span, connect, |(people, ballots, random), person| {
        let (nonce, ct) = ballot(random);
        people.execute(&[&nonce.as_slice(), &person]);
        ballots.execute(&[&nonce.as_slice(), &ct.as_slice()]);
    })
}
