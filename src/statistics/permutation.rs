//! Exact p-values by counting every way in which the people could have been split into two groups.

use crate::Undefined;
use crate::sample::Sample;

/// The most people that are counted exactly: the number of ways to halve 1,000 people, 2.7e299, still is a double.
const MOST_PEOPLE: usize = 1_000;

/// The most additions that are made, about a tenth of a second, and the most counts that are kept, 64 MB.
const MOST_STEPS: f64 = 134_217_728.0;
const MOST_COUNTS: f64 = 8_388_608.0;

/// How far a score may lie from a whole multiple of its unit: scores are often written with six decimals.
const WRITTEN_TO: f64 = 1e-6;

/// Into how many parts a scale point is divided by means of `items` answers of which half may be missing: the least common multiple
/// of the possible numbers of answers, ceil(items / 2) to items.
///
/// The unit for [`exact_mean_difference`]: 12 for the mean of four items, because 2, 3 or 4 may be answered; 1 for sums and single
/// items. **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] for no item, or for so many that the multiple is not below 2^32 (more than 22).
pub fn score_parts(items: u32) -> Result<u32, Undefined> {
    let outside = || Undefined::OutOfDomain { what: "items", value: f64::from(items), domain: "1 to 22" };
    if items == 0 {
        return Err(outside());
    }
    (items.div_ceil(2)..=items)
        .try_fold(1_u32, |parts, answered| {
            let common = greatest_common_divisor(u64::from(parts), u64::from(answered));
            u64::from(parts).checked_mul(u64::from(answered)).and_then(|product| u32::try_from(product / common.max(1)).ok())
        })
        .ok_or_else(outside)
}

/// Exact two-sided permutation test of the difference of two means: the share of all splits of the pooled scores into groups of
/// these sizes whose means differ at least as much.
///
/// Scores are whole multiples of 1 / `parts` ([`score_parts`]), so that equally large differences are equal and ties need no
/// tolerance. All C(n1 + n2, n1) splits are counted by (size, sum), person by person (Pagano & Tritchler 1983); as in R,
/// `coin::oneway_test(distribution = exact())`, "at least as much" is measured from the mean over all splits, in both directions.
/// Counts are exact up to 2^53 (28 against 28 people); above, only positive numbers are added, so that the relative error stays
/// below (n1 + n2) * 2^-53. The smallest possible p is 0.1 for 3 against 3 people, 0.029 for 4 against 4. No order, no common
/// shift and no common factor of the scores changes it, and scores that are all the same give 1. **Analyse only**, where Welch's
/// test has too few people or no spread.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for scores between the multiples, more than 1,000 people, or so many different sums that counting
/// would take 2^27 additions or 2^23 counts: there the t test is as good.
pub fn exact_mean_difference(before: &Sample, after: &Sample, parts: u32) -> Result<f64, Undefined> {
    share_at_least_as_far(&whole(before, parts)?, &whole(after, parts)?)
}

/// The scores in their unit.
#[expect(clippy::cast_possible_truncation, reason = "checked to be whole and below 2^50")]
fn whole(sample: &Sample, parts: u32) -> Result<Vec<i64>, Undefined> {
    let parts = Undefined::unless(parts > 0, "parts of a point", f64::from(parts), "1 or more")?;
    let largest = 2.0_f64.powi(50);
    let in_units = sample.values().iter().map(|&score| {
        let units = (score * parts).round();
        let inside = units.abs() < largest && (score - units / parts).abs() <= WRITTEN_TO;
        Undefined::unless(inside, "score", score, "the whole multiples of its unit").map(|_| units as i64)
    });
    in_units.collect()
}

