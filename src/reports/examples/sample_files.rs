//! Writes every kind of file of an invented organisation with long names, in every language, and says how long each took and how much memory the process had
//! at most by then: `cargo run --release -p reports --example sample_files -- FOLDER [GROUPS [ROUNDS]]`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use disclosure::{BlockId, Member};
use domain::{GroupId, SameShare, UnitPath};
use release::reading::{PastWave, PublishedWave, read_block};
use reports::{Posted, Readable, Share, Words};
use synthetic::{Chance, Group, HandBlock, constants, path, quarterly, wave};

/// The name of a group; every seventh is as long as people make them.
fn label(group: u32) -> String {
    if group.is_multiple_of(7) {
        format!("Kundendienst und technische Einsatzplanung der Niederlassungen Nord-Ost und Mittelrheingebiet {group}")
    } else {
        format!("Team {group}")
    }
}

fn unit(group: u32) -> Vec<String> {
    vec![format!("Bereich {}", 1 + group / 60), format!("Abteilung für Fertigung und Instandhaltung {}", 1 + group / 12)]
}

fn round(number: u32, groups: u32, chance: &mut Chance) -> PastWave {
    let instrument = quarterly();
    let before: Vec<(u32, SameShare)> = Vec::new();
    let standing: Vec<Group> = (0..groups)
        .map(|id| {
            let (label, unit) = (label(id), unit(id));
            let unit: Vec<&'static str> = unit.into_iter().map(|label| &*label.leak()).collect();
            let earlier = if number == 0 { before.clone() } else { vec![(id, SameShare::ThreeQuartersOrMore)] };
            Group::new(&label, &unit, 8 + id % 13 + id % 4, &earlier)
        })
        .collect();
    let blocks = (0..groups).map(|id| {
        let n = 6 + id % 13;
        let level = 0.35 + 0.4 * chance.share();
        let sums = instrument.items.iter().map(|item| {
            let level = (level + 0.2 * (chance.share() - 0.5)).clamp(0.0, 1.0);
            let level = if item.reversed { 1.0 - level } else { level };
            Some((n, (level * f64::from(n) * 6.0).round() as u64))
        });
        HandBlock { members: vec![Member::Group(GroupId(id))], n, sums: sums.collect() }
    });
    let blocks: Vec<_> = blocks.collect();
    let answers: u32 = blocks.iter().map(|block: &HandBlock| block.n).sum();
    let known = (answers >= 100).then(|| constants(&instrument, 12, answers, groups));
    wave(&format!("20{}-q{}", 20 + number / 4, 1 + number % 4), &instrument, &standing, blocks, known)
}

fn latest(waves: &[PastWave]) -> &PublishedWave {
    waves.iter().rev().find_map(|wave| if let PastWave::Published(wave) = wave { Some(wave.as_ref()) } else { None }).unwrap()
}

/// The most memory that this process has had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    line.unwrap_or_default() / 1024
}

fn write(folder: &Path, name: &str, make: impl FnOnce() -> Vec<u8>) {
    let begun = Instant::now();
    let bytes = make();
    println!("{name:28} {:>7.2} s {:>9} KiB {:>6} MiB at most", begun.elapsed().as_secs_f64(), bytes.len() / 1024, peak());
    std::fs::write(folder.join(name), bytes).unwrap();
}

fn main() {
    let folder = std::env::args().nth(1).expect("give the folder to write to");
    let number = |place: usize| std::env::args().nth(place).map(|number| number.parse::<u32>().expect("give a number"));
    let (groups, rounds) = (number(2).unwrap_or(300), number(3).unwrap_or(20));
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let mut chance = Chance(11);
    let waves: Vec<PastWave> = (0..rounds).map(|number| round(number, groups, &mut chance)).collect();
    let wave = latest(&waves);
    for tag in ["en", "de", "fr", "es"] {
        let words = Words::in_language(&tag.parse().unwrap()).unwrap();
        write(folder, &format!("leader.{tag}.pdf"), || {
            let report = read_block(&waves, BlockId(7)).unwrap();
            let page = reports::leader_section(words, wave, &report, &BTreeSet::new()).unwrap();
            let title = reports::paper_title(words, &waves, &[Posted::Group(BlockId(7))]).unwrap();
            reports::printed(words, wave, &title, &page).unwrap().pdf
        });
        let share = Share { blocks: &[BlockId(7)], units: &[] };
        write(folder, &format!("leader.{tag}.xlsx"), || reports::workbook(words, &waves, Readable::Led(share)).unwrap());
        for (name, posted) in
            [("organisation", Posted::Organisation), ("group", Posted::Group(BlockId(7))), ("unit", Posted::Unit(path(&["Bereich 1"])))]
        {
            write(folder, &format!("notice-{name}.{tag}.pdf"), || reports::notice(words, &waves, &posted).unwrap().pdf);
        }
    }
    let words = Words::in_language(&"de".parse().unwrap()).unwrap();
    let blocks: Vec<BlockId> = (0..groups.min(60)).map(BlockId).collect();
    let units: [UnitPath; 1] = [path(&["Bereich 1"])];
    write(folder, "unit.de.pdf", || {
        let head = domain::TeamLabel::parse("Bereich 1").unwrap();
        let page = reports::unit_page(words, &waves, &head, Share { blocks: &blocks, units: &units }).unwrap();
        let title = reports::paper_title(words, &waves, &[Posted::Unit(units[0].clone())]).unwrap();
        reports::printed(words, wave, &title, &page).unwrap().pdf
    });
    write(folder, "table.csv", || reports::table(&waves, Readable::All).unwrap());
    write(folder, "report.json", || reports::results(&waves, Readable::All).unwrap());
    write(folder, "organisation.de.xlsx", || reports::workbook(words, &waves, Readable::All).unwrap());
    write(folder, "organisation.de.html", || reports::organisation_page(words, &waves, None).unwrap().into_bytes());
    write(folder, "organisation.de.pdf", || {
        let page = reports::organisation_page(words, &waves, None).unwrap();
        let title = reports::paper_title(words, &waves, &[Posted::Organisation]).unwrap();
        reports::printed(words, wave, &title, &page).unwrap().pdf
    });
}
