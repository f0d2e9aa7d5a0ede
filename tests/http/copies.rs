//! Copies of an installation, put back into a fresh one: during a round and after its publication.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use candor::copies::fitting::{Lost, Misfit};
use candor::copies::restore::{Already, Key, RestoreProblem};
use candor::copies::{Restored, back_up, restore};
use candor::lifecycle::exports::Kind;
use candor::lifecycle::portion::Portion;
use domain::{WaveId, WaveState};
use identity::{Actor, AfterRestore, CopyProblem, PromiseEvent, Role};
use protocol::link::read_respondent_link;
use protocol::{Answer, Ballot, KeyFile, Level, Respondent};
use reports::Words;

use crate::harness::{self, TestApp};
use crate::place::{Place, engine, listener, walk};

/// The two files of a copy.
pub(crate) struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    pub(crate) fn of(app: &TestApp) -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        back_up(&app.installation, Some(&copy.people()), Some(&copy.ballots())).unwrap();
        copy
    }

    pub(crate) fn people(&self) -> PathBuf {
        self.folder.path().join("people.copy")
    }

    pub(crate) fn ballots(&self) -> PathBuf {
        self.folder.path().join("ballots.copy")
    }
}

/// A new installation with nothing in it but, if one is given, a copy of somebody's key folder.
pub(crate) fn fresh(keys: Option<&TestApp>) -> Place {
    let place = Place::empty(engine());
    place.configure(&listener(), &listener(), "memory:");
    if let Some(app) = keys {
        let from = &app.installation.config.storage.keys;
        std::fs::create_dir(place.path().join("keys")).unwrap();
        for file in walk(from) {
            std::fs::copy(&file, place.path().join("keys").join(file.file_name().unwrap())).unwrap();
        }
    }
    place
}

pub(crate) fn put_back(
    place: &Place,
    people: Option<&Path>,
    ballots: Option<&Path>,
    nothing_since: bool,
) -> Result<Restored, RestoreProblem> {
    let clock = domain::ManualClock::at(harness::start_of_time());
    let installation = candor::installation::Installation::open(crate::place::config_in(place.path()), std::sync::Arc::new(clock)).unwrap();
    restore(&installation.acting(Actor::CommandLine), people, ballots, nothing_since)
}

/// A ballot of somebody that has its credential and is not in the box yet.
async fn held_back(app: &TestApp, wave: &WaveId, link: &str) -> Vec<u8> {
    let (hash, secret) = read_respondent_link(link).unwrap();
    let respondent = Respondent::open(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1, &hash).unwrap();
    let group = respondent.verify_leaf(&app.post_box(wave, respondent.leaf_request(&secret)).await.1).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(3); 12], comments: Vec::new() };
    let prepared = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    prepared.redeem_request(&app.post_box(wave, prepared.issue_request()).await.1).unwrap()
}

/// What somebody of HR reads of the organisation, as page and as files.
async fn results(app: &TestApp, wave: &WaveId) -> Vec<Vec<u8>> {
    let hr = app.sign_in("hr").await;
    let (status, page) = hr.read(&format!("/organisation/{wave}")).await;
    assert_eq!(status, 200);
    // The tokens of forms belong to the session.
    let page: String = page
        .split("name=\"token\" value=\"")
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once('"').unwrap().1 })
        .collect();
    let portion = Portion::of_organisation(&app.installation, wave).unwrap();
    let file = |kind| portion.file(kind, None, Words::english().unwrap()).unwrap();
    let mut all = vec![page.replace(&app.console, "").replace(&app.respondents, "").into_bytes(), file(Kind::Csv), file(Kind::Json)];
    for path in ["/", "/manifest", "/board", "/release"] {
        all.push(app.get(&format!("{}/w/{wave}{path}", app.respondents)).await.1);
    }
    all
}

