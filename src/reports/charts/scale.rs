//! One score on the scale from 0 to 100.

use release::reading::{Interval, Score, Sight};

use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 76;
/// Where 0 and 100 stand.
const LEFT: f64 = 14.0;
const RIGHT: f64 = 302.0;
/// The height of the bar's middle, and of the scale's line.
const BAR: f64 = 38.0;
const AXIS: f64 = 54.0;
const SMALL: f64 = 12.0;
const LARGE: f64 = 14.0;
const TICKS: [u8; 5] = [0, 25, 50, 75, 100];

/// A score as a chart: a ladder for few respondents, otherwise a dot with its interval; arrows for "or more" and "or less",
/// hatching for what cannot be seen.
pub(crate) fn scale_chart(words: &Words, id: &str, dimension: &str, score: &Score) -> Result<String, ReportProblem> {
    let mut text = words.score_sentence(&score.sight)?;
    if !score.ladder.is_empty() {
        text = format!("{text} {}", words.rungs(&score.ladder)?);
    }
    let title = words.scale_title(dimension)?;
    draw(WIDTH, HEIGHT, &Description { id, title: &title, text: &text }, |canvas| {
        axis(canvas)?;
        match score.sight {
            Sight::Hidden(_) => return hidden(canvas, &words.score_short(&score.sight)?),
            Sight::Between(interval) if score.ladder.is_empty() => dot_and_interval(canvas, interval)?,
            Sight::Between(interval) => bar(canvas, f64::from(interval.low), f64::from(interval.high))?,
            Sight::AtLeast(points) => arrow(canvas, f64::from(points), 100.0)?,
            Sight::AtMost(points) => arrow(canvas, f64::from(points), 0.0)?,
        }
        for rung in &score.ladder {
            canvas.line((x(*rung), AXIS - 6.0), (x(*rung), AXIS), Ink::Quiet, 1)?;
        }
        ends(canvas, words, &score.sight)
    })
}

/// A score as a thin strip for a line of a table, beside the same numbers in words; screen readers leave it out.
pub(crate) fn strip(sight: &Sight) -> Result<String, ReportProblem> {
    let svg = draw(100, 10, &Description { id: "", title: "", text: "" }, |canvas| {
        canvas.line((0.0, 5.0), (100.0, 5.0), Ink::Grid, 1)?;
        canvas.line((50.0, 1.0), (50.0, 9.0), Ink::Grid, 1)?;
        match *sight {
            Sight::Hidden(_) => canvas.hatch((0.0, 1.0), (100.0, 9.0), Ink::Grid),
            Sight::Between(Interval { low, high, .. }) => canvas.rectangle((f64::from(low), 2.0), (f64::from(high), 8.0), Ink::Score),
            Sight::AtLeast(points) => {
                let from = f64::from(points).min(95.0);
                canvas.rectangle((from, 2.0), (95.0, 8.0), Ink::Score)?;
                canvas.polygon(&[(95.0, 0.0), (100.0, 5.0), (95.0, 10.0)], Ink::Score)
            }
            Sight::AtMost(points) => {
                let to = f64::from(points).max(5.0);
                canvas.rectangle((5.0, 2.0), (to, 8.0), Ink::Score)?;
                canvas.polygon(&[(5.0, 0.0), (0.0, 5.0), (5.0, 10.0)], Ink::Score)
            }
        }
    })?;
    // The words stand beside it: only the drawing is kept.
    let body = svg.split_once("</desc>").map_or("", |(_, body)| body);
    Ok(format!(
        "<svg class=\"strip\" viewBox=\"0 0 200 20\" aria-hidden=\"true\" focusable=\"false\" xmlns=\"http://www.w3.org/2000/svg\">{body}"
    ))
}

fn x(points: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * points / 100.0
}

