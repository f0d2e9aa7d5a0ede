//! The manifest: the frozen public description of a wave, identified by the hash of its bytes.

mod checks;
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
}
