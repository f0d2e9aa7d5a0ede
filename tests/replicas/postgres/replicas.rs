//! Two processes on one pair of databases and one key folder, behind a load balancer; one is killed at any moment.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use candor::installation::Installation;
use candor::worker;
use domain::{Clock, ManualClock, SystemClock};
use mail_parser::MessageParser;
use protocol::wire::{self, Kind, Outcome};
use protocol::{Answer, Ballot, Level, Prepared, Respondent, RespondentProblem};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use test_postgres::Cluster;

use super::{CLIENTS, LONGEST_WAIT, StopOnFailure, stores};
use crate::audit::{Audit, candor, succeed};
use crate::balancer::Balancer;
use crate::load::{Device, Driver, Ledger, Person, Scene, Server, Tried};
use crate::{console, number};

/// How many mails a connection takes at once.
const BATCH: usize = 16;

/// The same installation for a second process: other ports, everything else shared.
fn beside(first: &Scene) -> Scene {
    let mut text = std::fs::read_to_string(&first.config).unwrap();
    let settings = first.settings();
    for listen in [settings.respondents.listen, settings.console.listen] {
        let free = test_postgres::listener().local_addr().unwrap().port();
        text = text.replace(&format!(":{}\"", listen.port()), &format!(":{free}\""));
    }
    let config = first.folder.join("second.toml");
    std::fs::write(&config, text).unwrap();
    Scene { folder: first.folder.clone(), config, wave: first.wave.clone() }
}

/// Two processes, and what is needed to start either again.
struct Pair<'a> {
    scenes: [&'a Scene; 2],
    servers: [Option<Server>; 2],
}

impl<'a> Pair<'a> {
    fn start(scenes: [&'a Scene; 2]) -> Self {
        Self { scenes, servers: scenes.map(|scene| Some(Server::start(candor(), scene))) }
    }

    /// Kills one with `kill -9`, lets the other go on alone for a while, and starts it again.
    fn kill_one(&mut self, random: &mut StdRng) {
        let number = random.random_range(0..2);
        self.servers[number].take().unwrap().kill();
        std::thread::sleep(Duration::from_millis(random.random_range(0..300)));
        self.servers[number] = Some(Server::start(candor(), self.scenes[number]));
    }
}

/// How many mails everybody got, of those whose subject holds a word or all.
fn mails_in(scene: &Scene) -> BTreeMap<String, usize> {
    let Ok(folder) = std::fs::read_dir(scene.folder.join("outbox")) else { return BTreeMap::new() };
    let files = folder.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml"));
    let recipient = |path: PathBuf| {
        let text = std::fs::read(path).unwrap();
        MessageParser::default().parse(&text).unwrap().to().unwrap().first().unwrap().address().unwrap().to_owned()
    };
    files.map(recipient).fold(BTreeMap::new(), |mut all, to| {
        *all.entry(to).or_default() += 1;
        all
    })
}

/// Waits until no mail is left, or until none leaves any more because a process that is gone holds what is left.
fn until_mails_are_sent(scene: &Scene) {
    let installation = scene.open();
    let (started, mut before) = (Instant::now(), (u32::MAX, Instant::now()));
    loop {
        let waiting = installation.identity.jobs_waiting().unwrap();
        if waiting != before.0 {
            before = (waiting, Instant::now());
        }
        if waiting == 0 || before.1.elapsed() > Duration::from_secs(8) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(180), "{waiting} mails are still waiting");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Sends what is held by nobody any more when the leases have ended; nobody waits half an hour here.
fn send_the_rest_later(scene: &Scene) {
    let later = ManualClock::at(SystemClock.now().plus(worker::mail::LEASE + Duration::from_secs(60)));
    let installation = Installation::open(scene.settings(), Arc::new(later)).unwrap();
    worker::mail::send_all(&installation).unwrap();
    assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
}

/// Prepares a ballot of a person with a blinded element of its own.
fn prepare(base: &str, person: &Person) -> (u32, Prepared) {
    let (hash, secret) = person.parts();
    let respondent = Respondent::open(Device::new(base).get("manifest").unwrap(), &hash).unwrap();
    let size = respondent.manifest().manifest().response_size;
    let group = respondent.verify_leaf(&post(base, Kind::Leaf, &respondent.leaf_request(&secret), size)).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(4); 12], comments: vec![] };
    (size, respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap())
}

fn post(base: &str, kind: Kind, request: &[u8], size: u32) -> Vec<u8> {
    match Device::new(base).post(kind, request, size) {
        Tried::Answered(answer) => answer,
        Tried::Later(later) => panic!("{later:?}"),
    }
}

