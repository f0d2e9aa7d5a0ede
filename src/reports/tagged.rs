//! Words and numbers with the attributes by which a program finds them.

use std::fmt::{self, Display};

use domain::WaveId;
use release::reading::{
    Change, Comparison, Conversation, ConversationEntry, CourseFound, Difference, Differences, Participation, Quadrant, Reason, Recent,
    Sight, SignalShares, StatementScore, Suggestion, TrendPoint, TrendSight, Verdict,
};
use serde::Serialize;

use crate::catalogue::Fixed;
use crate::language::{BrokenWords, Words};

mod organisation;

pub(crate) use organisation::{coefficient, funnel_limits, funnel_mean, funnel_place, map_cell, omega, origin, quadrant_short};

/// A word or sentence, or what is wrong with the file that it stands in.
type Found = Result<Tagged, BrokenWords>;

/// A `<span>` with `data-role` and further `data-` attributes. Displays as HTML, everything escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tagged {
    attributes: Vec<(&'static str, String)>,
    text: String,
}

impl Display for Tagged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<span")?;
        for (name, value) in &self.attributes {
            write!(f, " data-{name}=\"{}\"", escape(value))?;
        }
        write!(f, ">{}</span>", escape(&self.text))
    }
}

impl Tagged {
    fn new(role: &'static str, text: String) -> Self {
        Self { attributes: vec![("role", role.to_owned())], text }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    fn difference(self, of: Difference) -> Self {
        self.with("points", of.points).with("low", of.low).with("high", of.high).with("at-least", of.at_least)
    }

    fn sight(self, sight: &Sight) -> Self {
        match *sight {
            Sight::Between(interval) => self.with("kind", "between").with("low", interval.low).with("high", interval.high),
            Sight::AtLeast(points) => self.with("kind", "at-least").with("points", points),
            Sight::AtMost(points) => self.with("kind", "at-most").with("points", points),
            Sight::Hidden(reason) => self.with("kind", "hidden").with("reason", name_of(&reason)),
        }
    }
}

/// The score as a sentence.
pub(crate) fn score_sentence(words: &Words, sight: &Sight) -> Found {
    Ok(Tagged::new("score", words.score_sentence(sight)?).sight(sight))
}

/// The score for a line of a table.
pub(crate) fn score_short(words: &Words, sight: &Sight) -> Found {
    Ok(Tagged::new("score", words.score_short(sight)?).sight(sight))
}

/// The word for a change.
pub(crate) fn change(words: &Words, change: &Change) -> Tagged {
    let word = words.change_word(change.word);
    let tagged = Tagged::new("change", word.to_owned()).with("word", name_of(&change.word));
    match change.difference {
        None => tagged,
        Some(difference) => tagged.difference(difference),
    }
}

/// The word for a change that is worth a conversation.
pub(crate) fn listed(words: &Words, entry: &ConversationEntry) -> Tagged {
    let word = words.change_word(entry.word).to_owned();
    Tagged::new("conversation", word).with("word", name_of(&entry.word)).difference(entry.difference)
}

/// How many changes were tested for the list of those that are worth a conversation.
pub(crate) fn tested(words: &Words, conversation: &Conversation) -> Found {
    let tagged = Tagged::new("tested", words.tested(conversation)?);
    let tagged = tagged.with("count", conversation.tested).with("together", conversation.together);
    Ok(match &conversation.since {
        Some(since) => tagged.with("since", since),
        None => tagged,
    })
}

/// Where the whole organisation goes in one dimension.
pub(crate) fn course(words: &Words, of: &CourseFound) -> Found {
    let tagged = Tagged::new("course", words.course(of)?);
    Ok(match of {
        CourseFound::TooFewRounds => tagged.with("kind", "too-few-rounds"),
        CourseFound::CannotBeTold => tagged.with("kind", "cannot-be-told"),
        CourseFound::UpAndDown { since, rounds } => tagged.with("kind", "up-and-down").with("since", since).with("rounds", rounds),
        CourseFound::Line { since, rounds, difference, word } => {
            tagged.with("kind", "line").with("since", since).with("rounds", rounds).with("word", name_of(word)).difference(*difference)
        }
    })
}

/// How far groups differ in one dimension.
pub(crate) fn differences(words: &Words, of: &Differences) -> Found {
    let tagged = Tagged::new("differences", words.differences(of)?);
    Ok(match of {
        Differences::TooFewGroups => tagged.with("kind", "too-few-groups"),
        Differences::Found { share: None, .. } => tagged.with("kind", "cannot-be-told"),
        Differences::Found { share: Some(share), .. } => {
            tagged.with("kind", "found").with("hundredths", share.hundredths).with("low", share.low).with("high", share.high)
        }
    })
}

/// Whether what is said and what is lived fit together; `first` where there is no round before.
pub(crate) fn verdict(words: &Words, of: &Verdict, first: bool) -> Tagged {
    Tagged::new("said-or-lived", words.said_word(of.word, first).to_owned()).with("word", name_of(&of.word))
}

/// One reason for that.
pub(crate) fn reason(words: &Words, of: &Reason, since: Option<&WaveId>) -> Found {
    let tagged = Tagged::new("reason", words.reason(of, since)?);
    Ok(match *of {
        Reason::FartherThanElsewhere(difference) => tagged.with("kind", "farther-than-elsewhere").difference(difference),
        Reason::FartherThanBefore(difference) => tagged.with("kind", "farther-than-before").difference(difference),
        Reason::SameInARow(share) => tagged.with("kind", "same-in-a-row").with("share", share),
        Reason::SameThroughout(share) => tagged.with("kind", "same-throughout").with("share", share),
    })
}

/// Said minus lived everywhere.
pub(crate) fn said_gap(words: &Words, of: &Difference) -> Found {
    Ok(Tagged::new("said-minus-lived", words.said_gap(of)?).difference(*of))
}

/// What the answers of the whole organisation look like.
pub(crate) fn signals(words: &Words, of: &SignalShares) -> Found {
    let tagged = Tagged::new("signals", words.signals(of)?);
    Ok(tagged.with("same-in-a-row", of.same_in_a_row).with("same-throughout", of.same_throughout))
}

/// In how many groups what is said and what is lived can be seen together, and in how many something stands out.
pub(crate) fn said_of_groups(words: &Words, seen: usize, unseen: usize, standing_out: usize) -> Found {
    let tagged = Tagged::new("said-of-groups", words.said_of_groups(seen, unseen, standing_out)?);
    Ok(tagged.with("seen", seen).with("unseen", unseen).with("standing-out", standing_out))
}

/// What is said of speaking up and standards together.
pub(crate) fn quadrant(words: &Words, quadrant: &Quadrant) -> Found {
    Ok(quadrant_as(quadrant, words.quadrant(quadrant)?))
}

fn quadrant_as(quadrant: &Quadrant, text: String) -> Tagged {
    let tagged = Tagged::new("quadrant", text);
    match quadrant {
        Quadrant::In { zone } => tagged.with("kind", "in").with("zone", name_of(zone)),
        Quadrant::Between { zones: [first, second] } => {
            tagged.with("kind", "between").with("zone", name_of(first)).with("other", name_of(second))
        }
        Quadrant::CannotBeTold => tagged.with("kind", "cannot-be-told"),
        Quadrant::NotSeen => tagged.with("kind", "not-seen"),
    }
}

/// The change that would have been found.
pub(crate) fn detectable(words: &Words, points: u8) -> Found {
    Ok(Tagged::new("detectable", words.detectable(points)?).with("points", points))
}

/// How many answered, as a sentence.
pub(crate) fn participation(words: &Words, of: &Participation) -> Found {
    Ok(participation_as(of, words.participation(of)?))
}

/// How many answered, for a line of a table.
pub(crate) fn participation_short(words: &Words, of: &Participation) -> Found {
    Ok(participation_as(of, words.participation_short(of)?))
}

fn participation_as(of: &Participation, text: String) -> Tagged {
    let mut tagged = Tagged::new("participation", text).with("from", of.from);
    if let Some(to) = of.to {
        tagged = tagged.with("to", to);
    }
    if let Some((low, high)) = of.rate {
        tagged = tagged.with("rate-low", low).with("rate-high", high);
    }
    tagged
}

/// How many comments were hidden.
pub(crate) fn hidden_comments(words: &Words, count: u32) -> Found {
    Ok(Tagged::new("hidden-comments", words.hidden_comments(count)?).with("count", count))
}

/// How much of a unit its sub-total covers.
pub(crate) fn covers(words: &Words, of: (u8, u8)) -> Found {
    Ok(Tagged::new("covers", words.covers(of)?).with("low", of.0).with("high", of.1))
}

/// Why there is no comparison, or with which round it was made. `own` are the groups whose result stands on the page; a comparison
/// that takes further ones with them names all.
pub(crate) fn comparison(words: &Words, of: &Comparison, own: Option<&[String]>) -> Found {
    Ok(match of {
        Comparison::FirstWave => Tagged::new("comparison", words.say(Fixed::NoComparisonFirst).to_owned()).with("kind", "first-wave"),
        Comparison::NotPossible(reason) => {
            Tagged::new("comparison", words.no_comparison(*reason).to_owned()).with("kind", "not-possible").with("reason", name_of(reason))
        }
        Comparison::Made(set) => {
            let mut sentences = Vec::new();
            if own.is_some_and(|own| own != set.groups) {
                sentences.push(words.compared_together(&set.groups)?);
            }
            sentences.push(words.same_people(set.same).to_owned());
            if set.corrected {
                sentences.push(words.compared_with_corrected(&set.since)?);
            }
            Tagged::new("comparison", sentences.join(" ")).with("kind", "made").with("since", &set.since)
        }
    })
}

/// One point of a trend.
pub(crate) fn trend_point(words: &Words, point: &TrendPoint) -> Found {
    let tagged = Tagged::new("trend", words.trend_point(&point.point)?).with("wave", &point.wave);
    Ok(match &point.point {
        TrendSight::Aborted => tagged.with("kind", "aborted"),
        TrendSight::NotComparable => tagged.with("kind", "not-comparable"),
        TrendSight::Score { sight, .. } => tagged.sight(sight),
    })
}

/// The last rounds together.
pub(crate) fn recent(words: &Words, of: &Recent) -> Found {
    let tagged = Tagged::new("recent", words.recent_short(of)?);
    Ok(match of {
        Recent::TooFewRounds => tagged.with("kind", "too-few-rounds"),
        Recent::CannotBeTold { rounds } => tagged.with("kind", "cannot-be-told").with("rounds", names(rounds)),
        Recent::Mean { rounds, interval } => {
            tagged.with("kind", "mean").with("rounds", names(rounds)).with("low", interval.low).with("high", interval.high)
        }
    })
}

fn names(rounds: &[WaveId]) -> String {
    rounds.iter().map(WaveId::as_str).collect::<Vec<_>>().join(" ")
}

/// A single statement's score for a line of a table.
pub(crate) fn statement(words: &Words, of: &StatementScore) -> Found {
    Ok(Tagged::new("statement", words.score_short(&of.sight)?).with("item", &of.item).with("low-level", of.low).sight(&of.sight))
}

/// What a suggestion rests on.
pub(crate) fn suggestion(words: &Words, of: &Suggestion, since: Option<&WaveId>) -> Found {
    let tagged = Tagged::new("suggestion", words.suggestion(of, since)?);
    let tagged = tagged.with("kind", suggestion_kind(of));
    Ok(match of.statement() {
        Some(statement) => tagged.with("item", statement),
        None => tagged,
    })
}

/// The name of what a suggestion rests on.
pub(crate) const fn suggestion_kind(of: &Suggestion) -> &'static str {
    match of {
        Suggestion::Fell { .. } => "fell",
        Suggestion::Low { .. } => "low",
        Suggestion::Rose { .. } => "rose",
        Suggestion::Anything => "anything",
    }
}

/// The name under which a reason or word stands in JSON, too.
pub(crate) fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Escapes text for HTML, inside attributes and outside.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
