//! Charts of scores: one dimension on a line from 0 to 100, and through time. The axes are the same in every chart of every group,
//! so that charts can be laid side by side.

mod canvas;
mod scale;
mod trend;

pub(crate) use scale::{scale_chart, strip};
pub(crate) use trend::trend_chart;
