//! Where items about "my leader" may be published.
//!
//! Over one leader everybody knows whom the result is about, and that is what the leader asked for; over two, each would be
//! measured by the other's team; from three on it is about leading here, not about a person. Answers counted one level up may
//! speak of any leader of their unit, so they need three of them there.

use std::collections::{BTreeMap, BTreeSet};

use domain::{GroupId, GroupLeaf, UnitPath};

use crate::base::Member;

/// From how many leaders on a result is not about single persons.
const SEVERAL: usize = 3;

/// Who leads in which group and unit, as the frozen group list says.
///
/// Leaders are told apart by name, because that is all the list holds: two of one name count as one.
#[derive(Debug)]
pub struct Leaders<'a> {
    of_group: BTreeMap<GroupId, BTreeSet<&'a str>>,
    /// Up to [`SEVERAL`] leaders of the groups in each unit and below: more make no difference.
    of_unit: BTreeMap<UnitPath, BTreeSet<&'a str>>,
}

impl<'a> Leaders<'a> {
    /// Reads the leaders of a group list.
    #[must_use]
    pub fn of(groups: &'a [GroupLeaf]) -> Self {
        let mut of_group: BTreeMap<GroupId, BTreeSet<&str>> = BTreeMap::new();
        let mut of_unit: BTreeMap<UnitPath, BTreeSet<&str>> = BTreeMap::new();
        for leaf in groups {
            let names = of_group.entry(leaf.group).or_default();
            names.extend(leaf.teams.iter().flat_map(|team| &team.leaders).map(String::as_str));
            let mut unit = Some(leaf.unit.clone());
            while let Some(path) = unit {
                unit = path.parent();
                let of_unit = of_unit.entry(path).or_default();
                of_unit.extend(names.iter().take(SEVERAL));
                while of_unit.len() > SEVERAL {
                    of_unit.pop_last();
                }
            }
        }
        Self { of_group, of_unit }
    }

    /// Whether items about the leader may be published for these members together: exactly one leader or at least three,
    /// and at least three in the unit of every answer that was counted one level up.
    #[must_use]
    pub fn allow(&self, members: &[Member]) -> bool {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let mut upward = false;
        for member in members {
            match member {
                Member::Group(group) => names.extend(self.of_group.get(group).into_iter().flatten()),
                Member::Upward(unit) => {
                    upward = true;
                    let of_unit = self.of_unit.get(unit);
                    if of_unit.is_none_or(|leaders| leaders.len() < SEVERAL) {
                        return false;
                    }
                    names.extend(of_unit.into_iter().flatten());
                }
            }
        }
        names.len() >= SEVERAL || (names.len() == 1 && !upward)
    }

    /// Whether items about the leader may be published for everybody together: from three leaders in the organisation on.
    #[must_use]
    pub fn allow_everybody(&self) -> bool {
        self.allow(&[Member::Upward(UnitPath::organisation())])
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use domain::{TeamEntry, TeamLabel};

    fn leaf(group: u32, unit: &str, leaders: &[&[&str]]) -> GroupLeaf {
        let teams = leaders.iter().enumerate().map(|(team, names)| TeamEntry {
            label: TeamLabel::parse(&format!("team {group}.{team}")).unwrap(),
            leaders: names.iter().map(|name| (*name).to_owned()).collect(),
        });
        GroupLeaf {
            group: GroupId(group),
            label: format!("group {group}"),
            unit: UnitPath(vec![TeamLabel::parse(unit).unwrap()]),
            invited: 9,
            predecessors: vec![],
            teams: teams.collect(),
        }
    }

    #[test]
    fn one_leader_or_three_but_never_two_or_none() {
        let groups = [
            leaf(0, "U", &[&["Ann"], &["Ann"]]),
            leaf(1, "U", &[&["Ann", "Bob"]]),
            leaf(2, "U", &[&["Cyd"], &["Dan", "Eve"]]),
            leaf(3, "U", &[&[]]),
        ];
        let leaders = Leaders::of(&groups);
        let allow = |ids: &[u32]| leaders.allow(&ids.iter().map(|id| Member::Group(GroupId(*id))).collect::<Vec<_>>());
        assert!(allow(&[0]), "one leader of two teams");
        assert!(!allow(&[1]), "two leaders of one team");
        assert!(allow(&[2]), "three leaders");
        assert!(!allow(&[3]), "no leader");
        assert!(allow(&[0, 3]), "still one leader");
        assert!(!allow(&[0, 1]), "two leaders over two groups");
        assert!(allow(&[1, 2]), "five leaders");
    }

    #[test]
    fn answers_counted_one_level_up_need_three_leaders_in_their_unit() {
        let groups = [leaf(0, "U", &[&["Ann"]]), leaf(1, "V", &[&["Bob"]]), leaf(2, "V", &[&["Cyd", "Dan"]])];
        let leaders = Leaders::of(&groups);
        let unit = |name: &str| Member::Upward(UnitPath(vec![TeamLabel::parse(name).unwrap()]));
        assert!(!leaders.allow(&[Member::Group(GroupId(0)), unit("U")]), "one leader, but upward answers beside");
        assert!(!leaders.allow(&[Member::Group(GroupId(2)), unit("U")]));
        assert!(leaders.allow(&[Member::Group(GroupId(1)), unit("V")]));
        assert!(leaders.allow_everybody());
        assert!(!Leaders::of(&groups[..2]).allow_everybody() && !Leaders::of(&groups[..1]).allow_everybody(), "two, one");
        assert!(!leaders.allow(&[unit("W")]), "a unit that does not exist");
        assert!(!leaders.allow(&[]));
    }
}
