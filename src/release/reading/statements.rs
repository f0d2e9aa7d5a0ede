//! Single statements, where enough people answered them.

use domain::ItemId;
use serde::Serialize;
use statistics::{DegreesOfFreedom, stratified_standard_error, t_quantile};

use super::estimate::{BlockSet, Seen, points_down, points_up, to_six_decimals};
use super::said::WHOLE_VARIANCE;
use super::thresholds::{LOW_BELOW, QUADRANT_CUT, STATEMENTS_FROM};
use super::{Hidden, Interval, ReadingProblem, Sight};

/// One statement in one wave: points of 100, turned where agreeing lowers the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementScore {
    /// The statement.
    pub item: ItemId,
    /// What can be seen.
    pub sight: Sight,
    /// The level is low even when it is asked of all statements of the page at once: at most one page in forty calls any low that is not.
    pub low: bool,
}

/// A statement before it is known how many there are.
struct Read {
    item: ItemId,
    seen: Seen,
    /// Standard error, sampling and cells.
    error: f64,
}

/// Every statement of the instrument that the set publishes with at least ten answers.
pub(super) fn of_set(set: &BlockSet<'_, '_>) -> Result<Vec<StatementScore>, ReadingProblem> {
    let mut read = Vec::new();
    for (place, item) in set.wave.statements() {
        if set.answers(place) < STATEMENTS_FROM {
            continue;
        }
        let Some(reading) = set.read(&[place])? else { continue };
        let undefined = |problem| set.wave.undefined(problem);
        let sd = set.wave.item_spread(place).map_err(undefined)?;
        let sampling = stratified_standard_error(sd, &reading.strata, WHOLE_VARIANCE).map_err(undefined)?;
        let cells = if let Seen::Around { variance, .. } = reading.seen { variance.sqrt() } else { 0.0 };
        read.push(Read { item: item.clone(), seen: reading.seen, error: sampling.hypot(cells) });
    }
    let count: f64 = read.iter().map(|_| 1.0).sum();
    let point = |chance: f64| t_quantile(1.0 - chance / 2.0, DegreesOfFreedom::Infinite).map_err(|problem| set.wave.undefined(problem));
    let (single, together) = (point(LOW_BELOW)?, point(LOW_BELOW / count.max(1.0))?);
    let scores = read.into_iter().map(|Read { item, seen, error }| {
        let (sight, highest) = match seen {
            Seen::BothEnds => (Sight::Hidden(Hidden::BandsAtBothEnds), 100.0),
            Seen::AtLeast(low) => (Sight::AtLeast(points_down(low)), 100.0),
            Seen::AtMost(high) => (Sight::AtMost(points_up(high)), high + together * error),
            Seen::Around { mid, .. } => {
                let reach = single * error;
                let interval = Interval { low: points_down(mid - reach), high: points_up(mid + reach), mid };
                (Sight::Between(interval), mid + together * error)
            }
        };
        StatementScore { item, sight, low: to_six_decimals(highest) < QUADRANT_CUT }
    });
    Ok(scores.collect())
}
