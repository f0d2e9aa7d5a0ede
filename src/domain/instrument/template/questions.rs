//! The open questions of a template, and whether a ballot has room for what people may write.

use std::collections::HashMap;

use super::faults::Earlier;
use super::fields::{Field, Part, Reading};
use super::foundation::Foundation;
use super::items::{check_unique, place_of};
use super::{TemplateFault, id, licence};
use crate::ids::QuestionId;
use crate::instrument::{BALLOT_ROOM, LONGEST_COMMENT, MOST_QUESTIONS, OpenQuestion};

const QUESTION: &[&str] = &["id", "text", "longest", "licence", "source"];

/// What the file builds on, and the sound ones among its own `[[comments]]`, beside so many items.
pub(super) fn read_questions(reading: &mut Reading, file: &Part<'_>, items: usize, foundation: &Foundation) -> Vec<OpenQuestion> {
    let tables = file.tables(reading, "comments");
    let mut questions = foundation.comments.clone();
    if tables.is_empty() && questions.is_empty() {
        return Vec::new();
    }
    let first = tables.first().map_or(foundation.line, |table| table.line);
    let found = questions.len() + tables.len();
    if found > MOST_QUESTIONS {
        reading.report(first, "", TemplateFault::TooManyQuestions { found });
    }
    let mut seen = foundation.seen("comment");
    for (i, table) in tables.into_iter().enumerate() {
        let part = Part::open(reading, table.value, table.line, place_of("comment", i + 1, table.value), QUESTION);
        questions.extend(read_question(reading, &part, &mut seen));
    }
    let bytes = questions.iter().map(OpenQuestion::bytes).sum::<usize>();
    if items + bytes > BALLOT_ROOM {
        reading.report(
            first,
            "",
            TemplateFault::NoRoomForComments { characters: BALLOT_ROOM.saturating_sub(items + 2 * questions.len()) / 4 },
        );
    }
    questions
}

fn read_question(reading: &mut Reading, part: &Part<'_>, seen: &mut HashMap<String, Earlier>) -> Option<OpenQuestion> {
    let id = part
        .text(reading, "id", "give it a short name that never changes, for instance HELPS")
        .and_then(|field| id(reading, &part.place, field, QuestionId::parse));
    if let Some(id) = &id {
        check_unique(reading, seen, "comment", &part.place, &Field { line: id.line, value: id.value.to_string() });
    }
    let text = part.words(reading, "text");
    let longest = part.integer(reading, "longest", "say how many characters a comment may have, for instance 500").and_then(|field| {
        let longest = u16::try_from(field.value).ok().filter(|longest| (1..=LONGEST_COMMENT).contains(longest));
        if longest.is_none() {
            reading.report(field.line, &part.place, TemplateFault::Longest { given: field.value });
        }
        longest
    });
    let licence = licence(reading, part);
    let source = part.text(reading, "source", "say who wrote the wording and where it comes from");
    Some(OpenQuestion { id: id?.value, text: text?, longest: longest?, licence: licence?, source: source?.value })
}
