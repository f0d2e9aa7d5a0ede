//! Files to take along say what the pages say: the workbook, the file for programs, and paper.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use disclosure::{BlockId, Member};
use domain::{GroupId, Language, UnitPath};
use protocol::CommentRule;
use protocol::manifest::{MANIFEST_FORMAT, Mode, Texts};
use release::reading::{PastWave, PublishedWave, read_blocks};
use reports::{Posted, Readable, Share, Words};
use serde_json::Value;
use synthetic::{Chance, Group, HandBlock, changed, organisation, pulse, wave};

const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];
/// Some of the invented organisations; the pages themselves are tested with many.
const SEEDS: std::ops::Range<u64> = 0..12;

fn words(tag: &str) -> &'static Words {
    Words::in_language(&Language::parse(tag).unwrap()).unwrap()
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/candor-results-1.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn json(waves: &[PastWave], readable: Readable<'_>) -> Value {
    serde_json::from_slice(&reports::results(waves, readable).unwrap()).unwrap()
}

/// The lines of the table that are about scores, by column.
fn table(waves: &[PastWave]) -> Vec<std::collections::BTreeMap<String, String>> {
    let csv = reports::table(waves, Readable::All).unwrap();
    let lines = csv::Reader::from_reader(csv.as_slice()).into_deserialize().map(Result::unwrap);
    lines
        .filter(|line: &std::collections::BTreeMap<String, String>| ["organisation", "unit", "group"].contains(&line["kind"].as_str()))
        .collect()
}

#[test]
fn the_file_for_programs_keeps_its_schema_and_says_the_numbers_of_the_table() {
    let schema = schema();
    for seed in SEEDS {
        let waves = organisation(&mut Chance(seed));
        let file = json(&waves, Readable::All);
        let faults: Vec<String> = schema.iter_errors(&file).map(|fault| format!("{fault} at {}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}");
        let number = |value: &Value| if value.is_null() { String::new() } else { value.to_string().replace('"', "") };
        let mut said = Vec::new();
        for result in file["results"].as_array().unwrap() {
            for score in result["scores"].as_array().unwrap() {
                let (seen, difference) = (&score["seen"], &score["change"]["difference"]);
                said.push(
                    [
                        &result["kind"],
                        &result["answers"]["from"],
                        &result["answers"]["to"],
                        &result["rate"]["low"],
                        &result["covers"]["high"],
                        &score["dimension"],
                        &seen["kind"],
                        &seen["low"],
                        &seen["high"],
                        &seen["points"],
                        &seen["reason"],
                        &result["comparison"]["since"],
                        &score["change"]["word"],
                        &difference["points"],
                        &difference["high"],
                        &score["change"]["detectable"],
                    ]
                    .map(number),
                );
            }
        }
        let columns = [
            "kind",
            "answers_from",
            "answers_to",
            "rate_from",
            "covers_to",
            "dimension",
            "seen",
            "low",
            "high",
            "points",
            "hidden_because",
            "since",
            "change",
            "difference",
            "difference_high",
            "detectable",
        ];
        let written: Vec<_> = table(&waves).iter().map(|line| columns.map(|column| line[column].clone())).collect();
        assert_eq!(said, written, "seed {seed}");
        assert_eq!(reports::results(&waves, Readable::All).unwrap(), reports::results(&waves, Readable::All).unwrap());
    }
}

#[test]
fn a_schema_that_is_broken_is_found_out() {
    let mut file = json(&organisation(&mut Chance(1)), Readable::All);
    file["results"][0]["scores"][0]["seen"] = serde_json::json!({"kind": "between", "low": 12.5, "high": 60});
    assert!(!schema().is_valid(&file));
}

#[test]
fn the_file_of_a_leader_holds_their_groups_and_no_name_of_another() {
    let waves = named("East");
    let file = json(&waves, Readable::Led(Share { blocks: &[BlockId(0)], units: &[UnitPath::organisation()] }));
    assert!(schema().is_valid(&file) && file.get("overview").is_none());
    assert!(!file.to_string().contains("West"), "{file}");
}

/// Two rounds of two groups, compared group by group.
fn named(first: &str) -> Vec<PastWave> {
    let instrument = pulse();
    let round = |id: &str, sum: u64, before: &[Vec<(u32, domain::SameShare)>; 2]| {
        let groups = [Group::new(first, &["Sales"], 12, &before[0]), Group::new("West", &["Sales"], 12, &before[1])];
        let block = |group| {
            let sums = instrument.items.iter().map(|_| Some((8, sum))).collect();
            HandBlock { members: vec![Member::Group(GroupId(group))], n: 8, sums }
        };
        wave(id, &instrument, &groups, vec![block(0), block(1)], None)
    };
    let same = domain::SameShare::ThreeQuartersOrMore;
    vec![round("w1", 24, &[vec![], vec![]]), round("w2", 30, &[vec![(0, same)], vec![(1, same)]])]
}

type Book = Xlsx<Cursor<Vec<u8>>>;

fn workbook(tag: &str, waves: &[PastWave], readable: Readable<'_>) -> Book {
    Xlsx::new(Cursor::new(reports::workbook(words(tag), waves, readable).unwrap())).unwrap()
}

/// The rows of a sheet without its heading: numbers as texts, empty fields as empty texts.
fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).unwrap();
    range
        .rows()
        .skip(1)
        .map(|row| row.iter().map(|cell| if let Data::Empty = cell { String::new() } else { cell.to_string() }).collect())
        .collect()
}

