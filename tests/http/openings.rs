//! `candor wave open` where something is not as it was promised: it says what, changes nothing, and opens as ever once that is put right.

use std::fs;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::{close, launch};
use candor::worker;
use domain::{Clock, Schedule, SystemClock, WaveId, WaveState};
use protocol::{BoxSecretKey, KeyFile};

use crate::harness::TestApp;
use crate::place::{Place, config_in};

const WAVE: &str = "2026-q4";

/// What is done to an installation, how it is taken back, and what the command says in between.
struct Harm {
    what: &'static str,
    done: Box<dyn Fn(&Place)>,
    undone: Box<dyn Fn(&Place)>,
    says: &'static [&'static str],
}

/// The statements keep what they change in a table of their own.
fn in_the_database(
    what: &'static str,
    number: usize,
    keep: &'static str,
    harm: &'static str,
    repair: &'static str,
    says: &'static [&'static str],
) -> Harm {
    let run = |number: usize, statements: String| Box::new(move |place: &Place| place.tamper(number, &statements));
    Harm { what, done: run(number, format!("{keep}; {harm}")), undone: run(number, format!("{repair}; DROP TABLE kept")), says }
}

fn in_the_box(what: &'static str, harm: &'static str, says: &'static [&'static str]) -> Harm {
    let repair = "DELETE FROM ballot; INSERT INTO ballot SELECT * FROM kept";
    in_the_database(what, 1, "CREATE TABLE kept AS SELECT * FROM ballot", harm, repair, says)
}

fn in_the_key_file(what: &'static str, change: fn(Vec<u8>) -> Vec<u8>, says: &'static [&'static str]) -> Harm {
    let file = |place: &Place| place.path().join("keys").join(format!("{WAVE}.boxkey"));
    let done = move |place: &Place| {
        let right = fs::read(file(place)).unwrap();
        fs::write(place.path().join("kept"), &right).unwrap();
        // Written into the same file, which keeps its mode.
        fs::write(file(place), change(right)).unwrap();
    };
    let undone = move |place: &Place| fs::write(file(place), fs::read(place.path().join("kept")).unwrap()).unwrap();
    Harm { what, done: Box::new(done), undone: Box::new(undone), says }
}

fn another_key(_: Vec<u8>) -> Vec<u8> {
    let key = BoxSecretKey::generate(&mut rand::rng());
    KeyFile::lock(&key, &wave(), None, &mut rand::rng()).unwrap().to_json().unwrap().to_vec()
}

fn harms() -> Vec<Harm> {
    let issued = "UPDATE wave_person SET issued_blind = (SELECT issued_blind FROM kept WHERE kept.person = wave_person.person)";
    vec![
        in_the_key_file("another key", another_key, &["this box key does not belong to this round"]),
        in_the_key_file(
            "a key file that was cut",
            |mut file| file.drain(..file.len() / 2).collect(),
            &[".boxkey: this is not a box key file"],
        ),
        in_the_box(
            "a missing ballot",
            "DELETE FROM ballot WHERE nonce = (SELECT nonce FROM ballot ORDER BY nonce LIMIT 1)",
            &["the 27 ballots of the signed board: 1 of them are missing, 0 others"],
        ),
        in_the_box(
            "an altered ballot",
            "UPDATE ballot SET ct = (SELECT ct FROM ballot ORDER BY nonce DESC LIMIT 1)
             WHERE nonce = (SELECT nonce FROM ballot ORDER BY nonce LIMIT 1)",
            &["1 of them are missing, 1 others lie there"],
        ),
        in_the_box(
            "a ballot that was put in",
            "INSERT INTO ballot SELECT mac, group_no, mac, ct FROM ballot ORDER BY nonce LIMIT 1",
            &["0 of them are missing, 1 others lie there"],
        ),
        in_the_box(
            "an exchanged credential",
            "UPDATE ballot SET mac = (SELECT mac FROM ballot ORDER BY nonce DESC LIMIT 1)
             WHERE nonce = (SELECT nonce FROM ballot ORDER BY nonce LIMIT 1)",
            &["1 ballots carry no valid credential", "in group \""],
        ),
        in_the_box(
            "a ballot in another group",
            "UPDATE ballot SET group_no = 1 WHERE nonce = (SELECT nonce FROM ballot WHERE group_no = 0 ORDER BY nonce LIMIT 1)",
            &["does not balance"],
        ),
        in_the_database(
            "a wrong number of issued credentials",
            0,
            "CREATE TABLE kept AS SELECT person, issued_blind FROM wave_person",
            "UPDATE wave_person SET issued_blind = NULL WHERE person = 'alpha0'",
            issued,
            &["26 credentials were issued over all groups, but the signed board says 27"],
        ),
        in_the_database(
            "a list of counted ballots that was cut",
            1,
            "CREATE TABLE kept AS SELECT board FROM wave",
            "UPDATE wave SET board = substr(board, 1, 200)",
            "UPDATE wave SET board = (SELECT board FROM kept)",
            &["the list of counted answers of round 2026-q4 cannot be read"],
        ),
    ]
}

fn wave() -> WaveId {
    WaveId::parse(WAVE).unwrap()
}

fn open(place: &Place) -> Output {
    let file = place.path().join("candor.toml");
    Command::new(env!("CARGO_BIN_EXE_candor")).arg("--config").arg(file).args(["wave", "open", WAVE]).output().unwrap()
}

/// The hash of the Release and the checks, as the opening left them.
fn record(place: &Place) -> Option<Vec<u8>> {
    let installation = Installation::open(config_in(place.path()), Arc::new(SystemClock)).unwrap();
    installation.responses.opening(&wave()).unwrap()
}

/// A round that is closed and can be opened at once.
async fn closed() -> TestApp {
    let app = TestApp::spawn().await;
    // The command looks at the clock on the wall.
    app.clock.set(SystemClock.now());
    app.draft_with(WAVE, Schedule::manual(app.clock.now().plus(Duration::from_secs(86_400))));
    launch::launch(&app.installation, &wave(), None, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    // One link leads to somebody who does not answer.
    app.answer_as(&wave(), |person| (person != "beta0").then_some(4)).await;
    close::close(&app.installation, &wave(), &mut |_| {}).unwrap();
    app
}

#[actix_web::test]
async fn an_opening_of_something_else_than_was_promised_stops_says_what_and_leaves_everything_as_it_was() {
    let app = closed().await;
    let undisturbed = app.place.copy();
    let output = open(&undisturbed);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let right = record(&undisturbed).unwrap();
    for Harm { what, done, undone, says } in harms() {
        let place = app.place.copy();
        done(&place);
        let before = place.content();
        let output = open(&place);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{what}: it was opened");
        assert!(says.iter().all(|words| said.contains(words)), "{what}: {said}");
        assert!(said.contains("Nothing was published."), "{what}: {said}");
        assert_eq!(place.content(), before, "{what}");
        undone(&place);
        let output = open(&place);
        assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(record(&place).unwrap(), right, "{what}");
    }
    assert_eq!(app.installation.state(&wave()).unwrap(), WaveState::Closed, "the copies are copies");
}
