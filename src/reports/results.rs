//! A published round for programs (JSON), in the format `candor-results/1`: `docs/exports.md` explains it, `docs/candor-results-1.schema.json` is its schema.
//!
//! Nothing stands here that the pages do not show: whole points of 100, bands of people, words by their names in kebab case. Names and statements stand
//! in every language of the questionnaire. What people wrote is not in it, so that a comment that names a person can still be hidden.

mod overview;

use std::collections::BTreeMap;

use domain::instrument::{Instrument, Publish};
use domain::{Day, DimensionId, ItemId, Language, SameShare, TeamLabel, UnitPath, WaveId};
use release::reading::{
    ChangeWord, Comparison, Difference, Hidden, METHOD, NoComparison, PastWave, PublishedWave, Quadrant, Recent, Sight, StatementScore,
    Suggestion, Trend, TrendSight, Zone,
};
use serde::Serialize;

use self::overview::{Overview, VerdictView, overview, verdict};
use crate::catalogue::Fixed;
use crate::gathered::{Part, PartKind, Readable, gather};
use crate::tagged::suggestion_kind;
use crate::words::topic_of;
use crate::{ReportProblem, Words};

/// The name of the format. Fields may be added to it; another meaning gets another name.
pub const RESULTS_FORMAT: &str = "candor-results/1";

/// A text in every language of the questionnaire.
type Texts = BTreeMap<Language, String>;

#[derive(Serialize)]
struct Results<'a> {
    format: &'static str,
    method: &'static str,
    round: &'a WaveId,
    organisation: &'a str,
    not_for_appraisal: String,
    smallest_published: u32,
    questionnaire: Questionnaire<'a>,
    corrections: Vec<Correction<'a>>,
    results: Vec<PartResult<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overview: Option<Overview<'a>>,
}

#[derive(Serialize)]
struct Questionnaire<'a> {
    id: &'a str,
    version: u32,
    title: &'a Texts,
    dimensions: Vec<DimensionView<'a>>,
    further_statements: Vec<StatementView<'a>>,
}

#[derive(Serialize)]
struct DimensionView<'a> {
    id: &'a DimensionId,
    name: &'a Texts,
    statements: Vec<StatementView<'a>>,
}

#[derive(Serialize)]
struct StatementView<'a> {
    id: &'a ItemId,
    text: &'a Texts,
    turned: bool,
}

#[derive(Serialize)]
struct Correction<'a> {
    number: u32,
    day: Day,
    text: &'a str,
}

/// The result of one group, unit or organisation.
#[derive(Serialize)]
struct PartResult<'a> {
    kind: &'static str,
    groups: &'a [String],
    counted_up: bool,
    unit: Vec<&'a str>,
    answers: Band<u32>,
    rate: Option<Between>,
    covers: Option<Between>,
    scores: Vec<ScoreView<'a>>,
    comparison: ComparisonView<'a>,
    quadrant: Option<QuadrantView>,
    over_time: Vec<TrendView<'a>>,
    statements: Vec<StatementSeen<'a>>,
    said_or_lived: Option<VerdictView>,
    suggestions: Option<Vec<SuggestionView<'a>>>,
}

/// From a number to another; open without an end.
#[derive(Serialize)]
struct Band<T> {
    from: T,
    to: Option<T>,
}

#[derive(Serialize)]
struct Between {
    low: u8,
    high: u8,
}

#[derive(Serialize)]
struct ScoreView<'a> {
    dimension: &'a DimensionId,
    seen: Seen,
    change: Option<ChangeView>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Seen {
    Between { low: u8, high: u8 },
    AtLeast { points: u8 },
    AtMost { points: u8 },
    Hidden { reason: Hidden },
}

#[derive(Serialize)]
struct ChangeView {
    word: ChangeWord,
    difference: Option<Difference>,
    detectable: Option<u8>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ComparisonView<'a> {
    FirstWave,
    NotPossible { reason: NoComparison },
    Made { since: &'a WaveId, groups: &'a [String], same_people: SameShare },
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum QuadrantView {
    In { zone: Zone },
    Between { zones: [Zone; 2] },
    CannotBeTold,
    NotSeen,
}

#[derive(Serialize)]
struct TrendView<'a> {
    dimension: &'a DimensionId,
    rounds: Vec<RoundView<'a>>,
    together: Option<TogetherView<'a>>,
}

#[derive(Serialize)]
struct RoundView<'a> {
    round: &'a WaveId,
    #[serde(flatten)]
    point: PointView<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PointView<'a> {
    Score { seen: Seen, together_with: &'a [String] },
    Aborted,
    NotComparable,
}

/// The last rounds together.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum TogetherView<'a> {
    CannotBeTold { rounds: &'a [WaveId] },
    Mean { rounds: &'a [WaveId], low: u8, high: u8 },
}

/// What can be seen of a single statement.
#[derive(Serialize)]
struct StatementSeen<'a> {
    statement: &'a ItemId,
    seen: Seen,
    low: bool,
}

/// What to talk about next.
#[derive(Serialize)]
struct SuggestionView<'a> {
    kind: &'static str,
    dimension: Option<&'a DimensionId>,
    statement: Option<&'a ItemId>,
    agenda: &'static str,
}

