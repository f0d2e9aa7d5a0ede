//! Coarsening: which range of sums one published cell stands for.
//!
//! A cell is the only thing that is ever said about the answers of a block to an item. With L points per answer, R = L - 1,
//! n answers and E = sum(answers) - n in 0..=nR, a block publishes n and the number of the cell that E lies in:
//!
//! ```text
//! s  = c*R + (w - 1)
//! lo = smallest multiple of g with lo >= s + 1           low band   [0, lo)       cell 0
//! hi = largest multiple of g with n*R - hi >= s          high band  [hi, n*R]     last cell
//!                                                        between    g sums each   cells 1, 2, ...
//! ```
//!
//! Whatever people answered, with c colluding members every other member's answer keeps at least w possible values, and a
//! person who joins or leaves between two waves keeps at least min(g, w) of them. `tests/theorems.rs` enumerates both claims.

use std::ops::RangeInclusive;

use crate::base::{Base, ItemRule};

/// How the sums of one item are coarsened, for any number of answers: checked parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Coarsening {
    points: u8,
    grid: u32,
    coalition: u32,
    min_range: u32,
}

/// Why the parameters of a coarsening protect nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCoarsening {
    /// A scale needs at least two points.
    #[error("an answer scale needs at least 2 points, this one has {points}")]
    TooFewPoints {
        /// Points as given.
        points: u8,
    },
    /// The grid is smaller than 2.
    #[error("the grid must be at least 2 sum points, it is {grid}: with a smaller one exact sums would be published")]
    GridTooFine {
        /// Grid as given.
        grid: u32,
    },
    /// The grid does not divide the number of points minus one.
    #[error("the grid {grid} must divide {steps} (the {points} points of the scale minus one), so that both ends of the scale are safe")]
    GridDoesNotDivide {
        /// Grid as given.
        grid: u32,
        /// Points of the scale.
        points: u8,
        /// Points minus one.
        steps: u32,
    },
    /// The promised range is not one that the scale can keep.
    #[error("the values that stay possible must lie between 2 and {points} (the points of the scale), not {min_range}")]
    RangeOutOfScale {
        /// Values that should stay possible, as given.
        min_range: u32,
        /// Points of the scale.
        points: u8,
    },
}

/// Why nothing can be published for this many answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{n} answers are too few for a cell: the low band would reach {lo} and the high band would have to begin by {highest_start}")]
pub struct Infeasible {
    /// Number of answers.
    pub n: u32,
    /// First sum above the low band.
    pub lo: u64,
    /// Largest sum at which the high band could begin; below `lo`.
    pub highest_start: i64,
}

impl Coarsening {
    /// Checks the parameters: `points` (L), `grid` (g >= 2, a divisor of L - 1), `coalition` (c) and `min_range` (w in 2..=L).
    ///
    /// # Errors
    /// [`InvalidCoarsening`] names the parameter that is out of range.
    pub const fn new(points: u8, grid: u32, coalition: u32, min_range: u32) -> Result<Self, InvalidCoarsening> {
        if points < 2 {
            return Err(InvalidCoarsening::TooFewPoints { points });
        }
        if grid < 2 {
            return Err(InvalidCoarsening::GridTooFine { grid });
        }
        let steps = points as u32 - 1;
        if !steps.is_multiple_of(grid) {
            return Err(InvalidCoarsening::GridDoesNotDivide { grid, points, steps });
        }
        if min_range < 2 || min_range > points as u32 {
            return Err(InvalidCoarsening::RangeOutOfScale { min_range, points });
        }
        Ok(Self { points, grid, coalition, min_range })
    }

    /// The coarsening of an item of a published base table.
    ///
    /// # Errors
    /// [`InvalidCoarsening`] when the table's parameters are out of range.
    pub const fn of_item(base: &Base, item: &ItemRule) -> Result<Self, InvalidCoarsening> {
        Self::new(item.points, item.grid, base.coalition, base.min_range)
    }

    /// Number of points L of the scale.
    #[must_use]
    pub const fn points(&self) -> u8 {
        self.points
    }

    /// Grid g in sum points.
    #[must_use]
    pub const fn grid(&self) -> u32 {
        self.grid
    }

    /// From how many answers on a block has cells.
    #[must_use]
    pub fn fewest(&self) -> u32 {
        let steps = u64::from(self.points) - 1;
        u32::try_from((self.lo() + self.margin()).div_ceil(steps)).unwrap_or(u32::MAX)
    }

    /// s of the formula: what c members and w - 1 values can move a sum by.
    fn margin(&self) -> u64 {
        u64::from(self.coalition) * (u64::from(self.points) - 1) + u64::from(self.min_range) - 1
    }

    /// First sum above the low band.
    fn lo(&self) -> u64 {
        (self.margin() + 1).next_multiple_of(u64::from(self.grid))
    }

    /// The cells of a block in which `n` people answered.
    ///
    /// # Errors
    /// [`Infeasible`] when the two bands would overlap: then nothing may be published.
    pub fn cells(&self, n: u32) -> Result<Cells, Infeasible> {
        let steps = u64::from(self.points) - 1;
        let grid = u64::from(self.grid);
        let (margin, lo) = (self.margin(), self.lo());
        let largest = u64::from(n) * steps;
        let infeasible = Infeasible { n, lo, highest_start: largest.cast_signed() - margin.cast_signed() };
        let hi = largest.checked_sub(margin).ok_or(infeasible)? / grid * grid;
        if lo > hi {
            return Err(infeasible);
        }
        Ok(Cells { n, largest, grid, lo, hi })
    }
}

/// The cells of one item for one number of answers. Sums are E = sum(answers) - n, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cells {
    n: u32,
    largest: u64,
    grid: u64,
    lo: u64,
    hi: u64,
}

