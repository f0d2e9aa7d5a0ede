//! The audit file (`sdc-audit/1`): what was published of some waves, for a program of somebody else to check.
//!
//! Made from frozen Releases, manifests and group lists alone; with a staff list beside them only to write ids in place of head counts. It says of
//! every block what each item's cell leaves possible (`mean_range`), of every unit the means that follow from those (`derived`), and where
//! comments are shown (`pool`). Dimensions, points of 100 and changes are computed from these by the rules of `docs/reading.md`; they add
//! nothing that could be told from answers. `docs/disclosure.md` describes the fields, `docs/check_audit.py` checks such a file.

mod document;
mod rosters;

use std::collections::{BTreeMap, BTreeSet};

use disclosure::{Block, Member};
use domain::instrument::Publish;
use domain::roster::Roster;
use domain::{GroupId, ItemId, UnitPath, WaveId};
use protocol::manifest::CommentRule;

use crate::reading::{CellMean, PublishedWave, ReadingProblem, cell_means, respondents_band};
pub use document::{AuditFile, AuditFormat, AuditGroup, CrossWave, Heads, Measure, Policy, Stat};
pub use rosters::{group_unit, upward};

/// Derived means have so many decimals.
const DECIMALS: u32 = 2;

/// No histogram is published of anything; the format wants to know from how many respondents one could be.
const HISTOGRAMS_FROM: u32 = 20;

/// The measure of comments.
const COMMENTS: &str = "__comments";

/// A published wave, and the staff list of its launch where ids are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Audited<'a> {
    /// The wave.
    pub wave: &'a PublishedWave,
    /// The staff list.
    pub roster: Option<&'a Roster>,
}

/// Why there is no audit file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AuditProblem {
    /// No wave was named.
    #[error("name at least one published round")]
    NoWave,
    /// A wave is named twice.
    #[error("round {0} is named twice")]
    Twice(WaveId),
    /// The waves cannot be read.
    #[error(transparent)]
    Reading(#[from] ReadingProblem),
    /// An item has another scale than in an earlier wave.
    #[error("statement {item} has another scale in round {wave} than in an earlier one: audit these rounds in separate files")]
    ScaleChanged {
        /// The item.
        item: ItemId,
        /// The later wave.
        wave: WaveId,
    },
    /// Rounds promise different things.
    #[error(
        "round {wave} promises something else than an earlier one ({what}): audit rounds with different promises separately, so that each is held to its own"
    )]
    PromiseChanged {
        /// The later wave.
        wave: WaveId,
        /// What differs.
        what: &'static str,
    },
    /// The staff list is not the one of the launch.
    #[error(
        "the staff list does not fit round {wave}: group \u{201c}{group}\u{201d} was frozen with {frozen} people, the list has {listed} in its teams. Give the list as it was at the launch of this round"
    )]
    Roster {
        /// The wave.
        wave: WaveId,
        /// The group.
        group: String,
        /// People at launch.
        frozen: u32,
        /// People of its teams on the list.
        listed: usize,
    },
}

