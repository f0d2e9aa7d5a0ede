//! What a file builds on: the scales, dimensions, items, open questions and pairs of other instruments, which come before its own.

use std::collections::{BTreeMap, HashMap};

use super::TemplateFault;
use super::faults::Earlier;
use super::fields::{Part, Reading, list_of, text_of};
use crate::ids::Language;
use crate::instrument::{Dimension, Instrument, Item, OpenQuestion, Pair, Scale, Words};

/// What stands under an id that a file may build on.
#[derive(Debug, Clone, Copy)]
pub enum Lower<'a> {
    /// An instrument.
    Sound(&'a Instrument),
    /// A file that has problems of its own.
    Unsound,
    /// The file itself, or one that builds on it.
    Circle,
}

/// The parts that come before a file's own, in the languages of the file.
#[derive(Default)]
pub(super) struct Foundation {
    /// Line of `builds_on`.
    pub(super) line: usize,
    /// Whether something that the file builds on could not be used; then what the file seems to lack may stand there.
    pub(super) broken: bool,
    pub(super) scales: BTreeMap<String, Scale>,
    pub(super) dimensions: Vec<Dimension>,
    pub(super) items: Vec<Item>,
    pub(super) comments: Vec<OpenQuestion>,
    pub(super) pairs: Vec<Pair>,
    /// The instrument that gave a part, by kind and lower-case id.
    givers: HashMap<(&'static str, String), String>,
}

impl Foundation {
    /// Where the parts of a kind were given, as [`super::items::check_unique`] wants it.
    pub(super) fn seen(&self, what: &'static str) -> HashMap<String, Earlier> {
        let of_kind = self.givers.iter().filter(|((kind, _), _)| *kind == what);
        of_kind.map(|((_, id), giver)| (id.clone(), Earlier::Below(giver.clone()))).collect()
    }

    /// The instrument that gave a part.
    pub(super) fn giver(&self, what: &'static str, id: &str) -> Option<Earlier> {
        self.givers.get(&(what, id.to_lowercase())).map(|giver| Earlier::Below(giver.clone()))
    }

    /// Takes over one part: `Some` to keep it, `None` when the same came before. One that differs from what came before is reported.
    fn take<T: PartialEq>(
        &mut self,
        reading: &mut Reading,
        giver: &str,
        what: &'static str,
        id: &str,
        part: T,
        before: Option<&T>,
    ) -> Option<T> {
        let key = (what, id.to_lowercase());
        let Some(first) = self.givers.get(&key) else {
            self.givers.insert(key, giver.to_owned());
            return Some(part);
        };
        if before != Some(&part) {
            let fault = TemplateFault::DifferentBelow { what, id: id.to_owned(), first: first.clone(), second: giver.to_owned() };
            reading.report(self.line, "", fault);
            self.broken = true;
        }
        None
    }

    fn add(&mut self, reading: &mut Reading, instrument: &Instrument) {
        let giver = instrument.id.as_str();
        for (name, scale) in &instrument.scales {
            let before = self.scales.get(name).cloned();
            if let Some(scale) = self.take(reading, giver, "scale", name, scale.clone(), before.as_ref()) {
                self.scales.insert(name.clone(), scale);
            }
        }
        for part in &instrument.dimensions {
            let before = self.dimensions.iter().find(|before| before.id == part.id).cloned();
            let taken = self.take(reading, giver, "dimension", part.id.as_str(), part.clone(), before.as_ref());
            self.dimensions.extend(taken);
        }
        for part in &instrument.items {
            let before = self.items.iter().find(|before| before.id == part.id).cloned();
            let taken = self.take(reading, giver, "item", part.id.as_str(), part.clone(), before.as_ref());
            self.items.extend(taken);
        }
        for part in &instrument.comments {
            let before = self.comments.iter().find(|before| before.id == part.id).cloned();
            let taken = self.take(reading, giver, "comment", part.id.as_str(), part.clone(), before.as_ref());
            self.comments.extend(taken);
        }
        for pair in &instrument.pairs {
            if !self.pairs.contains(pair) {
                self.pairs.push(pair.clone());
            }
        }
    }
}

/// Everything that the file builds on, each part once and in the order in which the instruments are named.
pub(super) fn read_foundation(reading: &mut Reading, file: &Part<'_>, below: &BTreeMap<String, Lower<'_>>) -> Foundation {
    let mut foundation = Foundation::default();
    let Some(field) = file.value(reading, "builds_on") else { return foundation };
    foundation.line = field.line;
    let list = list_of(reading, "", "builds_on", &field);
    foundation.broken = list.is_none();
    let mut named: Vec<String> = Vec::new();
    for element in list.unwrap_or_default() {
        let Some(id) = text_of(reading, "", "builds_on", &element) else {
            foundation.broken = true;
            continue;
        };
        let fault = match below.get(&id) {
            _ if named.contains(&id) => Some(TemplateFault::BuildsTwice { id: id.clone() }),
            None => {
                Some(TemplateFault::NothingBelow { id: id.clone(), known: below.keys().map(String::as_str).collect::<Vec<_>>().join(", ") })
            }
            Some(Lower::Circle) => Some(TemplateFault::BuildsInACircle { id: id.clone() }),
            Some(Lower::Unsound) => Some(TemplateFault::UnsoundBelow { id: id.clone() }),
            Some(Lower::Sound(instrument)) => {
                match reading.languages.iter().find(|language| !instrument.languages.contains(language)).cloned() {
                    Some(language) => Some(TemplateFault::LanguageBelow { id: id.clone(), language }),
                    None => {
                        foundation.add(reading, &in_languages(instrument, &reading.languages.clone()));
                        None
                    }
                }
            }
        };
        if let Some(fault) = fault {
            foundation.broken = true;
            reading.report(element.line, "", fault);
        }
        named.push(id);
    }
    foundation
}

/// The same instrument with no other texts than those in `languages`.
fn in_languages(instrument: &Instrument, languages: &[Language]) -> Instrument {
    let mut instrument = instrument.clone();
    let keep = |words: &mut Words| words.retain(|language, _| languages.contains(language));
    for scale in instrument.scales.values_mut() {
        scale.labels.retain(|language, _| languages.contains(language));
        keep(&mut scale.opt_out);
        keep(&mut scale.lead_in);
    }
    instrument.dimensions.iter_mut().for_each(|dimension| keep(&mut dimension.name));
    instrument.items.iter_mut().for_each(|item| keep(&mut item.text));
    instrument.comments.iter_mut().for_each(|question| keep(&mut question.text));
    instrument
}
