//! "Do not remind me about this round": one click, and nothing but reminders ends.

use std::collections::BTreeMap;
use std::time::Duration;

use awc::Client;
use awc::http::Method;
use candor::lifecycle::{abort, remind};
use candor::worker;
use domain::{PersonId, WaveId};
use identity::{Minted, SecretKind};
use protocol::secret::{UnsubscribeSecret, unsubscribe_address};

use crate::harness::TestApp;

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
const ENCODED: &str = "application/x-www-form-urlencoded";

/// The address that ends reminders for a person, as a mail to them carries it.
fn quiet_address(app: &TestApp, wave: &WaveId, person: &str) -> String {
    let secret = UnsubscribeSecret::generate(&mut rand::rng());
    let minted =
        Minted { wave: wave.clone(), person: PersonId::parse(person).unwrap(), kind: SecretKind::Unsubscribe, hash: secret.hash(wave).0 };
    assert_eq!(app.installation.identity.mint(&[minted]).unwrap(), [true]);
    unsubscribe_address(&app.respondents, wave, &secret)
}

struct Page {
    status: u16,
    headers: BTreeMap<String, String>,
    text: String,
}

async fn call(method: Method, url: &str, content_type: &str, body: &str) -> Page {
    let client = Client::builder().disable_redirects().finish();
    let request = client.request(method, url).insert_header(("Content-Type", content_type));
    let mut response = request.send_body(body.to_owned()).await.unwrap();
    let headers = response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let text = String::from_utf8(response.body().await.unwrap().to_vec()).unwrap();
    Page { status: response.status().as_u16(), headers, text }
}

async fn click(url: &str) -> Page {
    call(Method::POST, url, ENCODED, ONE_CLICK).await
}

async fn look(url: &str) -> Page {
    call(Method::GET, url, "", "").await
}

/// Sends a reminder to whoever gets one; the person ids.
fn remind_everybody(app: &TestApp, wave: &WaveId) -> Vec<String> {
    let before = app.outbox.newest(usize::MAX).len();
    remind::remind(&app.installation, wave).unwrap();
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    let mails = app.outbox.newest(usize::MAX);
    let sent = mails.iter().take(mails.len() - before);
    let mut people: Vec<String> =
        sent.map(|mail| mail.to.rsplit_once('@').unwrap().0.rsplit(['<', ' ']).next().unwrap().to_owned()).collect();
    people.sort();
    people
}

#[actix_web::test]
async fn one_click_ends_the_reminders_of_one_person_and_their_link_still_works() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let page = click(&quiet_address(&app, &wave, "alpha3")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("You will get no more reminders about this round. Your personal link still works."), "{}", page.text);
    assert!(page.text.contains("Sie bekommen keine Erinnerungen mehr an diese Runde."), "every language stands on the page");
    let reminded = remind_everybody(&app, &wave);
    assert!(reminded.len() == 27 && !reminded.contains(&"alpha3".to_owned()), "{reminded:?}");
    app.answer(&wave, &app.links()["alpha3"], 4).await.unwrap();
    app.run_to_publication(&wave);
    let last = app.outbox.newest(28);
    assert!(last.iter().any(|mail| mail.to.contains("alpha3@")), "the closing mail comes all the same");
}

#[actix_web::test]
async fn reading_the_address_changes_nothing_however_often() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "beta2");
    let first = look(&url).await;
    assert_eq!(first.status, 200);
    let words = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/app/words")).unwrap();
    let languages = words.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("mail.")).count();
    assert_eq!(first.text.matches("<form method=\"post\">").count(), languages, "a button in each language");
    for _ in 0..50 {
        assert_eq!(look(&url).await.text, first.text);
        let head = call(Method::HEAD, &url, "", "").await;
        assert_eq!((head.status, head.text.as_str()), (200, ""));
    }
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH] {
        let refused = call(method, &url, ENCODED, ONE_CLICK).await;
        assert_eq!((refused.status, refused.headers["allow"].as_str()), (405, "GET, HEAD, POST"));
    }
    assert!(remind_everybody(&app, &wave).contains(&"beta2".to_owned()));
}

#[actix_web::test]
async fn only_the_form_of_one_click_is_a_click() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "beta2");
    for (content_type, body) in [(ENCODED, ""), (ENCODED, "List-Unsubscribe=Yes"), ("text/plain", ONE_CLICK), ("application/json", "{}")] {
        let page = call(Method::POST, &url, content_type, body).await;
        assert_eq!(page.status, 400, "{content_type} {body}");
        assert!(page.text.contains("<button>Do not remind me</button>"), "somebody can still do it by hand");
    }
    assert_eq!(call(Method::POST, &url, ENCODED, &format!("{ONE_CLICK}&x={}", "y".repeat(100_000))).await.status, 400);
    assert!(remind_everybody(&app, &wave).contains(&"beta2".to_owned()));
    let multipart = "--frontier\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--frontier--\r\n";
    assert_eq!(call(Method::POST, &url, "multipart/form-data; boundary=frontier", multipart).await.status, 200);
    assert!(!remind_everybody(&app, &wave).contains(&"beta2".to_owned()));
}

