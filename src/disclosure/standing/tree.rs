//! The tree of teams: where each team stands.

use std::collections::BTreeMap;

use domain::{TeamLabel, UnitPath};

use super::{TeamSize, TreeProblem};

/// A checked tree of teams, in the order of their names.
pub(super) struct Tree<'a> {
    teams: Vec<&'a TeamSize>,
    stands_in: Vec<UnitPath>,
}

impl<'a> Tree<'a> {
    /// Checks the teams and finds the unit in which each of them stands.
    ///
    /// A team with teams under it heads a unit (itself and everything below) and stands in that unit; a team without stands in
    /// the unit of the team above it, or in the organisation.
    pub(super) fn of(teams: &'a [TeamSize]) -> Result<Self, TreeProblem> {
        let mut sorted: Vec<&TeamSize> = teams.iter().collect();
        sorted.sort_unstable_by(|a, b| a.team.cmp(&b.team));
        if let Some(team) = sorted.array_windows().find_map(|[a, b]| (a.team == b.team).then(|| a.team.clone())) {
            return Err(TreeProblem::TeamTwice { team });
        }

        // Walk from the top down, so that the unit above is always known.
        let mut under: BTreeMap<&TeamLabel, Vec<usize>> = BTreeMap::new();
        let mut reached: Vec<(usize, UnitPath)> = Vec::new();
        for (index, team) in sorted.iter().enumerate() {
            match &team.above {
                None => reached.push((index, UnitPath::organisation())),
                Some(above) if sorted.binary_search_by(|t| t.team.cmp(above)).is_ok() => under.entry(above).or_default().push(index),
                Some(above) => {
                    return Err(TreeProblem::UnknownTeamAbove { team: team.team.clone(), above: above.clone() });
                }
            }
        }
        let mut stands_in = vec![None; sorted.len()];
        while let Some((index, unit_above)) = reached.pop() {
            let Some(team) = sorted.get(index) else {
                continue;
            };
            let unit = match under.get(&team.team) {
                None => unit_above,
                Some(below) => {
                    let own = unit_above.child(team.team.clone());
                    reached.extend(below.iter().map(|child| (*child, own.clone())));
                    own
                }
            };
            if let Some(place) = stands_in.get_mut(index) {
                *place = Some(unit);
            }
        }
        let known: Vec<UnitPath> = stands_in.iter().flatten().cloned().collect();
        match stands_in.iter().zip(&sorted).find(|(unit, _)| unit.is_none()) {
            Some((_, team)) => Err(TreeProblem::Circle { team: team.team.clone() }),
            None => Ok(Self { teams: sorted, stands_in: known }),
        }
    }

    /// Number of teams; teams are named by their position from 0, in the order of their names.
    pub(super) fn len(&self) -> usize {
        self.teams.len()
    }

    /// The position of a team.
    pub(super) fn find(&self, label: &TeamLabel) -> Option<usize> {
        self.teams.binary_search_by(|team| team.team.cmp(label)).ok()
    }

    /// The people invited in a team.
    pub(super) fn invited(&self, team: usize) -> u32 {
        self.teams.get(team).map_or(0, |t| t.invited)
    }

    /// The people invited in several teams.
    pub(super) fn invited_in(&self, teams: &[usize]) -> u32 {
        teams.iter().map(|team| self.invited(*team)).fold(0, u32::saturating_add)
    }

    /// The people invited in all teams.
    pub(super) fn everybody(&self) -> u64 {
        self.teams.iter().map(|t| u64::from(t.invited)).sum()
    }

    /// The names of several teams, ascending.
    pub(super) fn labels(&self, teams: &[usize]) -> Vec<TeamLabel> {
        let mut labels: Vec<TeamLabel> = teams.iter().filter_map(|team| self.teams.get(*team)).map(|t| t.team.clone()).collect();
        labels.sort_unstable();
        labels
    }

    /// The deepest unit in which all of these teams stand.
    pub(super) fn unit(&self, teams: &[usize]) -> UnitPath {
        let units = teams.iter().filter_map(|team| self.stands_in.get(*team)).cloned();
        units.reduce(|a, b| a.common(&b)).unwrap_or_default()
    }
}
