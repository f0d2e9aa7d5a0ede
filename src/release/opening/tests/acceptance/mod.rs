//! Statistical acceptance: how often the words and intervals of pages are wrong, counted over invented organisations whose truth is known.
//!
//! People are invented, everything else is the product: groups are proposed, rounds planned, coarsened and given their constants, frozen and
//! signed, come in through the door and are read as pages read them. Only sealing and opening of ballots are left out.
//! `docs/statistical-acceptance.md` says what is meant by "no change" and "the truth", and holds the table of the last full run.

mod counted;
mod full;
mod population;
mod rounds;
mod several;
#[path = "../../../tests/synthetic/mod.rs"]
mod synthetic;

use std::ops::{AddAssign, Range, RangeInclusive};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use self::counted::Share;
use self::population::{CLIMATE, Design};
use self::rounds::{comparison_sets, two_rounds, unchanged};
use self::several::{courses, shares};
use super::super::every_processor;
use crate::reading::{ChangeWord, read_blocks};

/// Of sentences about a change that is none, at most so many in a hundred may be wrong.
const FALSE_ALARMS: f64 = 5.5;
/// Of a hundred intervals, so many hold what they mean.
const COVERAGE: RangeInclusive<f64> = 94.0..=99.5;
/// Of a hundred comparison sets of organisations without a change, at most so many say "clear".
const SETS: f64 = 5.0;
/// Of a hundred organisations without a change, at most so many have one on their list.
const LISTS: f64 = 10.0;
/// Of a hundred zones that are named, at least so many are right.
const ZONES: f64 = 80.0;
/// Of a hundred changes of 15 points in a group of 20, at least so many are called clear.
const POWER: f64 = 60.0;

/// Of a hundred intervals of the share that lies between groups, at least so many hold the true one.
const SHARES: f64 = 94.0;
/// With many groups the printed share is on average so close to the true one, in hundredths. With few it cannot be: it is never below 0.
const SHARES_WITHIN: f64 = 1.0;

/// An organisation of so many teams of this size whose climates have this standard deviation.
fn alike(teams: u32, size: u32, climate: f64, response: f64) -> Design {
    Design { climate, sizes: size..=size, ..design(0.6, 1.0, response, (teams * size, 1.0..=1.4)) }
}

/// Adds up over seeds, on every processor; sums do not depend on their order.
fn over<T: Default + AddAssign + Send>(seeds: Range<u64>, of: impl Fn(u64) -> T + Sync) -> T {
    let threads = every_processor().get() as u64;
    std::thread::scope(|scope| {
        let of = &of;
        let parts: Vec<_> = (0..threads)
            .map(|thread| {
                let mine = (seeds.start + thread..seeds.end).step_by(threads as usize);
                scope.spawn(move || {
                    let mut sum = T::default();
                    mine.for_each(|seed| sum += of(seed));
                    sum
                })
            })
            .collect();
        let mut all = T::default();
        parts.into_iter().for_each(|part| all += part.join().unwrap());
        all
    })
}

/// More than a hundred answer: the spread is the organisation's own, pooled and rounded.
const LARGE: (u32, RangeInclusive<f64>) = (220, 1.0..=1.4);
/// Fewer than a hundred: the declared spread of 1.4. Answers end at 1 and 7, so that this comes to as much.
const SMALL: (u32, RangeInclusive<f64>) = (80, 1.5..=1.6);

fn design(stability: f64, overlap: f64, response: f64, (people, spread): (u32, RangeInclusive<f64>)) -> Design {
    Design { stability, overlap, response, spread, uneven: 0.0, climate: CLIMATE, agreement: 0.0, sizes: 5..=40, people, upward: false }
}

/// An organisation like many: drawn anew for every seed.
fn any_organisation(seed: u64) -> Design {
    let mut chance = StdRng::seed_from_u64(!seed);
    Design {
        stability: chance.random_range(0.4..=0.8),
        overlap: chance.random_range(0.85..=1.0),
        response: chance.random_range(0.6..=1.0),
        spread: 1.0..=1.4,
        uneven: 0.0,
        climate: CLIMATE,
        agreement: 0.0,
        sizes: 5..=40,
        people: chance.random_range(60..=800),
        upward: true,
    }
}

/// What a change of 15 points is called.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    clear: Share,
    possible: Share,
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.clear += other.clear;
        self.possible += other.possible;
    }
}

