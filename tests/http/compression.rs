//! What is public goes out compressed to whoever can read it, what is personal never, and the bytes that hashes are over are the same in every form.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

use awc::Client;
use flate2::read::GzDecoder;
use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE, Request};
use responses::{ClientFiles, NewWave};
use secrecy::SecretSlice;

use crate::harness::{TestApp, parts};

/// What came over the wire.
struct Sent {
    coding: Option<String>,
    varies: Option<String>,
    bytes: Vec<u8>,
}

async fn get(url: &str, accepted: &str) -> Sent {
    let client = Client::builder().disable_redirects().timeout(Duration::from_secs(30)).finish();
    let mut answer = client.get(url).no_decompress().insert_header(("Accept-Encoding", accepted)).send().await.unwrap();
    let said = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (coding, varies) = (said("content-encoding"), said("vary"));
    Sent { coding, varies, bytes: answer.body().limit(8 << 20).await.unwrap().to_vec() }
}

#[actix_web::test]
async fn what_is_public_is_the_same_in_every_form_and_smaller_when_compressed() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let link = app.links().remove("alpha0").unwrap();
    app.answer(&wave, &link, 4).await.unwrap();
    app.run_to_publication(&wave);
    for path in ["", "%23v1.x", "client.js", "client.css", "words/de", "later/de", "round", "manifest", "instrument", "groups", "board"] {
        let url = format!("{}/w/{wave}/{path}", app.respondents);
        let plain = get(&url, "identity").await;
        assert_eq!((plain.coding.as_deref(), plain.varies.as_deref()), (None, Some("Accept-Encoding")), "{path}");
        for _ in 0..2 {
            let gzip = get(&url, "gzip, deflate").await;
            assert_eq!((gzip.coding.as_deref(), gzip.varies.as_deref()), (Some("gzip"), Some("Accept-Encoding")), "{path}");
            let mut back = Vec::new();
            GzDecoder::new(&*gzip.bytes).read_to_end(&mut back).unwrap();
            assert_eq!(back, plain.bytes, "{path}");
            let brotli = get(&url, "gzip, deflate, br, zstd").await;
            assert_eq!((brotli.coding.as_deref(), brotli.varies.as_deref()), (Some("br"), Some("Accept-Encoding")), "{path}");
            let mut back = Vec::new();
            brotli::BrotliDecompress(&mut &*brotli.bytes, &mut back).unwrap();
            assert_eq!(back, plain.bytes, "{path}");
            assert!(gzip.bytes.len() < plain.bytes.len() && brotli.bytes.len() < plain.bytes.len(), "{path}");
        }
    }
}

#[actix_web::test]
async fn what_is_personal_is_never_compressed() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let base = format!("{}/w/{wave}/", app.respondents);
    let mail = app.outbox.newest(usize::MAX).into_iter().find(|mail| mail.text.contains("/quiet/")).unwrap();
    let (_, code) = mail.text.split_once("/quiet/").unwrap();
    let code = code.split_whitespace().next().unwrap().trim_end_matches(['.', '>', ')']);
    for path in [format!("quiet/{code}"), "quiet/x".to_owned(), "box".to_owned(), "nothing".to_owned(), "objections".to_owned()] {
        let answer = get(&format!("{base}{path}"), "br, gzip").await;
        assert_eq!(answer.coding, None, "{path}");
    }
    let client = Client::builder().finish();
    let mut sizes = Vec::new();
    let known = Request::Leaf { secret: parts(&app.links()["alpha0"]).1 }.encode();
    for body in [known, vec![0; REQUEST_SIZE]] {
        let request = client.post(format!("{base}box")).no_decompress().insert_header(("Accept-Encoding", "br, gzip"));
        let mut answer = request.content_type(CONTENT_TYPE).send_body(body).await.unwrap();
        assert!(answer.headers().get("content-encoding").is_none() && answer.headers().get("vary").is_none());
        sizes.push(answer.body().await.unwrap().len());
    }
    assert_eq!(sizes[0], sizes[1], "an answer of the box has one size");
}

/// The most that the page, its program and the words of one language may take, compressed as gzip, in bytes.
const PAGE: usize = 60 * 1024;

