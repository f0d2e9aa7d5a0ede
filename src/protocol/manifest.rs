//! The manifest: the frozen public description of a wave, identified by the hash of its bytes.

mod own_words;
mod weakening;

use std::collections::BTreeSet;

use domain::{Language, Moment, Schedule, WaveId};
use serde::{Deserialize, Serialize};

pub use self::own_words::{Contact, LONGEST_NAME, LONGEST_TEXT, MOST_CONTACTS, Texts, check_name};
pub use self::weakening::Weakening;

use crate::bytes::{Sha256Digest, fixed_bytes};
use crate::credential::CredentialPublicKey;
use crate::notice::NoticesPublicKey;
use crate::receipt::BoardPublicKey;
use crate::sealed::BoxPublicKey;
use crate::trustee::TrusteePublicKey;

/// The value of [`Manifest::format`].
pub const MANIFEST_FORMAT: &str = "candor-manifest/2";
/// The value of [`Manifest::format`] in rounds of earlier versions: purpose in one text, and nothing of what came later.
pub const FIRST_MANIFEST_FORMAT: &str = "candor-manifest/1";
/// The value of [`Manifest::credential_suite`]: RFC 9497, partially oblivious mode.
pub const CREDENTIAL_SUITE: &str = "POPRF-ristretto255-SHA512";
/// The value of [`Manifest::kem_id`]: DHKEM(X25519, HKDF-SHA256), RFC 9180 section 7.1.
pub const KEM_ID: u16 = 0x0020;
/// The value of [`Manifest::kdf_id`]: HKDF-SHA256, RFC 9180 section 7.2.
pub const KDF_ID: u16 = 0x0001;
/// The value of [`Manifest::aead_id`]: AES-128-GCM, RFC 9180 section 7.3.
pub const AEAD_ID: u16 = 0x0001;
/// How much longer than a group document every answer of the box endpoint is, in bytes.
pub const RESPONSE_OVERHEAD: u32 = 1_024;
/// Every group document is padded to a multiple of this many bytes.
pub const LEAF_SIZE_STEP: u32 = 128;

fixed_bytes!(
    /// SHA-256 of a manifest's bytes: the name under which everybody can compare what they were promised.
    ManifestHash, 32, "a manifest hash", hex, shown
);
fixed_bytes!(
    /// Random bytes in a manifest, so that check words cannot be prepared in advance.
    ManifestNonce, 32, "a manifest nonce", base64url, shown
);
fixed_bytes!(
    /// The RFC 6962 root of a group list.
    GroupsRoot, 32, "a group list root", hex, shown
);

impl ManifestHash {
    /// The hash as it stands in links: base64url without padding, 43 characters.
    #[must_use]
    pub fn to_base64url(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.0)
    }
}

