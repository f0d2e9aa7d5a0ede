//! What never changes about a wave, read once: the promise sheet, the groups with their tree, the survey page and its files.
//!
//! What can change is not here: gate, board, objections and keys are read anew for every request. A wave is held until others were asked for more
//! recently; its row is never deleted and these columns of it are never written again (decided at launch), so nothing held can be out of date.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use domain::WaveId;
use protocol::{FrozenManifest, GroupList, Manifest};
use responses::{Responses, ResponsesError, ServedWave};

use super::headers;

/// How many waves are held: the running one, and some whose promise sheet or Release somebody reads.
const HELD: usize = 3;

/// The frozen parts of one wave. The bytes are shared with every answer that sends them.
pub(super) struct FrozenWave {
    /// The manifest and its hash.
    pub manifest: FrozenManifest,
    /// The groups with their tree.
    pub groups: GroupList,
    /// What is served byte for byte.
    pub files: Files,
}

/// What is served byte for byte as it was stored at launch.
pub(super) struct Files {
    pub page: Bytes,
    /// The content policy of the page, which names the program of this wave.
    pub policy: HeaderValue,
    pub js: Bytes,
    pub css: Bytes,
    pub manifest: Bytes,
    pub instrument: Bytes,
    /// The inputs of the group tree: enough to recompute the root, no label in the clear.
    pub groups: Bytes,
}

/// Why the frozen parts of a wave are not at hand.
#[derive(Debug)]
pub(super) enum NotAtHand {
    /// There is no such wave.
    UnknownWave,
    /// The database does not answer.
    Unavailable,
    /// What is stored is not what a launch stores.
    Unreadable,
}

impl FrozenWave {
    /// The wave's promises.
    pub(super) fn promises(&self) -> &Manifest {
        self.manifest.manifest()
    }

    fn of(stored: ServedWave, origin: &str) -> Option<Self> {
        let manifest = FrozenManifest::read(stored.manifest.clone()).ok()?;
        let promises = manifest.manifest();
        let policy = headers::of_survey_page(&promises.client_sha256.0, origin, &promises.wave)?;
        let groups = GroupList::freeze(stored.groups).ok()?;
        let files = Files {
            page: stored.client.page.into(),
            policy,
            js: stored.client.js.into(),
            css: stored.client.css.into(),
            manifest: stored.manifest.into(),
            instrument: stored.instrument.into(),
            groups: serde_json::to_vec(groups.inputs()).ok()?.into(),
        };
        Some(Self { manifest, groups, files })
    }
}

/// The frozen parts of the waves that were asked for last.
pub struct FrozenWaves {
    store: Responses,
    /// Where people reach the survey page, for the content policy.
    origin: String,
    /// The one that was asked for last comes first.
    held: RwLock<VecDeque<Arc<FrozenWave>>>,
}

impl FrozenWaves {
    /// Holds nothing yet. `origin` is where people reach the survey page.
    #[must_use]
    pub fn new(store: Responses, origin: &str) -> Self {
        Self { store, origin: origin.to_owned(), held: RwLock::default() }
    }

    /// The wave when it is held already; never waits for the database.
    pub(super) fn held(&self, wave: &WaveId) -> Option<Arc<FrozenWave>> {
        let is_it = |frozen: &Arc<FrozenWave>| frozen.promises().wave == *wave;
        // Nearly always the running wave is asked for, and then nobody has to wait here.
        let found = self.held.read().unwrap_or_else(PoisonError::into_inner).front().cloned().filter(is_it);
        if found.is_some() {
            return found;
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let place = held.iter().position(is_it)?;
        let frozen = held.remove(place)?;
        held.push_front(frozen.clone());
        Some(frozen)
    }

    /// The wave, read from the database unless it is held. Blocks.
    pub(super) fn get(&self, wave: &WaveId) -> Result<Arc<FrozenWave>, NotAtHand> {
        if let Some(frozen) = self.held(wave) {
            return Ok(frozen);
        }
        // Several may read it at once after a start. To let them wait for each other would let everybody wait who asks for anything else.
        let stored = self.store.wave(wave).map_err(|error| not_at_hand(&error))?.ok_or(NotAtHand::UnknownWave)?;
        let frozen = Arc::new(FrozenWave::of(stored, &self.origin).ok_or(NotAtHand::Unreadable)?);
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.retain(|other| other.promises().wave != *wave);
        held.push_front(frozen.clone());
        held.truncate(HELD);
        Ok(frozen)
    }
}

fn not_at_hand(error: &ResponsesError) -> NotAtHand {
    if error.is_unavailable() { NotAtHand::Unavailable } else { NotAtHand::Unreadable }
}
