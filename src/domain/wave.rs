//! The life of a wave: its states, its gate, its dates.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;

/// The state of a wave on the people side; it drives the life of the wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WaveState {
    /// Being prepared; everything can change.
    Draft,
    /// Frozen, keys being made; replayed at start until it runs.
    Launching,
    /// People can answer.
    Running,
    /// No new answers begin; answers under way may still arrive until the grace ends.
    Closing,
    /// The box is shut, the list of counted answers is public, objections may be raised.
    Closed,
    /// Opened and verified once; nobody has seen a number.
    Opened,
    /// The Release is public, the box key and the ballots are destroyed.
    Published,
    /// Ended without a result; ballots destroyed unopened.
    Aborted,
}

impl WaveState {
    /// The state as stored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Launching => "launching",
            Self::Running => "running",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::Opened => "opened",
            Self::Published => "published",
            Self::Aborted => "aborted",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Launching, Self::Running, Self::Closing, Self::Closed, Self::Opened, Self::Published, Self::Aborted]
            .into_iter()
            .find(|state| state.as_str() == text)
    }

    /// Whether the wave has ended for good.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Published | Self::Aborted)
    }
}

impl fmt::Display for WaveState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The gate of the ballot side; it follows [`WaveState`] and never leads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gate {
    /// Ballots are taken.
    Open,
    /// The box is shut; the ballots wait for the opening.
    Closed,
    /// The ballots are destroyed.
    Done,
}

impl Gate {
    /// The gate as stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Done => "done",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Done].into_iter().find(|gate| gate.as_str() == text)
    }
}

/// Who sets the moments of a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// The dates frozen at launch; the worker acts on them and commands do only what is due.
    Dates,
    /// Commands set the moment. Loopback only, printed on the promise sheet; this is how the demo runs.
    Manual,
}

/// The dates of a wave, frozen at launch. Everything after the close is an offset from the actual close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Who sets the moments.
    pub pace: Pace,
    /// When the wave stops taking new answers.
    pub closes_at: Moment,
    /// How long answers under way may still arrive after the close, in seconds (15 minutes by default).
    pub grace_seconds: u64,
    /// How long objections are taken once the box is shut, in seconds (3 days by default).
    pub window_seconds: u64,
    /// When the result is published, in seconds after the close.
    pub publish_at_seconds: u64,
    /// When the wave is aborted if it could not be published, in seconds after the close.
    pub publish_by_seconds: u64,
    /// By how many whole days at most the close may be put off, once, before it comes. Written only where it is not 0, so that whatever was frozen
    /// without it keeps its bytes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub extension_days: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(days: &u32) -> bool {
    *days == 0
}

/// The shortest grace of a wave that runs by dates, in seconds.
pub const SHORTEST_GRACE: u64 = 60;
/// The shortest objection window of a wave that runs by dates, in seconds.
pub const SHORTEST_WINDOW: u64 = 3600;

/// The longest time by which a close may be put off, in days.
pub const LONGEST_EXTENSION: u32 = 7;

/// Why a schedule makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScheduleProblem(pub String);

/// Why the close of a wave is not put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionRefused {
    /// It was not declared before the launch.
    #[error("an extension was not declared before the launch, so nobody was told that the round may take longer")]
    NotDeclared,
    /// It was done before, and can be done once.
    #[error("it was extended before, by {days} days, and that can be done once: it takes answers until {closes_at}")]
    Already {
        /// By how many days.
        days: u32,
        /// Until when answers are taken since.
        closes_at: Moment,
    },
    /// Longer than was declared, or no time at all.
    #[error("an extension by {days} days is not what was declared: it must be 1 to {most} whole days")]
    TooLong {
        /// The days that were asked for.
        days: u32,
        /// The days that were declared.
        most: u32,
    },
    /// The close is due.
    #[error("its close is due since {closes_at}: what was announced has come")]
    Due {
        /// The announced close.
        closes_at: Moment,
    },
}

const DAY: Duration = Duration::from_secs(24 * 3600);

impl Schedule {
    /// The default offsets: 15 minutes of grace, 3 days for objections, published after 4 days, at the latest after 14.
    #[must_use]
    pub const fn with_defaults(closes_at: Moment) -> Self {
        Self {
            pace: Pace::Dates,
            closes_at,
            grace_seconds: 15 * 60,
            window_seconds: 3 * 24 * 3600,
            publish_at_seconds: 4 * 24 * 3600,
            publish_by_seconds: 14 * 24 * 3600,
            extension_days: 0,
        }
    }

    /// A schedule in which commands set every moment and nothing has to be waited for.
    #[must_use]
    pub const fn manual(closes_at: Moment) -> Self {
        Self {
            pace: Pace::Manual,
            closes_at,
            grace_seconds: 0,
            window_seconds: 0,
            publish_at_seconds: 0,
            publish_by_seconds: 365 * 24 * 3600,
            extension_days: 0,
        }
    }

