//! A published round as a table (CSV): one line per group, unit or organisation and dimension, before them one per correction. Behind them what else stands on
//! their pages: rounds, statements, what to talk about; and behind that what HR reads of the organisation as a whole.
//!
//! Nothing stands here that the pages do not show. Numbers are the pages' whole points of 100; what a line has not is empty.
//!
//! | column | meaning |
//! |---|---|
//! | `round` | the round |
//! | `kind` | `erratum`, `organisation`, `unit` or `group`; `trend`, `recent`, `statement`, `quadrant` or `suggestion`; `conversation`, `course`, `differences`, `estimate` or `said-or-lived` |
//! | `name` | labels of the groups, joined by ` + `, or of the unit's path, joined by ` / `; a correction's number, day and text |
//! | `unit` | where a group stands |
//! | `answers_from`, `answers_to` | the band of people who answered; the last band has no end |
//! | `rate_from`, `rate_to` | the band of the response rate in percent |
//! | `covers_from`, `covers_to` | the band of the share of a unit's people whose groups are in its line |
//! | `dimension` | its id |
//! | `seen` | `between`, `at-least`, `at-most` or `hidden`; of a course `too-few-rounds`, `cannot-be-told`, `up-and-down` or `line`, of differences `too-few-groups`, `cannot-be-told` or `found` |
//! | `low`, `high`, `points` | the ends of what is `between`, of an estimate too; the points of `at-least` and `at-most` |
//! | `hidden_because` | why nothing can be seen |
//! | `since`, `not_compared_because` | the round that this one is compared with (a course: where it begins), or why with none |
//! | `change` | `clear`, `possible`, `none` or `cannot-be-seen` |
//! | `difference`, `difference_low`, `difference_high` | later minus earlier, with its interval; in a line `said-or-lived` said minus lived |
//! | `difference_at_least` | whether the difference is the smallest possible one |
//! | `detectable` | the change that would be found four times out of five |
//! | `method` | [`METHOD`] |
//! | `rounds` | of a course: over how many rounds it goes |
//! | `share`, `share_low`, `share_high` | of differences: how many of 100 parts lie between groups, with the interval |
//! | `own_weight` | of an estimate: how many of 100 parts of it come from the group's own answers |
//! | `verdict`, `reasons` | of a line `said-or-lived`: `consistent`, `mixed`, `worth-a-conversation` or `cannot-be-seen`, and why |
//! | `of` | of a line behind the scores: whose it is, `organisation`, `unit` or `group` |
//! | `at` | of a line `trend` the round of the score, of a line `recent` the rounds that are read together |
//! | `together_with` | of a line `trend`: the other groups that were counted with it |
//! | `statement` | of a line `statement` its id, of a line `suggestion` the lowest one of the dimension where one is low |
//! | `low_by_itself` | of a line `statement`: whether its whole range lies low even when that is asked of all statements at once |
//! | `agenda` | of a line `suggestion`: with which words the page helps to begin |

use csv::{QuoteStyle, Writer, WriterBuilder};
use domain::WaveId;
use release::reading::{
    Comparison, CourseFound, Difference, Differences, METHOD, OrganisationReport, PastWave, Quadrant, Reason, Recent, SaidOrLived, Sight,
    TrendSight, Verdict,
};
use serde::Serialize;

use crate::catalogue::Fixed;
use crate::gathered::{Gathered, Part, PartKind, Readable, gather, path};
use crate::tagged::{name_of, suggestion_kind};
use crate::words::topic_of;
use crate::{ReportProblem, Words};

