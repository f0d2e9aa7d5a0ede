//! Published waves, checked and indexed: blocks with their cells as ranges, blocks by group, groups by number.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Block, BlockId, Coarsening, ItemRule, Member};
use domain::instrument::{Item, Pair, Publish};
use domain::{DimensionId, GroupId, GroupLeaf, ItemId, Moment, UnitPath, WaveId};
use statistics::{DegreesOfFreedom, Normal, Observation, Undefined, fit_censored_normal, spread_to_pomp};

use super::cells::{CellRange, range_of};
use super::thresholds::WIDEST_ITEM_SD;
use super::{PastWave, ReadingProblem, WaveDocuments};
use crate::document::{Correlation, Signals};

/// Waves in time order, of which at least one is published.
pub(super) struct History<'a> {
    entries: Vec<Entry<'a>>,
    latest: Wave<'a>,
    /// Earlier published waves, newest first.
    earlier: Vec<Wave<'a>>,
}

/// What stands at one place of the time line.
pub(super) enum Entry<'a> {
    /// The n-th of [`History::earlier`].
    Earlier(usize),
    /// The latest published wave.
    Latest,
    /// A wave without a result.
    Aborted(&'a WaveId),
}

impl<'a> History<'a> {
    pub(super) fn new(waves: &'a [PastWave]) -> Result<Self, ReadingProblem> {
        let mut published = Vec::new();
        for wave in waves {
            if let PastWave::Published(wave) = wave {
                published.push(Wave::new(wave)?);
            }
        }
        let latest = published.pop().ok_or(ReadingProblem::NothingPublished)?;
        let mut place = published.len();
        let entries = waves
            .iter()
            .map(|wave| match wave {
                PastWave::Aborted(id) => Entry::Aborted(id),
                PastWave::Published(_) => match place.checked_sub(1) {
                    Some(next) => {
                        place = next;
                        Entry::Earlier(next)
                    }
                    None => Entry::Latest,
                },
            })
            .collect();
        published.reverse();
        Ok(Self { entries, latest, earlier: published })
    }

    /// Every wave, oldest first.
    pub(super) fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The latest published wave.
    pub(super) const fn latest(&self) -> &Wave<'a> {
        &self.latest
    }

    /// The published waves before it, newest first.
    pub(super) fn earlier(&self) -> &[Wave<'a>] {
        &self.earlier
    }
}

/// One published wave.
pub(super) struct Wave<'a> {
    past: &'a WaveDocuments,
    blocks: Vec<WaveBlock<'a>>,
    groups: BTreeMap<GroupId, &'a GroupLeaf>,
    block_of_group: BTreeMap<GroupId, usize>,
    /// The groups of this wave that continue a group of the previous published one.
    successors: BTreeMap<GroupId, Vec<GroupId>>,
    /// Per item the normal distribution of the blocks' means, fitted when first needed.
    fits: OnceCell<Vec<Option<Normal>>>,
}

/// A block with its cells as ranges.
pub(super) struct WaveBlock<'a> {
    /// The block as published.
    pub(super) published: &'a Block,
    /// Per item of the instrument, what is known of the block's mean.
    pub(super) ranges: Vec<Option<CellRange>>,
    /// How many people were invited to its groups; `None` when answers counted one level up are in it.
    pub(super) invited: Option<u32>,
}

/// The spread of a dimension within groups, in points of 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// Standard deviation.
    pub(super) sd: f64,
    /// Its degrees of freedom.
    pub(super) df: DegreesOfFreedom,
}

impl WaveBlock<'_> {
    /// The groups in it, ascending.
    pub(super) fn groups(&self) -> impl Iterator<Item = GroupId> + '_ {
        self.published.members.iter().filter_map(|member| match member {
            Member::Group(group) => Some(*group),
            Member::Upward(_) => None,
        })
    }

    /// The share f of those invited that `n` answers are; 0 where answers counted one level up make it unknowable.
    pub(super) fn responded(&self, n: u32) -> f64 {
        match self.invited {
            Some(invited) if invited > 0 => (f64::from(n) / f64::from(invited)).min(1.0),
            Some(_) | None => 0.0,
        }
    }
}

