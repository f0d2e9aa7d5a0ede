//! One dimension through time.

use release::reading::{Interval, Recent, Sight, Trend, TrendPoint, TrendSight};

use super::Label;
use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 190;
const LEFT: f64 = 32.0;
const RIGHT: f64 = 316.0;
/// Where 100 and 0 stand.
const TOP: f64 = 12.0;
const BOTTOM: f64 = 162.0;
const SMALL: f64 = 12.0;
/// A round takes no more room than this, so that two rounds are not drawn miles apart.
const WIDEST: f64 = 84.0;

/// A trend as a chart: every round in its place, gaps where nothing can be compared.
pub(crate) fn trend_chart(words: &Words, label: Label<'_>, dimension: &str, trend: &Trend) -> Result<String, ReportProblem> {
    let title = words.trend_title(dimension)?;
    let colon = words.say(Fixed::Colon);
    let points = trend.points.iter().map(|point| Ok(format!("{}{colon} {}", point.wave, words.trend_point(&point.point)?)));
    let points: Vec<String> = points.collect::<Result<_, ReportProblem>>()?;
    let mut text = format!("{}.", points.join(&format!("{} ", words.say(Fixed::Semicolon))));
    if let Recent::Mean { rounds, .. } = &trend.recent {
        text = format!("{text} {}{colon} {}.", words.recent_rounds(rounds)?, words.recent_short(&trend.recent)?);
    }
    let text = format!("{text} {}", label.source);
    draw(WIDTH, HEIGHT, &Description { id: label.id, title: &title, text: &text }, |canvas| {
        for points in [0_u8, 25, 50, 75, 100] {
            let at = y(f64::from(points));
            canvas.line((LEFT, at), (RIGHT, at), Ink::Grid, 1)?;
            canvas.text(&points.to_string(), (LEFT - 6.0, at), Anchor::Right, SMALL, Ink::Quiet)?;
        }
        let places = places(trend.points.len());
        together(canvas, trend, &places)?;
        for (from, to) in trend.points.iter().zip(&places).zip(trend.points.iter().zip(&places).skip(1)) {
            if let (Some(before), Some(after)) = (middle(from.0), middle(to.0)) {
                canvas.line((*from.1, y(before)), (*to.1, y(after)), Ink::Range, 1)?;
            }
        }
        for (point, &x) in trend.points.iter().zip(&places) {
            mark(canvas, point, x)?;
        }
        labels(canvas, &trend.points, &places)
    })
}

/// The last rounds together, as two dashed lines from the first of them to the last.
fn together(canvas: &Canvas<'_>, trend: &Trend, places: &[f64]) -> Result<(), ReportProblem> {
    let Recent::Mean { rounds, interval } = &trend.recent else { return Ok(()) };
    let mut among = trend.points.iter().zip(places).filter(|(point, _)| rounds.contains(&point.wave)).map(|(_, x)| *x);
    let Some(first) = among.next() else { return Ok(()) };
    let last = among.next_back().unwrap_or(first);
    for points in [interval.low, interval.high] {
        let at = y(f64::from(points));
        canvas.dashes((first - 9.0, at), (last + 9.0, at), Ink::Main, 1)?;
    }
    Ok(())
}

