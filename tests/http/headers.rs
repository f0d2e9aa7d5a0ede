//! Every answer of the respondents' origin carries the headers of tests/vectors/headers.json and no other: every address, method and status.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use awc::Client;
use awc::http::Method;
use candor::installation::Installation;
use candor::server::{Application, Audience};
use data_encoding::BASE64;
use domain::{ManualClock, WaveId};
use protocol::secret::{UnsubscribeSecret, unsubscribe_address};
use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE, Request};
use protocol::{Ballot, Level, Respondent};
use sha2::{Digest as _, Sha256};

use crate::harness::{TestApp, parts, start_of_time};
use crate::place::{Place, engine};
use crate::team;

/// Which content policy an answer carries.
#[derive(Debug, Clone, Copy)]
enum Policy {
    Nothing,
    Page,
    /// A small page without a form.
    Small,
    Form,
    Example,
    Reading,
}

use Policy::{Example, Form, Nothing, Page, Reading, Small};
use test_postgres::listener;

type Table = BTreeMap<String, BTreeMap<String, String>>;

/// An origin whose answers are looked at one by one; all that is wrong is told at once.
struct Looking {
    origin: String,
    /// The headers of the file, and the policies with the hashes of this program.
    table: Table,
    wrong: String,
    statuses: BTreeSet<u16>,
}

