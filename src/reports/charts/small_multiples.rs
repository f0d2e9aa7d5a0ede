//! One group through time in every dimension: small charts with the same axes, side by side.

use release::reading::{Interval, Sight, Trend, TrendPoint, TrendSight};

use super::canvas::{Anchor, Canvas, Description, Ink, draw, measure};
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

/// The trends of one group; at most four dimensions stand in a row, and fewer where their names need the room.
pub(crate) fn small_multiples(words: &Words, id: &str, group: &str, trends: &[(String, &Trend)]) -> Result<Vec<String>, ReportProblem> {
    let title = words.multiples_title(group)?;
    let text = words.say(Fixed::ChartBesideTable);
    let rows = trends.chunks(beside(trends)?).enumerate().map(|(number, row)| {
        draw(320, HEIGHT, &Description { id: &format!("{id}-{number}"), title: &title, text }, |canvas| {
            for points in [0_u8, 50, 100] {
                canvas.text(&points.to_string(), (LEFT - 4.0, y(f64::from(points))), Anchor::Right, SMALL, Ink::Quiet)?;
            }
            let width = width(row.len());
            for (place, (name, trend)) in row.iter().enumerate() {
                panel(canvas, name, trend, LEFT + (width + GAP) * count(place), width)?;
            }
            Ok(())
        })
    });
    rows.collect()
}

/// How wide one of so many panels in a row is.
fn width(panels: usize) -> f64 {
    (WIDTH - LEFT - 2.0 + GAP) / count(panels.max(1)) - GAP
}

/// How many dimensions stand in a row: as many as have room for their names, and in all rows nearly as many.
fn beside(trends: &[(String, &Trend)]) -> Result<usize, ReportProblem> {
    measure(|canvas| {
        for most in (2..=MOST).rev() {
            let share = trends.len().div_ceil(trends.len().div_ceil(most).max(1)).max(1);
            let fit = trends.iter().map(|(name, _)| canvas.fits(name, width(share), SMALL, 2)).collect::<Result<Vec<_>, _>>()?;
            if fit.into_iter().all(|fits| fits) {
                return Ok(share);
            }
        }
        Ok(1)
    })
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
    unknown(canvas, trend, place)?;
    let (Some(first), Some(last)) = (trend.points.first(), trend.points.last()) else { return Ok(()) };
    let latest = place(trend.points.len().saturating_sub(1));
    ends(canvas, (first.wave.as_str(), last.wave.as_str()), (left, width), (place(0), latest))
}

/// A question mark for every run of rounds that cannot be compared: one for each would not have room.
fn unknown(canvas: &Canvas<'_>, trend: &Trend, place: impl Fn(usize) -> f64) -> Result<(), ReportProblem> {
    let gap = |point: &TrendPoint| point.point == TrendSight::NotComparable;
    let mut begin = 0;
    for run in trend.points.chunk_by(|a, b| gap(a) == gap(b)) {
        let end = begin + run.len();
        if run.first().is_some_and(gap) {
            let middle = f64::midpoint(place(begin), place(end - 1));
            canvas.text("?", (middle, y(50.0)), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        begin = end;
    }
    Ok(())
}

/// The first and the last round below their marks, or the last alone where there is no room for both.
fn ends(
    canvas: &Canvas<'_>,
    (first, last): (&str, &str),
    (left, width): (f64, f64),
    (earliest, latest): (f64, f64),
) -> Result<(), ReportProblem> {
    let name = |name: &str, at: f64| -> Result<(String, f64, f64), ReportProblem> {
        let shown = canvas.lines(name, width, SMALL, 1)?.concat();
        let half = canvas.text_width(&shown, SMALL)? / 2.0;
        Ok((shown, at.min(left + width - half).max(left + half), half))
    };
    let (last, at, half) = name(last, latest)?;
    let (first, before, room) = name(first, earliest)?;
    if before + room + 6.0 <= at - half {
        canvas.text(&first, (before, BOTTOM + 12.0), Anchor::Middle, SMALL, Ink::Quiet)?;
    }
    canvas.text(&last, (at, BOTTOM + 12.0), Anchor::Middle, SMALL, Ink::Quiet)
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
        TrendSight::NotComparable => Ok(()),
        TrendSight::Score { sight: Sight::Hidden(_), .. } => canvas.hatch((x - half, TOP), (x + half, BOTTOM), Ink::Quiet),
        TrendSight::Score { sight: Sight::Between(Interval { low, high, mid }), together } => {
            canvas.rectangle((x - 1.0, y(f64::from(*high))), (x + 1.0, y(f64::from(*low))), Ink::Range)?;
            let radius = [(3.0, 4), (2.0, 3)].into_iter().find(|(least, _)| half >= *least).map_or(2, |(_, radius)| radius);
            canvas.dot((x, y(*mid)), radius, Ink::Score, !together.is_empty())
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use release::reading::Recent;

    use super::*;

    fn trend(points: &[TrendSight]) -> Trend {
        let points = points.iter().enumerate().map(|(number, point)| TrendPoint {
            wave: format!("20{:02}-q{}", 20 + number / 4, number % 4 + 1).parse().unwrap(),
            point: point.clone(),
        });
        Trend { dimension: "SAF".parse().unwrap(), points: points.collect(), recent: Recent::TooFewRounds }
    }

    #[test]
    fn rounds_that_cannot_be_compared_share_a_question_mark_with_their_neighbours_and_the_latest_round_is_named() {
        let score = TrendSight::Score { sight: Sight::Between(Interval { low: 40, high: 60, mid: 50.0 }), together: Vec::new() };
        let mut points = vec![TrendSight::NotComparable; 17];
        points.extend([score.clone(), TrendSight::NotComparable, score]);
        let drawn = |count: usize| {
            let trends: Vec<(String, Trend)> = (0..count).map(|number| (format!("Topic {number}"), trend(&points))).collect();
            let trends: Vec<(String, &Trend)> = trends.iter().map(|(name, trend)| (name.clone(), trend)).collect();
            small_multiples(Words::english().unwrap(), "m", "East", &trends).unwrap().concat()
        };
        for count in [1, 3, 5] {
            let svg = drawn(count);
            assert_eq!((svg.matches("\n?\n").count(), svg.matches("\n2024-q4\n").count()), (2 * count, count), "{svg}");
        }
        assert!(drawn(1).contains("\n2020-q1\n"));
    }
}
