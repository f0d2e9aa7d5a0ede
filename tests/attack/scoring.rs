//! From guesses to hits, chance, and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use statistics::{DegreesOfFreedom, t_quantile};

/// Who gave which row: the place of a person among the invited, and the row's place among the shuffled rows of their group.
pub(crate) type Matching = BTreeMap<usize, usize>;

/// The result of one attack in one round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Score {
    /// Over how many people the attacker made a guess.
    pub(crate) people: u32,
    /// For how many the guess was right. Where nothing tells several guesses apart, each counts by its share.
    pub(crate) hits: f64,
    /// How many hits guessing gives on average: one in each group, whatever its size, when everybody in it counts.
    pub(crate) expected: f64,
    /// For how many of the people the attacker had something to go by. The guesses for all others are chance of the harness's own, and so are their hits.
    pub(crate) led: u32,
}

/// Holds the attacker's guesses in one group against the truth. Whoever the attacker has no guess for gets one of the rows that are left, by chance; that
/// is what the attacker would do. Only `counted` people count: all, or those whom an attack aims at. Groups of fewer than two respondents are left out, there is nothing to guess.
pub(crate) fn score_group(people: &[usize], counted: &[usize], truth: &Matching, guesses: &Matching, random: &mut StdRng) -> Score {
    let size = people.len();
    if size < 2 {
        return Score::default();
    }
    let mut taken = BTreeSet::new();
    // Two guesses of one row cannot both be right: the first keeps it.
    let sure: Matching = people
        .iter()
        .filter_map(|person| guesses.get(person).filter(|row| **row < size && taken.insert(**row)).map(|row| (*person, *row)))
        .collect();
    let mut left: Vec<usize> = (0..size).filter(|row| !taken.contains(row)).collect();
    // The only row that is left leads to the only person.
    let last = left.len() == 1;
    let led = counted.iter().filter(|person| last || sure.contains_key(person)).count();
    left.shuffle(random);
    let hit = |person: &&usize| sure.get(person).copied().or_else(|| left.pop()) == truth.get(person).copied();
    let hits = counted.iter().filter(hit).count();
    let number = |count: usize| u32::try_from(count).unwrap();
    Score {
        people: number(counted.len()),
        hits: f64::from(number(hits)),
        expected: f64::from(number(counted.len())) / f64::from(number(size)),
        led: number(led),
    }
}

impl Score {
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            hits: self.hits + other.hits,
            expected: self.expected + other.expected,
            led: self.led + other.led,
        }
    }
}

/// One attack over many rounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    rounds: Vec<Score>,
}

/// Hits minus chance, in points of 100, with its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Difference {
    pub(crate) points: f64,
    /// Half the width of the interval; infinite for a single round.
    pub(crate) half_width: f64,
}

impl Difference {
    pub(crate) fn upper(self) -> f64 {
        self.points + self.half_width
    }

    pub(crate) fn lower(self) -> f64 {
        self.points - self.half_width
    }
}

impl Tally {
    pub(crate) fn add(&mut self, score: Score) {
        self.rounds.push(score);
    }

    pub(crate) fn rounds(&self) -> usize {
        self.rounds.len()
    }

    /// In how many rounds the attacker had something to go by, for anybody.
    pub(crate) fn rounds_with_a_lead(&self) -> usize {
        self.rounds.iter().filter(|round| round.led > 0).count()
    }

    pub(crate) fn total(&self) -> Score {
        self.rounds.iter().fold(Score::default(), |sum, round| sum.plus(*round))
    }

