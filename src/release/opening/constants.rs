//! The constants of the whole organisation: the closed list of numbers that come from rows and not from cells.
//!
//! Spread and correlation are taken *within* blocks, so that differences between them do not count as uncertainty of each of them.
//! They are the blocks of the plan and nothing finer: with the standing groups as classes, the two groups of a block could be told
//! apart again by how much they differ, and one of them may be a single person. Everything is rounded here, and nothing else leaves.

use disclosure::Leaders;
use domain::GroupLeaf;
use domain::instrument::{Instrument, Item, Publish, Scale};
use statistics::{Covariances, GroupSums, Undefined, cronbach_alpha, mcdonald_omega};

use super::rows::Row;
use super::table::Table;
use super::tally::{PARTS, Products, ScaleTally, Tally};
use crate::check::{FEWEST_BLOCKS_FOR_ICC, FEWEST_FOR_CONSTANTS};
use crate::document::{
    Coefficient, Correlation, DimensionConstant, ItemConstant, ItemShares, NoCoefficient, Omega, OrgConstants, Quality, Signals,
};

/// The constants of rows that stand in the blocks of `table`; `None` unless at least 100 people answered every item that belongs to a
/// dimension.
pub(super) fn constants(rows: &[Row], table: &Table, groups: &[GroupLeaf], instrument: &Instrument) -> Option<OrgConstants> {
    let mut tally = Tally::new(instrument);
    for (row, home) in rows.iter().zip(&table.homes) {
        if let Some(block) = home {
            tally.add(row, *block);
        }
    }
    let about_leader = Leaders::of(groups).allow_everybody();
    of_tally(&tally, instrument, Rules { k: table.base.k, about_leader })
}

/// What besides the rows decides which constants there are.
#[derive(Clone, Copy)]
struct Rules {
    /// Fewest respondents that are ever compared with others.
    k: u32,
    /// Whether the organisation has leaders enough for numbers about "my leader".
    about_leader: bool,
}

impl Rules {
    const fn allow(self, item: &Item) -> bool {
        self.about_leader || !item.about_leader
    }
}

fn of_tally(tally: &Tally<'_>, instrument: &Instrument, rules: Rules) -> Option<OrgConstants> {
    if tally.complete < FEWEST_FOR_CONSTANTS {
        return None;
    }
    let blocks = || tally.blocks.values();
    let mut dimensions = Vec::with_capacity(tally.scales.len());
    for (place, scale) in tally.scales.iter().enumerate() {
        let scores = || blocks().filter_map(|block| block.scores.get(place));
        let all = GroupSums::of(scores());
        dimensions.push(DimensionConstant {
            dimension: scale.dimension.id.clone(),
            sd_tenths: tenths(all.sd_within().ok()? / f64::from(PARTS)),
            respondents: all.all().n,
            groups: all.groups(),
            quality: Some(quality(scale, &GroupSums::of(scores().filter(|scores| scores.n >= rules.k)))),
        });
    }

    let mut correlations = Vec::with_capacity(tally.pairs.len());
    for (place, (first, second)) in tally.pairs.iter().enumerate() {
        correlations.push(Correlation {
            first: tally.scales.get(*first)?.dimension.id.clone(),
            second: tally.scales.get(*second)?.dimension.id.clone(),
            hundredths: twentieths(correlation_within(blocks().filter_map(|block| block.pairs.get(place)))),
        });
    }

    let per_block = instrument.items.iter().enumerate().filter(|(_, item)| item.publish == Publish::Team && rules.allow(item));
    let items = per_block.filter_map(|(place, item)| {
        let answers = GroupSums::of(blocks().filter_map(|block| block.items.get(place)));
        let sd = answers.sd_within().ok().filter(|_| answers.all().n >= FEWEST_FOR_CONSTANTS)?;
        Some(ItemConstant { item: item.id.clone(), sd_tenths: tenths(sd) })
    });
    Some(OrgConstants {
        dimensions,
        items: items.collect(),
        correlations,
        shares: shares(tally, instrument, rules),
        signals: signals(tally),
    })
}

/// Alpha and omega over the people who answered all of the dimension's items, ICC over the blocks in which enough people have a score.
fn quality(scale: &ScaleTally<'_>, scores: &GroupSums) -> Quality {
    let covariances = || Covariances::from_sums(scale.complete, &scale.sums, &scale.products);
    let one_way = || {
        if scores.groups() < FEWEST_BLOCKS_FOR_ICC {
            return Err(Undefined::TooFewGroups);
        }
        scores.one_way(PARTS)
    };
    Quality {
        alpha: coefficient(covariances().and_then(|covariances| cronbach_alpha(&covariances))),
        omega: match covariances().and_then(|covariances| mcdonald_omega(&covariances)) {
            Ok(statistics::Omega::LeastSquares(omega)) => Omega::LeastSquares(hundredths(omega)),
            Ok(statistics::Omega::ClosedForm(omega)) => Omega::ClosedForm(hundredths(omega)),
            Err(problem) => Omega::Undefined(reason(problem)),
        },
        icc1: coefficient(one_way().and_then(|one_way| one_way.icc1())),
        icc2: coefficient(one_way().and_then(|one_way| one_way.icc2())),
    }
}

