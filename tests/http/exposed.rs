//! What weakens the promise: refused at the launch unless accepted by name, said on the sheet and in mails, and told to everybody when it comes later.

use std::sync::Arc;

use candor::installation::Installation;
use candor::lifecycle::draft::{self, WaveSettings};
use candor::lifecycle::{exposed, launch};
use candor::worker;
use domain::WaveId;
use identity::{PromiseEvent, Role};
use protocol::FrozenManifest;
use protocol::manifest::Weakening;
use test_postgres::Engine;

use crate::harness::TestApp;
use crate::place::{config_in, engine};

fn weakened_by(installation: &Installation, wave: &WaveId) -> Vec<&'static str> {
    let sheet = FrozenManifest::read(installation.responses.wave(wave).unwrap().unwrap().manifest).unwrap();
    sheet.manifest().weakened_by.iter().map(|one| one.as_str()).collect()
}

/// What the tests' own server shows: one that holds both sides for one role.
fn of_this_server() -> Vec<&'static str> {
    match engine() {
        Engine::Sqlite => vec![],
        Engine::Postgres => vec!["one-server", "one-role"],
    }
}

#[actix_web::test]
async fn a_launch_is_refused_over_what_nobody_accepted_and_sheet_and_mails_say_what_somebody_did() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let wave = app.draft("2026-q4");
    let mut config = (*app.installation.config).clone();
    config.storage.accept.clear();
    let accepting_nothing = Installation { config: Arc::new(config), ..app.installation.clone() };
    if engine() == Engine::Postgres {
        let refused = launch::launch(&accepting_nothing, &wave, None, &mut |_| {}).unwrap_err().to_string();
        assert!(refused.contains("one database server") && refused.contains("storage.accept = [\"one-server\"]"), "{refused}");
        assert_eq!(app.installation.state(&wave).unwrap(), domain::WaveState::Draft, "nothing was frozen");
        assert!(app.installation.responses.wave(&wave).unwrap().is_none() && app.outbox.total() == 0);
    }
    // Nobody said anything about copies of the disks; the page that asks for the launch says so before anybody else reads it.
    let hr = app.sign_in("hr").await;
    let (status, asked) = hr.read("/rounds/2026-q4/launch").await;
    assert!(status == 200 && asked.contains("Nobody has said whether the disks are copied"), "{asked}");
    let mut settings = WaveSettings::of(&app.installation.identity, &wave).unwrap();
    settings.particulars.disk_copies = Some(true);
    draft::change(&app.installation, &wave, &settings).unwrap();
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(weakened_by(&app.installation, &wave), [of_this_server(), vec!["disk-copies"]].concat());
    let invitation = app.outbox.newest(1).remove(0).text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(invitation.contains("The disks are copied while people answer"), "{invitation}");
    let short = invitation.contains("a server beside it keeps more");
    assert_eq!(short, engine() == Engine::Postgres, "a copy of a disk is no server that keeps the time: {invitation}");
}

#[actix_web::test]
async fn what_is_found_while_a_round_runs_goes_to_the_promise_log_to_everybodys_closing_mail_and_to_the_public_list() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    assert_eq!(weakened_by(&app.installation, &wave), [of_this_server(), vec!["disk-copies-unknown"]].concat());
    assert!(exposed::watch(&app.installation).unwrap().is_empty(), "what the sheet says is nothing new");
    let found = match engine() {
        Engine::Sqlite => {
            // No file of SQLite shows such a thing; what follows is the same for all.
            app.installation.identity.record_weakening(&wave, "statement-log").unwrap();
            exposed::found_later(&app.installation, &wave).unwrap()
        }
        Engine::Postgres => {
            let ballots = app.place.database(1);
            ballots.sql(&format!("ALTER DATABASE {} SET log_statement = 'all'", ballots.name()));
            // A setting of the database holds for sessions that begin after it, as those of a start do.
            let restarted = Installation::open(config_in(app.place.path()), app.installation.clock.clone()).unwrap();
            exposed::watch(&restarted).unwrap()
        }
    };
    assert_eq!(found, [Weakening::StatementLog].into());
    for _ in 0..2 {
        app.installation.identity.record_weakening(&wave, "statement-log").unwrap();
    }
    let log = app.installation.identity.promise_log().unwrap();
    let entries = log.entries.iter().filter_map(identity::Entry::known_event);
    let recorded: Vec<PromiseEvent> = entries.filter(|event| matches!(event, PromiseEvent::Weakened { .. })).collect();
    assert_eq!(recorded, [PromiseEvent::Weakened { round: wave.clone(), by: "statement-log".to_owned() }], "once");

    app.account("hr", Role::Hr, None);
    let (_, page) = app.sign_in("hr").await.read("/promise-log").await;
    assert!(page.contains("something was found that its promise does not say: The database server of the sealed answers writes"), "{page}");
    app.run_to_publication(&wave);
    let closing = app.outbox.newest(1).remove(0).text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(closing.contains("something was found that its promise does not say: * The database server writes into a log"), "{closing}");
    let public = app.get(&format!("{}/w/{wave}/objections", app.respondents)).await.1;
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&public).unwrap()["found_later"], serde_json::json!(["statement-log"]));
}
