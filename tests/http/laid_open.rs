//! Copies of both sides' files, as the demo lays them open, what attacks on one person's answers find in them, and what the page says of it.

use std::time::{Duration, Instant};

use awc::Client;
use candor::installation::Installation;
use candor::laid_open::key::{Key, Opened};
use candor::laid_open::{Evidence, Invited, Looked};
use candor::lifecycle::key_file::KeyFolder;
use candor::mail::transport::CapturedMail;
use data_encoding::{BASE64URL, HEXLOWER};
use domain::WaveId;
use identity::{LaidOpen, Value};
use protocol::{Answer, Ballot, Level};
use test_postgres::Engine;

use crate::demo::Demo;
use crate::harness::{TestApp, answer_at};
use crate::place::engine;

fn copies(installation: &Installation) -> [LaidOpen; 2] {
    installation.laid_open().unwrap().unwrap()
}

fn evidence(app: &TestApp) -> Evidence {
    Evidence::new(copies(&app.installation), Some(Vec::new()), app.outbox.newest(usize::MAX))
}

fn person(evidence: &Evidence, id: &str) -> Invited {
    evidence.invited().into_iter().find(|person| person.id == id).unwrap()
}

fn opened(app: &TestApp, evidence: &Evidence, person: &Invited) -> Opened {
    let Key::Open(key) = Key::of(&app.installation.keys, evidence.running()) else { panic!("the key lies there") };
    evidence.open_with(&key, &evidence.attack(person)).unwrap()
}

/// Five people of one group, in an order of their own, and what they answer.
const ARRIVED: [(&str, u8); 5] = [("alpha3", 1), ("alpha0", 2), ("alpha4", 3), ("alpha1", 4), ("alpha2", 5)];

/// One after another, so that each has a commit of its own: the worst case for the order.
async fn answered(app: &TestApp) -> WaveId {
    let wave = app.launch("2026-q4");
    let links = app.links();
    for (id, point) in ARRIVED {
        app.answer(&wave, &links[id], point).await.unwrap();
    }
    wave
}

#[actix_web::test]
async fn the_files_of_a_running_round_point_at_sealed_answers_at_most_and_the_key_opens_them() {
    let app = TestApp::spawn().await;
    if engine() == Engine::Postgres {
        assert!(app.installation.laid_open().unwrap().is_none(), "a server's files are elsewhere");
        return;
    }
    assert!(evidence(&app).invited().is_empty(), "no round runs yet");
    answered(&app).await;
    let evidence = evidence(&app);
    assert!(!person(&evidence, "beta1").answered());
    for (place, (id, point)) in ARRIVED.into_iter().enumerate() {
        let person = person(&evidence, id);
        assert!(person.answered());
        let findings = evidence.attack(&person);
        let order: Vec<&str> = findings.answered.iter().map(|other| other.id.as_str()).collect();
        assert_eq!(order, ARRIVED.map(|(id, _)| id), "the attack reads the order of arrival, else it shows nothing");
        assert_eq!((findings.sealed.len(), findings.pointed_at.as_ref()), (ARRIVED.len(), findings.sealed.get(place)));
        assert_eq!(findings.lengths.iter().collect::<Vec<_>>(), [&4144]);
        assert!(findings.holds());
        let enough = |looked: Looked, values: usize, bytes: usize| {
            assert!(looked.found == 0 && looked.values >= values && looked.bytes >= bytes, "{looked:?}");
        };
        // Three values and two of the receipt for each of the answers, and more than one for each of those who were invited.
        enough(findings.shared, 5 * 5 + 31, 100_000);
        enough(findings.mails, 5 * 5, 10_000);
        enough(findings.log.unwrap(), 5 * 5 + 31 + 2, 0);
        enough(findings.link.unwrap(), 3, 100_000);
        assert_eq!(findings.group, "Alpha + Board");

        let opened = opened(&app, &evidence, &person);
        let read = opened.pointed_at.unwrap();
        assert_eq!((read.answers, read.comments), (vec![Answer::Point(point); 12], Vec::new()), "{id}: the order and the key find it");
        assert_eq!((opened.opened, opened.of_group.len(), opened.alike), (5, 5, 1));
        enough(opened.in_the_clear, 5, 100_000);
    }
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(matches!(Key::of(&KeyFolder::new(elsewhere.path().to_owned()), evidence.running()), Key::Absent));
    assert!(matches!(Key::of(&app.installation.keys, None), Key::Absent));
}

