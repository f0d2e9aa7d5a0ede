//! Groups and dimensions on one map: colour for the level, brackets for what is known badly, hatching for what cannot be seen.

use release::reading::{Interval, MapCell};

use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use super::rows::{Rows, heading};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const WIDTH: f64 = 320.0;
/// Where names end and cells begin.
const NAMES: f64 = 118.0;
const RIGHT: f64 = 319.0;
const SMALL: f64 = 12.0;
/// The height of one line of the map.
const LINE: f64 = 32.0;
/// Between cells.
const GAP: f64 = 2.0;
/// The middle of the scale, where a cell has no colour, and the distance from it at which it has its full one.
const MIDDLE: f64 = 50.0;
const FULL: f64 = 35.0;
/// The strongest colour that dark text can still be read on.
const STRONGEST: f64 = 0.62;

/// One line of the map.
pub(crate) struct MapLine<'a> {
    /// A unit's name, where its first group stands.
    pub(crate) unit: Option<String>,
    pub(crate) name: String,
    /// Several groups are counted together.
    pub(crate) combined: bool,
    pub(crate) cells: &'a [MapCell],
}

/// Groups by dimensions; a table with the same numbers stands beside it.
pub(crate) fn heat_map(words: &Words, id: &str, dimensions: &[String], lines: &[MapLine<'_>]) -> Result<String, ReportProblem> {
    let title = words.say(Fixed::MapTitle);
    let text = words.say(Fixed::ChartBesideTable);
    let column = (RIGHT - NAMES) / count(dimensions.len().max(1));
    let units: Vec<bool> = lines.iter().map(|line| line.unit.is_some()).collect();
    // Four lines of a heading at most, and the scale below.
    let rows = Rows::new(&units, 58.0, LINE);
    draw(320, rows.height(34.0), &Description { id, title, text }, |canvas| {
        for (place, dimension) in dimensions.iter().enumerate() {
            let middle = NAMES + column * (count(place) + 0.5);
            let name = canvas.lines(dimension, column - 4.0, SMALL, 4)?;
            canvas.stack(&name, (middle, 29.0), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        for (line, row) in lines.iter().zip(rows.places()) {
            if let (Some(unit), Some(at)) = (&line.unit, row.heading) {
                heading(canvas, unit, at, WIDTH)?;
            }
            let middle = row.top + LINE / 2.0;
            let mut left = 1.0;
            if line.combined {
                together(canvas, (left, middle))?;
                left += 14.0;
            }
            let name = canvas.lines(&line.name, NAMES - left - 4.0, SMALL, 2)?;
            canvas.stack(&name, (left, middle), Anchor::Left, SMALL, Ink::Main)?;
            for (place, shown) in line.cells.iter().enumerate() {
                let from = (NAMES + column * count(place) + GAP / 2.0, row.top + GAP / 2.0);
                cell(canvas, words, shown, from, (from.0 + column - GAP, from.1 + LINE - GAP))?;
            }
        }
        scale(canvas, rows.end() + 12.0)
    })
}

/// Two squares, one behind the other: counted together.
pub(super) fn together(canvas: &Canvas<'_>, (left, middle): (f64, f64)) -> Result<(), ReportProblem> {
    canvas.frame((left, middle - 5.0), (left + 6.0, middle + 1.0), Ink::Quiet, 1)?;
    canvas.frame((left + 3.0, middle - 2.0), (left + 9.0, middle + 4.0), Ink::Quiet, 1)
}

fn cell(canvas: &Canvas<'_>, words: &Words, shown: &MapCell, from: (f64, f64), to: (f64, f64)) -> Result<(), ReportProblem> {
    let text = |text: &str, ink: Ink| -> Result<(), ReportProblem> {
        // What does not fit is left to the table.
        if canvas.text_width(text, SMALL)? > to.0 - from.0 {
            return Ok(());
        }
        let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        canvas.text(text, middle, Anchor::Middle, SMALL, ink)
    };
    let range = |interval: &Interval| format!("{}\u{2013}{}", interval.low, interval.high);
    match shown {
        MapCell::Estimate { interval, faint: true, .. } => {
            level(canvas, interval.mid, 0.35, from, to)?;
            text(&format!("({})", range(interval)), Ink::Quiet)
        }
        MapCell::Estimate { interval, .. } | MapCell::Score(interval) => {
            level(canvas, interval.mid, 1.0, from, to)?;
            text(&range(interval), Ink::Main)
        }
        MapCell::LikeAll => {
            canvas.frame(from, to, Ink::Grid, 1)?;
            text(words.say(Fixed::MapLikeAll), Ink::Quiet)
        }
        MapCell::AtLeast(points) => {
            level(canvas, 100.0, 1.0, from, to)?;
            arrow(canvas, *points, from, to, -1.0)
        }
        MapCell::AtMost(points) => {
            level(canvas, 0.0, 1.0, from, to)?;
            arrow(canvas, *points, from, to, 1.0)
        }
        MapCell::Hidden(_) => canvas.hatch(from, to, Ink::Quiet),
    }
}

/// A number with an arrow beside it: this or more (upwards), this or less (downwards).
fn arrow(canvas: &Canvas<'_>, points: u8, from: (f64, f64), to: (f64, f64), direction: f64) -> Result<(), ReportProblem> {
    let (x, y) = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
    canvas.text(&points.to_string(), (x - 8.0, y), Anchor::Middle, SMALL, Ink::Main)?;
    let tip = (x + 9.0, y + 6.0 * direction);
    canvas.polygon(&[tip, (x + 4.0, y - 4.0 * direction), (x + 14.0, y - 4.0 * direction)], Ink::Main)
}

/// The colour of a level: none in the middle, blue above and orange below.
fn level(canvas: &Canvas<'_>, mid: f64, strength: f64, from: (f64, f64), to: (f64, f64)) -> Result<(), ReportProblem> {
    let ink = if mid >= MIDDLE { Ink::High } else { Ink::Low };
    let depth = ((mid - MIDDLE).abs() / FULL).min(1.0) * STRONGEST * strength;
    if depth > 0.0 {
        canvas.tint(from, to, ink, depth)?;
    }
    canvas.frame(from, to, Ink::Grid, 1)
}

/// What the colours mean, from 0 to 100.
fn scale(canvas: &Canvas<'_>, top: f64) -> Result<(), ReportProblem> {
    const STEP: f64 = 10.0;
    let width = (RIGHT - NAMES) / 10.0;
    let mut points = 0.0;
    while points < 100.0 {
        let left = NAMES + width * points / STEP;
        level(canvas, points + STEP / 2.0, 1.0, (left, top), (left + width, top + 8.0))?;
        points += STEP;
    }
    for points in [0_u8, 50, 100] {
        let at = (NAMES + (RIGHT - NAMES) * f64::from(points) / 100.0).min(RIGHT - 11.0);
        canvas.text(&points.to_string(), (at, top + 17.0), Anchor::Middle, SMALL, Ink::Quiet)?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 dimensions")]
const fn count(items: usize) -> f64 {
    items as f64
}
