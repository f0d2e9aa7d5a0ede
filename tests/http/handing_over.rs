//! The end of a round whose key somebody outside the operator holds: the sealed answers go out as a bundle, a signed result comes back, is checked, kept and
//! published. On the other side stands the key holder's own program.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use candor::lifecycle::bundle::SealedAnswers;
use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{Refusal, Step, advance, objections, opening, past, publish, signed_result, status};
use candor::words::Words;
use candor::worker;
use domain::{Schedule, WaveId, WaveState};
use identity::PromiseEvent;
use keyholder::result::SealedBox;
use keyholder::{SignedResult, open as open_all};
use protocol::{Board, BoardSignature, BoxSecretKey, Bundle, FrozenManifest, TrusteeKey, TrusteeSignature};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use crate::copies::{Copy, fresh, put_back};
use crate::crash::open;
use crate::harness::TestApp;
use crate::trustee::{KeyHolder, ROUND, launched};

const SIGABRT: i32 = 6;

fn schedule(app: &TestApp, wave: &WaveId) -> Schedule {
    WaveSettings::of(&app.installation.identity, wave).unwrap().schedule
}

fn said(refusal: &Refusal) -> String {
    Words::english().speak(&refusal.in_words().unwrap())
}

fn events(app: &TestApp) -> Vec<PromiseEvent> {
    app.installation.identity.promise_log().unwrap().entries.iter().filter_map(|entry| entry.known_event()).collect()
}

/// A round whose box is shut; two of the 28 have not answered. The time for objections has begun.
pub(crate) async fn shut(app: &TestApp) -> (KeyHolder, WaveId) {
    let (holder, wave) = launched(app, ROUND);
    app.answer_as(&wave, |person| (!matches!(person, "alpha3" | "gamma3")).then_some(if person.starts_with("alpha") { 6 } else { 4 }))
        .await;
    let schedule = schedule(app, &wave);
    app.clock.set(schedule.closes_at);
    app.advance(&mut Vec::new());
    app.clock.set(schedule.box_shuts(schedule.closes_at));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    (holder, wave)
}

/// The same once the time for objections is over.
pub(crate) async fn closed(app: &TestApp) -> (KeyHolder, WaveId) {
    let (holder, wave) = shut(app).await;
    let schedule = schedule(app, &wave);
    app.clock.set(schedule.opens(schedule.closes_at));
    (holder, wave)
}

fn bundle(app: &TestApp, wave: &WaveId) -> Vec<u8> {
    let mut bytes = Vec::new();
    SealedAnswers::of(&app.installation, wave).unwrap().hand_out(&mut bytes).unwrap();
    bytes
}

/// What the key holder makes of the sealed answers and of the list that everybody can read.
pub(crate) async fn opened(app: &TestApp, holder: &KeyHolder, wave: &WaveId) -> SignedResult {
    let bundle = Bundle::from_json(&bundle(app, wave)).unwrap();
    let (_, list) = app.get(&format!("{}/w/{wave}/board", app.respondents)).await;
    let public_list: Board = serde_json::from_slice(&list).unwrap();
    let given = SealedBox { bundle: &bundle, public_list: &public_list };
    open_all(&holder.key, &holder.public, &holder.record, given, app.installation.clock.now()).unwrap()
}

/// The two secret keys of the key holder of a seed, which their own program never gives away: made as docs/protocol.md has it.
fn secrets(seed: u64) -> (BoxSecretKey, TrusteeKey) {
    let mut secret = [0; 32];
    StdRng::seed_from_u64(seed).fill_bytes(&mut secret);
    let derived = |label: &[u8]| -> [u8; 32] { Sha256::new().chain_update(label).chain_update(secret).finalize().into() };
    let sealed_box = BoxSecretKey::try_from(derived(b"candor/v1/trustee-open\0").as_slice()).unwrap();
    assert_eq!(sealed_box.public_key(), KeyHolder::of(ROUND, seed).public.box_key);
    (sealed_box, TrusteeKey::from_bytes(&derived(b"candor/v1/trustee-sign\0")))
}

fn board(app: &TestApp, wave: &WaveId) -> Board {
    serde_json::from_slice(&app.installation.ballot_side(wave).unwrap().board.unwrap()).unwrap()
}

/// A result with other bytes, signed by the key holder all the same.
fn signed_anew(app: &TestApp, wave: &WaveId, result: &SignedResult, release: Vec<u8>) -> Vec<u8> {
    let signature = secrets(1).1.sign_opening(&board(app, wave), &release);
    changed(result, |result| (result.release, result.signature) = (release, signature))
}

