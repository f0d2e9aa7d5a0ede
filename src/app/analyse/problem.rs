//! What can be wrong with a request or with the file behind it, in words that say what to do.

use std::fmt;

/// Where a cell stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as it was given, or `--values`.
    pub source: String,
    /// The line of the file from 1, or the place in a list.
    pub line: u64,
    /// The name of the column.
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, line, column } = self;
        if source == VALUES { write!(f, "{source}, {column}, number {line}") } else { write!(f, "{source}, line {line}, column {column}") }
    }
}

/// The name of typed values in messages.
pub(crate) const VALUES: &str = "--values";

/// Why nothing was computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The file cannot be opened.
    #[error("cannot read {file}: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// The file as a whole is no table.
    #[error("{file}: {reason}")]
    NoTable {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// One line of the file is no row.
    #[error("{file}, line {line}: {reason}")]
    BadLine {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A column was asked for that does not exist.
    #[error("{file} has no column {name:?} ({option}).{} Its columns are: {columns}", .meant.as_ref().map(|meant| meant.advice(.option)).unwrap_or_default())]
    UnknownColumn {
        /// The file.
        file: String,
        /// The option that named it.
        option: &'static str,
        /// The name as given.
        name: String,
        /// What may be meant.
        meant: Option<Meant>,
        /// The columns that exist.
        columns: String,
    },
    /// A column was asked for that exists more than once.
    #[error("{file} has {times} columns {name:?} ({option}): give them different names, so that it is clear which one is meant")]
    DoubledColumn {
        /// The file.
        file: String,
        /// The option that named it.
        option: &'static str,
        /// The name.
        name: String,
        /// How often it occurs.
        times: usize,
    },
    /// Text stands where a number is needed.
    #[error("{place}: {value:?} is not a number. {advice}")]
    NotANumber {
        /// Where.
        place: Place,
        /// The cell's text.
        value: String,
        /// What to do.
        advice: String,
    },
    /// A number lies outside the scale.
    #[error("{place}: {value} is outside the scale {scale}. Correct the answer or --scale, or count it as missing with --missing {value}")]
    OutsideScale {
        /// Where.
        place: Place,
        /// The number.
        value: f64,
        /// The scale as given.
        scale: String,
    },
    /// The conditions leave no row.
    #[error("no rows are left: {0}")]
    NoRows(String),
    /// An option is missing, or does not fit the method or another option.
    #[error("{option}: {reason}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong, and what to do.
        reason: String,
    },
}

/// What may be meant by a column that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// The column that looks most like it.
    Nearest(String),
    /// The columns that its name joins, separated by commas.
    Several(String),
}

impl Meant {
    fn advice(&self, option: &str) -> String {
        match self {
            Self::Nearest(name) => format!(" Did you mean {name:?}?"),
            Self::Several(names) => format!(" Several columns are separated by a comma: {option} {names}."),
        }
    }
}

impl Problem {
    /// Something about an option.
    pub(crate) fn option(option: &'static str, reason: impl Into<String>) -> Self {
        Self::Option { option, reason: reason.into() }
    }
}
