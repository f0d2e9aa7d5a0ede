//! The result of a group, a unit or the organisation.

use std::collections::BTreeSet;

use askama::Template;
use domain::{DimensionId, TeamLabel, WaveId};
use release::reading::{
    BlockReport, Comparison, Participation, Plane, PublishedWave, Quadrant, Score, Sight, StatementScore, Suggestion, TotalReport, Trend,
    TrendSight, Verdict,
};

use super::method::{MethodView, method_view};
use super::next::{NextView, next_view};
use super::pairs::{PairsView, pairs_view};
use super::plane::{PlaneView, plane_view};
use super::statements::{StatementsView, statements_view};
use super::trends::{TrendView, trend_view};
use super::{changes, class_of, identifier, name};
use crate::catalogue::Fixed;
use crate::charts::{Label, scale_chart};
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// So many of the first dimensions are shown in the first minute: the core that every form begins with.
const FIRST: usize = 3;

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
    /// Group, answers, round and rules of every number.
    source: String,
    first: Vec<DimensionView>,
    further: Vec<DimensionView>,
    /// What the drawing of short ladders means.
    rungs: Vec<String>,
    /// How small a change could be seen at all.
    reach: Option<String>,
    next: Option<NextView<'a>>,
    trends: Vec<TrendView<'a>>,
    /// In one of them the last rounds stand together.
    has_recent: bool,
    plane: Option<PlaneView>,
    pairs: Option<PairsView>,
    statements: StatementsView,
    limits: Vec<String>,
    /// How much a change would have to be, per dimension.
    detectable: Vec<(DimensionId, String, Tagged)>,
    method: MethodView,
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
}

/// A change with its word and the rest of the sentence.
struct ChangeView {
    /// Of the style sheet: `clear` or `possible` with a direction, or `none`.
    class: &'static str,
    word: Tagged,
    detail: String,
}

/// What a group's and a unit's result have in common.
pub(super) struct Common<'r> {
    pub(super) id: String,
    /// Group, answers, round and rules.
    pub(super) source: String,
    pub(super) wave: &'r WaveId,
    pub(super) participation: &'r Participation,
    pub(super) scores: &'r [Score],
    pub(super) quadrant: Option<&'r Quadrant>,
    pub(super) plane: Option<&'r Plane>,
    pub(super) statements: &'r [StatementScore],
    pub(super) comparison: &'r Comparison,
    pub(super) trends: &'r [Trend],
    /// The groups of a block; a total has none.
    pub(super) groups: Option<&'r [String]>,
    pub(super) said: Option<&'r Verdict>,
    /// For a leader: what to talk about next, and the other groups whose leaders read the same.
    pub(super) next: Option<(&'r [Suggestion], &'r [String])>,
}

impl Common<'_> {
    /// The round that is compared with.
    pub(super) const fn since(&self) -> Option<&WaveId> {
        match self.comparison {
            Comparison::Made(set) => Some(&set.since),
            Comparison::FirstWave | Comparison::NotPossible(_) => None,
        }
    }

    /// The id of something on the page.
    pub(super) fn id_of(&self, what: &str) -> String {
        format!("{}-{what}", self.id)
    }
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
    let together = report.labels.len() > 1 && !others.is_empty();
    if together {
        whose.push(words.combined(&others)?);
    }
    if report.with_upward {
        whose.push(words.say(Fixed::Upward).to_owned());
    }
    let title = if own.is_empty() { words.groups_or_upward(&report.labels, &report.unit)? } else { words.list(&own)? };
    let common = Common {
        id: format!("g{}", report.block.0),
        source: words.source(&title, &report.participation, &report.wave)?,
        wave: &report.wave,
        participation: &report.participation,
        scores: &report.scores,
        quadrant: report.quadrant.as_ref(),
        plane: report.plane.as_ref(),
        statements: &report.statements,
        comparison: &report.comparison,
        trends: &report.trends,
        groups: Some(&report.labels),
        said: report.said.as_ref(),
        next: (reader == Reader::Leader).then_some((&report.suggestions, if together { &others } else { &[] })),
    };
    section(words, wave, &common, ("block", report.block.0.to_string()), title, whose, None)
}

