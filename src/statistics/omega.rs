//! McDonald's omega: how much of the sum of a scale's items is one factor.

use crate::{Covariances, Symmetric, Undefined};

/// Omega with the way in which the loadings were found.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Omega {
    /// Unweighted least squares.
    LeastSquares(f64),
    /// The closed form, because least squares gave an item a negative error variance (a Heywood case) or did not settle.
    ClosedForm(f64),
}

/// Items that are all the same have no error and an omega of 1; so much more or less is rounding.
const ROUNDING: f64 = 1e-10;

/// McDonald's omega of one factor, (sum of loadings)^2 / ((sum of loadings)^2 + sum of error variances) (McDonald 1999).
///
/// Loadings by unweighted least squares on the covariances. Where that gives an item a negative error variance (a Heywood case),
/// or does not settle, the closed form of Hancock & An (2020) takes its place and is named.
///
/// **Product** (the whole organisation only) and analyse.
///
/// # Errors
/// [`Undefined::TooFewItems`] below three items, [`Undefined::NoSpread`] when no two items go together, and
/// [`Undefined::OutOfDomain`] where the closed form lies outside 0 to 1.
pub fn mcdonald_omega(covariances: &Covariances) -> Result<Omega, Undefined> {
    match omega_least_squares(covariances) {
        Ok(omega) => Ok(Omega::LeastSquares(omega)),
        Err(Undefined::Heywood { .. } | Undefined::NotSettled) => omega_closed_form(covariances).map(Omega::ClosedForm),
        Err(undefined) => Err(undefined),
    }
}

/// Omega with the loadings whose products come closest to the covariances of different items (unweighted least squares, the same as
/// iterated principal axes). On [`Covariances::correlations`] it is what the method `minres` of the package psych gives.
///
/// **Analyse only**, by this name: Candor's pages use [`mcdonald_omega`].
///
/// # Errors
/// [`Undefined::TooFewItems`] below three items, [`Undefined::NoSpread`] when no two items go together, [`Undefined::Heywood`] for a
/// negative error variance, and [`Undefined::NotSettled`].
pub fn omega_least_squares(covariances: &Covariances) -> Result<f64, Undefined> {
    let start = closed_form_loadings(covariances)?;
    let loadings = least_squares_loadings(covariances, start).ok_or(Undefined::NotSettled)?;
    let error = |(item, loading): (usize, &f64)| {
        let variance = covariances.of_items(item, item);
        let error = variance - loading * loading;
        if error.abs() <= ROUNDING * variance { 0.0 } else { error }
    };
    let errors: Vec<f64> = loadings.iter().enumerate().map(error).collect();
    of_one_factor(&loadings, &errors)
}

/// Omega with the loadings that make the covariances most likely if answers were normal (maximum likelihood; Joreskog 1967), found on the
/// correlations, which leads to the same loadings in units of the items' standard deviations.
///
/// **Analyse only.**
///
/// # Errors
/// As [`omega_least_squares`].
pub fn omega_maximum_likelihood(covariances: &Covariances) -> Result<f64, Undefined> {
    let start = closed_form_loadings(covariances)?;
    let correlations = covariances.correlations()?;
    let sds: Vec<f64> = (0..covariances.items()).map(|item| covariances.of_items(item, item).sqrt()).collect();
    // Where least squares does not settle, the closed form still points in the right direction.
    let start = least_squares_loadings(covariances, start.clone()).unwrap_or(start);
    let start = start.iter().zip(&sds).map(|(loading, sd)| (loading / sd).clamp(-0.95, 0.95)).collect();
    let OneFactor { loadings, errors } = maximum_likelihood(&correlations, start)?;
    let loadings: Vec<f64> = loadings.iter().zip(&sds).map(|(loading, sd)| loading * sd).collect();
    let errors: Vec<f64> = errors.iter().zip(&sds).map(|(error, sd)| error * sd * sd).collect();
    of_one_factor(&loadings, &errors)
}

