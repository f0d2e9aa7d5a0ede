//! The key holder outside the operator: the key with which they sign, and what they sign.
//!
//! A key holder signs twice: the promise sheet before anybody is invited, and at the end what they opened. Both signatures are over the
//! sheet's hash, so that neither can stand for another round.

use serde::{Deserialize, Serialize};

use crate::board::{Board, BoardSum};
use crate::bytes::{fixed_bytes, format_name};
use crate::manifest::{FrozenManifest, ManifestHash, ManifestNonce};
use crate::signing::{InvalidSignature, Signed, signing_key};

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
    CountersignatureFormat, "candor-countersignature/2"
);

signing_key!(
    /// The key holder's secret signing key; zeroized when dropped, and it prints nothing.
    TrusteeKey, TrusteePublicKey, TrusteeSignature, "key holder's key"
);

impl TrusteeKey {
    /// Signs that these ballots, as the board counts them, gave these bytes of a Release.
    #[must_use]
    pub fn sign_opening(&self, board: &Board, release: &[u8]) -> TrusteeSignature {
        self.sign(&board.manifest, opening(&board.into(), release))
    }
}

impl TrusteePublicKey {
    /// Checks the signature over an opening.
    ///
    /// # Errors
    /// [`InvalidSignature`] when it does not hold for this board and these bytes.
    pub fn verify_opening(&self, board: &Board, release: &[u8], signature: &TrusteeSignature) -> Result<(), InvalidSignature> {
        self.verify(&board.manifest, opening(&board.into(), release), signature)
    }
}

fn opening<'a>(list: &'a BoardSum, release: &'a [u8]) -> Signed<'a> {
    Signed::Opening { root: &list.root.0, invited: list.invited, issued: list.issued, spent: list.spent, release }
}

/// The key holder's word for a promise sheet, given before anybody is invited.
///
/// The key holder reads a draft, and the nonce with which it becomes the manifest is theirs: an operator who knew the last bytes of a manifest could try
/// drafts until two of them have the same check words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Countersignature {
    /// `"candor-countersignature/2"`.
    pub format: CountersignatureFormat,
    /// Hash of the manifest: the draft that was read, with this nonce.
    pub manifest: ManifestHash,
    /// The nonce that stands in the manifest in place of the draft's.
    pub nonce: ManifestNonce,
    /// The signature over it.
    pub signature: TrusteeSignature,
}

/// Why a countersignature does not stand under a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CountersignatureProblem {
    /// The manifest names no key holder.
    #[error("this promise sheet names no key holder outside the operator, so nobody countersigns it")]
    NoKeyHolder,
    /// It was given for another sheet, or its nonce is not the one that was signed.
    #[error("the countersignature was given for another promise sheet, or was changed on its way")]
    OtherSheet,
    /// It does not hold.
    #[error(transparent)]
    Signature(#[from] InvalidSignature),
}

impl Countersignature {
    /// Signs a manifest that has the key holder's own nonce.
    #[must_use]
    pub fn sign(key: &TrusteeKey, manifest: &FrozenManifest) -> Self {
        let hash = manifest.hash();
        let signature = key.sign(&hash, Signed::Promise);
        Self { format: CountersignatureFormat, manifest: hash, nonce: manifest.manifest().nonce, signature }
    }

    /// Checks that the key holder of a manifest signed exactly this manifest.
    ///
    /// # Errors
    /// [`CountersignatureProblem`] says what does not hold.
    pub fn verify(&self, manifest: &FrozenManifest) -> Result<(), CountersignatureProblem> {
        let key = manifest.manifest().trustee_key.ok_or(CountersignatureProblem::NoKeyHolder)?;
        if self.manifest != manifest.hash() || self.nonce != manifest.manifest().nonce {
            return Err(CountersignatureProblem::OtherSheet);
        }
        Ok(self.was_given_with(&key)?)
    }

    /// Checks that a key signed the hash that this names, whatever sheet that is the hash of.
    ///
    /// # Errors
    /// [`InvalidSignature`].
    pub fn was_given_with(&self, key: &TrusteePublicKey) -> Result<(), InvalidSignature> {
        key.verify(&self.manifest, Signed::Promise, &self.signature)
    }
}

/// The key holder's word for a result: that exactly the counted answers of a list gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// What the list of counted answers says in sum.
    pub list: BoardSum,
    /// The signature over that and the result's hash.
    pub signature: TrusteeSignature,
}

/// Why a result is not vouched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VouchProblem {
    /// The manifest names no key holder.
    #[error("the promise sheet names no key holder outside the operator, and something is signed in the name of one")]
    NoKeyHolder,
    /// The key holder's word is missing.
    #[error("the key holder's signature is missing")]
    Missing,
    /// It was signed with another key, or for another result or list.
    #[error("the key holder did not sign this result of these counted answers")]
    Signature(#[from] InvalidSignature),
}

impl Vouched {
    /// Checks that the key holder of a manifest signed exactly this result, where there is one, and that there is no such signature elsewhere.
    ///
    /// # Errors
    /// [`VouchProblem`] says what does not hold.
    pub fn verify(vouched: Option<&Self>, manifest: &FrozenManifest, release: &[u8]) -> Result<(), VouchProblem> {
        match (manifest.manifest().trustee_key, vouched) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(VouchProblem::NoKeyHolder),
            (Some(_), None) => Err(VouchProblem::Missing),
            // Over the hash of this sheet, whatever the list says whose it is.
            (Some(key), Some(Self { list, signature })) => Ok(key.verify(&manifest.hash(), opening(list, release), signature)?),
        }
    }
}
