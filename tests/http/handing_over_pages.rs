//! What goes to a key holder outside the operator and comes back, on the pages of the console and on the command line.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use candor::lifecycle::{close, countersign, draft, launch, notices, signed_result};
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
    // More than a result of this round can have is not even read.
    let largest = signed_result::largest(&app.installation, &wave).unwrap();
    assert!((file.len() as u64..2 << 20).contains(&largest), "{} of {largest} bytes", file.len());
    let (status, refused) = hand_in(&council, &page, &vec![b' '; 3 << 20]).await;
    assert!(status == 413 && refused.contains("no result of this round can"), "{status} {refused}");
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
    let output = run("release signed 2026-q4 --out HERE/signed.json");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(file("signed.json").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let output = run("release check HERE/signed.json");
    assert!(output.status.success() && said(&output).contains(&result.sha256().to_text()), "{}", said(&output));
    let output = run("release check 2026-q4 --list HERE/signed.json");
    assert!(output.status.code() == Some(2) && said(&output).contains("--list belongs to a file"), "{}", said(&output));
}

#[actix_web::test]
async fn the_published_result_with_all_its_signatures_goes_to_hr_and_to_whoever_signed_it_and_is_checked_without_an_installation() {
    let app = TestApp::spawn().await;
    for (login, role) in [("hr", Role::Hr), ("council", Role::KeyHolder), ("it", Role::Admin)] {
        app.account(login, role, None);
    }
    let (holder, wave) = closed(&app).await;
    let (round, take) = (format!("/rounds/{wave}/key-holder"), format!("/organisation/{wave}/signed.json"));
    let result = opened(&app, &holder, &wave).await.to_json().unwrap();
    signed_result::take_in(&app.installation, &wave, &result, &mut |_| {}).unwrap();
    let bring = |file: Vec<u8>| {
        let page = round.clone();
        let app = &app;
        async move {
            let council = app.sign_in("council").await;
            let token = council.token(&page).await;
            council.upload_in(&format!("{page}/signed.json"), &token, ("file", "2026-q4.result.json"), &file).await
        }
    };
    assert_eq!(app.sign_in("hr").await.download(&take).await.0, 409, "nobody reads it yet");
    assert_eq!(bring(result.clone()).await.0, 409, "nor with the result in hands");
    let schedule = draft::WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule;
    app.clock.set(schedule.publishes(schedule.closes_at));
    app.advance(&mut Vec::new());
    notices::erratum(&app.installation, &wave, "The name of one group was misspelt.").unwrap();

    let exported = PromiseEvent::Exported { round: wave.clone(), file: "signed.json".to_owned() };
    let (hr, council) = (app.sign_in("hr").await, app.sign_in("council").await);
    let (_, page) = hr.read(&format!("/organisation/{wave}/take")).await;
    assert!(page.contains(&format!("href=\"{take}\"")) && page.contains("also one that was hidden since"), "{page}");
    assert!(hr.read(&round).await.1.contains(&format!("href=\"{take}\"")));
    assert_eq!(hr.head(&take).await.0, 200);
    assert!(actors(&app, &exported).is_empty(), "asking about the file hands nothing out");
    let (status, headers, file) = hr.download(&take).await;
    assert_eq!((status, headers["content-disposition"].as_str()), (200, "attachment; filename=\"candor-2026-q4.signed.json\""));

    // The account of a key holder reads no result: it gets the file for the result that it brings, and for no other.
    let (_, page) = council.read(&round).await;
    assert!(page.contains(&format!("action=\"{round}/signed.json\"")) && !page.contains(&take), "{page}");
    assert_eq!(council.download(&take).await.0, 403);
    let stranger = {
        let other = TestApp::spawn().await;
        let (holder, wave) = closed(&other).await;
        opened(&other, &holder, &wave).await.to_json().unwrap()
    };
    for other in [stranger, holder.public.to_json().unwrap(), Vec::new()] {
        let (status, refused) = bring(other).await;
        assert!(status == 409 && refused.contains("This is not the signed result of round 2026-q4"), "{status} {refused}");
    }
    assert_eq!(bring(result).await, (200, String::from_utf8(file.clone()).unwrap()));
    let account = |login: &str| Actor::Account(login.to_owned());
    assert_eq!(actors(&app, &exported), [account("hr"), account("council")]);
    for login in ["it", "hr"] {
        let other = app.sign_in(login).await;
        assert_eq!(other.post(&format!("{round}/signed.json"), &[]).await, 403, "{login}");
    }

    // A machine that knows nothing of the installation.
    let elsewhere = tempfile::tempdir().unwrap();
    let at = |name: &str| elsewhere.path().join(name);
    std::fs::write(at("signed.json"), &file).unwrap();
    std::fs::write(at("board.json"), app.get(&format!("{}/w/{wave}/board", app.respondents)).await.1).unwrap();
    let check = |words: &[&str]| {
        let program = Command::new(env!("CARGO_BIN_EXE_candor"))
            .env_clear()
            .current_dir(elsewhere.path())
            .args(["release", "check"])
            .args(words)
            .output();
        let output = program.unwrap();
        (output.status.code(), String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned())
    };
    let (code, said) = check(&["signed.json"]);
    let served = app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1;
    let words = protocol::words::manifest_words(&protocol::FrozenManifest::read(served).unwrap().hash()).join(" ");
    for wanted in [holder.public.words(), words, "Not checked".to_owned(), "give it with --list".to_owned(), "One later notice".to_owned()]
    {
        assert!(code == Some(0) && said.contains(&wanted), "{wanted}: {said}");
    }
    let (code, said) = check(&["signed.json", "--list", "board.json"]);
    assert!(code == Some(0) && said.contains("that you gave is that list") && !said.contains("give it with"), "{said}");
    let text = String::from_utf8(file).unwrap();
    std::fs::write(at("altered.json"), text.replacen("\"spent\": 26", "\"spent\": 25", 1)).unwrap();
    let (code, said) = check(&["altered.json"]);
    assert!(code == Some(1) && said.contains("altered.json does not hold: the key holder did not sign this result"), "{said}");
    assert_eq!(check(&["missing.json"]).0, Some(2));

    // What was put into the database afterwards leaves in no file.
    app.place.tamper(1, "UPDATE release SET holder_signature = NULL");
    // Over a connection that did not wait for the program above.
    assert_eq!(app.sign_in("hr").await.download(&take).await.0, 409);
    assert_eq!(actors(&app, &exported).len(), 2);
}