/// The last published round as JSON; the same bytes for the same waves.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read.
pub fn results(waves: &[PastWave], readable: Readable<'_>) -> Result<Vec<u8>, ReportProblem> {
    // For programs, so in one language; what the questionnaire says stands in all of its own.
    let words = Words::english()?;
    let gathered = gather(waves, readable)?;
    let wave = gathered.wave;
    let results = Results {
        format: RESULTS_FORMAT,
        method: METHOD,
        round: &wave.release.wave,
        organisation: &wave.manifest.organisation,
        not_for_appraisal: format!("{} {}", words.say(Fixed::NotForAppraisal), words.say(Fixed::WhyNot)),
        smallest_published: wave.manifest.k,
        questionnaire: questionnaire(&wave.instrument),
        corrections: corrections(wave),
        results: gathered.parts().map(result).collect(),
        overview: gathered.organisation.as_deref().map(overview),
    };
    let mut json = serde_json::to_vec_pretty(&results)?;
    json.push(b'\n');
    Ok(json)
}

fn questionnaire(instrument: &Instrument) -> Questionnaire<'_> {
    let statements = |dimension: Option<&DimensionId>| {
        let of = instrument.items.iter().filter(|item| item.dimension.as_ref() == dimension && item.publish == Publish::Team);
        of.map(|item| StatementView { id: &item.id, text: &item.text, turned: item.reversed }).collect()
    };
    let dimensions = instrument.dimensions.iter().map(|dimension| DimensionView {
        id: &dimension.id,
        name: &dimension.name,
        statements: statements(Some(&dimension.id)),
    });
    Questionnaire {
        id: &instrument.id,
        version: instrument.version,
        title: &instrument.title,
        dimensions: dimensions.collect(),
        further_statements: statements(None),
    }
}

fn corrections(wave: &PublishedWave) -> Vec<Correction<'_>> {
    wave.errata().map(|erratum| Correction { number: erratum.number, day: erratum.day, text: erratum.text }).collect()
}

fn labels(unit: &UnitPath) -> Vec<&str> {
    unit.0.iter().map(TeamLabel::as_str).collect()
}

fn between((low, high): (u8, u8)) -> Between {
    Between { low, high }
}

fn result(part: Part<'_>) -> PartResult<'_> {
    let changes = match part.comparison {
        Comparison::Made(set) => set.changes.as_slice(),
        Comparison::FirstWave | Comparison::NotPossible(_) => &[],
    };
    let scores = part.scores.iter().map(|score| {
        let change = changes.iter().find(|change| change.dimension == score.dimension);
        let change = change.map(|change| ChangeView { word: change.word, difference: change.difference, detectable: change.detectable });
        ScoreView { dimension: &score.dimension, seen: seen(&score.sight), change }
    });
    PartResult {
        kind: part.kind.name(),
        groups: if part.kind == PartKind::Group { part.groups } else { &[] },
        counted_up: part.with_upward,
        unit: labels(part.unit),
        answers: Band { from: part.participation.from, to: part.participation.to },
        rate: part.participation.rate.map(between),
        covers: part.covers.map(between),
        scores: scores.collect(),
        comparison: match part.comparison {
            Comparison::FirstWave => ComparisonView::FirstWave,
            Comparison::NotPossible(reason) => ComparisonView::NotPossible { reason: *reason },
            // As on the pages, only a group reads with which other groups it was compared.
            Comparison::Made(set) => ComparisonView::Made {
                since: &set.since,
                groups: if part.kind == PartKind::Group { &set.groups } else { &[] },
                same_people: set.same,
            },
        },
        quadrant: part.quadrant.map(|quadrant| match *quadrant {
            Quadrant::In { zone } => QuadrantView::In { zone },
            Quadrant::Between { zones } => QuadrantView::Between { zones },
            Quadrant::CannotBeTold => QuadrantView::CannotBeTold,
            Quadrant::NotSeen => QuadrantView::NotSeen,
        }),
        over_time: part.trends.iter().map(trend).collect(),
        statements: part.statements.iter().map(statement).collect(),
        said_or_lived: part.said.map(verdict),
        suggestions: part.suggestions.map(|suggestions| suggestions.iter().map(suggestion).collect()),
    }
}

const fn seen(sight: &Sight) -> Seen {
    match *sight {
        Sight::Between(interval) => Seen::Between { low: interval.low, high: interval.high },
        Sight::AtLeast(points) => Seen::AtLeast { points },
        Sight::AtMost(points) => Seen::AtMost { points },
        Sight::Hidden(reason) => Seen::Hidden { reason },
    }
}

fn trend(of: &Trend) -> TrendView<'_> {
    let rounds = of.points.iter().map(|point| RoundView {
        round: &point.wave,
        point: match &point.point {
            TrendSight::Score { sight, together } => PointView::Score { seen: seen(sight), together_with: together },
            TrendSight::Aborted => PointView::Aborted,
            TrendSight::NotComparable => PointView::NotComparable,
        },
    });
    let together = match &of.recent {
        Recent::TooFewRounds => None,
        Recent::CannotBeTold { rounds } => Some(TogetherView::CannotBeTold { rounds }),
        Recent::Mean { rounds, interval } => Some(TogetherView::Mean { rounds, low: interval.low, high: interval.high }),
    };
    TrendView { dimension: &of.dimension, rounds: rounds.collect(), together }
}

const fn statement(of: &StatementScore) -> StatementSeen<'_> {
    StatementSeen { statement: &of.item, seen: seen(&of.sight), low: of.low }
}

fn suggestion(of: &Suggestion) -> SuggestionView<'_> {
    SuggestionView { kind: suggestion_kind(of), dimension: of.dimension(), statement: of.statement(), agenda: topic_of(of) }
}
