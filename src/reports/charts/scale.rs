//! One score on the scale from 0 to 100.

use release::reading::{Interval, Score, Sight};

use super::Label;
use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use super::ladder;
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 84;
/// Where 0 and 100 stand.
const LEFT: f64 = 14.0;
const RIGHT: f64 = 302.0;
/// The middle height of what is drawn where there are no rungs, and of the bar above them.
const BAR: f64 = 42.0;
const ABOVE_RUNGS: f64 = 28.0;
/// The scale's line, and the same under rungs.
const AXIS: f64 = 62.0;
const SMALL: f64 = 12.0;
const LARGE: f64 = 14.0;
const TICKS: [u8; 5] = [0, 25, 50, 75, 100];

/// A score as a chart: a ladder for few respondents, otherwise a dot with its interval; arrows for "or more" and "or less",
/// hatching for what cannot be seen. `before`: what could be seen of the same statements and people in the round before.
pub(crate) fn scale_chart(
    words: &Words,
    label: Label<'_>,
    dimension: &str,
    score: &Score,
    before: Option<&Sight>,
) -> Result<String, ReportProblem> {
    let mut text = words.score_sentence(&score.sight)?;
    if !score.ladder.is_empty() {
        text = format!("{text} {}", words.rungs(&score.ladder)?);
    }
    if let Some(before) = before {
        text = format!("{text} {}", words.round_before(before)?);
    }
    let text = format!("{text} {}", label.source);
    let title = words.scale_title(dimension)?;
    draw(WIDTH, HEIGHT, &Description { id: label.id, title: &title, text: &text }, |canvas| {
        axis(canvas)?;
        let at = if score.ladder.is_empty() { BAR } else { ABOVE_RUNGS };
        match score.sight {
            Sight::Hidden(_) => return hidden(canvas, &words.score_short(&score.sight)?),
            Sight::Between(interval) if score.ladder.is_empty() => dot_and_interval(canvas, interval)?,
            Sight::Between(interval) => bar(canvas, at, f64::from(interval.low), f64::from(interval.high))?,
            Sight::AtLeast(points) => arrow(canvas, at, f64::from(points), 100.0)?,
            Sight::AtMost(points) => arrow(canvas, at, f64::from(points), 0.0)?,
        }
        if !score.ladder.is_empty() {
            ladder::rungs(canvas, &score.ladder, &score.sight, before, x)?;
        }
        ends(canvas, words, &score.sight, at - 18.0)
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

/// A range as a bar with clear ends.
fn bar(canvas: &Canvas<'_>, at: f64, low: f64, high: f64) -> Result<(), ReportProblem> {
    canvas.rectangle((x(low), at - 4.0), (x(high), at + 4.0), Ink::Range)?;
    canvas.rectangle((x(low), at - 5.0), (x(low) + 2.0, at + 5.0), Ink::Score)?;
    canvas.rectangle((x(high) - 2.0, at - 5.0), (x(high), at + 5.0), Ink::Score)
}

fn dot_and_interval(canvas: &Canvas<'_>, interval: Interval) -> Result<(), ReportProblem> {
    let (low, high) = (x(f64::from(interval.low)), x(f64::from(interval.high)));
    canvas.rectangle((low, BAR - 2.0), (high, BAR + 2.0), Ink::Range)?;
    canvas.rectangle((low, BAR - 6.0), (low + 2.0, BAR + 6.0), Ink::Score)?;
    canvas.rectangle((high - 2.0, BAR - 6.0), (high, BAR + 6.0), Ink::Score)?;
    canvas.dot((x(interval.mid), BAR), 6, Ink::Score, false)
}

/// From the known bound to the end of the scale.
fn arrow(canvas: &Canvas<'_>, at: f64, from: f64, to: f64) -> Result<(), ReportProblem> {
    let head: f64 = if to > from { -9.0 } else { 9.0 };
    canvas.rectangle((x(from.min(to)) + head.max(0.0), at - 3.0), (x(from.max(to)) + head.min(0.0), at + 3.0), Ink::Range)?;
    canvas.polygon(&[(x(to), at), (x(to) + head, at - 7.0), (x(to) + head, at + 7.0)], Ink::Score)?;
    canvas.rectangle((x(from) - 1.0, at - 8.0), (x(from) + 1.0, at + 8.0), Ink::Score)
}

fn hidden(canvas: &Canvas<'_>, text: &str) -> Result<(), ReportProblem> {
    canvas.hatch((LEFT, BAR - 12.0), (RIGHT, BAR + 12.0), Ink::Grid)?;
    let middle = f64::midpoint(LEFT, RIGHT);
    let half = canvas.text_width(text, LARGE)? / 2.0 + 10.0;
    canvas.rectangle((middle - half, BAR - 10.0), (middle + half, BAR + 10.0), Ink::Paper)?;
    canvas.text(text, (middle, BAR), Anchor::Middle, LARGE, Ink::Main)
}

/// The numbers above the ends of what is drawn, pushed apart where they would touch.
fn ends(canvas: &Canvas<'_>, words: &Words, sight: &Sight, above: f64) -> Result<(), ReportProblem> {
    let half = |text: &str| canvas.text_width(text, LARGE).map(|width| width / 2.0 + 1.0);
    let label = |text: &str, at: f64| -> Result<(), ReportProblem> {
        let half = half(text)?;
        canvas.text(text, (at.clamp(half, f64::from(WIDTH) - half), above), Anchor::Middle, LARGE, Ink::Main)
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
