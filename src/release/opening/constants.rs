//! The constants of the whole organisation: the closed list of numbers that come from rows and not from cells.
//!
//! Spread and correlation *within* groups, so that differences between groups do not count as uncertainty of each of them.
//! Every sum is an integer and the groups are taken in their order, so the result does not depend on the order of ballots.

use std::collections::BTreeMap;

use domain::GroupId;
use domain::instrument::{Dimension, Instrument, Item, Publish};

use super::rows::Row;
use crate::document::{Correlation, DimensionConstant, ItemConstant, OrgConstants};

/// From how many people on a constant may come from their rows.
const FEWEST: usize = 100;

/// Scores are kept as whole multiples of this part of a scale point: the least common multiple of 1 to 16, so that the mean of up
/// to sixteen items is exact. (Beyond that it is rounded down by at most a millionth of a point.)
const PARTS: u32 = 720_720;

/// The constants; `None` unless at least 100 people answered every item that belongs to a dimension, or when no group has two of
/// them, so that there is no spread within groups.
pub(super) fn constants(rows: &[Row], instrument: &Instrument) -> Option<OrgConstants> {
    let in_dimension = |(_, item): &(usize, &Item)| item.dimension.is_some();
    let asked: Vec<usize> = instrument.items.iter().enumerate().filter(in_dimension).map(|(place, _)| place).collect();
    let complete = rows.iter().filter(|row| asked.iter().all(|item| row.answer(*item).is_some())).count();
    if asked.is_empty() || complete < FEWEST {
        return None;
    }

    let scales: Vec<ScoreRule<'_>> =
        instrument.dimensions.iter().map(|dimension| ScoreRule::of(dimension, instrument)).filter(|rule| !rule.items.is_empty()).collect();
    let scores: Vec<Vec<Option<u32>>> = scales.iter().map(|rule| rows.iter().map(|row| rule.score(row)).collect()).collect();

    let mut dimensions = Vec::with_capacity(scales.len());
    for (rule, scores) in scales.iter().zip(&scores) {
        let within = Within::of(rows, scores, scores);
        let sd = within.spread_of_first()? / f64::from(PARTS);
        dimensions.push(DimensionConstant {
            dimension: rule.dimension.id.clone(),
            sd_tenths: tenths(sd),
            respondents: within.respondents(),
            groups: within.groups(),
        });
    }

    let mut correlations = Vec::new();
    for (place, (first, first_scores)) in scales.iter().zip(&scores).enumerate() {
        for (second, second_scores) in scales.iter().zip(&scores).skip(place + 1) {
            correlations.push(Correlation {
                first: first.dimension.id.clone(),
                second: second.dimension.id.clone(),
                hundredths: hundredths(Within::of(rows, first_scores, second_scores).correlation()),
            });
        }
    }

    let items = instrument.items.iter().enumerate().filter(|(_, item)| item.publish == Publish::Team).filter_map(|(place, item)| {
        let answers: Vec<Option<u32>> = rows.iter().map(|row| row.answer(place).map(u32::from)).collect();
        let within = Within::of(rows, &answers, &answers);
        let enough = usize::try_from(within.respondents()).is_ok_and(|n| n >= FEWEST);
        let sd = within.spread_of_first().filter(|_| enough)?;
        Some(ItemConstant { item: item.id.clone(), sd_tenths: tenths(sd) })
    });
    Some(OrgConstants { dimensions, items: items.collect(), correlations })
}

/// How a dimension's score comes from its items.
struct ScoreRule<'a> {
    dimension: &'a Dimension,
    /// Place of each item, and what a reversed answer is taken from (L + 1).
    items: Vec<(usize, Option<u8>)>,
}

impl<'a> ScoreRule<'a> {
    fn of(dimension: &'a Dimension, instrument: &Instrument) -> Self {
        let mine = |(_, item): &(usize, &Item)| item.dimension.as_ref() == Some(&dimension.id);
        let items = instrument.items.iter().enumerate().filter(mine).map(|(place, item)| {
            let points = instrument.scale_of(item).map_or(0, domain::instrument::Scale::points);
            (place, item.reversed.then(|| points.saturating_add(1)))
        });
        Self { dimension, items: items.collect() }
    }

