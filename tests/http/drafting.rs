//! A round run by HR through the console alone: draft, preview, rehearsal, launch, planned reminders, result.

use std::collections::BTreeMap;
use std::time::Duration;

use candor::lifecycle::draft::WaveSettings;
use candor::worker;
use domain::{Clock, Moment, WaveId, WaveState};
use identity::Role;

use crate::harness::{Session, TestApp};

/// What a browser sends of a form that nobody has touched, with some fields filled in otherwise.
pub(crate) fn form<'a>(token: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: BTreeMap<&str, &str> = BTreeMap::from([
        ("token", token),
        ("name", "2026-q4"),
        ("instrument", "pulse"),
        ("pace", "dates"),
        ("opens", ""),
        ("closes", "2026-11-16T17:00"),
        ("reminders", "2026-11-09T09:00"),
        ("may-extend", "5"),
        ("grace", "15"),
        ("window", "72"),
        ("publish-at", "96"),
        ("publish-by", "336"),
        ("team-reads", "yes"),
        ("k", "5"),
        ("group-min", "7"),
        ("coalition", "1"),
        ("min-range", "3"),
        ("key-holder", ""),
    ]);
    fields.extend(changed.iter().copied());
    let languages = [("languages", "en"), ("languages", "de"), ("languages", "fr"), ("languages", "es")];
    fields.into_iter().filter(|(name, _)| *name != "languages").chain(languages).collect()
}

/// The value of a hidden field on a page.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    after.split('"').next().unwrap()
}

/// Reads a page until it no longer asks the browser to look again.
async fn settled(session: &Session, path: &str) -> (u16, String) {
    for _ in 0..600 {
        let (status, page) = session.read(path).await;
        if !page.contains("http-equiv=\"refresh\"") {
            return (status, page);
        }
        actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} goes on for ever");
}

#[actix_web::test]
async fn every_setting_that_cannot_be_is_said_at_its_field_and_what_was_typed_stays() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let token = hr.token("/rounds/new").await;
    for (field, value, at) in [
        ("name", "Not a name", "name"),
        ("name", "new", "name"),
        ("instrument", "horoscope", "instrument"),
        ("closes", "2026-11-02T09:30", "closes"),
        ("closes", "soon", "closes"),
        ("closes", "", "closes"),
        ("opens", "2026-11-16T16:30", "closes"),
        ("may-extend", "8", "may-extend"),
        ("may-extend", "-1", "may-extend"),
        ("grace", "0", "grace"),
        ("grace", "many", "grace"),
        ("window", "0", "window"),
        ("publish-at", "12", "publish-at"),
        ("publish-by", "96", "publish-by"),
        ("reminders", "2026-11-17T09:00", "reminders-1"),
        ("k", "3", "k"),
        ("group-min", "5", "group-min"),
        ("coalition", "3", "coalition"),
        ("min-range", "99", "min-range"),
        ("hr-groups-after", "23", "hr-groups-after"),
        ("key-holder", "Vera Albers", "key-holder"),
        ("purpose-en", "To talk about it.", "purpose-de"),
    ] {
        let typed = form(&token, &[(field, value), ("not-for-en", "Kept <b>as typed</b>")]);
        let (status, page) = hr.submit("/rounds/new", &typed).await;
        assert_eq!(status, 422, "{field} = {value}: {page}");
        assert!(page.contains("role=\"alert\"") && page.contains("<li><a href=\"#"), "{field} = {value}: {page}");
        assert!(page.contains(&format!("id=\"{at}-fault\"")), "{field} = {value} is not said at {at}: {page}");
        assert!(page.contains("Kept &#60;b&#62;as typed") && !page.contains("<b>as typed"), "{field}: what was typed is lost");
    }
    let comments = form(&token, &[("instrument", "annual"), ("comments", "yes"), ("publish-by", "1"), ("k", "x")]);
    let (status, page) = hr.submit("/rounds/new", &comments).await;
    assert_eq!(status, 422);
    assert!(page.contains("id=\"publish-by-fault\"") && page.contains("id=\"k-fault\""), "all faults are said at once: {page}");
    assert!(page.contains("<a href=\"#k\">Fewest people who are ever shown together: "), "each with the field it is about: {page}");
    assert!(app.installation.identity.waves().unwrap().is_empty(), "nothing was kept");

    assert_eq!(hr.submit("/rounds/new", &form(&token, &[])).await.0, 303);
    let (status, page) = hr.submit("/rounds/new", &form(&token, &[])).await;
    assert!(status == 422 && page.contains("id=\"name-fault\""), "a name is taken once: {page}");
    assert_eq!(hr.submit("/rounds/new", &form("wrong", &[("name", "other")])).await.0, 403);
}