/// The share of all splits into groups of these sizes in which the sum of one group is at least as far from its mean as here.
pub(crate) fn share_at_least_as_far(one: &[i64], other: &[i64]) -> Result<f64, Undefined> {
    let (counted, rest) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let (size, people) = (counted.len(), one.len() + other.len());
    within(people <= MOST_PEOPLE, "people to count exactly", people as f64, "at most 1000")?;

    // The same question in the smallest whole numbers.
    let pooled = || counted.iter().chain(rest);
    let least = pooled().copied().min().unwrap_or_default();
    let unit = pooled().fold(0, |unit, score| greatest_common_divisor(unit, score.abs_diff(least)));
    if unit == 0 {
        return Ok(1.0);
    }
    let steps_above = |score: &i64| score.abs_diff(least) / unit;
    let mut scores: Vec<u64> = pooled().map(steps_above).collect();
    scores.sort_unstable();
    let observed: u64 = counted.iter().map(steps_above).sum();
    let total: u64 = scores.iter().sum();
    let highest: u64 = scores.iter().rev().take(size).sum();

    let counts = (size as f64 + 1.0) * (highest as f64 + 1.0);
    within(counts <= MOST_COUNTS, "counts to keep", counts, "at most 2^23")?;
    within(counts * people as f64 <= MOST_STEPS, "additions to count exactly", counts * people as f64, "at most 2^27")?;

    let ways = ways_by_sum(&scores, size, highest);
    // n times the sum against m times the total, so that the mean over all splits is a whole number.
    let distance = |sum: u64| (u128::from(sum) * people as u128).abs_diff(u128::from(total) * size as u128);
    let here = distance(observed);
    let all: f64 = ways.iter().sum();
    let far: f64 = ways.iter().zip(0_u64..).filter(|&(_, sum)| distance(sum) >= here).map(|(ways, _)| ways).sum();
    Ok(far / all)
}

/// In how many ways `size` of the scores add up to each sum from 0 to `highest`.
fn ways_by_sum(scores: &[u64], size: usize, highest: u64) -> Vec<f64> {
    let mut table = vec![vec![0.0; highest as usize + 1]; size + 1];
    if let Some(nothing) = table.first_mut().and_then(|row| row.first_mut()) {
        *nothing = 1.0;
    }
    for (seen, &score) in scores.iter().enumerate() {
        // From large to small groups, so that nobody is counted twice; smaller groups than this cannot grow to `size` any more.
        let smallest = size.saturating_sub(scores.len() - seen - 1).max(1);
        for people in (smallest..=size.min(seen + 1)).rev() {
            let (fewer, with) = table.split_at_mut(people);
            if let (Some(without), Some(with)) = (fewer.last(), with.first_mut()) {
                for (ways, more) in with.iter_mut().skip(score as usize).zip(without) {
                    *ways += more;
                }
            }
        }
    }
    table.pop().unwrap_or_default()
}

