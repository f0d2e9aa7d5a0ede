//! The key holder's part in a round on the pages of the console: naming the key, handing over the promise sheet, handing in the countersignature.

use std::time::Duration;

use candor::lifecycle::draft::WaveSettings;
use candor::lifecycle::{countersign, status};
use candor::words::Words;
use candor::worker;
use domain::{WaveId, WaveState};
use identity::{PromiseEvent, Role};
use protocol::trustee::Countersignature;

use crate::drafting::form;
use crate::harness::{Session, TestApp};
use crate::trustee::{KeyHolder, ROUND, nothing_is_out, waiting};

/// Hands a file to the key holder's page.
async fn hand_in(who: &Session, wave: &WaveId, file: &[u8]) -> (u16, String) {
    let page = format!("/rounds/{wave}/key-holder");
    let token = who.token(&page).await;
    who.upload_in(&page, &token, ("file", "handed-over.json"), file).await
}

#[actix_web::test]
async fn hr_and_the_key_holder_bring_a_round_to_its_beginning_on_the_pages_alone() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    app.account("council", Role::KeyHolder, None);
    let (hr, council) = (app.sign_in("hr").await, app.sign_in("council").await);
    let wave = app.draft(ROUND);
    let (page, launch) = (format!("/rounds/{wave}/key-holder"), format!("/rounds/{wave}/launch"));
    assert_eq!(council.read(&page).await.0, 404, "as long as the draft names nobody there is nothing for them");
    let (_, drafted) = hr.read(&format!("/rounds/{wave}/draft")).await;
    assert!(drafted.contains(&page) && drafted.contains("Let somebody outside hold the key"), "{drafted}");

    let mut holder = KeyHolder::of(ROUND, 1);
    let elsewhere = KeyHolder::of("2026-q3", 1).public.to_json().unwrap();
    let (status, refused) = hand_in(&hr, &wave, &elsewhere).await;
    assert!(status == 409 && refused.contains("This file is of a key for round 2026-q3"), "{status} {refused}");
    let (status, refused) = hand_in(&hr, &wave, b"<script>").await;
    assert!(status == 409 && refused.contains("ends in .public.json"), "{status} {refused}");
    assert_eq!(hand_in(&hr, &wave, &vec![b' '; 200_000]).await.0, 413);
    let (status, place) = hand_in(&hr, &wave, &holder.public.to_json().unwrap()).await;
    assert_eq!((status, place.as_str()), (303, "/rounds/2026-q4/key-holder?done=named"));
    let (_, named) = hr.read(&place).await;
    assert!(named.contains(&holder.public.words()) && named.contains("Works council, Vera Albers"), "{named}");
    // The form of the draft leaves the key where it is, and says that it excludes a passphrase.
    let settings = WaveSettings::of(&app.installation.identity, &wave).unwrap();
    let draft = format!("/rounds/{wave}/draft");
    let token = hr.token(&draft).await;
    let (status, refused) = hr.submit_form(&draft, &form(&token, &[("passphrase", "yes")])).await;
    assert!(status == 422 && refused.contains("there is none here that a passphrase could lock"), "{status} {refused}");
    let (status, place) = hr.submit_form(&draft, &form(&token, &[("closes", "2026-11-20T17:00")])).await;
    assert_eq!(status, 303, "{place}");
    let kept = WaveSettings::of(&app.installation.identity, &wave).unwrap();
    assert_eq!(kept.trustee(), settings.trustee());
    assert_ne!(kept.schedule.closes_at, settings.schedule.closes_at);

    // The council looks on; what a draft names is decided by HR.
    let (status, seen) = council.read(&page).await;
    assert!(status == 200 && seen.contains(&holder.public.words()) && !seen.contains("name=\"file\""), "{seen}");
    assert_eq!(hand_in(&council, &wave, &holder.public.to_json().unwrap()).await.0, 403);

    let (_, summary) = hr.read(&launch).await;
    assert!(summary.contains("Nobody is invited by that: Works council, Vera Albers reads and countersigns"), "{summary}");
    let seen = summary.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let token = hr.token(&launch).await;
    let (status, _) = hr.submit_form(&launch, &[("token", &token), ("seen", &seen), ("confirm", "yes")]).await;
    assert_eq!(status, 303);
    for _ in 0..600 {
        if countersign::waits(&app.installation, &wave).unwrap() {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    nothing_is_out(&app, &wave).await;
    for who in [&hr, &council] {
        let (_, round) = who.read(&format!("/rounds/{wave}")).await;
        assert!(round.contains("waits for the key holder") || round.contains("Nobody is invited, and no link works"), "{round}");
        assert!(round.contains(&page), "{round}");
        let (status, waits) = who.read(&page).await;
        assert!(status == 200 && waits.contains("The check words are not known yet"), "{waits}");
    }
    assert_eq!(hr.submit_form(&launch, &[("token", &token), ("seen", &seen), ("confirm", "yes")]).await, (303, launch.clone()));

    let (status, headers, file) = council.download(&format!("{page}/sheet.json")).await;
    assert_eq!((status, headers["content-disposition"].as_str()), (200, "attachment; filename=\"2026-q4.sheet.json\""));
    assert_eq!(hr.download(&format!("{page}/sheet.json")).await.2, file);
    let signed = holder.sign(&file, app.installation.clock.now());
    let mut other: Countersignature = serde_json::from_slice(&signed).unwrap();
    other.nonce.0[0] ^= 1;
    let (status, refused) = hand_in(&council, &wave, &serde_json::to_vec(&other).unwrap()).await;
    assert!(status == 409 && refused.contains("was changed on its way"), "{status} {refused}");
    let (status, refused) = hand_in(&council, &wave, &holder.public.to_json().unwrap()).await;
    assert!(status == 409 && refused.contains("This is no countersignature"), "{status} {refused}");
    nothing_is_out(&app, &wave).await;
    // The answer says that it holds; the invitations go on without anybody who waits for them, and each page says when they are done.
    let (status, place) = hand_in(&council, &wave, &signed).await;
    assert_eq!((status, place.as_str()), (303, "/rounds/2026-q4/key-holder?done=signed"));
    invited(&app, &wave).await;
    for who in [&hr, &council] {
        assert_eq!(who.read(&place).await.0, 303);
        assert!(who.read("/rounds/2026-q4?done=launch").await.1.contains("The round is launched"));
    }
    let (status, again) = hand_in(&hr, &wave, &signed).await;
    assert_eq!((status, again), (303, place), "the same file again changes nothing");
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.links().len(), 28);
    let given: Countersignature = serde_json::from_slice(&signed).unwrap();
    let words = protocol::words::manifest_words(&given.manifest).join(" ");
    for who in [&hr, &council] {
        let (_, begun) = who.read(&page).await;
        assert!(begun.contains(&words) && begun.contains("/w/2026-q4/countersignature"), "{begun}");
        assert_eq!(who.download(&format!("{page}/sheet.json")).await.0, 409);
    }
    let (_, log) = council.read("/promise-log").await;
    assert!(log.contains("waits for its key holder’s countersignature") && log.contains("The key holder countersigned"), "{log}");
    let of_key_holder = |event: &PromiseEvent| matches!(event, PromiseEvent::Countersigned { .. } | PromiseEvent::SheetPrepared { .. });
    let entries = app.installation.identity.promise_log().unwrap().entries;
    let actors: Vec<String> = entries
        .iter()
        .filter(|entry| entry.known_event().is_some_and(|event| of_key_holder(&event)))
        .map(|entry| format!("{:?}", entry.known_actor().unwrap()))
        .collect();
    assert_eq!(actors, ["Account(\"hr\")", "Account(\"council\")"]);
}

