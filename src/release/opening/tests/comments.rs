//! Comments: what is pooled, what the last look refuses, and what nobody may be able to tell from them.

use std::collections::BTreeMap;

use disclosure::{Base, Block, BlockId};
use domain::instrument::{Instrument, OpenQuestion};
use domain::{QuestionId, UnitPath};
use protocol::{Comment, CommentRule};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use super::super::comments::pools;
use super::super::table::table;
use super::super::{OpeningRefused, open};
use super::sealed::round_with_comments;
use super::{POLICY, Wave};
use crate::check::comments::{CommentViolation, check, normalised};
use crate::document::{CommentPool, Release};

pub(super) const RULE: CommentRule = CommentRule { min_respondents: 10, min_comments: 3 };
const SEEDS: u64 = 60;

pub(super) fn question(id: &str) -> OpenQuestion {
    OpenQuestion { id: QuestionId::parse(id).unwrap(), text: BTreeMap::new(), longest: 40, licence: "CC0-1.0".into(), source: "own".into() }
}

/// A random wave in which about half of the people answer each of two questions, some of them alike; in every tenth hardly anybody does.
fn wave(seed: u64) -> Wave {
    let mut wave = Wave::random(seed);
    wave.instrument.comments = vec![question("WHY"), question("HOW")];
    let mut rng = StdRng::seed_from_u64(seed ^ 0xFEED);
    for (number, row) in wave.rows.iter_mut().enumerate() {
        let mut text = |question: &str| match rng.random_range(0..8) {
            0..4 => Comment::default(),
            _ if seed.is_multiple_of(10) && rng.random_range(0..20) > 0 => Comment::default(),
            4 => Comment::new("More time.").unwrap(),
            _ => Comment::new(&format!("{question} {number}")).unwrap(),
        };
        *row.comments_mut() = vec![text("why"), text("how")];
    }
    wave
}

fn base(wave: &Wave) -> Base {
    table(&wave.rows, &wave.groups, &wave.instrument, POLICY).unwrap().base
}

fn product(wave: &Wave) -> Vec<CommentPool> {
    pools(&wave.rows, &base(wave), &wave.groups, &wave.instrument, RULE)
}

/// In how many of the random waves a change shows.
fn shows(publish: fn(&Wave) -> Vec<u8>, change: fn(&mut Wave, &mut StdRng)) -> usize {
    (0..SEEDS)
        .filter(|seed| {
            let (before, mut after) = (wave(*seed), wave(*seed));
            change(&mut after, &mut StdRng::seed_from_u64(seed ^ 0xC0FF_EE00));
            publish(&before) != publish(&after)
        })
        .count()
}

fn product_bytes(wave: &Wave) -> Vec<u8> {
    serde_json::to_vec(&product(wave)).unwrap()
}

/// The block of every row.
fn blocks_of(wave: &Wave) -> Vec<Option<BlockId>> {
    let base = base(wave);
    let block = |row: &super::Row| base.blocks.iter().find(|block| block.members.contains(&row.member(&wave.groups))).map(|b| b.id);
    wave.rows.iter().map(block).collect()
}

/// A planted leak: every pool with a line for each comment in the order in which the ballots lie there.
fn with_lines(wave: &Wave, line: impl Fn(Option<BlockId>, &str) -> String) -> Vec<u8> {
    let mut published = product_bytes(wave);
    let blocks = blocks_of(wave);
    for (row, block) in wave.rows.iter().zip(blocks) {
        published.extend(line(block, row.comment(0)).into_bytes());
    }
    published
}

#[test]
fn the_order_in_which_ballots_lie_in_the_box_changes_nothing() {
    let shuffle: fn(&mut Wave, &mut StdRng) = |wave, rng| wave.rows.shuffle(rng);
    assert!(shows(|wave| with_lines(wave, |_, text| text.to_owned()), shuffle) > 0);
    assert_eq!(shows(product_bytes, shuffle), 0);
}

