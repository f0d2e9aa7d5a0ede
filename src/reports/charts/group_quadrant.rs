//! Speaking up and standards of several groups together.

use release::reading::{Plane, QUADRANT_CUT, Quadrant, Zone};

use super::canvas::{Anchor, Canvas, Description, Ink, draw, stack_height};
use super::plane::{cut, outline, x, y};
use crate::catalogue::Fixed;
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 330;
/// The ends of both axes, as in the plane of one group.
const LEFT: f64 = 32.0;
const RIGHT: f64 = 306.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 284.0;
const SMALL: f64 = 12.0;
/// With more groups than this, ranges would only cover each other.
const MOST_ELLIPSES: usize = 12;
/// So many lines of a zone's name have room above the cut in the lower half.
const MOST_LINES: usize = 7;

/// Where each group lies; where its zone can be told, with the line around its true place that its own page has, too.
pub(crate) fn group_quadrant(
    words: &Words,
    id: &str,
    (standards, safety): (&str, &str),
    groups: &[(Plane, Quadrant)],
) -> Result<String, ReportProblem> {
    let title = words.quadrant_title(safety, standards)?;
    draw(WIDTH, HEIGHT, &Description { id, title: &title, text: words.say(Fixed::ChartBesideTable) }, |canvas| {
        canvas.frame((LEFT, TOP), (RIGHT, BOTTOM), Ink::Grid, 1)?;
        for points in [0_u8, 25, 50, 75, 100] {
            let at = f64::from(points);
            canvas.text(&points.to_string(), (LEFT - 6.0, y(at).clamp(TOP + 6.0, BOTTOM - 6.0)), Anchor::Right, SMALL, Ink::Quiet)?;
            canvas.text(&points.to_string(), (x(at).min(RIGHT - 8.0), BOTTOM + 11.0), Anchor::Middle, SMALL, Ink::Quiet)?;
        }
        cut(canvas)?;
        corners(canvas, words)?;
        let told = |quadrant: &Quadrant| matches!(quadrant, Quadrant::In { .. });
        if groups.iter().filter(|(_, quadrant)| told(quadrant)).count() <= MOST_ELLIPSES {
            for (plane, _) in groups.iter().filter(|(_, quadrant)| told(quadrant)) {
                canvas.path(&outline(plane), Ink::Range, 2)?;
            }
        }
        for (plane, quadrant) in groups {
            canvas.dot((x(plane.standards.mid), y(plane.safety.mid)), 4, Ink::Score, !told(quadrant))?;
        }
        let below = canvas.lines(standards, RIGHT - LEFT, SMALL, 1)?;
        canvas.stack(&below, (f64::midpoint(LEFT, RIGHT), BOTTOM + 27.0), Anchor::Middle, SMALL, Ink::Main)
    })
}

/// The names of the zones in their corners, and which way is up.
fn corners(canvas: &Canvas<'_>, words: &Words) -> Result<(), ReportProblem> {
    let zones = [
        (Zone::Comfort, LEFT + 5.0, TOP, Anchor::Left),
        (Zone::Learning, RIGHT - 5.0, TOP, Anchor::Right),
        (Zone::Apathy, LEFT + 5.0, BOTTOM, Anchor::Left),
        (Zone::Anxiety, RIGHT - 5.0, BOTTOM, Anchor::Right),
    ];
    for (zone, at, edge, anchor) in zones {
        let room = if anchor == Anchor::Left { x(QUADRANT_CUT) - LEFT } else { RIGHT - x(QUADRANT_CUT) } - 10.0;
        // Half of a zone's name is another zone: it is never cut.
        let lines = canvas.lines(words.zone(zone), room, SMALL, MOST_LINES)?;
        let half = stack_height(lines.len(), SMALL) / 2.0 + 4.0;
        let middle = if edge > y(QUADRANT_CUT) { edge - half } else { edge + half };
        canvas.stack(&lines, (at, middle), anchor, SMALL, Ink::Quiet)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_zone_loses_half_of_its_name() {
        for language in Words::languages() {
            let words = Words::in_language(&language.parse().unwrap()).unwrap();
            let svg = group_quadrant(words, "q", ("Standards", "Speaking up"), &[]).unwrap();
            assert!(!svg.contains('\u{2026}'), "{language}: {svg}");
        }
    }
}
