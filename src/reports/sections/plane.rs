//! Speaking up and standards together.

use domain::DimensionId;
use release::reading::{Plane, PublishedWave, Sight};

use super::name;
use super::result::Common;
use crate::catalogue::Fixed;
use crate::charts::{Label, plane_chart};
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// What is said of the two, and for larger groups the chart.
pub(super) struct PlaneView {
    pub(super) sentence: Tagged,
    pub(super) chart: Option<PlaneChart>,
}

/// The chart with what stands under it.
pub(super) struct PlaneChart {
    pub(super) svg: String,
    /// Which dimension stands on which axis, with its score.
    pub(super) axes: String,
    pub(super) method: String,
}

pub(super) fn plane_view(words: &Words, wave: &PublishedWave, common: &Common<'_>) -> Result<Option<PlaneView>, ReportProblem> {
    let Some(quadrant) = common.quadrant else { return Ok(None) };
    // With few answers the ellipse would fill the plane and say less than the sentence.
    let few = common.scores.iter().any(|score| !score.ladder.is_empty());
    let chart = common.plane.filter(|_| !few).map(|plane| chart(words, wave, common, plane)).transpose()?;
    Ok(Some(PlaneView { sentence: tagged::quadrant(words, quadrant)?, chart }))
}

fn chart(words: &Words, wave: &PublishedWave, common: &Common<'_>, plane: &Plane) -> Result<PlaneChart, ReportProblem> {
    let unseen = Sight::Hidden(release::reading::Hidden::NotAsked);
    let of = |wanted: &str| -> (String, &Sight) {
        let found = common.scores.iter().find(|score| score.dimension.as_str() == wanted);
        let dimension = found.map(|score| &score.dimension);
        (dimension.map_or_else(String::new, |id: &DimensionId| name(words, wave, id)), found.map_or(&unseen, |score| &score.sight))
    };
    let ((standards, across), (safety, upwards)) = (of("STD"), of("SAF"));
    let axes = words.plane_axes((&standards, across), (&safety, upwards))?;
    let method = words.say(if plane.correlation.is_some() { Fixed::PlaneEllipse } else { Fixed::PlaneRectangle }).to_owned();
    let id = common.id_of("plane");
    Ok(PlaneChart { svg: plane_chart(words, Label { id: &id, source: &common.source }, &axes, plane)?, axes, method })
}
