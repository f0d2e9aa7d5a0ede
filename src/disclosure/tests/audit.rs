//! The last look: a sound table passes, and every way to spoil it is refused by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use disclosure::audit::{Checks, Violation, check};
use disclosure::{Base, Block, BlockId, Infeasible, ItemRule, Member, PublishedCell};
use domain::instrument::{Instrument, Item, Publish, Scale};
use domain::{GroupId, GroupLeaf, ItemId, Language, TeamEntry, TeamLabel, UnitPath};

fn unit(path: &[&str]) -> UnitPath {
    UnitPath(path.iter().map(|label| TeamLabel::parse(label).unwrap()).collect())
}

fn scale(points: usize, grid: u32) -> Scale {
    let labels = BTreeMap::from([(Language::parse("en").unwrap(), (1..=points).map(|p| p.to_string()).collect())]);
    Scale { labels, opt_out: BTreeMap::new(), grid, lead_in: BTreeMap::new() }
}

fn item(id: &str, scale: &str, publish: Publish, about_leader: bool) -> Item {
    Item {
        id: ItemId::parse(id).unwrap(),
        text: BTreeMap::new(),
        scale: scale.into(),
        reversed: false,
        dimension: None,
        publish,
        licence: "CC0-1.0".into(),
        source: "own".into(),
        about_leader,
    }
}

/// One item for teams, one about the leader, and a yes-or-no question for the organisation only.
fn instrument() -> Instrument {
    Instrument {
        id: "test".into(),
        version: 1,
        title: BTreeMap::new(),
        licence: "CC0-1.0".into(),
        languages: vec![Language::parse("en").unwrap()],
        informal: vec![],
        scales: BTreeMap::from([("seven".into(), scale(7, 3)), ("yes-no".into(), scale(2, 2))]),
        dimensions: vec![],
        items: vec![
            item("TEAM", "seven", Publish::Team, false),
            item("LEAD", "seven", Publish::Team, true),
            item("ORG", "yes-no", Publish::Organisation, false),
        ],
        pairs: vec![],
        comments: vec![],
    }
}

fn groups() -> Vec<GroupLeaf> {
    let leaf = |group: u32, path: &[&str], invited: u32, leaders: &[&str]| GroupLeaf {
        group: GroupId(group),
        label: format!("group {group}"),
        unit: unit(path),
        invited,
        predecessors: vec![],
        teams: vec![TeamEntry {
            label: TeamLabel::parse(&format!("team {group}")).unwrap(),
            leaders: leaders.iter().map(|name| (*name).to_owned()).collect(),
        }],
    };
    vec![leaf(0, &["North"], 9, &["Ann"]), leaf(1, &["North"], 8, &["Bob"]), leaf(2, &["South"], 12, &["Cyd"])]
}

fn cell(n: u32, cell: u32) -> Option<PublishedCell> {
    Some(PublishedCell { n, cell })
}

fn sound() -> Base {
    let rule = |id: &str, points, grid| ItemRule { item: ItemId::parse(id).unwrap(), points, grid };
    let group = |id| Member::Group(GroupId(id));
    Base {
        k: 5,
        coalition: 1,
        min_range: 3,
        items: vec![rule("TEAM", 7, 3), rule("LEAD", 7, 3), rule("ORG", 2, 2)],
        blocks: vec![
            Block {
                id: BlockId(0),
                unit: unit(&["North"]),
                members: vec![group(0), group(1), Member::Upward(unit(&["North"]))],
                n: 11,
                cells: vec![cell(11, 0), None, None],
            },
            Block { id: BlockId(1), unit: unit(&["South"]), members: vec![group(2)], n: 9, cells: vec![None, cell(5, 5), None] },
        ],
    }
}

/// The sound table after one change.
fn spoiled(change: impl FnOnce(&mut Base)) -> Violation {
    let mut base = sound();
    change(&mut base);
    check(&base, &groups(), &instrument()).unwrap_err()
}

#[test]
fn a_sound_table_passes_with_what_was_looked_at() {
    let checks = Checks { blocks: 2, groups: 3, cells: 2, withheld: 4, smallest_block: Some(9) };
    assert_eq!(check(&sound(), &groups(), &instrument()), Ok(checks));
}

#[test]
fn a_wave_without_blocks_passes() {
    let mut base = sound();
    base.blocks.clear();
    assert_eq!(check(&base, &groups(), &instrument()).unwrap().smallest_block, None);
}

#[test]
fn a_policy_that_protects_too_little_is_refused() {
    assert_eq!(spoiled(|b| b.k = 3), Violation::KTooSmall { k: 3 });
    assert_eq!(spoiled(|b| b.coalition = 3), Violation::CoalitionTooLarge { coalition: 3, k: 5 });
    assert!(matches!(spoiled(|b| b.min_range = 1), Violation::Rule { .. }));
}

