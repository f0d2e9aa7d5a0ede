//! The sentences of a group's own page: what a score was before, the last rounds together, what to talk about next, and by which rules.

use domain::WaveId;
use release::reading::{METHOD, Participation, PublishedWave, Recent, Sight, Suggestion};

use super::Said;
use crate::catalogue::{Filled, Fixed};
use crate::language::{BrokenWords, Words};

/// What a suggestion helps to talk about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    SpeakingUp,
    Standards,
    Learning,
    /// A dimension that Candor has no words of its own for.
    Other,
    /// Something got better.
    Rise,
    /// Nothing stands out.
    Anything,
}

/// What a leader can say, ask and agree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conversation<'w> {
    /// How to begin.
    pub(crate) start: &'w str,
    /// What to ask.
    pub(crate) ask: &'w str,
    /// What could be agreed.
    pub(crate) agree: &'w str,
}

impl Topic {
    fn of(suggestion: &Suggestion) -> Self {
        match suggestion {
            Suggestion::Anything => Self::Anything,
            Suggestion::Rose { .. } => Self::Rise,
            Suggestion::Fell { dimension, .. } | Suggestion::Low { dimension, .. } => match dimension.as_str() {
                "SAF" => Self::SpeakingUp,
                "STD" => Self::Standards,
                "LRN" => Self::Learning,
                _ => Self::Other,
            },
        }
    }

    /// The name in files for programs.
    const fn name(self) -> &'static str {
        match self {
            Self::SpeakingUp => "speaking-up",
            Self::Standards => "standards",
            Self::Learning => "learning",
            Self::Other => "other",
            Self::Rise => "rise",
            Self::Anything => "anything",
        }
    }

    const fn texts(self) -> [Fixed; 3] {
        match self {
            Self::SpeakingUp => [Fixed::KitSafetyStart, Fixed::KitSafetyAsk, Fixed::KitSafetyAgree],
            Self::Standards => [Fixed::KitStandardsStart, Fixed::KitStandardsAsk, Fixed::KitStandardsAgree],
            Self::Learning => [Fixed::KitLearningStart, Fixed::KitLearningAsk, Fixed::KitLearningAgree],
            Self::Other => [Fixed::KitOtherStart, Fixed::KitOtherAsk, Fixed::KitOtherAgree],
            Self::Rise => [Fixed::KitRiseStart, Fixed::KitRiseAsk, Fixed::KitRiseAgree],
            Self::Anything => [Fixed::KitAnythingStart, Fixed::KitAnythingAsk, Fixed::KitAnythingAgree],
        }
    }
}

/// With which words the pages help to talk about a suggestion, by their name in files for programs.
pub(crate) fn topic_of(suggestion: &Suggestion) -> &'static str {
    Topic::of(suggestion).name()
}

impl Words {
    /// Where the score was in the round before.
    pub(crate) fn round_before(&self, sight: &Sight) -> Said {
        self.fill(Filled::RoundBefore, &[("score", self.score_short(sight)?.into())])
    }

    /// Which rounds are read together: not always the very last ones, because these people alone must have been counted in them.
    pub(crate) fn recent_rounds(&self, rounds: &[WaveId]) -> Said {
        let rounds: Vec<String> = rounds.iter().map(ToString::to_string).collect();
        self.fill(Filled::RecentRounds, &[("rounds", self.list(&rounds)?.into())])
    }

    /// The last rounds together, for a line of a table.
    pub(crate) fn recent_short(&self, recent: &Recent) -> Said {
        match recent {
            Recent::TooFewRounds => Ok(String::new()),
            Recent::CannotBeTold { .. } => Ok(self.say(Fixed::RecentUntold).to_owned()),
            Recent::Mean { interval, .. } => {
                self.fill(Filled::ShortBetween, &[("low", interval.low.into()), ("high", interval.high.into())])
            }
        }
    }

    /// The title of the chart of two dimensions.
    pub(crate) fn plane_title(&self) -> &str {
        self.say(Fixed::PlaneTitle)
    }

    /// Which dimension stands on which axis, with its score.
    pub(crate) fn plane_axes(&self, (standards, across): (&str, &Sight), (safety, upwards): (&str, &Sight)) -> Said {
        let filling = [
            ("standards", standards.into()),
            ("across", self.score_short(across)?.into()),
            ("safety", safety.into()),
            ("upwards", self.score_short(upwards)?.into()),
        ];
        self.fill(Filled::PlaneAxes, &filling)
    }

    /// The title of the chart of what is said and what is lived.
    pub(crate) fn said_title(&self) -> &str {
        self.say(Fixed::Said)
    }

    /// What a suggestion rests on; `since` is the round before.
    pub(crate) fn suggestion(&self, suggestion: &Suggestion, since: Option<&WaveId>) -> Said {
        let since = [("since", since.map_or("", WaveId::as_str).into())];
        match suggestion {
            Suggestion::Fell { .. } => self.fill(Filled::SuggestionFell, &since),
            Suggestion::Rose { .. } => self.fill(Filled::SuggestionRose, &since),
            Suggestion::Low { statement: None, .. } => Ok(self.say(Fixed::SuggestionLow).to_owned()),
            Suggestion::Low { statement: Some(_), .. } => Ok(self.say(Fixed::SuggestionLowStatement).to_owned()),
            Suggestion::Anything => Ok(self.say(Fixed::SuggestionAnything).to_owned()),
        }
    }

    /// The lowest statement of a suggestion.
    pub(crate) fn suggestion_statement(&self, statement: &str) -> Said {
        self.fill(Filled::SuggestionStatement, &[("statement", statement.into())])
    }

    /// How to talk about it.
    pub(crate) fn conversation_about(&self, suggestion: &Suggestion) -> Conversation<'_> {
        let [start, ask, agree] = Topic::of(suggestion).texts().map(|text| self.say(text));
        Conversation { start, ask, agree }
    }

    /// To the leaders of a combined group together.
    pub(crate) fn leaders_together(&self, others: &[String]) -> Said {
        self.fill(Filled::KitTogether, &[("groups", self.list(others)?.into())])
    }

    /// "3 minutes".
    pub(crate) fn minutes(&self, minutes: u8) -> Said {
        self.fill(Filled::KitMinutes, &[("minutes", minutes.into())])
    }

    /// How many people are at least read together, and how many are here.
    pub(crate) fn method_people(&self, k: u32, participation: &Participation) -> Said {
        self.fill(Filled::MethodPeople, &[("k", k.into()), ("people", self.people(participation)?.into())])
    }

    /// By which rules numbers and words are made.
    pub(crate) fn method_rules(&self) -> Said {
        self.fill(Filled::MethodRules, &[("rules", METHOD.into())])
    }

    /// Who opened the answers, where somebody outside the operator held their key.
    pub(crate) fn method_holder(&self, wave: &PublishedWave) -> Result<Option<String>, BrokenWords> {
        wave.opened_outside_by().map(|holder| self.fill(Filled::MethodHolder, &[("holder", holder.into())])).transpose()
    }

    /// With which words statements were answered.
    pub(crate) fn answered_from(&self, lead_in: &str, lowest: &str, highest: &str) -> Said {
        self.fill(Filled::AnsweredFrom, &[("lead-in", lead_in.into()), ("lowest", lowest.into()), ("highest", highest.into())])
    }

    /// Whose numbers these are, of how many answers, in which round and by which rules.
    pub(crate) fn source(&self, group: &str, participation: &Participation, round: &WaveId) -> Said {
        Ok(format!("{group} \u{b7} {} \u{b7} {} \u{b7} {METHOD}", self.people(participation)?, self.round(round)?))
    }
}