/// A credential from one process is good at the other, the same request is the same at both, and another one is refused at both.
fn one_person_at_both(bases: [&str; 2], person: &Person) {
    let [first, second] = bases;
    let (size, prepared) = prepare(first, person);
    let (_, other) = prepare(second, person);
    // Both at once with different elements: exactly one wins.
    let answers = std::thread::scope(|scope| {
        let at = |base, prepared: &Prepared| {
            let request = prepared.issue_request();
            scope.spawn(move || post(base, Kind::Issue, &request, size))
        };
        [at(first, &prepared), at(second, &other)].map(|thread| thread.join().unwrap())
    });
    let redeems = [prepared.redeem_request(&answers[0]), other.redeem_request(&answers[1])];
    let winners = redeems.iter().filter(|redeem| redeem.is_ok()).count();
    assert_eq!(winners, 1, "one person got {winners} credentials");
    let refused = |redeem: &Result<Vec<u8>, RespondentProblem>| matches!(redeem, Err(RespondentProblem::Refused(Outcome::AlreadyIssued)));
    assert!(redeems.iter().any(refused));
    let (winner, loser) = if redeems[0].is_ok() { (&prepared, &other) } else { (&other, &prepared) };
    let evaluation = |base| match wire::Answer::parse(Kind::Issue, &post(base, Kind::Issue, &winner.issue_request(), size), size).unwrap() {
        wire::Answer::Issue { group, evaluation } => (group, evaluation.evaluated),
        other => panic!("{other:?}"),
    };
    assert_eq!(evaluation(first), evaluation(second), "the same request again");
    for base in bases {
        assert!(refused(&loser.redeem_request(&post(base, Kind::Issue, &loser.issue_request(), size))));
    }
    // Cast at the one that did not issue, and once more at the other.
    let redeem = redeems.into_iter().find_map(Result::ok).unwrap();
    let receipts = [second, first].map(|base| winner.receipt(&post(base, Kind::Redeem, &redeem, size)).unwrap());
    assert_eq!((receipts[0].leaf, receipts[0].signature), (receipts[1].leaf, receipts[1].signature));
}

/// What one process knows of a session, the other knows.
fn sessions_are_shared(scenes: [&Scene; 2]) {
    let [first, second] = scenes.map(|scene| scene.settings().console.url.clone());
    let cookie = console::sign_in(&first);
    assert_eq!(console::read(&second, "/rounds", &cookie, "text/html").status(), 200);
    // The form's token was made by one process and is taken by the other.
    let signed_out = console::post(&second, "/rounds", "/sign-out", &cookie);
    assert!(signed_out.is_redirection(), "{signed_out}");
    assert_ne!(console::read(&first, "/rounds", &cookie, "text/html").status(), 200);
}

