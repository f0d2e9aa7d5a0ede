//! The instruments an installation can ask: those that ship with Candor, and those of a folder, which win.

use std::collections::BTreeMap;
use std::fmt;

use super::Instrument;
use super::template::{TemplateProblems, parse_template};

/// The templates that ship with Candor, as file name and text.
pub const SHIPPED: [(&str, &str); 1] = [("survey_templates/pulse.toml", include_str!("../../../survey_templates/pulse.toml"))];

/// Instruments by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    by_id: BTreeMap<String, Instrument>,
}

/// Why a folder of templates was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueProblems {
    /// The problems of each template that is not sound.
    pub templates: Vec<TemplateProblems>,
    /// Two files of the folder that give the same id: id, first file, second file.
    pub doubled: Vec<(String, String, String)>,
}

impl fmt::Display for CatalogueProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubled = self.doubled.iter().map(|(id, first, second)| {
            format!("{second}: the instrument {id} stands already in {first}; give one of them another id, or remove one file.")
        });
        let lines: Vec<_> = self.templates.iter().map(TemplateProblems::to_string).chain(doubled).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for CatalogueProblems {}

impl Catalogue {
    /// The shipped instruments, and those of `templates` (file name and text), which replace a shipped one of the same id.
    ///
    /// # Errors
    /// [`CatalogueProblems`] with the problems of all files; then nothing is taken, so that a wave never starts on half a folder.
    pub fn load<'a>(templates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CatalogueProblems> {
        let mut by_id = BTreeMap::new();
        let mut problems = CatalogueProblems { templates: Vec::new(), doubled: Vec::new() };
        for (file_name, text) in SHIPPED {
            match parse_template(file_name, text) {
                Ok(instrument) => {
                    by_id.insert(instrument.id.clone(), instrument);
                }
                Err(found) => problems.templates.push(found),
            }
        }
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        for (file_name, text) in templates {
            match parse_template(file_name, text) {
                Ok(instrument) => match files.get(&instrument.id) {
                    Some(first) => problems.doubled.push((instrument.id, (*first).to_owned(), file_name.to_owned())),
                    None => {
                        files.insert(instrument.id.clone(), file_name);
                        by_id.insert(instrument.id.clone(), instrument);
                    }
                },
                Err(found) => problems.templates.push(found),
            }
        }
        if problems.templates.is_empty() && problems.doubled.is_empty() { Ok(Self { by_id }) } else { Err(problems) }
    }

    /// The instrument of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        self.by_id.get(id)
    }

    /// All instruments by id.
    pub fn iter(&self) -> impl Iterator<Item = &Instrument> {
        self.by_id.values()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_ships_is_sound() {
        let catalogue = Catalogue::load([]).unwrap();
        assert_eq!(catalogue.iter().map(|instrument| instrument.id.as_str()).collect::<Vec<_>>(), ["pulse"]);
    }

    #[test]
    fn a_file_of_the_folder_replaces_a_shipped_instrument_of_the_same_id_and_adds_others() {
        let (_, pulse) = SHIPPED[0];
        let own = pulse.replace("version = 1", "version = 7");
        let other = pulse.replace("id = \"pulse\"", "id = \"our-own\"");
        let catalogue = Catalogue::load([("own.toml", own.as_str()), ("other.toml", other.as_str())]).unwrap();
        assert_eq!(catalogue.get("pulse").unwrap().version, 7);
        assert_eq!(catalogue.iter().count(), 2);
    }

    #[test]
    fn one_bad_file_or_an_id_in_two_files_refuses_the_folder_and_names_all_of_it() {
        let (_, pulse) = SHIPPED[0];
        let problems = Catalogue::load([("a.toml", pulse), ("bad.toml", "id = 1"), ("b.toml", pulse)]).unwrap_err();
        let told = problems.to_string();
        assert!(told.contains("bad.toml, line 1: id is a whole number and must be a text."), "{told}");
        assert!(
            told.ends_with("b.toml: the instrument pulse stands already in a.toml; give one of them another id, or remove one file."),
            "{told}"
        );
    }
}
