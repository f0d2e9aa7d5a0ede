//! What changed since the round before: everywhere, group by group, and where the groups come from.

use askama::Template;
use domain::{DimensionId, WaveId};
use release::reading::{BlockReport, Change, Comparison, GroupOrigin, Origins, Published, PublishedWave, TotalReport};

use super::parts::{Shown, by_unit, in_order};
use crate::catalogue::Fixed;
use crate::charts::small_multiples;
use crate::language::BrokenWords;
use crate::sections::{class_of, name};
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/changes.html")]
struct ChangesSection<'a> {
    words: &'a Words,
    title: String,
    everywhere: SetView,
    origins: Option<OriginsView>,
    units: Vec<(String, Vec<GroupView>)>,
    several_rounds: bool,
    dimensions: Vec<String>,
}

/// What was compared, and what came of it.
struct SetView {
    comparison: Tagged,
    changes: Vec<(DimensionId, String, ChangeView)>,
}

/// A change with its word and the rest of the sentence.
struct ChangeView {
    /// Of the style sheet: `clear` or `possible` with a direction, or `none`.
    class: &'static str,
    word: Tagged,
    detail: String,
}

/// One group.
struct GroupView {
    block: u32,
    name: String,
    set: SetView,
    charts: Vec<String>,
    rounds: Vec<(WaveId, Vec<(DimensionId, Tagged)>)>,
}

/// Where groups come from.
struct OriginsView {
    groups: Vec<(String, Tagged, Vec<String>)>,
    same: Option<String>,
    ended: Vec<String>,
}

pub(super) fn changes(
    words: &Words,
    wave: &PublishedWave,
    (total, origins, blocks): (&TotalReport, &Origins, &[Published<BlockReport>]),
    shown: Shown,
    parts: &mut Vec<String>,
) -> Result<String, ReportProblem> {
    let mut ordered = blocks.to_vec();
    in_order(&mut ordered);
    let (chosen, names) = shown.of(words, &ordered, |block| &block.unit)?;
    *parts = names;
    let several_rounds = total.trends.iter().any(|trend| trend.points.len() > 1);
    let row = |block: &Published<BlockReport>| group_view(words, wave, block, several_rounds);
    let title = match &origins.since {
        Some(since) => words.since(since)?,
        None => words.say(Fixed::PartComparison).to_owned(),
    };
    let section = ChangesSection {
        words,
        title,
        everywhere: set_view(words, wave, &total.comparison, None)?,
        origins: origins.since.is_some().then(|| origins_view(words, origins)).transpose()?,
        units: by_unit(words, &chosen.concat(), |block| &block.unit, row)?,
        several_rounds,
        dimensions: wave.instrument.dimensions.iter().map(|dimension| words.of(&dimension.name)).collect(),
    };
    Ok(section.render()?)
}

fn set_view(words: &Words, wave: &PublishedWave, comparison: &Comparison, own: Option<&[String]>) -> Result<SetView, BrokenWords> {
    let Comparison::Made(set) = comparison else {
        return Ok(SetView { comparison: tagged::comparison(words, comparison, own)?, changes: Vec::new() });
    };
    let view = |change: &Change| {
        let detail = words.change_detail(change, &set.since)?;
        let view = ChangeView { class: class_of(change), word: tagged::change(words, change), detail };
        Ok((change.dimension.clone(), name(words, wave, &change.dimension), view))
    };
    let changes = set.changes.iter().map(view).collect::<Result<_, BrokenWords>>()?;
    Ok(SetView { comparison: tagged::comparison(words, comparison, own)?, changes })
}

fn group_view(
    words: &Words,
    wave: &PublishedWave,
    block: &Published<BlockReport>,
    several_rounds: bool,
) -> Result<GroupView, ReportProblem> {
    let group = words.group_row(&block.labels, block.with_upward)?;
    let named: Vec<_> = block.trends.iter().map(|trend| (name(words, wave, &trend.dimension), trend)).collect();
    let (mut charts, mut rounds) = (Vec::new(), Vec::new());
    if several_rounds {
        charts = small_multiples(words, &format!("over-time-{}", block.block.0), &group, &named)?;
        for (place, point) in block.trends.first().into_iter().flat_map(|trend| trend.points.iter().enumerate()) {
            let cells = named.iter().filter_map(|(_, trend)| {
                let shown = tagged::trend_point(words, trend.points.get(place)?);
                Some(shown.map(|shown| (trend.dimension.clone(), shown)))
            });
            rounds.push((point.wave.clone(), cells.collect::<Result<_, BrokenWords>>()?));
        }
    }
    let set = set_view(words, wave, &block.comparison, Some(&block.labels))?;
    Ok(GroupView { block: block.block.0, name: group, set, charts, rounds })
}

fn origins_view(words: &Words, origins: &Origins) -> Result<OriginsView, BrokenWords> {
    let view = |group: &GroupOrigin| {
        let before = group.before.iter().map(|before| words.continued(before)).collect::<Result<_, BrokenWords>>()?;
        Ok((words.group_in(&group.label, &group.unit), tagged::origin(words, group), before))
    };
    let (other, same): (Vec<_>, Vec<_>) = origins.groups.iter().partition(|group| !group.events.is_empty());
    Ok(OriginsView {
        groups: other.into_iter().map(view).collect::<Result<_, BrokenWords>>()?,
        same: (!same.is_empty()).then(|| words.as_before(same.len())).transpose()?,
        ended: origins.ended.iter().map(|group| words.group_in(&group.label, &group.unit)).collect(),
    })
}
