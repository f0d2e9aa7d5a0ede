//! From rows to comment pools: which block each comment belongs to, the plan from counts, and texts in an order that tells nothing.

use std::collections::BTreeMap;

use disclosure::comments::BasePools;
use disclosure::{Base, BlockId, Member};
use domain::GroupLeaf;
use domain::instrument::{Instrument, OpenQuestion};
use protocol::CommentRule;

use super::rows::Row;
use crate::check::comments::normalised;
use crate::document::CommentPool;

/// The pools of every question, in the instrument's order.
pub(super) fn pools(rows: &[Row], base: &Base, groups: &[GroupLeaf], instrument: &Instrument, rule: CommentRule) -> Vec<CommentPool> {
    let block_of: BTreeMap<&Member, BlockId> =
        base.blocks.iter().flat_map(|block| block.members.iter().map(move |member| (member, block.id))).collect();
    let blocks: Vec<Option<BlockId>> = rows.iter().map(|row| block_of.get(&row.member(groups)).copied()).collect();
    // Once for all questions: how few wrote to one of them takes no base pool apart.
    let base_pools = BasePools::cut(&base.blocks, rule.min_respondents);
    let of_question = |(number, question): (usize, &OpenQuestion)| {
        let mut texts: BTreeMap<BlockId, Vec<String>> = BTreeMap::new();
        for (row, block) in rows.iter().zip(&blocks) {
            let text = normalised(row.comment(number), question.longest);
            if let (Some(block), false) = (block, text.is_empty()) {
                texts.entry(*block).or_default().push(text);
            }
        }
        pools_of(question, texts, &base_pools, rule.min_comments)
    };
    instrument.comments.iter().enumerate().flat_map(of_question).collect()
}

fn pools_of(
    question: &OpenQuestion,
    mut texts: BTreeMap<BlockId, Vec<String>>,
    base_pools: &BasePools,
    min_comments: u32,
) -> Vec<CommentPool> {
    let counts = texts.iter().map(|(block, texts)| (*block, u32::try_from(texts.len()).unwrap_or(u32::MAX))).collect();
    base_pools
        .pools(&counts, min_comments)
        .into_iter()
        .map(|pool| {
            let mut texts: Vec<String> = pool.blocks.iter().flat_map(|block| texts.remove(block).unwrap_or_default()).collect();
            texts.sort_by_cached_key(|text| CommentPool::hash_of(text).0);
            CommentPool { question: question.id.clone(), unit: pool.unit, blocks: pool.blocks, texts }
        })
        .collect()
}
