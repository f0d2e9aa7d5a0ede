//! Quantiles and tail probabilities of the normal and of Student's t distribution.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::erf::erfc;

use crate::Undefined;

/// Degrees of freedom of a t distribution.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum DegreesOfFreedom {
    /// A spread estimated from data with this many degrees of freedom, at least 1.
    Finite(u32),
    /// A declared spread: the t distribution is the normal one.
    Infinite,
}

impl DegreesOfFreedom {
    /// The smaller of the two; a declared spread counts as infinitely many.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        match (self, other) {
            (Self::Finite(a), Self::Finite(b)) => Self::Finite(a.min(b)),
            (Self::Finite(a), Self::Infinite) | (Self::Infinite, Self::Finite(a)) => Self::Finite(a),
            (Self::Infinite, Self::Infinite) => Self::Infinite,
        }
    }

    /// The t distribution, or `None` where the normal one is used: above 100,000 degrees of freedom the quantile of the library
    /// loses digits (2.9e-4 at a million), while the two distributions agree to 1e-5.
    fn student(self) -> Result<Option<StudentsT>, Undefined> {
        match self {
            Self::Finite(df @ 1..=100_000) => StudentsT::new(0.0, 1.0, f64::from(df)).map(Some).map_err(|_| Undefined::OutOfDomain {
                what: "degrees of freedom",
                value: f64::from(df),
                domain: "1 or more",
            }),
            Self::Finite(0) => Err(Undefined::OutOfDomain { what: "degrees of freedom", value: 0.0, domain: "1 or more" }),
            Self::Finite(_) | Self::Infinite => Ok(None),
        }
    }
}

/// The value that a standard normal variable stays below with probability `p`.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless 0 < p < 1.
pub fn normal_quantile(p: f64) -> Result<f64, Undefined> {
    let p = Undefined::unless(p > 0.0 && p < 1.0, "probability", p, "more than 0 and less than 1")?;
    Ok(Normal::standard().inverse_cdf(p))
}

/// The probability that a standard normal variable exceeds `z`, with full relative precision in the upper tail.
#[must_use]
pub fn normal_survival(z: f64) -> f64 {
    0.5 * erfc(z / std::f64::consts::SQRT_2)
}

/// The value that a t variable stays below with probability `p`; the normal quantile above 100,000 degrees of freedom.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless 0 < p < 1 and there is at least one degree of freedom.
pub fn t_quantile(p: f64, df: DegreesOfFreedom) -> Result<f64, Undefined> {
    let p = Undefined::unless(p > 0.0 && p < 1.0, "probability", p, "more than 0 and less than 1")?;
    Ok(match df.student()? {
        Some(student) => student.inverse_cdf(p),
        None => Normal::standard().inverse_cdf(p),
    })
}

/// The probability of a t statistic at least as far from zero.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a statistic that is not finite, or no degree of freedom.
pub fn two_sided_p(statistic: f64, df: DegreesOfFreedom) -> Result<f64, Undefined> {
    let statistic = Undefined::unless(true, "test statistic", statistic, "a finite number")?.abs();
    let tail = match df.student()? {
        Some(student) => student.sf(statistic),
        None => normal_survival(statistic),
    };
    Ok((2.0 * tail).min(1.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() < tolerance, "{a} is not {b}");
    }

    #[test]
    fn quantiles_match_published_tables() {
        // NIST/SEMATECH e-Handbook 1.3.6.7.2, and qt/qnorm of R.
        close(t_quantile(0.975, DegreesOfFreedom::Finite(1)).unwrap(), 12.706_204_736, 1e-6);
        close(t_quantile(0.975, DegreesOfFreedom::Finite(10)).unwrap(), 2.228_138_852, 1e-7);
        close(t_quantile(0.975, DegreesOfFreedom::Finite(100)).unwrap(), 1.983_971_519, 1e-7);
        close(normal_quantile(0.975).unwrap(), 1.959_963_984_540_054, 1e-10);
        close(normal_quantile(0.8).unwrap(), 0.841_621_233_572_914, 1e-10);
    }

    #[test]
    fn tails_match_published_tables() {
        close(two_sided_p(2.228_138_852, DegreesOfFreedom::Finite(10)).unwrap(), 0.05, 1e-8);
        close(two_sided_p(-1.959_963_984_540_054, DegreesOfFreedom::Infinite).unwrap(), 0.05, 1e-10);
        close(normal_survival(6.0) / 9.865_876_450_377e-10, 1.0, 1e-9);
        assert_eq!(two_sided_p(0.0, DegreesOfFreedom::Finite(3)).unwrap(), 1.0);
    }

    #[test]
    fn very_many_degrees_of_freedom_are_the_normal_distribution() {
        let normal = normal_quantile(0.975).unwrap();
        assert_eq!(t_quantile(0.975, DegreesOfFreedom::Infinite).unwrap(), normal);
        assert_eq!(t_quantile(0.975, DegreesOfFreedom::Finite(1_000_000)).unwrap(), normal);
        close(t_quantile(0.975, DegreesOfFreedom::Finite(100_000)).unwrap(), normal, 1e-4);
    }

    #[test]
    fn what_lies_outside_the_domain_is_undefined_and_never_a_panic() {
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
            assert!(normal_quantile(p).is_err());
            assert!(t_quantile(p, DegreesOfFreedom::Finite(5)).is_err());
        }
        assert!(t_quantile(0.975, DegreesOfFreedom::Finite(0)).is_err());
        assert!(two_sided_p(f64::INFINITY, DegreesOfFreedom::Infinite).is_err());
    }

    #[test]
    fn a_declared_spread_has_more_degrees_of_freedom_than_any_estimate() {
        use DegreesOfFreedom::{Finite, Infinite};
        assert_eq!(Finite(3).min(Infinite), Finite(3));
        assert_eq!(Infinite.min(Finite(9)), Finite(9));
        assert_eq!(Finite(4).min(Finite(2)), Finite(2));
        assert_eq!(Infinite.min(Infinite), Infinite);
    }

    proptest! {
        #[test]
        fn the_tail_of_a_quantile_is_its_probability(p in 0.5001f64..0.9999, df in 1u32..2000) {
            let df = DegreesOfFreedom::Finite(df);
            let tail = two_sided_p(t_quantile(p, df).unwrap(), df).unwrap();
            prop_assert!((tail - 2.0 * (1.0 - p)).abs() < 1e-7);
        }
    }
}
