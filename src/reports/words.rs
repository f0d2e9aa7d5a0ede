//! The sentences of a report, chosen by what was read; their wording stands in `words/report.<language>.ftl`.
//!
//! Words for numbers: points of 100, never a percent sign; "round" and "group" for what the code calls wave and block. No sentence claims
//! more than the numbers beside it.

mod group;
mod organisation;
mod overview;

use domain::{Day, SameShare, TeamLabel, UnitPath, WaveId};
use release::reading::{Change, ChangeWord, Difference, Hidden, Interval, NoComparison, Participation, Sight, TrendSight};

pub(crate) use group::topic_of;

use crate::catalogue::{Filled, Fixed};
use crate::language::{BrokenWords, Filling, Words};

/// A sentence, or what is wrong with the file that it stands in.
type Said = Result<String, BrokenWords>;

impl Words {
    /// Whose comments stand together.
    pub(crate) fn comments_of(&self, labels: &[String], with_upward: bool) -> Said {
        match (labels, with_upward) {
            ([], _) => Ok(self.say(Fixed::CommentsOfUpward).to_owned()),
            ([only], false) => self.fill(Filled::CommentsOfOne, &[("group", only.as_str().into())]),
            (_, false) => self.fill(Filled::CommentsOfSeveral, &[("groups", self.list(labels)?.into())]),
            (_, true) => self.fill(Filled::CommentsOfSeveralUpward, &[("groups", self.list(labels)?.into())]),
        }
    }

    /// Why no comments are shown. It tells no number: fewer could lead to somebody.
    pub(crate) fn too_few_comments(&self, min_respondents: u32, min_comments: u32) -> Said {
        self.fill(Filled::CommentsTooFew, &[("people", min_respondents.into()), ("comments", min_comments.into())])
    }

    /// How many comments were hidden. The reason is a rule for HR, not something that Candor knows.
    pub(crate) fn hidden_comments(&self, count: u32) -> Said {
        self.fill(Filled::CommentsHidden, &[("count", count.into())])
    }

    /// A score as a sentence.
    pub(crate) fn score_sentence(&self, sight: &Sight) -> Said {
        let hidden = match *sight {
            Sight::Between(Interval { low, high, .. }) => {
                return self.fill(Filled::ScoreBetween, &[("low", low.into()), ("high", high.into())]);
            }
            Sight::AtLeast(points) => return self.fill(Filled::ScoreAtLeast, &[("points", points.into())]),
            Sight::AtMost(points) => return self.fill(Filled::ScoreAtMost, &[("points", points.into())]),
            Sight::Hidden(Hidden::TooFewItems) => Fixed::ScoreTooFew,
            Sight::Hidden(Hidden::NoSafeRange) => Fixed::ScoreNoSafeRange,
            Sight::Hidden(Hidden::BandsAtBothEnds) => Fixed::ScoreBothEnds,
            Sight::Hidden(Hidden::NotAsked) => Fixed::ScoreNotAsked,
        };
        Ok(self.say(hidden).to_owned())
    }

    /// A score for a line of a table.
    pub(crate) fn score_short(&self, sight: &Sight) -> Said {
        match *sight {
            Sight::Between(Interval { low, high, .. }) => self.fill(Filled::ShortBetween, &[("low", low.into()), ("high", high.into())]),
            Sight::AtLeast(points) => self.fill(Filled::ShortAtLeast, &[("points", points.into())]),
            Sight::AtMost(points) => self.fill(Filled::ShortAtMost, &[("points", points.into())]),
            Sight::Hidden(Hidden::NotAsked) => Ok(self.say(Fixed::ShortNotAsked).to_owned()),
            Sight::Hidden(_) => Ok(self.say(Fixed::ShortHidden).to_owned()),
        }
    }

    /// Which steps a short ladder has.
    pub(crate) fn rungs(&self, rungs: &[f64]) -> Said {
        let steps: Vec<f64> = rungs.windows(2).filter_map(|pair| Some(pair.get(1)? - pair.first()?)).collect();
        let even = steps.iter().all(|step| steps.first().is_some_and(|first| (step - first).abs() < 1e-6));
        match (rungs, steps.as_slice()) {
            ([first, .., last], [step, ..]) if even && rungs.len() > 3 => {
                let text = if (step - step.round()).abs() < 1e-6 { Filled::RungsEven } else { Filled::RungsAbout };
                let whole = |number: &f64| format!("{number:.0}").into();
                self.fill(text, &[("step", whole(step)), ("first", whole(first)), ("last", whole(last))])
            }
            _ => {
                let rungs: Vec<String> = rungs.iter().map(|rung| format!("{rung:.0}")).collect();
                self.fill(Filled::RungsListed, &[("steps", self.list(&rungs)?.into())])
            }
        }
    }

