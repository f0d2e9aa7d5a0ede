//! The table of a round says what its pages say, number by number, and no name in it can run as a formula.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{BlockId, Member};
use domain::{GroupId, UnitPath};
use release::reading::{PastWave, PublishedWave, read_blocks, read_total};
use reports::{Readable, Share, table};
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

/// What stands on the page of a part behind its scores.
const BEHIND: [Lines; 6] = [
    (
        "trend",
        "trend",
        &[("wave", "at"), ("kind", "seen"), ("low", "low"), ("high", "high"), ("points", "points"), ("reason", "hidden_because")],
    ),
    ("recent", "recent", &[("rounds", "at"), ("kind", "seen"), ("low", "low"), ("high", "high")]),
    (
        "statement",
        "statement",
        &[
            ("item", "statement"),
            ("low-level", "low_by_itself"),
            ("kind", "seen"),
            ("low", "low"),
            ("high", "high"),
            ("points", "points"),
            ("reason", "hidden_because"),
        ],
    ),
    ("quadrant", "quadrant", &[("kind", "seen")]),
    ("said-or-lived", "said-or-lived", &[("word", "verdict")]),
    ("suggestion", "suggestion", &[("kind", "seen"), ("item", "statement")]),
];

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

/// What a page says behind its scores: per kind of line the dimension and the values of its columns.
fn behind_of_page(html: &str) -> BTreeMap<&'static str, Vec<Vec<String>>> {
    let (mut found, mut dimension) = (BTreeMap::<_, Vec<_>>::new(), "");
    for tag in html.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        dimension = attribute(tag, "dimension").unwrap_or(dimension);
        let Some((_, kind, same)) = BEHIND.iter().find(|(role, ..)| attribute(tag, "role") == Some(*role)) else { continue };
        // Statements carry their own ids, the verdict and the two dimensions together are about the whole.
        let of = if ["trend", "recent"].contains(kind) { dimension } else { "" };
        let values = same.iter().map(|(name, _)| attribute(tag, name).unwrap_or_default());
        found.entry(*kind).or_default().push(std::iter::once(of).chain(values).map(str::to_owned).collect());
    }
    found.values_mut().for_each(|rows| rows.sort());
    found
}

fn behind_of_table(lines: &[&BTreeMap<String, String>]) -> BTreeMap<&'static str, Vec<Vec<String>>> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for line in lines {
        let Some((_, kind, same)) = BEHIND.iter().find(|(_, kind, _)| line["kind"] == *kind) else { continue };
        let of = if ["trend", "recent"].contains(kind) { line["dimension"].clone() } else { String::new() };
        found.entry(*kind).or_default().push(std::iter::once(of).chain(same.iter().map(|(_, column)| line[*column].clone())).collect());
    }
    found.values_mut().for_each(|rows| rows.sort());
    found
}

