//! A round whose key somebody outside the operator holds, with the key holder's own program on the other side: until they have signed its promise sheet
//! nobody is invited, and what they sign is what everybody is promised.

use std::path::Path;
use std::time::Duration;

use candor::copies::fitting::Lost;
use candor::copies::restore::Key;
use candor::lifecycle::draft::{self, NotKept, Particulars, WaveSettings};
use candor::lifecycle::{Refusal, Step, abort, advance, countersign, launch, status};
use candor::words::Words;
use candor::worker;
use domain::{Moment, WaveId, WaveState};
use identity::{AfterRestore, PromiseEvent};
use keyholder::record::Signed;
use keyholder::{HolderKey, PublicHalf, Record, Sheet, SheetFile};
use protocol::FrozenManifest;
use protocol::manifest::{ManifestNonce, Mode};
use protocol::trustee::Countersignature;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::copies::{Copy, fresh, put_back};
use crate::crash::{Deed, end_state, open, run};
use crate::harness::{TestApp, parts, start_of_time};
use crate::place::Place;

pub(crate) const ROUND: &str = "2026-q4";

/// A key holder with a machine of their own.
pub(crate) struct KeyHolder {
    pub(crate) key: HolderKey,
    pub(crate) public: PublicHalf,
    pub(crate) record: Record,
}

impl KeyHolder {
    /// Somebody who made a key for a round; of the same seed, the same key.
    pub(crate) fn of(round: &str, seed: u64) -> Self {
        let wave = WaveId::parse(round).unwrap();
        let key = HolderKey::generate(&mut StdRng::seed_from_u64(seed)).unwrap();
        let public = key.public_half(&wave, "Works council, Vera Albers");
        let record = Record::of(&wave, start_of_time());
        Self { key, public, record }
    }

    /// Reads, checks and signs the draft of a promise sheet, and notes it.
    pub(crate) fn sign(&mut self, sheet: &[u8], now: Moment) -> Vec<u8> {
        let sheet = Sheet::check(&SheetFile::from_json(sheet).unwrap(), &self.public).unwrap();
        let signed = sheet.sign(&self.key, &self.record, now, &mut rand::rng()).unwrap();
        self.record.signed = Some(Signed { manifest: signed.manifest, nonce: signed.nonce, at: now });
        serde_json::to_vec_pretty(&signed).unwrap()
    }

    /// The settings of a round of two weeks whose key they hold.
    pub(crate) fn settings(&self, app: &TestApp) -> WaveSettings {
        let schedule = domain::Schedule::with_defaults(app.installation.clock.now().plus(Duration::from_secs(14 * 86_400)));
        let mut settings = WaveSettings::usual(&app.installation.config, schedule);
        settings.particulars = Particulars { trustee: Some(self.public.clone()), disk_copies: Some(false), ..Particulars::default() };
        settings
    }
}

/// Drafts a round whose key somebody outside holds.
pub(crate) fn drafted(app: &TestApp, round: &str) -> (KeyHolder, WaveId) {
    let holder = KeyHolder::of(round, 1);
    let wave = WaveId::parse(round).unwrap();
    draft::create(&app.installation, &wave, &holder.settings(app)).unwrap();
    (holder, wave)
}

/// Launches it as far as it comes without the key holder.
pub(crate) fn waiting(app: &TestApp, round: &str) -> (KeyHolder, WaveId) {
    let (holder, wave) = drafted(app, round);
    let refusal = launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap_err();
    assert!(matches!(refusal, Refusal::CountersignatureNeeded(_)), "{refusal}");
    (holder, wave)
}

/// Launches it with the key holder's countersignature, and sends its mails.
pub(crate) fn launched(app: &TestApp, round: &str) -> (KeyHolder, WaveId) {
    let (mut holder, wave) = waiting(app, round);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    (holder, wave)
}

fn events(app: &TestApp) -> Vec<PromiseEvent> {
    app.installation.identity.promise_log().unwrap().entries.iter().filter_map(|entry| entry.known_event()).collect()
}

