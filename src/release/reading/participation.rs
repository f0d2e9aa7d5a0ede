//! How many answered, in bands.

use domain::UnitPath;

use super::thresholds::RATE_FROM_INVITED;
use super::waves::Wave;
use super::{Participation, PublishedWave};

/// Bands of respondents above the first; the first runs from 5 (from k, where k is 4) to 7.
const BANDS: [(u32, Option<u32>); 8] =
    [(8, Some(10)), (11, Some(15)), (16, Some(25)), (26, Some(50)), (51, Some(100)), (101, Some(250)), (251, Some(500)), (501, None)];

/// Bands of a rate: lower end and upper end in percent.
const RATES: [(u8, u8); 4] = [(0, 49), (50, 69), (70, 84), (85, 100)];

/// Participation of one block.
pub(super) fn of_block(wave: &Wave<'_>, index: usize) -> Participation {
    let block = wave.block(index);
    banded(wave, u64::from(block.published.n), block.invited.map(u64::from))
}

/// Participation of the organisation, or of the groups that a unit's sub-total covers.
///
/// A unit's rate counts those invited to the covered groups; with answers counted one level up in it only if all of the unit's
/// groups are covered, because otherwise some of those answers come from people of groups that are not.
pub(super) fn of_total(wave: &Wave<'_>, unit: &UnitPath, blocks: &[usize]) -> Participation {
    let n = blocks.iter().map(|&index| u64::from(wave.block(index).published.n)).sum();
    if unit.0.is_empty() {
        return banded(wave, n, Some(u64::from(wave.invited())));
    }
    let (covered, all) = invited_within(wave, unit, blocks);
    let upward = blocks.iter().any(|&index| wave.block(index).invited.is_none());
    banded(wave, n, (covered == all || !upward).then_some(covered))
}

/// Which share of those invited in a unit the blocks cover, as a band in percent; all of them is a band of its own.
pub(super) fn coverage(wave: &Wave<'_>, unit: &UnitPath, blocks: &[usize]) -> (u8, u8) {
    let (covered, all) = invited_within(wave, unit, blocks);
    if unit.0.is_empty() || covered >= all {
        return (100, 100);
    }
    match band_of_rate(covered, all) {
        (from, 100) => (from, 99),
        band => band,
    }
}

/// People invited to the unit's groups that the blocks cover, and to all of the unit's groups.
fn invited_within(wave: &Wave<'_>, unit: &UnitPath, blocks: &[usize]) -> (u64, u64) {
    let (mut covered, mut all) = (0, 0);
    for leaf in wave.leaves().filter(|leaf| unit.contains(&leaf.unit)) {
        all += u64::from(leaf.invited);
        if wave.block_of(leaf.group).is_some_and(|block| blocks.contains(&block)) {
            covered += u64::from(leaf.invited);
        }
    }
    (covered, all)
}

/// The band of respondents that pages show for `n`; `None` for the open end of the last.
#[must_use]
pub fn respondents_band(wave: &PublishedWave, n: u32) -> (u32, Option<u32>) {
    band_of(wave.release.base.k, u64::from(n))
}

fn band_of(k: u32, n: u64) -> (u32, Option<u32>) {
    BANDS.into_iter().rev().find(|&(from, _)| n >= u64::from(from)).unwrap_or((k.min(5), Some(7)))
}

fn banded(wave: &Wave<'_>, n: u64, invited: Option<u64>) -> Participation {
    let (from, to) = band_of(wave.smallest_block(), n);
    let rate = invited.filter(|&invited| invited >= RATE_FROM_INVITED).map(|invited| band_of_rate(n, invited));
    Participation { from, to, rate }
}

fn band_of_rate(part: u64, whole: u64) -> (u8, u8) {
    RATES.into_iter().rev().find(|&(from, _)| part * 100 >= whole * u64::from(from)).unwrap_or((0, 49))
}
