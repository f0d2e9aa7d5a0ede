//! Words and numbers with the attributes by which a program finds them.

use std::fmt::{self, Display};

use domain::WaveId;
use release::reading::{
    Change, Comparison, Conversation, ConversationEntry, CourseFound, Difference, Differences, GroupEstimate, Participation, Quadrant,
    Reason, SaidWord, Sight, SignalShares, TrendPoint, TrendSight, Verdict,
};
use serde::Serialize;

use crate::words::{self, overview};

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
pub(crate) fn score_sentence(sight: &Sight) -> Tagged {
    Tagged::new("score", words::score_sentence(sight)).sight(sight)
}

/// The score for a line of a table.
pub(crate) fn score_short(sight: &Sight) -> Tagged {
    Tagged::new("score", words::score_short(sight)).sight(sight)
}

/// The word for a change.
pub(crate) fn change(change: &Change) -> Tagged {
    let word = words::change_word(change.word);
    let tagged = Tagged::new("change", word.to_owned()).with("word", name_of(&change.word));
    match change.difference {
        None => tagged,
        Some(difference) => tagged.difference(difference),
    }
}

/// The word for a change that is worth a conversation.
pub(crate) fn listed(entry: &ConversationEntry) -> Tagged {
    let word = overview::listed_word(entry).to_owned();
    Tagged::new("conversation", word).with("word", name_of(&entry.word)).difference(entry.difference)
}

/// How many changes were tested for the list of those that are worth a conversation.
pub(crate) fn tested(conversation: &Conversation) -> Tagged {
    let tagged =
        Tagged::new("tested", overview::tested(conversation)).with("count", conversation.tested).with("together", conversation.together);
    match &conversation.since {
        Some(since) => tagged.with("since", since),
        None => tagged,
    }
}

/// Where the whole organisation goes in one dimension.
pub(crate) fn course(of: &CourseFound) -> Tagged {
    let tagged = Tagged::new("course", overview::course(of));
    match of {
        CourseFound::TooFewRounds => tagged.with("kind", "too-few-rounds"),
        CourseFound::CannotBeTold => tagged.with("kind", "cannot-be-told"),
        CourseFound::UpAndDown { since, rounds } => tagged.with("kind", "up-and-down").with("since", since).with("rounds", rounds),
        CourseFound::Line { since, rounds, difference, word } => {
            tagged.with("kind", "line").with("since", since).with("rounds", rounds).with("word", name_of(word)).difference(*difference)
        }
    }
}

/// How far groups differ in one dimension.
pub(crate) fn differences(of: &Differences) -> Tagged {
    let tagged = Tagged::new("differences", overview::differences(of));
    match of {
        Differences::TooFewGroups => tagged.with("kind", "too-few-groups"),
        Differences::Found { share: None, .. } => tagged.with("kind", "cannot-be-told"),
        Differences::Found { share: Some(share), .. } => {
            tagged.with("kind", "found").with("hundredths", share.hundredths).with("low", share.low).with("high", share.high)
        }
    }
}

/// The estimate of one group in one dimension.
pub(crate) fn estimate(of: &GroupEstimate) -> Tagged {
    let tagged = Tagged::new("estimate", overview::estimate(of)).with("of", of.block.0);
    tagged.with("low", of.interval.low).with("high", of.interval.high).with("weight", of.weight).with("faint", of.faint)
}

/// Whether what is said and what is lived fit together; `first` where there is no round before.
pub(crate) fn verdict(of: &Verdict, first: bool) -> Tagged {
    let nothing = first && of.word == SaidWord::CannotBeSeen;
    let word = if nothing { overview::SAID_FIRST } else { overview::said_word(of.word) };
    Tagged::new("said-or-lived", word.to_owned()).with("word", name_of(&of.word))
}