/// A line; the fields are the columns, in this order. New ones are added at the end.
#[derive(Debug, Default, Serialize)]
struct Line<'a> {
    round: &'a str,
    kind: &'static str,
    name: String,
    unit: String,
    answers_from: Option<u32>,
    answers_to: Option<u32>,
    rate_from: Option<u8>,
    rate_to: Option<u8>,
    covers_from: Option<u8>,
    covers_to: Option<u8>,
    dimension: &'a str,
    seen: &'static str,
    low: Option<u8>,
    high: Option<u8>,
    points: Option<u8>,
    hidden_because: String,
    since: &'a str,
    not_compared_because: String,
    change: String,
    difference: Option<i16>,
    difference_low: Option<i16>,
    difference_high: Option<i16>,
    difference_at_least: Option<bool>,
    detectable: Option<u8>,
    method: &'static str,
    rounds: Option<u32>,
    share: Option<u8>,
    share_low: Option<u8>,
    share_high: Option<u8>,
    own_weight: Option<u8>,
    verdict: String,
    reasons: String,
    of: &'static str,
    at: String,
    together_with: String,
    statement: &'a str,
    low_by_itself: Option<bool>,
    agenda: &'static str,
}

/// The last published round as CSV in UTF-8; the same bytes for the same waves.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read.
pub fn table(waves: &[PastWave], readable: Readable<'_>) -> Result<Vec<u8>, ReportProblem> {
    // For programs, so in one language.
    let words = Words::english()?;
    let gathered = gather(waves, readable)?;
    let mut lines = Lines { round: gathered.wave.release.wave.as_str(), words, writer: writer() };
    for erratum in gathered.wave.errata() {
        let text = erratum.text.lines().collect::<Vec<_>>().join(" ");
        let name = format!("Correction {} of {}: {text}", erratum.number, erratum.day);
        lines.write(Line { kind: "erratum", name, ..Line::default() })?;
    }
    gathered.parts().try_for_each(|part| lines.part(&part))?;
    gathered.parts().try_for_each(|part| lines.behind(&part, &gathered))?;
    if let Some(organisation) = &gathered.organisation {
        lines.organisation(organisation)?;
    }
    lines.writer.into_inner().map_err(|e| ReportProblem::Table(e.into_error().into()))
}

fn writer() -> Writer<Vec<u8>> {
    WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new())
}

/// Lines of one round.
struct Lines<'w> {
    round: &'w str,
    words: &'w Words,
    writer: Writer<Vec<u8>>,
}

