//! The sentences about several scores or several groups together.

use domain::WaveId;
use release::reading::{
    Conversation, ConversationEntry, CourseFound, Difference, Differences, GroupEstimate, Quadrant, Reason, SaidWord, Share, SignalShares,
    Zone,
};

use super::{Said, signed, signed_points};
use crate::catalogue::{Filled, Fixed};
use crate::language::Words;

impl Words {
    /// What is said of speaking up and standards together.
    pub(crate) fn quadrant(&self, quadrant: &Quadrant) -> Said {
        let zone = |name, zone| (name, self.zone(zone).into());
        match *quadrant {
            Quadrant::In { zone: only } => self.fill(Filled::QuadrantIn, &[zone("zone", only)]),
            Quadrant::Between { zones: [first, second] } => {
                self.fill(Filled::QuadrantBetween, &[zone("zone", first), zone("other", second)])
            }
            Quadrant::CannotBeTold => Ok(self.say(Fixed::QuadrantUntold).to_owned()),
            Quadrant::NotSeen => Ok(self.say(Fixed::QuadrantUnseen).to_owned()),
        }
    }

    /// The name of a zone.
    pub(crate) fn zone(&self, zone: Zone) -> &str {
        self.say(match zone {
            Zone::Learning => Fixed::ZoneLearning,
            Zone::Comfort => Fixed::ZoneComfort,
            Zone::Anxiety => Fixed::ZoneAnxiety,
            Zone::Apathy => Fixed::ZoneApathy,
        })
    }

    /// How many changes were tested, and what a list of them is worth.
    pub(crate) fn tested(&self, Conversation { since, tested, together, entries }: &Conversation) -> Said {
        let Some(since) = since else { return Ok(self.say(Fixed::TestedFirst).to_owned()) };
        let round = ("since", since.as_str().into());
        let count = ("tested", (*tested).into());
        match (tested, together, entries.len()) {
            (0, ..) => self.fill(Filled::TestedNothing, &[round]),
            (1, 0, _) => self.fill(Filled::TestedOneChance, &[round]),
            (_, 0, _) => self.fill(Filled::TestedChance, &[round, count]),
            (1, ..) => self.fill(Filled::TestedOneStandsOut, &[round]),
            (_, _, 0) => self.fill(Filled::TestedTogether, &[round, count]),
            (_, _, entries) => {
                let found = self.fill(Filled::TestedStandOut, &[round, count, ("entries", entries.into())])?;
                Ok(format!("{found} {}", self.say(Fixed::ConversationClaim)))
            }
        }
    }

    /// What follows the word for a change of the list.
    pub(crate) fn listed(&self, entry: &ConversationEntry, since: Option<&WaveId>) -> Said {
        since.map_or_else(|| Ok(String::new()), |since| self.difference_detail(&entry.difference, since))
    }

    /// How far groups differ in one dimension.
    pub(crate) fn differences(&self, found: &Differences) -> Said {
        match *found {
            Differences::TooFewGroups => Ok(self.say(Fixed::DifferencesTooFew).to_owned()),
            Differences::Found { share: None, .. } => Ok(self.say(Fixed::DifferencesUntold).to_owned()),
            Differences::Found { share: Some(Share { hundredths, low, high }), .. } => {
                self.fill(Filled::DifferencesShare, &[("share", hundredths.into()), ("low", low.into()), ("high", high.into())])
            }
        }
    }

    /// What an estimate rests on.
    pub(crate) fn weight(&self, estimate: &GroupEstimate) -> &str {
        self.say(if estimate.faint { Fixed::WeightFaint } else { Fixed::WeightOwn })
    }

