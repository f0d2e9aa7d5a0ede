//! How many groups of a simulated year can be compared with the round before.
//!
//! Counts suffice for that: everybody answers or not, the rounds are planned by the product's rule, every cell holds the middle of the scale.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../../release/tests/synthetic/mod.rs"]
mod synthetic;

use std::collections::BTreeMap;

use disclosure::standing::Policy;
use disclosure::{GroupCount, Member, UpwardCount, plan};
use domain::UnitPath;
use rand::RngExt;
use release::reading::{Comparison, NoComparison, PastWave, read_blocks};

use super::chance::Seed;
use super::grouping::Grouped;
use super::organisation::Organisation;

/// Rounds of a simulated year and the one before.
const ROUNDS: usize = 5;
const CHURN: f64 = 0.05;
const RESPONSE: f64 = 0.75;
/// One in fourteen of those who answer counts one level up.
const UPWARD: f64 = 0.07;
const K: u32 = 5;

/// Groups with and without a comparison, by reason.
#[derive(Default)]
struct Tally {
    groups: u32,
    compared: u32,
    reasons: BTreeMap<String, u32>,
}

fn round(number: usize, seed: u64, grouped: &Grouped) -> PastWave {
    let mut chance = Seed(seed).of("who answers", number, 0);
    let instrument = synthetic::pulse();
    let mut groups: Vec<GroupCount> =
        grouped.leaves.iter().map(|leaf| GroupCount { group: leaf.group, unit: leaf.unit.clone(), n: 0 }).collect();
    let mut upward: BTreeMap<UnitPath, u32> = BTreeMap::new();
    for group in grouped.group_of.values() {
        if chance.random_bool(RESPONSE) {
            let count = &mut groups[group.0 as usize];
            if chance.random_bool(UPWARD) {
                *upward.entry(count.unit.clone()).or_default() += 1;
            } else {
                count.n += 1;
            }
        }
    }
    let upward: Vec<UpwardCount> = upward.into_iter().map(|(unit, n)| UpwardCount { unit, n }).collect();
    let planned = plan(&groups, &upward, K).unwrap();
    let blocks = planned
        .blocks
        .iter()
        .map(|block| synthetic::HandBlock {
            members: block.members.clone(),
            n: block.n,
            sums: instrument.items.iter().map(|_| Some((block.n, u64::from(block.n) * 3))).collect(),
        })
        .collect();
    let constants = synthetic::constants(&instrument, 12, 100, 8);
    let documents = synthetic::documents(&format!("w{number}"), &instrument, grouped.leaves.clone(), blocks, Some(constants));
    PastWave::Published(Box::new(synthetic::published(&documents)))
}

/// The last round's groups: how many of them stand in a block that is compared with the round before.
fn count(waves: &[PastWave], tally: &mut Tally) {
    let PastWave::Published(latest) = waves.last().unwrap() else { panic!("every round has a result") };
    let of_block: BTreeMap<_, u32> = latest
        .release
        .base
        .blocks
        .iter()
        .map(|block| (block.id, block.members.iter().filter(|member| matches!(member, Member::Group(_))).count() as u32))
        .collect();
    for report in read_blocks(waves).unwrap() {
        let groups = of_block[&report.block];
        tally.groups += groups;
        match &report.comparison {
            Comparison::Made(set) => {
                assert!(set.groups.len() <= 3, "a comparison of more than three groups");
                tally.compared += groups;
            }
            Comparison::NotPossible(NoComparison::UpwardOnly) => {}
            Comparison::NotPossible(reason) => *tally.reasons.entry(format!("{reason:?}")).or_default() += groups,
            Comparison::FirstWave => panic!("there is a round before"),
        }
    }
}

/// Lets a year pass; every round is compared with the one before.
fn year(people: usize, seed: u64) -> Tally {
    let mut organisation = Organisation::found(people, 3, seed);
    let policy = Policy::new(K, 7).unwrap();
    let (mut grouped, mut tally) = (Grouped::default(), Tally::default());
    let mut before = None;
    for number in 0..ROUNDS {
        grouped = grouped.next(&organisation.roster().unwrap(), policy).unwrap();
        let wave = round(number, seed, &grouped);
        if let Some(before) = before.replace(wave.clone()) {
            count(&[before, wave], &mut tally);
        }
        organisation.pass_quarter(CHURN);
    }
    tally
}

#[test]
fn over_a_year_three_of_four_groups_are_compared_with_the_round_before_in_sets_of_at_most_three() {
    for (people, seeds) in [(240, 1..=8), (600, 1..=3), (5_000, 1..=1)] {
        let mut all = Tally::default();
        for seed in seeds {
            let tally = year(people, seed);
            all.groups += tally.groups;
            all.compared += tally.compared;
            for (reason, groups) in tally.reasons {
                *all.reasons.entry(reason).or_default() += groups;
            }
        }
        let share = |groups: u32| f64::from(groups) * 100.0 / f64::from(all.groups);
        let reasons: Vec<String> = all.reasons.iter().map(|(reason, groups)| format!("{reason} {:.1} %", share(*groups))).collect();
        println!("{people} people: {:.1} % of {} groups are compared; not: {}", share(all.compared), all.groups, reasons.join(", "));
        assert!(share(all.compared) >= 75.0, "{people} people: only {:.1} %", share(all.compared));
    }
}