#[actix_web::test]
async fn a_round_put_back_from_a_copy_counts_nobody_twice_and_its_result_survives_the_next_copy() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let wave = app.launch("2026-q4");
    let links = app.links();
    app.answer_as(&wave, |person| (person.starts_with("alpha") || person.starts_with("beta")).then_some(5)).await;
    let under_way = held_back(&app, &wave, &links["gamma0"]).await;
    let copy = Copy::of(&app);

    // Neither file holds the key that opens answers or a secret of a link, and the search finds what is there.
    let key = KeyFile::from_json(&app.installation.keys.read(&wave).unwrap().unwrap()).unwrap().unlock(None).unwrap().to_bytes().to_vec();
    let mut needles = vec![data_encoding::BASE64URL_NOPAD.encode(&key).into_bytes(), key];
    for link in links.values() {
        let secret = harness::parts(link).1;
        needles.extend([secret.to_code().into_bytes(), secret.to_display_code().into_bytes(), secret.as_bytes().to_vec()]);
    }
    let sealed = app.installation.responses.ballots(None, 1).unwrap().remove(0).nonce.to_vec();
    let credential_key = app.installation.responses.keys(&wave).unwrap().unwrap().credential;
    let credential_key = secrecy::ExposeSecret::expose_secret(&credential_key).to_vec();
    for (file, has, lacks) in [
        (copy.people(), b"gamma0@example.org".to_vec(), credential_key.clone()),
        (copy.ballots(), sealed.clone(), b"gamma0@example.org".to_vec()),
    ] {
        let bytes = std::fs::read(&file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(needles.iter().all(|needle| !holds(needle)) && !holds(&lacks), "{}", file.display());
        assert!(holds(&has), "the search itself must find what is there");
    }

    // After the copy somebody answers, and then everything is lost but the key folder.
    app.answer(&wave, &links["gamma1"], 2).await.unwrap();
    let place = fresh(Some(&app));
    let restored = put_back(&place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap();
    let round = restored.round.unwrap();
    assert_eq!((round.state, round.then, restored.key), (WaveState::Running, AfterRestore::NoNewAnswers, Key::Here));
    assert_eq!(
        (round.invited, round.begun, round.in_box, round.lost),
        (app.installation.identity.totals(&wave).unwrap().invited, 18, 17, 1),
        "{round:?}"
    );
    assert!(restored.together && restored.strange_keys.is_empty());
    let again = TestApp::spawn_on(place).await;
    for link in ["gamma1", "gamma2", "alpha0"] {
        assert!(again.answer(&wave, &links[link], 1).await.is_err(), "{link}");
    }
    let (_, refused) = again.post_box(&wave, under_way.clone()).await;
    assert_eq!(again.installation.responses.spent().unwrap(), 17, "{}", refused.len());
    // The positive control: had somebody said that nothing had happened since, who answered then could answer again.
    let trusting = fresh(Some(&app));
    assert_eq!(put_back(&trusting, Some(&copy.people()), Some(&copy.ballots()), true).unwrap().round.unwrap().then, AfterRestore::GoesOn);
    let trusting = TestApp::spawn_on(trusting).await;
    trusting.answer(&wave, &links["gamma1"], 1).await.unwrap();
    trusting.post_box(&wave, under_way).await;
    assert_eq!(trusting.installation.responses.spent().unwrap(), 19);

    // The log tells it, and HR reads it; nobody is reminded of what they cannot do.
    let entry = again.installation.identity.promise_log().unwrap();
    let event = PromiseEvent::CopyRestored {
        sides: "both".to_owned(),
        round: Some(wave.clone()),
        then: Some(AfterRestore::NoNewAnswers),
        lost: Some(1),
    };
    assert_eq!((entry.broken.is_none(), entry.entries.last().unwrap().known_event()), (true, Some(event)));
    let hr = again.sign_in("hr").await;
    assert!(hr.read("/promise-log").await.1.contains("no new answer begins any more"));
    let page = hr.read(&format!("/rounds/{wave}")).await.1;
    assert!(page.contains("put back from a copy") && !page.contains("/remind"), "{page}");

    // It goes on to its result, with what was in the box.
    again.run_to_publication(&wave);
    assert_eq!(again.installation.state(&wave).unwrap(), WaveState::Published);
    let before = results(&again, &wave).await;
    let copy = Copy::of(&again);
    let place = fresh(None);
    let restored = put_back(&place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap();
    assert_eq!((restored.round, restored.rounds, restored.key), (None, 1, Key::NotNeeded));
    let third = TestApp::spawn_on(place).await;
    third.clock.set(domain::Clock::now(&again.clock));
    assert!(results(&third, &wave).await == before, "the restored installation shows something else");

    // Copies of different moments: results are not lost unnoticed, and answers that were destroyed do not come back.
    let mixed =
        |people: &Copy, ballots: &Copy| put_back(&fresh(None), Some(&people.people()), Some(&ballots.ballots()), false).unwrap_err();
    let early = Copy::of(&trusting);
    assert!(matches!(mixed(&copy, &early), RestoreProblem::Misfit(Misfit::BallotsOlder(_))));
    assert!(matches!(mixed(&early, &copy), RestoreProblem::Misfit(Misfit::PeopleOlder(_))));
}

#[actix_web::test]
async fn what_cannot_be_put_back_is_refused_with_the_reason_and_nothing_is_changed() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let first = Copy::of(&app);
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(4)).await;
    let copy = Copy::of(&app);
    let place = fresh(None);
    let untouched = place.content();
    let refused = |people: &Path, ballots: &Path| {
        let problem = put_back(&place, Some(people), Some(ballots), false).unwrap_err();
        assert!(problem.to_string().ends_with("Nothing was changed"), "{problem}");
        assert_eq!(place.content(), untouched, "{problem}");
        problem
    };
    let of_copy = |problem: RestoreProblem| match problem {
        RestoreProblem::Copy { cause, .. } => cause,
        other => panic!("{other}"),
    };
    assert!(matches!(refused(&copy.people(), Path::new("/nowhere/ballots")), RestoreProblem::File { .. }));
    assert!(matches!(of_copy(refused(&copy.ballots(), &copy.people())), CopyProblem::OtherSide { .. }));
    let bytes = std::fs::read(copy.ballots()).unwrap();
    let altered = copy.folder.path().join("altered");
    let write = |bytes: &[u8]| std::fs::write(&altered, bytes).unwrap();
    write(&bytes[..bytes.len() - 1]);
    assert!(matches!(of_copy(refused(&copy.people(), &altered)), CopyProblem::CutOff));
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    write(&changed);
    assert!(matches!(of_copy(refused(&copy.people(), &altered)), CopyProblem::Altered(_)));
    write(&[b"candor-copy/9\n", &bytes[14..]].concat());
    assert!(matches!(of_copy(refused(&copy.people(), &altered)), CopyProblem::OtherForm(_)));
    let version = bytes.windows(14).position(|window| window == b"20261121000002").unwrap();
    let mut newer = bytes.clone();
    newer[version..version + 4].copy_from_slice(b"2999");
    write(&newer);
    assert!(matches!(of_copy(refused(&copy.people(), &altered)), CopyProblem::Newer { .. }));
    // Of another installation with a round of the same name.
    let other = TestApp::spawn().await;
    other.launch("2026-q4");
    let others = Copy::of(&other);
    assert!(matches!(refused(&copy.people(), &others.ballots()), RestoreProblem::Misfit(Misfit::OtherInstallation(_))));
    // Over something that is there.
    let problem = put_back(&app.place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap_err();
    assert!(matches!(of_copy(problem), CopyProblem::NotEmpty(_)));

    // An older people side beside a newer ballot side: the round cannot be opened, and says so; without the key folder that is said too.
    let restored = put_back(&place, Some(&first.people()), Some(&copy.ballots()), true).unwrap();
    let round = restored.round.unwrap();
    assert_eq!((round.then, round.why, restored.key), (AfterRestore::OnlyEnded, Some(Lost::Unaccounted), Key::OtherFolder));
    assert!(!restored.together);

    // One side alone, beside the other that was not lost.
    let place = fresh(Some(&app));
    put_back(&place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap();
    let lost = Place::empty(engine());
    let config = std::fs::read_to_string(place.path().join("candor.toml")).unwrap().replace(&place.urls()[0], &lost.urls()[0]);
    std::fs::write(place.path().join("candor.toml"), config).unwrap();
    let restored = put_back(&place, Some(&copy.people()), None, false).unwrap();
    assert_eq!(restored.round.unwrap().then, AfterRestore::NoNewAnswers);

    // The commands themselves: what they print, how they end, and that nothing is written over.
    app.place.configure(&listener(), &listener(), "memory:");
    let candor = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_candor"))
            .arg("--config")
            .arg(app.place.path().join("candor.toml"))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
    };
    let (people, ballots) = (copy.folder.path().join("p2"), copy.folder.path().join("b2"));
    let both = ["--people", people.to_str().unwrap(), "--ballots", ballots.to_str().unwrap()];
    let (code, said) = candor(&[&["backup"], &both[..]].concat());
    assert!(code == Some(0) && said.contains("Both files lie in one folder") && said.contains("Round 2026-q4 is under way"), "{said}");
    let (code, said) = candor(&[&["backup"], &both[..]].concat());
    assert!(code == Some(1) && said.contains("nothing is written over it"), "{said}");
    let (code, said) = candor(&[&["restore", "--check"], &both[..]].concat());
    assert!(code == Some(0) && said.matches("is whole").count() == 2, "{said}");
    let (code, said) = candor(&[&["restore"], &both[..]].concat());
    assert!(code == Some(1) && said.contains("the database is not empty"), "{said}");
    assert_eq!(candor(&["backup"]).0, Some(2));
    let names: Vec<String> = walk(copy.folder.path()).iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|name| !name.contains("unfinished")), "{names:?}");
}