#[test]
fn the_workbook_says_the_numbers_of_the_table_as_numbers_and_holds_no_formula() {
    for seed in SEEDS {
        let waves = organisation(&mut Chance(seed));
        let mut book = workbook("en", &waves, Readable::All);
        assert_eq!(book.sheet_names()[..2], ["Read me first", "Results"]);
        let read = rows(&mut book, "Results");
        let expected: Vec<[String; 13]> = table(&waves)
            .iter()
            .map(|line| {
                let of = |column: &str| line[column].clone();
                let (low, high) = match line["seen"].as_str() {
                    "at-least" => (of("points"), String::new()),
                    "at-most" => (String::new(), of("points")),
                    _ => (of("low"), of("high")),
                };
                let ends = line["difference_at_least"] == "false";
                let end = |column: &str| if ends { of(column) } else { String::new() };
                [
                    of("answers_from"),
                    of("answers_to"),
                    of("rate_from"),
                    of("rate_to"),
                    of("covers_from"),
                    of("covers_to"),
                    low,
                    high,
                    of("since"),
                    of("difference"),
                    end("difference_low"),
                    end("difference_high"),
                    of("detectable"),
                ]
            })
            .collect();
        let found: Vec<[String; 13]> =
            read.iter().map(|row| [3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 18].map(|place: usize| row[place].clone())).collect();
        assert_eq!(found, expected, "seed {seed}");
        for sheet in book.sheet_names() {
            assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "{sheet}");
            let range = book.worksheet_range(&sheet).unwrap();
            let typed = |cell: &Data| match cell {
                Data::String(text) => text.parse::<f64>().is_err(),
                Data::Float(_) | Data::Int(_) | Data::DateTime(_) => true,
                _ => false,
            };
            assert!(range.used_cells().all(|(_, _, cell)| typed(cell)), "{sheet}");
        }
        let again = |tag: &str| reports::workbook(words(tag), &waves, Readable::All).unwrap();
        assert_eq!(again("de"), again("de"));
    }
}

/// The lines of a table of one kind, each as the values of some columns.
fn lines_of(csv: &[u8], kind: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let lines = csv::Reader::from_reader(csv).into_deserialize().map(Result::unwrap);
    let of_kind = lines.filter(|line: &std::collections::BTreeMap<String, String>| line["kind"] == kind);
    of_kind.map(|line| columns.iter().map(|column| line[*column].clone()).collect()).collect()
}