impl Lines<'_> {
    fn write(&mut self, line: Line<'_>) -> Result<(), ReportProblem> {
        let (name, unit, together_with) = (harmless(line.name), harmless(line.unit), harmless(line.together_with));
        let line = Line { round: self.round, method: METHOD, name, unit, together_with, ..line };
        Ok(self.writer.serialize(line)?)
    }

    fn part(&mut self, part: &Part<'_>) -> Result<(), ReportProblem> {
        let (name, unit) = self.place(part);
        for score in part.scores {
            let mut line = Line {
                kind: part.kind.name(),
                name: name.clone(),
                unit: unit.clone(),
                answers_from: Some(part.participation.from),
                answers_to: part.participation.to,
                rate_from: part.participation.rate.map(|rate| rate.0),
                rate_to: part.participation.rate.map(|rate| rate.1),
                covers_from: part.covers.map(|covers| covers.0),
                covers_to: part.covers.map(|covers| covers.1),
                dimension: score.dimension.as_str(),
                ..Line::default()
            };
            line = with_sight(line, &score.sight);
            match part.comparison {
                Comparison::FirstWave => line.not_compared_because = "first-wave".to_owned(),
                Comparison::NotPossible(reason) => line.not_compared_because = name_of(reason),
                Comparison::Made(set) => {
                    line.since = set.since.as_str();
                    if let Some(change) = set.changes.iter().find(|change| change.dimension == score.dimension) {
                        line.change = name_of(&change.word);
                        line.detectable = change.detectable;
                        if let Some(difference) = change.difference {
                            line = with_difference(line, difference);
                        }
                    }
                }
            }
            self.write(line)?;
        }
        Ok(())
    }

    /// The name of a part, and where it stands.
    fn place(&self, part: &Part<'_>) -> (String, String) {
        match part.kind {
            PartKind::Organisation | PartKind::Unit => (path(part.unit), String::new()),
            PartKind::Group => (self.groups(part.groups, part.with_upward), path(part.unit)),
        }
    }

    /// What stands on a part's page behind its scores.
    fn behind(&mut self, part: &Part<'_>, gathered: &Gathered<'_>) -> Result<(), ReportProblem> {
        let (name, unit) = self.place(part);
        let line = |kind: &'static str| Line { kind, of: part.kind.name(), name: name.clone(), unit: unit.clone(), ..Line::default() };
        for trend in part.trends {
            // A single round is no course.
            for point in trend.points.iter().filter(|_| trend.points.len() > 1) {
                let line = Line { dimension: trend.dimension.as_str(), at: point.wave.to_string(), ..line("trend") };
                self.write(match &point.point {
                    TrendSight::Score { sight, together } => with_sight(Line { together_with: together.join(" + "), ..line }, sight),
                    TrendSight::Aborted => Line { seen: "aborted", ..line },
                    TrendSight::NotComparable => Line { seen: "not-comparable", ..line },
                })?;
            }
            let line = Line { dimension: trend.dimension.as_str(), ..line("recent") };
            let names = |rounds: &[WaveId]| rounds.iter().map(WaveId::as_str).collect::<Vec<_>>().join(" ");
            match &trend.recent {
                Recent::TooFewRounds => {}
                Recent::CannotBeTold { rounds } => self.write(Line { seen: "cannot-be-told", at: names(rounds), ..line })?,
                Recent::Mean { rounds, interval } => {
                    let (low, high) = (Some(interval.low), Some(interval.high));
                    self.write(Line { seen: "mean", at: names(rounds), low, high, ..line })?;
                }
            }
        }
        for score in part.statements {
            let dimension = gathered.dimension_of(&score.item).map_or("", |dimension| dimension.as_str());
            let line = Line { dimension, statement: score.item.as_str(), low_by_itself: Some(score.low), ..line("statement") };
            self.write(with_sight(line, &score.sight))?;
        }
        if let Some(quadrant) = part.quadrant {
            let (seen, zones) = match quadrant {
                Quadrant::In { zone } => ("in", name_of(zone)),
                Quadrant::Between { zones: [first, second] } => ("between", format!("{} {}", name_of(first), name_of(second))),
                Quadrant::CannotBeTold => ("cannot-be-told", String::new()),
                Quadrant::NotSeen => ("not-seen", String::new()),
            };
            self.write(Line { seen, verdict: zones, ..line("quadrant") })?;
        }
        if let Some(said) = part.said {
            self.write(with_verdict(line("said-or-lived"), said, part.since().map_or("", WaveId::as_str)))?;
        }
        for suggestion in part.suggestions.unwrap_or_default() {
            self.write(Line {
                seen: suggestion_kind(suggestion),
                dimension: suggestion.dimension().map_or("", |dimension| dimension.as_str()),
                statement: suggestion.statement().map_or("", |statement| statement.as_str()),
                agenda: topic_of(suggestion),
                ..line("suggestion")
            })?;
        }
        Ok(())
    }

    fn groups(&self, labels: &[String], with_upward: bool) -> String {
        let counted_up = with_upward.then(|| self.words.say(Fixed::CountedUp).to_owned());
        labels.iter().cloned().chain(counted_up).collect::<Vec<_>>().join(" + ")
    }

    fn organisation(&mut self, report: &OrganisationReport) -> Result<(), ReportProblem> {
        let since = report.conversation.since.as_ref().map_or("", |since| since.as_str());
        for entry in &report.conversation.entries {
            let line = Line {
                kind: "conversation",
                name: self.groups(&entry.groups, false),
                unit: path(&entry.unit),
                dimension: entry.dimension.as_str(),
                since,
                change: name_of(&entry.word),
                ..Line::default()
            };
            self.write(with_difference(line, entry.difference))?;
        }
        for course in &report.courses {
            let line = Line { kind: "course", dimension: course.dimension.as_str(), ..Line::default() };
            let line = match &course.found {
                CourseFound::TooFewRounds => Line { seen: "too-few-rounds", ..line },
                CourseFound::CannotBeTold => Line { seen: "cannot-be-told", ..line },
                CourseFound::UpAndDown { since, rounds } => {
                    Line { seen: "up-and-down", since: since.as_str(), rounds: Some(*rounds), ..line }
                }
                CourseFound::Line { since, rounds, difference, word } => {
                    let line = Line { seen: "line", since: since.as_str(), rounds: Some(*rounds), change: name_of(word), ..line };
                    with_difference(line, *difference)
                }
            };
            self.write(line)?;
        }
        for of in &report.differences {
            let line = Line { kind: "differences", dimension: of.dimension.as_str(), ..Line::default() };
            match &of.found {
                Differences::TooFewGroups => self.write(Line { seen: "too-few-groups", ..line })?,
                Differences::Found { share, groups } => {
                    self.write(match share {
                        None => Line { seen: "cannot-be-told", ..line },
                        Some(share) => Line {
                            seen: "found",
                            share: Some(share.hundredths),
                            share_low: Some(share.low),
                            share_high: Some(share.high),
                            ..line
                        },
                    })?;
                    for group in groups {
                        self.write(Line {
                            kind: "estimate",
                            name: self.groups(&group.groups, false),
                            unit: path(&group.unit),
                            dimension: of.dimension.as_str(),
                            low: Some(group.interval.low),
                            high: Some(group.interval.high),
                            own_weight: Some(group.weight),
                            ..Line::default()
                        })?;
                    }
                }
            }
        }
        report.said_or_lived.as_ref().map_or(Ok(()), |said| self.said_or_lived(said, since))
    }

    fn said_or_lived(&mut self, said: &SaidOrLived, since: &str) -> Result<(), ReportProblem> {
        let line =
            |of: &'static str, verdict: &Verdict| with_verdict(Line { kind: "said-or-lived", of, ..Line::default() }, verdict, since);
        let everywhere = line("organisation", &said.organisation);
        self.write(match said.gap {
            Some(gap) => with_difference(everywhere, gap),
            None => everywhere,
        })?;
        // As on the page: the groups in which something stands out, or may.
        said.groups.iter().filter(|group| !group.verdict.reasons.is_empty()).try_for_each(|group| {
            let name = self.groups(&group.groups, false);
            self.write(Line { name, unit: path(&group.unit), ..line("group", &group.verdict) })
        })
    }
}

