//! Groups and dimensions on one map, with the table of the same numbers.

use askama::Template;
use domain::DimensionId;
use release::reading::{MapCell, Panorama, PanoramaGroup, PublishedWave};

use super::parts::{Shown, by_unit, headings};
use crate::catalogue::Fixed;
use crate::charts::{MapLine, heat_maps};
use crate::language::BrokenWords;
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/map.html")]
struct MapSection<'a> {
    words: &'a Words,
    dimensions: Vec<String>,
    /// Some cells are scores as they stand.
    few_groups: bool,
    /// The dimensions in which groups differ no more than chance lets them.
    alike: Vec<&'a str>,
    tables: Vec<MapTable>,
}

/// One drawing, or several of many dimensions, and their table.
struct MapTable {
    charts: Vec<String>,
    units: Vec<(String, Vec<MapRow>)>,
}

/// One line.
struct MapRow {
    block: u32,
    name: String,
    cells: Vec<(DimensionId, String, Tagged)>,
}

pub(super) fn map(
    words: &Words,
    wave: &PublishedWave,
    panorama: &Panorama,
    shown: Shown,
    parts: &mut Vec<String>,
) -> Result<String, ReportProblem> {
    let dimensions: Vec<String> = panorama.dimensions.iter().map(|dimension| name(words, wave, dimension)).collect();
    let (chosen, names) = shown.of(words, &panorama.groups, |group| &group.unit)?;
    *parts = names;
    let row = |group: &PanoramaGroup| {
        let cells = panorama.dimensions.iter().zip(&dimensions).zip(&group.cells);
        let cells = cells.map(|((id, name), cell)| Ok((id.clone(), name.clone(), tagged::map_cell(words, cell)?)));
        Ok(MapRow { block: group.block.0, name: words.list(&group.groups)?, cells: cells.collect::<Result<_, BrokenWords>>()? })
    };
    let table = |(number, groups): (usize, &&[PanoramaGroup])| {
        let lines = groups
            .iter()
            .zip(headings(words, groups, |group| &group.unit))
            .map(|(group, unit)| Ok(MapLine { unit, name: words.list(&group.groups)?, combined: group.combined, cells: &group.cells }));
        let lines = lines.collect::<Result<Vec<_>, BrokenWords>>()?;
        let charts = heat_maps(words, &format!("map-{number}"), &dimensions, &lines)?;
        let units = by_unit(words, groups, |group| &group.unit, row).map_err(|broken: BrokenWords| broken)?;
        Ok(MapTable { charts, units })
    };
    let tables = chosen.iter().enumerate().map(table).collect::<Result<_, ReportProblem>>()?;
    let any = |wanted: fn(&MapCell) -> bool| panorama.groups.iter().flat_map(|group| &group.cells).any(wanted);
    let alike = dimensions
        .iter()
        .enumerate()
        .filter(|(place, _)| panorama.groups.iter().any(|group| matches!(group.cells.get(*place), Some(MapCell::LikeAll))));
    let alike = alike.map(|(_, name)| name.as_str()).collect();
    let few_groups = any(|cell| matches!(cell, MapCell::Score(_)));
    Ok(MapSection { words, alike, dimensions: dimensions.clone(), few_groups, tables }.render()?)
}
