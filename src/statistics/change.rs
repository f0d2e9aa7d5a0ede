//! Whether a difference of two means is more than chance, and how large it would have to be to be found.

use crate::Undefined;
use crate::distributions::{DegreesOfFreedom, normal_quantile, t_quantile, two_sided_p};

/// The chance of finding a change of the detectable size: four times out of five.
pub const DETECTION_POWER: f64 = 0.8;

/// A tested difference.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeTest {
    /// Later minus earlier.
    pub difference: f64,
    /// Its standard error, more than 0.
    pub standard_error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Two-sided p-value, not adjusted for other tests.
    pub p: f64,
}

/// Tests a difference whose standard error already holds everything that is uncertain.
///
/// For the roster-aware test of two anonymous waves give the root of the sum of both waves' squared standard errors with
/// [`RHO_CHANGE`](crate::RHO_CHANGE) and of the variances of the published cells: because the same people may have answered
/// twice, the test of independent samples (rho = 0) would be needlessly blind.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless the standard error is positive and there is at least one degree of freedom.
pub fn test_change(difference: f64, standard_error: f64, df: DegreesOfFreedom) -> Result<ChangeTest, Undefined> {
    let difference = Undefined::unless(true, "difference", difference, "a finite number")?;
    let standard_error = positive(standard_error)?;
    let reach = t_quantile(0.975, df)? * standard_error;
    let end = |end: f64| Undefined::unless(true, "end of the interval", end, "a finite number");
    Ok(ChangeTest {
        difference,
        standard_error,
        low: end(difference - reach)?,
        high: end(difference + reach)?,
        p: two_sided_p(difference / standard_error, df)?,
    })
}

/// The smallest true change that the two-sided 5 % test finds four times out of five: `(t_.975 + z_.80) * SE`.
///
/// **Product**; `candor analyse` takes [`welch_detectable_change`](crate::welch_detectable_change).
///
/// # Errors
/// As [`test_change`].
pub fn detectable_change(standard_error: f64, df: DegreesOfFreedom) -> Result<f64, Undefined> {
    Ok((t_quantile(0.975, df)? + normal_quantile(DETECTION_POWER)?) * positive(standard_error)?)
}

fn positive(standard_error: f64) -> Result<f64, Undefined> {
    Undefined::unless(standard_error > 0.0, "standard error", standard_error, "more than 0")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_difference_of_two_standard_errors_is_just_significant() {
        let test = test_change(10.0, 5.0, DegreesOfFreedom::Infinite).unwrap();
        assert!((test.p - 0.045_500_263_896_358).abs() < 1e-10);
        assert!((test.low - 0.200_180_077_299_73).abs() < 1e-9);
        assert!((test.high - 19.799_819_922_700_27).abs() < 1e-9);
    }

    #[test]
    fn the_detectable_change_is_about_two_point_eight_standard_errors() {
        let found = detectable_change(5.0, DegreesOfFreedom::Infinite).unwrap();
        assert!((found - 5.0 * 2.801_585_218_112_968).abs() < 1e-9);
        assert!(detectable_change(5.0, DegreesOfFreedom::Finite(20)).unwrap() > found);
    }

    #[test]
    fn no_spread_means_no_test() {
        assert!(test_change(3.0, 0.0, DegreesOfFreedom::Infinite).is_err());
        assert!(test_change(f64::NAN, 1.0, DegreesOfFreedom::Infinite).is_err());
        assert!(detectable_change(f64::INFINITY, DegreesOfFreedom::Infinite).is_err());
    }

    proptest! {
        #[test]
        fn the_test_does_not_care_about_the_direction(d in -80.0f64..80.0, se in 0.1f64..30.0, df in 1u32..500) {
            let df = DegreesOfFreedom::Finite(df);
            let (up, down) = (test_change(d, se, df).unwrap(), test_change(-d, se, df).unwrap());
            prop_assert_eq!(up.p, down.p);
            prop_assert_eq!(up.low, -down.high);
            prop_assert_eq!(up.p < 0.05, up.low > 0.0 || up.high < 0.0);
        }
    }
}