fn y(points: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * points / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^52 rounds")]
fn places(count: usize) -> Vec<f64> {
    let slot = ((RIGHT - LEFT) / count.max(1) as f64).min(WIDEST);
    (0..count).map(|place| LEFT + slot * (place as f64 + 0.5)).collect()
}

const fn middle(point: &TrendPoint) -> Option<f64> {
    match &point.point {
        TrendSight::Score { sight: Sight::Between(interval), .. } => Some(interval.mid),
        _ => None,
    }
}

fn mark(canvas: &Canvas<'_>, point: &TrendPoint, x: f64) -> Result<(), ReportProblem> {
    match &point.point {
        TrendSight::Aborted => {
            canvas.dashes((x, TOP), (x, BOTTOM), Ink::Quiet, 1)?;
            canvas.rectangle((x - 8.0, y(50.0) - 8.0), (x + 8.0, y(50.0) + 8.0), Ink::Paper)?;
            canvas.line((x - 4.0, y(50.0) - 4.0), (x + 4.0, y(50.0) + 4.0), Ink::Quiet, 2)?;
            canvas.line((x - 4.0, y(50.0) + 4.0), (x + 4.0, y(50.0) - 4.0), Ink::Quiet, 2)
        }
        TrendSight::NotComparable => gap(canvas, x),
        TrendSight::Score { sight: Sight::Hidden(_), .. } => {
            canvas.hatch((x - 7.0, TOP), (x + 7.0, BOTTOM), Ink::Grid)?;
            gap(canvas, x)
        }
        TrendSight::Score { sight: Sight::Between(Interval { low, high, mid }), together } => {
            let (low, high) = (y(f64::from(*low)), y(f64::from(*high)));
            canvas.rectangle((x - 2.0, high), (x + 2.0, low), Ink::Range)?;
            canvas.rectangle((x - 6.0, high), (x + 6.0, high + 2.0), Ink::Score)?;
            canvas.rectangle((x - 6.0, low - 2.0), (x + 6.0, low), Ink::Score)?;
            canvas.dot((x, y(*mid)), 5, Ink::Score, !together.is_empty())
        }
        TrendSight::Score { sight: Sight::AtLeast(points), together } => {
            arrow(canvas, x, y(f64::from(*points)), y(100.0), !together.is_empty())
        }
        TrendSight::Score { sight: Sight::AtMost(points), together } => {
            arrow(canvas, x, y(f64::from(*points)), y(0.0), !together.is_empty())
        }
    }
}

fn gap(canvas: &Canvas<'_>, x: f64) -> Result<(), ReportProblem> {
    canvas.rectangle((x - 7.0, y(50.0) - 8.0), (x + 7.0, y(50.0) + 8.0), Ink::Paper)?;
    canvas.text("?", (x, y(50.0)), Anchor::Middle, 13.0, Ink::Quiet)
}

/// From the known bound to the end of the scale.
fn arrow(canvas: &Canvas<'_>, x: f64, from: f64, to: f64, open: bool) -> Result<(), ReportProblem> {
    let head: f64 = if to > from { -8.0 } else { 8.0 };
    canvas.rectangle((x - 2.0, from.min(to) + head.max(0.0)), (x + 2.0, from.max(to) + head.min(0.0)), Ink::Range)?;
    canvas.polygon(&[(x, to), (x - 6.0, to + head), (x + 6.0, to + head)], Ink::Score)?;
    if open {
        canvas.polygon(&[(x, to + head * 0.35), (x - 3.0, to + head * 0.85), (x + 3.0, to + head * 0.85)], Ink::Paper)?;
    }
    canvas.rectangle((x - 7.0, from - 1.0), (x + 7.0, from + 1.0), Ink::Score)
}

/// The rounds' names, as many as there is room for, always with the latest; one that is wider than the chart is cut.
fn labels(canvas: &Canvas<'_>, points: &[TrendPoint], places: &[f64]) -> Result<(), ReportProblem> {
    let mut free_from = f64::INFINITY;
    for (point, &x) in points.iter().zip(places).rev() {
        let name = canvas.lines(point.wave.as_str(), f64::from(WIDTH) - 4.0, SMALL, 1)?.concat();
        let half = canvas.text_width(&name, SMALL)? / 2.0;
        let at = x.clamp(half + 1.0, f64::from(WIDTH) - half - 1.0);
        if at + half + 8.0 <= free_from {
            canvas.text(&name, (at, BOTTOM + 16.0), Anchor::Middle, SMALL, Ink::Quiet)?;
            free_from = at - half;
        }
    }
    Ok(())
}
