//! Mails that came back: read, marked, gone, and silent about who has answered.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{Refusal, remind};
use candor::mail::transport::CapturedMail;
use candor::worker::bounces::{Swept, read_returned, sweep};
use candor::worker::{self, Worker};
use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use domain::WaveId;
use identity::{AddressMark, Role};
use test_postgres::{Engine, listener};

use crate::harness::TestApp;
use crate::place::{Place, engine};

/// The report of a mail server about an address, with the mail that it returns.
fn report(address: &str, status: &str, returned: &[u8]) -> Vec<u8> {
    let mut mail = format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: survey@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"returned/mx\"\r\n\r\n\
         --returned/mx\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\r\n\
         --returned/mx\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: {status}\r\n\r\n"
    )
    .into_bytes();
    if !returned.is_empty() {
        mail.extend(b"--returned/mx\r\nContent-Type: message/rfc822\r\n\r\n");
        mail.extend(returned);
        mail.extend(b"\r\n");
    }
    mail.extend(b"--returned/mx--\r\n");
    mail
}

/// The newest mail to a person.
fn newest_to(app: &TestApp, person: &str) -> Arc<CapturedMail> {
    app.outbox.newest(usize::MAX).into_iter().find(|mail| mail.to.contains(&format!("{person}@"))).unwrap()
}

fn unreached(app: &TestApp, wave: &WaveId) -> Vec<(String, AddressMark)> {
    app.installation.identity.unreached_people(wave).unwrap().into_iter().map(|one| (one.person.to_string(), one.mark)).collect()
}

fn maildir(app: &TestApp) -> PathBuf {
    let maildir = app.place.path().join("returned");
    for folder in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(maildir.join(folder)).unwrap();
    }
    maildir
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs a command of the program on the installation of a test.
fn candor(place: &Place, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candor"))
        .arg("--config")
        .arg(place.path().join("candor.toml"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    command.stdin.take().unwrap().write_all(input).unwrap();
    command.wait_with_output().unwrap()
}

/// Moves to the moment when the closing mails go out, and sends them.
fn shut_the_box(app: &TestApp, wave: &WaveId) {
    let schedule = WaveSettings::of(&app.installation.identity, wave).unwrap().schedule;
    app.clock.set(schedule.closes_at);
    app.advance(&mut Vec::new());
    app.clock.advance(Duration::from_secs(schedule.grace_seconds));
    app.advance(&mut Vec::new());
    worker::mail::send_all(&app.installation).unwrap();
}

#[actix_web::test]
async fn a_maildir_is_read_marked_and_emptied() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let maildir = maildir(&app);
    let write = |file: &str, content: &[u8]| std::fs::write(maildir.join(file), content).unwrap();
    write("new/1763719200.M1P2.mx", &report("Alpha1@Example.ORG", "5.1.1", &newest_to(&app, "alpha1").raw));
    write("cur/1763719201.M1P3.mx:2,S", &report("beta2@example.org", "5.2.2", b""));
    write("new/1763719202.M1P4.mx", b"Auto-Submitted: auto-replied\r\nSubject: away\r\n\r\nalpha3@example.org is on holiday\r\n");
    write("new/1763719203.M1P5.mx", &report("nobody@example.org", "5.1.1", b""));
    write("new/1763719204.M1P6.mx", &[0xff; 5000]);
    write("new/1763719205.M1P7.mx", b"");
    write("new/.hidden", b"");
    write("tmp/1763719206.M1P8.mx", &report("gamma1@example.org", "5.1.1", b""));
    let elsewhere = app.place.path().join("elsewhere");
    std::fs::write(&elsewhere, report("gamma2@example.org", "5.1.1", b"")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, maildir.join("new/1763719207.M1P9.mx")).unwrap();

    let swept = sweep(&app.installation, &maildir, || true).unwrap();
    assert_eq!(swept, Swept { read: 6, left: 0, marked: 2 });
    assert_eq!(unreached(&app, &wave), [("alpha1".to_owned(), AddressMark::UnknownAddress), ("beta2".to_owned(), AddressMark::Full)]);
    assert_eq!(files(&maildir.join("new")), [".hidden", "1763719207.M1P9.mx"]);
    assert_eq!((files(&maildir.join("cur")).len(), files(&maildir.join("tmp")).len()), (0, 1));
    assert!(elsewhere.exists(), "a link leads nowhere");
    assert_eq!(sweep(&app.installation, &maildir, || true).unwrap(), Swept::default());
}

/// Each of these would stop a database that takes no NUL in a text.
#[actix_web::test]
async fn addresses_that_no_database_takes_do_not_keep_the_next_mail_from_being_read() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let maildir = maildir(&app);
    for (number, address) in ["a+00@x", "a\0@x", "<\0@>"].into_iter().enumerate() {
        std::fs::write(maildir.join(format!("new/{number}")), report(address, "5.1.1", b"")).unwrap();
    }
    let unicode = String::from_utf8(report("a\\x{0}@x", "5.1.1", b"")).unwrap().replace("rfc822;", "utf-8;");
    std::fs::write(maildir.join("new/3"), unicode).unwrap();
    std::fs::write(maildir.join("cur/4"), report("beta2@example.org", "5.1.1", b"")).unwrap();
    assert_eq!(sweep(&app.installation, &maildir, || true).unwrap(), Swept { read: 5, left: 0, marked: 1 });
    assert_eq!(unreached(&app, &wave), [("beta2".to_owned(), AddressMark::UnknownAddress)]);
}

