//! Groups that a person has merged or named: checked and completed.

use std::collections::BTreeSet;

use domain::TeamLabel;

use super::naming::normalised;
use super::tree::Tree;
use super::{NamedTeams, Policy, ProposedGroup, TeamSize, TreeProblem};

/// Why a list of groups cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GroupsRefused {
    /// The teams are not a tree.
    #[error(transparent)]
    Tree(#[from] TreeProblem),
    /// A group has no name.
    #[error("the group of the teams {teams} has no name: give it one that people will recognise")]
    NoName {
        /// Its teams.
        teams: String,
    },
    /// Two groups have one name.
    #[error("two groups are called \"{label}\" (case and spacing do not count): give one of them another name")]
    NameTwice {
        /// The name as the second group has it.
        label: String,
    },
    /// A group contains a team that does not exist.
    #[error("group \"{group}\" contains team \"{team}\", which is not in the list of teams")]
    UnknownTeam {
        /// The group.
        group: String,
        /// The team.
        team: TeamLabel,
    },
    /// A team is in two groups, or twice in one.
    #[error("team \"{team}\" is in group \"{first}\" and in group \"{second}\": every team answers in exactly one group")]
    TeamTwice {
        /// The team.
        team: TeamLabel,
        /// The first group.
        first: String,
        /// The second group.
        second: String,
    },
    /// A team is in no group.
    #[error("team \"{team}\" is in no group: its people could not answer")]
    TeamMissing {
        /// The team.
        team: TeamLabel,
    },
    /// A group is too small.
    #[error("group \"{group}\" has {invited} people, at least {needed} are needed: merge it with another group")]
    TooSmall {
        /// The group.
        group: String,
        /// People invited in it.
        invited: u32,
        /// k + 1.
        needed: u32,
    },
}

/// Checks groups that a person composed, and completes them with unit and head count; ordered by unit, then by teams.
///
/// Every team must be in exactly one group, every group have a name of its own and at least k + 1 people.
///
/// # Errors
/// [`GroupsRefused`] says which group or team breaks which rule and what to do.
pub fn check_groups(named: &[NamedTeams], teams: &[TeamSize], policy: Policy) -> Result<Vec<ProposedGroup>, GroupsRefused> {
    let tree = Tree::of(teams)?;
    let mut names = BTreeSet::new();
    let mut group_of: Vec<Option<&str>> = vec![None; tree.len()];
    let mut groups = Vec::with_capacity(named.len());
    for group in named {
        let label = normalised(&group.label);
        if label.is_empty() {
            let teams: Vec<&str> = group.teams.iter().map(TeamLabel::as_str).collect();
            return Err(GroupsRefused::NoName { teams: teams.join(", ") });
        }
        if !names.insert(label) {
            return Err(GroupsRefused::NameTwice { label: group.label.clone() });
        }
        let mut members = Vec::with_capacity(group.teams.len());
        for team in &group.teams {
            let unknown = || GroupsRefused::UnknownTeam { group: group.label.clone(), team: team.clone() };
            let index = tree.find(team).ok_or_else(unknown)?;
            if let Some(first) = group_of.get_mut(index).ok_or_else(unknown)?.replace(&group.label) {
                return Err(GroupsRefused::TeamTwice { team: team.clone(), first: first.to_owned(), second: group.label.clone() });
            }
            members.push(index);
        }
        members.sort_unstable();
        let invited = tree.invited_in(&members);
        if invited < policy.floor() {
            return Err(GroupsRefused::TooSmall { group: group.label.clone(), invited, needed: policy.floor() });
        }
        groups.push(ProposedGroup {
            label: group.label.trim().to_owned(),
            unit: tree.path(tree.unit(&members)),
            teams: tree.labels(&members),
            invited,
        });
    }
    let missing: Vec<usize> = (0..tree.len()).filter(|team| group_of.get(*team).is_none_or(Option::is_none)).collect();
    if let Some(team) = tree.labels(&missing).into_iter().next() {
        return Err(GroupsRefused::TeamMissing { team });
    }
    groups.sort_unstable_by(|a, b| (&a.unit, &a.teams).cmp(&(&b.unit, &b.teams)));
    Ok(groups)
}