impl<'a> Wave<'a> {
    /// Indexes documents that came through the door; what is still refused here would be a defect of the checks there.
    pub(super) fn new(past: &'a WaveDocuments) -> Result<Self, ReadingProblem> {
        let mismatch = |what: String| ReadingProblem::Mismatch { wave: past.release.wave.clone(), what };
        let (base, items) = (&past.release.base, &past.instrument.items);
        let groups: BTreeMap<_, _> = past.groups.iter().map(|leaf| (leaf.group, leaf)).collect();
        // An item of the organisation only may have a scale that no grid fits.
        let coarsenings: Vec<_> = base.items.iter().map(|rule| Coarsening::of_item(base, rule).ok()).collect();
        let mut blocks = Vec::with_capacity(base.blocks.len());
        let mut block_of_group = BTreeMap::new();
        for block in &base.blocks {
            let in_block = |what: String| mismatch(format!("block {}: {what}", block.id.0));
            let mut ranges = Vec::with_capacity(items.len());
            for ((cell, coarsening), item) in block.cells.iter().zip(&coarsenings).zip(items) {
                ranges.push(match cell {
                    None => None,
                    Some(cell) => Some(
                        coarsening
                            .as_ref()
                            .and_then(|coarsening| range_of(coarsening, cell.n, cell.cell, item.reversed))
                            .ok_or_else(|| in_block(format!("item {} has no cell {} of {} answers", item.id, cell.cell, cell.n)))?,
                    ),
                });
            }
            let mut invited = Some(0_u32);
            for member in &block.members {
                match member {
                    Member::Upward(_) => invited = None,
                    Member::Group(group) => {
                        let leaf = groups.get(group).ok_or_else(|| in_block(format!("group {group} is not in the group list")))?;
                        invited = invited.map(|sum| sum.saturating_add(leaf.invited));
                        block_of_group.insert(*group, blocks.len());
                    }
                }
            }
            blocks.push(WaveBlock { published: block, ranges, invited });
        }
        let mut successors: BTreeMap<GroupId, Vec<GroupId>> = BTreeMap::new();
        for leaf in &past.groups {
            for predecessor in &leaf.predecessors {
                successors.entry(predecessor.group).or_default().push(leaf.group);
            }
        }
        Ok(Self { past, blocks, groups, block_of_group, successors, fits: OnceCell::new() })
    }