#[actix_web::test]
async fn the_searches_find_what_is_put_where_it_should_not_be() {
    if engine() == Engine::Postgres {
        return;
    }
    let app = TestApp::spawn().await;
    answered(&app).await;
    let [people, ballots] = copies(&app.installation);
    let of_ballot = |column: &str| ballots.table("ballot").unwrap().columns([column]).next().unwrap()[0].bytes().unwrap().to_vec();
    let (nonce, sealed) = (of_ballot("nonce"), of_ballot("ct"));
    let mails = app.outbox.newest(usize::MAX);
    let attack = |people: &LaidOpen, ballots: &LaidOpen, log: &[&str], mails| {
        let log = log.iter().map(|line| (*line).to_owned()).collect();
        let evidence = Evidence::new([people.clone(), ballots.clone()], Some(log), mails);
        evidence.attack(&person(&evidence, "alpha0"))
    };

    let mut flawed = people.clone();
    flawed.files[0].1.extend(&nonce);
    let found = attack(&flawed, &ballots, &[], mails.clone());
    assert_eq!((found.shared.found, found.holds()), (1, false), "a value of one side in a file of the other");

    let line = format!("2026-11-22T10:00:00Z INFO took {}", HEXLOWER.encode(&nonce));
    let found = attack(&people, &ballots, &["a harmless line", &line], mails.clone());
    assert_eq!((found.log.unwrap().found, found.holds()), (1, false), "a random number in the log");
    let found = attack(&people, &ballots, &["alpha0@example.org has come", "Name alpha0"], mails.clone());
    assert_eq!((found.log.unwrap().found, found.holds()), (2, false), "name and address in the log");

    let text = format!("Thank you. {}", BASE64URL.encode(&sealed));
    let link = None;
    let mail = |to: &str, text: String| {
        let [to, from, subject, html] = [to, "survey@example.org", "Thank you", ""].map(str::to_owned);
        std::sync::Arc::new(CapturedMail { number: 1_000_000, to, from, subject, text, html, link: link.clone(), raw: Vec::new() })
    };
    let found = attack(&people, &ballots, &[], [mails.clone(), vec![mail("Name alpha0 <alpha0@example.org>", text)]].concat());
    assert_eq!((found.mails.found, found.holds()), (1, false), "sealed answers in a mail");

    let code = app.links()["alpha0"].rsplit('.').next().unwrap().to_owned();
    let found = attack(&people, &ballots, &[], [mails.clone(), vec![mail("Name alpha1 <alpha1@example.org>", code)]].concat());
    assert_eq!((found.link.unwrap().found, found.holds()), (1, false), "the code of a link in a mail to somebody else");

    let mut flawed = ballots.clone();
    let table = flawed.tables.iter_mut().find(|filled| filled.table.name == "ballot").unwrap();
    let column = table.table.columns.iter().position(|column| column.name == "ct").unwrap();
    table.rows[0][column] = Value::Bytes(vec![3; 900]);
    let found = attack(&people, &flawed, &[], mails.clone());
    assert_eq!((found.lengths.len(), found.holds()), (2, false), "sealed answers of another length");

    let mut flawed = people.clone();
    let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(2); 12], comments: Vec::new() };
    flawed.files[0].1.extend(&ballot.encode().unwrap().as_slice()[..16]);
    let evidence = Evidence::new([flawed, ballots], None, mails);
    let opened = opened(&app, &evidence, &person(&evidence, "alpha0"));
    assert_eq!(opened.in_the_clear.found, 1, "an answer as it was before it was sealed");
}

/// What stands at an id of a page, without marks.
fn at(page: &str, id: &str) -> String {
    let rest = page.split(&format!("id=\"{id}\">")).nth(1).unwrap_or_else(|| panic!("nothing at {id}: {page}"));
    let inner = rest.split("</p>").next().unwrap().split("</dd>").next().unwrap();
    inner.replace("<strong>", "").replace("</strong>", "")
}

#[actix_web::test]
async fn the_page_says_so_when_a_flaw_holds_both_sides_together() {
    if engine() == Engine::Postgres {
        return;
    }
    let app = TestApp::spawn_demo().await;
    answered(&app).await;
    let page = async |query: &str| {
        let (status, body) = app.get(&format!("{}/laid-open{query}", app.console)).await;
        assert_eq!(status, 200);
        String::from_utf8(body).unwrap()
    };
    let silent = page("?person=beta1&said=4&key=yes").await;
    assert!(silent.contains("No answer of Name beta1 has arrived yet.") && !silent.contains("id=\"here-found\""), "{silent}");
    let good = page("?person=alpha4&said=3").await;
    assert!(at(&good, "ordinary-found").starts_with("Found: Name alpha4 answered 3."));
    assert!(at(&good, "by-value").starts_with("None found. "));
    assert!(at(&good, "by-log").starts_with("Not searched: "), "nobody keeps the log of the tests");
    assert!(at(&good, "here-found").starts_with("What Name alpha4 answered was not found."));

    let [_, ballots] = copies(&app.installation);
    let nonce = ballots.table("ballot").unwrap().columns(["nonce"]).next().unwrap()[0].bytes().unwrap().to_vec();
    app.place.tamper(0, &format!("UPDATE link_secret SET hash = x'{}' WHERE person = 'alpha4'", HEXLOWER.encode(&nonce)));
    let flawed = page("?person=alpha4&said=3").await;
    // The hash stands among the answers, and the random number among the people.
    assert!(at(&flawed, "by-value").starts_with("2 of "), "{}", at(&flawed, "by-value"));
    assert!(at(&flawed, "here-found").starts_with("Something was found that should not be there"));
}

