//! Charts with one line per group, under the names of units.

use super::canvas::{Anchor, Canvas, Ink};
use crate::ReportProblem;

/// The height of a unit's name.
const HEADING: f64 = 26.0;
const SMALL: f64 = 12.0;

/// Where the lines of a chart stand.
pub(super) struct Rows {
    places: Vec<Row>,
    end: f64,
}

/// One line.
pub(super) struct Row {
    /// The middle height of the unit's name above it, where there is one.
    pub(super) heading: Option<f64>,
    pub(super) top: f64,
}

impl Rows {
    /// One line per entry, below a unit's name where it is true.
    pub(super) fn new(with_heading: &[bool], top: f64, line: f64) -> Self {
        let mut at = top;
        let places = with_heading
            .iter()
            .map(|&named| {
                let heading = named.then_some(at + HEADING / 2.0 + 2.0);
                at += if named { HEADING } else { 0.0 };
                let row = Row { heading, top: at };
                at += line;
                row
            })
            .collect();
        Self { places, end: at }
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Row> {
        self.places.iter()
    }

    /// Where the last line ends.
    pub(super) const fn end(&self) -> f64 {
        self.end
    }

    /// The height of the chart with so much below the last line.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chart has fewer than 2^31 pixels, and none below zero")]
    pub(super) fn height(&self, below: f64) -> u32 {
        (self.end + below).ceil().max(1.0) as u32
    }
}

/// The name of a unit, on a line of its own.
pub(super) fn heading(canvas: &Canvas<'_>, unit: &str, at: f64, width: f64) -> Result<(), ReportProblem> {
    let name = canvas.lines(unit, width - 2.0, SMALL, 1)?;
    canvas.line((1.0, at + 9.0), (width - 1.0, at + 9.0), Ink::Grid, 1)?;
    canvas.stack(&name, (1.0, at), Anchor::Left, SMALL, Ink::Quiet)
}