/// Gives the comments to a question of a pool to other people of the pool who commented on it too.
fn exchange_texts_within_pools(wave: &mut Wave, rng: &mut StdRng) {
    let (published, blocks) = (product(wave), blocks_of(wave));
    for pool in published {
        let question = wave.instrument.comments.iter().position(|question| question.id == pool.question).unwrap();
        let writers: Vec<usize> = (0..wave.rows.len())
            .filter(|row| blocks[*row].is_some_and(|block| pool.blocks.contains(&block)) && !wave.rows[*row].comment(question).is_empty())
            .collect();
        let mut texts: Vec<Comment> = writers.iter().map(|row| wave.rows[*row].comments_mut()[question].clone()).collect();
        texts.shuffle(rng);
        for (row, text) in writers.into_iter().zip(texts) {
            wave.rows[row].comments_mut()[question] = text;
        }
    }
}

#[test]
fn exchanging_comments_between_people_of_a_pool_changes_nothing() {
    let beside_their_block: fn(&Wave) -> Vec<u8> = |wave| {
        let mut lines: Vec<_> =
            blocks_of(wave).into_iter().zip(&wave.rows).map(|(block, row)| format!("{block:?} {}", row.comment(0))).collect();
        lines.sort();
        lines.concat().into_bytes()
    };
    assert!(shows(beside_their_block, exchange_texts_within_pools) > 0);
    assert_eq!(shows(product_bytes, exchange_texts_within_pools), 0);
}

/// Deals all comments of a block out anew among its people: also who wrote something changes.
fn exchange_who_commented_within_blocks(wave: &mut Wave, rng: &mut StdRng) {
    let mut together: BTreeMap<Option<BlockId>, Vec<usize>> = BTreeMap::new();
    for (row, block) in blocks_of(wave).into_iter().enumerate() {
        together.entry(block).or_default().push(row);
    }
    for question in 0..2 {
        for rows in together.values() {
            let mut texts: Vec<Comment> = rows.iter().map(|row| wave.rows[*row].comments_mut()[question].clone()).collect();
            texts.shuffle(rng);
            for (row, text) in rows.iter().zip(texts) {
                wave.rows[*row].comments_mut()[question] = text;
            }
        }
    }
}

#[test]
fn who_of_a_block_wrote_something_changes_nothing() {
    let beside_an_answer: fn(&Wave) -> Vec<u8> = |wave| {
        let mut lines: Vec<_> = wave.rows.iter().map(|row| format!("{:?} {}", row.answer(0), row.comment(0).is_empty())).collect();
        lines.sort();
        lines.concat().into_bytes()
    };
    assert!(shows(beside_an_answer, exchange_who_commented_within_blocks) > 0);
    assert_eq!(shows(product_bytes, exchange_who_commented_within_blocks), 0);
}

#[test]
fn every_comment_of_a_block_stands_in_exactly_one_pool_and_random_waves_pass_the_last_look() {
    let (mut shown, mut withheld, mut combined) = (0, 0, 0);
    for seed in 0..SEEDS {
        let wave = wave(seed);
        let (base, pools) = (base(&wave), product(&wave));
        check(&pools, &base, &wave.instrument, Some(RULE)).unwrap();
        for (number, question) in wave.instrument.comments.iter().enumerate() {
            let mut published: Vec<&str> =
                pools.iter().filter(|p| p.question == question.id).flat_map(|p| &p.texts).map(String::as_str).collect();
            let mut written: Vec<&str> = wave.rows.iter().map(|row| row.comment(number)).filter(|text| !text.is_empty()).collect();
            if published.is_empty() {
                withheld += 1;
                continue;
            }
            shown += 1;
            combined += usize::from(pools.iter().any(|pool| pool.blocks.len() > 1));
            published.sort_unstable();
            written.sort_unstable();
            assert_eq!(published, written);
        }
    }
    assert!(shown > 50 && withheld > 0 && combined > 50, "{shown} {withheld} {combined}");
}

#[test]
fn sealed_comments_come_out_of_the_opening_in_pools_and_in_no_other_place() {
    let closed = round_with_comments(21, vec![question("WHY"), question("HOW")], Some(RULE));
    let opening = open(&closed.bundle, &closed.box_key).unwrap();
    let Release { comments, base, .. } = &opening.release;
    assert_eq!(comments.iter().map(|pool| pool.question.as_str()).collect::<Vec<_>>(), ["WHY", "HOW"]);
    assert!(comments.iter().all(|pool| pool.texts.len() == 15 && pool.blocks.len() == base.blocks.len()));
    let text = String::from_utf8(opening.release_bytes.clone()).unwrap();
    assert_eq!((text.matches("WHY 17").count(), text.matches("HOW 1\"").count()), (1, 1));
    assert!(opening.checks.iter().any(|check| check.what == "Comments"));
    assert_eq!(serde_json::from_slice::<Release>(&opening.release_bytes).unwrap(), opening.release);
}