/// Omega in closed form (Hancock & An 2020): the loading of item i is the root of the sum of |c_ia * c_ib| over the sum of |c_ab|, over all
/// pairs a, b of other items; omega is the square of the loadings' sum over the variance of the items' sum. It needs no iteration, knows
/// no Heywood case, and lies within 0.01 of least squares on ordinary scales.
///
/// **Analyse only**, by this name: Candor's pages use [`mcdonald_omega`].
///
/// # Errors
/// [`Undefined::TooFewItems`] below three items, [`Undefined::NoSpread`] when no two items go together, and [`Undefined::OutOfDomain`]
/// where it lies outside 0 to 1.
pub fn omega_closed_form(covariances: &Covariances) -> Result<f64, Undefined> {
    let loadings = closed_form_loadings(covariances)?;
    let total = covariances.total();
    if total <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let omega = loadings.iter().sum::<f64>().powi(2) / total;
    Undefined::unless(omega <= 1.0 + ROUNDING, "omega", omega, "0 to 1").map(|omega| omega.min(1.0))
}

/// (sum of loadings)^2 / ((sum of loadings)^2 + sum of error variances).
fn of_one_factor(loadings: &[f64], errors: &[f64]) -> Result<f64, Undefined> {
    if let Some(item) = errors.iter().position(|error| *error < 0.0) {
        return Err(Undefined::Heywood { item });
    }
    let common = loadings.iter().sum::<f64>().powi(2);
    let all = common + errors.iter().sum::<f64>();
    if all > 0.0 { Undefined::unless(true, "omega", common / all, "0 to 1") } else { Err(Undefined::NoSpread) }
}

/// The sum of `of` over every pair of different items without the item `left_out`.
fn over_pairs_without(items: usize, left_out: usize, of: impl Fn(usize, usize) -> f64) -> f64 {
    let pairs = (0..items).flat_map(|a| (a + 1..items).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| a != left_out && b != left_out).map(|(a, b)| of(a, b)).sum()
}

fn closed_form_loadings(covariances: &Covariances) -> Result<Vec<f64>, Undefined> {
    let items = covariances.items();
    if items < 3 {
        return Err(Undefined::TooFewItems { items, needed: 3 });
    }
    let loading = |item: usize| {
        let with_item = over_pairs_without(items, item, |a, b| (covariances.of_items(item, a) * covariances.of_items(item, b)).abs());
        let without = over_pairs_without(items, item, |a, b| covariances.of_items(a, b).abs());
        if without > 0.0 {
            Undefined::unless(true, "loading", (with_item / without).sqrt(), "a finite number")
        } else {
            Err(Undefined::NoSpread)
        }
    };
    (0..items).map(loading).collect()
}

/// How often every loading is improved at most.
const SWEEPS: u32 = 20_000;

/// The loadings whose products come closest to the covariances of different items: each in turn takes its best value given the others,
/// sum(c_ij * l_j) / sum(l_j^2) (Harman & Jones 1966). `None` when they do not settle.
fn least_squares_loadings(covariances: &Covariances, mut loadings: Vec<f64>) -> Option<Vec<f64>> {
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
        if settled(moved, &loadings) {
            return Some(loadings);
        }
    }
    None
}

fn settled(moved: f64, loadings: &[f64]) -> bool {
    moved <= 1e-12 * loadings.iter().fold(0.0_f64, |largest, l| largest.max(l.abs()))
}

/// How often the likelihood is improved at most; a dozen steps suffice where it has a maximum.
const STEPS: u32 = 500;

/// Below this share of an item's variance its error is none: the likelihood has its maximum at or beyond 0.
const NO_ERROR: f64 = 1e-4;

/// Loadings and error variances of one factor.
struct OneFactor {
    loadings: Vec<f64>,
    errors: Vec<f64>,
}

impl OneFactor {
    /// Unwieldy sums are shorter with an item's loading and error by number; every `item` comes from `0..loadings.len()`.
    fn loading(&self, item: usize) -> f64 {
        self.loadings.get(item).copied().unwrap_or(0.0)
    }

    fn error(&self, item: usize) -> f64 {
        self.errors.get(item).copied().unwrap_or(1.0)
    }

    /// 1 + sum of l^2 / e: how much more of the factor is known with the items than without.
    fn certainty(&self) -> f64 {
        1.0 + self.loadings.iter().zip(&self.errors).map(|(l, e)| l * l / e).sum::<f64>()
    }

    /// The inverse of the matrix l l' + diag(e) (Sherman & Morrison 1950).
    fn inverse(&self) -> Result<Symmetric, Undefined> {
        let certainty = self.certainty();
        let weight = |item: usize| self.loading(item) / self.error(item);
        Symmetric::new(self.loadings.len(), |a, b| {
            let diagonal = if a == b { 1.0 / self.error(a) } else { 0.0 };
            diagonal - weight(a) * weight(b) / certainty
        })
    }

