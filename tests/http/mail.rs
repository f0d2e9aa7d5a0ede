//! The mail queue over deaths: nothing is lost, and nothing is sent twice but for the window after the transport's "accepted".

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::launch;
use candor::worker::mail::{LEASE, UNTICKED, send_all};
use domain::{Clock, Language, ManualClock, Schedule, SystemClock, WaveId, roster};

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
    let (respondents, console) = (TcpListener::bind("127.0.0.1:0").unwrap(), TcpListener::bind("127.0.0.1:0").unwrap());
    let config = place.configure(&respondents, &console, &format!("smtp://127.0.0.1:{port}?tls=none"));
    drop((respondents, console));
    let installation = Installation::open(config.clone(), Arc::new(SystemClock)).unwrap();
    let people = roster::parse_csv("staff.csv", staff().as_bytes(), &Language::parse("en").unwrap()).unwrap();
    installation.identity.import_roster(&people.roster).unwrap();
    let wave = WaveId::parse("2026-q4").unwrap();
    let schedule = Schedule::with_defaults(SystemClock.now().plus(Duration::from_secs(86_400)));
    let settings = WaveSettings { instrument: "pulse".to_owned(), schedule, k: 5, group_min: 7, passphrase: false };
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
