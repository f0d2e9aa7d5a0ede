//! The life of a round by its dates: what is frozen, what is refused and why, what is told to whom.

use std::time::Duration;

use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{Refusal, Step, abort, close, launch, opening, publish, remind};
use candor::worker;
use domain::{Clock, Schedule, WaveId, WaveState};
use identity::Role;
use protocol::wire::{Outcome, Request};
use protocol::{Board, FrozenManifest};
use release::reading::PastWave;

use crate::harness::{TestApp, parts, staff};

fn refused(result: Result<impl std::fmt::Debug, Refusal>) -> String {
    result.unwrap_err().to_string()
}

#[actix_web::test]
async fn rounds_are_read_in_the_order_of_their_launches_whichever_was_drafted_first() {
    let app = TestApp::spawn().await;
    let in_days = |days: u64| Schedule::with_defaults(app.clock.now().plus(Duration::from_secs(days * 86_400)));
    let (drafted_first, launched_first) = (app.draft_with("2026-q3", in_days(60)), app.draft_with("2026-q5", in_days(14)));
    for wave in [&launched_first, &drafted_first] {
        app.outbox.clear();
        launch::launch(&app.installation, wave, None, &mut |_| {}).unwrap();
        worker::mail::send_all(&app.installation).unwrap();
        app.answer_as(wave, |_| Some(5)).await;
        app.run_to_publication(wave);
    }
    let read = |last: &WaveId| {
        let past = candor::lifecycle::past_waves(&app.installation, Some(last)).unwrap();
        let wave_of = |wave: &PastWave| match wave {
            PastWave::Published(wave) => wave.release.wave.clone(),
            PastWave::Aborted(wave) => wave.clone(),
        };
        past.iter().map(wave_of).collect::<Vec<_>>()
    };
    assert_eq!(read(&launched_first), std::slice::from_ref(&launched_first));
    assert_eq!(read(&drafted_first), [launched_first, drafted_first]);
}

#[actix_web::test]
async fn a_round_runs_from_the_staff_list_to_the_result_by_its_dates_alone() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    assert_eq!(app.links().len(), 28, "everybody with a team is invited, the head without a team is not");
    let receipts = app.answer_as(&wave, |person| (!person.ends_with('0')).then_some(5)).await;
    let steps = app.run_to_publication(&wave);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Published);
    assert_eq!(steps.len(), 9, "{steps:?}");
    let record = app.installation.ballot_side(&wave).unwrap();
    let manifest = FrozenManifest::read(record.manifest).unwrap();
    let board: Board = serde_json::from_slice(&record.board.unwrap()).unwrap();
    board.verify(&manifest).unwrap();
    assert!(receipts.iter().all(|receipt| board.contains(&receipt.leaf)));
    let past = candor::lifecycle::past_waves(&app.installation, None).unwrap();
    let [PastWave::Published(published)] = past.as_slice() else { panic!("one published round") };
    let release = &published.release;
    assert_eq!(release.counts.spent as usize, receipts.len());
    assert_eq!(release.base.blocks.iter().map(|b| b.n).sum::<u32>() as usize, receipts.len());
    let stored = app.installation.responses.release(&wave).unwrap().unwrap();
    let signature = protocol::BoardSignature::try_from(stored.signature.as_slice()).unwrap();
    manifest.manifest().board_key.verify_release(&manifest.hash(), &stored.document, &signature).unwrap();
}

#[actix_web::test]
async fn nothing_happens_before_its_date_and_the_refusal_says_when_it_will() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |_| Some(4)).await;
    let schedule = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    let nothing = &mut |_| {};
    assert!(refused(close::close(&app.installation, &wave, nothing)).contains("2026-11-16T09:15:00Z"));
    assert!(refused(opening::open(&app.installation, &wave, None, nothing)).contains("running"));
    app.clock.set(schedule.closes_at);
    assert!(refused(close::close(&app.installation, &wave, nothing)).contains("2026-11-16T09:30:00Z"));
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closing);
    app.clock.advance(Duration::from_secs(schedule.grace_seconds));
    close::close(&app.installation, &wave, nothing).unwrap();
    assert!(refused(opening::open(&app.installation, &wave, None, nothing)).contains("2026-11-19T09:30:00Z"));
    assert!(refused(publish::publish(&app.installation, &wave, None, nothing)).contains("closed"));
    app.clock.advance(Duration::from_secs(schedule.window_seconds));
    opening::open(&app.installation, &wave, None, nothing).unwrap();
    assert!(refused(publish::publish(&app.installation, &wave, None, nothing)).contains("2026-11-20T09:15:00Z"));
    app.clock.set(schedule.publishes(schedule.closes_at));
    publish::publish(&app.installation, &wave, None, nothing).unwrap();
    assert!(refused(publish::publish(&app.installation, &wave, None, nothing)).contains("public already"));
    assert!(refused(abort::abort(&app.installation, &wave, "Too late for that.", nothing)).contains("ended"));
}

