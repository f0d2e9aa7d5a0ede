//! The process is killed after every durable step of a wave's life, started again, and must end where an undisturbed run ends.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::opening::OpeningRecord;
use candor::lifecycle::{Refusal, Step, abort, advance, countersign, launch, publish};
use domain::{Clock, ManualClock, Schedule, WaveId, WaveState};
use protocol::{FrozenManifest, KeyFile};
use release::RELEASE_FORMAT;
use secrecy::SecretString;
use test_postgres::Engine;

use crate::harness::{TestApp, start_of_time};
use crate::place::{Place, config_in, engine};

const WAVE: &str = "2026-q4";
const SIGABRT: i32 = 6;

/// What is done to a wave in a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Launch,
    /// A launch that comes as far as the wait for a countersignature.
    Wait,
    /// The countersignature in `countersignature.json`.
    Countersign,
    End,
    Abort,
}

impl Deed {
    pub(crate) fn of(step: Step) -> Self {
        let name = format!("{step:?}");
        if step == Step::SheetPrepared {
            Self::Wait
        } else if step == Step::Countersigned {
            Self::Countersign
        } else if name.starts_with("Launch") {
            Self::Launch
        } else if name.starts_with("Abort") {
            Self::Abort
        } else {
            Self::End
        }
    }

    /// Whether the step is taken only where somebody outside the operator holds the key; `trustee.rs` kills the process at those.
    pub(crate) fn is_of_key_holder(step: Step) -> bool {
        matches!(Self::of(step), Self::Wait | Self::Countersign)
    }
}

pub(crate) fn wave() -> WaveId {
    WaveId::parse(WAVE).unwrap()
}

/// Opens the installation that lies in a folder, under a clock of its own.
pub(crate) fn open(folder: &Path) -> (Installation, ManualClock) {
    let clock = ManualClock::at(start_of_time());
    (Installation::open(config_in(folder), Arc::new(clock.clone())).unwrap(), clock)
}

fn do_it(installation: &Installation, clock: &ManualClock, deed: &str, observe: &mut dyn FnMut(Step)) {
    // What a start does first: finish what a dead process left.
    advance::advance(installation, observe).unwrap();
    let state = installation.state(&wave()).unwrap().as_str();
    match deed {
        // A key that is locked with a passphrase waits for a person, so a launch may still be under way here.
        "Launch" if matches!(state, "draft" | "launching") => {
            match launch::launch(installation, &wave(), passphrase().as_ref(), observe) {
                // Another process was faster; that is no failure of the round.
                Ok(_) | Err(Refusal::WrongState { state: WaveState::Running, .. }) => {}
                Err(refusal) => panic!("{refusal}"),
            }
        }
        "Wait" if matches!(state, "draft" | "launching") => {
            let refusal = launch::launch(installation, &wave(), None, observe).unwrap_err();
            assert!(matches!(refusal, Refusal::CountersignatureNeeded(_)), "{refusal}");
        }
        "Countersign" if state == "launching" => {
            let file = PathBuf::from(std::env::var("CRASH_FOLDER").unwrap()).join("countersignature.json");
            countersign::countersign(installation, &wave(), &std::fs::read(file).unwrap(), observe).unwrap();
        }
        "Abort" if !matches!(state, "aborted") => abort::abort(installation, &wave(), "The building is on fire.", observe).unwrap(),
        "End" => {
            let schedule = WaveSettings::of(&installation.identity, &wave()).unwrap().schedule;
            clock.set(schedule.closes_at);
            advance::advance(installation, observe).unwrap();
            for seconds in [schedule.grace_seconds, schedule.window_seconds, schedule.publish_at_seconds] {
                clock.advance(Duration::from_secs(seconds));
                advance::advance(installation, observe).unwrap();
            }
        }
        _ => {}
    }
}

fn passphrase() -> Option<SecretString> {
    std::env::var("CRASH_PASSPHRASE").ok().map(SecretString::from)
}

