//! The console over HTTP, with both stores in a temporary folder and no server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::Duration;

use actix_web::App;
use actix_web::body::to_bytes;
use actix_web::cookie::Cookie;
use actix_web::dev::Service;
use actix_web::http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE, HeaderMap, LOCATION, ORIGIN, RETRY_AFTER};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use domain::roster::parse_csv;
use domain::{Clock, Language, ManualClock, Moment, PersonId, Schedule, WaveId, WaveState};
use identity::{NewAccount, PasswordParams, Role};
use secrecy::SecretString;

use super::{Console, headers, routes};
use crate::config::Config;
use crate::installation::Installation;
use crate::lifecycle::draft::{self, WaveSettings};
use crate::lifecycle::launch;
use crate::mail::transport::MailTransport;

mod accounts;
mod proxies;
mod seen;
mod sessions;

const PASSWORD: &str = "correct horse battery staple";
const ROUND: &str = "2026-q4";

/// An installation in a folder of its own, and its console.
struct House {
    installation: Installation,
    console: Console,
    clock: ManualClock,
    _folder: tempfile::TempDir,
}

impl House {
    /// With the accounts `hr` and `lead`, and a console at this address.
    fn at(console_url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().display();
        let text = format!(
            "organisation = \"Example\"\n[respondents]\nurl = \"http://127.0.0.1:8080\"\nlisten = \"127.0.0.1:8080\"\n[console]\nurl = \"{console_url}\"\nlisten = \"127.0.0.1:8081\"\n[storage]\nidentity = \"sqlite://{dir}/identity.db\"\nresponses = \"sqlite://{dir}/responses.db\"\nkeys = \"{dir}/keys\"\n[mail]\nfrom = \"Candor <survey@example.org>\"\ntransport = \"memory:\"\n"
        );
        let file = folder.path().join("candor.toml");
        std::fs::write(&file, text).unwrap();
        let config = Config::load(&file, std::iter::empty()).unwrap();
        Installation::migrate(&config).unwrap();
        let clock = ManualClock::at(Moment::parse("2026-11-21T09:00:00Z").unwrap());
        let installation = Installation::open(config, Arc::new(clock.clone())).unwrap();
        let cheap = PasswordParams { memory_kib: 8, passes: 1, lanes: 1 };
        for (login, role, person) in [("hr", Role::Hr, None), ("lead", Role::Leader, Some("p-01")), ("it", Role::Admin, None)] {
            let hash = cheap.hash(&SecretString::from(PASSWORD), &mut rand::rng()).unwrap();
            let person = person.map(|id| PersonId::parse(id).unwrap());
            let account = NewAccount { person, ..NewAccount::with_password(login, role, hash) };
            installation.identity.create_account(&account, &mut rand::rng()).unwrap();
        }
        Self { console: Console::new(installation.clone(), false), installation, clock, _folder: folder }
    }

    fn new() -> Self {
        Self::at("http://localhost:8081")
    }

    /// A round of twelve people that runs until a command ends it.
    fn with_running_round(passphrase: Option<&str>) -> Self {
        Self::new().launched(passphrase)
    }

    fn launched(self, passphrase: Option<&str>) -> Self {
        let house = self;
        let mut csv = String::from("person_id,name,mail,team,leaders,language\np-01,Ada Lead,p01@example.org,,,en\n");
        for number in 2..14 {
            csv.push_str(&format!("p-{number:02},Person {number},p{number:02}@example.org,Works,p-01,en\n"));
        }
        let list = parse_csv("staff.csv", csv.as_bytes(), &Language::parse("en").unwrap()).unwrap();
        house.installation.identity.import_roster(&list.roster).unwrap();
        let schedule = Schedule::manual(house.clock.now().plus(Duration::from_secs(3600)));
        let settings = WaveSettings {
            instrument: "pulse".to_owned(),
            schedule,
            k: 5,
            group_min: 7,
            coalition: 1,
            min_range: 3,
            passphrase: passphrase.is_some(),
            comments: false,
            key_holder: None,
            particulars: draft::Particulars::default(),
        };
        let wave = WaveId::parse(ROUND).unwrap();
        draft::create(&house.installation, &wave, &settings).unwrap();
        launch::launch(&house.installation, &wave, passphrase.map(SecretString::from).as_ref(), &mut |_| {}).unwrap();
        house
    }