#[actix_web::test]
async fn a_visitor_of_the_demo_is_found_in_an_ordinary_survey_and_here_with_the_key_alone() {
    let demo = Demo::start();
    let console = demo.installation().config.console.url.clone();
    let client = Client::builder().timeout(Duration::from_secs(60)).finish();
    let read = async |path: &str, language: &str| {
        let started = Instant::now();
        let request =
            client.get(format!("{console}{path}")).insert_header(("Accept", "text/html")).insert_header(("Accept-Language", language));
        let mut response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200, "{path}");
        let body = response.body().limit(8 << 20).await.unwrap();
        (String::from_utf8(body.to_vec()).unwrap(), started.elapsed())
    };
    // As a visitor does: a captured mail, its link, an answer.
    let (mails, _) = read("/mails", "en").await;
    let number = mails.split("href=\"/mails/").nth(1).unwrap().split('"').next().unwrap();
    let (mail, _) = read(&format!("/mails/{number}"), "en").await;
    let link = mail.split("href=\"").map(|rest| rest.split('"').next().unwrap()).find(|link| link.contains("/#v2.")).unwrap();
    let link = link.replace("&#38;", "&").replace("&#35;", "#");
    let (origin, rest) = link.split_once("/w/").unwrap();
    let wave = WaveId::parse(rest.split('/').next().unwrap()).unwrap();
    let id = mail.split_once("@northwind.example").unwrap().0.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap();
    let mut answers = vec![Answer::Point(6); 12];
    answers[1] = Answer::Point(2);
    answers[2] = Answer::CannotSay;
    let ballot = Ballot { level: Level::Group, answers, comments: Vec::new() };
    answer_at(origin, &wave, &link, &ballot).await.unwrap();

    let (page, took) = read(&format!("/laid-open?person={id}&said=6"), "en").await;
    assert!(took < Duration::from_secs(20), "{took:?}");
    let begins = |page: &str, id: &str, says: &str| assert!(at(page, id).starts_with(says), "{id}: {}", at(page, id));
    begins(&page, "ordinary-found", "Found: ");
    assert!(at(&page, "ordinary-found").contains(" answered 6."));
    begins(&page, "by-order", "Points at the sealed answers ");
    begins(&page, "by-value", "None found. ");
    begins(&page, "by-length", "All ");
    assert!(at(&page, "by-length").contains(" the same length, 4144 bytes."));
    begins(&page, "by-log", "None found. ");
    let searched = at(&page, "by-log");
    assert!(!searched.contains("all 0 lines") && page.contains("the demo is ready to be answered"), "a log that is kept: {searched}");
    begins(&page, "by-mail", "None found. ");
    begins(&page, "by-link", "Not found: ");
    begins(&page, "here-found", "What ");
    assert!(at(&page, "here-found").contains(" answered was not found."));
    for shown in ["<code>wave_person</code>", "<code>ballot</code>", id] {
        assert!(page.contains(shown), "{shown} is laid open");
    }
    // The mail speaks the language of whoever got it.
    let code = ["Your code", "Ihr Code", "Dein Code", "Votre code", "Ton code", "Su código", "Tu código"];
    assert!(code.iter().any(|label| page.contains(label)), "the mail is laid open");
    assert!(!page.contains("id=\"key-found\""));

    let (page, took) = read(&format!("/laid-open?person={id}&said=6&key=yes"), "en").await;
    assert!(took < Duration::from_secs(20), "{took:?}");
    begins(&page, "here-found", "What ");
    begins(&page, "key-found", "Found: the sealed answers ");
    assert!(at(&page, "key-found").contains("say 6 to the first statement. That is what you said."));
    assert!(page.contains("<td>6 2 ? 6 6 6 6 6 6 6 6 6</td>"), "all answers, beside a name");
    begins(&page, "key-clear", "None of the opened answers stands anywhere unsealed: ");
    let opened = at(&page, "key-opened");
    let (opened, all) = opened.split_once(" of ").unwrap();
    assert!(all.starts_with(&format!("{opened} sealed answers")) && opened.parse::<usize>().unwrap() > 100, "{opened} of {all}");

    // The verdicts are found, not told: whoever says something else reads that it does not fit, and the ordinary survey repeats what was said there.
    let (page, _) = read(&format!("/laid-open?person={id}&said=3&key=yes"), "en").await;
    assert!(at(&page, "ordinary-found").contains(" answered 3."));
    begins(&page, "key-found", "Not found: ");
    assert!(at(&page, "key-found").contains("say 6 to the first statement, and you said 3."));
    let (page, _) = read(&format!("/laid-open?person={id}&said=6&key=yes"), "de").await;
    begins(&page, "here-found", "Was ");
    begins(&page, "key-found", "Gefunden: ");
}
