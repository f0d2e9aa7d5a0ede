//! The full run: every design many times, printed as tables.
#![allow(clippy::print_stdout)]

use std::ops::Range;

use super::counted::Share;
use super::population::{DIMENSIONS, Design};
use super::rounds::{CLASSES, Outcome, unchanged};
use super::several::{courses, shares};
use super::{
    COVERAGE, FALSE_ALARMS, LARGE, LISTS, POWER, SETS, SHARES, SHARES_WITHIN, SMALL, ZONES, alike, any_organisation, design, over, planted,
};

/// How much of a score lasts.
const STABILITY: [f64; 3] = [0.4, 0.6, 0.8];
/// Which share of a team was there before.
const OVERLAP: [f64; 3] = [1.0, 0.85, 0.6];
/// Which share answers.
const RESPONSE: [f64; 3] = [0.6, 0.8, 1.0];
/// More lasts than an interval takes for granted: then it is wider than it need be, which is said in the documentation.
const MORE_LASTS: f64 = 0.8;

/// From so many groups on the printed share is held to the true one on average.
const MANY_GROUPS: u32 = 80;

/// A full run: how much is counted, and what was outside its bounds.
struct Run {
    organisations: u64,
    next_seed: u64,
    outside: Vec<String>,
}

#[test]
#[ignore = "takes minutes: tests/run.sh acceptance"]
fn the_full_run() {
    let (organisations, seed) = (given("ACCEPTANCE_ORGANISATIONS", 400), given("ACCEPTANCE_SEED", 1));
    println!("\n{organisations} organisations per design, seed {seed}; percent (95 % interval) count/of");
    let mut run = Run { organisations, next_seed: seed << 32, outside: Vec::new() };
    run.without_change();
    run.any_organisations();
    run.planted_changes();
    run.other_organisations();
    run.shares();
    run.courses();
    assert!(run.outside.is_empty(), "outside the bounds:\n{}", run.outside.join("\n"));
}

/// A number that the environment gives.
fn given(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
}