    /// The word for a change.
    pub(crate) fn change_word(&self, word: ChangeWord) -> &str {
        self.say(match word {
            ChangeWord::Clear => Fixed::ChangeClear,
            ChangeWord::Possible => Fixed::ChangePossible,
            ChangeWord::None => Fixed::ChangeNone,
            ChangeWord::CannotBeSeen => Fixed::ChangeHidden,
        })
    }

    /// What follows the word for a change, with a leading separator.
    pub(crate) fn change_detail(&self, change: &Change, since: &WaveId) -> Said {
        match change.difference {
            None => self.fill(Filled::DetailHidden, &[("since", since.as_str().into())]),
            Some(difference) => self.difference_detail(&difference, since),
        }
    }

    /// How large a change is, with a leading separator.
    fn difference_detail(&self, difference: &Difference, since: &WaveId) -> Said {
        let round = ("since", since.as_str().into());
        match *difference {
            Difference { points, at_least: true, .. } => {
                let text = if points < 0 { Filled::DetailAtLeastLess } else { Filled::DetailAtLeastMore };
                self.fill(text, &[round, ("points", points.unsigned_abs().into())])
            }
            Difference { points, low, high, .. } => {
                let [points, count] = signed_points(points);
                self.fill(Filled::Detail, &[round, points, count, ("low", signed(low).into()), ("high", signed(high).into())])
            }
        }
    }

    /// The size of a change for a line of a table, behind its word: only where there probably was one.
    pub(crate) fn change_short(&self, change: &Change) -> Result<Option<String>, BrokenWords> {
        let difference = change.difference.filter(|_| matches!(change.word, ChangeWord::Clear | ChangeWord::Possible));
        let short = |difference: Difference| match difference {
            Difference { points, at_least: true, .. } => self.fill(Filled::ChangeShortAtLeast, &[("points", signed(points).into())]),
            Difference { points, .. } => Ok(signed(points)),
        };
        difference.map(short).transpose()
    }

    /// What stands before the word for a change that a table says "cannot be seen" of, so that nobody takes it for the score.
    pub(crate) fn before_change_word(&self, word: ChangeWord) -> &str {
        match word {
            ChangeWord::CannotBeSeen => self.say(Fixed::ChangeBeforeHidden),
            ChangeWord::Clear | ChangeWord::Possible | ChangeWord::None => "",
        }
    }

    /// The change that would have been found.
    pub(crate) fn detectable(&self, points: u8) -> Said {
        self.fill(Filled::Detectable, &[("points", points.into())])
    }

    /// In the paragraph about limits: the detectable changes of all dimensions.
    pub(crate) fn detectable_range(&self, smallest: u8, largest: u8) -> Said {
        if smallest == largest {
            self.fill(Filled::DetectableFrom, &[("points", smallest.into())])
        } else {
            self.fill(Filled::DetectableBetween, &[("smallest", smallest.into()), ("largest", largest.into())])
        }
    }

    /// Why nothing is compared.
    pub(crate) fn no_comparison(&self, reason: NoComparison) -> &str {
        self.say(match reason {
            NoComparison::NewGroup => Fixed::NoComparisonNew,
            NoComparison::TooManyTogether => Fixed::NoComparisonTooMany,
            NoComparison::NothingBefore => Fixed::NoComparisonNothing,
            NoComparison::UpwardOnly => Fixed::NoComparisonUpward,
        })
    }

    /// Which groups a comparison takes together, when it is more than the group itself.
    pub(crate) fn compared_together(&self, groups: &[String]) -> Said {
        self.fill(Filled::ComparedTogether, &[("groups", self.list(groups)?.into())])
    }

    /// Something was wrong about the round before; the page about that one says what.
    pub(crate) fn compared_with_corrected(&self, since: &WaveId) -> Said {
        self.fill(Filled::ComparedWithCorrected, &[("since", since.as_str().into())])
    }

    /// How far the people are the same.
    pub(crate) fn same_people(&self, same: SameShare) -> &str {
        self.say(match same {
            SameShare::ThreeQuartersOrMore => Fixed::SameThreeQuarters,
            SameShare::HalfToThreeQuarters => Fixed::SameHalf,
            SameShare::QuarterToHalf => Fixed::SameQuarter,
            SameShare::UnderQuarter => Fixed::SameFew,
        })
    }

