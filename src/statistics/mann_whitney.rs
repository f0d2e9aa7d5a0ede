//! Whether the later answers tend to be higher, from ranks alone.

use crate::Undefined;
use crate::distributions::normal_survival;
use crate::permutation::share_at_least_as_far;
use crate::sample::Sample;

/// Up to so many pairs (people before times people after) the exact p-value is the one to read.
pub const EXACT_PAIRS: usize = 400;

/// The Wilcoxon-Mann-Whitney test of two waves.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the later answer is higher, equal ones counting one half: U of the later wave, 0 to n1 n2.
    pub u: f64,
    /// Two-sided p-value, normal approximation with ties and with the continuity correction of one half.
    pub p_corrected: Result<f64, Undefined>,
    /// The same without the continuity correction.
    pub p_uncorrected: Result<f64, Undefined>,
    /// Two-sided p-value over all splits of the mid-ranks; undefined only where there are too many to count.
    pub p_exact: Result<f64, Undefined>,
    pairs: usize,
}

impl MannWhitney {
    /// The p-value to read: exact up to [`EXACT_PAIRS`] pairs, above with the continuity correction.
    ///
    /// # Errors
    /// [`Undefined::NoSpread`] when more than [`EXACT_PAIRS`] pairs are all tied.
    pub fn p(&self) -> Result<f64, Undefined> {
        if self.pairs <= EXACT_PAIRS { self.p_exact } else { self.p_corrected }
    }
}

