//! The answer scales of a template: labels, opt-out, grid, lead-in.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::fields::{Field, Part, Reading, list_of, text_of, wrong_kind};
use super::foundation::Foundation;
use super::{FEWEST_POINTS, MOST_POINTS, TemplateFault};
use crate::ids::Language;
use crate::instrument::Scale;

const SCALE: &[&str] = &["labels", "opt_out", "grid", "lead_in"];

/// The scales by name; `None` for one that exists and is not sound, so that items may still name it.
pub(super) fn read_scales(reading: &mut Reading, file: &Part<'_>, foundation: &Foundation) -> BTreeMap<String, Option<Scale>> {
    let mut scales: BTreeMap<_, _> = foundation.scales.iter().map(|(name, scale)| (name.clone(), Some(scale.clone()))).collect();
    let field = if scales.is_empty() && !foundation.broken {
        file.required(reading, "scales", "describe at least one answer scale, for instance [scales.agree7]")
    } else {
        file.value(reading, "scales")
    };
    let Some(field) = field else {
        return scales;
    };
    let Some(table) = field.value.as_table() else {
        wrong_kind(reading, field.line, "", "scales", "a table with one entry per scale", field.value);
        return scales;
    };
    for (name, value) in table.iter() {
        let place = format!("scale {}", name.get_ref());
        let line = reading.line(name.span());
        if let Some(first) = foundation.giver("scale", name.get_ref()) {
            reading.report(line, &place, TemplateFault::DuplicateId { what: "scale", id: name.get_ref().to_string(), first });
            continue;
        }
        let scale = match value.get_ref().as_table() {
            Some(table) => {
                let part = Part::open(reading, table, line, place, SCALE);
                read_scale(reading, &part)
            }
            None => {
                wrong_kind(reading, line, &place, name.get_ref(), "a table", value.get_ref());
                None
            }
        };
        scales.insert(name.get_ref().to_string(), scale);
    }
    scales
}

fn read_scale(reading: &mut Reading, part: &Part<'_>) -> Option<Scale> {
    let labels = part.required(reading, "labels", "list the labels from the lowest to the highest point, once per language");
    let (labels, points) = labels.map(|field| read_labels(reading, part, &field)).unwrap_or_default();
    if let Some(points) = points.filter(|points| !(FEWEST_POINTS..=MOST_POINTS).contains(points)) {
        reading.report(part.line, &part.place, TemplateFault::Points { points });
    }
    let opt_out = part.words(reading, "opt_out");
    let grid = match part.value(reading, "grid") {
        // The number of points never divides one less: such a scale cannot be coarsened, and `Scale::can_be_coarsened` says so.
        None => points.and_then(|points| u32::try_from(points).ok()),
        Some(field) => part.integer_of(reading, "grid", &field).and_then(|field| {
            let points = points?;
            let grid = u32::try_from(field.value).ok().filter(|g| *g >= 2 && (points - 1).is_multiple_of(*g as usize) && points > 1);
            if grid.is_none() {
                reading.report(field.line, &part.place, TemplateFault::Grid { grid: field.value, points });
            }
            grid
        }),
    };
    let lead_in = part.optional_words(reading, "lead_in");
    (!labels.is_empty()).then_some(())?;
    Some(Scale { labels, opt_out: opt_out?, grid: grid?, lead_in })
}

/// The labels per language, and the number of points in the master language.
fn read_labels(reading: &mut Reading, part: &Part<'_>, field: &Field<&DeValue<'_>>) -> (BTreeMap<Language, Vec<String>>, Option<usize>) {
    let mut labels: BTreeMap<Language, Vec<String>> = BTreeMap::new();
    let mut lines = Vec::new();
    for (language, version) in part.versions(reading, "labels", field) {
        let key = format!("labels.{language}");
        let Some(list) = list_of(reading, &part.place, &key, &version) else {
            continue;
        };
        let mut texts: Vec<String> = Vec::new();
        for element in &list {
            let Some(text) = text_of(reading, &part.place, &key, element) else {
                continue;
            };
            if texts.contains(&text) {
                let fault = TemplateFault::RepeatedLabel { label: text.clone(), language: language.clone() };
                reading.report(element.line, &part.place, fault);
            }
            texts.push(text);
        }
        lines.push((language.clone(), version.line, list.len()));
        labels.insert(language, texts);
    }
    let master = reading.languages.iter().find_map(|master| lines.iter().find(|(language, ..)| language == master)).cloned();
    let points = master.as_ref().map(|(_, _, points)| *points);
    if let Some((master, _, expected)) = master {
        for (language, line, found) in lines.into_iter().filter(|(_, _, found)| *found != expected) {
            // Nothing more is said of a scale whose length is not settled.
            labels.clear();
            let fault = TemplateFault::LabelCount { language, found, master: master.clone(), expected };
            reading.report(line, &part.place, fault);
        }
    }
    (labels, points)
}
