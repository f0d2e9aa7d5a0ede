//! In which of the four zones of standards and safety a pair of means lies, and how surely.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::Undefined;
use crate::distributions::normal_survival;
use crate::truncated::Moments;

/// The probability from which on a zone, or two of them together, may be named.
pub const ZONE_CERTAINTY: f64 = 0.8;

/// How far from the mean, in standard deviations, a cut may lie before a double holds the tail as 0.
const FARTHEST: f64 = 40.0;

/// Nodes on the positive side and weights of Gauss-Legendre quadrature with 20 points.
const GAUSS_LEGENDRE: [(f64, f64); 10] = [
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_118),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.912_234_428_251_326, 0.062_672_048_334_109_07),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_74),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_44),
    (0.636_053_680_726_515, 0.118_194_531_961_518_41),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_64),
    (0.373_706_088_715_419_55, 0.142_096_109_318_382_04),
    (0.227_785_851_141_645_07, 0.149_172_986_472_603_74),
    (0.076_526_521_133_497_33, 0.152_753_387_130_725_84),
];

/// Two uncertain means with a common normal distribution: x the standards, y the safety of a team.
///
/// **Product.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bivariate {
    /// Mean and variance of the standards.
    pub x: Moments,
    /// Mean and variance of the safety.
    pub y: Moments,
    /// Correlation of the two, -1 to 1; without meaning where a variance is 0.
    pub correlation: f64,
}

/// The probabilities of the four zones (names after Edmondson 2008); they sum to 1.
///
/// **Product.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zones {
    /// High safety, low standards.
    pub comfort: f64,
    /// High safety, high standards.
    pub learning: f64,
    /// Low safety, low standards.
    pub apathy: f64,
    /// Low safety, high standards.
    pub anxiety: f64,
}

impl Bivariate {
    fn checked(&self) -> Result<&Self, Undefined> {
        for (what, spread, moments) in [("standards", "variance of the standards", self.x), ("safety", "variance of the safety", self.y)] {
            Undefined::unless(true, what, moments.mean, "a finite number")?;
            Undefined::unless(moments.variance >= 0.0, spread, moments.variance, "0 or more")?;
        }
        Undefined::unless((-1.0..=1.0).contains(&self.correlation), "correlation", self.correlation, "-1 to 1")?;
        Ok(self)
    }
}

/// The probability of each zone, when both means are cut at `cut`: "high" is at or above it.
///
/// With h = (cut - mean_x) / sd_x, k = (cut - mean_y) / sd_y and correlation r,
/// P(X > cut, Y > cut) = Phi(-h) Phi(-k) + D and, with the signs that this implies, the other three, where
/// D = 1/(2 pi) * integral from 0 to asin(r) of exp(-(h^2 - 2 h k sin t + k^2) / (2 cos^2 t)) dt (Plackett 1954; Drezner &
/// Wesolowsky 1990). It equals the integral of phi(x) Phi((mean_y|x - cut) / sd_y|x) over x above the cut, and stays smooth where
/// that one does not. Gauss-Legendre with 20 points on panels that halve towards t = pi/2: absolute error below 1e-15, beside that of
/// the library's normal tail, 1e-10.
///
/// Cut and means share one unit, whichever it is. A variance of 0 puts all probability on the mean's side of the cut; a correlation of 1
/// or -1 all on one line. **Product** (the quadrant).
///
/// # Errors
/// [`Undefined::OutOfDomain`] for means, a cut or variances that are not finite, a negative variance, or a correlation outside -1..=1.
pub fn zone_probabilities(place: &Bivariate, cut: f64) -> Result<Zones, Undefined> {
    let Bivariate { x, y, correlation } = *place.checked()?;
    let cut = Undefined::unless(true, "cut", cut, "a finite number")?;
    let below = |moments: Moments| {
        let distance = cut - moments.mean;
        let deviations = if moments.variance > 0.0 { distance / moments.variance.sqrt() } else { distance * f64::INFINITY };
        // Exactly at the cut without spread is 0 * infinity: it counts as high.
        if deviations.is_nan() { -FARTHEST } else { deviations.clamp(-FARTHEST, FARTHEST) }
    };
    let (h, k) = (below(x), below(y));
    let (high_x, low_x, high_y, low_y) = (normal_survival(h), normal_survival(-h), normal_survival(k), normal_survival(-k));
    let together = if x.variance > 0.0 && y.variance > 0.0 { dependence(h, k, correlation) } else { 0.0 };
    Ok(Zones {
        comfort: (low_x * high_y - together).clamp(0.0, 1.0),
        learning: (high_x * high_y + together).clamp(0.0, 1.0),
        apathy: (low_x * low_y + together).clamp(0.0, 1.0),
        anxiety: (high_x * low_y - together).clamp(0.0, 1.0),
    })
}