/// Lets a database take every row of a copy and then refuse to finish.
const REFUSING_AT_THE_END: [&str; 2] = [
    "CREATE TABLE nowhere (id INTEGER PRIMARY KEY); \
     CREATE TABLE owed (id INTEGER REFERENCES nowhere (id) DEFERRABLE INITIALLY DEFERRED); \
     CREATE TRIGGER owing AFTER INSERT ON wave BEGIN INSERT INTO owed VALUES (1); END;",
    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused at the end''; END'; \
     CREATE CONSTRAINT TRIGGER owing AFTER INSERT ON wave DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();",
];

/// A place with empty databases of which one (0: people, 1: ballots) refuses at the end, and what makes it work again.
fn refusing(side: usize) -> (Place, impl FnOnce(&Place)) {
    let place = Place::migrated(engine());
    place.configure(&listener(), &listener(), "memory:");
    let (refuse, mend) = match engine() {
        test_postgres::Engine::Sqlite => (REFUSING_AT_THE_END[0], "DROP TRIGGER owing;"),
        test_postgres::Engine::Postgres => (REFUSING_AT_THE_END[1], "DROP TRIGGER owing ON wave;"),
    };
    place.tamper(side, refuse);
    (place, move |place: &Place| place.tamper(side, mend))
}

/// Which side is changed already, and what is said about it.
fn halfway(result: Result<Restored, RestoreProblem>) -> (Already, String) {
    let problem = result.unwrap_err();
    match problem {
        RestoreProblem::Halfway { already, .. } => (already, problem.to_string()),
        other => panic!("{other}"),
    }
}