/// The file of a result in which something was changed.
fn changed(result: &SignedResult, change: impl FnOnce(&mut SignedResult)) -> Vec<u8> {
    let mut result = result.clone();
    change(&mut result);
    result.to_json().unwrap()
}

fn take_in(app: &TestApp, wave: &WaveId, file: &[u8]) -> Result<signed_result::TakenIn, Refusal> {
    signed_result::take_in(&app.installation, wave, file, &mut |_| {})
}

#[actix_web::test]
async fn the_whole_ceremony_gives_the_result_that_an_operator_with_the_key_would_have_got_and_both_signatures_stand_under_it() {
    let app = TestApp::spawn().await;
    let (holder, wave) = shut(&app).await;
    let schedule = schedule(&app, &wave);
    let words = Words::english();

    // Nothing leaves before the time for objections is over, and nothing happens by itself when it is.
    let early = SealedAnswers::of(&app.installation, &wave).unwrap_err();
    assert!(matches!(early, Refusal::NotDue { when, .. } if when == schedule.opens(schedule.closes_at)), "{early}");
    app.clock.set(schedule.opens(schedule.closes_at));
    let mut steps = Vec::new();
    app.advance(&mut steps);
    assert!(steps.is_empty() && app.installation.state(&wave).unwrap() == WaveState::Closed, "{steps:?}");
    let waits = status::status(&app.installation, &wave).unwrap();
    assert!(words.speak(&waits.sentence).contains("Works council, Vera Albers holds the key"), "{waits:?}");
    let hand_over = waits.hand_over.unwrap();
    assert!(hand_over.bundle && hand_over.result && hand_over.steps.len() == 3);
    assert!(waits.actions.iter().all(|action| action.grave), "nobody here can open: {:?}", waits.actions);
    let open_here = opening::open(&app.installation, &wave, None, &mut |_| {}).unwrap_err();
    assert!(matches!(open_here, Refusal::ResultNeeded(_)), "{open_here}");

    // The bundle, written ballot by ballot, is the one of the format; the key holder's result is what the operator's own code makes of it.
    let bytes = bundle(&app, &wave);
    let read = Bundle::from_json(&bytes).unwrap();
    assert_eq!(*read.to_json().unwrap(), bytes);
    assert_eq!(read.ballots.len(), 26);
    let result = opened(&app, &holder, &wave).await;
    let solo = release::opening::open(&read, &secrets(1).0).unwrap();
    assert_eq!(result.release, solo.release_bytes);
    let file = result.to_json().unwrap();

    let mut steps = Vec::new();
    let taken = signed_result::take_in(&app.installation, &wave, &file, &mut |step| steps.push(step)).unwrap();
    assert_eq!(steps, [Step::OpenRecorded, Step::OpenFinished]);
    assert_eq!((taken.sha256, taken.before), (result.sha256(), false));
    assert!(app.installation.responses.release(&wave).unwrap().is_none(), "it is kept, and not published");
    assert!(take_in(&app, &wave, &file).unwrap().before, "the same again");
    let kept = status::status(&app.installation, &wave).unwrap();
    assert!(words.speak(&kept.sentence).contains("whoever administers the database could look at it"), "{kept:?}");
    assert_eq!(kept.hand_over.unwrap().checked.len(), 4);

    let mut steps = Vec::new();
    app.advance(&mut steps);
    assert!(steps.is_empty(), "nobody can bring the publication forward: {steps:?}");
    app.clock.set(schedule.publishes(schedule.closes_at));
    app.advance(&mut steps);
    assert_eq!(
        steps,
        [Step::PublishReleaseWritten, Step::PublishBallotsDestroyed, Step::PublishFinished],
        "no key was here to be destroyed"
    );
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Published);
    assert!(app.installation.responses.handed_in(&wave).unwrap().is_none());
    assert_eq!(app.installation.responses.spent().unwrap(), 0);

    let side = app.installation.ballot_side(&wave).unwrap();
    let manifest = FrozenManifest::read(side.manifest).unwrap();
    let published = app.installation.responses.release(&wave).unwrap().unwrap();
    assert_eq!((&published.document, published.sha256), (&result.release, result.sha256().0));
    let own = BoardSignature::try_from(published.signature.as_slice()).unwrap();
    manifest.manifest().board_key.verify_release(&manifest.hash(), &published.document, &own).unwrap();
    let theirs = TrusteeSignature::try_from(published.holder_signature.as_deref().unwrap()).unwrap();
    holder.public.trustee_key.verify_opening(&board(&app, &wave), &published.document, &theirs).unwrap();
    let checked = past::checked(&app.installation, &wave).unwrap();
    assert_eq!((checked.sha256, checked.key_holder.as_deref()), (result.sha256(), Some("Works council, Vera Albers")));
    assert!(take_in(&app, &wave, &file).unwrap().before, "also once it is published");

    let logged = events(&app);
    let of = |wanted: &PromiseEvent| logged.iter().filter(|event| *event == wanted).count();
    assert_eq!(of(&PromiseEvent::BundleHandedOut { round: wave.clone() }), 2, "each time");
    assert_eq!(of(&PromiseEvent::ResultHandedIn { round: wave.clone() }), 1);
    assert_eq!(of(&PromiseEvent::Opened { round: wave.clone() }), 0);
    assert!(!serde_json::to_string(&logged).unwrap().contains(&result.sha256().to_text()), "by its hash numbers could be tried out");

    // Somebody with the database and the operator's keys cannot put another result into its place.
    app.place.tamper(1, "UPDATE release SET holder_signature = NULL");
    let unsound = past::past_waves(&app.installation, None).unwrap_err();
    assert!(matches!(&unsound, Refusal::Unsound { .. }) && said(&unsound).contains("the key holder did not sign it"), "{unsound}");
}