    /// How many answered, without a full stop.
    pub(crate) fn people(&self, participation: &Participation) -> Said {
        let from = ("from", participation.from.into());
        match participation.to {
            Some(to) => self.fill(Filled::PeopleBetween, &[from, ("to", to.into())]),
            None => self.fill(Filled::PeopleFrom, &[from]),
        }
    }

    /// How many answered.
    pub(crate) fn participation(&self, participation: &Participation) -> Said {
        let people = ("people", self.people(participation)?.into());
        match participation.rate {
            None => self.fill(Filled::Participation, &[people]),
            Some((0, high)) => self.fill(Filled::ParticipationUnder, &[people, ("share", (u16::from(high) + 1).into())]),
            Some((low, 100)) => self.fill(Filled::ParticipationFrom, &[people, ("low", low.into())]),
            Some((low, high)) => self.fill(Filled::ParticipationBetween, &[people, ("low", low.into()), ("high", high.into())]),
        }
    }

    /// How many answered, for a line of a table.
    pub(crate) fn participation_short(&self, participation: &Participation) -> Said {
        let from = ("from", participation.from.into());
        let people = match participation.to {
            Some(to) => self.fill(Filled::ShortPeopleBetween, &[from, ("to", to.into())])?,
            None => self.fill(Filled::ShortPeopleFrom, &[from])?,
        };
        let rate = participation.rate.map(|rate| (("people", people.clone().into()), rate));
        match rate {
            None => Ok(people),
            Some((people, (0, high))) => self.fill(Filled::ShortParticipationUnder, &[people, ("share", (u16::from(high) + 1).into())]),
            Some((people, (low, 100))) => self.fill(Filled::ShortParticipationFrom, &[people, ("low", low.into())]),
            Some((people, (low, high))) => {
                self.fill(Filled::ShortParticipationBetween, &[people, ("low", low.into()), ("high", high.into())])
            }
        }
    }

    /// Above a combined group's result; the wording is settled.
    pub(crate) fn combined(&self, others: &[String]) -> Said {
        self.fill(Filled::Combined, &[("groups", self.list(others)?.into())])
    }

    /// The groups of a unit.
    pub(crate) fn groups_of(&self, unit: &TeamLabel) -> Said {
        self.fill(Filled::GroupsOf, &[("unit", unit.as_str().into())])
    }

    /// The title of a document: whose result it is, and of which round.
    pub(crate) fn paper_title(&self, whose: &str, round: &WaveId) -> Said {
        self.fill(Filled::PaperTitle, &[("whose", whose.into()), ("round", round.as_str().into())])
    }

    /// Groups by name, or the answers that were counted one level up in their unit.
    pub(crate) fn groups_or_upward(&self, groups: &[String], unit: &UnitPath) -> Said {
        if groups.is_empty() { self.fill(Filled::CountedUpTitle, &[("unit", self.unit_name(unit).into())]) } else { self.list(groups) }
    }

    /// Groups by name for a line of a table, with the answers that were counted one level up.
    pub(crate) fn group_row(&self, groups: &[String], with_upward: bool) -> Said {
        match (groups.is_empty(), with_upward) {
            (true, _) => Ok(self.say(Fixed::CountedUp).to_owned()),
            (false, true) => self.fill(Filled::CountedUpWith, &[("groups", self.list(groups)?.into())]),
            (false, false) => self.list(groups),
        }
    }