/// The frozen public description of a wave. The field order is the order on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`], or in rounds of earlier versions [`FIRST_MANIFEST_FORMAT`].
    pub format: String,
    /// The wave's name.
    pub wave: WaveId,
    /// The organisation's name.
    pub organisation: String,
    /// Who holds the box key.
    pub mode: Mode,
    /// Whether the box key file is locked with a passphrase, so that a person must open.
    pub passphrase: bool,
    /// Smallest number of respondents published together, at least 4.
    pub k: u32,
    /// Smallest standing group, at least `k + 1` people.
    pub group_min: u32,
    /// Colluding colleagues covered.
    pub coalition: u32,
    /// Values that stay possible for every answer.
    pub min_range: u32,
    /// The rule for comments; `None` when none are asked.
    #[serde(deserialize_with = "there")]
    pub comments: Option<CommentRule>,
    /// Who reads what.
    pub audiences: Audiences,
    /// What the result is for.
    pub purpose: Texts,
    /// What the result may not be used for.
    pub not_for: Texts,
    /// To whom people can turn in confidence with what a survey is not for; at most [`MOST_CONTACTS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Who holds the passphrase, where there is one and somebody was named; in trustee mode always who holds the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_holder: Option<String>,
    /// Where the check words hang, so that people can compare them without this program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words_posted: Option<Texts>,
    /// How many people were invited by a printed card, which whoever printed it could have copied.
    #[serde(default, skip_serializing_if = "is_none")]
    pub cards: u32,
    /// What around the sealed answers was known at the launch to weaken the promise, and accepted. What is found later stands in the promise log.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub weakened_by: BTreeSet<Weakening>,
    /// The questionnaire.
    pub instrument: InstrumentRef,
    /// Languages of the questionnaire, the first being the default.
    pub languages: Vec<Language>,
    /// [`CREDENTIAL_SUITE`].
    pub credential_suite: String,
    /// Public key of the blind credential.
    pub credential_key: CredentialPublicKey,
    /// [`KEM_ID`].
    pub kem_id: u16,
    /// [`KDF_ID`].
    pub kdf_id: u16,
    /// [`AEAD_ID`].
    pub aead_id: u16,
    /// Public key of the sealed box.
    pub box_key: BoxPublicKey,
    /// Public key for receipts, board and Release.
    pub board_key: BoardPublicKey,
    /// Public key for notices after the publication; manifests of earlier versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notices_key: Option<NoticesPublicKey>,
    /// Public key of a key holder outside the operator: none in solo mode.
    #[serde(deserialize_with = "there")]
    pub trustee_key: Option<TrusteePublicKey>,
    /// Hash of the client bundle that is served with the wave.
    pub client_sha256: Sha256Digest,
    /// Root of the group list.
    pub groups_root: GroupsRoot,
    /// Number of groups.
    pub groups: u32,
    /// Number of people invited over all groups.
    pub invited: u32,
    /// Size of each padded group document in bytes.
    pub leaf_size: u32,
    /// Size of every answer of the box endpoint in bytes: `leaf_size` + [`RESPONSE_OVERHEAD`].
    pub response_size: u32,
    /// When the wave starts to take answers.
    pub opens_at: Moment,
    /// When it stops, and what follows.
    pub schedule: Schedule,
    /// Random bytes, so that check words cannot be prepared in advance: the operator's, or in [`Mode::Trustee`] those that the key holder drew when
    /// they countersigned. The last field.
    pub nonce: ManifestNonce,
}

/// Who holds the box key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The operator's process.
    Solo,
    /// Somebody outside the operator, on a machine of their own.
    Trustee,
}

/// From how many people on comments are shown, per question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentRule {
    /// Fewest respondents whose comments are shown together, with or without a comment: at least [`CommentRule::least`].
    pub min_respondents: u32,
    /// Fewest comments shown together, at least [`FEWEST_COMMENTS`].
    pub min_comments: u32,
}

/// Fewest comments that may be shown together.
pub const FEWEST_COMMENTS: u32 = 3;

impl CommentRule {
    /// The rule of a wave whose scores are shown from `k` respondents on.
    #[must_use]
    pub fn for_k(k: u32) -> Self {
        Self { min_respondents: Self::least(k), min_comments: FEWEST_COMMENTS }
    }

    /// Fewest respondents whose comments may be shown together: 10, or twice k if that is more.
    #[must_use]
    pub fn least(k: u32) -> u32 {
        k.saturating_mul(2).max(10)
    }
}

/// A field that may be `null` but must be there.
fn there<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_not(said: &bool) -> bool {
    !*said
}

/// Who reads what, as promised to everybody who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audiences {
    /// What a leader reads.
    pub leaders: LeadersRead,
    /// What the leader of a unit reads beyond that.
    pub unit_leaders: UnitLeadersRead,
    /// What HR reads.
    pub hr: HrReads,
    /// Whether a team reads its own result.
    pub team: bool,
    /// How many hours after the publication HR reads the results of groups, [`SHORTEST_WAIT`] to [`LONGEST_WAIT`], so that leaders read theirs
    /// first; at once in manifests that do not say. The organisation's result does not wait.
    #[serde(default, skip_serializing_if = "is_none")]
    pub hr_groups_after_hours: u32,
    /// Whether HR follows, in steps and once a day, how many of all people take part; not in manifests that do not say.
    #[serde(default, skip_serializing_if = "is_not")]
    pub hr_participation: bool,
}

