//! What can be compared with the wave before, and whether it changed.

use std::collections::BTreeSet;

use domain::{DimensionId, GroupId, SameShare, UnitPath};
use statistics::{ChangeTest, DegreesOfFreedom, RHO_CHANGE, detectable_change, holm, test_change};

use super::estimate::{BlockSet, Seen, points_up, to_six_decimals};
use super::lineage::{Joined, join, share_kept};
use super::thresholds::{CLEAR_BELOW, CLEAR_FROM, MOST_GROUPS, POSSIBLE_BELOW};
use super::waves::{History, Wave};
use super::{Change, ChangeWord, Comparison, ComparisonSet, Difference, NoComparison, ReadingProblem};

/// A comparison with the blocks of the latest wave that share it.
pub(super) struct Shared {
    pub(super) blocks: BTreeSet<usize>,
    pub(super) comparison: Comparison,
    /// Per change of the comparison the p-value of its test, not adjusted; `None` where nothing could be tested.
    pub(super) p_values: Vec<Option<f64>>,
}

/// A comparison that was made, with the p-values of its changes.
type Made = (Comparison, Vec<Option<f64>>);

/// The comparison of one block with the wave before.
pub(super) fn of_block(history: &History<'_>, index: usize) -> Result<Shared, ReadingProblem> {
    let alone = |comparison| Ok(Shared { blocks: BTreeSet::from([index]), comparison, p_values: Vec::new() });
    let latest = history.latest();
    let Some(earlier) = history.earlier().first() else {
        return alone(Comparison::FirstWave);
    };
    if latest.block(index).groups().next().is_none() {
        return alone(Comparison::NotPossible(NoComparison::UpwardOnly));
    }
    let (joined, obstacle) = joined_with(latest, earlier, index);
    let (comparison, p_values) = match obstacle {
        Some(reason) => (Comparison::NotPossible(reason), Vec::new()),
        None => {
            let groups = groups_of(latest, &joined.later);
            let same = groups.iter().map(|&group| share_kept(latest, group)).min().unwrap_or(SameShare::UnderQuarter);
            made(latest, &joined.later, earlier, &joined.earlier, same)?
        }
    };
    Ok(Shared { blocks: joined.later, comparison, p_values })
}

/// What is joined to one block, and what stands in the way of a comparison.
fn joined_with(latest: &Wave<'_>, earlier: &Wave<'_>, index: usize) -> (Joined, Option<NoComparison>) {
    let joined = join(latest, earlier, [index]);
    let too_many = !(few_siblings(latest, &joined.later) && few_siblings(earlier, &joined.earlier));
    let obstacle = obstacle(&joined, too_many);
    (joined, obstacle)
}

/// The blocks of the latest wave and of the one before between which one block is compared.
pub(super) fn sides(history: &History<'_>, index: usize) -> Option<(BTreeSet<usize>, BTreeSet<usize>)> {
    let (joined, obstacle) = joined_with(history.latest(), history.earlier().first()?, index);
    (obstacle.is_none() && !joined.earlier.is_empty()).then_some((joined.later, joined.earlier))
}

/// The comparison of the organisation, or of a unit's sub-total, with the wave before.
///
/// The organisation is always compared, all blocks with all blocks. A unit is compared when its blocks, without those that hold
/// only answers counted one level up, are joined to no block outside.
pub(super) fn of_total(history: &History<'_>, unit: &UnitPath, blocks: &[usize]) -> Result<Comparison, ReadingProblem> {
    let latest = history.latest();
    let Some(earlier) = history.earlier().first() else {
        return Ok(Comparison::FirstWave);
    };
    if unit.0.is_empty() {
        let before: BTreeSet<_> = (0..earlier.blocks().len()).collect();
        if before.is_empty() {
            return Ok(Comparison::NotPossible(NoComparison::NothingBefore));
        }
        let now = blocks.iter().copied().collect();
        return Ok(made(latest, &now, earlier, &before, least_share(latest, &groups_of(latest, &now)))?.0);
    }
    let with_groups: BTreeSet<_> = blocks.iter().copied().filter(|&index| latest.block(index).groups().next().is_some()).collect();
    if with_groups.is_empty() {
        return Ok(Comparison::NotPossible(NoComparison::UpwardOnly));
    }
    let joined = join(latest, earlier, with_groups.iter().copied());
    match obstacle(&joined, joined.later != with_groups) {
        Some(reason) => Ok(Comparison::NotPossible(reason)),
        None => {
            let same = least_share(latest, &groups_of(latest, &joined.later));
            Ok(made(latest, &joined.later, earlier, &joined.earlier, same)?.0)
        }
    }
}

fn obstacle(joined: &Joined, too_many: bool) -> Option<NoComparison> {
    if joined.new_group {
        Some(NoComparison::NewGroup)
    } else if joined.nothing_before {
        Some(NoComparison::NothingBefore)
    } else if too_many {
        Some(NoComparison::TooManyTogether)
    } else {
        None
    }
}

