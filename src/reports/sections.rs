//! The sections of a report, filled from what was read.

use std::collections::BTreeSet;

use askama::Template;
use disclosure::BlockId;
use domain::instrument::Publish;
use domain::{DimensionId, QuestionId, TeamLabel, WaveId};
use release::reading::{
    BlockReport, Change, ChangeWord, Comparison, Difference, Erratum, Participation, Published, PublishedWave, Quadrant, QuestionComments,
    ReadComment, Score, Sight, TotalReport, Trend, TrendSight, read_comments,
};

use crate::catalogue::{BrokenWords, Fixed};
use crate::charts::{scale_chart, strip, trend_chart};
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

/// The trend of one dimension.
struct TrendView<'a> {
    id: DimensionId,
    name: String,
    chart: String,
    rows: Vec<TrendRow>,
    /// What the marks mean that are not a score.
    notes: Vec<&'a str>,
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
struct GroupsSection<'a> {
    words: &'a Words,
    dimensions: Vec<String>,
    units: Vec<UnitRows<'a>>,
}

/// The groups of one unit.
struct UnitRows<'a> {
    name: String,
    rows: Vec<GroupRow<'a>>,
}

/// One line of the table.
struct GroupRow<'a> {
    block: u32,
    name: String,
    participation: Tagged,
    /// Why no changes stand in the line.
    comparison: Option<Tagged>,
    cells: Vec<GroupCell<'a>>,
}

/// One dimension of one group.
struct GroupCell<'a> {
    dimension: DimensionId,
    name: String,
    strip: String,
    score: Tagged,
    change: Option<ShortChange<'a>>,
}

/// A change in a line of the table.
struct ShortChange<'a> {
    class: &'static str,
    before: &'a str,
    word: Tagged,
    size: Option<String>,
}

/// What was said about a result later.
#[derive(Template)]
#[template(path = "errata.html")]
struct ErrataSection<'a> {
    words: &'a Words,
    /// With the day in words.
    errata: Vec<(Erratum<'a>, String)>,
}

/// What people wrote.
#[derive(Template)]
#[template(path = "comments.html")]
struct CommentsSection<'a> {
    words: &'a Words,
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

pub(crate) fn errata(words: &Words, wave: &PublishedWave) -> Result<String, ReportProblem> {
    let errata = wave.errata().map(|erratum| Ok((erratum, words.date(erratum.day)?)));
    let errata = errata.collect::<Result<Vec<_>, BrokenWords>>()?;
    if errata.is_empty() { Ok(String::new()) } else { Ok(ErrataSection { words, errata }.render()?) }
}

pub(crate) fn comments(words: &Words, wave: &PublishedWave, seen: Option<&[BlockId]>, hide: Option<&str>) -> Result<String, ReportProblem> {
    let read = read_comments(wave, seen);
    let questions = read.iter().map(|question| question_view(words, wave, question)).collect::<Result<Vec<_>, _>>()?;
    if questions.is_empty() { Ok(String::new()) } else { Ok(CommentsSection { words, questions: &questions, hide }.render()?) }
}

fn question_view<'a>(
    words: &Words,
    wave: &PublishedWave,
    QuestionComments { question, pools }: &'a QuestionComments,
) -> Result<QuestionView<'a>, BrokenWords> {
    let asked = wave.instrument.comments.iter().find(|asked| asked.id == *question);
    let pools = pools.iter().map(|pool| {
        Ok(PoolView {
            whose: words.comments_of(&pool.labels, pool.with_upward)?,
            blocks: pool.blocks.iter().map(|block| block.0.to_string()).collect::<Vec<_>>().join(" "),
            texts: &pool.texts,
            hidden: (pool.hidden > 0).then(|| tagged::hidden_comments(words, pool.hidden)).transpose()?,
        })
    });
    let pools = pools.collect::<Result<Vec<_>, BrokenWords>>()?;
    let rule = wave.manifest.comments.filter(|_| pools.is_empty());
    let nothing = rule.map(|rule| words.too_few_comments(rule.min_respondents, rule.min_comments)).transpose()?;
    Ok(QuestionView { id: question.clone(), text: asked.map_or_else(String::new, |asked| words.of(&asked.text)), nothing, pools })
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
    let trends = common.trends.iter().map(|trend| trend_view(words, wave, common, trend)).collect::<Result<Vec<_>, _>>()?;
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

