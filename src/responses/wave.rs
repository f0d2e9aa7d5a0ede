//! A wave as the ballot side holds it: what was promised, what is served, which keys it works with.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::{Gate, GroupLeaf, Language, WaveId};
use secrecy::{ExposeSecret, SecretSlice};
use storage::{Conn, Json, StorageError, Transition, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::objections::Objections;
use crate::prepared::waiting;
use crate::schema::{ballot, frozen, wave, words};

/// The bytes of the survey page. They are kept with the wave, so that an upgrade of the program cannot change what a running wave serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFiles {
    /// The page itself (HTML).
    pub page: Vec<u8>,
    /// The script whose hash stands in the manifest.
    pub js: Vec<u8>,
    /// The style sheet.
    pub css: Vec<u8>,
    /// The page's own words by language, whose hashes stand in the script. None where an earlier version put the words into the script.
    pub words: BTreeMap<Language, WordFiles>,
}

/// The survey page's own words in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFiles {
    /// What every visit reads.
    pub words: Vec<u8>,
    /// What only the page that looks for a receipt says; `None` where an earlier version had it among the others.
    pub later: Option<Vec<u8>>,
}

/// A row of `words`.
pub(crate) type WordsRow = (Language, Vec<u8>, Option<Vec<u8>>);

/// Everything that the ballot side learns of a wave, once, at launch.
#[derive(Debug, Clone)]
pub struct NewWave {
    /// The wave.
    pub wave: WaveId,
    /// The manifest, byte for byte as it will be served and hashed.
    pub manifest: Vec<u8>,
    /// The frozen group list.
    pub groups: Vec<GroupLeaf>,
    /// The questionnaire, byte for byte as it will be served and hashed.
    pub instrument: Vec<u8>,
    /// The survey page.
    pub client: ClientFiles,
    /// The private key that checks credentials.
    pub credential_key: SecretSlice<u8>,
    /// The private key that signs receipts and the board.
    pub board_key: SecretSlice<u8>,
    /// The private key that signs notices; it outlives the publication.
    pub notices_key: SecretSlice<u8>,
}

/// The private keys of a wave.
#[derive(Debug)]
pub struct WaveKeys {
    /// Checks credentials.
    pub credential: SecretSlice<u8>,
    /// Signs receipts and the board.
    pub board: SecretSlice<u8>,
}

/// A wave as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedWave {
    /// The wave.
    pub wave: WaveId,
    /// Whether ballots are taken.
    pub gate: Gate,
    /// The manifest as it was stored at launch.
    pub manifest: Vec<u8>,
    /// The frozen group list.
    pub groups: Vec<GroupLeaf>,
    /// The questionnaire as it was stored at launch.
    pub instrument: Vec<u8>,
    /// The survey page, also after the end of the wave.
    pub client: ClientFiles,
    /// The board; `None` until the box is shut.
    pub board: Option<Vec<u8>>,
    /// The objections; none before the box is shut.
    pub objections: Objections,
    /// The countersignature of a key holder outside the operator, byte for byte as they gave it; `None` where the operator holds the key.
    pub countersignature: Option<Vec<u8>>,
}

/// What changes about a wave in its life, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Whether ballots are taken.
    pub gate: Gate,
    /// The board; `None` until the box is shut.
    pub board: Option<Vec<u8>>,
    /// The objections; none before the box is shut.
    pub objections: Objections,
}

/// A row of what changes, in the order of [`Progress`].
type ProgressRow = (Gate, Option<Vec<u8>>, u32, Option<String>);

/// A row of `wave` without its keys, in the order in which [`Responses::wave`] selects.
type ServedRow = (
    (WaveId, Gate, Vec<u8>, Json<Vec<GroupLeaf>>, Vec<u8>, Option<Vec<u8>>),
    (Vec<u8>, Vec<u8>, Vec<u8>),
    (Option<Vec<u8>>, u32, Option<String>),
);

impl ServedWave {
    fn of(row: ServedRow, words: Vec<WordsRow>) -> Self {
        let (frozen, (page, js, css), (board, count, answer)) = row;
        let (wave, gate, manifest, Json(groups), instrument, countersignature) = frozen;
        let words = words.into_iter().map(|(language, words, later)| (language, WordFiles { words, later })).collect();
        let client = ClientFiles { page, js, css, words };
        Self { wave, gate, manifest, groups, instrument, client, board, objections: Objections { count, answer }, countersignature }
    }
}