#[test]
fn two_processes_serve_one_round_and_each_may_be_killed_at_any_moment() {
    let (kills, seed) = (number("REPLICA_KILLS", 4), number("SEED", 1));
    let cluster = Cluster::shared();
    let databases = [cluster.database(), cluster.database()];
    let folder = tempfile::tempdir().unwrap();
    let first = Scene::configure(folder.path(), &stores(&databases));
    let mut people = first.launch(60 + 40 * usize::try_from(kills).unwrap());
    let second = beside(&first);
    console::create_account(&first.open());
    let mut random = StdRng::seed_from_u64(seed);
    let mut pair = Pair::start([&first, &second]);
    sessions_are_shared([&first, &second]);
    let bases = [first.base(), second.base()];
    // Some answer by hand, the others under load.
    let by_hand = people.split_off(people.len() - 5);
    for person in &by_hand {
        one_person_at_both([&bases[0], &bases[1]], person);
    }

    let listen = |scene: &Scene| scene.settings().respondents.listen.to_string();
    let balancer = Balancer::before(vec![listen(&first), listen(&second)]);
    let base = format!("{}/w/{}", balancer.origin(), first.wave);
    let (ledger, stop) = (Ledger::of(people.len()), AtomicBool::new(false));
    let driver = Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: LONGEST_WAIT };
    std::thread::scope(|scope| {
        let _end = StopOnFailure(&stop);
        let load = scope.spawn(|| driver.run(CLIENTS));
        for kill in 0..kills {
            std::thread::sleep(Duration::from_millis(random.random_range(50..400)));
            assert!(!load.is_finished(), "the load ended before kill {kill}");
            pair.kill_one(&mut random);
        }
        load.join().unwrap();
    });
    assert_eq!(ledger.refused(), Vec::<String>::new());
    assert_eq!(ledger.internal.load(Ordering::Relaxed), 0, "the death of one process is no internal error of the other");
    let served = balancer.served();
    assert!(served.iter().all(|count| *count > people.len() / 2), "both have to do the work: {served:?}");
    let told = ledger.acknowledged();
    assert!(told.iter().all(|told| told.cast.is_some()));
    let everybody: Vec<Person> = people.iter().chain(&by_hand).cloned().collect();
    Audit::of(&first, &everybody, &told).assert_sound("at the end");

    // Both processes see the close, which a third one takes, and both send mails of one queue.
    succeed(&first, &["wave", "close", first.wave.as_str()]);
    until_mails_are_sent(&first);
    assert_eq!(first.open().identity.jobs_waiting().unwrap(), 0, "two living processes leave nothing to a lease");
    let mails = mails_in(&first);
    assert_eq!(mails.len(), everybody.len(), "everybody got the closing mail");
    assert!(mails.values().all(|count| *count == 1), "with both alive each mail is sent once: {mails:?}");
    let boards = bases.each_ref().map(|base| Device::new(base).get("board").expect("both show the list"));
    assert_eq!(boards[0], boards[1]);
    succeed(&second, &["wave", "open", first.wave.as_str()]);
    pair.kill_one(&mut random);
    succeed(&second, &["wave", "publish", first.wave.as_str()]);
    let installation = first.open();
    let past = candor::lifecycle::past_waves(&installation, Some(&first.wave)).unwrap();
    let Some(release::reading::PastWave::Published(published)) = past.last() else { panic!("the wave is not published") };
    let placed: u32 = published.release.base.blocks.iter().map(|block| block.n).sum();
    assert_eq!(placed + published.release.counts.unplaced, u32::try_from(everybody.len()).unwrap());
    for scene in [&first, &second] {
        let origin = scene.settings().console.url.clone();
        let cookie = console::sign_in(&origin);
        assert_eq!(console::read(&origin, "/organisation/2026-q4", &cookie, "text/html").status(), 200);
    }
    eprintln!(
        "{kills} kills, seed {seed}: {} people, {:?} requests, {:?} without an answer, {:?} \"busy\", served {served:?}, {} mails",
        everybody.len(),
        ledger.requests,
        ledger.lost,
        ledger.busy,
        mails.len()
    );
}

#[test]
fn one_of_two_processes_killed_while_both_send_mail_loses_none_and_repeats_only_what_it_had_in_its_hands() {
    let seed = number("SEED", 1);
    let cluster = Cluster::shared();
    let databases = [cluster.database(), cluster.database()];
    let folder = tempfile::tempdir().unwrap();
    let first = Scene::configure(folder.path(), &stores(&databases));
    succeed(&first, &["migrate"]);
    let staff = first.folder.join("staff.csv");
    std::fs::write(&staff, Scene::staff(300)).unwrap();
    succeed(&first, &["roster", "import", staff.to_str().unwrap()]);
    succeed(&first, &["wave", "create", first.wave.as_str(), "--closes-in", "10d"]);
    let second = beside(&first);
    let mut random = StdRng::seed_from_u64(seed);
    let serve = |scene: &Scene| {
        let child =
            Command::new(candor()).arg("--config").arg(&scene.config).arg("serve").stdout(std::process::Stdio::null()).spawn().unwrap();
        Killed(child)
    };
    let (one, _other) = (serve(&first), serve(&second));
    succeed(&first, &["wave", "launch", first.wave.as_str()]);
    let started = Instant::now();
    while mails_in(&first).len() < 20 {
        assert!(started.elapsed() < Duration::from_secs(60), "nothing is sent");
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(random.random_range(0..100)));
    let at_the_kill = mails_in(&first).len();
    drop(one);
    until_mails_are_sent(&first);
    let by_the_other = mails_in(&first).len();
    send_the_rest_later(&first);
    let mails = mails_in(&first);
    assert_eq!(mails.len(), 300, "everybody is invited");
    let connections = usize::from(first.settings().mail.connections);
    let twice = mails.values().filter(|count| **count > 1).count();
    assert!(twice <= connections * worker::mail::UNTICKED && mails.values().all(|count| *count <= 2), "{twice} people got two");
    assert!(by_the_other > at_the_kill && by_the_other >= 300 - 2 * connections * BATCH, "the other did not go on: {by_the_other}");
    eprintln!("seed {seed}: {at_the_kill} mails before the kill, {by_the_other} of 300 people reached by both processes, {twice} twice");
}

/// A process that is killed when this is dropped.
struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
