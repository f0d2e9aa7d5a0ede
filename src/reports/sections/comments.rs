//! What people wrote.

use askama::Template;
use disclosure::BlockId;
use domain::QuestionId;
use release::reading::{PublishedWave, QuestionComments, ReadComment, read_comments};

use crate::catalogue::Fixed;
use crate::language::BrokenWords;
use crate::tagged::{self, Tagged};
use crate::{ReportProblem, Words};

/// What people wrote.
#[derive(Template)]
#[template(path = "comments.html")]
struct CommentsSection<'a> {
    words: &'a Words,
    questions: &'a [QuestionView<'a>],
    /// Where a comment can be hidden, before question and hash; `None` where the reader cannot.
    hide: Option<&'a str>,
}

/// What people wrote to one question.
struct QuestionView<'a> {
    id: QuestionId,
    text: String,
    /// Where nothing is shown: why.
    nothing: Option<String>,
    pools: Vec<PoolView<'a>>,
}

/// Comments that are shown together.
struct PoolView<'a> {
    /// Of whom.
    whose: String,
    blocks: String,
    texts: &'a [ReadComment],
    /// That some were hidden, and how many.
    hidden: Option<Tagged>,
}

pub(crate) fn comments(words: &Words, wave: &PublishedWave, seen: Option<&[BlockId]>, hide: Option<&str>) -> Result<String, ReportProblem> {
    let read = read_comments(wave, seen);
    let questions = read.iter().map(|question| question_view(words, wave, question)).collect::<Result<Vec<_>, _>>()?;
    if questions.is_empty() { Ok(String::new()) } else { Ok(CommentsSection { words, questions: &questions, hide }.render()?) }
}

fn question_view<'a>(
    words: &Words,
    wave: &PublishedWave,
    QuestionComments { question, pools }: &'a QuestionComments,
) -> Result<QuestionView<'a>, BrokenWords> {
    let asked = wave.instrument.comments.iter().find(|asked| asked.id == *question);
    let pools = pools.iter().map(|pool| {
        Ok(PoolView {
            whose: words.comments_of(&pool.labels, pool.with_upward)?,
            blocks: pool.blocks.iter().map(|block| block.0.to_string()).collect::<Vec<_>>().join(" "),
            texts: &pool.texts,
            hidden: (pool.hidden > 0).then(|| tagged::hidden_comments(words, pool.hidden)).transpose()?,
        })
    });
    let pools = pools.collect::<Result<Vec<_>, BrokenWords>>()?;
    let rule = wave.manifest.comments.filter(|_| pools.is_empty());
    let nothing = rule.map(|rule| words.too_few_comments(rule.min_respondents, rule.min_comments)).transpose()?;
    Ok(QuestionView { id: question.clone(), text: asked.map_or_else(String::new, |asked| words.of(&asked.text)), nothing, pools })
}