/// The other process: does the deed named in the environment, and dies at the step named there.
#[test]
#[ignore = "started by the other tests of this file as a process of its own"]
fn the_process_that_is_killed() {
    let folder = PathBuf::from(std::env::var("CRASH_FOLDER").expect("started by the other tests of this file"));
    let die_at = std::env::var("CRASH_AT").unwrap_or_default();
    let (installation, clock) = open(&folder);
    do_it(&installation, &clock, &std::env::var("CRASH_DEED").unwrap(), &mut |step| {
        if format!("{step:?}") == die_at {
            // Like kill -9: nothing is flushed, no destructor runs.
            std::process::abort();
        }
    });
}

/// Runs the deed in a process of its own; whether it was killed.
pub(crate) fn run(folder: &Path, deed: Deed, die_at: Option<Step>) -> bool {
    run_with(folder, deed, die_at, None)
}

fn run_with(folder: &Path, deed: Deed, die_at: Option<Step>, passphrase: Option<&str>) -> bool {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["crash::the_process_that_is_killed", "--exact", "--ignored", "--nocapture"])
        .env("CRASH_FOLDER", folder)
        .env("CRASH_DEED", format!("{deed:?}"))
        .env("CRASH_AT", die_at.map(|step| format!("{step:?}")).unwrap_or_default())
        .envs(passphrase.map(|text| ("CRASH_PASSPHRASE", text)))
        .output()
        .unwrap();
    let killed = output.status.signal() == Some(SIGABRT);
    assert!(killed || output.status.success(), "{deed:?} {die_at:?}: {}", String::from_utf8_lossy(&output.stderr));
    killed
}

/// Everything about the end of a wave that must not depend on being killed on the way.
#[derive(Debug, PartialEq)]
pub(crate) struct EndState {
    state: String,
    gate: String,
    key_file: bool,
    ballots: u32,
    board: Option<Vec<u8>>,
    release: Option<Vec<u8>>,
    keys_in_database: bool,
    people_side_key: bool,
    invited: u32,
    issued: u32,
    mails_waiting: u32,
    promises: String,
}

pub(crate) fn end_state(folder: &Path) -> EndState {
    let (installation, _) = open(folder);
    let record = installation.ballot_side(&wave()).unwrap();
    let totals = installation.identity.totals(&wave()).unwrap();
    installation.identity.integrity_check().unwrap();
    installation.responses.integrity_check().unwrap();
    let manifest = FrozenManifest::read(record.manifest).unwrap();
    let promises = manifest.manifest();
    EndState {
        state: installation.state(&wave()).unwrap().to_string(),
        gate: record.gate.as_str().to_owned(),
        key_file: installation.keys.path(&wave()).exists(),
        ballots: installation.responses.spent().unwrap(),
        board: record.board,
        release: installation.responses.release(&wave()).unwrap().map(|r| r.document),
        keys_in_database: installation.responses.credential_key(&wave()).unwrap().is_some()
            || installation.responses.board_key(&wave()).unwrap().is_some(),
        people_side_key: installation.identity.credential_key(&wave()).unwrap().is_some(),
        invited: totals.invited,
        issued: totals.issued,
        mails_waiting: installation.identity.jobs_waiting().unwrap(),
        // Keys and nonce are random; everything else that was promised must be the same.
        promises: format!("{:?} {:?} {} {}", promises.schedule, promises.groups_root, promises.invited, promises.groups),
    }
}

/// A drafted wave, and the same wave running with answers in the box.
pub(crate) async fn scenes() -> (TestApp, Place, Place) {
    let app = TestApp::spawn().await;
    app.draft(WAVE);
    let drafted = app.place.copy();
    launch::launch(&app.installation, &wave(), None, &mut |_| {}).unwrap();
    candor::worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&wave(), |person| (!person.ends_with('3')).then_some(5)).await;
    let running = app.place.copy();
    (app, drafted, running)
}

