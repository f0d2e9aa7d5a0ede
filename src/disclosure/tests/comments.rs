//! The pools of comments: examples worked out by hand, and laws over random organisations.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use disclosure::comments::{BasePools, PlannedPool};
use disclosure::{Block, BlockId};
use domain::{TeamLabel, UnitPath};
use proptest::prelude::*;

const MIN_RESPONDENTS: u32 = 10;
const MIN_COMMENTS: u32 = 3;

/// The comments of each block.
type Written = BTreeMap<BlockId, u32>;

fn unit(path: &[&str]) -> UnitPath {
    path.iter().fold(UnitPath::organisation(), |unit, label| unit.child(TeamLabel::parse(label).unwrap()))
}

fn block(id: u32, path: &[&str], respondents: u32) -> Block {
    Block { id: BlockId(id), unit: unit(path), members: Vec::new(), n: respondents, cells: Vec::new() }
}

fn written(comments: impl IntoIterator<Item = u32>) -> Written {
    (0..).map(BlockId).zip(comments).collect()
}

fn plan(blocks: &[Block], comments: &Written) -> Vec<PlannedPool> {
    BasePools::cut(blocks, MIN_RESPONDENTS).pools(comments, MIN_COMMENTS)
}

/// The plan of blocks in list order: unit, respondents, comments.
fn planned(blocks: &[(&[&str], u32, u32)]) -> Vec<PlannedPool> {
    let list: Vec<_> = (0..).zip(blocks).map(|(id, (path, respondents, _))| block(id, path, *respondents)).collect();
    plan(&list, &written(blocks.iter().map(|(_, _, comments)| *comments)))
}

/// Its pools as the numbers of their blocks.
fn pools(blocks: &[(&[&str], u32, u32)]) -> Vec<Vec<u32>> {
    planned(blocks).iter().map(|pool| pool.blocks.iter().map(|block| block.0).collect()).collect()
}

#[test]
fn a_block_with_enough_people_and_comments_is_a_pool_of_its_own() {
    assert_eq!(pools(&[(&["a"], 10, 3), (&["a"], 12, 4)]), [[0], [1]]);
}

#[test]
fn too_few_people_or_too_few_comments_are_pooled_within_the_unit_first() {
    let blocks: &[(&[&str], u32, u32)] = &[(&["a"], 9, 9), (&["a"], 20, 2), (&["b"], 12, 3)];
    assert_eq!(pools(blocks), [vec![0, 1], vec![2]]);
    assert_eq!(planned(blocks)[0].unit, unit(&["a"]));
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
    assert_eq!(planned(blocks)[0].unit, unit(&["a"]));
}

#[test]
fn nothing_is_shown_when_the_whole_organisation_does_not_reach_the_rule() {
    assert!(pools(&[(&["a"], 40, 1), (&["b"], 40, 1)]).is_empty());
    assert!(pools(&[(&[], 9, 9)]).is_empty());
    assert!(pools(&[]).is_empty());
}

#[test]
fn a_block_of_few_people_is_never_put_beside_people_who_hardly_wrote_to_fill_a_pool() {
    // If the second block, with two comments, were filled up with the third alone, at least five of the seven would be of the third's five people.
    assert_eq!(pools(&[(&["a"], 11, 3), (&["a"], 12, 2), (&["a"], 5, 5)]), [[0, 1, 2]]);
    assert_eq!(pools(&[(&["a"], 11, 3), (&["a"], 12, 3), (&["a"], 5, 5)]), [vec![0, 2], vec![1]]);
    assert_eq!(pools(&[(&["a"], 12, 2), (&["a"], 5, 5)]), [[0, 1]]);
}

#[test]
fn the_pools_of_two_questions_never_overlap_in_a_single_small_block() {
    let with = |comments: [u32; 4]| {
        pools(&[(&["a"], 12, comments[0]), (&["a"], 12, comments[1]), (&["a"], 5, comments[2]), (&["a"], 10, comments[3])])
    };
    // The third block belongs to the fourth in both, whoever wrote.
    assert_eq!(with([3, 1, 1, 1]), [vec![0], vec![1, 2, 3]]);
    assert_eq!(with([1, 3, 4, 3]), [vec![0, 1], vec![2, 3]]);
}