/// The audit file of some waves, in the order given.
///
/// # Errors
/// [`AuditProblem`] says why there is none.
pub fn audit_file(waves: &[Audited<'_>]) -> Result<AuditFile, AuditProblem> {
    let mut file =
        AuditFile { format: AuditFormat, policy: policy(waves)?, measures: BTreeMap::new(), rosters: BTreeMap::new(), groups: Vec::new() };
    for audited in waves {
        let id = &audited.wave.release.wave;
        measures(&mut file.measures, audited.wave)?;
        if file.rosters.insert(id.clone(), rosters::of_wave(audited)?).is_some() {
            return Err(AuditProblem::Twice(id.clone()));
        }
        groups(&mut file.groups, audited.wave)?;
    }
    Ok(file)
}

/// What every wave promises. Waves that promise different things have no common policy: the weaker one would let a breach of the stronger pass.
fn policy(waves: &[Audited<'_>]) -> Result<Policy, AuditProblem> {
    let first = &waves.first().ok_or(AuditProblem::NoWave)?.wave.manifest;
    let mut comments = None;
    let mut pair_min_range = first.min_range;
    for Audited { wave, .. } in waves {
        let promised = &wave.manifest;
        // A wave without comments promises nothing about them.
        let fewest = promised.comments.map(|rule| rule.min_respondents).or(comments);
        let promises = [
            ("k, the fewest respondents", promised.k == first.k),
            ("how many colluding colleagues are covered", promised.coalition == first.coalition),
            ("how many values stay possible", promised.min_range == first.min_range),
            ("the fewest respondents of shared comments", comments.is_none() || comments == fewest),
        ];
        if let Some((what, _)) = promises.into_iter().find(|(_, same)| !same) {
            return Err(AuditProblem::PromiseChanged { wave: wave.release.wave.clone(), what });
        }
        comments = fewest;
        pair_min_range = wave.release.base.items.iter().map(|rule| rule.grid).fold(pair_min_range, u32::min);
    }
    Ok(Policy {
        k: first.k,
        coalition: first.coalition,
        min_range: first.min_range,
        comments_k: comments.unwrap_or(CommentRule::least(first.k)),
        hist_min_n: HISTOGRAMS_FROM,
        cross_wave: CrossWave::Pairs,
        strict_roster: false,
        pair_min_range,
        pair_coalition: 0,
    })
}

fn measures(known: &mut BTreeMap<ItemId, Measure>, wave: &PublishedWave) -> Result<(), AuditProblem> {
    for (item, rule) in wave.instrument.items.iter().zip(&wave.release.base.items) {
        let measure = Measure { min: 1, max: rule.points, step: 1 };
        if item.publish == Publish::Team && *known.entry(item.id.clone()).or_insert(measure) != measure {
            return Err(AuditProblem::ScaleChanged { item: item.id.clone(), wave: wave.release.wave.clone() });
        }
    }
    Ok(())
}

/// A block with what is published of it.
struct Published<'a> {
    id: String,
    block: &'a Block,
    units: BTreeSet<String>,
    /// Per item with a cell, its representative as printed.
    representatives: BTreeMap<&'a ItemId, i64>,
}

fn groups(all: &mut Vec<AuditGroup>, wave: &PublishedWave) -> Result<(), AuditProblem> {
    let id = &wave.release.wave;
    let names: BTreeMap<GroupId, String> = wave.groups.iter().map(|leaf| (leaf.group, group_unit(&leaf.label))).collect();
    let mut published = Vec::new();
    for (block, cells) in wave.release.base.blocks.iter().zip(cell_means(wave)?) {
        let units = block.members.iter().map(|member| unit_of(member, &names)).collect();
        let cells = || wave.instrument.items.iter().zip(&cells).filter_map(|(item, cell)| Some((&item.id, cell.as_ref()?)));
        let of_block = Published {
            id: format!("{id}/block-{}", block.id.0),
            block,
            units,
            representatives: cells().map(|(item, cell)| (item, to_millionths(cell.representative))).collect(),
        };
        all.push(group(
            wave,
            &of_block.id,
            &of_block.units,
            block.n,
            cells().map(|(item, cell)| mean_range(item, cell, block.n)).collect(),
        ));
        published.push(of_block);
    }
    let covered: BTreeSet<&Member> = published.iter().flat_map(|block| &block.block.members).collect();
    for leaf in wave.groups.iter().filter(|leaf| !covered.contains(&Member::Group(leaf.group))) {
        all.push(AuditGroup {
            id: format!("{id}/group-{}", leaf.group),
            wave: id.clone(),
            version: 1,
            units: BTreeSet::from([group_unit(&leaf.label)]),
            published: false,
            n: None,
            n_range: None,
            stats: Vec::new(),
        });
    }
    let above = wave.groups.iter().flat_map(|leaf| (0..=leaf.unit.0.len()).map(|depth| UnitPath(leaf.unit.0[..depth].to_vec())));
    for unit in above.collect::<BTreeSet<_>>() {
        all.extend(total(wave, &unit, &published));
    }
    for (number, pool) in wave.release.comments.iter().enumerate() {
        let of_pool: Vec<&Published<'_>> = published.iter().filter(|block| pool.blocks.contains(&block.block.id)).collect();
        let n = of_pool.iter().map(|block| block.block.n).sum();
        let units = of_pool.iter().flat_map(|block| block.units.clone()).collect();
        all.push(group(wave, &format!("{id}/comments-{number}"), &units, n, vec![Stat::Pool { measure: COMMENTS.to_owned() }]));
    }
    Ok(())
}

fn group(wave: &PublishedWave, id: &str, units: &BTreeSet<String>, n: u32, stats: Vec<Stat>) -> AuditGroup {
    let (from, to) = respondents_band(wave, n);
    AuditGroup {
        id: id.to_owned(),
        wave: wave.release.wave.clone(),
        version: 1,
        units: units.clone(),
        published: true,
        n: Some(n),
        // The last band is open; no more can have answered than were invited.
        n_range: Some([from, to.unwrap_or(wave.manifest.invited).max(n)]),
        stats,
    }
}

/// The sub-total of a unit, or of the organisation; `None` where no block lies within.
fn total(wave: &PublishedWave, unit: &UnitPath, published: &[Published<'_>]) -> Option<AuditGroup> {
    let within: Vec<&Published<'_>> = published.iter().filter(|block| unit.contains(&block.block.unit)).collect();
    let items = wave.instrument.items.iter().map(|item| &item.id);
    let stats: Vec<Stat> = items.filter_map(|item| derived(item, &within)).collect();
    if stats.is_empty() {
        return None;
    }
    let name = if unit.0.is_empty() { "organisation".to_owned() } else { format!("unit/{}", rosters::path(unit)) };
    Some(AuditGroup {
        id: format!("{}/{name}", wave.release.wave),
        wave: wave.release.wave.clone(),
        version: 1,
        units: within.iter().flat_map(|block| block.units.clone()).collect(),
        published: true,
        n: None,
        n_range: None,
        stats,
    })
}

fn derived(item: &ItemId, within: &[&Published<'_>]) -> Option<Stat> {
    let (mut blocks, mut sum, mut all) = (Vec::new(), 0_i128, 0_i128);
    for block in within {
        if let Some(&representative) = block.representatives.get(item) {
            blocks.push(block.id.clone());
            sum += i128::from(representative) * i128::from(block.block.n);
            all += i128::from(block.block.n);
        }
    }
    if blocks.is_empty() {
        return None;
    }
    // Half up, in hundredths: whole numbers, so that every program gets the same.
    let unit = i128::from(10_i64.pow(6 - DECIMALS));
    let rounded = (2 * sum + all * unit).div_euclid(2 * all * unit);
    let value = f64_of(i64::try_from(rounded).ok()?) / 10_f64.powi(DECIMALS.cast_signed());
    Some(Stat::Derived { measure: item.clone(), blocks, value, decimals: DECIMALS })
}

/// The range of a block of `respondents`. Nothing in the file says how many of them left the item blank, so where some did, the range is that
/// of everything they could have answered: in it lies the mean of those who answered, and no reading of it is narrower than the cell.
fn mean_range(item: &ItemId, cell: &CellMean, respondents: u32) -> Stat {
    let n = u128::from(respondents.max(1));
    let blank = u64::from(respondents.saturating_sub(cell.n)) * u64::from(cell.points.saturating_sub(1));
    let millionths = |sum: u64| (u128::from(sum) + n) * 1_000_000;
    let (low, high) = (millionths(*cell.sums.start()) / n, millionths(*cell.sums.end() + blank).div_ceil(n));
    let mean = |millionths: u128| f64_of(i64::try_from(millionths).unwrap_or(i64::MAX)) / 1e6;
    let rep = f64_of(to_millionths(cell.representative)) / 1e6;
    Stat::MeanRange { measure: item.clone(), lo: mean(low), hi: mean(high), rep }
}

/// The name of the finest set that answers are told apart by.
fn unit_of(member: &Member, names: &BTreeMap<GroupId, String>) -> String {
    match member {
        Member::Group(group) => names.get(group).cloned().unwrap_or_else(|| group_unit(&format!("group {group}"))),
        Member::Upward(unit) => upward(unit),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "means lie between 1 and 255")]
fn to_millionths(mean: f64) -> i64 {
    (mean * 1e6).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "means in millionths have fewer than ten digits")]
const fn f64_of(whole: i64) -> f64 {
    whole as f64
}
