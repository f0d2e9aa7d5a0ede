//! The method box: with which words the statements were answered, and by which rules numbers and words were made.

use domain::Language;
use domain::instrument::{Instrument, Publish, Scale};
use release::reading::PublishedWave;

use super::result::Common;
use crate::Words;
use crate::language::BrokenWords;

/// The sentences of the box.
pub(super) struct MethodView {
    pub(super) sentences: Vec<String>,
}

pub(super) fn method_view(words: &Words, wave: &PublishedWave, common: &Common<'_>) -> Result<MethodView, BrokenWords> {
    let mut sentences = vec![words.method_people(wave.release.base.k, common.participation)?];
    for scale in scales(&wave.instrument) {
        let labels = labels(words.language(), scale);
        if let Some((lowest, highest)) = labels.first().zip(labels.last()) {
            sentences.push(words.answered_from(&words.of(&scale.lead_in), lowest, highest)?);
        }
    }
    sentences.push(words.method_rules()?);
    sentences.extend(words.method_holder(wave)?);
    Ok(MethodView { sentences })
}

/// The scales with which groups were asked, each once.
fn scales(instrument: &Instrument) -> Vec<&Scale> {
    let mut found: Vec<&Scale> = Vec::new();
    for item in instrument.items.iter().filter(|item| item.publish == Publish::Team) {
        if let Some(scale) = instrument.scale_of(item).filter(|scale| !found.contains(scale)) {
            found.push(scale);
        }
    }
    found
}

/// The labels in a language, else in English, else in the first there is.
fn labels<'s>(language: &Language, scale: &'s Scale) -> &'s [String] {
    let english = || scale.labels.iter().find(|(language, _)| language.as_str() == "en").map(|(_, labels)| labels);
    scale.labels.get(language).or_else(english).or_else(|| scale.labels.values().next()).map_or(&[], Vec::as_slice)
}
