//! Quantiles and tail probabilities of the normal, Student's t, F, chi-squared and noncentral t distributions.
//!
//! The library's functions, where they are accurate: against 40 digits, t and F tails agree to 1e-10 or better over all degrees of
//! freedom that occur, quantiles to 1e-10 up to 1,000 degrees of freedom. Normal tails come from `libm`: those of statrs keep ten digits.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};
use statrs::function::beta::beta_reg;
use statrs::function::gamma;

use crate::Undefined;

/// Degrees of freedom of a t distribution.
///
/// **Product** and **analyse**.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum DegreesOfFreedom {
    /// A spread estimated from data with this many degrees of freedom, at least 1.
    Finite(u32),
    /// Two spreads that were estimated apart (Welch 1947, Satterthwaite 1946), more than 0.
    Fractional(f64),
    /// A declared spread: the t distribution is the normal one.
    Infinite,
}

/// Above so many degrees of freedom the normal distribution is used; the two agree to 1e-5.
const NEARLY_NORMAL: f64 = 100_000.0;

/// Above so many the library's quantile loses digits (1e-8 at 10,000, 3.5e-6 at 100,000), and a series takes its place.
const SERIES_FROM: f64 = 1_000.0;

/// Terms of a sum of probabilities that are smaller than this are left out.
const NEGLIGIBLE: f64 = 1e-18;

impl DegreesOfFreedom {
    /// The smaller of the two; a declared spread counts as infinitely many.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        if self.number() <= other.number() { self } else { other }
    }

    /// The number itself, infinity for a declared spread.
    fn number(self) -> f64 {
        match self {
            Self::Finite(df) => f64::from(df),
            Self::Fractional(df) => df,
            Self::Infinite => f64::INFINITY,
        }
    }

    /// The t distribution with its degrees of freedom, or `None` where the normal one is used.
    fn student(self) -> Result<Option<(StudentsT, f64)>, Undefined> {
        let df = self.number();
        let outside = Undefined::OutOfDomain { what: "degrees of freedom", value: df, domain: "more than 0" };
        if df > NEARLY_NORMAL {
            Ok(None)
        } else if df > 0.0 {
            StudentsT::new(0.0, 1.0, df).map(|student| Some((student, df))).map_err(|_| outside)
        } else {
            // NaN as well.
            Err(outside)
        }
    }
}

/// The value that a standard normal variable stays below with probability `p`.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless 0 < p < 1.
pub fn normal_quantile(p: f64) -> Result<f64, Undefined> {
    Ok(Normal::standard().inverse_cdf(inner(p)?))
}

/// The probability that a standard normal variable exceeds `z`, with full relative precision in the upper tail.
///
/// **Product** and **analyse**.
#[must_use]
pub fn normal_survival(z: f64) -> f64 {
    0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
}

/// The probability that a standard normal variable stays below `z`, with full relative precision in the lower tail.
///
/// **Analyse only.**
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    normal_survival(-z)
}

/// Density of the standard normal distribution.
///
/// **Product.**
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The value that a t variable stays below with probability `p`; the normal quantile above 100,000 degrees of freedom.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless 0 < p < 1 and the degrees of freedom are more than 0.
pub fn t_quantile(p: f64, df: DegreesOfFreedom) -> Result<f64, Undefined> {
    let p = inner(p)?;
    let quantile = match df.student()? {
        Some((student, df)) if df <= SERIES_FROM => student.inverse_cdf(p),
        Some((_, df)) => series_of_t(Normal::standard().inverse_cdf(p), df),
        None => Normal::standard().inverse_cdf(p),
    };
    Undefined::unless(true, "t quantile", quantile, "a finite number")
}

/// The t quantile from the normal one for many degrees of freedom (Abramowitz & Stegun 1964, 26.7.5); between the probabilities
/// 0.0005 and 0.9995 the next term is below 1e-12.
fn series_of_t(z: f64, df: f64) -> f64 {
    let square = z * z;
    let first = (square + 1.0) * z / 4.0;
    let second = ((5.0 * square + 16.0) * square + 3.0) * z / 96.0;
    let third = (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) * z / 384.0;
    let fourth = ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) * z / 92_160.0;
    z + (first + (second + (third + fourth / df) / df) / df) / df
}

/// The probability of a t statistic at least as far from zero.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a statistic that is not finite, or degrees of freedom that are not more than 0.
pub fn two_sided_p(statistic: f64, df: DegreesOfFreedom) -> Result<f64, Undefined> {
    let statistic = Undefined::unless(true, "test statistic", statistic, "a finite number")?.abs();
    let tail = match df.student()? {
        Some((student, _)) => student.sf(statistic),
        None => normal_survival(statistic),
    };
    Ok((2.0 * tail).min(1.0))
}

/// The probability that an F variable exceeds `f`, with full relative precision in the upper tail.
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a negative or not finite statistic, or degrees of freedom that are not more than 0.
pub fn f_survival(f: f64, df1: f64, df2: f64) -> Result<f64, Undefined> {
    let f = Undefined::unless(f >= 0.0, "F statistic", f, "0 or more")?;
    Ok(fisher(df1, df2)?.sf(f))
}

