//! The tree of teams: where each team stands.

use std::collections::HashMap;

use domain::{TeamLabel, UnitPath};

use super::{TeamSize, TreeProblem};
use crate::units::{UnitNo, Units, UnitsToBe};

/// A checked tree of teams, in the order of their names.
pub(super) struct Tree<'a> {
    teams: Vec<&'a TeamSize>,
    place_of: HashMap<&'a TeamLabel, usize>,
    stands_in: Vec<UnitNo>,
    units: Units<'a>,
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
        let place_of: HashMap<&TeamLabel, usize> = sorted.iter().enumerate().map(|(place, team)| (&team.team, place)).collect();

        // Walk from the top down, so that the unit above is always known.
        let mut under: Vec<Vec<usize>> = vec![Vec::new(); sorted.len()];
        let mut reached: Vec<(usize, usize)> = Vec::new();
        for (place, team) in sorted.iter().enumerate() {
            let Some(above) = &team.above else {
                reached.push((place, 0));
                continue;
            };
            match place_of.get(above).and_then(|above| under.get_mut(*above)) {
                Some(under) => under.push(place),
                None => return Err(TreeProblem::UnknownTeamAbove { team: team.team.clone(), above: above.clone() }),
            }
        }
        let mut to_be = UnitsToBe::default();
        let mut stands_in: Vec<Option<usize>> = vec![None; sorted.len()];
        while let Some((place, unit_above)) = reached.pop() {
            let (Some(team), Some(below)) = (sorted.get(place), under.get(place)) else {
                continue;
            };
            let unit = if below.is_empty() { unit_above } else { to_be.add(&team.team, unit_above) };
            reached.extend(below.iter().map(|child| (*child, unit)));
            if let Some(stands_in) = stands_in.get_mut(place) {
                *stands_in = Some(unit);
            }
        }
        if let Some((_, team)) = stands_in.iter().zip(&sorted).find(|(unit, _)| unit.is_none()) {
            return Err(TreeProblem::Circle { team: team.team.clone() });
        }
        let (units, numbers) = to_be.numbered();
        let stands_in = stands_in.iter().flatten().filter_map(|unit| numbers.get(*unit).copied()).collect();
        Ok(Self { teams: sorted, place_of, stands_in, units })
    }

    /// Number of teams; teams are named by their position from 0, in the order of their names.
    pub(super) fn len(&self) -> usize {
        self.teams.len()
    }

    /// The position of a team.
    pub(super) fn find(&self, label: &TeamLabel) -> Option<usize> {
        self.place_of.get(label).copied()
    }

    /// The name of a team.
    pub(super) fn label(&self, team: usize) -> Option<&TeamLabel> {
        self.teams.get(team).map(|t| &t.team)
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

    /// The names of several teams, in the order in which they are given.
    pub(super) fn labels(&self, teams: &[usize]) -> Vec<TeamLabel> {
        teams.iter().filter_map(|team| self.teams.get(*team)).map(|t| t.team.clone()).collect()
    }

    /// The deepest unit in which all of these teams stand.
    pub(super) fn unit(&self, teams: &[usize]) -> UnitNo {
        self.units.common(teams.iter().filter_map(|team| self.stands_in.get(*team)).copied())
    }

    /// The path of a unit.
    pub(super) fn path(&self, unit: UnitNo) -> UnitPath {
        self.units.path(unit)
    }

    /// The units of the organisation.
    pub(super) const fn units(&self) -> &Units<'a> {
        &self.units
    }
}
