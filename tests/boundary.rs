//! The walls of the house: which room may lean on which, and which words the ballot side may never learn.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};

/// The floors of the house plan. A room leans only on rooms of lower floors.
const FLOORS: &[(&str, u32)] = &[
    ("domain", 0),
    ("statistics", 0),
    ("disclosure", 1),
    ("protocol", 1),
    ("storage", 1),
    ("release", 2),
    ("keyholder", 3),
    ("identity", 2),
    ("responses", 2),
    ("reports", 3),
    ("cards", 0),
    ("paper", 0),
    ("candor", 4),
    // A server for the tests, no room of the product: nothing but tests and measurements may lean on it.
    ("test_postgres", 5),
];

/// Words that would let the ballot side know a person, a place or a time, as whole parts of an identifier.
const FORBIDDEN_ON_THE_BALLOT_SIDE: &[&str] =
    &["email", "mail", "person", "people", "account", "ip", "created_at", "updated_at", "moment", "timestamp", "clock", "login"];

/// Crates that must never enter the tree: RSA has an unpatched timing leak (RUSTSEC-2023-0071), the others bring a second TLS.
const DENIED_CRATES: &[&str] = &["rsa", "openssl", "openssl-sys", "native-tls"];

/// Words that would let the reading of published documents, or a report, reach answers: what opens ballots and what holds them.
const FORBIDDEN_WHERE_RESULTS_ARE_READ: &[&str] = &["opening", "ballot", "bundle", "tally", "box_secret_key"];

/// Files of the app that may reach both stores, and why.
const MAY_REACH_BOTH_STORES: &[&str] = &[
    // Start-up and maintenance.
    "src/app/installation.rs",
    // Launch, close, opening, publication, abort, and what is said about them.
    "src/app/lifecycle/",
    // Copies of both sides, and whether two copies fit each other.
    "src/app/copies/",
    // Hands each half of the respondents' side its own store and joins nothing.
    "src/app/respondents/box_endpoint.rs",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).features(CargoOpt::AllFeatures).exec().unwrap()
}

/// The direct, non-development dependencies of every room.
fn edges(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    metadata
        .workspace_packages()
        .iter()
        .map(|package| {
            let needs = package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.clone()).collect();
            (package.name.to_string(), needs)
        })
        .collect()
}

fn files_below(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, endings, found);
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            found.push(path);
        }
    }
}

/// The identifiers of a text, each cut into its parts: `personId`, `person_id` and `PERSON-ID` all hold `person`.
fn holds_word(text: &str, word: &str) -> Option<String> {
    let wanted: Vec<String> = word.split('_').map(str::to_owned).collect();
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).find_map(|identifier| {
        let parts = parts_of(identifier);
        parts.windows(wanted.len()).any(|window| window == wanted.as_slice()).then(|| identifier.to_owned())
    })
}