fn heading(text: &str, columns: &[&str]) {
    println!("\n{text}\n\n| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len()));
}

fn row(columns: &[&dyn std::fmt::Display]) {
    println!("| {} |", columns.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | "));
}

/// Every two of two lists.
fn every<A: Copy, B: Copy>(some: &[A], others: &[B]) -> Vec<(A, B)> {
    some.iter().flat_map(|a| others.iter().map(|b| (*a, *b))).collect()
}

impl Run {
    /// Seeds that no other design has.
    fn seeds(&mut self, count: u64) -> Range<u64> {
        let first = self.next_seed;
        self.next_seed += count;
        first..self.next_seed
    }

    fn hold(&mut self, what: &str, holds: bool, found: Share) {
        if !holds {
            self.outside.push(format!("{what}: {found}"));
        }
    }

    /// False alarms of every design, then the coverage of scores, which does not depend on who was there before.
    fn without_change(&mut self) {
        heading(
            "Two rounds between which nothing changed but who is there. r: correlation of the same people's scores, s: their standard deviation within teams.",
            &[
                "lasts, same people, response, people",
                "r",
                "s",
                "sentences that say clear",
                "intervals without 0",
                "sets that say clear",
                "lists with a change",
                "intervals with the true difference",
                "cannot be seen",
            ],
        );
        let mut coverage = Vec::new();
        for size in [LARGE, SMALL] {
            for (stability, response) in every(&STABILITY, &RESPONSE) {
                let mut of_all = Outcome::default();
                for overlap in OVERLAP {
                    let design = design(stability, overlap, response, size.clone());
                    let found = over(self.seeds(self.organisations), |seed| unchanged(&design, seed));
                    let name = format!("{stability:.1}, {:.0} %, {:.0} %, {}", overlap * 100.0, response * 100.0, size.0);
                    let (r, s) = (format!("{:.2}", found.correlation()), format!("{:.2}", found.spread()));
                    row(&[&name, &r, &s, &found.clear, &found.without_zero, &found.sets, &found.lists, &found.differences, &found.unseen]);
                    self.hold(&format!("{name}: sentences"), found.clear.percent() <= FALSE_ALARMS, found.clear);
                    self.hold(&format!("{name}: without 0"), found.without_zero.percent() <= FALSE_ALARMS, found.without_zero);
                    self.hold(&format!("{name}: differences"), found.differences.percent() >= *COVERAGE.start(), found.differences);
                    of_all += found;
                }
                coverage.push((format!("{stability:.1}, {:.0} %, {}", response * 100.0, size.0), stability < MORE_LASTS, of_all));
            }
        }
        self.zones(&coverage);
        self.coverage(coverage);
    }

    /// How often zones are right.
    fn zones(&mut self, designs: &[(String, bool, Outcome)]) {
        heading("Named zones of standards and speaking up in which the mean lasting opinion lies.", &["lasts, response, people", "right"]);
        for (name, _, found) in designs {
            row(&[name, &found.zones]);
            self.hold(&format!("{name}: zones"), found.zones.percent() >= ZONES, found.zones);
        }
    }

    fn coverage(&mut self, designs: Vec<(String, bool, Outcome)>) {
        let mut columns = vec!["lasts, response, people", "all blocks"];
        columns.extend(CLASSES);
        columns.extend(["opinion of the round", "answers of all invited", "wrong \"or more\""]);
        heading("Intervals of scores that hold the mean lasting opinion of everybody who was invited, by the number of answers.", &columns);
        let mut everything = Outcome::default();
        for (name, not_too_wide, found) in designs {
            let blocks = found.covered_in_blocks();
            let classes = found.covered.map(|class| class[0]);
            let [opinion, answers] = [1, 2].map(|meant| {
                let mut all = Share::default();
                found.covered.iter().for_each(|class| all += class[meant]);
                all
            });
            let mut columns: Vec<&dyn std::fmt::Display> = vec![&name, &blocks];
            columns.extend(classes.iter().map(|class| class as &dyn std::fmt::Display));
            columns.extend([&opinion as &dyn std::fmt::Display, &answers, &found.wrong_bounds]);
            row(&columns);
            for (class, covered) in CLASSES.iter().zip(classes).filter(|(_, covered)| covered.of > 0) {
                // Some classes are rare: a share is held to its bound as far as it is known.
                self.hold(&format!("{name}, {class}: covered"), covered.may_be_at_least(*COVERAGE.start()), covered);
            }
            self.hold(&format!("{name}: covered"), blocks.percent() >= *COVERAGE.start(), blocks);
            self.hold(&format!("{name}: covered"), blocks.percent() <= *COVERAGE.end() || !not_too_wide, blocks);
            self.hold(&format!("{name}: or more"), found.wrong_bounds.hits == 0, found.wrong_bounds);
            everything += found;
        }
        let blocks = everything.covered_in_blocks();
        println!("\nBlocks of all designs: {blocks}");
        self.hold("all designs: covered", COVERAGE.contains(&blocks.percent()), blocks);
    }

    fn any_organisations(&mut self) {
        heading(
            "Organisations of 60 to 800 people without a change.",
            &[
                "organisations",
                "sentences that say clear",
                "sets that say clear",
                "units and organisations that say clear",
                "lists with a change",
            ],
        );
        for count in [200, 5 * self.organisations] {
            let found = over(self.seeds(count), |seed| unchanged(&any_organisation(seed), seed));
            row(&[&count, &found.clear, &found.sets, &found.totals, &found.lists]);
            self.hold("organisations: sets", found.sets.percent() <= SETS, found.sets);
            self.hold("organisations: lists", found.lists.percent() <= LISTS, found.lists);
        }
    }

    fn planted_changes(&mut self) {
        heading("A change of 15 points in one group.", &["people, response, lasts, dimensions that changed", "clear", "clear or possible"]);
        for (size, response) in [(20, 1.0), (25, 0.8), (20, 0.8), (20, 0.6)] {
            for (stability, dimensions) in every(&STABILITY, &[1, DIMENSIONS]) {
                let found = over(self.seeds(self.organisations), |seed| planted(size, stability, response, dimensions, seed));
                let name = format!("{size}, {:.0} %, {stability:.1}, {dimensions}", response * 100.0);
                row(&[&name, &found.clear, &found.possible]);
                let twenty_answer = f64::from(size) * response >= 20.0;
                self.hold(&format!("planted in {name}"), found.clear.percent() >= POWER || !twenty_answer, found.clear);
            }
        }
    }

    /// What the method does not take into account: teams whose people differ more than those of others, and answers near the end of the scale.
    fn other_organisations(&mut self) {
        heading(
            "Other organisations without a change: .4 lasts, 85 % are the same people, 80 % answer, 220 people.",
            &[
                "spreads of teams, mean of raw points",
                "s",
                "sentences that say clear",
                "intervals without 0",
                "sets that say clear",
                "lists with a change",
                "all blocks: lasting opinion",
                "cannot be seen",
                "wrong \"or more\"",
            ],
        );
        for (uneven, agreement) in every(&[0.0, 0.3], &[0.0, 1.0]) {
            let design = Design { uneven, agreement, ..design(0.4, 0.85, 0.8, LARGE) };
            let found = over(self.seeds(self.organisations), |seed| unchanged(&design, seed));
            let name = format!("{:.1} to {:.1} times, {:.1}", 1.0 - uneven, 1.0 + uneven, 4.6 + agreement);
            let (s, covered) = (format!("{:.2}", found.spread()), found.covered_in_blocks());
            row(&[&name, &s, &found.clear, &found.without_zero, &found.sets, &found.lists, &covered, &found.unseen, &found.wrong_bounds]);
            self.hold(&format!("{name}: sentences"), found.clear.percent() <= FALSE_ALARMS, found.clear);
            self.hold(&format!("{name}: covered"), COVERAGE.contains(&covered.percent()), covered);
            self.hold(&format!("{name}: or more"), found.wrong_bounds.hits == 0, found.wrong_bounds);
        }
    }

    /// How far groups differ, against how far they do.
    fn shares(&mut self) {
        heading(
            "The share of the differences between people that lies between groups, one round.",
            &["teams of people, response, climates", "true share", "printed on average", "intervals with the true share", "cannot be told"],
        );
        for (teams, size) in [(20, 8), (30, 8), (30, 20), (80, 8), (100, 8)] {
            for (response, climate) in every(&[0.75, 1.0], &[0.0, 0.25, 0.4]) {
                let design = alike(teams, size, climate, response);
                let found = over(self.seeds(self.organisations), |seed| shares(&design, seed));
                let name = format!("{teams} of {size}, {:.0} %, {climate}", response * 100.0);
                let (truth, printed) = (found.truth(), found.printed());
                row(&[&name, &format!("{truth:.1}"), &format!("{printed:.1}"), &found.covered, &found.untold]);
                // Where too few of a team answer it is put together with another, and what is said is about the two as one group.
                if response < 1.0 {
                    continue;
                }
                self.hold(&format!("{name}: shares"), found.covered.may_be_at_least(SHARES), found.covered);
                let close = (printed - truth).abs() <= SHARES_WITHIN;
                self.hold(&format!("{name}: {printed:.1} for {truth:.1}"), close || teams < MANY_GROUPS, found.covered);
            }
        }
    }

    /// Where the organisation goes although nothing changes but who is there.
    fn courses(&mut self) {
        heading(
            "Courses over rounds between which nothing changed but who is there: .4 lasts, 80 % answer, 220 people.",
            &["same people, rounds", "dimensions with a line", "lines without 0", "lines that say clear"],
        );
        for (overlap, rounds) in every(&OVERLAP, &[4, 8, 12]) {
            let design = design(0.4, overlap, 0.8, LARGE);
            let found = over(self.seeds(self.organisations), |seed| courses(&design, rounds, seed));
            let name = format!("{:.0} %, {rounds}", overlap * 100.0);
            row(&[&name, &found.lines, &found.without_zero, &found.clear]);
            // A course is about whoever was there: it is held to the bound where that is always the same people.
            let holds = overlap < 1.0 || found.without_zero.percent() <= FALSE_ALARMS;
            self.hold(&format!("{name}: courses without 0"), holds, found.without_zero);
        }
    }
}
