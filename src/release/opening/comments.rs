//! From rows to comment pools: which block each comment belongs to, the plan from counts, and texts in an order that tells nothing.

use std::collections::BTreeMap;

use disclosure::comments::{CommentCount, PoolRule, plan};
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
    let of_question = |(number, question): (usize, &OpenQuestion)| {
        let mut texts: BTreeMap<BlockId, Vec<String>> = BTreeMap::new();
        for (row, block) in rows.iter().zip(&blocks) {
            let text = normalised(row.comment(number), question.longest);
            if let (Some(block), false) = (block, text.is_empty()) {
                texts.entry(*block).or_default().push(text);
            }
        }
        pools_of(question, texts, base, rule)
    };
    instrument.comments.iter().enumerate().flat_map(of_question).collect()
}

fn pools_of(question: &OpenQuestion, mut texts: BTreeMap<BlockId, Vec<String>>, base: &Base, rule: CommentRule) -> Vec<CommentPool> {
    let count = |block: &disclosure::Block| CommentCount {
        block: block.id,
        unit: block.unit.clone(),
        respondents: block.n,
        comments: texts.get(&block.id).map_or(0, |texts| u32::try_from(texts.len()).unwrap_or(u32::MAX)),
    };
    let counts: Vec<_> = base.blocks.iter().map(count).collect();
    let rule = PoolRule { min_respondents: rule.min_respondents, min_comments: rule.min_comments };
    plan(&counts, rule)
        .into_iter()
        .map(|pool| {
            let mut texts: Vec<String> = pool.blocks.iter().flat_map(|block| texts.remove(block).unwrap_or_default()).collect();
            texts.sort_by_cached_key(|text| CommentPool::hash_of(text).0);
            CommentPool { question: question.id.clone(), unit: pool.unit, blocks: pool.blocks, texts }
        })
        .collect()
}
