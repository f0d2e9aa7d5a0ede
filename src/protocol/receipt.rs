//! Receipts: what a respondent can show for having cast a ballot, and the key that signs receipts, board and Release.

use domain::WaveId;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ballot::BallotNonce;
use crate::bytes::{Sha256Digest, fixed_bytes, format_name, sha256};
use crate::code::{in_fours, write_digits};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::sealed::SealedBallot;

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

/// A signature that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature was not made with this wave's key over these data")]
pub struct InvalidSignature;

/// What a signature is about; each kind has its own prefix, so that none can stand for another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signed<'a> {
    Receipt(&'a ReceiptLeaf),
    Board {
        root: &'a [u8; 32],
        invited: u32,
        issued: u32,
        spent: u32,
    },
    Release(&'a [u8]),
    Notice(&'a [u8]),
    /// The key holder's word for a promise sheet, which is the manifest itself.
    Promise,
    /// The key holder's word for an opening.
    Opening {
        root: &'a [u8; 32],
        invited: u32,
        issued: u32,
        spent: u32,
        release: &'a [u8],
    },
}

impl Signed<'_> {
    fn message(&self, manifest: &ManifestHash) -> Vec<u8> {
        match self {
            Self::Receipt(leaf) => [b"candor/v1/receipt\0".as_slice(), &manifest.0, &leaf.0].concat(),
            Self::Board { root, invited, issued, spent } => [
                b"candor/v1/board\0".as_slice(),
                &manifest.0,
                root.as_slice(),
                &invited.to_be_bytes(),
                &issued.to_be_bytes(),
                &spent.to_be_bytes(),
            ]
            .concat(),
            Self::Release(bytes) => [b"candor/v1/release\0".as_slice(), &manifest.0, &Sha256Digest::of(bytes).0].concat(),
            Self::Notice(bytes) => [b"candor/v1/notice\0".as_slice(), &manifest.0, &Sha256Digest::of(bytes).0].concat(),
            Self::Promise => [b"candor/v1/promise\0".as_slice(), &manifest.0].concat(),
            Self::Opening { root, invited, issued, spent, release } => [
                b"candor/v1/opening\0".as_slice(),
                &manifest.0,
                root.as_slice(),
                &invited.to_be_bytes(),
                &issued.to_be_bytes(),
                &spent.to_be_bytes(),
                &Sha256Digest::of(release).0,
            ]
            .concat(),
        }
    }
}

/// The wave's secret Ed25519 key; zeroized when dropped, and it prints nothing.
pub struct BoardKey(SigningKey);

impl std::fmt::Debug for BoardKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BoardKey(…)")
    }
}

/// Stored bytes that are no board key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored board key is not 32 bytes long")]
pub struct InvalidBoardKey;

impl TryFrom<&[u8]> for BoardKey {
    type Error = InvalidBoardKey;

    /// From stored bytes of any length.
    fn try_from(stored: &[u8]) -> Result<Self, InvalidBoardKey> {
        Ok(Self::from_bytes(stored.try_into().map_err(|_| InvalidBoardKey)?))
    }
}

impl BoardKey {
    /// A fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(seed.as_mut_slice());
        Self::from_bytes(&seed)
    }

    /// From the 32 bytes of [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The 32 bytes to store (the seed of RFC 8032).
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key that stands in the manifest.
    #[must_use]
    pub fn public_key(&self) -> BoardPublicKey {
        BoardPublicKey(self.0.verifying_key().to_bytes())
    }

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

    pub(crate) fn sign(&self, manifest: &ManifestHash, what: Signed<'_>) -> BoardSignature {
        BoardSignature(self.0.sign(&what.message(manifest)).to_bytes())
    }
}

impl BoardPublicKey {
    /// Whether the bytes are a point that can be a public key.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| !key.is_weak())
    }

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

    pub(crate) fn verify(&self, manifest: &ManifestHash, what: Signed<'_>, signature: &BoardSignature) -> Result<(), InvalidSignature> {
        VerifyingKey::from_bytes(&self.0)
            .and_then(|key| key.verify_strict(&what.message(manifest), &Signature::from_bytes(&signature.0)))
            .map_err(|_| InvalidSignature)
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