    /// The mean of the answered items in [`PARTS`] of a point, reversed items turned (x' = L + 1 - x). `None` when fewer than half
    /// of the items were answered, or not both of two (the half rule of the SF-36).
    fn score(&self, row: &Row) -> Option<u32> {
        let (mut answered, mut sum) = (0_u32, 0_u32);
        for (item, turned_from) in &self.items {
            if let Some(point) = row.answer(*item) {
                answered += 1;
                sum += u32::from(turned_from.map_or(point, |from| from.saturating_sub(point)));
            }
        }
        let items = u32::try_from(self.items.len()).ok()?;
        let needed = if items == 2 { 2 } else { items.div_ceil(2) };
        if answered == 0 || answered < needed {
            return None;
        }
        u32::try_from(u64::from(sum) * u64::from(PARTS) / u64::from(answered)).ok()
    }
}

/// Sums of one group over the people who have both values.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: u32,
    x: u64,
    y: u64,
    xx: u128,
    yy: u128,
    xy: u128,
}

/// Sums per group, from which spread and correlation within groups follow.
struct Within(BTreeMap<GroupId, Sums>);

impl Within {
    fn of(rows: &[Row], first: &[Option<u32>], second: &[Option<u32>]) -> Self {
        let mut groups: BTreeMap<GroupId, Sums> = BTreeMap::new();
        for (row, pair) in rows.iter().zip(first.iter().zip(second)) {
            if let (Some(x), Some(y)) = pair {
                let (x, y) = (u64::from(*x), u64::from(*y));
                let sums = groups.entry(row.group).or_default();
                sums.n += 1;
                sums.x += x;
                sums.y += y;
                sums.xx += u128::from(x) * u128::from(x);
                sums.yy += u128::from(y) * u128::from(y);
                sums.xy += u128::from(x) * u128::from(y);
            }
        }
        Self(groups)
    }

    /// N.
    fn respondents(&self) -> u32 {
        self.0.values().map(|group| group.n).sum()
    }

    /// J.
    fn groups(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Sum over the groups of (n * sum(ab) - sum(a) * sum(b)) / n, each numerator exact.
    fn products(&self, of: impl Fn(&Sums) -> (u128, u64, u64)) -> f64 {
        let centred = |group: &Sums| {
            let (ab, a, b) = of(group);
            let (whole, means) = (u128::from(group.n) * ab, u128::from(a) * u128::from(b));
            let exact = whole.cast_signed() - means.cast_signed();
            #[expect(clippy::cast_precision_loss, reason = "sixteen digits are more than a tenth of a point needs")]
            let centred = exact as f64 / f64::from(group.n);
            centred
        };
        self.0.values().map(centred).sum()
    }

    /// Pooled within-group standard deviation of the first value, sqrt(SSW / (N - J)); `None` when every group has one person.
    fn spread_of_first(&self) -> Option<f64> {
        let freedom = self.respondents().checked_sub(self.groups()).filter(|freedom| *freedom > 0)?;
        Some((self.products(|g| (g.xx, g.x, g.x)) / f64::from(freedom)).sqrt())
    }

    /// Pooled within-group correlation; 0 when one of the two has no spread.
    fn correlation(&self) -> f64 {
        let (xx, yy) = (self.products(|g| (g.xx, g.x, g.x)), self.products(|g| (g.yy, g.y, g.y)));
        let xy = self.products(|g| (g.xy, g.x, g.y));
        if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
    }
}

/// A standard deviation in tenths of a point, clamped to 0.5 to 2.0 points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 5..=20 first")]
fn tenths(sd: f64) -> u32 {
    (sd * 10.0).round().clamp(5.0, 20.0) as u32
}

/// A correlation in hundredths, in steps of five, clamped to -0.20 to 0.90.
#[expect(clippy::cast_possible_truncation, reason = "clamped to -4..=18 first")]
fn hundredths(correlation: f64) -> i32 {
    (correlation * 20.0).round().clamp(-4.0, 18.0) as i32 * 5
}