/// What a request sends.
#[derive(Clone)]
struct Sent(Option<&'static str>, Vec<u8>);

fn nothing() -> Sent {
    Sent(None, Vec::new())
}

impl Looking {
    fn at(origin: &str, wave: &str) -> Self {
        let mut table: Table = serde_json::from_str(include_str!("../vectors/headers.json")).unwrap();
        let hash = |bytes: &[u8]| format!("sha256-{}", BASE64.encode(&Sha256::digest(bytes)));
        let program = hash(include_bytes!("../../src/client/dist/client.js"));
        let look = hash(include_bytes!("../../src/client/dist/client.css"));
        let style = hash(include_str!("../../src/app/templates/small.css").trim_ascii_end().as_bytes());
        let example =
            format!("{}\n{}", include_str!("../../src/app/templates/specimen.css").trim_ascii_end(), reports::css().trim_ascii_end());
        let example = hash(example.as_bytes());
        let reading = format!("{}\n{}", include_str!("../../src/app/templates/team.css"), reports::css());
        let reading = hash(reading.trim_ascii_end().as_bytes());
        for policy in table.values_mut().filter_map(|headers| headers.get_mut("content-security-policy")) {
            *policy = policy
                .replace("sha256-PROGRAM", &program)
                .replace("ORIGIN", origin)
                .replace("WAVE", wave)
                .replace("sha256-STYLE", &style)
                .replace("sha256-EXAMPLE", &example)
                .replace("sha256-LOOK", &look)
                .replace("sha256-READING", &reading);
        }
        Self { origin: origin.to_owned(), table, wrong: String::new(), statuses: BTreeSet::new() }
    }

    /// Sends a request; the answer must have the status, every header of the file with its value, and beside them only `more`, the length of the body
    /// and the date. Some bodies are empty: `more` says whether there is a content type.
    async fn look(&mut self, method: &str, path: &str, sent: Sent, status: u16, policy: Policy, more: &[&str]) {
        let Sent(content_type, body) = sent;
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let client = Client::builder().disable_redirects().timeout(Duration::from_secs(30)).finish();
        let mut request = client.request(method.clone(), format!("{}{path}", self.origin)).insert_header(("Accept-Encoding", "br, gzip"));
        if let Some(content_type) = content_type {
            request = request.insert_header(("Content-Type", content_type));
        }
        let answer = if body.is_empty() { request.send().await } else { request.send_body(body).await };
        let answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let mut expected = self.table["every answer"].clone();
        match policy {
            Nothing => {}
            Page => expected.extend(self.table["survey page"].clone()),
            Small => expected.extend(self.table["small page"].clone()),
            Reading => expected.extend(self.table["result of a group"].clone()),
            Form => expected.extend(self.table["end of reminders"].clone()),
            Example => expected.extend(self.table["example"].clone()),
        }
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in answer.headers() {
            if found.insert(name.to_string(), value.to_str().unwrap().to_owned()).is_some() {
                writeln!(self.wrong, "{method} {path}: {name} twice").unwrap();
            }
        }
        let got = answer.status().as_u16();
        self.statuses.insert(got);
        if got != status {
            writeln!(self.wrong, "{method} {path}: {got} instead of {status}").unwrap();
        }
        for name in ["date", "content-length"].iter().chain(more) {
            if found.remove(*name).is_none() {
                writeln!(self.wrong, "{method} {path} {got}: no {name}").unwrap();
            }
        }
        // Of the connection, not of the answer: the server hangs up when it has not read all of a request.
        if found.get("connection").is_some_and(|value| value == "close") {
            found.remove("connection");
        }
        for (name, value) in expected {
            let there = found.remove(&name);
            if there.as_deref() != Some(&*value) {
                writeln!(self.wrong, "{method} {path} {got}: {name} is {there:?} instead of {value}").unwrap();
            }
        }
        for (name, value) in found {
            writeln!(self.wrong, "{method} {path} {got}: {name}: {value} is one header too many").unwrap();
        }
    }

    /// `GET` and `HEAD`.
    async fn read(&mut self, path: &str, status: u16, policy: Policy, more: &[&str]) {
        for method in ["GET", "HEAD"] {
            self.look(method, path, nothing(), status, policy, more).await;
        }
    }

    /// Methods that the address refuses.
    async fn refuses(&mut self, methods: &[&str], path: &str, more: &[&str]) {
        for method in methods {
            self.look(method, path, nothing(), 405, Nothing, more).await;
        }
    }

    fn end(self, statuses: &[u16]) {
        assert!(self.wrong.is_empty(), "{}", self.wrong);
        assert_eq!(self.statuses, statuses.iter().copied().collect());
    }
}

const TYPE: &[&str] = &["content-type"];
/// A small page is in the reader's language.
const SPOKEN: &[&str] = &["content-type", "vary"];
/// What is compressed for whoever can read it.
const PUBLIC: &[&str] = &["content-type", "content-encoding", "vary"];
const FILES: [&str; 9] = ["client.js", "client.css", "words/en", "words/de", "later/de", "round", "manifest", "instrument", "groups"];
/// Methods that only read, methods that write, and one that nobody knows.
const NO_READ: [&str; 7] = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"];

fn boxed(body: Vec<u8>) -> Sent {
    Sent(Some(CONTENT_TYPE), body)
}

#[actix_web::test]
async fn every_answer_has_the_same_headers_and_no_other() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let base = format!("/w/{wave}/");
    let mut origin = Looking::at(&app.respondents, wave.as_str());

    // The survey page, as it is addressed and as mail programs spoil it, and what it reads.
    for path in ["", "%23v1.x.y", "%23"] {
        origin.read(&format!("{base}{path}"), 200, Page, PUBLIC).await;
        origin.refuses(&NO_READ, &format!("{base}{path}"), &["allow"]).await;
    }
    for path in FILES {
        origin.read(&format!("{base}{path}"), 200, Nothing, PUBLIC).await;
        origin.refuses(&NO_READ, &format!("{base}{path}"), &["allow"]).await;
    }
    // The invented result, in the languages of the round and in no other.
    for language in ["en", "de", "fr", "es"] {
        origin.read(&format!("{base}example/{language}"), 200, Example, PUBLIC).await;
        origin.refuses(&NO_READ, &format!("{base}example/{language}"), &["allow"]).await;
    }
    let before = app.get(&format!("{}{base}example/de", app.respondents)).await;
    for path in ["it", "xx", "DE", "de-CH", "de/", "de/x", "%00", ""] {
        origin.read(&format!("{base}example/{path}"), 404, Small, SPOKEN).await;
    }
    for path in ["/w/nix/example/en", "/w/%00/example/en"] {
        origin.read(path, 404, Small, SPOKEN).await;
    }
    origin.read(&format!("/w/{wave}"), 308, Nothing, &["location"]).await;
    origin.refuses(&NO_READ, &format!("/w/{wave}"), &["allow"]).await;

    origin.read(&format!("{base}close"), 200, Nothing, TYPE).await;
    origin.refuses(&NO_READ, &format!("{base}close"), &["allow"]).await;

    // What is not there, what is not there yet, and what is no name of a round.
    for path in
        ["/", "/nothing", "/favicon.ico", "/robots.txt", "/w", "/w/", "/w/nix", "/w/%00/", "/w/NIX/board", "/w/nix/", "/w/nix/manifest"]
    {
        let status = if path == "/w/nix" { 308 } else { 404 };
        let (policy, more) = if status == 308 { (Nothing, &["location"][..]) } else { (Small, SPOKEN) };
        origin.read(path, status, policy, more).await;
    }
    for path in [
        "board",
        "objections",
        "nothing",
        "client.js/",
        "words",
        "words/",
        "words/xx",
        "later/xx",
        "words/../round/",
        "../../etc/passwd",
        "%2e%2e/x",
        "box/",
        "quiet",
        "quiet/",
    ] {
        origin.read(&format!("{base}{path}"), 404, Small, SPOKEN).await;
    }
    for method in NO_READ {
        origin.look(method, "/", nothing(), 404, Small, SPOKEN).await;
        origin.look(method, "/nothing", nothing(), 404, Small, SPOKEN).await;
    }

    // The address that ends reminders.
    let secret = app.outbox.newest(usize::MAX).into_iter().find_map(|mail| {
        let (_, after) = mail.text.split_once(&format!("{base}quiet/"))?;
        Some(after.split_whitespace().next()?.trim_end_matches(['.', '>', ')']).to_owned())
    });
    let quiet = format!("{base}quiet/{}", secret.expect("no mail with the address"));
    let form = Some("application/x-www-form-urlencoded");
    origin.read(&quiet, 200, Form, SPOKEN).await;
    origin.read(&format!("{base}quiet/x"), 404, Small, SPOKEN).await;
    origin.look("POST", &quiet, Sent(form, b"a=b".to_vec()), 400, Form, SPOKEN).await;
    origin.look("POST", &quiet, Sent(form, vec![b'a'; 3 * REQUEST_SIZE]), 400, Form, SPOKEN).await;
    origin.look("POST", &quiet, Sent(form, b"List-Unsubscribe=One-Click".to_vec()), 200, Small, SPOKEN).await;
    origin.refuses(&["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"], &quiet, &["allow"]).await;

    // The box: every outcome that can be had.
    let address = format!("{base}box");
    let (hash, link) = parts(&app.links()["beta1"]);
    let respondent = Respondent::open(app.get(&format!("{}{base}manifest", app.respondents)).await.1, &hash).unwrap();
    let leaf = respondent.leaf_request(&link);
    let group = respondent.verify_leaf(&app.post_box(&wave, leaf.clone()).await.1).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![protocol::Answer::Point(4); 12], comments: vec![] };
    let prepared = respondent.prepare(&link, &group, &ballot, &mut rand::rng()).unwrap();
    let other = respondent.prepare(&link, &group, &ballot, &mut rand::rng()).unwrap();
    for (body, status) in [
        (leaf.clone(), 200),
        (prepared.issue_request(), 200),
        (other.issue_request(), 409),
        (vec![0; REQUEST_SIZE], 400),
        (vec![0; 7], 400),
        (vec![0; REQUEST_SIZE + 1], 413),
        (vec![0; 70_000], 413),
        (Request::Leaf { secret: protocol::LinkSecret::from_bytes([9; 10]) }.encode(), 403),
    ] {
        origin.look("POST", &address, boxed(body), status, Nothing, TYPE).await;
    }
    let redeem = prepared.redeem_request(&app.post_box(&wave, prepared.issue_request()).await.1).unwrap();
    origin.look("POST", &address, boxed(redeem.clone()), 200, Nothing, TYPE).await;
    origin.look("POST", &address, Sent(Some("text/plain"), leaf.clone()), 415, Nothing, TYPE).await;
    origin.look("POST", &address, nothing(), 415, Nothing, TYPE).await;
    origin.look("POST", "/w/nix/box", boxed(leaf.clone()), 404, Nothing, TYPE).await;
    origin.look("POST", "/w/%00/box", boxed(leaf.clone()), 404, Nothing, TYPE).await;
    origin.refuses(&["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"], &address, &["allow", "content-type"]).await;

    // Health, and a process that is about to end.
    for path in ["/health/live", "/health/ready"] {
        origin.read(path, 200, Nothing, TYPE).await;
        origin.refuses(&NO_READ, path, &["allow", "content-type"]).await;
    }

    // After the end.
    app.run_to_publication(&wave);
    for (path, more) in [("board", PUBLIC), ("objections", TYPE)] {
        origin.read(&format!("{base}{path}"), 200, Nothing, more).await;
        origin.refuses(&NO_READ, &format!("{base}{path}"), &["allow"]).await;
    }
    origin.read(&format!("{base}example/de"), 200, Example, PUBLIC).await;
    assert_eq!(app.get(&format!("{}{base}example/de", app.respondents)).await.1, before.1, "nothing of the result is in the example");
    let (_, handle) = team::handles(&app, &wave).pop_first().unwrap();
    let code = team::status(&app, &wave, &handle).await.read_code.unwrap();
    let result = format!("{base}team/{}", code.to_text());
    origin.read(&result, 200, Reading, &["content-type", "vary"]).await;
    origin.refuses(&NO_READ, &result, &["allow"]).await;
    origin.read(&format!("{base}team/x"), 404, Small, SPOKEN).await;
    origin.look("POST", &address, boxed(redeem), 410, Nothing, TYPE).await;
    origin.read(&quiet, 200, Small, SPOKEN).await;
    app.installation.vitals.drain();
    origin.read("/health/ready", 503, Nothing, &["content-type", "retry-after"]).await;
    origin.end(&[200, 308, 400, 403, 404, 405, 409, 410, 413, 415, 503]);
}

