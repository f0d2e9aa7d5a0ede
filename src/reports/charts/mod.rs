//! Charts of scores: one dimension on a line from 0 to 100, through time, in the plane of two dimensions, what is said beside what is lived,
//! and many groups side by side. The axes are the same in every chart of every group, so that charts can be laid side by side.

mod canvas;
mod dumbbell;
mod funnel;
mod group_quadrant;
mod heat_map;
mod ladder;
mod participation_strip;
mod plane;
mod rows;
mod scale;
mod small_multiples;
mod trend;

pub(crate) use dumbbell::{Pair, dumbbell_chart};
pub(crate) use funnel::funnel;
pub(crate) use group_quadrant::group_quadrant;
pub(crate) use heat_map::{MapLine, heat_maps};
pub(crate) use participation_strip::{StripLine, participation_strip};
pub(crate) use plane::plane_chart;
pub(crate) use scale::{scale_chart, strip};
pub(crate) use small_multiples::small_multiples;
pub(crate) use trend::trend_chart;

/// What every chart says about itself: its place on the page and where its numbers come from.
#[derive(Clone, Copy)]
pub(crate) struct Label<'t> {
    /// Unique within the page; letters, digits, hyphens and underscores.
    pub(crate) id: &'t str,
    /// Group, answers, round and rules, for whoever meets the chart alone.
    pub(crate) source: &'t str,
}
