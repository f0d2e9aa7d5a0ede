//! Health and metrics: what load balancers and Prometheus are told, and that nobody's answering moves a number.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use actix_web::App;
use actix_web::test::{TestRequest, call_and_read_body, init_service};
use awc::Client;
use candor::installation::Installation;
use candor::operating::metrics;
use candor::server::{Application, Audience};
use candor::worker;
use domain::ManualClock;
use identity::Role;
use serde_json::Value;
use test_postgres::{Engine, listener};

use crate::harness::{TestApp, start_of_time};
use crate::place::{Place, engine};

/// What an origin says about its readiness: status, seconds to wait, document or text.
async fn ready(origin: &str) -> (u16, Option<String>, String) {
    let mut response = Client::default().get(format!("{origin}/health/ready")).send().await.unwrap();
    let wait = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
    let kind = response.headers().get("content-type").unwrap().to_str().unwrap().to_owned();
    let body = String::from_utf8(response.body().await.unwrap().to_vec()).unwrap();
    assert_eq!(kind.starts_with("application/problem+json"), response.status() == 503, "{kind}");
    assert_eq!(wait.is_some(), response.status() == 503);
    (response.status().as_u16(), wait, body)
}

/// The parts that the console names as missing; none when it is ready.
async fn missing(app: &TestApp) -> BTreeSet<String> {
    let (status, _, body) = ready(&app.console).await;
    if status == 200 {
        return BTreeSet::new();
    }
    let document: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &document["type"], &document["status"]), (503, &"urn:candor:problem:not-ready".into(), &503.into()));
    assert!(!body.contains(app.place.path().to_str().unwrap()), "{body}");
    document["parts"].as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned()).collect()
}

fn parts(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[actix_web::test]
async fn readiness_names_the_missing_part_to_the_console_and_only_says_no_to_respondents() {
    let app = TestApp::spawn().await;
    assert_eq!(missing(&app).await, parts(&[]));
    app.launch("2026-q4");
    let keys = app.place.path().join("keys");
    std::fs::rename(&keys, app.place.path().join("elsewhere")).unwrap();
    // What was seen holds for a second.
    assert_eq!(missing(&app).await, parts(&[]));
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(missing(&app).await, parts(&["key-folder"]));
    // People can answer without it.
    assert_eq!(ready(&app.respondents).await.0, 200);
    // An empty folder on the same place is not the round's either.
    app.installation.keys.prepare(&mut rand::rng()).unwrap();
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(missing(&app).await, parts(&["key-folder"]));
    std::fs::remove_dir_all(&keys).unwrap();
    std::fs::rename(app.place.path().join("elsewhere"), &keys).unwrap();
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(missing(&app).await, parts(&[]));
    app.installation.vitals.lose_thread();
    app.clock.advance(Duration::from_secs(1));
    assert_eq!(missing(&app).await, parts(&["worker"]));
    assert_eq!(ready(&app.respondents).await.0, 200);
    // The end of the process shows at once.
    app.installation.vitals.drain();
    assert_eq!(missing(&app).await, parts(&["process", "worker"]));
    let (status, wait, body) = ready(&app.respondents).await;
    assert_eq!((status, wait.as_deref()), (503, Some("2")));
    assert!(!body.contains("process") && !body.contains("worker") && !body.contains("parts"), "{body}");
    for origin in [&app.respondents, &app.console] {
        assert_eq!(app.get(&format!("{origin}/health/live")).await.0, 200, "the process still answers");
        assert_eq!(Client::default().post(format!("{origin}/health/ready")).send().await.unwrap().status(), 405);
    }
}

#[actix_web::test]
async fn databases_that_lack_migrations_are_not_ready_on_either_origin() {
    let place = Place::empty(engine());
    let (respondents, console) = (listener(), listener());
    let config = place.configure(&respondents, &console, "memory:");
    let origins = [config.respondents.url.clone(), config.console.url.clone()];
    let clock = ManualClock::at(start_of_time());
    let installation = Installation::open(config.clone(), Arc::new(clock.clone())).unwrap();
    let application = Application::build(&installation, respondents, console, Audience::Product).unwrap();
    let handles = application.handles();
    actix_web::rt::spawn(application.run());
    for origin in &origins {
        assert_eq!(ready(origin).await.0, 503, "{origin}");
    }
    let (_, _, body) = ready(&origins[1]).await;
    assert!(body.contains("candor migrate") && body.contains("people-database") && body.contains("ballot-database"), "{body}");
    Installation::migrate(&config).unwrap();
    clock.advance(Duration::from_secs(1));
    for origin in &origins {
        assert_eq!(ready(origin).await.0, 200, "{origin}");
    }
    for handle in handles {
        drop(handle.stop(false));
    }
}

/// What Prometheus reads, as it came.
async fn scrape(app: &TestApp) -> String {
    let service = init_service(App::new().configure(metrics::routes(&app.installation))).await;
    let body = call_and_read_body(&service, TestRequest::get().uri("/metrics").to_request()).await;
    String::from_utf8(body.to_vec()).unwrap()
}

/// The samples of a page in the text format 0.0.4, by name and labels; panics on anything that is not of that format.
fn samples(page: &str) -> BTreeMap<String, f64> {
    assert!(page.ends_with('\n'));
    let name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let (mut family, mut typed, mut seen, mut found) = (String::new(), false, BTreeSet::new(), BTreeMap::new());
    for line in page.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            family = help.split_once(' ').unwrap().0.to_owned();
            assert!(name(&family) && seen.insert(family.clone()), "{line}");
            typed = false;
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (of, kind) = kind.split_once(' ').unwrap();
            assert!(of == family && !typed && matches!(kind, "counter" | "gauge"), "{line}");
            assert_eq!(kind == "counter", family.ends_with("_total"), "{line}");
            typed = true;
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let (of, labels) = series.split_once('{').map_or((series, None), |(of, rest)| (of, Some(rest.strip_suffix('}').unwrap())));
            assert!(typed && of == family, "{line}");
            for label in labels.into_iter().flat_map(|labels| labels.split(',')) {
                let (label, value) = label.split_once('=').unwrap();
                let value = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')).unwrap();
                assert!(name(label) && !value.contains(['"', '\\']), "{line}");
            }
            assert!(found.insert(series.to_owned(), value.parse().unwrap()).is_none(), "twice: {line}");
        }
    }
    found
}