#[actix_web::test]
async fn after_the_launch_nothing_of_a_round_can_change_and_every_attempt_says_why() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let before = app.installation.ballot_side(&wave).unwrap();
    assert!(refused(launch::launch(&app.installation, &wave, None, &mut |_| {})).contains("launched before"));
    let other = serde_json::json!({"k": 4});
    assert!(app.installation.identity.update_draft(&wave, &other).unwrap_err().to_string().contains("frozen"));
    assert!(app.installation.identity.delete_draft(&wave).unwrap_err().to_string().contains("frozen"));
    let second = app.draft("2027-q1");
    assert!(refused(launch::launch(&app.installation, &second, None, &mut |_| {})).contains("2026-q4"));
    // A new staff list is for the next round: groups, people and links of this one stay.
    app.import(&staff().replace("Alpha", "Omega"));
    assert_eq!(app.installation.ballot_side(&wave).unwrap(), before);
    app.answer_as(&wave, |person| (person == "alpha1").then_some(3)).await;
    assert_eq!(app.installation.identity.totals(&wave).unwrap().issued, 1);
}

#[actix_web::test]
async fn a_launch_is_refused_without_people_with_too_few_and_in_an_unknown_language() {
    let app = TestApp::spawn_empty().await;
    let wave = app.draft("2026-q4");
    assert!(
        refused(launch::launch(&app.installation, &wave, None, &mut |_| {}))
            .contains("The staff list is empty: upload it in the console, or import it")
    );
    let few: String = staff().lines().take(7).map(|l| format!("{l}\n")).collect();
    app.import(&few);
    let message = refused(launch::launch(&app.installation, &wave, None, &mut |_| {}));
    assert!(message.contains("at least 6"), "{message}");
    app.import(&staff().replace("alpha1@example.org,Alpha,lead-a,en", "alpha1@example.org,Alpha,lead-a,fi"));
    assert!(refused(launch::launch(&app.installation, &wave, None, &mut |_| {})).contains("fi"));
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Draft);
}

#[actix_web::test]
async fn reminders_go_only_to_people_who_have_not_answered_each_with_a_new_link() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let first = app.links();
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(5)).await;
    app.outbox.clear();
    remind::remind(&app.installation, &wave).unwrap();
    app.clock.advance(Duration::from_secs(3_600));
    worker::mail::send_all(&app.installation).unwrap();
    let reminded = app.links();
    assert_eq!(reminded.len(), 28 - 8);
    assert!(reminded.keys().all(|person| !person.starts_with("alpha")));
    assert!(reminded.iter().all(|(person, link)| first[person] != *link));
    // Both links of a person lead to one answer.
    app.answer(&wave, &first["beta0"], 4).await.unwrap();
    assert!(app.answer(&wave, &reminded["beta0"], 4).await.is_err());
}

#[actix_web::test]
async fn answers_under_way_arrive_in_the_grace_and_new_ones_do_not_begin() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let links = app.links();
    app.answer_as(&wave, |person| (!person.starts_with("gamma")).then_some(4)).await;
    let (hash, secret) = parts(&links["gamma0"]);
    let respondent = protocol::Respondent::open(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1, &hash).unwrap();
    let group = respondent.verify_leaf(&app.post_box(&wave, respondent.leaf_request(&secret)).await.1).unwrap();
    let ballot = protocol::Ballot { level: protocol::Level::Group, answers: vec![protocol::Answer::Point(4); 12], comments: vec![] };
    let prepared = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    let redeem = prepared.redeem_request(&app.post_box(&wave, prepared.issue_request()).await.1).unwrap();
    app.clock.set(WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule.closes_at);
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closing);
    assert!(app.answer(&wave, &links["gamma1"], 4).await.unwrap_err().contains("no answers"));
    // An answer of the server that was lost on its way is given again; that issues nothing new.
    assert_eq!(app.post_box(&wave, prepared.issue_request()).await.0, 200);
    let late = app.post_box(&wave, redeem).await;
    prepared.receipt(&late.1).unwrap();
}

