//! What is said is written, what is written is said, and both languages fill in the same things.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::catalogue::{self, texts};
use super::*;

/// What takes a key: a text that begins with one of these names a text of the catalogue.
const TAKES_A_KEY: [&str; 3] = ["say(\"", "with(\"", "key(\""];

/// What a file lacks, has beside, or fills in otherwise than the English one.
fn faults(file: &str) -> Vec<String> {
    catalogue::faults(file, FILES[0].1, &texts(FILES[0].1).into_keys().collect())
}

/// The program's own sources: every template and every Rust file that is no test.
fn sources() -> Vec<(PathBuf, String)> {
    fn below(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs" || end == "html") && !path.to_string_lossy().ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                // A comment asks for nothing.
                found.push((path, program.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")));
            }
        }
    }
    let mut found = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app"), &mut found);
    found
}

/// One place where a key is used: the key, and the names that are filled in there where they can be read off.
struct Use<'a> {
    key: &'a str,
    filled: Option<BTreeSet<&'a str>>,
}

/// The places in a text where a key is used as such.
fn uses(text: &str) -> Vec<Use<'_>> {
    let mut uses = Vec::new();
    for taker in TAKES_A_KEY {
        // What ends otherwise than a name of ours, such as `starts_with(`, takes no key.
        for (at, _) in text.match_indices(taker).filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_')) {
            let rest = &text[at + taker.len()..];
            let (key, after) = rest.split_once('"').unwrap();
            if key.is_empty() || !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                continue;
            }
            let filled = match taker {
                "with(\"" => Some(tuple_names(after)),
                "say(\"" => Some(BTreeSet::new()),
                _ => None,
            };
            uses.push(Use { key, filled });
        }
    }
    uses
}

