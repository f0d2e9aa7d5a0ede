//! The last look at comment pools before they are frozen: every rule, checked again from the pools and the table alone.

use std::collections::BTreeMap;

use disclosure::{Base, BlockId};
use domain::QuestionId;
use domain::instrument::Instrument;
use protocol::CommentRule;
use unicode_normalization::UnicodeNormalization;

use crate::document::CommentPool;

/// Why comments must not be published. It quotes none of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommentViolation {
    /// There are comments although the wave did not ask for any.
    #[error("there are comments, and this round did not ask for any")]
    NotAsked,
    /// The question does not exist, or its pools are not where its place in the instrument puts them.
    #[error("question {question}: it does not exist, or its pools stand at the wrong place")]
    WrongQuestion {
        /// The question.
        question: QuestionId,
    },
    /// Pools of one question are not in the order of unit and blocks.
    #[error("question {question}: its pools are out of order")]
    OutOfOrder {
        /// The question.
        question: QuestionId,
    },
    /// A pool without blocks, or with blocks that are not in ascending order.
    #[error("question {question}: the blocks of a pool are missing, repeated or out of order")]
    Blocks {
        /// The question.
        question: QuestionId,
    },
    /// A block that does not exist.
    #[error("question {question}: there is no block {block:?}")]
    UnknownBlock {
        /// The question.
        question: QuestionId,
        /// The block.
        block: BlockId,
    },
    /// A block in two pools of a question: what is in one of them only could be told apart.
    #[error("question {question}: block {block:?} is in two pools")]
    InTwoPools {
        /// The question.
        question: QuestionId,
        /// The block.
        block: BlockId,
    },
    /// A block in no pool although the question has pools: that would tell that hardly anybody wrote there.
    #[error("question {question}: block {block:?} is in no pool")]
    InNoPool {
        /// The question.
        question: QuestionId,
        /// The block.
        block: BlockId,
    },
    /// A pool does not carry the deepest unit of its blocks.
    #[error("question {question}: a pool does not carry the deepest unit that contains its blocks")]
    WrongUnit {
        /// The question.
        question: QuestionId,
    },
    /// Too few respondents.
    #[error("question {question}: a pool has {respondents} respondents, fewer than {least}")]
    TooFewRespondents {
        /// The question.
        question: QuestionId,
        /// Respondents of the pool.
        respondents: u64,
        /// Fewest that are allowed.
        least: u32,
    },
    /// The pools of all questions together tell few people from all others: who reads them all could narrow comments down to these.
    #[error("the pools of different questions overlap in {respondents} respondents, fewer than {least}")]
    ToldApart {
        /// Respondents of the overlap.
        respondents: u64,
        /// Fewest that are allowed.
        least: u32,
    },
    /// Too few comments.
    #[error("question {question}: a pool has {comments} comments, fewer than {least}")]
    TooFewComments {
        /// The question.
        question: QuestionId,
        /// Comments of the pool.
        comments: usize,
        /// Fewest that are allowed.
        least: u32,
    },
    /// More comments than people who could have written them.
    #[error("question {question}: a pool has {comments} comments from {respondents} respondents")]
    MoreCommentsThanRespondents {
        /// The question.
        question: QuestionId,
        /// Comments of the pool.
        comments: usize,
        /// Respondents of the pool.
        respondents: u64,
    },
    /// Comments in another order than that of their hashes.
    #[error("question {question}: comments are not sorted by their hashes, so their order could tell who wrote them")]
    Unsorted {
        /// The question.
        question: QuestionId,
    },
    /// A comment that is empty, too long, or not written as comments are published.
    #[error("question {question}: a comment is empty, too long or not in its published form")]
    Text {
        /// The question.
        question: QuestionId,
    },
}

/// Checks the pools of a wave against its table, questionnaire and promised rule (`None`: no comments were asked).
///
/// # Errors
/// The first [`CommentViolation`] found.
pub(crate) fn check(
    pools: &[CommentPool],
    base: &Base,
    instrument: &Instrument,
    rule: Option<CommentRule>,
) -> Result<(), CommentViolation> {
    let Some(rule) = rule else {
        return if pools.is_empty() { Ok(()) } else { Err(CommentViolation::NotAsked) };
    };
    let mut rest = pools;
    for question in &instrument.comments {
        let own = rest.iter().take_while(|pool| pool.question == question.id).count();
        let (pools, behind) = rest.split_at(own);
        rest = behind;
        check_partition(pools, base, &question.id)?;
        for pool in pools {
            check_pool(pool, base, rule, question.longest)?;
        }
    }
    match rest.first() {
        Some(pool) => Err(CommentViolation::WrongQuestion { question: pool.question.clone() }),
        None => check_overlaps(pools, base, rule.min_respondents),
    }
}

