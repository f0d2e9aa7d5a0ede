//! `candor analyse`: the statistics of this program for rows that somebody already has.
//!
//! The rows stay where they are: they are read, nothing of them is stored, and nothing is sent. Candor's own rounds never produce such a
//! file; whoever has one got it elsewhere, for instance from an earlier tool. No formula lives here: rows are chosen and read, the crate
//! `statistics` computes, and what it says is named as in the reference values of other programs.

mod answers;
mod inline;
mod method;
mod methods;
mod options;
mod output;
mod problem;
mod roster;
mod selection;
mod table;
mod typed;

use std::cell::OnceCell;
use std::path::Path;

pub use method::Method;
pub use options::{Condition, Null, Options, RowRange, Scale, Skew};
pub(crate) use output::printable;
pub use output::{Cell, Fields, Read, Report};
pub use problem::{Meant, Place, Problem};
pub use table::Table;

use roster::Roster;
use selection::Selection;

/// Reads what the options name and computes.
///
/// # Errors
/// What is wrong with the options or the file. What merely has no value, such as a spread of one person, is in the report with its reason.
pub fn analyse(options: &Options) -> Result<Report, Problem> {
    let options = options.settled()?;
    let (table, options) = if let Some(file) = &options.file {
        (Table::read(&file.display().to_string(), &bytes(file)?)?, options)
    } else if options.values.is_empty() {
        return Err(Problem::option("FILE", "name a CSV file, or type numbers with --values"));
    } else {
        typed::typed(options)?
    };
    let options = &options;
    let roster = match &options.roster {
        Some(file) => Some(Roster::read(&file.display().to_string(), &bytes(file)?, options.roster_leaders)?),
        None => None,
    };
    let (selection, spread_within) = (Selection::new(&table, options)?, OnceCell::new());
    let mut request = methods::Request { options, roster: roster.as_ref(), selection, notes: Vec::new(), spread_within: &spread_within };
    let fields = request.answer()?;
    let methods::Request { mut selection, notes, .. } = request;
    let used = selection.rows.len();
    if !table.is_typed() {
        selection.tell("rows_used", "rows looked at", used);
    } else if options.items.len() > 1 && used > 1 {
        selection.tell(
            "rows_used",
            format!("people; each list or column is an item: {} (X=1,5/2,4 has one row per person)", options.items.join(", ")),
            used,
        );
    }
    Ok(Report { method: options.method, fields, read: selection.read, notes })
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    std::fs::read(file).map_err(|error| Problem::Unreadable { file: file.display().to_string(), reason: error.to_string() })
}
