//! The sentences about several scores or several groups together.

use domain::WaveId;
use release::reading::{
    ConversationEntry, CourseFound, Difference, Differences, Quadrant, Reason, SaidWord, Share, SignalShares, Verdict, Zone,
};

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
        Differences::Found { share: None, .. } => "cannot be told: the groups lie closer together than chance lets them.".to_owned(),
        Differences::Found { share: Some(Share { hundredths, low, high }), .. } => {
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

/// Above what is said and what is lived.
pub(crate) const SAID: &str = "Said or lived";
/// What that means.
pub(crate) const SAID_METHOD: &str = "Some statements ask what is said, others what happens. Where what is said stands farther above what happens than elsewhere or before, that is a reason to ask how it comes about. It proves nothing, and it says nothing about the honesty of any person.";
/// The organisation as a whole.
pub(crate) const SAID_EVERYWHERE: &str = "The whole organisation";
/// Where nothing stands out in any group.
pub(crate) const SAID_NOTHING: &str = "In no group does anything stand out.";

/// How far what is said stands above what happens, everywhere.
pub(crate) fn said_gap(gap: Option<&Difference>) -> Option<String> {
    gap.map(|gap| {
        let size = match *gap {
            Difference { points, at_least: true, .. } => format!("at least {} points", signed(points)),
            Difference { points, low, high, .. } => {
                format!("{} points, somewhere between {} and {}", signed(points), signed(low), signed(high))
            }
        };
        format!(
            "Said minus lived is {size} in the whole organisation. There is no natural zero: compare groups and rounds, not this number."
        )
    })
}

/// What the answers of the whole organisation look like.
pub(crate) fn signals(SignalShares { same_in_a_row, same_throughout }: &SignalShares) -> String {
    format!(
        "Of every 100 who answered all statements about {same_in_a_row} chose the same point for eight or more in a row, statements that are turned around among them, and about {same_throughout} chose it for all."
    )
}

/// A verdict with its reasons.
pub(crate) fn verdict(verdict: &Verdict) -> String {
    let word = match verdict.word {
        SaidWord::Consistent => "consistent",
        SaidWord::Mixed => "mixed",
        SaidWord::WorthAConversation => "worth a conversation",
        SaidWord::CannotBeSeen => "cannot be seen",
    };
    let reasons: Vec<String> = verdict.reasons.iter().map(reason).collect();
    if reasons.is_empty() { format!("{word}.") } else { format!("{word}: {}.", reasons.join("; ")) }
}

fn reason(reason: &Reason) -> String {
    let farther = |difference: &Difference| match *difference {
        Difference { points, at_least: true, .. } => format!("at least {points} points farther above what happens"),
        Difference { points, low, high, .. } => {
            format!("{points} points farther above what happens (somewhere between {} and {})", signed(low), signed(high))
        }
    };
    match reason {
        Reason::FartherThanElsewhere(difference) => format!("what is said stands {} than in the whole organisation", farther(difference)),
        Reason::FartherThanBefore(difference) => format!("what is said stands {} than in the last round", farther(difference)),
        Reason::SameInARow(_) => "many chose the same point again and again".to_owned(),
        Reason::SameThroughout(_) => "many chose the same point for all statements".to_owned(),
    }
}
