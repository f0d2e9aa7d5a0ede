//! A normal distribution of which parts are only known as ranges.
//!
//! Published scores of groups are partly known ("within three sum points") and partly only as "this or more". Where one number
//! is needed all the same, it is the mean of a normal distribution, fitted to all published scores, within that range.

use crate::Undefined;
use crate::distributions::{normal_density, normal_survival};

/// A normal distribution.
///
/// **Product.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, more than 0.
    pub sd: f64,
}

/// Mean and variance.
///
/// **Product.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Variance.
    pub variance: f64,
}

/// One observed value, or the range in which it lies.
///
/// **Product.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observation {
    /// The value itself.
    Exact(f64),
    /// Somewhere from `low` to `high`.
    Within {
        /// Lower end.
        low: f64,
        /// Upper end, above the lower one.
        high: f64,
    },
}

/// How many steps [`fit_censored_normal`] takes: always the same number, so that every program gets the same digits.
pub const FIT_ITERATIONS: u32 = 50;

/// The smallest standard deviation that a fit may have, in the unit of the observations (points of 100): without it, groups that
/// all lie in one range would be fitted by a spike.
pub const SMALLEST_SPREAD: f64 = 5.0;

/// Ranges to which the normal distribution gives less probability than this are taken as uniform: so far out in a tail its
/// moments are rounding noise.
pub const SMALLEST_MASS: f64 = 1e-10;

/// Mean and variance of a normal distribution cut to the range from `low` to `high`.
///
/// With a = (low - mean) / sd, b = (high - mean) / sd, Z = Phi(b) - Phi(a) and d = (phi(a) - phi(b)) / Z:
/// mean + sd * d and sd^2 * (1 + (a phi(a) - b phi(b)) / Z - d^2) (Johnson, Kotz & Balakrishnan 1994, section 13.10.1). Where Z is
/// below [`SMALLEST_MASS`], the moments of the uniform distribution over the range, whose variance is never exceeded.
///
/// **Product.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless low < high, all numbers are finite and the standard deviation is positive.
pub fn truncated_moments(normal: Normal, low: f64, high: f64) -> Result<Moments, Undefined> {
    let mean = Undefined::unless(true, "mean", normal.mean, "a finite number")?;
    let sd = Undefined::unless(normal.sd > 0.0, "standard deviation", normal.sd, "more than 0")?;
    let low = Undefined::unless(true, "lower end", low, "a finite number")?;
    let high = Undefined::unless(high > low, "upper end", high, "above the lower end")?;

    let (a, b) = ((low - mean) / sd, (high - mean) / sd);
    // The difference of two tails on the side where they are small, so that no digits cancel.
    let mass = if a > 0.0 { normal_survival(a) - normal_survival(b) } else { normal_survival(-b) - normal_survival(-a) };
    if mass < SMALLEST_MASS {
        return Ok(Moments { mean: f64::midpoint(low, high), variance: (high - low).powi(2) / 12.0 });
    }
    let shift = (normal_density(a) - normal_density(b)) / mass;
    let variance = sd * sd * (1.0 + (a * normal_density(a) - b * normal_density(b)) / mass - shift * shift);
    Ok(Moments { mean: (mean + sd * shift).clamp(low, high), variance: variance.clamp(0.0, (high - low).powi(2) / 12.0) })
}

