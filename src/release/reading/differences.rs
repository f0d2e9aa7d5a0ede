//! How far groups truly differ, and what a group's score says once chance is taken out of it (empirical Bayes from published cells).

use disclosure::BlockId;
use domain::{DimensionId, UnitPath};
use serde::Serialize;
use statistics::{BetweenGroups, DegreesOfFreedom, KnownMean, RHO_INTERVAL, SHRINK_FROM, Undefined, between_interval, t_quantile};

use super::estimate::{BlockSet, Seen, points_down, points_up, to_six_decimals};
use super::thresholds::FAINT_BELOW;
use super::waves::Wave;
use super::{Interval, ReadingProblem};

/// For the variance between groups the answers of a group are a sample, whether everybody gave one or not (rho = 0): who belongs to the
/// group is chance, too, and groups of one kind differ by as much. What somebody's answer says of the group for good (rho) counts only in
/// the estimate of a single group, which is about its own people.
pub(super) const WHOLE_VARIANCE: f64 = 0.0;

/// The differences between groups in one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupDifferences {
    /// The dimension.
    pub dimension: DimensionId,
    /// What can be said about them.
    pub found: Differences,
}

/// How far groups truly differ, or why that is not said.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Differences {
    /// Fewer than ten groups have a score: the scores stand as they are.
    TooFewGroups,
    /// Estimated from the scores of all groups.
    Found {
        /// Of 100 parts of the differences between people, how many lie between groups; `None` where the groups lie closer together than
        /// chance lets them, so that no share fits.
        share: Option<Share>,
        /// The groups whose score is a range, in the order of units and names, each moved towards the mean of all as far as chance explains it.
        /// Empty where chance explains everything: then every estimate would be the mean of all.
        groups: Vec<GroupEstimate>,
    },
}

/// A share in hundredths with its 95 % interval, rounded outward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Best estimate, to the nearest hundredth.
    pub hundredths: u8,
    /// Lower end.
    pub low: u8,
    /// Upper end.
    pub high: u8,
}

/// The estimate of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupEstimate {
    /// The block.
    pub block: BlockId,
    /// Its unit.
    pub unit: UnitPath,
    /// Labels of its groups.
    pub groups: Vec<String>,
    /// Where it lies, with its 95 % interval.
    pub interval: Interval,
    /// How much of the estimate comes from the group's own answers, in hundredths, rounded down; the rest comes from all groups.
    pub weight: u8,
    /// Less than half of it does: a chart shows it faintly.
    pub faint: bool,
}

/// One entry per dimension that the wave asked in its groups.
pub(super) fn of_wave(wave: &Wave<'_>) -> Result<Vec<GroupDifferences>, ReadingProblem> {
    let asked = wave.dimensions().filter(|dimension| !wave.items_of(dimension).is_empty());
    asked.map(|dimension| Ok(GroupDifferences { dimension: dimension.clone(), found: of_dimension(wave, dimension)? })).collect()
}

fn of_dimension(wave: &Wave<'_>, dimension: &DimensionId) -> Result<Differences, ReadingProblem> {
    let items = wave.items_of(dimension);
    // A score that is only "this or more" takes part by its fitted mean, but keeps its arrow and gets no estimate of its own.
    let (mut sampled, mut shown): (Vec<KnownMean>, Vec<(usize, KnownMean)>) = (Vec::new(), Vec::new());
    for index in 0..wave.blocks().len() {
        let block = BlockSet::new(wave, vec![index]);
        let Some(sample) = block.known(dimension, &items, WHOLE_VARIANCE)? else { continue };
        sampled.push(sample);
        let around = block.read_asked(&items)?.is_some_and(|reading| matches!(reading.seen, Seen::Around { .. }));
        if let (true, Some(mean)) = (around, block.known(dimension, &items, RHO_INTERVAL)?) {
            shown.push((index, mean));
        }
    }
    if sampled.len() < SHRINK_FROM {
        return Ok(Differences::TooFewGroups);
    }
    let undefined = |problem| wave.undefined(problem);
    let between = BetweenGroups::of_known(&sampled).map_err(undefined)?;
    let within = wave.spread(dimension)?.sd.powi(2);
    let share_of = |variance: f64| to_six_decimals(100.0 * variance / (variance + within));
    let best = share_of(between.variance);
    let share = match between_interval(&sampled) {
        Ok((low, high)) => Some(Share {
            hundredths: hundredths(best.round()),
            low: points_down(share_of(low).min(best)),
            high: points_up(share_of(high).max(best)),
        }),
        Err(Undefined::LessThanChance) => None,
        Err(problem) => return Err(undefined(problem)),
    };
    if between.variance <= 0.0 {
        return Ok(Differences::Found { share, groups: Vec::new() });
    }
    let normal = t_quantile(0.975, DegreesOfFreedom::Infinite).map_err(undefined)?;
    let mut groups = Vec::with_capacity(shown.len());
    for (index, mean) in shown {
        let (block, labels) = (wave.block(index), wave.labels(wave.block(index).groups()));
        if labels.is_empty() {
            continue;
        }
        let shrunk = between.shrink(mean).map_err(undefined)?;
        // What comes from all groups is as uncertain as their mean.
        let borrowed = (1.0 - shrunk.reliability) * between.standard_error;
        let reach = normal * (shrunk.sd.powi(2) + borrowed.powi(2)).sqrt();
        let mid = shrunk.estimate;
        groups.push(GroupEstimate {
            block: block.published.id,
            unit: block.published.unit.clone(),
            groups: labels,
            interval: Interval { low: points_down(mid - reach), high: points_up(mid + reach), mid },
            weight: points_down(100.0 * shrunk.reliability),
            faint: to_six_decimals(shrunk.reliability) < FAINT_BELOW,
        });
    }
    groups.sort_by(|a: &GroupEstimate, b| (&a.unit, &a.groups).cmp(&(&b.unit, &b.groups)));
    Ok(Differences::Found { share, groups })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
fn hundredths(value: f64) -> u8 {
    value.clamp(0.0, 100.0) as u8
}