fn parts_of(identifier: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut before_was_lower = false;
    for c in identifier.chars() {
        if c == '_' || (c.is_ascii_uppercase() && before_was_lower) {
            parts.push(std::mem::take(&mut part).to_lowercase());
        }
        if c != '_' {
            part.push(c);
        }
        before_was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    parts.push(part.to_lowercase());
    parts.retain(|p| !p.is_empty());
    parts
}

#[test]
fn every_room_has_a_floor_and_leans_only_on_lower_floors() {
    let floors: BTreeMap<&str, u32> = FLOORS.iter().copied().collect();
    let edges = edges(&metadata());
    let rooms: BTreeSet<&str> = edges.keys().map(String::as_str).collect();
    assert_eq!(rooms, floors.keys().copied().collect(), "a room was added or removed: give it a floor");
    for (room, needs) in &edges {
        for needed in needs.iter().filter(|n| floors.contains_key(n.as_str())) {
            assert!(floors[needed.as_str()] < floors[room.as_str()], "{room} leans on {needed}, which is not on a lower floor");
        }
    }
}

#[test]
fn the_people_side_and_the_ballot_side_never_lean_on_each_other() {
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().unwrap();
    let name_of: BTreeMap<_, _> = metadata.packages.iter().map(|p| (p.id.clone(), p.name.to_string())).collect();
    let reach = |room: &str| {
        let mut todo = vec![metadata.workspace_packages().iter().find(|p| p.name.as_str() == room).unwrap().id.clone()];
        let mut seen = BTreeSet::new();
        while let Some(id) = todo.pop() {
            let node = resolve.nodes.iter().find(|n| n.id == id).unwrap();
            for dep in &node.deps {
                let normal = dep.dep_kinds.iter().any(|k| k.kind != DependencyKind::Development);
                if normal && seen.insert(dep.pkg.clone()) {
                    todo.push(dep.pkg.clone());
                }
            }
        }
        seen.into_iter().map(|id| name_of[&id].clone()).collect::<BTreeSet<_>>()
    };
    assert!(!reach("identity").contains("responses"));
    assert!(!reach("responses").contains("identity"));
    for room in ["domain", "statistics", "disclosure", "protocol", "release", "keyholder", "reports"] {
        let reached = reach(room);
        for store in ["storage", "identity", "responses", "diesel"] {
            assert!(!reached.contains(store), "{room} reaches {store}");
        }
    }
    assert!(reach("identity").contains("diesel"), "the check itself must see a dependency that is there");
    // What a key holder runs on a machine of their own needs no database, no network and no server.
    for needless in ["actix-web", "tokio", "rustls", "ring", "libsqlite3-sys"] {
        assert!(!reach("keyholder").contains(needless), "keyholder reaches {needless}");
        assert!(reach("candor").contains(needless), "the check itself must see a dependency that is there");
    }
}

#[test]
fn the_app_and_the_reports_never_name_diesel() {
    let edges = edges(&metadata());
    for room in ["candor", "reports"] {
        assert!(!edges[room].iter().any(|d| d.starts_with("diesel") || d == "storage"), "{room} names diesel or storage");
    }
    let mut files = Vec::new();
    files_below(&root().join("src/app"), &["rs"], &mut files);
    files_below(&root().join("src/reports"), &["rs"], &mut files);
    assert!(files.len() > 5);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(holds_word(&text, "diesel"), None, "{}", file.display());
    }
}

#[test]
fn the_ballot_side_knows_no_word_for_people_places_or_times() {
    let mut files = Vec::new();
    files_below(&root().join("src/responses"), &["rs", "toml"], &mut files);
    files_below(&root().join("migrations/responses"), &["sql"], &mut files);
    assert!(files.iter().any(|f| f.extension().is_some_and(|e| e == "sql")), "the migrations of the ballot side were not found");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in FORBIDDEN_ON_THE_BALLOT_SIDE {
            assert_eq!(holds_word(&text, word), None, "{} holds the word {word}", file.display());
        }
    }
}

#[test]
fn what_is_shown_is_made_without_a_name_for_anything_that_holds_answers() {
    let mut files = Vec::new();
    files_below(&root().join("src/release/reading"), &["rs"], &mut files);
    let reading = files.len();
    for part in
        ["about.rs", "gathered.rs", "lib.rs", "print.rs", "results.rs", "specimen.rs", "table.rs", "tagged.rs", "words.rs", "workbook.rs"]
    {
        files.push(root().join("src/reports").join(part));
    }
    for folder in ["charts", "organisation", "sections", "tagged", "words"] {
        files_below(&root().join("src/reports").join(folder), &["rs"], &mut files);
    }
    assert!(reading >= 7 && files.len() >= reading + 20);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for word in FORBIDDEN_WHERE_RESULTS_ARE_READ {
            assert_eq!(holds_word(&code, word), None, "{} holds the word {word}", file.display());
        }
    }
    let opening = std::fs::read_to_string(root().join("src/release/opening/mod.rs")).unwrap();
    assert!(holds_word(&opening, "ballot").is_some(), "the check itself must find a word that is there");
}

