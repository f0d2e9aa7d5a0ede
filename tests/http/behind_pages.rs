//! What takes long goes on behind the page of a round: whoever pressed sees how far it is, may press again or go, and reads how it ended.

use std::time::{Duration, Instant};

use candor::lifecycle::close;
use candor::lifecycle::draft::WaveSettings;
use domain::{WaveId, WaveState};
use identity::Role;

use crate::harness::{Session, TestApp};

const GOES_ON: &str = "The answers are being opened and checked.";
const LOOKS_AGAIN: &str = r#"http-equiv="refresh""#;

/// A round that may be opened now, and HR at its page.
struct Due {
    app: TestApp,
    wave: WaveId,
    hr: Session,
    page: String,
    /// Where the opening is pressed for, and with which token.
    open: String,
    token: String,
}

impl Due {
    async fn spawn() -> Self {
        let app = TestApp::spawn().await;
        app.account("hr", Role::Hr, None);
        let wave = app.launch("2026-q4");
        app.answer_as(&wave, |_| Some(4)).await;
        let schedule = WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
        app.clock.set(schedule.closes_at);
        assert!(close::close(&app.installation, &wave, &mut |_| {}).is_err(), "answers under way may still arrive");
        app.clock.advance(Duration::from_secs(schedule.grace_seconds));
        close::close(&app.installation, &wave, &mut |_| {}).unwrap();
        app.clock.advance(Duration::from_secs(schedule.window_seconds));
        let hr = app.sign_in("hr").await;
        let page = format!("/rounds/{wave}");
        let (open, token) = (format!("{page}/open"), hr.token(&page).await);
        Self { app, wave, hr, page, open, token }
    }
}

/// The page, as soon as nothing goes on behind it any more.
async fn at_the_end(hr: &Session, page: &str) -> (u16, String) {
    let began = Instant::now();
    loop {
        let (status, text) = hr.read(page).await;
        if !text.contains(LOOKS_AGAIN) {
            return (status, text);
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{text}");
        actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    }
}

#[actix_web::test]
async fn an_opening_that_takes_long_goes_on_behind_the_page_which_says_so_until_its_end() {
    let Due { app, wave, hr, page, open, token } = Due::spawn().await;
    // Somebody else has the turn, so that the opening waits.
    let turn = app.installation.identity.turn().unwrap();
    let began = Instant::now();
    let back = (303, format!("{page}?done=open"));
    assert_eq!(hr.submit_form(&open, &[("token", &token)]).await, back);
    assert!(began.elapsed() < Duration::from_secs(30), "the page answers although the opening does not end");
    let (status, text) = hr.read(&back.1).await;
    assert!(status == 200 && text.contains(GOES_ON) && text.contains(LOOKS_AGAIN), "{text}");
    assert!(!text.contains(&format!(r#"action="{page}/"#)), "nothing else can be pressed meanwhile: {text}");
    assert_eq!(hr.submit_form(&open, &[("token", &token)]).await, back, "pressed again, it goes on");
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Closed);
    drop(turn);
    let (status, text) = at_the_end(&hr, &back.1).await;
    assert_eq!((status, app.installation.state(&wave).unwrap()), (200, WaveState::Opened));
    assert!(text.contains(r#"<div class="notice""#) && !text.contains(GOES_ON), "{text}");
}

#[actix_web::test]
async fn why_an_opening_stopped_after_whoever_pressed_had_gone_is_said_on_the_page_once() {
    let Due { app, wave, hr, page, open, token } = Due::spawn().await;
    let turn = app.installation.identity.turn().unwrap();
    assert_eq!(hr.submit_form(&open, &[("token", &token)]).await.0, 303);
    std::fs::remove_file(app.installation.keys.path(&wave)).unwrap();
    drop(turn);
    let (status, text) = at_the_end(&hr, &format!("{page}?done=open")).await;
    assert_eq!((status, app.installation.state(&wave).unwrap()), (500, WaveState::Closed));
    assert!(text.contains(r#"role="alert""#) && !text.contains(r#"<div class="notice""#), "{text}");
    let (status, text) = hr.read(&page).await;
    assert!(status == 200 && !text.contains(r#"role="alert""#), "{text}");
    assert!(text.contains(&format!(r#"action="{open}""#)), "it can be pressed for again: {text}");
}
