//! How many mails a second leave into one server that takes everything: `cargo bench --bench mail`.
//!
//! Real stores, a real round, a server in a process of its own on this machine. Beside it, in the same run, one mail at a time over one connection:
//! lease, mint, compose, send, tick off, each durable before the next.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use candor::config::Config;
use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::launch;
use candor::mail::message::{Content, Extension, KeyHeld, Recipient, Round, Sender, compose};
use candor::worker::mail::{LEASE, send_all};
use domain::instrument::Words;
use domain::{Clock, Language, Schedule, SystemClock, WaveId, roster};
use identity::{JobEnd, Minted, SecretKind};

/// Everybody in the round.
const PEOPLE: usize = 4_000;
/// How many of them the run with one at a time serves; it is slow.
const ONE_BY_ONE: usize = 200;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("sink") {
        return sink();
    }
    let mut sink = Sink::start();
    println!("{PEOPLE} people, SQLite, server without TLS on this machine\n");
    println!("{:<44} {:>8} {:>9} {:>12} {:>9}", "", "mails", "mails/s", "CPU ms/mail", "ratio");
    let slow = measure(&sink, "", ONE_BY_ONE, one_by_one);
    report("one at a time, one connection", ONE_BY_ONE, slow, slow);
    let all = |installation: &Installation, _| send_all(installation).unwrap();
    for (name, keys) in [
        ("one connection, batches", "connections = 1\n".to_owned()),
        ("eight connections (default)", String::new()),
        ("eight connections, DKIM with Ed25519", dkim("ed25519.pem")),
        ("eight connections, DKIM with RSA-2048", dkim("rsa2048.pem")),
    ] {
        report(name, PEOPLE, measure(&sink, &keys, PEOPLE, all), slow);
    }
    sink.process.kill().unwrap();
    sink.process.wait().unwrap();
}

fn dkim(key: &str) -> String {
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/mail/dkim_vectors");
    format!("[mail.dkim]\ndomain = \"example.org\"\nselector = \"bench\"\nkey_file = \"{}\"\n", keys.join(key).display())
}

/// Seconds, and seconds of CPU of this process.
#[derive(Clone, Copy)]
struct Taken(f64, f64);

fn report(name: &str, mails: usize, taken: Taken, slow: Taken) {
    let (count, baseline) = (mails as f64, ONE_BY_ONE as f64);
    let (rate, cpu) = (count / taken.0, taken.1 * 1000.0 / count);
    println!("{name:<44} {mails:>8} {rate:>9.0} {cpu:>12.2} {:>8.1}x", rate / (baseline / slow.0));
}

