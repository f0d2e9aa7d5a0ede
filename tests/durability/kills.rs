//! `kill -9` at random moments under load.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use candor::installation::Installation;
use candor::worker;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use domain::{Clock, ManualClock, SystemClock};
use mail_parser::MessageParser;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use test_postgres::{Cluster, Disk};

use crate::audit::{Audit, assert_the_board_holds, assert_the_result_holds, candor};
use crate::load::{Driver, Ended, Ledger, Person, Progress, Scene, Server, Stores, Visit};

/// How many people answer at once.
const CLIENTS: usize = 8;
/// Requests are repeated soon after the server is back.
const LONGEST_WAIT: Duration = Duration::from_millis(100);

pub(crate) fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {text:?}")))
}

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Server,
    Postmaster,
    Backend,
}

/// The life of one installation in which the server dies again and again.
struct Killing<'a> {
    scene: &'a Scene,
    people: &'a [Person],
    ledger: &'a Ledger,
    cluster: Option<&'a Cluster>,
    random: StdRng,
    table: String,
}

impl Killing<'_> {
    /// Kills `kills` times, looks every few times, and leaves a server that runs.
    fn go(&mut self, kills: u64, mut server: Server) -> Server {
        let mut lost_before = 0;
        for kill in 1..=kills {
            std::thread::sleep(Duration::from_millis(self.random.random_range(20..400)));
            let victim = match self.cluster {
                Some(_) if kill % 5 == 0 => Victim::Postmaster,
                Some(_) if kill % 5 == 3 => Victim::Backend,
                _ => Victim::Server,
            };
            server = self.kill(victim, server, kill % 3 == 0);
            if kill % 3 == 0 || kill == kills {
                let told = self.ledger.acknowledged();
                let audit = Audit::of(self.scene, self.people, &told);
                let lost = self.ledger.lost.load(Ordering::Relaxed);
                let Audit { credentials, receipts, issued, spent, .. } = &audit;
                let _ = writeln!(
                    self.table,
                    "{kill:>6}{credentials:>13}{issued:>9}{receipts:>10}{spent:>8}{:>8}{:>16}",
                    lost - lost_before,
                    audit.contradictions.len()
                );
                lost_before = lost;
                audit.assert_sound(&format!("after kill {kill}\n{}", self.table));
            }
        }
        server
    }

    /// Kills and starts again; `look` looks at the stores as the dead process left them, before anything repairs them.
    fn kill(&self, victim: Victim, server: Server, look: bool) -> Server {
        match (victim, self.cluster) {
            (Victim::Postmaster, Some(cluster)) => {
                cluster.kill_nine();
                server
            }
            (Victim::Backend, Some(cluster)) => {
                kill_one_backend(cluster);
                wait_for_the_recovery(self.scene);
                server
            }
            _ => {
                server.kill();
                if look {
                    let told = self.ledger.acknowledged();
                    Audit::of(self.scene, self.people, &told).assert_sound("as the dead process left it");
                }
                Server::start(candor(), self.scene)
            }
        }
    }
}

/// Somebody who is done asks once more, sometimes: both answers must be the same again, and a second credential is refused.
fn ask_again(visit: &Visit<'_>, ledger: &Ledger, person: &Person, told: &Progress) -> Result<(), Ended> {
    if !visit.says_the_same_again(person, told)? {
        ledger.complain(format!("{}: the same requests were answered differently", person.id));
    }
    if !visit.second_credential_is_refused(person)? {
        ledger.complain(format!("{}: a second credential was not refused", person.id));
    }
    Ok(())
}

/// Ends the clients when a check fails, so that the failure is shown instead of waited on.
pub(crate) struct StopOnFailure<'a>(pub(crate) &'a AtomicBool);

impl Drop for StopOnFailure<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

fn survive(engine: &str, stores: &Stores, cluster: Option<&Cluster>) {
    let (kills, seed) = (number("DURABILITY_KILLS", 6), number("DURABILITY_SEED", 1));
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::configure(folder.path(), stores);
    let people = scene.launch(usize::try_from(100 + 40 * kills).unwrap());
    let (ledger, base) = (Ledger::of(people.len()), scene.base());
    let (stop, killed) = (AtomicBool::new(false), AtomicBool::new(false));
    let driver = Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: LONGEST_WAIT };
    let mut killing =
        Killing { scene: &scene, people: &people, ledger: &ledger, cluster, random: StdRng::seed_from_u64(seed), table: String::new() };
    let server = Server::start(candor(), &scene);
    let server = std::thread::scope(|scope| {
        let _end = StopOnFailure(&stop);
        let load = scope.spawn(|| driver.with_clients(CLIENTS, |visit| answer_and_ask_again(visit, &people, &ledger, &killed)));
        let server = killing.go(kills, server);
        killed.store(true, Ordering::Relaxed);
        load.join().unwrap();
        server
    });
    assert_eq!(ledger.refused(), Vec::<String>::new());
    let told = ledger.acknowledged();
    Audit::of(&scene, &people, &told).assert_sound("at the end");
    assert_the_board_holds(&scene, &told);
    let mails = closing_mails_survive(&scene, &people, server, &mut killing.random);
    assert_the_result_holds(&scene, &told);
    let Ledger { requests, lost, busy, internal, .. } = &ledger;
    eprintln!(
        "{engine}, seed {seed}: {} people, {requests:?} requests, {lost:?} without an answer, {busy:?} \"busy\", {internal:?} internal errors\n\
         {:>6}{:>13}{:>9}{:>10}{:>8}{:>8}{:>16}\n{}closing mails: {mails}\n",
        people.len(),
        "kills",
        "credentials",
        "issued",
        "receipts",
        "spent",
        "lost",
        "contradictions",
        killing.table
    );
}

