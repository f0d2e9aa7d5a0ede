//! The file of the cards: written once, readable by its owner only, durable before the cards can answer.

use std::fs::{File, OpenOptions};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

/// What the file is called until the cards are stored.
pub(crate) fn partial(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    out.with_file_name(name)
}

/// Writes a new file beside its later place.
///
/// # Errors
/// Also when there is such a file already.
pub(super) fn write_partial(out: &Path, bytes: &[u8]) -> Result<PathBuf> {
    let path = partial(out);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_folder(&path)?;
    Ok(path)
}

/// Gives the file its name.
///
/// # Errors
/// When a file of that name has come up meanwhile, or the disk fails.
pub(super) fn finish(partial: &Path, out: &Path) -> Result<()> {
    // A second name fails where there is a file; renaming would replace it.
    std::fs::hard_link(partial, out)?;
    remove(partial)
}

/// Removes the file.
///
/// # Errors
/// When the disk fails.
pub(super) fn remove(partial: &Path) -> Result<()> {
    std::fs::remove_file(partial)?;
    sync_folder(partial)
}

fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