fn groups_of(wave: &Wave<'_>, blocks: &BTreeSet<usize>) -> BTreeSet<GroupId> {
    blocks.iter().flat_map(|&index| wave.block(index).groups()).collect()
}

/// Whether the blocks hold at most three groups, all under the same unit.
fn few_siblings(wave: &Wave<'_>, blocks: &BTreeSet<usize>) -> bool {
    let groups = groups_of(wave, blocks);
    let units: BTreeSet<_> = groups.iter().filter_map(|&group| wave.leaf(group)).map(|leaf| &leaf.unit).collect();
    groups.len() <= MOST_GROUPS && units.len() <= 1
}

/// The band of the lower bounds' mean, weighted by invitations.
fn least_share(wave: &Wave<'_>, groups: &BTreeSet<GroupId>) -> SameShare {
    let (mut quarters, mut all) = (0_u64, 0_u64);
    for &group in groups {
        let invited = wave.leaf(group).map_or(0, |leaf| u64::from(leaf.invited));
        let lower_bound = match share_kept(wave, group) {
            SameShare::UnderQuarter => 0,
            SameShare::QuarterToHalf => 1,
            SameShare::HalfToThreeQuarters => 2,
            SameShare::ThreeQuartersOrMore => 3,
        };
        quarters += invited * lower_bound;
        all += invited;
    }
    match quarters.checked_div(all) {
        None | Some(0) => SameShare::UnderQuarter,
        Some(1) => SameShare::QuarterToHalf,
        Some(2) => SameShare::HalfToThreeQuarters,
        Some(_) => SameShare::ThreeQuartersOrMore,
    }
}

fn made(
    latest: &Wave<'_>,
    now: &BTreeSet<usize>,
    earlier: &Wave<'_>,
    before: &BTreeSet<usize>,
    same: SameShare,
) -> Result<Made, ReadingProblem> {
    let pair = Pair {
        now: BlockSet::new(latest, now.iter().copied().collect()),
        before: BlockSet::new(earlier, before.iter().copied().collect()),
    };
    let (changes, p_values) = pair.changes()?;
    let set = ComparisonSet {
        since: earlier.id().clone(),
        corrected: earlier.is_corrected(),
        groups: latest.labels(groups_of(latest, now).into_iter()),
        same,
        changes,
    };
    Ok((Comparison::Made(set), p_values))
}

/// The same people, as far as that goes, in two waves.
struct Pair<'w, 'a> {
    now: BlockSet<'w, 'a>,
    before: BlockSet<'w, 'a>,
}

/// A dimension's difference before the words.
struct Tested {
    test: ChangeTest,
    df: DegreesOfFreedom,
    /// A band makes the difference the smallest that is possible.
    at_least: bool,
}

impl Pair<'_, '_> {
    /// One change per dimension that both waves asked with the same items, adjusted together (Holm), and the p-values as they were.
    fn changes(&self) -> Result<(Vec<Change>, Vec<Option<f64>>), ReadingProblem> {
        let mut tested = Vec::new();
        for dimension in self.now.wave.dimensions() {
            let asked = common_items(&self.now, &self.before, dimension);
            if asked.is_empty() {
                continue;
            }
            tested.push((dimension.clone(), self.test(dimension, &asked)?));
        }
        let p_values: Vec<Option<f64>> = tested.iter().map(|(_, tested)| tested.as_ref().map(|tested| tested.test.p)).collect();
        let family: Vec<f64> = p_values.iter().flatten().copied().collect();
        let mut adjusted = holm(&family).map_err(|problem| self.now.wave.undefined(problem))?.into_iter();
        let changes = tested.into_iter().map(|(dimension, tested)| match tested {
            None => Ok(unseen(dimension)),
            Some(tested) => self.worded(dimension, &tested, adjusted.next().unwrap_or(1.0)),
        });
        Ok((changes.collect::<Result<_, _>>()?, p_values))
    }

    /// The test of one dimension; `None` where nothing can be tested.
    fn test(&self, dimension: &DimensionId, asked: &[(usize, usize)]) -> Result<Option<Tested>, ReadingProblem> {
        let counting: Vec<_> =
            asked.iter().copied().filter(|&(now, before)| self.now.publishes(now) && self.before.publishes(before)).collect();
        if counting.len() * 2 < asked.len() {
            return Ok(None);
        }
        let (items_now, items_before): (Vec<_>, Vec<_>) = counting.into_iter().unzip();
        let (Some(now), Some(before)) = (self.now.read(&items_now)?, self.before.read(&items_before)?) else {
            return Ok(None);
        };
        let Some((difference, cells, at_least)) = difference_of(now.seen, before.seen) else {
            return Ok(None);
        };
        let sampling =
            self.now.sampling(dimension, &now.strata, RHO_CHANGE)? + self.before.sampling(dimension, &before.strata, RHO_CHANGE)?;
        let df = self.now.wave.spread(dimension)?.df.min(self.before.wave.spread(dimension)?.df);
        let test = test_change(difference, (sampling + cells).sqrt(), df).map_err(|problem| self.now.wave.undefined(problem))?;
        Ok(Some(Tested { test, df, at_least }))
    }

