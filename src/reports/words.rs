//! Every sentence of a report, in English.
//!
//! One module, so that it can be translated as a whole. Words for numbers: points of 100, never a percent sign; "round" and
//! "group" for what the code calls wave and block. No sentence claims more than the numbers beside it.

pub(crate) mod overview;

use domain::{SameShare, WaveId};
use release::reading::{Change, ChangeWord, Difference, Hidden, Interval, NoComparison, Participation, Sight, TrendSight};

/// Stands on every report.
pub(crate) const NOT_FOR_APPRAISAL: &str = "Not for appraisal.";
/// Why.
pub(crate) const WHY_NOT: &str = "This result belongs to the group, to talk about and to act on. It says nothing about the work of any single person, and no decision about a person may rest on it.";
/// Stands on every report until the instrument has been validated.
pub(crate) const NOT_VALIDATED: &str = "The statements are not yet validated: they were written with care, but nobody has tested yet how well they measure what their headings say.";
/// What the numbers mean.
pub(crate) const SCALE: &str =
    "0 points would mean that everybody gave the least favourable answer to every statement, 100 points the most favourable.";
/// What "somewhere between" means.
pub(crate) const RANGE: &str = "Each range is made so that it holds the true score about 19 times out of 20. It is narrower where more people answered, and never exact, because sums are published only in steps, so that no single answer can be worked out.";
/// What no range contains.
pub(crate) const SILENT: &str = "It cannot show what people think who did not answer.";
/// What is never in a report.
pub(crate) const NEVER_SEEN: &str = "It cannot show who answered or what anybody answered, and neither can the reports of all rounds together. Candor never shows who has answered; whoever administers the database could look.";
/// Where only an end band is known.
pub(crate) const ONE_SIDED: &str = "Near an end of the scale only \u{201c}this or more\u{201d} or \u{201c}this or less\u{201d} is published, because an exact number would give away that nearly everybody answered alike.";
/// In the first round.
pub(crate) const NO_TREND_YET: &str = "This is the first round with a result; from the next one on, the course over time stands here.";
/// What a trend's mark means.
pub(crate) const HOLLOW: &str = "An open dot or arrow: counted together with other groups in that round.";
/// Why a round of a trend is empty although it had a result.
pub(crate) const GAPS: &str = "A question mark: these people were counted in other groups then, or hardly anything could be seen.";
/// Beside corrections.
pub(crate) const NEVER_CHANGED: &str =
    "A published result is never changed. What turned out to be wrong about it is said here, signed with the key of this round.";
/// Beside the table of all groups.
pub(crate) const NO_RANKING: &str = "In the order of the organisation, not of the scores: where ranges overlap, groups cannot be told apart, and most differences between groups are chance.";
/// The name of answers that people chose to count one level up.
pub(crate) const COUNTED_UP: &str = "answers counted one level up";
/// Above comments.
pub(crate) const COMMENTS_TOGETHER: &str =
    "Comments are shown only of many people together, in an order that tells nothing: neither time nor group nor answers stand behind it.";
/// What is not protected.
pub(crate) const COMMENTS_STYLE: &str = "A way of writing can be recognised; against that nothing is claimed.";
/// What not to do with comments.
pub(crate) const COMMENTS_NO_SEARCH: &str = "Do not try to find out who wrote something, and do not ask: talk about what is said. Whoever is asked once will write nothing honest again.";
/// Headings of the pages.
pub(crate) mod heading {
    pub(crate) const RESULTS: &str = "The result";
    pub(crate) const OVER_TIME: &str = "Over time";
    pub(crate) const LIMITS: &str = "What this report can and cannot see";
    pub(crate) const STATEMENTS: &str = "The statements behind it";
    pub(crate) const COMMENTS: &str = "What people wrote";
    pub(crate) const HIDE: &str = "Hide: it names a person";
    pub(crate) const GROUPS: &str = "All groups";
    pub(crate) const ERRATA: &str = "Corrections to this result";
    pub(crate) const ROUND: &str = "Round";
    pub(crate) const POINTS: &str = "Points of 100";
    pub(crate) const GROUP: &str = "Group";
    pub(crate) const ANSWERS: &str = "Answers";
    pub(crate) const ORGANISATION: &str = "The whole organisation";
    pub(crate) const DIRECTLY_UNDER: &str = "Directly under the organisation";
}

/// Whose comments stand together.
pub(crate) fn comments_of(labels: &[String], with_upward: bool) -> String {
    match (labels, with_upward) {
        ([], _) => "Comments of people whose answers were counted one level up:".to_owned(),
        ([only], false) => format!("Comments of {only}:"),
        (_, false) => format!("Comments of {} together:", list(labels)),
        (_, true) => format!("Comments of {} together, with {COUNTED_UP}:", list(labels)),
    }
}

