//! A database as whoever copies its files has it: every table in words, and the files byte for byte. For the demo, which shows it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::copies::Filled;
use crate::error::StorageError;

/// A file of a database: its name and what is in it.
pub type DatabaseFile = (String, Vec<u8>);

/// A copy of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidOpen {
    /// The tables that a copy made by `candor backup` holds, with their rows.
    pub tables: Vec<Filled>,
    /// The files that hold them. The write-ahead log comes first.
    pub files: Vec<DatabaseFile>,
}

impl LaidOpen {
    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Filled> {
        self.tables.iter().find(|filled| filled.table.name == name)
    }
}

/// The files of the SQLite database at `path` as they are on the disk.
pub(crate) fn files_of_sqlite(path: &Path) -> Result<Vec<DatabaseFile>, StorageError> {
    let mut files = Vec::new();
    for ending in ["-wal", ""] {
        let mut file = path.as_os_str().to_owned();
        file.push(ending);
        let file = PathBuf::from(file);
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match std::fs::read(&file) {
            Ok(bytes) => files.push((name, bytes)),
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(StorageError::Unavailable(format!("{}: {e}", file.display()))),
        }
    }
    Ok(files)
}