    /// Checks that the moments follow each other.
    ///
    /// # Errors
    /// [`ScheduleProblem`] says which two moments stand in the wrong order.
    pub fn check(&self) -> Result<(), ScheduleProblem> {
        if self.extension_days > LONGEST_EXTENSION {
            return Err(ScheduleProblem(format!(
                "the close could be put off by {} days: {LONGEST_EXTENSION} days are the most",
                self.extension_days
            )));
        }
        if self.pace == Pace::Manual && self.extension_days > 0 {
            return Err(ScheduleProblem("a close that commands set anyway cannot be put off: leave the extension away".to_owned()));
        }
        // An answer under way needs a moment to arrive, and people need time to look at the list of counted answers.
        if self.pace == Pace::Dates && (self.grace_seconds < SHORTEST_GRACE || self.window_seconds < SHORTEST_WINDOW) {
            return Err(ScheduleProblem(format!(
                "a grace of {} s and an objection window of {} s are too short: at least {SHORTEST_GRACE} s and {SHORTEST_WINDOW} s are needed",
                self.grace_seconds, self.window_seconds
            )));
        }
        let opening = self.grace_seconds.saturating_add(self.window_seconds);
        if self.publish_at_seconds < opening {
            return Err(ScheduleProblem(format!(
                "the result would be published {} s after the close, before grace and objection window end ({opening} s): raise publish_at",
                self.publish_at_seconds
            )));
        }
        if self.pace == Pace::Dates && self.publish_by_seconds < self.publish_at_seconds.saturating_add(SHORTEST_WINDOW) {
            return Err(ScheduleProblem(format!(
                "publish_by ({} s) leaves less than {SHORTEST_WINDOW} s after publish_at ({} s) for a second try: raise publish_by",
                self.publish_by_seconds, self.publish_at_seconds
            )));
        }
        if self.publish_by_seconds < self.publish_at_seconds {
            return Err(ScheduleProblem(format!(
                "publish_by ({} s) lies before publish_at ({} s): raise publish_by",
                self.publish_by_seconds, self.publish_at_seconds
            )));
        }
        Ok(())
    }

    /// The schedule after the one extension: the close comes so many days later, and with it everything that counts from it. 0 days leave it as it is.
    ///
    /// # Errors
    /// [`ExtensionRefused::TooLong`] for more days than were declared.
    pub fn extended_by(&self, days: u32) -> Result<Self, ExtensionRefused> {
        if days > self.extension_days {
            return Err(ExtensionRefused::TooLong { days, most: self.extension_days });
        }
        Ok(Self { closes_at: self.closes_at.plus(DAY * days), ..self.clone() })
    }

    /// Extends the close of a running wave by whole days: the schedule as it stands from then on. `before` is by how many days it was extended already.
    ///
    /// # Errors
    /// [`ExtensionRefused`] says why this wave cannot be extended like that, or not any more.
    pub fn extend(&self, before: u32, days: u32, now: Moment) -> Result<Self, ExtensionRefused> {
        if self.extension_days == 0 {
            return Err(ExtensionRefused::NotDeclared);
        }
        if before > 0 {
            return Err(ExtensionRefused::Already { days: before, closes_at: self.extended_by(before)?.closes_at });
        }
        if now >= self.closes_at {
            return Err(ExtensionRefused::Due { closes_at: self.closes_at });
        }
        if days == 0 || days > self.extension_days {
            return Err(ExtensionRefused::TooLong { days, most: self.extension_days });
        }
        self.extended_by(days)
    }

    /// Whether a wave that was extended by so many days may have stopped taking answers at a moment: as announced, or later because nothing ran to stop it.
    ///
    /// # Errors
    /// [`ScheduleProblem`] for a longer extension than was declared, and for a close before the announced one.
    pub fn check_close(&self, extended: u32, closed_at: Moment) -> Result<(), ScheduleProblem> {
        let announced = self.extended_by(extended).map_err(|refused| ScheduleProblem(refused.to_string()))?.closes_at;
        if self.pace == Pace::Dates && closed_at < announced {
            return Err(ScheduleProblem(format!("it stopped taking answers at {closed_at}, before the announced close at {announced}")));
        }
        Ok(())
    }

    /// When the box shuts, given when the wave actually stopped taking answers.
    #[must_use]
    pub fn box_shuts(&self, closed_at: Moment) -> Moment {
        closed_at.plus(Duration::from_secs(self.grace_seconds))
    }

    /// When the ballots may be opened.
    #[must_use]
    pub fn opens(&self, closed_at: Moment) -> Moment {
        closed_at.plus(Duration::from_secs(self.grace_seconds.saturating_add(self.window_seconds)))
    }

    /// When the result is published.
    #[must_use]
    pub fn publishes(&self, closed_at: Moment) -> Moment {
        closed_at.plus(Duration::from_secs(self.publish_at_seconds))
    }

