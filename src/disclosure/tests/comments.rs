//! The pools of comments: examples worked out by hand, and laws over random organisations.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use disclosure::BlockId;
use disclosure::comments::{CommentCount, PlannedPool, PoolRule, plan};
use domain::{TeamLabel, UnitPath};
use proptest::prelude::*;

const RULE: PoolRule = PoolRule { min_respondents: 10, min_comments: 3 };

fn unit(path: &[&str]) -> UnitPath {
    path.iter().fold(UnitPath::organisation(), |unit, label| unit.child(TeamLabel::parse(label).unwrap()))
}

/// Blocks in list order: unit, respondents, comments.
fn counts(blocks: &[(&[&str], u32, u32)]) -> Vec<CommentCount> {
    (0..)
        .zip(blocks)
        .map(|(id, (path, respondents, comments))| CommentCount {
            block: BlockId(id),
            unit: unit(path),
            respondents: *respondents,
            comments: *comments,
        })
        .collect()
}

/// The pools as the numbers of their blocks.
fn pools(blocks: &[(&[&str], u32, u32)]) -> Vec<Vec<u32>> {
    plan(&counts(blocks), RULE).iter().map(|pool| pool.blocks.iter().map(|block| block.0).collect()).collect()
}

#[test]
fn a_block_with_enough_people_and_comments_is_a_pool_of_its_own() {
    assert_eq!(pools(&[(&["a"], 10, 3), (&["a"], 12, 4)]), [[0], [1]]);
}

#[test]
fn too_few_people_or_too_few_comments_are_pooled_within_the_unit_first() {
    let blocks: &[(&[&str], u32, u32)] = &[(&["a"], 9, 9), (&["a"], 20, 2), (&["b"], 12, 3)];
    assert_eq!(pools(blocks), [vec![0, 1], vec![2]]);
    assert_eq!(plan(&counts(blocks), RULE)[0].unit, unit(&["a"]));
}

#[test]
fn what_is_left_over_joins_the_smallest_pool_made_there_or_that_stood_there_or_below() {
    assert_eq!(pools(&[(&["a"], 9, 9), (&["a"], 8, 1), (&["a"], 3, 0)]), [[0, 1, 2]]);
    assert_eq!(pools(&[(&["a"], 12, 3), (&["a"], 11, 3), (&["a"], 5, 0)]), [vec![0], vec![1, 2]]);
    assert_eq!(pools(&[(&["a", "x"], 12, 3), (&["a", "y"], 11, 5), (&["a"], 5, 1)]), [vec![1, 2], vec![0]]);
}

#[test]
fn a_unit_without_any_pool_passes_its_blocks_up() {
    let blocks: &[(&[&str], u32, u32)] = &[(&["a", "x"], 7, 1), (&["a", "y"], 6, 2), (&["b"], 30, 9)];
    assert_eq!(pools(blocks), [vec![0, 1], vec![2]]);
    assert_eq!(plan(&counts(blocks), RULE)[0].unit, unit(&["a"]));
}

#[test]
fn nothing_is_shown_when_the_whole_organisation_does_not_reach_the_rule() {
    assert!(pools(&[(&["a"], 40, 1), (&["b"], 40, 1)]).is_empty());
    assert!(pools(&[(&[], 9, 9)]).is_empty());
    assert!(pools(&[]).is_empty());
}

fn organisation() -> impl Strategy<Value = Vec<CommentCount>> {
    let block = (prop::collection::vec(0usize..3, 0..4), 5u32..16).prop_flat_map(|(path, n)| (Just(path), Just(n), 0..=n.min(4)));
    prop::collection::vec(block, 0..40).prop_map(|blocks| {
        let labels = ["x", "y", "z"];
        let named: Vec<Vec<&str>> = blocks.iter().map(|(path, _, _)| path.iter().map(|i| labels[*i]).collect()).collect();
        counts(&named.iter().zip(&blocks).map(|(path, (_, n, comments))| (path.as_slice(), *n, *comments)).collect::<Vec<_>>())
    })
}

fn total(pool: &PlannedPool, counts: &[CommentCount]) -> (u32, u32) {
    let of = |block: &BlockId| counts.iter().find(|count| count.block == *block).unwrap();
    (pool.blocks.iter().map(|b| of(b).respondents).sum(), pool.blocks.iter().map(|b| of(b).comments).sum())
}

proptest! {
    #[test]
    fn every_pool_reaches_the_rule_and_every_block_is_in_exactly_one_or_there_are_none(counts in organisation()) {
        let planned = plan(&counts, RULE);
        let (all_people, all_comments) = (counts.iter().map(|c| c.respondents).sum::<u32>(), counts.iter().map(|c| c.comments).sum::<u32>());
        prop_assert_eq!(planned.is_empty(), all_people < 10 || all_comments < 3);
        let mut seen = BTreeSet::new();
        for pool in &planned {
            let (respondents, comments) = total(pool, &counts);
            prop_assert!(respondents >= 10 && comments >= 3);
            for block in &pool.blocks {
                prop_assert!(seen.insert(*block));
            }
        }
        prop_assert!(planned.is_empty() || seen.len() == counts.len());
    }

    #[test]
    fn the_order_of_the_counts_changes_nothing(counts in organisation(), seed: u64) {
        let mut shuffled = counts.clone();
        shuffled.sort_by_key(|count| (u64::from(count.block.0) + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(plan(&counts, RULE), plan(&shuffled, RULE));
    }

    #[test]
    fn a_block_that_reaches_the_rule_stays_alone_where_every_other_block_of_its_unit_does(counts in organisation()) {
        let reaching: Vec<_> = counts.into_iter().map(|c| CommentCount { respondents: c.respondents.max(10), comments: c.comments.max(3), ..c }).collect();
        prop_assert!(plan(&reaching, RULE).iter().all(|pool| pool.blocks.len() == 1));
    }
}