#[actix_web::test]
async fn hr_runs_a_round_from_its_draft_to_its_result_through_the_console_alone() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    app.account("lead", Role::Leader, Some("lead-a"));
    let hr = app.sign_in("hr").await;
    let token = hr.token("/rounds/new").await;
    let wave = WaveId::parse("2026-q4").unwrap();
    assert_eq!(hr.submit("/rounds/new", &form(&token, &[])).await.0, 303);

    // Changed as often as one likes, and saving again is safe.
    let later = form(
        &token,
        &[
            ("closes", "2026-11-18T17:00"),
            ("opens", "2026-11-03T08:00"),
            ("hr-groups-after", "48"),
            ("disk-copies", "no"),
            ("purpose-en", "Talk."),
            ("purpose-de", "Reden."),
            ("purpose-fr", "Parler."),
            ("purpose-es", "Hablar."),
        ],
    );
    for _ in 0..2 {
        assert_eq!(hr.submit("/rounds/2026-q4/draft", &later).await.0, 303);
    }
    let settings = WaveSettings::of(&app.installation.identity, &wave).unwrap();
    assert_eq!(settings.schedule.closes_at, Moment::parse("2026-11-18T17:00:00Z").unwrap());
    assert_eq!(settings.schedule.extension_days, 5);
    assert_eq!(settings.particulars.hr_groups_after_hours, Some(48));
    assert_eq!(settings.particulars.disk_copies, Some(false));
    assert_eq!(settings.particulars.reminders, [Moment::parse("2026-11-09T09:00:00Z").unwrap()]);
    let (_, draft) = hr.read("/rounds/2026-q4/draft?done=saved").await;
    assert!(
        draft.contains("value=\"2026-11-18T17:00\"")
            && draft.contains("name=\"disk-copies\" value=\"no\" checked")
            && draft.contains(">Reden.</textarea>")
            && draft.contains("href=\"/rounds/2026-q4/groups\""),
        "{draft}"
    );

    // As people would meet it, and nothing of it lets anybody in.
    let (status, preview) = hr.read("/rounds/2026-q4/preview/de").await;
    assert!(status == 200 && preview.matches("<li>").count() >= 12, "{preview}");
    for mail in ["invitation", "reminder", "closing"] {
        let (status, html) = hr.read(&format!("/rounds/2026-q4/preview/de/{mail}")).await;
        assert!(status == 200 && html.contains("lang=\"de\""), "{mail}: {html}");
    }
    let (_, forecast) = hr.read("/rounds/2026-q4/forecast").await;
    assert!(["40\u{a0}%", "60\u{a0}%", "80\u{a0}%", "Alpha"].iter().all(|part| forecast.contains(part)), "{forecast}");

    // The rehearsal is marked and leaves nothing behind.
    assert_eq!(hr.submit("/rounds/2026-q4/rehearsal", &[("token", token.as_str()), ("rate", "80")]).await.0, 303);
    let (_, rehearsed) = settled(&hr, "/rounds/2026-q4/rehearsal").await;
    assert!(rehearsed.contains("/rounds/2026-q4/rehearsal/leader/lead-a"), "{rehearsed}");
    for page in ["organisation", "leader/lead-a"] {
        let (status, html) = hr.read(&format!("/rounds/2026-q4/rehearsal/{page}")).await;
        assert!(status == 200 && html.contains("data-mark=\"Invented answers\"") && html.contains("data-role="), "{page}: {html}");
        assert!(html.contains("2026-q4-rehearsal"), "called otherwise than the round itself: {html}");
    }
    assert_eq!(hr.read("/rounds/2026-q4/rehearsal/leader/alpha0").await.0, 404);
    assert_eq!((app.outbox.newest(9).len(), app.installation.state(&wave).unwrap()), (0, WaveState::Draft));

    // Only what was read can be launched, and only by whoever confirms it.
    let (_, summary) = hr.read("/rounds/2026-q4/launch").await;
    let seen = hidden(&summary, "seen").to_owned();
    assert!(summary.contains("28") && summary.contains("Talk."), "{summary}");
    assert!(summary.contains("HR reads groups 48 hours after their leaders."), "what was chosen is promised: {summary}");
    assert_eq!(hr.submit("/rounds/2026-q4/launch", &[("token", token.as_str()), ("seen", seen.as_str())]).await.0, 409);
    assert_eq!(hr.submit("/rounds/2026-q4/launch", &[("token", token.as_str()), ("seen", "stale"), ("confirm", "yes")]).await.0, 409);
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Draft);
    for _ in 0..3 {
        assert_eq!(
            hr.submit("/rounds/2026-q4/launch", &[("token", token.as_str()), ("seen", seen.as_str()), ("confirm", "yes")]).await.0,
            303
        );
    }
    settled(&hr, "/rounds/2026-q4/launch").await;
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Running);
    assert_eq!(hr.submit("/rounds/2026-q4/draft", &later).await.0, 409, "nothing can be changed any more");
    assert_eq!(hr.read("/rounds/2026-q4/draft").await.0, 303);

    // Invitations wait for the opening, and so does whoever has a link already.
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.links().len(), 0);
    assert!(hr.read("/rounds").await.1.contains("waiting for its opening"));
    app.clock.set(Moment::parse("2026-11-03T08:00:00Z").unwrap());
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.links().len(), 28, "one press is one launch");
    app.answer_as(&wave, |person| (!person.ends_with('0')).then_some(5)).await;

    // The planned reminder goes once, to those who have not answered.
    app.outbox.clear();
    app.clock.set(Moment::parse("2026-11-09T09:00:00Z").unwrap());
    for _ in 0..2 {
        app.advance(&mut Vec::new());
        app.clock.advance(Duration::from_secs(3600));
        worker::mail::send_all(&app.installation).unwrap();
    }
    assert_eq!(app.links().len(), 3);
    assert!(app.clock.now() < settings.schedule.closes_at);

    app.run_to_publication(&wave);
    let hr = app.sign_in("hr").await;
    assert_eq!(hr.read("/organisation/2026-q4").await.0, 303, "HR waits for the groups, as was chosen");
    app.clock.advance(Duration::from_secs(48 * 3600));
    let hr = app.sign_in("hr").await;
    assert_eq!(hr.read("/organisation/2026-q4").await.0, 200);
    let lead = app.sign_in("lead").await;
    assert_eq!(lead.read("/team/2026-q4").await.0, 200);
    for page in ["/rounds/new", "/rounds/2026-q4/draft", "/rounds/2026-q4/launch", "/rounds/2026-q4/forecast", "/rounds/2026-q4/rehearsal"]
    {
        assert_eq!(lead.read(page).await.0, 403, "{page}");
    }
}