#[actix_web::test]
async fn a_process_killed_after_any_durable_step_ends_where_an_undisturbed_one_ends() {
    let (_app, drafted, running) = scenes().await;
    let scene = |deed| if deed == Deed::Launch { &drafted } else { &running };
    let mut undisturbed = Vec::new();
    for deed in [Deed::Launch, Deed::End, Deed::Abort] {
        let folder = scene(deed).copy();
        assert!(!run(folder.path(), deed, None));
        undisturbed.push((deed, end_state(folder.path())));
    }
    let expected_states: BTreeSet<&str> = undisturbed.iter().map(|(_, end)| end.state.as_str()).collect();
    assert_eq!(expected_states, BTreeSet::from(["aborted", "published", "running"]));
    for step in Step::ALL.into_iter().filter(|step| !Deed::is_of_key_holder(*step)) {
        let deed = Deed::of(step);
        let folder = scene(deed).copy();
        assert!(run(folder.path(), deed, Some(step)), "{step:?} was never reached, so nothing was tested");
        assert!(!run(folder.path(), deed, None), "{step:?}");
        let expected = &undisturbed.iter().find(|(d, _)| *d == deed).unwrap().1;
        assert_eq!(&end_state(folder.path()), expected, "killed after {step:?}");
    }
}

#[actix_web::test]
async fn two_processes_that_launch_one_round_at_once_make_one_key_that_fits_its_promise_sheet() {
    let (_app, drafted, _running) = scenes().await;
    for _ in 0..6 {
        let folder = drafted.copy();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| assert!(!run(folder.path(), Deed::Launch, None)));
            }
        });
        let (installation, _) = open(folder.path());
        assert_eq!(installation.state(&wave()).unwrap(), WaveState::Running);
        let manifest = FrozenManifest::read(installation.ballot_side(&wave()).unwrap().manifest).unwrap();
        let file = KeyFile::from_json(&installation.keys.read(&wave()).unwrap().unwrap()).unwrap();
        assert_eq!(file.box_key(), manifest.manifest().box_key);
        assert_eq!(installation.identity.jobs_waiting().unwrap(), 28);
    }
}

#[actix_web::test]
async fn a_launch_with_a_passphrase_that_was_interrupted_can_be_finished_with_it() {
    let app = TestApp::spawn().await;
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule: Schedule::with_defaults(app.clock.now().plus(Duration::from_secs(14 * 86_400))),
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase: true,
        comments: false,
        key_holder: None,
        particulars: candor::lifecycle::draft::Particulars::default(),
    };
    candor::lifecycle::draft::create(&app.installation, &wave(), &settings).unwrap();
    for step in Step::ALL.into_iter().filter(|step| Deed::of(*step) == Deed::Launch) {
        let folder = app.place.copy();
        // The variable is inherited by the processes of this test only when it is set for them.
        assert!(run_with(folder.path(), Deed::Launch, Some(step), Some("correct horse")), "{step:?}");
        let (installation, _) = open(folder.path());
        advance::advance(&installation, &mut |_| {}).unwrap();
        assert_eq!(launch::makes_a_key(&installation, &wave()).unwrap(), step == Step::LaunchFrozen);
        assert!(!run_with(folder.path(), Deed::Launch, None, Some("correct horse")), "{step:?}");
        assert_eq!(installation.state(&wave()).unwrap(), WaveState::Running, "{step:?}");
        let file = KeyFile::from_json(&installation.keys.read(&wave()).unwrap().unwrap()).unwrap();
        file.unlock(Some(&SecretString::from("correct horse"))).unwrap();
    }
}

#[actix_web::test]
async fn once_an_abort_is_decided_no_other_step_is_taken_and_the_abort_is_finished() {
    let (app, _, _) = scenes().await;
    let schedule = WaveSettings::of(&app.installation.identity, &wave()).unwrap().schedule;
    for moment in [schedule.closes_at, schedule.box_shuts(schedule.closes_at), schedule.opens(schedule.closes_at)] {
        app.clock.set(moment);
        app.advance(&mut Vec::new());
    }
    assert_eq!(app.installation.state(&wave()).unwrap(), WaveState::Opened);
    // As a process leaves it that dies right after the decision.
    app.installation.identity.request_abort(&wave(), "The building is on fire.").unwrap();
    app.clock.set(schedule.publishes(schedule.closes_at));
    let refused = publish::publish(&app.installation, &wave(), None, &mut |_| {}).unwrap_err();
    assert!(matches!(refused, Refusal::Ending { .. }), "{refused}");
    assert!(app.installation.responses.release(&wave()).unwrap().is_none());
    abort::abort(&app.installation, &wave(), "Another reason.", &mut |_| {}).unwrap();
    assert_eq!(app.installation.state(&wave()).unwrap(), WaveState::Aborted);
    assert_eq!(app.installation.people_side(&wave()).unwrap().abort_reason.unwrap(), "The building is on fire.");
}

