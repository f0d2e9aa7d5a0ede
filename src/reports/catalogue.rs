//! The language of a page.

use std::sync::LazyLock;

use domain::Language;
use domain::ids::InvalidId;
use domain::instrument::Words as Texts;

use crate::ReportProblem;

/// In which language a page speaks: its own sentences, and the texts of the questionnaire.
#[derive(Debug)]
pub struct Words {
    language: Language,
}

/// What is spoken when a language is missing.
static ENGLISH: LazyLock<Result<Words, InvalidId>> = LazyLock::new(|| Language::parse("en").map(|language| Words { language }));

impl Words {
    /// The words of `language`, or English ones where there are none of it.
    ///
    /// # Errors
    /// [`ReportProblem::Words`] when the product's own words cannot be read, which its tests rule out.
    pub fn in_language(_language: &Language) -> Result<&'static Self, ReportProblem> {
        Self::english()
    }

    /// English words.
    ///
    /// # Errors
    /// As [`Words::in_language`].
    pub fn english() -> Result<&'static Self, ReportProblem> {
        ENGLISH.as_ref().map_err(|e| ReportProblem::Words(e.to_string()))
    }

    /// The language that is really spoken: English where the one that was asked for is missing.
    #[must_use]
    pub const fn language(&self) -> &Language {
        &self.language
    }

    /// A text of the questionnaire: in this language, else in English, else in the first there is.
    pub(crate) fn of(&self, text: &Texts) -> String {
        let english = || Language::parse("en").ok().and_then(|english| text.get(&english));
        text.get(&self.language).or_else(english).or_else(|| text.values().next()).cloned().unwrap_or_default()
    }
}
