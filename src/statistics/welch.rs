//! Whether the means of two anonymous waves differ, each with its own spread.

use crate::Undefined;
use crate::change::{ChangeTest, DETECTION_POWER, test_change};
use crate::distributions::{DegreesOfFreedom, t_quantile};
use crate::noncentral::noncentrality_at;
use crate::precision::{Stratum, standard_error};
use crate::sample::Sample;

/// One side of a comparison: everything that a test of two means needs, and all that a published table gives.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// People who answered, at least 2.
    pub people: u32,
    /// Their mean.
    pub mean: f64,
    /// Their sample variance (divisor n - 1).
    pub variance: f64,
    /// Share f = n / N of those invited; more than 1 counts as 1. Use 0 where N is not known.
    pub responded: f64,
}

/// A tested difference of two means.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// The t statistic.
    pub t: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// Difference (later less earlier), standard error, 95 % interval and two-sided p-value.
    pub change: ChangeTest,
}

impl Side {
    /// The people of a sample.
    ///
    /// # Errors
    /// [`Undefined::TooFewPeople`] for a single person, or as [`Side`] for a share that is negative or no number.
    pub fn of(sample: &Sample, responded: f64) -> Result<Self, Undefined> {
        let people = u32::try_from(sample.len()).unwrap_or(u32::MAX);
        if people < 2 {
            return Err(Undefined::TooFewPeople { people, needed: 2 });
        }
        Self { people, mean: sample.mean(), variance: sample.variance()?, responded }.checked()
    }

    fn checked(self) -> Result<Self, Undefined> {
        if self.people < 2 {
            return Err(Undefined::TooFewPeople { people: self.people, needed: 2 });
        }
        Undefined::unless(true, "mean", self.mean, "a finite number")?;
        Undefined::unless(self.variance >= 0.0, "variance", self.variance, "0 or more")?;
        Undefined::unless(self.responded >= 0.0, "share of those invited", self.responded, "0 or more")?;
        Ok(self)
    }

    /// Number of people, for formulas.
    pub(crate) fn n(&self) -> f64 {
        f64::from(self.people)
    }

    /// Squared standard error of the mean with the roster correction.
    fn squared_error(&self, rho: f64) -> Result<f64, Undefined> {
        standard_error(self.variance.sqrt(), Stratum { n: self.people, responded: self.responded }, rho).map(|error| error * error)
    }
}

/// Both sides, checked, and not everybody alike on each of them.
///
/// Like R's `t.test` this takes a spread of a few rounding errors of the means for none.
pub(crate) fn varied(before: &Side, after: &Side) -> Result<(), Undefined> {
    before.checked()?;
    after.checked()?;
    let plain = (before.variance / before.n() + after.variance / after.n()).sqrt();
    if plain <= 10.0 * f64::EPSILON * before.mean.abs().max(after.mean.abs()) { Err(Undefined::NoSpread) } else { Ok(()) }
}

/// The roster-aware test of a change between two anonymous waves; with `rho` = 0 Welch's test of two independent samples.
///
/// SE^2 = s1^2 (1 - rho f1) / n1 + s2^2 (1 - rho f2) / n2, t = difference / SE, and the degrees of freedom of Welch (1947) and
/// Satterthwaite (1946) from the uncorrected s^2 / n: they say on how much data the spreads rest, which the correction leaves alone.
/// With [`RHO_CHANGE`](crate::RHO_CHANGE) it assumes that people who are there both times keep at least 40 % of their differences, and
/// that not answering is not caused by the change. Nobody has to be recognised. rho = 0 (R: `t.test(after, before)`) is the strict
/// reading: for the same people answering twice it is conservative, not wrong. **Analyse only**: the product's test takes the pooled
/// spread of the organisation ([`test_change`]).
///
/// # Errors
/// [`Undefined::NoSpread`] when on both sides everybody is alike: there is a difference but no t (fall back on
/// [`exact_mean_difference`](crate::exact_mean_difference)); [`Undefined::TooFewPeople`] below two people on a side;
/// [`Undefined::OutOfDomain`] for numbers outside the domains of [`Side`], or a rho outside 0..=1.
pub fn welch(before: &Side, after: &Side, rho: f64) -> Result<Welch, Undefined> {
    let (standard_error, df) = error_and_df(before, after, rho)?;
    let change = test_change(after.mean - before.mean, standard_error, DegreesOfFreedom::Fractional(df))?;
    Ok(Welch { t: change.difference / standard_error, df, change })
}

/// The smallest true change that [`welch`] finds four times out of five, in the unit of the scores.
///
/// The noncentrality at which T exceeds its 97.5 % point with probability .8, times the standard error (R:
/// `power.t.test(power = .8)`): with s = .75 on both sides and rho = 0 it is 1.13 points for 8 people, 0.79 for 15, 0.55 for 30, 0.30
/// for 100. **Analyse only**: the product's pages take [`detectable_change`](crate::detectable_change).
///
/// # Errors
/// As [`welch`].
pub fn welch_detectable_change(before: &Side, after: &Side, rho: f64) -> Result<f64, Undefined> {
    let (standard_error, df) = error_and_df(before, after, rho)?;
    let critical = t_quantile(0.975, DegreesOfFreedom::Fractional(df))?;
    let change = noncentrality_at(critical, df, 1.0 - DETECTION_POWER)? * standard_error;
    Undefined::unless(true, "detectable change", change, "a finite number")
}

