//! A dimension through time.

use std::collections::BTreeSet;

use domain::{DimensionId, GroupId, UnitPath};

use super::comparison::same_leaders;
use super::estimate::BlockSet;
use super::lineage::ancestors;
use super::recent;
use super::thresholds::MOST_RECENT_ROUNDS;
use super::waves::{Entry, History};
use super::{Hidden, ReadingProblem, Sight, Trend, TrendPoint, TrendSight};

/// Where a set of the latest wave's groups was in one earlier wave.
struct Place {
    blocks: Vec<usize>,
    together: Vec<String>,
}

/// The trend of one block: in each earlier wave the one block that holds all ancestors of its groups.
pub(super) fn of_block(history: &History<'_>, index: usize) -> Result<Vec<Trend>, ReadingProblem> {
    let places = followed(history, history.latest().block(index).groups())
        .into_iter()
        .map(|place| place.filter(|place| place.blocks.len() == 1))
        .collect::<Vec<_>>();
    trends(history, &[index], &places)
}

/// The trend of the organisation, all blocks of every wave; or of a unit, the blocks that hold all ancestors of its groups.
pub(super) fn of_total(history: &History<'_>, unit: &UnitPath, blocks: &[usize]) -> Result<Vec<Trend>, ReadingProblem> {
    let places = if unit.0.is_empty() {
        let everything = |count: usize| (count > 0).then(|| Place { blocks: (0..count).collect(), together: Vec::new() });
        history.earlier().iter().map(|wave| everything(wave.blocks().len())).collect()
    } else {
        followed(history, blocks.iter().flat_map(|&index| history.latest().block(index).groups()))
    };
    trends(history, blocks, &places)
}

/// Per earlier published wave, newest first, the blocks that hold all ancestors; `None` where one is missing.
fn followed(history: &History<'_>, groups: impl Iterator<Item = GroupId>) -> Vec<Option<Place>> {
    let found = ancestors(history, groups);
    let places = found.into_iter().zip(history.earlier()).map(|(family, wave)| {
        let family = family?;
        let blocks = family.iter().map(|&group| wave.block_of(group)).collect::<Option<BTreeSet<usize>>>()?;
        let others = blocks.iter().flat_map(|&index| wave.block(index).groups()).filter(|group| !family.contains(group));
        Some(Place { together: wave.labels(others), blocks: blocks.into_iter().collect() })
    });
    places.collect()
}

fn trends(history: &History<'_>, blocks: &[usize], places: &[Option<Place>]) -> Result<Vec<Trend>, ReadingProblem> {
    let now = BlockSet::new(history.latest(), blocks.to_vec());
    let dimensions = history.latest().dimensions().map(|dimension| {
        let items = trend_items(history, dimension);
        let about_leader = items.iter().filter_map(|&item| now.wave.item(item)).any(|(item, _)| item.about_leader);
        let followed = |wave: usize| -> Option<(Vec<usize>, &Place, BlockSet<'_, '_>)> {
            let place = places.get(wave)?.as_ref()?;
            let then = BlockSet::new(history.earlier().get(wave)?, place.blocks.clone());
            let comparable = !about_leader || same_leaders(&now, &then);
            comparable.then(|| (counterparts(&now, &then, &items), place, then))
        };
        let points = history.entries().iter().map(|entry| {
            let (wave, point) = match entry {
                Entry::Aborted(wave) => ((*wave).clone(), TrendSight::Aborted),
                Entry::Latest => {
                    let sight = sight_of(&now, dimension, &items)?;
                    (now.wave.id().clone(), TrendSight::Score { sight, together: Vec::new() })
                }
                Entry::Earlier(n) => {
                    let wave = history.earlier().get(*n).ok_or(ReadingProblem::NothingPublished)?;
                    let point = match followed(*n) {
                        Some((here, place, then)) => {
                            TrendSight::Score { sight: sight_of(&then, dimension, &here)?, together: place.together.clone() }
                        }
                        None => TrendSight::NotComparable,
                    };
                    (wave.id().clone(), point)
                }
            };
            Ok(TrendPoint { wave, point })
        });
        let points = points.collect::<Result<_, _>>()?;
        // Rounds in which other groups were counted with them are not about these people alone.
        let alone = (0..MOST_RECENT_ROUNDS.saturating_sub(1)).filter_map(followed).filter(|(_, place, _)| place.together.is_empty());
        let before: Vec<_> = alone.map(|(here, _, then)| (then, here)).collect();
        Ok(Trend { dimension: dimension.clone(), points, recent: recent::of_rounds(dimension, (&now, &items), &before)? })
    });
    dimensions.collect()
}

/// The latest wave's items of a dimension that every earlier wave asked which asked any of them.
pub(super) fn trend_items(history: &History<'_>, dimension: &DimensionId) -> Vec<usize> {
    let latest = history.latest();
    let mut items = latest.items_of(dimension);
    let asked =
        |wave: &super::waves::Wave<'_>, place: usize| latest.item(place).is_some_and(|(item, rule)| wave.counterpart(item, rule).is_some());
    let all = items.clone();
    for wave in history.earlier() {
        if all.iter().any(|&place| asked(wave, place)) {
            items.retain(|&place| asked(wave, place));
        }
    }
    items
}

/// Where the latest wave's items stand in an earlier wave; none when that wave did not ask the dimension.
pub(super) fn counterparts(now: &BlockSet<'_, '_>, then: &BlockSet<'_, '_>, items: &[usize]) -> Vec<usize> {
    items.iter().filter_map(|&place| now.wave.item(place)).filter_map(|(item, rule)| then.wave.counterpart(item, rule)).collect()
}

fn sight_of(set: &BlockSet<'_, '_>, dimension: &DimensionId, items: &[usize]) -> Result<Sight, ReadingProblem> {
    if items.is_empty() {
        return Ok(Sight::Hidden(Hidden::NotAsked));
    }
    let counting: Vec<_> = items.iter().copied().filter(|&place| set.publishes(place)).collect();
    set.sight(dimension, items, &counting)
}