fn trend_view<'a>(words: &'a Words, wave: &PublishedWave, common: &Common<'_>, trend: &Trend) -> Result<TrendView<'a>, ReportProblem> {
    let name = name(words, wave, &trend.dimension);
    let rows = trend.points.iter().map(|point| {
        let together = match &point.point {
            TrendSight::Score { together, .. } if !together.is_empty() => Some(words.together(together)?),
            _ => None,
        };
        Ok(TrendRow { round: point.wave.clone(), score: tagged::trend_point(words, point)?, together })
    });
    let rows = rows.collect::<Result<Vec<_>, BrokenWords>>()?;
    let gaps = trend
        .points
        .iter()
        .any(|point| matches!(&point.point, TrendSight::NotComparable | TrendSight::Score { sight: Sight::Hidden(_), .. }));
    let together = rows.iter().any(|row| row.together.is_some());
    let notes = [(together, Fixed::TrendHollow), (gaps, Fixed::TrendGaps)];
    Ok(TrendView {
        chart: trend_chart(words, &format!("{}-{}-trend", common.id, trend.dimension), &name, trend)?,
        id: trend.dimension.clone(),
        name,
        notes: notes.into_iter().filter(|(stands, _)| *stands).map(|(_, note)| words.say(note)).collect(),
        rows,
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

pub(crate) fn groups(words: &Words, wave: &PublishedWave, reports: &[Published<BlockReport>]) -> Result<String, ReportProblem> {
    let mut units: Vec<UnitRows<'_>> = Vec::new();
    let mut ordered: Vec<&Published<BlockReport>> = reports.iter().collect();
    ordered.sort_by(|a, b| (&a.unit, &a.labels).cmp(&(&b.unit, &b.labels)));
    for report in ordered {
        let row = group_row(words, wave, report)?;
        let directly = report.unit.0.is_empty();
        let name = if directly { words.say(Fixed::DirectlyUnder).to_owned() } else { words.unit_name(&report.unit) };
        match units.last_mut() {
            Some(unit) if unit.name == name => unit.rows.push(row),
            _ => units.push(UnitRows { name, rows: vec![row] }),
        }
    }
    let dimensions = wave.instrument.dimensions.iter().map(|dimension| words.of(&dimension.name)).collect();
    Ok(GroupsSection { words, dimensions, units }.render()?)
}

fn group_row<'a>(words: &'a Words, wave: &PublishedWave, report: &BlockReport) -> Result<GroupRow<'a>, ReportProblem> {
    let cells = report.scores.iter().map(|score| {
        let change = changes(&report.comparison).iter().find(|change| change.dimension == score.dimension);
        let change = change.map(|change| {
            Ok(ShortChange {
                class: class_of(change),
                before: words.before_change_word(change.word),
                word: tagged::change(words, change),
                size: words.change_short(change)?,
            })
        });
        Ok(GroupCell {
            dimension: score.dimension.clone(),
            name: name(words, wave, &score.dimension),
            strip: strip(&score.sight)?,
            score: tagged::score_short(words, &score.sight)?,
            change: change.transpose().map_err(|broken: BrokenWords| broken)?,
        })
    });
    let made = matches!(report.comparison, Comparison::Made(_));
    Ok(GroupRow {
        block: report.block.0,
        name: words.group_row(&report.labels, report.with_upward)?,
        participation: tagged::participation_short(words, &report.participation)?,
        comparison: (!made).then(|| tagged::comparison(words, &report.comparison, None)).transpose()?,
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

pub(crate) fn name(words: &Words, wave: &PublishedWave, dimension: &DimensionId) -> String {
    let found = wave.instrument.dimensions.iter().find(|d| &d.id == dimension);
    found.map_or_else(|| dimension.to_string(), |d| words.of(&d.name))
}

/// A text as part of an `id`: everything but letters and digits becomes its number.
fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", u32::from(c)) }).collect()
}