/// The value that an F variable stays below with probability `p`.
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless 0 < p < 1 and the degrees of freedom are more than 0.
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> Result<f64, Undefined> {
    let quantile = fisher(df1, df2)?.inverse_cdf(inner(p)?);
    Undefined::unless(true, "F quantile", quantile, "a finite number")
}

/// The probability that a chi-squared variable exceeds `statistic`.
///
/// **Product** and **analyse**.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for a negative or not finite statistic, or degrees of freedom that are not more than 0.
pub fn chi_squared_survival(statistic: f64, df: f64) -> Result<f64, Undefined> {
    let statistic = Undefined::unless(statistic >= 0.0, "chi-squared statistic", statistic, "0 or more")?;
    let df = positive_df(df)?;
    let distribution =
        ChiSquared::new(df).map_err(|_| Undefined::OutOfDomain { what: "degrees of freedom", value: df, domain: "more than 0" })?;
    Ok(distribution.sf(statistic))
}

/// The natural logarithm of the gamma function.
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless x is more than 0.
pub fn ln_gamma(x: f64) -> Result<f64, Undefined> {
    Ok(gamma::ln_gamma(Undefined::unless(x > 0.0, "argument of the gamma function", x, "more than 0")?))
}

/// The probability that a noncentral t variable stays below `t` (Lenth 1989, algorithm AS 243), to 1e-12.
///
/// A mixture of incomplete beta functions with Poisson weights, added from the last term that counts down to the first one: in this
/// direction the beta functions follow from each other by additions of positive numbers.
///
/// **Analyse only.**
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless `t` is finite, `df` more than 0 and the noncentrality within -1,000 to 1,000.
pub fn noncentral_t_cdf(t: f64, df: f64, noncentrality: f64) -> Result<f64, Undefined> {
    let t = Undefined::unless(true, "t", t, "a finite number")?;
    let df = positive_df(df)?;
    let shift = Undefined::unless(noncentrality.abs() <= 1_000.0, "noncentrality", noncentrality, "-1000 to 1000")?;
    if t < 0.0 {
        return Ok(1.0 - noncentral_t_cdf(-t, df, -shift)?);
    }
    let below_zero = normal_cdf(-shift);
    // x and 1 - x, each without the rounding of the other.
    let (x, rest) = (1.0 / (1.0 + df / t / t), 1.0 / (1.0 + t / df * t));
    if x == 0.0 {
        return Ok(below_zero);
    }
    let b = 0.5 * df;
    let beta = |a: f64| if x <= 0.5 { beta_reg(a, b, x) } else { 1.0 - beta_reg(b, a, rest) };
    let half = 0.5 * shift * shift;

    // The Poisson weights grow until `half` and then fall; `last` is the last one that counts.
    let mut last = half.floor();
    let mut even = if last == 0.0 { (-half).exp() } else { (last * half.ln() - half - gamma::ln_gamma(last + 1.0)).exp() };
    while even > NEGLIGIBLE && half > NEGLIGIBLE {
        last += 1.0;
        even *= half / last;
    }
    let mut odd = even * shift / std::f64::consts::SQRT_2 * (gamma::ln_gamma(last + 1.0) - gamma::ln_gamma(last + 1.5)).exp();
    // I_x(a, b) = I_x(a + 1, b) + step(a); the steps are kept as logarithms, because they may come back from below the smallest double.
    let step = |a: f64| a * x.ln() + b * rest.ln() + gamma::ln_gamma(a + b) - gamma::ln_gamma(a + 1.0) - gamma::ln_gamma(b);
    let (mut even_beta, mut odd_beta) = (beta(last + 0.5), beta(last + 1.0));
    let (mut even_step, mut odd_step) = (step(last - 0.5), step(last));
    let mut sum = even * even_beta + odd * odd_beta;
    let mut j = last;
    while j >= 1.0 && (j > half || even > NEGLIGIBLE) {
        even_beta += even_step.exp();
        odd_beta += odd_step.exp();
        even *= j / half;
        odd *= (j + 0.5) / half;
        sum += even * even_beta + odd * odd_beta;
        j -= 1.0;
        even_step += ((j + 0.5) / (j + b - 0.5) / x).ln();
        odd_step += ((j + 1.0) / (j + b) / x).ln();
    }
    Ok((below_zero + 0.5 * sum).clamp(0.0, 1.0))
}

fn inner(p: f64) -> Result<f64, Undefined> {
    Undefined::unless(p > 0.0 && p < 1.0, "probability", p, "more than 0 and less than 1")
}

fn positive_df(df: f64) -> Result<f64, Undefined> {
    Undefined::unless(df > 0.0, "degrees of freedom", df, "more than 0")
}

