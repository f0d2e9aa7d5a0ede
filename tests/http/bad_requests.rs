//! Everything that can be wrong with a request to the respondents' origin: a clear answer of fixed size, nothing stored, nothing consumed.

use awc::Client;
use domain::WaveId;
use protocol::wire::{CONTENT_TYPE, Outcome, REQUEST_SIZE, Request};
use protocol::{Ballot, BallotMac, BlindedElement, Level, LinkSecret, Respondent, SealedBallot, StatusHandle};
use rand::{RngExt, SeedableRng};

use crate::harness::{TestApp, parts};

/// Counts that must not move.
fn counts(app: &TestApp, wave: &WaveId) -> (u32, u32) {
    (app.installation.identity.totals(wave).unwrap().issued, app.installation.responses.spent().unwrap())
}

async fn response_size(app: &TestApp, wave: &WaveId, link: &str) -> usize {
    let (hash, _) = parts(link);
    let respondent = Respondent::open(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1, &hash).unwrap();
    respondent.manifest().manifest().response_size as usize
}

#[actix_web::test]
async fn every_malformed_request_gets_an_answer_of_the_one_size_and_consumes_nothing() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let link = app.links().remove("alpha0").unwrap();
    let size = response_size(&app, &wave, &link).await;
    let secret = parts(&link).1;
    let good = Request::Leaf { secret: secret.clone() }.encode();
    let with = |at: usize, byte: u8| {
        let mut body = good.clone();
        body[at] = byte;
        body
    };
    let bodies = [
        (Vec::new(), 400, "empty"),
        (good[..100].to_vec(), 400, "truncated"),
        ([good.clone(), vec![0]].concat(), 413, "one byte too long"),
        (vec![0; 100_000], 413, "far too long"),
        (with(0, 2), 400, "another version"),
        (with(1, 9), 400, "another kind"),
        (with(REQUEST_SIZE - 1, 1), 400, "something behind the payload"),
        (Request::Leaf { secret: LinkSecret::from_bytes([9; 10]) }.encode(), 403, "a link that nobody has"),
        (Request::Status { handle: StatusHandle::from_bytes([9; 10]) }.encode(), 403, "a handle that nobody has"),
        (Request::Issue { secret: secret.clone(), blinded: BlindedElement([0; 32]) }.encode(), 400, "the identity element"),
        (Request::Issue { secret: secret.clone(), blinded: BlindedElement([0xff; 32]) }.encode(), 400, "no element at all"),
    ];
    for (body, status, what) in bodies {
        let (got, answer) = app.post_box(&wave, body).await;
        assert_eq!((got, answer.len()), (status, size), "{what}");
        assert_ne!(answer[1], 0, "{what}");
    }
    assert_eq!(counts(&app, &wave), (0, 0));
    app.answer(&wave, &link, 5).await.unwrap();
    assert_eq!(counts(&app, &wave), (1, 1));
}

#[actix_web::test]
async fn other_methods_and_content_types_are_refused_in_the_same_size() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let link = app.links().remove("alpha0").unwrap();
    let size = response_size(&app, &wave, &link).await;
    let url = format!("{}/w/{wave}/box", app.respondents);
    let body = Request::Leaf { secret: parts(&link).1 }.encode();
    let client = Client::default();
    for (sent, status) in [
        (client.get(&url).send_body(body.clone()).await, 405),
        (client.put(&url).content_type(CONTENT_TYPE).send_body(body.clone()).await, 405),
        (client.delete(&url).send().await, 405),
        (client.post(&url).send_body(body.clone()).await, 415),
        (client.post(&url).content_type("application/json").send_body(body.clone()).await, 415),
        (client.post(&url).content_type("application/octet-stream; charset=utf-8").send_body(body.clone()).await, 415),
    ] {
        let mut response = sent.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.body().limit(1 << 20).await.unwrap().len(), size);
    }
    for path in ["", "manifest", "instrument", "groups", "round", "client.js", "client.css", "words/en", "later/en"] {
        let response = client.post(format!("{}/w/{wave}/{path}", app.respondents)).send_body("x").await.unwrap();
        assert_eq!(response.status().as_u16(), 405, "{path}");
    }
    assert_eq!(counts(&app, &wave), (0, 0));
}

#[actix_web::test]
async fn random_bytes_never_store_anything_and_never_break_the_server() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let mut random = rand::rngs::StdRng::seed_from_u64(7);
    for round in 0..60 {
        let length = if round % 2 == 0 { REQUEST_SIZE } else { random.random_range(0..9_000) };
        let mut body: Vec<u8> = (0..length).map(|_| random.random()).collect();
        if length > 2 && round % 4 == 0 {
            body[..2].copy_from_slice(&[1, 1 + (round / 4 % 4) as u8]);
        }
        let (status, _) = app.post_box(&wave, body).await;
        assert!((400..500).contains(&status), "{status}");
    }
    assert_eq!(counts(&app, &wave), (0, 0));
    assert_eq!(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.0, 200);
    assert_eq!(app.get(&format!("{}/w/{wave}", app.respondents)).await.0, 308);
}

