#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Every sentence of the page that tells what was found, with findings of every kind.

use std::collections::BTreeSet;

use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::test::TestRequest;

use super::*;
use crate::laid_open::Sealed;
use crate::laid_open::shown::Shown;

fn person() -> Invited {
    Invited { id: "p1".to_owned(), name: "Ada Example".to_owned(), mail: "p1@example.org".to_owned(), group: 2, begun: Some(vec![7; 32]) }
}

fn sealed() -> Sealed {
    Sealed { number: "0a0b0c0d0e0f0a0b".to_owned(), text: "1122334455667788".to_owned(), length: 4144, nonce: vec![1; 32] }
}

fn looked(found: usize) -> Looked {
    Looked { values: 90, bytes: 12_345, found }
}

fn side() -> Side {
    let table = Shown { name: "team".to_owned(), rows: 1, columns: vec!["label".to_owned()], some: vec![vec!["Works <b>".to_owned()]] };
    Side { files: vec![("some.db".to_owned(), 4096)], rows: 1, tables: vec![table], empty: vec!["card".to_owned(), "mail_mark".to_owned()] }
}

/// Where nothing is wrong: all of one length, nothing in a wrong place, the key not asked for.
fn attacked() -> Attacked {
    let findings = Findings {
        group: "Works".to_owned(),
        answered: vec![person()],
        invited: vec![person()],
        sealed: vec![sealed()],
        pointed_at: Some(sealed()),
        shared: looked(0),
        lengths: BTreeSet::from([4144]),
        all: 9,
        log: Some(looked(0)),
        mails: looked(0),
        link: Some(looked(0)),
    };
    let ordinary = OrdinaryFindings { rows: vec![("Ada Example".to_owned(), Some((1, 5)))], found: Some(5), bytes: 8192 };
    let log = Some((vec!["the newest line".to_owned()], 3));
    let (key_file, sides) = ("/keys/2026-q4.boxkey".to_owned(), [side(), side()]);
    Attacked { said: 5, findings, ordinary, key: None, key_file, sides, log, searched: 24, mails: Vec::new() }
}

fn read(first: Answer) -> Read {
    Read { answers: vec![first, Answer::Blank, Answer::CannotSay], comments: vec!["More <i>time</i>.".to_owned()] }
}

fn opened(pointed_at: Option<Read>) -> Opened {
    Opened { opened: 9, of_group: vec![pointed_at.clone()], pointed_at, alike: 1, in_the_clear: looked(0) }
}

/// The page in a language, after `change`.
fn page(language: &str, change: impl FnOnce(&mut Attacked)) -> String {
    let request = TestRequest::get().uri("/laid-open").insert_header((ACCEPT_LANGUAGE, language)).to_http_request();
    let mut attacked = attacked();
    change(&mut attacked);
    LaidOpenPage { page: Speaking::of(&request), people: vec![person()], person: Some(person()), said: 5, attacked: Some(attacked) }
        .render()
        .unwrap()
}

/// What stands at an id, without marks.
fn at(page: &str, id: &str) -> String {
    let rest = page.split(&format!("id=\"{id}\">")).nth(1).unwrap_or_else(|| panic!("nothing at {id}: {page}"));
    let inner = rest.split("</p>").next().unwrap().split("</dd>").next().unwrap();
    inner.replace("<strong>", "").replace("</strong>", "")
}

#[test]
fn every_verdict_without_the_key_follows_what_was_found() {
    let good = page("en", |_| {});
    for (id, says) in [
        ("ordinary-found", "Found: Ada Example answered 5."),
        ("by-order", "Points at the sealed answers 0a0b0c0d0e0f0a0b…, perhaps rightly. They are 4144 bytes"),
        ("by-value", "None found. 90 values"),
        ("by-length", "All 9 sealed answers of the round have the same length, 4144 bytes."),
        ("by-log", "None found. 90 values were looked for in all 3 lines"),
        ("by-mail", "None found. 90 values that belong to sealed answers, the receipts among them, were looked for in the 24 mails"),
        ("by-link", "Not found: it stands in the mails to Ada Example"),
        ("here-found", "What Ada Example answered was not found. The order can tell"),
    ] {
        assert!(at(&good, id).starts_with(says), "{id}: {}", at(&good, id));
    }
    assert!(
        good.contains("name=\"key\" value=\"yes\"") && !good.contains("id=\"key-found\""),
        "the key is asked for by a button of its own"
    );

    let wrong = "Something was found that should not be there";
    type Otherwise = (&'static str, &'static str, fn(&mut Attacked), bool);
    let otherwise: [Otherwise; 11] = [
        ("by-value", "2 of 90 values", |a| a.findings.shared = looked(2), true),
        ("by-length", "The sealed answers have different lengths, in bytes: 400, 4144.", |a| _ = a.findings.lengths.insert(400), true),
        ("by-length", "There are no sealed answers.", |a| a.findings.lengths.clear(), false),
        ("by-log", "1 of 90 values stand in what the program has logged (lines: 3).", |a| a.findings.log = Some(looked(1)), true),
        ("by-log", "Not searched", |a| (a.findings.log, a.log) = (None, None), false),
        ("by-mail", "4 of 90 values that belong to sealed answers stand in the 24 mails", |a| a.findings.mails = looked(4), true),
        ("by-link", "Found outside the mails to Ada Example as well", |a| a.findings.link = Some(looked(1)), true),
        ("by-link", "Not searched", |a| a.findings.link = None, false),
        ("by-order", "Points at nothing.", |a| a.findings.pointed_at = None, false),
        ("ordinary-found", "Missed: the attack points at the answer 3, and you said 5.", |a| a.ordinary.found = Some(3), false),
        ("ordinary-found", "Nothing was found.", |a| a.ordinary.found = None, false),
    ];
    for (id, says, change, is_wrong) in otherwise {
        let page = page("en", change);
        assert!(at(&page, id).starts_with(says), "{id}: {}", at(&page, id));
        assert_eq!(at(&page, "here-found").starts_with(wrong), is_wrong, "{says}");
    }
}