fn axis(canvas: &Canvas<'_>) -> Result<(), ReportProblem> {
    canvas.line((LEFT, AXIS), (RIGHT, AXIS), Ink::Grid, 1)?;
    for tick in TICKS {
        let at = x(f64::from(tick));
        canvas.line((at, AXIS), (at, AXIS + 4.0), Ink::Grid, 1)?;
        canvas.text(&tick.to_string(), (at, AXIS + 13.0), Anchor::Middle, SMALL, Ink::Quiet)?;
    }
    Ok(())
}

fn bar(canvas: &Canvas<'_>, low: f64, high: f64) -> Result<(), ReportProblem> {
    canvas.rectangle((x(low), BAR - 6.0), (x(high), BAR + 6.0), Ink::Range)?;
    canvas.rectangle((x(low), BAR - 6.0), (x(low) + 2.0, BAR + 6.0), Ink::Score)?;
    canvas.rectangle((x(high) - 2.0, BAR - 6.0), (x(high), BAR + 6.0), Ink::Score)
}

fn dot_and_interval(canvas: &Canvas<'_>, interval: Interval) -> Result<(), ReportProblem> {
    let (low, high) = (x(f64::from(interval.low)), x(f64::from(interval.high)));
    canvas.rectangle((low, BAR - 2.0), (high, BAR + 2.0), Ink::Range)?;
    canvas.rectangle((low, BAR - 6.0), (low + 2.0, BAR + 6.0), Ink::Score)?;
    canvas.rectangle((high - 2.0, BAR - 6.0), (high, BAR + 6.0), Ink::Score)?;
    canvas.dot((x(interval.mid), BAR), 6, Ink::Score, false)
}

/// From the known bound to the end of the scale.
fn arrow(canvas: &Canvas<'_>, from: f64, to: f64) -> Result<(), ReportProblem> {
    let head: f64 = if to > from { -9.0 } else { 9.0 };
    canvas.rectangle((x(from.min(to)) + head.max(0.0), BAR - 3.0), (x(from.max(to)) + head.min(0.0), BAR + 3.0), Ink::Range)?;
    canvas.polygon(&[(x(to), BAR), (x(to) + head, BAR - 7.0), (x(to) + head, BAR + 7.0)], Ink::Score)?;
    canvas.rectangle((x(from) - 1.0, BAR - 8.0), (x(from) + 1.0, BAR + 8.0), Ink::Score)
}

fn hidden(canvas: &Canvas<'_>, text: &str) -> Result<(), ReportProblem> {
    canvas.hatch((LEFT, BAR - 12.0), (RIGHT, BAR + 12.0), Ink::Grid)?;
    let middle = f64::midpoint(LEFT, RIGHT);
    let half = canvas.text_width(text, LARGE)? / 2.0 + 10.0;
    canvas.rectangle((middle - half, BAR - 10.0), (middle + half, BAR + 10.0), Ink::Paper)?;
    canvas.text(text, (middle, BAR), Anchor::Middle, LARGE, Ink::Main)
}

/// The numbers above the ends of what is drawn, pushed apart where they would touch.
fn ends(canvas: &Canvas<'_>, words: &Words, sight: &Sight) -> Result<(), ReportProblem> {
    const ABOVE: f64 = BAR - 18.0;
    let half = |text: &str| canvas.text_width(text, LARGE).map(|width| width / 2.0 + 1.0);
    let label = |text: &str, at: f64| -> Result<(), ReportProblem> {
        let half = half(text)?;
        canvas.text(text, (at.clamp(half, f64::from(WIDTH) - half), ABOVE), Anchor::Middle, LARGE, Ink::Main)
    };
    match *sight {
        Sight::Between(Interval { low, high, .. }) => {
            let (left, right) = (x(f64::from(low)), x(f64::from(high)));
            let (low, high) = (low.to_string(), high.to_string());
            let lacking = (half(&low)? + half(&high)? + 6.0 - (right - left)).max(0.0) / 2.0;
            label(&low, left - lacking)?;
            label(&high, right + lacking)
        }
        Sight::AtLeast(points) | Sight::AtMost(points) => label(&words.score_short(sight)?, x(f64::from(points))),
        Sight::Hidden(_) => Ok(()),
    }
}
