//! Receipts: what a respondent can show for having cast a ballot, and the key that signs receipts, board and Release.

use domain::WaveId;
use serde::{Deserialize, Serialize};

use crate::ballot::BallotNonce;
use crate::bytes::{fixed_bytes, format_name, sha256};
use crate::code::{in_fours, write_digits};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::sealed::SealedBallot;
use crate::signing::{Signed, signing_key};

pub use crate::signing::{InvalidKey, InvalidSignature};

fixed_bytes!(
    /// The wave's public Ed25519 key for receipts, board and Release.
    BoardPublicKey, 32, "a board key", base64url, shown
);
fixed_bytes!(
    /// A signature with the wave's board key (Ed25519, RFC 8032).
    BoardSignature, 64, "a signature", base64url, shown
);
fixed_bytes!(
    /// The public name of one counted ballot: it says that the ballot is in the box and nothing of what it holds.
    ReceiptLeaf, 32, "a receipt's leaf", hex, shown
);
format_name!(
    /// The format of a saved receipt.
    ReceiptFormat, "candor-receipt/1"
);

impl ReceiptLeaf {
    /// The leaf of a ballot: `H(nonce || H(ct))`.
    #[must_use]
    pub fn of(nonce: &BallotNonce, ballot: &SealedBallot) -> Self {
        Self(sha256(&[&nonce.0, &sha256(&[ballot.as_slice()])]))
    }

    /// The first ten bytes as sixteen characters in groups of four, for people to compare.
    #[must_use]
    pub fn short_code(&self) -> String {
        let mut first = [0; 10];
        first.copy_from_slice(&self.0[..10]);
        in_fours(&write_digits(&first))
    }
}

signing_key!(
    /// The wave's secret Ed25519 key; zeroized when dropped, and it prints nothing.
    BoardKey, BoardPublicKey, BoardSignature, "board key"
);

impl BoardKey {
    /// Signs the receipt of a ballot.
    #[must_use]
    pub fn sign_receipt(&self, manifest: &ManifestHash, leaf: &ReceiptLeaf) -> BoardSignature {
        self.sign(manifest, Signed::Receipt(leaf))
    }

    /// Signs the bytes of a Release.
    #[must_use]
    pub fn sign_release(&self, manifest: &ManifestHash, release: &[u8]) -> BoardSignature {
        self.sign(manifest, Signed::Release(release))
    }
}

impl BoardPublicKey {
    /// Checks the signature of a receipt.
    ///
    /// # Errors
    /// [`InvalidSignature`] when it does not hold.
    pub fn verify_receipt(&self, manifest: &ManifestHash, leaf: &ReceiptLeaf, signature: &BoardSignature) -> Result<(), InvalidSignature> {
        self.verify(manifest, Signed::Receipt(leaf), signature)
    }

    /// Checks the signature over the bytes of a Release.
    ///
    /// # Errors
    /// [`InvalidSignature`] when it does not hold.
    pub fn verify_release(&self, manifest: &ManifestHash, release: &[u8], signature: &BoardSignature) -> Result<(), InvalidSignature> {
        self.verify(manifest, Signed::Release(release), signature)
    }
}

/// A saved receipt: evidence that its holder took part, not of what they said. It holds no time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// `"candor-receipt/1"`.
    pub format: ReceiptFormat,
    /// The wave.
    pub wave: WaveId,
    /// Hash of the wave's manifest.
    pub manifest: ManifestHash,
    /// The ballot's leaf.
    pub leaf: ReceiptLeaf,
    /// The signature over manifest and leaf.
    pub signature: BoardSignature,
}

/// Why something is not a receipt of a wave.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptProblem {
    /// Not the JSON of a receipt.
    #[error("this is not a receipt: {0}")]
    Json(#[from] serde_json::Error),
    /// A receipt of another wave, or of this wave under another manifest.
    #[error("the receipt belongs to another round")]
    OtherWave,
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] InvalidSignature),
}

impl Receipt {
    /// The receipt that the server's answer gives for a ballot.
    #[must_use]
    pub fn new(manifest: &FrozenManifest, leaf: ReceiptLeaf, signature: BoardSignature) -> Self {
        let wave = manifest.manifest().wave.clone();
        Self { format: ReceiptFormat, wave, manifest: manifest.hash(), leaf, signature }
    }

    /// Reads a saved receipt; what it claims is checked by [`Self::verify`].
    ///
    /// # Errors
    /// [`ReceiptProblem::Json`] when the bytes are no receipt.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReceiptProblem> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// The receipt as it is saved.
    ///
    /// # Errors
    /// [`ReceiptProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, ReceiptProblem> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Checks that the receipt belongs to a wave and was signed with its key.
    ///
    /// # Errors
    /// [`ReceiptProblem`] says which of the two fails.
    pub fn verify(&self, manifest: &FrozenManifest) -> Result<(), ReceiptProblem> {
        if self.manifest != manifest.hash() || self.wave != manifest.manifest().wave {
            return Err(ReceiptProblem::OtherWave);
        }
        Ok(manifest.manifest().board_key.verify_receipt(&self.manifest, &self.leaf, &self.signature)?)
    }
}
