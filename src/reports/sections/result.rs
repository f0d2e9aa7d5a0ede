//! The result of a group, a unit or the organisation.

use std::collections::BTreeSet;

use askama::Template;
use domain::instrument::Publish;
use domain::{DimensionId, TeamLabel, WaveId};
use release::reading::{BlockReport, Comparison, Participation, PublishedWave, Quadrant, Score, Sight, TotalReport, Trend};

use super::trends::{TrendView, trend_view};
use super::{changes, class_of, identifier, name};
use crate::catalogue::{BrokenWords, Fixed};
use crate::charts::scale_chart;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// The result of a group, a unit or the organisation.
#[derive(Template)]
#[template(path = "result.html")]
struct ResultSection<'a> {
    words: &'a Words,
    /// `data-block` or `data-unit`, and its value.
    place: (&'static str, String),
    /// Unique within the page.
    id: String,
    round: String,
    title: String,
    participation: Tagged,
    /// Further sentences about whose answers these are.
    whose: Vec<String>,
    covers: Option<Tagged>,
    comparison: Tagged,
    dimensions: Vec<DimensionView>,
    quadrant: Option<Tagged>,
    /// What the marks of short ladders mean.
    rungs: Vec<String>,
    trends: Vec<TrendView<'a>>,
    limits: Vec<String>,
    /// How much a change would have to be, per dimension.
    detectable: Vec<(DimensionId, String, Tagged)>,
}

/// One dimension of a result.
struct DimensionView {
    id: DimensionId,
    name: String,
    score: Tagged,
    chart: String,
    change: Option<ChangeView>,
    /// There is a comparison, but not of this dimension.
    not_compared: bool,
    statements: Vec<Statement>,
}

/// A change with its word and the rest of the sentence.
struct ChangeView {
    /// Of the style sheet: `clear` or `possible` with a direction, or `none`.
    class: &'static str,
    word: Tagged,
    detail: String,
}

/// A statement as people answered it.
struct Statement {
    text: String,
    turned: bool,
}

/// What a group's and a unit's result have in common.
struct Common<'r> {
    id: String,
    wave: &'r WaveId,
    participation: &'r Participation,
    scores: &'r [Score],
    quadrant: Option<&'r Quadrant>,
    comparison: &'r Comparison,
    trends: &'r [Trend],
    /// The groups of a block; a total has none.
    groups: Option<&'r [String]>,
}

/// Who reads the result of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Somebody who leads a team of it.
    Leader,
    /// Somebody who belongs to it.
    Team,
}

pub(crate) fn block(
    words: &Words,
    wave: &PublishedWave,
    report: &BlockReport,
    teams: &BTreeSet<TeamLabel>,
    reader: Reader,
) -> Result<String, ReportProblem> {
    let is_own = |label: &String| wave.groups.iter().any(|g| &g.label == label && g.teams.iter().any(|team| teams.contains(&team.label)));
    let (own, others): (Vec<String>, Vec<String>) = report.labels.iter().cloned().partition(is_own);
    let mut whose = Vec::new();
    if report.labels.len() > 1 && !others.is_empty() {
        whose.push(words.combined(&others)?);
        if reader == Reader::Leader {
            whose.push(words.what_to_do_together(&others)?);
        }
    }
    if report.with_upward {
        whose.push(words.say(Fixed::Upward).to_owned());
    }
    let title = if own.is_empty() { words.groups_or_upward(&report.labels, &report.unit)? } else { words.list(&own)? };
    let common = Common {
        id: format!("g{}", report.block.0),
        wave: &report.wave,
        participation: &report.participation,
        scores: &report.scores,
        quadrant: report.quadrant.as_ref(),
        comparison: &report.comparison,
        trends: &report.trends,
        groups: Some(&report.labels),
    };
    section(words, wave, &common, ("block", report.block.0.to_string()), title, whose, None)
}

pub(crate) fn total(words: &Words, wave: &PublishedWave, report: &TotalReport) -> Result<String, ReportProblem> {
    let labels: Vec<&str> = report.unit.0.iter().map(TeamLabel::as_str).collect();
    let organisation = labels.is_empty();
    let common = Common {
        id: format!("u{}", identifier(&labels.join("/"))),
        wave: &report.wave,
        participation: &report.participation,
        scores: &report.scores,
        quadrant: report.quadrant.as_ref(),
        comparison: &report.comparison,
        trends: &report.trends,
        groups: None,
    };
    let covers = (!organisation).then(|| tagged::covers(words, report.covers)).transpose()?;
    section(words, wave, &common, ("unit", labels.join("/")), words.unit_name(&report.unit), Vec::new(), covers)
}

