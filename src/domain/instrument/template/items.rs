//! The dimensions and items of a template, and how they belong together.

use std::collections::{BTreeMap, HashMap};

use toml::de::DeTable;

use super::faults::Earlier;
use super::fields::{Field, Part, Reading};
use super::foundation::Foundation;
use super::{MOST_ITEMS, SD_RANGE, TemplateFault, id, licence};
use crate::ids::{DimensionId, ItemId, Language};
use crate::instrument::{Dimension, Item, Publish, Scale};

const DIMENSION: &[&str] = &["id", "name", "declared_sd"];
const ITEM: &[&str] = &["id", "text", "scale", "reversed", "dimension", "publish", "licence", "source", "about_leader"];

/// What a part states, even when it is not sound, and the part as a whole when it is.
pub(super) struct Found<S, T> {
    pub(super) stated: S,
    pub(super) whole: Option<T>,
}

/// Reports an id that was used before; upper and lower case count as the same.
pub(super) fn check_unique(
    reading: &mut Reading,
    seen: &mut HashMap<String, Earlier>,
    what: &'static str,
    place: &str,
    id: &Field<String>,
) {
    match seen.get(&id.value.to_lowercase()) {
        Some(first) => reading.report(id.line, place, TemplateFault::DuplicateId { what, id: id.value.clone(), first: first.clone() }),
        None => {
            seen.insert(id.value.to_lowercase(), Earlier::Line(id.line));
        }
    }
}

pub(super) fn place_of(what: &str, number: usize, table: &DeTable<'_>) -> String {
    match table.get("id").and_then(|id| id.get_ref().as_str()) {
        Some(id) if !id.is_empty() && id.len() <= 40 => format!("{what} {id}"),
        _ => format!("{what} number {number}"),
    }
}

/// What the file builds on, and its own dimensions behind it.
pub(super) fn read_dimensions(
    reading: &mut Reading,
    file: &Part<'_>,
    foundation: &Foundation,
) -> Vec<Field<Found<DimensionId, Dimension>>> {
    let below = foundation.dimensions.iter().cloned();
    let mut dimensions: Vec<_> = below
        .map(|dimension| Field { line: foundation.line, value: Found { stated: dimension.id.clone(), whole: Some(dimension) } })
        .collect();
    let mut seen = foundation.seen("dimension");
    for (i, table) in file.tables(reading, "dimensions").into_iter().enumerate() {
        let place = place_of("dimension", i + 1, table.value);
        let part = Part::open(reading, table.value, table.line, place, DIMENSION);
        let id = part
            .text(reading, "id", "give it a short name, for instance SAF")
            .and_then(|field| id(reading, &part.place, field, DimensionId::parse));
        let name = part.words(reading, "name");
        let advice = "declare the standard deviation within groups in raw scale points, for instance 1.4";
        let declared_sd = part.number(reading, "declared_sd", advice).and_then(|field| {
            let fits = (SD_RANGE.0..=SD_RANGE.1).contains(&field.value);
            if !fits {
                reading.report(field.line, &part.place, TemplateFault::DeclaredSd { given: field.value.to_string() });
            }
            fits.then_some(field.value)
        });
        let Some(Field { line, value: id }) = id else { continue };
        check_unique(reading, &mut seen, "dimension", &part.place, &Field { line, value: id.to_string() });
        let whole = name.zip(declared_sd).map(|(name, declared_sd)| Dimension { id: id.clone(), name, declared_sd });
        dimensions.push(Field { line: table.line, value: Found { stated: id, whole } });
    }
    dimensions
}

/// What an item says about its place, even when the item is not sound as a whole.
pub(super) struct Placed {
    scale: Option<String>,
    dimension: Option<DimensionId>,
}

/// What the file builds on, and its own items behind it.
pub(super) fn read_items(
    reading: &mut Reading,
    file: &Part<'_>,
    foundation: &Foundation,
    scales: &BTreeMap<String, Option<Scale>>,
    dimensions: &[Field<Found<DimensionId, Dimension>>],
) -> Vec<Field<Found<Placed, Item>>> {
    let tables = file.tables(reading, "items");
    let first = file.value(reading, "items").map_or(foundation.line.max(1), |field| field.line);
    let found = foundation.items.len() + tables.len();
    if found == 0 && !foundation.broken {
        reading.report(first, "", TemplateFault::NoItems);
    } else if found > MOST_ITEMS {
        reading.report(first, "", TemplateFault::TooManyItems { found });
    }
    let mut seen = foundation.seen("item");
    let mut wordings: HashMap<(Language, String), Earlier> = HashMap::new();
    let mut items = Vec::new();
    for item in &foundation.items {
        for (language, text) in &item.text {
            wordings.extend(foundation.giver("item", item.id.as_str()).map(|giver| ((language.clone(), text.to_lowercase()), giver)));
        }
        let stated = Placed { scale: Some(item.scale.clone()), dimension: item.dimension.clone() };
        items.push(Field { line: foundation.line, value: Found { stated, whole: Some(item.clone()) } });
    }
    for (i, table) in tables.into_iter().enumerate() {
        let place = place_of("item", i + 1, table.value);
        let part = Part::open(reading, table.value, table.line, place, ITEM);
        let item = read_item(reading, &part, foundation.broken, scales, dimensions, &mut seen);
        for (language, text) in item.whole.iter().flat_map(|item| &item.text) {
            let wording = (language.clone(), text.to_lowercase());
            match wordings.get(&wording) {
                Some(first) => {
                    let fault = TemplateFault::RepeatedWording { language: language.clone(), first: first.clone() };
                    reading.report(part.line, &part.place, fault);
                }
                None => {
                    wordings.insert(wording, Earlier::Line(part.line));
                }
            }
        }
        items.push(Field { line: part.line, value: item });
    }
    items
}

