//! The sections of a report, filled from what was read.

use std::collections::BTreeSet;

use askama::Template;
use disclosure::BlockId;
use domain::instrument::Publish;
use domain::{DimensionId, QuestionId, TeamLabel, UnitPath, WaveId};
use release::reading::{
    BlockReport, Change, ChangeWord, Comparison, Difference, Erratum, Participation, Published, PublishedWave, Quadrant, QuestionComments,
    ReadComment, Score, Sight, TotalReport, Trend, TrendSight, read_comments,
};

use crate::charts::{scale_chart, strip, trend_chart};
use crate::tagged::{self, Tagged};
use crate::words::{heading, overview};
use crate::{ReportProblem, Words, words};

/// The result of a group, a unit or the organisation.
#[derive(Template)]
#[template(path = "result.html")]
struct ResultSection {
    /// `data-block` or `data-unit`, and its value.
    place: (&'static str, String),
    /// Unique within the page.
    id: String,
    round: WaveId,
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
    trends: Vec<TrendView>,
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

/// The trend of one dimension.
struct TrendView {
    id: DimensionId,
    name: String,
    chart: String,
    rows: Vec<TrendRow>,
    /// What the marks mean that are not a score.
    notes: Vec<&'static str>,
}

/// One round of a trend.
struct TrendRow {
    round: WaveId,
    score: Tagged,
    together: Option<String>,
}

/// The table of all groups.
#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsSection {
    dimensions: Vec<String>,
    units: Vec<UnitRows>,
}

/// The groups of one unit.
struct UnitRows {
    name: String,
    rows: Vec<GroupRow>,
}

/// One line of the table.
struct GroupRow {
    block: u32,
    name: String,
    participation: Tagged,
    /// Why no changes stand in the line.
    comparison: Option<Tagged>,
    cells: Vec<GroupCell>,
}

/// One dimension of one group.
struct GroupCell {
    dimension: DimensionId,
    name: String,
    strip: String,
    score: Tagged,
    change: Option<ShortChange>,
}

/// A change in a line of the table.
struct ShortChange {
    class: &'static str,
    before: &'static str,
    word: Tagged,
    size: Option<String>,
}

/// What was said about a result later.
#[derive(Template)]
#[template(path = "errata.html")]
struct ErrataSection<'a> {
    errata: Vec<Erratum<'a>>,
}

/// What people wrote.
#[derive(Template)]
#[template(path = "comments.html")]
struct CommentsSection<'a> {
    questions: &'a [QuestionView<'a>],
    /// Where a comment can be hidden, before question and hash; `None` where the reader cannot.
    hide: Option<&'a str>,
}

/// What people wrote to one question.
struct QuestionView<'a> {
    id: QuestionId,
    text: String,
    /// Where nothing is shown: why.
    nothing: Option<String>,
    pools: Vec<PoolView<'a>>,
}

/// Comments that are shown together.
struct PoolView<'a> {
    /// Of whom.
    whose: String,
    blocks: String,
    texts: &'a [ReadComment],
    /// That some were hidden, and how many.
    hidden: Option<Tagged>,
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

pub(crate) fn errata(_words: &Words, wave: &PublishedWave) -> Result<String, ReportProblem> {
    let errata: Vec<_> = wave.errata().collect();
    if errata.is_empty() { Ok(String::new()) } else { Ok(ErrataSection { errata }.render()?) }
}

pub(crate) fn comments(said: &Words, wave: &PublishedWave, seen: Option<&[BlockId]>, hide: Option<&str>) -> Result<String, ReportProblem> {
    let read = read_comments(wave, seen);
    let questions: Vec<_> = read.iter().map(|question| question_view(said, wave, question)).collect();
    if questions.is_empty() { Ok(String::new()) } else { Ok(CommentsSection { questions: &questions, hide }.render()?) }
}

fn question_view<'a>(said: &Words, wave: &PublishedWave, QuestionComments { question, pools }: &'a QuestionComments) -> QuestionView<'a> {
    let asked = wave.instrument.comments.iter().find(|asked| asked.id == *question);
    let pools: Vec<_> = pools
        .iter()
        .map(|pool| PoolView {
            whose: words::comments_of(&pool.labels, pool.with_upward),
            blocks: pool.blocks.iter().map(|block| block.0.to_string()).collect::<Vec<_>>().join(" "),
            texts: &pool.texts,
            hidden: (pool.hidden > 0).then(|| tagged::hidden_comments(pool.hidden)),
        })
        .collect();
    let nothing =
        wave.manifest.comments.filter(|_| pools.is_empty()).map(|rule| words::too_few_comments(rule.min_respondents, rule.min_comments));
    QuestionView { id: question.clone(), text: asked.map_or_else(String::new, |asked| said.of(&asked.text)), nothing, pools }
}