    /// The answer of the console to a request.
    async fn send(&self, request: TestRequest) -> Answer {
        let app = init_service(App::new().wrap(headers()).configure(routes(&self.console))).await;
        let (_, response) = app.call(request.to_request()).await.unwrap().into_parts();
        let cookies: Vec<Cookie<'static>> = response.cookies().map(Cookie::into_owned).collect();
        let cookie = cookies.first().cloned();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body()).await.unwrap();
        Answer { status, headers, cookie, cookies, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn get(&self, uri: &str, session: &Cookie<'static>) -> Answer {
        self.send(browser(TestRequest::get().uri(uri).cookie(session.clone()))).await
    }

    /// Signs in and returns the session's cookie.
    async fn sign_in(&self, login: &str) -> Cookie<'static> {
        let answer = self.send(sign_in(login, PASSWORD)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.cookie.unwrap()
    }

    fn state(&self) -> WaveState {
        self.installation.state(&WaveId::parse(ROUND).unwrap()).unwrap()
    }
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    cookie: Option<Cookie<'static>>,
    cookies: Vec<Cookie<'static>>,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The code of a problem document.
    fn problem(&self) -> String {
        assert_eq!(self.header(CONTENT_TYPE.as_str()), "application/problem+json", "{}", self.body);
        let document: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(document["status"], self.status.as_u16());
        document["type"].as_str().unwrap().strip_prefix("urn:candor:problem:").unwrap().to_owned()
    }

    /// The token in the forms of a page.
    fn token(&self) -> &str {
        self.body.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
    }
}

/// A request as a browser sends it.
fn browser(request: TestRequest) -> TestRequest {
    request.insert_header((ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8"))
}

fn sign_in(login: &str, password: &str) -> TestRequest {
    TestRequest::post().uri("/sign-in").set_form([("login", login), ("password", password)])
}

/// The form of a round's action, as a program sends it.
fn act(verb: &str, session: &Cookie<'static>, fields: &[(&str, &str)]) -> TestRequest {
    let confirmed: Vec<_> = fields.iter().copied().chain([("confirm", "yes")]).collect();
    unconfirmed(verb, session, &confirmed)
}

/// Without the tick that says that somebody knows what cannot be taken back.
fn unconfirmed(verb: &str, session: &Cookie<'static>, fields: &[(&str, &str)]) -> TestRequest {
    TestRequest::post().uri(&format!("/rounds/{ROUND}/{verb}")).cookie(session.clone()).set_form(fields)
}

#[actix_web::test]
async fn what_cannot_be_taken_back_is_done_only_when_somebody_confirms_it() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    let token = house.get("/rounds", &session).await.token().to_owned();
    for verb in ["close", "abort", "publish", "answer"] {
        let fields = [("token", token.as_str()), ("reason", "The wrong staff list was used.")];
        assert_eq!(house.send(unconfirmed(verb, &session, &fields)).await.problem(), "round-refused", "{verb}");
        assert_eq!(house.state(), WaveState::Running, "{verb}");
    }
    assert!(house.get("/rounds/2026-q4", &session).await.body.contains("name=\"confirm\" value=\"yes\" required"));
    assert_eq!(house.send(unconfirmed("remind", &session, &[("token", &token)])).await.location(), "/rounds/2026-q4?done=remind");
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let house = House::new();
    for (method, uri) in [
        (Method::GET, "/sign-in"),
        (Method::GET, "/console.css"),
        (Method::GET, "/nowhere"),
        (Method::GET, "/"),
        (Method::DELETE, "/sign-in"),
    ] {
        let answer = house.send(TestRequest::default().method(method).uri(uri)).await;
        for (name, part) in [
            ("content-security-policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert!(answer.header(name).contains(part), "{uri}: {name} is {:?}", answer.header(name));
        }
    }
}

#[actix_web::test]
async fn no_page_needs_a_script_or_an_inline_style() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    for uri in ["/sign-in", "/rounds", &format!("/rounds/{ROUND}"), "/organisation", "/nowhere"] {
        let page = house.get(uri, &session).await.body;
        assert!(page.contains("</html>"), "{uri}");
        for forbidden in ["<script", " style=", "<style", "javascript:", " onclick"] {
            assert!(!page.contains(forbidden), "{uri} has {forbidden}");
        }
    }
}

#[actix_web::test]
async fn a_browser_gets_a_page_and_a_program_a_problem_document() {
    let house = House::new();
    let document = house.send(TestRequest::get().uri("/nowhere")).await;
    assert_eq!((document.status, document.problem().as_str()), (StatusCode::NOT_FOUND, "not-found"));
    let page = house.send(browser(TestRequest::get().uri("/nowhere"))).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.body.contains("<h1>There is no such page</h1>"), "{}", page.body);
}

#[actix_web::test]
async fn without_a_session_every_page_leads_to_the_sign_in() {
    let house = House::with_running_round(None);
    for uri in ["/", "/rounds", "/rounds/2026-q4", "/organisation", "/organisation/2026-q4", "/team", "/team/2026-q4"] {
        assert_eq!(house.send(browser(TestRequest::get().uri(uri))).await.location(), "/sign-in", "{uri}");
        assert_eq!(house.send(TestRequest::get().uri(uri)).await.problem(), "sign-in-needed", "{uri}");
    }
    for uri in ["/rounds/2026-q4/close", "/rounds/2026-q4/abort", "/sign-out"] {
        let answer = house.send(TestRequest::post().uri(uri).set_form([("token", "x"), ("reason", "because")])).await;
        assert_eq!(answer.problem(), "sign-in-needed", "{uri}");
    }
    assert_eq!(house.state(), WaveState::Running);
}

#[actix_web::test]
async fn what_is_no_form_is_refused_with_its_code_and_nothing_panics() {
    let house = House::new();
    let post =
        |kind: &'static str, body: Vec<u8>| TestRequest::post().uri("/sign-in").insert_header((CONTENT_TYPE, kind)).set_payload(body);
    let form = "application/x-www-form-urlencoded";
    for (request, status, code) in [
        (post("application/json", b"{}".to_vec()), 415, "wrong-type"),
        (post("multipart/form-data; boundary=x", b"--x--".to_vec()), 415, "wrong-type"),
        (TestRequest::post().uri("/sign-in").set_payload("login=a"), 415, "wrong-type"),
        (post(form, vec![b'a'; 16 * 1024 + 1]), 413, "too-large"),
        (post(form, b"login=hr".to_vec()), 400, "bad-form"),
        (post(form, b"login=hr&login=hr&password=x".to_vec()), 400, "bad-form"),
        (post(form, (0..=255).collect()), 400, "bad-form"),
        (post(form, b"login=%00%ff%f0%9f&password=%".to_vec()), 401, "sign-in-failed"),
        (TestRequest::put().uri("/sign-in"), 405, "method-not-allowed"),
        (TestRequest::get().uri("/sign-out"), 405, "method-not-allowed"),
        (TestRequest::get().uri("/rounds/2026-q4/publish"), 405, "method-not-allowed"),
        (TestRequest::post().uri("/organisation"), 405, "method-not-allowed"),
        (TestRequest::post().uri("/rounds/2026-q4/sell"), 404, "not-found"),
        (TestRequest::get().uri("/%ff%00"), 404, "not-found"),
    ] {
        let answer = house.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (status, code));
        assert_eq!(answer.status == StatusCode::METHOD_NOT_ALLOWED, !answer.header(ALLOW.as_str()).is_empty());
    }
}