fn said(refusal: &Refusal) -> String {
    Words::english().speak(&refusal.in_words().unwrap())
}

/// Nobody has a mail, no key lies here, nothing of the round is served, and nobody can look anything up about it.
pub(crate) async fn nothing_is_out(app: &TestApp, wave: &WaveId) {
    worker::mail::send_all(&app.installation).unwrap();
    assert!(app.outbox.newest(usize::MAX).is_empty());
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 0);
    assert!(!app.installation.keys.path(wave).exists());
    assert!(app.installation.responses.wave(wave).unwrap().is_none());
    assert!(app.installation.identity.credential_key(wave).unwrap().is_none());
    assert!(app.installation.responses.credential_key(wave).unwrap().is_none());
    for what in
        ["", "round", "manifest", "instrument", "groups", "client.js", "countersignature", "board", "close", "words/en", "example/en"]
    {
        let (status, body) = app.get(&format!("{}/w/{wave}/{what}", app.respondents)).await;
        let (unknown, nothing) = app.get(&format!("{}/w/2031-q1/{what}", app.respondents)).await;
        assert_eq!((status, body.len()), (unknown, nothing.len()), "{what} is another one than that of a round that does not exist");
        assert_eq!(status, 404, "{what}");
    }
}

#[actix_web::test]
async fn nobody_is_invited_and_nothing_is_served_before_the_countersignature_and_everything_is_after_it() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = drafted(&app, ROUND);
    let drafted = status::status(&app.installation, &wave).unwrap();
    let mut steps = Vec::new();
    launch::launch(&app.installation, &wave, None, &mut |step| steps.push(step)).unwrap_err();
    assert_eq!(steps, [Step::LaunchFrozen, Step::SheetPrepared]);
    assert!(countersign::waits(&app.installation, &wave).unwrap());
    nothing_is_out(&app, &wave).await;

    // Neither the calendar nor a second press brings it on.
    for days in [0, 1, 3] {
        app.clock.advance(Duration::from_secs(days * 86_400));
        let mut steps = Vec::new();
        app.advance(&mut steps);
        assert!(steps.is_empty(), "{steps:?}");
        assert!(matches!(launch::launch(&app.installation, &wave, None, &mut |_| {}), Err(Refusal::CountersignatureNeeded(_))));
    }
    nothing_is_out(&app, &wave).await;

    let sheet = countersign::sheet(&app.installation, &wave).unwrap();
    assert_eq!(countersign::sheet(&app.installation, &wave).unwrap(), sheet, "what the key holder reads stays the same");
    let draft = FrozenManifest::read(SheetFile::from_json(&sheet).unwrap().manifest).unwrap();
    let signed = holder.sign(&sheet, app.installation.clock.now());
    assert_eq!(holder.sign(&sheet, app.installation.clock.now()), signed);
    let given: Countersignature = serde_json::from_slice(&signed).unwrap();
    let mut steps = Vec::new();
    let launched = countersign::countersign(&app.installation, &wave, &signed, &mut |step| steps.push(step)).unwrap();
    assert_eq!(steps, [Step::Countersigned, Step::LaunchRunning]);
    assert_eq!(launched.invited, 28);
    assert!(!app.installation.keys.path(&wave).exists());
    assert!(app.installation.responses.prepared(&wave).unwrap().is_none());

    let served = |what: &str| format!("{}/w/{wave}/{what}", app.respondents);
    let (_, bytes) = app.get(&served("manifest")).await;
    let manifest = FrozenManifest::read(bytes).unwrap();
    assert_eq!(manifest, draft.with_nonce(given.nonce).unwrap());
    assert_ne!(manifest.hash(), draft.hash());
    assert_eq!(launched.check_words, protocol::words::manifest_words(&given.manifest).join(" "));
    let promised = manifest.manifest();
    assert_eq!((promised.mode, promised.key_holder.as_deref()), (Mode::Trustee, Some("Works council, Vera Albers")));
    assert_eq!((promised.box_key, promised.trustee_key), (holder.public.box_key, Some(holder.public.trustee_key)));
    let (code, countersignature) = app.get(&served("countersignature")).await;
    assert_eq!((code, serde_json::from_slice::<Countersignature>(&countersignature).unwrap()), (200, given.clone()));
    given.verify(&manifest).unwrap();

    worker::mail::send_all(&app.installation).unwrap();
    let links = app.links();
    assert_eq!(links.len(), 28, "everybody with an address");
    assert!(links.values().all(|link| parts(link).0 == given.manifest));
    app.answer(&wave, &links["alpha0"], 5).await.unwrap();

    // The same file again changes nothing, another one is refused.
    countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap();
    let other = Countersignature::sign(&protocol::TrusteeKey::generate(&mut rand::rng()), &manifest);
    let refusal = countersign::countersign(&app.installation, &wave, &serde_json::to_vec(&other).unwrap(), &mut |_| {}).unwrap_err();
    assert!(said(&refusal).contains("was countersigned before"), "{refusal}");
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 0);

    let logged = events(&app);
    let place =
        |wanted: PromiseEvent| logged.iter().position(|event| *event == wanted).unwrap_or_else(|| panic!("{wanted:?} in {logged:?}"));
    let prepared = place(PromiseEvent::sheet_prepared(&wave, &draft.hash().0));
    let countersigned = place(PromiseEvent::countersigned(&wave, &manifest.hash().0));
    assert!(prepared < countersigned && matches!(logged[countersigned + 1], PromiseEvent::Launched { .. }), "{logged:?}");
    assert_eq!(logged.len(), countersigned + 2, "every entry once: {logged:?}");

    let running = status::status(&app.installation, &wave).unwrap();
    let words = Words::english();
    for (status, held) in [(&drafted, "will be held by Works council, Vera Albers"), (&running, "is held by Works council, Vera Albers")] {
        let facts: Vec<String> = status.facts.iter().map(|(_, value)| words.value(value)).collect();
        assert!(facts.iter().any(|fact| fact.contains(held) && fact.contains(&holder.public.words())), "{facts:?}");
    }
}