/// Why no comments are shown. It tells no number: fewer could lead to somebody.
pub(crate) fn too_few_comments(min_respondents: u32, min_comments: u32) -> String {
    format!(
        "Too few people wrote something here. Comments are shown only of {min_respondents} or more people together, of whom at least {min_comments} wrote one."
    )
}

/// How many comments were hidden. The reason is a rule for HR, not something that Candor knows.
pub(crate) fn hidden_comments(count: u32) -> String {
    let (comments, names) = if count == 1 { ("comment", "it names") } else { ("comments", "they name") };
    format!("HR hid {count} {comments}. The only reason allowed is that {names} a person; nobody else checks this.")
}

/// A score as a sentence.
pub(crate) fn score_sentence(sight: &Sight) -> String {
    match sight {
        Sight::Between(Interval { low, high, .. }) => format!("Somewhere between {low} and {high} of 100 points."),
        Sight::AtLeast(points) => format!("Of those who answered, {points} or more of 100 points."),
        Sight::AtMost(points) => format!("Of those who answered, {points} or less of 100 points."),
        Sight::Hidden(Hidden::TooFewItems) => "Cannot be seen: too few people answered these statements.".to_owned(),
        Sight::Hidden(Hidden::NoSafeRange) => {
            "Cannot be seen: with so few answers no range would be wide enough to protect everybody who gave them.".to_owned()
        }
        Sight::Hidden(Hidden::BandsAtBothEnds) => {
            "Cannot be seen: the statements lie at opposite ends of the scale, where only \u{201c}this or more\u{201d} and \u{201c}this or less\u{201d} are published.".to_owned()
        }
        Sight::Hidden(Hidden::NotAsked) => "Not asked in this round.".to_owned(),
    }
}

/// A score for a line of a table.
pub(crate) fn score_short(sight: &Sight) -> String {
    match sight {
        Sight::Between(Interval { low, high, .. }) => format!("{low} to {high}"),
        Sight::AtLeast(points) => format!("{points} or more"),
        Sight::AtMost(points) => format!("{points} or less"),
        Sight::Hidden(Hidden::NotAsked) => "not asked".to_owned(),
        Sight::Hidden(_) => "cannot be seen".to_owned(),
    }
}

/// Which steps a short ladder has.
pub(crate) fn rungs(rungs: &[f64]) -> String {
    let steps: Vec<f64> = rungs.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).collect();
    let even = steps.iter().all(|step| steps.first().is_some_and(|first| (step - first).abs() < 1e-6));
    match (rungs, steps.as_slice()) {
        ([first, .., last], [step, ..]) if even && rungs.len() > 3 => {
            let about = if (step - step.round()).abs() < 1e-6 { "" } else { "about " };
            format!(
                "The small marks: with so few answers each statement is published only in steps of {about}{step:.0} points, between {first:.0} and {last:.0}."
            )
        }
        _ => {
            let rungs: Vec<String> = rungs.iter().map(|rung| format!("{rung:.0}")).collect();
            format!("The small marks: with so few answers each statement is published only in these steps: {}.", list(&rungs))
        }
    }
}

/// The word for a change.
pub(crate) const fn change_word(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::Clear => "clear change",
        ChangeWord::Possible => "possible change",
        ChangeWord::None => "no clear change",
        ChangeWord::CannotBeSeen => "cannot be seen",
    }
}

/// What follows the word for a change, with a leading separator.
pub(crate) fn change_detail(change: &Change, since: &WaveId) -> String {
    match change.difference {
        None => format!(": whether there was a change since {since} is hidden at the end of the scale or by too few answers."),
        Some(difference) => difference_detail(&difference, since),
    }
}

/// How large a change is, with a leading separator.
fn difference_detail(difference: &Difference, since: &WaveId) -> String {
    match *difference {
        Difference { points, at_least: true, .. } if points < 0 => {
            format!(" since {since}: at least {} less.", count_points(points.abs()))
        }
        Difference { points, at_least: true, .. } => format!(" since {since}: at least {} more.", count_points(points)),
        Difference { points, low, high, .. } => {
            format!(" since {since}: {}, somewhere between {} and {}.", signed_points(points), signed(low), signed(high))
        }
    }
}

/// The size of a change for a line of a table, behind its word: only where there probably was one.
pub(crate) fn change_short(change: &Change) -> Option<String> {
    let difference = change.difference.filter(|_| matches!(change.word, ChangeWord::Clear | ChangeWord::Possible))?;
    Some(if difference.at_least { format!("at least {}", signed(difference.points)) } else { signed(difference.points) })
}

