//! What one published cell says about the mean of a block.

use disclosure::Coarsening;
use statistics::pomp;

/// Which end of the scale a band reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The favourable end: this or more.
    Top,
    /// The unfavourable end: this or less.
    Bottom,
}

/// What one cell says about the mean of a block: points of 100, reversed items turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CellRange {
    /// How many people answered the item.
    pub(super) n: u32,
    /// The lowest mean in the cell.
    pub(super) low: f64,
    /// The highest mean in the cell.
    pub(super) high: f64,
    /// The width that uncertainty is computed from: as many sum points as the cell holds sums.
    pub(super) width: f64,
    /// Whether the cell is an end band.
    pub(super) band: Option<End>,
}

/// What a cell says in points of 100; `None` for a cell that cannot exist.
pub(super) fn range_of(coarsening: &Coarsening, n: u32, cell: u32, reversed: bool) -> Option<CellRange> {
    let cells = coarsening.cells(n).ok()?;
    let sums = cells.range(cell)?;
    let points = |sum: u64| pomp(sum, n, coarsening.points()).ok();
    let (low, high) = (points(*sums.start())?, points(*sums.end())?);
    let width = points(sums.end() - sums.start() + 1)?;
    let band = match (cells.is_low_band(cell), cells.is_high_band(cell)) {
        (true, _) => Some(End::Bottom),
        (_, true) => Some(End::Top),
        _ => None,
    };
    Some(if reversed {
        let turned = band.map(|end| match end {
            End::Top => End::Bottom,
            End::Bottom => End::Top,
        });
        CellRange { n, low: 100.0 - high, high: 100.0 - low, width, band: turned }
    } else {
        CellRange { n, low, high, width, band }
    })
}