/// That a browser asks for these five things and for nothing else is what the tests in tests/browser see.
#[actix_web::test]
#[allow(clippy::print_stdout)]
async fn the_page_stays_within_60_kib_in_every_language() {
    let app = TestApp::spawn().await;
    let wave = app.launch_with_comments("2026-q4");
    let base = format!("{}/w/{wave}/", app.respondents);
    let leaf = Request::Leaf { secret: parts(&app.links()["alpha0"]).1 }.encode();
    let (_, group) = app.post_box(&wave, leaf).await;
    let page = get(&base, "gzip").await;
    let shell = String::from_utf8(app.get(&base).await.1).unwrap();
    let (_, languages) = shell.split_once("data-languages=\"").unwrap();
    let languages: Vec<&str> = languages.split('"').next().unwrap().split(' ').collect();
    assert!(languages.len() >= 4, "{languages:?}");
    for language in languages {
        let mut visit = vec![("page with its style", page.bytes.len())];
        for (what, path) in [("program", "client.js".to_owned()), ("words", format!("words/{language}")), ("round", "round".to_owned())] {
            let answer = get(&format!("{base}{path}"), "gzip").await;
            assert_eq!(answer.coding.as_deref(), Some("gzip"), "{path}");
            visit.push((what, answer.bytes.len()));
        }
        visit.push(("own group", group.len()));
        let sum = |parts: &[(&str, usize)]| parts.iter().map(|(_, bytes)| bytes).sum::<usize>();
        let (page, all) = (sum(&visit[..3]), sum(&visit));
        println!("first visit, {language}: page, program and words {page} of {PAGE} bytes; with round and group {all}: {visit:?}");
        assert!(page <= PAGE, "the page in {language} takes {page} bytes: {visit:?}");
    }
}

/// The two parts of `round` are the bytes that the auditors' addresses serve, so that the hashes are over the same.
#[actix_web::test]
async fn the_round_is_the_promise_sheet_and_the_questionnaire_byte_for_byte() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let read = async |what: &str| app.get(&format!("{}/w/{wave}/{what}", app.respondents)).await.1;
    let (manifest, instrument) = (read("manifest").await, read("instrument").await);
    let length = u32::try_from(manifest.len()).unwrap().to_be_bytes();
    assert_eq!(read("round").await, [&length[..], &manifest, &instrument].concat());
}

/// An earlier version linked the stylesheet and put all words into the program; the round that it launched keeps its page until the end.
#[actix_web::test]
async fn a_round_that_an_earlier_version_launched_is_served_as_it_was() {
    let (now, earlier) = (TestApp::spawn().await, TestApp::spawn_empty().await);
    let wave = now.launch("2026-q4");
    let served = now.installation.responses.wave(&wave).unwrap().unwrap();
    let page = b"<!doctype html><link rel=\"stylesheet\" href=\"client.css\"><script defer src=\"client.js\"></script>".to_vec();
    let client = ClientFiles { page, js: b"'program with words'".to_vec(), css: b"main { margin: 0 }".to_vec(), words: BTreeMap::new() };
    let key = || SecretSlice::from(vec![7; 32]);
    let stored = NewWave {
        wave: wave.clone(),
        manifest: served.manifest.clone(),
        groups: served.groups,
        instrument: served.instrument.clone(),
        client: client.clone(),
        credential_key: key(),
        board_key: key(),
        notices_key: key(),
    };
    earlier.installation.responses.launch(&stored).unwrap();
    let base = format!("{}/w/{wave}/", earlier.respondents);
    for (path, bytes) in [
        ("", &client.page),
        ("client.js", &client.js),
        ("client.css", &client.css),
        ("manifest", &served.manifest),
        ("instrument", &served.instrument),
    ] {
        assert_eq!(earlier.get(&format!("{base}{path}")).await, (200, bytes.clone()), "{path}");
    }
    for path in ["words/en", "later/en"] {
        assert_eq!(earlier.get(&format!("{base}{path}")).await.0, 404, "{path}");
    }
    let answer = Client::default().get(&base).send().await.unwrap();
    let policy = answer.headers().get("content-security-policy").unwrap().to_str().unwrap().to_owned();
    assert!(policy.contains("style-src 'self';"), "{policy}");
}