/// One reason for that.
pub(crate) fn reason(of: &Reason, since: Option<&WaveId>) -> Tagged {
    let tagged = Tagged::new("reason", overview::reason(of, since));
    match *of {
        Reason::FartherThanElsewhere(difference) => tagged.with("kind", "farther-than-elsewhere").difference(difference),
        Reason::FartherThanBefore(difference) => tagged.with("kind", "farther-than-before").difference(difference),
        Reason::SameInARow(share) => tagged.with("kind", "same-in-a-row").with("share", share),
        Reason::SameThroughout(share) => tagged.with("kind", "same-throughout").with("share", share),
    }
}

/// Said minus lived everywhere.
pub(crate) fn said_gap(of: &Difference) -> Tagged {
    Tagged::new("said-minus-lived", overview::said_gap(of)).difference(*of)
}

/// What the answers of the whole organisation look like.
pub(crate) fn signals(of: &SignalShares) -> Tagged {
    let tagged = Tagged::new("signals", overview::signals(of));
    tagged.with("same-in-a-row", of.same_in_a_row).with("same-throughout", of.same_throughout)
}

/// In how many groups what is said and what is lived can be seen together, and in how many something stands out.
pub(crate) fn said_of_groups(seen: usize, unseen: usize, standing_out: usize) -> Tagged {
    let tagged = Tagged::new("said-of-groups", overview::said_of_groups(seen, unseen, standing_out));
    tagged.with("seen", seen).with("unseen", unseen).with("standing-out", standing_out)
}

/// What is said of speaking up and standards together.
pub(crate) fn quadrant(quadrant: &Quadrant) -> Tagged {
    let tagged = Tagged::new("quadrant", overview::quadrant(quadrant));
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
pub(crate) fn detectable(points: u8) -> Tagged {
    Tagged::new("detectable", words::detectable(points)).with("points", points)
}

/// How many answered, as a sentence.
pub(crate) fn participation(of: &Participation) -> Tagged {
    participation_as(of, words::participation(of))
}

/// How many answered, for a line of a table.
pub(crate) fn participation_short(of: &Participation) -> Tagged {
    participation_as(of, words::participation_short(of))
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
pub(crate) fn hidden_comments(count: u32) -> Tagged {
    Tagged::new("hidden-comments", words::hidden_comments(count)).with("count", count)
}

/// How much of a unit its sub-total covers.
pub(crate) fn covers(of: (u8, u8)) -> Tagged {
    Tagged::new("covers", words::covers(of)).with("low", of.0).with("high", of.1)
}

/// Why there is no comparison, or with which round it was made. `own` are the groups whose result stands on the page; a comparison
/// that takes further ones with them names all.
pub(crate) fn comparison(of: &Comparison, own: Option<&[String]>) -> Tagged {
    match of {
        Comparison::FirstWave => Tagged::new("comparison", words::FIRST_ROUND.to_owned()).with("kind", "first-wave"),
        Comparison::NotPossible(reason) => {
            Tagged::new("comparison", words::no_comparison(*reason).to_owned()).with("kind", "not-possible").with("reason", name_of(reason))
        }
        Comparison::Made(set) => {
            let mut sentences = Vec::new();
            if own.is_some_and(|own| own != set.groups) {
                sentences.push(words::compared_together(&set.groups));
            }
            sentences.push(words::same_people(set.same).to_owned());
            if set.corrected {
                sentences.push(words::compared_with_corrected(&set.since));
            }
            Tagged::new("comparison", sentences.join(" ")).with("kind", "made").with("since", &set.since)
        }
    }
}

/// One point of a trend.
pub(crate) fn trend_point(point: &TrendPoint) -> Tagged {
    let tagged = Tagged::new("trend", words::trend_point(&point.point)).with("wave", &point.wave);
    match &point.point {
        TrendSight::Aborted => tagged.with("kind", "aborted"),
        TrendSight::NotComparable => tagged.with("kind", "not-comparable"),
        TrendSight::Score { sight, .. } => tagged.sight(sight),
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
fn escape(text: &str) -> String {
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