    /// A unit by its place in the organisation.
    pub(crate) fn unit_name(&self, unit: &UnitPath) -> String {
        if unit.0.is_empty() {
            self.say(Fixed::Organisation).to_owned()
        } else {
            unit.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" \u{203a} ")
        }
    }

    /// How much of a unit its sub-total covers.
    pub(crate) fn covers(&self, covers: (u8, u8)) -> Said {
        match covers {
            (100, _) => Ok(self.say(Fixed::CoversAll).to_owned()),
            (0, high) => self.fill(Filled::CoversUnder, &[("share", (u16::from(high) + 1).into())]),
            (low, high) => self.fill(Filled::CoversBetween, &[("low", low.into()), ("high", high.into())]),
        }
    }

    /// A point of a trend.
    pub(crate) fn trend_point(&self, point: &TrendSight) -> Said {
        match point {
            TrendSight::Aborted => Ok(self.say(Fixed::TrendAborted).to_owned()),
            TrendSight::NotComparable => Ok(self.say(Fixed::TrendNotComparable).to_owned()),
            TrendSight::Score { sight, .. } => self.score_short(sight),
        }
    }

    /// Who was counted together in an earlier round.
    pub(crate) fn together(&self, others: &[String]) -> Said {
        self.fill(Filled::TrendTogether, &[("groups", self.list(others)?.into())])
    }

    /// The title of a chart.
    pub(crate) fn scale_title(&self, dimension: &str) -> Said {
        self.fill(Filled::ScaleTitle, &[("dimension", dimension.into())])
    }

    /// The title of a trend chart.
    pub(crate) fn trend_title(&self, dimension: &str) -> Said {
        self.fill(Filled::TrendTitle, &[("dimension", dimension.into())])
    }

    /// "Round w1".
    pub(crate) fn round(&self, round: &WaveId) -> Said {
        self.fill(Filled::RoundNamed, &[("round", round.as_str().into())])
    }

    /// A day.
    pub(crate) fn date(&self, day: Day) -> Said {
        let (year, month, of_month) = day.numbers();
        let month = self.fill(Filled::Month, &[("month", month.into())])?;
        // The year as a text, because numbers may be grouped.
        let written =
            [("year", year.to_string().into()), ("month", month.into()), ("day", of_month.into()), ("iso", day.to_string().into())];
        self.fill(Filled::Date, &written)
    }

    /// "A", "A and B", "A, B and C".
    pub(crate) fn list(&self, items: &[String]) -> Said {
        match items {
            [] => Ok(String::new()),
            [one] => Ok(one.clone()),
            [first @ .., last] => self.fill(Filled::List, &[("first", first.join(", ").into()), ("last", last.as_str().into())]),
        }
    }
}

/// Points with their sign, and without it to choose the word for them by.
fn signed_points<'a>(points: i16) -> [Filling<'a>; 2] {
    [("points", signed(points).into()), ("count", points.unsigned_abs().into())]
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
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn english() -> &'static Words {
        Words::english().unwrap()
    }

    #[test]
    fn numbers_carry_their_sign() {
        assert_eq!([signed(0), signed(7), signed(-7)], ["0", "+7", "\u{2212}7"]);
    }

    #[test]
    fn one_point_is_one_point() {
        let since = WaveId::parse("w1").unwrap();
        let detail = |points, at_least| {
            english().difference_detail(&Difference { points, low: points - 1, high: points + 1, at_least }, &since).unwrap()
        };
        assert_eq!(detail(1, false), " since w1: +1 point, somewhere between 0 and +2.");
        assert_eq!(detail(-2, false), " since w1: \u{2212}2 points, somewhere between \u{2212}3 and \u{2212}1.");
        assert_eq!([detail(-1, true), detail(3, true)], [" since w1: at least 1 point less.", " since w1: at least 3 points more."]);
    }

    #[test]
    fn names_are_listed_as_people_write_them() {
        let names = ["East", "West", "North"].map(str::to_owned);
        let list = |count: usize| english().list(&names[..count]).unwrap();
        assert_eq!([list(0), list(1), list(2), list(3)], ["", "East", "East and West", "East, West and North"]);
    }

    #[test]
    fn even_steps_are_named_once_and_others_one_by_one() {
        let rungs = |rungs: &[f64]| english().rungs(rungs).unwrap();
        assert_eq!(
            rungs(&[30.0, 40.0, 50.0, 60.0, 70.0]),
            "The steps: with so few answers each statement is published only in steps of 10 points, between 30 and 70."
        );
        assert_eq!(
            rungs(&[150.0 / 7.0, 200.0 / 7.0, 250.0 / 7.0, 300.0 / 7.0]),
            "The steps: with so few answers each statement is published only in steps of about 7 points, between 21 and 43."
        );
        assert_eq!(rungs(&[30.0, 50.0]), "The steps: with so few answers each statement is published only in these steps: 30 and 50.");
    }

    #[test]
    fn the_sentence_about_combined_groups_is_the_settled_one() {
        assert_eq!(
            english().combined(&["Dispatch".to_owned()]).unwrap(),
            "This quarter your answers are shown together with Dispatch. That is the rule for small groups: nobody's answers should stand alone. It says nothing about either team. Please do not ask who answered."
        );
    }

    #[test]
    fn scores_are_points_and_bands_speak_of_those_who_answered() {
        let between = Sight::Between(Interval { low: 47, high: 66, mid: 56.5 });
        assert_eq!(english().score_sentence(&between).unwrap(), "Somewhere between 47 and 66 of 100 points.");
        assert_eq!(english().score_sentence(&Sight::AtLeast(70)).unwrap(), "Of those who answered, 70 or more of 100 points.");
    }
}