#[actix_web::test]
async fn a_mail_on_which_the_database_fails_stays_and_those_behind_it_are_read() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let maildir = maildir(&app);
    // Files are read in the order of the folder, which is anybody's: many beside the one.
    for person in ["alpha1", "alpha2", "alpha3", "beta1", "beta2"] {
        let status = if person == "alpha3" { "5.2.2" } else { "5.1.1" };
        std::fs::write(maildir.join("new").join(person), report(&format!("{person}@example.org"), status, b"")).unwrap();
    }
    match engine() {
        Engine::Sqlite => {
            let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON mail_mark WHEN NEW.reason = 'full' BEGIN SELECT RAISE(ABORT, 'no'); END";
            let [people_side, _] = app.place.urls();
            let mut connection = SqliteConnection::establish(people_side.trim_start_matches("sqlite://")).unwrap();
            connection.batch_execute(refuse).unwrap();
        }
        Engine::Postgres => {
            app.place.database(0).sql("ALTER TABLE mail_mark ADD CONSTRAINT refuse CHECK (reason <> 'full')");
        }
    }
    sweep(&app.installation, &maildir, || true).unwrap_err();
    assert_eq!(files(&maildir.join("new")), ["alpha3"]);
    assert_eq!(unreached(&app, &wave).len(), 4);
}

#[actix_web::test]
async fn a_folder_that_is_no_maildir_is_refused_with_its_name() {
    let app = TestApp::spawn().await;
    let Err(Refusal::Invalid(why)) = sweep(&app.installation, app.place.path(), || true) else { panic!("it was taken for one") };
    assert!(why.contains(&format!("{}/new", app.place.path().display())), "{why}");
}

/// The mails as they really were sent: only the invitation's return leaves a name.
#[actix_web::test]
async fn a_returned_invitation_leaves_a_name_and_a_returned_reminder_nothing() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let invitation = newest_to(&app, "alpha1");
    app.answer(&wave, &app.links()["beta1"], 4).await.unwrap();
    remind::remind(&app.installation, &wave).unwrap();
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    for person in ["alpha1", "alpha2", "gamma1"] {
        let reminder = newest_to(&app, person);
        assert!(String::from_utf8_lossy(&reminder.raw).contains("Candor-Mail: reminder"));
        assert_eq!(read_returned(&app.installation, &report(&format!("{person}@example.org"), "5.1.1", &reminder.raw)).unwrap(), 0);
        assert_eq!(read_returned(&app.installation, &report(&format!("{person}@example.org"), "5.1.1", b"")).unwrap(), 0);
    }
    assert_eq!(unreached(&app, &wave), []);
    assert_eq!(read_returned(&app.installation, &report("alpha1@example.org", "5.1.1", &invitation.raw)).unwrap(), 1);
    shut_the_box(&app, &wave);
    let closing = newest_to(&app, "gamma1");
    assert!(String::from_utf8_lossy(&closing.raw).contains("Candor-Mail: closing"));
    assert_eq!(read_returned(&app.installation, &report("gamma1@example.org", "4.4.7", &closing.raw)).unwrap(), 1);
    assert_eq!(unreached(&app, &wave), [("alpha1".to_owned(), AddressMark::UnknownAddress), ("gamma1".to_owned(), AddressMark::Bounced)]);
}

/// Anybody can write to the address that returned mails come to.
#[actix_web::test]
async fn a_forged_bounce_stops_no_mail_and_keeps_nobody_from_answering() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    for person in app.links().keys() {
        assert_eq!(read_returned(&app.installation, &report(&format!("{person}@example.org"), "5.1.1", b"")).unwrap(), 1);
    }
    app.answer(&wave, &app.links()["alpha0"], 4).await.unwrap();
    let before = app.outbox.newest(usize::MAX).len();
    remind::remind(&app.installation, &wave).unwrap();
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.outbox.newest(usize::MAX).len() - before, 27);
    app.run_to_publication(&wave);
    assert_eq!(app.outbox.newest(usize::MAX).len() - before, 27 + 28);
}

