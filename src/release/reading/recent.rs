//! The last rounds of the same people together: their mean, where a single round is too coarse.

use domain::{DimensionId, WaveId};
use serde::Serialize;
use statistics::{DegreesOfFreedom, RHO_INTERVAL, Round, repeated_standard_error, t_quantile};

use super::estimate::{BlockSet, Seen, points_down, points_up};
use super::{Interval, ReadingProblem};

/// One dimension over the last up to four published rounds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recent {
    /// Fewer than two of the rounds can be read of these people alone, or the latest cannot.
    TooFewRounds,
    /// In one of them the score is only "this or more" or "this or less", or the items lie at both ends: no mean could be formed without leaving
    /// out just such a round.
    CannotBeTold {
        /// The rounds, oldest first.
        rounds: Vec<WaveId>,
    },
    /// The mean of these rounds, each of which counts once.
    Mean {
        /// The rounds, oldest first.
        rounds: Vec<WaveId>,
        /// The mean with its whole uncertainty.
        interval: Interval,
    },
}

/// The rounds together; the items of a dimension's trend in the latest wave and, newest first, in the ones before.
pub(super) fn of_rounds(
    dimension: &DimensionId,
    latest: (&BlockSet<'_, '_>, &[usize]),
    before: &[(BlockSet<'_, '_>, Vec<usize>)],
) -> Result<Recent, ReadingProblem> {
    let (mut ids, mut rounds, mut mids, mut cells, mut df) = (Vec::new(), Vec::new(), 0.0, 0.0, DegreesOfFreedom::Infinite);
    let mut one_sided = false;
    let all = std::iter::once(latest).chain(before.iter().map(|(set, items)| (set, items.as_slice())));
    for (set, asked) in all {
        let Some(reading) = set.read_asked(asked)? else {
            if ids.is_empty() {
                return Ok(Recent::TooFewRounds);
            }
            continue;
        };
        ids.push(set.wave.id().clone());
        let Seen::Around { mid, variance } = reading.seen else {
            one_sided = true;
            continue;
        };
        let spread = set.wave.spread(dimension)?;
        df = df.min(spread.df);
        mids += mid;
        // Where sums stay the same they are rounded the same way: nothing of this averages out.
        cells += variance.sqrt();
        rounds.push(Round { sd: spread.sd, strata: reading.strata });
    }
    if ids.len() < 2 {
        return Ok(Recent::TooFewRounds);
    }
    ids.reverse();
    if one_sided {
        return Ok(Recent::CannotBeTold { rounds: ids });
    }
    let count: f64 = rounds.iter().map(|_| 1.0).sum();
    let undefined = |problem| latest.0.wave.undefined(problem);
    let sampling = repeated_standard_error(&rounds, RHO_INTERVAL).map_err(undefined)?;
    let reach = t_quantile(0.975, df).map_err(undefined)? * sampling.hypot(cells / count);
    let mid = mids / count;
    Ok(Recent::Mean { rounds: ids, interval: Interval { low: points_down(mid - reach), high: points_up(mid + reach), mid } })
}
