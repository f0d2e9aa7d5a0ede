//! One dimension of a set of blocks: what can be seen, and how precisely.

use domain::DimensionId;
use statistics::{KnownMean, RHO_INTERVAL, Stratum, pomp, stratified_standard_error, t_quantile, truncated_moments};

use super::cells::{CellRange, End};
use super::thresholds::LADDER_BELOW;
use super::waves::Wave;
use super::{Hidden, Interval, ReadingProblem, Score, Sight};

/// Blocks of one wave that are read together, each weighted by those who answered. One block alone is the smallest set.
pub(super) struct BlockSet<'w, 'a> {
    pub(super) wave: &'w Wave<'a>,
    pub(super) blocks: Vec<usize>,
}

/// What the published cells of some items say about a set of blocks, before sampling comes into it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) seen: Seen,
    /// Per block with at least one of the items: the smallest number of people who answered one of them.
    pub(super) strata: Vec<Stratum>,
}

/// The level that the cells leave possible, in points of 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Seen {
    /// Around this value; the cells' widths make this variance.
    Around { mid: f64, variance: f64 },
    /// At least half lies in the top band, and the mean cannot be lower than this.
    AtLeast(f64),
    /// At least half lies in the bottom band, and the mean cannot be higher than this.
    AtMost(f64),
    /// Half in each end band, or both in a single block.
    BothEnds,
}

/// One item over the set.
struct ItemSum {
    low: f64,
    high: f64,
    mid: f64,
    variance: f64,
    top: f64,
    bottom: f64,
}

impl<'w, 'a> BlockSet<'w, 'a> {
    pub(super) const fn new(wave: &'w Wave<'a>, blocks: Vec<usize>) -> Self {
        Self { wave, blocks }
    }

    /// Whether an item counts for the set: blocks with at least half of the set's ballots publish it.
    pub(super) fn publishes(&self, place: usize) -> bool {
        let (mut with, mut all) = (0_u64, 0_u64);
        for &index in &self.blocks {
            let block = self.wave.block(index);
            let ballots = u64::from(block.published.n);
            all += ballots;
            with += if block.ranges.get(place).is_some_and(Option::is_some) { ballots } else { 0 };
        }
        with > 0 && with * 2 >= all
    }

    /// Whether an item that does not count could not: where it is missing, even everybody's answers would be too few for a cell.
    fn lacks_room(&self, place: usize) -> bool {
        let fewest = self.wave.coarsening(place).map_or(u32::MAX, |coarsening| coarsening.fewest());
        let mut missing =
            self.blocks.iter().map(|&index| self.wave.block(index)).filter(|block| block.ranges.get(place).is_none_or(Option::is_none));
        missing.all(|block| block.published.n < fewest)
    }

