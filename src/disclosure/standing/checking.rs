//! Groups that a person merged and named: checked against the proposal and completed.

use std::collections::{BTreeMap, BTreeSet};

use domain::text::is_invisible;
use domain::{TeamLabel, UnitPath};

use super::naming::{joined, normalised};
use super::{NamedTeams, ProposedGroup};

/// How the names begin that the audit file gives to answers counted one level up; no group may be called so.
pub const COUNTED_UP_TO: &str = "counted up to ";

/// How much of a name that cannot stand is repeated.
const NAME_REPEATED: usize = 40;

/// Why a list of groups cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GroupsRefused {
    /// A group has no name.
    #[error("the group of {teams} has no name: give it one that people will recognise")]
    NoName {
        /// Its teams.
        teams: String,
    },
    /// A name that nobody can read, or that reads otherwise than it is written.
    #[error(
        "the group of {teams} cannot be called {name}: use one line of at most 120 characters, each of which can be seen",
        name = repeated(label)
    )]
    Unreadable {
        /// Its teams.
        teams: String,
        /// The name.
        label: String,
    },
    /// A name that the audit file gives to something else.
    #[error("the group of {teams} cannot be called \"{label}\": so begin the names of answers that people count one level up")]
    CountedUp {
        /// Its teams.
        teams: String,
        /// The name.
        label: String,
    },
    /// A group is called as a team that is not in it.
    #[error("the group of {teams} cannot be called \"{label}\": that is team \"{team}\", whose people are not in it")]
    OtherTeam {
        /// Its teams.
        teams: String,
        /// The name.
        label: String,
        /// The team that is called so.
        team: TeamLabel,
    },
    /// Two groups have one name.
    #[error("two groups are called \"{label}\" (case and spacing do not count): give one of them another name")]
    NameTwice {
        /// The name as the second group has it.
        label: String,
    },
    /// A group has no teams.
    #[error("group \"{group}\" has no teams: leave it out, or put whole groups of the proposal into it")]
    NoTeams {
        /// The group.
        group: String,
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
    /// Teams that are proposed as one group are in two.
    #[error(
        "the proposed group \"{proposed}\" is taken apart: its team \"{team}\" is in group \"{first}\" and its team \"{other}\" in group \"{second}\". Groups can be merged and named, not taken apart: put all of its teams into one group"
    )]
    TakenApart {
        /// The name of the proposed group.
        proposed: String,
        /// One of its teams.
        team: TeamLabel,
        /// The group in which that team is.
        first: String,
        /// Another of its teams.
        other: TeamLabel,
        /// The group in which that other team is.
        second: String,
    },
}

/// The beginning of a name, with everything that cannot be seen written out.
fn repeated(name: &str) -> String {
    let beginning: String = name.chars().take(NAME_REPEATED).collect();
    let more = if beginning.len() < name.len() { " …" } else { "" };
    format!("{beginning:?}{more}")
}