#[actix_web::test]
async fn a_draft_is_thrown_away_and_says_what_keeps_it_from_being_launched() {
    let app = TestApp::spawn_empty().await;
    app.account("hr", Role::Hr, None);
    let hr = app.sign_in("hr").await;
    let token = hr.token("/rounds/new").await;
    assert_eq!(hr.submit("/rounds/new", &form(&token, &[("passphrase", "yes"), ("key-holder", "Vera Albers")])).await.0, 303);
    assert!(hr.read("/rounds/2026-q4/launch").await.1.contains("staff list is empty"));
    app.import(&crate::harness::staff());
    let (_, summary) = hr.read("/rounds/2026-q4/launch").await;
    assert!(summary.contains("type=\"password\"") && summary.contains("Vera Albers"), "{summary}");
    let press = |passphrase: &'static str, again: &'static str| {
        let fields = [("token", token.clone()), ("seen", hidden(&summary, "seen").to_owned()), ("confirm", "yes".to_owned())];
        let secrets = [("passphrase", passphrase.to_owned()), ("again", again.to_owned())];
        fields.into_iter().chain(secrets).collect::<Vec<_>>()
    };
    for (passphrase, again) in [("", ""), ("too short", "too short"), ("open sesame, open", "open barley, open")] {
        assert_eq!(hr.submit("/rounds/2026-q4/launch", &press(passphrase, again)).await.0, 409, "{passphrase}");
    }
    let wave = WaveId::parse("2026-q4").unwrap();
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Draft);
    assert_eq!(hr.submit("/rounds/2026-q4/draft/discard", &[("token", token.as_str())]).await.0, 303);
    assert!(app.installation.identity.waves().unwrap().is_empty());
    assert_eq!(hr.read("/rounds/2026-q4/draft").await.0, 404);
}