fn read_item(
    reading: &mut Reading,
    part: &Part<'_>,
    broken: bool,
    scales: &BTreeMap<String, Option<Scale>>,
    dimensions: &[Field<Found<DimensionId, Dimension>>],
    seen: &mut HashMap<String, Earlier>,
) -> Found<Placed, Item> {
    let id = part
        .text(reading, "id", "give it a short name that never changes, for instance SAF1")
        .and_then(|field| id(reading, &part.place, field, ItemId::parse));
    if let Some(id) = &id {
        check_unique(reading, seen, "item", &part.place, &Field { line: id.line, value: id.value.to_string() });
    }
    let text = part.words(reading, "text");
    let scale = part.text(reading, "scale", "name one of the scales of this file").and_then(|field| {
        let known = scales.contains_key(&field.value);
        // Where the foundation is broken, the scale may stand there.
        if !known && !broken {
            let known = scales.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            reading.report(field.line, &part.place, TemplateFault::UnknownScale { scale: field.value.clone(), known });
        }
        known.then_some(field.value)
    });
    let dimension = part.optional_text(reading, "dimension").map(|field| {
        let found = dimensions.iter().find(|d| d.value.stated.as_str() == field.value).map(|d| d.value.stated.clone());
        if found.is_none() && !broken {
            let known = dimensions.iter().map(|d| d.value.stated.as_str()).collect::<Vec<_>>().join(", ");
            reading.report(field.line, &part.place, TemplateFault::UnknownDimension { dimension: field.value, known });
        }
        found
    });
    let publish = match part.optional_text(reading, "publish") {
        None => Publish::Team,
        Some(field) => match field.value.as_str() {
            "team" => Publish::Team,
            "organisation" => Publish::Organisation,
            _ => {
                let fault =
                    TemplateFault::WrongKind { key: "publish".to_owned(), expected: "\"team\" or \"organisation\"", found: "another word" };
                reading.report(field.line, &part.place, fault);
                Publish::Organisation
            }
        },
    };
    let fixed = scale.as_ref().filter(|name| scales.get(*name).and_then(Option::as_ref).is_some_and(|scale| !scale.can_be_coarsened()));
    if let Some(scale) = fixed.filter(|_| publish == Publish::Team) {
        reading.report(part.line, &part.place, TemplateFault::NoGrid { scale: scale.clone() });
    }
    let reversed = part.flag(reading, "reversed");
    let about_leader = part.flag(reading, "about_leader");
    let licence = licence(reading, part);
    let source = part.text(reading, "source", "say who wrote the wording and where it comes from");
    let placed = Placed { scale: scale.clone(), dimension: dimension.clone().flatten() };
    let whole = || {
        Some(Item {
            id: id?.value,
            text: text?,
            scale: scale?,
            reversed,
            dimension: dimension.map_or(Some(None), |found| found.map(Some))?,
            publish,
            licence: licence?,
            source: source?.value,
            about_leader,
        })
    };
    Found { stated: placed, whole: whole() }
}

/// Every dimension has at least two items, and scales that can be averaged.
pub(super) fn check_dimensions(
    reading: &mut Reading,
    scales: &BTreeMap<String, Option<Scale>>,
    dimensions: &[Field<Found<DimensionId, Dimension>>],
    items: &[Field<Found<Placed, Item>>],
) {
    for dimension in dimensions {
        let id = &dimension.value.stated;
        let members: Vec<_> = items.iter().filter(|item| item.value.stated.dimension.as_ref() == Some(id)).collect();
        if members.len() < 2 {
            let fault = TemplateFault::SmallDimension { dimension: id.to_string(), items: members.len() };
            reading.report(dimension.line, &format!("dimension {id}"), fault);
        }
        let mut first: Option<(u8, u32)> = None;
        for item in members {
            let scale = item.value.stated.scale.as_ref().and_then(|name| scales.get(name)).and_then(Option::as_ref);
            let Some((points, grid)) = scale.map(|scale| (scale.points(), scale.grid)) else {
                continue;
            };
            let (first_points, first_grid) = *first.get_or_insert((points, grid));
            if (points, grid) != (first_points, first_grid) {
                let place = item.value.whole.as_ref().map_or_else(|| "item".to_owned(), |item| format!("item {}", item.id));
                let fault = TemplateFault::MixedDimension { dimension: id.to_string(), points, grid, first_points, first_grid };
                reading.report(item.line, &place, fault);
            }
        }
    }
}