#[actix_web::test]
async fn the_console_speaks_the_language_of_the_browser_until_another_is_chosen() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    let read = async |uri: &str, accepts: &str, chosen: Option<&Cookie<'static>>| {
        let mut request = browser(TestRequest::get().uri(uri).cookie(session.clone())).insert_header((ACCEPT_LANGUAGE, accepts));
        if let Some(chosen) = chosen {
            request = request.cookie(chosen.clone());
        }
        house.send(request).await.body
    };
    for (uri, english, german) in [
        ("/sign-in", "<h1>Sign in</h1>", "<h1>Anmelden</h1>"),
        ("/rounds", "people can answer", "Antworten sind möglich"),
        ("/rounds/2026-q4", "<dt>Questionnaire</dt>", "<dt>Fragebogen</dt>"),
        ("/organisation", "No result yet", "Noch kein Ergebnis"),
        ("/nowhere", "There is no such page", "Diese Seite gibt es nicht"),
    ] {
        let (first, second) = (read(uri, "en", None).await, read(uri, "de-CH, en;q=0.5", None).await);
        assert!(first.contains("<html lang=\"en\">") && first.contains(english), "{first}");
        assert!(second.contains("<html lang=\"de\">") && second.contains(german), "{second}");
        assert!(second.contains(&format!("name=\"to\" value=\"{uri}\"")), "{second}");
    }
    let choose = |origin: &'static str, to: &str| {
        TestRequest::post().uri("/language").insert_header((ORIGIN, origin)).set_form([("language", "de"), ("to", to)])
    };
    let chosen = house.send(choose("http://localhost:8081", "/rounds?done=close")).await;
    assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, "/rounds?done=close"));
    assert!(read("/rounds", "en", chosen.cookie.as_ref()).await.contains("<html lang=\"de\">"));
    assert_eq!(house.send(choose("http://localhost:8081", "//evil.example")).await.location(), "/");
    let foreign = house.send(choose("http://evil.example", "/rounds")).await;
    assert_eq!((foreign.problem().as_str(), foreign.cookie.is_none()), ("foreign-form", true));
    // Programs read English whatever they accept.
    let document = house.send(TestRequest::get().uri("/nowhere").insert_header((ACCEPT_LANGUAGE, "de"))).await;
    assert!(document.body.contains("There is no such page"), "{}", document.body);
}