    /// The cells of one item in the set's blocks.
    fn ranges(&self, place: usize) -> impl Iterator<Item = CellRange> + '_ {
        self.blocks.iter().filter_map(move |&index| self.wave.block(index).ranges.get(place).copied().flatten())
    }

    /// How many answered an item, as far as its cells are published.
    pub(super) fn answers(&self, place: usize) -> u64 {
        self.ranges(place).map(|range| u64::from(range.n)).sum()
    }

    /// Reads the mean of some items, each of which counts for the set; `None` without items.
    pub(super) fn read(&self, items: &[usize]) -> Result<Option<Reading>, ReadingProblem> {
        if items.is_empty() || !items.iter().all(|&place| self.publishes(place)) {
            return Ok(None);
        }
        let one_block = self.blocks.len() == 1;
        let sums = self.sums(items, !one_block)?;
        let mean = |part: fn(&ItemSum) -> f64| sums.iter().map(part).sum::<f64>() / count(sums.len());
        let (top, bottom) = (mean(|s| s.top), mean(|s| s.bottom));
        // A share is exact enough: halves are sums of equal weights, and one part in 10^9 of a block is no block.
        let half = 0.5 - 1e-9;
        let seen = if (one_block && top > 0.0 && bottom > 0.0) || (top >= half && bottom >= half) {
            Seen::BothEnds
        } else if top >= half {
            Seen::AtLeast(mean(|s| s.low))
        } else if bottom >= half {
            Seen::AtMost(mean(|s| s.high))
        } else {
            Seen::Around { mid: mean(|s| s.mid), variance: mean(|s| s.variance) / count(sums.len()) }
        };
        Ok(Some(Reading { seen, strata: self.strata(items) }))
    }

    /// Per block with at least one of the items: the smallest number of people who answered one of them.
    fn strata(&self, items: &[usize]) -> Vec<Stratum> {
        let strata = self.blocks.iter().filter_map(|&index| {
            let block = self.wave.block(index);
            let n = items.iter().filter_map(|&place| block.ranges.get(place).copied().flatten()).map(|range| range.n).min()?;
            Some(Stratum { n, responded: block.responded(n) })
        });
        strata.collect()
    }

    fn sums(&self, items: &[usize], fitted: bool) -> Result<Vec<ItemSum>, ReadingProblem> {
        items.iter().map(|&place| self.item(place, fitted)).collect()
    }

    /// The items that count for the set of the `asked` ones; `None` unless they are at least half of them.
    fn counting(&self, asked: &[usize]) -> Option<Vec<usize>> {
        let counting: Vec<_> = asked.iter().copied().filter(|&place| self.publishes(place)).collect();
        (!counting.is_empty() && counting.len() * 2 >= asked.len()).then_some(counting)
    }

    /// Reads the mean of those of the `asked` items that count; `None` where fewer than half do.
    pub(super) fn read_asked(&self, asked: &[usize]) -> Result<Option<Reading>, ReadingProblem> {
        self.counting(asked).map_or(Ok(None), |counting| self.read(&counting))
    }

    /// The mean of the items that count of the `asked` ones as one number with the variance of everything that is uncertain about it, for
    /// what is computed from many blocks: bands count by the distribution that is fitted to all blocks. `None` where fewer than half count.
    pub(super) fn known(&self, dimension: &DimensionId, asked: &[usize], rho: f64) -> Result<Option<KnownMean>, ReadingProblem> {
        let Some(counting) = self.counting(asked) else { return Ok(None) };
        let sums = self.sums(&counting, true)?;
        let mean = |part: fn(&ItemSum) -> f64| sums.iter().map(part).sum::<f64>() / count(sums.len());
        let sampling = self.sampling(dimension, &self.strata(&counting), rho)?;
        Ok(Some(KnownMean { mean: mean(|s| s.mid), variance: sampling + mean(|s| s.variance) / count(sums.len()) }))
    }

    /// The sum of the blocks' squared weights: what a variance of single blocks counts for in the mean of the set.
    pub(super) fn concentration(&self, asked: &[usize]) -> f64 {
        let strata = self.strata(asked);
        let all: f64 = strata.iter().map(|stratum| f64::from(stratum.n)).sum();
        strata.iter().map(|stratum| (f64::from(stratum.n) / all).powi(2)).sum()
    }

    /// The variance of a reading that comes from who answered: the squared standard error with roster correction.
    pub(super) fn sampling(&self, dimension: &DimensionId, strata: &[Stratum], rho: f64) -> Result<f64, ReadingProblem> {
        let sd = self.wave.spread(dimension)?.sd;
        let se = stratified_standard_error(sd, strata, rho).map_err(|problem| self.wave.undefined(problem))?;
        Ok(se * se)
    }

    /// One item's weighted mean over the set: weights are those who answered it. A band counts with its middle, or by the `fitted`
    /// distribution.
    fn item(&self, place: usize, fitted: bool) -> Result<ItemSum, ReadingProblem> {
        let all: f64 = self.ranges(place).map(|range| f64::from(range.n)).sum();
        let mut sum = ItemSum { low: 0.0, high: 0.0, mid: 0.0, variance: 0.0, top: 0.0, bottom: 0.0 };
        for range in self.ranges(place) {
            let weight = f64::from(range.n) / all;
            let (mut mid, mut variance) = (f64::midpoint(range.low, range.high), range.width * range.width / 12.0);
            if let (Some(_), true, Some(fit)) = (range.band, fitted, self.wave.fit(place)) {
                let inside = truncated_moments(fit, range.low, range.high).map_err(|problem| self.wave.undefined(problem))?;
                (mid, variance) = (inside.mean, inside.variance);
            }
            sum.low += weight * range.low;
            sum.high += weight * range.high;
            sum.mid += weight * mid;
            sum.variance += weight * weight * variance;
            match range.band {
                Some(End::Top) => sum.top += weight,
                Some(End::Bottom) => sum.bottom += weight,
                None => {}
            }
        }
        Ok(sum)
    }

    /// What a page shows of the mean of `counting`, the items that count of the `asked` ones.
    pub(super) fn sight(&self, dimension: &DimensionId, asked: &[usize], counting: &[usize]) -> Result<Sight, ReadingProblem> {
        if asked.is_empty() {
            return Ok(Sight::Hidden(Hidden::NotAsked));
        }
        let reading = if counting.len() * 2 >= asked.len() { self.read(counting)? } else { None };
        let Some(reading) = reading else {
            let without_room = asked.iter().filter(|place| !counting.contains(place) && self.lacks_room(**place)).count();
            let would_do = (counting.len() + without_room) * 2 >= asked.len();
            return Ok(Sight::Hidden(if would_do { Hidden::NoSafeRange } else { Hidden::TooFewItems }));
        };
        Ok(match reading.seen {
            Seen::BothEnds => Sight::Hidden(Hidden::BandsAtBothEnds),
            Seen::AtLeast(low) => Sight::AtLeast(points_down(low)),
            Seen::AtMost(high) => Sight::AtMost(points_up(high)),
            Seen::Around { mid, variance } => {
                let t = t_quantile(0.975, self.wave.spread(dimension)?.df).map_err(|problem| self.wave.undefined(problem))?;
                let reach = t * (self.sampling(dimension, &reading.strata, RHO_INTERVAL)? + variance).sqrt();
                Sight::Between(Interval { low: points_down(mid - reach), high: points_up(mid + reach), mid })
            }
        })
    }

    /// The rungs of one block's ladder.
    fn ladder(&self, counting: &[usize]) -> Vec<f64> {
        let [index] = self.blocks.as_slice() else {
            return Vec::new();
        };
        let block = self.wave.block(*index);
        let smallest = counting.iter().filter_map(|&place| block.ranges.get(place).copied().flatten()).map(|range| range.n).min();
        let Some(n) = smallest.filter(|&n| n < LADDER_BELOW) else {
            return Vec::new();
        };
        let mut rungs = Vec::new();
        for &place in counting {
            let Some(coarsening) = self.wave.coarsening(place) else {
                continue;
            };
            let Ok(cells) = coarsening.cells(n) else {
                continue;
            };
            let starts = (1..cells.count()).filter_map(|cell| cells.range(cell)).map(|sums| *sums.start());
            rungs.extend(starts.filter_map(|sum| pomp(sum, n, coarsening.points()).ok()));
        }
        rungs.sort_by(f64::total_cmp);
        rungs.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
        rungs
    }
}

