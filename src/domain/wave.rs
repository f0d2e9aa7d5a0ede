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
}

/// The shortest grace of a wave that runs by dates, in seconds.
pub const SHORTEST_GRACE: u64 = 60;
/// The shortest objection window of a wave that runs by dates, in seconds.
pub const SHORTEST_WINDOW: u64 = 3600;

/// Why a schedule makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ScheduleProblem(pub String);

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
        }
    }

    /// Checks that the moments follow each other.
    ///
    /// # Errors
    /// [`ScheduleProblem`] says which two moments stand in the wrong order.
    pub fn check(&self) -> Result<(), ScheduleProblem> {
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
