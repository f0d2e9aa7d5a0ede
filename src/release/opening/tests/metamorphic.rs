//! Layer A of the attack tests: changes of a wave that must not change a published byte.
//!
//! The constants of the whole organisation are held fixed: they have a bound of their own (at least 100 people, rounded). Each
//! test is first shown to fail on a table that says a little more, so that it cannot pass by looking at nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use disclosure::{Base, BlockId, Coarsening};
use protocol::Level;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::super::table::table;
use super::{POLICY, Row, Wave, points};

/// What is published about a wave.
type Publish = fn(&Wave) -> Vec<u8>;
/// A change that nobody may be able to see.
type Change = fn(&mut Wave, &mut StdRng);

const SEEDS: u64 = 200;

/// In how many of the random waves the change shows.
fn shows(publish: Publish, change: Change) -> usize {
    (0..SEEDS)
        .filter(|seed| {
            let (before, mut after) = (Wave::random(*seed), Wave::random(*seed));
            change(&mut after, &mut StdRng::seed_from_u64(seed ^ 0xC0FF_EE00));
            publish(&before) != publish(&after)
        })
        .count()
}

fn base(wave: &Wave) -> Base {
    table(&wave.rows, &wave.groups, &wave.instrument, POLICY).unwrap().base
}

/// The product's table, byte for byte.
fn product(wave: &Wave) -> Vec<u8> {
    serde_json::to_vec(&base(wave)).unwrap()
}

/// The rows of each block, by their places.
fn rows_of_blocks(wave: &Wave) -> BTreeMap<BlockId, Vec<usize>> {
    let base = base(wave);
    let mut rows: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
    for (place, row) in wave.rows.iter().enumerate() {
        let member = row.member(&wave.groups);
        if let Some(block) = base.blocks.iter().find(|block| block.members.contains(&member)) {
            rows.entry(block.id).or_default().push(place);
        }
    }
    rows
}

/// A planted leak: the product's table and a line per block.
fn with_line(wave: &Wave, line: impl Fn(&[&Row]) -> String) -> Vec<u8> {
    let mut published = String::from_utf8(product(wave)).unwrap();
    for (block, rows) in rows_of_blocks(wave) {
        let rows: Vec<&Row> = rows.iter().map(|place| &wave.rows[*place]).collect();
        writeln!(published, "{block:?} {}", line(&rows)).unwrap();
    }
    published.into_bytes()
}

fn exchange_answers_within_blocks(wave: &mut Wave, rng: &mut StdRng) {
    for rows in rows_of_blocks(wave).values() {
        for item in 0..wave.instrument.items.len() {
            let mut answers: Vec<u8> = rows.iter().map(|row| wave.rows[*row].answer(item).unwrap_or(0)).collect();
            answers.shuffle(rng);
            for (row, answer) in rows.iter().zip(answers) {
                wave.rows[*row].answers_mut()[item] = answer;
            }
        }
    }
}

#[test]
fn exchanging_the_answers_to_an_item_within_a_block_changes_nothing() {
    let how_many_gave_both_top_answers: Publish =
        |wave| with_line(wave, |rows| rows.iter().filter(|row| row.answer(0) >= Some(6) && row.answer(1) >= Some(6)).count().to_string());
    assert!(shows(how_many_gave_both_top_answers, exchange_answers_within_blocks) > 0);
    assert_eq!(shows(product, exchange_answers_within_blocks), 0);
}

/// Deals the choices of level out anew among the rows that have the same key.
fn exchange_choices<K: Ord>(wave: &mut Wave, rng: &mut StdRng, key: impl Fn(usize, &Row) -> K) {
    let mut together: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (place, row) in wave.rows.iter().enumerate() {
        together.entry(key(place, row)).or_default().push(place);
    }
    for rows in together.values() {
        let mut levels: Vec<Level> = rows.iter().map(|row| wave.rows[*row].level).collect();
        levels.shuffle(rng);
        for (row, level) in rows.iter().zip(levels) {
            wave.rows[*row].level = level;
        }
    }
}

