//! A round that waits for the countersignature of a key holder outside the operator: its promise sheet is composed, and nothing of it is served.

use diesel::prelude::*;
use domain::{Gate, GroupLeaf, Language, WaveId};
use secrecy::ExposeSecret;
use storage::{Conn, Json, Transition, bind, on_each};

use crate::Responses;
use crate::error::ResponsesError;
use crate::schema::{frozen, prepared, prepared_words, wave};
use crate::wave::{ClientFiles, NewWave, WordFiles, WordsRow, begin};

/// What a key holder reads before they sign, and what becomes of it: the parts of a waiting round that are no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedWave {
    /// The manifest, byte for byte as it will be served but for the nonce at its end.
    pub manifest: Vec<u8>,
    /// The frozen group list.
    pub groups: Vec<GroupLeaf>,
    /// The questionnaire, byte for byte as it will be served.
    pub instrument: Vec<u8>,
}

/// What a key holder reads, in the order of [`PreparedWave`].
type SheetRow = (Vec<u8>, Json<Vec<GroupLeaf>>, Vec<u8>);

/// A row of `prepared`.
type PreparedRow = ((WaveId, Vec<u8>, Json<Vec<GroupLeaf>>, Vec<u8>), (Vec<u8>, Vec<u8>, Vec<u8>), (Vec<u8>, Vec<u8>, Vec<u8>));

impl Responses {
    /// Keeps a round that waits for its countersignature. Nobody is served anything of it, and no ballot is taken.
    ///
    /// Asking again is [`Transition::AlreadyDone`] and keeps what was kept first: its sheet may be in the key holder's hands.
    ///
    /// # Errors
    /// [`ResponsesError::AnotherWave`] while ballots of another wave exist or another wave waits; [`ResponsesError::Differs`] when it was launched before.
    pub fn prepare(&self, new: &NewWave) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            if let Some(waiting) = waiting(conn)? {
                let another = || ResponsesError::AnotherWave { wave: new.wave.clone(), other: waiting.clone() };
                return if waiting == new.wave { Ok(Transition::AlreadyDone) } else { Err(another()) };
            }
            refuse_what_began(conn, &new.wave)?;
            on_each!(conn, |c| {
                diesel::insert_into(prepared::table)
                    .values((
                        (
                            prepared::wave.eq(bind(&new.wave)),
                            prepared::manifest.eq(&new.manifest),
                            prepared::group_list.eq(Json(&new.groups)),
                            prepared::instrument.eq(&new.instrument),
                        ),
                        (
                            prepared::page.eq(&new.client.page),
                            prepared::client_js.eq(&new.client.js),
                            prepared::client_css.eq(&new.client.css),
                        ),
                        (
                            prepared::credential_key.eq(new.credential_key.expose_secret()),
                            prepared::board_key.eq(new.board_key.expose_secret()),
                            prepared::notices_key.eq(new.notices_key.expose_secret()),
                        ),
                    ))
                    .execute(c)
            })?;
            for (language, WordFiles { words: document, later }) in &new.client.words {
                on_each!(conn, |c| diesel::insert_into(prepared_words::table)
                    .values((
                        prepared_words::wave.eq(bind(&new.wave)),
                        prepared_words::language.eq(bind(language)),
                        prepared_words::document.eq(document),
                        prepared_words::later.eq(later)
                    ))
                    .execute(c))?;
            }
            Ok(Transition::Done)
        })
    }

    /// What waits for its countersignature; `None` when this wave does not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn prepared(&self, id: &WaveId) -> Result<Option<PreparedWave>, ResponsesError> {
        self.database.read(|conn| {
            let row: Option<SheetRow> = on_each!(conn, |c| prepared::table
                .filter(prepared::wave.eq(bind(id)))
                .select((prepared::manifest, prepared::group_list, prepared::instrument))
                .first(c)
                .optional())?;
            Ok(row.map(|(manifest, Json(groups), instrument)| PreparedWave { manifest, groups, instrument }))
        })
    }

    /// Lets a wave begin that waited: under this manifest, which its key holder countersigned. What waited is gone from its place in the same transaction.
    ///
    /// Asking again with the same two documents is [`Transition::AlreadyDone`].
    ///
    /// # Errors
    /// [`ResponsesError::UnknownWave`] when it does not wait, [`ResponsesError::Differs`] when it was launched with other documents.
    pub fn launch_prepared(&self, id: &WaveId, manifest: &[u8], countersignature: &[u8]) -> Result<Transition, ResponsesError> {
        self.database.write(|conn| {
            let stored: Option<(Vec<u8>, Option<Vec<u8>>)> = on_each!(conn, |c| frozen::table
                .filter(frozen::wave.eq(bind(id)))
                .select((frozen::manifest, frozen::countersignature))
                .first(c)
                .optional())?;
            match stored {
                Some((known, signed)) if known == manifest && signed.as_deref() == Some(countersignature) => {
                    return Ok(Transition::AlreadyDone);
                }
                Some(_) => return Err(ResponsesError::Differs { wave: id.clone(), what: "countersignature" }),
                None => {}
            }
            let waited = taken(conn, id)?.ok_or_else(|| ResponsesError::UnknownWave { wave: id.clone() })?;
            begin(conn, &NewWave { manifest: manifest.to_vec(), ..waited }, Some(countersignature))?;
            Ok(Transition::Done)
        })
    }
}