/// One score per dimension of the set's wave.
pub(super) fn scores(set: &BlockSet<'_, '_>) -> Result<Vec<Score>, ReadingProblem> {
    set.wave
        .dimensions()
        .map(|dimension| {
            let asked = set.wave.items_of(dimension);
            let counting: Vec<_> = asked.iter().copied().filter(|&place| set.publishes(place)).collect();
            let sight = set.sight(dimension, &asked, &counting)?;
            let ladder =
                if matches!(sight, Sight::Hidden(Hidden::TooFewItems | Hidden::NoSafeRange)) { Vec::new() } else { set.ladder(&counting) };
            Ok(Score { dimension: dimension.clone(), sight, ladder })
        })
        .collect()
}

/// Whole points are taken from the value to six decimals, so that 69.9999999 is 70 in every programming language.
pub(super) fn to_six_decimals(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
pub(super) fn points_down(value: f64) -> u8 {
    to_six_decimals(value).floor().clamp(0.0, 100.0) as u8
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 before")]
pub(super) fn points_up(value: f64) -> u8 {
    to_six_decimals(value).ceil().clamp(0.0, 100.0) as u8
}

#[expect(clippy::cast_precision_loss, reason = "an instrument has fewer than 2^52 items")]
fn count(items: usize) -> f64 {
    items as f64
}