#[actix_web::test]
async fn so_do_the_answers_of_a_program_without_its_databases() {
    let place = Place::empty(engine());
    let (respondents, console) = (listener(), listener());
    let config = place.configure(&respondents, &console, "memory:");
    let installation = Installation::open(config.clone(), Arc::new(ManualClock::at(start_of_time()))).unwrap();
    let application = Application::build(&installation, respondents, console, Audience::Product).unwrap();
    let handles = application.handles();
    actix_web::rt::spawn(application.run());
    let mut origin = Looking::at(&config.respondents.url, "2026-q4");
    let wait = &["content-type", "retry-after"];
    let code = UnsubscribeSecret::from_bytes([9; 10]);
    let quiet = unsubscribe_address("", &WaveId::parse("2026-q4").unwrap(), &code);
    origin.read("/health/ready", 503, Nothing, wait).await;
    for path in ["/w/2026-q4/board", "/w/2026-q4/objections", &quiet] {
        origin.read(path, 503, Small, &["content-type", "retry-after", "vary"]).await;
    }
    origin.look("POST", "/w/2026-q4/box", boxed(vec![0; REQUEST_SIZE]), 500, Nothing, TYPE).await;
    for path in ["", "manifest", "client.js", "example/en"] {
        origin.read(&format!("/w/2026-q4/{path}"), 500, Nothing, &[]).await;
    }
    origin.end(&[500, 503]);
    for handle in handles {
        drop(handle.stop(false));
    }
}