/// How the answers to each item are spread; items that too few people answered are left out, and those about the leader where there
/// are too few of them.
fn shares(tally: &Tally<'_>, instrument: &Instrument, rules: Rules) -> Vec<ItemShares> {
    let of_item = |(item, counts): (&Item, &Vec<u32>)| {
        let points = instrument.scale_of(item).map(Scale::points)?;
        let all: u32 = counts.iter().sum();
        let unanswered = counts.first().copied()?;
        let answered = all - unanswered;
        if answered < FEWEST_FOR_CONSTANTS {
            return None;
        }
        let (mut below, mut middle, mut above) = (0, 0, 0);
        for (point, count) in (1..=points).zip(counts.iter().skip(1)) {
            match (2 * u32::from(point)).cmp(&(u32::from(points) + 1)) {
                std::cmp::Ordering::Less => below += count,
                std::cmp::Ordering::Equal => middle += count,
                std::cmp::Ordering::Greater => above += count,
            }
        }
        let (unfavourable, favourable) = if item.reversed { (above, below) } else { (below, above) };
        Some(ItemShares {
            item: item.id.clone(),
            unfavourable: percent(unfavourable, answered),
            neutral: percent(middle, answered),
            favourable: percent(favourable, answered),
            unanswered: percent(unanswered, all),
        })
    };
    instrument.items.iter().zip(&tally.points).filter(|(item, _)| rules.allow(item)).filter_map(of_item).collect()
}

fn signals(tally: &Tally<'_>) -> Option<Signals> {
    let (in_a_row, throughout) = tally.same?;
    Some(Signals { same_in_a_row: percent(in_a_row, tally.complete), same_throughout: percent(throughout, tally.complete) })
}

/// Pooled within-block correlation; 0 when one of the two has no spread.
fn correlation_within<'a>(blocks: impl Iterator<Item = &'a Products>) -> f64 {
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for Products { x, y, xy: products } in blocks.filter(|block| block.x.n > 0) {
        xx += x.squares();
        yy += y.squares();
        xy += centred(x.n, *products, x.x, y.x);
    }
    if xx > 0.0 && yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
}

/// (n * sum(ab) - sum(a) * sum(b)) / n, the numerator exact; `n` is more than 0.
fn centred(n: u32, ab: u128, a: u64, b: u64) -> f64 {
    let exact = (u128::from(n) * ab).cast_signed() - (u128::from(a) * u128::from(b)).cast_signed();
    #[expect(clippy::cast_precision_loss, reason = "sixteen digits are more than a hundredth needs")]
    let centred = exact as f64 / f64::from(n);
    centred
}

/// In hundredths, or why there is none: a coefficient beyond -1 to 1 does not measure what it is meant to.
fn coefficient(value: Result<f64, Undefined>) -> Coefficient {
    match value {
        Ok(value) if (-1.0..=1.0 + ROUNDING_ERROR).contains(&value) => Coefficient::Hundredths(hundredths(value)),
        Ok(_) => Coefficient::Undefined(NoCoefficient::OutOfRange),
        Err(problem) => Coefficient::Undefined(reason(problem)),
    }
}

/// By how much a coefficient of exactly 1 may be computed as more.
const ROUNDING_ERROR: f64 = 1e-9;

const fn reason(problem: Undefined) -> NoCoefficient {
    match problem {
        Undefined::TooFewItems { .. } => NoCoefficient::TooFewItems,
        Undefined::TooFewGroups
        | Undefined::TooFewGroupsToShrink { .. }
        | Undefined::TooFewPeople { .. }
        | Undefined::TooFewAgreeing
        | Undefined::TooFewForAnOrder { .. } => NoCoefficient::TooFewGroups,
        Undefined::NoDifferenceBetweenGroups | Undefined::LessThanChance => NoCoefficient::NoDifferenceBetweenGroups,
        Undefined::NoSpread | Undefined::NoValues | Undefined::TooFewAnswered { .. } => NoCoefficient::NoSpread,
        // What an estimate would be lies outside of what it may be, or belongs to statistics that a Release does not hold. A new reason is
        // given its place here by hand.
        Undefined::OutOfDomain { .. }
        | Undefined::Heywood { .. }
        | Undefined::NotSettled
        | Undefined::NotSeparable
        | Undefined::TooFewWaves { .. }
        | Undefined::TooManyPredictors { .. } => NoCoefficient::OutOfRange,
    }
}

/// A standard deviation in tenths of a point, clamped to 0.5 to 2.0 points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 5..=20 first")]
fn tenths(sd: f64) -> u32 {
    (sd * 10.0).round().clamp(5.0, 20.0) as u32
}

/// A correlation in hundredths, in steps of five, clamped to -0.20 to 0.90.
#[expect(clippy::cast_possible_truncation, reason = "clamped to -4..=18 first")]
fn twentieths(correlation: f64) -> i32 {
    (correlation * 20.0).round().clamp(-4.0, 18.0) as i32 * 5
}

/// A coefficient in hundredths, clamped to -1 to 1.
#[expect(clippy::cast_possible_truncation, reason = "clamped to -100..=100 first")]
fn hundredths(coefficient: f64) -> i32 {
    (coefficient * 100.0).round().clamp(-100.0, 100.0) as i32
}

/// A share in percent, to the nearest step of five; `of` is more than 0.
fn percent(count: u32, of: u32) -> u32 {
    let steps = (u64::from(count) * 40 + u64::from(of)) / (u64::from(of) * 2);
    u32::try_from(steps).unwrap_or(20).min(20) * 5
}
