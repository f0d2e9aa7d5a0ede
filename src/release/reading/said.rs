//! Said or lived: whether what is said stands farther above what happens than elsewhere. Evidence for a conversation, never an accusation.

use std::collections::BTreeSet;

use disclosure::BlockId;
use domain::UnitPath;
use serde::Serialize;
use statistics::{ChangeTest, DegreesOfFreedom, holm, stratified_standard_error, test_change};

use super::comparison::{self, difference_of, difference_shown, same_leaders, word_of};
use super::estimate::BlockSet;
use super::thresholds::{ALL_ALIKE_MIXED_FROM, ALL_ALIKE_TALK_FROM, IN_A_ROW_MIXED_FROM, IN_A_ROW_TALK_FROM};
use super::waves::{History, Wave};
use super::{ChangeWord, Difference, ReadingProblem};
use crate::document::Signals;

/// Of single items nothing is taken as known for good once everybody has answered: the answer to one statement is mostly of the moment, and
/// with one pair no average makes up for it.
pub(super) const WHOLE_VARIANCE: f64 = 0.0;

/// What is said and what is lived in the latest wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SaidOrLived {
    /// The whole organisation, by the change since the wave before; what its Release says of answers can only raise the word.
    pub organisation: Verdict,
    /// Said minus lived over the whole organisation, on average over the pairs. It has no natural zero.
    pub gap: Option<Difference>,
    /// Shares of answers that look as if the statements had not been read, in hundredths.
    pub signals: Option<SignalShares>,
    /// Every block with groups, in the order of units and names.
    pub groups: Vec<GroupVerdict>,
}

/// Answers that look as if the statements had not been read, in hundredths of the people who answered all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignalShares {
    /// The same point eight or more times in a row, turned statements among them.
    pub same_in_a_row: u32,
    /// The same point throughout.
    pub same_throughout: u32,
}

/// What is said of one block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupVerdict {
    /// The block.
    pub block: BlockId,
    /// Its unit.
    pub unit: UnitPath,
    /// Labels of its groups.
    pub groups: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
}

/// Whether what is said and what is lived fit together, with the reasons, strongest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The word.
    pub word: SaidWord,
    /// Why; empty unless the word is [`SaidWord::Mixed`] or [`SaidWord::WorthAConversation`].
    pub reasons: Vec<Reason>,
}

/// The word for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaidWord {
    /// Too little of it can be seen or compared, and in what can be nothing stands out.
    CannotBeSeen,
    /// Nothing stands out.
    Consistent,
    /// Something may.
    Mixed,
    /// Something does.
    WorthAConversation,
}

/// One reason for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// What is said stands this much farther above what is lived than in the whole organisation.
    FartherThanElsewhere(Difference),
    /// It stands this much farther above it than in the wave before.
    FartherThanBefore(Difference),
    /// So many of a hundred chose the same point for eight or more statements in a row, turned ones among them.
    SameInARow(u32),
    /// So many of a hundred chose the same point throughout.
    SameThroughout(u32),
}

/// The places of a pair's items.
#[derive(Debug, Clone, Copy)]
struct Places {
    said: usize,
    lived: usize,
}

/// The pairs of a wave, and said minus lived of everybody in each, with which every block is compared: computed once.
pub(super) struct Everybody {
    pairs: Vec<Places>,
    gaps: Vec<Option<Gap>>,
    /// A block that is all there is has no elsewhere.
    elsewhere: bool,
}

impl Everybody {
    /// Reads the latest wave; `None` where its form has no pairs.
    pub(super) fn of(latest: &Wave<'_>) -> Result<Option<Self>, ReadingProblem> {
        let pairs = pairs_of(latest);
        if pairs.is_empty() || latest.blocks().is_empty() {
            return Ok(None);
        }
        let gaps = gaps(&all_blocks(latest), &pairs)?;
        Ok(Some(Self { pairs, gaps, elsewhere: latest.blocks().len() > 1 }))
    }
}

fn all_blocks<'w, 'a>(latest: &'w Wave<'a>) -> BlockSet<'w, 'a> {
    BlockSet::new(latest, (0..latest.blocks().len()).collect())
}

/// How much larger said minus lived is on one side than on the other.
struct Compared {
    test: ChangeTest,
    /// A band makes it the smallest difference that is possible.
    at_least: bool,
}

