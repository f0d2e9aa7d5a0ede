//! Where the organisation goes over three and more waves, or that it goes up and down.

use std::collections::{BTreeMap, BTreeSet};

use domain::{DimensionId, WaveId};
use serde::Serialize;
use statistics::{ChangeTest, DegreesOfFreedom, KnownMean, OrganisationTrend, RHO_CHANGE, Undefined, WaveMean, WeightedLine, holm};

use super::comparison::{difference_shown, same_leaders, word_of};
use super::estimate::{BlockSet, Seen};
use super::lineage::join;
use super::thresholds::FEWEST_ROUNDS_FOR_A_LINE;
use super::trend::{counterparts, trend_items};
use super::waves::{History, Wave};
use super::{ChangeWord, Difference, ReadingProblem};

/// The course of one dimension in the whole organisation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// The dimension.
    pub dimension: DimensionId,
    /// What can be said of it.
    pub found: CourseFound,
}

/// The course of a dimension over several waves.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CourseFound {
    /// Fewer than three waves asked the same statements of the same people, or their closing dates do not follow each other.
    TooFewRounds,
    /// Without the waves in which the score is only "this or more" or "this or less" fewer than three are left, or the latest is one of
    /// these, or too few groups were there more than once.
    CannotBeTold,
    /// The waves lie farther from a line than chance takes them: no line is drawn.
    UpAndDown {
        /// The first of the waves.
        since: WaveId,
        /// How many waves.
        rounds: u32,
    },
    /// A line.
    Line {
        /// The first of the waves.
        since: WaveId,
        /// How many waves.
        rounds: u32,
        /// Where the line ends minus where it begins, with its 95 % interval.
        difference: Difference,
        /// The word for it by the rule of a change, all lines adjusted together (Holm).
        word: ChangeWord,
    },
}

/// One wave of a dimension's course: all its blocks and the places of the items.
struct Round<'w, 'a> {
    set: BlockSet<'w, 'a>,
    items: Vec<usize>,
    /// Which series each block continues.
    series: &'w [usize],
}

/// What is known of one series of groups, with the time of each wave.
type DatedMeans = Vec<(f64, KnownMean)>;

/// What is known of a dimension before the words.
enum Drawn {
    Not(CourseFound),
    Line { since: WaveId, rounds: u32, test: ChangeTest },
}

/// One entry per dimension that the latest wave asked in its groups.
pub(super) fn of_organisation(history: &History<'_>) -> Result<Vec<Course>, ReadingProblem> {
    let latest = history.latest();
    let series = series(history);
    let asked = latest.dimensions().filter(|dimension| !latest.items_of(dimension).is_empty());
    let drawn = asked.map(|dimension| Ok((dimension, of_dimension(history, dimension, &series)?))).collect::<Result<Vec<_>, _>>()?;
    let p_values: Vec<f64> =
        drawn.iter().filter_map(|(_, drawn)| if let Drawn::Line { test, .. } = drawn { Some(test.p) } else { None }).collect();
    let mut adjusted = holm(&p_values).map_err(|problem| latest.undefined(problem))?.into_iter();
    let worded = |(dimension, drawn): (&DimensionId, Drawn)| {
        let found = match drawn {
            Drawn::Not(found) => found,
            Drawn::Line { since, rounds, test } => CourseFound::Line {
                since,
                rounds,
                difference: difference_shown(&test, false),
                word: word_of(adjusted.next().unwrap_or(1.0), test.difference),
            },
        };
        Course { dimension: dimension.clone(), found }
    };
    Ok(drawn.into_iter().map(worded).collect())
}

/// The published waves, oldest first.
fn oldest_first<'w, 'a>(history: &'w History<'a>) -> impl Iterator<Item = &'w Wave<'a>> {
    history.earlier().iter().rev().chain([history.latest()])
}

/// Per published wave, oldest first, the series of each of its blocks: a block continues another when nothing else is joined to the two.
fn series(history: &History<'_>) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut next = 0..;
    let mut before: Option<&Wave<'_>> = None;
    for wave in oldest_first(history) {
        let continued = |index: usize| {
            let joined = join(wave, before?, [index]);
            let alone = joined.later.len() == 1 && joined.earlier.len() == 1 && !joined.new_group && !joined.nothing_before;
            all.last()?.get(*joined.earlier.first().filter(|_| alone)?).copied()
        };
        let continued: Vec<_> = (0..wave.blocks().len()).map(continued).collect();
        all.push(continued.into_iter().filter_map(|series| series.or_else(|| next.next())).collect());
        before = Some(wave);
    }
    all
}