/// Waits until the invitations are queued behind the pages.
async fn invited(app: &TestApp, wave: &WaveId) {
    for _ in 0..600 {
        if app.installation.state(wave).unwrap() == WaveState::Running {
            return;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nobody was invited within half a minute");
}

#[actix_web::test]
async fn a_countersignature_that_holds_is_acknowledged_and_the_invitations_go_on_also_where_the_first_try_fails() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    app.account("council", Role::KeyHolder, None);
    let (mut holder, wave) = waiting(&app, ROUND);
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.installation.clock.now());
    // Nobody can be invited for a while.
    app.place.tamper(0, "ALTER TABLE mail_job RENAME TO mail_away");
    let (hr, council) = (app.sign_in("hr").await, app.sign_in("council").await);
    let (status, place) = hand_in(&council, &wave, &signed).await;
    assert_eq!((status, place.as_str()), (303, "/rounds/2026-q4/key-holder?done=signed"));
    let mut shown = String::new();
    for _ in 0..600 {
        shown = council.read(&place).await.1;
        assert!(shown.contains("The countersignature holds, and everybody is being invited"), "{shown}");
        if shown.contains("role=\"alert\"") {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(shown.contains("role=\"alert\"") && !shown.contains("http-equiv=\"refresh\""), "{shown}");
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Launching);
    assert!(hr.read(&place).await.1.contains("The countersignature holds"), "the same for whoever looks");

    app.place.tamper(0, "ALTER TABLE mail_away RENAME TO mail_job");
    app.advance(&mut Vec::new());
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
    assert_eq!(council.read(&place).await.0, 303);
    assert!(council.read("/rounds/2026-q4?done=launch").await.1.contains("The round is launched"));
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.links().len(), 28);
}

#[actix_web::test]
async fn ending_a_round_that_waits_on_its_page_says_that_nobody_gets_a_mail() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let (_, wave) = waiting(&app, ROUND);
    let round = format!("/rounds/{wave}");
    let (_, page) = hr.read(&round).await;
    assert!(page.contains("Nobody is invited yet, so nobody gets a mail"), "{page}");
    assert!(page.contains("it stands on this page, for HR and key holders") && !page.contains("invited reads it"), "{page}");
    let ends = status::status(&app.installation, &wave).unwrap().actions.pop().unwrap();
    assert!(Words::of("de").unwrap().speak(&ends.reason).contains("er steht auf dieser Seite"), "{ends:?}");
    let token = hr.token(&round).await;
    let fields = [("token", token.as_str()), ("reason", "The dates were wrong."), ("confirm", "yes")];
    let (status, place) = hr.submit_form(&format!("{round}/abort"), &fields).await;
    assert_eq!((status, place.as_str()), (303, "/rounds/2026-q4?done=abort"));
    let (_, ended) = hr.read(&place).await;
    assert!(ended.contains("The round has ended before anybody was invited. Nobody gets a mail."), "{ended}");
    app.account("council", Role::KeyHolder, None);
    let (_, told) = app.sign_in("council").await.read(&round).await;
    assert!(told.contains("The dates were wrong."), "{told}");
    nothing_is_out(&app, &wave).await;
}
