//! The sections of a report, filled from what was read. `result` is the page of a group or unit, with the parts `next` (what to talk about),
//! `trends` (over time), `plane` (two dimensions together), `pairs` (said or lived), `statements` and `method`; `groups` is the table of all groups,
//! `comments` what people wrote, `errata` what was said about a result later.

mod comments;
mod errata;
mod groups;
mod method;
mod next;
mod pairs;
mod plane;
mod result;
mod statements;
mod trends;

use domain::DimensionId;
use release::reading::{Change, ChangeWord, Comparison, Difference, PublishedWave};

use crate::Words;

pub(crate) use comments::comments;
pub(crate) use errata::errata;
pub(crate) use groups::groups;
pub(crate) use result::{Reader, block, total};

fn changes(comparison: &Comparison) -> &[Change] {
    match comparison {
        Comparison::Made(set) => &set.changes,
        Comparison::FirstWave | Comparison::NotPossible(_) => &[],
    }
}

pub(crate) const fn class_of(change: &Change) -> &'static str {
    let down = matches!(change.difference, Some(Difference { points: ..0, .. }));
    match (change.word, down) {
        (ChangeWord::Clear, false) => "clear up",
        (ChangeWord::Clear, true) => "clear down",
        (ChangeWord::Possible, false) => "possible up",
        (ChangeWord::Possible, true) => "possible down",
        (ChangeWord::None | ChangeWord::CannotBeSeen, _) => "none",
    }
}

pub(crate) fn name(words: &Words, wave: &PublishedWave, dimension: &DimensionId) -> String {
    let found = wave.instrument.dimensions.iter().find(|d| &d.id == dimension);
    found.map_or_else(|| dimension.to_string(), |d| words.of(&d.name))
}

/// Whether a table with a column for each of these dimensions is too wide for some windows, so that it scrolls in a frame of its own.
pub(crate) const fn is_wide(dimensions: &[String]) -> bool {
    dimensions.len() > 4
}

/// A text as part of an `id`: everything but letters and digits becomes its number.
fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("_{:x}", u32::from(c)) }).collect()
}
