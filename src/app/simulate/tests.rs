//! What a simulation writes, and what it never leaves behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use disclosure::{Coarsening, Member};
use domain::roster::parse_csv;
use domain::{Language, Moment, PersonId, UnitPath};
use protocol::receipt::BoardSignature;
use protocol::{Board, FrozenManifest, GroupList, Sha256Digest};
use release::Release;

use super::{Progress, Simulation, SimulationRefused, simulate};

fn small() -> Simulation {
    Simulation {
        people: 60,
        waves: 2,
        response_rate: 0.8,
        churn: 0.05,
        seed: 3,
        start: Moment::parse("2026-01-05T08:00:00Z").unwrap(),
        k: 5,
        group_min: 7,
        pages: 500,
        truth: false,
    }
}

fn run(simulation: &Simulation, out: &Path) -> Result<Vec<super::Outcome>, SimulationRefused> {
    simulate(simulation, out, &|_: Progress<'_>| {})
}

/// Every file below a folder with its content.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_same_arguments_give_the_same_bytes_of_every_file_and_another_seed_gives_others() {
    let place = tempfile::tempdir().unwrap();
    let (one, two, other) = (place.path().join("one"), place.path().join("two"), place.path().join("other"));
    run(&small(), &one).unwrap();
    run(&small(), &two).unwrap();
    run(&Simulation { seed: 4, ..small() }, &other).unwrap();
    let (one, two, other) = (files(&one), files(&two), files(&other));
    assert!(one.len() > 20 && one.keys().any(|name| name.ends_with(".svg")), "{:?}", one.keys());
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, content) in &one {
        assert!(two[name] == *content, "{name} differs");
    }
    for name in ["simulated-1/manifest.json", "simulated-1/release.json", "simulated-2/pages/organisation.html"] {
        assert!(one[name] != other[name], "{name} does not depend on the seed");
    }
}

#[test]
fn what_is_written_holds_as_a_published_round_does_and_says_that_it_is_simulated() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let outcomes = run(&small(), &out).unwrap();
    let files = files(&out);
    for outcome in &outcomes {
        let file = |name: &str| files[&format!("{}/{name}", outcome.wave)].clone();
        let manifest = FrozenManifest::read(file("manifest.json")).unwrap();
        assert!(manifest.manifest().organisation.starts_with("Simulated") && outcome.wave.as_str().starts_with("simulated-"));
        GroupList::from_json(&file("groups.json")).unwrap().check_against(manifest.manifest()).unwrap();
        assert_eq!(Sha256Digest::of(&file("questionnaire.json")), manifest.manifest().instrument.sha256);
        serde_json::from_slice::<Board>(&file("board.json")).unwrap().verify(&manifest).unwrap();
        let release = file("release.json");
        assert_eq!(Sha256Digest::of(&release).to_text(), outcome.release_sha256);
        let signature: BoardSignature =
            serde_json::from_value(String::from_utf8(file("release.json.signature")).unwrap().trim().into()).unwrap();
        manifest.manifest().board_key.verify_release(&manifest.hash(), &release, &signature).unwrap();
        let release: Release = serde_json::from_slice(&release).unwrap();
        assert_eq!(outcome.alone + outcome.with_upward + outcome.combined, outcome.groups);
        assert_eq!((release.counts.spent, release.counts.invalid, release.counts.unplaced), (outcome.ballots, 0, 0));
        assert!(String::from_utf8(file("pages/organisation.html")).unwrap().contains("Simulated: nobody answered this"));
        assert!(String::from_utf8(file("table.csv")).unwrap().contains(outcome.wave.as_str()));
        assert_eq!(outcome.leaders.0, outcome.leaders.1, "every leader of a small organisation has a page");
    }
    let audit: serde_json::Value = serde_json::from_slice(&files["audit.json"]).unwrap();
    let audited: Vec<&String> = audit["rosters"].as_object().unwrap().keys().collect();
    assert_eq!(audited, ["simulated-1", "simulated-2"]);
    assert_eq!(outcomes[0].compared, None);
    assert!(outcomes[1].compared.unwrap() > 0);
}

#[test]
fn raw_answers_are_written_only_when_the_truth_is_asked_for_and_change_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let (without, with) = (place.path().join("without"), place.path().join("with"));
    run(&small(), &without).unwrap();
    run(&Simulation { truth: true, ..small() }, &with).unwrap();
    let (without, with) = (files(&without), files(&with));
    let more: Vec<&String> = with.keys().filter(|name| !without.contains_key(*name)).collect();
    assert_eq!(more, ["audit-truth.json", "climates.json", "levels.json", "truth.json"]);
    assert!(without.iter().all(|(name, content)| name == "about.json" || with[name] == *content));
}

