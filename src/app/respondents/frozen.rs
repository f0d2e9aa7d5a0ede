//! What never changes about a wave, read once: the promise sheet, the groups with their tree, the survey page and its files.
//!
//! What can change is not here: gate, board, objections and keys are read anew for every request. A wave is held until others were asked for more
//! recently; its row is never deleted and these columns of it are never written again (decided at launch), so nothing held can be out of date.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::HeaderValue;
use domain::{Language, WaveId};
use protocol::{FrozenManifest, GroupList, Manifest};
use responses::{ClientFiles, Responses, ResponsesError, ServedWave, WordFiles};

use super::body::Body;
use super::invented::Fault;
use super::{headers, specimen};

/// How many waves are held: the running one, and some whose promise sheet or Release somebody reads.
const HELD: usize = 3;

/// The content type of what programs read.
pub(super) const JSON: &str = "application/json";

/// The frozen parts of one wave. The bytes are shared with every answer that sends them.
pub(super) struct FrozenWave {
    /// The manifest and its hash.
    pub manifest: FrozenManifest,
    /// The groups with their tree.
    pub groups: GroupList,
    /// What is served byte for byte.
    pub files: Files,
    /// The board as it was last sent, with what it is when compressed.
    board: RwLock<Option<Arc<Body>>>,
    /// The example of a leader's page, by language of the wave.
    specimens: RwLock<BTreeMap<Language, Arc<Body>>>,
}

/// What is served byte for byte as it was stored at launch.
pub(super) struct Files {
    pub page: Arc<Body>,
    /// The content policy of the page, which names the program of this wave.
    pub policy: HeaderValue,
    js: Arc<Body>,
    css: Arc<Body>,
    /// The page's own words by their path, `words/` or `later/` and the language; none in rounds of earlier versions, whose programs hold them.
    words: BTreeMap<String, Arc<Body>>,
    /// What a visit reads first, in one answer: the length of the manifest (u32), the manifest, the questionnaire.
    round: Arc<Body>,
    manifest: Arc<Body>,
    instrument: Arc<Body>,
    /// The inputs of the group tree: enough to recompute the root, no label in the clear.
    groups: Arc<Body>,
    /// The word of a key holder outside the operator for the manifest; none where the operator holds the key.
    countersignature: Option<Arc<Body>>,
}

impl Files {
    /// The questionnaire as it was frozen.
    pub(super) fn instrument(&self) -> &[u8] {
        &self.instrument.plain
    }

    /// What is served under a name; `None` when there is no such file, and for the page itself.
    pub(super) fn named(&self, name: &str) -> Option<&Arc<Body>> {
        Some(match name {
            "client.js" => &self.js,
            "client.css" => &self.css,
            "round" => &self.round,
            "manifest" => &self.manifest,
            "instrument" => &self.instrument,
            "groups" => &self.groups,
            "countersignature" => return self.countersignature.as_ref(),
            _ => return self.words.get(name),
        })
    }
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

    /// The board, from the bytes that the database has for it now. What was compressed is used again as long as they are the same.
    pub(super) fn board(&self, bytes: Vec<u8>) -> Arc<Body> {
        let known = self.board.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(board) = known.filter(|board| board.plain == bytes) {
            return board;
        }
        let board = Body::new(JSON, bytes);
        *self.board.write().unwrap_or_else(PoisonError::into_inner) = Some(board.clone());
        board
    }

    /// The example of a leader's page in a language of the wave; `None` for every other language. It is made once.
    pub(super) fn specimen(&self, language: &Language) -> Option<Result<Arc<Body>, Fault>> {
        if !self.promises().languages.contains(language) {
            return None;
        }
        let known = self.specimens.read().unwrap_or_else(PoisonError::into_inner).get(language).cloned();
        Some(known.map_or_else(
            || {
                let page = specimen::page(self, language)?;
                let mut specimens = self.specimens.write().unwrap_or_else(PoisonError::into_inner);
                Ok(specimens.entry(language.clone()).or_insert(page).clone())
            },
            Ok,
        ))
    }

    fn of(stored: ServedWave, origin: &str) -> Option<Self> {
        let manifest = FrozenManifest::read(stored.manifest.clone()).ok()?;
        let promises = manifest.manifest();
        let ClientFiles { page, js, css, words } = stored.client;
        let inside = !css.is_empty() && page.windows(css.len()).any(|part| part == css);
        let style = inside.then_some(css.as_slice());
        let policy = headers::of_survey_page(&promises.client_sha256.0, style, origin, &promises.wave)?;
        let groups = GroupList::freeze(stored.groups).ok()?;
        let files = Files {
            page: Body::new("text/html; charset=utf-8", page),
            policy,
            js: Body::new("text/javascript; charset=utf-8", js),
            css: Body::new("text/css; charset=utf-8", css),
            words: words.into_iter().flat_map(|(language, files)| by_path(&language, files)).collect(),
            round: Body::new("application/octet-stream", round(&stored.manifest, &stored.instrument)?),
            manifest: Body::new(JSON, stored.manifest),
            instrument: Body::new(JSON, stored.instrument),
            groups: Body::new(JSON, serde_json::to_vec(groups.inputs()).ok()?),
            countersignature: stored.countersignature.map(|bytes| Body::new(JSON, bytes)),
        };
        Some(Self { manifest, groups, files, board: RwLock::default(), specimens: RwLock::default() })
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

/// The words of a language under the paths that the page asks for.
fn by_path(language: &Language, files: WordFiles) -> Vec<(String, Arc<Body>)> {
    let later = files.later.map(|bytes| ("later", bytes));
    let files = [("words", files.words)].into_iter().chain(later);
    files.map(|(folder, bytes)| (format!("{folder}/{language}"), Body::new(JSON, bytes))).collect()
}

/// The answer of `round`; `None` when the manifest is longer than a u32 can say.
fn round(manifest: &[u8], instrument: &[u8]) -> Option<Vec<u8>> {
    Some([&u32::try_from(manifest.len()).ok()?.to_be_bytes(), manifest, instrument].concat())
}

fn not_at_hand(error: &ResponsesError) -> NotAtHand {
    if error.is_unavailable() { NotAtHand::Unavailable } else { NotAtHand::Unreadable }
}