#[actix_web::test]
async fn a_result_that_was_altered_or_belongs_elsewhere_or_breaks_a_rule_is_refused_with_the_reason_and_changes_nothing() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let result = opened(&app, &holder, &wave).await;
    let text = String::from_utf8(result.release.clone()).unwrap();
    let swapped = |from: &str, to: &str| {
        assert!(text.contains(from), "{text}");
        text.replacen(from, to, 1).into_bytes()
    };
    let altered = changed(&result, |result| result.release = swapped("\"spent\":26", "\"spent\":25"));
    // A round of another installation, by the same name and with the same key.
    let elsewhere = {
        let other = TestApp::spawn().await;
        let (holder, wave) = closed(&other).await;
        opened(&other, &holder, &wave).await
    };
    let other_key = secrets(2).1;
    let stranger = changed(&result, |result| result.signature = other_key.sign_opening(&board(&app, &wave), &result.release));
    let json = String::from_utf8(result.to_json().unwrap()).unwrap();
    let before = app.place.content();
    for (file, reason) in [
        (altered, "the file was altered, or signed with another key"),
        (stranger, "the file was altered, or signed with another key"),
        (elsewhere.to_json().unwrap(), "belongs to another round"),
        (changed(&result, |result| result.spent = 25), "belongs to another round"),
        (json.replace("candor-opened/1", "candor-opened/2").into_bytes(), "candor-opened/2"),
        (json.as_bytes()[..json.len() - 3].to_vec(), "arrived incomplete"),
        (Vec::new(), "arrived incomplete"),
        // What the key holder's own program never makes: a modified one could, and signs it.
        (signed_anew(&app, &wave, &result, [result.release.as_slice(), b" "].concat()), "something could be hidden in it"),
        (signed_anew(&app, &wave, &result, swapped("\"k\":5", "\"k\":4")), "it breaks a rule that protects people"),
        (signed_anew(&app, &wave, &result, swapped("\"issued\":26", "\"issued\":27")), "it counts other answers"),
    ] {
        let mut steps = Vec::new();
        let refusal = signed_result::take_in(&app.installation, &wave, &file, &mut |step| steps.push(step)).unwrap_err();
        assert!(said(&refusal).contains(reason), "{reason}: {refusal}");
        assert!(said(&refusal).starts_with("Nothing was changed.") && steps.is_empty(), "{refusal} {steps:?}");
    }
    assert_eq!(app.place.content(), before);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);

    take_in(&app, &wave, &result.to_json().unwrap()).unwrap();
    let second = signed_anew(&app, &wave, &result, swapped("\"unplaced\":0", "\"unplaced\": 0"));
    let kept = app.place.content();
    let refusal = take_in(&app, &wave, &second).unwrap_err();
    assert!(said(&refusal).contains("Another result of this round was handed in before"), "{refusal}");
    assert_eq!(app.place.content(), kept);
}

