//! Every group's score against how many answered, with the limits that chance alone would keep to. No list by scores.

use release::reading::{FunnelBand, FunnelGroup, FunnelPlace, Sight};

use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 236;
const LEFT: f64 = 32.0;
const RIGHT: f64 = 316.0;
/// Where 100 and 0 stand.
const TOP: f64 = 12.0;
const BOTTOM: f64 = 188.0;
const SMALL: f64 = 12.0;
/// A band takes no more room than this.
const WIDEST: f64 = 90.0;

/// The funnel of one dimension.
pub(crate) fn funnel(
    words: &Words,
    id: &str,
    dimension: &str,
    (mean, bands, groups): (u8, &[FunnelBand], &[FunnelGroup]),
) -> Result<String, ReportProblem> {
    let title = words.funnel_title(dimension)?;
    draw(WIDTH, HEIGHT, &Description { id, title: &title, text: words.say(Fixed::ChartBesideTable) }, |canvas| {
        for points in [0_u8, 25, 50, 75, 100] {
            let at = y(f64::from(points));
            canvas.line((LEFT, at), (RIGHT, at), Ink::Grid, 1)?;
            canvas.text(&points.to_string(), (LEFT - 6.0, at), Anchor::Right, SMALL, Ink::Quiet)?;
        }
        let slot = ((RIGHT - LEFT) / count(bands.len().max(1))).min(WIDEST);
        let start = |band: usize| LEFT + slot * count(band);
        for (place, band) in bands.iter().enumerate() {
            let (left, right) = (start(place), start(place) + slot);
            let corners = |limits: (u8, u8)| ((left, y(f64::from(limits.1))), (right, y(f64::from(limits.0))));
            let (from, to) = corners(band.outer);
            canvas.tint(from, to, Ink::Range, 0.3)?;
            let (from, to) = corners(band.inner);
            canvas.tint(from, to, Ink::Range, 0.5)?;
        }
        canvas.line((LEFT, y(f64::from(mean))), (start(bands.len()), y(f64::from(mean))), Ink::Main, 1)?;
        for band in 0..bands.len() {
            dots(canvas, groups, band, start(band), slot)?;
        }
        let names: Vec<String> = bands.iter().map(name).collect();
        labels(canvas, &names, |band| start(band) + slot / 2.0)?;
        let below = canvas.lines(words.say(Fixed::FunnelPeople), RIGHT - LEFT, SMALL, 1)?;
        canvas.stack(&below, (f64::midpoint(LEFT, RIGHT), BOTTOM + 40.0), Anchor::Middle, SMALL, Ink::Quiet)
    })
}

/// The groups of one band side by side, in the order of units and names.
fn dots(canvas: &Canvas<'_>, groups: &[FunnelGroup], band: usize, left: f64, slot: f64) -> Result<(), ReportProblem> {
    let shown: Vec<&FunnelGroup> = groups.iter().filter(|group| group.band == band && !matches!(group.sight, Sight::Hidden(_))).collect();
    let step = (slot - 6.0) / count(shown.len().max(1));
    let crowded = step < 3.0;
    for (place, group) in shown.into_iter().enumerate() {
        let x = left + 3.0 + step * (count(place) + 0.5);
        match group.sight {
            Sight::Between(interval) => {
                let inside = group.place == FunnelPlace::Within;
                let far = matches!(group.place, FunnelPlace::FarBelow | FunnelPlace::FarAbove);
                if far {
                    diamond(canvas, (x, y(interval.mid)), if crowded { 4.0 } else { 6.0 })?;
                } else {
                    canvas.dot((x, y(interval.mid)), if crowded { 3 } else { 4 }, Ink::Score, inside)?;
                }
            }
            Sight::AtLeast(points) => arrow(canvas, x, y(f64::from(points)), -1.0)?,
            Sight::AtMost(points) => arrow(canvas, x, y(f64::from(points)), 1.0)?,
            Sight::Hidden(_) => {}
        }
    }
    Ok(())
}

/// Beyond the outer limits: another shape, not only another place.
fn diamond(canvas: &Canvas<'_>, (x, y): (f64, f64), half: f64) -> Result<(), ReportProblem> {
    canvas.polygon(&[(x - half, y), (x, y - half), (x + half, y), (x, y + half)], Ink::Main)
}

/// This or more (upwards), this or less (downwards).
fn arrow(canvas: &Canvas<'_>, x: f64, y: f64, direction: f64) -> Result<(), ReportProblem> {
    canvas.polygon(&[(x, y + 8.0 * direction), (x - 4.0, y), (x + 4.0, y)], Ink::Quiet)
}

/// The bands, in two heights where they would touch.
fn labels(canvas: &Canvas<'_>, names: &[String], middle: impl Fn(usize) -> f64) -> Result<(), ReportProblem> {
    let mut free_from = [0.0_f64; 2];
    for (place, name) in names.iter().enumerate() {
        let half = canvas.text_width(name, SMALL)? / 2.0;
        let at = middle(place).clamp(half + 1.0, f64::from(WIDTH) - half - 1.0);
        for (height, free) in free_from.iter_mut().enumerate() {
            if at - half >= *free {
                canvas.text(name, (at, BOTTOM + 12.0 + 14.0 * count(height)), Anchor::Middle, SMALL, Ink::Quiet)?;
                *free = at + half + 5.0;
                break;
            }
        }
    }
    Ok(())
}

fn name(band: &FunnelBand) -> String {
    band.to.map_or_else(|| format!("{}+", band.from), |to| format!("{}\u{2013}{to}", band.from))
}

fn y(points: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * points / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 groups")]
const fn count(items: usize) -> f64 {
    items as f64
}