/// What stands before the word for a change that a table says "cannot be seen" of, so that nobody takes it for the score.
pub(crate) const fn before_change_word(word: ChangeWord) -> &'static str {
    match word {
        ChangeWord::CannotBeSeen => "Change: ",
        ChangeWord::Clear | ChangeWord::Possible | ChangeWord::None => "",
    }
}

/// The change that would have been found.
pub(crate) fn detectable(points: u8) -> String {
    format!("A true change of {points} points would be found four times out of five; smaller ones often stay unseen.")
}

/// In the paragraph about limits: the detectable changes of all dimensions.
pub(crate) fn detectable_range(smallest: u8, largest: u8) -> String {
    let points = if smallest == largest { format!("{smallest}") } else { format!("{smallest} to {largest}") };
    format!(
        "It can show changes since the last round of about {points} points or more; a smaller change can be real and still not be seen here."
    )
}

/// When no comparison was made: what the report can show.
pub(crate) const LEVEL_ONLY: &str = "It can show where the answers of these people lie, within a range.";

/// A dimension that only this round asked.
pub(crate) const NOT_COMPARED: &str =
    "No comparison this time: the last round did not ask the same statements, or another person led the group.";

/// Why nothing is compared.
pub(crate) const fn no_comparison(reason: NoComparison) -> &'static str {
    match reason {
        NoComparison::NewGroup => "No comparison this time: a group that counts here is new.",
        NoComparison::TooManyTogether => {
            "No comparison this time: groups were put together differently in the last round, and too many of them would have to be taken together now."
        }
        NoComparison::NothingBefore => "No comparison this time: the last round had no result for these people.",
        NoComparison::UpwardOnly => {
            "No comparison this time: these people chose to count one level up, and that choice is made anew in every round."
        }
    }
}

/// In the first round.
pub(crate) const FIRST_ROUND: &str = "No comparison this time: this is the first round with a result.";

/// Which groups a comparison takes together, when it is more than the group itself.
pub(crate) fn compared_together(groups: &[String]) -> String {
    format!(
        "Only for the change, {} are taken together, because they were counted together in this round or in the last one; each of them reads the same change.",
        list(groups)
    )
}

/// Something was wrong about the round before; the page about that one says what.
pub(crate) fn compared_with_corrected(since: &WaveId) -> String {
    format!("Round {since}, with which this is compared, was corrected: see there.")
}

/// How far the people are the same.
pub(crate) const fn same_people(same: SameShare) -> &'static str {
    match same {
        SameShare::ThreeQuartersOrMore => "At least three quarters of the people were already invited here last time.",
        SameShare::HalfToThreeQuarters => "At least half of the people were already invited here last time.",
        SameShare::QuarterToHalf => {
            "Perhaps fewer than half of the people were already invited here last time: a change may come from new people as much as from new opinions."
        }
        SameShare::UnderQuarter => {
            "Perhaps fewer than a quarter of the people were already invited here last time: a change says more about who is here now than about new opinions."
        }
    }
}

/// How many answered.
pub(crate) fn participation(participation: &Participation) -> String {
    let people = match participation.to {
        Some(to) => format!("{} to {to} people answered", participation.from),
        None => format!("{} or more people answered", participation.from),
    };
    match participation.rate {
        None => format!("{people}."),
        Some((0, high)) => format!("{people}: fewer than {} of every 100 who were invited.", u16::from(high) + 1),
        Some((low, 100)) => format!("{people}: {low} or more of every 100 who were invited."),
        Some((low, high)) => format!("{people}: {low} to {high} of every 100 who were invited."),
    }
}

/// How many answered, for a line of a table.
pub(crate) fn participation_short(participation: &Participation) -> String {
    let people = participation.to.map_or_else(|| format!("{} or more", participation.from), |to| format!("{} to {to}", participation.from));
    match participation.rate {
        None => people,
        Some((0, high)) => format!("{people}; under {} of 100 invited", u16::from(high) + 1),
        Some((low, 100)) => format!("{people}; {low} or more of 100 invited"),
        Some((low, high)) => format!("{people}; {low} to {high} of 100 invited"),
    }
}

/// Whether enough answered for the result to speak for all.
pub(crate) const FEW_ANSWERED: &str =
    "Fewer than 70 of every 100 answered. If those who did not answer think differently, the score of all could lie outside the ranges.";

/// Above a combined group's result; the wording is settled.
pub(crate) fn combined(others: &[String]) -> String {
    format!(
        "This quarter your answers are shown together with {}. That is the rule for small groups: nobody's answers should stand alone. It says nothing about either team. Please do not ask who answered.",
        list(others)
    )
}