/// Launches a round in a fresh folder and times how its mails leave.
fn measure(sink: &Sink, keys: &str, mails: usize, send: impl Fn(&Installation, usize)) -> Taken {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().display();
    let text = format!(
        "organisation = \"Bench Ltd\"\n[respondents]\nurl = \"http://127.0.0.1:8080\"\nlisten = \"127.0.0.1:8080\"\n[console]\nurl = \"http://localhost:8081\"\nlisten = \"127.0.0.1:8081\"\n\
         [storage]\nidentity = \"sqlite://{dir}/identity.db\"\nresponses = \"sqlite://{dir}/responses.db\"\nkeys = \"{dir}/keys\"\n\
         [mail]\nfrom = \"Candor <survey@example.org>\"\ntransport = \"smtp://127.0.0.1:{}?tls=none\"\n{keys}",
        sink.port
    );
    let file = folder.path().join("candor.toml");
    std::fs::write(&file, text).unwrap();
    let config = Config::load(&file, std::iter::empty()).unwrap();
    Installation::migrate(&config).unwrap();
    let installation = Installation::open(config, Arc::new(SystemClock)).unwrap();
    let people = roster::parse_csv("staff.csv", staff().as_bytes(), &Language::parse("en").unwrap()).unwrap();
    installation.identity.import_roster(&people.roster).unwrap();
    let wave = WaveId::parse("2026-q4").unwrap();
    let schedule = Schedule::with_defaults(SystemClock.now().plus(Duration::from_secs(14 * 86_400)));
    draft::create(
        &installation,
        &wave,
        &WaveSettings {
            instrument: "pulse".to_owned(),
            schedule,
            k: 5,
            group_min: 7,
            coalition: 1,
            min_range: 3,
            passphrase: false,
            comments: false,
            key_holder: None,
            particulars: candor::lifecycle::draft::Particulars::default(),
        },
    )
    .unwrap();
    launch::launch(&installation, &wave, None, &mut |_| {}).unwrap();
    let waiting = installation.identity.jobs_waiting().unwrap() as usize;
    let (start, cpu) = (Instant::now(), cpu_seconds());
    send(&installation, mails);
    let taken = Taken(start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    assert_eq!(waiting - installation.identity.jobs_waiting().unwrap() as usize, mails.min(waiting), "every mail was taken");
    taken
}

/// What a sender does that takes no thought for speed.
fn one_by_one(installation: &Installation, mails: usize) {
    let mut line = installation.mail.line();
    let sender = Sender::parse(&installation.config.mail.from).unwrap();
    for _ in 0..mails {
        let [job] = installation.identity.lease_jobs(SystemClock.now(), 1, LEASE, &mut rand::rng()).unwrap().try_into().unwrap();
        let minted = Minted { wave: job.wave.clone(), person: job.person.clone(), kind: SecretKind::Link, hash: rand::random() };
        assert_eq!(installation.identity.mint(&[minted]).unwrap(), [true]);
        let round = Round {
            organisation: "Bench Ltd".to_owned(),
            title: std::iter::once((job.language.clone(), "Bench".to_owned())).collect(),
            informal: Vec::new(),
            statements: 12,
            closes_at: None,
            extension: Extension::None,
            k: 5,
            coalition: 1,
            values_kept: 3,
            comments: None,
            key: KeyHeld::Process,
            hr_groups_after_hours: 0,
            team_reads: true,
            hr_follows: false,
            cards: false,
            weakened_by: std::collections::BTreeSet::new(),
            purpose: Words::new(),
            not_for: Words::new(),
            later: None,
            zone: jiff::tz::TimeZone::UTC,
            check_words: "lusab babad gutih tugad zorid mivok".to_owned(),
        };
        let recipient = Recipient { name: job.name.clone(), address: job.mail.clone(), language: job.language.clone() };
        let content = Content::Aborted { reason: "a text of another kind, for comparison".to_owned(), key_lost: false };
        let mail = compose(&sender, &recipient, &round, &content, SystemClock.now(), rand::random()).unwrap();
        line.send(&mail, Instant::now() + LEASE).unwrap();
        assert_eq!(installation.identity.end_jobs(&[(job, JobEnd::Done)]).unwrap(), 1);
    }
}

/// One unit of teams of 20, led by its members' own leads.
fn staff() -> String {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\nboss,Boss One,boss@example.org,,,en\n");
    let teams = PEOPLE / 21;
    for team in 0..teams {
        writeln!(csv, "lead-{team},Lead {team},lead-{team}@example.org,Leads,boss,en").unwrap();
    }
    for number in teams..PEOPLE {
        let team = number % teams;
        writeln!(csv, "p-{number},Person {number},p-{number}@example.org,Team {team},lead-{team},{}", ["en", "de"][number % 2]).unwrap();
    }
    csv
}

/// Seconds of CPU that this process has used, in user and system.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let behind_name = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<&str> = behind_name.split_whitespace().collect();
    // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// The accepting server, in a process of its own.
struct Sink {
    process: Child,
    port: u16,
}

impl Sink {
    fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap()).arg("sink").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, port: line.trim().parse().unwrap() }
    }
}

/// Takes every mail and forgets it.
fn sink() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || drop(swallow(stream)));
    }
}

fn swallow(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(64 << 10, stream.try_clone()?);
    stream.write_all(b"220 sink\r\n")?;
    let mut line = Vec::new();
    let mut in_text = false;
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer: &[u8] = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_slice() {
            _ if in_text && line != b".\r\n" => continue,
            b"EHLO" => b"250 sink\r\n",
            b"DATA" => b"354 go on\r\n",
            b"QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => b"250 2.0.0 fine\r\n",
        };
        in_text = answer.starts_with(b"354");
        stream.write_all(answer)?;
    }
}