#[actix_web::test]
async fn nothing_goes_out_or_comes_in_too_early_while_an_objection_waits_or_where_the_operator_holds_the_key() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let schedule = schedule(&app, &wave);
    let file = opened(&app, &holder, &wave).await.to_json().unwrap();
    app.clock.set(schedule.opens(schedule.closes_at).minus(Duration::from_secs(1)));
    let early = take_in(&app, &wave, &file).unwrap_err();
    assert!(matches!(early, Refusal::NotDue { .. }), "{early}");
    app.clock.set(schedule.opens(schedule.closes_at));
    // A receipt that was signed, and is not on the list.
    app.installation.responses.object(&wave, &[9; 32]).unwrap();
    for refusal in [take_in(&app, &wave, &file).unwrap_err(), SealedAnswers::of(&app.installation, &wave).unwrap_err()] {
        assert!(matches!(refusal, Refusal::ObjectionsUnanswered { count: 1, .. }), "{refusal}");
    }
    assert!(status::status(&app.installation, &wave).unwrap().hand_over.is_none());
    objections::answer_objections(&app.installation, &wave, "The server lost one answer, and we know why.").unwrap();
    take_in(&app, &wave, &file).unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Opened);

    let solo = TestApp::spawn().await;
    let wave = solo.launch(ROUND);
    solo.answer_as(&wave, |_| Some(4)).await;
    let running = SealedAnswers::of(&solo.installation, &wave).unwrap_err();
    assert!(matches!(running, Refusal::WrongState { state: WaveState::Running, .. }), "{running}");
    let dates = WaveSettings::of(&solo.installation.identity, &wave).unwrap().schedule;
    for moment in [dates.closes_at, dates.box_shuts(dates.closes_at), dates.opens(dates.closes_at)] {
        solo.clock.set(moment);
        solo.advance(&mut Vec::new());
    }
    for refusal in [take_in(&solo, &wave, &file).unwrap_err(), SealedAnswers::of(&solo.installation, &wave).unwrap_err()] {
        assert!(said(&refusal).contains("the program itself holds the key"), "{refusal}");
    }
}

#[actix_web::test]
async fn where_no_result_comes_by_the_last_date_the_answers_are_destroyed_unopened_and_everybody_is_told() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let file = opened(&app, &holder, &wave).await.to_json().unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    app.outbox.clear();
    let schedule = schedule(&app, &wave);
    let last = schedule.aborts(schedule.closes_at);
    app.clock.set(last.minus(Duration::from_secs(1)));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    app.clock.set(last);
    // Nothing acted yet, and the date has passed all the same.
    for refusal in [take_in(&app, &wave, &file).unwrap_err(), SealedAnswers::of(&app.installation, &wave).unwrap_err()] {
        assert!(said(&refusal).contains("this round ends without a result"), "{refusal}");
    }
    let mut steps = Vec::new();
    app.advance(&mut steps);
    assert_eq!(steps, [Step::AbortDecided, Step::AbortBallotsDestroyed, Step::AbortFinished]);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Aborted);
    assert_eq!(app.installation.responses.spent().unwrap(), 0);
    let reason = app.installation.people_side(&wave).unwrap().abort_reason.unwrap();
    assert!(reason.contains("only the key holder can open them"), "{reason}");
    worker::mail::send_all(&app.installation).unwrap();
    let told: BTreeSet<String> = app.outbox.newest(usize::MAX).into_iter().map(|mail| mail.to.clone()).collect();
    assert_eq!(told.len(), 28, "everybody who was invited");
    let late = take_in(&app, &wave, &file).unwrap_err();
    assert!(matches!(late, Refusal::WrongState { state: WaveState::Aborted, .. }), "{late}");
}

#[actix_web::test]
async fn a_round_that_ends_after_its_result_came_in_leaves_no_byte_of_the_result() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let result = opened(&app, &holder, &wave).await;
    take_in(&app, &wave, &result.to_json().unwrap()).unwrap();
    candor::lifecycle::abort::abort(&app.installation, &wave, "The works council asked for it.", &mut |_| {}).unwrap();
    assert!(app.installation.responses.handed_in(&wave).unwrap().is_none());
    assert!(app.installation.responses.release(&wave).unwrap().is_none());
}