#[test]
fn questions_without_a_promised_rule_and_a_rule_without_questions_are_refused() {
    for (questions, rule) in [(vec![question("WHY")], None), (vec![], Some(RULE))] {
        let closed = round_with_comments(22, questions, rule);
        assert!(matches!(open(&closed.bundle, &closed.box_key), Err(OpeningRefused::CommentsWithoutRule)));
    }
}

#[test]
fn a_comment_is_published_composed_in_one_line_and_never_longer_than_allowed() {
    assert_eq!(normalised("u\u{308}ber\n\n alles \u{a0} da", 40), "über alles da");
    assert_eq!(normalised(" \n\t\u{2003} ", 40), "");
    assert_eq!(normalised("abc def", 4), "abc");
    // A character that composing takes apart: nobody can block the opening by writing many of them.
    let grows = "\u{958}".repeat(40);
    assert_eq!(normalised(&grows, 40).chars().count(), 40);
    assert_eq!(normalised(&normalised(&grows, 40), 40), normalised(&grows, 40));
}

/// A wave with two pools for the first question, and what is published of it.
fn published() -> (Base, Instrument, Vec<CommentPool>) {
    let found = (0..SEEDS).map(wave).find(|wave| {
        let pools = product(wave);
        pools.iter().filter(|pool| pool.question.as_str() == "WHY").count() >= 2
            && pools.iter().filter(|pool| pool.question.as_str() == "HOW").count() >= 2
            && pools[0].blocks.len() >= 2
            && pools[0].texts.len() >= 4
    });
    let wave = found.expect("such a wave");
    (base(&wave), wave.instrument.clone(), product(&wave))
}

fn spoilt(change: impl FnOnce(&mut Base, &mut Instrument, &mut Vec<CommentPool>)) -> CommentViolation {
    let (mut base, mut instrument, mut pools) = published();
    check(&pools, &base, &instrument, Some(RULE)).unwrap();
    change(&mut base, &mut instrument, &mut pools);
    check(&pools, &base, &instrument, Some(RULE)).unwrap_err()
}

#[test]
fn comments_that_nobody_asked_for_are_refused() {
    let (base, instrument, pools) = published();
    assert_eq!(check(&pools, &base, &instrument, None), Err(CommentViolation::NotAsked));
    assert_eq!(check(&[], &base, &instrument, None), Ok(()));
    assert_eq!(check(&[], &base, &instrument, Some(RULE)), Ok(()));
}

#[test]
fn pools_of_another_question_or_out_of_order_are_refused() {
    assert!(matches!(spoilt(|_, _, pools| pools[0].question = QuestionId::parse("WHO").unwrap()), CommentViolation::WrongQuestion { .. }));
    assert!(matches!(spoilt(|_, instrument, _| instrument.comments.swap(0, 1)), CommentViolation::WrongQuestion { .. }));
    assert!(matches!(spoilt(|_, _, pools| pools.swap(0, 1)), CommentViolation::OutOfOrder { .. }));
}

#[test]
fn pools_that_are_no_partition_of_the_blocks_are_refused() {
    assert!(matches!(spoilt(|_, _, pools| pools[0].blocks.clear()), CommentViolation::Blocks { .. }));
    assert!(matches!(spoilt(|_, _, pools| pools[0].blocks.reverse()), CommentViolation::Blocks { .. }));
    assert!(matches!(spoilt(|_, _, pools| pools[0].blocks.push(BlockId(99))), CommentViolation::UnknownBlock { .. }));
    let shared = |pools: &mut Vec<CommentPool>| {
        let block = pools[1].blocks[0];
        pools[0].blocks.push(block);
        pools[0].blocks.sort_unstable();
        pools[..2].sort_by(|a, b| (&a.unit, &a.blocks).cmp(&(&b.unit, &b.blocks)));
    };
    assert!(matches!(spoilt(|_, _, pools| shared(pools)), CommentViolation::InTwoPools { .. }));
    assert!(matches!(spoilt(|_, _, pools| pools[0].blocks.truncate(1)), CommentViolation::InNoPool { .. }));
}