/// The shortest time for which HR may wait for the results of groups, in hours.
pub const SHORTEST_WAIT: u32 = 24;
/// The longest, in hours: two weeks.
pub const LONGEST_WAIT: u32 = 336;

impl Default for Audiences {
    fn default() -> Self {
        Self {
            leaders: LeadersRead::OwnBlock,
            unit_leaders: UnitLeadersRead::SubTotal,
            hr: HrReads::AllBlocks,
            team: true,
            hr_groups_after_hours: 0,
            hr_participation: false,
        }
    }
}

/// What a leader reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeadersRead {
    /// The blocks that contain their team.
    OwnBlock,
}

/// What the leader of a unit reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitLeadersRead {
    /// The sub-total of their own unit.
    SubTotal,
}

/// What HR reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HrReads {
    /// Every block.
    AllBlocks,
}

/// The questionnaire of a wave, by name and by hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentRef {
    /// Short name.
    pub id: String,
    /// Version of the wording.
    pub version: u32,
    /// Hash of the instrument's bytes as served.
    pub sha256: Sha256Digest,
}

/// Why something is not a manifest that this version can run or read.
#[derive(Debug, thiserror::Error)]
pub enum ManifestProblem {
    /// The bytes are not such a JSON object.
    #[error("the manifest cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A field has a value that this version refuses.
    #[error("manifest field \"{field}\": {reason}")]
    Field {
        /// The field.
        field: &'static str,
        /// What is wrong with it and what it must be.
        reason: String,
    },
}

impl ManifestProblem {
    fn field(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Field { field, reason: reason.into() }
    }
}

/// A checked manifest together with the bytes whose hash is its name.
#[derive(Clone, PartialEq, Eq)]
pub struct FrozenManifest {
    manifest: Manifest,
    bytes: Vec<u8>,
    hash: ManifestHash,
}

impl FrozenManifest {
    /// Checks a manifest and writes the bytes that are served from now on.
    ///
    /// # Errors
    /// [`ManifestProblem::Field`] names the field that has no acceptable value.
    pub fn freeze(manifest: Manifest) -> Result<Self, ManifestProblem> {
        manifest.check()?;
        let bytes = serde_json::to_vec(&manifest)?;
        let hash = ManifestHash(Sha256Digest::of(&bytes).0);
        Ok(Self { manifest, bytes, hash })
    }

    /// Reads a manifest from its bytes, which are kept exactly as they are.
    ///
    /// # Errors
    /// [`ManifestProblem`] when the bytes are not a manifest of a format, mode, suite and size that this version knows.
    pub fn read(bytes: Vec<u8>) -> Result<Self, ManifestProblem> {
        let manifest: Manifest = serde_json::from_slice(&bytes)?;
        manifest.check()?;
        let hash = ManifestHash(Sha256Digest::of(&bytes).0);
        Ok(Self { manifest, bytes, hash })
    }

    /// The same bytes with another nonce in their last field: what a key holder outside the operator countersigns.
    ///
    /// # Errors
    /// [`ManifestProblem::Field`] when the bytes do not end with the nonce, as all do that [`Self::freeze`] writes.
    pub fn with_nonce(&self, nonce: ManifestNonce) -> Result<Self, ManifestProblem> {
        let ending = |nonce: ManifestNonce| format!("\"nonce\":\"{nonce}\"}}").into_bytes();
        let before = self.bytes.strip_suffix(ending(self.manifest.nonce).as_slice());
        let before = before.ok_or_else(|| ManifestProblem::field("nonce", "it must stand at the very end, without spaces"))?;
        Self::read([before, &ending(nonce)].concat())
    }

    /// The fields.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The bytes as served.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The hash of the bytes.
    #[must_use]
    pub const fn hash(&self) -> ManifestHash {
        self.hash
    }
}

impl std::fmt::Debug for FrozenManifest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrozenManifest").field("hash", &self.hash).field("manifest", &self.manifest).finish_non_exhaustive()
    }
}

