//! What goes to a key holder outside the operator and comes back, on the pages of the console and on the command line.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use candor::lifecycle::{close, countersign, draft, launch};
use candor::worker;
use domain::{Clock, Schedule, SystemClock, WaveId, WaveState};
use identity::{Actor, PromiseEvent, Role};
use keyholder::result::SealedBox;
use keyholder::{SignedResult, open as open_all};
use protocol::{Board, Bundle};

use crate::handing_over::{closed, opened};
use crate::harness::{Session, TestApp};
use crate::trustee::{KeyHolder, ROUND};

/// Who was noted in the promise log for events of a kind.
fn actors(app: &TestApp, event: &PromiseEvent) -> Vec<Actor> {
    let entries = app.installation.identity.promise_log().unwrap().entries;
    entries.iter().filter(|entry| entry.known_event().as_ref() == Some(event)).map(|entry| entry.known_actor().unwrap()).collect()
}

async fn hand_in(who: &Session, page: &str, file: &[u8]) -> (u16, String) {
    let token = who.token(page).await;
    who.upload_in(&format!("{page}/result"), &token, ("file", "2026-q4.result.json"), file).await
}

#[actix_web::test]
async fn hr_and_the_key_holder_hand_the_answers_out_and_the_result_in_on_the_pages_and_nobody_else_does() {
    let app = TestApp::spawn().await;
    for (login, role) in [("hr", Role::Hr), ("council", Role::KeyHolder), ("it", Role::Admin)] {
        app.account(login, role, None);
    }
    app.account("lead-a", Role::Leader, Some("lead-a"));
    let (holder, wave) = closed(&app).await;
    let (hr, council) = (app.sign_in("hr").await, app.sign_in("council").await);
    let (round, page) = (format!("/rounds/{wave}"), format!("/rounds/{wave}/key-holder"));
    let handed_out = PromiseEvent::BundleHandedOut { round: wave.clone() };
    for who in [&hr, &council] {
        let (status, shown) = who.read(&round).await;
        assert!(status == 200 && shown.contains("opens the answers on a machine of their own"), "{shown}");
        assert!(shown.contains(&format!("href=\"{page}\"")), "{shown}");
        let (status, part) = who.read(&page).await;
        assert!(
            status == 200 && part.contains("Take the sealed answers") && part.contains(&format!("{}/w/{wave}/board", app.respondents)),
            "{part}"
        );
    }
    for login in ["it", "lead-a"] {
        let other = app.sign_in(login).await;
        assert_eq!(other.download(&format!("{page}/bundle.json")).await.0, 403, "{login}");
        assert_eq!(other.post(&format!("{page}/result"), &[]).await, 403, "{login}");
    }

    // Asking about the file hands nothing out; taking it does, each time.
    assert_eq!(council.head(&format!("{page}/bundle.json")).await.0, 200);
    assert!(actors(&app, &handed_out).is_empty());
    let (status, headers, bytes) = council.download(&format!("{page}/bundle.json")).await;
    assert_eq!((status, headers["content-disposition"].as_str()), (200, "attachment; filename=\"candor-2026-q4.bundle.json\""));
    assert_eq!(Bundle::from_json(&bytes).unwrap().ballots.len(), 26);
    assert_eq!(hr.download(&format!("{page}/bundle.json")).await.2, bytes);
    let account = |login: &str| Actor::Account(login.to_owned());
    assert_eq!(actors(&app, &handed_out), [account("council"), account("hr")]);

    let result = opened(&app, &holder, &wave).await;
    let file = result.to_json().unwrap();
    let (status, refused) = hand_in(&council, &page, &file[..file.len() / 2]).await;
    assert!(status == 409 && refused.contains("arrived incomplete") && refused.contains("role=\"alert\""), "{status} {refused}");
    let (status, place) = hand_in(&council, &page, &file).await;
    assert_eq!((status, place.as_str()), (303, "/rounds/2026-q4?done=result"));
    assert_eq!(actors(&app, &PromiseEvent::ResultHandedIn { round: wave.clone() }), [account("council")]);
    for who in [&hr, &council] {
        let (_, shown) = who.read(&place).await;
        assert!(shown.contains("was checked and is kept for its publication"), "{shown}");
        assert!(shown.contains("whoever administers the database could look at it"), "{shown}");
        let (_, part) = who.read(&page).await;
        assert!(part.contains("What was checked") && part.contains("26 answers of 28 people"), "{part}");
        assert!(![&shown, &part].iter().any(|page| page.contains(&result.sha256().to_text())), "numbers could be tried out by the hash");
    }
    assert_eq!(hr.read(&format!("/organisation/{wave}")).await.0, 404, "nobody reads it yet");

    let schedule = candor::lifecycle::draft::WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.publishes(schedule.closes_at));
    app.advance(&mut Vec::new());
    // A session lasts twelve hours.
    let (hr, council) = (app.sign_in("hr").await, app.sign_in("council").await);
    let (_, published) = hr.read(&round).await;
    assert!(published.contains("as Works council, Vera Albers signed it") && published.contains("never here"), "{published}");
    assert_eq!(hr.read(&format!("/organisation/{wave}")).await.0, 200);
    assert_eq!(hr.download(&format!("{page}/bundle.json")).await.0, 409);
    let (_, log) = council.read("/promise-log").await;
    assert!(log.contains("were handed out for the key holder") && log.contains("signed result of round 2026-q4 came in"), "{log}");
}

