//! Two dimensions together: where a group stands in the plane of standards and speaking up, with what is uncertain about it.

use release::reading::{Plane, QUADRANT_CUT};

use super::Label;
use super::canvas::{Anchor, Canvas, Description, Ink, draw};
use crate::{ReportProblem, Words};

const WIDTH: u32 = 320;
const HEIGHT: u32 = 310;
/// Where 0 and 100 stand on the level and on the upright axis.
const LEFT: f64 = 32.0;
const RIGHT: f64 = 306.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 284.0;
const SMALL: f64 = 12.0;
const TICKS: [u8; 5] = [0, 25, 50, 75, 100];
/// Corners by which the ellipse is drawn.
const CORNERS: u32 = 72;
/// Of a single axis, as on every page.
const REACH_OF_ONE: f64 = 1.959_964;

/// The plane with its cut, and in it the ellipse that holds the true place about 19 times out of 20; without a correlation the rectangle of the two
/// ranges. `text` says where that is.
pub(crate) fn plane_chart(words: &Words, label: Label<'_>, text: &str, plane: &Plane) -> Result<String, ReportProblem> {
    let title = words.plane_title();
    let text = format!("{text} {}", label.source);
    draw(WIDTH, HEIGHT, &Description { id: label.id, title, text: &text }, |canvas| {
        let outline = outline(plane);
        canvas.polygon(&outline, Ink::Range)?;
        for tick in TICKS {
            let (across, up) = (x(f64::from(tick)), y(f64::from(tick)));
            canvas.line((across, TOP), (across, BOTTOM), Ink::Grid, 1)?;
            canvas.line((LEFT, up), (RIGHT, up), Ink::Grid, 1)?;
            canvas.text(&tick.to_string(), (across, BOTTOM + 14.0), Anchor::Middle, SMALL, Ink::Quiet)?;
            canvas.text(&tick.to_string(), (LEFT - 6.0, up), Anchor::Right, SMALL, Ink::Quiet)?;
        }
        cut(canvas)?;
        canvas.path(&outline, Ink::Score, 1)?;
        canvas.dot((x(plane.standards.mid), y(plane.safety.mid)), 6, Ink::Score, false)
    })
}

pub(super) fn x(points: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * points.clamp(0.0, 100.0) / 100.0
}

pub(super) fn y(points: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * points.clamp(0.0, 100.0) / 100.0
}

pub(super) fn cut(canvas: &Canvas<'_>) -> Result<(), ReportProblem> {
    canvas.dashes((x(QUADRANT_CUT), TOP), (x(QUADRANT_CUT), BOTTOM), Ink::Main, 1)?;
    canvas.dashes((LEFT, y(QUADRANT_CUT)), (RIGHT, y(QUADRANT_CUT)), Ink::Main, 1)
}

/// A closed line around the places that are possible: with a correlation r the points (sd_x cos t, sd_y (r cos t + sqrt(1 - r^2) sin t)), by
/// Cholesky's root of the covariance.
pub(super) fn outline(plane: &Plane) -> Vec<(f64, f64)> {
    let at = |a: f64, b: f64| (x(plane.standards.mid + plane.standards.sd * a), y(plane.safety.mid + plane.safety.sd * b));
    match plane.correlation {
        Some(r) => {
            let corner = |step: u32| {
                let (sin, cos) = (std::f64::consts::TAU * f64::from(step) / f64::from(CORNERS)).sin_cos();
                at(Plane::REACH * cos, Plane::REACH * (r * cos + (1.0 - r * r).max(0.0).sqrt() * sin))
            };
            (0..=CORNERS).map(corner).collect()
        }
        None => {
            [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)].map(|(a, b)| at(REACH_OF_ONE * a, REACH_OF_ONE * b)).to_vec()
        }
    }
}

#[cfg(test)]
mod tests {
    use release::reading::PlaneAxis;

    use super::*;

    #[test]
    fn the_ellipse_reaches_as_far_as_its_deviations_and_leans_with_the_correlation() {
        let axis = |mid| PlaneAxis { mid, sd: 5.0 };
        let plane = |correlation| Plane { standards: axis(50.0), safety: axis(40.0), correlation };
        let reach = |correlation| {
            let all = outline(&plane(correlation));
            let highest = all.iter().map(|corner| corner.1).fold(f64::INFINITY, f64::min);
            let rightmost = all.iter().map(|corner| corner.0).fold(f64::NEG_INFINITY, f64::max);
            (rightmost, highest)
        };
        let wanted = (x(50.0 + 5.0 * Plane::REACH), y(40.0 + 5.0 * Plane::REACH));
        for r in [0.0, 0.5, -0.2] {
            let found = reach(Some(r));
            assert!((found.0 - wanted.0).abs() < 0.1 && (found.1 - wanted.1).abs() < 0.1, "{r}: {found:?} {wanted:?}");
        }
        // Where standards are highest, safety is at its middle only without correlation.
        let rightmost_height = |r| outline(&plane(Some(r))).first().map(|corner| corner.1);
        assert!(rightmost_height(0.5) < rightmost_height(0.0), "upwards is smaller");
        assert_eq!(outline(&plane(None)).len(), 5);
        assert!(outline(&Plane { standards: axis(99.0), ..plane(Some(0.3)) }).iter().all(|corner| corner.0 <= RIGHT));
    }
}
