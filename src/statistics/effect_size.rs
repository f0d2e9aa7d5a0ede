//! How large a difference is, beside whether it is chance.

use crate::Undefined;
use crate::distributions::{ln_gamma, normal_quantile};
use crate::noncentral::noncentrality_at;
use crate::sample::Sample;
use crate::welch::{Side, varied};

/// Above so many degrees of freedom the gamma functions of Hedges's factor are large and nearly equal, and a series takes their place.
const SERIES_FROM: f64 = 100.0;

/// The difference of two means in standard deviations.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandardisedDifference {
    /// Cohen's d: later less earlier, over the pooled standard deviation.
    pub d: f64,
    /// Hedges's factor J that takes the bias of d away, below 1.
    pub correction: f64,
    /// Hedges's g = J d.
    pub g: f64,
    /// 95 % interval of g by the normal approximation, lower and upper end.
    pub g_interval: (f64, f64),
    /// 95 % interval of d from the noncentral t distribution, lower and upper end.
    pub d_interval: Result<(f64, f64), Undefined>,
}

/// Cohen's d, Hedges's g and their intervals.
///
/// d = (m2 - m1) / s with s^2 = ((n1 - 1) s1^2 + (n2 - 1) s2^2) / df, df = n1 + n2 - 2 (Cohen 1988).
/// J = Gamma(df / 2) / (sqrt(df / 2) Gamma((df - 1) / 2)), g = J d, interval g +- 1.96 sqrt((n1 + n2) / (n1 n2) + g^2 / (2 (n1 + n2)))
/// (Hedges 1981; Hedges & Olkin 1985). The limits of d are the noncentralities at which the observed t = d / sqrt(1/n1 + 1/n2) is the
/// 97.5 % and the 2.5 % point, times sqrt(1/n1 + 1/n2) (Steiger & Fouladi 1997). **Analyse only.**
///
/// # Errors
/// [`Undefined::NoSpread`] when on both sides everybody is alike; as [`welch`](crate::welch) for what is no side. The limits of d alone
/// are undefined beyond a t of about 1,000.
pub fn standardised_difference(before: &Side, after: &Side) -> Result<StandardisedDifference, Undefined> {
    varied(before, after)?;
    let (n1, n2) = (before.n(), after.n());
    let df = n1 + n2 - 2.0;
    let pooled = ((n1 - 1.0) * before.variance + (n2 - 1.0) * after.variance) / df;
    let d = Undefined::unless(true, "standardised difference", (after.mean - before.mean) / pooled.sqrt(), "a finite number")?;
    let correction = hedges_correction(df)?;
    let g = correction * d;
    let unit = (1.0 / n1 + 1.0 / n2).sqrt();
    // The root of the sum of both terms, without squaring what may be large.
    let error = unit.hypot(g / (2.0 * (n1 + n2)).sqrt());
    let end = |deviations: f64| Undefined::unless(true, "end of the interval of g", g + deviations * error, "a finite number");
    let reach = normal_quantile(0.975)?;
    let limit = |p: f64| noncentrality_at(d / unit, df, p).map(|noncentrality| noncentrality * unit);
    let d_interval = limit(0.975).and_then(|low| Ok((low, limit(0.025)?)));
    Ok(StandardisedDifference { d, correction, g, g_interval: (end(-reach)?, end(reach)?), d_interval })
}

/// Hedges's factor for at least two degrees of freedom.
fn hedges_correction(df: f64) -> Result<f64, Undefined> {
    if df <= SERIES_FROM {
        return Ok((ln_gamma(df / 2.0)? - ln_gamma((df - 1.0) / 2.0)?).exp() / (df / 2.0).sqrt());
    }
    // Gamma(y + 1/2) / Gamma(y) = sqrt(y) (1 - 1/(8y) + 1/(128 y^2) + 5/(1024 y^3) - 21/(32768 y^4) - 399/(262144 y^5) + ...), and J is
    // that over sqrt(y + 1/2) with y = (df - 1) / 2.
    let y = (df - 1.0) / 2.0;
    let series = [-399.0 / 262_144.0, -21.0 / 32_768.0, 5.0 / 1_024.0, 1.0 / 128.0, -1.0 / 8.0, 1.0];
    Ok(series.iter().fold(0.0, |sum, term| sum / y + term) * (y / (y + 0.5)).sqrt())
}

/// How much more often a later answer is higher than an earlier one than it is lower.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CliffDelta {
    /// Share of pairs in which the later answer is higher, less the share in which it is lower: -1 to 1.
    pub delta: f64,
    /// Its estimated variance; 0 without overlap or when all answers are tied.
    pub variance: Result<f64, Undefined>,
    /// Its 95 % interval.
    pub interval: Result<CliffInterval, Undefined>,
}