impl Responses {
    /// Stores a wave and opens its gate; ballots are taken from now on.
    ///
    /// Asking again with the same manifest is [`Transition::AlreadyDone`] and keeps what is stored, keys included.
    ///
    /// # Errors
    /// [`ResponsesError::Differs`] when the wave exists with another manifest, [`ResponsesError::AnotherWave`] while ballots of another wave exist.
    pub fn launch(&self, new: &NewWave) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let stored: Option<Vec<u8>> =
                on_each!(conn, |c| frozen::table.filter(frozen::wave.eq(bind(&new.wave))).select(frozen::manifest).first(c).optional())?;
            match stored {
                Some(manifest) if manifest == new.manifest => return Ok(Transition::AlreadyDone),
                Some(_) => {
                    return Err(ResponsesError::Differs { wave: new.wave.clone(), what: "manifest" });
                }
                None => {}
            }
            begin(conn, new, None)?;
            Ok(Transition::Done)
        })
    }

    /// The wave as it is served; `None` when there is no such wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn wave(&self, id: &WaveId) -> Result<Option<ServedWave>, ResponsesError> {
        self.database.read(|conn| {
            let row: Option<ServedRow> = on_each!(conn, |c| wave::table
                .inner_join(frozen::table)
                .filter(wave::id.eq(bind(id)))
                .select((
                    (wave::id, wave::gate, frozen::manifest, frozen::group_list, frozen::instrument, frozen::countersignature),
                    (frozen::page, frozen::client_js, frozen::client_css),
                    (wave::board, wave::objections, wave::objections_answer),
                ))
                .first(c)
                .optional())?;
            let Some(row) = row else { return Ok(None) };
            let words: Vec<WordsRow> = on_each!(conn, |c| words::table
                .filter(words::wave.eq(bind(id)))
                .select((words::language, words::document, words::later))
                .load(c))?;
            Ok(Some(ServedWave::of(row, words)))
        })
    }

    /// What has become of a wave; `None` when there is no such wave.
    ///
    /// # Errors
    /// When the database fails.
    pub fn progress(&self, id: &WaveId) -> Result<Option<Progress>, ResponsesError> {
        self.database.query(|conn| {
            let row: Option<ProgressRow> = on_each!(conn, |c| wave::table
                .filter(wave::id.eq(bind(id)))
                .select((wave::gate, wave::board, wave::objections, wave::objections_answer))
                .first(c)
                .optional())?;
            Ok(row.map(|(gate, board, count, answer)| Progress { gate, board, objections: Objections { count, answer } }))
        })
    }

    /// Every wave with its gate, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waves(&self) -> Result<Vec<(WaveId, Gate)>, ResponsesError> {
        self.database.read(|conn| Ok(on_each!(conn, |c| wave::table.select((wave::id, wave::gate)).order(wave::id).load(c))?))
    }

    /// Both private keys in one statement; `None` when there is no such wave or its ballots are destroyed.
    ///
    /// They are read for each use and never held, so that no process knows a key longer than the database does.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keys(&self, id: &WaveId) -> Result<Option<WaveKeys>, ResponsesError> {
        self.database.query(|conn| {
            let keys: Option<(Vec<u8>, Vec<u8>)> = on_each!(conn, |c| wave::table
                .filter(wave::id.eq(bind(id)))
                .select((wave::credential_key.assume_not_null(), wave::board_key.assume_not_null()))
                .filter(wave::credential_key.is_not_null().and(wave::board_key.is_not_null()))
                .first(c)
                .optional())?;
            Ok(keys.map(|(credential, board)| WaveKeys { credential: credential.into(), board: board.into() }))
        })
    }

    /// The private key that checks credentials; `None` when there is no such wave or its ballots are destroyed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn credential_key(&self, id: &WaveId) -> Result<Option<SecretSlice<u8>>, ResponsesError> {
        self.database.read(|conn| {
            let key: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::credential_key).first(c).optional())?;
            Ok(key.flatten().map(SecretSlice::from))
        })
    }

    /// The private key that signs receipts and the board; `None` when there is no such wave or its ballots are destroyed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn board_key(&self, id: &WaveId) -> Result<Option<SecretSlice<u8>>, ResponsesError> {
        self.database.read(|conn| {
            let key: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::board_key).first(c).optional())?;
            Ok(key.flatten().map(SecretSlice::from))
        })
    }
}

