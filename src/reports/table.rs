//! A published round as a table (CSV): one line per group, unit or organisation and dimension, before them one per correction, and behind them what HR
//! reads of the organisation as a whole.
//!
//! Nothing stands here that the pages do not show. Numbers are the pages' whole points of 100; what a line has not is empty.
//!
//! | column | meaning |
//! |---|---|
//! | `round` | the round |
//! | `kind` | `erratum`, `organisation`, `unit` or `group`; `conversation`, `course`, `differences`, `estimate` or `said-or-lived` |
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

use csv::{QuoteStyle, Writer, WriterBuilder};
use release::reading::{
    Comparison, CourseFound, Difference, Differences, METHOD, OrganisationReport, PastWave, Reason, SaidOrLived, Sight, Verdict,
};
use serde::Serialize;

use crate::catalogue::Fixed;
use crate::gathered::{Part, PartKind, Readable, gather, path};
use crate::tagged::name_of;
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
        let line = Line { round: self.round, method: METHOD, name: harmless(line.name), unit: harmless(line.unit), ..line };
        Ok(self.writer.serialize(line)?)
    }

    fn part(&mut self, part: &Part<'_>) -> Result<(), ReportProblem> {
        let (name, unit) = match part.kind {
            PartKind::Organisation | PartKind::Unit => (path(part.unit), String::new()),
            PartKind::Group => (self.groups(part.groups, part.with_upward), path(part.unit)),
        };
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
            match score.sight {
                Sight::Between(interval) => (line.seen, line.low, line.high) = ("between", Some(interval.low), Some(interval.high)),
                Sight::AtLeast(points) => (line.seen, line.points) = ("at-least", Some(points)),
                Sight::AtMost(points) => (line.seen, line.points) = ("at-most", Some(points)),
                Sight::Hidden(reason) => (line.seen, line.hidden_because) = ("hidden", name_of(&reason)),
            }
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
        let line = |verdict: &Verdict| Line {
            kind: "said-or-lived",
            since,
            verdict: name_of(&verdict.word),
            reasons: verdict.reasons.iter().map(reason).collect::<Vec<_>>().join("; "),
            ..Line::default()
        };
        let everywhere = line(&said.organisation);
        self.write(match said.gap {
            Some(gap) => with_difference(everywhere, gap),
            None => everywhere,
        })?;
        // As on the page: the groups in which something stands out, or may.
        said.groups.iter().filter(|group| !group.verdict.reasons.is_empty()).try_for_each(|group| {
            let name = self.groups(&group.groups, false);
            self.write(Line { name, unit: path(&group.unit), ..line(&group.verdict) })
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
