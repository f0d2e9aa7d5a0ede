//! How many answered, group by group, in bands.

use askama::Template;
use release::reading::{BlockReport, Published, TotalReport};

use super::parts::{Shown, by_unit, headings, in_order};
use crate::catalogue::Fixed;
use crate::charts::{StripLine, participation_strip};
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/participation.html")]
struct ParticipationSection<'a> {
    words: &'a Words,
    everywhere: Tagged,
    tables: Vec<StripTable>,
}

/// One drawing and its table.
struct StripTable {
    chart: String,
    units: Vec<(String, Vec<StripRow>)>,
}

/// The block, its name and how many answered.
type StripRow = (u32, String, Tagged);

pub(super) fn participation(
    words: &Words,
    total: &TotalReport,
    mut blocks: Vec<Published<BlockReport>>,
    shown: Shown,
    parts: &mut Vec<String>,
) -> Result<String, ReportProblem> {
    in_order(&mut blocks);
    let (chosen, names) = shown.of(words, &blocks, |block| &block.unit)?;
    *parts = names;
    let named = |block: &BlockReport| words.group_row(&block.labels, block.with_upward);
    let table = |(number, blocks): (usize, &&[Published<BlockReport>])| {
        let lines = blocks
            .iter()
            .zip(headings(words, blocks, |block| &block.unit))
            .map(|(block, unit)| Ok(StripLine { unit, name: named(block)?, combined: block.combined, participation: block.participation }));
        let lines = lines.collect::<Result<Vec<_>, BrokenWords>>()?;
        let chart = participation_strip(words, &format!("participation-{number}"), &lines)?;
        let row =
            |block: &Published<BlockReport>| Ok((block.block.0, named(block)?, tagged::participation_short(words, &block.participation)?));
        let units = by_unit(words, blocks, |block| &block.unit, row).map_err(|broken: BrokenWords| broken)?;
        Ok(StripTable { chart, units })
    };
    let tables = chosen.iter().enumerate().map(table).collect::<Result<_, ReportProblem>>()?;
    Ok(ParticipationSection { words, everywhere: tagged::participation(words, &total.participation)?, tables }.render()?)
}