pub(crate) fn total(words: &Words, wave: &PublishedWave, report: &TotalReport) -> Result<String, ReportProblem> {
    let labels: Vec<&str> = report.unit.0.iter().map(TeamLabel::as_str).collect();
    let organisation = labels.is_empty();
    let common = Common {
        id: format!("u{}", identifier(&labels.join("/"))),
        source: words.source(&words.unit_name(&report.unit), &report.participation, &report.wave)?,
        wave: &report.wave,
        participation: &report.participation,
        scores: &report.scores,
        quadrant: report.quadrant.as_ref(),
        plane: report.plane.as_ref(),
        statements: &report.statements,
        comparison: &report.comparison,
        trends: &report.trends,
        groups: None,
        said: None,
        next: None,
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
    let mut first = common.scores.iter().map(|score| dimension_view(words, wave, common, score)).collect::<Result<Vec<_>, _>>()?;
    let further = first.split_off(first.len().min(FIRST));
    let trends = common.trends.iter().map(|trend| trend_view(words, wave, common, trend)).collect::<Result<Vec<_>, _>>()?;
    let detectable = changes(common.comparison).iter().filter_map(|change| {
        let sentence = tagged::detectable(words, change.detectable?);
        Some(sentence.map(|sentence| (change.dimension.clone(), name(words, wave, &change.dimension), sentence)))
    });
    let detectable = detectable.collect::<Result<Vec<_>, BrokenWords>>()?;
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
        source: common.source.clone(),
        first,
        further,
        rungs: ladder_notes(words, wave, common)?,
        reach: reach(words, common)?,
        next: next_view(words, wave, common)?,
        has_recent: trends.iter().any(|trend| trend.recent.is_some()),
        trends: if common.trends.iter().any(|trend| trend.points.len() > 1) { trends } else { Vec::new() },
        plane: plane_view(words, wave, common)?,
        pairs: pairs_view(words, wave, common)?,
        statements: statements_view(words, wave, common)?,
        limits: limits(words, common),
        detectable,
        method: method_view(words, wave, common)?,
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
    let id = common.id_of(&format!("{}-scale", score.dimension));
    Ok(DimensionView {
        chart: scale_chart(words, Label { id: &id, source: &common.source }, &name, score, before(common, score))?,
        id: score.dimension.clone(),
        name,
        score: tagged::score_sentence(words, &score.sight)?,
        not_compared: change.is_none() && matches!(common.comparison, Comparison::Made(_)),
        change,
    })
}

/// What could be seen in the round before of the same statements and of these people alone; nothing where there are no rungs to show it on.
fn before<'r>(common: &Common<'r>, score: &Score) -> Option<&'r Sight> {
    let trend = common.trends.iter().find(|trend| trend.dimension == score.dimension).filter(|_| !score.ladder.is_empty())?;
    let (now, earlier) = trend.points.split_last()?;
    // Where a round asked other statements its trend is drawn from fewer, and says less than the score.
    if !matches!(&now.point, TrendSight::Score { sight, .. } if *sight == score.sight) {
        return None;
    }
    match &earlier.iter().rfind(|point| point.point != TrendSight::Aborted)?.point {
        TrendSight::Score { sight, together } if together.is_empty() => Some(sight),
        TrendSight::Score { .. } | TrendSight::NotComparable | TrendSight::Aborted => None,
    }
}

/// How small a change could be seen at all.
fn reach(words: &Words, common: &Common<'_>) -> Result<Option<String>, BrokenWords> {
    let detectable = || changes(common.comparison).iter().filter_map(|change| change.detectable);
    let ends = detectable().min().zip(detectable().max());
    ends.map(|(smallest, largest)| words.detectable_range(smallest, largest)).transpose()
}

/// What this report can and cannot see, sentence by sentence.
fn limits(words: &Words, common: &Common<'_>) -> Vec<String> {
    let one_sided = common.scores.iter().any(|score| matches!(score.sight, Sight::AtLeast(_) | Sight::AtMost(_) | Sight::Hidden(_)));
    let mut sentences = vec![Fixed::LevelOnly, Fixed::Range];
    sentences.extend(one_sided.then_some(Fixed::OneSided));
    sentences.extend([Fixed::Silent, Fixed::NeverSeen]);
    sentences.into_iter().map(|text| words.say(text).to_owned()).collect()
}

/// What the rungs of the ladders mean, each meaning once, with the dimensions it is for where they differ.
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
    let mut sentences = notes
        .into_iter()
        .map(|(note, dimensions)| Ok(if differ { format!("{}{colon} {note}", words.list(&dimensions)?) } else { note }))
        .collect::<Result<Vec<_>, BrokenWords>>()?;
    if !sentences.is_empty() {
        sentences.push(words.say(Fixed::LadderNote).to_owned());
    }
    if common.scores.iter().any(|score| before(common, score).is_some()) {
        sentences.push(words.say(Fixed::LadderBefore).to_owned());
    }
    Ok(sentences)
}
