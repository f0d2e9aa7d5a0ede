//! Re-organisations: what happened to teams between two waves, as HR says it.
//!
//! A staff list only says which teams there are. That *Sales West* is what was called *Field Sales* before stands in no list, so it
//! is said by a dated [`ReorgEvent`]. [`Reorganised`] follows the teams of a launched wave through the events since then: which of
//! them a team of today continues, and where the events and the staff list disagree. The rules in words stand in
//! `docs/staff-list.md`.

mod checking;
mod suggesting;
mod tracing;

#[cfg(test)]
mod suggesting_tests;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::TeamLabel;
use crate::moment::Day;

pub use checking::{EventRefused, check, check_without};
pub use suggesting::{Suggestion, TeamsThen, suggest};
pub use tracing::{Disagreement, Heirs, Reorganised, TeamPlaces};

/// What happened to teams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ReorgEvent {
    /// A team has another name now.
    Rename {
        /// Its name before.
        from: TeamLabel,
        /// Its name since then.
        to: TeamLabel,
    },
    /// Several teams became one.
    Merge {
        /// The teams before, two or more.
        teams: Vec<TeamLabel>,
        /// The team since then; may carry the name of one of them.
        into: TeamLabel,
    },
    /// One team became several.
    Split {
        /// The team before.
        team: TeamLabel,
        /// The teams since then, two or more; one may carry the old name.
        into: Vec<TeamLabel>,
    },
    /// A team stands elsewhere in the organisation.
    Move {
        /// The team.
        team: TeamLabel,
        /// The team above since then; `None` for right under the organisation.
        under: Option<TeamLabel>,
    },
}

impl fmt::Display for ReorgEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rename { from, to } => write!(f, "\"{from}\" was renamed to \"{to}\""),
            Self::Merge { teams, into } => write!(f, "{} were merged into \"{into}\"", quoted(teams)),
            Self::Split { team, into } => write!(f, "\"{team}\" was split into {}", quoted(into)),
            Self::Move { team, under: Some(under) } => write!(f, "\"{team}\" was moved under \"{under}\""),
            Self::Move { team, under: None } => write!(f, "\"{team}\" was moved to the top"),
        }
    }
}

/// `"A", "B" and "C"`.
fn quoted(teams: &[TeamLabel]) -> String {
    let mut names: Vec<String> = teams.iter().map(|team| format!("\"{team}\"")).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) }
}

/// An event with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedEvent {
    /// The day since which it holds.
    pub on: Day,
    /// What happened.
    pub event: ReorgEvent,
}

/// An event as it was recorded. Events happen in the order of their days, and on one day in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its number, from 1 in the order in which events were recorded.
    pub number: u32,
    /// The event with its day.
    pub dated: DatedEvent,
}

impl fmt::Display for RecordedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {} ({}: {})", self.number, self.dated.on, self.dated.event)
    }
}
