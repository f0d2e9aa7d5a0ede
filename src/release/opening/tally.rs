//! What is counted of rows for the constants of the organisation. Every sum is an integer, so the order of ballots does not matter.

use std::collections::BTreeMap;

use disclosure::BlockId;
use domain::instrument::{Dimension, Instrument, Item, Scale};
use statistics::Sums;

use super::rows::Row;

/// Scores are kept as whole multiples of this part of a scale point: the least common multiple of 1 to 16, so that the mean of up
/// to sixteen items is exact. (Beyond that it is rounded down by at most a millionth of a point.)
pub(super) const PARTS: u32 = 720_720;

/// From how many equal answers on a stretch of them counts as a sign that the statements were not read.
const LONG_RUN: usize = 8;

/// The sums over all rows.
pub(super) struct Tally<'a> {
    /// The dimensions that have items, in the instrument's order.
    pub(super) scales: Vec<ScaleTally<'a>>,
    /// Every two of them, earlier first, by their places in `scales`.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Per item how often each point was chosen; at place 0 how often none was.
    pub(super) points: Vec<Vec<u32>>,
    /// Per block its sums.
    pub(super) blocks: BTreeMap<BlockId, BlockTally>,
    /// People who answered every item that belongs to a dimension.
    pub(super) complete: u32,
    /// Of these, those with a long run of equal answers to turned and unturned items, and those who gave one answer to all.
    pub(super) same: Option<(u32, u32)>,
    /// The items that belong to a dimension: their places, and whether they are reversed.
    statements: Vec<(usize, bool)>,
}

/// The sums of one dimension over the people who answered all of its items.
pub(super) struct ScaleTally<'a> {
    pub(super) dimension: &'a Dimension,
    /// Place of each item, and what a reversed answer is taken from (L + 1).
    items: Vec<(usize, Option<u8>)>,
    pub(super) complete: u32,
    /// Per item the sum of turned answers.
    pub(super) sums: Vec<u64>,
    /// For every two items, row by row, the sum of products of turned answers.
    pub(super) products: Vec<u64>,
}

/// The sums of one block.
#[derive(Clone)]
pub(super) struct BlockTally {
    /// Per dimension, of scores in [`PARTS`].
    pub(super) scores: Vec<Sums>,
    /// Per pair of dimensions.
    pub(super) pairs: Vec<Products>,
    /// Per item, of raw answers.
    pub(super) items: Vec<Sums>,
}

/// Sums over the people who have both of two values.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Products {
    pub(super) x: Sums,
    pub(super) y: Sums,
    pub(super) xy: u128,
}

