//! How many answered, group by group, in bands.

use release::reading::Participation;

use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use super::rows::{Named, Rows};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const NAMES: f64 = 140.0;
/// Where 0 and 100 of 100 invited stand.
const LEFT: f64 = 144.0;
const RIGHT: f64 = 306.0;
const SMALL: f64 = 12.0;
const LINE: f64 = 32.0;
/// The ends of the bands of a rate, in percent.
const ENDS: [f64; 5] = [0.0, 50.0, 70.0, 85.0, 100.0];

/// One line.
pub(crate) struct StripLine {
    /// A unit's name, where its first group stands.
    pub(crate) unit: Option<String>,
    pub(crate) name: String,
    /// Several groups are counted together.
    pub(crate) combined: bool,
    pub(crate) participation: Participation,
}

/// The band of each group's rate on one line from none to all; hatched where no rate is shown.
pub(crate) fn participation_strip(words: &Words, id: &str, lines: &[StripLine]) -> Result<String, ReportProblem> {
    let (title, text) = (words.say(Fixed::StripTitle), words.say(Fixed::ChartBesideTable));
    let named: Vec<Named<'_>> =
        lines.iter().map(|line| Named { unit: line.unit.as_deref(), name: &line.name, combined: line.combined }).collect();
    let rows = Rows::new(&named, 24.0, LINE, NAMES, 320.0)?;
    draw(320, rows.height(6.0), &Description { id, title, text }, |canvas| {
        for end in ENDS {
            canvas.text(&format!("{end:.0}"), (x(end), 10.0), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        rows.names(canvas)?;
        for (line, row) in lines.iter().zip(rows.places()) {
            strip(canvas, line.participation.rate, row.top + LINE / 2.0)?;
        }
        Ok(())
    })
}

fn strip(canvas: &Canvas<'_>, rate: Option<(u8, u8)>, middle: f64) -> Result<(), ReportProblem> {
    let (top, bottom) = (middle - 8.0, middle + 8.0);
    match rate {
        None => canvas.hatch((LEFT, top), (RIGHT, bottom), Ink::Grid)?,
        Some((low, high)) => {
            // A band ends where the next one begins.
            let end = ENDS.into_iter().find(|end| *end >= f64::from(high)).unwrap_or(100.0);
            canvas.rectangle((x(f64::from(low)), top), (x(end), bottom), Ink::Score)?;
        }
    }
    for end in ENDS {
        canvas.line((x(end), top), (x(end), bottom), Ink::Quiet, 1)?;
    }
    canvas.line((LEFT, bottom), (RIGHT, bottom), Ink::Quiet, 1)
}

fn x(share: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * share / 100.0
}
