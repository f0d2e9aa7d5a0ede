//! What a leader could talk about next, with words to begin with and an agenda of twenty minutes.

use domain::{DimensionId, ItemId};
use release::reading::{PublishedWave, Suggestion};

use super::name;
use super::result::Common;
use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::words::topic_of;
use crate::{ReportProblem, Words};

/// The minutes of the agenda: share, ask, agree, date.
const MINUTES: [u8; 4] = [3, 10, 5, 2];

/// One or two suggestions.
pub(super) struct NextView<'a> {
    /// To the leaders of a combined group together.
    pub(super) together: Option<String>,
    pub(super) talks: Vec<TalkView<'a>>,
}

/// One way of talking, with every suggestion that it helps with: the same words are read once.
pub(super) struct TalkView<'a> {
    pub(super) suggestions: Vec<SuggestionView>,
    pub(super) start: &'a str,
    pub(super) agenda: Vec<StepView<'a>>,
}

/// One suggestion.
pub(super) struct SuggestionView {
    pub(super) dimension: Option<DimensionId>,
    pub(super) title: String,
    pub(super) ground: Tagged,
    /// The statement that stands lowest.
    pub(super) statement: Option<String>,
}

/// One step of the agenda.
pub(super) struct StepView<'a> {
    pub(super) title: &'a str,
    pub(super) minutes: String,
    pub(super) text: &'a str,
}

pub(super) fn next_view<'a>(words: &'a Words, wave: &PublishedWave, common: &Common<'_>) -> Result<Option<NextView<'a>>, ReportProblem> {
    let Some((suggestions, others)) = common.next else { return Ok(None) };
    // Suggestions of one kind stand beside each other.
    let talks = suggestions.chunk_by(|one, next| topic_of(one) == topic_of(next)).map(|alike| talk_view(words, wave, common, alike));
    Ok(Some(NextView {
        together: (!others.is_empty()).then(|| words.leaders_together(others)).transpose()?,
        talks: talks.collect::<Result<_, BrokenWords>>()?,
    }))
}

/// The words for suggestions of one topic.
fn talk_view<'a>(words: &'a Words, wave: &PublishedWave, common: &Common<'_>, alike: &[Suggestion]) -> Result<TalkView<'a>, BrokenWords> {
    let about = words.conversation_about(alike.first().unwrap_or(&Suggestion::Anything));
    let texts = [
        (Fixed::KitShareTitle, words.say(Fixed::KitShare)),
        (Fixed::KitAskTitle, about.ask),
        (Fixed::KitAgreeTitle, about.agree),
        (Fixed::KitDateTitle, words.say(Fixed::KitDate)),
    ];
    let agenda = texts.into_iter().zip(MINUTES);
    let agenda = agenda.map(|((title, text), minutes)| Ok(StepView { title: words.say(title), minutes: words.minutes(minutes)?, text }));
    Ok(TalkView {
        suggestions: alike.iter().map(|suggestion| suggestion_view(words, wave, common, suggestion)).collect::<Result<_, _>>()?,
        start: about.start,
        agenda: agenda.collect::<Result<_, BrokenWords>>()?,
    })
}

fn suggestion_view(
    words: &Words,
    wave: &PublishedWave,
    common: &Common<'_>,
    suggestion: &Suggestion,
) -> Result<SuggestionView, BrokenWords> {
    let title = suggestion.dimension().map(|dimension| name(words, wave, dimension));
    Ok(SuggestionView {
        dimension: suggestion.dimension().cloned(),
        title: title.unwrap_or_else(|| words.say(Fixed::SuggestionAnythingTitle).to_owned()),
        ground: tagged::suggestion(words, suggestion, common.since())?,
        statement: suggestion.statement().map(|item| words.suggestion_statement(&text_of(words, wave, item))).transpose()?,
    })
}

fn text_of(words: &Words, wave: &PublishedWave, item: &ItemId) -> String {
    let found = wave.instrument.items.iter().find(|asked| &asked.id == item);
    found.map_or_else(|| item.to_string(), |asked| words.of(&asked.text))
}
