//! The promise log of a whole installation: who did what stands in it once, nobody who was asked does, and everybody who may read it can check it.

use std::sync::Arc;

use candor::lifecycle::notices;
use candor::operating::{log_head, recorded_settings};
use data_encoding::HEXLOWER;
use identity::{Actor, PromiseEvent, Role, read_promise_log};

use crate::harness::TestApp;

/// Runs `candor log …` in the application's place; whether it succeeded and what it said.
fn log(app: &TestApp, arguments: &[&str]) -> (bool, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_candor"));
    let output = command.current_dir(app.place.path()).arg("log").args(arguments).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[actix_web::test]
async fn what_was_done_stands_in_the_promise_log_with_its_author_and_nobody_who_was_asked() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    app.account("lead-a", Role::Leader, Some("lead-a"));
    let wave = app.launch("2026-q2");
    app.answer_as(&wave, |_| Some(5)).await;
    app.run_to_publication(&wave);
    // A session does not last as long as a round.
    let (hr, lead) = (app.sign_in("hr").await, app.sign_in("lead-a").await);
    for (session, path) in [(&hr, "/organisation/2026-q2/table.csv"), (&lead, "/team/2026-q2/table.csv")] {
        assert_eq!(session.read(path).await.0, 200, "{path}");
    }
    notices::erratum(&app.installation, &wave, "Alpha carries the name of Beta.").unwrap();
    let later = app.launch("2026-q4");
    let token = hr.token("/rounds").await;
    assert_eq!(hr.post("/rounds/2026-q4/abort", &[("token", &token), ("reason", "no"), ("confirm", "yes")]).await, 409);
    assert_eq!(
        hr.post("/rounds/2026-q4/abort", &[("token", &token), ("reason", "Person Alpha was missing."), ("confirm", "yes")]).await,
        303
    );

    let known = app.installation.identity.promise_log().unwrap();
    assert_eq!(known.broken, None);
    let done: Vec<(Actor, PromiseEvent)> =
        known.entries.iter().map(|entry| (entry.known_actor().unwrap(), entry.known_event().unwrap())).collect();
    let (by_itself, by_hr) = (|event| (Actor::Installation, event), |event| (Actor::Account("hr".to_owned()), event));
    let of = |event: fn(domain::WaveId) -> PromiseEvent| event(wave.clone());
    let wanted = [
        by_itself(of(|round| PromiseEvent::AnsweringEnded { round })),
        by_itself(of(|round| PromiseEvent::BoxShut { round })),
        by_itself(of(|round| PromiseEvent::Opened { round })),
        by_itself(of(|round| PromiseEvent::Published { round })),
        by_hr(of(|round| PromiseEvent::Exported { round, file: "csv".to_owned() })),
        (Actor::Leader, of(|round| PromiseEvent::Exported { round, file: "csv".to_owned() })),
        by_itself(of(|round| PromiseEvent::Corrected { round, notice: 1 })),
    ];
    let place = done.iter().position(|entry| *entry == wanted[0]).unwrap();
    assert_eq!(done[place..place + wanted.len()], wanted);
    assert_eq!(
        done[done.len() - 2..],
        [by_hr(PromiseEvent::AbortDecided { round: later.clone() }), by_hr(PromiseEvent::Aborted { round: later, key_lost: false })]
    );

    let (status, page) = hr.read("/promise-log").await;
    assert_eq!(status, 200);
    for sentence in ["The result of round 2026-q2 was published", ">a leader</td>", ">hr</td>", "entries fit together"] {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    assert_eq!(lead.read("/promise-log").await.0, 403);
    assert_eq!(lead.read("/promise-log/promise-log.jsonl").await.0, 403);
    let (_, file) = hr.read("/promise-log/promise-log.jsonl").await;
    assert_eq!(read_promise_log(&file).unwrap(), known.entries);
    for told in ["Name ", "example.org", "lead-a", "Alpha", "alpha"] {
        assert!(!file.contains(told), "{told}: {file}");
    }

    let (number, head) = known.head().unwrap();
    let head = HEXLOWER.encode(&head);
    assert!(hr.read("/rounds/2026-q4").await.1.contains(&head), "each launched round's page prints it");
    assert!(hr.read(&format!("/promise-log?noted={head}")).await.1.contains(&format!("the fingerprint of entry {number}")));
    assert!(hr.read(&format!("/promise-log?noted={}", "0".repeat(64))).await.1.contains("cut off or written anew"));
    assert!(hr.read("/promise-log?noted=%3Cb%3E").await.1.contains("That is no fingerprint"));
    assert!(!hr.read("/promise-log?before=3").await.1.contains("2026-q4"));
    assert_eq!(app.installation.identity.promise_log().unwrap(), known, "reading leaves no entry");

    let (holds, said) = log(&app, &["verify", "--noted", &head]);
    assert!(holds && said.contains(&head) && said.contains("everything up to it is as it was"), "{said}");
    let changed = app.place.path().join("changed.jsonl");
    std::fs::write(&changed, file.replacen("\"account\":\"hr\"", "\"account\":\"it\"", 1)).unwrap();
    let (holds, said) = log(&app, &["verify", "changed.jsonl"]);
    assert!(!holds && said.contains("was changed"), "{said}");
    std::fs::write(&changed, file.lines().take(4).collect::<Vec<_>>().join("\n")).unwrap();
    assert!(log(&app, &["verify", "changed.jsonl"]).0, "a log that was cut off fits together");
    assert!(!log(&app, &["verify", "changed.jsonl", "--noted", &head]).0, "and is found by whoever noted its end");
}

#[actix_web::test]
async fn a_database_that_was_put_back_from_a_copy_says_so_in_its_log_once() {
    let app = TestApp::spawn().await;
    let watch = || log_head::watch(&app.installation).unwrap();
    app.launch("2026-q2");
    watch();
    let before = app.installation.identity.promise_log().unwrap().entries.len();
    watch();
    app.draft("2026-q4");
    watch();
    // What a copy from before the draft looks like from here: the note is ahead of the log.
    let note = app.installation.config.storage.keys.join("promise-log.head");
    std::fs::write(&note, format!("{} {}\n", before + 7, "05".repeat(32))).unwrap();
    watch();
    watch();
    let entries = app.installation.identity.promise_log().unwrap().entries;
    let restored = PromiseEvent::BackupRestored { had: u32::try_from(before + 7).unwrap(), fingerprint: "05".repeat(32) };
    assert_eq!((entries.len(), entries.last().unwrap().known_event()), (before + 2, Some(restored)));
}

#[actix_web::test]
async fn a_setting_is_recorded_when_it_is_another_one_than_before() {
    let app = TestApp::spawn_empty().await;
    let settings = || -> Vec<PromiseEvent> {
        app.installation.identity.promise_log().unwrap().entries.iter().filter_map(identity::Entry::known_event).collect()
    };
    recorded_settings::record(&app.installation).unwrap();
    let first = settings();
    assert!(first.iter().any(|event| matches!(event, PromiseEvent::SettingChanged { setting, before: None, .. } if setting == "survey.k")));
    recorded_settings::record(&app.installation).unwrap();
    assert_eq!(settings(), first);
    let mut config = (*app.installation.config).clone();
    config.survey.k += 1;
    let now = config.survey.k.to_string();
    let changed = candor::installation::Installation { config: Arc::new(config), ..app.installation.clone() };
    recorded_settings::record(&changed).unwrap();
    let before = app.installation.config.survey.k.to_string();
    assert_eq!(settings()[first.len()..], [PromiseEvent::SettingChanged { setting: "survey.k".to_owned(), before: Some(before), now }]);
}
