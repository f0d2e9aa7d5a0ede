//! What a leader could talk about next, with words to begin with and an agenda of twenty minutes.

use domain::{DimensionId, ItemId};
use release::reading::{PublishedWave, Suggestion};

use super::name;
use super::result::Common;
use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// The minutes of the agenda: share, ask, agree, date.
const MINUTES: [u8; 4] = [3, 10, 5, 2];

/// One or two suggestions.
pub(super) struct NextView<'a> {
    /// To the leaders of a combined group together.
    pub(super) together: Option<String>,
    pub(super) suggestions: Vec<SuggestionView<'a>>,
}

/// One suggestion.
pub(super) struct SuggestionView<'a> {
    pub(super) dimension: Option<DimensionId>,
    pub(super) title: String,
    pub(super) ground: Tagged,
    /// The statement that stands lowest.
    pub(super) statement: Option<String>,
    pub(super) start: &'a str,
    pub(super) agenda: Vec<StepView<'a>>,
}

/// One step of the agenda.
pub(super) struct StepView<'a> {
    pub(super) title: &'a str,
    pub(super) minutes: String,
    pub(super) text: &'a str,
}

pub(super) fn next_view<'a>(words: &'a Words, wave: &PublishedWave, common: &Common<'_>) -> Result<Option<NextView<'a>>, ReportProblem> {
    let Some((suggestions, others)) = common.next else { return Ok(None) };
    let suggestions = suggestions.iter().map(|suggestion| suggestion_view(words, wave, common, suggestion));
    Ok(Some(NextView {
        together: (!others.is_empty()).then(|| words.leaders_together(others)).transpose()?,
        suggestions: suggestions.collect::<Result<_, BrokenWords>>()?,
    }))
}

fn suggestion_view<'a>(
    words: &'a Words,
    wave: &PublishedWave,
    common: &Common<'_>,
    suggestion: &Suggestion,
) -> Result<SuggestionView<'a>, BrokenWords> {
    let about = words.conversation_about(suggestion);
    let texts = [
        (Fixed::KitShareTitle, words.say(Fixed::KitShare)),
        (Fixed::KitAskTitle, about.ask),
        (Fixed::KitAgreeTitle, about.agree),
        (Fixed::KitDateTitle, words.say(Fixed::KitDate)),
    ];
    let agenda = texts.into_iter().zip(MINUTES);
    let agenda = agenda.map(|((title, text), minutes)| Ok(StepView { title: words.say(title), minutes: words.minutes(minutes)?, text }));
    let title = suggestion.dimension().map(|dimension| name(words, wave, dimension));
    Ok(SuggestionView {
        dimension: suggestion.dimension().cloned(),
        title: title.unwrap_or_else(|| words.say(Fixed::SuggestionAnythingTitle).to_owned()),
        ground: tagged::suggestion(words, suggestion, common.since())?,
        statement: suggestion.statement().map(|item| words.suggestion_statement(&text_of(words, wave, item))).transpose()?,
        start: about.start,
        agenda: agenda.collect::<Result<_, BrokenWords>>()?,
    })
}

fn text_of(words: &Words, wave: &PublishedWave, item: &ItemId) -> String {
    let found = wave.instrument.items.iter().find(|asked| &asked.id == item);
    found.map_or_else(|| item.to_string(), |asked| words.of(&asked.text))
}
