//! How far from the mean of all chance alone would take groups of each size: a funnel instead of a list by scores.

use disclosure::BlockId;
use domain::{DimensionId, UnitPath};
use serde::Serialize;
use statistics::{BetweenGroups, KnownMean, SHRINK_FROM};

use super::differences::WHOLE_VARIANCE;
use super::estimate::{BlockSet, Seen, points_down, points_up, to_six_decimals};
use super::participation;
use super::thresholds::{FUNNEL_INNER, FUNNEL_OUTER};
use super::waves::Wave;
use super::{ReadingProblem, Sight};

/// The funnel of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DimensionFunnel {
    /// The dimension.
    pub dimension: DimensionId,
    /// What can be drawn.
    pub found: Funnel,
}

/// A funnel plot (Spiegelhalter 2005) with bands of respondents in place of their number, or why none is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Funnel {
    /// Fewer than ten groups have a score.
    TooFewGroups,
    /// Drawn.
    Drawn {
        /// The mean of all groups, each weighted by how well it is known; to the nearest whole point.
        mean: u8,
        /// The bands in which groups lie, from the smallest on.
        bands: Vec<FunnelBand>,
        /// The groups, in the order of units and names.
        groups: Vec<FunnelGroup>,
    },
}

/// The limits for groups of one band of respondents: the widest that any group of it has, in whole points, rounded outward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FunnelBand {
    /// Smallest number of respondents in the band.
    pub from: u32,
    /// Largest number; `None` for the open band.
    pub to: Option<u32>,
    /// Chance alone leaves 95 of 100 such groups within these.
    pub inner: (u8, u8),
    /// Chance alone leaves 998 of 1000 such groups within these.
    pub outer: (u8, u8),
}

/// One group in a funnel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunnelGroup {
    /// The block.
    pub block: BlockId,
    /// Its unit.
    pub unit: UnitPath,
    /// Labels of its groups.
    pub groups: Vec<String>,
    /// The place of its band in the list of bands.
    pub band: usize,
    /// Its score.
    pub sight: Sight,
    /// Where its score lies.
    pub place: FunnelPlace,
}

/// Where a score lies beside the limits of its band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunnelPlace {
    /// Within the inner limits: no farther from the mean of all than chance takes most groups.
    Within,
    /// Between the limits, below the mean: one group in twenty lies there or beyond by chance alone.
    Below,
    /// Between the limits, above the mean.
    Above,
    /// Beyond the outer limits, below the mean: chance alone would rarely do that.
    FarBelow,
    /// Beyond the outer limits, above the mean.
    FarAbove,
    /// The score is only "this or more" or "this or less", or cannot be seen.
    CannotBeTold,
}

/// A group before the limits are known.
struct Dot {
    index: usize,
    /// Its variance by chance; `None` without a middle.
    variance: Option<f64>,
    sight: Sight,
    band: (u32, Option<u32>),
}

pub(super) fn of_dimension(wave: &Wave<'_>, dimension: &DimensionId) -> Result<DimensionFunnel, ReadingProblem> {
    let items = wave.items_of(dimension);
    let (mut all, mut dots) = (Vec::new(), Vec::new());
    for index in 0..wave.blocks().len() {
        let block = BlockSet::new(wave, vec![index]);
        let known = block.known(dimension, &items, WHOLE_VARIANCE)?;
        all.extend(known);
        if wave.block(index).groups().next().is_none() {
            continue;
        }
        let counting: Vec<_> = items.iter().copied().filter(|&place| block.publishes(place)).collect();
        let around = block.read_asked(&items)?.is_some_and(|reading| matches!(reading.seen, Seen::Around { .. }));
        let participation = participation::of_block(wave, index);
        dots.push(Dot {
            index,
            variance: known.filter(|_| around).map(|known| known.variance),
            sight: block.sight(dimension, &items, &counting)?,
            band: (participation.from, participation.to),
        });
    }
    let found = if all.len() < SHRINK_FROM { Funnel::TooFewGroups } else { drawn(wave, &all, dots)? };
    Ok(DimensionFunnel { dimension: dimension.clone(), found })
}

fn drawn(wave: &Wave<'_>, all: &[KnownMean], dots: Vec<Dot>) -> Result<Funnel, ReadingProblem> {
    let mean = BetweenGroups::of_known(all).map_err(|problem| wave.undefined(problem))?.grand_mean;
    let mut sizes: Vec<(u32, Option<u32>)> = dots.iter().filter(|dot| dot.variance.is_some()).map(|dot| dot.band).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let widest = |band| {
        let variances = dots.iter().filter(|dot| dot.band == band).filter_map(|dot| dot.variance);
        variances.fold(0.0, f64::max).sqrt()
    };
    let around = |reach: f64| (points_down(mean - reach), points_up(mean + reach));
    let bands: Vec<FunnelBand> = sizes
        .into_iter()
        .map(|(from, to)| {
            let sd = widest((from, to));
            FunnelBand { from, to, inner: around(FUNNEL_INNER * sd), outer: around(FUNNEL_OUTER * sd) }
        })
        .collect();
    let mut groups: Vec<FunnelGroup> = dots
        .into_iter()
        .map(|dot| {
            let band = bands.iter().position(|band| (band.from, band.to) == dot.band);
            // By the middle that is drawn: in a single group a band among several statements counts with its own middle there.
            let place = match (&dot.sight, band.and_then(|band| bands.get(band))) {
                (Sight::Between(interval), Some(band)) => place_of(interval.mid, band),
                _ => FunnelPlace::CannotBeTold,
            };
            let block = wave.block(dot.index);
            FunnelGroup {
                block: block.published.id,
                unit: block.published.unit.clone(),
                groups: wave.labels(block.groups()),
                band: band.unwrap_or_default(),
                sight: dot.sight,
                place,
            }
        })
        .collect();
    groups.sort_by(|a, b| (&a.unit, &a.groups).cmp(&(&b.unit, &b.groups)));
    Ok(Funnel::Drawn { mean: nearest(mean), bands, groups })
}

/// Where a score lies beside limits as they are drawn, so that chart and table say the same.
fn place_of(score: f64, band: &FunnelBand) -> FunnelPlace {
    let score = to_six_decimals(score);
    let below = |limit: u8| score < f64::from(limit);
    let above = |limit: u8| score > f64::from(limit);
    if below(band.outer.0) {
        FunnelPlace::FarBelow
    } else if above(band.outer.1) {
        FunnelPlace::FarAbove
    } else if below(band.inner.0) {
        FunnelPlace::Below
    } else if above(band.inner.1) {
        FunnelPlace::Above
    } else {
        FunnelPlace::Within
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
fn nearest(value: f64) -> u8 {
    to_six_decimals(value).round().clamp(0.0, 100.0) as u8
}
