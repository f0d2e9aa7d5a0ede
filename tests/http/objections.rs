//! Objections: receipts that are not on the board are counted in public and hold the opening until somebody answers.

use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::objections::answer_objections;
use candor::lifecycle::{Refusal, opening, past_waves, status};
use candor::words::Words;
use domain::{Schedule, WaveId, WaveState};
use identity::Role;
use protocol::wire::{Answer, Kind, Outcome, REQUEST_SIZE, Request};
use protocol::{BoardKey, BoardSignature, FrozenManifest, Receipt, ReceiptLeaf};
use release::reading::PastWave;
use secrecy::ExposeSecret;

use crate::harness::TestApp;

const LOST: &str = "Two sealed answers were lost when the disk failed. We are sorry; the backup was repaired.";

/// A receipt that the server signed and whose ballot is not in the box: what somebody holds whose answer an operator has removed.
fn lost_receipt(app: &TestApp, wave: &WaveId, leaf: u8) -> Receipt {
    let manifest = FrozenManifest::read(app.installation.ballot_side(wave).unwrap().manifest).unwrap();
    let key = app.installation.responses.board_key(wave).unwrap().unwrap();
    let leaf = ReceiptLeaf([leaf; 32]);
    let signature = BoardKey::from_bytes(key.expose_secret().try_into().unwrap()).sign_receipt(&manifest.hash(), &leaf);
    Receipt::new(&manifest, leaf, signature)
}

/// Posts an objection; the answer, whose size and status are checked.
async fn object(app: &TestApp, wave: &WaveId, leaf: &ReceiptLeaf, signature: &BoardSignature) -> Answer {
    let request = Request::Objection { leaf: *leaf, signature: *signature }.encode();
    assert_eq!(request.len(), REQUEST_SIZE);
    let manifest = FrozenManifest::read(app.installation.ballot_side(wave).unwrap().manifest).unwrap();
    let (http, body) = app.post_box(wave, request).await;
    let answer = Answer::parse(Kind::Objection, &body, manifest.manifest().response_size).unwrap();
    assert_eq!(http, answer.http_status());
    answer
}

async fn object_with(app: &TestApp, wave: &WaveId, receipt: &Receipt) -> Answer {
    object(app, wave, &receipt.leaf, &receipt.signature).await
}

const COUNTED: Answer = Answer::Objection { on_board: false };
const ON_BOARD: Answer = Answer::Objection { on_board: true };

