//! What HR reads of all groups side by side.

use release::reading::{Event, FunnelBand, FunnelPlace, GroupOrigin, MapCell, Quadrant, Sight};
use release::{Coefficient, NoCoefficient, Omega};

use super::{Found, Tagged, name_of};
use crate::language::Words;

/// One place of the map of groups and dimensions.
pub(crate) fn map_cell(words: &Words, of: &MapCell) -> Found {
    let tagged = Tagged::new("map", words.map_cell(of)?);
    Ok(match of {
        MapCell::Estimate { interval, weight, faint } => {
            let tagged = tagged.with("kind", "estimate").with("low", interval.low).with("high", interval.high);
            tagged.with("weight", weight).with("faint", faint)
        }
        MapCell::Score(interval) => tagged.sight(&Sight::Between(*interval)),
        MapCell::LikeAll => tagged.with("kind", "like-all"),
        MapCell::AtLeast(points) => tagged.sight(&Sight::AtLeast(*points)),
        MapCell::AtMost(points) => tagged.sight(&Sight::AtMost(*points)),
        MapCell::Hidden(reason) => tagged.sight(&Sight::Hidden(*reason)),
    })
}

/// The mean around which a funnel is drawn.
pub(crate) fn funnel_mean(words: &Words, mean: u8) -> Found {
    Ok(Tagged::new("funnel-mean", words.funnel_mean(mean)?).with("points", mean))
}

/// One pair of limits of a band; `which` is `inner` or `outer`.
pub(crate) fn funnel_limits(words: &Words, band: &FunnelBand, which: &'static str, (low, high): (u8, u8)) -> Found {
    let tagged = Tagged::new("funnel-limits", words.limits((low, high))?);
    Ok(tagged.with("which", which).with("from", band.from).with("low", low).with("high", high))
}

/// Where a group's score lies beside the limits.
pub(crate) fn funnel_place(words: &Words, of: FunnelPlace) -> Tagged {
    Tagged::new("funnel", words.funnel_place(of).to_owned()).with("place", name_of(&of))
}

/// Speaking up and standards together, for a line of a table.
pub(crate) fn quadrant_short(words: &Words, of: &Quadrant) -> Found {
    Ok(super::quadrant_as(of, words.quadrant_short(of)?))
}

/// One coefficient of a dimension.
pub(crate) fn coefficient(words: &Words, which: &'static str, of: Coefficient) -> Found {
    match of {
        Coefficient::Hundredths(value) => {
            Ok(Tagged::new("quality", words.coefficient(value)?).with("which", which).with("hundredths", value))
        }
        Coefficient::Undefined(reason) => Ok(no_coefficient(words, which, reason)),
    }
}

/// Omega with the method that gave it.
pub(crate) fn omega(words: &Words, of: Omega) -> Found {
    let (method, value) = match of {
        Omega::LeastSquares(value) => ("least-squares", value),
        Omega::ClosedForm(value) => ("closed-form", value),
        Omega::Undefined(reason) => return Ok(no_coefficient(words, "omega", reason)),
    };
    Ok(Tagged::new("quality", words.coefficient(value)?).with("which", "omega").with("method", method).with("hundredths", value))
}

fn no_coefficient(words: &Words, which: &'static str, reason: NoCoefficient) -> Tagged {
    Tagged::new("quality", words.no_coefficient(reason).to_owned()).with("which", which).with("reason", name_of(&reason))
}

/// What happened to a group since the round before.
pub(crate) fn origin(words: &Words, of: &GroupOrigin) -> Tagged {
    let events = of.events.iter().map(|event: &Event| name_of(event)).collect::<Vec<_>>().join(" ");
    Tagged::new("origin", words.events(&of.events)).with("group", of.group.0).with("events", events)
}