#[test]
fn what_a_page_says_behind_its_scores_stands_in_lines_of_its_own_and_nothing_beyond() {
    let mut seen = BTreeSet::new();
    for seed in 0..15 {
        let waves = organisation(&mut Chance(seed));
        let wave = latest(&waves);
        if wave.release.base.blocks.is_empty() {
            continue;
        }
        let (blocks, units) = (read_blocks(&waves).unwrap(), [UnitPath::organisation()]);
        let own: Vec<BlockId> = blocks.iter().map(|block| block.block).collect();
        let share = Share { blocks: &own, units: &units };
        let led = lines(&table(&waves, Readable::Led(share)).unwrap());
        let partner = lines(&table(&waves, Readable::Unit(share)).unwrap());
        let total = reports::unit_section(english(), wave, &read_total(&waves, &units[0]).unwrap()).unwrap();
        let of_all = |line: &&BTreeMap<String, String>| line["of"] == "organisation";
        assert_eq!(behind_of_table(&led.iter().filter(of_all).collect::<Vec<_>>()), behind_of_page(&total), "seed {seed}");
        let scores: Vec<_> = led.iter().filter(|line| line["kind"] == "group").collect();
        for (block, scores) in blocks.iter().zip(scores.chunks(wave.instrument.dimensions.len())) {
            let of_group = |line: &&BTreeMap<String, String>| {
                line["of"] == "group" && ["name", "unit"].iter().all(|column| line[*column] == scores[0][*column])
            };
            let mut expected = behind_of_page(&reports::leader_section(english(), wave, block, &BTreeSet::new()).unwrap());
            assert_eq!(behind_of_table(&led.iter().filter(of_group).collect::<Vec<_>>()), expected, "seed {seed}");
            seen.extend(expected.keys().copied());
            // A partner is suggested nothing, and reads no verdict of a single group.
            expected.retain(|kind, _| !["suggestion", "said-or-lived"].contains(kind));
            assert_eq!(behind_of_table(&partner.iter().filter(of_group).collect::<Vec<_>>()), expected, "seed {seed}");
        }
        let mut alone = 0;
        for line in lines(&table(&waves, Readable::All).unwrap()) {
            alone += usize::from(line["of"] == "group" && line["kind"] == "trend");
            assert!(line["kind"] != "suggestion", "seed {seed}: suggested to HR");
        }
        seen.extend((alone > 0).then_some("every group for HR"));
    }
    assert_eq!(seen.len(), BEHIND.len() + 1, "{seen:?}");
}

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
        let own = lines(&table(&waves, Readable::Led(Share { blocks: &[BlockId(0)], units: &[UnitPath::organisation()] })).unwrap());
        let of_hr = |line: &BTreeMap<String, String>| OVERVIEW.iter().any(|(_, kind, _)| line["kind"] == *kind);
        // Of the own group alone, as the own page says it.
        let own_verdict = |line: &BTreeMap<String, String>| line["kind"] == "said-or-lived" && line["of"] == "group";
        assert!(own.iter().all(|line| !of_hr(line) || own_verdict(line)), "seed {seed}");
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
    let own = lines(&table(&waves, Readable::Led(Share { blocks: &[BlockId(0)], units: &[] })).unwrap());
    assert!(!own.is_empty() && own.iter().all(|line| line["name"] == "East"));
    let with_unit = lines(&table(&waves, Readable::Led(Share { blocks: &[BlockId(0)], units: &[sales] })).unwrap());
    let whose = |line: &'_ BTreeMap<String, String>| {
        (if line["of"].is_empty() { line["kind"].clone() } else { line["of"].clone() }, line["name"].clone())
    };
    let names: BTreeSet<_> = with_unit.iter().map(whose).collect();
    assert_eq!(names, BTreeSet::from([("unit", "Sales"), ("group", "East")].map(|(of, name)| (of.to_owned(), name.to_owned()))));
    let partner = lines(&table(&waves, Readable::Unit(Share { blocks: &[BlockId(0)], units: &[] })).unwrap());
    let kinds = |lines: &[BTreeMap<String, String>]| lines.iter().map(|line| line["kind"].clone()).collect::<BTreeSet<_>>();
    let only_for_leaders: Vec<_> = kinds(&own).difference(&kinds(&partner)).cloned().collect();
    assert_eq!(only_for_leaders, ["suggestion"], "a form without pairs has no verdict");
}

#[test]
fn corrections_stand_before_everything_else() {
    let notice = serde_json::json!({
        "format": "candor-notice/1", "wave": "w1", "manifest": "00".repeat(32), "number": 1, "day": "2026-12-01",
        "says": {"erratum": {"text": "East and West\nwere confused."}},
    });
    let corrected = |wave: &PastWave| changed(wave, |wave| wave.notices.push(serde_json::from_value(notice.clone()).unwrap()));
    let waves: Vec<PastWave> = two_groups("East").iter().map(corrected).collect();
    for readable in [Readable::All, Readable::Led(Share { blocks: &[], units: &[] })] {
        let line = lines(&table(&waves, readable).unwrap()).remove(0);
        assert_eq!((line["kind"].as_str(), line["name"].as_str()), ("erratum", "Correction 1 of 2026-12-01: East and West were confused."));
    }
}