fn fisher(df1: f64, df2: f64) -> Result<FisherSnedecor, Undefined> {
    let (df1, df2) = (positive_df(df1)?, positive_df(df2)?);
    FisherSnedecor::new(df1, df2).map_err(|_| Undefined::OutOfDomain {
        what: "degrees of freedom",
        value: df1.min(df2),
        domain: "more than 0",
    })
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
        close(normal_survival(6.0) / 9.865_876_450_376_982e-10, 1.0, 1e-14);
        // The argument z / sqrt(2) is itself rounded, which the tail magnifies z^2 times.
        close(normal_survival(30.0) / 4.906_713_927_148_187e-198, 1.0, 900.0 * f64::EPSILON);
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

    #[test]
    fn f_chi_squared_and_noncentral_t_agree_with_other_software() {
        // Incomplete beta and gamma functions, and the noncentral t as an integral over the spread, with 40 digits.
        close(f_survival(12.449_144_525_533, 98.0, 7_283.0).unwrap() / 4.089_196_109_584_069e-176, 1.0, 1e-9);
        close(f_survival(1.638_600_499_815_84, 35.0, 242.0).unwrap(), 0.017_431_646_359_766_2, 1e-14);
        close(f_quantile(0.975, 35.0, 242.0).unwrap(), 1.583_354_799_326_218, 1e-11);
        close(f_quantile(0.025, 98.0, 7_283.0).unwrap(), 0.738_617_392_990_823_3, 1e-11);
        close(chi_squared_survival(1.848_528_403_384_95, 2.0).unwrap(), 0.396_823_293_589_247_1, 1e-14);
        let noncentral = [
            (0.92, 180.0, 2.8, 0.030_117_483_527_597_11),
            (1.0086, 26.0, -0.95, 0.973_228_337_841_305_7),
            (-1.5, 10.0, 1.0, 0.009_544_627_494_239_59),
            (3.0, 4.0, 0.5, 0.952_320_260_376_772_8),
            (2.0, 6.0, 40.0, 0.0),
            (45.0, 6.0, 40.0, 0.577_367_784_436_181_8),
        ];
        for (t, df, shift, want) in noncentral {
            close(noncentral_t_cdf(t, df, shift).unwrap(), want, 1e-13);
        }
    }

    #[test]
    fn the_series_for_many_degrees_of_freedom_joins_the_library_without_a_step() {
        for p in [0.6, 0.9, 0.975, 0.9995] {
            let (below, above) =
                (t_quantile(p, DegreesOfFreedom::Finite(1_000)).unwrap(), series_of_t(normal_quantile(p).unwrap(), 1_000.0));
            close(below, above, 1e-10);
        }
        // With 40 digits.
        close(t_quantile(0.975, DegreesOfFreedom::Finite(100_000)).unwrap(), 1.959_987_707_534_609_7, 1e-11);
    }

    #[test]
    fn fractional_degrees_of_freedom_lie_between_whole_ones() {
        let at = |df| two_sided_p(2.0, df).unwrap();
        let between = at(DegreesOfFreedom::Fractional(6.5));
        assert!(between < at(DegreesOfFreedom::Finite(6)) && between > at(DegreesOfFreedom::Finite(7)));
        assert_eq!(at(DegreesOfFreedom::Fractional(7.0)), at(DegreesOfFreedom::Finite(7)));
        assert!(two_sided_p(2.0, DegreesOfFreedom::Fractional(f64::NAN)).is_err());
        assert!(f_survival(1.0, 0.0, 3.0).is_err() && f_quantile(1.0, 2.0, 3.0).is_err() && chi_squared_survival(-1.0, 2.0).is_err());
        assert!(noncentral_t_cdf(1.0, -3.0, 0.0).is_err() && noncentral_t_cdf(1.0, 3.0, f64::NAN).is_err() && ln_gamma(0.0).is_err());
    }

    #[test]
    fn the_noncentral_t_has_its_limits_where_numbers_are_very_large_or_small() {
        // Integrals over the spread with 25 digits.
        for (t, df, shift, want) in [
            (1e-7, 5.0, 2.0, 0.022_750_137_085_597_645),
            (1e-200, 5.0, 0.0, 0.5),
            (1e200, 5.0, 3.0, 1.0),
            (1.0, 5.0, 1e-160, 0.818_391_266_175_438_7),
            (1.0, 5.0, 1e-10, 0.818_391_266_150_148_2),
            (900.0, 5.0, 900.0, 0.415_880_940_330_326_9),
            (1e-5, 1e-5, 999.0, 0.0),
        ] {
            close(noncentral_t_cdf(t, df, shift).unwrap(), want, 2e-10);
        }
    }

    proptest! {
        #[test]
        fn without_a_shift_the_noncentral_t_is_the_central_one(t in -6.0f64..6.0, df in 1u32..300) {
            let tail = two_sided_p(t, DegreesOfFreedom::Finite(df)).unwrap() / 2.0;
            let below = if t < 0.0 { tail } else { 1.0 - tail };
            prop_assert!((noncentral_t_cdf(t, f64::from(df), 0.0).unwrap() - below).abs() < 1e-11);
        }

        #[test]
        fn the_tail_of_a_quantile_is_its_probability(p in 0.5001f64..0.9999, df in 1u32..2000) {
            let df = DegreesOfFreedom::Finite(df);
            let tail = two_sided_p(t_quantile(p, df).unwrap(), df).unwrap();
            prop_assert!((tail - 2.0 * (1.0 - p)).abs() < 1e-7);
        }
    }
}