/// What everybody can read about the objections.
async fn public(app: &TestApp, wave: &WaveId) -> (u16, serde_json::Value) {
    let (status, body) = app.get(&format!("{}/w/{wave}/objections", app.respondents)).await;
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

fn counted(wave: &WaveId, count: u32, answer: Option<&str>) -> (u16, serde_json::Value) {
    (200, serde_json::json!({"format": "candor-objections/1", "wave": wave.as_str(), "count": count, "answer": answer}))
}

fn schedule(app: &TestApp, wave: &WaveId) -> Schedule {
    WaveSettings::of(&app.installation.identity, wave).unwrap().schedule
}

/// A wave whose box is shut, with the receipts of everybody.
async fn closed(app: &TestApp) -> (WaveId, Vec<Receipt>) {
    let wave = app.launch("2026-q4");
    let receipts = app.answer_as(&wave, |person| (!person.ends_with('3')).then_some(5)).await;
    let schedule = schedule(app, &wave);
    app.clock.set(schedule.closes_at);
    app.advance(&mut Vec::new());
    app.clock.set(schedule.box_shuts(schedule.closes_at));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    (wave, receipts)
}

#[actix_web::test]
async fn an_objection_counts_once_holds_the_opening_is_answered_in_public_and_then_the_round_goes_on() {
    let app = TestApp::spawn().await;
    let (wave, receipts) = closed(&app).await;
    assert_eq!(public(&app, &wave).await, counted(&wave, 0, None));
    let lost = lost_receipt(&app, &wave, 1);
    for _ in 0..3 {
        assert_eq!(object_with(&app, &wave, &lost).await, COUNTED);
    }
    assert_eq!(object_with(&app, &wave, &lost_receipt(&app, &wave, 2)).await, COUNTED);
    assert_eq!(object_with(&app, &wave, &receipts[0]).await, ON_BOARD);
    assert_eq!(public(&app, &wave).await, counted(&wave, 2, None));

    let schedule = schedule(&app, &wave);
    app.clock.set(schedule.opens(schedule.closes_at));
    let refused = opening::open(&app.installation, &wave, None, &mut |_| {}).unwrap_err();
    assert!(matches!(refused, Refusal::ObjectionsUnanswered { count: 2, .. }), "{refused}");
    assert!(refused.to_string().contains("candor wave answer 2026-q4"), "{refused}");
    let mut steps = Vec::new();
    app.advance(&mut steps);
    assert_eq!((steps.len(), app.installation.state(&wave).unwrap()), (0, WaveState::Closed), "the worker waits");

    let answer = |text: &str| answer_objections(&app.installation, &wave, text);
    assert!(matches!(answer("  Sorry.  "), Err(Refusal::Said(_))));
    assert!(matches!(answer(&"x".repeat(1001)), Err(Refusal::Said(_))));
    assert_eq!(public(&app, &wave).await, counted(&wave, 2, None));
    answer(LOST).unwrap();
    answer(LOST).unwrap();
    assert!(answer("Nothing was lost after all.").unwrap_err().to_string().contains("answered already"));
    assert_eq!(public(&app, &wave).await, counted(&wave, 2, Some(LOST)));
    let facts = status::status(&app.installation, &wave).unwrap().facts;
    let words = Words::english();
    let facts: Vec<_> = facts.iter().map(|(what, value)| format!("{}: {}", words.speak(what), words.value(value))).collect();
    assert!(facts.contains(&"Objections: 2".to_owned()) && facts.contains(&format!("Answer to the objections: {LOST}")), "{facts:?}");

    app.advance(&mut steps);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Opened);
    app.clock.set(schedule.publishes(schedule.closes_at));
    app.advance(&mut steps);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Published);
    assert_eq!(public(&app, &wave).await, counted(&wave, 2, Some(LOST)), "number and answer stay public");
    assert_eq!(object_with(&app, &wave, &lost).await, Answer::Refused(Outcome::NotOpen));
    assert_eq!(object_with(&app, &wave, &receipts[0]).await, Answer::Refused(Outcome::NotOpen));
}

#[actix_web::test]
async fn what_is_no_signed_receipt_of_this_round_is_refused_and_so_is_every_other_time() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q3");
    let receipt = app.answer_as(&wave, |_| Some(4)).await.remove(0);
    let other_round = lost_receipt(&app, &wave, 1);
    assert_eq!(object_with(&app, &wave, &other_round).await, Answer::Refused(Outcome::NotOpen), "before the close");
    assert_eq!(object_with(&app, &wave, &receipt).await, Answer::Refused(Outcome::NotOpen), "before the close");
    assert_eq!(public(&app, &wave).await.0, 404);
    assert!(answer_objections(&app.installation, &wave, LOST).unwrap_err().to_string().contains("running"));
    app.run_to_publication(&wave);

    let (wave, _) = closed(&app).await;
    let lost = lost_receipt(&app, &wave, 1);
    let made_up = BoardSignature([7; 64]);
    for (leaf, signature) in [
        (lost.leaf, made_up),
        (ReceiptLeaf([2; 32]), lost.signature),
        (other_round.leaf, other_round.signature),
        (receipt.leaf, receipt.signature),
    ] {
        assert_eq!(object(&app, &wave, &leaf, &signature).await, Answer::Refused(Outcome::WrongCredential));
    }
    let mut longer = Request::Objection { leaf: lost.leaf, signature: lost.signature }.encode();
    longer[REQUEST_SIZE - 1] = 1;
    assert_eq!(app.post_box(&wave, longer).await.0, 400);
    assert_eq!(public(&app, &wave).await, counted(&wave, 0, None));
    assert!(answer_objections(&app.installation, &wave, LOST).unwrap_err().to_string().contains("nobody has objected"));
    let schedule = schedule(&app, &wave);
    app.clock.set(schedule.opens(schedule.closes_at));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Opened);
    assert_eq!(object_with(&app, &wave, &lost).await, Answer::Refused(Outcome::NotOpen), "after the opening");
    let unknown = WaveId::parse("2031-q1").unwrap();
    assert_eq!(public(&app, &unknown).await.0, 404);
}