fn exchange_choices_within_groups(wave: &mut Wave, rng: &mut StdRng) {
    exchange_choices(wave, rng, |_, row| row.group);
}

fn exchange_choices_within_groups_and_blocks(wave: &mut Wave, rng: &mut StdRng) {
    let blocks = rows_of_blocks(wave);
    let block_of: BTreeMap<usize, BlockId> =
        blocks.into_iter().flat_map(|(block, rows)| rows.into_iter().map(move |row| (row, block))).collect();
    exchange_choices(wave, rng, |place, row| (row.group, block_of.get(&place).copied()));
}

/// Who is reported together, and how many they are.
fn plan_only(wave: &Wave) -> Vec<u8> {
    let mut base = base(wave);
    for block in &mut base.blocks {
        block.cells.clear();
    }
    serde_json::to_vec(&base).unwrap()
}

#[test]
fn exchanging_who_of_a_group_counts_one_level_up_changes_no_block() {
    let with_blocks_that_look_at_answers: Publish = |wave| {
        let satisfied = |row: &&Row| row.level != Level::Group && row.answer(0) >= Some(4);
        let mut published = plan_only(wave);
        published.extend(wave.rows.iter().filter(satisfied).count().to_string().bytes());
        published
    };
    assert!(shows(with_blocks_that_look_at_answers, exchange_choices_within_groups) > 0);
    assert_eq!(shows(plan_only, exchange_choices_within_groups), 0);
}

#[test]
fn exchanging_who_counts_one_level_up_changes_nothing_where_both_count_in_the_same_block() {
    let with_the_sum_of_those_who_count_upward: Publish = |wave| {
        with_line(wave, |rows| {
            let upward = rows.iter().filter(|row| row.level != Level::Group);
            upward.map(|row| u32::from(row.answer(0).unwrap_or(0))).sum::<u32>().to_string()
        })
    };
    assert!(shows(with_the_sum_of_those_who_count_upward, exchange_choices_within_groups_and_blocks) > 0);
    assert_eq!(shows(product, exchange_choices_within_groups_and_blocks), 0);
}

/// Changes answers of every block at random as long as each sum stays in its cell.
fn move_sums_within_their_cells(wave: &mut Wave, rng: &mut StdRng) {
    let (base, points) = (base(wave), points(&wave.instrument));
    for (block, rows) in rows_of_blocks(wave) {
        for (item, cell) in base.blocks[block.0 as usize].cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let coarsening = Coarsening::of_item(&base, &base.items[item]).unwrap();
            let range = coarsening.cells(cell.n).unwrap().range(cell.cell).unwrap();
            for _ in 0..20 {
                let row = rows[rng.random_range(0..rows.len())];
                let Some(answer) = wave.rows[row].answer(item) else {
                    continue;
                };
                let sum = |wave: &Wave| rows.iter().filter_map(|row| wave.rows[*row].answer(item)).map(|a| u64::from(a) - 1).sum::<u64>();
                wave.rows[row].answers_mut()[item] = rng.random_range(1..=points[item]);
                if !range.contains(&sum(wave)) {
                    wave.rows[row].answers_mut()[item] = answer;
                }
            }
        }
    }
}

#[test]
fn moving_a_sum_within_its_cell_changes_nothing() {
    let with_the_exact_mean: Publish = |wave| {
        with_line(wave, |rows| {
            let answers: Vec<f64> = rows.iter().filter_map(|row| row.answer(0)).map(f64::from).collect();
            format!("{:.1}", answers.iter().sum::<f64>() / answers.len() as f64)
        })
    };
    assert!(shows(with_the_exact_mean, move_sums_within_their_cells) > 0);
    assert_eq!(shows(product, move_sums_within_their_cells), 0);
}

fn permute_the_order(wave: &mut Wave, rng: &mut StdRng) {
    wave.rows.shuffle(rng);
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let with_the_first_arrival: Publish = |wave| with_line(wave, |rows| format!("{:?}", rows.first().map(|row| row.group)));
    assert!(shows(with_the_first_arrival, permute_the_order) > 0);
    assert_eq!(shows(product, permute_the_order), 0);
}
