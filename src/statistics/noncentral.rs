//! The noncentral t distribution, asked for its noncentrality.

use crate::Undefined;
use crate::distributions::{noncentral_t_cdf, normal_quantile};

/// The noncentrality at which a noncentral t variable stays below `t` with probability `p`: the more noncentral, the less probable.
///
/// Limits of a standardised difference (p = .975 and .025 at the observed t) and the power of a t test are read from it. Bracketed
/// from the normal approximation (Johnson & Welch 1940), then false position with halved ends (Illinois; Dowell & Jarratt 1971) until
/// a step is below 1e-12: as exact as the distribution function, about 1e-9.
///
/// # Errors
/// [`Undefined::OutOfDomain`] unless `t` is finite, `df` more than 0, 0 < p < 1, and the noncentrality lies within -1,000 to 1,000.
pub(crate) fn noncentrality_at(t: f64, df: f64, p: f64) -> Result<f64, Undefined> {
    let deviations = normal_quantile(p)?;
    let above = |noncentrality: f64| Ok(noncentral_t_cdf(t, df, noncentrality)? - p);
    let spread = (1.0 + t * t / (2.0 * df)).sqrt();
    let guess = t - deviations * spread;

    let (mut low, mut high) = (guess - 0.1 * spread, guess + 0.1 * spread);
    let (mut at_low, mut at_high) = (above(low)?, above(high)?);
    let mut step = spread;
    while at_low < 0.0 {
        (high, at_high) = (low, at_low);
        low -= step;
        at_low = above(low)?;
        step *= 2.0;
    }
    while at_high > 0.0 {
        (low, at_low) = (high, at_high);
        high += step;
        at_high = above(high)?;
        step *= 2.0;
    }

    let mut last = guess;
    // Each side moves at least every third step, so that this many are never used up.
    for _ in 0..200 {
        if at_low == at_high {
            break;
        }
        let next = (low + (high - low) * at_low / (at_low - at_high)).clamp(low, high);
        let at_next = above(next)?;
        let settled = (next - last).abs() <= 1e-12 * (1.0 + next.abs());
        last = next;
        if settled || at_next == 0.0 {
            break;
        }
        if at_next > 0.0 {
            (low, at_low) = (next, at_next);
            at_high /= 2.0;
        } else {
            (high, at_high) = (next, at_next);
            at_low /= 2.0;
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_an_effect_it_is_minus_the_normal_quantile() {
        // P(T < 0) = Phi(-noncentrality), whatever the degrees of freedom.
        for df in [1.0, 7.3, 500.0] {
            assert!((noncentrality_at(0.0, df, 0.975).unwrap() + 1.959_963_984_540_054).abs() < 1e-8);
        }
    }

    #[test]
    fn what_has_no_noncentrality_is_undefined() {
        assert!(noncentrality_at(f64::NAN, 5.0, 0.5).is_err());
        assert!(noncentrality_at(1.0, 0.0, 0.5).is_err());
        assert!(noncentrality_at(1.0, 5.0, 1.0).is_err());
        assert!(noncentrality_at(1e6, 5.0, 0.5).is_err());
    }

    proptest! {
        #[test]
        fn it_gives_the_probability_back(t in -30.0f64..30.0, df in 1.0f64..400.0, p in 0.001f64..0.999) {
            let found = noncentrality_at(t, df, p).unwrap();
            prop_assert!((noncentral_t_cdf(t, df, found).unwrap() - p).abs() < 1e-9, "{}", found);
        }
    }
}