    /// When a wave that could not be published is aborted.
    #[must_use]
    pub fn aborts(&self, closed_at: Moment) -> Moment {
        closed_at.plus(Duration::from_secs(self.publish_by_seconds))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        /// Any schedule by dates that can be frozen.
        fn schedules()(
            closes in 0_i64..4_000_000_000_000_000,
            grace in SHORTEST_GRACE..100_000,
            window in SHORTEST_WINDOW..1_000_000,
            wait in 0_u64..1_000_000,
            last in SHORTEST_WINDOW..2_000_000,
            extension_days in 0..=LONGEST_EXTENSION,
        ) -> Schedule {
            let publish_at_seconds = grace + window + wait;
            Schedule {
                pace: Pace::Dates,
                closes_at: Moment::from_micros(closes),
                grace_seconds: grace,
                window_seconds: window,
                publish_at_seconds,
                publish_by_seconds: publish_at_seconds + last,
                extension_days,
            }
        }
    }

    proptest! {
        #[test]
        fn an_extension_moves_the_close_and_keeps_the_order_of_everything_that_counts_from_it(
            planned in schedules(), days in 0..10_u32, early in 1..2_000_000_000_000_i64,
        ) {
            prop_assert_eq!(planned.check(), Ok(()));
            let now = Moment::from_micros(planned.closes_at.micros() - early);
            let Ok(extended) = planned.extend(0, days, now) else {
                prop_assert!(days == 0 || days > planned.extension_days);
                return Ok(());
            };
            prop_assert!((1..=planned.extension_days).contains(&days));
            prop_assert_eq!(extended.check(), Ok(()));
            let later = extended.closes_at.since(planned.closes_at);
            prop_assert_eq!(later, DAY * days);
            prop_assert!(later <= DAY * LONGEST_EXTENSION);
            let close = extended.closes_at;
            let order = [close, extended.box_shuts(close), extended.opens(close), extended.publishes(close), extended.aborts(close)];
            prop_assert!(order.is_sorted(), "{:?}", order);
            for (moment, before) in order.into_iter().zip([
                planned.closes_at,
                planned.box_shuts(planned.closes_at),
                planned.opens(planned.closes_at),
                planned.publishes(planned.closes_at),
                planned.aborts(planned.closes_at),
            ]) {
                prop_assert_eq!(moment.since(before), DAY * days, "every offset stays what was frozen");
            }
            // Once is once, whoever asks for how much.
            for again in 0..10 {
                let refused = planned.extend(days, again, now);
                prop_assert_eq!(refused, Err(ExtensionRefused::Already { days, closes_at: close }));
            }
        }

        #[test]
        fn a_close_is_accepted_from_the_announced_moment_on_and_never_with_more_days_than_were_declared(
            planned in schedules(), days in 0..10_u32, off in -1_000_000_000_000_i64..1_000_000_000_000,
        ) {
            let announced = planned.closes_at.plus(DAY * days);
            let closed_at = Moment::from_micros(announced.micros() + off);
            let accepted = planned.check_close(days, closed_at).is_ok();
            prop_assert_eq!(accepted, days <= planned.extension_days && off >= 0);
        }
    }

    fn planned(extension_days: u32) -> Schedule {
        Schedule { extension_days, ..Schedule::with_defaults(Moment::from_micros(1_796_000_000_000_000)) }
    }

    #[test]
    fn nothing_is_put_off_undeclared_or_once_the_close_is_due() {
        let (close, before) = (planned(0).closes_at, Moment::from_micros(0));
        assert_eq!(planned(0).extend(0, 1, before), Err(ExtensionRefused::NotDeclared));
        assert_eq!(planned(3).extend(0, 1, close), Err(ExtensionRefused::Due { closes_at: close }));
        assert_eq!(planned(3).extend(0, 4, before), Err(ExtensionRefused::TooLong { days: 4, most: 3 }));
        assert_eq!(planned(3).extended_by(4), Err(ExtensionRefused::TooLong { days: 4, most: 3 }));
    }

    #[test]
    fn a_schedule_without_an_extension_is_written_as_before_there_were_any_and_read_without_the_field() {
        let written = serde_json::to_string(&planned(0)).unwrap();
        let before = r#"{"pace":"dates","closes_at":"2026-11-30T00:53:20Z","grace_seconds":900,"window_seconds":259200,"publish_at_seconds":345600,"publish_by_seconds":1209600}"#;
        assert_eq!(written, before);
        assert_eq!(serde_json::from_str::<Schedule>(before).unwrap(), planned(0));
        let declared = serde_json::to_string(&planned(7)).unwrap();
        assert!(declared.ends_with(r#""publish_by_seconds":1209600,"extension_days":7}"#), "{declared}");
        assert_eq!(serde_json::from_str::<Schedule>(&declared).unwrap(), planned(7));
    }

    #[test]
    fn more_than_seven_days_and_an_extension_of_what_somebody_moves_by_hand_are_refused() {
        assert!(planned(7).check().is_ok());
        assert!(planned(8).check().unwrap_err().0.contains("7 days are the most"));
        let by_hand = Schedule { extension_days: 1, ..Schedule::manual(Moment::from_micros(0)) };
        assert!(by_hand.check().unwrap_err().0.contains("commands"));
    }
}
