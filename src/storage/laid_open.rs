//! A database as whoever copies its files has it: every table in words, and the files byte for byte. For the demo, which shows it.

use std::path::PathBuf;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use crate::error::StorageError;

/// What stands between the values of a row while it is read; in no value that is shown.
const BETWEEN: char = '\u{1f}';
/// How many bytes of a value are read.
const READ: usize = 256;

/// A copy of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOpen {
    /// Every table, by name.
    pub tables: Vec<LaidOpenTable>,
    /// The files that hold them: the name and what is in it. The write-ahead log comes first.
    pub files: Vec<(String, Vec<u8>)>,
}

/// One table of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOpenTable {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows in the order in which the engine gives them, one value per column.
    pub rows: Vec<Vec<LaidOpenValue>>,
}

/// One value of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaidOpenValue {
    /// There is none.
    Nothing,
    /// A text or a number, cut after 256 characters.
    Text(String),
    /// Bytes: the first 256, and how many there are.
    Bytes {
        /// The first of them.
        start: Vec<u8>,
        /// How many there are.
        length: usize,
    },
}

impl LaidOpen {
    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&LaidOpenTable> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl LaidOpenTable {
    /// The values of one column, row by row; none when there is no such column.
    pub fn column<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a LaidOpenValue> + use<'a> {
        let place = self.columns.iter().position(|column| column == name);
        self.rows.iter().filter_map(move |row| row.get(place?))
    }
}

impl LaidOpenValue {
    /// The text or number; `None` for bytes.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Nothing | Self::Bytes { .. } => None,
        }
    }

    /// The first bytes; `None` for a text.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes { start, .. } => Some(start),
            Self::Nothing | Self::Text(_) => None,
        }
    }

    /// As the statement of [`table`] writes it.
    fn read(written: &str) -> Self {
        let mut rest = written.chars();
        match rest.next() {
            Some('T') => Self::Text(rest.collect()),
            Some('B') => {
                let (length, hex) = rest.as_str().split_once(':').unwrap_or_default();
                let start = hex.as_bytes().chunks_exact(2).filter_map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok());
                Self::Bytes { start: start.collect(), length: length.parse().unwrap_or_default() }
            }
            _ => Self::Nothing,
        }
    }
}

/// Copies a database that this connection has open at `path`.
pub(crate) fn of_sqlite(connection: &mut SqliteConnection, path: &std::path::Path) -> Result<LaidOpen, StorageError> {
    let names: Vec<String> =
        sql::<Text>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").load(connection)?;
    let tables = names.into_iter().map(|name| table(connection, name)).collect::<Result<_, _>>()?;
    let mut files = Vec::new();
    for ending in ["-wal", ""] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        let file = PathBuf::from(file);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match std::fs::read(&file) {
            Ok(bytes) => files.push((name, bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(StorageError::Unavailable(format!("{}: {e}", file.display()))),
        }
    }
    Ok(LaidOpen { tables, files })
}

fn table(connection: &mut SqliteConnection, name: String) -> Result<LaidOpenTable, StorageError> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let columns: Vec<String> =
        sql::<Text>(&format!("SELECT name FROM pragma_table_info('{}')", name.replace('\'', "''"))).load(connection)?;
    let values: Vec<String> = columns
        .iter()
        .map(|column| {
            let column = quoted(column);
            format!(
                "CASE typeof({column}) WHEN 'null' THEN '' WHEN 'blob' THEN 'B' || length({column}) || ':' || hex(substr({column}, 1, {READ})) \
                 ELSE 'T' || replace(substr({column}, 1, {READ}), char({between}), ' ') END",
                between = u32::from(BETWEEN)
            )
        })
        .collect();
    let statement = format!("SELECT {} FROM {}", values.join(&format!(" || char({}) || ", u32::from(BETWEEN))), quoted(&name));
    let lines: Vec<String> = sql::<Text>(&statement).load(connection)?;
    let rows = lines.iter().map(|line| line.split(BETWEEN).map(LaidOpenValue::read).collect()).collect();
    Ok(LaidOpenTable { name, columns, rows })
}
