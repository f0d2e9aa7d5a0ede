//! Lock 2: the sealed box (HPKE base mode, RFC 9180, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM).

use hpke::aead::AesGcm128;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ballot::{BALLOT_SIZE, BallotBytes, BallotNonce};
use crate::bytes::{InvalidBytes, fixed_bytes};

/// Length of the encapsulated key in bytes.
const ENCAPSULATED_SIZE: usize = 32;
/// Length of the authentication tag in bytes.
const TAG_SIZE: usize = 16;
/// Length of a sealed ballot in bytes: encapsulated key, ciphertext and tag.
pub const SEALED_SIZE: usize = ENCAPSULATED_SIZE + BALLOT_SIZE + TAG_SIZE;

fixed_bytes!(
    /// The wave's public key of the sealed box: an X25519 public key.
    BoxPublicKey, 32, "a box key", base64url, shown
);

/// A sealed ballot: 4,144 bytes that only the box key opens. Public to whoever runs the wave, so it may be copied, but it belongs
/// to one ballot and prints nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SealedBallot(Box<[u8]>);

impl SealedBallot {
    const INVALID: InvalidBytes = InvalidBytes {
        what: "a sealed ballot",
        length: SEALED_SIZE,
        encoding: "base64url without padding",
    };

    /// The bytes, always [`SEALED_SIZE`].
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SealedBallot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedBallot(…)")
    }
}

impl TryFrom<&[u8]> for SealedBallot {
    type Error = InvalidBytes;
    fn try_from(bytes: &[u8]) -> Result<Self, InvalidBytes> {
        if bytes.len() == SEALED_SIZE {
            Ok(Self(bytes.into()))
        } else {
            Err(Self::INVALID)
        }
    }
}

impl Serialize for SealedBallot {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::BASE64URL_NOPAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for SealedBallot {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes());
        Self::try_from(bytes.unwrap_or_default().as_slice()).map_err(serde::de::Error::custom)
    }
}

/// A ballot that could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealProblem {
    /// The public key is of low order: nothing sealed to it would be secret.
    #[error("the manifest's box key is not valid")]
    PublicKey,
    /// Not sealed to this key, not for this wave, group and number, or changed since.
    #[error("the sealed ballot does not open with this key for this wave, group and number")]
    Unopenable,
}

/// Seals a ballot to the box key, bound to wave and group by `info` and to its number by the associated data.
///
/// # Errors
/// [`SealProblem::PublicKey`] when the key is not one to seal to.
pub fn seal(
    key: &BoxPublicKey,
    info: &[u8],
    nonce: &BallotNonce,
    ballot: &BallotBytes,
    rng: &mut impl CryptoRng,
) -> Result<SealedBallot, SealProblem> {
    let bytes = seal_bytes(key, info, &nonce.0, ballot.as_slice(), rng)?;
    SealedBallot::try_from(bytes.as_slice()).map_err(|_| SealProblem::PublicKey)
}

fn seal_bytes(
    key: &BoxPublicKey,
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealProblem> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&key.0)
        .map_err(|_| SealProblem::PublicKey)?;
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<
        AesGcm128,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &key, info, plaintext, aad, rng)
    .map_err(|_| SealProblem::PublicKey)?;
    Ok([encapsulated.to_bytes().as_slice(), &ciphertext].concat())
}

/// The secret key of the box. It is used once and then destroyed; zeroized when dropped, and it prints nothing.
pub struct BoxSecretKey(<X25519HkdfSha256 as Kem>::PrivateKey);

impl std::fmt::Debug for BoxSecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BoxSecretKey(…)")
    }
}

impl TryFrom<&[u8]> for BoxSecretKey {
    type Error = InvalidBytes;

    /// From the 32 bytes of [`BoxSecretKey::to_bytes`].
    fn try_from(bytes: &[u8]) -> Result<Self, InvalidBytes> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| InvalidBytes {
                what: "a secret box key",
                length: 32,
                encoding: "base64url without padding",
            })
    }
}

impl BoxSecretKey {
    /// A fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self(X25519HkdfSha256::gen_keypair_with_rng(rng).0)
    }

    /// The 32 bytes of the X25519 secret.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        self.0.write_exact(bytes.as_mut_slice());
        bytes
    }

    /// The public key that stands in the manifest.
    #[must_use]
    pub fn public_key(&self) -> BoxPublicKey {
        BoxPublicKey(X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into())
    }

    /// Opens a sealed ballot.
    ///
    /// # Errors
    /// [`SealProblem::Unopenable`] when it was not sealed to this key for this `info` and number, or was changed.
    pub fn open(
        &self,
        info: &[u8],
        nonce: &BallotNonce,
        ballot: &SealedBallot,
    ) -> Result<BallotBytes, SealProblem> {
        let plaintext = self.open_bytes(info, &nonce.0, ballot.as_slice())?;
        BallotBytes::from_vec(plaintext).map_err(|_| SealProblem::Unopenable)
    }

    fn open_bytes(&self, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealProblem> {
        let (encapsulated, ciphertext) = sealed
            .split_at_checked(ENCAPSULATED_SIZE)
            .ok_or(SealProblem::Unopenable)?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)
            .map_err(|_| SealProblem::Unopenable)?;
        hpke::single_shot_open::<AesGcm128, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapsulated,
            info,
            ciphertext,
            aad,
        )
        .map_err(|_| SealProblem::Unopenable)
    }
}
