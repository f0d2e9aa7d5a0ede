//! Templates: instruments as people write them, in TOML, checked as a whole with file, line and reason for every problem.

mod faults;
mod fields;
mod foundation;
mod items;
mod pairs;
mod questions;
mod scales;

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

pub use faults::{Earlier, TemplateFault, TemplateProblem, TemplateProblems};
use fields::{Field, Part, Reading, list_of, text_of};
pub use foundation::Lower;
use foundation::read_foundation;
use items::{check_dimensions, read_dimensions, read_items};
use pairs::read_pairs;
use questions::read_questions;
use scales::read_scales;

use super::Instrument;
use crate::ids::{InvalidId, Language};

/// Fewest points of a scale. With two, no grid divides the number of points minus one: such a scale is for the organisation only.
const FEWEST_POINTS: usize = 2;
/// Most points of a scale that can still be labelled in words.
const MOST_POINTS: usize = 11;
/// Most items of an instrument.
const MOST_ITEMS: usize = 400;
/// Range of a declared standard deviation in raw scale points, as for published ones.
const SD_RANGE: (f64, f64) = (0.5, 2.0);

const FILE: &[&str] =
    &["id", "version", "licence", "languages", "informal", "builds_on", "title", "scales", "dimensions", "items", "comments", "pairs"];

/// What a file says of its place among others, read before anything is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The id, if there is one.
    pub id: Option<String>,
    /// The ids of what it builds on.
    pub builds_on: Vec<String>,
}

/// Reads the head of a template, as far as it can be read.
#[must_use]
pub fn head(text: &str) -> Head {
    let (document, _) = DeTable::parse_recoverable(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let value = |key: &str| document.get_ref().get(key).map(toml::Spanned::get_ref);
    let below = value("builds_on").and_then(|list| list.as_array());
    Head {
        id: value("id").and_then(|id| id.as_str()).map(|id| id.trim().to_owned()),
        builds_on: below
            .map(|list| list.iter().filter_map(|id| id.get_ref().as_str()).map(|id| id.trim().to_owned()).collect())
            .unwrap_or_default(),
    }
}

/// Reads an instrument from the text of a template that builds on no other; `file_name` is only for messages.
///
/// # Errors
/// [`TemplateProblems`] with every problem that could be found at once, sorted by line.
pub fn parse_template(file_name: &str, text: &str) -> Result<Instrument, TemplateProblems> {
    parse_template_on(file_name, text, &BTreeMap::new())
}

/// Reads an instrument from the text of a template; `below` is what it may build on, by id.
///
/// What it builds on comes first, every part once; the result is an instrument like any other, and its bytes are those of one file with all of it.
///
/// # Errors
/// [`TemplateProblems`] with every problem that could be found at once, sorted by line.
pub fn parse_template_on(file_name: &str, text: &str, below: &BTreeMap<String, Lower<'_>>) -> Result<Instrument, TemplateProblems> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reading = Reading::new(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = reading.line(error.span().unwrap_or(0..0));
        reading.report(line, "", TemplateFault::Syntax(error.message().to_owned()));
    }
    let instrument = if errors.is_empty() { read_instrument(&mut reading, document.get_ref(), below) } else { None };
    match instrument {
        Some(instrument) if reading.problems.is_empty() => Ok(instrument),
        _ => {
            reading.problems.sort_by_key(|problem| problem.line);
            Err(TemplateProblems { file_name: file_name.to_owned(), problems: reading.problems })
        }
    }
}

