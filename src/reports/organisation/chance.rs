//! How far chance alone would take groups, and where each lies in speaking up and standards together.

use askama::Template;
use domain::DimensionId;
use release::reading::{Funnel, FunnelBand, FunnelPlace, Hidden, Panorama, PanoramaGroup, PublishedWave, Quadrant, Sight};

use super::parts::{Shown, by_unit};
use crate::catalogue::Fixed;
use crate::charts::{funnel, group_quadrant};
use crate::language::BrokenWords;
use crate::sections::name;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

#[derive(Template)]
#[template(path = "organisation/differences.html")]
struct DifferencesSection<'a> {
    words: &'a Words,
    funnels: Vec<FunnelView>,
    /// The dimensions with a funnel.
    drawn: Vec<String>,
    tables: Vec<Vec<(String, Vec<ChanceRow>)>>,
    quadrants: Option<QuadrantsView>,
}

/// The funnel of one dimension.
struct FunnelView {
    dimension: DimensionId,
    name: String,
    /// Nothing where too few groups have a score.
    drawn: Option<DrawnView>,
}

/// A funnel that is drawn.
struct DrawnView {
    chart: String,
    mean: Tagged,
    /// People, inner and outer limits.
    bands: Vec<(String, Tagged, Tagged)>,
}

/// A group beside the limits of its size.
struct ChanceRow {
    block: u32,
    name: String,
    people: Tagged,
    cells: Vec<(DimensionId, String, Tagged, Tagged)>,
}

/// Where each group lies in the two dimensions.
struct QuadrantsView {
    /// Names of the upright and of the level axis.
    safety: (DimensionId, String),
    standards: (DimensionId, String),
    drawings: Vec<QuadrantsDrawing>,
}

/// One drawing and its table.
struct QuadrantsDrawing {
    chart: String,
    units: Vec<(String, Vec<QuadrantRow>)>,
}

/// A group in the two dimensions.
struct QuadrantRow {
    block: u32,
    name: String,
    safety: Tagged,
    standards: Tagged,
    zone: Tagged,
}

pub(super) fn differences(
    words: &Words,
    wave: &PublishedWave,
    panorama: &Panorama,
    shown: Shown,
    parts: &mut Vec<String>,
) -> Result<String, ReportProblem> {
    let funnels = panorama.funnels.iter().map(|of| {
        let name = name(words, wave, &of.dimension);
        let drawn = match &of.found {
            Funnel::TooFewGroups => None,
            Funnel::Drawn { mean, bands, groups } => Some(DrawnView {
                chart: funnel(words, &format!("funnel-{}", of.dimension), &name, (*mean, bands, groups))?,
                mean: tagged::funnel_mean(words, *mean)?,
                bands: bands.iter().map(|band| band_row(words, band)).collect::<Result<_, BrokenWords>>()?,
            }),
        };
        Ok(FunnelView { dimension: of.dimension.clone(), name, drawn })
    });
    let funnels = funnels.collect::<Result<Vec<_>, ReportProblem>>()?;
    let (chosen, names) = shown.of(words, &panorama.groups, |group| &group.unit)?;
    *parts = names;
    let row = |group: &PanoramaGroup| chance_row(words, wave, panorama, group);
    let drawn: Vec<String> = funnels.iter().filter(|view| view.drawn.is_some()).map(|view| view.name.clone()).collect();
    let tables = chosen.iter().filter(|_| !drawn.is_empty()).map(|groups| by_unit(words, groups, |group| &group.unit, row));
    let tables = tables.collect::<Result<Vec<_>, BrokenWords>>()?;
    let quadrants = quadrants(words, wave, panorama, &chosen)?;
    Ok(DifferencesSection { words, funnels, drawn, tables, quadrants }.render()?)
}

fn band_row(words: &Words, band: &FunnelBand) -> Result<(String, Tagged, Tagged), BrokenWords> {
    let limits = |which, limits| tagged::funnel_limits(words, band, which, limits);
    Ok((words.people_short(band.from, band.to)?, limits("inner", band.inner)?, limits("outer", band.outer)?))
}

fn chance_row(words: &Words, wave: &PublishedWave, panorama: &Panorama, group: &PanoramaGroup) -> Result<ChanceRow, BrokenWords> {
    let cells = panorama.funnels.iter().filter_map(|of| {
        let Funnel::Drawn { groups, .. } = &of.found else { return None };
        let found = groups.iter().find(|other| other.block == group.block);
        let place = found.map_or(FunnelPlace::CannotBeTold, |found| found.place);
        let score = tagged::score_short(words, &found?.sight);
        Some(score.map(|score| (of.dimension.clone(), name(words, wave, &of.dimension), score, tagged::funnel_place(words, place))))
    });
    Ok(ChanceRow {
        block: group.block.0,
        name: words.list(&group.groups)?,
        people: tagged::participation_short(words, &group.participation)?,
        cells: cells.collect::<Result<_, _>>()?,
    })
}

fn quadrants(
    words: &Words,
    wave: &PublishedWave,
    panorama: &Panorama,
    chosen: &[&[PanoramaGroup]],
) -> Result<Option<QuadrantsView>, ReportProblem> {
    let Some((safety, standards)) = &panorama.axes else { return Ok(None) };
    let named = |dimension: &DimensionId| (dimension.clone(), name(words, wave, dimension));
    let (safety, standards) = (named(safety), named(standards));
    let drawing = |(number, groups): (usize, &&[PanoramaGroup])| {
        let places: Vec<_> = groups.iter().filter_map(|group| group.plane.zip(group.quadrant)).collect();
        let chart = group_quadrant(words, &format!("quadrant-{number}"), (&standards.1, &safety.1), &places)?;
        let row = |group: &PanoramaGroup| quadrant_row(words, panorama, group, [&safety.0, &standards.0]);
        let placed: Vec<PanoramaGroup> = groups.iter().filter(|group| group.plane.is_some()).cloned().collect();
        let units = by_unit(words, &placed, |group| &group.unit, row)?;
        Ok(QuadrantsDrawing { chart, units })
    };
    let drawings = chosen.iter().enumerate().map(drawing).collect::<Result<_, ReportProblem>>()?;
    Ok(Some(QuadrantsView { safety, standards, drawings }))
}

fn quadrant_row(
    words: &Words,
    panorama: &Panorama,
    group: &PanoramaGroup,
    [safety, standards]: [&DimensionId; 2],
) -> Result<QuadrantRow, BrokenWords> {
    let score = |dimension: &DimensionId| {
        let found = panorama.dimensions.iter().zip(&group.scores).find(|(of, _)| *of == dimension);
        tagged::score_short(words, found.map_or(&Sight::Hidden(Hidden::NotAsked), |(_, sight)| sight))
    };
    Ok(QuadrantRow {
        block: group.block.0,
        name: words.list(&group.groups)?,
        safety: score(safety)?,
        standards: score(standards)?,
        zone: tagged::quadrant_short(words, &group.quadrant.unwrap_or(Quadrant::NotSeen))?,
    })
}