#[actix_web::test]
async fn the_closing_mail_lets_everybody_see_what_is_recorded_about_them_and_nobody_else() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |person| (person != "beta3").then_some(4)).await;
    app.outbox.clear();
    app.run_to_publication(&wave);
    let mails = app.outbox.newest(usize::MAX);
    assert_eq!(mails.len(), 28);
    let mut answered = 0;
    for mail in &mails {
        let link = mail.link.as_ref().unwrap();
        let code = link.split_once("#s2.").unwrap().1.rsplit('.').next().unwrap();
        let handle = protocol::StatusHandle::parse(code).unwrap();
        let (status, answer) = app.post_box(&wave, Request::Status { handle }.encode()).await;
        assert_eq!(status, 200);
        assert_eq!(answer[2] == 1, !mail.to.contains("beta3"), "{}", mail.to);
        answered += u32::from(answer[2]);
    }
    assert_eq!(answered, 27);
    let bodies: std::collections::BTreeSet<String> =
        mails.iter().map(|m| m.text.lines().filter(|line| !line.contains("#s2.") && !line.contains("Name ")).collect()).collect();
    assert_eq!(bodies.len(), 1, "the text must be the same for everybody");
}

#[actix_web::test]
async fn an_aborted_round_destroys_its_answers_unopened_and_everybody_is_told_why() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |person| person.starts_with("beta").then_some(6)).await;
    app.outbox.clear();
    assert!(refused(abort::abort(&app.installation, &wave, " ", &mut |_| {})).contains("one sentence"));
    abort::abort(&app.installation, &wave, "The staff list was wrong.", &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Aborted);
    assert_eq!(app.installation.responses.spent().unwrap(), 0);
    assert!(!app.installation.keys.path(&wave).exists());
    let mails = app.outbox.newest(usize::MAX);
    assert_eq!(mails.len(), 28);
    assert!(mails.iter().all(|m| m.text.contains("The staff list was wrong.")));
    assert!(matches!(candor::lifecycle::past_waves(&app.installation, None).unwrap().as_slice(), [PastWave::Aborted(id)] if *id == wave));
    // The next round can start.
    let next = app.launch("2027-q1");
    assert_eq!(app.installation.state(&next).unwrap(), WaveState::Running);
}

#[actix_web::test]
async fn a_round_that_cannot_be_opened_by_its_last_date_ends_without_a_result() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |_| Some(4)).await;
    std::fs::remove_file(app.installation.keys.path(&wave)).unwrap();
    let schedule = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.closes_at);
    let act = || candor::lifecycle::advance::advance(&app.installation, &mut |_| {});
    act().unwrap();
    app.clock.advance(Duration::from_secs(schedule.grace_seconds));
    act().unwrap();
    app.clock.set(schedule.opens(schedule.closes_at));
    assert!(refused(act()).contains("is missing"));
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    app.clock.set(schedule.aborts(schedule.closes_at));
    // The failure is told once more, and the round ends.
    let _ = act();
    act().unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Aborted);
}

#[actix_web::test]
async fn a_ballot_side_that_was_tampered_with_is_not_opened() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |_| Some(4)).await;
    // A ballot with a made-up credential, put in behind the back of the protocol.
    let mut forged = app.installation.responses.ballots(None, u32::MAX).unwrap().remove(0);
    forged.nonce[0] ^= 1;
    app.installation.responses.redeem(&wave, &forged).unwrap();
    let schedule = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.closes_at);
    let mut failures = Vec::new();
    for moment in [
        schedule.closes_at,
        schedule.box_shuts(schedule.closes_at),
        schedule.opens(schedule.closes_at),
        schedule.publishes(schedule.closes_at),
    ] {
        app.clock.set(moment);
        failures.extend(candor::lifecycle::advance::advance(&app.installation, &mut |_| {}).err());
    }
    assert!(failures.iter().any(|failure| failure.to_string().contains("credential")), "{failures:?}");
    assert!(app.installation.responses.release(&wave).unwrap().is_none());
    assert_ne!(app.installation.state(&wave).unwrap(), WaveState::Published);
}

#[actix_web::test]
async fn a_key_locked_with_a_passphrase_opens_only_with_it() {
    let app = TestApp::spawn().await;
    let wave = WaveId::parse("2026-q4").unwrap();
    let schedule = domain::Schedule::manual(app.clock.now().plus(Duration::from_secs(86_400)));
    let settings = WaveSettings {
        instrument: "pulse".to_owned(),
        schedule,
        k: 5,
        group_min: 7,
        coalition: 1,
        min_range: 3,
        passphrase: true,
        comments: false,
        key_holder: None,
        particulars: candor::lifecycle::draft::Particulars::default(),
    };
    candor::lifecycle::draft::create(&app.installation, &wave, &settings).unwrap();
    assert!(matches!(launch::launch(&app.installation, &wave, None, &mut |_| {}), Err(Refusal::PassphraseNeeded(_))));
    let passphrase = secrecy::SecretString::from("correct horse");
    launch::launch(&app.installation, &wave, Some(&passphrase), &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&wave, |_| Some(4)).await;
    close::close(&app.installation, &wave, &mut |_| {}).unwrap();
    assert!(matches!(opening::open(&app.installation, &wave, None, &mut |_| {}), Err(Refusal::PassphraseNeeded(_))));
    let wrong = secrecy::SecretString::from("wrong horse");
    assert!(refused(opening::open(&app.installation, &wave, Some(&wrong), &mut |_| {})).contains("wrong"));
    opening::open(&app.installation, &wave, Some(&passphrase), &mut |_| {}).unwrap();
    publish::publish(&app.installation, &wave, Some(&passphrase), &mut |_| {}).unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Published);
}