impl Manifest {
    /// Whether somebody outside the operator holds the box key.
    #[must_use]
    pub const fn is_trustee(&self) -> bool {
        matches!(self.mode, Mode::Trustee)
    }

    /// Checks everything that can be checked without the group list.
    fn check(&self) -> Result<(), ManifestProblem> {
        let must_be = |field, is_so: bool, known: &dyn std::fmt::Display| {
            if is_so { Ok(()) } else { Err(ManifestProblem::field(field, format!("this version knows only {known}"))) }
        };
        let first = self.format == FIRST_MANIFEST_FORMAT;
        must_be("format", first || self.format == MANIFEST_FORMAT, &format_args!("{MANIFEST_FORMAT} and {FIRST_MANIFEST_FORMAT}"))?;
        must_be("credential_suite", self.credential_suite == CREDENTIAL_SUITE, &CREDENTIAL_SUITE)?;
        must_be("kem_id", self.kem_id == KEM_ID, &KEM_ID)?;
        must_be("kdf_id", self.kdf_id == KDF_ID, &KDF_ID)?;
        must_be("aead_id", self.aead_id == AEAD_ID, &AEAD_ID)?;

        let require = |field, holds: bool, reason: String| {
            if holds { Ok(()) } else { Err(ManifestProblem::field(field, reason)) }
        };
        require("organisation", !self.organisation.trim().is_empty(), "it is empty".into())?;
        require("k", self.k >= 4, format!("{} is too few people to be published together; use 4 or more", self.k))?;
        require(
            "group_min",
            self.group_min > self.k,
            format!("{} is too small: a group needs more than k = {} people", self.group_min, self.k),
        )?;
        require("coalition", self.coalition >= 1, "at least one colluding colleague must be covered".into())?;
        require("min_range", self.min_range >= 2, "at least two values must stay possible for every answer".into())?;
        if let Some(rule) = self.comments {
            let least = CommentRule::least(self.k);
            require(
                "comments",
                rule.min_respondents >= least,
                format!("comments of {} people are too few; with k = {} show them from {least} on", rule.min_respondents, self.k),
            )?;
            require(
                "comments",
                rule.min_comments >= FEWEST_COMMENTS,
                format!("{} comments are too few to be shown together; use {FEWEST_COMMENTS} or more", rule.min_comments),
            )?;
        }
        let waits = self.audiences.hr_groups_after_hours;
        require(
            "audiences",
            waits == 0 || (SHORTEST_WAIT..=LONGEST_WAIT).contains(&waits),
            format!("HR cannot wait {waits} hours for the results of groups; use {SHORTEST_WAIT} to {LONGEST_WAIT}, or leave it away"),
        )?;
        let not_a_key = || "the bytes are not a public key".to_owned();
        require("credential_key", self.credential_key.is_valid(), not_a_key())?;
        require("board_key", self.board_key.is_valid(), not_a_key())?;
        let notices = self.notices_key;
        require("notices_key", notices.is_none_or(|key| key.is_valid()), not_a_key())?;
        require("notices_key", notices.is_none_or(|key| key.0 != self.board_key.0), "it must be another key than the board's".into())?;
        self.check_key_holder()?;
        require("languages", !self.languages.is_empty(), "at least one language is needed".into())?;
        require("groups", self.groups >= 1, "at least one group is needed".into())?;
        require("invited", self.invited >= self.groups, format!("{} people cannot fill {} groups", self.invited, self.groups))?;
        require(
            "leaf_size",
            self.leaf_size >= LEAF_SIZE_STEP && self.leaf_size.is_multiple_of(LEAF_SIZE_STEP),
            format!("{} is not a multiple of {LEAF_SIZE_STEP}", self.leaf_size),
        )?;
        require(
            "response_size",
            self.leaf_size.checked_add(RESPONSE_OVERHEAD) == Some(self.response_size),
            format!("it must be leaf_size + {RESPONSE_OVERHEAD}"),
        )?;
        if first {
            self.check_first_edition()?
        } else {
            self.check_own_words()?
        }
        self.schedule.check().map_err(|problem| ManifestProblem::field("schedule", problem.to_string()))
    }