/// Fits a normal distribution to observations of which some are ranges (expectation-maximisation, Dempster, Laird & Rubin 1977).
///
/// Start: mean and standard deviation (divisor n) of the values and the ranges' middles. Each of [`FIT_ITERATIONS`] steps replaces
/// every range by its [`truncated_moments`] under the current fit; the new mean is the mean of the means, the new variance the mean
/// of (variance + squared distance of the mean from the new mean). The standard deviation never goes below [`SMALLEST_SPREAD`].
///
/// **Product.**
///
/// # Errors
/// [`Undefined::NoValues`] without observations, [`Undefined::OutOfDomain`] for an empty range or a number that is not finite.
#[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 groups")]
pub fn fit_censored_normal(observations: &[Observation]) -> Result<Normal, Undefined> {
    if observations.is_empty() {
        return Err(Undefined::NoValues);
    }
    let n = observations.len() as f64;
    let maximise = |moments: &[Moments]| {
        let mean = moments.iter().map(|m| m.mean).sum::<f64>() / n;
        let variance = moments.iter().map(|m| m.variance + (m.mean - mean).powi(2)).sum::<f64>() / n;
        Normal { mean, sd: variance.sqrt().max(SMALLEST_SPREAD) }
    };
    let mut moments = Vec::with_capacity(observations.len());
    for &observation in observations {
        let mean = match observation {
            Observation::Exact(value) => Undefined::unless(true, "observation", value, "a finite number")?,
            Observation::Within { low, high } => f64::midpoint(low, high),
        };
        moments.push(Moments { mean, variance: 0.0 });
    }
    let mut fit = maximise(&moments);
    for _ in 0..FIT_ITERATIONS {
        for (moment, &observation) in moments.iter_mut().zip(observations) {
            if let Observation::Within { low, high } = observation {
                *moment = truncated_moments(fit, low, high)?;
            }
        }
        fit = maximise(&moments);
    }
    Ok(fit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    const STANDARD: Normal = Normal { mean: 0.0, sd: 1.0 };

    #[test]
    fn the_upper_half_of_the_normal_distribution_is_the_half_normal() {
        let half = truncated_moments(STANDARD, 0.0, 40.0).unwrap();
        assert!((half.mean - (2.0 / std::f64::consts::PI).sqrt()).abs() < 1e-12);
        assert!((half.variance - (1.0 - 2.0 / std::f64::consts::PI)).abs() < 1e-12);
    }

    #[test]
    fn a_range_far_out_in_the_tail_is_taken_as_uniform() {
        let far = truncated_moments(Normal { mean: 10.0, sd: 5.0 }, 70.0, 100.0).unwrap();
        assert_eq!(far, Moments { mean: 85.0, variance: 75.0 });
    }

    #[test]
    fn exact_values_alone_give_their_mean_and_spread() {
        let values = [40.0, 50.0, 60.0, 70.0].map(Observation::Exact);
        let fit = fit_censored_normal(&values).unwrap();
        assert_eq!(fit.mean, 55.0);
        assert!((fit.sd - 125.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_test_vector_of_the_documentation_holds() {
        let observations = [
            Observation::Exact(48.333_333_333_333_336),
            Observation::Exact(56.25),
            Observation::Exact(61.666_666_666_666_664),
            Observation::Within { low: 70.0, high: 100.0 },
            Observation::Within { low: 0.0, high: 26.666_666_666_666_668 },
        ];
        let fit = fit_censored_normal(&observations).unwrap();
        let band = truncated_moments(fit, 70.0, 100.0).unwrap();
        // The figures stand in docs/reading.md; an independent implementation in another language gives the same digits.
        assert!((fit.mean - 52.891_047).abs() < 1e-6 && (fit.sd - 20.820_835).abs() < 1e-6, "{fit:?}");
        assert!((band.mean - 80.157_956).abs() < 1e-6 && (band.variance - 57.090_598).abs() < 1e-6, "{band:?}");
    }

    #[test]
    fn groups_in_one_range_do_not_collapse_into_a_spike() {
        let fit = fit_censored_normal(&[Observation::Within { low: 70.0, high: 100.0 }; 4]).unwrap();
        assert!((fit.mean - 85.0).abs() < 1e-9 && (fit.sd - SMALLEST_SPREAD).abs() < 0.2, "{fit:?}");
    }

    #[test]
    fn what_cannot_be_fitted_says_so() {
        assert_eq!(fit_censored_normal(&[]), Err(Undefined::NoValues));
        assert!(fit_censored_normal(&[Observation::Exact(f64::NAN)]).is_err());
        assert!(fit_censored_normal(&[Observation::Within { low: 5.0, high: 5.0 }]).is_err());
        assert!(truncated_moments(Normal { mean: 0.0, sd: 0.0 }, 0.0, 1.0).is_err());
    }

    proptest! {
        #[test]
        fn a_cut_normal_stays_in_its_range_and_varies_less_than_its_width(
            mean in -50.0f64..150.0, sd in 5.0f64..60.0, low in 0.0f64..99.0, width in 0.01f64..100.0,
        ) {
            let high = low + width;
            let cut = truncated_moments(Normal { mean, sd }, low, high).unwrap();
            prop_assert!(cut.mean >= low && cut.mean <= high);
            prop_assert!(cut.variance >= 0.0 && cut.variance <= width * width / 12.0 + 1e-9);
        }

        #[test]
        fn a_fit_is_finite_whatever_is_observed(
            exact in proptest::collection::vec(0.0f64..=100.0, 0..10), low in 0usize..6, high in 0usize..6,
        ) {
            let mut observations: Vec<_> = exact.into_iter().map(Observation::Exact).collect();
            observations.extend(vec![Observation::Within { low: 0.0, high: 20.0 }; low]);
            observations.extend(vec![Observation::Within { low: 80.0, high: 100.0 }; high]);
            if let Ok(fit) = fit_censored_normal(&observations) {
                prop_assert!(fit.mean.is_finite() && fit.sd.is_finite() && fit.sd >= SMALLEST_SPREAD);
                prop_assert!((0.0..=100.0).contains(&fit.mean));
            } else {
                prop_assert!(observations.is_empty());
            }
        }
    }
}