#[test]
fn rounds_statements_and_suggestions_are_the_same_in_the_workbook_in_the_table_and_for_programs() {
    let (mut seen, schema) = (BTreeSet::new(), schema());
    for seed in SEEDS {
        let waves = organisation(&mut Chance(seed));
        let blocks: Vec<BlockId> = latest(&waves).release.base.blocks.iter().map(|block| block.id).collect();
        for readable in [Readable::All, Readable::Led(Share { blocks: &blocks, units: &[UnitPath::organisation()] })] {
            let (csv, file) = (reports::table(&waves, readable).unwrap(), json(&waves, readable));
            assert!(schema.is_valid(&file), "seed {seed}");
            let mut book = workbook("en", &waves, readable);
            let has = |book: &Book, sheet: &str| book.sheet_names().contains(&sheet.to_owned());
            let (mut statements, mut together, mut suggestions) = (Vec::new(), Vec::new(), Vec::new());
            let text = |value: &Value| if value.is_null() { String::new() } else { value.to_string().replace('"', "") };
            for result in file["results"].as_array().unwrap() {
                for statement in result["statements"].as_array().unwrap() {
                    let known = file["questionnaire"].to_string().contains(&format!("\"id\":{}", statement["statement"]));
                    assert!(known, "seed {seed}: {statement}");
                    let seen = &statement["seen"];
                    let values =
                        [&result["kind"], &statement["statement"], &seen["low"], &seen["high"], &seen["points"], &statement["low"]];
                    statements.push(values.map(text).to_vec());
                }
                for trend in result["over_time"].as_array().unwrap().iter().filter(|trend| !trend["together"].is_null()) {
                    let mean = &trend["together"];
                    let rounds: Vec<String> = mean["rounds"].as_array().unwrap().iter().map(text).collect();
                    together.push(vec![text(&trend["dimension"]), rounds.join(" "), text(&mean["low"]), text(&mean["high"])]);
                }
                for suggestion in result["suggestions"].as_array().into_iter().flatten() {
                    suggestions.push(["kind", "dimension", "statement", "agenda"].map(|name| text(&suggestion[name])).to_vec());
                }
            }
            assert_eq!(
                statements,
                lines_of(&csv, "statement", &["of", "statement", "low", "high", "points", "low_by_itself"]),
                "seed {seed}"
            );
            assert_eq!(together, lines_of(&csv, "recent", &["dimension", "at", "low", "high"]), "seed {seed}");
            assert_eq!(suggestions, lines_of(&csv, "suggestion", &["seen", "dimension", "statement", "agenda"]), "seed {seed}");
            let ends = |sheet: &str, places: [usize; 2], book: &mut Book| -> Vec<Vec<String>> {
                let rows = if has(book, sheet) { rows(book, sheet) } else { Vec::new() };
                rows.iter().map(|row| places.map(|place| row.get(place).cloned().unwrap_or_default()).to_vec()).collect()
            };
            let of_table = |kind: &str, columns: &[&str]| -> Vec<Vec<String>> {
                let bounds = |line: Vec<String>| match line[2].as_str() {
                    "at-least" => vec![line[3].clone(), String::new()],
                    "at-most" => vec![String::new(), line[3].clone()],
                    _ => line[..2].to_vec(),
                };
                lines_of(&csv, kind, columns).into_iter().map(bounds).collect()
            };
            let columns = ["low", "high", "seen", "points"];
            assert_eq!(ends("Single statements", [6, 7], &mut book), of_table("statement", &columns), "seed {seed}");
            assert_eq!(ends("Last rounds together", [6, 7], &mut book), of_table("recent", &columns), "seed {seed}");
            assert_eq!(ends("What to talk about next", [0, 1], &mut book).len(), suggestions.len(), "seed {seed}");
            for (name, some) in [("statements", &statements), ("together", &together), ("suggestions", &suggestions)] {
                seen.extend((!some.is_empty()).then_some(name));
            }
            assert!(matches!(readable, Readable::Led(_)) || suggestions.is_empty(), "seed {seed}: suggested to HR");
        }
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn a_day_in_the_workbook_is_a_day() {
    let notice = serde_json::json!({
        "format": "candor-notice/1", "wave": "w2", "manifest": "00".repeat(32), "number": 1, "day": "2026-12-01",
        "says": {"erratum": {"text": "=East and West were confused."}},
    });
    let mut waves = named("East");
    let corrected = changed(&waves[1], |wave| wave.notices.push(serde_json::from_value(notice.clone()).unwrap()));
    waves[1] = corrected;
    let mut book = workbook("de", &waves, Readable::All);
    let range = book.worksheet_range("Berichtigungen").unwrap();
    let day = range.get((1, 1)).and_then(calamine::DataType::get_datetime).unwrap().to_ymd_hms_milli();
    assert_eq!((day.0, day.1, day.2), (2026, 12, 1));
    assert_eq!(range.get((1, 2)).unwrap().to_string(), "=East and West were confused.");
}

#[test]
fn a_name_that_looks_like_a_formula_stays_a_text_and_every_language_has_every_sheet() {
    for name in ["=HYPERLINK(1)", "+1", "-1", "@SUM"] {
        let mut book = workbook("en", &named(name), Readable::All);
        assert!(rows(&mut book, "Results").iter().any(|row| row[1] == name), "{name}");
    }
    let waves = organisation(&mut Chance(3));
    let counts: BTreeSet<usize> = LANGUAGES.iter().map(|tag| workbook(tag, &waves, Readable::All).sheet_names().len()).collect();
    assert_eq!(counts.len(), 1, "{counts:?}");
}

#[test]
fn a_leader_gets_a_workbook_of_their_own_groups() {
    let mut book = workbook("en", &named("East"), Readable::Led(Share { blocks: &[BlockId(0)], units: &[] }));
    let sheets = [
        "Read me first",
        "Results",
        "What to talk about next",
        "Over time",
        "Last rounds together",
        "Speaking up and standards",
        "Statements",
    ];
    assert_eq!(book.sheet_names(), sheets);
    assert!(rows(&mut book, "Results").iter().all(|row| row[1] == "East"));
    let mut partner = workbook("en", &named("East"), Readable::Unit(Share { blocks: &[BlockId(0)], units: &[] }));
    assert!(!partner.sheet_names().contains(&"What to talk about next".to_owned()));
    assert!(rows(&mut partner, "Results").iter().all(|row| row[1] == "East"));
}

/// What another program reads on paper, without white space.
fn on_paper(printed: &reports::Printed) -> String {
    let pdf = lopdf::Document::load_mem(&printed.pdf).unwrap();
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    assert_eq!(pages.len(), printed.pages);
    pdf.extract_text(&pages).unwrap().split_whitespace().collect()
}

/// What stands between the tags of a page; charts draw their texts, so what only describes them is left out.
fn texts(page: &str) -> Vec<String> {
    let parts = page.split('<').filter_map(|rest| rest.split_once('>'));
    let shown = parts.filter(|(tag, _)| !tag.starts_with("title") && !tag.starts_with("desc"));
    let plain = |text: &str| {
        text.replace("&#38;", "&")
            .replace("&#39;", "'")
            .replace("&apos;", "'")
            .replace("&#34;", "\"")
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
    };
    shown.map(|(_, text)| plain(text)).filter(|text| !text.trim().is_empty()).collect()
}

fn with_comments(waves: &[PastWave]) -> Vec<PastWave> {
    waves
        .iter()
        .map(|wave| changed(wave, |wave| wave.manifest.comments = Some(CommentRule { min_respondents: 10, min_comments: 3 })))
        .collect()
}

#[test]
fn every_text_of_every_page_stands_on_paper_in_every_language() {
    for (seed, tag) in (0..).zip(LANGUAGES) {
        let waves = with_comments(&organisation(&mut Chance(seed + 2)));
        let (words, wave) = (words(tag), latest(&waves));
        let whole = reports::organisation_page(words, &waves, None).unwrap();
        let mut pages = vec![whole];
        pages.extend(
            read_blocks(&waves).unwrap().iter().take(2).map(|block| reports::leader_section(words, wave, block, &BTreeSet::new()).unwrap()),
        );
        for page in pages {
            let printed = reports::printed(words, wave, "A page", &page).unwrap();
            let text = on_paper(&printed);
            let comments = page.find("data-paper=").unwrap_or(page.len());
            let squeezed = |part: &str| -> String { part.split_whitespace().collect() };
            for part in texts(&page[..comments]) {
                // The cells of a row are drawn line by line, so that of a text of several lines only the words stand together.
                let found = text.contains(&squeezed(&part)) || part.split_whitespace().all(|word| text.contains(word));
                assert!(found, "{tag}, seed {seed}: {part} is missing");
            }
            assert!(printed.replaced.is_empty());
        }
    }
}

/// The same round with its key in the hands of somebody outside the operator.
fn held_outside(wave: &PastWave) -> PastWave {
    changed(wave, |wave| {
        let promised = &mut wave.manifest;
        let said = || Texts::PerLanguage([(Language::parse("en").unwrap(), "To talk about it.".to_owned())].into());
        (promised.format, promised.purpose, promised.not_for) = (MANIFEST_FORMAT.to_owned(), said(), said());
        (promised.mode, promised.key_holder) = (Mode::Trustee, Some("Vera Albers".to_owned()));
        promised.trustee_key = Some(synthetic::trustee_key().public_key());
    })
}

#[test]
fn who_opened_the_answers_outside_the_operator_stands_in_every_method_box_and_nowhere_else() {
    let solo = organisation(&mut Chance(3));
    let outside: Vec<PastWave> = solo.iter().map(held_outside).collect();
    for tag in LANGUAGES {
        for (waves, named) in [(&solo, false), (&outside, true)] {
            let (words, wave) = (words(tag), latest(waves));
            let block = &read_blocks(waves).unwrap()[0];
            let page = reports::leader_section(words, wave, block, &BTreeSet::new()).unwrap();
            let says = texts(&page).into_iter().filter(|text| text.contains("Vera Albers")).collect::<Vec<_>>();
            assert_eq!(says.len(), usize::from(named), "{tag}: {says:?}");
            let paper = on_paper(&reports::printed(words, wave, "A page", &page).unwrap());
            assert_eq!(paper.contains("VeraAlbers"), named, "{tag}");
            let first = words_of_the_first_sheet(&mut workbook(tag, waves, Readable::All));
            assert_eq!(first.contains("Vera Albers"), named, "{tag}: {first}");
        }
    }
}

/// Everything on the sheet that says what a workbook is.
fn words_of_the_first_sheet(book: &mut Book) -> String {
    let name = book.sheet_names()[0].clone();
    rows(book, &name).concat().concat()
}

#[test]
fn the_sheet_for_the_notice_board_is_one_page_and_says_the_scores_of_the_page() {
    for tag in LANGUAGES {
        let waves = organisation(&mut Chance(4));
        let page = reports::organisation_page(words(tag), &waves, None).unwrap();
        let sheet = reports::notice(words(tag), &waves, &Posted::Organisation).unwrap();
        assert_eq!(sheet.pages, 1, "{tag}");
        let text = on_paper(&sheet);
        let total = page.split("</section>").next().unwrap();
        let scores: Vec<&str> =
            total.split("data-role=\"score\"").skip(1).filter_map(|rest| rest.split_once('>')?.1.split('<').next()).collect();
        assert!(!scores.is_empty());
        for score in scores {
            let squeezed: String = score.split_whitespace().collect();
            assert!(text.contains(&squeezed.replace("&#39;", "'")), "{tag}: {score} is missing in {text}");
        }
    }
    let waves = named(&"Straßenbahnwerkstatt und Nachtschicht Nord ".repeat(3).trim().chars().take(100).collect::<String>());
    assert_eq!(reports::notice(words("de"), &waves, &Posted::Group(BlockId(0))).unwrap().pages, 1);
}

#[test]
fn every_chart_of_a_page_becomes_a_picture() {
    let waves = organisation(&mut Chance(2));
    let wave = latest(&waves);
    let page = reports::organisation_page(words("fr"), &waves, None).unwrap();
    let charts = reports::charts_of(&page).unwrap();
    assert_eq!(charts.len(), page.matches("<svg class=\"chart\"").count());
    let names: BTreeSet<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
    assert_eq!(names.len(), charts.len(), "every chart has a name of its own");
    for chart in charts.iter().take(2) {
        assert!(reports::picture(words("fr"), wave, chart).unwrap().starts_with(b"\x89PNG"));
    }
}
