//! A published round as a table (CSV): one line per group, unit or organisation and dimension, and before them one per correction.
//!
//! Nothing stands here that the pages do not show. Numbers are the pages' whole points of 100; what a line has not is empty.
//!
//! | column | meaning |
//! |---|---|
//! | `round` | the round |
//! | `kind` | `erratum`, `organisation`, `unit` or `group` |
//! | `name` | labels of the groups, joined by ` + `, or of the unit's path, joined by ` / `; a correction's number, day and text |
//! | `unit` | where a group stands |
//! | `answers_from`, `answers_to` | the band of people who answered; the last band has no end |
//! | `rate_from`, `rate_to` | the band of the response rate in percent |
//! | `covers_from`, `covers_to` | the band of the share of a unit's people whose groups are in its line |
//! | `dimension` | its id |
//! | `seen` | `between`, `at-least`, `at-most` or `hidden` |
//! | `low`, `high`, `points` | the ends of what is `between`; the points of `at-least` and `at-most` |
//! | `hidden_because` | why nothing can be seen |
//! | `since`, `not_compared_because` | the round that this one is compared with, or why with none |
//! | `change` | `clear`, `possible`, `none` or `cannot-be-seen` |
//! | `difference`, `difference_low`, `difference_high` | later minus earlier, with its interval |
//! | `difference_at_least` | whether the difference is the smallest possible one |
//! | `detectable` | the change that would be found four times out of five |
//! | `method` | [`METHOD`] |

use std::collections::BTreeSet;

use csv::{QuoteStyle, WriterBuilder};
use disclosure::BlockId;
use domain::{TeamLabel, UnitPath};
use release::reading::{
    BlockReport, Comparison, METHOD, Participation, PastWave, PublishedWave, ReadingProblem, Score, Sight, TotalReport, read_blocks,
    read_total,
};
use serde::Serialize;

use crate::catalogue::Fixed;
use crate::tagged::name_of;
use crate::{ReportProblem, Words, latest};

/// What of a round is written down.
#[derive(Debug, Clone, Copy)]
pub enum Readable<'a> {
    /// Everything, as HR reads it.
    All,
    /// Some groups and sub-totals, as a leader reads them.
    Only {
        /// The groups, by the block that they count in.
        blocks: &'a [BlockId],
        /// The units whose sub-totals.
        units: &'a [UnitPath],
    },
}

/// A line; the fields are the columns, in this order.
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
}

/// What the lines of one group, unit or organisation have in common.
struct Part<'a> {
    kind: &'static str,
    name: String,
    unit: String,
    participation: Participation,
    covers: Option<(u8, u8)>,
    scores: &'a [Score],
    comparison: &'a Comparison,
}

/// The last published round as CSV in UTF-8; the same bytes for the same waves.
///
/// # Errors
/// [`ReportProblem::Reading`] when the waves cannot be read.
pub fn table(waves: &[PastWave], readable: Readable<'_>) -> Result<Vec<u8>, ReportProblem> {
    // For programs, so in one language.
    let words = Words::english()?;
    let wave = latest(waves)?;
    let mut lines = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    let round = wave.release.wave.as_str();
    for erratum in wave.errata() {
        let text = erratum.text.lines().collect::<Vec<_>>().join(" ");
        let name = format!("Correction {} of {}: {text}", erratum.number, erratum.day);
        lines.serialize(Line { round, kind: "erratum", name, method: METHOD, ..Line::default() })?;
    }
    let units = match readable {
        Readable::All => units_of(wave),
        Readable::Only { units, .. } => units.to_vec(),
    };
    for unit in &units {
        match read_total(waves, unit) {
            Ok(total) => part_lines(&mut lines, round, &of_total(&total))?,
            Err(ReadingProblem::NothingWithin { .. }) => {}
            Err(problem) => return Err(problem.into()),
        }
    }
    for block in read_blocks(waves)? {
        if match readable {
            Readable::All => true,
            Readable::Only { blocks, .. } => blocks.contains(&block.block),
        } {
            part_lines(&mut lines, round, &of_block(words, &block))?;
        }
    }
    lines.into_inner().map_err(|e| ReportProblem::Table(e.into_error().into()))
}

/// The organisation, and the units in which more than one block lies: of one alone the group's own line says all.
fn units_of(wave: &PublishedWave) -> Vec<UnitPath> {
    let mut units: BTreeSet<UnitPath> = BTreeSet::from([UnitPath::organisation()]);
    for leaf in &wave.groups {
        units.extend((1..=leaf.unit.0.len()).map(|depth| UnitPath(leaf.unit.0[..depth].to_vec())));
    }
    let several = |unit: &UnitPath| wave.release.base.blocks.iter().filter(|block| unit.contains(&block.unit)).count() > 1;
    units.into_iter().filter(|unit| unit.0.is_empty() || several(unit)).collect()
}

fn of_total(total: &TotalReport) -> Part<'_> {
    let organisation = total.unit.0.is_empty();
    Part {
        kind: if organisation { "organisation" } else { "unit" },
        name: path(&total.unit),
        unit: String::new(),
        participation: total.participation,
        covers: (!organisation).then_some(total.covers),
        scores: &total.scores,
        comparison: &total.comparison,
    }
}

fn of_block<'b>(words: &Words, block: &'b BlockReport) -> Part<'b> {
    let counted_up = block.with_upward.then(|| words.say(Fixed::CountedUp).to_owned());
    let names: Vec<String> = block.labels.iter().cloned().chain(counted_up).collect();
    Part {
        kind: "group",
        name: names.join(" + "),
        unit: path(&block.unit),
        participation: block.participation,
        covers: None,
        scores: &block.scores,
        comparison: &block.comparison,
    }
}

fn path(unit: &UnitPath) -> String {
    unit.0.iter().map(TeamLabel::as_str).collect::<Vec<_>>().join(" / ")
}

fn part_lines(lines: &mut csv::Writer<Vec<u8>>, round: &str, part: &Part<'_>) -> Result<(), ReportProblem> {
    for score in part.scores {
        let mut line = Line {
            round,
            kind: part.kind,
            name: harmless(&part.name),
            unit: harmless(&part.unit),
            answers_from: Some(part.participation.from),
            answers_to: part.participation.to,
            rate_from: part.participation.rate.map(|rate| rate.0),
            rate_to: part.participation.rate.map(|rate| rate.1),
            covers_from: part.covers.map(|covers| covers.0),
            covers_to: part.covers.map(|covers| covers.1),
            dimension: score.dimension.as_str(),
            method: METHOD,
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
                    line.difference = change.difference.map(|d| d.points);
                    line.difference_low = change.difference.map(|d| d.low);
                    line.difference_high = change.difference.map(|d| d.high);
                    line.difference_at_least = change.difference.map(|d| d.at_least);
                }
            }
        }
        lines.serialize(line)?;
    }
    Ok(())
}

/// A name that no spreadsheet takes for a formula: an apostrophe before what could begin one.
fn harmless(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{name}") } else { name.to_owned() }
}