    /// The course of one dimension.
    pub(crate) fn course(&self, found: &CourseFound) -> Said {
        match found {
            CourseFound::TooFewRounds => Ok(self.say(Fixed::CourseTooFew).to_owned()),
            CourseFound::CannotBeTold => Ok(self.say(Fixed::CourseUntold).to_owned()),
            CourseFound::UpAndDown { since, rounds } => {
                self.fill(Filled::CourseUpAndDown, &[("since", since.as_str().into()), ("rounds", (*rounds).into())])
            }
            CourseFound::Line { since, rounds, difference: Difference { points, low, high, .. }, word } => {
                let change = ("change", self.change_word(*word).into());
                let [points, count] = signed_points(*points);
                let [low, high] = [("low", signed(*low).into()), ("high", signed(*high).into())];
                let line = [change, ("since", since.as_str().into()), ("rounds", (*rounds).into()), points, count, low, high];
                self.fill(Filled::CourseLine, &line)
            }
        }
    }

    /// In how many groups it can be seen, where nothing stands out in any of them; and in how many it cannot.
    pub(crate) fn said_of_groups(&self, seen: usize, unseen: usize, standing_out: usize) -> Said {
        let mut sentences = Vec::new();
        match (seen, standing_out) {
            (0, _) | (_, 1..) => {}
            (1, 0) => sentences.push(self.say(Fixed::SaidClearOne).to_owned()),
            (seen, 0) => sentences.push(self.fill(Filled::SaidClear, &[("groups", seen.into())])?),
        }
        if unseen > 0 {
            sentences.push(self.fill(Filled::SaidUnseen, &[("groups", unseen.into())])?);
        }
        Ok(sentences.join(" "))
    }

    /// How far what is said stands above what happens, everywhere.
    pub(crate) fn said_gap(&self, gap: &Difference) -> Said {
        let [points, count] = signed_points(gap.points);
        if gap.at_least {
            return self.fill(Filled::SaidGapAtLeast, &[points, count]);
        }
        self.fill(Filled::SaidGap, &[points, count, ("low", signed(gap.low).into()), ("high", signed(gap.high).into())])
    }

    /// What the answers of the whole organisation look like.
    pub(crate) fn signals(&self, SignalShares { same_in_a_row, same_throughout }: &SignalShares) -> Said {
        self.fill(Filled::Signals, &[("row", (*same_in_a_row).into()), ("throughout", (*same_throughout).into())])
    }

    /// The word for what is said and what is lived; `first` where there is no round before.
    pub(crate) fn said_word(&self, word: SaidWord, first: bool) -> &str {
        self.say(match word {
            SaidWord::Consistent => Fixed::SaidConsistent,
            SaidWord::Mixed => Fixed::SaidMixed,
            SaidWord::WorthAConversation => Fixed::SaidConversation,
            SaidWord::CannotBeSeen if first => Fixed::SaidFirst,
            SaidWord::CannotBeSeen => Fixed::SaidHidden,
        })
    }

    /// Why the word is what it is; `since` is the round with a result before.
    pub(crate) fn reason(&self, reason: &Reason, since: Option<&WaveId>) -> Said {
        match (reason, since) {
            (Reason::FartherThanElsewhere(difference), _) => {
                self.fill(Filled::ThanElsewhere, &[("farther", self.farther(difference)?.into())])
            }
            (Reason::FartherThanBefore(difference), None) => {
                self.fill(Filled::ThanBefore, &[("farther", self.farther(difference)?.into())])
            }
            (Reason::FartherThanBefore(difference), Some(since)) => {
                self.fill(Filled::ThanIn, &[("farther", self.farther(difference)?.into()), ("since", since.as_str().into())])
            }
            (Reason::SameInARow(_), _) => Ok(self.say(Fixed::SameInARow).to_owned()),
            (Reason::SameThroughout(_), _) => Ok(self.say(Fixed::SameThroughout).to_owned()),
        }
    }

    fn farther(&self, difference: &Difference) -> Said {
        let points = ("points", difference.points.to_string().into());
        let count = ("count", difference.points.unsigned_abs().into());
        if difference.at_least {
            return self.fill(Filled::FartherAtLeast, &[points, count]);
        }
        self.fill(Filled::Farther, &[points, count, ("low", signed(difference.low).into()), ("high", signed(difference.high).into())])
    }
}
