//! Copies of a database in a form of their own: every row in the order of its key, and nothing beside the rows.
//!
//! A copy of the files, or of what a server dumps, also holds what lies around the rows: the order in which they came, numbers of transactions, rows that
//! were deleted. This form holds none of that, is the same for both engines, and can be put back into either. Which tables there are, and which of their
//! columns are copied, is said by the store ([`Plan`]); this module knows no table.

mod engine;
mod file;
mod filling;
mod reading;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;

use domain::Moment;
use serde::{Deserialize, Serialize};

use crate::error::{StorageError, StoreFailure};
use crate::migrations::Migrations;
use crate::sql_types::Json;

pub use file::encoded_size;
pub(crate) use reading::rows_of;

/// How many rows are read or written at once, where a row is small.
const ROWS_AT_ONCE: u32 = 200;

/// How many where a row can be large.
const LARGE_ROWS_AT_ONCE: u32 = 4;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Sixteen bytes that identify a row.
    Id16,
    /// Bytes of any length.
    Bytes,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Truth,
    /// An instant.
    Moment,
    /// A JSON document: its content, not its bytes.
    Doc,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// See [`Kind::Id16`].
    Id16([u8; 16]),
    /// See [`Kind::Bytes`].
    Bytes(Vec<u8>),
    /// See [`Kind::Text`].
    Text(String),
    /// See [`Kind::Number`].
    Number(i64),
    /// See [`Kind::Truth`].
    Truth(bool),
    /// See [`Kind::Moment`].
    Moment(Moment),
    /// See [`Kind::Doc`].
    Doc(Json<serde_json::Value>),
}

impl Value {
    /// The text; `None` for every other kind.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes; `None` for every other kind.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The number; `None` for every other kind.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The document; `None` for every other kind.
    #[must_use]
    pub const fn document(&self) -> Option<&serde_json::Value> {
        match self {
            Self::Doc(Json(document)) => Some(document),
            _ => None,
        }
    }

    /// The value in at most `most` letters, and a mark where it is longer: bytes in hexadecimal, nothing as nothing.
    #[must_use]
    pub fn brief(&self, most: usize) -> String {
        let text = match self {
            Self::Null => String::new(),
            Self::Id16(id) => hexadecimal(id, most),
            Self::Bytes(bytes) => hexadecimal(bytes, most),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Moment(moment) => moment.to_string(),
            Self::Doc(Json(document)) => document.to_string(),
        };
        match text.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    /// The order of keys; values of different kinds, and kinds that are no keys, have none.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Id16(a), Self::Id16(b)) => Some(a.cmp(b)),
            (Self::Bytes(a), Self::Bytes(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Self::Number(a), Self::Number(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

/// So many bytes in hexadecimal as give more than `letters`, if there are so many.
fn hexadecimal(bytes: &[u8], letters: usize) -> String {
    bytes.iter().take(letters / 2 + 1).map(|byte| format!("{byte:02x}")).collect()
}

/// The values of a row in the order of the table's columns.
pub type Row = Vec<Value>;

/// A column that is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table with its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The table.
    pub table: Table,
    /// Its rows in the order of their keys.
    pub rows: Vec<Row>,
}

impl Filled {
    /// The values of some columns, row by row; none when there is no such column.
    pub fn columns<'a, const N: usize>(&'a self, names: [&str; N]) -> impl Iterator<Item = [&'a Value; N]> + use<'a, N> {
        let places = names.map(|name| self.table.columns.iter().position(|column| column.name == name));
        self.rows.iter().filter_map(move |row| {
            let values = places.map(|place| row.get(place?));
            values.iter().all(Option::is_some).then(|| values.map(|value| value.unwrap_or(&Value::Null)))
        })
    }
}

/// A table that is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// The columns that are copied.
    pub columns: Vec<Column>,
    /// A column that refers to another row of the same table, and is therefore filled once all rows are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<String>,
    /// Whether one row can be as large as many of others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
}

impl Table {
    /// A table with its key and its columns.
    #[must_use]
    pub fn new(name: &str, key: &[&str], columns: &[(&str, Kind)]) -> Self {
        Self {
            name: name.to_owned(),
            key: key.iter().map(|&name| name.to_owned()).collect(),
            columns: columns.iter().map(|&(name, kind)| Column { name: name.to_owned(), kind }).collect(),
            later: None,
            large: false,
        }
    }

    /// The same table, of which this column is filled last.
    #[must_use]
    pub fn filled_later(self, column: &str) -> Self {
        Self { later: Some(column.to_owned()), ..self }
    }

    /// The same table with large rows.
    #[must_use]
    pub fn with_large_rows(self) -> Self {
        Self { large: true, ..self }
    }

    fn rows_at_once(&self) -> u32 {
        if self.large { LARGE_ROWS_AT_ONCE } else { ROWS_AT_ONCE }
    }

    /// Where the columns of the key stand in a row.
    fn key_places(&self) -> Vec<usize> {
        self.key.iter().filter_map(|key| self.columns.iter().position(|column| column.name == *key)).collect()
    }

    /// The key of a row.
    fn key_of<'r>(&self, row: &'r [Value]) -> Vec<&'r Value> {
        self.key_places().into_iter().filter_map(|place| row.get(place)).collect()
    }

    /// Whether a row comes after another one.
    fn follows(&self, row: &[Value], before: &[Value]) -> bool {
        let pairs = self.key_of(before).into_iter().zip(self.key_of(row));
        let mut decided = Some(Ordering::Equal);
        for (before, now) in pairs {
            if decided == Some(Ordering::Equal) {
                decided = before.compare(now);
            }
        }
        decided == Some(Ordering::Less)
    }

    /// Whether names and key can be those of a table: they go into statements as they are.
    fn is_sound(&self) -> bool {
        let plain = |name: &String| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let columns: BTreeSet<&String> = self.columns.iter().map(|column| &column.name).collect();
        plain(&self.name)
            && columns.iter().all(|name| plain(name))
            && columns.len() == self.columns.len()
            && !self.key.is_empty()
            && self.key.iter().chain(&self.later).all(|name| columns.contains(name))
    }
}

/// What a copy of a store holds.
pub struct Plan {
    /// The side, as it stands at the head of a copy.
    pub side: &'static str,
    /// The structure of the database.
    pub migrations: Migrations,
    /// The tables in an order in which they can be filled: a table stands after those that it refers to.
    pub tables: Vec<Table>,
    /// Tables of which nothing is copied; they are empty after a restore.
    pub left_out: &'static [&'static str],
}

