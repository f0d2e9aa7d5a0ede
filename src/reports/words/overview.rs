//! The sentences about several scores or several groups together.

use domain::WaveId;
use release::reading::{ConversationEntry, CourseFound, Difference, Differences, Quadrant, Share, Zone};

use super::{change_word, difference_detail, signed};

/// Above the changes to look at first.
pub(crate) const CONVERSATION: &str = "Worth a conversation";
/// In which order they stand.
pub(crate) const CONVERSATION_ORDER: &str = "In the order of the organisation, not of sizes; improvements are worth a conversation, too. Ask what happened before you decide what it means.";

/// What is said of speaking up and standards together.
pub(crate) fn quadrant(quadrant: &Quadrant) -> String {
    match quadrant {
        Quadrant::In { zone, chance } => {
            format!("Speaking up and standards together: {}, with a probability of at least {chance} of 100.", zone_words(*zone))
        }
        Quadrant::Between { zones: [first, second], chance } => format!(
            "Speaking up and standards together: either {}, or {}, with a probability of at least {chance} of 100.",
            zone_words(*first),
            zone_words(*second)
        ),
        Quadrant::CannotBeTold => "Speaking up and standards together: which of the two is high cannot be told.".to_owned(),
        Quadrant::NotSeen => "Speaking up and standards together: cannot be told, because one of the two is known too roughly.".to_owned(),
    }
}

/// What the sentence about speaking up and standards means.
pub(crate) const QUADRANT_METHOD: &str =
    "High means 58 points of 100 or more. Something is said only with a probability of at least 80 of 100.";

const fn zone_words(zone: Zone) -> &'static str {
    match zone {
        Zone::Learning => "both are high (learning)",
        Zone::Comfort => "speaking up is high and standards are not (comfort)",
        Zone::Anxiety => "standards are high and speaking up is not (anxiety)",
        Zone::Apathy => "neither is high (apathy)",
    }
}

/// How many changes were tested, and what a list of them is worth.
pub(crate) fn tested(since: Option<&WaveId>, tested: u32, listed: usize) -> String {
    match (since, tested, listed) {
        (None, _, _) => "This is the first round with a result: there is no change to look at yet.".to_owned(),
        (Some(since), 0, _) => format!("No change since {since} could be tested."),
        (Some(since), 1, 0) => format!("One change since {since} could be tested, and it does not stand out from chance."),
        (Some(since), tested, 0) => {
            format!("{tested} changes since {since} could be tested, and none stands out from what chance makes of so many.")
        }
        (Some(since), tested, _) => format!(
            "{tested} changes since {since} could be tested; these stand out. They are chosen so that no more than about one in ten such entries is chance."
        ),
    }
}

/// What follows the word for a change of the list.
pub(crate) fn listed(entry: &ConversationEntry, since: Option<&WaveId>) -> String {
    since.map_or_else(String::new, |since| difference_detail(&entry.difference, since))
}

/// The word for a change of the list.
pub(crate) const fn listed_word(entry: &ConversationEntry) -> &'static str {
    change_word(entry.word)
}

/// Above the differences between groups.
pub(crate) const DIFFERENCES: &str = "How far groups differ";
/// What they are.
pub(crate) const DIFFERENCES_METHOD: &str = "People differ within every group. The share that lies between groups is estimated from the ranges of all groups together, with chance taken out of it. Where it is small, comparing groups says little.";

/// How far groups differ in one dimension.
pub(crate) fn differences(found: &Differences) -> String {
    match found {
        Differences::TooFewGroups => "not estimated, because fewer than 10 groups have a score.".to_owned(),
        Differences::Found { share: Share { hundredths, low, high }, .. } => {
            format!(
                "of 100 parts of the differences between people about {hundredths} lie between groups, somewhere between {low} and {high}."
            )
        }
    }
}

/// Above the course of the organisation.
pub(crate) const COURSE: &str = "Where the whole organisation goes";

/// The course of one dimension.
pub(crate) fn course(found: &CourseFound) -> String {
    match found {
        CourseFound::TooFewRounds => "a line needs at least three rounds, one after the other, with the same statements.".to_owned(),
        CourseFound::CannotBeTold => "whether the rounds lie on a line cannot be told.".to_owned(),
        CourseFound::UpAndDown { since, rounds } => {
            format!("up and down over {rounds} rounds since {since}; no line describes it.")
        }
        CourseFound::Line { since, rounds, difference: Difference { points, low, high, .. }, word } => format!(
            "{} along a line through {rounds} rounds since {since}: {} points, somewhere between {} and {}.",
            change_word(*word),
            signed(*points),
            signed(*low),
            signed(*high)
        ),
    }
}
