//! The sentences about several scores or several groups together.

use domain::WaveId;
use release::reading::{
    Conversation, ConversationEntry, CourseFound, Difference, Differences, GroupEstimate, Quadrant, Reason, SaidWord, Share, SignalShares,
    Zone,
};

use super::{change_word, count_points, difference_detail, signed, signed_points};

/// Above the changes to look at first.
pub(crate) const CONVERSATION: &str = "Worth a conversation";
/// In which order they stand.
pub(crate) const CONVERSATION_ORDER: &str = "In the order of the organisation, not of sizes; improvements are worth a conversation, too. Ask what happened before you decide what it means.";

/// What is said of speaking up and standards together.
pub(crate) fn quadrant(quadrant: &Quadrant) -> String {
    match quadrant {
        Quadrant::In { zone } => format!("Speaking up and standards together: {}.", zone_words(*zone)),
        Quadrant::Between { zones: [first, second] } => {
            format!("Speaking up and standards together: either {}, or {}.", zone_words(*first), zone_words(*second))
        }
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
pub(crate) fn tested(Conversation { since, tested, together, entries }: &Conversation) -> String {
    let Some(since) = since else { return "This is the first round with a result: there is no change to look at yet.".to_owned() };
    let could = match tested {
        0 => return format!("No change since {since} could be tested."),
        1 => format!("One change since {since} could be tested"),
        tested => format!("{tested} changes since {since} could be tested"),
    };
    match (tested, together, entries.len()) {
        (1, 0, _) => format!("{could}, and it does not stand out from chance."),
        (_, 0, _) => format!("{could}, and none stands out from what chance makes of so many."),
        (1, _, _) => format!("{could}, and it stands out."),
        (_, _, 0) => format!("{could}; single groups do not stand out, but together they moved: see the whole organisation."),
        (_, _, 1) => format!("{could}; one stands out. {CONVERSATION_CLAIM}"),
        _ => format!("{could}; these stand out. {CONVERSATION_CLAIM}"),
    }
}

/// How often an entry of the list is chance.
const CONVERSATION_CLAIM: &str = "Where nothing changed anywhere, the list stays empty in at least nine of ten rounds; where much changed, about one in ten entries may be chance.";

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

/// Above the estimates of groups.
pub(crate) const ESTIMATES: &str = "Estimates of single groups";
/// What they are for.
pub(crate) const ESTIMATES_METHOD: &str = "A small group looks extreme by chance more easily than a large one. Each estimate is moved towards the mean of all groups as far as chance explains its distance: for planning help over all groups, and no order of them.";
/// Where no estimate says anything.
pub(crate) const ESTIMATES_NONE: &str =
    "Groups differ no more than chance lets them: no estimate of a single group says more than the mean of all.";

/// Where a group probably lies.
pub(crate) fn estimate(estimate: &GroupEstimate) -> String {
    format!("{} to {} of 100 points", estimate.interval.low, estimate.interval.high)
}

/// What an estimate rests on.
pub(crate) const fn weight(estimate: &GroupEstimate) -> &'static str {
    if estimate.faint { "mostly the other groups" } else { "mostly its own answers" }
}

/// Above the course of the organisation.
pub(crate) const COURSE: &str = "Where the whole organisation goes";

/// Whose course that is.
pub(crate) const COURSE_METHOD: &str = "People come and go; a course is about whoever was there.";

/// The course of one dimension.
pub(crate) fn course(found: &CourseFound) -> String {
    match found {
        CourseFound::TooFewRounds => "a line needs at least three rounds, one after the other, with the same statements.".to_owned(),
        CourseFound::CannotBeTold => "whether the rounds lie on a line cannot be told.".to_owned(),
        CourseFound::UpAndDown { since, rounds } => {
            format!("up and down over {rounds} rounds since {since}; no line describes it.")
        }
        CourseFound::Line { since, rounds, difference: Difference { points, low, high, .. }, word } => format!(
            "{} along a line through {rounds} rounds since {since}: {}, somewhere between {} and {}.",
            change_word(*word),
            signed_points(*points),
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
/// In how many groups it can be seen, where nothing stands out in any of them; and in how many it cannot.
pub(crate) fn said_of_groups(seen: usize, unseen: usize, standing_out: usize) -> String {
    let clear = match (seen, standing_out) {
        (0, _) | (_, 1..) => None,
        (1, 0) => Some("In the one group that can be seen nothing stands out.".to_owned()),
        (seen, 0) => Some(format!("In none of the {seen} groups that can be seen does anything stand out.")),
    };
    let hidden = match unseen {
        0 => None,
        1 => Some("In one group it cannot be seen.".to_owned()),
        unseen => Some(format!("In {unseen} groups it cannot be seen.")),
    };
    clear.into_iter().chain(hidden).collect::<Vec<_>>().join(" ")
}

/// How far what is said stands above what happens, everywhere.
pub(crate) fn said_gap(gap: &Difference) -> String {
    let size = match *gap {
        Difference { points, at_least: true, .. } => format!("at least {}", signed_points(points)),
        Difference { points, low, high, .. } => {
            format!("{}, somewhere between {} and {}", signed_points(points), signed(low), signed(high))
        }
    };
    format!("Said minus lived is {size} in the whole organisation. There is no natural zero: compare groups and rounds, not this number.")
}

/// What the answers of the whole organisation look like.
pub(crate) fn signals(SignalShares { same_in_a_row, same_throughout }: &SignalShares) -> String {
    format!(
        "Of every 100 who answered all statements about {same_in_a_row} chose the same point for eight or more in a row, statements that are turned around among them, and about {same_throughout} chose it for all."
    )
}

/// The word for what is said and what is lived.
pub(crate) const fn said_word(word: SaidWord) -> &'static str {
    match word {
        SaidWord::Consistent => "consistent",
        SaidWord::Mixed => "mixed",
        SaidWord::WorthAConversation => "worth a conversation",
        SaidWord::CannotBeSeen => "cannot be seen",
    }
}

/// In place of "cannot be seen" for the whole organisation, where there is no round before.
pub(crate) const SAID_FIRST: &str = "nothing to compare with yet";

/// Why the word is what it is; `since` is the round with a result before.
pub(crate) fn reason(reason: &Reason, since: Option<&WaveId>) -> String {
    let farther = |difference: &Difference| match *difference {
        Difference { points, at_least: true, .. } => format!("at least {} farther above what happens", count_points(points)),
        Difference { points, low, high, .. } => {
            format!("{} farther above what happens (somewhere between {} and {})", count_points(points), signed(low), signed(high))
        }
    };
    match reason {
        Reason::FartherThanElsewhere(difference) => format!("what is said stands {} than in the whole organisation", farther(difference)),
        Reason::FartherThanBefore(difference) => {
            let before = since.map_or_else(|| "before".to_owned(), |since| format!("in {since}"));
            format!("what is said stands {} than {before}", farther(difference))
        }
        Reason::SameInARow(_) => "many chose the same point again and again".to_owned(),
        Reason::SameThroughout(_) => "many chose the same point for all statements".to_owned(),
    }
}