#[test]
fn every_published_cell_holds_the_sum_of_the_true_answers_that_count_in_its_block() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let outcomes = run(&Simulation { people: 150, truth: true, ..small() }, &out).unwrap();
    let files = files(&out);
    type ByPerson<T> = BTreeMap<String, BTreeMap<String, T>>;
    let truth: BTreeMap<String, ByPerson<u8>> = serde_json::from_slice(&files["truth.json"]).unwrap();
    let levels: ByPerson<String> = serde_json::from_slice(&files["levels.json"]).unwrap();
    let (mut cells, mut higher_up) = (0, 0);
    for outcome in outcomes {
        let wave = outcome.wave.as_str();
        let file = |name: &str| &files[&format!("{wave}/{name}")];
        let english = Language::parse("en").unwrap();
        let roster = parse_csv("staff.csv", file("staff.csv"), &english).unwrap().roster;
        let groups = GroupList::from_json(file("groups.json")).unwrap();
        let counts_in = |person: &str| {
            let team = roster.people[&PersonId::parse(person).unwrap()].team.clone().unwrap();
            let leaf = groups.leaves().iter().find(|leaf| leaf.teams.iter().any(|entry| entry.label == team)).unwrap();
            match levels[wave].get(person).map(String::as_str) {
                None => Member::Group(leaf.group),
                Some("unit") => Member::Upward(leaf.unit.clone()),
                Some(_) => Member::Upward(UnitPath::organisation()),
            }
        };
        let release: Release = serde_json::from_slice(file("release.json")).unwrap();
        for block in &release.base.blocks {
            let people: Vec<_> = truth[wave].iter().filter(|(person, _)| block.members.contains(&counts_in(person))).collect();
            assert_eq!(people.len() as u32, block.n);
            higher_up += block.members.iter().filter(|member| matches!(member, Member::Upward(_))).count();
            for (rule, published) in release.base.items.iter().zip(&block.cells) {
                let Some(published) = published else { continue };
                let answers: Vec<u64> =
                    people.iter().filter_map(|(_, answers)| answers.get(rule.item.as_str())).map(|point| u64::from(*point)).collect();
                assert_eq!(answers.len() as u32, published.n, "{wave}, block {:?}, {}", block.id, rule.item);
                let sum = answers.iter().sum::<u64>() - answers.len() as u64;
                let possible = Coarsening::new(rule.points, rule.grid, 1, 3).unwrap().cells(published.n).unwrap();
                assert_eq!(possible.of_sum(sum), Some(published.cell), "{wave}, block {:?}, {}", block.id, rule.item);
                cells += 1;
            }
        }
    }
    assert!(cells > 100 && higher_up > 0, "{cells} cells, {higher_up} pools of answers that count higher up");
}

#[test]
fn a_folder_with_something_in_it_is_refused_and_a_failure_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("mine.txt"), "mine").unwrap();
    assert!(matches!(run(&small(), place.path()), Err(SimulationRefused::Invalid(reason)) if reason.contains("not empty")));
    assert!(matches!(run(&small(), &place.path().join("mine.txt")), Err(SimulationRefused::Invalid(_))), "a file is no folder");

    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    run(&Simulation { waves: 1, ..small() }, &empty).unwrap();
    assert!(empty.join("simulated-1/release.json").exists(), "an empty folder may be used");

    // With a k that the whole organisation does not reach there is no group to propose.
    let failing = Simulation { k: 100, group_min: 101, ..small() };
    assert!(matches!(run(&failing, &place.path().join("failed")), Err(SimulationRefused::Failed(_))));
    let left: Vec<String> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn every_published_range_holds_the_true_mean_of_the_people_listed_in_its_units() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    run(&Simulation { people: 150, truth: true, ..small() }, &out).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&files(&out)["audit-truth.json"]).unwrap();
    let mut ranges = 0;
    for group in file["groups"].as_array().unwrap() {
        let (rosters, truth) = (&file["rosters"][group["wave"].as_str().unwrap()], &file["truth"][group["wave"].as_str().unwrap()]);
        let units = group["units"].as_array().unwrap().iter().map(|unit| rosters[unit.as_str().unwrap()].as_array().unwrap());
        let people: Vec<&str> = units.flatten().map(|person| person.as_str().unwrap()).collect();
        for stat in group["stats"].as_array().unwrap().iter().filter(|stat| stat["stat"] == "mean_range") {
            let answers: Vec<f64> = people.iter().filter_map(|person| truth[*person][stat["measure"].as_str().unwrap()].as_f64()).collect();
            let mean = answers.iter().sum::<f64>() / answers.len() as f64;
            let (lo, hi) = (stat["lo"].as_f64().unwrap(), stat["hi"].as_f64().unwrap());
            assert!((lo..=hi).contains(&mean), "{}: {stat} does not hold {mean}", group["id"]);
            ranges += 1;
        }
    }
    assert!(ranges > 100, "only {ranges} ranges");
}

#[test]
fn a_place_that_cannot_be_replaced_is_refused_before_any_work() {
    let place = tempfile::tempdir().unwrap();
    let (folder, link) = (place.path().join("folder"), place.path().join("link"));
    std::fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    for out in [Path::new("."), Path::new("/"), &link] {
        let refused = run(&small(), out).unwrap_err().to_string();
        assert!(refused.contains("give the name of a folder"), "{}: {refused}", out.display());
    }
}
