//! The table of a round says what its pages say, number by number, and no name in it can run as a formula.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{BlockId, Member};
use domain::{GroupId, UnitPath};
use release::reading::{PastWave, PublishedWave, read_blocks, read_total};
use reports::{Readable, table};
use synthetic::{Chance, Group, HandBlock, changed, organisation, pulse, wave};

/// What is said about one dimension of one group, unit or organisation, by column.
type Said = BTreeMap<&'static str, String>;

fn english() -> &'static reports::Words {
    reports::Words::english().unwrap()
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

fn lines(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv).deserialize().map(Result::unwrap).collect()
}

/// The line's numbers and words, without the empty ones.
fn of_line(line: &BTreeMap<String, String>) -> Said {
    SAME.iter().filter(|(_, _, column)| !line[*column].is_empty()).map(|(.., column)| (*column, line[*column].clone())).collect()
}

/// Role and attribute on a page, and the column with the same value.
const SAME: [(&str, &str, &str); 19] = [
    ("participation", "from", "answers_from"),
    ("participation", "to", "answers_to"),
    ("participation", "rate-low", "rate_from"),
    ("participation", "rate-high", "rate_to"),
    ("covers", "low", "covers_from"),
    ("covers", "high", "covers_to"),
    ("score", "kind", "seen"),
    ("score", "low", "low"),
    ("score", "high", "high"),
    ("score", "points", "points"),
    ("score", "reason", "hidden_because"),
    ("comparison", "since", "since"),
    ("comparison", "reason", "not_compared_because"),
    ("change", "word", "change"),
    ("change", "points", "difference"),
    ("change", "low", "difference_low"),
    ("change", "high", "difference_high"),
    ("change", "at-least", "difference_at_least"),
    ("detectable", "points", "detectable"),
];

fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    tag.split_once(&format!(" data-{name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

/// What a section says about each dimension. What it says about the whole it says about each.
fn of_section(html: &str) -> BTreeMap<String, Said> {
    let (mut whole, mut dimensions, mut dimension) = (Said::new(), BTreeMap::<String, Said>::new(), None);
    for tag in html.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        dimension = match (tag.starts_with('/'), attribute(tag, "dimension")) {
            (_, Some(found)) => Some(found),
            (true, None) if ["/article", "/li"].contains(&tag) => None,
            _ => dimension,
        };
        let Some(role) = attribute(tag, "role") else { continue };
        let said = dimension.map_or(&mut whole, |dimension| dimensions.entry(dimension.to_owned()).or_default());
        for (of_role, name, column) in SAME {
            if let (true, Some(value)) = (of_role == role, attribute(tag, name)) {
                said.insert(column, value.to_owned());
            }
        }
        if attribute(tag, "kind") == Some("first-wave") {
            said.insert("not_compared_because", "first-wave".to_owned());
        }
    }
    dimensions.values_mut().for_each(|said| said.extend(whole.clone()));
    dimensions
}

#[test]
fn every_number_of_the_table_stands_on_the_pages_and_none_is_missing() {
    let mut kinds = BTreeSet::new();
    for seed in 0..60 {
        let waves = organisation(&mut Chance(seed));
        let wave = latest(&waves);
        let mut expected = Vec::new();
        let mut add = |kind: &'static str, html: String| {
            kinds.insert(kind);
            let said = of_section(&html);
            expected.extend(wave.instrument.dimensions.iter().map(|dimension| (kind, said[dimension.id.as_str()].clone())));
        };
        let written = lines(&table(&waves, Readable::All).unwrap());
        let units: BTreeSet<&str> = written.iter().filter(|line| line["kind"] == "unit").map(|line| line["name"].as_str()).collect();
        if !wave.release.base.blocks.is_empty() {
            add("organisation", reports::unit_section(english(), wave, &read_total(&waves, &UnitPath::organisation()).unwrap()).unwrap());
        }
        for unit in units {
            let unit = synthetic::path(&unit.split(" / ").collect::<Vec<_>>());
            add("unit", reports::unit_section(english(), wave, &read_total(&waves, &unit).unwrap()).unwrap());
        }
        for block in read_blocks(&waves).unwrap() {
            add("group", reports::leader_section(english(), wave, &block, &BTreeSet::new()).unwrap());
        }
        let of_parts = written.iter().filter(|line| ["organisation", "unit", "group"].contains(&line["kind"].as_str()));
        let written: Vec<_> = of_parts.map(|line| (line["kind"].clone(), of_line(line))).collect();
        assert_eq!(written.len(), expected.len(), "seed {seed}");
        for (written, (kind, said)) in written.iter().zip(&expected) {
            assert_eq!((written.0.as_str(), &written.1), (*kind, said), "seed {seed}");
        }
    }
    assert_eq!(kinds, BTreeSet::from(["organisation", "unit", "group"]));
}

/// A role on the page, the kind of line with the same content, and per attribute the column with the same value.
type Lines = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const OVERVIEW: [Lines; 5] = [
    (
        "conversation",
        "conversation",
        &[("word", "change"), ("points", "difference"), ("low", "difference_low"), ("high", "difference_high")],
    ),
    ("course", "course", &[("kind", "seen"), ("since", "since"), ("rounds", "rounds"), ("word", "change"), ("points", "difference")]),
    ("differences", "differences", &[("kind", "seen"), ("hundredths", "share"), ("low", "share_low"), ("high", "share_high")]),
    ("map", "estimate", &[("low", "low"), ("high", "high"), ("weight", "own_weight")]),
    ("said-or-lived", "said-or-lived", &[("word", "verdict")]),
];

