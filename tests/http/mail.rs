//! The mail queue over deaths: nothing is lost, and nothing is sent twice but for the window after the transport's "accepted".

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::launch;
use candor::mail::transport::MailTransport;
use candor::worker::mail::{LEASE, Sending, UNTICKED, send_all};
use domain::{Clock, Language, ManualClock, Schedule, SystemClock, WaveId, roster};

use identity::AddressMark;
use test_postgres::listener;

use crate::harness::{TestApp, staff};
use crate::place::{Place, engine};

#[actix_web::test]
async fn a_job_that_died_with_its_worker_is_taken_again_when_its_lease_ends() {
    let app = TestApp::spawn().await;
    let wave = app.draft("2026-q4");
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    let held = app.installation.identity.lease_jobs(app.clock.now(), 3, LEASE, &mut rand::rng()).unwrap();
    assert_eq!(held.len(), 3);
    // The worker that held them is dead now. Everybody else gets their mail.
    send_all(&app.installation).unwrap();
    assert_eq!(app.links().len(), 25);
    app.clock.advance(LEASE);
    send_all(&app.installation).unwrap();
    let mails = app.outbox.newest(usize::MAX);
    assert_eq!(mails.len(), 28, "nobody got two");
    assert_eq!(app.links().len(), 28, "nobody got none");
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 0, "no trace of who got mail stays");
}

/// A mail server that takes everything slowly and remembers how often each recipient was served.
pub(crate) fn slow_mail_server(pause: Duration) -> (u16, Arc<Mutex<BTreeMap<String, u32>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
    let shared = served.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let served = shared.clone();
            std::thread::spawn(move || {
                let _ = converse(stream, pause, &served);
            });
        }
    });
    (port, served)
}

fn converse(mut stream: TcpStream, pause: Duration, served: &Mutex<BTreeMap<String, u32>>) -> std::io::Result<()> {
    stream.write_all(b"220 test\r\n")?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut line, mut to) = (String::new(), String::new());
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let upper = line.to_uppercase();
        if upper.starts_with("RCPT TO:") {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        }
        if upper.starts_with("DATA") {
            stream.write_all(b"354 go on\r\n")?;
            loop {
                line.clear();
                if reader.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                if line == ".\r\n" {
                    break;
                }
            }
            std::thread::sleep(pause);
            *served.lock().unwrap().entry(to.clone()).or_default() += 1;
        }
        stream.write_all(if upper.starts_with("EHLO") {
            b"250-test\r\n250 8BITMIME\r\n"
        } else if upper.starts_with("QUIT") {
            b"221 bye\r\n"
        } else {
            b"250 ok\r\n"
        })?;
    }
}

#[test]
fn kill_minus_nine_loses_no_mail_and_repeats_at_most_the_mails_in_the_window() {
    let place = Place::migrated(engine());
    let (port, served) = slow_mail_server(Duration::from_millis(30));
    let (respondents, console) = (listener(), listener());
    let config = place.configure(&respondents, &console, &format!("smtp://127.0.0.1:{port}?tls=none"));
    drop((respondents, console));
    let installation = Installation::open(config.clone(), Arc::new(SystemClock)).unwrap();
    let people = roster::parse_csv("staff.csv", staff().as_bytes(), &Language::parse("en").unwrap()).unwrap();
    installation.identity.import_roster(&people.roster).unwrap();
    let wave = WaveId::parse("2026-q4").unwrap();
    let schedule = Schedule::with_defaults(SystemClock.now().plus(Duration::from_secs(86_400)));
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase: false,
        comments: false,
        key_holder: None,
        particulars: draft::Particulars::default(),
    };
    draft::create(&installation, &wave, &settings).unwrap();
    launch::launch(&installation, &wave, None, &mut |_| {}).unwrap();
    let mut serve = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["--config", place.path().join("candor.toml").to_str().unwrap(), "serve"])
        .env("CANDOR_MAIL_CONNECTIONS", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    while served.lock().unwrap().len() < 6 {
        assert!(std::time::Instant::now() < deadline, "the worker sent nothing");
        std::thread::sleep(Duration::from_millis(5));
    }
    serve.kill().unwrap();
    serve.wait().unwrap();
    // What the dead process still had on the line arrives; then the leases end.
    std::thread::sleep(Duration::from_millis(200));
    let before = served.lock().unwrap().clone();
    assert!(before.len() < 28, "the process was killed too late to prove anything");
    let clock = ManualClock::at(SystemClock.now().plus(LEASE));
    let restarted = Installation::open(config, Arc::new(clock)).unwrap();
    send_all(&restarted).unwrap();
    let served = served.lock().unwrap().clone();
    assert_eq!(served.len(), 28, "everybody got a mail");
    let twice = served.values().filter(|times| **times > 1).count();
    assert_eq!(UNTICKED, 4, "the number of docs/threat-model.md");
    assert!(twice <= UNTICKED, "{twice} mails were in the window of one connection");
    assert!(served.values().all(|times| *times <= 2));
    assert_eq!(restarted.identity.jobs_waiting().unwrap(), 0);
}

/// What a server says to a recipient: by address, and how often it was named before.
type Policy = dyn Fn(&str, u32) -> &'static str + Send + Sync;

