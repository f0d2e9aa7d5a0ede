//! From rows to cells, by hand.

use disclosure::{Member, PublishedCell, audit};
use domain::{GroupId, UnitPath};
use protocol::Level;

use super::super::table::table;
use super::{POLICY, Row, Wave, groups, instrument};

fn cell(n: u32, cell: u32) -> Option<PublishedCell> {
    Some(PublishedCell { n, cell })
}

#[test]
fn a_block_publishes_the_cell_of_every_item_that_five_people_answered() {
    let rows = [[1, 7, 4, 1, 5, 7, 1], [1, 7, 4, 1, 5, 7, 2], [2, 7, 4, 2, 5, 7, 1], [1, 7, 4, 0, 5, 7, 2], [3, 7, 4, 1, 5, 7, 1]];
    let rows: Vec<Row> = rows.iter().map(|answers| Row::new(0, Level::Group, answers)).collect();
    let table = table(&rows, &groups(&[&[]], 9), &instrument(), POLICY).unwrap();
    let [block] = table.base.blocks.as_slice() else { panic!("one block") };
    // Sums from 0 of n = 5 on seven points: 3 in 0..=8, 30 in 21..=30, 15 in 15..=17; on five points 16 in 14..=20.
    // Four people answered the fourth item, and the last one is for the organisation only.
    let expected = [cell(5, 0), cell(5, 5), cell(5, 3), None, cell(5, 4), cell(5, 5), None];
    assert_eq!(block.cells, expected);
    assert_eq!((block.n, table.unplaced), (5, 0));
}

#[test]
fn raw_answers_are_coarsened_and_reversal_is_left_to_the_reader() {
    let rows: Vec<Row> = (0..5).map(|_| Row::new(0, Level::Group, &[7; 7])).collect();
    let mut turned = instrument();
    for item in &mut turned.items {
        item.reversed = !item.reversed;
    }
    let of = |instrument| table(&rows, &groups(&[&[]], 9), instrument, POLICY).unwrap().base;
    assert_eq!(of(&instrument()), of(&turned));
}

#[test]
fn answers_counted_one_level_up_leave_their_group() {
    let mut rows: Vec<Row> = (0..12).map(|_| Row::new(0, Level::Group, &[4; 7])).collect();
    rows.extend((0..4).map(|_| Row::new(0, Level::Unit, &[4; 7])));
    rows.extend((0..5).map(|_| Row::new(1, Level::Unit, &[4; 7])));
    rows.extend((0..5).map(|_| Row::new(1, Level::Organisation, &[4; 7])));
    let groups = groups(&[&["North"], &["North"]], 30);
    let table = table(&rows, &groups, &instrument(), POLICY).unwrap();
    let north = groups[0].unit.clone();
    let found: Vec<_> = table.base.blocks.iter().map(|block| (block.members.clone(), block.n)).collect();
    let (group, upward) = (|id| Member::Group(GroupId(id)), Member::Upward);
    let expected = [(vec![upward(UnitPath::organisation())], 5), (vec![group(0)], 12), (vec![group(1), upward(north)], 9)];
    assert_eq!(found, expected);
}

#[test]
fn an_item_about_the_leader_shows_over_one_leader_and_not_over_two() {
    let rows = |per_group: usize| -> Vec<Row> {
        (0..2).flat_map(|group| (0..per_group).map(move |_| Row::new(group, Level::Group, &[4; 7]))).collect()
    };
    let about_leader = |rows: &[Row]| {
        let base = table(rows, &groups(&[&[], &[]], 9), &instrument(), POLICY).unwrap().base;
        base.blocks.iter().map(|block| block.cells[5].is_some()).collect::<Vec<_>>()
    };
    assert_eq!(about_leader(&rows(6)), [true, true]);
    assert_eq!(about_leader(&rows(4)), [false]);
}

#[test]
fn an_organisation_with_fewer_than_k_answers_has_no_block() {
    let rows: Vec<Row> = (0..4).map(|group| Row::new(group, Level::Group, &[4; 7])).collect();
    let table = table(&rows, &groups(&[&[], &[], &[], &[]], 9), &instrument(), POLICY).unwrap();
    assert!(table.base.blocks.is_empty());
    assert_eq!(table.unplaced, 4);
}

#[test]
fn every_table_passes_the_last_look() {
    for seed in 0..300 {
        let wave = Wave::random(seed);
        let base = table(&wave.rows, &wave.groups, &wave.instrument, POLICY).unwrap().base;
        let checks = audit::check(&base, &wave.groups, &wave.instrument);
        assert!(checks.is_ok(), "seed {seed}: {checks:?}");
    }
}