#[actix_web::test]
async fn opening_again_before_the_publication_gives_the_same_bytes() {
    let (app, _, _) = scenes().await;
    let schedule = WaveSettings::of(&app.installation.identity, &wave()).unwrap().schedule;
    let mut steps = Vec::new();
    app.clock.set(schedule.closes_at);
    app.advance(&mut steps);
    app.clock.advance(Duration::from_secs(schedule.grace_seconds));
    app.advance(&mut steps);
    app.clock.advance(Duration::from_secs(schedule.window_seconds));
    let open = || candor::lifecycle::opening::open(&app.installation, &wave(), None, &mut |_| {}).unwrap();
    let first = open();
    assert_eq!(first, open());
    assert!(!first.checks.is_empty());
    assert!(app.installation.responses.release(&wave()).unwrap().is_none(), "an opening must not write the result");
    assert!(app.clock.now() < schedule.publishes(schedule.closes_at));
}

/// A round that is opened and due for publication.
async fn due_for_publication() -> TestApp {
    let (app, _, _) = scenes().await;
    let schedule = WaveSettings::of(&app.installation.identity, &wave()).unwrap().schedule;
    for moment in [schedule.closes_at, schedule.box_shuts(schedule.closes_at), schedule.opens(schedule.closes_at)] {
        app.clock.set(moment);
        app.advance(&mut Vec::new());
    }
    assert_eq!(app.installation.state(&wave()).unwrap(), WaveState::Opened);
    app.clock.set(schedule.publishes(schedule.closes_at));
    app
}

/// Puts a record of another result in the place of the opening's.
fn leave_record(app: &TestApp, format: &str) -> Vec<u8> {
    let record = format!("{{{format}\"release_sha256\":\"{}\",\"checks\":[]}}", "0".repeat(64)).into_bytes();
    let hex = data_encoding::HEXLOWER.encode(&record);
    let bytes = if engine() == Engine::Postgres { format!("'\\x{hex}'") } else { format!("X'{hex}'") };
    app.place.tamper(1, &format!("UPDATE wave SET opening = {bytes}"));
    record
}

#[actix_web::test]
async fn a_round_that_an_earlier_version_opened_is_opened_again_by_this_one_and_published() {
    // The first version did not say its format.
    for (format, opens_first) in [("", false), ("\"release_format\":\"candor-release/1\",", true)] {
        let app = due_for_publication().await;
        leave_record(&app, format);
        if opens_first {
            let open = || candor::lifecycle::opening::open(&app.installation, &wave(), None, &mut |_| {}).unwrap();
            assert_eq!(open(), open());
        }
        app.advance(&mut Vec::new());
        assert_eq!(app.installation.state(&wave()).unwrap(), WaveState::Published);
        let release = app.installation.responses.release(&wave()).unwrap().unwrap();
        let record: OpeningRecord = serde_json::from_slice(&app.installation.responses.opening(&wave()).unwrap().unwrap()).unwrap();
        assert_eq!(record.release_sha256, data_encoding::HEXLOWER.encode(&release.sha256));
        let again: Vec<_> = record.checks.iter().filter(|check| check.what == "Opened again by a newer version").collect();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].found, format!("the first opening made a candor-release/1, this version makes a {RELEASE_FORMAT}"));
    }
}

#[actix_web::test]
async fn a_record_of_the_same_format_with_another_hash_is_refused_and_nothing_changes() {
    let app = due_for_publication().await;
    let record = leave_record(&app, &format!("\"release_format\":\"{RELEASE_FORMAT}\","));
    let before = app.place.content();
    let published = publish::publish(&app.installation, &wave(), None, &mut |_| {}).unwrap_err().to_string();
    assert!(published.contains("gave another result than before"), "{published}");
    let opened = candor::lifecycle::opening::open(&app.installation, &wave(), None, &mut |_| {}).unwrap_err().to_string();
    assert!(opened.contains("opened to another result than before"), "{opened}");
    assert_eq!(app.place.content(), before);
    assert_eq!(app.installation.responses.opening(&wave()).unwrap().unwrap(), record);
}