/// The first members of the pairs up to the end of a call: `, &[("a", x), ("b", y)])`.
fn tuple_names(after: &str) -> BTreeSet<&str> {
    let mut depth = 1;
    let end = after.find(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    let call = &after[..end.unwrap_or(after.len())];
    call.match_indices("(\"").filter_map(|(at, _)| call[at + 2..].split_once("\",").map(|(name, _)| name)).collect()
}

#[test]
fn every_language_has_every_text_and_none_too_many_and_fills_in_the_same_things() {
    let told: Vec<_> =
        FILES.iter().flat_map(|(tag, file)| faults(file).into_iter().map(move |fault| format!("console.{tag}.ftl: {fault}"))).collect();
    assert!(told.is_empty(), "{told:#?}");
    for (tag, file) in FILES {
        assert_eq!(Words::read(tag, file).1, Vec::<String>::new(), "{tag}");
    }
    let tags: Vec<_> = Words::all().iter().map(Words::tag).collect();
    assert_eq!(tags, ["en", "de"]);
}

#[test]
fn a_language_that_is_begun_is_told_what_it_lacks() {
    let told = faults("nav-rounds = Rundy\nround-named = { $runda }\ncolour = czerwony\n");
    assert!(told.contains(&"nav-team is missing".to_owned()), "{told:?}");
    assert_eq!(told[told.len() - 2..], ["colour is not wanted", "round-named fills in {\"runda\"} instead of {\"round\"}"]);
}

#[test]
fn every_text_that_is_asked_for_is_written_with_its_fillings() {
    let written = texts(FILES[0].1);
    let mut seen = 0;
    for (path, text) in sources() {
        for Use { key, filled } in uses(&text) {
            seen += 1;
            let wanted = written.get(key).unwrap_or_else(|| panic!("{}: {key} stands in no file", path.display()));
            if let Some(filled) = filled {
                assert_eq!(wanted, &filled, "{}: {key} is filled with other things than its text names", path.display());
            }
        }
    }
    assert!(seen > 100, "the check must see the texts that are used: {seen}");
    let titles = include_str!("../error.rs").split("const TABLE").nth(1).unwrap().split("];").next().unwrap();
    for title in titles.lines().filter_map(|line| line.rsplit(", \"").next()?.strip_suffix("\"),")) {
        assert!(written.contains_key(title), "{title}");
    }
}

#[test]
fn every_text_that_is_written_is_asked_for_somewhere() {
    let all: String = sources().into_iter().map(|(_, text)| text).collect();
    let unused: Vec<_> = texts(FILES[0].1).into_keys().filter(|key| !all.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn no_page_says_anything_in_english_alone() {
    // A readiness probe answers programs; what it says is English, and a browser that looks is told that it is. The simulation's report is a file.
    let exempt = ["problem.html", "simulated.html", "error.rs", "health.rs"];
    let told: Vec<_> = sources()
        .into_iter()
        .filter(|(path, _)| !exempt.iter().any(|name| path.ends_with(name)))
        .filter(|(_, text)| text.contains("lang=\"en\"") || text.contains("Problem::new("))
        .map(|(path, _)| path)
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn the_check_finds_keys_and_what_is_filled_into_them() {
    let found =
        uses("{{ page.say(\"a-b\") }} page.with(\"c\", &[(\"x\", f(y).into()), (\"z\", 1.into())]) starts_with(\"no\") Saying::key(\"d\")");
    let found: Vec<_> =
        found.into_iter().map(|found| (found.key, found.filled.map(|names| names.into_iter().collect::<Vec<_>>()))).collect();
    assert_eq!(found, [("a-b", Some(vec![])), ("c", Some(vec!["x", "z"])), ("d", None)]);
}

#[test]
fn what_is_missing_is_said_in_english_and_what_nobody_wrote_as_dots() {
    let polish: &'static Words = Box::leak(Box::new(Words::read("pl", "nav-rounds = Rundy\nround-named = Runda { $wrong }\n").0));
    assert_eq!([polish.say("nav-rounds"), polish.say("nav-team"), polish.say("no-such-text")], ["Rundy", "Your team", UNWRITTEN]);
    assert_eq!(polish.with("round-named", &[("round", "w1".into())]), "Round w1");
    assert_eq!(polish.with("no-such-text", &[]), UNWRITTEN);
    assert_eq!(Words::english().with("round-named", &[]), UNWRITTEN);
}

#[test]
fn counts_choose_their_words_and_names_are_left_as_they_are() {
    let german = Words::of("de").unwrap();
    let minutes = |minutes: u32| german.with("detail-too-many-attempts", &[("minutes", minutes.into())]);
    assert!(minutes(1).contains("eine Minute") && minutes(5).contains("5 Minuten"), "{}", minutes(5));
    let nested = Saying::key("fact-invited-in").and("people", 28_u32).and("groups", Saying::key("fact-groups").and("count", 1_u32));
    assert_eq!(german.speak(&nested), "28 Personen in einer Gruppe");
    assert_eq!(german.with("round-named", &[("round", "007".into())]), "Runde 007");
}

#[test]
fn moments_are_written_to_the_minute_in_utc() {
    let moment = Value::from(Moment::parse("2026-11-21T09:05:59+01:00").unwrap());
    assert_eq!(Words::english().value(&moment), "Sat 21 Nov 2026, 08:05 UTC");
    assert_eq!(Words::of("de").unwrap().value(&moment), "Sa, 21. Nov. 2026, 08:05 UTC");
}

#[test]
fn moments_are_written_in_the_time_zone_of_those_who_read_them_however_deep_they_stand() {
    let berlin = Words::of("de").unwrap().in_zone(TimeZone::get("Europe/Berlin").unwrap());
    let moment = Moment::parse("2026-11-21T08:05:59Z").unwrap();
    assert_eq!(berlin.value(&moment.into()), "Sa, 21. Nov. 2026, 09:05 CET");
    let refused = Saying::key("refused-not-due").and("moment", moment);
    let outer = Saying::key("obstacle-groups").and("why", refused.clone());
    for said in [berlin.speak(&refused), berlin.speak(&outer), berlin.value(&Value::List(vec![refused]))] {
        assert!(said.contains("09:05 CET") && !said.contains("UTC"), "{said}");
    }
}

#[test]
fn no_text_uses_a_word_that_people_should_not_meet() {
    let of_the_workshop = [
        ("en", "ballot ballots block blocks cell cells kappa wave waves manifest roster token"),
        ("de", "stimmzettel block blöcke zelle zellen kappa welle wellen manifest roster token"),
    ];
    for (tag, file) in FILES {
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            // A command is quoted as it is typed.
            let said = line.to_lowercase().replace("candor wave", "");
            let text = said.split_once(" = ").map_or(said.as_str(), |(_, text)| text);
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                let forbidden = of_the_workshop.iter().filter(|(of, _)| of == tag).flat_map(|(_, words)| words.split(' '));
                assert!(forbidden.clone().all(|workshop| workshop != word), "{tag}: {line}");
            }
        }
    }
}

#[test]
fn long_numbers_have_their_thousands_set_apart_as_each_language_does_and_years_do_not() {
    let says = |tag: &str, number: i64| {
        let words = Words::of(tag).unwrap();
        let with = words.with("launching-at", &[("work", "x".into()), ("done", number.into()), ("of", "all".into())]);
        assert!(with.contains(&words.value(&number.into())), "{with}");
        words.value(&number.into())
    };
    let english = [0, 7, 2026, 9_999, 10_000, 123_456, 1_234_567, -20_000].map(|number| says("en", number));
    assert_eq!(english, ["0", "7", "2026", "9999", "10,000", "123,456", "1,234,567", "-20,000"]);
    assert_eq!([9_999, 100_000].map(|number| says("de", number)), ["9999", "100.000"]);
}
