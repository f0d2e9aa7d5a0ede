//! Reading fields of a TOML document with their lines; every reader reports what it does not like and goes on.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults::{TemplateFault, TemplateProblem};
use crate::ids::Language;
use crate::instrument::Words;

/// Longest text of a template.
const LONGEST_TEXT: usize = 500;

/// The document being read, and what was found wrong with it.
pub(super) struct Reading {
    /// Where each line of the document ends.
    ends: Vec<usize>,
    pub(super) problems: Vec<TemplateProblem>,
    /// The languages in which every text must exist.
    pub(super) languages: Vec<Language>,
}

impl Reading {
    pub(super) fn new(text: &str) -> Self {
        let ends = text.match_indices('\n').map(|(end, _)| end).collect();
        Self { ends, problems: Vec::new(), languages: Vec::new() }
    }

    /// The line in which something stands. Asked for every field, so the text is not read again for each.
    pub(super) fn line(&self, span: Range<usize>) -> usize {
        1 + self.ends.partition_point(|end| *end < span.start)
    }

    pub(super) fn report(&mut self, line: usize, place: &str, fault: TemplateFault) {
        self.problems.push(TemplateProblem { line, place: place.to_owned(), fault });
    }
}

/// One table of the document: the file itself, a scale, a dimension, an item.
pub(super) struct Part<'d> {
    table: &'d DeTable<'d>,
    /// Line of the table's header; fields that are missing are reported here.
    pub(super) line: usize,
    /// The part in words.
    pub(super) place: String,
    known: &'static [&'static str],
}

/// A field that was found, with its line.
pub(super) struct Field<T> {
    pub(super) line: usize,
    pub(super) value: T,
}