#[actix_web::test]
async fn an_unknown_round_is_answered_in_a_fixed_size_whatever_its_name() {
    let app = TestApp::spawn().await;
    for name in ["nowhere", "UPPER", "%00", "..", "a%2Fb", "%F0%9F%92%A9"] {
        let url = format!("{}/w/{name}/box", app.respondents);
        let mut response = Client::default().post(&url).content_type(CONTENT_TYPE).send_body(vec![0; REQUEST_SIZE]).await.unwrap();
        assert_eq!(response.status().as_u16(), 404, "{name}");
        // `..` and an encoded slash are other addresses before they are names.
        if !matches!(name, ".." | "a%2Fb") {
            assert_eq!(response.body().await.unwrap().len(), 4_096, "{name}");
        }
    }
}

#[actix_web::test]
async fn a_ballot_with_another_group_mac_or_text_is_refused_and_the_right_one_still_counts() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let link = app.links().remove("beta1").unwrap();
    let (hash, secret) = parts(&link);
    let respondent = Respondent::open(app.get(&format!("{}/w/{wave}/manifest", app.respondents)).await.1, &hash).unwrap();
    let group = respondent.verify_leaf(&app.post_box(&wave, respondent.leaf_request(&secret)).await.1).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![protocol::Answer::Point(4); 12], comments: vec![] };
    let prepared = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    let issued = app.post_box(&wave, prepared.issue_request()).await.1;
    let redeem = prepared.redeem_request(&issued).unwrap();
    let Request::Redeem(cast) = Request::parse(&redeem).unwrap() else { panic!("no redeem request") };
    let mut other_group = cast.clone();
    other_group.group.0 = (cast.group.0 + 1) % respondent.manifest().manifest().groups;
    let mut no_group = cast.clone();
    no_group.group.0 = 4_000_000;
    let mut other_mac = cast.clone();
    other_mac.mac = BallotMac([7; 32]);
    let mut other_text = cast.clone();
    let mut bytes = cast.ct.as_slice().to_vec();
    bytes[100] ^= 1;
    other_text.ct = SealedBallot::try_from(bytes.as_slice()).unwrap();
    for wrong in [other_group, no_group, other_mac, other_text] {
        let (status, answer) = app.post_box(&wave, Request::Redeem(wrong).encode()).await;
        assert_eq!((status, answer[1]), (403, Outcome::WrongCredential.to_byte()));
    }
    assert_eq!(counts(&app, &wave), (1, 0));
    // Issue and redeem are idempotent: the same request again gets the same answer.
    let again = app.post_box(&wave, prepared.issue_request()).await;
    assert_eq!(again.0, 200);
    let first = app.post_box(&wave, redeem.clone()).await;
    let second = app.post_box(&wave, redeem).await;
    assert_eq!(first, second);
    prepared.receipt(&second.1).unwrap();
    assert_eq!(counts(&app, &wave), (1, 1));
    // Another blinded element on the same link is another device: refused, nothing more issued.
    let other = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    let (status, answer) = app.post_box(&wave, other.issue_request()).await;
    assert_eq!((status, answer[1]), (409, Outcome::AlreadyIssued.to_byte()));
    assert_eq!(counts(&app, &wave), (1, 1));
}

#[actix_web::test]
async fn a_link_of_an_earlier_round_is_unknown_in_the_next() {
    let app = TestApp::spawn().await;
    let first = app.launch("2026-q3");
    let old = app.links();
    app.answer_as(&first, |_| Some(4)).await;
    app.run_to_publication(&first);
    app.outbox.clear();
    let second = app.launch("2026-q4");
    let (_, secret) = parts(&old["alpha0"]);
    let (status, answer) = app.post_box(&second, Request::Leaf { secret: secret.clone() }.encode()).await;
    assert_eq!((status, answer[1]), (403, Outcome::UnknownLink.to_byte()));
    let (status, answer) = app.post_box(&first, Request::Leaf { secret }.encode()).await;
    assert!(matches!((status, answer[1]), (410 | 403, 2 | 4)), "{status} {}", answer[1]);
    assert_eq!(counts(&app, &second), (0, 0));
}

#[actix_web::test]
async fn get_and_head_change_nothing_and_no_answer_sets_a_cookie() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let before = app.place.content();
    let client = Client::default();
    for path in [
        "",
        "manifest",
        "instrument",
        "groups",
        "round",
        "client.js",
        "client.css",
        "words/en",
        "later/en",
        "board",
        "box",
        "%23v1.x.y",
        "nothing",
        "../../etc/passwd",
    ] {
        for response in [
            client.get(format!("{}/w/{wave}/{path}", app.respondents)).send().await.unwrap(),
            client.head(format!("{}/w/{wave}/{path}", app.respondents)).send().await.unwrap(),
        ] {
            assert!(response.headers().get("set-cookie").is_none());
            assert_eq!(response.headers().get("referrer-policy").unwrap(), "no-referrer");
            assert_eq!(response.headers().get("cache-control").unwrap(), "no-store");
        }
    }
    assert!(before == app.place.content(), "a database was changed");
}
