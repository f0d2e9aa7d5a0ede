//! The promise sheet (manifest) of a wave, from what was decided about it. Pure.

use std::collections::{BTreeMap, BTreeSet};

use domain::instrument::Instrument;
use domain::{Language, Moment, Schedule, WaveId};
use protocol::manifest::{
    AEAD_ID, Audiences, CREDENTIAL_SUITE, CommentRule, Contact, FrozenManifest, InstrumentRef, KDF_ID, KEM_ID, MANIFEST_FORMAT, Manifest,
    ManifestNonce, ManifestProblem, Mode, RESPONSE_OVERHEAD, Texts, Weakening,
};
use protocol::receipt::BoardPublicKey;
use protocol::{BoxPublicKey, CredentialPublicKey, GroupList, NoticesPublicKey, Sha256Digest, TrusteePublicKey};

use crate::mail::words::{BrokenWords, Key, Words};

/// The survey page of this version, as built from `src/client`.
pub(super) const CLIENT_JS: &[u8] = include_bytes!("../../client/dist/client.js");

/// What people decided about a wave, and what chance gave it.
#[derive(Debug)]
pub struct Terms<'a> {
    /// The wave.
    pub wave: &'a WaveId,
    /// The organisation's name.
    pub organisation: &'a str,
    /// What the organisation says in its own words.
    pub own_words: OwnWords<'a>,
    /// Who holds the passphrase, if there is one, or the key, if somebody outside the operator does.
    pub key_holder: Option<&'a str>,
    /// The key with which somebody outside the operator signs, who then holds the box key; `None` where the operator holds it.
    pub trustee: Option<TrusteePublicKey>,
    /// Whether people read the result of their own group.
    pub team_reads: bool,
    /// Whether HR follows in steps how many take part.
    pub participation: bool,
    /// How many hours after the publication HR reads the results of groups; 0 for at once.
    pub hr_groups_after_hours: u32,
    /// How many people are invited by a printed card.
    pub cards: u32,
    /// What weakens the promise here and was accepted.
    pub weakened_by: BTreeSet<Weakening>,
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

/// What an organisation says in its own words; what it does not say, the product says where it must be said.
#[derive(Debug, Clone, Copy)]
pub struct OwnWords<'a> {
    /// The language of a plain text.
    pub language: &'a Language,
    /// What the result is for.
    pub purpose: Option<&'a Texts>,
    /// What the result may not be used for.
    pub not_for: Option<&'a Texts>,
    /// Where the check words hang.
    pub words_posted: Option<&'a Texts>,
    /// To whom people can turn in confidence.
    pub contacts: &'a [Contact],
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
    let own = terms.own_words;
    let said = |texts: &Texts| texts.for_languages(own.language, &instrument.languages);
    let said_or = |field, texts: Option<&Texts>, default| match texts {
        Some(texts) => Ok(said(texts)),
        None => in_our_words(default, &instrument.languages).map_err(|e| ManifestProblem::Field { field, reason: e.to_string() }),
    };
    let contact = |contact: &Contact| Contact { label: said(&contact.label), address: contact.address.clone() };
    FrozenManifest::freeze(Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        wave: terms.wave.clone(),
        organisation: terms.organisation.to_owned(),
        mode: if terms.trustee.is_some() { Mode::Trustee } else { Mode::Solo },
        passphrase: terms.passphrase,
        k: terms.k,
        group_min: terms.group_min,
        coalition: terms.coalition,
        min_range: terms.min_range,
        comments: (!instrument.comments.is_empty()).then(|| CommentRule::for_k(terms.k)),
        audiences: Audiences {
            team: terms.team_reads,
            hr_groups_after_hours: terms.hr_groups_after_hours,
            hr_participation: terms.participation,
            ..Audiences::default()
        },
        purpose: said_or("purpose", own.purpose, Key::SheetPurpose)?,
        not_for: said_or("not_for", own.not_for, Key::SheetNotFor)?,
        contacts: own.contacts.iter().map(contact).collect(),
        key_holder: terms.key_holder.map(str::to_owned),
        words_posted: own.words_posted.map(said),
        cards: terms.cards,
        weakened_by: terms.weakened_by.clone(),
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
        trustee_key: terms.trustee,
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

/// A text of the product in each of the languages that it speaks; in English when it speaks none of them.
fn in_our_words(key: Key, languages: &[Language]) -> Result<Texts, BrokenWords> {
    let speaking = Words::in_every_language()?;
    let mut texts = BTreeMap::new();
    for language in languages {
        if let Some(words) = speaking.iter().find(|words| words.tag() == language.as_str()) {
            texts.insert(language.clone(), words.say(key, &[])?);
        }
    }
    if let (true, Some(english)) = (texts.is_empty(), speaking.first()) {
        texts.extend(Language::parse(english.tag()).ok().zip(english.say(key, &[]).ok()));
    }
    Ok(Texts::PerLanguage(texts))
}
