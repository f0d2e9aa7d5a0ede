//! Published cells as means of raw answers, item by item: what an auditor looks at instead of dimensions.

use std::ops::RangeInclusive;

use statistics::truncated_moments;

use super::waves::Wave;
use super::{PublishedWave, ReadingProblem};

/// One published cell: between which means of raw answers (1 to [`Self::points`]) the block lies.
#[derive(Debug, Clone, PartialEq)]
pub struct CellMean {
    /// How many people of the block answered the item.
    pub n: u32,
    /// Points of the scale.
    pub points: u8,
    /// The sums E = sum(answers) - n that the cell stands for.
    pub sums: RangeInclusive<u64>,
    /// The one mean that stands for the cell where a number is needed: its middle; in an end band the mean of the normal distribution that is
    /// fitted to the item's cells, cut to the band.
    pub representative: f64,
}

/// Every cell of a published wave: per block in the Release's order one entry per item in the instrument's order; `None` where nothing is published.
///
/// # Errors
/// [`ReadingProblem`] when the documents of the wave do not belong together.
pub fn cell_means(wave: &PublishedWave) -> Result<Vec<Vec<Option<CellMean>>>, ReadingProblem> {
    let wave = Wave::new(wave)?;
    let block = |index| (0..wave.block(index).ranges.len()).map(|place| cell_mean(&wave, index, place)).collect();
    (0..wave.blocks().len()).map(block).collect()
}

fn cell_mean(wave: &Wave<'_>, index: usize, place: usize) -> Result<Option<CellMean>, ReadingProblem> {
    let block = wave.block(index);
    let cell = block.published.cells.get(place).copied().flatten();
    let (Some(cell), Some(range), Some((item, rule))) = (cell, block.ranges.get(place).copied().flatten(), wave.item(place)) else {
        return Ok(None);
    };
    let sums = wave.coarsening(place).and_then(|coarsening| coarsening.cells(cell.n).ok()?.range(cell.cell));
    let Some(sums) = sums else { return Ok(None) };
    let points = match (range.band, wave.fit(place)) {
        (Some(_), Some(fit)) => truncated_moments(fit, range.low, range.high).map_err(|problem| wave.undefined(problem))?.mean,
        _ => f64::midpoint(range.low, range.high),
    };
    let share = if item.reversed { 100.0 - points } else { points } / 100.0;
    let representative = 1.0 + share * f64::from(rule.points.saturating_sub(1));
    Ok(Some(CellMean { n: cell.n, points: rule.points, sums, representative }))
}