#[test]
fn items_that_are_not_the_instruments_are_refused() {
    assert_eq!(spoiled(|b| b.items.truncate(2)), Violation::ItemsDiffer);
    assert_eq!(spoiled(|b| b.items.swap(0, 1)), Violation::ItemsDiffer);
    assert_eq!(spoiled(|b| b.items[0].grid = 2), Violation::ItemsDiffer);
}

#[test]
fn blocks_below_k_out_of_order_or_beyond_the_people_invited_are_refused() {
    assert_eq!(spoiled(|b| b.blocks[1].n = 4), Violation::TooFewRespondents { block: BlockId(1), n: 4, k: 5 });
    assert_eq!(spoiled(|b| b.blocks[1].id = BlockId(2)), Violation::OutOfOrder { block: BlockId(2) });
    let swapped = |b: &mut Base| {
        b.blocks.swap(0, 1);
        b.blocks[0].id = BlockId(0);
        b.blocks[1].id = BlockId(1);
    };
    assert_eq!(spoiled(swapped), Violation::OutOfOrder { block: BlockId(1) });
    assert_eq!(spoiled(|b| b.blocks[1].n = 13), Violation::MoreThanInvited { block: BlockId(1), n: 13, invited: 12 });
}

#[test]
fn members_that_are_unknown_missing_or_in_two_blocks_are_refused() {
    let first = Member::Group(GroupId(0));
    assert_eq!(spoiled(|b| b.blocks[1].members.clear()), Violation::Members { block: BlockId(1) });
    assert_eq!(spoiled(|b| b.blocks[0].members.swap(0, 1)), Violation::Members { block: BlockId(0) });
    assert_eq!(spoiled(|b| b.blocks[0].members.insert(0, first.clone())), Violation::Members { block: BlockId(0) });
    let unknown = Member::Group(GroupId(7));
    let with_unknown = |b: &mut Base| b.blocks[1].members.push(Member::Group(GroupId(7)));
    assert_eq!(spoiled(with_unknown), Violation::UnknownMember { block: BlockId(1), member: unknown });
    let nowhere = Member::Upward(unit(&["West"]));
    let with_nowhere = |b: &mut Base| b.blocks[1].members.push(Member::Upward(unit(&["West"])));
    assert_eq!(spoiled(with_nowhere), Violation::UnknownMember { block: BlockId(1), member: nowhere });
    let twice = Violation::InTwoBlocks { member: first.clone(), first: BlockId(0), second: BlockId(1) };
    assert_eq!(spoiled(|b| b.blocks[1].members.insert(0, first)), twice);
    let dropped = |b: &mut Base| drop(b.blocks[0].members.remove(1));
    assert_eq!(spoiled(dropped), Violation::InNoBlock { group: GroupId(1) });
    assert_eq!(spoiled(|b| b.blocks[1].unit = UnitPath::organisation()), Violation::OutOfOrder { block: BlockId(1) });
    assert_eq!(spoiled(|b| b.blocks[1].unit = unit(&["West"])), Violation::WrongUnit { block: BlockId(1) });
}

#[test]
fn cells_over_too_few_answers_or_beyond_their_range_are_refused() {
    let team = ItemId::parse("TEAM").unwrap();
    let block = BlockId(0);
    assert_eq!(spoiled(|b| b.blocks[0].cells.truncate(2)), Violation::EntryCount { block, found: 2, items: 3 });
    let few = Violation::TooFewAnswers { block, item: team.clone(), n: 4, k: 5 };
    assert_eq!(spoiled(|b| b.blocks[0].cells[0] = cell(4, 0)), few);
    let many = Violation::MoreAnswersThanRespondents { block, item: team.clone(), n: 12, respondents: 11 };
    assert_eq!(spoiled(|b| b.blocks[0].cells[0] = cell(12, 0)), many);
    let beyond = Violation::NoSuchCell { block, item: team.clone(), cell: 6, count: 6 };
    assert_eq!(spoiled(|b| b.blocks[0].cells[0] = cell(5, 6)), beyond);
    // Two colluding colleagues and a wider range: five answers leave no room between the bands.
    let unsafe_cell = |b: &mut Base| {
        (b.coalition, b.min_range) = (2, 5);
        b.blocks[0].cells[0] = cell(5, 0);
    };
    let problem = Infeasible { n: 5, lo: 18, highest_start: 14 };
    assert_eq!(spoiled(unsafe_cell), Violation::NoSafeCell { block, item: team, problem });
}

#[test]
fn items_of_the_organisation_and_of_two_leaders_are_refused() {
    let id = |text: &str| ItemId::parse(text).unwrap();
    let org = Violation::OrganisationOnly { block: BlockId(0), item: id("ORG") };
    assert_eq!(spoiled(|b| b.blocks[0].cells[2] = cell(11, 0)), org);
    let lead = Violation::AboutTooFewLeaders { block: BlockId(0), item: id("LEAD") };
    assert_eq!(spoiled(|b| b.blocks[0].cells[1] = cell(11, 0)), lead);
}
