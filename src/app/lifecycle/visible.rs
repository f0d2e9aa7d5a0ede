//! What a leader may read of a published round: the groups that a team of theirs counts in, and the sub-total of a unit that one of
//! their teams heads; and what somebody of HR may read who is there for one unit. Decided from the round's own frozen group list alone; nothing else of the round is theirs.

use std::collections::BTreeSet;

use disclosure::base::{Block, BlockId, Member};
use domain::{GroupId, GroupLeaf, TeamLabel, UnitPath};
use reports::Share;

/// What one leader may read of one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visible {
    /// The blocks that contain a team they lead, in the Release's order.
    pub(crate) blocks: Vec<BlockId>,
    /// The units that a team of theirs heads, where the sub-total says more than a block above.
    pub(crate) units: Vec<UnitPath>,
}

impl Visible {
    /// What somebody who leads these teams may read of a round with these standing groups and these blocks.
    pub(crate) fn of(groups: &[GroupLeaf], blocks: &[Block], led: &BTreeSet<TeamLabel>) -> Self {
        let own: BTreeSet<GroupId> =
            groups.iter().filter(|group| group.teams.iter().any(|team| led.contains(&team.label))).map(|group| group.group).collect();
        let holds_own = |block: &Block| block.members.iter().any(|member| matches!(member, Member::Group(group) if own.contains(group)));
        let own_blocks: Vec<BlockId> = blocks.iter().filter(|block| holds_own(block)).map(|block| block.id).collect();
        let units = headed(groups, led).into_iter().filter(|unit| says_more(blocks, unit, &own_blocks)).collect();
        Self { blocks: own_blocks, units }
    }

    /// What somebody of HR for the unit that this team heads may read: every block that lies wholly within the unit, and the unit's
    /// sub-total, which is computed from exactly these blocks and so says nothing beyond them. A group of the unit that is shown together
    /// with groups outside of it is not theirs: that result is about others, too.
    pub(crate) fn of_unit(blocks: &[Block], head: &TeamLabel) -> Self {
        let within: Vec<&Block> = blocks.iter().filter(|block| block.unit.0.contains(head)).collect();
        let unit = within.first().and_then(|block| {
            let depth = block.unit.0.iter().position(|label| label == head)?;
            block.unit.0.get(..=depth).map(|path| UnitPath(path.to_vec()))
        });
        // One block alone is its own sub-total.
        let units = if within.len() >= 2 { unit.into_iter().collect() } else { Vec::new() };
        Self { blocks: within.into_iter().map(|block| block.id).collect(), units }
    }

    /// The same for the room of reports.
    pub(crate) const fn share(&self) -> Share<'_> {
        Share { blocks: self.blocks.as_slice(), units: self.units.as_slice() }
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.units.is_empty()
    }
}

/// The units whose head is one of the teams: a unit carries its head's label.
fn headed(groups: &[GroupLeaf], led: &BTreeSet<TeamLabel>) -> BTreeSet<UnitPath> {
    groups
        .iter()
        .flat_map(|group| (1..=group.unit.0.len()).filter_map(|length| group.unit.0.get(..length)))
        .filter(|path| path.last().is_some_and(|head| led.contains(head)))
        .map(|path| UnitPath(path.to_vec()))
        .collect()
}