#[actix_web::test]
async fn a_closed_round_tells_an_unknown_link_that_it_takes_no_answers() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let links = app.links();
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(4)).await;
    app.run_to_publication(&wave);
    let (_, secret) = parts(&links["beta0"]);
    let (status, answer) = app.post_box(&wave, Request::Leaf { secret }.encode()).await;
    assert_eq!((status, answer[1]), (410, Outcome::NotOpen.to_byte()));
}

#[actix_web::test]
async fn in_the_grace_nobody_is_let_in_to_answer_what_can_not_be_sent_any_more() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let (_, secret) = parts(&app.links()["beta0"]);
    let look = || app.post_box(&wave, Request::Leaf { secret: secret.clone() }.encode());
    assert_eq!(look().await.0, 200);
    app.installation.identity.begin_close(&wave, app.clock.now()).unwrap();
    let (status, answer) = look().await;
    assert_eq!((status, &answer[1..3]), (410, &[4, 0][..]));
}

#[actix_web::test]
async fn a_round_that_is_ended_without_a_result_says_so_to_everybody_who_asks() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let links = app.links();
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(4)).await;
    let (_, secret) = parts(&links["beta0"]);
    let unknown = protocol::StatusHandle::from_bytes([7; 10]);
    assert_eq!(app.get(&format!("{}/w/{wave}/board", app.respondents)).await.0, 404, "there may still be one");
    app.installation.identity.request_abort(&wave, "the staff list was wrong").unwrap();
    let issue = Request::Issue { secret: secret.clone(), blinded: protocol::BlindedElement([7; 32]) };
    let (status, answer) = app.post_box(&wave, issue.encode()).await;
    assert_eq!((status, &answer[1..3]), (410, &[4, 1][..]), "from the decision on");
    abort::abort(&app.installation, &wave, "the staff list was wrong", &mut |_| {}).unwrap();
    for request in [Request::Leaf { secret }, issue, Request::Status { handle: unknown }] {
        let (status, answer) = app.post_box(&wave, request.encode()).await;
        assert_eq!((status, &answer[1..3]), (410, &[4, 1][..]));
        assert!(answer[3..].iter().all(|byte| *byte == 0));
    }
    assert_eq!(app.get(&format!("{}/w/{wave}/board", app.respondents)).await.0, 410);
}

#[actix_web::test]
async fn a_round_whose_key_folder_is_gone_for_good_can_be_ended_by_saying_so_and_the_next_one_begins() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    app.answer_as(&wave, |_| Some(5)).await;
    let refused = |result: Result<(), Refusal>| result.unwrap_err().to_string();
    let reason = "The disk with the key has died.";
    let lost = || abort::abort_without_key(&app.installation, &wave, reason, &mut |_| {});
    assert!(refused(lost()).contains("without --key-lost"), "while the key can be destroyed it has to be");
    let keys = &app.installation.config.storage.keys;
    std::fs::remove_dir_all(keys).unwrap();
    assert!(refused(abort::abort(&app.installation, &wave, reason, &mut |_| {})).contains("--key-lost"));
    // Another folder in its place is not the folder either.
    app.installation.keys.prepare(&mut rand::rng()).unwrap();
    assert!(refused(abort::abort(&app.installation, &wave, reason, &mut |_| {})).contains("--key-lost"));
    let mut steps = Vec::new();
    abort::abort_without_key(&app.installation, &wave, reason, &mut |step| steps.push(step)).unwrap();
    assert!(!steps.contains(&Step::AbortKeyDestroyed), "nobody is told that a key was destroyed: {steps:?}");
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Aborted);
    assert_eq!(app.installation.responses.spent().unwrap(), 0);
    app.clock.advance(Duration::from_secs(3600));
    app.outbox.clear();
    worker::mail::send_all(&app.installation).unwrap();
    let mail = app.outbox.newest(1).remove(0).text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(mail.contains("was lost before that") && !mail.contains("so was the key"), "{mail}");
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let page = hr.read("/rounds/2026-q4").await.1;
    assert!(page.contains("lost with its folder") && !page.contains("<dd>destroyed</dd>"), "{page}");
    let log = hr.read("/promise-log").await.1;
    assert!(log.contains("Its key was lost before") && !log.contains("its key and its answers were destroyed"), "{log}");
    app.launch("2027-q1");
}