#[actix_web::test]
async fn hr_reads_counts_and_names_and_nobody_else_does() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    app.account("lead-a", Role::Leader, Some("lead-a"));
    let wave = app.launch("2026-q4");
    let hr = app.sign_in("hr").await;
    let (_, page) = hr.read("/rounds/2026-q4").await;
    assert!(page.contains("<dt>Invitations still to be sent</dt><dd>0 of 28</dd>"), "{page}");
    assert!(page.contains("nobody that is known") && !page.contains("Who was not reached"));
    read_returned(&app.installation, &report("alpha1@example.org", "5.1.1", b"")).unwrap();
    let (_, page) = hr.read("/rounds/2026-q4").await;
    assert!(page.contains("one person (there is no such address: 1)") && page.contains("href=\"/rounds/2026-q4/mail\""), "{page}");
    assert!(!page.contains("Name alpha1"));
    let (status, page) = hr.read("/rounds/2026-q4/mail").await;
    assert!(status == 200 && page.contains("Name alpha1") && page.contains("alpha1@example.org"), "{page}");
    assert_eq!(hr.read("/rounds/2031-q1/mail").await.0, 404);
    app.draft("2027-q1");
    let (status, page) = hr.read("/rounds/2027-q1").await;
    assert!(status == 200 && !page.contains("<h2>Mail</h2>"));

    // A reminder that waits, is sent and comes back changes no letter of what HR reads.
    let pages = || async { (hr.read("/rounds/2026-q4").await.1, hr.read("/rounds/2026-q4/mail").await.1) };
    let before = pages().await;
    remind::remind(&app.installation, &wave).unwrap();
    assert_eq!(pages().await, before);
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    read_returned(&app.installation, &report("beta1@example.org", "5.1.1", &newest_to(&app, "beta1").raw)).unwrap();
    assert_eq!(pages().await, before);

    assert_eq!(app.get(&format!("{}/rounds/2026-q4/mail", app.console)).await.0, 303, "to the sign-in");
    let (status, page) = app.sign_in("lead-a").await.read("/rounds/2026-q4/mail").await;
    assert!(status == 403 && !page.contains("alpha1"));
    assert_eq!(hr.post("/rounds/2026-q4/mail", &[]).await, 403, "without the token of a form");
}

#[actix_web::test]
async fn a_mail_server_pipes_a_mail_into_the_program() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let good = report("alpha1@example.org", "5.1.1", &newest_to(&app, "alpha1").raw);
    let mut long = good.clone();
    long.resize(9 << 20, b'x');
    for mail in [good.as_slice(), b"", &[0; 3000], long.as_slice()] {
        let output = candor(&app.place, &["mail", "bounce"], mail);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "what a program prints, a mail server may send on: {output:?}");
    }
    assert_eq!(unreached(&app, &wave), [("alpha1".to_owned(), AddressMark::UnknownAddress)]);
    let problems = candor(&app.place, &["mail", "problems", "2026-q4"], b"");
    let text = String::from_utf8(problems.stdout).unwrap();
    assert!(text.contains("Name alpha1 (alpha1) <alpha1@example.org>: there is no such address"), "{text}");
    let status = String::from_utf8(candor(&app.place, &["wave", "status", "2026-q4"], b"").stdout).unwrap();
    assert!(status.contains("Not reached by mail: one person") && !status.contains("alpha1"), "{status}");
}

#[actix_web::test]
async fn a_mail_that_cannot_be_marked_now_stays_with_the_mail_server_and_in_the_folder() {
    let app = TestApp::spawn().await;
    let maildir = maildir(&app);
    let mail = report("alpha1@example.org", "5.1.1", b"");
    std::fs::write(maildir.join("new/1"), &mail).unwrap();
    // The same folder with databases that have no table yet.
    let empty = Place::empty(engine());
    let unused = listener;
    empty.configure(&unused(), &unused(), "memory:");
    let output = candor(&empty, &["mail", "bounce"], &mail);
    assert_eq!(output.status.code(), Some(75), "EX_TEMPFAIL: {output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("alpha1"), "{output:?}");
    let maildir_text = maildir.display().to_string();
    let output = candor(&empty, &["mail", "bounces", "--maildir", &maildir_text], b"");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(files(&maildir.join("new")), ["1"]);
    std::fs::write(empty.path().join("candor.toml"), "nonsense = ").unwrap();
    assert_eq!(candor(&empty, &["mail", "bounce"], &mail).status.code(), Some(75));

    app.launch("2026-q4");
    let output = candor(&app.place, &["mail", "bounces", "--maildir", &maildir_text], b"");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "Returned mails are read and deleted. Addresses marked: 1.\n");
    assert_eq!(files(&maildir.join("new")), [""; 0]);
    assert_eq!(candor(&app.place, &["mail", "bounces"], b"").status.code(), Some(2), "no folder is configured");
}

#[actix_web::test]
async fn the_worker_reads_the_configured_folder_by_itself() {
    let mut app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let maildir = maildir(&app);
    Arc::make_mut(&mut app.installation.config).mail.bounces_maildir = Some(maildir.clone());
    std::fs::write(maildir.join("new/1"), report("alpha1@example.org", "5.1.1", b"")).unwrap();
    let worker = Worker::start(&app.installation).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while !files(&maildir.join("new")).is_empty() {
        assert!(Instant::now() < deadline, "the worker read nothing");
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(worker);
    assert_eq!(unreached(&app, &wave), [("alpha1".to_owned(), AddressMark::UnknownAddress)]);
}