/// Tests whether the answers of the later wave tend to be higher or lower (Wilcoxon 1945; Mann & Whitney 1947).
///
/// U is the rank sum of the later wave less n2 (n2 + 1) / 2, with mid-ranks for ties. Its variance without a change is
/// n1 n2 / 12 * ((N + 1) - sum(t^3 - t) / (N (N - 1))), t the sizes of the ties (R: `wilcox.test(after, before, exact = FALSE)`). The
/// exact p-value counts all splits of the doubled mid-ranks, which are whole numbers, ties included, as
/// [`exact_mean_difference`](crate::exact_mean_difference) does (R: `coin::wilcox_test(distribution = exact())`). No strictly
/// increasing change of the scale matters. **Analyse only.**
///
/// When all answers are tied there is no normal approximation ([`Undefined::NoSpread`]); its exact p-value is 1.
#[must_use]
pub fn mann_whitney(before: &Sample, after: &Sample) -> MannWhitney {
    let mut pooled: Vec<(f64, bool)> = before.values().iter().map(|&score| (score, false)).collect();
    pooled.extend(after.values().iter().map(|&score| (score, true)));
    pooled.sort_by(|a, b| a.0.total_cmp(&b.0));

    let (mut earlier, mut later) = (Vec::with_capacity(before.len()), Vec::with_capacity(after.len()));
    let mut below = 0_i64;
    let mut tied = 0.0;
    for tie in pooled.chunk_by(|a, b| a.0 == b.0) {
        // Twice the mean of the places below + 1 to below + size.
        let size = tie.len() as i64;
        let doubled_rank = 2 * below + size + 1;
        for &(_, is_later) in tie {
            if is_later { later.push(doubled_rank) } else { earlier.push(doubled_rank) }
        }
        below += size;
        tied += (size as f64).powi(3) - size as f64;
    }

    let (n1, n2) = (before.n(), after.n());
    let n = n1 + n2;
    let u = (later.iter().sum::<i64>() as f64 - n2 * (n2 + 1.0)) / 2.0;
    let variance = n1 * n2 / 12.0 * ((n + 1.0) - tied / (n * (n - 1.0)));
    let distance = (u - n1 * n2 / 2.0).abs();
    // Asked of the ranks: the variance of very many tied answers may be a rounding error beside 0.
    let all_tied = earlier.iter().chain(&later).all(|rank| Some(rank) == later.first());
    let approximated = |distance: f64| {
        if !all_tied { Ok((2.0 * normal_survival(distance / variance.sqrt())).min(1.0)) } else { Err(Undefined::NoSpread) }
    };
    MannWhitney {
        u,
        // A distance of 0 or one half is no distance at all after the correction.
        p_corrected: approximated((distance - 0.5).max(0.0)),
        p_uncorrected: approximated(distance),
        p_exact: share_at_least_as_far(&earlier, &later),
        pairs: before.len() * after.len(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn sample(values: &[i32]) -> Sample {
        Sample::new(values.iter().map(|&value| f64::from(value))).unwrap()
    }

    #[test]
    fn the_textbook_sample_of_r_without_ties() {
        // ?wilcox.test in R: Hollander & Wolfe (1973), 69f, permeability constants: W = 35, p = 0.2544 exact.
        let before = Sample::new([1.15, 0.88, 0.90, 0.74, 1.21]).unwrap();
        let after = Sample::new([0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]).unwrap();
        let test = mann_whitney(&before, &after);
        assert_eq!(test.u, 35.0);
        assert!((test.p_exact.unwrap() - 0.254_412_254_412_254_4).abs() < 1e-15);
        assert_eq!(test.p(), test.p_exact);
    }

    #[test]
    fn everybody_alike_has_no_normal_approximation_and_no_difference() {
        let test = mann_whitney(&sample(&[4, 4]), &sample(&[4, 4, 4]));
        assert_eq!((test.u, test.p_exact, test.p_corrected), (3.0, Ok(1.0), Err(Undefined::NoSpread)));
    }

    #[test]
    fn many_people_are_read_with_the_continuity_correction() {
        let (before, after): (Vec<i32>, Vec<i32>) = ((0..21).map(|i| i % 5).collect(), (0..20).map(|i| i % 4 + 1).collect());
        let test = mann_whitney(&sample(&before), &sample(&after));
        assert_eq!(test.p(), test.p_corrected);
        assert!(test.p_corrected.unwrap() > test.p_uncorrected.unwrap());
        // With so many ties the approximation is off by a hundredth.
        assert!((test.p_corrected.unwrap() - test.p_exact.unwrap()).abs() < 0.02, "{test:?}");
    }

    /// U by its definition.
    fn pairs_won(before: &[i32], after: &[i32]) -> f64 {
        let points = |a: i32, b: i32| {
            if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            }
        };
        after.iter().flat_map(|&a| before.iter().map(move |&b| points(a, b))).sum()
    }

    /// Every split, one by one, by U.
    fn by_listing(before: &[i32], after: &[i32]) -> f64 {
        let pooled: Vec<i32> = before.iter().chain(after).copied().collect();
        let middle = before.len() as f64 * after.len() as f64 / 2.0;
        let here = (pairs_won(before, after) - middle).abs();
        let mut count = (0, 0);
        for split in (0_u32..1 << pooled.len()).filter(|split| split.count_ones() as usize == after.len()) {
            let part =
                |wanted: u32| (0..).zip(&pooled).filter(|(bit, _)| split >> bit & 1 == wanted).map(|(_, score)| *score).collect::<Vec<_>>();
            count.1 += 1;
            count.0 += i32::from((pairs_won(&part(0), &part(1)) - middle).abs() >= here);
        }
        f64::from(count.0) / f64::from(count.1)
    }

    proptest! {
        #[test]
        fn ranks_count_pairs_and_sums_count_splits(
            before in proptest::collection::vec(1i32..6, 1..6), after in proptest::collection::vec(1i32..6, 1..6),
        ) {
            let test = mann_whitney(&sample(&before), &sample(&after));
            prop_assert_eq!(test.u, pairs_won(&before, &after));
            prop_assert_eq!(test.p_exact.unwrap(), by_listing(&before, &after));
        }

        #[test]
        fn neither_order_nor_direction_nor_scale_matters(
            before in proptest::collection::vec(1i32..8, 1..25), after in proptest::collection::vec(1i32..8, 1..25),
        ) {
            let test = mann_whitney(&sample(&before), &sample(&after));
            let turned = mann_whitney(&sample(&after), &sample(&before));
            prop_assert_eq!(test.u + turned.u, (before.len() * after.len()) as f64);
            prop_assert_eq!((test.p_exact, test.p_corrected, test.p_uncorrected), (turned.p_exact, turned.p_corrected, turned.p_uncorrected));
            let cubed = |scores: &[i32]| sample(&scores.iter().rev().map(|score| score.pow(3)).collect::<Vec<_>>());
            prop_assert_eq!(mann_whitney(&cubed(&before), &cubed(&after)), test);
        }
    }
}