/// Everybody's opinion in one group of this size moves by 15 points, up or down, in so many dimensions.
fn planted(size: u32, stability: f64, response: f64, dimensions: usize, seed: u64) -> Found {
    let design = Design { sizes: size..=size, ..design(stability, 1.0, response, LARGE) };
    let points = if seed.is_multiple_of(2) { 15.0 } else { -15.0 };
    let group = 1;
    let rounds = two_rounds(&design, seed, |firm| (0..dimensions).for_each(|dimension| firm.plant(group, dimension, points)));
    let reports = read_blocks(&rounds.waves).unwrap();
    let label = &rounds.firm.leaves[group].label;
    let sets = comparison_sets(&reports);
    let set = sets.iter().find(|set| set.groups.contains(label)).unwrap();
    let mut found = Found::default();
    for change in &set.changes[..dimensions] {
        let right_way = change.difference.is_some_and(|difference| f64::from(difference.points) * points > 0.0);
        found.clear.count(right_way && change.word == ChangeWord::Clear);
        found.possible.count(right_way && matches!(change.word, ChangeWord::Clear | ChangeWord::Possible));
    }
    found
}

#[test]
fn without_a_change_pages_seldom_call_one_clear_and_their_intervals_hold_what_they_mean() {
    let designs =
        [(0.4, 1.0, 0.6, LARGE), (0.4, 0.85, 1.0, LARGE), (0.4, 0.6, 0.8, LARGE), (0.6, 0.85, 0.8, LARGE), (0.4, 0.85, 0.8, SMALL)];
    for (stability, overlap, response, size) in designs {
        let design = design(stability, overlap, response, size);
        let outcome = over(0..16, |seed| unchanged(&design, seed));
        assert!(outcome.clear.of > 100 && outcome.clear.may_be_at_most(FALSE_ALARMS), "{design:?}: {}", outcome.clear);
        assert!(outcome.without_zero.may_be_at_most(FALSE_ALARMS), "{design:?}: {}", outcome.without_zero);
        assert!(outcome.differences.may_be_at_least(*COVERAGE.start()), "{design:?}: {}", outcome.differences);
        let covered = outcome.covered_in_blocks();
        assert!(covered.may_be_at_least(*COVERAGE.start()) && covered.may_be_at_most(*COVERAGE.end()), "{design:?}: {covered}");
        assert!(outcome.zones.may_be_at_least(ZONES), "{design:?}: {}", outcome.zones);
        assert_eq!(outcome.wrong_bounds.hits, 0, "{design:?}");
    }
}

#[test]
fn where_no_opinion_lasts_the_counts_show_that_words_and_intervals_are_wrong() {
    let outcome = over(0..100, |seed| unchanged(&design(0.0, 1.0, 1.0, LARGE), seed));
    assert!(!outcome.without_zero.may_be_at_most(FALSE_ALARMS), "{}", outcome.without_zero);
    assert!(!outcome.covered_in_blocks().may_be_at_least(*COVERAGE.start()), "{}", outcome.covered_in_blocks());
}

#[test]
fn organisations_without_a_change_seldom_read_of_one_and_seldom_have_one_to_talk_about() {
    let outcome = over(0..40, |seed| unchanged(&any_organisation(seed), seed));
    assert!(outcome.sets.of > 300 && outcome.sets.may_be_at_most(SETS), "{}", outcome.sets);
    assert!(outcome.lists.of == 40 && outcome.lists.may_be_at_most(LISTS), "{}", outcome.lists);
}

#[test]
fn a_change_of_fifteen_points_among_twenty_answers_is_mostly_called_clear() {
    let found = over(0..60, |seed| planted(20, 0.6, 1.0, 1, seed));
    assert!(found.clear.of == 60 && found.clear.may_be_at_least(POWER), "{}", found.clear);
}

#[test]
fn groups_that_differ_only_by_chance_are_said_to_do_so_and_others_as_far_as_they_do() {
    for (climate, response) in [(0.0, 1.0), (0.0, 0.75), (0.4, 1.0)] {
        let design = alike(80, 8, climate, response);
        let found = over(0..24, |seed| shares(&design, seed));
        let (printed, truth) = (found.printed(), found.truth());
        assert!(found.covered.of == 72 && found.covered.may_be_at_least(SHARES), "{design:?}: {}", found.covered);
        assert!((printed - truth).abs() <= SHARES_WITHIN, "{design:?}: {printed} of {truth}");
    }
}

#[test]
fn where_nobody_leaves_and_nothing_changes_the_course_seldom_leaves_out_zero() {
    let found = over(0..16, |seed| courses(&design(0.4, 1.0, 0.8, LARGE), 6, seed));
    assert!(found.lines.hits > 30 && found.without_zero.may_be_at_most(FALSE_ALARMS), "{}", found.without_zero);
}