fn with_difference<'a>(line: Line<'a>, of: Difference) -> Line<'a> {
    Line {
        difference: Some(of.points),
        difference_low: Some(of.low),
        difference_high: Some(of.high),
        difference_at_least: Some(of.at_least),
        ..line
    }
}

fn with_sight<'a>(line: Line<'a>, sight: &Sight) -> Line<'a> {
    match *sight {
        Sight::Between(interval) => Line { seen: "between", low: Some(interval.low), high: Some(interval.high), ..line },
        Sight::AtLeast(points) => Line { seen: "at-least", points: Some(points), ..line },
        Sight::AtMost(points) => Line { seen: "at-most", points: Some(points), ..line },
        Sight::Hidden(reason) => Line { seen: "hidden", hidden_because: name_of(&reason), ..line },
    }
}

fn with_verdict<'a>(line: Line<'a>, of: &Verdict, since: &'a str) -> Line<'a> {
    let reasons = of.reasons.iter().map(reason).collect::<Vec<_>>().join("; ");
    Line { since, verdict: name_of(&of.word), reasons, ..line }
}

/// A reason by its name, with the difference that the page gives.
fn reason(of: &Reason) -> String {
    let with = |name: &str, d: &Difference| {
        let least = if d.at_least { "at least " } else { "" };
        format!("{name}: {least}{} ({} to {})", d.points, d.low, d.high)
    };
    match of {
        Reason::FartherThanElsewhere(difference) => with("farther-than-elsewhere", difference),
        Reason::FartherThanBefore(difference) => with("farther-than-before", difference),
        Reason::SameInARow(_) => "same-in-a-row".to_owned(),
        Reason::SameThroughout(_) => "same-throughout".to_owned(),
    }
}

/// A name that no spreadsheet takes for a formula: an apostrophe before what could begin one.
fn harmless(name: String) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name }
}
