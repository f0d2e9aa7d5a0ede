//! The process is killed after every durable step of a wave's life, started again, and must end where an undisturbed run ends.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use candor::installation::Installation;
use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{Refusal, Step, abort, advance, launch, publish};
use domain::{Clock, ManualClock, Schedule, WaveId, WaveState};
use protocol::{FrozenManifest, KeyFile};
use secrecy::SecretString;

use crate::harness::{TestApp, configure, start_of_time};

const WAVE: &str = "2026-q4";
const SIGABRT: i32 = 6;

/// What is done to a wave in a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Launch,
    End,
    Abort,
}

impl Deed {
    fn of(step: Step) -> Self {
        let name = format!("{step:?}");
        if name.starts_with("Launch") {
            Self::Launch
        } else if name.starts_with("Abort") {
            Self::Abort
        } else {
            Self::End
        }
    }
}

fn wave() -> WaveId {
    WaveId::parse(WAVE).unwrap()
}

/// Opens the installation that lies in a folder, under a clock of its own.
fn open(folder: &Path) -> (Installation, ManualClock) {
    let unused = || TcpListener::bind("127.0.0.1:0").unwrap();
    let config = configure(folder, &unused(), &unused(), "memory:");
    let clock = ManualClock::at(start_of_time());
    (Installation::open(config, Arc::new(clock.clone())).unwrap(), clock)
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
fn run(folder: &Path, deed: Deed, die_at: Option<Step>) -> bool {
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

fn copy(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in walk(from) {
        let target = to.path().join(entry.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        // Permissions come along: a key file that others may read is refused.
        std::fs::copy(&entry, &target).unwrap();
    }
    to
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// Everything about the end of a wave that must not depend on being killed on the way.
#[derive(Debug, PartialEq)]
struct EndState {
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

fn end_state(folder: &Path) -> EndState {
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
async fn scenes() -> (TestApp, tempfile::TempDir, tempfile::TempDir) {
    let app = TestApp::spawn().await;
    app.draft(WAVE);
    let drafted = copy(app.folder.path());
    launch::launch(&app.installation, &wave(), None, &mut |_| {}).unwrap();
    candor::worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&wave(), |person| (!person.ends_with('3')).then_some(5)).await;
    let running = copy(app.folder.path());
    (app, drafted, running)
}

#[actix_web::test]
async fn a_process_killed_after_any_durable_step_ends_where_an_undisturbed_one_ends() {
    let (_app, drafted, running) = scenes().await;
    let scene = |deed| if deed == Deed::Launch { drafted.path() } else { running.path() };
    let mut undisturbed = Vec::new();
    for deed in [Deed::Launch, Deed::End, Deed::Abort] {
        let folder = copy(scene(deed));
        assert!(!run(folder.path(), deed, None));
        undisturbed.push((deed, end_state(folder.path())));
    }
    let expected_states: BTreeSet<&str> = undisturbed.iter().map(|(_, end)| end.state.as_str()).collect();
    assert_eq!(expected_states, BTreeSet::from(["aborted", "published", "running"]));
    for step in Step::ALL {
        let deed = Deed::of(step);
        let folder = copy(scene(deed));
        assert!(run(folder.path(), deed, Some(step)), "{step:?} was never reached, so nothing was tested");
        assert!(!run(folder.path(), deed, None), "{step:?}");
        let expected = &undisturbed.iter().find(|(d, _)| *d == deed).unwrap().1;
        assert_eq!(&end_state(folder.path()), expected, "killed after {step:?}");
    }
}

/// Every file below the folder that holds one of the byte strings.
fn holding(folder: &Path, needles: &[Vec<u8>]) -> Vec<String> {
    let wanted: BTreeSet<&[u8]> = needles.iter().flat_map(|n| n.windows(16)).collect();
    walk(folder)
        .into_iter()
        .filter(|file| std::fs::read(file).unwrap().windows(16).any(|window| wanted.contains(window)))
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[actix_web::test]
async fn after_publication_key_and_ballots_are_gone_from_every_file_byte_for_byte() {
    let (app, _drafted, running) = scenes().await;
    let ballots = app.installation.responses.ballots().unwrap();
    assert!(ballots.len() > 20);
    // Nonces and the first bytes of the sealed text; the middle of every ballot stands for the rest.
    let needles: Vec<Vec<u8>> = ballots.iter().flat_map(|b| [b.nonce.to_vec(), b.ct[..32].to_vec(), b.ct[2_000..2_032].to_vec()]).collect();
    let key = KeyFile::from_json(&app.installation.keys.read(&wave()).unwrap().unwrap()).unwrap().unlock(None).unwrap().to_bytes().to_vec();
    let secret = vec![data_encoding::BASE64URL_NOPAD.encode(&key).into_bytes(), key];
    // The positive control: before the end everything is there to be found.
    let before = holding(running.path(), &needles);
    assert!(before.iter().any(|f| f.starts_with("responses.db")), "{before:?}");
    assert!(!holding(running.path(), &secret).is_empty());
    let all: Vec<Vec<u8>> = needles.into_iter().chain(secret).collect();
    let gone = |deed, die_at: Option<Step>| {
        let folder = copy(running.path());
        if die_at.is_some() {
            assert!(run(folder.path(), deed, die_at));
        }
        assert!(!run(folder.path(), deed, None));
        assert_eq!(holding(folder.path(), &all), Vec::<String>::new(), "{deed:?}, killed after {die_at:?}");
        assert!(!walk(folder.path()).iter().any(|f| f.extension().is_some_and(|e| e == "boxkey")));
    };
    gone(Deed::End, None);
    gone(Deed::Abort, None);
    for step in Step::ALL.into_iter().filter(|step| Deed::of(*step) != Deed::Launch) {
        gone(Deed::of(step), Some(step));
    }
}

#[actix_web::test]
async fn two_processes_that_launch_one_round_at_once_make_one_key_that_fits_its_promise_sheet() {
    let (_app, drafted, _running) = scenes().await;
    for _ in 0..6 {
        let folder = copy(drafted.path());
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
        passphrase: true,
    };
    candor::lifecycle::draft::create(&app.installation, &wave(), &settings).unwrap();
    for step in Step::ALL.into_iter().filter(|step| Deed::of(*step) == Deed::Launch) {
        let folder = copy(app.folder.path());
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
