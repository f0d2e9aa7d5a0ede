//! The promise sheet (manifest) of a wave, from what was decided about it. Pure.

use domain::instrument::Instrument;
use domain::{Moment, Schedule, WaveId};
use protocol::manifest::{
    AEAD_ID, Audiences, CREDENTIAL_SUITE, CommentRule, FrozenManifest, InstrumentRef, KDF_ID, KEM_ID, MANIFEST_FORMAT, Manifest,
    ManifestNonce, ManifestProblem, Mode, NotInThisVersion, RESPONSE_OVERHEAD,
};
use protocol::receipt::BoardPublicKey;
use protocol::{BoxPublicKey, CredentialPublicKey, GroupList, NoticesPublicKey, Sha256Digest};

/// The survey page of this version, as built from `src/client`.
pub(super) const CLIENT_JS: &[u8] = include_bytes!("../../client/dist/client.js");

/// What people decided about a wave, and what chance gave it.
#[derive(Debug)]
pub struct Terms<'a> {
    /// The wave.
    pub wave: &'a WaveId,
    /// The organisation's name.
    pub organisation: &'a str,
    /// What the result is for.
    pub purpose: &'a str,
    /// Whether the box key is locked with a passphrase.
    pub passphrase: bool,
    /// Smallest number of people reported together.
    pub k: u32,
    /// Smallest standing group.
    pub group_min: u32,
    /// Colluding colleagues against whom every answer stays protected.
    pub coalition: u32,
    /// Values that stay possible for every answer.
    pub min_range: u32,
    /// When the wave starts to take answers.
    pub opens_at: Moment,
    /// When it stops, and what follows.
    pub schedule: &'a Schedule,
    /// Random bytes.
    pub nonce: ManifestNonce,
}

/// The questionnaire with the bytes whose hash is promised.
#[derive(Debug, Clone, Copy)]
pub struct Questionnaire<'a> {
    /// Its content.
    pub instrument: &'a Instrument,
    /// Its bytes as served.
    pub bytes: &'a [u8],
}

/// The public halves of a wave's keys.
#[derive(Debug, Clone, Copy)]
pub struct PublicKeys {
    /// Of the blind credential.
    pub credential: CredentialPublicKey,
    /// Of the box.
    pub sealed_box: BoxPublicKey,
    /// For receipts, board and Release.
    pub board: BoardPublicKey,
    /// For notices after the publication.
    pub notices: NoticesPublicKey,
}

/// Writes and checks the promise sheet.
///
/// # Errors
/// [`ManifestProblem`] when the terms contradict each other.
pub fn freeze(
    terms: &Terms<'_>,
    groups: &GroupList,
    Questionnaire { instrument, bytes }: Questionnaire<'_>,
    keys: PublicKeys,
) -> Result<FrozenManifest, ManifestProblem> {
    FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        wave: terms.wave.clone(),
        organisation: terms.organisation.to_owned(),
        mode: Mode::Solo,
        passphrase: terms.passphrase,
        k: terms.k,
        group_min: terms.group_min,
        coalition: terms.coalition,
        min_range: terms.min_range,
        comments: (!instrument.comments.is_empty()).then(|| CommentRule::for_k(terms.k)),
        // Employees have no page of results in this version, so the promise must not name them as readers.
        audiences: Audiences { team: false, ..Audiences::default() },
        purpose: terms.purpose.to_owned(),
        not_for: "appraisal, pay, promotion, or finding out who said what".to_owned(),
        instrument: InstrumentRef { id: instrument.id.clone(), version: instrument.version, sha256: Sha256Digest::of(bytes) },
        languages: instrument.languages.clone(),
        credential_suite: CREDENTIAL_SUITE.to_owned(),
        credential_key: keys.credential,
        kem_id: KEM_ID,
        kdf_id: KDF_ID,
        aead_id: AEAD_ID,
        box_key: keys.sealed_box,
        board_key: keys.board,
        notices_key: Some(keys.notices),
        trustee_key: NotInThisVersion,
        client_sha256: Sha256Digest::of(CLIENT_JS),
        groups_root: groups.root(),
        groups: groups.groups(),
        invited: groups.invited(),
        leaf_size: groups.leaf_size(),
        response_size: groups.leaf_size() + RESPONSE_OVERHEAD,
        opens_at: terms.opens_at,
        schedule: terms.schedule.clone(),
        nonce: terms.nonce,
    })
}