/// Checks groups that a person merged from a proposal and named, and completes them with unit and head count; ordered by unit, then by
/// teams.
///
/// Every group must consist of whole groups of the proposal, every team be in exactly one group, and every group have a name of its own
/// that reads as nothing else. So the people of a team stay together with everybody with whom the proposal put them, and no group
/// is smaller than a proposed one. What stands as it was proposed keeps its proposed name, whatever that is.
///
/// # Errors
/// [`GroupsRefused`] says which group or team breaks which rule and what to do.
pub fn check_groups(named: &[NamedTeams], proposal: &[ProposedGroup]) -> Result<Vec<ProposedGroup>, GroupsRefused> {
    let names = NamesToGive::after(proposal);
    let teams: BTreeSet<&TeamLabel> = proposal.iter().flat_map(|group| &group.teams).collect();
    let mut taken = BTreeSet::new();
    let mut group_of: BTreeMap<&TeamLabel, &NamedTeams> = BTreeMap::new();
    for group in named {
        names.check(group)?;
        let label = || group.label.clone();
        if !taken.insert(normalised(&group.label)) {
            return Err(GroupsRefused::NameTwice { label: label() });
        }
        if group.teams.is_empty() {
            return Err(GroupsRefused::NoTeams { group: label() });
        }
        for team in &group.teams {
            if !teams.contains(team) {
                return Err(GroupsRefused::UnknownTeam { group: label(), team: team.clone() });
            }
            if let Some(first) = group_of.insert(team, group) {
                return Err(GroupsRefused::TeamTwice { team: team.clone(), first: first.label.clone(), second: label() });
            }
        }
    }
    let mut merged: BTreeMap<&str, ProposedGroup> = BTreeMap::new();
    for proposed in proposal {
        let into = whole(proposed, &group_of)?;
        let label = into.label.trim();
        let group = merged.entry(label).or_insert_with(|| ProposedGroup {
            label: label.to_owned(),
            unit: proposed.unit.clone(),
            teams: Vec::new(),
            invited: 0,
        });
        group.unit = UnitPath::common(&group.unit, &proposed.unit);
        group.teams.extend_from_slice(&proposed.teams);
        group.invited = group.invited.saturating_add(proposed.invited);
    }
    let mut groups: Vec<ProposedGroup> = merged.into_values().collect();
    for group in &mut groups {
        group.teams.sort_unstable();
    }
    groups.sort_unstable_by(|a, b| (&a.unit, &a.teams).cmp(&(&b.unit, &b.teams)));
    Ok(groups)
}

/// What a name must not be mistaken for.
struct NamesToGive<'a> {
    /// Teams by normalised name.
    teams: BTreeMap<String, &'a TeamLabel>,
    /// The proposed names by the teams of the group.
    proposed: BTreeMap<&'a [TeamLabel], &'a str>,
}

impl<'a> NamesToGive<'a> {
    fn after(proposal: &'a [ProposedGroup]) -> Self {
        let teams = proposal.iter().flat_map(|group| &group.teams);
        Self {
            teams: teams.map(|team| (normalised(team.as_str()), team)).collect(),
            proposed: proposal.iter().map(|group| (group.teams.as_slice(), group.label.as_str())).collect(),
        }
    }

    fn check(&self, group: &NamedTeams) -> Result<(), GroupsRefused> {
        let label = group.label.trim();
        let mut sorted = group.teams.clone();
        sorted.sort_unstable();
        if self.proposed.get(sorted.as_slice()) == Some(&label) {
            return Ok(());
        }
        let (teams, label) = (joined(&group.teams), label.to_owned());
        if label.is_empty() {
            return Err(GroupsRefused::NoName { teams });
        }
        if TeamLabel::parse(&label).is_err() || label.chars().any(is_invisible) {
            return Err(GroupsRefused::Unreadable { teams, label });
        }
        let normal = normalised(&label);
        if normal.starts_with(COUNTED_UP_TO) {
            return Err(GroupsRefused::CountedUp { teams, label });
        }
        match self.teams.get(&normal) {
            Some(team) if !group.teams.contains(team) => Err(GroupsRefused::OtherTeam { teams, label, team: (*team).clone() }),
            _ => Ok(()),
        }
    }
}

/// The one group in which all teams of a proposed group are.
fn whole<'a>(proposed: &ProposedGroup, group_of: &BTreeMap<&TeamLabel, &'a NamedTeams>) -> Result<&'a NamedTeams, GroupsRefused> {
    let mut found: Option<(&TeamLabel, &'a NamedTeams)> = None;
    for other in &proposed.teams {
        let missing = || GroupsRefused::TeamMissing { team: other.clone() };
        let second = *group_of.get(other).ok_or_else(missing)?;
        match found {
            None => found = Some((other, second)),
            Some((_, first)) if first.label == second.label => {}
            Some((team, first)) => {
                return Err(GroupsRefused::TakenApart {
                    proposed: proposed.label.clone(),
                    team: team.clone(),
                    first: first.label.clone(),
                    other: other.clone(),
                    second: second.label.clone(),
                });
            }
        }
    }
    found.map(|(_, group)| group).ok_or_else(|| GroupsRefused::NoTeams { group: proposed.label.clone() })
}