#[actix_web::test]
async fn hr_lands_on_the_rounds_while_nothing_is_published_and_a_leader_on_their_team() {
    let house = House::with_running_round(None);
    let (hr, lead) = (house.sign_in("hr").await, house.sign_in("lead").await);
    assert_eq!(house.get("/", &hr).await.location(), "/rounds");
    assert_eq!(house.get("/", &lead).await.location(), "/team");
    assert!(house.get("/organisation", &hr).await.body.contains("No result yet"));
    assert!(house.get("/team", &lead).await.body.contains("no result of a team of yours yet"));
}

#[actix_web::test]
async fn a_role_reads_its_own_pages_only() {
    let house = House::with_running_round(None);
    let (hr, lead, it) = (house.sign_in("hr").await, house.sign_in("lead").await, house.sign_in("it").await);
    for (session, uris) in [
        (&hr, &["/team", "/team/2026-q4"][..]),
        (&lead, &["/rounds", "/rounds/2026-q4", "/organisation", "/organisation/2026-q4"]),
        (&it, &["/rounds", "/team", "/organisation"]),
    ] {
        for uri in uris {
            assert_eq!(house.send(TestRequest::get().uri(uri).cookie(session.clone())).await.problem(), "not-allowed", "{uri}");
        }
    }
    let token = house.get("/team", &lead).await.token().to_owned();
    assert_eq!(house.send(act("close", &lead, &[("token", &token)])).await.problem(), "not-allowed");
    assert_eq!(house.state(), WaveState::Running);
}

#[actix_web::test]
async fn a_result_that_is_not_published_does_not_exist_for_anybody() {
    let house = House::with_running_round(None);
    let (hr, lead) = (house.sign_in("hr").await, house.sign_in("lead").await);
    for (session, uri) in
        [(&hr, "/organisation/2026-q4"), (&lead, "/team/2026-q4"), (&hr, "/organisation/Not-a-name"), (&hr, "/rounds/2020-q1")]
    {
        assert_eq!(house.send(TestRequest::get().uri(uri).cookie(session.clone())).await.problem(), "not-found", "{uri}");
    }
}

#[actix_web::test]
async fn reading_a_page_changes_nothing_and_head_is_answered_like_get() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    for uri in ["/rounds", "/rounds/2026-q4", "/rounds/2026-q4?done=publish", "/organisation"] {
        let (get, head) = (
            house.get(uri, &session).await,
            house.send(browser(TestRequest::default().method(Method::HEAD).uri(uri).cookie(session.clone()))).await,
        );
        assert_eq!((get.status, head.status), (StatusCode::OK, StatusCode::OK), "{uri}");
        assert!(!get.body.contains("role=\"status\""), "{uri} claims something that did not happen");
    }
    assert_eq!(house.state(), WaveState::Running);
}

#[actix_web::test]
async fn a_refused_action_shows_the_round_again_with_the_reason() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    let token = house.get("/rounds", &session).await.token().to_owned();
    let refused = house.send(browser(act("publish", &session, &[("token", &token)]))).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("role=\"alert\"") && refused.body.contains("<h1>Round 2026-q4</h1>"), "{}", refused.body);
    assert_eq!(house.send(act("publish", &session, &[("token", &token)])).await.problem(), "round-refused");
    assert_eq!(house.send(act("abort", &session, &[("token", &token), ("reason", "no")])).await.problem(), "round-refused");
    assert_eq!(house.state(), WaveState::Running);
}