fn restores(place: &Place) -> Vec<String> {
    let clock = domain::ManualClock::at(harness::start_of_time());
    let installation = candor::installation::Installation::open(crate::place::config_in(place.path()), std::sync::Arc::new(clock)).unwrap();
    let log = installation.identity.promise_log().unwrap();
    assert!(log.broken.is_none());
    let events = log.entries.iter().filter_map(identity::Entry::known_event);
    let sides = events.filter_map(|event| if let PromiseEvent::CopyRestored { sides, .. } = event { Some(sides) } else { None });
    sides.collect()
}

#[actix_web::test]
async fn where_the_second_side_fails_after_the_first_was_changed_that_is_said_and_what_is_said_to_be_run_puts_back_all() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(4)).await;
    let copy = Copy::of(&app);
    let (people, ballots) = (copy.people(), copy.ballots());
    let ended = |restored: Restored| {
        let round = restored.round.unwrap();
        assert_eq!((round.then, round.begun, round.in_box), (AfterRestore::NoNewAnswers, 8, 8));
    };

    // Both sides are lost, and the ballot side fails at its very end.
    let (place, mend) = refusing(1);
    let (already, said) = halfway(put_back(&place, Some(&people), Some(&ballots), false));
    assert_eq!(already, Already::PeopleRestored);
    assert!(said.starts_with(&ballots.display().to_string()) && said.contains("without --people"), "{said}");
    assert!(!said.contains("Nothing was changed"), "{said}");
    assert_eq!(restores(&place), ["both"], "the people side is there");
    mend(&place);
    let again = put_back(&place, Some(&people), Some(&ballots), false).unwrap_err();
    assert!(matches!(again, RestoreProblem::Copy { cause: CopyProblem::NotEmpty(_), .. }), "{again}");
    ended(put_back(&place, None, Some(&ballots), false).unwrap());
    assert_eq!(restores(&place), ["both", "ballots"]);

    // The people side was not lost, and has heard of the restore before the ballot side fails.
    let beside = |place: &Place, whole: &Place, side: usize| {
        let config = std::fs::read_to_string(place.path().join("candor.toml")).unwrap();
        std::fs::write(place.path().join("candor.toml"), config.replace(&place.urls()[side], &whole.urls()[side])).unwrap();
    };
    let whole = app.place.copy();
    let (place, mend) = refusing(1);
    beside(&place, &whole, 0);
    let (already, said) = halfway(put_back(&place, None, Some(&ballots), false));
    assert!(already == Already::PeopleFollowed && said.contains("the same command again"), "{said}");
    mend(&place);
    ended(put_back(&place, None, Some(&ballots), false).unwrap());
    assert_eq!(restores(&place), ["ballots", "ballots"]);

    // The ballot side was not lost, and takes no more answers when the people side fails.
    let whole = app.place.copy();
    let (place, mend) = refusing(0);
    beside(&place, &whole, 1);
    let (already, said) = halfway(put_back(&place, Some(&people), None, false));
    assert!(already == Already::BallotsFollowed && said.contains("the same command again"), "{said}");
    mend(&place);
    ended(put_back(&place, Some(&people), None, false).unwrap());
    assert_eq!(restores(&place), ["people"]);
    // Who says that nothing has happened since leaves the ballot side as it is, so that nothing was changed.
    let whole = app.place.copy();
    let (place, _) = refusing(0);
    beside(&place, &whole, 1);
    let unchanged = put_back(&place, Some(&people), None, true).unwrap_err();
    assert!(matches!(unchanged, RestoreProblem::Copy { .. }) && unchanged.to_string().ends_with("Nothing was changed"), "{unchanged}");
}