#[actix_web::test]
async fn a_countersignature_for_another_sheet_by_another_key_or_with_another_nonce_is_refused_with_the_reason() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = waiting(&app, ROUND);
    let sheet = countersign::sheet(&app.installation, &wave).unwrap();
    let signed = holder.sign(&sheet, app.installation.clock.now());
    let given: Countersignature = serde_json::from_slice(&signed).unwrap();
    let draft = FrozenManifest::read(SheetFile::from_json(&sheet).unwrap().manifest).unwrap();

    let mut elsewhere = draft.manifest().clone();
    elsewhere.k = 4;
    let elsewhere = FrozenManifest::freeze(elsewhere).unwrap();
    let key = protocol::TrusteeKey::generate(&mut StdRng::seed_from_u64(77));
    let other = |change: fn(&mut Countersignature)| {
        let mut changed = given.clone();
        change(&mut changed);
        serde_json::to_vec(&changed).unwrap()
    };
    let text = String::from_utf8(signed.clone()).unwrap();
    let before = app.place.content();
    for (file, reason) in [
        (other(|c| c.nonce = ManifestNonce([0; 32])), "another promise sheet, or was changed on its way"),
        (other(|c| c.manifest.0[0] ^= 1), "another promise sheet, or was changed on its way"),
        (other(|c| c.signature.0[0] ^= 1), "not given with the key"),
        (serde_json::to_vec(&Countersignature::sign(&key, &draft.with_nonce(given.nonce).unwrap())).unwrap(), "not given with the key"),
        (serde_json::to_vec(&Countersignature::sign(&key, &elsewhere)).unwrap(), "another promise sheet"),
        (text.replace("countersignature/2", "countersignature/1").into_bytes(), "This is no countersignature"),
        (text.replace("\"nonce\"", "\"number\"").into_bytes(), "This is no countersignature"),
        (sheet.clone(), "This is no countersignature"),
        (Vec::new(), "This is no countersignature"),
    ] {
        let mut steps = Vec::new();
        let refusal = countersign::countersign(&app.installation, &wave, &file, &mut |step| steps.push(step)).unwrap_err();
        assert!(said(&refusal).contains(reason), "{reason}: {refusal}");
        assert!(steps.is_empty(), "{steps:?}");
    }
    assert_eq!(app.place.content(), before, "nothing was changed by any of them");
    nothing_is_out(&app, &wave).await;
    countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
}

