//! The smallest value of a smooth criterion over a variance or a ratio of variances, which cannot be negative.

use crate::Undefined;

/// What a criterion says at one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    pub(crate) value: f64,
    /// Its derivative.
    pub(crate) slope: f64,
}

/// Steps per factor of ten of the first look; a criterion with two minima closer than this is unheard of among likelihoods of variances.
const STEPS: i32 = 2;
/// The first look reaches from 10^-8 of the scale, and at least to 10^4 of it.
const FROM: i32 = -8 * STEPS;
const AT_LEAST_TO: i32 = 4 * STEPS;
/// Where the criterion still falls here there is no minimum.
const TO: i32 = 30 * STEPS;
/// Bisection alone would need about 50 steps.
const REFINEMENTS: u32 = 200;

/// The place x >= 0 where `criterion` is smallest: every minimum between 0 and 10^30 times `scale` is bracketed by a change of sign
/// of the slope, found to the last digits (Chandrupatla 1997) and compared, with the boundary x = 0 among them.
///
/// Working on the slope and not on values finds the minimum to full precision; a search that compares values stops at half the digits.
///
/// # Errors
/// [`Undefined::NoSpread`] when the criterion falls without end; whatever the criterion itself says.
pub(crate) fn smallest(scale: f64, mut criterion: impl FnMut(f64) -> Result<Level, Undefined>) -> Result<f64, Undefined> {
    let (mut before, mut level) = (0.0, criterion(0.0)?);
    let mut best = if level.slope >= 0.0 { Some((level.value, 0.0)) } else { None };
    for step in FROM..=TO {
        let place = scale * 10.0_f64.powf(f64::from(step) / f64::from(STEPS));
        let next = criterion(place)?;
        if level.slope < 0.0 && next.slope >= 0.0 {
            let (value, root) = turning_point((before, level), (place, next), &mut criterion)?;
            if best.is_none_or(|(least, _)| value < least) {
                best = Some((value, root));
            }
        }
        (before, level) = (place, next);
        if step >= AT_LEAST_TO && level.slope >= 0.0 {
            break;
        }
    }
    match best {
        Some((_, place)) if level.slope >= 0.0 => Ok(place),
        _ => Err(Undefined::NoSpread),
    }
}

/// The place between two where the slope turns from falling to rising, and the value there.
fn turning_point(
    falling: (f64, Level),
    rising: (f64, Level),
    criterion: &mut impl FnMut(f64) -> Result<Level, Undefined>,
) -> Result<(f64, f64), Undefined> {
    // a is the newest place, b the one on the other side of the root, c the one before.
    let (mut b, mut a) = (falling, rising);
    let mut share = 0.5;
    for _ in 0..REFINEMENTS {
        let place = a.0 + share * (b.0 - a.0);
        let found = (place, criterion(place)?);
        let c;
        if found.1.slope.is_sign_negative() == a.1.slope.is_sign_negative() {
            c = a;
        } else {
            c = b;
            b = a;
        }
        a = found;
        let closest = if a.1.slope.abs() <= b.1.slope.abs() { a } else { b };
        let least = 2.0 * f64::EPSILON * closest.0.abs() / (b.0 - a.0).abs();
        if closest.1.slope == 0.0 || least > 0.5 || !least.is_finite() {
            return Ok((closest.1.value, closest.0));
        }
        // Inverse quadratic interpolation where it is trustworthy, bisection elsewhere.
        let xi = (a.0 - b.0) / (c.0 - b.0);
        let phi = (a.1.slope - b.1.slope) / (c.1.slope - b.1.slope);
        share = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            a.1.slope / (b.1.slope - a.1.slope) * c.1.slope / (b.1.slope - c.1.slope)
                + (c.0 - a.0) / (b.0 - a.0) * a.1.slope / (c.1.slope - a.1.slope) * b.1.slope / (c.1.slope - b.1.slope)
        } else {
            0.5
        };
        share = share.clamp(least, 1.0 - least);
    }
    Ok((a.1.value, a.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_deeper_of_two_minima_is_found_and_a_falling_criterion_has_none() {
        // (ln x)^2 ((ln x) - 4)^2 + tilt: minima near x = 1 and x = e^4.
        let tilted = |tilt: f64| {
            move |x: f64| {
                if x == 0.0 {
                    return Ok(Level { value: 1e9, slope: -1.0 });
                }
                let u = x.ln();
                Ok(Level {
                    value: u.powi(2) * (u - 4.0).powi(2) + tilt * u,
                    slope: (2.0 * u * (u - 4.0).powi(2) + 2.0 * u.powi(2) * (u - 4.0) + tilt) / x,
                })
            }
        };
        assert!((smallest(1.0, tilted(0.1)).unwrap() - 1.0).abs() < 0.02);
        assert!((smallest(1.0, tilted(-0.1)).unwrap() / 4.0_f64.exp() - 1.0).abs() < 0.02);
        assert_eq!(smallest(1.0, |x| Ok(Level { value: -x, slope: -1.0 })), Err(Undefined::NoSpread));
    }

    proptest! {
        #[test]
        fn a_minimum_is_found_to_the_last_digits_wherever_it_lies(at in -6.0f64..20.0, scale in 0.1f64..10.0) {
            let at = 10.0_f64.powf(at);
            let found = smallest(scale, |x| Ok(Level { value: (x / at - 1.0).powi(2), slope: 2.0 * (x / at - 1.0) / at })).unwrap();
            prop_assert!((found / at - 1.0).abs() < 1e-14, "{found} is not {at}");
        }

        #[test]
        fn a_criterion_that_only_rises_is_smallest_at_zero(slope in 0.0f64..10.0) {
            prop_assert_eq!(smallest(1.0, |x| Ok(Level { value: slope * x, slope })).unwrap(), 0.0);
        }
    }
}