#[actix_web::test]
async fn what_prometheus_reads_is_valid_and_no_answer_reminder_or_wrong_link_moves_it() {
    let app = TestApp::spawn().await;
    app.account("hr", Role::Hr, None);
    let empty = scrape(&app).await;
    assert_eq!(samples(&empty)["candor_ready"], 1.0);
    let wave = app.launch("2026-q4");
    let before = scrape(&app).await;
    let read = samples(&before);
    assert_eq!(read["candor_round_state{round=\"2026-q4\",state=\"running\"}"], 1.0);
    assert_eq!(read["candor_mails_total{round=\"2026-q4\",kind=\"invitation\",outcome=\"sent\"}"], 28.0);
    assert_ne!(empty, before, "the page shows what the operator does");
    // Ten answers, a link twice, wrong requests, pages, reminders to everybody else: not one byte moves.
    for (place, link) in app.links().into_values().take(10).enumerate() {
        app.answer(&wave, &link, 1 + u8::try_from(place).unwrap() % 7).await.unwrap();
    }
    let again = app.links().into_values().next().unwrap();
    app.answer(&wave, &again, 2).await.unwrap_err();
    assert_eq!(app.post_box(&wave, vec![0; 10]).await.0, 400);
    for path in ["", "manifest", "client.js", "nothing"] {
        app.get(&format!("{}/w/{wave}/{path}", app.respondents)).await;
    }
    candor::lifecycle::remind::remind(&app.installation, &wave).unwrap();
    let sent = app.outbox.total();
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    assert_eq!(app.outbox.total() - sent, 18, "the reminders went out");
    assert_eq!(scrape(&app).await, before);
    // The console's own troubles do move it.
    let wrong = [("login", "hr"), ("password", "not this one")];
    let form = Client::default().post(format!("{}/sign-in", app.console)).insert_header(("Origin", app.console.clone()));
    assert_eq!(form.send_form(&wrong).await.unwrap().status(), 401);
    let form = Client::default().post(format!("{}/sign-in", app.console)).insert_header(("Origin", app.console.clone()));
    assert_eq!(form.insert_header(("Accept", "text/html")).send_form(&wrong).await.unwrap().status(), 401);
    app.installation.vitals.drain();
    let after = samples(&scrape(&app).await);
    assert_eq!(after["candor_console_problems_total{problem=\"sign-in-failed\"}"], 2.0);
    assert_eq!((after["candor_ready"], after["candor_part_ready{part=\"process\"}"]), (0.0, 0.0));
}

#[test]
fn the_unit_for_systemd_waits_for_a_stop_lets_returned_mails_go_and_needs_no_secret() {
    let unit = include_str!("../../docs/deploy/candor.service");
    let values = |key: &str| {
        unit.lines().filter_map(|line| line.split_once('=').filter(|(name, _)| *name == key)).map(|(_, value)| value).collect::<Vec<_>>()
    };
    let (respondents, console) = (listener(), listener());
    let stop = Place::empty(engine()).configure(&respondents, &console, "memory:").stop;
    let waits: Vec<u16> = values("TimeoutStopSec").iter().map(|seconds| seconds.parse().unwrap()).collect();
    assert!(matches!(waits[..], [waits] if waits > stop.announce_seconds + 2 * stop.finish_seconds), "{waits:?}, {stop:?}");
    let folder =
        include_str!("../../docs/mail.md").lines().find_map(|line| line.strip_prefix("bounces_maildir = \"")?.strip_suffix('"')).unwrap();
    assert_eq!(values("ReadWritePaths"), [format!("-{folder}")]);
    // The service starts without any of them, as with a mail server that asks for no password.
    assert_eq!(values("LoadCredential"), [""; 0]);
}

#[test]
fn the_doctor_names_what_weakens_the_promise_here_and_ends_with_one() {
    let place = Place::migrated(engine());
    place.configure(&listener(), &listener(), "file:///tmp/outbox");
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .arg("--config")
        .arg(place.path().join("candor.toml"))
        .arg("doctor")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let named: BTreeSet<&str> = said.lines().filter_map(|line| line.strip_suffix(')')?.rsplit_once('(').map(|(_, code)| code)).collect();
    let mut expected = BTreeSet::from(["mail-in-a-folder"]);
    expected.extend(match engine() {
        Engine::Sqlite => ["keys-beside-data"].as_slice(),
        Engine::Postgres => &["one-server", "one-role", "superuser"],
    });
    assert!(named.is_superset(&expected), "{said}");
    assert_eq!(named.contains("one-server"), engine() == Engine::Postgres);
    assert!(said.contains("access log") && !said.contains(test_postgres::PASSWORD) && !said.contains("postgres://"), "{said}");
}