#[test]
fn what_hr_reads_of_the_whole_stands_in_lines_of_its_own_and_in_no_file_of_a_leader() {
    let mut seen = BTreeSet::new();
    for seed in 0..60 {
        let waves = organisation(&mut Chance(seed));
        let page = reports::organisation_page(english(), &waves, None).unwrap();
        let tags: Vec<&str> = page.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag).collect();
        let written = lines(&table(&waves, Readable::All).unwrap());
        for (role, kind, same) in OVERVIEW {
            let of_page: Vec<Vec<&str>> = tags
                .iter()
                .filter(|tag| attribute(tag, "role") == Some(role) && (role != "map" || attribute(tag, "kind") == Some(kind)))
                .map(|tag| same.iter().map(|(name, _)| attribute(tag, name).unwrap_or_default()).collect())
                .collect();
            let of_table: Vec<Vec<&str>> = written
                .iter()
                .filter(|line| line["kind"] == kind)
                .map(|line| same.iter().map(|(_, column)| line[*column].as_str()).collect())
                .collect();
            if role == "map" {
                // The map stands in the order of units and names, and shows a score on one side of a bound as such.
                assert!(of_page.iter().all(|cell| of_table.contains(cell)), "seed {seed}: {of_page:?} {of_table:?}");
                assert!(of_page.len() <= of_table.len() && of_page.is_empty() == of_table.is_empty(), "seed {seed}");
            } else {
                assert_eq!(of_table, of_page, "seed {seed}: {kind}");
            }
            seen.extend((!of_page.is_empty()).then_some(kind));
        }
        let own = lines(&table(&waves, Readable::Only { blocks: &[BlockId(0)], units: &[UnitPath::organisation()] }).unwrap());
        assert!(own.iter().all(|line| OVERVIEW.iter().all(|(_, kind, _)| line["kind"] != *kind)), "seed {seed}");
    }
    assert!(["conversation", "course", "differences", "estimate"].iter().all(|kind| seen.contains(kind)), "{seen:?}");
}

#[test]
fn the_same_round_gives_the_same_bytes() {
    let waves = organisation(&mut Chance(7));
    assert_eq!(table(&waves, Readable::All).unwrap(), table(&waves, Readable::All).unwrap());
}

fn two_groups(first: &str) -> Vec<PastWave> {
    let instrument = pulse();
    let groups = [Group::new(first, &["Sales"], 12, &[]), Group::new("West, \"far\"", &["Sales"], 12, &[])];
    let block = |group| {
        let sums = instrument.items.iter().map(|_| Some((8, 24))).collect();
        HandBlock { members: vec![Member::Group(GroupId(group))], n: 8, sums }
    };
    vec![wave("w1", &instrument, &groups, vec![block(0), block(1)], None)]
}

#[test]
fn a_name_that_looks_like_a_formula_is_written_as_text() {
    for name in ["=HYPERLINK(1)", "+1", "-1", "@SUM"] {
        let csv = table(&two_groups(name), Readable::All).unwrap();
        let names: BTreeSet<_> = lines(&csv).into_iter().map(|line| line["name"].clone()).collect();
        assert_eq!(names, BTreeSet::from([String::new(), "Sales".to_owned(), format!("'{name}"), "West, \"far\"".to_owned()]));
    }
}

#[test]
fn a_leader_gets_their_own_groups_and_sub_totals_only() {
    let waves = two_groups("East");
    let sales = synthetic::path(&["Sales"]);
    let own = lines(&table(&waves, Readable::Only { blocks: &[BlockId(0)], units: &[] }).unwrap());
    assert!(!own.is_empty() && own.iter().all(|line| line["name"] == "East"));
    let with_unit = lines(&table(&waves, Readable::Only { blocks: &[BlockId(0)], units: &[sales] }).unwrap());
    let names: BTreeSet<_> = with_unit.iter().map(|line| (line["kind"].as_str(), line["name"].as_str())).collect();
    assert_eq!(names, BTreeSet::from([("unit", "Sales"), ("group", "East")]));
}

#[test]
fn corrections_stand_before_everything_else() {
    let notice = serde_json::json!({
        "format": "candor-notice/1", "wave": "w1", "manifest": "00".repeat(32), "number": 1, "day": "2026-12-01",
        "says": {"erratum": {"text": "East and West\nwere confused."}},
    });
    let corrected = |wave: &PastWave| changed(wave, |wave| wave.notices.push(serde_json::from_value(notice.clone()).unwrap()));
    let waves: Vec<PastWave> = two_groups("East").iter().map(corrected).collect();
    for readable in [Readable::All, Readable::Only { blocks: &[], units: &[] }] {
        let line = lines(&table(&waves, readable).unwrap()).remove(0);
        assert_eq!((line["kind"].as_str(), line["name"].as_str()), ("erratum", "Correction 1 of 2026-12-01: East and West were confused."));
    }
}