/// Blocks that no pool of any question tells apart have enough respondents together, so that every overlap of pools has, and everything that
/// is left when pools are subtracted.
fn check_overlaps(pools: &[CommentPool], base: &Base, least: u32) -> Result<(), CommentViolation> {
    let mut pools_of: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
    for (place, pool) in pools.iter().enumerate() {
        for block in &pool.blocks {
            pools_of.entry(*block).or_default().push(place);
        }
    }
    let mut respondents: BTreeMap<&[usize], u64> = BTreeMap::new();
    for block in &base.blocks {
        if let Some(pools) = pools_of.get(&block.id) {
            *respondents.entry(pools).or_default() += u64::from(block.n);
        }
    }
    match respondents.into_values().find(|respondents| *respondents < u64::from(least)) {
        Some(respondents) => Err(CommentViolation::ToldApart { respondents, least }),
        None => Ok(()),
    }
}

/// Every block is in exactly one pool of a question, or the question has none.
fn check_partition(pools: &[CommentPool], base: &Base, question: &QuestionId) -> Result<(), CommentViolation> {
    let question = || question.clone();
    if !pools.is_sorted_by(|a, b| (&a.unit, &a.blocks) < (&b.unit, &b.blocks)) {
        return Err(CommentViolation::OutOfOrder { question: question() });
    }
    let mut seen: BTreeMap<BlockId, bool> = base.blocks.iter().map(|block| (block.id, false)).collect();
    for pool in pools {
        if pool.blocks.is_empty() || !pool.blocks.is_sorted_by(|a, b| a < b) {
            return Err(CommentViolation::Blocks { question: question() });
        }
        for block in &pool.blocks {
            match seen.insert(*block, true) {
                None => return Err(CommentViolation::UnknownBlock { question: question(), block: *block }),
                Some(true) => return Err(CommentViolation::InTwoPools { question: question(), block: *block }),
                Some(false) => {}
            }
        }
    }
    match seen.iter().find(|(_, seen)| !**seen && !pools.is_empty()) {
        Some((block, _)) => Err(CommentViolation::InNoPool { question: question(), block: *block }),
        None => Ok(()),
    }
}

fn check_pool(pool: &CommentPool, base: &Base, rule: CommentRule, longest: u16) -> Result<(), CommentViolation> {
    let question = || pool.question.clone();
    // Blocks are numbered by their place: the table was checked before.
    let blocks = || pool.blocks.iter().filter_map(|id| base.blocks.get(usize::try_from(id.0).ok()?));
    if blocks().map(|block| block.unit.clone()).reduce(|a, b| a.common(&b)).as_ref() != Some(&pool.unit) {
        return Err(CommentViolation::WrongUnit { question: question() });
    }
    let respondents: u64 = blocks().map(|block| u64::from(block.n)).sum();
    if respondents < u64::from(rule.min_respondents) {
        return Err(CommentViolation::TooFewRespondents { question: question(), respondents, least: rule.min_respondents });
    }
    let comments = pool.texts.len();
    if u32::try_from(comments).is_ok_and(|comments| comments < rule.min_comments) {
        return Err(CommentViolation::TooFewComments { question: question(), comments, least: rule.min_comments });
    }
    if u64::try_from(comments).map_or(true, |comments| comments > respondents) {
        return Err(CommentViolation::MoreCommentsThanRespondents { question: question(), comments, respondents });
    }
    if pool.texts.iter().any(|text| text.is_empty() || normalised(text, longest) != *text) {
        return Err(CommentViolation::Text { question: question() });
    }
    if !pool.texts.is_sorted_by_key(|text| CommentPool::hash_of(text).0) {
        return Err(CommentViolation::Unsorted { question: question() });
    }
    Ok(())
}

/// A comment as it is published: composed characters, one space for any white space, and no longer than its question allows.
///
/// How somebody breaks lines or doubles spaces is a habit that can be recognised. A client cuts nothing off: only somebody who writes
/// ballots without it can send characters that grow when they are composed.
pub(crate) fn normalised(text: &str, longest: u16) -> String {
    let composed: String = text.nfc().collect();
    let words: Vec<&str> = composed.split_whitespace().collect();
    let cut: String = words.join(" ").chars().take(usize::from(longest)).collect();
    cut.trim_end().to_owned()
}