fn organisation() -> impl Strategy<Value = Vec<Block>> {
    prop::collection::vec((prop::collection::vec(0usize..3, 0..4), 5u32..16), 0..40).prop_map(|blocks| {
        let labels = ["x", "y", "z"];
        let named = |path: &[usize]| path.iter().map(|i| labels[*i]).collect::<Vec<_>>();
        (0..).zip(&blocks).map(|(id, (path, n))| block(id, &named(path), *n)).collect()
    })
}

/// An organisation and what it wrote to some questions, hardly anything to some of them.
fn questions(number: usize) -> impl Strategy<Value = (Vec<Block>, Vec<Written>)> {
    let comments = || (0u32..6).prop_flat_map(|most| prop::collection::vec(0..=most, 40)).prop_map(written);
    (organisation(), prop::collection::vec(comments(), number)).prop_map(|(blocks, mut questions)| {
        for question in &mut questions {
            question.retain(|id, _| blocks.iter().any(|block| block.id == *id));
        }
        (blocks, questions)
    })
}

fn respondents(of: impl IntoIterator<Item = BlockId>, blocks: &[Block]) -> u32 {
    of.into_iter().map(|id| blocks.iter().find(|block| block.id == id).unwrap().n).sum()
}

proptest! {
    #[test]
    fn every_pool_reaches_the_rule_and_every_block_is_in_exactly_one_or_there_are_none((blocks, written) in questions(1)) {
        let planned = plan(&blocks, &written[0]);
        let (all_people, all_comments) = (blocks.iter().map(|block| block.n).sum::<u32>(), written[0].values().sum::<u32>());
        prop_assert_eq!(planned.is_empty(), all_people < MIN_RESPONDENTS || all_comments < MIN_COMMENTS);
        let mut seen = BTreeSet::new();
        for pool in &planned {
            prop_assert!(respondents(pool.blocks.iter().copied(), &blocks) >= MIN_RESPONDENTS);
            prop_assert!(pool.blocks.iter().map(|block| written[0][block]).sum::<u32>() >= MIN_COMMENTS);
            for block in &pool.blocks {
                prop_assert!(seen.insert(*block));
            }
        }
        prop_assert!(planned.is_empty() || seen.len() == blocks.len());
    }

    #[test]
    fn any_overlap_and_any_difference_of_pools_of_all_questions_has_enough_people_or_is_empty((blocks, written) in questions(3)) {
        let pools: Vec<BTreeSet<BlockId>> =
            written.iter().flat_map(|comments| plan(&blocks, comments)).map(|pool| pool.blocks.into_iter().collect()).collect();
        // The smallest parts that all pools cut out of each other: every overlap and every difference is a union of them.
        let mut parts: Vec<BTreeSet<BlockId>> = pools.first().map(|_| blocks.iter().map(|block| block.id).collect()).into_iter().collect();
        for pool in &pools {
            parts = parts.iter().flat_map(|part| [part & pool, part - pool]).filter(|part| !part.is_empty()).collect();
        }
        for part in parts {
            prop_assert!(respondents(part, &blocks) >= MIN_RESPONDENTS);
        }
    }

    #[test]
    fn the_order_of_the_blocks_changes_nothing((blocks, written) in questions(1), seed: u64) {
        let mut shuffled = blocks.clone();
        shuffled.sort_by_key(|block| (u64::from(block.id.0) + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(plan(&blocks, &written[0]), plan(&shuffled, &written[0]));
    }

    #[test]
    fn a_block_that_reaches_the_rule_stays_alone_where_every_other_block_does(blocks in organisation(), more in 0u32..5) {
        let reaching: Vec<_> = blocks.into_iter().map(|block| Block { n: block.n.max(MIN_RESPONDENTS), ..block }).collect();
        let planned = plan(&reaching, &written(vec![MIN_COMMENTS + more; reaching.len()]));
        prop_assert!(planned.iter().all(|pool| pool.blocks.len() == 1));
    }
}