/// Reads the latest wave; `None` where its form has no pairs.
pub(super) fn of_wave(history: &History<'_>) -> Result<Option<SaidOrLived>, ReadingProblem> {
    let latest = history.latest();
    let Some(everybody) = Everybody::of(latest)? else { return Ok(None) };
    let mut groups = Vec::new();
    for index in 0..latest.blocks().len() {
        let block = latest.block(index);
        let labels = latest.labels(block.groups());
        if let Some(verdict) = of_block(history, index, Some(&everybody))? {
            groups.push(GroupVerdict { block: block.published.id, unit: block.published.unit.clone(), groups: labels, verdict });
        }
    }
    groups.sort_by(|a, b| (&a.unit, &a.groups).cmp(&(&b.unit, &b.groups)));
    let signals = latest.signals();
    let gap = compared(&all_blocks(latest), &everybody.pairs, None)?;
    // The smallest possible gap says nothing where it is none.
    let gap = gap.filter(|gap| !gap.at_least || gap.test.difference > 0.0).map(|gap| difference_shown(&gap.test, gap.at_least));
    Ok(Some(SaidOrLived {
        organisation: of_organisation(history, &everybody.pairs, signals)?,
        gap,
        signals: signals.map(|s| SignalShares { same_in_a_row: s.same_in_a_row, same_throughout: s.same_throughout }),
        groups,
    }))
}

/// The verdict on one block of the latest wave; `None` without pairs or without a group.
pub(super) fn of_block(history: &History<'_>, index: usize, everybody: Option<&Everybody>) -> Result<Option<Verdict>, ReadingProblem> {
    let latest = history.latest();
    let Some(everybody) = everybody.filter(|_| latest.block(index).groups().next().is_some()) else { return Ok(None) };
    let block = BlockSet::new(latest, vec![index]);
    let elsewhere = if everybody.elsewhere { compared(&block, &everybody.pairs, Some(&everybody.gaps))? } else { None };
    let before = match (history.earlier().first(), comparison::sides(history, index)) {
        (Some(earlier), Some((now, before))) => since(latest, now, earlier, before, &everybody.pairs)?,
        _ => None,
    };
    let seen = elsewhere.as_ref().is_some_and(|compared| !compared.at_least);
    let tested = [elsewhere.map(|c| (c, Kind::Elsewhere)), before.map(|c| (c, Kind::Before))];
    verdict(latest, seen, tested.into_iter().flatten().collect()).map(Some)
}

fn of_organisation(history: &History<'_>, pairs: &[Places], signals: Option<Signals>) -> Result<Verdict, ReadingProblem> {
    let latest = history.latest();
    let before = match history.earlier().first() {
        Some(earlier) => since(latest, (0..latest.blocks().len()).collect(), earlier, (0..earlier.blocks().len()).collect(), pairs)?,
        None => None,
    };
    let seen = before.as_ref().is_some_and(|compared| !compared.at_least);
    let Verdict { mut word, mut reasons } = verdict(latest, seen, before.map(|c| (c, Kind::Before)).into_iter().collect())?;
    if let Some(Signals { same_in_a_row, same_throughout }) = signals {
        let mut tell = |share: u32, mixed_from: u32, talk_from: u32, reason: Reason| {
            if share >= mixed_from {
                word = word.max(if share >= talk_from { SaidWord::WorthAConversation } else { SaidWord::Mixed });
                reasons.push(reason);
            }
        };
        tell(same_throughout, ALL_ALIKE_MIXED_FROM, ALL_ALIKE_TALK_FROM, Reason::SameThroughout(same_throughout));
        tell(same_in_a_row, IN_A_ROW_MIXED_FROM, IN_A_ROW_TALK_FROM, Reason::SameInARow(same_in_a_row));
    }
    Ok(Verdict { word, reasons })
}

/// With what a gap was compared.
#[derive(Clone, Copy)]
enum Kind {
    Elsewhere,
    Before,
}