    fn worded(&self, dimension: DimensionId, tested: &Tested, adjusted: f64) -> Result<Change, ReadingProblem> {
        let Tested { test, df, at_least } = *tested;
        let word = word_of(adjusted, test.difference);
        if at_least && word == ChangeWord::None {
            // The true difference may be larger than the one that was tested.
            return Ok(unseen(dimension));
        }
        let detectable = detectable_change(test.standard_error, df).map_err(|problem| self.now.wave.undefined(problem))?;
        let difference = difference_shown(&test, at_least);
        Ok(Change { dimension, word, difference: Some(difference), detectable: Some(points_up(detectable)) })
    }
}

/// A difference in whole points, its interval rounded outward, and open at the far end where a band makes it the smallest possible one.
pub(super) fn difference_shown(test: &ChangeTest, at_least: bool) -> Difference {
    let (low, high, points) = (whole(test.low, f64::floor), whole(test.high, f64::ceil), whole(test.difference, f64::round));
    if !at_least {
        Difference { points, low, high, at_least }
    } else if test.difference > 0.0 {
        Difference { points: whole(test.difference, f64::floor), low, high: 100, at_least }
    } else {
        Difference { points: whole(test.difference, f64::ceil), low: -100, high, at_least }
    }
}

/// The word for a difference whose p-value is adjusted for its family.
pub(super) fn word_of(adjusted: f64, difference: f64) -> ChangeWord {
    if adjusted < CLEAR_BELOW && to_six_decimals(difference).abs() >= CLEAR_FROM {
        ChangeWord::Clear
    } else if adjusted < POSSIBLE_BELOW {
        ChangeWord::Possible
    } else {
        ChangeWord::None
    }
}

const fn unseen(dimension: DimensionId) -> Change {
    Change { dimension, word: ChangeWord::CannotBeSeen, difference: None, detectable: None }
}

/// The difference to test, the variance of the cells in it, and whether a band makes it the smallest possible one.
pub(super) fn difference_of(now: Seen, before: Seen) -> Option<(f64, f64, bool)> {
    match (now, before) {
        (Seen::Around { mid: now, variance: a }, Seen::Around { mid: before, variance: b }) => Some((now - before, a + b, false)),
        (Seen::AtLeast(now), Seen::Around { mid: before, variance }) => above(now, before, variance),
        (Seen::AtLeast(now), Seen::AtMost(before)) => above(now, before, 0.0),
        (Seen::Around { mid: now, variance }, Seen::AtMost(before)) => above(now, before, variance),
        (Seen::AtMost(now), Seen::Around { mid: before, variance }) => below(now, before, variance),
        (Seen::AtMost(now), Seen::AtLeast(before)) => below(now, before, 0.0),
        (Seen::Around { mid: now, variance }, Seen::AtLeast(before)) => below(now, before, variance),
        (Seen::AtLeast(_), Seen::AtLeast(_)) | (Seen::AtMost(_), Seen::AtMost(_)) | (Seen::BothEnds, _) | (_, Seen::BothEnds) => None,
    }
}

/// The smallest rise that a band edge leaves possible; `None` when there need not have been one.
fn above(now: f64, before: f64, variance: f64) -> Option<(f64, f64, bool)> {
    (to_six_decimals(now - before) > 0.0).then_some((now - before, variance, true))
}

/// The smallest fall that a band edge leaves possible; `None` when there need not have been one.
fn below(now: f64, before: f64, variance: f64) -> Option<(f64, f64, bool)> {
    (to_six_decimals(now - before) < 0.0).then_some((now - before, variance, true))
}

/// The places of a dimension's items that both sides asked, now and before; none when its items speak about the leader and another
/// leader leads.
pub(super) fn common_items(now: &BlockSet<'_, '_>, before: &BlockSet<'_, '_>, dimension: &DimensionId) -> Vec<(usize, usize)> {
    let mut about_leader = false;
    let mut common = Vec::new();
    for place in now.wave.items_of(dimension) {
        let Some((item, rule)) = now.wave.item(place) else {
            continue;
        };
        if let Some(counterpart) = before.wave.counterpart(item, rule) {
            about_leader |= item.about_leader;
            common.push((place, counterpart));
        }
    }
    if about_leader && !same_leaders(now, before) { Vec::new() } else { common }
}

/// Whether the same people lead on both sides, or at least three on each: a new leader starts a new series.
pub(super) fn same_leaders(now: &BlockSet<'_, '_>, before: &BlockSet<'_, '_>) -> bool {
    let (now, before) = (now.wave.leaders(&now.blocks), before.wave.leaders(&before.blocks));
    now == before || (now.len() >= 3 && before.len() >= 3)
}

/// A difference in whole points from -100 to 100, after six decimals.
#[expect(clippy::cast_possible_truncation, reason = "clamped to -100..=100 before")]
fn whole(value: f64, round: fn(f64) -> f64) -> i16 {
    round(to_six_decimals(value)).clamp(-100.0, 100.0) as i16
}