/// The wave that waits.
pub(crate) fn waiting(conn: &mut Conn<'_>) -> Result<Option<WaveId>, ResponsesError> {
    Ok(on_each!(conn, |c| prepared::table.select(prepared::wave).first(c).optional())?)
}

/// Removes what waits of a wave, keys included; nothing when it does not wait.
pub(crate) fn forget(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), ResponsesError> {
    on_each!(conn, |c| diesel::delete(prepared_words::table.filter(prepared_words::wave.eq(bind(id)))).execute(c))?;
    on_each!(conn, |c| diesel::delete(prepared::table.filter(prepared::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}

/// Everything that waits of a wave, which then does not wait any more.
fn taken(conn: &mut Conn<'_>, id: &WaveId) -> Result<Option<NewWave>, ResponsesError> {
    let row: Option<PreparedRow> = on_each!(conn, |c| prepared::table
        .filter(prepared::wave.eq(bind(id)))
        .select((
            (prepared::wave, prepared::manifest, prepared::group_list, prepared::instrument),
            (prepared::page, prepared::client_js, prepared::client_css),
            (prepared::credential_key, prepared::board_key, prepared::notices_key),
        ))
        .first(c)
        .optional())?;
    let Some(((wave, manifest, Json(groups), instrument), (page, js, css), (credential, board, notices))) = row else { return Ok(None) };
    let words: Vec<WordsRow> = on_each!(conn, |c| prepared_words::table
        .filter(prepared_words::wave.eq(bind(id)))
        .select((prepared_words::language, prepared_words::document, prepared_words::later))
        .load(c))?;
    forget(conn, id)?;
    let words = words.into_iter().map(|(language, words, later): (Language, _, _)| (language, WordFiles { words, later })).collect();
    Ok(Some(NewWave {
        wave,
        manifest,
        groups,
        instrument,
        client: ClientFiles { page, js, css, words },
        credential_key: credential.into(),
        board_key: board.into(),
        notices_key: notices.into(),
    }))
}

/// A round waits only where nothing of it, and no box of another one, is there.
fn refuse_what_began(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), ResponsesError> {
    let begun: Vec<(WaveId, Gate)> = on_each!(conn, |c| wave::table.select((wave::id, wave::gate)).load(c))?;
    match begun.into_iter().find(|(other, gate)| other == id || *gate != Gate::Done) {
        Some((own, _)) if own == *id => Err(ResponsesError::Differs { wave: own, what: "manifest" }),
        Some((other, _)) => Err(ResponsesError::AnotherWave { wave: id.clone(), other }),
        None => Ok(()),
    }
}
