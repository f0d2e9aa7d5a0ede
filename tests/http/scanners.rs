//! Mail scanners, link previews and prefetching browsers read every address of a mail, often and under many names. Nothing may come of it.

use actix_web::http::Method;
use awc::Client;

use crate::harness::TestApp;

/// How scanners and browsers introduce themselves and what they ask for.
const VISITORS: &[&[(&str, &str)]] = &[
    &[("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36")],
    &[("User-Agent", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")],
    &[("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"), ("From", "googlebot(at)googlebot.com")],
    &[("User-Agent", "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"), ("Range", "bytes=0-32768")],
    &[("User-Agent", "Microsoft Office/16.0 (Microsoft Outlook 16.0; Pro)"), ("X-IDCRL_ACCEPTED", "t")],
    &[("User-Agent", "BarracudaCentral/1.0"), ("Accept", "*/*")],
    &[("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch")],
    &[("X-Moz", "prefetch"), ("If-None-Match", "*")],
    &[("Origin", "https://scanner.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type")],
    &[],
];

#[actix_web::test]
async fn any_number_of_reads_of_every_address_of_a_mail_changes_nothing_and_the_link_still_works() {
    let app = TestApp::spawn().await;
    let wave = app.launch("2026-q4");
    let link = app.links().remove("alpha0").unwrap();
    let (page, fragment) = link.split_once('#').unwrap();
    let mut addresses: Vec<String> = [
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
        "objections",
        "close",
        "box",
    ]
    .iter()
    .map(|what| format!("{page}{what}"))
    .collect();
    // Programs that keep the fragment send it escaped, or as a query.
    addresses.extend([page.trim_end_matches('/').to_owned(), format!("{page}%23{fragment}"), format!("{page}?{fragment}")]);
    for mail in app.outbox.newest(usize::MAX) {
        let raw = String::from_utf8_lossy(&mail.raw).into_owned();
        if let Some(header) = raw.split("\r\nList-Unsubscribe: ").nth(1) {
            let folded = header.split(['<', '>']).nth(1).unwrap().replace("\r\n ", "");
            addresses.push(folded);
            break;
        }
    }
    assert_eq!(addresses.len(), 17, "the mail offers an address that ends reminders");
    let before = app.place.content();
    let client = Client::builder().disable_redirects().finish();
    for address in &addresses {
        for round in 0..50 {
            for method in [Method::GET, Method::HEAD] {
                let mut request = client.request(method.clone(), address);
                for header in VISITORS[round % VISITORS.len()] {
                    request = request.insert_header(*header);
                }
                let response = request.send().await.unwrap();
                assert!(
                    response.status().as_u16() < 500 && response.cookies().unwrap().is_empty(),
                    "{method} {address}: {}",
                    response.status()
                );
            }
        }
        for headers in VISITORS {
            let mut request = client.request(Method::OPTIONS, address);
            for header in *headers {
                request = request.insert_header(*header);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 405, "OPTIONS {address}");
            assert!(response.headers().get("access-control-allow-origin").is_none());
        }
    }
    assert!(app.place.content() == before, "reading changed a database");
    app.answer(&wave, &link, 5).await.unwrap();
    assert!(app.place.content() != before, "the comparison sees an answer");
    let counts = (app.installation.identity.totals(&wave).unwrap().issued, app.installation.responses.spent().unwrap());
    assert_eq!(counts, (1, 1));
}