    pub(super) const fn id(&self) -> &'a WaveId {
        &self.past.release.wave
    }

    /// When the wave was to stop taking answers.
    pub(super) const fn closes_at(&self) -> Moment {
        self.past.manifest.schedule.closes_at
    }

    /// Whether something was said to be wrong about it later.
    pub(super) fn is_corrected(&self) -> bool {
        self.past.errata().next().is_some()
    }

    /// k of the wave.
    pub(super) const fn smallest_block(&self) -> u32 {
        self.past.release.base.k
    }

    pub(super) const fn invited(&self) -> u32 {
        self.past.release.counts.invited
    }

    pub(super) fn blocks(&self) -> &[WaveBlock<'a>] {
        &self.blocks
    }

    /// The block at a place that this wave gave out.
    pub(super) fn block(&self, index: usize) -> &WaveBlock<'a> {
        &self.blocks[index]
    }

    pub(super) fn block_index(&self, block: BlockId) -> Option<usize> {
        self.blocks.iter().position(|b| b.published.id == block)
    }

    pub(super) fn block_of(&self, group: GroupId) -> Option<usize> {
        self.block_of_group.get(&group).copied()
    }

    /// The blocks that lie wholly within a unit, in order.
    pub(super) fn blocks_within(&self, unit: &UnitPath) -> Vec<usize> {
        self.blocks.iter().enumerate().filter(|(_, block)| unit.contains(&block.published.unit)).map(|(index, _)| index).collect()
    }

    pub(super) fn leaf(&self, group: GroupId) -> Option<&'a GroupLeaf> {
        self.groups.get(&group).copied()
    }

    pub(super) fn leaves(&self) -> impl Iterator<Item = &'a GroupLeaf> + '_ {
        self.groups.values().copied()
    }

    /// The groups of this wave that continue a group of the previous published one.
    pub(super) fn successors(&self, earlier: GroupId) -> &[GroupId] {
        self.successors.get(&earlier).map_or(&[], Vec::as_slice)
    }

    /// The groups' labels in list order.
    pub(super) fn labels(&self, groups: impl Iterator<Item = GroupId>) -> Vec<String> {
        let groups: BTreeSet<_> = groups.collect();
        groups.into_iter().filter_map(|group| self.leaf(group)).map(|leaf| leaf.label.clone()).collect()
    }

    /// The names of everybody who leads a team of these blocks.
    pub(super) fn leaders(&self, blocks: &[usize]) -> BTreeSet<&'a str> {
        blocks
            .iter()
            .flat_map(|&index| self.block(index).groups())
            .filter_map(|group| self.leaf(group))
            .flat_map(|leaf| &leaf.teams)
            .flat_map(|team| &team.leaders)
            .map(String::as_str)
            .collect()
    }

    /// The dimensions in the instrument's order.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = &'a DimensionId> + '_ {
        self.past.instrument.dimensions.iter().map(|dimension| &dimension.id)
    }

    /// The places of a dimension's items that may be published per block.
    pub(super) fn items_of(&self, dimension: &DimensionId) -> Vec<usize> {
        let of_dimension = |item: &Item| item.dimension.as_ref() == Some(dimension) && item.publish == Publish::Team;
        self.past.instrument.items.iter().enumerate().filter(|(_, item)| of_dimension(item)).map(|(place, _)| place).collect()
    }

    /// The items that may be published per block, with their places.
    pub(super) fn statements(&self) -> impl Iterator<Item = (usize, &'a ItemId)> + '_ {
        let items = self.past.instrument.items.iter().enumerate();
        items.filter(|(_, item)| item.publish == Publish::Team).map(|(place, item)| (place, &item.id))
    }

    /// The dimension of an item.
    pub(super) fn dimension_of(&self, id: &ItemId) -> Option<&'a DimensionId> {
        self.past.instrument.items.iter().find(|item| &item.id == id)?.dimension.as_ref()
    }

    /// An item with its rule.
    pub(super) fn item(&self, place: usize) -> Option<(&'a Item, &'a ItemRule)> {
        Some((self.past.instrument.items.get(place)?, self.past.release.base.items.get(place)?))
    }

    /// Where an item of another wave stands here: same id, same dimension, same direction, same number of points.
    pub(super) fn counterpart(&self, item: &Item, rule: &ItemRule) -> Option<usize> {
        let place = self.place_of(&item.id)?;
        let (own, own_rule) = self.item(place)?;
        let same = own.dimension == item.dimension
            && own.reversed == item.reversed
            && own_rule.points == rule.points
            && own.publish == Publish::Team;
        same.then_some(place)
    }

    pub(super) fn place_of(&self, id: &ItemId) -> Option<usize> {
        self.past.instrument.items.iter().position(|item| &item.id == id)
    }

    /// The coarsening of an item.
    pub(super) fn coarsening(&self, place: usize) -> Option<Coarsening> {
        let base = &self.past.release.base;
        Coarsening::of_item(base, base.items.get(place)?).ok()
    }

    /// The spread within groups: the organisation's constant, or what the instrument declares where there is none.
    ///
    /// Raw points become points of 100 by the dimension's shortest scale, which gives the larger spread.
    pub(super) fn spread(&self, dimension: &DimensionId) -> Result<Spread, ReadingProblem> {
        let constants = self.past.release.org.constants.as_ref();
        let constant = constants.and_then(|all| all.dimensions.iter().find(|c| &c.dimension == dimension));
        let known = constant.and_then(|c| {
            let df = c.respondents.checked_sub(c.groups).filter(|&df| df > 0)?;
            Some((f64::from(c.sd_tenths) / 10.0, DegreesOfFreedom::Finite(df)))
        });
        let declared = || {
            let declared = self.past.instrument.dimensions.iter().find(|d| &d.id == dimension)?.declared_sd;
            Some((declared, DegreesOfFreedom::Infinite))
        };
        let points = self.items_of(dimension).into_iter().filter_map(|place| self.item(place)).map(|(_, rule)| rule.points).min();
        let (Some((raw, df)), Some(points)) = (known.or_else(declared), points) else {
            let what = format!("dimension {dimension} has no items or no standard deviation");
            return Err(ReadingProblem::Mismatch { wave: self.id().clone(), what });
        };
        let sd = spread_to_pomp(raw, points).map_err(|problem| self.undefined(problem))?;
        if sd > 0.0 {
            Ok(Spread { sd, df })
        } else {
            let problem = Undefined::OutOfDomain { what: "standard deviation", value: sd, domain: "more than 0" };
            Err(self.undefined(problem))
        }
    }

    /// The statements about what is said, each with the one about what is lived.
    pub(super) fn pairs(&self) -> &'a [Pair] {
        &self.past.instrument.pairs
    }

    /// Answers that look as if the statements had not been read, where the Release tells.
    pub(super) fn signals(&self) -> Option<Signals> {
        self.past.release.org.constants.as_ref()?.signals
    }

    /// The spread of one item within groups in points of 100: the organisation's constant, or the largest that there could be.
    pub(super) fn item_spread(&self, place: usize) -> Result<f64, Undefined> {
        let Some((item, rule)) = self.item(place) else { return Err(Undefined::NoValues) };
        let constants = self.past.release.org.constants.as_ref();
        let known = constants.and_then(|all| all.items.iter().find(|constant| constant.item == item.id));
        spread_to_pomp(known.map_or(WIDEST_ITEM_SD, |constant| f64::from(constant.sd_tenths) / 10.0), rule.points)
    }

    /// The correlation of two dimensions within groups, where the Release states it.
    pub(super) fn correlation_within(&self, a: &DimensionId, b: &DimensionId) -> Option<f64> {
        let all = &self.past.release.org.constants.as_ref()?.correlations;
        let of_both = |c: &&Correlation| (&c.first, &c.second) == (a, b) || (&c.first, &c.second) == (b, a);
        all.iter().find(of_both).map(|c| f64::from(c.hundredths) / 100.0)
    }

    /// The normal distribution of all blocks' means of one item: cells between the bands by their middle, bands as ranges.
    pub(super) fn fit(&self, place: usize) -> Option<Normal> {
        let fits = self.fits.get_or_init(|| (0..self.past.instrument.items.len()).map(|place| self.fit_item(place)).collect());
        fits.get(place).copied().flatten()
    }

    fn fit_item(&self, place: usize) -> Option<Normal> {
        let ranges = self.blocks.iter().filter_map(|block| block.ranges.get(place).copied().flatten());
        let observations: Vec<_> = ranges
            .map(|range| match range.band {
                None => Observation::Exact(f64::midpoint(range.low, range.high)),
                Some(_) => Observation::Within { low: range.low, high: range.high },
            })
            .collect();
        fit_censored_normal(&observations).ok()
    }

    pub(super) fn undefined(&self, problem: Undefined) -> ReadingProblem {
        ReadingProblem::Number { wave: self.id().clone(), problem }
    }
}