/// One client: answers for people while there are any, then lets them ask again until nothing is killed any more.
fn answer_and_ask_again(visit: &Visit<'_>, people: &[Person], ledger: &Ledger, killed: &AtomicBool) {
    visit.answer_for_the_next_people(|person, told| if person.id.ends_with('7') { ask_again(visit, ledger, person, told) } else { Ok(()) });
    let mut random = rand::rng();
    while !killed.load(Ordering::Relaxed) {
        let place = random.random_range(0..people.len());
        let told = ledger.of_one(place);
        if told.cast.is_some() {
            match ask_again(visit, ledger, &people[place], &told) {
                Ok(()) => {}
                Err(Ended::Stopped) => return,
                Err(Ended::Refused(problem)) => ledger.complain(format!("{}: {problem}", people[place].id)),
            }
        }
    }
}

/// Kills the server while it sends the closing mails; nobody's may be lost. A mail whose sending was not recorded is sent again.
fn closing_mails_survive(scene: &Scene, people: &[Person], mut server: Server, random: &mut StdRng) -> String {
    for _ in 0..3 {
        std::thread::sleep(Duration::from_millis(random.random_range(10..150)));
        server.kill();
        server = Server::start(candor(), scene);
    }
    let by_the_server = mails_in(scene).len();
    server.kill();
    // What a dead process had taken is held for half an hour; nobody waits here as long.
    let later = ManualClock::at(SystemClock.now().plus(worker::mail::LEASE + Duration::from_secs(60)));
    let installation = Installation::open(scene.settings(), Arc::new(later)).unwrap();
    worker::mail::send_all(&installation).unwrap();
    assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
    let mails = mails_in(scene);
    let reached: BTreeSet<&String> = mails.iter().collect();
    assert_eq!(reached.len(), people.len(), "everybody gets a closing mail");
    format!("{by_the_server} while the server was killed, {} in the end for {} people", mails.len(), people.len())
}

/// The recipient of every mail that was sent.
fn mails_in(scene: &Scene) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(scene.folder.join("outbox")) else { return Vec::new() };
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml"));
    let recipient = |path: PathBuf| {
        let text = std::fs::read(path).unwrap();
        let mail = MessageParser::default().parse(&text).unwrap();
        mail.to().unwrap().first().unwrap().address().unwrap().to_owned()
    };
    files.map(recipient).collect()
}

/// `kill -9` on one process that serves the server: the postmaster then ends all others and recovers.
fn kill_one_backend(cluster: &Cluster) {
    let pids = cluster.sql("postgres", "SELECT pid FROM pg_stat_activity WHERE datname LIKE 'test%' LIMIT 1");
    if let Some(pid) = pids.lines().next() {
        kill_9(pid);
    }
}

/// After the death of one process PostgreSQL takes no connections until it has recovered.
fn wait_for_the_recovery(scene: &Scene) {
    let started = Instant::now();
    std::thread::sleep(Duration::from_millis(200));
    while Installation::open(scene.settings(), Arc::new(SystemClock)).is_err() {
        assert!(started.elapsed() < Duration::from_secs(60), "PostgreSQL does not come back");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn kill_9(pid: &str) {
    // It may have ended by itself meanwhile.
    let _ = Command::new("kill").args(["-9", pid]).stderr(Stdio::null()).status().unwrap();
}

#[test]
fn every_acknowledged_answer_survives_kill_nine_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    survive("SQLite", &Stores::sqlite(folder.path()), None);
}

#[test]
fn every_acknowledged_answer_survives_kill_nine_on_postgresql() {
    let cluster = Cluster::start(Disk::Durable, &[]);
    let (identity, responses) = (cluster.database(), cluster.database());
    let stores = Stores { identity: identity.url_over_tcp(), responses: responses.url_over_tcp() };
    survive("PostgreSQL", &stores, Some(&cluster));
}

/// The positive control: a server that loses something it acknowledged is found out.
#[test]
fn an_acknowledged_answer_that_is_lost_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::configure(folder.path(), &Stores::sqlite(folder.path()));
    let people = scene.launch(40);
    let (ledger, base, stop) = (Ledger::of(people.len()), scene.base(), AtomicBool::new(false));
    let server = Server::start(candor(), &scene);
    Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: LONGEST_WAIT }.run(CLIENTS);
    let told = ledger.acknowledged();
    Audit::of(&scene, &people, &told).assert_sound("before anything is lost");
    let behind_its_back = |file: &str, statement: &str| {
        let mut connection = SqliteConnection::establish(&folder.path().join(file).display().to_string()).unwrap();
        connection.batch_execute(&format!("PRAGMA busy_timeout = 5000; {statement}")).unwrap();
        Audit::of(&scene, &people, &told).contradictions
    };
    let lost = behind_its_back("responses.db", "DELETE FROM ballot WHERE nonce = (SELECT min(nonce) FROM ballot)");
    assert!(lost.iter().any(|text| text.contains("the acknowledged ballot is not in the box")), "{lost:?}");
    let changed = behind_its_back("responses.db", "UPDATE ballot SET ct = zeroblob(4144) WHERE nonce = (SELECT max(nonce) FROM ballot)");
    assert_eq!(changed.iter().filter(|text| text.contains("the acknowledged ballot is not in the box")).count(), 2, "{changed:?}");
    let forgotten = behind_its_back("identity.db", "UPDATE wave_person SET issued_blind = NULL WHERE person = 'p3'");
    assert!(forgotten.contains(&"p3: the acknowledged credential is not recorded".to_owned()), "{forgotten:?}");
    server.kill();
}
