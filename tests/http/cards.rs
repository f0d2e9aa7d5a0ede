//! Printed code cards: people without mail are invited, answer once, are counted, and can look after the close; nobody else learns anything from a card.

use std::path::PathBuf;
use std::process::Command;

use candor::cards::{self, Prepared, Wanted};
use candor::lifecycle::{Refusal, delivery};
use candor::words::Words;
use candor::worker;
use domain::WaveId;
use protocol::wire::{Kind, Outcome, Request};
use protocol::{StatusHandle, wire};
use tempfile::TempDir;

use crate::harness::{TestApp, parts, staff};
use crate::place::walk;

/// Three of Alpha and one of Beta have no mailbox; two of Gamma share one.
fn without_mail() -> String {
    staff()
        .replace("language\n", "language,invited_by\n")
        .lines()
        .map(|line| match line.split(',').next() {
            Some("alpha0" | "alpha1" | "alpha2" | "beta0") => {
                line.replace(&format!("{}@example.org", line.split(',').next().unwrap()), "") + ","
            }
            Some("gamma0" | "gamma1") => line.replace("gamma0@", "desk@").replace("gamma1@", "desk@") + ",card",
            Some("person_id") => line.to_owned(),
            _ => line.to_owned() + ",",
        })
        .map(|line| line + "\n")
        .collect()
}

pub(crate) async fn launched() -> (TestApp, WaveId, TempDir) {
    let app = TestApp::spawn_empty().await;
    app.import(&without_mail());
    let wave = app.launch("2026-q4");
    (app, wave, TempDir::new().unwrap())
}

fn wanted(folder: &TempDir, name: &str) -> Wanted {
    Wanted { out: folder.path().join(name), ..Wanted::default() }
}

/// Makes all cards without names; the group and the links of each heap.
pub(crate) fn heaps(app: &TestApp, folder: &TempDir) -> (Vec<(String, Vec<String>)>, PathBuf) {
    let wanted = wanted(folder, "cards.pdf");
    let prepared = cards::prepare(&app.installation, &wanted).unwrap();
    let heaps = links(&prepared);
    prepared.write(&app.installation).unwrap();
    (heaps, wanted.out)
}

fn links(prepared: &Prepared) -> Vec<(String, Vec<String>)> {
    let heaps = prepared.document().heaps.iter();
    heaps.map(|heap| (heap.cover.title.clone(), heap.cards.iter().map(|card| card.link.clone()).collect())).collect()
}