impl<'d> Part<'d> {
    /// A table that may have the fields `known`; any other is reported.
    pub(super) fn open(reading: &mut Reading, table: &'d DeTable<'d>, line: usize, place: String, known: &'static [&'static str]) -> Self {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let fault = TemplateFault::UnknownKey { key: key.get_ref().to_string(), known: known.join(", ") };
            reading.report(reading.line(key.span()), &place, fault);
        }
        Self { table, line, place, known }
    }

    /// A field as it stands; `None` when it is absent.
    pub(super) fn value(&self, reading: &Reading, key: &str) -> Option<Field<&'d DeValue<'d>>> {
        debug_assert!(self.known.contains(&key), "{key} is read and must be declared");
        let (name, value) = self.table.get_key_value(key)?;
        Some(Field { line: reading.line(name.span()), value: value.get_ref() })
    }

    fn missing(&self, reading: &mut Reading, key: &'static str, advice: &'static str) {
        reading.report(self.line, &self.place, TemplateFault::Missing { key, advice });
    }

    /// A field that must be there; `advice` says what to write.
    pub(super) fn required(&self, reading: &mut Reading, key: &'static str, advice: &'static str) -> Option<Field<&'d DeValue<'d>>> {
        let field = self.value(reading, key);
        if field.is_none() {
            self.missing(reading, key, advice);
        }
        field
    }

    /// A text that must be there and is one line.
    pub(super) fn text(&self, reading: &mut Reading, key: &'static str, advice: &'static str) -> Option<Field<String>> {
        let field = self.required(reading, key, advice)?;
        let value = text_of(reading, &self.place, key, &field)?;
        Some(Field { line: field.line, value })
    }

    /// A text that may be absent.
    pub(super) fn optional_text(&self, reading: &mut Reading, key: &'static str) -> Option<Field<String>> {
        let field = self.value(reading, key)?;
        let value = text_of(reading, &self.place, key, &field)?;
        Some(Field { line: field.line, value })
    }

    /// `true` or `false`; `false` when absent.
    pub(super) fn flag(&self, reading: &mut Reading, key: &'static str) -> bool {
        let Some(field) = self.value(reading, key) else { return false };
        let flag = field.value.as_bool();
        if flag.is_none() {
            wrong_kind(reading, field.line, &self.place, key, "true or false", field.value);
        }
        flag.unwrap_or_default()
    }

    /// A whole number that must be there.
    pub(super) fn integer(&self, reading: &mut Reading, key: &'static str, advice: &'static str) -> Option<Field<i64>> {
        let field = self.required(reading, key, advice)?;
        self.integer_of(reading, key, &field)
    }

    /// The whole number of a field.
    pub(super) fn integer_of(&self, reading: &mut Reading, key: &'static str, field: &Field<&'d DeValue<'d>>) -> Option<Field<i64>> {
        let value = field.value.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if value.is_none() {
            wrong_kind(reading, field.line, &self.place, key, "a whole number", field.value);
        }
        Some(Field { line: field.line, value: value? })
    }

    /// A number that must be there; whole numbers count.
    pub(super) fn number(&self, reading: &mut Reading, key: &'static str, advice: &'static str) -> Option<Field<f64>> {
        let field = self.required(reading, key, advice)?;
        let digits = field.value.as_float().map(|n| n.as_str()).or_else(|| field.value.as_integer().map(|n| n.as_str()));
        let value = digits.and_then(|digits| digits.parse().ok());
        if value.is_none() {
            wrong_kind(reading, field.line, &self.place, key, "a number", field.value);
        }
        Some(Field { line: field.line, value: value? })
    }

    /// A text in every declared language.
    pub(super) fn words(&self, reading: &mut Reading, key: &'static str) -> Option<Words> {
        let field = self.required(reading, key, "write it once per language, for instance name.en = \"…\"")?;
        Some(self.words_of(reading, key, &field))
    }

    /// A text in every declared language, or not at all.
    pub(super) fn optional_words(&self, reading: &mut Reading, key: &'static str) -> Words {
        self.value(reading, key).map(|field| self.words_of(reading, key, &field)).unwrap_or_default()
    }

    fn words_of(&self, reading: &mut Reading, key: &str, field: &Field<&'d DeValue<'d>>) -> Words {
        let mut words = Words::new();
        for (language, version) in self.versions(reading, key, field) {
            if let Some(text) = text_of(reading, &self.place, &format!("{key}.{language}"), &version) {
                words.insert(language, text);
            }
        }
        words
    }

    /// The versions of a field by language; reports languages that are not declared and declared ones that are missing.
    pub(super) fn versions(
        &self,
        reading: &mut Reading,
        key: &str,
        field: &Field<&'d DeValue<'d>>,
    ) -> Vec<(Language, Field<&'d DeValue<'d>>)> {
        let Some(table) = field.value.as_table() else {
            wrong_kind(reading, field.line, &self.place, key, "a table with one entry per language", field.value);
            return Vec::new();
        };
        let mut versions = Vec::new();
        for (name, value) in table.iter() {
            let line = reading.line(name.span());
            match Language::parse(name.get_ref()) {
                Ok(language) if reading.languages.is_empty() || reading.languages.contains(&language) => {
                    versions.push((language, Field { line, value: value.get_ref() }));
                }
                _ => {
                    let fault = TemplateFault::UndeclaredLanguage { text: key.to_owned(), language: name.get_ref().to_string() };
                    reading.report(line, &self.place, fault);
                }
            }
        }
        let there: BTreeSet<_> = versions.iter().map(|(language, _)| language.clone()).collect();
        for language in reading.languages.clone().into_iter().filter(|language| !there.contains(language)) {
            let fault = TemplateFault::MissingTranslation { text: key.to_owned(), language };
            reading.report(field.line, &self.place, fault);
        }
        versions
    }

    /// The tables of an array of tables such as `[[items]]`, each with its line; empty when absent.
    pub(super) fn tables(&self, reading: &mut Reading, key: &'static str) -> Vec<Field<&'d DeTable<'d>>> {
        let Some(field) = self.value(reading, key) else { return Vec::new() };
        let Some(array) = field.value.as_array() else {
            wrong_kind(reading, field.line, &self.place, key, "a list of tables such as [[items]]", field.value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in array.iter() {
            let line = reading.line(element.span());
            match element.get_ref().as_table() {
                Some(value) => tables.push(Field { line, value }),
                None => wrong_kind(reading, line, &self.place, key, "a list of tables such as [[items]]", element.get_ref()),
            }
        }
        tables
    }
}

/// A text of one line, without white space at its ends.
pub(super) fn text_of(reading: &mut Reading, place: &str, key: &str, field: &Field<&DeValue<'_>>) -> Option<String> {
    let Some(text) = field.value.as_str().map(str::trim) else {
        wrong_kind(reading, field.line, place, key, "a text", field.value);
        return None;
    };
    let found = text.chars().count();
    let key = key.to_owned();
    let fault = if text.is_empty() {
        TemplateFault::Empty { key }
    } else if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')) {
        TemplateFault::Control { key }
    } else if found > LONGEST_TEXT {
        TemplateFault::TooLong { key, found, limit: LONGEST_TEXT }
    } else {
        return Some(text.to_owned());
    };
    reading.report(field.line, place, fault);
    None
}

pub(super) fn wrong_kind(reading: &mut Reading, line: usize, place: &str, key: &str, expected: &'static str, found: &DeValue<'_>) {
    let found = match found {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    reading.report(line, place, TemplateFault::WrongKind { key: key.to_owned(), expected, found });
}

/// The elements of a list with their lines; reports anything else.
pub(super) fn list_of<'d>(
    reading: &mut Reading,
    place: &str,
    key: &str,
    field: &Field<&'d DeValue<'d>>,
) -> Option<Vec<Field<&'d DeValue<'d>>>> {
    let Some(array) = field.value.as_array() else {
        wrong_kind(reading, field.line, place, key, "a list", field.value);
        return None;
    };
    let element = |e: &'d Spanned<DeValue<'d>>| Field { line: reading.line(e.span()), value: e.get_ref() };
    Some(array.iter().map(element).collect())
}
