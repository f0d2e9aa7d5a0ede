//! Writes sample report pages of invented organisations in every language, to be looked at in the style of the console:
//! `cargo run -p reports --example sample_pages -- FOLDER`. Two organisations have three groups, in one round and in twenty; one has 300, some with names of
//! eighty characters, in twenty rounds; one answers the longest questionnaire.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use disclosure::Member;
use domain::instrument::Instrument;
use domain::instrument::catalogue::Catalogue;
use domain::{GroupId, SameShare, TeamLabel, UnitPath};
use release::reading::{PastWave, PublishedWave, read_block, read_blocks, read_total};
use reports::{Part, View, Words};
use synthetic::{Chance, Group, HandBlock, changed, constants, path, pulse, wave};

const SHELL: &str = include_str!("../../app/templates/console.css");

/// Name, unit, invited, answers per round, level of each dimension per round (share of the scale).
type Team = (&'static str, &'static [&'static str], u32, [u32; 4], [[f64; 3]; 4]);

const TEAMS: [Team; 9] = [
    ("Bakery", &["Production"], 26, [18, 20, 19, 21], [[0.42, 0.61, 0.55], [0.47, 0.60, 0.52], [0.48, 0.63, 0.58], [0.69, 0.64, 0.60]]),
    ("Brewing", &["Production"], 14, [9, 8, 10, 9], [[0.55, 0.47, 0.45], [0.54, 0.50, 0.47], [0.58, 0.47, 0.52], [0.60, 0.52, 0.53]]),
    ("Bottling", &["Production"], 9, [5, 4, 6, 6], [[0.50, 0.55, 0.50], [0.52, 0.5, 0.5], [0.5, 0.5, 0.5], [0.88, 0.9, 0.5]]),
    ("Quality", &["Production"], 8, [6, 5, 5, 4], [[0.6, 0.5, 0.5], [0.6, 0.6, 0.6], [0.62, 0.6, 0.6], [0.5, 0.6, 0.6]]),
    ("Key accounts", &["Sales"], 12, [10, 9, 8, 11], [[0.7, 0.6, 0.6], [0.72, 0.62, 0.63], [0.66, 0.62, 0.64], [0.55, 0.5, 0.61]]),
    ("Shops North", &["Sales"], 31, [14, 20, 19, 15], [[0.5, 0.5, 0.5], [0.5, 0.52, 0.55], [0.56, 0.55, 0.52], [0.55, 0.55, 0.55]]),
    ("Shops South", &["Sales"], 28, [22, 20, 23, 24], [[0.62, 0.58, 0.6], [0.62, 0.61, 0.6], [0.63, 0.6, 0.6], [0.66, 0.6, 0.62]]),
    ("Logistics", &[], 40, [30, 29, 33, 31], [[0.45, 0.5, 0.47], [0.48, 0.5, 0.45], [0.44, 0.52, 0.48], [0.47, 0.51, 0.52]]),
    ("Office", &[], 11, [9, 7, 8, 8], [[0.95, 0.9, 0.6], [0.93, 0.9, 0.6], [0.95, 0.93, 0.6], [0.95, 0.95, 0.64]]),
];

fn round(number: usize, chance: &mut Chance) -> PastWave {
    let instrument = pulse();
    let groups: Vec<Group> = (0..).zip(TEAMS).map(|(id, team)| Group::new(team.0, team.1, team.2, &before(number, id))).collect();
    // The plan as the rule would make it: a group below five answers joins a neighbour of its unit.
    let counted: Vec<_> =
        (0..).zip(TEAMS).map(|(id, team)| disclosure::GroupCount { group: GroupId(id), unit: path(team.1), n: team.3[number] }).collect();
    let upward = [disclosure::UpwardCount { unit: path(&["Sales"]), n: 2 }];
    let planned = disclosure::plan(&counted, &upward, 5).unwrap();
    let blocks = planned.blocks.iter().map(|block| {
        let team = block.members.iter().find_map(|m| if let Member::Group(id) = m { Some(TEAMS[id.0 as usize]) } else { None }).unwrap();
        let sums = instrument.items.iter().map(|item| {
            let place = instrument.dimensions.iter().position(|d| Some(&d.id) == item.dimension.as_ref()).unwrap_or(0);
            let level = team.4[number][place] + 0.1 * (chance.share() - 0.5);
            let level = if item.reversed { 1.0 - level } else { level }.clamp(0.0, 1.0);
            Some((block.n, (level * f64::from(block.n) * 6.0).round() as u64))
        });
        HandBlock { members: block.members.clone(), n: block.n, sums: sums.collect() }
    });
    let blocks: Vec<_> = blocks.collect();
    let known = constants(&instrument, 12, 105, u32::try_from(blocks.len()).unwrap());
    let undated = wave(&format!("2026-q{}", number + 1), &instrument, &groups, blocks, Some(known));
    changed(&undated, |wave| {
        let quarters = 91 * 24 * 3600 * u64::try_from(number).unwrap();
        wave.manifest.schedule.closes_at = wave.manifest.schedule.closes_at.plus(Duration::from_secs(quarters));
    })
}

/// A group with a long name in twenty rounds of a form with pairs and more dimensions than three, of which every third ended without a result.
fn long_course(chance: &mut Chance) -> Vec<PastWave> {
    let instrument = synthetic::quarterly();
    let label = "Kundendienst und technische Einsatzplanung der Niederlassungen Nord-Ost und Mittelrheingebiet";
    let mut published = 0;
    let mut at = |number: usize| {
        let id = format!("20{:02}-q{}", 20 + number / 4, number % 4 + 1);
        if number % 3 == 2 {
            return PastWave::Aborted(id.parse().unwrap());
        }
        let groups =
            [Group::new(label, &["Service"], 15, &before(published, 0)), Group::new("Stores", &["Service"], 130, &before(published, 1))];
        published += 1;
        let mut block = |group: u32, n: u32| {
            let sums = instrument.items.iter().map(|item| {
                let level = (0.35 + 0.3 * chance.share() + if item.id.as_str().starts_with("LED") { 0.2 } else { 0.0 }).clamp(0.0, 1.0);
                let level = if item.reversed { 1.0 - level } else { level };
                Some((n, (level * f64::from(n) * 6.0).round() as u64))
            });
            HandBlock { members: vec![Member::Group(GroupId(group))], n, sums: sums.collect() }
        };
        let blocks = vec![block(0, 14), block(1, 110)];
        wave(&id, &instrument, &groups, blocks, None)
    };
    (0..20).map(&mut at).collect()
}

const UNITS: [&str; 9] = [
    "Engineering",
    "Operations",
    "Sales",
    "Services",
    "Finance and People",
    "Abteilung für Kundendienst, technische Einsatzplanung und Ersatzteilwesen der Niederlassungen",
    "Research",
    "Logistics",
    "Plants",
];

/// A name of the usual length, of eighty characters without a blank, or of eighty with some.
fn name_of(number: usize) -> String {
    match number % 9 {
        4 => format!("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtenabteilung{number:03}"),
        7 => format!("Service and operations planning of the north-eastern and the central branches {number:03}"),
        _ => format!("Team {}", number + 1),
    }
}

/// So many groups in so many rounds, in which everything varies, of which every seventh ended without a result; now and then two groups are shown together.
fn of_size(instrument: &Instrument, groups: usize, rounds: usize, chance: &mut Chance) -> Vec<PastWave> {
    let named: Vec<(String, &'static str, u32, f64)> = (0..groups)
        .map(|number| {
            (
                name_of(number),
                UNITS[number * UNITS.len() / groups],
                7 + chance.below(24) * (1 + chance.below(3)),
                0.35 + 0.4 * chance.share(),
            )
        })
        .collect();
    let mut published = 0;
    let mut at = |number: usize| {
        let id = format!("20{:02}-q{}", 22 + number / 4, number % 4 + 1);
        if number % 7 == 3 {
            return PastWave::Aborted(id.parse().unwrap());
        }
        let all: Vec<Group> = (0..).zip(&named).map(|(id, of)| Group::new(&of.0, &[of.1], of.2, &before(published, id))).collect();
        published += 1;
        let mut blocks = Vec::new();
        let mut place = 0;
        while let Some((_, unit, invited, level)) = named.get(place) {
            let mut members = vec![Member::Group(GroupId(place as u32))];
            if place % 11 == 5 && named.get(place + 1).is_some_and(|next| next.1 == *unit) {
                members.push(Member::Group(GroupId(place as u32 + 1)));
            }
            place += members.len();
            let n = (invited - chance.below(invited / 3)).max(5);
            let drift = 0.02 * (number as f64) * (chance.share() - 0.4);
            let sums = instrument.items.iter().map(|item| {
                let level = (level + drift + 0.15 * (chance.share() - 0.5)).clamp(0.0, 1.0);
                let level = if item.reversed { 1.0 - level } else { level };
                Some((n, (level * f64::from(n) * 6.0).round() as u64))
            });
            let sums = sums.collect();
            blocks.push(HandBlock { members, n, sums });
        }
        // As the opening does: nothing about the spread of fewer than a hundred people.
        let answers: u32 = blocks.iter().map(|block| block.n).sum();
        let known = (answers >= 100).then(|| constants(instrument, 12, answers, u32::try_from(blocks.len()).unwrap()));
        wave(&id, instrument, &all, blocks, known)
    };
    (0..rounds).map(&mut at).collect()
}

/// The pages of HR, and those of two leaders: of a group with a usual name and of one with a long one.
fn all_pages(folder: &Path, name: &str, waves: &[PastWave], words: &Words) {
    for part in Part::ALL.into_iter().filter(|part| part.is_of(latest(waves))) {
        let page = reports::organisation_part(words, waves, part, View { number: 0, hide: None, names_groups: true }).unwrap();
        let links = Part::ALL.iter().map(|other| format!("<li><a href=\"#\">{}</a></li>", other.title(words))).collect::<String>();
        let parts: String = page.parts.iter().map(|units| format!("<a href=\"#\">{units}</a>")).collect();
        let html = format!(
            "<h1>{}</h1><nav class=\"pages\" aria-label=\"Pages\"><ul>{links}</ul></nav><nav class=\"pick\" aria-label=\"Parts\">{parts}</nav>{}",
            part.title(words),
            page.html
        );
        write(folder, words, &format!("{name}-{}", if part.slug().is_empty() { "overview" } else { part.slug() }), &html);
    }
    for block in [0, 4] {
        let Some(block) = latest(waves).release.base.blocks.get(block) else { continue };
        let report = read_block(waves, block.id).unwrap();
        let page = reports::leader_section(words, latest(waves), &report, &BTreeSet::new()).unwrap();
        write(folder, words, &format!("{name}-leader-{}", block.id.0), &page);
    }
}

fn before(number: usize, id: u32) -> Vec<(u32, SameShare)> {
    if number == 0 { Vec::new() } else { vec![(id, SameShare::ThreeQuartersOrMore)] }
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

fn write(folder: &Path, words: &Words, name: &str, body: &str) {
    let css = reports::css();
    let page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{name}</title><style>{SHELL}\n{css}</style></head><body><main class=\"wrap\">{body}</main></body></html>",
        words.language()
    );
    std::fs::write(folder.join(format!("{name}.{}.html", words.language())), page).unwrap();
}

fn main() {
    let folder = std::env::args().nth(1).expect("give the folder to write to");
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let mut chance = Chance(5);
    let mut waves: Vec<PastWave> = (0..4).map(|number| round(number, &mut chance)).collect();
    waves.insert(2, PastWave::Aborted("2026-q2b".parse().unwrap()));

    let long = long_course(&mut chance);
    for language in ["en", "de", "fr", "es"] {
        let words = Words::in_language(&language.parse().unwrap()).unwrap();
        let report = read_block(&long, latest(&long).release.base.blocks[0].id).unwrap();
        write(folder, words, "long-course", &reports::leader_section(words, latest(&long), &report, &BTreeSet::new()).unwrap());
        pages(folder, &waves, words);
    }
    let (quarterly, shipped) = (synthetic::quarterly(), Catalogue::load([]).unwrap());
    let annual = shipped.get("annual").unwrap();
    let sizes = [
        ("tiny", of_size(&quarterly, 3, 1, &mut chance)),
        ("small", of_size(&quarterly, 3, 20, &mut chance)),
        ("large", of_size(&quarterly, 300, 20, &mut chance)),
        ("annual", of_size(annual, 40, 3, &mut chance)),
    ];
    for language in ["en", "de", "fr", "es"] {
        for (name, waves) in &sizes {
            all_pages(folder, name, waves, Words::in_language(&language.parse().unwrap()).unwrap());
        }
    }
}

fn pages(folder: &Path, waves: &[PastWave], words: &Words) {
    for report in read_blocks(waves).unwrap() {
        let Some(label) = report.labels.first() else { continue };
        let led = BTreeSet::from([TeamLabel::parse(label).unwrap()]);
        let page = reports::leader_section(words, latest(waves), &report, &led).unwrap();
        write(folder, words, &format!("leader-{}", label.to_lowercase().replace(' ', "-")), &page);
    }
    let first = &waves[..1];
    let report = read_block(first, latest(first).release.base.blocks[1].id).unwrap();
    write(folder, words, "first-round", &reports::leader_section(words, latest(first), &report, &BTreeSet::new()).unwrap());
    let sales: UnitPath = path(&["Sales"]);
    write(folder, words, "unit-sales", &reports::unit_section(words, latest(waves), &read_total(waves, &sales).unwrap()).unwrap());
    write(folder, words, "organisation", &reports::organisation_page(words, waves, None).unwrap());
}