impl<'a> Tally<'a> {
    pub(super) fn new(instrument: &'a Instrument) -> Self {
        let scales: Vec<_> =
            instrument.dimensions.iter().map(|d| ScaleTally::new(d, instrument)).filter(|scale| !scale.items.is_empty()).collect();
        let pairs = (0..scales.len()).flat_map(|first| (first + 1..scales.len()).map(move |second| (first, second))).collect();
        let points = instrument.items.iter().map(|item| vec![0; usize::from(points(instrument, item)) + 1]).collect();
        let statements: Vec<_> = instrument
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.dimension.is_some())
            .map(|(place, item)| (place, item.reversed))
            .collect();
        let can_tell = statements.len() >= LONG_RUN && mixed(&statements);
        Self { scales, pairs, points, blocks: BTreeMap::new(), complete: 0, same: can_tell.then_some((0, 0)), statements }
    }

    /// Counts one row, and in the block where it counts. The group that it came from plays no part.
    pub(super) fn add(&mut self, row: &Row, block: BlockId) {
        for (item, points) in self.points.iter_mut().enumerate() {
            if let Some(count) = points.get_mut(usize::from(row.answer(item).unwrap_or(0))) {
                *count += 1;
            }
        }
        let scores: Vec<Option<u32>> = self.scales.iter().map(|scale| scale.score(row)).collect();
        for scale in &mut self.scales {
            scale.add(row);
        }
        let empty = || BlockTally {
            scores: vec![Sums::default(); scores.len()],
            pairs: vec![Products::default(); self.pairs.len()],
            items: vec![Sums::default(); self.points.len()],
        };
        let block = self.blocks.entry(block).or_insert_with(empty);
        for (sums, score) in block.scores.iter_mut().zip(&scores) {
            if let Some(score) = score {
                sums.add(*score);
            }
        }
        for (sums, &(first, second)) in block.pairs.iter_mut().zip(&self.pairs) {
            if let (Some(Some(x)), Some(Some(y))) = (scores.get(first), scores.get(second)) {
                sums.x.add(*x);
                sums.y.add(*y);
                sums.xy += u128::from(*x) * u128::from(*y);
            }
        }
        for (item, sums) in block.items.iter_mut().enumerate() {
            if let Some(point) = row.answer(item) {
                sums.add(u32::from(point));
            }
        }
        self.add_signals(row);
    }

    fn add_signals(&mut self, row: &Row) {
        let answers: Vec<Option<u8>> = self.statements.iter().map(|(item, _)| row.answer(*item)).collect();
        if answers.is_empty() || answers.contains(&None) {
            return;
        }
        self.complete += 1;
        if let Some((in_a_row, throughout)) = &mut self.same {
            let runs = statistics::runs(&answers);
            let long = runs.iter().filter(|run| run.len() >= LONG_RUN);
            if long.filter_map(|run| self.statements.get(run.clone())).any(mixed) {
                *in_a_row += 1;
            }
            if runs.len() == 1 {
                *throughout += 1;
            }
        }
    }
}

impl<'a> ScaleTally<'a> {
    fn new(dimension: &'a Dimension, instrument: &Instrument) -> Self {
        let mine = |(_, item): &(usize, &Item)| item.dimension.as_ref() == Some(&dimension.id);
        let items: Vec<_> = instrument
            .items
            .iter()
            .enumerate()
            .filter(mine)
            .map(|(place, item)| (place, item.reversed.then(|| points(instrument, item).saturating_add(1))))
            .collect();
        let (sums, products) = (vec![0; items.len()], vec![0; items.len() * items.len()]);
        Self { dimension, items, complete: 0, sums, products }
    }

    /// The answers to the dimension's items, reversed ones turned (x' = L + 1 - x).
    fn answers(&self, row: &Row) -> impl Iterator<Item = Option<u32>> {
        self.items.iter().map(|(item, turned_from)| {
            let point = row.answer(*item)?;
            Some(u32::from(turned_from.map_or(point, |from| from.saturating_sub(point))))
        })
    }

    /// The mean of the answered items in [`PARTS`] of a point, by the half rule.
    fn score(&self, row: &Row) -> Option<u32> {
        let answered = self.answers(row).flatten().count();
        if !statistics::half_rule(answered, self.items.len()) {
            return None;
        }
        let sum: u32 = self.answers(row).flatten().sum();
        u32::try_from(u64::from(sum) * u64::from(PARTS) / u64::try_from(answered).ok()?).ok()
    }

    fn add(&mut self, row: &Row) {
        let Some(answers) = self.answers(row).map(|answer| answer.map(u64::from)).collect::<Option<Vec<u64>>>() else { return };
        self.complete += 1;
        for (sum, answer) in self.sums.iter_mut().zip(&answers) {
            *sum += answer;
        }
        let products = answers.iter().flat_map(|a| answers.iter().map(move |b| a * b));
        for (sum, product) in self.products.iter_mut().zip(products) {
            *sum += product;
        }
    }
}

fn points(instrument: &Instrument, item: &Item) -> u8 {
    instrument.scale_of(item).map_or(0, Scale::points)
}

/// Whether turned and unturned items are among them.
fn mixed(statements: &[(usize, bool)]) -> bool {
    statements.iter().any(|(_, reversed)| *reversed) && statements.iter().any(|(_, reversed)| !reversed)
}