pub(crate) fn leader(said: &Words, wave: &PublishedWave, report: &BlockReport, led: &BTreeSet<TeamLabel>) -> Result<String, ReportProblem> {
    let is_own = |label: &String| wave.groups.iter().any(|g| &g.label == label && g.teams.iter().any(|team| led.contains(&team.label)));
    let (own, others): (Vec<String>, Vec<String>) = report.labels.iter().cloned().partition(is_own);
    let mut whose = Vec::new();
    if report.labels.len() > 1 && !others.is_empty() {
        whose.push(words::combined(&others));
        whose.push(words::what_to_do_together(&others));
    }
    if report.with_upward {
        whose.push(words::UPWARD.to_owned());
    }
    let title = match (own.is_empty(), report.labels.is_empty()) {
        (false, _) => words::list(&own),
        (true, false) => words::list(&report.labels),
        (true, true) => format!("{}: {}", unit_name(&report.unit), words::COUNTED_UP),
    };
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
    section(said, wave, &common, ("block", report.block.0.to_string()), title, whose, None)
}

pub(crate) fn total(said: &Words, wave: &PublishedWave, report: &TotalReport) -> Result<String, ReportProblem> {
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
    let covers = (!organisation).then(|| tagged::covers(report.covers));
    section(said, wave, &common, ("unit", labels.join("/")), unit_name(&report.unit), Vec::new(), covers)
}

fn section(
    said: &Words,
    wave: &PublishedWave,
    common: &Common<'_>,
    place: (&'static str, String),
    title: String,
    mut whose: Vec<String>,
    covers: Option<Tagged>,
) -> Result<String, ReportProblem> {
    if matches!(common.participation.rate, Some((0 | 50, _))) {
        whose.push(words::FEW_ANSWERED.to_owned());
    }
    let dimensions = common.scores.iter().map(|score| dimension_view(said, wave, common, score)).collect::<Result<Vec<_>, _>>()?;
    let trends = common.trends.iter().map(|trend| trend_view(said, wave, common, trend)).collect::<Result<Vec<_>, _>>()?;
    let detectable: Vec<_> = changes(common.comparison)
        .iter()
        .filter_map(|change| Some((change.dimension.clone(), name(said, wave, &change.dimension), tagged::detectable(change.detectable?))))
        .collect();
    let rungs = ladder_notes(said, wave, common);
    let page = ResultSection {
        place,
        id: common.id.clone(),
        round: common.wave.clone(),
        title,
        participation: tagged::participation(common.participation),
        whose,
        covers,
        comparison: tagged::comparison(common.comparison, common.groups),
        dimensions,
        quadrant: common.quadrant.map(tagged::quadrant),
        rungs,
        trends: if common.trends.iter().any(|trend| trend.points.len() > 1) { trends } else { Vec::new() },
        limits: limits(common),
        detectable,
    };
    Ok(page.render()?)
}

fn dimension_view(said: &Words, wave: &PublishedWave, common: &Common<'_>, score: &Score) -> Result<DimensionView, ReportProblem> {
    let name = name(said, wave, &score.dimension);
    let change = match common.comparison {
        Comparison::FirstWave | Comparison::NotPossible(_) => None,
        Comparison::Made(set) => set.changes.iter().find(|change| change.dimension == score.dimension).map(|change| ChangeView {
            class: class_of(change),
            word: tagged::change(change),
            detail: words::change_detail(change, &set.since),
        }),
    };
    let statements =
        wave.instrument.items.iter().filter(|item| item.dimension.as_ref() == Some(&score.dimension) && item.publish == Publish::Team);
    Ok(DimensionView {
        chart: scale_chart(&format!("{}-{}-scale", common.id, score.dimension), &name, score)?,
        id: score.dimension.clone(),
        name,
        score: tagged::score_sentence(&score.sight),
        not_compared: change.is_none() && matches!(common.comparison, Comparison::Made(_)),
        change,
        statements: statements.map(|item| Statement { text: said.of(&item.text), turned: item.reversed }).collect(),
    })
}

fn trend_view(said: &Words, wave: &PublishedWave, common: &Common<'_>, trend: &Trend) -> Result<TrendView, ReportProblem> {
    let name = name(said, wave, &trend.dimension);
    let rows: Vec<_> = trend
        .points
        .iter()
        .map(|point| TrendRow {
            round: point.wave.clone(),
            score: tagged::trend_point(point),
            together: match &point.point {
                TrendSight::Score { together, .. } if !together.is_empty() => Some(words::together(together)),
                _ => None,
            },
        })
        .collect();
    let gaps = trend
        .points
        .iter()
        .any(|point| matches!(&point.point, TrendSight::NotComparable | TrendSight::Score { sight: Sight::Hidden(_), .. }));
    let together = rows.iter().any(|row| row.together.is_some());
    let notes = [(together, words::HOLLOW), (gaps, words::GAPS)];
    Ok(TrendView {
        chart: trend_chart(&format!("{}-{}-trend", common.id, trend.dimension), &name, trend)?,
        id: trend.dimension.clone(),
        name,
        notes: notes.into_iter().filter(|(stands, _)| *stands).map(|(_, note)| note).collect(),
        rows,
    })
}

/// What this report can and cannot see, sentence by sentence.
fn limits(common: &Common<'_>) -> Vec<String> {
    let detectable = || changes(common.comparison).iter().filter_map(|change| change.detectable);
    let mut sentences = vec![words::LEVEL_ONLY.to_owned()];
    if let (Some(smallest), Some(largest)) = (detectable().min(), detectable().max()) {
        sentences.push(words::detectable_range(smallest, largest));
    }
    sentences.push(words::RANGE.to_owned());
    if common.scores.iter().any(|score| matches!(score.sight, Sight::AtLeast(_) | Sight::AtMost(_) | Sight::Hidden(_))) {
        sentences.push(words::ONE_SIDED.to_owned());
    }
    sentences.extend([words::SILENT, words::NEVER_SEEN].map(str::to_owned));
    sentences
}

pub(crate) fn groups(said: &Words, wave: &PublishedWave, reports: &[Published<BlockReport>]) -> Result<String, ReportProblem> {
    let mut units: Vec<UnitRows> = Vec::new();
    let mut ordered: Vec<&Published<BlockReport>> = reports.iter().collect();
    ordered.sort_by(|a, b| (&a.unit, &a.labels).cmp(&(&b.unit, &b.labels)));
    for report in ordered {
        let row = group_row(said, wave, report)?;
        let name = if report.unit.0.is_empty() { heading::DIRECTLY_UNDER.to_owned() } else { unit_name(&report.unit) };
        match units.last_mut() {
            Some(unit) if unit.name == name => unit.rows.push(row),
            _ => units.push(UnitRows { name, rows: vec![row] }),
        }
    }
    let dimensions = wave.instrument.dimensions.iter().map(|dimension| said.of(&dimension.name)).collect();
    Ok(GroupsSection { dimensions, units }.render()?)
}

fn group_row(said: &Words, wave: &PublishedWave, report: &BlockReport) -> Result<GroupRow, ReportProblem> {
    let title = match (report.labels.is_empty(), report.with_upward) {
        (true, _) => words::COUNTED_UP.to_owned(),
        (false, true) => format!("{}, with {}", words::list(&report.labels), words::COUNTED_UP),
        (false, false) => words::list(&report.labels),
    };
    let cells = report.scores.iter().map(|score| {
        let change = changes(&report.comparison).iter().find(|change| change.dimension == score.dimension);
        Ok(GroupCell {
            dimension: score.dimension.clone(),
            name: name(said, wave, &score.dimension),
            strip: strip(&score.sight)?,
            score: tagged::score_short(&score.sight),
            change: change.map(|change| ShortChange {
                class: class_of(change),
                before: words::before_change_word(change.word),
                word: tagged::change(change),
                size: words::change_short(change),
            }),
        })
    });
    Ok(GroupRow {
        block: report.block.0,
        name: title,
        participation: tagged::participation_short(&report.participation),
        comparison: (!matches!(report.comparison, Comparison::Made(_))).then(|| tagged::comparison(&report.comparison, None)),
        cells: cells.collect::<Result<_, ReportProblem>>()?,
    })
}

fn changes(comparison: &Comparison) -> &[Change] {
    match comparison {
        Comparison::Made(set) => &set.changes,
        Comparison::FirstWave | Comparison::NotPossible(_) => &[],
    }
}

const fn class_of(change: &Change) -> &'static str {
    let down = matches!(change.difference, Some(Difference { points: ..0, .. }));
    match (change.word, down) {
        (ChangeWord::Clear, false) => "clear up",
        (ChangeWord::Clear, true) => "clear down",
        (ChangeWord::Possible, false) => "possible up",
        (ChangeWord::Possible, true) => "possible down",
        (ChangeWord::None | ChangeWord::CannotBeSeen, _) => "none",
    }
}