#[actix_web::test]
async fn after_a_restore_from_a_copy_the_same_result_is_handed_in_again_and_published() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let result = opened(&app, &holder, &wave).await;
    let file = result.to_json().unwrap();
    take_in(&app, &wave, &file).unwrap();
    let copy = Copy::of(&app);
    let place = fresh(Some(&app));
    put_back(&place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap();
    let (installation, clock) = open(place.path());
    let schedule = schedule(&app, &wave);
    clock.set(schedule.publishes(schedule.closes_at));
    advance::advance(&installation, &mut |_| {}).unwrap();
    assert_eq!(installation.state(&wave).unwrap(), WaveState::Opened);
    let missing = publish::publish(&installation, &wave, None, &mut |_| {}).unwrap_err();
    assert!(matches!(missing, Refusal::ResultNeeded(_)), "{missing}");
    let status = status::status(&installation, &wave).unwrap();
    assert!(status.hand_over.is_some_and(|hand_over| hand_over.result && !hand_over.bundle));
    let other = signed_anew(&app, &wave, &result, [result.release.as_slice(), b" "].concat());
    let refusal = signed_result::take_in(&installation, &wave, &other, &mut |_| {}).unwrap_err();
    assert!(said(&refusal).contains("Another result of this round was handed in before"), "{refusal}");
    assert!(signed_result::take_in(&installation, &wave, &file, &mut |_| {}).unwrap().before);
    advance::advance(&installation, &mut |_| {}).unwrap();
    assert_eq!(installation.state(&wave).unwrap(), WaveState::Published);
    assert_eq!(installation.responses.release(&wave).unwrap().unwrap().document, result.release);
}

/// The other process: takes in the result that lies in its folder and brings the round to its publication, and dies at the step named in the environment.
#[test]
#[ignore = "started by the next test as a process of its own"]
fn the_process_that_is_killed_while_it_takes_a_result_in() {
    let folder = PathBuf::from(std::env::var("CRASH_FOLDER").expect("started by the next test"));
    let die_at = std::env::var("CRASH_AT").unwrap_or_default();
    let (installation, clock) = open(&folder);
    let wave = WaveId::parse(ROUND).unwrap();
    let observe = &mut |step: Step| {
        if format!("{step:?}") == die_at {
            // Like kill -9: nothing is flushed, no destructor runs.
            std::process::abort();
        }
    };
    let schedule = WaveSettings::of(&installation.identity, &wave).unwrap().schedule;
    clock.set(schedule.opens(schedule.closes_at));
    // What a start does first: finish what a dead process left.
    advance::advance(&installation, observe).unwrap();
    let file = std::fs::read(folder.join("result.json")).unwrap();
    if installation.state(&wave).unwrap() != WaveState::Published {
        signed_result::take_in(&installation, &wave, &file, observe).unwrap();
    }
    clock.set(schedule.publishes(schedule.closes_at));
    advance::advance(&installation, observe).unwrap();
}

/// Whether it was killed.
fn run(folder: &Path, die_at: Option<Step>) -> bool {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["handing_over::the_process_that_is_killed_while_it_takes_a_result_in", "--exact", "--ignored", "--nocapture"])
        .env("CRASH_FOLDER", folder)
        .env("CRASH_AT", die_at.map(|step| format!("{step:?}")).unwrap_or_default())
        .output()
        .unwrap();
    let killed = output.status.signal() == Some(SIGABRT);
    assert!(killed || output.status.success(), "{die_at:?}: {}", String::from_utf8_lossy(&output.stderr));
    killed
}

#[actix_web::test]
async fn a_process_killed_between_the_result_and_its_publication_goes_on_where_it_was() {
    let app = TestApp::spawn().await;
    let (holder, wave) = closed(&app).await;
    let result = opened(&app, &holder, &wave).await;
    std::fs::write(app.place.path().join("result.json"), result.to_json().unwrap()).unwrap();
    let scene = app.place.copy();
    let end = |folder: &Path| {
        let (installation, _) = open(folder);
        installation.identity.integrity_check().unwrap();
        installation.responses.integrity_check().unwrap();
        let release = installation.responses.release(&wave).unwrap().unwrap();
        assert!(installation.responses.handed_in(&wave).unwrap().is_none());
        let handed_in = PromiseEvent::ResultHandedIn { round: wave.clone() };
        let logged = installation.identity.promise_log().unwrap().entries;
        assert_eq!(logged.iter().filter(|entry| entry.known_event().as_ref() == Some(&handed_in)).count(), 1);
        (installation.state(&wave).unwrap(), installation.responses.spent().unwrap(), release)
    };
    let undisturbed = scene.copy();
    assert!(!run(undisturbed.path(), None));
    let expected = end(undisturbed.path());
    assert_eq!((expected.0, &expected.2.document), (WaveState::Published, &result.release));
    for step in [Step::OpenRecorded, Step::OpenFinished, Step::PublishReleaseWritten, Step::PublishBallotsDestroyed, Step::PublishFinished]
    {
        let folder = scene.copy();
        assert!(run(folder.path(), Some(step)), "{step:?} was never reached, so nothing was tested");
        assert!(!run(folder.path(), None), "{step:?}");
        assert_eq!(end(folder.path()), expected, "killed after {step:?}");
    }
}
