//! What a file system tells of files, read or not: how large they are, and when they were written, changed and read.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// A file as its folder lists it. All times are in nanoseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileTimes {
    /// Its path from the folder that was listed.
    pub(crate) name: String,
    pub(crate) size: i128,
    /// When its content was written (`mtime`).
    pub(crate) modified: i128,
    /// When anything of it was changed (`ctime`).
    pub(crate) changed: i128,
    /// When it was read (`atime`).
    pub(crate) read: i128,
}

/// Every file in a folder and in those below it. One that is removed meanwhile is left out.
pub(crate) fn of_files(folder: &Path) -> Vec<FileTimes> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                let nanos = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
                found.push(FileTimes {
                    name: name(folder, &entry.path()),
                    size: i128::from(metadata.len()),
                    modified: nanos(metadata.mtime(), metadata.mtime_nsec()),
                    changed: nanos(metadata.ctime(), metadata.ctime_nsec()),
                    read: nanos(metadata.atime(), metadata.atime_nsec()),
                });
            }
        }
    }
    found
}

/// The name of a file by its path from a folder.
pub(crate) fn name(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned()
}