/// What the marks of the ladders mean, each meaning once, with the dimensions it is for where they differ.
fn ladder_notes(said: &Words, wave: &PublishedWave, common: &Common<'_>) -> Vec<String> {
    let mut notes: Vec<(String, Vec<String>)> = Vec::new();
    for score in common.scores.iter().filter(|score| !score.ladder.is_empty()) {
        let (note, dimension) = (words::rungs(&score.ladder), name(said, wave, &score.dimension));
        match notes.iter_mut().find(|(known, _)| *known == note) {
            Some((_, dimensions)) => dimensions.push(dimension),
            None => notes.push((note, vec![dimension])),
        }
    }
    let differ = notes.len() > 1;
    notes.into_iter().map(|(note, dimensions)| if differ { format!("{}: {note}", words::list(&dimensions)) } else { note }).collect()
}

pub(crate) fn name(said: &Words, wave: &PublishedWave, dimension: &DimensionId) -> String {
    let found = wave.instrument.dimensions.iter().find(|d| &d.id == dimension);
    found.map_or_else(|| dimension.to_string(), |d| said.of(&d.name))
}

pub(crate) fn unit_name(unit: &UnitPath) -> String {
    if unit.0.is_empty() {
        heading::ORGANISATION.to_owned()
    } else {
        unit.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" \u{203a} ")
    }
}

/// A text as part of an `id`: everything but letters and digits becomes its number.
fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", u32::from(c)) }).collect()
}
