//! How well the statements of a dimension measure one thing, as the Release states it of the whole organisation.

use domain::DimensionId;
use serde::Serialize;

use super::participation::respondents_band;
use super::{Published, PublishedWave};
use crate::document::{DimensionConstant, Quality};

/// The quality of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DimensionQuality {
    /// The dimension.
    pub dimension: DimensionId,
    /// How many people it rests on, as a band; the last band has no end.
    pub respondents: (u32, Option<u32>),
    /// In how many groups, those that count together as one.
    pub groups: u32,
    /// The coefficients; `None` in a Release of the first format, which has none.
    pub quality: Option<Quality>,
}

/// One entry per dimension, in the instrument's order; `None` where fewer than 100 people answered everything, so that the Release has no
/// constants.
#[must_use]
pub fn read_quality(wave: &PublishedWave) -> Published<Option<Vec<DimensionQuality>>> {
    let of_dimension = |constant: &DimensionConstant| DimensionQuality {
        dimension: constant.dimension.clone(),
        respondents: respondents_band(wave, constant.respondents),
        groups: constant.groups,
        quality: constant.quality,
    };
    Published::of(wave.release.org.constants.as_ref().map(|all| all.dimensions.iter().map(of_dimension).collect()))
}
