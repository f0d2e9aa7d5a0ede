//! What is said beside what is lived: pairs of statements on the scale from 0 to 100.

use release::reading::Sight;

use super::Label;
use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
/// Where 0 and 100 stand; before it is room for the number of the pair.
const LEFT: f64 = 32.0;
const RIGHT: f64 = 306.0;
/// The height of a pair.
const ROW: f64 = 44.0;
const TOP: f64 = 6.0;
const SMALL: f64 = 12.0;
const LARGE: f64 = 14.0;
const TICKS: [u8; 5] = [0, 25, 50, 75, 100];

/// What can be seen of the two statements of a pair.
pub(crate) struct Pair<'r> {
    pub(crate) said: &'r Sight,
    pub(crate) lived: &'r Sight,
}

/// One line per pair, numbered as in the table beside it: above what is said, below what is lived. `text` holds the same numbers.
pub(crate) fn dumbbell_chart(words: &Words, label: Label<'_>, text: &str, pairs: &[Pair<'_>]) -> Result<String, ReportProblem> {
    let rows: f64 = pairs.iter().map(|_| ROW).sum();
    let bottom = TOP + rows;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a form has a handful of pairs")]
    let height = (bottom + 26.0) as u32;
    let text = format!("{text} {}", label.source);
    draw(WIDTH, height, &Description { id: label.id, title: words.said_title(), text: &text }, |canvas| {
        for tick in TICKS {
            let at = x(f64::from(tick));
            canvas.line((at, TOP), (at, bottom), Ink::Grid, 1)?;
            canvas.text(&tick.to_string(), (at, bottom + 14.0), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        let mut middle = TOP + ROW / 2.0;
        for (number, pair) in (1_u32..).zip(pairs) {
            canvas.text(&number.to_string(), (LEFT - 12.0, middle), Anchor::Right, LARGE, Ink::Main)?;
            let (above, below) = (middle - 9.0, middle + 9.0);
            if let (Some(said), Some(lived)) = (place(pair.said), place(pair.lived)) {
                canvas.line((said, above), (lived, below), Ink::Quiet, 2)?;
            }
            side(canvas, pair.said, above, false)?;
            side(canvas, pair.lived, below, true)?;
            middle += ROW;
        }
        Ok(())
    })
}

fn x(points: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * points / 100.0
}

/// Where the dot stands.
fn place(sight: &Sight) -> Option<f64> {
    match sight {
        Sight::Between(interval) => Some(x(interval.mid)),
        Sight::AtLeast(_) | Sight::AtMost(_) | Sight::Hidden(_) => None,
    }
}

fn side(canvas: &Canvas<'_>, sight: &Sight, at: f64, open: bool) -> Result<(), ReportProblem> {
    match sight {
        Sight::Between(interval) => {
            canvas.rectangle((x(f64::from(interval.low)), at - 2.0), (x(f64::from(interval.high)), at + 2.0), Ink::Range)?;
            canvas.dot((x(interval.mid), at), 5, Ink::Score, open)
        }
        Sight::AtLeast(points) => arrow(canvas, f64::from(*points), 100.0, at, open),
        Sight::AtMost(points) => arrow(canvas, f64::from(*points), 0.0, at, open),
        Sight::Hidden(_) => canvas.hatch((LEFT, at - 4.0), (RIGHT, at + 4.0), Ink::Grid),
    }
}

/// From the known bound to the end of the scale.
fn arrow(canvas: &Canvas<'_>, from: f64, to: f64, at: f64, open: bool) -> Result<(), ReportProblem> {
    let head: f64 = if to > from { -8.0 } else { 8.0 };
    canvas.rectangle((x(from.min(to)) + head.max(0.0), at - 2.0), (x(from.max(to)) + head.min(0.0), at + 2.0), Ink::Range)?;
    canvas.polygon(&[(x(to), at), (x(to) + head, at - 6.0), (x(to) + head, at + 6.0)], Ink::Score)?;
    if open {
        canvas.polygon(&[(x(to) + head * 0.35, at), (x(to) + head * 0.85, at - 3.0), (x(to) + head * 0.85, at + 3.0)], Ink::Paper)?;
    }
    canvas.rectangle((x(from) - 1.0, at - 6.0), (x(from) + 1.0, at + 6.0), Ink::Score)
}