#[actix_web::test]
async fn a_round_whose_objections_nobody_answers_ends_without_a_result_at_its_last_date() {
    let app = TestApp::spawn().await;
    let (wave, _) = closed(&app).await;
    assert_eq!(object_with(&app, &wave, &lost_receipt(&app, &wave, 1)).await, COUNTED);
    let schedule = schedule(&app, &wave);
    let last = schedule.aborts(schedule.closes_at);
    app.clock.set(domain::Moment::from_micros(last.micros() - 1));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    app.clock.set(last);
    app.advance(&mut Vec::new());
    let record = app.installation.people_side(&wave).unwrap();
    assert_eq!(record.state, WaveState::Aborted);
    assert!(record.abort_reason.unwrap().contains("Objections"));
    assert!(app.installation.responses.release(&wave).unwrap().is_none());
    assert!(matches!(past_waves(&app.installation, None).unwrap().as_slice(), [PastWave::Aborted(_)]));
    // The list stays where it was, and whoever looks for a receipt on it is told that it counts nothing any more.
    let (status, mut said) = counted(&wave, 1, None);
    said["ended"] = true.into();
    assert_eq!(public(&app, &wave).await, (status, said));
}

#[actix_web::test]
async fn hr_answers_on_the_page_of_the_round_and_everybody_reads_it_there() {
    let app = TestApp::spawn().await;
    let (wave, _) = closed(&app).await;
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let page = format!("/rounds/{wave}");
    let (status, html) = hr.read(&page).await;
    assert!(status == 200 && !html.contains("/answer\""), "nobody has objected: {html}");
    object_with(&app, &wave, &lost_receipt(&app, &wave, 1)).await;
    let (_, html) = hr.read(&page).await;
    assert!(
        !html.contains("/answer\"") && html.contains("one objection is raised"),
        "an answer before the window ends would disarm later ones: {html}"
    );
    let token = hr.token(&page).await;
    assert_eq!(hr.post(&format!("{page}/answer"), &[("token", &token), ("reason", LOST), ("confirm", "yes")]).await, 409);
    let schedule = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.opens(schedule.closes_at));
    // Days later the old session has ended.
    let hr = app.sign_in("hr").await;
    let (_, html) = hr.read(&page).await;
    assert!(html.contains("/answer\"") && html.contains("<textarea") && html.contains("one objection is raised"), "{html}");
    let token = hr.token(&page).await;
    assert_eq!(hr.post(&format!("{page}/answer"), &[("token", &token), ("reason", "Sorry."), ("confirm", "yes")]).await, 409);
    let (status, refused) = hr.submit_form(&format!("{page}/answer"), &[("token", &token), ("reason", LOST)]).await;
    assert!(status == 409 && refused.contains(&format!("{LOST}</textarea>")), "nobody types it twice: {refused}");
    assert!(refused.contains("<details>"), "nothing else is unfolded: {refused}");
    assert_eq!(hr.post(&format!("{page}/answer"), &[("token", "0"), ("reason", LOST)]).await, 403);
    assert_eq!(hr.post(&format!("{page}/answer"), &[("token", &token), ("reason", LOST), ("confirm", "yes")]).await, 303);
    let (_, html) = hr.read(&format!("{page}?done=answer")).await;
    assert!(html.contains("Your answer is public") && html.contains(LOST) && !html.contains("<textarea"), "{html}");
    assert_eq!(public(&app, &wave).await, counted(&wave, 1, Some(LOST)));
}
