//! Pages say the same in every language: the same numbers, nothing left open, and no sentence in another language.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Language, UnitPath};
use protocol::CommentRule;
use release::reading::*;
use reports::Words;
use synthetic::{Chance, changed, organisation};

const OTHERS: [&str; 3] = ["de", "fr", "es"];

fn words(tag: &str) -> &'static Words {
    let words = Words::in_language(&Language::parse(tag).unwrap()).unwrap();
    assert_eq!(words.language().as_str(), tag);
    words
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

/// Everything that there is to read of invented rounds, in one language.
fn pages(tag: &str, waves: &[PastWave]) -> Vec<String> {
    let words = words(tag);
    let mut pages = vec![reports::organisation_page(words, waves, Some("/hide")).unwrap()];
    for report in read_blocks(waves).unwrap() {
        let own = latest(waves).groups.iter().filter(|leaf| report.labels.first() == Some(&leaf.label));
        let own = own.flat_map(|leaf| &leaf.teams).map(|team| team.label.clone()).collect();
        pages.push(reports::leader_section(words, latest(waves), &report, &own).unwrap());
        pages.push(reports::team_section(words, latest(waves), &report, &own).unwrap());
    }
    for unit in latest(waves).groups.iter().map(|leaf| &leaf.unit).collect::<BTreeSet<&UnitPath>>() {
        if let Ok(total) = read_total(waves, unit) {
            pages.push(reports::unit_section(words, latest(waves), &total).unwrap());
        }
    }
    pages
}

/// What is read: text, and what charts say; without the statements and names of the questionnaire and the organisation, which are not ours.
fn sentences(page: &str) -> BTreeSet<String> {
    let text = page.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text);
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| text.split(' ').count() > 3).collect()
}

/// How often which number stands in what is read. Rounds have numbers in their names, which count like any other.
fn numbers(page: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for text in page.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text) {
        // Quotation marks and apostrophes are escaped by their numbers.
        let text = text.replace("&#39;", "'").replace("&#34;", "\"");
        for number in text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()) {
            *found.entry(number.to_owned()).or_default() += 1;
        }
    }
    found
}

/// A page without what is drawn: how many drawings, axes and lines there are depends on how long the words of a language are. Drawings that say their numbers
/// keep these words; the others have the same numbers in a table beside them.
fn without_drawn(page: &str) -> String {
    let (first, rest) = page.split_once("<svg class=\"chart\"").unwrap_or((page, ""));
    let kept = rest.split("<svg class=\"chart\"").filter(|piece| !piece.is_empty()).map(|piece| {
        let (drawing, behind) = piece.split_once("</svg>").unwrap();
        let (words, _) = drawing.split_once("</desc>").unwrap();
        let (title, text) = words.split_once("<desc").unwrap();
        let (_, said) = text.split_once('>').unwrap();
        let says_numbers = said.contains(|c: char| c.is_ascii_digit());
        format!("{}{behind}", if says_numbers { format!("<svg{title}<desc{text}</desc></svg>") } else { String::new() })
    });
    std::iter::once(first.to_owned()).chain(kept).collect()
}

/// The attributes for programs, which know no language.
fn attributes(page: &str) -> Vec<&str> {
    let tags = page.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.filter(|tag| tag.contains(" data-role=")).collect()
}

/// Rounds with everything that pages can say: corrections and rules for comments besides what chance brings.
fn rounds(seed: u64) -> Vec<PastWave> {
    let mut waves = organisation(&mut Chance(seed));
    let last = waves.iter().rposition(|wave| matches!(wave, PastWave::Published(_))).unwrap();
    waves[last] = changed(&waves[last], |wave| {
        wave.manifest.comments = Some(CommentRule { min_respondents: 10, min_comments: 3 });
        let erratum = serde_json::json!({
            "format": "candor-notice/1", "wave": wave.release.wave, "manifest": "00".repeat(32), "number": 1, "day": "2026-12-09",
            "says": {"erratum": {"text": "Berichtigt."}},
        });
        wave.notices.push(serde_json::from_value(erratum).unwrap());
    });
    waves
}

#[test]
fn every_number_of_the_english_page_stands_on_the_others_and_so_does_every_attribute() {
    for seed in 0..10 {
        let waves = rounds(seed);
        let english = pages("en", &waves);
        for tag in OTHERS {
            for (english, other) in english.iter().zip(pages(tag, &waves)) {
                assert_eq!(attributes(english), attributes(&other), "{tag}, seed {seed}");
                // The day of a correction is written out: the number of its month goes into its name.
                let (mut wanted, mut found) = (numbers(&without_drawn(english)), numbers(&without_drawn(&other)));
                for number in ["12", "09", "9"] {
                    wanted.remove(number);
                    found.remove(number);
                }
                assert_eq!(wanted, found, "{tag}, seed {seed}");
            }
        }
    }
}

#[test]
fn nothing_is_left_open_and_nothing_is_said_in_english_on_the_other_pages() {
    let mut said = BTreeMap::<&str, BTreeSet<String>>::new();
    for seed in 0..22 {
        let waves = rounds(seed);
        for tag in ["en", "de", "fr", "es"] {
            for page in pages(tag, &waves) {
                assert!(!page.contains('{') && !page.contains('}') && !page.contains("\u{2068}"), "{tag}: {page}");
                said.entry(tag).or_default().extend(sentences(&page));
            }
        }
    }
    // The invented questionnaire has a dimension with an English name only, and the invented groups have English names.
    let english: BTreeSet<_> = said["en"].iter().filter(|text| !text.contains("My leader") && !text.starts_with("Team ")).collect();
    assert!(english.len() > 100, "{}", english.len());
    for tag in OTHERS {
        let same: Vec<_> = said[tag].iter().filter(|text| english.contains(text)).collect();
        assert!(same.is_empty(), "{tag}: {same:#?}");
    }
}
