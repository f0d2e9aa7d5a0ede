//! One group through time in every dimension: small charts with the same axes, side by side.

use release::reading::{Interval, Sight, Trend, TrendPoint, TrendSight};

use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const WIDTH: f64 = 320.0;
const HEIGHT: u32 = 128;
/// Where the first panel begins; the numbers of the axis stand before it.
const LEFT: f64 = 30.0;
const GAP: f64 = 10.0;
/// Where 100 and 0 stand.
const TOP: f64 = 36.0;
const BOTTOM: f64 = 108.0;
const SMALL: f64 = 12.0;
/// A round takes no more room than this.
const WIDEST: f64 = 24.0;
/// So many dimensions have room beside each other.
const MOST: usize = 4;

/// The trends of one group; at most four dimensions stand in a row.
pub(crate) fn small_multiples(words: &Words, id: &str, group: &str, trends: &[(String, &Trend)]) -> Result<Vec<String>, ReportProblem> {
    let title = words.multiples_title(group)?;
    let text = words.say(Fixed::ChartBesideTable);
    let rows = trends.chunks(MOST).enumerate().map(|(number, row)| {
        draw(320, HEIGHT, &Description { id: &format!("{id}-{number}"), title: &title, text }, |canvas| {
            for points in [0_u8, 50, 100] {
                canvas.text(&points.to_string(), (LEFT - 4.0, y(f64::from(points))), Anchor::Right, SMALL, Ink::Quiet)?;
            }
            let width = (WIDTH - LEFT - 2.0 + GAP) / count(row.len().max(1)) - GAP;
            for (place, (name, trend)) in row.iter().enumerate() {
                panel(canvas, name, trend, LEFT + (width + GAP) * count(place), width)?;
            }
            Ok(())
        })
    });
    rows.collect()
}

fn panel(canvas: &Canvas<'_>, name: &str, trend: &Trend, left: f64, width: f64) -> Result<(), ReportProblem> {
    let lines = canvas.lines(name, width, SMALL, 2)?;
    canvas.stack(&lines, (left, 14.0), Anchor::Left, SMALL, Ink::Quiet)?;
    for points in [0.0, 50.0, 100.0] {
        canvas.line((left, y(points)), (left + width, y(points)), Ink::Grid, 1)?;
    }
    let slot = (width / count(trend.points.len().max(1))).min(WIDEST);
    let place = |number: usize| left + slot * (count(number) + 0.5);
    let mut before: Option<(f64, f64)> = None;
    for (number, point) in trend.points.iter().enumerate() {
        let middle = middle(point).map(|mid| (place(number), y(mid)));
        if let (Some(from), Some(to)) = (before, middle) {
            canvas.line(from, to, Ink::Range, 1)?;
        }
        before = middle;
    }
    // With many rounds the marks get thinner, so that they never touch.
    let half = (slot / 2.0 - 1.0).clamp(1.0, 3.0);
    for (number, point) in trend.points.iter().enumerate() {
        mark(canvas, point, place(number), half)?;
    }
    let (Some(first), Some(last)) = (trend.points.first(), trend.points.last()) else { return Ok(()) };
    ends(canvas, first.wave.as_str(), last.wave.as_str(), left, width)
}

/// The first and the last round below a panel, or the last alone where there is no room for both.
fn ends(canvas: &Canvas<'_>, first: &str, last: &str, left: f64, width: f64) -> Result<(), ReportProblem> {
    let both = canvas.text_width(first, SMALL)? + canvas.text_width(last, SMALL)? + 6.0;
    if first != last && both <= width {
        canvas.text(first, (left, BOTTOM + 12.0), Anchor::Left, SMALL, Ink::Quiet)?;
        return canvas.text(last, (left + width, BOTTOM + 12.0), Anchor::Right, SMALL, Ink::Quiet);
    }
    let shown = canvas.lines(last, width, SMALL, 1)?;
    canvas.stack(&shown, (left, BOTTOM + 12.0), Anchor::Left, SMALL, Ink::Quiet)
}

const fn middle(point: &TrendPoint) -> Option<f64> {
    match &point.point {
        TrendSight::Score { sight: Sight::Between(interval), .. } => Some(interval.mid),
        _ => None,
    }
}

fn mark(canvas: &Canvas<'_>, point: &TrendPoint, x: f64, half: f64) -> Result<(), ReportProblem> {
    match &point.point {
        TrendSight::Aborted => {
            canvas.line((x - half, y(50.0) - half), (x + half, y(50.0) + half), Ink::Quiet, 1)?;
            canvas.line((x - half, y(50.0) + half), (x + half, y(50.0) - half), Ink::Quiet, 1)
        }
        TrendSight::NotComparable => canvas.text("?", (x, y(50.0)), Anchor::Middle, SMALL, Ink::Quiet),
        TrendSight::Score { sight: Sight::Hidden(_), .. } => canvas.hatch((x - half, TOP), (x + half, BOTTOM), Ink::Quiet),
        TrendSight::Score { sight: Sight::Between(Interval { low, high, mid }), together } => {
            canvas.rectangle((x - 1.0, y(f64::from(*high))), (x + 1.0, y(f64::from(*low))), Ink::Range)?;
            canvas.dot((x, y(*mid)), if half >= 3.0 { 4 } else { 3 }, Ink::Score, !together.is_empty())
        }
        TrendSight::Score { sight: Sight::AtLeast(points), .. } => arrow(canvas, x, y(f64::from(*points)), y(100.0), half),
        TrendSight::Score { sight: Sight::AtMost(points), .. } => arrow(canvas, x, y(f64::from(*points)), y(0.0), half),
    }
}

/// From the known bound to the end of the scale.
fn arrow(canvas: &Canvas<'_>, x: f64, from: f64, to: f64, half: f64) -> Result<(), ReportProblem> {
    let head: f64 = if to > from { -6.0 } else { 6.0 };
    canvas.rectangle((x - 1.0, from.min(to) + head.max(0.0)), (x + 1.0, from.max(to) + head.min(0.0)), Ink::Range)?;
    canvas.polygon(&[(x, to), (x - half, to + head), (x + half, to + head)], Ink::Score)
}

fn y(points: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * points / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 rounds")]
const fn count(items: usize) -> f64 {
    items as f64
}
