//! What HR can do with a round at this moment.

use std::fmt;

use domain::{Moment, Schedule, WaveState};

use super::Situation;
use crate::words::{Saying, Value};

/// Something that HR can do with a round now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundAction {
    /// Which.
    pub verb: Verb,
    /// The words on the button.
    pub label: Saying,
    /// What it does, in a sentence or two.
    pub explains: Saying,
    /// Whether the passphrase of the key must be given.
    pub wants_passphrase: bool,
    /// Whether it wants an answer to the objections, which everybody reads.
    pub wants_answer: bool,
    /// The days by which it may put the close off, each with the close that it gives; empty where it wants no number of days.
    pub days: Vec<(u32, Value)>,
    /// Whether it ends the round without a result. It then wants a reason.
    pub grave: bool,
    /// What the field of that reason is called, which says who reads it.
    pub reason: Saying,
}

/// The things that can be done with a launched round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Remind those who have not answered.
    Remind,
    /// Put the close off.
    Extend,
    /// End the answering, or shut the box.
    Close,
    /// Answer the objections in public.
    Answer,
    /// Open and check the answers.
    Open,
    /// Publish the result.
    Publish,
    /// End the round without a result.
    Abort,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 7] = [Self::Remind, Self::Extend, Self::Close, Self::Answer, Self::Open, Self::Publish, Self::Abort];

    /// The verb as it stands in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Extend => "extend",
            Self::Close => "close",
            Self::Answer => "answer",
            Self::Open => "open",
            Self::Publish => "publish",
            Self::Abort => "abort",
        }
    }

    /// Whether it cannot be taken back; the console then takes it only from somebody who says that they know.
    #[must_use]
    pub const fn cannot_be_taken_back(self) -> bool {
        match self {
            Self::Extend | Self::Close | Self::Answer | Self::Publish | Self::Abort => true,
            Self::Remind | Self::Open => false,
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == text)
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Situation<'_> {
    /// What HR can do at this moment, in the order of the page.
    pub(super) fn actions(&self) -> Vec<RoundAction> {
        let schedule = &self.settings.schedule;
        let due = |moment: Moment| self.now >= moment;
        let plain = |verb, label, explains| RoundAction {
            verb,
            label: Saying::key(label),
            explains: Saying::key(explains),
            wants_passphrase: false,
            wants_answer: false,
            days: Vec::new(),
            grave: false,
            reason: Saying::key("round-reason"),
        };
        let mut actions = Vec::new();
        match self.record.state {
            WaveState::Running if !self.is_open() => {}
            WaveState::Running => {
                if !self.record.restored {
                    actions.push(plain(Verb::Remind, "action-remind", "action-remind-does"));
                }
                if let Some(most) = self.may_extend() {
                    let explains = Saying::key("action-extend-does").and("moment", schedule.closes_at).and("days", most);
                    let until = |days| Some((days, Value::from(schedule.extended_by(days).ok()?.closes_at)));
                    let days = (1..=most).filter_map(until).collect();
                    actions.push(RoundAction { explains, days, ..plain(Verb::Extend, "action-extend", "action-extend") });
                }
                if self.by_command() || due(schedule.closes_at) {
                    actions.push(plain(Verb::Close, "action-close", "action-close-does"));
                }
            }
            WaveState::Closing if due(schedule.box_shuts(self.close())) => {
                actions.push(plain(Verb::Close, "action-shut", "action-shut-does"));
            }
            WaveState::Closed if self.objections.unanswered() && due(schedule.opens(self.close())) => {
                actions.push(RoundAction { wants_answer: true, ..plain(Verb::Answer, "action-answer", "action-answer-does") });
            }
            // Nobody here can open: what comes back from the key holder is handed in.
            WaveState::Closed if self.key_holder().is_some() => {}
            WaveState::Closed if due(schedule.opens(self.close())) => {
                let wants_passphrase = self.settings.passphrase;
                actions.push(RoundAction { wants_passphrase, ..plain(Verb::Open, "action-open", "action-open-does") });
            }
            WaveState::Opened if due(schedule.publishes(self.close())) => {
                let wants_passphrase = self.settings.passphrase && !self.release_written;
                let explains = self.unless_outside("action-publish-does", "action-publish-outside-does");
                if self.key_holder().is_none() || self.release_written || self.result_waits {
                    actions.push(RoundAction { wants_passphrase, explains, ..plain(Verb::Publish, "action-publish", "action-publish") });
                }
            }
            _ => {}
        }
        let can_end = matches!(
            self.record.state,
            WaveState::Launching | WaveState::Running | WaveState::Closing | WaveState::Closed | WaveState::Opened
        );
        if can_end && !self.release_written {
            let early = self.record.state == WaveState::Launching;
            let explains = self.unless_outside("action-abort-does", "action-abort-outside-does");
            let explains = if early { Saying::key("action-abort-early-does") } else { explains };
            let reason = Saying::key(if early { "round-reason-early" } else { "round-reason" });
            actions.push(RoundAction { grave: true, explains, reason, ..plain(Verb::Abort, "action-abort", "action-abort") });
        }
        actions
    }

    /// By how many days at most the close can be put off now; `None` when it cannot.
    fn may_extend(&self) -> Option<u32> {
        let Schedule { extension_days, closes_at, .. } = self.settings.schedule;
        let possible = extension_days > 0 && self.record.extended_days == 0 && !self.record.restored && self.now < closes_at;
        (possible && self.record.state == WaveState::Running).then_some(extension_days)
    }
}