#[actix_web::test]
async fn a_round_without_a_key_holder_or_that_does_not_wait_takes_no_countersignature_and_has_no_sheet_to_hand_over() {
    let app = TestApp::spawn().await;
    let solo = app.draft("2026-solo");
    let refusal = countersign::sheet(&app.installation, &solo).unwrap_err();
    assert!(said(&refusal).contains("the operator holds the key"), "{refusal}");
    let (_, wave) = drafted(&app, ROUND);
    let calendar = status::status(&app.installation, &wave).unwrap().calendar;
    let told: Vec<String> = calendar.iter().map(|date| Words::english().speak(&date.what)).collect();
    assert!(told.iter().any(|what| what.contains("can open the answers")), "a draft says already who opens: {told:?}");
    let refusal = countersign::sheet(&app.installation, &wave).unwrap_err();
    assert!(refusal.to_string().contains("run candor wave launch first"), "{refusal}");
    app.installation.identity.delete_draft(&wave).unwrap();
    let (_, wave) = launched(&app, ROUND);
    let refusal = countersign::sheet(&app.installation, &wave).unwrap_err();
    assert!(refusal.to_string().contains("does not wait for a countersignature any more"), "{refusal}");
}

#[actix_web::test]
async fn a_countersignature_that_comes_after_the_time_to_answer_is_refused_with_what_to_do() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = waiting(&app, ROUND);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    let closes = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule.closes_at;
    app.clock.set(closes.minus(Duration::from_secs(3599)));
    let refusal = countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap_err();
    assert!(said(&refusal).contains("draft a new one, with a new key"), "{refusal}");
    app.clock.set(closes.plus(Duration::from_secs(1)));
    app.advance(&mut Vec::new());
    nothing_is_out(&app, &wave).await;
    let words = Words::english();
    let late = status::status(&app.installation, &wave).unwrap();
    assert!(words.speak(&late.sentence).contains("has not countersigned the promise sheet in time"), "{late:?}");
    assert!(words.speak(&late.next).starts_with("End it"), "{late:?}");
}

#[actix_web::test]
async fn ending_a_round_that_waits_mails_nobody_destroys_what_was_prepared_and_keeps_its_name() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = waiting(&app, ROUND);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    let mut steps = Vec::new();
    abort::abort(&app.installation, &wave, "The works council has changed its mind.", &mut |step| steps.push(step)).unwrap();
    assert_eq!(steps, [Step::AbortDecided, Step::AbortBallotsDestroyed, Step::AbortFinished], "no key was here to be destroyed");
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Aborted);
    assert!(app.installation.responses.prepared(&wave).unwrap().is_none());
    nothing_is_out(&app, &wave).await;
    let refusal = countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap_err();
    assert!(matches!(refusal, Refusal::WrongState { state: WaveState::Aborted, .. }), "{refusal}");
    nothing_is_out(&app, &wave).await;
    let ended = status::status(&app.installation, &wave).unwrap();
    assert!(Words::english().speak(&ended.sentence).contains("before anybody was invited"), "{ended:?}");

    // The name stays taken: two sheets of one name would be two promises. Another round can begin at once.
    let again = draft::begin(&app.installation, &wave, &holder.settings(&app)).unwrap_err();
    assert!(matches!(again, NotKept::Faults(_)), "{again}");
    let (_, next) = launched(&app, "2026-q4-again");
    assert_eq!(app.installation.state(&next).unwrap(), WaveState::Running);
    assert_eq!(app.links().len(), 28);
}