/// The whole document. `None` only when something was reported.
fn read_instrument(reading: &mut Reading, document: &DeTable<'_>, below: &BTreeMap<String, Lower<'_>>) -> Option<Instrument> {
    let file = Part::open(reading, document, 1, String::new(), FILE);
    reading.languages = read_languages(reading, &file);
    let informal = read_informal(reading, &file);
    let id = file.text(reading, "id", "name the instrument, for instance id = \"pulse\"");
    let id = id.and_then(|id| checked(reading, &file.place, id, is_slug, |given| TemplateFault::InstrumentId { given }));
    let version = file.integer(reading, "version", "write version = 1 and count up when items are added").and_then(|field| {
        let version = u32::try_from(field.value).ok().filter(|version| *version >= 1);
        if version.is_none() {
            reading.report(field.line, "", TemplateFault::Version { given: field.value.to_string() });
        }
        version
    });
    let licence = licence(reading, &file);
    let title = file.words(reading, "title");
    let foundation = read_foundation(reading, &file, below);
    let scales = read_scales(reading, &file, &foundation);
    let dimensions = read_dimensions(reading, &file, &foundation);
    let items = read_items(reading, &file, &foundation, &scales, &dimensions);
    check_dimensions(reading, &scales, &dimensions, &items);
    let comments = read_questions(reading, &file, items.len(), &foundation);
    let pairs = read_pairs(reading, &file, &items, &foundation);
    Some(Instrument {
        id: id?,
        version: version?,
        title: title?,
        licence: licence?,
        languages: reading.languages.clone(),
        informal,
        scales: scales.into_iter().filter_map(|(name, scale)| Some((name, scale?))).collect(),
        dimensions: dimensions.into_iter().filter_map(|dimension| dimension.value.whole).collect(),
        items: items.into_iter().filter_map(|item| item.value.whole).collect(),
        comments,
        pairs,
    })
}

/// A text that passes a check, or a report.
fn checked(
    reading: &mut Reading,
    place: &str,
    field: Field<String>,
    check: fn(&str) -> bool,
    fault: fn(String) -> TemplateFault,
) -> Option<String> {
    if check(&field.value) {
        return Some(field.value);
    }
    reading.report(field.line, place, fault(field.value));
    None
}

fn is_slug(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// The licence of the file or of an item.
fn licence(reading: &mut Reading, part: &Part<'_>) -> Option<String> {
    let field = part.text(reading, "licence", "name the SPDX licence of the wording, for instance licence = \"CC0-1.0\"")?;
    // The alphabet of SPDX expressions (SPDX specification, annex D); whether a licence is on the list is for people to judge.
    let is_expression = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b" .-+:()".contains(&b));
    checked(reading, &part.place, field, is_expression, |given| TemplateFault::Licence { given })
}

/// A short name, or a report.
fn id<T>(reading: &mut Reading, place: &str, field: Field<String>, parse: fn(&str) -> Result<T, InvalidId>) -> Option<Field<T>> {
    match parse(&field.value) {
        Ok(value) => Some(Field { line: field.line, value }),
        Err(invalid) => {
            reading.report(field.line, place, invalid.into());
            None
        }
    }
}

fn read_languages(reading: &mut Reading, file: &Part<'_>) -> Vec<Language> {
    let Some(field) = file.required(reading, "languages", "name the languages, the master first, for instance [\"en\", \"de\"]") else {
        return Vec::new();
    };
    let languages = language_list(reading, "languages", &field);
    if field.value.as_array().is_some_and(|list| list.iter().next().is_none()) {
        reading.report(field.line, "", TemplateFault::NoLanguages);
    }
    languages
}

/// The languages in which people are addressed informally; each of them is one of the file's.
fn read_informal(reading: &mut Reading, file: &Part<'_>) -> Vec<Language> {
    let Some(field) = file.value(reading, "informal") else { return Vec::new() };
    let informal = language_list(reading, "informal", &field);
    for language in informal.iter().filter(|language| !reading.languages.contains(language)).cloned().collect::<Vec<_>>() {
        reading.report(field.line, "", TemplateFault::UndeclaredLanguage { text: "informal".to_owned(), language: language.to_string() });
    }
    informal
}

fn language_list(reading: &mut Reading, key: &str, field: &Field<&DeValue<'_>>) -> Vec<Language> {
    let mut languages = Vec::new();
    for element in list_of(reading, "", key, field).unwrap_or_default() {
        let Some(text) = text_of(reading, "", key, &element) else {
            continue;
        };
        let Some(language) = id(reading, "", Field { line: element.line, value: text }, Language::parse) else {
            continue;
        };
        if languages.contains(&language.value) {
            reading.report(language.line, "", TemplateFault::DuplicateLanguage { language: language.value });
        } else {
            languages.push(language.value);
        }
    }
    languages
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