    /// What maximum likelihood makes small: ln|S| + tr(R S^-1), for the matrix S of the factor and the correlations R.
    fn misfit(&self, correlations: &Covariances, inverse: &Symmetric) -> f64 {
        let items = 0..self.loadings.len();
        let trace: f64 = items.clone().flat_map(|a| items.clone().map(move |b| correlations.of_items(a, b) * inverse.at(a, b))).sum();
        self.errors.iter().map(|error| error.ln()).sum::<f64>() + self.certainty().ln() + trace
    }

    /// Where `reach` times the step away from here leads, and how badly it fits; `None` where an error variance is not positive.
    fn after(&self, step: &[f64], reach: f64, correlations: &Covariances) -> Option<(Self, Symmetric, f64)> {
        let (of_loadings, of_errors) = step.split_at_checked(self.loadings.len())?;
        let moved = |from: &[f64], by: &[f64]| from.iter().zip(by).map(|(value, step)| value - reach * step).collect::<Vec<_>>();
        let there = Self { loadings: moved(&self.loadings, of_loadings), errors: moved(&self.errors, of_errors) };
        let inverse = there.errors.iter().all(|error| *error > 0.0).then(|| there.inverse().ok())??;
        let misfit = there.misfit(correlations, &inverse);
        Some((there, inverse, misfit))
    }
}

/// The one factor that makes the correlations most likely; steps are halved until they lead to a better fit.
fn maximum_likelihood(correlations: &Covariances, loadings: Vec<f64>) -> Result<OneFactor, Undefined> {
    let items = loadings.len();
    let mut factor = OneFactor { errors: loadings.iter().map(|loading| 1.0 - loading * loading).collect(), loadings };
    let mut inverse = factor.inverse()?;
    let mut misfit = factor.misfit(correlations, &inverse);
    for _ in 0..STEPS {
        if let Some(item) = factor.errors.iter().position(|error| *error < NO_ERROR) {
            return Err(Undefined::Heywood { item });
        }
        let step = step_to_better(&factor, correlations, &inverse)?;
        // At the maximum, rounding decides whether the fit is better or worse.
        let slack = 1e-13 * misfit.abs();
        let halves = (0..40).map(|halvings| 0.5_f64.powi(halvings));
        let better = halves.filter_map(|reach| factor.after(&step, reach, correlations)).find(|(.., there)| *there <= misfit + slack);
        (factor, inverse, misfit) = better.ok_or(Undefined::NotSettled)?;
        if settled(step.iter().take(items).fold(0.0_f64, |moved, l| moved.max(l.abs())), &factor.loadings) {
            return Ok(factor);
        }
    }
    Err(Undefined::NotSettled)
}