/// What is known of a copy that was read from beginning to end and is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The version of the program that wrote it.
    pub program: String,
    /// What two copies have in common that were made by one command, and no others.
    pub pair: [u8; 16],
    /// SHA-256 of the whole file.
    pub sha256: [u8; 32],
    /// SHA-256 of head and rows, without the noise: equal for two copies of one state with one pair, whatever the engine.
    pub content: [u8; 32],
}

/// Why a copy could not be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyProblem {
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file could not be written or read.
    #[error("{0}")]
    File(#[from] io::Error),
    /// The file does not begin as a copy does.
    #[error("it is no copy made by candor backup")]
    NoCopy,
    /// The file is of a form that this program does not know.
    #[error(
        "it is a copy of the form {0:?}, which this program does not know: use the version of the program that made it, or a newer one"
    )]
    OtherForm(String),
    /// The file is a copy of another store.
    #[error("it is a copy of the {found}, not of the {wanted}: the two files are exchanged")]
    OtherSide {
        /// Of what it is a copy.
        found: String,
        /// Of what it should be.
        wanted: &'static str,
    },
    /// The file was made by a newer program.
    #[error(
        "it was made by version {program} of the program, whose databases this version does not know (migration {migration}): install that version or a newer one"
    )]
    Newer {
        /// The version.
        program: String,
        /// A migration that is not known here.
        migration: String,
    },
    /// The file ends too early.
    #[error("it is cut off: it ends before its end mark. Use another copy")]
    CutOff,
    /// The file is not what was written.
    #[error("it was altered or damaged: {0}. Use another copy")]
    Altered(&'static str),
    /// The database is not empty.
    #[error("the database is not empty, and nothing is written over: {0}. Restore into new databases, or move what is there away first")]
    NotEmpty(String),
    /// The database has the structure of this program, and the copy is of an older one.
    #[error(
        "the copy is of an older version than the database's structure: make the database anew and do not run candor migrate before the restore, which does it by itself"
    )]
    OlderThanStructure,
}

/// Why a copy was not put back; its database is unchanged.
#[derive(Debug)]
pub enum NotRestored<E> {
    /// The copy or the database does not allow it.
    Copy(CopyProblem),
    /// Whoever was asked about what it holds refused it.
    Caller(E),
}

impl<E> From<CopyProblem> for NotRestored<E> {
    fn from(problem: CopyProblem) -> Self {
        Self::Copy(problem)
    }
}

impl<E> From<StorageError> for NotRestored<E> {
    fn from(error: StorageError) -> Self {
        Self::Copy(error.into())
    }
}

impl<E> StoreFailure for NotRestored<E> {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Copy(problem) => problem.storage(),
            Self::Caller(_) => None,
        }
    }
}

impl StoreFailure for CopyProblem {
    fn storage(&self) -> Option<&StorageError> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