#[actix_web::test]
async fn hr_brings_a_round_to_its_result_and_a_locked_key_asks_for_its_passphrase() {
    let house = House::with_running_round(Some("open sesame"));
    let session = house.sign_in("hr").await;
    let token = house.get("/rounds", &session).await.token().to_owned();
    let post = async |verb: &str, fields: &[(&str, &str)]| {
        let mut all = vec![("token", token.as_str())];
        all.extend_from_slice(fields);
        house.send(act(verb, &session, &all)).await
    };
    assert_eq!(post("remind", &[]).await.location(), "/rounds/2026-q4?done=remind");
    assert_eq!(post("close", &[]).await.location(), "/rounds/2026-q4?done=close");
    assert!(house.get("/rounds/2026-q4", &session).await.body.contains("type=\"password\""));
    for wrong in [&[][..], &[("passphrase", "")], &[("passphrase", "open barley")]] {
        assert_eq!(post("open", wrong).await.problem(), "round-refused");
        assert_eq!(house.state(), WaveState::Closed);
    }
    assert_eq!(post("open", &[("passphrase", "open sesame")]).await.location(), "/rounds/2026-q4?done=open");
    let page = house.get("/rounds/2026-q4?done=open", &session).await.body;
    assert!(page.contains("role=\"status\"") && !page.contains("open sesame"), "{page}");
    assert_eq!(post("publish", &[("passphrase", "open sesame")]).await.location(), "/rounds/2026-q4?done=publish");
    assert_eq!(house.state(), WaveState::Published);
    assert_eq!(house.get("/", &session).await.location(), "/organisation");
    assert_eq!(house.get("/organisation", &session).await.location(), "/organisation/2026-q4");
    assert!(house.get("/organisation/2026-q4", &session).await.body.contains("Too few people answered"));
    let lead = house.sign_in("lead").await;
    assert!(house.get("/team/2026-q4", &lead).await.body.contains("Too few people answered"));
}

#[actix_web::test]
async fn a_round_ended_by_hr_shows_its_reason_escaped() {
    let house = House::with_running_round(None);
    let session = house.sign_in("hr").await;
    let token = house.get("/rounds", &session).await.token().to_owned();
    let answer = house.send(act("abort", &session, &[("token", &token), ("reason", "The <b>wrong</b> staff list was used.")])).await;
    assert_eq!(answer.location(), "/rounds/2026-q4?done=abort");
    let page = house.get("/rounds/2026-q4?done=abort", &session).await.body;
    assert!(page.contains("&#60;b&#62;wrong") && !page.contains("<b>wrong"), "{page}");
    assert_eq!(house.state(), WaveState::Aborted);
    assert!(!page.contains("live results") && !page.contains("before the round is published"), "it never will be: {page}");
}

#[actix_web::test]
async fn captured_mails_exist_in_the_demo_only_and_their_html_is_locked_in_a_sandbox() {
    let mut house = House::with_running_round(None);
    assert!(matches!(house.installation.mail.as_ref(), MailTransport::Memory(_)));
    crate::worker::mail::send_all(&house.installation).unwrap();
    for uri in ["/mails", "/mails/1", "/mails/1/html", "/laid-open"] {
        assert_eq!(house.send(TestRequest::get().uri(uri)).await.problem(), "not-found", "{uri}");
    }
    house.console = Console::new(house.installation.clone(), true);
    assert!(house.send(TestRequest::get().uri("/mails")).await.body.contains("/mails/12"));
    let page = house.send(TestRequest::get().uri("/mails/1")).await.body;
    assert!(page.contains("<iframe") && page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""), "{page}");
    let html = house.send(TestRequest::get().uri("/mails/1/html")).await;
    let policy = html.header("content-security-policy");
    assert!(policy.contains("style-src 'unsafe-inline'") && policy.contains("sandbox") && !policy.contains("script"), "{policy}");
    assert!(html.body.contains("<base target=\"_blank\">"), "{}", html.body);
    for missing in ["/mails/0", "/mails/9999", "/mails/-1", "/mails/x/html", "/mails/99999999999999999999"] {
        assert_eq!(house.send(TestRequest::get().uri(missing)).await.problem(), "not-found", "{missing}");
    }
}
