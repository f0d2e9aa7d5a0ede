//! Speaking up and standards together: in which of four zones a group is, and only where that is likely enough to be said.

use domain::DimensionId;
use serde::Serialize;
use statistics::{Bivariate, Moments, RHO_INTERVAL, zone_probabilities};

use super::ReadingProblem;
use super::estimate::{BlockSet, Reading, Seen, to_six_decimals};
use super::thresholds::{NAMED_FROM, QUADRANT_CUT, SAFETY, STANDARDS};
use super::waves::Wave;

/// A zone of the plane of standards and speaking up (Edmondson 2008).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Both high.
    Learning,
    /// Speaking up high, standards low.
    Comfort,
    /// Speaking up low, standards high.
    Anxiety,
    /// Both low.
    Apathy,
}

/// What can be said about the zone of a group, a unit or the organisation.
///
/// No probability stands with a zone: a group is placed by its own answers alone, so that the computed one is larger than the share of zones
/// that are right, while at least 80 of 100 are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quadrant {
    /// In this zone with a probability of at least 80 of 100.
    In {
        /// The zone.
        zone: Zone,
    },
    /// In one of two zones with a probability of at least 80 of 100 together, and in neither alone.
    Between {
        /// The two zones, in the order of [`Zone`].
        zones: [Zone; 2],
    },
    /// No zone and no two of them are likely enough.
    CannotBeTold,
    /// One of the two scores is only known as "this or more" or "this or less", or not at all.
    NotSeen,
}

/// Where a group, a unit or the organisation stands in the plane of standards and speaking up, in points of 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Plane {
    /// Standards.
    pub standards: PlaneAxis,
    /// Speaking up.
    pub safety: PlaneAxis,
    /// How far the two middles vary together, -1 to 1; `None` where the Release does not state it.
    pub correlation: Option<f64>,
}

/// One axis of a [`Plane`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PlaneAxis {
    /// The middle.
    pub mid: f64,
    /// Its standard deviation, sampling and cells together.
    pub sd: f64,
}

impl Plane {
    /// Half the diagonal of the ellipse that holds the true place with 95 of 100, in standard deviations: the root of the 95 % point of
    /// chi-squared with two degrees of freedom, -2 ln 0.05.
    pub const REACH: f64 = 2.447_746_830_680_816;
}

/// The zones in the order of their probabilities.
const ZONES: [Zone; 4] = [Zone::Learning, Zone::Comfort, Zone::Anxiety, Zone::Apathy];

/// The bounds of every correlation that a Release may state; used where it states none.
const WIDEST_CORRELATIONS: [f64; 2] = [-0.20, 0.90];

/// The zone of a set of blocks and its place in the plane; no zone where the wave asked one of the two dimensions not in groups.
pub(super) fn of_set(set: &BlockSet<'_, '_>) -> Result<(Option<Quadrant>, Option<Plane>), ReadingProblem> {
    let Some((safety, standards)) = axes_of(set.wave) else { return Ok((None, None)) };
    let (Some(y), Some(x)) = (axis(set, safety)?, axis(set, standards)?) else {
        return Ok((Some(Quadrant::NotSeen), None));
    };
    // People who rate one high rate the other high, too; the cells of the two know nothing of each other.
    let of_middles = |within: f64| within * (x.sampling * y.sampling / (x.moments.variance * y.moments.variance)).sqrt();
    let mut likely: Option<[f64; 4]> = None;
    for within in correlations(set.wave, safety, standards) {
        let place = Bivariate { x: x.moments, y: y.moments, correlation: of_middles(within) };
        let zones = zone_probabilities(&place, QUADRANT_CUT).map_err(|problem| set.wave.undefined(problem))?;
        let zones = [zones.learning, zones.comfort, zones.anxiety, zones.apathy];
        likely = Some(likely.map_or(zones, |before| smaller(before, zones)));
    }
    let correlation = set.wave.correlation_within(safety, standards).map(of_middles);
    let plane = Plane { standards: x.shown(), safety: y.shown(), correlation };
    Ok((likely.map(|zones| named(&zones)), Some(plane)))
}

/// The dimensions of the two axes, speaking up first; `None` where the wave asked one of them not in groups.
pub(super) fn axes_of<'a>(wave: &Wave<'a>) -> Option<(&'a DimensionId, &'a DimensionId)> {
    let dimension = |id: &str| wave.dimensions().find(|dimension| dimension.as_str() == id && !wave.items_of(dimension).is_empty());
    Some((dimension(SAFETY)?, dimension(STANDARDS)?))
}

/// What may be said from probabilities that are at least these.
fn named(at_least: &[f64; 4]) -> Quadrant {
    let single = ZONES.iter().zip(at_least).max_by(|a, b| a.1.total_cmp(b.1));
    if let Some((&zone, _)) = single.filter(|(_, chance)| is_enough(**chance)) {
        return Quadrant::In { zone };
    }
    let zones = || ZONES.iter().zip(at_least);
    let pairs = zones().enumerate().flat_map(|(place, first)| zones().skip(place + 1).map(move |second| (first, second)));
    let likeliest = pairs.map(|((&a, p), (&b, q))| ([a, b], p + q)).max_by(|a, b| a.1.total_cmp(&b.1));
    match likeliest {
        Some((zones, chance)) if is_enough(chance) => Quadrant::Between { zones },
        _ => Quadrant::CannotBeTold,
    }
}

fn smaller(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    let [a0, a1, a2, a3] = a;
    let [b0, b1, b2, b3] = b;
    [a0.min(b0), a1.min(b1), a2.min(b2), a3.min(b3)]
}

fn is_enough(chance: f64) -> bool {
    to_six_decimals(chance) >= NAMED_FROM
}

/// One axis: the middle with its whole uncertainty, and the part of it that comes from who answered.
struct Axis {
    moments: Moments,
    sampling: f64,
}

impl Axis {
    fn shown(&self) -> PlaneAxis {
        PlaneAxis { mid: self.moments.mean, sd: self.moments.variance.sqrt() }
    }
}

fn axis(set: &BlockSet<'_, '_>, dimension: &DimensionId) -> Result<Option<Axis>, ReadingProblem> {
    let Some(Reading { seen: Seen::Around { mid, variance }, strata }) = set.read_asked(&set.wave.items_of(dimension))? else {
        return Ok(None);
    };
    let sampling = set.sampling(dimension, &strata, RHO_INTERVAL)?;
    Ok(Some(Axis { moments: Moments { mean: mid, variance: sampling + variance }, sampling }))
}

/// The correlation of the two dimensions within groups; where the Release states none, the smallest and the largest that it could.
fn correlations(wave: &Wave<'_>, a: &DimensionId, b: &DimensionId) -> Vec<f64> {
    wave.correlation_within(a, b).map_or_else(|| WIDEST_CORRELATIONS.to_vec(), |known| vec![known])
}