fn section(
    words: &Words,
    wave: &PublishedWave,
    common: &Common<'_>,
    place: (&'static str, String),
    title: String,
    mut whose: Vec<String>,
    covers: Option<Tagged>,
) -> Result<String, ReportProblem> {
    if matches!(common.participation.rate, Some((0 | 50, _))) {
        whose.push(words.say(Fixed::FewAnswered).to_owned());
    }
    let dimensions = common.scores.iter().map(|score| dimension_view(words, wave, common, score)).collect::<Result<Vec<_>, _>>()?;
    let trends = common.trends.iter().map(|trend| trend_view(words, wave, &common.id, trend)).collect::<Result<Vec<_>, _>>()?;
    let detectable = changes(common.comparison).iter().filter_map(|change| {
        let sentence = tagged::detectable(words, change.detectable?);
        Some(sentence.map(|sentence| (change.dimension.clone(), name(words, wave, &change.dimension), sentence)))
    });
    let detectable = detectable.collect::<Result<Vec<_>, BrokenWords>>()?;
    let rungs = ladder_notes(words, wave, common)?;
    let page = ResultSection {
        words,
        place,
        id: common.id.clone(),
        round: words.round(common.wave)?,
        title,
        participation: tagged::participation(words, common.participation)?,
        whose,
        covers,
        comparison: tagged::comparison(words, common.comparison, common.groups)?,
        dimensions,
        quadrant: common.quadrant.map(|quadrant| tagged::quadrant(words, quadrant)).transpose()?,
        rungs,
        trends: if common.trends.iter().any(|trend| trend.points.len() > 1) { trends } else { Vec::new() },
        limits: limits(words, common)?,
        detectable,
    };
    Ok(page.render()?)
}

fn dimension_view(words: &Words, wave: &PublishedWave, common: &Common<'_>, score: &Score) -> Result<DimensionView, ReportProblem> {
    let name = name(words, wave, &score.dimension);
    let change = match common.comparison {
        Comparison::FirstWave | Comparison::NotPossible(_) => None,
        Comparison::Made(set) => set.changes.iter().find(|change| change.dimension == score.dimension).map(|change| {
            let detail = words.change_detail(change, &set.since);
            detail.map(|detail| ChangeView { class: class_of(change), word: tagged::change(words, change), detail })
        }),
    };
    let change = change.transpose()?;
    let statements =
        wave.instrument.items.iter().filter(|item| item.dimension.as_ref() == Some(&score.dimension) && item.publish == Publish::Team);
    Ok(DimensionView {
        chart: scale_chart(words, &format!("{}-{}-scale", common.id, score.dimension), &name, score)?,
        id: score.dimension.clone(),
        name,
        score: tagged::score_sentence(words, &score.sight)?,
        not_compared: change.is_none() && matches!(common.comparison, Comparison::Made(_)),
        change,
        statements: statements.map(|item| Statement { text: words.of(&item.text), turned: item.reversed }).collect(),
    })
}

/// What this report can and cannot see, sentence by sentence.
fn limits(words: &Words, common: &Common<'_>) -> Result<Vec<String>, BrokenWords> {
    let detectable = || changes(common.comparison).iter().filter_map(|change| change.detectable);
    let mut sentences = vec![words.say(Fixed::LevelOnly).to_owned()];
    if let (Some(smallest), Some(largest)) = (detectable().min(), detectable().max()) {
        sentences.push(words.detectable_range(smallest, largest)?);
    }
    sentences.push(words.say(Fixed::Range).to_owned());
    if common.scores.iter().any(|score| matches!(score.sight, Sight::AtLeast(_) | Sight::AtMost(_) | Sight::Hidden(_))) {
        sentences.push(words.say(Fixed::OneSided).to_owned());
    }
    sentences.extend([Fixed::Silent, Fixed::NeverSeen].map(|text| words.say(text).to_owned()));
    Ok(sentences)
}

/// What the marks of the ladders mean, each meaning once, with the dimensions it is for where they differ.
fn ladder_notes(words: &Words, wave: &PublishedWave, common: &Common<'_>) -> Result<Vec<String>, BrokenWords> {
    let mut notes: Vec<(String, Vec<String>)> = Vec::new();
    for score in common.scores.iter().filter(|score| !score.ladder.is_empty()) {
        let (note, dimension) = (words.rungs(&score.ladder)?, name(words, wave, &score.dimension));
        match notes.iter_mut().find(|(known, _)| *known == note) {
            Some((_, dimensions)) => dimensions.push(dimension),
            None => notes.push((note, vec![dimension])),
        }
    }
    let differ = notes.len() > 1;
    let colon = words.say(Fixed::Colon);
    notes
        .into_iter()
        .map(|(note, dimensions)| Ok(if differ { format!("{}{colon} {note}", words.list(&dimensions)?) } else { note }))
        .collect()
}