/// An interval of Cliff's delta.
///
/// **Analyse only.**
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CliffInterval {
    /// Asymmetric, within -1 to 1.
    Between {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Every later answer is higher (delta = 1): only a lower bound exists.
    AtLeast(f64),
    /// Every later answer is lower (delta = -1): only an upper bound exists.
    AtMost(f64),
}

/// Cliff's delta of two waves (Cliff 1993): 2 U / (n1 n2) - 1.
///
/// With d_ij the sign of answer i (later) less answer j (earlier), and s_i^2, s_j^2 the sample variances of the row and column means,
/// s_ij^2 = sum (d_ij - delta)^2 / ((n1 - 1)(n2 - 1)), the variance is ((n1 - 1) s_i^2 + (n2 - 1) s_j^2 + s_ij^2) / (n1 n2), i running
/// over the n2 later answers. With z = 1.96 the interval is
/// (delta - delta^3 +- z s sqrt((1 - delta^2)^2 + z^2 s^2)) / (1 - delta^2 + z^2 s^2) (Feng & Cliff 2004). Without overlap this is 0/0, and the
/// bound is the lower end of Wilson's interval for n of n, n the smaller number of people, on the scale of delta: (n - z^2) / (n + z^2).
/// No strictly increasing change of the scale matters. **Analyse only.**
///
/// The variance needs two people on each side ([`Undefined::TooFewPeople`]); when all answers are tied there is no interval
/// ([`Undefined::NoSpread`]).
#[must_use]
pub fn cliff_delta(before: &Sample, after: &Sample) -> CliffDelta {
    let (later, earlier) = (after.n(), before.n());
    let (rows, columns) = (dominances(after, before), dominances(before, after));
    // Whole numbers until here: the balance of all pairs, and how many are not tied.
    let balance: f64 = rows.iter().map(|row| row.won - row.lost).sum();
    let untied: f64 = rows.iter().map(|row| row.won + row.lost).sum();
    let pairs = later * earlier;
    let delta = balance / pairs;

    let people = before.len().min(after.len());
    let variance = if people < 2 {
        Err(Undefined::TooFewPeople { people: 1, needed: 2 })
    } else {
        let of_rows = spread(&rows, earlier, delta) / (later - 1.0);
        let of_columns = spread(&columns, later, -delta) / (earlier - 1.0);
        let of_pairs = (untied - balance * delta).max(0.0) / ((later - 1.0) * (earlier - 1.0));
        Ok(((earlier - 1.0) * of_rows + (later - 1.0) * of_columns + of_pairs) / pairs)
    };
    CliffDelta { delta, variance, interval: interval(delta, variance, later.min(earlier), untied > 0.0) }
}

/// In how many pairs one answer is higher and lower.
struct Dominance {
    won: f64,
    lost: f64,
}

/// Each answer of `ours` against all of `theirs`.
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people")]
fn dominances(ours: &Sample, theirs: &Sample) -> Vec<Dominance> {
    let theirs = theirs.values();
    let against = |&answer: &f64| {
        let lower = theirs.partition_point(|&other| other < answer);
        let not_higher = theirs.partition_point(|&other| other <= answer);
        Dominance { won: lower as f64, lost: (theirs.len() - not_higher) as f64 }
    };
    ours.values().iter().map(against).collect()
}

/// Sum of squared distances of the answers' mean signs from their mean.
fn spread(answers: &[Dominance], opponents: f64, mean: f64) -> f64 {
    answers.iter().map(|answer| ((answer.won - answer.lost) / opponents - mean).powi(2)).sum()
}

fn interval(delta: f64, variance: Result<f64, Undefined>, fewest: f64, any_untied: bool) -> Result<CliffInterval, Undefined> {
    let z = normal_quantile(0.975)?;
    if !any_untied {
        return Err(Undefined::NoSpread);
    }
    let bound = (fewest - z * z) / (fewest + z * z);
    if delta >= 1.0 {
        return Ok(CliffInterval::AtLeast(bound));
    }
    if delta <= -1.0 {
        return Ok(CliffInterval::AtMost(-bound));
    }
    let reach = z * z * variance?;
    let (rest, below) = (1.0 - delta * delta, 1.0 - delta * delta + reach);
    let half = reach.sqrt() * rest.hypot(reach.sqrt());
    let end = |half: f64| ((delta * rest + half) / below).clamp(-1.0, 1.0);
    Ok(CliffInterval::Between { low: end(-half), high: end(half) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::mann_whitney::mann_whitney;
    use proptest::prelude::*;

    fn sample(values: &[i32]) -> Sample {
        Sample::new(values.iter().map(|&value| f64::from(value))).unwrap()
    }

    #[test]
    fn the_correction_of_hedges_is_the_same_by_both_ways() {
        // gamma(1) / gamma(1/2) and gamma(5) / (sqrt(5) gamma(4.5))
        assert!((hedges_correction(2.0).unwrap() - 0.564_189_583_547_756_3).abs() < 1e-13);
        assert!((hedges_correction(10.0).unwrap() - 0.922_745_608_053_087).abs() < 1e-13);
        let by_gamma = |df: f64| (ln_gamma(df / 2.0).unwrap() - ln_gamma((df - 1.0) / 2.0).unwrap()).exp() / (df / 2.0).sqrt();
        for df in [101.0, 180.0, 400.0] {
            assert!((hedges_correction(df).unwrap() - by_gamma(df)).abs() < 1e-12);
        }
        let many = hedges_correction(4e9).unwrap();
        assert!(many < 1.0 && many > 1.0 - 1e-9);
    }

    #[test]
    fn everybody_alike_has_no_standardised_difference() {
        let alike = |value: i32| Side::of(&sample(&[value; 3]), 0.0).unwrap();
        assert_eq!(standardised_difference(&alike(3), &alike(4)), Err(Undefined::NoSpread));
    }

    #[test]
    fn far_beyond_the_table_only_the_exact_limits_are_missing() {
        let side = |mean: f64| Side { people: 50, mean, variance: 1e-4, responded: 0.0 };
        let far = standardised_difference(&side(1.0), &side(7.0)).unwrap();
        assert!(far.d_interval.is_err() && far.g > 500.0 && far.g_interval.0 < far.g);
    }

    #[test]
    fn without_overlap_only_a_bound_is_known() {
        let cliff = cliff_delta(&sample(&[1, 2, 3]), &sample(&[7, 8, 9, 9]));
        let bound = (3.0 - 3.841_458_820_694_124) / (3.0 + 3.841_458_820_694_124);
        assert_eq!((cliff.delta, cliff.variance), (1.0, Ok(0.0)));
        let Ok(CliffInterval::AtLeast(low)) = cliff.interval else { unreachable!("{cliff:?}") };
        assert!((low - bound).abs() < 1e-9);
        assert_eq!(cliff_delta(&sample(&[7, 8, 9, 9]), &sample(&[1, 2, 3])).interval, Ok(CliffInterval::AtMost(-low)));
    }

    #[test]
    fn all_tied_and_a_single_person() {
        let tied = cliff_delta(&sample(&[4, 4]), &sample(&[4, 4, 4]));
        assert_eq!((tied.delta, tied.interval), (0.0, Err(Undefined::NoSpread)));
        let alone = cliff_delta(&sample(&[3]), &sample(&[2, 5, 4]));
        assert!((alone.delta - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(alone.interval, Err(Undefined::TooFewPeople { people: 1, needed: 2 }));
    }

    /// The formula as printed, pair by pair.
    fn variance_by_pairs(before: &[i32], after: &[i32]) -> f64 {
        let sign = |a: i32, b: i32| f64::from((a - b).signum());
        let (n, m) = (after.len() as f64, before.len() as f64);
        let all: Vec<Vec<f64>> = after.iter().map(|&a| before.iter().map(|&b| sign(a, b)).collect()).collect();
        let delta = all.iter().flatten().sum::<f64>() / (n * m);
        let rows: f64 = all.iter().map(|row| (row.iter().sum::<f64>() / m - delta).powi(2)).sum();
        let columns: f64 = (0..before.len()).map(|j| (all.iter().map(|row| row[j]).sum::<f64>() / n - delta).powi(2)).sum();
        let pairs: f64 = all.iter().flatten().map(|d| (d - delta).powi(2)).sum();
        ((m - 1.0) * rows / (n - 1.0) + (n - 1.0) * columns / (m - 1.0) + pairs / ((n - 1.0) * (m - 1.0))) / (n * m)
    }

    proptest! {
        #[test]
        fn counting_is_going_through_all_pairs(
            before in proptest::collection::vec(1i32..8, 2..20), after in proptest::collection::vec(1i32..8, 2..20),
        ) {
            let cliff = cliff_delta(&sample(&before), &sample(&after));
            let pairs = (before.len() * after.len()) as f64;
            prop_assert!((cliff.delta - (2.0 * mann_whitney(&sample(&before), &sample(&after)).u / pairs - 1.0)).abs() < 1e-14);
            prop_assert!((cliff.variance.unwrap() - variance_by_pairs(&before, &after)).abs() < 1e-13);
            if let Ok(CliffInterval::Between { low, high }) = cliff.interval {
                prop_assert!(-1.0 <= low && low <= cliff.delta && cliff.delta <= high && high <= 1.0);
            }
        }

        #[test]
        fn an_effect_size_knows_no_unit(
            m1 in 1.0f64..7.0, m2 in 1.0f64..7.0, s1 in 0.2f64..2.0, s2 in 0.2f64..2.0, n1 in 2u32..80, n2 in 2u32..80, factor in 0.1f64..50.0, shift in -20.0f64..20.0,
        ) {
            let side = |people: u32, mean: f64, sd: f64| Side { people, mean, variance: sd * sd, responded: 0.0 };
            let of = standardised_difference(&side(n1, m1, s1), &side(n2, m2, s2)).unwrap();
            let scaled = standardised_difference(&side(n1, m1 * factor + shift, s1 * factor), &side(n2, m2 * factor + shift, s2 * factor)).unwrap();
            prop_assert!((of.g - scaled.g).abs() < 1e-9);
            let (low, high) = of.d_interval.unwrap();
            prop_assert!(low < of.d && of.d < high && of.g.abs() <= of.d.abs());
            let back = standardised_difference(&side(n2, m2, s2), &side(n1, m1, s1)).unwrap().d_interval.unwrap();
            prop_assert!((back.0 + high).abs() < 1e-7 && (back.1 + low).abs() < 1e-7);
        }
    }
}