/// A mail server that asks a policy about each recipient, and hangs up at once while it is not open.
struct Server {
    port: u16,
    open: Arc<AtomicBool>,
    /// Connections since the last look.
    connections: Arc<AtomicU32>,
    /// How often each recipient was served.
    served: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Server {
    fn with(policy: Box<Policy>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server =
            Self { port: listener.local_addr().unwrap().port(), open: Arc::default(), connections: Arc::default(), served: Arc::default() };
        let (open, connections, served) = (server.open.clone(), server.connections.clone(), server.served.clone());
        let named: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
        let policy: Arc<Policy> = policy.into();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                connections.fetch_add(1, Ordering::SeqCst);
                if open.load(Ordering::SeqCst) {
                    let (named, served, policy) = (named.clone(), served.clone(), policy.clone());
                    std::thread::spawn(move || drop(ask(stream, &*policy, &named, &served)));
                }
            }
        });
        server
    }

    fn use_for(&self, app: &mut TestApp) {
        let config = candor::config::Mail {
            transport: format!("smtp://127.0.0.1:{}?tls=none", self.port).into(),
            ..app.installation.config.mail.clone()
        };
        app.installation.mail = Arc::new(MailTransport::from_config(&config).unwrap());
    }
}

fn ask(
    mut stream: TcpStream,
    policy: &Policy,
    named: &Mutex<BTreeMap<String, u32>>,
    served: &Mutex<BTreeMap<String, u32>>,
) -> std::io::Result<()> {
    stream.write_all(b"220 test\r\n")?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut to = String::new();
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let mut named = named.lock().unwrap();
                let times = named.entry(to.clone()).or_default();
                *times += 1;
                policy(&to, *times - 1)
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                while lines.next().transpose()?.is_some_and(|line| line != ".") {}
                *served.lock().unwrap().entry(to.clone()).or_default() += 1;
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

#[actix_web::test]
async fn a_dead_server_costs_one_attempt_per_pause_and_no_mail_its_patience() {
    let mut app = TestApp::spawn().await;
    let server = Server::with(Box::new(|_, _| "250 fine"));
    server.use_for(&mut app);
    let wave = app.draft("2026-q4");
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    let sending = Sending::new(&app.installation);
    sending.send_all().unwrap();
    let first = server.connections.swap(0, Ordering::SeqCst);
    assert!((1..=u32::from(sending.connections())).contains(&first), "what was under way when the server failed: {first}");
    sending.send_all().unwrap();
    assert_eq!(server.connections.swap(0, Ordering::SeqCst), 0, "everybody waits");
    // The longest pause is ten minutes.
    for _ in 0..10 {
        app.clock.advance(Duration::from_secs(600));
        sending.send_all().unwrap();
        assert_eq!(server.connections.swap(0, Ordering::SeqCst), 1, "one goes ahead");
    }
    server.open.store(true, Ordering::SeqCst);
    // The mail that went ahead last waits for the pause and up to a minute more.
    app.clock.advance(Duration::from_secs(660));
    let held = app.installation.identity.lease_jobs(app.clock.now(), 28, Duration::from_secs(1), &mut rand::rng()).unwrap();
    assert!(held.len() == 28 && held.iter().all(|job| job.attempts == 1), "no attempt was counted");
    app.clock.advance(Duration::from_secs(1));
    sending.send_all().unwrap();
    let served = server.served.lock().unwrap().clone();
    assert!(served.len() == 28 && served.values().all(|times| *times == 1), "{served:?}");
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 0);
}

#[actix_web::test]
async fn refused_addresses_are_marked_and_greylisted_ones_served_later_while_all_others_are_served_at_once() {
    let mut app = TestApp::spawn().await;
    let server = Server::with(Box::new(|to, times| match (to, times) {
        ("alpha1@example.org", _) => "550 5.1.1 no such user",
        ("alpha2@example.org", 0) => "552 5.2.2 mailbox full",
        ("alpha3@example.org", _) => "550 5.7.1 not from you",
        ("beta1@example.org" | "beta2@example.org", 0) => "451 4.7.1 greylisted, please come back",
        ("gamma1@example.org", 0..3) => "450 4.2.1 mailbox busy",
        _ => "250 fine",
    }));
    server.use_for(&mut app);
    server.open.store(true, Ordering::SeqCst);
    let wave = app.draft("2026-q4");
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    let sending = Sending::new(&app.installation);
    sending.send_all().unwrap();
    assert_eq!(server.served.lock().unwrap().len(), 22);
    let unreached = app.installation.identity.unreached_people(&wave).unwrap();
    let marks: Vec<_> = unreached.iter().map(|one| (one.mail.as_str(), one.mark)).collect();
    assert_eq!(marks, [("alpha1@example.org", AddressMark::UnknownAddress), ("alpha2@example.org", AddressMark::Full)]);
    let waits = |minutes: u64| {
        app.clock.advance(Duration::from_secs(60 * minutes));
        sending.send_all().unwrap();
        server.served.lock().unwrap().len()
    };
    assert_eq!(waits(1), 24, "the greylisted ones");
    assert_eq!(waits(1), 24, "the busy one waits longer each time");
    assert_eq!(waits(2), 24);
    assert_eq!(waits(4), 25);
    // Who may be refused because of us is tried again and not marked; a full mailbox is marked and gets its invitation when it is empty again.
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 2);
    assert_eq!(waits(9 * 60), 26);
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 1);
    assert!(server.served.lock().unwrap().values().all(|times| *times == 1));
}

#[actix_web::test]
async fn a_limit_per_minute_holds_over_all_connections() {
    let mut app = TestApp::spawn().await;
    let mut config = (*app.installation.config).clone();
    config.mail.per_minute = std::num::NonZeroU32::new(6);
    app.installation.config = Arc::new(config);
    let wave = app.draft("2026-q4");
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    let sending = Sending::new(&app.installation);
    let mut per_minute = Vec::new();
    for _ in 0..5 {
        let before = app.outbox.total();
        for _ in 0..60 {
            sending.send_all().unwrap();
            app.clock.advance(Duration::from_secs(1));
        }
        per_minute.push(app.outbox.total() - before);
    }
    assert_eq!(per_minute, [6, 6, 6, 6, 4]);
}
