//! How surely the variance between groups is known.

use crate::distributions::chi_squared_survival;
use crate::{KnownMean, Undefined};

/// Steps of the bisection: more than a double has digits.
const STEPS: u32 = 200;

/// The 95 % interval of tau^2, the variance of the true means of groups, from means with known sampling variances v (Q profile,
/// Viechtbauer 2007).
///
/// Q(t) = sum(w (m - mu)^2) with w = 1 / (v + t) and mu the mean weighted by w follows chi-squared with J - 1 degrees of freedom when t is
/// the true variance, and falls with t. The interval holds every t for which Q(t) lies between its 2.5 % and 97.5 % points: exact given the
/// variances, also where the estimate is 0. Where the means lie closer together
/// than 39 of 40 samples of chance alone would, no t fits, and there is no interval.
/// **Product** (the share of differences that lies between groups).
///
/// # Errors
/// [`Undefined::TooFewGroups`] with fewer than two means; [`Undefined::LessThanChance`] where no variance fits;
/// [`Undefined::OutOfDomain`] for a mean that is not finite or a variance of 0 or less.
pub fn between_interval(means: &[KnownMean]) -> Result<(f64, f64), Undefined> {
    for known in means {
        Undefined::unless(true, "mean", known.mean, "a finite number")?;
        Undefined::unless(known.variance > 0.0, "sampling variance", known.variance, "more than 0")?;
    }
    if means.len() < 2 {
        return Err(Undefined::TooFewGroups);
    }
    let mut means = means.to_vec();
    means.sort_by(|a, b| a.mean.total_cmp(&b.mean).then(a.variance.total_cmp(&b.variance)));
    let high = reaches(&means, 0.975)?;
    if high > 0.0 { Ok((reaches(&means, 0.025)?, high)) } else { Err(Undefined::LessThanChance) }
}

/// The variance at which the upper tail of Q reaches `tail`; 0 where it has done so already.
fn reaches(means: &[KnownMean], tail: f64) -> Result<f64, Undefined> {
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 groups")]
    let df = (means.len() - 1) as f64;
    let tail_at = |variance: f64| chi_squared_survival(q(means, variance), df);
    if tail_at(0.0)? >= tail {
        return Ok(0.0);
    }
    let (mut low, mut high) = (0.0, 1.0);
    while tail_at(high)? < tail {
        (low, high) = (high, 2.0 * high);
        Undefined::unless(true, "variance between groups", high, "a finite number")?;
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if tail_at(middle)? < tail { low = middle } else { high = middle }
    }
    Ok(f64::midpoint(low, high))
}

fn q(means: &[KnownMean], variance: f64) -> f64 {
    let weighted = || means.iter().map(|known| (1.0 / (known.variance + variance), known.mean));
    let weights: f64 = weighted().map(|(weight, _)| weight).sum();
    let mu = weighted().map(|(weight, mean)| weight * mean).sum::<f64>() / weights;
    weighted().map(|(weight, mean)| weight * (mean - mu).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn equal(means: &[f64], variance: f64) -> Vec<KnownMean> {
        means.iter().map(|&mean| KnownMean { mean, variance }).collect()
    }

    #[test]
    fn equal_variances_have_a_closed_form() {
        // Sum of squares 500 around 55 with 3 degrees of freedom: chi-squared points 9.348404 and .215795 (R: qchisq), so
        // t = 500 / point - v.
        let (low, high) = between_interval(&equal(&[40.0, 50.0, 60.0, 70.0], 25.0)).unwrap();
        assert!((low - (500.0 / 9.348_403_604 - 25.0)).abs() < 1e-6, "{low}");
        assert!((high - (500.0 / 0.215_795_283 - 25.0)).abs() < 1e-3, "{high}");
    }

    #[test]
    fn means_that_differ_less_than_chance_lets_them_have_no_interval() {
        assert_eq!(between_interval(&equal(&[50.0; 12], 30.0)), Err(Undefined::LessThanChance));
        assert_eq!(between_interval(&equal(&[50.0], 30.0)), Err(Undefined::TooFewGroups));
        assert!(between_interval(&equal(&[50.0, 60.0], 0.0)).is_err());
        assert!(between_interval(&equal(&[50.0, f64::NAN], 1.0)).is_err());
    }

    proptest! {
        #[test]
        fn the_interval_ends_where_q_reaches_its_points(
            groups in proptest::collection::vec((0.0f64..100.0, 1.0f64..60.0), 2..30),
        ) {
            let means: Vec<_> = groups.into_iter().map(|(mean, variance)| KnownMean { mean, variance }).collect();
            let df = f64::from(u32::try_from(means.len()).unwrap() - 1);
            let interval = between_interval(&means);
            // No variance fits where Q without any is already at the lower of its points.
            prop_assert_eq!(interval.is_err(), chi_squared_survival(q(&means, 0.0), df).unwrap() >= 0.975);
            let Ok((low, high)) = interval else { return Ok(()) };
            prop_assert!(0.0 <= low && low <= high && high.is_finite());
            let mut turned = means.clone();
            turned.reverse();
            prop_assert_eq!(between_interval(&turned).unwrap(), (low, high));
            // Q at the ends is at its points, unless it is there already without any variance.
            for (end, tail) in [(low, 0.025), (high, 0.975)] {
                let reached = chi_squared_survival(q(&means, end), df).unwrap();
                let at_its_point = if end > 0.0 { (reached - tail).abs() < 1e-9 } else { reached >= tail };
                prop_assert!(at_its_point);
            }
        }
    }
}