#[actix_web::test]
async fn a_key_is_for_one_round_and_excludes_a_passphrase() {
    let app = TestApp::spawn().await;
    let holder = KeyHolder::of("2026-q3", 1);
    let wave = WaveId::parse(ROUND).unwrap();
    let refused = |settings: &WaveSettings| draft::begin(&app.installation, &wave, settings).unwrap_err().to_string();
    assert!(refused(&holder.settings(&app)).contains("This file is of a key for round 2026-q3"));
    let refusal = draft::create(&app.installation, &wave, &holder.settings(&app)).unwrap_err();
    assert!(said(&refusal).contains("a key is for one round only"), "{refusal}");
    let settings = KeyHolder::of(ROUND, 1).settings(&app);
    assert!(refused(&WaveSettings { passphrase: true, ..settings.clone() }).contains("there is none here that a passphrase could lock"));
    let mut broken = settings.clone();
    broken.particulars.trustee.as_mut().unwrap().trustee_key.0 = [0; 32];
    assert!(refused(&broken).contains("ends in .public.json"));
    draft::begin(&app.installation, &wave, &settings).unwrap();
    assert_eq!(WaveSettings::of(&app.installation.identity, &wave).unwrap(), settings);
    let other = draft::change(&app.installation, &wave, &holder.settings(&app)).unwrap_err();
    assert!(other.to_string().contains("2026-q3"), "{other}");
}

/// A drafted round whose key somebody holds, and the same round waiting with its countersignature beside it.
async fn scenes() -> (TestApp, Place, Place) {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = drafted(&app, ROUND);
    let drafted = app.place.copy();
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap_err();
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    std::fs::write(app.place.path().join("countersignature.json"), signed).unwrap();
    let waiting = app.place.copy();
    (app, drafted, waiting)
}

/// What a round that waits looks like, whatever was killed on the way.
fn assert_it_waits(folder: &Path) {
    let (installation, _) = open(folder);
    let wave = WaveId::parse(ROUND).unwrap();
    assert!(countersign::waits(&installation, &wave).unwrap());
    assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
    assert!(installation.responses.wave(&wave).unwrap().is_none() && !installation.keys.path(&wave).exists());
    installation.identity.integrity_check().unwrap();
    installation.responses.integrity_check().unwrap();
    let mut holder = KeyHolder::of(ROUND, 1);
    let signed = holder.sign(&countersign::sheet(&installation, &wave).unwrap(), start_of_time());
    let launched = countersign::countersign(&installation, &wave, &signed, &mut |_| {}).unwrap();
    assert_eq!((launched.invited, installation.identity.jobs_waiting().unwrap()), (28, 28));
}

#[actix_web::test]
async fn a_process_killed_between_the_steps_of_a_launch_with_a_key_holder_goes_on_where_it_was() {
    let (_app, drafted, waiting) = scenes().await;
    for step in [Step::LaunchFrozen, Step::SheetPrepared] {
        let folder = drafted.copy();
        assert!(run(folder.path(), Deed::Wait, Some(step)), "{step:?} was never reached, so nothing was tested");
        assert!(!run(folder.path(), Deed::Wait, None), "{step:?}");
        assert_it_waits(folder.path());
    }
    let undisturbed = waiting.copy();
    assert!(!run(undisturbed.path(), Deed::Countersign, None));
    let expected = end_state(undisturbed.path());
    for step in [Step::Countersigned, Step::LaunchRunning] {
        let folder = waiting.copy();
        assert!(run(folder.path(), Deed::Countersign, Some(step)), "{step:?} was never reached, so nothing was tested");
        // The calendar alone finishes what was begun.
        let (installation, _) = open(folder.path());
        advance::advance(&installation, &mut |_| {}).unwrap();
        assert_eq!(installation.state(&WaveId::parse(ROUND).unwrap()).unwrap(), WaveState::Running, "{step:?}");
        assert!(!run(folder.path(), Deed::Countersign, None), "{step:?}");
        assert_eq!(end_state(folder.path()), expected, "killed after {step:?}");
    }
    for step in [Step::AbortDecided, Step::AbortBallotsDestroyed, Step::AbortFinished] {
        let folder = waiting.copy();
        assert!(run(folder.path(), Deed::Abort, Some(step)), "{step:?} was never reached, so nothing was tested");
        assert!(!run(folder.path(), Deed::Abort, None), "{step:?}");
        let (installation, _) = open(folder.path());
        let wave = WaveId::parse(ROUND).unwrap();
        assert_eq!(installation.state(&wave).unwrap(), WaveState::Aborted, "{step:?}");
        assert!(installation.responses.prepared(&wave).unwrap().is_none());
        assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
    }
}