/// At least how many people answered in both waves: n1 + n2 less everybody who was invited in either (the pigeonhole principle).
///
/// More than that cannot be known of anonymous answers, and must not be guessed by matching them. **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] when more people answered than `invited_in_either` says there are.
pub fn answered_twice_at_least(before: u32, after: u32, invited_in_either: u32) -> Result<u32, Undefined> {
    let most = before.max(after);
    Undefined::unless(most <= invited_in_either, "people who answered", f64::from(most), "at most those invited in either wave")?;
    // Both are at most as many as were invited, so that the sum exceeds them by at most the smaller one.
    Ok(before.saturating_sub(invited_in_either - after))
}

fn error_and_df(before: &Side, after: &Side, rho: f64) -> Result<(f64, f64), Undefined> {
    varied(before, after)?;
    let standard_error = (before.squared_error(rho)? + after.squared_error(rho)?).sqrt();
    // 0 when everybody answered and nothing of an answer is passing error (rho = 1).
    Undefined::unless(standard_error > 0.0, "standard error", standard_error, "more than 0")?;
    // As shares of their sum, which keeps the squares of tiny variances above 0.
    let (first, second) = (before.variance / before.n(), after.variance / after.n());
    let share = first / (first + second);
    let df = 1.0 / (share * share / (before.n() - 1.0) + (1.0 - share) * (1.0 - share) / (after.n() - 1.0));
    Ok((standard_error, df))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::precision::RHO_CHANGE;
    use proptest::prelude::*;

    fn side(people: u32, mean: f64, sd: f64) -> Side {
        Side { people, mean, variance: sd * sd, responded: 0.0 }
    }

    fn of(values: &[f64]) -> Side {
        Side::of(&Sample::new(values.iter().copied()).unwrap(), 0.8).unwrap()
    }

    #[test]
    fn the_sleep_data_of_student_as_two_samples() {
        // t.test(extra ~ group, data = sleep) in R; Student (1908).
        let first = of(&[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
        let second = of(&[1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
        let test = welch(&first, &second, 0.0).unwrap();
        assert!((test.t - 1.8608).abs() < 5e-5);
        assert!((test.df - 17.776).abs() < 5e-4);
        assert!((test.change.p - 0.07939).abs() < 5e-6);
        assert!((test.change.low + 0.205_483_2).abs() < 5e-7 && (test.change.high - 3.365_483_2).abs() < 5e-7);
    }

    #[test]
    fn everybody_alike_on_both_sides_has_a_difference_but_no_test() {
        let (before, after) = (of(&[3.1; 3]), of(&[4.1; 3]));
        assert_eq!(welch(&before, &after, 0.0), Err(Undefined::NoSpread));
        assert_eq!(welch(&before, &before, RHO_CHANGE), Err(Undefined::NoSpread));
        assert_eq!(welch_detectable_change(&before, &after, 0.4), Err(Undefined::NoSpread));
        // One side that varies is enough, and brings its own degrees of freedom.
        assert_eq!(welch(&before, &of(&[3.0, 4.0, 5.0]), 0.0).unwrap().df, 2.0);
        let barely = Side { variance: 1e-320, ..side(3, 0.0, 0.0) };
        assert!(welch(&barely, &barely, 0.0).unwrap().df.is_finite());
    }

    #[test]
    fn the_detectable_change_is_that_of_the_design_page() {
        for (people, points) in
            [(8, 1.129_976_887_67), (15, 0.794_850_631_59), (30, 0.551_716_473_09), (100, 0.298_603_968_66), (400, 0.148_755_596_78)]
        {
            let same = side(people, 3.5, 0.75);
            assert!((welch_detectable_change(&same, &same, 0.0).unwrap() - points).abs() < 1e-8);
        }
    }

    #[test]
    fn what_is_no_side_is_undefined() {
        let good = side(5, 3.0, 1.0);
        for wrong in [side(1, 3.0, 1.0), side(5, f64::NAN, 1.0), side(5, 3.0, f64::INFINITY), Side { responded: -0.1, ..good }] {
            assert!(welch(&good, &wrong, 0.4).is_err() && welch(&wrong, &good, 0.4).is_err());
        }
        assert!(welch(&good, &good, 1.5).is_err());
        assert_eq!(Side::of(&Sample::new([3.0]).unwrap(), 0.5), Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
    }

    #[test]
    fn so_many_answered_twice_at_least() {
        assert_eq!(answered_twice_at_least(8, 9, 12).unwrap(), 5);
        assert_eq!(answered_twice_at_least(4, 4, 12).unwrap(), 0);
        assert_eq!(answered_twice_at_least(12, 7, 12).unwrap(), 7);
        assert!(answered_twice_at_least(13, 2, 12).is_err());
    }

    proptest! {
        #[test]
        fn using_the_roster_makes_the_test_sharper_and_leaves_the_difference(
            n1 in 2u32..60, n2 in 2u32..60, m1 in 1.0f64..7.0, m2 in 1.0f64..7.0, s1 in 0.1f64..2.0, s2 in 0.1f64..2.0, f1 in 0.0f64..1.0, f2 in 0.0f64..1.0,
        ) {
            let (before, after) = (Side { responded: f1, ..side(n1, m1, s1) }, Side { responded: f2, ..side(n2, m2, s2) });
            let (strict, aware) = (welch(&before, &after, 0.0).unwrap(), welch(&before, &after, RHO_CHANGE).unwrap());
            prop_assert_eq!(strict.change.difference, aware.change.difference);
            prop_assert_eq!(strict.df, aware.df);
            prop_assert!(aware.change.standard_error <= strict.change.standard_error && aware.change.p <= strict.change.p);
            prop_assert!(strict.df <= f64::from(n1 + n2 - 2) * (1.0 + 1e-12) && strict.df >= f64::from(n1.min(n2) - 1) * (1.0 - 1e-12));
            let back = welch(&after, &before, RHO_CHANGE).unwrap();
            prop_assert!((back.change.p - aware.change.p).abs() <= 1e-12 && back.t == -aware.t);
        }
    }
}
