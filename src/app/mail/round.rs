//! What a promise sheet says, as mails say it.

use domain::GroupId;
use domain::instrument::{Instrument, Words};
use domain::wave::Pace;
use domain::{Language, Schedule};
use jiff::tz::TimeZone;
use protocol::manifest::{Mode, Texts};
use protocol::{GroupList, Manifest, words};

use super::message::{Extension, Group, KeyHeld, Later, Round, Team};

impl Round {
    /// The round of a promise sheet and its questionnaire.
    #[must_use]
    pub fn of(promises: &Manifest, instrument: &Instrument, zone: TimeZone, check_words: String) -> Self {
        let by_dates = promises.schedule.pace == Pace::Dates;
        let closes_at = promises.schedule.closes_at;
        let own = |texts: &Texts| own_words(texts, promises.languages.first());
        Self {
            organisation: promises.organisation.clone(),
            title: instrument.title.clone(),
            informal: instrument.informal.clone(),
            statements: instrument.items.len(),
            closes_at: by_dates.then_some(closes_at),
            k: promises.k,
            coalition: promises.coalition,
            values_kept: promises.min_range,
            comments: promises.comments,
            key: KeyHeld::of(promises),
            team_reads: promises.audiences.team,
            hr_groups_after_hours: promises.audiences.hr_groups_after_hours,
            hr_follows: promises.audiences.hr_participation,
            cards: promises.cards > 0,
            weakened_by: promises.weakened_by.clone(),
            purpose: own(&promises.purpose),
            not_for: own(&promises.not_for),
            later: by_dates.then(|| Later::of(&promises.schedule)),
            extension: match promises.schedule.extension_days {
                0 => Extension::None,
                days => Extension::Possible { days },
            },
            zone,
            check_words,
        }
    }

    /// The same round with the close of this schedule, which is that of its promise sheet or the later one of its extension.
    #[must_use]
    pub fn closing_at(self, schedule: &Schedule) -> Self {
        let Some(planned) = self.closes_at.filter(|planned| *planned < schedule.closes_at) else { return self };
        let closes_at = schedule.closes_at;
        Self { closes_at: Some(closes_at), later: Some(Later::of(schedule)), extension: Extension::Done { planned }, ..self }
    }
}

impl KeyHeld {
    /// Who holds the key of a promise sheet. Whoever holds it outside the operator is named on every sheet that there can be.
    fn of(promises: &Manifest) -> Self {
        let name = promises.key_holder.clone();
        match (promises.mode, promises.passphrase) {
            (Mode::Trustee, _) => Self::Outside(name.unwrap_or_default()),
            (Mode::Solo, false) => Self::Process,
            (Mode::Solo, true) => name.map_or(Self::Locked, Self::LockedBy),
        }
    }
}

impl Later {
    /// What follows on the close of a schedule.
    fn of(schedule: &Schedule) -> Self {
        let closes_at = schedule.closes_at;
        Self {
            closes_at,
            objections_until: schedule.opens(closes_at),
            published_from: schedule.publishes(closes_at),
            published_by: schedule.aborts(closes_at),
        }
    }
}

impl Group {
    /// A group of a list with its teams and their leaders. Which of several teams is a recipient's own is not part of the list.
    #[must_use]
    pub fn of(groups: &GroupList, group: GroupId) -> Option<Self> {
        let (leaf, hash) = (groups.leaf(group)?, groups.leaf_hash(group)?);
        Some(Self {
            label: leaf.label.clone(),
            unit: leaf.unit.0.last().map(ToString::to_string),
            invited: leaf.invited,
            teams: leaf.teams.iter().map(|entry| Team { label: entry.label.to_string(), leaders: entry.leaders.clone() }).collect(),
            check_words: words::group_words(&hash).join(" "),
        })
    }
}

/// A text of the organisers per language; one whose language is not said is in the round's first.
fn own_words(texts: &Texts, first: Option<&Language>) -> Words {
    match texts {
        Texts::PerLanguage(texts) => texts.clone(),
        Texts::Plain(text) => first.map(|language| (language.clone(), text.clone())).into_iter().collect(),
    }
}