/// The gradient of the misfit, for loadings and then errors, divided by its curvature: Newton's step, or Fisher's scoring (the curvature
/// that is expected if the factor is true) where the curvature is not that of a minimum.
///
/// With A the inverse of the factor's matrix S, B = A R A and M = A - B, the gradient is 2 M l and diag(M). The curvature is
/// tr(C dS A dS') + tr(M d2S) with C = 2 B - A; the expected one has A for C and nothing for M.
fn step_to_better(factor: &OneFactor, correlations: &Covariances, inverse: &Symmetric) -> Result<Vec<f64>, Undefined> {
    let items = factor.loadings.len();
    let sum = |of: &dyn Fn(usize) -> f64| (0..items).map(of).sum::<f64>();
    let half: Vec<f64> =
        (0..items * items).map(|place| sum(&|c| inverse.at(place / items, c) * correlations.of_items(c, place % items))).collect();
    let half = |a: usize, b: usize| half.get(a * items + b).copied().unwrap_or(0.0);
    let observed = Symmetric::new(items, |a, b| sum(&|c| half(a, c) * inverse.at(c, b)))?;
    let difference = Symmetric::new(items, |a, b| inverse.at(a, b) - observed.at(a, b))?;
    let with_loadings = |matrix: &Symmetric| (0..items).map(|a| sum(&|b| matrix.at(a, b) * factor.loading(b))).collect::<Vec<_>>();
    let slopes = with_loadings(&difference).into_iter().map(|slope| 2.0 * slope);
    let gradient: Vec<f64> = slopes.chain((0..items).map(|a| difference.at(a, a))).collect();
    let known = with_loadings(inverse);
    let curvature = |middle: &Symmetric, bend: f64| {
        let through = with_loadings(middle);
        let at = |vector: &[f64], item: usize| vector.get(item).copied().unwrap_or(0.0);
        let (u, v) = (|item: usize| at(&known, item), |item: usize| at(&through, item));
        let (t, w) = (sum(&|item| u(item) * factor.loading(item)), sum(&|item| v(item) * factor.loading(item)));
        Symmetric::new(2 * items, |row, column| {
            let (a, b) = (row % items, column % items);
            match (row < items, column < items) {
                (true, true) => u(a) * v(b) + v(a) * u(b) + t * middle.at(a, b) + w * inverse.at(a, b) + 2.0 * bend * difference.at(a, b),
                (false, false) => middle.at(a, b) * inverse.at(a, b),
                (true, false) => middle.at(a, b) * u(b) + v(b) * inverse.at(a, b),
                (false, true) => middle.at(a, b) * u(a) + v(a) * inverse.at(a, b),
            }
        })
    };
    let newton = Symmetric::new(items, |a, b| 2.0 * observed.at(a, b) - inverse.at(a, b)).and_then(|middle| curvature(&middle, 1.0));
    let newton = newton.and_then(|curvature| curvature.solve(&gradient));
    newton.or_else(|_| curvature(inverse, 0.0)?.solve(&gradient)).map_err(|_| Undefined::NotSettled)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;
    use crate::Answers;
    use proptest::prelude::*;

    fn covariances<const ITEMS: usize>(rows: &[[f64; ITEMS]]) -> Covariances {
        Covariances::of(&Answers::new(ITEMS, rows.iter().map(|row| row.map(Some).to_vec())).unwrap()).unwrap()
    }

    /// The covariances of one factor with these loadings and error variances.
    fn factor<const ITEMS: usize>(loadings: [f64; ITEMS], errors: [f64; ITEMS]) -> Covariances {
        let cell = |a: usize, b: usize| loadings[a] * loadings[b] + if a == b { errors[a] } else { 0.0 };
        Covariances::given(ITEMS, (0..ITEMS).flat_map(|a| (0..ITEMS).map(move |b| cell(a, b))).collect())
    }

    #[test]
    fn omega_needs_three_items_that_go_together() {
        let pair = covariances(&[[1.0, 2.0], [2.0, 3.0]]);
        let constant = covariances(&[[4.0; 3]; 3]);
        // Every item varies, but no two of them together: all eight corners of a cube.
        let corners: Vec<[f64; 3]> = (0..8_u8).map(|corner| [corner & 1, corner >> 1 & 1, corner >> 2].map(f64::from)).collect();
        let corners = covariances(&corners);
        for omega in [omega_least_squares, omega_maximum_likelihood, omega_closed_form] {
            assert_eq!(omega(&pair), Err(Undefined::TooFewItems { items: 2, needed: 3 }));
            assert_eq!((omega(&constant), omega(&corners)), (Err(Undefined::NoSpread), Err(Undefined::NoSpread)));
        }
        assert_eq!(mcdonald_omega(&pair), Err(Undefined::TooFewItems { items: 2, needed: 3 }));
        assert_eq!(mcdonald_omega(&corners), Err(Undefined::NoSpread));
    }

    #[test]
    fn every_way_finds_one_factor_again() {
        let covariances = factor([1.0, 2.0, 3.0, 2.0], [1.0, 2.0, 1.0, 3.0]);
        for omega in [omega_least_squares, omega_maximum_likelihood, omega_closed_form] {
            let omega = omega(&covariances).unwrap();
            assert!((omega - 64.0 / 71.0).abs() < 1e-9, "{omega}");
        }
    }

    #[test]
    fn items_that_are_all_the_same_have_an_omega_of_1() {
        let same = covariances(&[[1.1; 4], [2.7; 4], [4.9; 4], [2.3; 4], [0.7; 4]]);
        assert_eq!((omega_least_squares(&same), omega_closed_form(&same)), (Ok(1.0), Ok(1.0)));
        assert!(matches!(omega_maximum_likelihood(&same), Err(Undefined::Heywood { .. })), "the likelihood has no maximum there");
    }

    #[test]
    fn an_item_that_was_not_turned_loads_against_the_others() {
        let covariances = factor([1.0, -2.0, 3.0, 2.0], [1.0, 2.0, 1.0, 3.0]);
        for omega in [omega_least_squares, omega_maximum_likelihood] {
            let omega = omega(&covariances).unwrap();
            assert!((omega - 16.0 / 23.0).abs() < 1e-9, "{omega}");
        }
    }

    #[test]
    fn a_negative_error_variance_brings_the_closed_form_and_says_so() {
        // c_12 * c_13 / c_23 = 0.9 * 0.9 / 0.5 = 1.62 is more than the first item's variance.
        let heywood = Covariances::given(3, vec![1.0, 0.9, 0.9, 0.9, 1.0, 0.5, 0.9, 0.5, 1.0]);
        assert_eq!(omega_least_squares(&heywood), Err(Undefined::Heywood { item: 0 }));
        assert_eq!(omega_maximum_likelihood(&heywood), Err(Undefined::Heywood { item: 0 }));
        let Omega::ClosedForm(omega) = mcdonald_omega(&heywood).unwrap() else { panic!() };
        // Loadings 0.9 / sqrt(0.5), sqrt(0.5), sqrt(0.5) over the sum 7.6 of all covariances.
        assert!((omega - (0.9 / 0.5_f64.sqrt() + 2.0 * 0.5_f64.sqrt()).powi(2) / 7.6).abs() < 1e-12, "{omega}");
    }

    #[test]
    #[rustfmt::skip]
    fn items_that_one_factor_fits_badly_have_the_likelihood_s_maximum_or_its_name() {
        // The maximum by expectation and maximisation (Rubin & Thayer 1982), written independently in Python and converged to 1e-16.
        let two_pairs = Covariances::given(5, vec![
            1.0, 0.8, 0.3, 0.2, 0.3,
            0.8, 1.0, 0.4, 0.3, 0.3,
            0.3, 0.4, 1.0, 0.75, 0.5,
            0.2, 0.3, 0.75, 1.0, 0.4,
            0.3, 0.3, 0.5, 0.4, 1.0,
        ]);
        let omega = omega_maximum_likelihood(&two_pairs).unwrap();
        assert!((omega - 0.768_231_017_372_478).abs() < 1e-12, "{omega}");
        // There the error variance of the fourth item runs to 0.
        let without_error = Covariances::given(5, vec![
            1.0, 0.5, 0.3, 0.4, 0.3,
            0.5, 1.0, 0.4, 0.7, 0.3,
            0.3, 0.4, 1.0, 0.65, 0.5,
            0.4, 0.7, 0.65, 1.0, 0.8,
            0.3, 0.3, 0.5, 0.8, 1.0,
        ]);
        assert_eq!(omega_maximum_likelihood(&without_error), Err(Undefined::Heywood { item: 3 }));
    }

    proptest! {
        #[test]
        fn coefficients_are_numbers_within_their_limits(rows in proptest::collection::vec(proptest::array::uniform4((1u8..=7).prop_map(f64::from)), 2..60)) {
            let covariances = covariances(&rows);
            for omega in [omega_least_squares, omega_maximum_likelihood, omega_closed_form] {
                if let Ok(omega) = omega(&covariances) {
                    prop_assert!((0.0..=1.0).contains(&omega), "{}", omega);
                }
            }
        }

        #[test]
        fn omega_does_not_change_with_the_units_of_all_items(
            loadings in proptest::array::uniform5(0.2f64..0.95),
            noise in proptest::array::uniform10(-0.05f64..0.05),
            unit in 0.01f64..100.0,
        ) {
            let mut noise = noise.into_iter();
            let mut cells = [[1.0; 5]; 5];
            for (a, b) in (0..5).flat_map(|a| (a + 1..5).map(move |b| (a, b))) {
                let cell = loadings[a] * loadings[b] + noise.next().unwrap();
                (cells[a][b], cells[b][a]) = (cell, cell);
            }
            let matrix = Covariances::given(5, cells.into_iter().flatten().collect());
            let stretched = Covariances::given(5, cells.into_iter().flatten().map(|cell| cell * unit * unit).collect());
            for omega in [omega_least_squares, omega_maximum_likelihood, omega_closed_form] {
                match (omega(&matrix), omega(&stretched)) {
                    (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b),
                    (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
                }
            }
        }
    }
}