#[actix_web::test]
async fn a_copy_of_a_round_that_waits_goes_on_waiting_only_where_nothing_has_happened_since() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = waiting(&app, ROUND);
    let copy = Copy::of(&app);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());

    let place = fresh(Some(&app));
    let restored = put_back(&place, Some(&copy.people()), Some(&copy.ballots()), true).unwrap();
    let round = restored.round.unwrap();
    assert_eq!((round.then, round.state, restored.key), (AfterRestore::GoesOn, WaveState::Launching, Key::Outside));
    let (installation, _) = open(place.path());
    assert!(countersign::waits(&installation, &wave).unwrap());
    assert_eq!(countersign::sheet(&installation, &wave).unwrap(), countersign::sheet(&app.installation, &wave).unwrap());
    let launched = countersign::countersign(&installation, &wave, &signed, &mut |_| {}).unwrap();
    assert_eq!((launched.invited, installation.identity.jobs_waiting().unwrap()), (28, 28));

    // Where nobody says so, people may have been invited since the copy was made, and could answer twice with the same keys.
    let place = fresh(Some(&app));
    let round = put_back(&place, Some(&copy.people()), Some(&copy.ballots()), false).unwrap().round.unwrap();
    assert_eq!((round.then, round.why), (AfterRestore::OnlyEnded, Some(Lost::Launched)));
    let (installation, _) = open(place.path());
    let refusal = countersign::countersign(&installation, &wave, &signed, &mut |_| {}).unwrap_err();
    assert!(refusal.to_string().contains("put back from a copy"), "{refusal}");
    abort::abort(&installation, &wave, "The server was lost.", &mut |_| {}).unwrap();
    assert!(installation.responses.prepared(&wave).unwrap().is_none());
    assert_eq!(installation.identity.jobs_waiting().unwrap(), 0);
}

#[actix_web::test]
async fn the_program_upgraded_while_a_round_waits_serves_the_survey_page_whose_hash_was_signed() {
    let app = TestApp::spawn().await;
    let (mut holder, wave) = waiting(&app, ROUND);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    // As an earlier version left it, whose program was another one.
    let hex = "2f2f206561726c696572";
    let bytes = if crate::place::engine() == test_postgres::Engine::Postgres { format!("'\\x{hex}'") } else { format!("X'{hex}'") };
    app.place.tamper(1, &format!("UPDATE prepared SET client_js = {bytes}"));
    countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap();
    assert_eq!(app.get(&format!("{}/w/{wave}/client.js", app.respondents)).await, (200, b"// earlier".to_vec()));
}

#[actix_web::test]
async fn the_promise_log_does_not_name_the_key_holder() {
    let app = TestApp::spawn().await;
    let (_, wave) = launched(&app, ROUND);
    let logged = serde_json::to_string(&events(&app)).unwrap();
    assert!(logged.contains(&format!("\"countersigned\",\"round\":\"{wave}\"")) && !logged.contains("Vera"), "{logged}");
}
