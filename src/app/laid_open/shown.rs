//! The tables of a side as they stand on the disk, cut to what a page can show.

use identity::{LaidOpen, Value};

use super::{Evidence, Invited};

/// How many rows of a table are shown.
const ROWS: usize = 3;
/// How many letters of a value.
const LETTERS: usize = 32;

/// One side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The names of its files, with how many bytes each has.
    pub files: Vec<(String, usize)>,
    /// How many rows all tables have.
    pub rows: usize,
    /// Tables with rows.
    pub tables: Vec<Shown>,
    /// Names of tables without any.
    pub empty: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Some rows: those that name the person come first.
    pub some: Vec<Vec<String>>,
}

impl Side {
    /// How many bytes its files have.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }

    fn of(side: &LaidOpen, person: &Invited, running: Option<&str>) -> Self {
        let mut shown = Self {
            files: side.files.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect(),
            rows: side.tables.iter().map(|filled| filled.rows.len()).sum(),
            tables: Vec::new(),
            empty: Vec::new(),
        };
        for filled in &side.tables {
            let name = filled.table.name.clone();
            if filled.rows.is_empty() {
                shown.empty.push(name);
                continue;
            }
            let mut rows: Vec<_> = filled.rows.iter().collect();
            // Rows that are alike stay in the order of their keys.
            rows.sort_by_key(|row| (!holds(row, &person.id), !running.is_some_and(|running| holds(row, running))));
            shown.tables.push(Shown {
                name,
                rows: filled.rows.len(),
                columns: filled.table.columns.iter().map(|column| column.name.clone()).collect(),
                some: rows.into_iter().take(ROWS).map(|row| row.iter().map(|value| value.brief(LETTERS)).collect()).collect(),
            });
        }
        shown
    }
}

fn holds(row: &[Value], text: &str) -> bool {
    row.iter().any(|value| value.text() == Some(text))
}

impl Evidence {
    /// The people side and the ballot side, the rows that name the person first.
    #[must_use]
    pub fn sides(&self, person: &Invited) -> [Side; 2] {
        [&self.people, &self.ballots].map(|side| Side::of(side, person, self.running()))
    }
}
