//! The report for reading: at most 80 characters wide, a few digits, and beside every number what it is.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Cell, Content, Field, Fields, Report};
use crate::wrap;

/// The width that every terminal has.
const WIDTH: usize = 80;

/// The longest that a number is written here.
const LONGEST_NUMBER: usize = 10;

impl Report {
    /// The report as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = wrapped(&format!("{}.", self.method.meaning()), 0, 0);
        text.push('\n');
        self.fields.write(&mut text, "");
        let mut reasons = Vec::new();
        self.fields.collect_reasons("", &mut reasons);
        if !reasons.is_empty() {
            text.push_str("\nWithout a value:\n");
            for (path, reason) in reasons {
                text.push_str(&wrapped(&format!("  {path}: {reason}"), 4, 0));
            }
        }
        if !self.notes.is_empty() {
            text.push('\n');
            for note in &self.notes {
                text.push_str(&wrapped(note, 0, 0));
            }
        }
        if !self.read.is_empty() {
            text.push_str("\nRead:\n");
        }
        for read in &self.read {
            text.push_str(&wrapped(&format!("  {}: {}", read.meaning, read.count), 4, 0));
        }
        text
    }
}

impl Fields {
    fn write(&self, text: &mut String, indent: &str) {
        let mut place = 0;
        while let Some(field) = self.0.get(place) {
            match &field.content {
                Content::One(_) => {
                    let block: Vec<&Field> =
                        self.0.iter().skip(place).take_while(|field| matches!(field.content, Content::One(_))).collect();
                    if place > 0 {
                        text.push('\n');
                    }
                    place += block.len();
                    scalars(&block, text, indent);
                }
                Content::Column { cells, .. } => {
                    let same =
                        |field: &&Field| matches!(&field.content, Content::Column { cells: others, .. } if others.len() == cells.len());
                    let block: Vec<&Field> = self.0.iter().skip(place).take_while(same).collect();
                    if place > 0 {
                        text.push('\n');
                    }
                    place += block.len();
                    table(&block, text, indent);
                }
                Content::Nested(fields) => {
                    place += 1;
                    if !text.ends_with("\n\n") {
                        text.push('\n');
                    }
                    let named = format!("{indent}{}: ", printable(&field.key));
                    text.push_str(&named);
                    text.push_str(&wrapped(&field.meaning, indent.len() + 2, named.chars().count()));
                    fields.write(text, &format!("{indent}  "));
                }
            }
        }
    }
}

/// One line per result: its value, what it is, and its name in JSON.
fn scalars(block: &[&Field], text: &mut String, indent: &str) {
    let shown: Vec<(&Field, String)> = block
        .iter()
        .filter_map(|field| match &field.content {
            Content::One(cell) => Some((*field, shown(cell))),
            _ => None,
        })
        .collect();
    // Words may be longer than numbers; they do not push everything to the right.
    let width = shown.iter().map(|(_, value)| value.chars().count()).filter(|width| *width <= LONGEST_NUMBER).max().unwrap_or(0);
    for (field, value) in shown {
        let before = format!("{indent}  {value:>width$}  ");
        let named = if field.meaning == field.key { field.key.to_string() } else { format!("{} ({})", field.meaning, field.key) };
        let begun = before.chars().count();
        text.push_str(&before);
        text.push_str(&wrapped(&named, indent.len() + width + 4, begun));
    }
}

/// Columns beside each other under short headings, and below them what the headings mean.
fn table(block: &[&Field], text: &mut String, indent: &str) {
    let mut columns: Vec<(&str, Vec<String>, bool)> = Vec::new();
    for field in block {
        if let Content::Column { head, cells } = &field.content {
            let left = cells.iter().all(|cell| matches!(cell, Cell::Text(_) | Cell::Nothing));
            columns.push((head, cells.iter().map(shown).collect(), left));
        }
    }
    let rows = columns.first().map_or(0, |(_, cells, _)| cells.len());
    let widths: Vec<usize> = columns
        .iter()
        .map(|(head, cells, _)| cells.iter().map(|cell| cell.chars().count()).chain([head.chars().count()]).max().unwrap_or(0))
        .collect();
    let mut line = |cell: &dyn Fn(usize) -> String| {
        let mut drawn = format!("{indent}  ");
        for (place, ((_, _, left), width)) in columns.iter().zip(&widths).enumerate() {
            let cell = cell(place);
            let _ = if *left { write!(drawn, "{cell:<width$}  ") } else { write!(drawn, "{cell:>width$}  ") };
        }
        text.push_str(drawn.trim_end());
        text.push('\n');
    };
    line(&|place| columns.get(place).map_or_else(String::new, |(head, ..)| (*head).to_owned()));
    for row in 0..rows {
        line(&|place| columns.get(place).and_then(|(_, cells, _)| cells.get(row)).cloned().unwrap_or_default());
    }
    text.push('\n');
    let heads = columns.iter().map(|(head, ..)| head.chars().count()).max().unwrap_or(0);
    for (field, (head, ..)) in block.iter().zip(&columns) {
        let before = format!("{indent}  {head:heads$}  ");
        text.push_str(&before);
        text.push_str(&wrapped(&field.meaning, before.chars().count(), before.chars().count()));
    }
}

/// A text without control characters: a name in a file must not steer the terminal or break a table.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { Cow::Owned(text.replace(char::is_control, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Number(Ok(number)) => digits(*number),
        Cell::Number(Err(_)) | Cell::Nothing => "-".to_owned(),
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => printable(text).into_owned(),
        Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

/// A number with the digits that a reader can use: three after the point, more where that would show nothing.
fn digits(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-3..1e6).contains(&size) { format!("{number:.3}") } else { format!("{number:.2e}") }
}

/// Text in lines of at most [`WIDTH`] characters; the first begins at `begun`, the others at `indent`. Ends with a line break.
fn wrapped(text: &str, indent: usize, begun: usize) -> String {
    let text = &*printable(text);
    let leading: String = text.chars().take_while(|c| *c == ' ').collect();
    // What stands before the text on its first line takes room, but is written already.
    let before = " ".repeat(begun);
    let lines = wrap::fill(text, WIDTH, &format!("{before}{leading}"), &" ".repeat(indent));
    lines.strip_prefix(&before).unwrap_or(&lines).to_owned() + "\n"
}
