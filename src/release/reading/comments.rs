//! What people wrote, as it may be read: whole pools, without what was hidden.

use std::collections::BTreeSet;

use disclosure::{Block, BlockId, Member};
use domain::{QuestionId, UnitPath};
use protocol::Sha256Digest;

use super::{Published, PublishedWave};
use crate::document::CommentPool;

/// The comments to one question that somebody may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionComments {
    /// The question.
    pub question: QuestionId,
    /// What may be read, in the Release's order; empty where too few wrote for anything to be shown.
    pub pools: Vec<PoolComments>,
}

/// Comments of several groups together. They stand beside no score: a score may be that of fewer people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolComments {
    /// The deepest unit that contains all groups.
    pub unit: UnitPath,
    /// Whose comments these are, in the Release's numbering.
    pub blocks: Vec<BlockId>,
    /// Labels of the groups, in list order.
    pub labels: Vec<String>,
    /// Whether answers that were counted one level up are part of it.
    pub with_upward: bool,
    /// The comments, in an order that tells nothing.
    pub texts: Vec<ReadComment>,
    /// How many comments HR hid.
    pub hidden: u32,
}

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadComment {
    /// Its name, where it is to be hidden: [`CommentPool::hash_of`] its text.
    pub sha256: Sha256Digest,
    /// What somebody wrote.
    pub text: String,
}

/// The comments of a wave, question by question, in the pools that hold one of the `seen` blocks; `None` for all of them.
///
/// None for a wave that asked for no comments.
#[must_use]
pub fn read_comments(wave: &PublishedWave, seen: Option<&[BlockId]>) -> Published<Vec<QuestionComments>> {
    let hidden = wave.hidden_comments();
    let may_read = |pool: &CommentPool| seen.is_none_or(|seen| pool.blocks.iter().any(|block| seen.contains(block)));
    let of_question = |question: &QuestionId| QuestionComments {
        question: question.clone(),
        pools: wave
            .release
            .comments
            .iter()
            .filter(|pool| pool.question == *question && may_read(pool))
            .map(|pool| read_pool(wave, pool, &hidden))
            .collect(),
    };
    Published::of(wave.instrument.comments.iter().map(|question| of_question(&question.id)).collect())
}

fn read_pool(wave: &PublishedWave, pool: &CommentPool, hidden: &BTreeSet<(QuestionId, Sha256Digest)>) -> PoolComments {
    let blocks: Vec<&Block> = wave.release.base.blocks.iter().filter(|block| pool.blocks.contains(&block.id)).collect();
    let members = || blocks.iter().flat_map(|block| &block.members);
    let is_member = |group| members().any(|member| *member == Member::Group(group));
    let all = pool.texts.iter().map(|text| ReadComment { sha256: CommentPool::hash_of(text), text: text.clone() });
    let texts: Vec<_> = all.filter(|comment| !hidden.contains(&(pool.question.clone(), comment.sha256))).collect();
    PoolComments {
        unit: pool.unit.clone(),
        blocks: pool.blocks.clone(),
        labels: wave.groups.iter().filter(|leaf| is_member(leaf.group)).map(|leaf| leaf.label.clone()).collect(),
        with_upward: members().any(|member| matches!(member, Member::Upward(_))),
        hidden: u32::try_from(pool.texts.len() - texts.len()).unwrap_or(u32::MAX),
        texts,
    }
}
