//! The table of all groups, or of those of one unit.

use askama::Template;
use domain::{DimensionId, TeamLabel};
use release::reading::{BlockReport, Comparison, Published, PublishedWave};

use super::{changes, class_of, name};
use crate::catalogue::Fixed;
use crate::charts::strip;
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// The table of groups.
#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsSection<'a> {
    words: &'a Words,
    heading: String,
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

/// The table of these groups: all of them, or for somebody of HR who is there for one unit those of the unit with this name.
pub(crate) fn groups(
    words: &Words,
    wave: &PublishedWave,
    reports: &[Published<BlockReport>],
    unit: Option<&TeamLabel>,
) -> Result<String, ReportProblem> {
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
    let heading = match unit {
        None => words.say(Fixed::Groups).to_owned(),
        Some(unit) => words.groups_of(unit)?,
    };
    Ok(GroupsSection { words, heading, dimensions, units }.render()?)
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
