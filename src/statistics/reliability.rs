//! How well several items measure one thing: Cronbach's alpha and McDonald's omega, from the items' covariances.

use crate::{Covariances, Undefined};

/// Omega with the way in which the loadings were found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Omega {
    /// Unweighted least squares.
    LeastSquares(f64),
    /// The closed form, because least squares gave an item a negative error variance (a Heywood case) or did not settle.
    ClosedForm(f64),
}

/// The sum of `of` over every pair of different items without the item `left_out`.
fn over_pairs_without(items: usize, left_out: usize, of: impl Fn(usize, usize) -> f64) -> f64 {
    let pairs = (0..items).flat_map(|a| (a + 1..items).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| a != left_out && b != left_out).map(|(a, b)| of(a, b)).sum()
}

/// Cronbach's alpha, k/(k-1) * (1 - sum of item variances / variance of the sum) (Cronbach 1951). At most 1; it may be negative when
/// items contradict each other.
///
/// # Errors
/// [`Undefined::TooFewItems`] for a single item, [`Undefined::NoSpread`] when the sum is the same for everybody.
#[expect(clippy::cast_precision_loss, reason = "a questionnaire has fewer than 2^52 items")]
pub fn cronbach_alpha(covariances: &Covariances) -> Result<f64, Undefined> {
    let items = covariances.items();
    if items < 2 {
        return Err(Undefined::TooFewItems { items, needed: 2 });
    }
    let total = covariances.total();
    if total <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let of_items: f64 = (0..items).map(|item| covariances.of_items(item, item)).sum();
    Ok(items as f64 / (items as f64 - 1.0) * (1.0 - of_items / total))
}

/// McDonald's omega of one factor, (sum of loadings)^2 / ((sum of loadings)^2 + sum of error variances) (McDonald 1999).
///
/// Loadings by unweighted least squares on the covariances. Where that gives an item a negative error variance (a Heywood case),
/// or does not settle, the closed form of Hancock & An (2020) takes its place and is named.
///
/// # Errors
/// [`Undefined::TooFewItems`] below three items, [`Undefined::NoSpread`] when no two items go together, and
/// [`Undefined::OutOfDomain`] where the closed form lies outside 0 to 1.
pub fn mcdonald_omega(covariances: &Covariances) -> Result<Omega, Undefined> {
    let items = covariances.items();
    if items < 3 {
        return Err(Undefined::TooFewItems { items, needed: 3 });
    }
    let start = closed_form_loadings(covariances)?;
    if let Some(loadings) = least_squares_loadings(covariances, &start) {
        let errors: Vec<f64> =
            loadings.iter().enumerate().map(|(item, loading)| covariances.of_items(item, item) - loading * loading).collect();
        if errors.iter().all(|error| *error >= 0.0) {
            let common = loadings.iter().sum::<f64>().powi(2);
            let all = common + errors.iter().sum::<f64>();
            return if all > 0.0 { Ok(Omega::LeastSquares(common / all)) } else { Err(Undefined::NoSpread) };
        }
    }
    let total = covariances.total();
    if total <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let omega = start.iter().sum::<f64>().powi(2) / total;
    Undefined::unless((0.0..=1.0).contains(&omega), "omega", omega, "0 to 1").map(Omega::ClosedForm)
}

/// The loading of item i: the root of the sum of |c_ia * c_ib| over the sum of |c_ab|, over all pairs a, b of other items.
fn closed_form_loadings(covariances: &Covariances) -> Result<Vec<f64>, Undefined> {
    let loading = |item: usize| {
        let with_item =
            over_pairs_without(covariances.items(), item, |a, b| (covariances.of_items(item, a) * covariances.of_items(item, b)).abs());
        let without = over_pairs_without(covariances.items(), item, |a, b| covariances.of_items(a, b).abs());
        if without > 0.0 { Ok((with_item / without).sqrt()) } else { Err(Undefined::NoSpread) }
    };
    (0..covariances.items()).map(loading).collect()
}

/// How often every loading is improved at most.
const SWEEPS: u32 = 20_000;