/// The word for gaps that were tested together; only larger ones are evidence. `seen`: nothing that is hidden could have stood out.
fn verdict(wave: &Wave<'_>, seen: bool, tested: Vec<(Compared, Kind)>) -> Result<Verdict, ReadingProblem> {
    let p_values: Vec<f64> = tested.iter().map(|(compared, _)| compared.test.p).collect();
    let adjusted = holm(&p_values).map_err(|problem| wave.undefined(problem))?;
    let mut found: Vec<(f64, SaidWord, Reason)> = Vec::new();
    for ((compared, kind), adjusted) in tested.into_iter().zip(adjusted) {
        let word = match word_of(adjusted, compared.test.difference) {
            ChangeWord::Clear => SaidWord::WorthAConversation,
            ChangeWord::Possible => SaidWord::Mixed,
            ChangeWord::None | ChangeWord::CannotBeSeen => continue,
        };
        if compared.test.difference > 0.0 {
            let shown = difference_shown(&compared.test, compared.at_least);
            found.push((
                adjusted,
                word,
                match kind {
                    Kind::Elsewhere => Reason::FartherThanElsewhere(shown),
                    Kind::Before => Reason::FartherThanBefore(shown),
                },
            ));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let nothing = if seen { SaidWord::Consistent } else { SaidWord::CannotBeSeen };
    let word = found.iter().map(|(_, word, _)| *word).max().unwrap_or(nothing);
    Ok(Verdict { word, reasons: found.into_iter().map(|(_, _, reason)| reason).collect() })
}

/// The pairs of a wave by the places of their items.
fn pairs_of(wave: &Wave<'_>) -> Vec<Places> {
    let place = |id| wave.place_of(id);
    wave.pairs().iter().filter_map(|pair| Some(Places { said: place(&pair.said)?, lived: place(&pair.lived)? })).collect()
}

/// The same groups' gap now and in the wave before, over the pairs that both asked; none with other leaders.
fn since(
    latest: &Wave<'_>,
    now: BTreeSet<usize>,
    earlier: &Wave<'_>,
    before: BTreeSet<usize>,
    pairs: &[Places],
) -> Result<Option<Compared>, ReadingProblem> {
    let now = BlockSet::new(latest, now.into_iter().collect());
    let before = BlockSet::new(earlier, before.into_iter().collect());
    let there = |place| latest.item(place).and_then(|(item, rule)| earlier.counterpart(item, rule));
    let both = pairs.iter().filter_map(|pair| Some((*pair, Places { said: there(pair.said)?, lived: there(pair.lived)? })));
    let (own, others): (Vec<_>, Vec<_>) = both.unzip();
    let about_leader =
        own.iter().flat_map(|pair| [pair.said, pair.lived]).filter_map(|place| latest.item(place)).any(|(item, _)| item.about_leader);
    if before.blocks.is_empty() || (about_leader && !same_leaders(&now, &before)) {
        return Ok(None);
    }
    compared(&now, &own, Some(&gaps(&before, &others)?))
}

/// One side's gap in one pair.
struct Gap {
    difference: f64,
    variance: f64,
    band: bool,
}

/// How much larger the mean of said minus lived is in `here` than in `others`, pair by pair, or than nothing, over the pairs that both show;
/// `None` where fewer than half of them do, or where a band leaves the smaller end open.
fn compared(here: &BlockSet<'_, '_>, pairs: &[Places], others: Option<&[Option<Gap>]>) -> Result<Option<Compared>, ReadingProblem> {
    const NOTHING: Gap = Gap { difference: 0.0, variance: 0.0, band: false };
    let (mut difference, mut deviations, mut at_least, mut used) = (0.0, [0.0, 0.0], false, 0_u32);
    for (place, &places) in pairs.iter().enumerate() {
        let other = others.map_or(Some(&NOTHING), |others| others.get(place)?.as_ref());
        let (Some(own), Some(other)) = (gap(here, places)?, other) else { continue };
        // A band leaves one side of a gap open: here only the smaller end may be known, there only the larger one.
        if (own.band && own.difference < 0.0) || (other.band && other.difference > 0.0) {
            return Ok(None);
        }
        at_least |= own.band || other.band;
        difference += own.difference - other.difference;
        let [own_deviation, other_deviation] = &mut deviations;
        // Standard deviations add up: what is not known of how pairs vary together is taken as varying fully together.
        *own_deviation += own.variance.sqrt();
        *other_deviation += other.variance.sqrt();
        used += 1;
    }
    if used == 0 || usize::try_from(used).unwrap_or(usize::MAX) * 2 < pairs.len() {
        return Ok(None);
    }
    let [own, other] = deviations.map(|sum| sum / f64::from(used));
    let test = test_change(difference / f64::from(used), own.hypot(other), DegreesOfFreedom::Infinite)
        .map_err(|problem| here.wave.undefined(problem))?;
    Ok(Some(Compared { test, at_least }))
}

/// Said minus lived in every pair.
fn gaps(set: &BlockSet<'_, '_>, pairs: &[Places]) -> Result<Vec<Option<Gap>>, ReadingProblem> {
    pairs.iter().map(|&places| gap(set, places)).collect()
}

/// Said minus lived in one pair; `None` where a cell or both ends are missing.
fn gap(set: &BlockSet<'_, '_>, places: Places) -> Result<Option<Gap>, ReadingProblem> {
    let (Some(said), Some(lived)) = (set.read(&[places.said])?, set.read(&[places.lived])?) else { return Ok(None) };
    let Some((difference, cells, band)) = difference_of(said.seen, lived.seen) else { return Ok(None) };
    let mut variance = cells;
    for (place, reading) in [(places.said, &said), (places.lived, &lived)] {
        // People who rate one high tend to rate the other high, which makes their difference surer than this.
        let sd = set.wave.item_spread(place).map_err(|problem| set.wave.undefined(problem))?;
        let se = stratified_standard_error(sd, &reading.strata, WHOLE_VARIANCE).map_err(|problem| set.wave.undefined(problem))?;
        variance += se * se;
    }
    Ok(Some(Gap { difference, variance, band }))
}