/// How much more probable "both high" is at correlation r than at 0.
fn dependence(h: f64, k: f64, r: f64) -> f64 {
    let sign = r.signum();
    let r = r.abs();
    if r >= 1.0 {
        let both = if sign > 0.0 { normal_survival(h.max(k)) } else { (normal_survival(h) - normal_survival(-k)).max(0.0) };
        return both - normal_survival(h) * normal_survival(k);
    }
    // In u = pi/2 - |t| the exponent is (h - k)^2 / (2 sin^2 u) + h k / (1 + cos u) for a positive correlation, which loses no
    // digits near u = 0; for a negative one k changes its sign.
    let apart = (h - sign * k).powi(2) / 2.0;
    let product = sign * h * k;
    let density = |u: f64| (-apart / u.sin().powi(2) - product / (1.0 + u.cos())).exp();
    let mut sum = 0.0;
    let mut from = ((1.0 - r) * (1.0 + r)).sqrt().atan2(r);
    while from < FRAC_PI_2 {
        let to = (2.0 * from).min(FRAC_PI_2);
        let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
        sum += half
            * GAUSS_LEGENDRE
                .iter()
                .map(|&(node, weight)| weight * (density(middle - half * node) + density(middle + half * node)))
                .sum::<f64>();
        from = to;
    }
    sign * sum / (2.0 * PI)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    /// What the normal tail of the library is good for; the quadrature itself is held to 1e-15 at the centre.
    const TAIL: f64 = 1e-10;

    fn place(x: (f64, f64), y: (f64, f64), correlation: f64) -> Bivariate {
        Bivariate { x: Moments { mean: x.0, variance: x.1 }, y: Moments { mean: y.0, variance: y.1 }, correlation }
    }

    fn close(ours: f64, wanted: f64, tolerance: f64) {
        assert!((ours - wanted).abs() <= tolerance, "{ours} is not {wanted}");
    }

    #[test]
    fn at_the_centre_the_zones_have_sheppards_probabilities() {
        for r in [-1.0, -0.999, -0.5, 0.0, 0.3, 0.8, 0.999_999_999, 1.0_f64] {
            let zones = zone_probabilities(&place((58.0, 9.0), (58.0, 4.0), r), 58.0).unwrap();
            let both = 0.25 + r.asin() / (2.0 * PI);
            close(zones.learning, both, 1e-15);
            close(zones.apathy, both, 1e-15);
            close(zones.comfort, 0.5 - both, 1e-15);
            close(zones.anxiety, 0.5 - both, 1e-15);
        }
    }

    #[test]
    fn probabilities_agree_with_integration_in_forty_digits() {
        // mpmath: integral of npdf(x) ncdf((r x - k) / sqrt(1 - r^2)) from h on.
        for (h, k, r, wanted) in [
            (0.3, -0.2, 0.6, 0.314_116_120_372_289_7),
            (1.5, 0.4, -0.7, 0.000_643_763_941_360_096_9),
            (-1.0, -2.0, 0.95, 0.841_336_147_032_871_2),
            (0.1, 0.2, 0.9999, 0.420_740_290_560_896_4),
            (2.5, 2.5, 0.3, 0.000_262_446_284_870_881_44),
            (-0.5, 1.2, -0.99, 2.750_188_327_637_505e-9),
            (3.0, -3.0, 0.5, 0.001_349_897_960_155_072_7),
        ] {
            close(zone_probabilities(&place((-h, 1.0), (-k, 1.0), r), 0.0).unwrap().learning, wanted, TAIL);
        }
    }

    #[test]
    fn x_is_the_standards_and_y_the_safety() {
        let zones = |standards, safety| zone_probabilities(&place((standards, 1.0), (safety, 1.0), 0.4), 58.0).unwrap();
        assert!(zones(70.0, 70.0).learning > ZONE_CERTAINTY);
        assert!(zones(40.0, 70.0).comfort > ZONE_CERTAINTY);
        assert!(zones(40.0, 40.0).apathy > ZONE_CERTAINTY);
        assert!(zones(70.0, 40.0).anxiety > ZONE_CERTAINTY);
    }

    #[test]
    fn without_spread_the_mean_decides_and_at_the_cut_it_is_high() {
        let zones = zone_probabilities(&place((58.0, 0.0), (40.0, 0.0), 0.7), 58.0).unwrap();
        assert_eq!(zones.anxiety, 1.0);
        let zones = zone_probabilities(&place((60.0, 0.0), (58.0, 25.0), 1.0), 58.0).unwrap();
        assert_eq!((zones.learning, zones.anxiety, zones.comfort, zones.apathy), (0.5, 0.5, 0.0, 0.0));
    }

    #[test]
    fn what_is_no_distribution_has_no_zones() {
        for wrong in [
            place((f64::NAN, 1.0), (1.0, 1.0), 0.0),
            place((1.0, -1.0), (1.0, 1.0), 0.0),
            place((1.0, 1.0), (1.0, f64::INFINITY), 0.0),
            place((1.0, 1.0), (1.0, 1.0), 1.1),
        ] {
            assert!(zone_probabilities(&wrong, 58.0).is_err());
        }
        assert!(zone_probabilities(&place((1.0, 1.0), (1.0, 1.0), 0.0), f64::NAN).is_err());
    }

    /// The same probability in the other form, by Simpson's rule: slow, and a different way of being wrong.
    fn both_high_by_conditioning(h: f64, k: f64, r: f64) -> f64 {
        let steps = 4000;
        let width = (h + 12.0).max(12.0) - h.max(-12.0);
        let spread = (1.0 - r * r).sqrt();
        let value = |i: i32| {
            let x = h.max(-12.0) + width * f64::from(i) / f64::from(steps);
            (-x * x / 2.0).exp() / (2.0 * PI).sqrt() * normal_survival((k - r * x) / spread)
        };
        let inner: f64 = (1..steps).map(|i| if i % 2 == 1 { 4.0 * value(i) } else { 2.0 * value(i) }).sum();
        (value(0) + inner + value(steps)) * width / f64::from(steps) / 3.0
    }

    proptest! {
        #[test]
        fn both_ways_of_integrating_agree(h in -4.0f64..4.0, k in -4.0f64..4.0, r in -0.98f64..0.98) {
            let ours = zone_probabilities(&place((-h, 1.0), (-k, 1.0), r), 0.0).unwrap().learning;
            prop_assert!((ours - both_high_by_conditioning(h, k, r)).abs() < TAIL);
        }

        #[test]
        fn zones_sum_to_one_and_have_the_marginals(
            mean_x in 0.0f64..100.0, mean_y in 0.0f64..100.0, sd_x in 0.0f64..30.0, sd_y in 0.0f64..30.0, r in -1.0f64..=1.0, cut in 0.0f64..100.0,
        ) {
            let zones = zone_probabilities(&place((mean_x, sd_x * sd_x), (mean_y, sd_y * sd_y), r), cut).unwrap();
            prop_assert!((zones.comfort + zones.learning + zones.apathy + zones.anxiety - 1.0).abs() < TAIL);
            prop_assert!((zones.learning + zones.anxiety - normal_survival((cut - mean_x) / sd_x)).abs() < TAIL);
            prop_assert!((zones.learning + zones.comfort - normal_survival((cut - mean_y) / sd_y)).abs() < TAIL);
        }

        #[test]
        fn without_correlation_the_zones_are_products(h in -6.0f64..6.0, k in -6.0f64..6.0) {
            let zones = zone_probabilities(&place((-h, 1.0), (-k, 1.0), 0.0), 0.0).unwrap();
            prop_assert_eq!(zones.learning, normal_survival(h) * normal_survival(k));
            prop_assert_eq!(zones.apathy, normal_survival(-h) * normal_survival(-k));
        }

        #[test]
        fn a_correlation_near_one_is_as_good_as_one(h in -3.0f64..3.0, k in -3.0f64..3.0, sign in prop_oneof![Just(-1.0), Just(1.0)]) {
            let (near, at) = (dependence(h, k, sign * (1.0 - 1e-15)), dependence(h, k, sign));
            prop_assert!((near - at).abs() < 1e-7, "{} {}", near, at);
        }
    }
}