fn within(inside: bool, what: &'static str, value: f64, domain: &'static str) -> Result<(), Undefined> {
    Undefined::unless(inside, what, value, domain).map(|_| ())
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[i64]) -> Sample {
        Sample::new(values.iter().map(|&value| value as f64)).unwrap()
    }

    fn p(before: &[i64], after: &[i64]) -> f64 {
        exact_mean_difference(&sample(before), &sample(after), 1).unwrap()
    }

    #[test]
    fn the_smallest_p_depends_on_the_number_of_people_alone() {
        // 2 / C(n1 + n2, n1)
        assert_eq!(p(&[1, 2, 3], &[7, 8, 9]), 0.1);
        assert_eq!(p(&[3, 3, 3], &[4, 4, 4]), 0.1);
        assert_eq!(p(&[1, 2, 3], &[4, 5, 6, 7]), 2.0 / 35.0);
        assert_eq!(p(&[1, 1, 2, 2], &[5, 5, 6, 7]), 2.0 / 70.0);
        assert_eq!(p(&[1, 1, 2, 2, 1], &[5, 5, 6, 7, 6]), 2.0 / 252.0);
    }

    #[test]
    fn everybody_alike_is_no_difference() {
        assert_eq!(p(&[4, 4], &[4, 4, 4]), 1.0);
        assert_eq!(p(&[4], &[4]), 1.0);
        assert_eq!(p(&[1, 5], &[3, 3]), 1.0);
    }

    #[test]
    fn means_of_scales_with_missing_answers_are_counted_in_parts() {
        assert_eq!([1, 2, 3, 4, 7].map(|items| score_parts(items).unwrap()), [1, 2, 6, 12, 420]);
        assert!(score_parts(0).is_err() && score_parts(22).is_ok() && score_parts(60).is_err());
        let thirds = |sums: &[i64]| Sample::new(sums.iter().map(|&sum| (sum as f64 / 3.0 * 1e6).round() / 1e6)).unwrap();
        let (before, after) = ([7, 9, 10, 4], [11, 12, 10, 14, 13]);
        assert_eq!(exact_mean_difference(&thirds(&before), &thirds(&after), 3).unwrap(), p(&before, &after));
        assert!(exact_mean_difference(&thirds(&before), &thirds(&after), 1).is_err());
        assert!(exact_mean_difference(&thirds(&before), &thirds(&after), 0).is_err());
    }

    #[test]
    fn four_hundred_against_four_hundred_is_no_overflow_and_what_is_too_large_says_so() {
        let yes = |people: i64, of: i64| (0..people).map(|i| i64::from(i % of == 0)).collect::<Vec<_>>();
        // fisher.test(matrix(c(200, 200, 134, 266), 2)) in R.
        assert!((p(&yes(400, 2), &yes(400, 3)) / 2.991_808_143_277_484e-6 - 1.0).abs() < 1e-9);
        assert!(exact_mean_difference(&sample(&yes(501, 2)), &sample(&yes(500, 3)), 1).is_err());
        let wide: Vec<i64> = (0..400).map(|i| i * i * i).collect();
        assert!(exact_mean_difference(&sample(&wide), &sample(&wide), 1).is_err());
        assert!(exact_mean_difference(&Sample::new([1e300]).unwrap(), &Sample::new([-1e300]).unwrap(), 1).is_err());
    }

    /// Every split, one by one.
    fn by_listing(before: &[i64], after: &[i64]) -> f64 {
        let pooled: Vec<i64> = before.iter().chain(after).copied().collect();
        let (people, size, total) = (pooled.len() as i64, after.len() as i64, pooled.iter().sum::<i64>());
        let distance = |sum: i64| (people * sum - size * total).abs();
        let here = distance(after.iter().sum());
        let splits = (0_u32..1 << people).filter(|split| i64::from(split.count_ones()) == size);
        let sums: Vec<i64> =
            splits.map(|split| (0..).zip(&pooled).filter(|(bit, _)| split >> bit & 1 == 1).map(|(_, score)| score).sum()).collect();
        sums.iter().filter(|&&sum| distance(sum) >= here).count() as f64 / sums.len() as f64
    }

    proptest! {
        #[test]
        fn counting_by_sums_is_listing_every_split(
            before in proptest::collection::vec(-5i64..9, 1..7), after in proptest::collection::vec(-5i64..9, 1..7),
        ) {
            prop_assert_eq!(p(&before, &after), by_listing(&before, &after));
        }

        #[test]
        fn neither_direction_nor_origin_nor_unit_matters(
            before in proptest::collection::vec(1i64..30, 1..20), after in proptest::collection::vec(1i64..30, 1..20), shift in -50i64..50, factor in 1i64..9,
        ) {
            let moved = |scores: &[i64]| scores.iter().rev().map(|score| factor * score + shift).collect::<Vec<_>>();
            let here = p(&before, &after);
            prop_assert_eq!(p(&after, &before), here);
            prop_assert_eq!(p(&moved(&before), &moved(&after)), here);
            prop_assert!(here > 0.0 && here <= 1.0);
        }
    }
}