impl Cells {
    /// Number of answers n.
    #[must_use]
    pub const fn answers(&self) -> u32 {
        self.n
    }

    /// The largest possible sum n(L - 1).
    #[must_use]
    pub const fn largest_sum(&self) -> u64 {
        self.largest
    }

    /// First sum above the low band.
    #[must_use]
    pub const fn lo(&self) -> u64 {
        self.lo
    }

    /// First sum of the high band.
    #[must_use]
    pub const fn hi(&self) -> u64 {
        self.hi
    }

    /// Number of cells, at least 2.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from((self.hi - self.lo) / self.grid + 2).unwrap_or(u32::MAX)
    }

    /// The cell in which a sum lies; `None` for a sum beyond [`Self::largest_sum`].
    #[must_use]
    pub fn of_sum(&self, sum: u64) -> Option<u32> {
        if sum > self.largest {
            None
        } else if sum < self.lo {
            Some(0)
        } else if sum >= self.hi {
            Some(self.count() - 1)
        } else {
            u32::try_from((sum - self.lo) / self.grid + 1).ok()
        }
    }

    /// The sums that a cell stands for; `None` for a cell that does not exist.
    #[must_use]
    pub fn range(&self, cell: u32) -> Option<RangeInclusive<u64>> {
        if cell >= self.count() {
            None
        } else if self.is_low_band(cell) {
            Some(0..=self.lo - 1)
        } else if self.is_high_band(cell) {
            Some(self.hi..=self.largest)
        } else {
            let first = self.lo + (u64::from(cell) - 1) * self.grid;
            Some(first..=first + self.grid - 1)
        }
    }

    /// Whether the cell is the low band ("this or less").
    #[must_use]
    pub const fn is_low_band(&self, cell: u32) -> bool {
        cell == 0
    }

    /// Whether the cell is the high band ("this or more").
    #[must_use]
    pub fn is_high_band(&self, cell: u32) -> bool {
        cell == self.count() - 1
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn five_answers_on_seven_points_show_six_rungs() {
        let cells = Coarsening::new(7, 3, 1, 3).unwrap().cells(5).unwrap();
        let ranges: Vec<_> = (0..cells.count()).map(|cell| cells.range(cell).unwrap()).collect();
        // As means of raw answers: <= 2.6 | 2.8-3.2 | 3.4-3.8 | 4.0-4.4 | 4.6-5.0 | >= 5.2
        assert_eq!(ranges, [0..=8, 9..=11, 12..=14, 15..=17, 18..=20, 21..=30]);
    }

    #[test]
    fn five_answers_on_five_points_show_three_interior_cells() {
        let cells = Coarsening::new(5, 2, 1, 3).unwrap().cells(5).unwrap();
        assert_eq!((cells.lo(), cells.hi(), cells.count()), (8, 14, 5));
    }

    #[test]
    fn two_colluding_colleagues_need_more_answers() {
        let seven = Coarsening::new(7, 3, 2, 3).unwrap();
        assert_eq!(seven.cells(5).unwrap().count(), 2, "only low and high");
        let five = Coarsening::new(5, 2, 2, 3).unwrap();
        assert_eq!(five.cells(5), Err(Infeasible { n: 5, lo: 12, highest_start: 10 }));
        assert!(five.cells(6).is_ok());
        assert!(seven.cells(0).is_err());
    }

    #[test]
    fn parameters_that_protect_nobody_are_refused() {
        assert_eq!(Coarsening::new(1, 2, 1, 3), Err(InvalidCoarsening::TooFewPoints { points: 1 }));
        assert_eq!(Coarsening::new(7, 1, 1, 3), Err(InvalidCoarsening::GridTooFine { grid: 1 }));
        assert_eq!(Coarsening::new(7, 4, 1, 3), Err(InvalidCoarsening::GridDoesNotDivide { grid: 4, points: 7, steps: 6 }));
        assert_eq!(Coarsening::new(7, 3, 1, 1), Err(InvalidCoarsening::RangeOutOfScale { min_range: 1, points: 7 }));
        assert_eq!(Coarsening::new(7, 3, 1, 8), Err(InvalidCoarsening::RangeOutOfScale { min_range: 8, points: 7 }));
    }

    proptest! {
        #[test]
        fn cells_cover_every_sum_exactly_once(points in 3u8..=11, grid in 2u32..=10, c in 0u32..=3, w in 2u32..=4, n in 1u32..=40) {
            let Ok(coarsening) = Coarsening::new(points, grid, c, w) else { return Ok(()) };
            let Ok(cells) = coarsening.cells(n) else { return Ok(()) };
            let mut next = 0;
            for cell in 0..cells.count() {
                let range = cells.range(cell).unwrap();
                prop_assert_eq!(*range.start(), next);
                for sum in range.clone() {
                    prop_assert_eq!(cells.of_sum(sum), Some(cell));
                }
                next = range.end() + 1;
            }
            prop_assert!(n >= coarsening.fewest());
            prop_assert_eq!(next, cells.largest_sum() + 1);
            prop_assert_eq!(cells.of_sum(next), None);
            prop_assert_eq!(cells.range(cells.count()), None);
        }

        #[test]
        fn cells_exist_from_the_fewest_answers_on(points in 3u8..=11, grid in 2u32..=10, c in 0u32..=3, w in 2u32..=4) {
            let Ok(coarsening) = Coarsening::new(points, grid, c, w) else { return Ok(()) };
            let fewest = coarsening.fewest();
            for n in 0..=fewest + 3 {
                prop_assert_eq!(coarsening.cells(n).is_ok(), n >= fewest, "{} answers", n);
            }
        }
    }
}
