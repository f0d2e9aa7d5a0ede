//! A score of few answers: the steps in which single statements are published at this number of answers, as the rungs of a ladder.

use release::reading::Sight;

use super::canvas::{Canvas, Ink};
use crate::ReportProblem;

/// Upper and lower edge of the rungs.
const TOP: f64 = 40.0;
const BOTTOM: f64 = 60.0;

/// The rungs from 0 to 100 that the bounds between cells make. `x` gives the place of points.
pub(super) fn rungs(
    canvas: &Canvas<'_>,
    ladder: &[f64],
    now: &Sight,
    before: Option<&Sight>,
    x: fn(f64) -> f64,
) -> Result<(), ReportProblem> {
    let rungs = steps(ladder);
    let current = rung_of(&rungs, now);
    for (place, &(from, to)) in rungs.iter().enumerate() {
        let (left, right) = (x(from) + 1.0, x(to) - 1.0);
        if current == Some(place) {
            canvas.rectangle((left, TOP), (right, BOTTOM), Ink::Score)?;
        } else {
            canvas.rectangle((left, TOP), (right, BOTTOM), Ink::Grid)?;
            canvas.rectangle((left + 1.0, TOP + 1.0), (right - 1.0, BOTTOM - 1.0), Ink::Paper)?;
        }
    }
    match before.and_then(|before| rungs.get(rung_of(&rungs, before)?)) {
        Some(&(from, to)) => canvas.dashed_frame((x(from) - 1.0, TOP - 3.0), (x(to) + 1.0, BOTTOM + 3.0), Ink::Main, 1),
        None => Ok(()),
    }
}

fn steps(ladder: &[f64]) -> Vec<(f64, f64)> {
    let starts = std::iter::once(0.0).chain(ladder.iter().copied());
    starts.zip(ladder.iter().copied().chain(std::iter::once(100.0))).collect()
}

/// The rung in which the middle lies; of a one-sided score the outermost one, where all of it lies there.
fn rung_of(rungs: &[(f64, f64)], sight: &Sight) -> Option<usize> {
    match sight {
        Sight::Between(interval) => rungs.iter().position(|&(from, to)| (from..to).contains(&interval.mid)),
        Sight::AtLeast(points) => {
            let last = rungs.len().checked_sub(1)?;
            rungs.get(last).is_some_and(|&(from, _)| f64::from(*points) >= from.floor()).then_some(last)
        }
        Sight::AtMost(points) => rungs.first().is_some_and(|&(_, to)| f64::from(*points) <= to.ceil()).then_some(0),
        Sight::Hidden(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use release::reading::{Hidden, Interval};

    use super::*;

    #[test]
    fn the_middle_has_one_rung_and_a_band_only_the_outermost() {
        let rungs = steps(&[30.0, 40.0, 50.0, 60.0, 70.0]);
        assert_eq!(rungs.first(), Some(&(0.0, 30.0)));
        let at = |mid| rung_of(&rungs, &Sight::Between(Interval { low: 0, high: 100, mid }));
        assert_eq!([at(46.7), at(40.0), at(12.0), at(88.0)], [Some(2), Some(2), Some(0), Some(5)]);
        assert_eq!([rung_of(&rungs, &Sight::AtLeast(70)), rung_of(&rungs, &Sight::AtLeast(63))], [Some(5), None]);
        assert_eq!([rung_of(&rungs, &Sight::AtMost(30)), rung_of(&rungs, &Sight::AtMost(37))], [Some(0), None]);
        assert_eq!(rung_of(&rungs, &Sight::Hidden(Hidden::NotAsked)), None);
    }
}