    /// Hits minus chance over all people.
    ///
    /// What goes right or wrong within a round hangs together (one order of arrival, one file), so the round is the unit: the ratio estimator over
    /// clusters, D = sum(d_r) / sum(n_r), with variance R/(R-1) * sum((d_r - D n_r)^2) / sum(n_r)^2 and Student's t with R - 1 degrees of freedom
    /// (Cochran, Sampling Techniques, 3rd ed., 1977, sections 6.3 and 9A.1).
    pub(crate) fn difference(&self) -> Difference {
        let total = self.total();
        let people = f64::from(total.people.max(1));
        let ratio = (total.hits - total.expected) / people;
        let rounds = self.rounds.len();
        if rounds < 2 {
            return Difference { points: 100.0 * ratio, half_width: f64::INFINITY };
        }
        let residual = |round: &Score| round.hits - round.expected - ratio * f64::from(round.people);
        let squares: f64 = self.rounds.iter().map(|round| residual(round).powi(2)).sum();
        let many = f64::from(u32::try_from(rounds).unwrap());
        let error = (many / (many - 1.0) * squares).sqrt() / people;
        let t = t_quantile(0.975, DegreesOfFreedom::Finite(u32::try_from(rounds - 1).unwrap())).unwrap();
        Difference { points: 100.0 * ratio, half_width: 100.0 * t * error }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn everybody(size: usize) -> (Vec<usize>, Matching) {
        let people: Vec<usize> = (10..10 + size).collect();
        let truth = people.iter().enumerate().map(|(row, person)| (*person, (row + 3) % size)).collect();
        (people, truth)
    }

    #[test]
    fn whoever_knows_everything_hits_everybody() {
        let (people, truth) = everybody(8);
        let score = score_group(&people, &people, &truth, &truth, &mut StdRng::seed_from_u64(1));
        assert_eq!((score.people, score.hits, score.led), (8, 8.0, 8));
    }

    #[test]
    fn guesses_without_a_lead_are_counted_as_such_and_the_last_row_of_a_group_is_a_lead() {
        let (people, truth) = everybody(8);
        let led = |known: usize| {
            let guesses = truth.iter().take(known).map(|(person, row)| (*person, *row)).collect();
            score_group(&people, &people, &truth, &guesses, &mut StdRng::seed_from_u64(1)).led
        };
        assert_eq!([0, 3, 6, 7].map(led), [0, 3, 6, 8]);
        let mut tally = Tally::default();
        for known in [0, 2, 0] {
            tally.add(Score { people: 8, hits: 1.0, expected: 1.0, led: known });
        }
        assert_eq!((tally.rounds_with_a_lead(), tally.total().led), (1, 2));
    }

    #[test]
    fn whoever_knows_nothing_hits_one_in_each_group_on_average_and_the_interval_holds_it() {
        for seed in 0..5 {
            let (mut tally, mut random) = (Tally::default(), StdRng::seed_from_u64(seed));
            for round in 0..400 {
                let (people, truth) = everybody(if round % 2 == 0 { 6 } else { 20 });
                tally.add(score_group(&people, &people, &truth, &Matching::new(), &mut random));
            }
            let difference = tally.difference();
            assert!(difference.half_width > 0.4 && difference.half_width < 1.2, "{difference:?}");
            assert!(difference.points.abs() < 2.0 * difference.half_width, "{difference:?}");
        }
    }

    #[test]
    fn knowing_one_in_five_is_seen() {
        let (mut tally, mut random) = (Tally::default(), StdRng::seed_from_u64(1));
        for _ in 0..40 {
            let (people, truth) = everybody(20);
            let known = truth.iter().take(4).map(|(person, row)| (*person, *row)).collect();
            tally.add(score_group(&people, &people, &truth, &known, &mut random));
        }
        let difference = tally.difference();
        assert!(difference.lower() > 15.0 && difference.upper() < 25.0, "{difference:?}");
    }

    #[test]
    fn one_row_guessed_for_everybody_hits_once() {
        let (people, truth) = everybody(8);
        let same = people.iter().map(|person| (*person, 0)).collect();
        let mut hits = 0.0;
        for seed in 0..200 {
            hits += score_group(&people, &people, &truth, &same, &mut StdRng::seed_from_u64(seed)).hits;
        }
        assert!((120.0..300.0).contains(&hits), "{hits}");
    }

    #[test]
    fn a_group_of_one_is_left_out_and_one_round_has_no_interval() {
        let (people, truth) = everybody(1);
        let score = score_group(&people, &people, &truth, &truth, &mut StdRng::seed_from_u64(1));
        assert_eq!(score.people, 0);
        let mut tally = Tally::default();
        tally.add(score);
        assert!(tally.difference().half_width.is_infinite());
    }
}
