//! The languages of reports: each one's file of words, read once, and its texts, looked up and filled. Where a language is missing, English is spoken.
//!
//! A language is a file `words/report.<code>.ftl` and nothing else; the tests say what it lacks.

use std::sync::LazyLock;

use domain::Language;
use domain::instrument::Words as Texts;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::catalogue::{Filled, Fixed};

/// The files by language; the first one, English, stands in for every language that is missing.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/report_languages.rs"));

/// A text of the product that is missing or broken; a fault of the program, found by its tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {language} text {id:?} of reports is missing or broken: {reason}")]
pub struct BrokenWords {
    language: String,
    id: String,
    reason: String,
}

/// What a text is filled with, by name.
pub(crate) type Filling<'a> = (&'static str, FluentValue<'a>);

/// The language of a page: its own sentences, and which of the questionnaire's texts it shows.
pub struct Words {
    language: Language,
    /// By the place of the text in [`Fixed`].
    fixed: Vec<String>,
    bundle: FluentBundle<FluentResource>,
}

/// The words of all languages, read once.
static READ: LazyLock<Vec<Result<Words, BrokenWords>>> = LazyLock::new(|| FILES.iter().map(|(tag, text)| Words::read(tag, text)).collect());

impl Words {
    /// The words of `language`, or English ones where there are none of it.
    ///
    /// # Errors
    /// [`BrokenWords`] when the product's own words cannot be read, which its tests rule out.
    pub fn in_language(language: &Language) -> Result<&'static Self, BrokenWords> {
        Self::at(FILES.iter().position(|(tag, _)| *tag == language.as_str()).unwrap_or_default())
    }

    /// The codes of the languages that there are words of, English first.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(tag, _)| *tag)
    }

    /// English words.
    ///
    /// # Errors
    /// As [`Words::in_language`].
    pub fn english() -> Result<&'static Self, BrokenWords> {
        Self::at(0)
    }

    fn at(place: usize) -> Result<&'static Self, BrokenWords> {
        match READ.get(place) {
            Some(Ok(words)) => Ok(words),
            Some(Err(broken)) => Err(broken.clone()),
            None => Err(BrokenWords { language: String::new(), id: String::new(), reason: "there is no file".to_owned() }),
        }
    }

    fn read(tag: &str, text: &str) -> Result<Self, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: tag.to_owned(), id: String::new(), reason };
        let locale = tag.parse().map_err(|e| broken(format!("{e:?}")))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Without marks around fillings: pages escape them, and charts and tables show them as they are.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
        bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))?;
        let language = Language::parse(tag).map_err(|e| broken(e.to_string()))?;
        if let Some(missing) = Filled::ALL.iter().find(|text| !bundle.has_message(text.id())) {
            return Err(broken(format!("{} is missing", missing.id())));
        }
        let mut words = Self { language, fixed: Vec::new(), bundle };
        words.fixed = Fixed::ALL.iter().map(|text| words.format(text.id(), &[])).collect::<Result<_, _>>()?;
        Ok(words)
    }

    /// The language that is really spoken: English where the one that was asked for is missing.
    #[must_use]
    pub const fn language(&self) -> &Language {
        &self.language
    }

    /// A text that is always the same.
    pub(crate) fn say(&self, text: Fixed) -> &str {
        self.fixed.get(text as usize).map_or("", String::as_str)
    }

    /// A text, filled.
    pub(crate) fn fill(&self, text: Filled, filling: &[Filling<'_>]) -> Result<String, BrokenWords> {
        self.format(text.id(), filling)
    }

    fn format(&self, id: &str, filling: &[Filling<'_>]) -> Result<String, BrokenWords> {
        let broken = |reason: String| BrokenWords { language: self.language.to_string(), id: id.to_owned(), reason };
        let pattern = self.bundle.get_message(id).and_then(|message| message.value()).ok_or_else(|| broken("no such text".to_owned()))?;
        let args: FluentArgs<'_> = filling.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(broken(format!("{errors:?}"))) }
    }

    /// A text of the questionnaire: in this language, else in English, else in the first there is.
    pub(crate) fn of(&self, text: &Texts) -> String {
        let english = || text.iter().find(|(language, _)| language.as_str() == "en").map(|(_, text)| text);
        text.get(&self.language).or_else(english).or_else(|| text.values().next()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;