/// What the leader of a team in a combined group can do with its result.
pub(crate) fn what_to_do_together(others: &[String]) -> String {
    format!(
        "You can use it all the same: read it with the leaders of {}, choose one thing together, and take it up in each team as what was said in all of them.",
        list(others)
    )
}

/// Where people chose to count one level up.
pub(crate) const UPWARD: &str = "Answers that people chose to count one level up are part of this result. Nobody sees who chose this; counts can show that somebody did.";

/// How much of a unit its sub-total covers.
pub(crate) fn covers(covers: (u8, u8)) -> String {
    match covers {
        (100, _) => "All groups of this unit are in it.".to_owned(),
        (0, high) => {
            format!(
                "It covers groups to which fewer than {} of every 100 people of this unit belong; the others are counted together with groups outside it.",
                high + 1
            )
        }
        (low, high) => {
            format!(
                "It covers groups to which {low} to {high} of every 100 people of this unit belong; the others are counted together with groups outside it."
            )
        }
    }
}

/// A turned statement, in the list of statements.
pub(crate) const TURNED: &str = "agreeing with this one lowers the score";

/// A gap in a trend.
pub(crate) const ABORTED: &str = "ended without a result";
/// A point of a trend that would compare different people.
pub(crate) const NOT_COMPARABLE: &str = "not comparable";

/// A point of a trend.
pub(crate) fn trend_point(point: &TrendSight) -> String {
    match point {
        TrendSight::Aborted => ABORTED.to_owned(),
        TrendSight::NotComparable => NOT_COMPARABLE.to_owned(),
        TrendSight::Score { sight, .. } => score_short(sight),
    }
}

/// Who was counted together in an earlier round.
pub(crate) fn together(others: &[String]) -> String {
    format!("together with {}", list(others))
}

/// The title of a chart.
pub(crate) fn scale_title(dimension: &str) -> String {
    format!("{dimension}: where the score lies between 0 and 100 points")
}

/// The title of a trend chart.
pub(crate) fn trend_title(dimension: &str) -> String {
    format!("{dimension}: points of 100 in every round")
}

/// "A", "A and B", "A, B and C".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Points with their unit.
fn count_points(points: i16) -> String {
    format!("{points} {}", unit_of(points))
}

/// Points with their sign and unit.
fn signed_points(points: i16) -> String {
    format!("{} {}", signed(points), unit_of(points))
}

const fn unit_of(points: i16) -> &'static str {
    if matches!(points, -1 | 1) { "point" } else { "points" }
}

/// A number with its sign, a true minus, and no sign for zero.
fn signed(points: i16) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("+{points}"),
        _ => format!("\u{2212}{}", points.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_carry_their_sign_in_words() {
        assert_eq!(
            [signed_points(1), signed_points(-1), signed_points(2), count_points(1)],
            ["+1 point", "\u{2212}1 point", "+2 points", "1 point"]
        );
        assert_eq!([signed(0), signed(7), signed(-7)], ["0", "+7", "\u{2212}7"]);
    }

    #[test]
    fn names_are_listed_as_people_write_them() {
        let names = ["East", "West", "North"].map(str::to_owned);
        assert_eq!(
            [list(&names[..0]), list(&names[..1]), list(&names[..2]), list(&names)],
            ["", "East", "East and West", "East, West and North"]
        );
    }

    #[test]
    fn even_steps_are_named_once_and_others_one_by_one() {
        assert_eq!(
            rungs(&[30.0, 40.0, 50.0, 60.0, 70.0]),
            "The small marks: with so few answers each statement is published only in steps of 10 points, between 30 and 70."
        );
        assert_eq!(
            rungs(&[150.0 / 7.0, 200.0 / 7.0, 250.0 / 7.0, 300.0 / 7.0]),
            "The small marks: with so few answers each statement is published only in steps of about 7 points, between 21 and 43."
        );
        assert_eq!(
            rungs(&[30.0, 50.0]),
            "The small marks: with so few answers each statement is published only in these steps: 30 and 50."
        );
    }

    #[test]
    fn the_sentence_about_combined_groups_is_the_settled_one() {
        assert_eq!(
            combined(&["Dispatch".to_owned()]),
            "This quarter your answers are shown together with Dispatch. That is the rule for small groups: nobody's answers should stand alone. It says nothing about either team. Please do not ask who answered."
        );
    }

    #[test]
    fn scores_are_points_and_bands_speak_of_those_who_answered() {
        let between = Sight::Between(Interval { low: 47, high: 66, mid: 56.5 });
        assert_eq!(score_sentence(&between), "Somewhere between 47 and 66 of 100 points.");
        assert_eq!(score_sentence(&Sight::AtLeast(70)), "Of those who answered, 70 or more of 100 points.");
    }
}