/// Lets a wave begin: stores everything and opens its gate.
///
/// # Errors
/// [`ResponsesError::AnotherWave`] while ballots of another wave exist, or another one waits for a countersignature.
pub(crate) fn begin(conn: &mut Conn<'_>, new: &NewWave, countersignature: Option<&[u8]>) -> Result<(), ResponsesError> {
    if let Some(other) = waiting(conn)? {
        return Err(ResponsesError::AnotherWave { wave: new.wave.clone(), other });
    }
    let unfinished: Option<WaveId> =
        on_each!(conn, |c| wave::table.filter(wave::gate.ne(bind(Gate::Done))).select(wave::id).first(c).optional())?;
    if let Some(other) = unfinished {
        return Err(ResponsesError::AnotherWave { wave: new.wave.clone(), other });
    }
    let left: i64 = on_each!(conn, |c| ballot::table.count().get_result(c))?;
    if left > 0 {
        return Err(StorageError::Corrupt(format!("{left} ballots lie in the box before the round {} begins", new.wave)).into());
    }
    on_each!(conn, |c| diesel::insert_into(wave::table)
        .values((
            wave::id.eq(bind(&new.wave)),
            wave::gate.eq(bind(Gate::Open)),
            wave::credential_key.eq(Some(new.credential_key.expose_secret())),
            wave::board_key.eq(Some(new.board_key.expose_secret())),
            wave::notices_key.eq(Some(new.notices_key.expose_secret())),
        ))
        .execute(c))?;
    on_each!(conn, |c| diesel::insert_into(frozen::table)
        .values((
            frozen::wave.eq(bind(&new.wave)),
            frozen::manifest.eq(&new.manifest),
            frozen::group_list.eq(Json(&new.groups)),
            frozen::instrument.eq(&new.instrument),
            frozen::page.eq(&new.client.page),
            frozen::client_js.eq(&new.client.js),
            frozen::client_css.eq(&new.client.css),
            frozen::countersignature.eq(countersignature),
        ))
        .execute(c))?;
    for (language, WordFiles { words: document, later }) in &new.client.words {
        on_each!(conn, |c| diesel::insert_into(words::table)
            .values((
                words::wave.eq(bind(&new.wave)),
                words::language.eq(bind(language)),
                words::document.eq(document),
                words::later.eq(later)
            ))
            .execute(c))?;
    }
    #[cfg(feature = "planted")]
    crate::planted::at_launch(conn)?;
    Ok(())
}

/// The gate of a wave, which stays as it is until the transaction ends; an unknown wave is an error.
///
/// For whoever puts something in. SQLite has one writer at a time. On PostgreSQL a mere look would not do: the ballot table is replaced by another
/// one when the gate is shut, and what waits for the old one would silently go into the new one.
pub(crate) fn held_gate_of(conn: &mut Conn<'_>, id: &WaveId) -> Result<Gate, ResponsesError> {
    let row: Option<(Gate, bool)> = match conn {
        Conn::Sqlite(c) => wave::table.filter(wave::id.eq(bind(id))).select((wave::gate, wave::restored)).first(*c).optional()?,
        Conn::Postgres(c) => {
            wave::table.filter(wave::id.eq(bind(id))).select((wave::gate, wave::restored)).for_share().first(*c).optional()?
        }
    };
    let (gate, restored) = row.ok_or_else(|| ResponsesError::UnknownWave { wave: id.clone() })?;
    // Into an open box that was put back from a copy nothing more is put: what lies in it is found, as in one that is shut.
    Ok(if restored && gate == Gate::Open { Gate::Closed } else { gate })
}

/// The gate of a wave; an unknown wave is an error.
pub(crate) fn gate_of(conn: &mut Conn<'_>, id: &WaveId) -> Result<Gate, ResponsesError> {
    let gate: Option<Gate> = on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::gate).first(c).optional())?;
    gate.ok_or_else(|| ResponsesError::UnknownWave { wave: id.clone() })
}