#[test]
fn every_verdict_with_the_key_follows_what_was_opened() {
    let with = |turned: Turned| page("en", |attacked| attacked.key = Some(turned));
    let found = with(Turned::Opened(opened(Some(read(Answer::Point(5))))));
    assert!(at(&found, "key-opened").starts_with("9 of 9 sealed answers of the round were opened."));
    assert_eq!(
        at(&found, "key-found"),
        "Found: the sealed answers 0a0b0c0d0e0f0a0b…, at which the order points for Ada Example, say 5 to the first statement. That is what you said."
    );
    assert!(at(&found, "key-alike").starts_with("Of the sealed answers of this group (1) so many say 5 to the first statement: 1."));
    assert!(at(&found, "key-clear").starts_with("None of the opened answers stands anywhere unsealed: 90 of them"));
    assert!(found.contains("<td>5 – ?</td>") && found.contains("<q>More &#60;i&#62;time"), "{found}");
    assert!(!found.contains("name=\"key\""), "it was used already");

    for (answer, says) in [(Answer::Point(2), "say 2 to"), (Answer::Blank, "say no answer to"), (Answer::CannotSay, "say cannot say to")] {
        let missed = at(&with(Turned::Opened(opened(Some(read(answer))))), "key-found");
        assert!(missed.starts_with("Not found: ") && missed.contains(says) && missed.contains("you said 5"), "{missed}");
    }
    let unread = with(Turned::Opened(opened(None)));
    assert!(at(&unread, "key-found").ends_with("at which the order points, do not open."), "{}", at(&unread, "key-found"));
    let nowhere = page("en", |attacked| {
        attacked.findings.pointed_at = None;
        attacked.key = Some(Turned::Opened(opened(None)));
    });
    assert!(at(&nowhere, "key-found").starts_with("Not found: the sealed answers of the group (1) can be read, and nothing points"));
    let clear = with(Turned::Opened(Opened { in_the_clear: looked(3), ..opened(Some(read(Answer::Point(5)))) }));
    assert!(at(&clear, "key-clear").starts_with("3 of 90 opened answers stand somewhere unsealed"));
    for (turned, says) in [
        (Turned::Absent, "there is no key of this round on this disk."),
        (Turned::Locked, "the key lies under a passphrase, and the passphrase is not on this disk."),
        (Turned::Unusable, "the file of the key, or the promise sheet of the round, cannot be read."),
    ] {
        let page = with(turned);
        assert_eq!(at(&page, "key-found"), format!("Nothing was opened: {says}"));
        assert!(!page.contains("id=\"key-opened\"") && !page.contains("id=\"key-clear\""), "{says}");
    }
}

#[test]
fn the_page_shows_tables_log_and_mails_as_they_are_and_says_the_same_in_german() {
    let english = page("en", |_| {});
    assert!(
        english.contains("Works &#60;b&#62;") && english.contains("<code>card, mail_mark</code>") && english.contains("the newest line")
    );
    assert!(english.contains("The log: 3 lines") && english.contains("<code>team</code>, 1 row</h3>"), "{english}");
    let german = page("de", |attacked| attacked.key = Some(Turned::Opened(opened(Some(read(Answer::CannotSay))))));
    assert!(at(&german, "here-found").starts_with("Was Ada Example geantwortet hat, wurde nicht gefunden."));
    assert!(at(&german, "key-found").contains("sagen kann ich nicht sagen zur ersten Aussage"), "{}", at(&german, "key-found"));
    let german = page("de", |attacked| attacked.findings.shared = looked(1));
    assert!(at(&german, "here-found").starts_with("Etwas wurde gefunden, das dort nicht stehen sollte"));
    let one_line = page("en", |attacked| attacked.log = Some((Vec::new(), 1)));
    assert!(
        at(&one_line, "by-log").starts_with("None found. 90 values were looked for in the one line that"),
        "{}",
        at(&one_line, "by-log")
    );
    let unlogged = page("en", |attacked| attacked.log = None);
    assert!(!unlogged.contains("The log:"));
}
