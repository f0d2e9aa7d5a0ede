//! The key holder outside the operator: the key with which they sign, and what they sign.
//!
//! A key holder signs twice: the promise sheet before anybody is invited, and at the end what they opened. Both signatures are over the
//! sheet's hash, so that neither can stand for another round.

use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::board::Board;
use crate::bytes::{fixed_bytes, format_name};
use crate::manifest::{FrozenManifest, ManifestHash};
use crate::receipt::{BoardKey, BoardPublicKey, BoardSignature, InvalidSignature, Signed};

fixed_bytes!(
    /// The key holder's public Ed25519 key.
    TrusteePublicKey, 32, "a key holder's key", base64url, shown
);
fixed_bytes!(
    /// A signature of the key holder (Ed25519, RFC 8032).
    TrusteeSignature, 64, "a key holder's signature", base64url, shown
);
format_name!(
    /// The format of a countersignature.
    CountersignatureFormat, "candor-countersignature/1"
);

/// The key holder's secret signing key; zeroized when dropped, and it prints nothing.
#[derive(Debug)]
pub struct TrusteeKey(BoardKey);

impl TrusteeKey {
    /// A fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(BoardKey::generate(rng))
    }

    /// From its 32 bytes (the seed of RFC 8032).
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(BoardKey::from_bytes(bytes))
    }

    /// The 32 bytes of [`Self::from_bytes`].
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.to_bytes()
    }

    /// The public key that stands in the manifest.
    #[must_use]
    pub fn public_key(&self) -> TrusteePublicKey {
        TrusteePublicKey(self.0.public_key().0)
    }

    /// Signs that these ballots, as the board counts them, gave these bytes of a Release.
    #[must_use]
    pub fn sign_opening(&self, board: &Board, release: &[u8]) -> TrusteeSignature {
        TrusteeSignature(self.0.sign(&board.manifest, opening(board, release)).0)
    }
}

impl TrusteePublicKey {
    /// Whether the bytes are a point that can be a public key.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        BoardPublicKey(self.0).is_valid()
    }

    /// Checks the signature over an opening.
    ///
    /// # Errors
    /// [`InvalidSignature`] when it does not hold for this board and these bytes.
    pub fn verify_opening(&self, board: &Board, release: &[u8], signature: &TrusteeSignature) -> Result<(), InvalidSignature> {
        BoardPublicKey(self.0).verify(&board.manifest, opening(board, release), &BoardSignature(signature.0))
    }
}

fn opening<'a>(board: &'a Board, release: &'a [u8]) -> Signed<'a> {
    Signed::Opening { root: &board.root.0, invited: board.invited, issued: board.issued, spent: board.spent, release }
}

/// The key holder's word for a promise sheet, given before anybody is invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Countersignature {
    /// `"candor-countersignature/1"`.
    pub format: CountersignatureFormat,
    /// Hash of the manifest that was read.
    pub manifest: ManifestHash,
    /// The signature over it.
    pub signature: TrusteeSignature,
}

/// Why a countersignature does not stand under a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountersignatureProblem {
    /// The manifest names no key holder.
    #[error("this promise sheet names no key holder outside the operator, so nobody countersigns it")]
    NoKeyHolder,
    /// It was given for another sheet.
    #[error("the countersignature was given for another promise sheet")]
    OtherSheet,
    /// It does not hold.
    #[error(transparent)]
    Signature(#[from] InvalidSignature),
}

impl Countersignature {
    /// Signs a manifest.
    #[must_use]
    pub fn sign(key: &TrusteeKey, manifest: &ManifestHash) -> Self {
        let signature = TrusteeSignature(key.0.sign(manifest, Signed::Promise).0);
        Self { format: CountersignatureFormat, manifest: *manifest, signature }
    }

    /// Checks that the key holder of a manifest signed exactly this manifest.
    ///
    /// # Errors
    /// [`CountersignatureProblem`] says what does not hold.
    pub fn verify(&self, manifest: &FrozenManifest) -> Result<(), CountersignatureProblem> {
        let key = manifest.manifest().trustee_key.ok_or(CountersignatureProblem::NoKeyHolder)?;
        if self.manifest != manifest.hash() {
            return Err(CountersignatureProblem::OtherSheet);
        }
        Ok(BoardPublicKey(key.0).verify(&self.manifest, Signed::Promise, &BoardSignature(self.signature.0))?)
    }
}