#[test]
fn a_forbidden_word_is_found_only_as_a_whole_part_of_an_identifier() {
    for text in ["person_id BLOB", "let personId = 1;", "PERSON", "x.ip()", "row.created_at"] {
        assert!(FORBIDDEN_ON_THE_BALLOT_SIDE.iter().any(|w| holds_word(text, w).is_some()), "{text}");
    }
    for text in ["personal", "description", "zip", "ship it", "created", "emailing"] {
        assert!(FORBIDDEN_ON_THE_BALLOT_SIDE.iter().all(|w| holds_word(text, w).is_none()), "{text}");
    }
}

#[test]
fn only_start_up_life_cycle_and_one_listed_file_reach_both_stores() {
    let people = ["identity::", "installation.identity"];
    let ballots = ["responses::", "installation.responses", "ballot_side("];
    let mut files = Vec::new();
    files_below(&root().join("src/app"), &["rs"], &mut files);
    let mut reaching = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        if people.iter().any(|word| text.contains(word)) && ballots.iter().any(|word| text.contains(word)) {
            let name = file.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            let allowed = MAY_REACH_BOTH_STORES.iter().find(|allowed| name.starts_with(**allowed));
            reaching.insert(*allowed.unwrap_or_else(|| panic!("{name} reaches both stores")));
        }
    }
    assert_eq!(reaching, MAY_REACH_BOTH_STORES.iter().copied().collect(), "an exception that nothing needs any more");
}

#[test]
fn only_the_publication_writes_a_release_and_only_the_ends_of_a_wave_destroy_ballots() {
    for (call, callers) in [
        (".publish_release(", &["src/app/lifecycle/publish.rs"][..]),
        (".destroy_ballots(", &["src/app/lifecycle/abort.rs", "src/app/lifecycle/publish.rs"]),
        (".keys.destroy(", &["src/app/lifecycle/abort.rs", "src/app/lifecycle/publish.rs"]),
    ] {
        assert_eq!(files_of_the_app_with(call), callers, "{call}");
    }
}

#[test]
fn only_the_opening_takes_the_key_out_of_its_file_and_beside_it_the_page_of_the_demo_that_shows_what_a_key_opens() {
    assert_eq!(files_of_the_app_with(".unlock("), ["src/app/laid_open/key.rs", "src/app/lifecycle/opening.rs"]);
    assert_eq!(files_of_the_app_with("laid_open::key"), ["src/app/console/laid_open.rs"]);
    assert_eq!(files_of_the_app_with("Ballot::decode("), ["src/app/laid_open/key.rs"]);
    // Its address is declared with those of the demo alone.
    let console = std::fs::read_to_string(root().join("src/app/console/mod.rs")).unwrap();
    let (always, in_the_demo) = console.split_once("if demo {").unwrap();
    assert!(!always.contains("laid_open::page") && in_the_demo.contains("laid_open::page"));
}

/// The files of the app in which this stands.
fn files_of_the_app_with(text: &str) -> Vec<String> {
    let mut files = Vec::new();
    files_below(&root().join("src/app"), &["rs"], &mut files);
    let mut found: Vec<String> = files
        .into_iter()
        .filter(|file| std::fs::read_to_string(file).unwrap().contains(text))
        .map(|file| file.strip_prefix(root()).unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn no_denied_crate_is_in_the_lock_file() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"rustls\""), "the check itself must find a crate that is there");
    for denied in DENIED_CRATES {
        assert!(!lock.contains(&format!("name = \"{denied}\"\n")), "{denied} is in Cargo.lock");
    }
}

#[test]
fn no_crate_is_published_and_every_crate_is_under_the_apache_licence() {
    for package in metadata().workspace_packages() {
        assert_eq!(package.license.as_deref(), Some("Apache-2.0"), "{}", package.name);
        assert_eq!(package.publish.as_deref(), Some(&[][..]), "{}", package.name);
    }
    assert!(std::fs::read_to_string(root().join("LICENSE")).unwrap().contains("Apache License"));
    assert!(std::fs::read_to_string(root().join("survey_templates/LICENSE")).unwrap().contains("CC0 1.0"));
}
