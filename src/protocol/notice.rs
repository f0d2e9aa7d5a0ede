//! Notices: what is said about a wave after its publication. The Release never changes; a notice stands beside it, numbered and signed.
//!
//! The board key is destroyed at publication. Notices are signed with a second key of the wave, whose public half people were promised in
//! the manifest, too. Whoever administers the database can use it as well as drop the newest notices, which leave no gap; they can neither
//! change one that somebody has kept nor drop one in between.

use domain::{Day, PublicText, QuestionId, WaveId};
use serde::{Deserialize, Serialize};

use crate::bytes::{Sha256Digest, fixed_bytes, format_name};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::signing::{Signed, signing_key};

fixed_bytes!(
    /// The wave's public Ed25519 key for notices.
    NoticesPublicKey, 32, "a notices key", base64url, shown
);
fixed_bytes!(
    /// A signature with the wave's notices key (Ed25519, RFC 8032).
    NoticeSignature, 64, "a notice's signature", base64url, shown
);
format_name!(
    /// The format of a notice.
    NoticeFormat, "candor-notice/1"
);

signing_key!(
    /// The wave's secret key for notices; zeroized when dropped, and it prints nothing. It outlives the board key.
    NoticesKey, NoticesPublicKey, NoticeSignature, "notices key"
);

/// What is said about a published wave after its publication. The field order is the order on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// `"candor-notice/1"`.
    pub format: NoticeFormat,
    /// The wave.
    pub wave: WaveId,
    /// Hash of the wave's manifest.
    pub manifest: ManifestHash,
    /// The wave's notices are numbered from 1 without gaps.
    pub number: u32,
    /// The day on which it was written (UTC).
    pub day: Day,
    /// What it says.
    pub says: Says,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Says {
    /// Something about the result or the round was wrong; the result itself stays as it is.
    Erratum {
        /// What was wrong, for everybody to read.
        text: PublicText,
    },
    /// HR hid a published comment, which it may only if it names a person: no page shows it any more. The Release keeps its text, because it
    /// never changes.
    HideComment {
        /// The question it was written to.
        question: QuestionId,
        /// SHA-256 of the published text; everybody who wrote the very same text to this question is hidden with it.
        comment_sha256: Sha256Digest,
    },
}

/// A notice as it is stored and handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNotice {
    /// The notice as JSON, byte for byte as it was signed.
    pub document: Vec<u8>,
    /// The signature over it.
    pub signature: Vec<u8>,
}

/// A notice with all that a stranger needs to check it, as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptNotice {
    /// Its number.
    pub number: u32,
    /// The bytes that were signed, as text.
    pub document: String,
    /// The signature over them.
    pub signature: NoticeSignature,
    /// The key that the manifest names for notices.
    pub public_key: NoticesPublicKey,
    /// The hash of the manifest, which is signed with each notice.
    pub manifest: ManifestHash,
}

impl From<KeptNotice> for SignedNotice {
    fn from(kept: KeptNotice) -> Self {
        Self { document: kept.document.into_bytes(), signature: kept.signature.0.to_vec() }
    }
}

/// Why a notice cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum NoticeProblem {
    /// The manifest names no key for notices.
    #[error(
        "the promise sheet of round {0} names no key for notices: it was launched by an earlier version, and nothing can be added to it"
    )]
    NoKey(WaveId),
    /// The key is not the one of the manifest.
    #[error("the key for notices is not the one that the promise sheet of round {0} names")]
    OtherKey(WaveId),
    /// Not a notice of a kind that this version knows.
    #[error("notice {number} of round {wave} cannot be read: {cause}")]
    Json {
        /// The wave.
        wave: WaveId,
        /// Which one, counted from 1.
        number: u32,
        /// What is wrong with it.
        cause: serde_json::Error,
    },
    /// It was changed, or signed by somebody else.
    #[error("notice {number} of round {wave} was changed after it was signed, or is not signed with the round's key")]
    Changed {
        /// The wave.
        wave: WaveId,
        /// Which one, counted from 1.
        number: u32,
    },
    /// A number is missing or stands there twice, or the notice belongs elsewhere.
    #[error("in the place of notice {number} of round {wave} stands another one: the notices of a round are numbered from 1 without gaps")]
    Misplaced {
        /// The wave.
        wave: WaveId,
        /// Which one was expected, counted from 1.
        number: u32,
    },
}

impl Notice {
    /// Writes and signs a notice.
    ///
    /// # Errors
    /// [`NoticeProblem::NoKey`] and [`NoticeProblem::OtherKey`].
    pub fn sign(key: &NoticesKey, manifest: &FrozenManifest, number: u32, day: Day, says: Says) -> Result<SignedNotice, NoticeProblem> {
        let wave = &manifest.manifest().wave;
        if key_of(manifest)? != key.public_key() {
            return Err(NoticeProblem::OtherKey(wave.clone()));
        }
        let notice = Self { format: NoticeFormat, wave: wave.clone(), manifest: manifest.hash(), number, day, says };
        let document = serde_json::to_vec(&notice).map_err(|cause| NoticeProblem::Json { wave: wave.clone(), number, cause })?;
        let signature = key.sign(&manifest.hash(), Signed::Notice(&document)).0.to_vec();
        Ok(SignedNotice { document, signature })
    }

    /// Reads all notices of a wave, in their order. Everything that each claims is checked.
    ///
    /// # Errors
    /// [`NoticeProblem`] says which one does not hold, and why.
    pub fn read_all(manifest: &FrozenManifest, stored: &[SignedNotice]) -> Result<Vec<Self>, NoticeProblem> {
        (1..).zip(stored).map(|(number, stored)| Self::read(manifest, number, stored)).collect()
    }

    fn read(manifest: &FrozenManifest, number: u32, stored: &SignedNotice) -> Result<Self, NoticeProblem> {
        let wave = manifest.manifest().wave.clone();
        let key = key_of(manifest)?;
        let signed = NoticeSignature::try_from(stored.signature.as_slice())
            .is_ok_and(|signature| key.verify(&manifest.hash(), Signed::Notice(&stored.document), &signature).is_ok());
        if !signed {
            return Err(NoticeProblem::Changed { wave, number });
        }
        let notice: Self =
            serde_json::from_slice(&stored.document).map_err(|cause| NoticeProblem::Json { wave: wave.clone(), number, cause })?;
        if (notice.number, &notice.wave, notice.manifest) != (number, &wave, manifest.hash()) {
            return Err(NoticeProblem::Misplaced { wave, number });
        }
        Ok(notice)
    }
}

fn key_of(manifest: &FrozenManifest) -> Result<NoticesPublicKey, NoticeProblem> {
    let manifest = manifest.manifest();
    manifest.notices_key.ok_or_else(|| NoticeProblem::NoKey(manifest.wave.clone()))
}
