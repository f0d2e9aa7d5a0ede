//! Lock 1: the blind credential, a partially oblivious pseudorandom function (RFC 9497, POPRF over ristretto255-SHA512).
//!
//! The server evaluates a blinded ballot number without seeing it, for the group of the person who asks; the result is the key of
//! a MAC that only a ballot with such a credential can carry. The proof shows that everybody got theirs under the same key.

mod blinding;
#[cfg(test)]
mod tests;

use domain::GroupId;
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use voprf::{BlindedElement as Blinded, Group, PoprfServer, Ristretto255};
use zeroize::Zeroizing;

use crate::ballot::BallotNonce;
use crate::bytes::{fixed_bytes, sha256};
use crate::manifest::ManifestHash;
use crate::randomness::Older;
use crate::sealed::SealedBallot;

pub use blinding::Blinding;

fixed_bytes!(
    /// The wave's public key of the blind credential: a serialised ristretto255 element.
    CredentialPublicKey, 32, "a credential key", base64url, shown
);
fixed_bytes!(
    /// A ballot number, blinded by its client: a serialised ristretto255 element.
    BlindedElement, 32, "a blinded element", base64url, hidden
);
fixed_bytes!(
    /// The stored hash of a blinded element, by which the same request is known again. It tells nothing about the ballot.
    BlindedHash, 32, "a blinded element's hash", hex, hidden
);
fixed_bytes!(
    /// What binds a sealed ballot to its credential: HMAC-SHA256 under the POPRF output.
    BallotMac, 32, "a ballot's MAC", base64url, hidden
);

impl BlindedElement {
    /// The hash that the people side keeps.
    #[must_use]
    pub fn hash(&self) -> BlindedHash {
        BlindedHash(sha256(&[&self.0]))
    }
}

impl CredentialPublicKey {
    /// Whether the bytes are an element that can be a public key.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        Ristretto255::deserialize_elem(&self.0).is_ok()
    }
}

/// The `info` of credential (RFC 9497) and sealing (RFC 9180) for the ballots of one group.
#[must_use]
pub fn ballot_info(manifest: &ManifestHash, group: GroupId) -> Vec<u8> {
    [b"candor/v1/ballot\0".as_slice(), &manifest.0, &group.0.to_be_bytes()].concat()
}

impl TryFrom<&[u8]> for CredentialKey {
    type Error = CredentialProblem;

    /// From stored bytes of any length.
    fn try_from(stored: &[u8]) -> Result<Self, CredentialProblem> {
        Self::from_bytes(stored.try_into().map_err(|_| CredentialProblem::SecretKey)?)
    }
}

/// Why a credential is not issued or not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialProblem {
    /// The blinded element is not a group element, or the identity.
    #[error("the blinded element is not valid")]
    Blinded,
    /// The stored secret key is not a scalar.
    #[error("the stored credential key is not valid")]
    SecretKey,
    /// The public key is not a group element.
    #[error("the manifest's credential key is not valid")]
    PublicKey,
    /// The evaluation is not made of group elements and scalars.
    #[error("the credential cannot be read")]
    Evaluation,
    /// The proof fails: the server used another key or another group than the manifest says.
    #[error("the credential was not made with the key and for the group that the manifest names")]
    Proof,
    /// The function has no value here; a chance of about one in 2^252.
    #[error("the credential cannot be computed; start anew")]
    Undefined,
}

/// The server's answer to a blinded element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// The evaluated element.
    pub evaluated: [u8; 32],
    /// Scalar `c` of the proof.
    pub c: [u8; 32],
    /// Scalar `s` of the proof.
    pub s: [u8; 32],
}

/// The output of the function for one ballot number: the key of its MAC. Zeroized when dropped, and it prints nothing.
pub struct CredentialOutput(Zeroizing<[u8; 64]>);

impl std::fmt::Debug for CredentialOutput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialOutput(…)")
    }
}