/// What the framework refuses before any code of ours sees it: such an answer has a status and nothing else, no body and no name of a program.
#[actix_web::test]
async fn what_is_no_request_is_refused_without_a_word() {
    let app = TestApp::spawn().await;
    let address = app.respondents.strip_prefix("http://").unwrap().to_owned();
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X-Filler: abcdefghijklmnopqrstuvwxyz\r\n".repeat(4_000));
    for (sent, statuses) in [
        ("GET / HTTP/1.1\r\nBroken\r\n\r\n".to_owned(), &[400][..]),
        (format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(70_000)), &[400, 414]),
        (many, &[400, 431]),
        ("POST /w/a/box HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n".to_owned(), &[400]),
        ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), &[400]),
    ] {
        let address = address.clone();
        let answer = actix_web::web::block(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            // The server may hang up before it has read everything.
            let _ = stream.write_all(sent.as_bytes());
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8(answer).unwrap()
        })
        .await
        .unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        let mut lines = head.lines();
        let status: u16 = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        assert!(statuses.contains(&status), "{head}");
        assert_eq!(body, "", "{head}");
        for line in lines {
            let name = line.split(':').next().unwrap().to_lowercase();
            assert!(["content-length", "date", "connection"].contains(&&*name), "{line}");
        }
    }
}