#[actix_web::test]
async fn clicking_again_and_a_reminder_that_waits_make_no_difference() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let (one, other) = (quiet_address(&app, &wave, "gamma1"), quiet_address(&app, &wave, "gamma1"));
    remind::remind(&app.installation, &wave).unwrap();
    let first = click(&one).await;
    for url in [&one, &other, &one] {
        let again = click(url).await;
        assert_eq!((again.status, &again.text), (first.status, &first.text));
    }
    app.clock.advance(Duration::from_secs(3600));
    worker::mail::send_all(&app.installation).unwrap();
    let mails = app.outbox.newest(27);
    assert!(mails.iter().all(|mail| !mail.to.contains("gamma1@")), "the reminder that waited is dropped");
    assert_eq!(app.installation.identity.jobs_waiting().unwrap(), 0);
}

#[actix_web::test]
async fn a_code_that_is_none_finds_nothing_and_changes_nothing() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let unknown = unsubscribe_address(&app.respondents, &wave, &UnsubscribeSecret::from_bytes([9; 10]));
    let of_link = app.links()["alpha0"].rsplit_once('.').unwrap().1.to_owned();
    let of_other_round = quiet_address(&app, &wave, "alpha0").replace("2026-q4", "2027-q1");
    let reference = look(&unknown).await;
    assert_eq!(reference.status, 404);
    assert!(reference.text.contains("Nothing was changed."));
    for url in [
        unknown.clone(),
        of_other_round,
        format!("{}/w/{wave}/quiet/{of_link}", app.respondents),
        format!("{}/w/{wave}/quiet/x", app.respondents),
        format!("{}/w/%00/quiet/{}", app.respondents, "0".repeat(17)),
        format!("{}/w/{wave}/quiet/%F0%9F%98%80", app.respondents),
    ] {
        for page in [look(&url).await, click(&url).await] {
            assert_eq!((page.status, &page.text), (404, &reference.text), "{url}");
        }
    }
    assert_eq!(remind_everybody(&app, &wave).len(), 28);
}

#[actix_web::test]
async fn after_the_end_every_code_is_told_that_the_round_is_over() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "alpha0");
    let unknown = unsubscribe_address(&app.respondents, &wave, &UnsubscribeSecret::from_bytes([9; 10]));
    let draft = quiet_address(&app, &wave, "alpha1").replace("2026-q4", "2027-q1");
    app.draft("2027-q1");
    assert_eq!(look(&draft).await.status, 404, "a round that nobody was told of");
    app.clock.set(candor::lifecycle::draft::WaveSettings::of(&app.installation.identity, &wave).unwrap().schedule.closes_at);
    app.advance(&mut Vec::new());
    let over = look(&url).await;
    assert!(over.status == 200 && over.text.contains("This round is over"), "{}", over.text);
    app.run_to_publication(&wave);
    for page in [look(&url).await, click(&url).await, look(&unknown).await, click(&unknown).await] {
        assert_eq!((page.status, &page.text), (200, &over.text));
    }
}

#[actix_web::test]
async fn after_an_abort_too() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "alpha0");
    abort::abort(&app.installation, &wave, "the wrong questions", &mut |_| {}).unwrap();
    let page = click(&url).await;
    assert!(page.status == 200 && page.text.contains("This round is over"), "{}", page.text);
}

#[actix_web::test]
async fn the_page_sets_no_cookie_runs_no_script_and_sends_its_form_nowhere_else() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "alpha0");
    for page in [look(&url).await, click(&url).await, look(&format!("{url}0")).await] {
        assert!(!page.headers.contains_key("set-cookie"));
        let policy = &page.headers["content-security-policy"];
        let form = if page.text.contains("<form") { "form-action 'self'" } else { "form-action 'none'" };
        assert!(policy.contains("default-src 'none'") && policy.contains(form) && !policy.contains("script-src"), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer", "the code leaves with no click");
        assert!(!page.text.contains("<script") && !page.text.contains("http://") && !page.text.contains("https://"), "{}", page.text);
    }
}

#[actix_web::test]
async fn the_language_of_the_browser_comes_first() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let url = quiet_address(&app, &wave, "alpha0");
    for (accepted, language) in [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("it,en;q=0.8,de;q=0.9", "de"),
        ("fr-CA,en;q=0.8", "fr"),
        ("es", "es"),
        ("en-GB,de;q=0.5", "en"),
        ("it", "en"),
        ("%%%;q=7", "en"),
    ] {
        let mut response = Client::default().get(&url).insert_header(("Accept-Language", accepted)).send().await.unwrap();
        let text = String::from_utf8(response.body().await.unwrap().to_vec()).unwrap();
        assert!(text.contains(&format!("<html lang=\"{language}\">")), "{accepted}");
        let folded = |tag: &str| text.contains(&format!("<details lang=\"{tag}\">"));
        assert!(["en", "de", "fr", "es"].iter().all(|tag| folded(tag) == (*tag != language)), "{text}");
    }
}
