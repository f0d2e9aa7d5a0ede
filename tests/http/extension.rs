//! The one extension of a round: declared before the launch, done once, never further than everybody was told; everything that counts from the close follows.

use std::time::Duration;

use candor::lifecycle::extend::{Extended, extend};
use candor::lifecycle::opening::OpeningRecord;
use candor::lifecycle::{Refusal, close, launch, opening, remind};
use candor::worker;
use domain::wave::ExtensionRefused;
use domain::{Clock, Moment, Schedule, WaveId, WaveState};
use identity::{PromiseEvent, Role};

use crate::harness::TestApp;

const DAY: Duration = Duration::from_secs(86_400);

/// A running round of two weeks whose end may be put off by so many days.
fn running(app: &TestApp, extension_days: u32) -> (WaveId, Schedule) {
    let schedule = Schedule { extension_days, ..Schedule::with_defaults(app.clock.now().plus(DAY * 14)) };
    let wave = app.draft_with("2026-q4", schedule.clone());
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    (wave, schedule)
}

/// The announced close as everybody reads it.
async fn announced(app: &TestApp, wave: &WaveId) -> (Moment, u64) {
    let (status, body) = app.get(&format!("{}/w/{wave}/close", app.respondents)).await;
    let said: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &said["format"], &said["wave"]), (200, &"candor-close/1".into(), &wave.as_str().into()));
    (Moment::parse(said["closes_at"].as_str().unwrap()).unwrap(), said["extended_days"].as_u64().unwrap())
}

/// The newest mail in one line.
fn newest_mail(app: &TestApp) -> String {
    app.outbox.newest(1).remove(0).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn refused(result: Result<Extended, Refusal>) -> ExtensionRefused {
    match result {
        Err(Refusal::Extension { refused, .. }) => refused,
        other => panic!("expected a refused extension, not {other:?}"),
    }
}

#[actix_web::test]
async fn a_round_is_extended_once_in_the_console_and_everything_that_counts_from_its_close_follows() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let (wave, planned) = running(&app, 5);
    assert!(newest_mail(&app).contains("put off once, by up to 5 days."), "{}", newest_mail(&app));
    assert_eq!(announced(&app, &wave).await, (planned.closes_at, 0));
    let links = app.links();

    let session = app.sign_in("hr").await;
    let (page, action) = (format!("/rounds/{wave}"), format!("/rounds/{wave}/extend"));
    let shown = session.read(&page).await.1;
    assert!(shown.contains("Its end can be put off once, by up to 5 days") && shown.matches("<option").count() == 5, "{shown}");
    let token = session.token(&page).await;
    let sent =
        async |days: &str, confirm: &str| session.submit_form(&action, &[("token", &token), ("days", days), ("confirm", confirm)]).await;
    for (days, confirm, why) in [
        ("3", "", "tick the box"),
        ("6", "yes", "at most 5, as its promise sheet says"),
        ("0", "yes", "at least one whole day"),
        ("", "yes", "by how many whole days"),
        ("-1", "yes", "by how many whole days"),
    ] {
        let (status, said) = sent(days, confirm).await;
        assert!(status == 409 && said.contains(why), "{days}: {status} {said}");
    }
    assert_eq!(announced(&app, &wave).await.1, 0, "nothing was changed");
    assert_eq!(sent("3", "yes").await, (303, format!("{page}?done=extend")));
    assert_eq!(sent("3", "yes").await.0, 303, "sent twice is once");
    let (status, said) = sent("2", "yes").await;
    assert!(status == 409 && said.contains("was extended before, by 3 days"), "{said}");
    let shown = session.read(&format!("{page}?done=extend")).await.1;
    for said in ["Answering ends later now", "extended by 3 days; the end that was announced first", "Answering was extended and ends on"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("<option"), "it is not offered again");

    let until = planned.closes_at.plus(DAY * 3);
    assert_eq!(announced(&app, &wave).await, (until, 3));
    let log = session.read("/promise-log").await.1;
    assert_eq!(log.matches("The end of round 2026-q4 was put off by 3 days.").count(), 1, "{log}");

    // The close that was announced first passes, and people go on: with the links of before.
    app.clock.set(planned.closes_at.plus(Duration::from_secs(60)));
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
    app.answer_as(&wave, |person| (!person.starts_with("beta")).then_some(4)).await;
    app.outbox.clear();
    remind::remind(&app.installation, &wave).unwrap();
    app.clock.advance(Duration::from_secs(3_600));
    worker::mail::send_all(&app.installation).unwrap();
    let reminder = newest_mail(&app);
    assert!(reminder.contains("Extended: open until Thursday 19 November 2026"), "{reminder}");
    assert!(reminder.contains("it was to end on Monday 16 November 2026"), "{reminder}");
    app.answer(&wave, &links["beta1"], 4).await.unwrap();

    // Once the later close is due nothing extends it any more, and nobody begins after it.
    app.clock.set(until);
    assert_eq!(refused(extend(&app.installation, &wave, 2)), ExtensionRefused::Already { days: 3, closes_at: until });
    app.advance(&mut Vec::new());
    assert!(app.answer(&wave, &links["beta2"], 4).await.unwrap_err().contains("no answers"));
    app.run_to_publication(&wave);
    let record = app.installation.people_side(&wave).unwrap();
    assert_eq!((record.state, record.closing_at), (WaveState::Published, Some(until)));
    assert_eq!(
        record.published_at,
        Some(until.plus(Duration::from_secs(planned.grace_seconds + planned.window_seconds + planned.publish_at_seconds)))
    );
    let opened: OpeningRecord = serde_json::from_slice(&app.installation.responses.opening(&wave).unwrap().unwrap()).unwrap();
    let close = opened.checks.iter().find(|check| check.what == "The close").unwrap();
    assert!(close.found.starts_with("extended once by 3 of the 5 days that were declared"), "{}", close.found);
    assert!(matches!(extend(&app.installation, &wave, 2), Err(Refusal::WrongState { .. })));
}