impl CredentialOutput {
    fn new(output: impl AsRef<[u8]>) -> Result<Self, CredentialProblem> {
        output.as_ref().try_into().map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| CredentialProblem::Undefined)
    }

    /// The 64 bytes of the output.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    /// The MAC over a sealed ballot.
    #[must_use]
    pub fn mac(&self, ballot: &SealedBallot) -> BallotMac {
        BallotMac(self.started_mac(ballot).finalize().into_bytes().into())
    }

    /// Whether a MAC fits a sealed ballot, in constant time.
    #[must_use]
    pub fn accepts(&self, ballot: &SealedBallot, mac: &BallotMac) -> bool {
        self.started_mac(ballot).verify_slice(&mac.0).is_ok()
    }

    fn started_mac(&self, ballot: &SealedBallot) -> Hmac<Sha256> {
        // The output is exactly one block of SHA-256, so it is the HMAC key as it stands (RFC 2104).
        let mut mac = Hmac::<Sha256>::new((&*self.0).into());
        mac.update(ballot.as_slice());
        mac
    }
}

/// The wave's secret credential key. It can forge ballots, but it links nothing. Zeroized when dropped, and it prints nothing.
#[derive(Clone)]
pub struct CredentialKey(PoprfServer<Ristretto255>);

impl std::fmt::Debug for CredentialKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialKey(…)")
    }
}

impl PartialEq for CredentialKey {
    fn eq(&self, other: &Self) -> bool {
        self.public_key() == other.public_key()
    }
}

impl Eq for CredentialKey {}

impl CredentialKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`CredentialProblem::Undefined`] with negligible probability; try again.
    pub fn generate(rng: &mut impl CryptoRng) -> Result<Self, CredentialProblem> {
        PoprfServer::new(&mut Older(rng)).map(Self).map_err(|_| CredentialProblem::Undefined)
    }

    /// From the 32 bytes of [`Self::to_bytes`].
    ///
    /// # Errors
    /// [`CredentialProblem::SecretKey`] when they are not a scalar other than zero.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, CredentialProblem> {
        PoprfServer::new_with_key(bytes).map(Self).map_err(|_| CredentialProblem::SecretKey)
    }

    /// The 32 bytes to store (RFC 9497 `SerializeScalar`).
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        // The serialised server is secret key, then public key.
        let mut bytes = Zeroizing::new([0; 32]);
        let mut server = self.0.serialize();
        bytes.copy_from_slice(&server[..32]);
        zeroize::Zeroize::zeroize(&mut server[..]);
        bytes
    }

    /// The public key that stands in the manifest.
    #[must_use]
    pub fn public_key(&self) -> CredentialPublicKey {
        CredentialPublicKey(Ristretto255::serialize_elem(self.0.get_public_key()).into())
    }

    /// Evaluates a blinded element for the group that `info` names. The same element has the same evaluated element every time;
    /// the proof is fresh.
    ///
    /// # Errors
    /// [`CredentialProblem::Blinded`] for anything but an element other than the identity.
    pub fn evaluate(&self, blinded: &[u8; 32], info: &[u8], rng: &mut impl CryptoRng) -> Result<Evaluation, CredentialProblem> {
        let blinded = Blinded::deserialize(blinded).map_err(|_| CredentialProblem::Blinded)?;
        let result = self.0.blind_evaluate(&mut Older(rng), &blinded, Some(info)).map_err(|_| CredentialProblem::Undefined)?;
        let proof = result.proof.serialize();
        let (mut c, mut s) = ([0; 32], [0; 32]);
        c.copy_from_slice(&proof[..32]);
        s.copy_from_slice(&proof[32..]);
        Ok(Evaluation { evaluated: result.message.serialize().into(), c, s })
    }

    /// The output for a ballot number that is no longer blinded.
    ///
    /// # Errors
    /// [`CredentialProblem::Undefined`] with negligible probability.
    pub fn output(&self, nonce: &[u8; 32], info: &[u8]) -> Result<CredentialOutput, CredentialProblem> {
        self.output_for(nonce, info)
    }

    fn output_for(&self, input: &[u8], info: &[u8]) -> Result<CredentialOutput, CredentialProblem> {
        CredentialOutput::new(self.0.evaluate(input, Some(info)).map_err(|_| CredentialProblem::Undefined)?)
    }

    /// Whether a ballot carries a credential of this key for a group.
    #[must_use]
    pub fn accepts(&self, manifest: &ManifestHash, group: GroupId, nonce: &BallotNonce, ballot: &SealedBallot, mac: &BallotMac) -> bool {
        self.output(&nonce.0, &ballot_info(manifest, group)).is_ok_and(|output| output.accepts(ballot, mac))
    }
}
