//! Standard errors of group means when most of the group answers, and answers again next time.

use crate::Undefined;

/// Share of the sampling variance that an interval takes away for people who answered (rho of the interval).
///
/// A person's answer is partly a lasting opinion, which is known once the person has answered, and partly passing error, which
/// is not. With rho = 0.5 intervals keep their coverage at response rates from 60 to 100 %, where the plain finite-population
/// correction (rho = 1) covers far too little: a team that answers completely would get an interval of width zero.
pub const RHO_INTERVAL: f64 = 0.5;

/// The same share for the comparison of two waves: people who are there both times keep at least 40 % of their differences.
pub const RHO_CHANGE: f64 = 0.4;

/// A part of a weighted mean: how many answered, and which share of those invited that is. **Product** and analyse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Respondents n, more than 0.
    pub n: u32,
    /// Share f = n / N of those invited; more than 1 counts as 1. Use 0 where N is not known.
    pub responded: f64,
}

impl Stratum {
    /// `n` respondents of `invited` people; a staff list shorter than the answers counts as complete.
    ///
    /// # Errors
    /// [`Undefined::OutOfDomain`] for a staff list of nobody.
    pub fn of(n: u32, invited: u32) -> Result<Self, Undefined> {
        Undefined::unless(invited > 0, "people on the staff list", f64::from(invited), "1 or more")?;
        Ok(Self { n, responded: (f64::from(n) / f64::from(invited)).min(1.0) })
    }

    /// The plain finite-population correction sqrt((N - n) / N) (Cochran 1977, section 2.6): what a standard error is multiplied with
    /// when answers hold no passing error (rho = 1). It covers far too little in teams that answer almost completely, see
    /// [`RHO_INTERVAL`].
    ///
    /// **Analyse only.**
    #[must_use]
    pub fn correction(self) -> f64 {
        (1.0 - self.responded).max(0.0).sqrt()
    }
}

/// Standard error of a group mean with the roster correction: `sd * sqrt((1 - rho * f) / n)`, f = n / N.
///
/// **Product** and analyse.
///
/// # Errors
/// [`Undefined`] for n = 0, a negative spread, or a rho outside 0..=1.
pub fn standard_error(sd: f64, stratum: Stratum, rho: f64) -> Result<f64, Undefined> {
    stratified_standard_error(sd, &[stratum], rho)
}

/// Standard error of a mean over several groups, each weighted by its respondents: with w = n / sum(n),
/// `sd * sqrt(sum(w^2 * (1 - rho * f) / n))` (Cochran 1977, section 5.4, with the roster correction per stratum).
///
/// **Product** and analyse.
///
/// # Errors
/// [`Undefined`] without strata, for a stratum without respondents, a negative spread, or a rho outside 0..=1.
pub fn stratified_standard_error(sd: f64, strata: &[Stratum], rho: f64) -> Result<f64, Undefined> {
    let sd = Undefined::unless(sd >= 0.0, "standard deviation", sd, "0 or more")?;
    let rho = Undefined::unless((0.0..=1.0).contains(&rho), "rho", rho, "0 to 1")?;
    if strata.is_empty() || strata.iter().any(|s| s.n == 0) {
        return Err(Undefined::NoValues);
    }
    let mut all = 0.0;
    let mut sum = 0.0;
    for stratum in strata {
        let responded = Undefined::unless(stratum.responded >= 0.0, "share of those invited", stratum.responded, "0 or more")?.min(1.0);
        all += f64::from(stratum.n);
        // w^2 / n = n / all^2
        sum += f64::from(stratum.n) * (1.0 - rho * responded);
    }
    Ok(sd * sum.sqrt() / all)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_standard_error_of_eight_of_ten_matches_the_formula() {
        let stratum = Stratum { n: 8, responded: 0.8 };
        // 20 * sqrt((1 - 0.5 * 0.8) / 8)
        assert!((standard_error(20.0, stratum, RHO_INTERVAL).unwrap() - 5.477_225_575_051_661).abs() < 1e-12);
        // 20 * sqrt((1 - 0.4 * 0.8) / 8)
        assert!((standard_error(20.0, stratum, RHO_CHANGE).unwrap() - 5.830_951_894_845_3).abs() < 1e-12);
    }

    #[test]
    fn nobody_answering_has_no_standard_error() {
        assert_eq!(standard_error(20.0, Stratum { n: 0, responded: 0.0 }, 0.5), Err(Undefined::NoValues));
        assert_eq!(stratified_standard_error(20.0, &[], 0.5), Err(Undefined::NoValues));
        assert!(standard_error(-1.0, Stratum { n: 5, responded: 0.5 }, 0.5).is_err());
        assert!(standard_error(1.0, Stratum { n: 5, responded: 0.5 }, 1.1).is_err());
    }

    proptest! {
        #[test]
        fn strata_without_correction_are_one_sample(ns in proptest::collection::vec(1u32..200, 1..8)) {
            let strata: Vec<_> = ns.iter().map(|&n| Stratum { n, responded: 0.7 }).collect();
            let all = f64::from(ns.iter().sum::<u32>());
            let se = stratified_standard_error(15.0, &strata, 0.0).unwrap();
            prop_assert!((se - 15.0 / all.sqrt()).abs() < 1e-9);
        }

        #[test]
        fn more_answers_from_the_same_people_are_never_less_precise(n in 2u32..100, more in 1u32..50) {
            let invited = f64::from(n + more);
            let few = standard_error(15.0, Stratum { n, responded: f64::from(n) / invited }, 0.5).unwrap();
            let many = standard_error(15.0, Stratum { n: n + more, responded: 1.0 }, 0.5).unwrap();
            prop_assert!(many < few && many > 0.0);
        }
    }
}
