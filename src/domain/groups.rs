//! The frozen group list of a wave: who answers together, under which unit, with which past.

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, TeamLabel};

/// The place of a group in the organisation: the labels of the units from the root down; empty means the organisation itself.
///
/// A unit is a team together with all teams led from it, and carries that team's label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPath(pub Vec<TeamLabel>);

impl UnitPath {
    /// The organisation as a whole.
    #[must_use]
    pub fn organisation() -> Self {
        Self::default()
    }

    /// The unit above; `None` for the organisation.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    /// The unit one step below under `label`.
    #[must_use]
    pub fn child(&self, label: TeamLabel) -> Self {
        let mut path = self.0.clone();
        path.push(label);
        Self(path)
    }

    /// Whether this unit is `other` or lies above it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The deepest unit that contains both.
    #[must_use]
    pub fn common(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).take_while(|(a, b)| a == b).map(|(a, _)| a.clone()).collect())
    }
}

/// One standing group as frozen at launch: one leaf of the tree whose root stands in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupLeaf {
    /// Position in the list, from 0.
    pub group: GroupId,
    /// The name people read; unique within the wave after normalisation.
    pub label: String,
    /// Where the group stands in the organisation.
    pub unit: UnitPath,
    /// How many people were invited in this group (N).
    pub invited: u32,
    /// The groups of the previous published wave that this group continues.
    pub predecessors: Vec<Predecessor>,
    /// The teams whose members answer in this group.
    pub teams: Vec<TeamEntry>,
}

/// A group of the previous published wave that a group continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// The earlier group, in the earlier wave's list.
    pub group: GroupId,
    /// How much of this group's people were invited in that earlier group.
    pub same: SameShare,
}

/// The share of a group's people who were invited in the earlier group, as a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SameShare {
    /// Less than a quarter.
    UnderQuarter,
    /// A quarter to under a half.
    QuarterToHalf,
    /// A half to under three quarters.
    HalfToThreeQuarters,
    /// Three quarters or more.
    ThreeQuartersOrMore,
}

impl SameShare {
    /// The band that `same` of `all` people fall into; an empty group is under a quarter.
    #[must_use]
    pub fn of(same: u32, all: u32) -> Self {
        match (u64::from(same) * 4).checked_div(u64::from(all)) {
            None | Some(0) => Self::UnderQuarter,
            Some(1) => Self::QuarterToHalf,
            Some(2) => Self::HalfToThreeQuarters,
            Some(_) => Self::ThreeQuartersOrMore,
        }
    }
}

/// A team inside a standing group, with its leaders' names as everybody in the organisation knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamEntry {
    /// The team's name.
    pub label: TeamLabel,
    /// The names of its leaders; may be empty for a team without a leader.
    pub leaders: Vec<String>,
}