/// The loadings whose products come closest to the covariances of different items (least squares): each in turn takes its best value
/// given the others, sum(c_ij * l_j) / sum(l_j^2) (Harman & Jones 1966). The same loadings as by iterated principal axes; `None` when
/// they do not settle.
fn least_squares_loadings(covariances: &Covariances, start: &[f64]) -> Option<Vec<f64>> {
    let mut loadings = start.to_vec();
    for _ in 0..SWEEPS {
        let mut moved = 0.0_f64;
        for item in 0..loadings.len() {
            let others = loadings.iter().enumerate().filter(|(other, _)| *other != item);
            let (products, squares) = others
                .fold((0.0, 0.0), |(products, squares), (other, l)| (products + covariances.of_items(item, other) * l, squares + l * l));
            let loading = loadings.get_mut(item)?;
            let best = if squares > 0.0 { products / squares } else { return None };
            moved = moved.max((best - *loading).abs());
            *loading = best;
        }
        let largest = loadings.iter().fold(0.0_f64, |largest, l| largest.max(l.abs()));
        if moved <= 1e-12 * largest {
            return Some(loadings);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;
    use proptest::prelude::*;

    fn covariances<const ITEMS: usize>(rows: &[[u64; ITEMS]]) -> Covariances {
        let sums: Vec<u64> = (0..ITEMS).map(|a| rows.iter().map(|row| row[a]).sum()).collect();
        let product = |a: usize, b: usize| rows.iter().map(|row| row[a] * row[b]).sum::<u64>();
        let products: Vec<u64> = (0..ITEMS).flat_map(|a| (0..ITEMS).map(move |b| (a, b))).map(|(a, b)| product(a, b)).collect();
        Covariances::from_sums(u32::try_from(rows.len()).unwrap(), &sums, &products).unwrap()
    }

    #[test]
    fn alpha_at_its_edges() {
        assert_eq!(cronbach_alpha(&covariances(&[[4, 4, 4]; 3])), Err(Undefined::NoSpread));
        assert_eq!(cronbach_alpha(&covariances(&[[1], [2]])), Err(Undefined::TooFewItems { items: 1, needed: 2 }));
        let contradicting = cronbach_alpha(&covariances(&[[1, 5], [2, 4], [3, 3], [5, 1], [4, 3]])).unwrap();
        assert!((contradicting + 45.0).abs() < 1e-9, "negative, and not cut off: {contradicting}");
        assert!((cronbach_alpha(&covariances(&[[1, 2, 2], [4, 5, 4]])).unwrap() - 0.984_375).abs() < 1e-12);
    }

    #[test]
    fn omega_needs_three_items_that_go_together() {
        assert_eq!(mcdonald_omega(&covariances(&[[1, 2], [2, 3]])), Err(Undefined::TooFewItems { items: 2, needed: 3 }));
        assert_eq!(mcdonald_omega(&covariances(&[[4, 4, 4]; 3])), Err(Undefined::NoSpread));
        // Every item varies, but no two of them together: all eight corners of a cube.
        let corners: Vec<[u64; 3]> = (0..8_u64).map(|corner| [corner & 1, corner >> 1 & 1, corner >> 2]).collect();
        assert_eq!(mcdonald_omega(&covariances(&corners)), Err(Undefined::NoSpread));
    }

    #[test]
    fn one_factor_is_found_again() {
        // Covariances of loadings 1, 2, 3, 2 with error variances 1, 2, 1, 3.
        let (loadings, errors) = ([1.0, 2.0, 3.0, 2.0], [1.0, 2.0, 1.0, 3.0]);
        let cell = |a: usize, b: usize| loadings[a] * loadings[b] + if a == b { errors[a] } else { 0.0 };
        let values = (0..4).flat_map(|a| (0..4).map(move |b| cell(a, b))).collect();
        let Omega::LeastSquares(omega) = mcdonald_omega(&Covariances::given(4, values)).unwrap() else { panic!() };
        assert!((omega - 64.0 / 71.0).abs() < 1e-9, "{omega}");
    }

    #[test]
    fn a_negative_error_variance_brings_the_closed_form_and_says_so() {
        // c_12 * c_13 / c_23 = 0.9 * 0.9 / 0.5 = 1.62 is more than the first item's variance.
        let values = vec![1.0, 0.9, 0.9, 0.9, 1.0, 0.5, 0.9, 0.5, 1.0];
        let Omega::ClosedForm(omega) = mcdonald_omega(&Covariances::given(3, values)).unwrap() else { panic!() };
        // Loadings 0.9 / sqrt(0.5), sqrt(0.5), sqrt(0.5) over the sum 7.6 of all covariances.
        assert!((omega - (0.9 / 0.5_f64.sqrt() + 2.0 * 0.5_f64.sqrt()).powi(2) / 7.6).abs() < 1e-12, "{omega}");
    }

    proptest! {
        #[test]
        fn coefficients_are_numbers_within_their_limits(rows in proptest::collection::vec(proptest::array::uniform4(1u64..=7), 2..60)) {
            let covariances = covariances(&rows);
            if let Ok(alpha) = cronbach_alpha(&covariances) {
                prop_assert!(alpha.is_finite() && alpha <= 1.0 + 1e-9);
            }
            if let Ok(Omega::LeastSquares(omega) | Omega::ClosedForm(omega)) = mcdonald_omega(&covariances) {
                prop_assert!((0.0..=1.0).contains(&omega), "{}", omega);
            }
        }

        #[test]
        fn the_scale_and_the_order_of_items_do_not_matter(rows in proptest::collection::vec(proptest::array::uniform3(1u64..=7), 5..40)) {
            let stretched: Vec<[u64; 3]> = rows.iter().map(|row| [row[2] * 3 + 1, row[0] * 3 + 1, row[1] * 3 + 1]).collect();
            match (cronbach_alpha(&covariances(&rows)), cronbach_alpha(&covariances(&stretched))) {
                (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-6 * a.abs().max(1.0)),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
