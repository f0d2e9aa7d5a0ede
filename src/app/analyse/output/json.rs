//! The report as JSON: every digit, keys in their order, `null` with its reason under `undefined`.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Cell, Content, Fields, Report};

impl Report {
    /// The report as JSON text.
    ///
    /// # Errors
    /// Never for a report: every key is text and every number finite.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("method", &self.method.name())?;
        for field in &self.fields.0 {
            map.serialize_entry(&field.key, &field.content)?;
        }
        let mut reasons = Reasons(Vec::new());
        self.fields.collect_reasons("", &mut reasons.0);
        if !reasons.0.is_empty() {
            map.serialize_entry("undefined", &reasons)?;
        }
        if !self.notes.is_empty() {
            map.serialize_entry("notes", &self.notes)?;
        }
        map.serialize_entry("read", &Counts(self))?;
        map.end()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|field| (&field.key, &field.content)))
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(cell) => cell.serialize(serializer),
            Self::Column { cells, .. } => cells.serialize(serializer),
            Self::Nested(fields) => fields.serialize(serializer),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(Ok(number)) => serializer.serialize_f64(*number),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(Err(_)) | Self::Nothing => serializer.serialize_none(),
        }
    }
}

impl Fields {
    /// Every result without a value with its reason, under the path that leads to it.
    pub(super) fn collect_reasons(&self, before: &str, reasons: &mut Vec<(String, String)>) {
        // The names beside a table's columns: the last column of names before them.
        let mut names: &[Cell] = &[];
        for field in &self.0 {
            let path = format!("{before}{}", field.key);
            match &field.content {
                Content::One(Cell::Number(Err(reason))) => reasons.push((path, reason.clone())),
                Content::One(_) => {}
                Content::Column { cells, .. } => {
                    if cells.iter().all(|cell| matches!(cell, Cell::Text(_))) {
                        names = cells;
                    }
                    for (place, cell) in cells.iter().enumerate() {
                        if let Cell::Number(Err(reason)) = cell {
                            let name = match names.get(place) {
                                Some(Cell::Text(name)) => name.clone(),
                                _ => place.to_string(),
                            };
                            reasons.push((format!("{path}[{name}]"), reason.clone()));
                        }
                    }
                }
                Content::Nested(fields) => fields.collect_reasons(&format!("{path}."), reasons),
            }
        }
    }
}

struct Reasons(Vec<(String, String)>);

impl Serialize for Reasons {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(path, reason)| (path, reason)))
    }
}

struct Counts<'a>(&'a Report);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.read.iter().map(|read| (&read.key, read.count)))
    }
}