fn of_dimension(history: &History<'_>, dimension: &DimensionId, series: &[Vec<usize>]) -> Result<Drawn, ReadingProblem> {
    let latest = history.latest();
    let everybody = |wave| BlockSet::new(wave, (0..Wave::blocks(wave).len()).collect());
    let now = everybody(latest);
    let items = trend_items(history, dimension);
    let about_leader = items.iter().filter_map(|&place| latest.item(place)).any(|(item, _)| item.about_leader);
    // A wave whose score is a band is a gap; the latest must not be, because a course leads to now.
    let (mut rounds, mut bands, mut now_is_band) = (Vec::new(), 0, false);
    for (wave, series) in oldest_first(history).zip(series) {
        let set = everybody(wave);
        let here = counterparts(&now, &set, &items);
        if here.is_empty() || (about_leader && !same_leaders(&now, &set)) {
            continue;
        }
        let Some(reading) = set.read_asked(&here)? else { continue };
        now_is_band = !matches!(reading.seen, Seen::Around { .. });
        if now_is_band {
            bands += 1;
        } else {
            rounds.push(Round { set, items: here, series });
        }
    }
    if rounds.len() + bands < FEWEST_ROUNDS_FOR_A_LINE {
        return Ok(Drawn::Not(CourseFound::TooFewRounds));
    }
    if now_is_band || rounds.len() < FEWEST_ROUNDS_FOR_A_LINE {
        return Ok(Drawn::Not(CourseFound::CannotBeTold));
    }
    let dates: Vec<i64> = rounds.iter().map(|round| round.set.wave.closes_at().micros()).collect();
    let (Some(first), Some(from), Some(to)) = (rounds.first(), dates.first(), dates.last()) else {
        return Ok(Drawn::Not(CourseFound::TooFewRounds));
    };
    if !dates.is_sorted_by(|a, b| a < b) {
        return Ok(Drawn::Not(CourseFound::TooFewRounds));
    }
    #[expect(clippy::cast_precision_loss, reason = "microseconds of some years are fewer than 2^53")]
    let times: Vec<f64> = dates.iter().map(|date| (date - from) as f64 / (to - from) as f64).collect();

    let groups = by_group(&rounds, &times, dimension, about_leader)?;
    let line = match OrganisationTrend::of_known(&groups) {
        Ok(line) => line,
        Err(problem @ Undefined::OutOfDomain { .. }) => return Err(latest.undefined(problem)),
        Err(_) => return Ok(Drawn::Not(CourseFound::CannotBeTold)),
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (since, number) = (first.set.wave.id().clone(), count(rounds.len()));
    let mut means = Vec::with_capacity(rounds.len());
    for (round, &time) in rounds.iter().zip(&times) {
        let Some(known) = round.set.known(dimension, &round.items, RHO_CHANGE)? else { continue };
        // What moves a group on its own in one wave moves the mean of all a little.
        let standard_error = (known.variance + line.team_wave * round.set.concentration(&round.items)).sqrt();
        means.push(WaveMean { time, mean: known.mean, standard_error });
    }
    if WeightedLine::through(&means).map_err(|problem| latest.undefined(problem))?.goes_up_and_down() {
        return Ok(Drawn::Not(CourseFound::UpAndDown { since, rounds: number }));
    }
    // Within groups: their rounds, less one for each group and one for the slope.
    let cells = groups.iter().map(Vec::len).sum::<usize>();
    let df = DegreesOfFreedom::Finite(count(cells.saturating_sub(groups.len() + 1)).max(1));
    let test = line.test(df).map_err(|problem| latest.undefined(problem))?;
    Ok(Drawn::Line { since, rounds: number, test })
}

/// Per series of groups its means by time. Statements about a leader start a new series with a new leader.
fn by_group(
    rounds: &[Round<'_, '_>],
    times: &[f64],
    dimension: &DimensionId,
    about_leader: bool,
) -> Result<Vec<DatedMeans>, ReadingProblem> {
    let mut groups: BTreeMap<(usize, BTreeSet<&str>), DatedMeans> = BTreeMap::new();
    for (round, &time) in rounds.iter().zip(times) {
        for (index, &series) in round.series.iter().enumerate() {
            let block = BlockSet::new(round.set.wave, vec![index]);
            let Some(known) = block.known(dimension, &round.items, RHO_CHANGE)? else { continue };
            let leaders = if about_leader { round.set.wave.leaders(&[index]) } else { BTreeSet::new() };
            groups.entry((series, leaders)).or_default().push((time, known));
        }
    }
    Ok(groups.into_values().collect())
}