#[actix_web::test]
async fn the_command_line_writes_the_answers_for_their_owner_alone_takes_the_result_in_and_says_whose_signatures_it_carries() {
    let app = TestApp::spawn().await;
    // The commands look at the clock on the wall.
    app.clock.set(SystemClock.now());
    let wave = WaveId::parse(ROUND).unwrap();
    let mut holder = KeyHolder::of(ROUND, 1);
    let mut settings = holder.settings(&app);
    settings.schedule = Schedule::manual(app.clock.now().plus(std::time::Duration::from_secs(86_400)));
    draft::create(&app.installation, &wave, &settings).unwrap();
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap_err();
    let signed = holder.sign(&countersign::sheet(&app.installation, &wave).unwrap(), app.clock.now());
    countersign::countersign(&app.installation, &wave, &signed, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    app.answer_as(&wave, |_| Some(4)).await;
    close::close(&app.installation, &wave, &mut |_| {}).unwrap();

    let file = |name: &str| app.place.path().join(name);
    let run = |line: &str| -> Output {
        let command = line.split(' ').map(|word| word.replace("HERE", &app.place.path().display().to_string()));
        Command::new(env!("CARGO_BIN_EXE_candor")).arg("--config").arg(file("candor.toml")).args(command).output().unwrap()
    };
    let said = |output: &Output| String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned();
    let output = run("wave open 2026-q4");
    assert!(output.status.code() == Some(1) && said(&output).contains("its key is held outside"), "{}", said(&output));
    let output = run("wave bundle 2026-q4 --to HERE/bundle.json");
    assert!(output.status.success() && said(&output).contains("holds the 28 sealed answers"), "{}", said(&output));
    assert_eq!(file("bundle.json").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let again = run("wave bundle 2026-q4 --to HERE/bundle.json");
    assert!(!again.status.success(), "nothing is written over: {}", said(&again));

    let bundle = Bundle::from_json(&std::fs::read(file("bundle.json")).unwrap()).unwrap();
    let (_, list) = app.get(&format!("{}/w/{wave}/board", app.respondents)).await;
    let public_list: Board = serde_json::from_slice(&list).unwrap();
    let given = SealedBox { bundle: &bundle, public_list: &public_list };
    let result: SignedResult = open_all(&holder.key, &holder.public, &holder.record, given, app.clock.now()).unwrap();
    std::fs::write(file("altered.json"), &result.to_json().unwrap()[1..]).unwrap();
    let output = run("wave result 2026-q4 HERE/altered.json");
    assert!(output.status.code() == Some(2) && said(&output).contains("Nothing was changed"), "{}", said(&output));
    std::fs::write(file("result.json"), result.to_json().unwrap()).unwrap();
    let output = run("wave result 2026-q4 HERE/result.json");
    assert!(output.status.success() && said(&output).contains(&result.sha256().to_text()), "{}", said(&output));
    assert!(said(&output).contains("checked: The key holder's signature"), "{}", said(&output));
    let output = run("wave result 2026-q4 HERE/result.json");
    assert!(output.status.success() && said(&output).contains("The same result was handed in before"), "{}", said(&output));
    let output = run("wave publish 2026-q4");
    assert!(output.status.success() && !said(&output).contains("key that opens the answers is destroyed"), "{}", said(&output));
    assert_eq!(app.installation.state(&wave).unwrap(), WaveState::Published);
    let output = run("release check 2026-q4");
    assert!(output.status.success() && said(&output).contains(&result.sha256().to_text()), "{}", said(&output));
    assert!(said(&output).contains("Signed by Works council, Vera Albers"), "{}", said(&output));
}