fn refused(app: &TestApp, wanted: &Wanted) -> String {
    match cards::make(&app.installation, wanted) {
        Err(Refusal::Invalid(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// What the page learns from a link before anything is answered: whether it says "used".
async fn says_used(app: &TestApp, wave: &WaveId, link: &str) -> bool {
    let served = app.installation.ballot_side(wave).unwrap();
    let size = protocol::FrozenManifest::read(served.manifest).unwrap().manifest().response_size;
    let body = app.post_box(wave, Request::Leaf { secret: parts(link).1 }.encode()).await.1;
    match wire::Answer::parse(Kind::Leaf, &body, size).unwrap() {
        wire::Answer::Leaf(leaf) => leaf.used,
        other => panic!("{other:?}"),
    }
}

fn answered(answer: wire::Answer) -> Option<bool> {
    match answer {
        wire::Answer::Status(status) => Some(status.answered),
        _ => None,
    }
}

/// What the code of a card says when it is typed after the close.
async fn status(app: &TestApp, wave: &WaveId, link: &str) -> wire::Answer {
    let served = app.installation.ballot_side(wave).unwrap();
    let size = protocol::FrozenManifest::read(served.manifest).unwrap().manifest().response_size;
    let handle = StatusHandle::from_bytes(*parts(link).1.as_bytes());
    let body = app.post_box(wave, Request::Status { handle }.encode()).await.1;
    wire::Answer::parse(Kind::Status, &body, size).unwrap()
}

#[actix_web::test]
async fn a_card_counts_once_in_its_group_and_after_the_close_its_code_says_whether_it_was_used() {
    let (app, wave, folder) = launched().await;
    let mails = app.outbox.newest(usize::MAX);
    assert_eq!(mails.len(), 28 - 6, "the six get no mail");
    let sheet = protocol::FrozenManifest::read(app.installation.ballot_side(&wave).unwrap().manifest).unwrap();
    assert_eq!((sheet.manifest().invited, sheet.manifest().cards), (28, 6), "everybody reads how many cards there are");
    let (heaps, _) = heaps(&app, &folder);
    let sizes: Vec<(&str, usize)> = heaps.iter().map(|(group, links)| (group.as_str(), links.len())).collect();
    assert_eq!(sizes.iter().map(|(_, cards)| cards).sum::<usize>(), 6);
    let alpha = &heaps.iter().find(|(group, _)| group == "Alpha + Board").unwrap().1;
    assert_eq!(alpha.len(), 3);

    app.answer(&wave, &alpha[0], 6).await.unwrap();
    assert!(!says_used(&app, &wave, &alpha[0]).await, "whoever printed it must not be able to watch for its use");
    assert!(app.answer(&wave, &alpha[0], 2).await.is_err(), "a card counts once");
    assert_eq!(status(&app, &wave, &alpha[0]).await, wire::Answer::Refused(Outcome::UnknownLink), "nothing before the close");
    app.answer_as(&wave, |person| person.starts_with("alpha").then_some(5)).await;
    let linked = app.links()["alpha3"].clone();
    assert!(says_used(&app, &wave, &linked).await, "a mailed link still says so");

    worker::mail::send_all(&app.installation).unwrap();
    candor::lifecycle::remind::remind(&app.installation, &wave).unwrap();
    app.run_to_publication(&wave);
    assert!(app.outbox.newest(usize::MAX).iter().all(|mail| mail.to.contains('@')));
    let closing = app.outbox.newest(usize::MAX).iter().filter(|mail| mail.link.as_ref().is_some_and(|link| link.contains("#s"))).count();
    assert_eq!(closing, 28 - 6);
    assert_eq!(answered(status(&app, &wave, &alpha[0]).await), Some(true));
    assert_eq!(answered(status(&app, &wave, &alpha[1]).await), Some(false));
    assert!(app.answer(&wave, &alpha[1], 4).await.is_err(), "the round is over");
    let totals = app.installation.identity.totals(&wave).unwrap();
    assert_eq!((totals.invited, totals.issued), (28, 6), "one card and five links of Alpha");
}

#[actix_web::test]
async fn hr_reads_how_many_are_invited_by_card_and_still_without_one_and_nothing_of_who_answered() {
    let (app, wave, folder) = launched().await;
    let words = Words::english();
    let facts = || -> Vec<(String, String)> {
        let facts = delivery::mail_status(&app.installation, &wave).unwrap().facts;
        facts.iter().map(|(what, value)| (words.speak(what), words.value(value))).collect()
    };
    let card = |facts: Vec<(String, String)>| facts.into_iter().find(|(what, _)| what.contains("card")).unwrap().1;
    assert_eq!(facts()[0].1, "0 of 22");
    assert_eq!(card(facts()), "6 people, 6 of them without a card yet (candor cards)");
    let (heaps, _) = heaps(&app, &folder);
    assert_eq!(card(facts()), "6 people");
    let before = facts();
    for link in heaps.iter().flat_map(|(_, links)| links) {
        app.answer(&wave, link, 5).await.unwrap();
    }
    assert_eq!(facts(), before);
}

#[actix_web::test]
async fn cards_without_names_are_made_once_and_cards_with_names_again() {
    let (app, wave, folder) = launched().await;
    let alpha = Wanted { groups: vec!["alpha + board ".to_owned()], ..wanted(&folder, "alpha.pdf") };
    assert_eq!(cards::make(&app.installation, &alpha).unwrap().heaps, [("Alpha + Board".to_owned(), 3)]);
    assert!(refused(&app, &alpha).contains("exists already"));
    assert!(refused(&app, &Wanted { out: folder.path().join("b.pdf"), ..alpha.clone() }).contains("made before"));
    assert!(refused(&app, &Wanted { out: folder.path().join("b.pdf"), names: true, ..alpha }).contains("without names"));
    let unknown = Wanted { groups: vec!["Delta".to_owned()], ..wanted(&folder, "b.pdf") };
    assert!(refused(&app, &unknown).contains("These have: "), "{}", refused(&app, &unknown));

    let beta0 = domain::PersonId::parse("beta0").unwrap();
    let named = |name: &str| Wanted { names: true, people: vec![beta0.clone()], ..wanted(&folder, name) };
    let prepare = |name: &str| {
        let prepared = cards::prepare(&app.installation, &named(name)).unwrap();
        let card = prepared.document().heaps[0].cards[0].clone();
        prepared.write(&app.installation).unwrap();
        card
    };
    let (first, again) = (prepare("first.pdf"), prepare("again.pdf"));
    assert!(first.name.as_deref() == Some("Name beta0") && first.link != again.link);
    app.answer(&wave, &again.link, 5).await.unwrap();
    assert!(app.answer(&wave, &first.link, 5).await.is_err(), "both cards together count once");

    let rest = cards::make(&app.installation, &wanted(&folder, "rest.pdf"));
    assert!(rest.is_err(), "Beta has cards with names");
    assert!(walk(folder.path()).iter().all(|file| !file.to_string_lossy().ends_with(".partial")));
    app.run_to_publication(&wave);
    assert!(matches!(cards::make(&app.installation, &named("late.pdf")), Err(Refusal::Invalid(_))));
    let late = Wanted { wave: Some(wave), ..named("late.pdf") };
    assert!(matches!(cards::make(&app.installation, &late), Err(Refusal::WrongState { .. })));
}

#[actix_web::test]
async fn a_file_that_cannot_be_written_makes_no_cards() {
    let (app, wave, folder) = launched().await;
    let nowhere = Wanted { out: folder.path().join("missing").join("cards.pdf"), ..Wanted::default() };
    assert!(refused(&app, &nowhere).contains("could not be written"));
    assert_eq!(app.installation.identity.without_card(&wave).unwrap(), 6);
    heaps(&app, &folder);
}

#[actix_web::test]
async fn the_printed_text_is_what_the_page_understands() {
    let (app, wave, folder) = launched().await;
    let wanted = wanted(&folder, "cards.pdf");
    let prepared = cards::prepare(&app.installation, &wanted).unwrap();
    let printed: Vec<_> = prepared.document().heaps.iter().flat_map(|heap| heap.cards.clone()).collect();
    prepared.write(&app.installation).unwrap();
    for card in &printed {
        assert_eq!(protocol::LinkSecret::parse(&card.code).unwrap(), parts(&card.link).1);
        assert_eq!(card.address, format!("{}/w/{wave}", app.respondents));
    }
    // The program that reads PDFs aloud is not everywhere.
    let Ok(read) = Command::new("pdftotext").arg(&wanted.out).arg("-").output() else { return };
    let text = String::from_utf8(read.stdout).unwrap();
    for card in printed {
        assert!(text.contains(&card.code) && text.contains(&card.address), "{text}");
    }
}
