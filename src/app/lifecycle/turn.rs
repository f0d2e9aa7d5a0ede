//! The right to take a step of a wave's life: one holder at a time, on this machine and on all that share the database.

use domain::WaveId;

use super::Refusal;
use super::key_file::{self, FolderMark};
use crate::installation::Installation;

/// The right to take steps of a wave's life, alone; ends when dropped, also by the death of the process or of its machine.
///
/// Every step can be repeated, but two at once could for instance make two keys for one wave. The lock on the key folder keeps out other
/// processes of this machine, the turn of the people side's database those of other machines.
pub(super) struct Turn {
    folder: FolderMark,
    _keys: key_file::Turn,
    _everywhere: identity::Turn,
}

impl Turn {
    /// The mark of the key folder that this process sees.
    pub(super) fn folder(&self) -> FolderMark {
        self.folder
    }
}

/// Waits for the turn.
///
/// # Errors
/// [`Refusal::Unavailable`] when the key folder or the database is not there, or when the folder is another one than the wave was launched with:
/// going on would call a key destroyed that still lies elsewhere.
pub(super) fn take(installation: &Installation, wave: &WaveId) -> Result<Turn, Refusal> {
    let mut keys = installation.keys.turn().map_err(Refusal::unavailable)?;
    let everywhere = installation.identity.turn().map_err(Refusal::unavailable)?;
    let mark = keys.folder_mark().map_err(Refusal::unavailable)?;
    let launched_with = installation.people_side(wave)?.key_folder;
    if launched_with.is_some() && launched_with != mark {
        return Err(Refusal::Unavailable(format!(
            "the key folder {} is not the one that round {wave} was launched with: mount that one, or leave this step to the process that has it; nothing was changed. If it is gone for good, only candor wave abort {wave} --key-lost is left",
            installation.config.storage.keys.display()
        )));
    }
    Ok(Turn { folder: mark.unwrap_or_default(), _keys: keys, _everywhere: everywhere })
}

/// Waits for the turn where there is no key folder any more; among all that share the database, it is alone as well.
///
/// # Errors
/// [`Refusal::Unavailable`] when the database is not there.
pub(super) fn take_without_key_folder(installation: &Installation) -> Result<identity::Turn, Refusal> {
    installation.identity.turn().map_err(Refusal::unavailable)
}
