//! Standing groups: who will be reported together, proposed from head counts before a wave and frozen at its launch.
//!
//! Knows teams, their heads and their place in the organisation; never an answer, never who answers. The rule in words and as
//! pseudo-code stands in `docs/disclosure.md`.

mod checking;
mod naming;
mod proposal;
mod tree;

use domain::{TeamLabel, UnitPath};
use serde::{Deserialize, Serialize};

use crate::plan::SMALLEST_K;

pub use checking::{COUNTED_UP_TO, GroupsRefused, check_groups};
pub use proposal::{propose, propose_after};

/// A team as the proposal sees it: a name, a place and a number of heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSize {
    /// The team's name, unique.
    pub team: TeamLabel,
    /// The team that leads this one; `None` for a team right under the organisation.
    pub above: Option<TeamLabel>,
    /// How many people would be invited in it (N).
    pub invited: u32,
}

/// A group of people who are reported together, with everything that follows from its teams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedGroup {
    /// The name people read; unique after normalisation.
    pub label: String,
    /// The deepest unit in which all of its teams stand.
    pub unit: UnitPath,
    /// Its teams, ascending.
    pub teams: Vec<TeamLabel>,
    /// How many people would be invited in it (N).
    pub invited: u32,
}

/// A group as a person names and composes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedTeams {
    /// The name people will read.
    pub label: String,
    /// The teams in it.
    pub teams: Vec<TeamLabel>,
}

/// How small groups may be: k, and the smallest group that is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    k: u32,
    group_min: u32,
}

/// Why a policy is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPolicy {
    /// k is below the floor.
    #[error("k is {k}: it must be at least {SMALLEST_K}")]
    KTooSmall {
        /// k as given.
        k: u32,
    },
    /// A group of this size could never lose anybody without falling below k.
    #[error(
        "group_min is {group_min}: it must be at least {least}, one more than k, so that one missing answer does not combine a group",
        least = u64::from(*k) + 1
    )]
    GroupTooSmall {
        /// group_min as given.
        group_min: u32,
        /// k.
        k: u32,
    },
}

impl Policy {
    /// A policy with `k >= 4` and `group_min >= k + 1`.
    ///
    /// # Errors
    /// [`InvalidPolicy`] names the number that is too small.
    pub const fn new(k: u32, group_min: u32) -> Result<Self, InvalidPolicy> {
        if k < SMALLEST_K {
            Err(InvalidPolicy::KTooSmall { k })
        } else if group_min <= k {
            Err(InvalidPolicy::GroupTooSmall { group_min, k })
        } else {
            Ok(Self { k, group_min })
        }
    }

    /// The smallest number of respondents reported together.
    #[must_use]
    pub const fn k(self) -> u32 {
        self.k
    }

    /// The smallest group that is proposed.
    #[must_use]
    pub const fn group_min(self) -> u32 {
        self.group_min
    }

    /// The smallest group that may stand at all: k + 1.
    #[must_use]
    pub const fn floor(self) -> u32 {
        self.k.saturating_add(1)
    }

    /// From how many heads a team leaves the group that it shared in the wave before: `group_min` + 2, so that a team around
    /// `group_min` does not move to and fro.
    #[must_use]
    pub const fn leaves_at(self) -> u32 {
        self.group_min.saturating_add(2)
    }
}

/// Why the teams are not a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeProblem {
    /// Two teams have one name.
    #[error("team \"{team}\" stands twice in the list of teams")]
    TeamTwice {
        /// The name.
        team: TeamLabel,
    },
    /// A team is said to be under one that does not exist.
    #[error("team \"{team}\" is said to be under \"{above}\", which is not in the list of teams")]
    UnknownTeamAbove {
        /// The team.
        team: TeamLabel,
        /// The team above.
        above: TeamLabel,
    },
    /// Going up from a team never ends.
    #[error("going up from team \"{team}\" never reaches the top: the teams above it lead in a circle")]
    Circle {
        /// The first such team by name.
        team: TeamLabel,
    },
}

/// Why no groups can be proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposalRefused {
    /// The teams are not a tree.
    #[error(transparent)]
    Tree(#[from] TreeProblem),
    /// The whole organisation is too small for one group.
    #[error("{invited} people are invited, at least {needed} are needed: with fewer, one missing answer would hide every result")]
    TooFewPeople {
        /// People invited in all teams.
        invited: u64,
        /// k + 1.
        needed: u32,
    },
}
