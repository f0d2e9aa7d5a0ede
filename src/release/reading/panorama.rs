//! All groups side by side: what a map of groups and dimensions shows of each, and where each stands among all in speaking up and standards.

use std::collections::BTreeMap;

use disclosure::BlockId;
use domain::{DimensionId, UnitPath, WaveId};
use serde::Serialize;

use super::estimate::{BlockSet, scores};
use super::funnel::{self, DimensionFunnel};
use super::quadrant::{self, Plane};
use super::waves::Wave;
use super::{Differences, GroupEstimate, Hidden, Interval, Participation, Quadrant, ReadingProblem, Sight, differences, participation};

/// The groups of the latest wave side by side.
///
/// Blocks that hold only answers counted one level up are no groups: who counts there may change every time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Panorama {
    /// The wave.
    pub wave: WaveId,
    /// The dimensions that the wave asked in its groups, in the instrument's order.
    pub dimensions: Vec<DimensionId>,
    /// The groups, in the order of units and names, never of scores.
    pub groups: Vec<PanoramaGroup>,
    /// The dimensions of speaking up and of standards; `None` where the wave did not ask both in its groups.
    pub axes: Option<(DimensionId, DimensionId)>,
    /// Per dimension how far chance alone would take groups of each size.
    pub funnels: Vec<DimensionFunnel>,
}

/// One group, or several that count together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanoramaGroup {
    /// The block.
    pub block: BlockId,
    /// Its unit.
    pub unit: UnitPath,
    /// Labels of its groups, in list order.
    pub groups: Vec<String>,
    /// Whether more than one group, or answers counted one level up, count here.
    pub combined: bool,
    /// How many answered.
    pub participation: Participation,
    /// The scores of its own page, one per dimension of [`Panorama::dimensions`].
    pub scores: Vec<Sight>,
    /// What the map shows, likewise.
    pub cells: Vec<MapCell>,
    /// Speaking up and standards together; `None` where the wave did not ask both in its groups.
    pub quadrant: Option<Quadrant>,
    /// Where the group stands in both, if both are known as ranges.
    pub plane: Option<Plane>,
}

/// What a map shows of one group in one dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MapCell {
    /// The estimate with chance taken out of it.
    Estimate {
        /// Where the group lies, with its 95 % interval.
        interval: Interval,
        /// How much of it comes from the group's own answers, in hundredths, rounded down.
        weight: u8,
        /// Less than half of it does.
        faint: bool,
    },
    /// The score as it stands, because there are too few groups to take chance out of it.
    Score(Interval),
    /// Groups differ no more than chance lets them: the group is as far as anybody can tell like all.
    LikeAll,
    /// The score is in the top band: of those who answered, this or more (points of 100).
    AtLeast(u8),
    /// The score is in the bottom band: of those who answered, this or less (points of 100).
    AtMost(u8),
    /// Nothing that could honestly be shown.
    Hidden(Hidden),
}

pub(super) fn of_wave(latest: &Wave<'_>) -> Result<Panorama, ReadingProblem> {
    let dimensions: Vec<DimensionId> = latest.dimensions().filter(|dimension| !latest.items_of(dimension).is_empty()).cloned().collect();
    let found = differences::of_wave(latest)?;
    let known: Vec<Known<'_>> = found.iter().map(|of| Known::of(&of.found)).collect();
    let mut groups = Vec::new();
    for index in 0..latest.blocks().len() {
        let block = latest.block(index);
        let labels = latest.labels(block.groups());
        if labels.is_empty() {
            continue;
        }
        let set = BlockSet::new(latest, vec![index]);
        let found = scores(&set)?;
        let own = |dimension: &DimensionId| {
            let score = found.iter().find(|score| score.dimension == *dimension);
            score.map_or(Sight::Hidden(Hidden::NotAsked), |score| score.sight.clone())
        };
        let scores: Vec<Sight> = dimensions.iter().map(own).collect();
        let cell = |(sight, known): (&Sight, &Known<'_>)| known.cell(block.published.id, sight);
        let (quadrant, plane) = quadrant::of_set(&set)?;
        groups.push(PanoramaGroup {
            block: block.published.id,
            unit: block.published.unit.clone(),
            groups: labels,
            combined: block.published.members.len() > 1,
            participation: participation::of_block(latest, index),
            cells: scores.iter().zip(&known).map(cell).collect(),
            scores,
            quadrant,
            plane,
        });
    }
    groups.sort_by(|a, b| (&a.unit, &a.groups).cmp(&(&b.unit, &b.groups)));
    let funnels = dimensions.iter().map(|dimension| funnel::of_dimension(latest, dimension)).collect::<Result<_, _>>()?;
    let axes = quadrant::axes_of(latest).map(|(safety, standards)| (safety.clone(), standards.clone()));
    Ok(Panorama { wave: latest.id().clone(), dimensions, axes, groups, funnels })
}

/// What is known of the differences between groups in one dimension.
enum Known<'d> {
    TooFewGroups,
    OnlyChance,
    Estimates(BTreeMap<BlockId, &'d GroupEstimate>),
}

impl<'d> Known<'d> {
    fn of(found: &'d Differences) -> Self {
        match found {
            Differences::TooFewGroups => Self::TooFewGroups,
            Differences::Found { groups, .. } if groups.is_empty() => Self::OnlyChance,
            Differences::Found { groups, .. } => Self::Estimates(groups.iter().map(|group| (group.block, group)).collect()),
        }
    }

    fn cell(&self, block: BlockId, sight: &Sight) -> MapCell {
        let interval = match *sight {
            Sight::Between(interval) => interval,
            Sight::AtLeast(points) => return MapCell::AtLeast(points),
            Sight::AtMost(points) => return MapCell::AtMost(points),
            Sight::Hidden(reason) => return MapCell::Hidden(reason),
        };
        match self {
            Self::TooFewGroups => MapCell::Score(interval),
            Self::OnlyChance => MapCell::LikeAll,
            Self::Estimates(known) => known.get(&block).map_or(MapCell::Score(interval), |of| MapCell::Estimate {
                interval: of.interval,
                weight: of.weight,
                faint: of.faint,
            }),
        }
    }
}