    /// A key holder outside the operator has a key of their own and a name, and the operator has no key file; in solo mode it is the other way round.
    fn check_key_holder(&self) -> Result<(), ManifestProblem> {
        let refused = |field, reason: &str| Err(ManifestProblem::field(field, reason));
        match (self.mode, self.trustee_key) {
            (Mode::Solo, None) => Ok(()),
            (Mode::Solo, Some(_)) => refused("trustee_key", "where the operator holds the key there is no other key holder"),
            (Mode::Trustee, None) => refused("trustee_key", "a key holder outside the operator needs a key of their own"),
            (Mode::Trustee, Some(key)) if !key.is_valid() => refused("trustee_key", "the bytes are not a public key"),
            (Mode::Trustee, Some(key)) if key.0 == self.board_key.0 || self.notices_key.is_some_and(|notices| key.0 == notices.0) => {
                refused("trustee_key", "it must be another key than the operator's")
            }
            (Mode::Trustee, Some(_)) if self.key_holder.is_none() => refused("key_holder", "people must read who holds the key"),
            (Mode::Trustee, Some(_)) if self.passphrase => {
                refused("passphrase", "the operator has no key file that a passphrase could lock")
            }
            (Mode::Trustee, Some(_)) => Ok(()),
        }
    }

    /// A sheet of the first edition says nothing that came later, so that no two programs read it differently.
    fn check_first_edition(&self) -> Result<(), ManifestProblem> {
        for (field, holds) in [
            ("purpose", matches!(self.purpose, Texts::Plain(_))),
            ("not_for", matches!(self.not_for, Texts::Plain(_))),
            ("contacts", self.contacts.is_empty()),
            ("key_holder", self.key_holder.is_none()),
            ("mode", self.mode == Mode::Solo),
            ("words_posted", self.words_posted.is_none()),
            ("cards", self.cards == 0),
            ("weakened_by", self.weakened_by.is_empty()),
            ("audiences", self.audiences.hr_groups_after_hours == 0 && !self.audiences.hr_participation),
            ("schedule", self.schedule.extension_days == 0),
        ] {
            if !holds {
                return Err(ManifestProblem::field(field, format!("{FIRST_MANIFEST_FORMAT} does not know this")));
            }
        }
        Ok(())
    }

    fn check_own_words(&self) -> Result<(), ManifestProblem> {
        let spoken = |field, texts: &Texts, longest| match texts {
            Texts::Plain(_) => Err(ManifestProblem::field(field, "one text per language is needed")),
            Texts::PerLanguage(_) => texts.check(longest).map_err(|reason| ManifestProblem::field(field, reason)),
        };
        spoken("purpose", &self.purpose, LONGEST_TEXT)?;
        spoken("not_for", &self.not_for, LONGEST_TEXT)?;
        if let Some(place) = &self.words_posted {
            spoken("words_posted", place, LONGEST_TEXT)?;
        }
        if self.contacts.len() > MOST_CONTACTS {
            return Err(ManifestProblem::field("contacts", format!("{MOST_CONTACTS} are the most")));
        }
        for contact in &self.contacts {
            spoken("contacts", &contact.label, LONGEST_NAME)?;
            contact.check().map_err(|(part, reason)| ManifestProblem::field("contacts", format!("{part}: {reason}")))?;
        }
        if let Some(name) = &self.key_holder {
            check_name(name).map_err(|reason| ManifestProblem::field("key_holder", reason))?;
            if !self.passphrase && self.mode == Mode::Solo {
                return Err(ManifestProblem::field("key_holder", "nobody holds a passphrase where there is none"));
            }
        }
        if weakening::contradict(&self.weakened_by) {
            return Err(ManifestProblem::field("weakened_by", "the disks are copied, or nobody has said so, but not both"));
        }
        if self.cards > self.invited {
            return Err(ManifestProblem::field("cards", format!("{} cards are more than {} people", self.cards, self.invited)));
        }
        Ok(())
    }
}
