//! Charts with one line per group, under the names of units.

use super::canvas::{Anchor, Canvas, Ink, measure, stack_height};
use crate::ReportProblem;

/// Above and below the name of a unit together.
const AROUND: f64 = 12.0;
const SMALL: f64 = 12.0;
/// So many lines of a name stand above its marks, and of a unit's above its groups.
const MOST: usize = 3;

/// A line of such a chart, before it has its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    /// The name of the unit, where this line is its first.
    pub(super) unit: Option<&'a str>,
    pub(super) name: &'a str,
    /// Several groups are counted together.
    pub(super) combined: bool,
}

/// Where the lines of a chart stand.
pub(super) struct Rows {
    places: Vec<Row>,
    width: f64,
    end: f64,
}

/// One line.
pub(super) struct Row {
    /// The lines of the unit's name above it and their middle height, where there is one.
    unit: Option<(Vec<String>, f64)>,
    /// The lines of its own name, and their middle height.
    name: (Vec<String>, f64),
    combined: bool,
    /// Where its marks begin.
    pub(super) top: f64,
}

impl Rows {
    /// One line of marks of the height `line` per entry. Names stand beside them within `names`; one that would be cut there stands above its marks in the whole
    /// `width`.
    pub(super) fn new(lines: &[Named<'_>], top: f64, line: f64, names: f64, width: f64) -> Result<Self, ReportProblem> {
        measure(|canvas| {
            let mut at = top;
            let row = |of: &Named<'_>| -> Result<Row, ReportProblem> {
                let unit = match of.unit {
                    Some(unit) => {
                        let lines = canvas.broken_lines(unit, width - 2.0, SMALL, MOST)?;
                        let height = stack_height(lines.len(), SMALL) + AROUND;
                        at += height;
                        Some((lines, at - height / 2.0 + 1.0))
                    }
                    None => None,
                };
                let left = left(of.combined);
                let name = if canvas.fits(of.name, names - left - 4.0, SMALL, 2)? {
                    (canvas.lines(of.name, names - left - 4.0, SMALL, 2)?, at + line / 2.0)
                } else {
                    let lines = canvas.broken_lines(of.name, width - left - 2.0, SMALL, MOST)?;
                    let height = stack_height(lines.len(), SMALL) + 4.0;
                    at += height;
                    (lines, at - height / 2.0 + 1.0)
                };
                let top = at;
                at += line;
                Ok(Row { unit, name, combined: of.combined, top })
            };
            let places = lines.iter().map(row).collect::<Result<_, _>>()?;
            Ok(Self { places, width, end: at })
        })
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

    /// The names of units and groups.
    pub(super) fn names(&self, canvas: &Canvas<'_>) -> Result<(), ReportProblem> {
        for row in &self.places {
            if let Some((lines, middle)) = &row.unit {
                let below = middle + stack_height(lines.len(), SMALL) / 2.0 + 2.0;
                canvas.line((1.0, below), (self.width - 1.0, below), Ink::Grid, 1)?;
                canvas.stack(lines, (1.0, *middle), Anchor::Left, SMALL, Ink::Quiet)?;
            }
            let (lines, middle) = &row.name;
            if row.combined {
                together(canvas, (1.0, *middle))?;
            }
            canvas.stack(lines, (left(row.combined), *middle), Anchor::Left, SMALL, Ink::Main)?;
        }
        Ok(())
    }
}

/// Where names begin.
const fn left(combined: bool) -> f64 {
    if combined { 15.0 } else { 1.0 }
}

/// Two squares, one behind the other: counted together.
fn together(canvas: &Canvas<'_>, (left, middle): (f64, f64)) -> Result<(), ReportProblem> {
    canvas.frame((left, middle - 5.0), (left + 6.0, middle + 1.0), Ink::Quiet, 1)?;
    canvas.frame((left + 3.0, middle - 2.0), (left + 9.0, middle + 4.0), Ink::Quiet, 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_long_name_stands_whole_above_its_marks_and_a_short_one_beside_them() {
        let long = "Service and operations planning of the north-eastern and the central branches 007";
        let word = "Donaudampfschifffahrtselektrizit\u{e4}tenhauptbetriebswerkbau";
        let named = |name| Named { unit: Some("Sales"), name, combined: true };
        let rows = Rows::new(&[named("Team 1"), named(long), named(word)], 10.0, 32.0, 118.0, 320.0).unwrap();
        let whole = |text: &str| text.replace(['-', ' '], "");
        let names: Vec<(String, bool)> = rows.places().map(|row| (whole(&row.name.0.concat()), row.name.1 > row.top)).collect();
        assert_eq!(names, [(whole("Team 1"), true), (whole(long), false), (whole(word), false)]);
        let tops: Vec<f64> = rows.places().map(|row| row.top).collect();
        assert!(tops.windows(2).all(|pair| matches!(pair, [a, b] if b - a >= 32.0)) && rows.end() - 32.0 >= *tops.last().unwrap());
    }
}
