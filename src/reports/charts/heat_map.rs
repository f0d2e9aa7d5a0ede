//! Groups and dimensions on one map: colour for the level, brackets for what is known badly, hatching for what cannot be seen.

use release::reading::{Interval, MapCell};

use super::canvas::{Anchor, Canvas, Description, Ink, draw, measure, stack_height};
use super::rows::{Named, Rows};
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
/// So many dimensions have room for their names and numbers beside each other.
const MOST: usize = 4;
/// The hatched edge of a cell of groups that are counted together.
const EDGE: f64 = 6.0;
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

/// Groups by dimensions, with at most [`MOST`] dimensions in a drawing; a table with the same numbers stands beside them.
pub(crate) fn heat_maps(words: &Words, id: &str, dimensions: &[String], lines: &[MapLine<'_>]) -> Result<Vec<String>, ReportProblem> {
    let drawings = dimensions.len().div_ceil(MOST).max(1);
    let width = dimensions.len().div_ceil(drawings).max(1);
    let shares = dimensions.chunks(width).enumerate();
    shares
        .map(|(place, names)| {
            let (id, title) = match drawings {
                1 => (id.to_owned(), words.say(Fixed::MapTitle).to_owned()),
                _ => (format!("{id}-{place}"), format!("{}{} {}", words.say(Fixed::MapTitle), words.say(Fixed::Colon), words.list(names)?)),
            };
            let part = lines.iter().map(|line| MapLine {
                unit: line.unit.clone(),
                name: line.name.clone(),
                combined: line.combined,
                cells: line.cells.get(place * width..).map_or(&[], |rest| rest.get(..width).unwrap_or(rest)),
            });
            heat_map(words, &id, &title, names, &part.collect::<Vec<_>>())
        })
        .collect()
}

fn heat_map(words: &Words, id: &str, title: &str, dimensions: &[String], lines: &[MapLine<'_>]) -> Result<String, ReportProblem> {
    let text = words.say(Fixed::ChartBesideTable);
    let column = (RIGHT - NAMES) / count(dimensions.len().max(1));
    let named: Vec<Named<'_>> =
        lines.iter().map(|line| Named { unit: line.unit.as_deref(), name: &line.name, combined: line.combined }).collect();
    let heads = Heads::new(dimensions, column)?;
    let rows = Rows::new(&named, heads.end, LINE, NAMES, WIDTH)?;
    // The scale stands below.
    draw(320, rows.height(34.0), &Description { id, title, text }, |canvas| {
        heads.draw(canvas, column)?;
        rows.names(canvas)?;
        for (line, row) in lines.iter().zip(rows.places()) {
            for (place, shown) in line.cells.iter().enumerate() {
                let from = (NAMES + column * count(place) + GAP / 2.0, row.top + GAP / 2.0);
                let to = (from.0 + column - GAP, from.1 + LINE - GAP);
                cell(canvas, words, shown, from, to)?;
                // Below the text, so that nothing runs through it.
                if line.combined {
                    canvas.hatch((from.0, to.1 - EDGE), to, Ink::Quiet)?;
                }
            }
        }
        scale(canvas, rows.end() + 12.0)
    })
}

/// The heads of the columns.
struct Heads {
    /// Per column the lines of its name, or its number where one of the names would be cut.
    columns: Vec<Vec<String>>,
    /// What the numbers stand for.
    key: Vec<Vec<String>>,
    end: f64,
}

impl Heads {
    fn new(dimensions: &[String], column: f64) -> Result<Self, ReportProblem> {
        /// So many lines of a name have room above a column, and in the key.
        const MOST: usize = 4;
        let room = column - 4.0;
        measure(|canvas| {
            let fits = dimensions.iter().map(|name| canvas.fits(name, room, SMALL, MOST)).collect::<Result<Vec<_>, _>>()?;
            if fits.into_iter().all(|fits| fits) {
                let columns = dimensions.iter().map(|name| canvas.lines(name, room, SMALL, MOST)).collect::<Result<_, _>>()?;
                return Ok(Self { columns, key: Vec::new(), end: stack_height(MOST, SMALL) + 4.0 });
            }
            let numbers = 1..=dimensions.len();
            let columns = numbers.clone().map(|number| vec![number.to_string()]).collect();
            let numbered =
                numbers.zip(dimensions).map(|(number, name)| canvas.lines(&format!("{number} \u{2013} {name}"), WIDTH - 2.0, SMALL, MOST));
            let key = numbered.collect::<Result<Vec<_>, _>>()?;
            let end = key.iter().map(|lines| stack_height(lines.len(), SMALL) + 2.0).sum::<f64>() + stack_height(1, SMALL) + 10.0;
            Ok(Self { columns, key, end })
        })
    }

    fn draw(&self, canvas: &Canvas<'_>, column: f64) -> Result<(), ReportProblem> {
        let mut top = 1.0;
        for lines in &self.key {
            let height = stack_height(lines.len(), SMALL);
            canvas.stack(lines, (1.0, top + height / 2.0), Anchor::Left, SMALL, Ink::Quiet)?;
            top += height + 2.0;
        }
        for (place, lines) in self.columns.iter().enumerate() {
            // They end where the cells begin.
            let middle = self.end - 4.0 - stack_height(lines.len(), SMALL) / 2.0;
            canvas.stack(lines, (NAMES + column * (count(place) + 0.5), middle), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_counted_together_has_a_hatched_edge_in_every_cell_and_what_stands_alone_has_none() {
        let words = Words::english().unwrap();
        let cells = [MapCell::AtLeast(70), MapCell::LikeAll];
        let lines = |combined: bool| {
            let line = MapLine { unit: None, name: "East".to_owned(), combined, cells: &cells };
            let svg = heat_maps(words, "m", &["One".to_owned(), "Two".to_owned()], &[line]).unwrap().concat();
            svg.matches("<line").count() + svg.matches("<polyline").count()
        };
        assert_eq!(lines(false), 0);
        assert!(lines(true) >= 2 * 10, "{}", lines(true));
    }

    #[test]
    fn a_column_whose_name_would_be_cut_has_a_number_and_a_key_says_what_for() {
        let words = Words::english().unwrap();
        let cells = [MapCell::LikeAll, MapCell::LikeAll, MapCell::LikeAll];
        let line = MapLine { unit: None, name: "East".to_owned(), combined: false, cells: &cells };
        let names = |last: &str| ["One", "Two", last].map(str::to_owned);
        let long = "Donaudampfschifffahrt";
        let numbered = heat_maps(words, "m", &names(long), std::slice::from_ref(&line)).unwrap().concat();
        assert!(
            numbered.contains(&format!("\n3 \u{2013} {long}\n")) && numbered.contains("\n3\n") && !numbered.contains('\u{2026}'),
            "{numbered}"
        );
        let short = heat_maps(words, "m", &names("Three"), &[line]).unwrap().concat();
        assert!(short.contains("\nThree\n") && !short.contains("\n3\n"), "{short}");
    }

    #[test]
    fn many_dimensions_come_in_several_drawings_and_no_number_is_left_out() {
        let words = Words::english().unwrap();
        let cells: Vec<MapCell> = (0..7).map(|place| MapCell::Score(Interval { low: 40 + place, high: 60 + place, mid: 50.0 })).collect();
        let names: Vec<String> = (0..7).map(|place| format!("Topic {place}")).collect();
        let line = MapLine { unit: None, name: "East".to_owned(), combined: true, cells: &cells };
        let maps = heat_maps(words, "m", &names, &[line]).unwrap();
        assert_eq!(maps.len(), 2);
        let all = maps.concat();
        assert!((0..7).all(|place| all.contains(&format!("\n{}\u{2013}{}\n", 40 + place, 60 + place))), "{all}");
        assert!(all.contains("id=\"m-0-t\"") && all.contains("id=\"m-1-t\"") && all.contains("Topic 2 and Topic 3"), "{all}");
    }
}