#[actix_web::test]
async fn nobody_extends_a_round_undeclared_twice_too_far_or_too_late_and_a_program_is_told_why() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let (wave, _) = running(&app, 0);
    assert_eq!(refused(extend(&app.installation, &wave, 1)), ExtensionRefused::NotDeclared);
    let session = app.sign_in("hr").await;
    let shown = session.read(&format!("/rounds/{wave}")).await.1;
    assert!(!shown.contains("/extend\"") && !shown.contains("Extension</dt>"), "{shown}");
    assert!(!newest_mail(&app).contains("put off"));
    let token = session.token(&format!("/rounds/{wave}")).await;
    let form = [("token", token.as_str()), ("days", "1"), ("confirm", "yes")];
    let (status, kind, body) = session.submit_as_program(&format!("/rounds/{wave}/extend"), &form).await;
    assert_eq!((status, kind.as_str()), (409, "application/problem+json"));
    let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem["type"], "urn:candor:problem:round-refused");
    assert!(problem["detail"].as_str().unwrap().contains("not declared in its draft"), "{problem}");

    let app = TestApp::spawn().await;
    let (wave, planned) = running(&app, 3);
    let draft = app.draft("2027-q1");
    assert!(matches!(extend(&app.installation, &draft, 1), Err(Refusal::WrongState { state: WaveState::Draft, .. })));
    for days in [0, 4, u32::MAX] {
        assert_eq!(refused(extend(&app.installation, &wave, days)), ExtensionRefused::TooLong { days, most: 3 });
    }
    let start = app.clock.now();
    app.clock.set(planned.closes_at);
    assert_eq!(refused(extend(&app.installation, &wave, 2)), ExtensionRefused::Due { closes_at: planned.closes_at }, "though it runs");
    app.clock.set(start);
    let until = planned.closes_at.plus(DAY * 2);
    assert_eq!(extend(&app.installation, &wave, 2).unwrap(), Extended { closes_at: until, before: false });
    assert_eq!(extend(&app.installation, &wave, 2).unwrap(), Extended { closes_at: until, before: true });
    for days in [1, 3] {
        assert_eq!(refused(extend(&app.installation, &wave, days)), ExtensionRefused::Already { days: 2, closes_at: until });
        // Nor past the use case, by whoever calls the store.
        assert!(app.installation.identity.extend(&wave, days).is_err());
    }
    let log = app.installation.identity.promise_log().unwrap();
    let extended: Vec<_> =
        log.entries.iter().filter_map(|entry| entry.known_event()).filter(|event| matches!(event, PromiseEvent::Extended { .. })).collect();
    assert_eq!(extended, [PromiseEvent::Extended { round: wave.clone(), days: 2 }]);
    // A process that starts anew reads the later close.
    assert!(matches!(close::close(&app.installation, &wave, &mut |_| {}), Err(Refusal::NotDue { when, .. }) if when == until));
    app.clock.set(until);
    app.advance(&mut Vec::new());
    assert!(matches!(extend(&app.installation, &wave, 2), Err(Refusal::WrongState { state: WaveState::Closing, .. })));
}

#[actix_web::test]
async fn an_extension_that_somebody_wrote_past_the_promise_or_a_close_before_its_time_is_never_acted_on() {
    let app = TestApp::spawn().await;
    let (wave, planned) = running(&app, 3);
    app.answer_as(&wave, |_| Some(4)).await;
    // As somebody would who administers the database: the store alone does not know what was declared.
    app.installation.identity.extend(&wave, 5).unwrap();
    app.clock.set(planned.closes_at.plus(DAY * 4));
    for acted in [
        close::close(&app.installation, &wave, &mut |_| {}),
        candor::lifecycle::advance::advance(&app.installation, &mut |_| {}),
        extend(&app.installation, &wave, 1).map(drop),
    ] {
        let refused = acted.unwrap_err().to_string();
        assert!(refused.contains("5 days"), "{refused}");
    }
    let (status, _) = app.get(&format!("{}/w/{wave}/close", app.respondents)).await;
    assert_eq!(status, 500, "nobody is told a close that was not promised");

    let app = TestApp::spawn().await;
    let (wave, planned) = running(&app, 3);
    app.answer_as(&wave, |_| Some(4)).await;
    extend(&app.installation, &wave, 1).unwrap();
    app.clock.set(planned.closes_at);
    app.installation.identity.begin_close(&wave, planned.closes_at).unwrap();
    app.clock.set(planned.box_shuts(planned.closes_at));
    close::close(&app.installation, &wave, &mut |_| {}).unwrap();
    app.clock.set(planned.opens(planned.closes_at));
    let refused = opening::open(&app.installation, &wave, None, &mut |_| {}).unwrap_err().to_string();
    assert!(refused.contains("before the announced close"), "{refused}");
}