#[test]
fn a_pool_under_another_unit_than_that_of_its_blocks_is_refused() {
    let deeper = |pools: &mut Vec<CommentPool>| {
        let last = pools.iter_mut().rfind(|pool| pool.question.as_str() == "WHY").unwrap();
        last.unit = last.unit.child(domain::TeamLabel::parse("Zzz").unwrap());
    };
    assert!(matches!(spoilt(|_, _, pools| deeper(pools)), CommentViolation::WrongUnit { .. }));
}

#[test]
fn too_few_people_or_too_few_or_too_many_comments_are_refused() {
    let few_people = |base: &mut Base| base.blocks.iter_mut().for_each(|block| block.n = 1);
    assert!(matches!(spoilt(|base, _, _| few_people(base)), CommentViolation::TooFewRespondents { .. }));
    assert!(matches!(spoilt(|_, _, pools| pools[0].texts.truncate(2)), CommentViolation::TooFewComments { comments: 2, least: 3, .. }));
    let many = |pools: &mut Vec<CommentPool>| pools[0].texts = vec!["so".to_owned(); 200];
    assert!(matches!(spoilt(|_, _, pools| many(pools)), CommentViolation::MoreCommentsThanRespondents { comments: 200, .. }));
}

/// A published wave with blocks of so many people instead, in pools of which each question's hold the given blocks.
fn overlapping(people: &[u32], questions: &[&[&[u32]]]) -> Result<(), CommentViolation> {
    let (mut base, mut instrument, _) = published();
    let block =
        |(id, n): (u32, &u32)| Block { id: BlockId(id), unit: UnitPath::organisation(), members: Vec::new(), n: *n, cells: Vec::new() };
    base.blocks = (0..).zip(people).map(block).collect();
    instrument.comments = (0..questions.len()).map(|number| question(&format!("Q{number}"))).collect();
    let pool = |question: &OpenQuestion, blocks: &&[u32]| CommentPool {
        question: question.id.clone(),
        unit: UnitPath::organisation(),
        blocks: blocks.iter().copied().map(BlockId).collect(),
        texts: vec!["More time.".to_owned(); 3],
    };
    let pools: Vec<_> = instrument
        .comments
        .iter()
        .zip(questions)
        .flat_map(|(question, pools)| pools.iter().map(move |blocks| pool(question, blocks)))
        .collect();
    check(&pools, &base, &instrument, Some(RULE))
}

#[test]
fn pools_of_several_questions_that_overlap_in_few_people_are_refused() {
    let five = Err(CommentViolation::ToldApart { respondents: 5, least: 10 });
    let people = [12, 12, 5, 10];
    assert_eq!(overlapping(&people, &[&[&[0], &[1, 2, 3]], &[&[0, 2], &[1, 3]]]), five);
    assert_eq!(overlapping(&people, &[&[&[0], &[1, 2, 3]], &[&[0, 1], &[2, 3]]]), Ok(()), "twelve and fifteen");
    assert_eq!(overlapping(&people, &[&[&[0], &[1, 2, 3]], &[]]), Ok(()), "nothing to lay over it");
    // Any two of these overlap in ten people, all three in five.
    let [one, two, three]: [&[&[u32]]; 3] =
        [&[&[0, 1, 2, 3], &[4, 5, 6, 7]], &[&[0, 1, 4, 5], &[2, 3, 6, 7]], &[&[0, 2, 4, 6], &[1, 3, 5, 7]]];
    for two_of_them in [[one, two], [two, three], [one, three]] {
        assert_eq!(overlapping(&[5; 8], &two_of_them), Ok(()));
    }
    assert_eq!(overlapping(&[5; 8], &[one, two, three]), five);
}

#[test]
fn comments_in_another_order_or_another_form_are_refused() {
    assert!(matches!(spoilt(|_, _, pools| pools[0].texts.reverse()), CommentViolation::Unsorted { .. }));
    for text in ["", " led by a space", "two  spaces", "u\u{308}ber", "a line\nand another"] {
        assert!(matches!(spoilt(|_, _, pools| pools[0].texts[0] = text.to_owned()), CommentViolation::Text { .. }), "{text:?}");
    }
    assert!(matches!(spoilt(|_, _, pools| pools[0].texts[0] = "x".repeat(41)), CommentViolation::Text { .. }));
}