/// Whether a unit's sub-total holds at least two groups beside those they read anyway: less, and subtracting would show a single team below.
fn says_more(blocks: &[Block], unit: &UnitPath, own: &[BlockId]) -> bool {
    blocks.iter().filter(|block| unit.contains(&block.unit) && !own.contains(&block.id)).count() >= 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use domain::TeamEntry;

    use super::*;

    fn label(text: &str) -> TeamLabel {
        TeamLabel::parse(text).unwrap()
    }

    fn path(labels: &[&str]) -> UnitPath {
        UnitPath(labels.iter().map(|text| label(text)).collect())
    }

    fn group(number: u32, unit: &[&str], teams: &[&str]) -> GroupLeaf {
        GroupLeaf {
            group: GroupId(number),
            label: teams.join(" and "),
            unit: path(unit),
            invited: 8,
            predecessors: Vec::new(),
            teams: teams.iter().map(|team| TeamEntry { label: label(team), leaders: Vec::new() }).collect(),
        }
    }

    fn block(number: u32, unit: &[&str], members: &[Member]) -> Block {
        Block { id: BlockId(number), unit: path(unit), members: members.to_vec(), n: 6, cells: Vec::new() }
    }

    /// Works with two plants; Plant North with two shifts, one of which is shown together with the office.
    fn organisation() -> (Vec<GroupLeaf>, Vec<Block>) {
        let groups = vec![
            group(0, &[], &["Board"]),
            group(1, &["Board", "Plant North"], &["Plant North", "Early shift"]),
            group(2, &["Board", "Plant North"], &["Late shift"]),
            group(3, &["Board", "Plant North"], &["Office"]),
            group(4, &["Board"], &["Plant South"]),
        ];
        let blocks = vec![
            block(0, &[], &[Member::Group(GroupId(0))]),
            block(1, &["Board", "Plant North"], &[Member::Group(GroupId(1))]),
            block(2, &["Board", "Plant North"], &[Member::Group(GroupId(2)), Member::Group(GroupId(3))]),
            block(3, &["Board"], &[Member::Group(GroupId(4)), Member::Upward(path(&["Board"]))]),
        ];
        (groups, blocks)
    }

    fn seen(led: &[&str]) -> (Vec<u32>, Vec<UnitPath>) {
        let (groups, blocks) = organisation();
        let visible = Visible::of(&groups, &blocks, &led.iter().map(|team| label(team)).collect());
        (visible.blocks.iter().map(|block| block.0).collect(), visible.units)
    }

    #[test]
    fn a_leader_sees_the_blocks_of_their_teams_and_no_other() {
        assert_eq!(seen(&["Late shift"]), (vec![2], vec![]));
        assert_eq!(seen(&["Office", "Plant South"]), (vec![2, 3], vec![]));
    }

    #[test]
    fn the_head_of_a_unit_sees_its_sub_total_unless_subtracting_would_show_a_single_team_below() {
        assert_eq!(seen(&["Plant North"]), (vec![1], vec![]));
        assert_eq!(seen(&["Board"]), (vec![0], vec![path(&["Board"])]));
    }

    #[test]
    fn a_partner_sees_the_blocks_wholly_within_the_unit_and_the_sub_total_of_exactly_these() {
        let (_, blocks) = organisation();
        let seen = |head: &str| {
            let visible = Visible::of_unit(&blocks, &label(head));
            (visible.blocks.iter().map(|block| block.0).collect::<Vec<_>>(), visible.units)
        };
        assert_eq!(seen("Plant North"), (vec![1, 2], vec![path(&["Board", "Plant North"])]));
        assert_eq!(seen("Board"), (vec![1, 2, 3], vec![path(&["Board"])]));
        for nothing in ["Late shift", "Plant South", "Nowhere"] {
            assert_eq!(seen(nothing), (vec![], vec![]), "{nothing} heads no unit");
        }
        // A group of the unit that counts above it, with others, is not shown.
        let above =
            [block(0, &["Board"], &[Member::Group(GroupId(2)), Member::Group(GroupId(4))]), block(1, &["Board", "Plant North"], &[])];
        let visible = Visible::of_unit(&above, &label("Plant North"));
        assert_eq!((visible.blocks, visible.units), (vec![BlockId(1)], vec![]));
    }

    #[test]
    fn leading_no_team_of_the_round_shows_nothing() {
        for led in [&[][..], &["Some other team"]] {
            assert_eq!(seen(led), (vec![], vec![]));
        }
    }

    #[test]
    fn a_sub_total_that_is_the_one_group_read_anyway_is_not_shown_twice() {
        let groups = [group(0, &["Lab"], &["Lab"])];
        let blocks = [block(0, &["Lab"], &[Member::Group(GroupId(0))])];
        let visible = Visible::of(&groups, &blocks, &BTreeSet::from([label("Lab")]));
        assert_eq!((visible.blocks.len(), visible.units.len()), (1, 0));
    }

    #[test]
    fn a_unit_whose_groups_all_count_above_it_has_no_sub_total() {
        let groups = [group(0, &["Lab"], &["Lab"]), group(1, &[], &["Shop"])];
        let blocks = [block(0, &[], &[Member::Group(GroupId(0)), Member::Group(GroupId(1))])];
        let visible = Visible::of(&groups, &blocks, &BTreeSet::from([label("Lab")]));
        assert_eq!((visible.blocks.len(), visible.units.len()), (1, 0));
    }
}
