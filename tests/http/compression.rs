//! What is public goes out compressed to whoever can read it, what is personal never, and the bytes that hashes are over are the same in every form.

use std::io::Read as _;

use awc::Client;
use flate2::read::GzDecoder;
use protocol::wire::{CONTENT_TYPE, REQUEST_SIZE, Request};

use crate::harness::{TestApp, parts};

/// What came over the wire.
struct Sent {
    coding: Option<String>,
    varies: Option<String>,
    bytes: Vec<u8>,
}

async fn get(url: &str, accepted: &str) -> Sent {
    let client = Client::builder().disable_redirects().finish();
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
    for path in ["", "%23v1.x", "client.js", "client.css", "manifest", "instrument", "groups", "board"] {
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
