//! The files of words say the same things in every language, and say what a new one lacks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Ids of a file, each with the names of its fillings.
fn texts(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut id = "";
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" = ").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            id = name;
            assert!(texts.insert(id, BTreeSet::new()).is_none(), "{id} stands twice");
        }
        let fillings = line.split('$').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
        if let Some(found) = texts.get_mut(id) {
            found.extend(fillings);
        }
    }
    texts
}

fn ids() -> Vec<&'static str> {
    Fixed::ALL.iter().map(|text| text.id()).chain(Filled::ALL.iter().map(|text| text.id())).collect()
}

/// What a file lacks, says beside, or fills in otherwise than the English one. A day is written as the language writes it.
fn faults(file: &str) -> Vec<String> {
    let (master, found) = (texts(FILES[0].1), texts(file));
    let missing = ids().into_iter().filter(|id| !found.contains_key(id)).map(|id| format!("{id} is missing"));
    let surplus = found.keys().filter(|id| !ids().contains(id)).map(|id| format!("{id} is not used"));
    let filled = found.iter().filter(|(id, _)| **id != "date").filter_map(|(id, fillings)| {
        let wanted = master.get(id)?;
        (wanted != fillings).then(|| format!("{id} fills in {fillings:?} instead of {wanted:?}"))
    });
    missing.chain(surplus).chain(filled).collect()
}

#[test]
fn every_language_has_every_text_and_none_too_many_and_fills_in_the_same_things() {
    let told = FILES.iter().flat_map(|(tag, file)| faults(file).into_iter().map(move |fault| format!("report.{tag}.ftl: {fault}")));
    let told: Vec<_> = told.collect();
    assert!(told.is_empty(), "{told:#?}");
    for (tag, file) in FILES {
        Words::read(tag, file).unwrap();
    }
}

#[test]
fn a_language_that_is_begun_is_told_everything_that_it_lacks() {
    let told = faults("round = runda\nround-named = Runda { $numer }\ncolour = czerwony\n");
    assert_eq!(told.iter().filter(|fault| fault.ends_with(" is missing")).count(), ids().len() - 2);
    assert_eq!(told[ids().len() - 2..], ["colour is not used", "round-named fills in {\"numer\"} instead of {\"round\"}"]);
    assert!(Words::read("pl", "round = runda\n").is_err());
}

#[test]
fn english_german_french_and_spanish_are_spoken_and_english_stands_in_for_the_others() {
    let tags: Vec<_> = FILES.iter().map(|(tag, _)| *tag).collect();
    assert_eq!(tags[0], "en");
    assert!(["de", "es", "fr"].iter().all(|tag| tags.contains(tag)), "{tags:?}");
    let spoken = |tag: &str| Words::in_language(&Language::parse(tag).unwrap()).unwrap().language().to_string();
    assert_eq!([spoken("fr"), spoken("it")], ["fr", "en"]);
}

#[test]
fn no_text_but_the_shortest_is_the_same_in_two_languages() {
    let said = |file: &'static str| -> BTreeMap<&str, &str> { file.lines().filter_map(|line| line.split_once(" = ")).collect() };
    let words = |text: &str| text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    let english = said(FILES[0].1);
    for (tag, file) in &FILES[1..] {
        for (id, text) in said(file).into_iter().filter(|(_, text)| words(text) > 2) {
            assert_ne!(Some(&text), english.get(id), "{tag}: {id}");
        }
    }
}

#[test]
fn no_text_uses_a_word_that_people_should_not_meet() {
    let of_the_workshop = [
        ("en", "ballot, ballots, box key, block, blocks, cell, cells, kappa, wave, waves, manifest, roster, token"),
        ("de", "stimmzettel, block, blöcke, zelle, zellen, kappa, welle, wellen, manifest, roster, token, rechenschaft, prozent"),
        ("fr", "bulletin, urne, bloc, blocs, cellule, cellules, kappa, vague, vagues, manifeste, jeton, reddition, pourcent"),
        ("es", "papeleta, urna, bloque, bloques, celda, celdas, kappa, oleada, oleadas, manifiesto, token, rendición, porcentaje"),
    ];
    for (tag, file) in FILES {
        let file: String = file.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(" ");
        assert!(!file.contains('%'), "{tag}");
        let said = file.to_lowercase().split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
        let said = format!(" {said} ");
        for word in of_the_workshop.iter().filter(|(of, _)| of == tag).flat_map(|(_, words)| words.split(", ")) {
            assert!(!said.contains(&format!(" {word} ")), "{tag}: {word}");
        }
    }
}

#[test]
fn french_and_spanish_are_set_as_their_printers_set_them() {
    let file = |tag: &str| FILES.iter().find(|(of, _)| *of == tag).unwrap().1;
    for line in file("fr").lines().filter(|line| !line.starts_with('#')) {
        let open = line.char_indices().any(|(at, c)| ";:!?»".contains(c) && !line[..at].ends_with('\u{202f}'));
        assert!(!open && !line.contains("« ") && !line.contains('\''), "{line}");
    }
    for line in file("es").lines() {
        let count = |wanted: char| line.chars().filter(|c| *c == wanted).count();
        assert_eq!((count('¿'), count('¡')), (count('?'), count('!')), "{line}");
    }
}

#[test]
fn a_day_is_written_as_the_language_writes_it() {
    let day = domain::Day::parse("2026-12-01").unwrap();
    let say = |tag: &str| Words::in_language(&Language::parse(tag).unwrap()).unwrap().date(day).unwrap();
    assert_eq!(
        [say("en"), say("de"), say("fr"), say("es")],
        ["2026-12-01", "1. Dezember 2026", "1er décembre 2026", "1 de diciembre de 2026"]
    );
}
