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
    const INVALID: InvalidBytes = InvalidBytes { what: "a sealed ballot", length: SEALED_SIZE, encoding: "base64url without padding" };

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
        if bytes.len() == SEALED_SIZE { Ok(Self(bytes.into())) } else { Err(Self::INVALID) }
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

fn seal_bytes(key: &BoxPublicKey, info: &[u8], aad: &[u8], plaintext: &[u8], rng: &mut impl CryptoRng) -> Result<Vec<u8>, SealProblem> {
    let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&key.0).map_err(|_| SealProblem::PublicKey)?;
    let (encapsulated, ciphertext) =
        hpke::single_shot_seal_with_rng::<AesGcm128, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &key, info, plaintext, aad, rng)
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
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(bytes).map(Self).map_err(|_| InvalidBytes {
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
    pub fn open(&self, info: &[u8], nonce: &BallotNonce, ballot: &SealedBallot) -> Result<BallotBytes, SealProblem> {
        let plaintext = self.open_bytes(info, &nonce.0, ballot.as_slice())?;
        BallotBytes::from_vec(plaintext).map_err(|_| SealProblem::Unopenable)
    }

    fn open_bytes(&self, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealProblem> {
        let (encapsulated, ciphertext) = sealed.split_at_checked(ENCAPSULATED_SIZE).ok_or(SealProblem::Unopenable)?;
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealProblem::Unopenable)?;
        hpke::single_shot_open::<AesGcm128, HkdfSha256, X25519HkdfSha256>(&OpModeR::Base, &self.0, &encapsulated, info, ciphertext, aad)
            .map_err(|_| SealProblem::Unopenable)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::fixed_bytes::{FixedBytes, unhex};

    // RFC 9180, appendix A.1.1 (base mode) and its first encryption in A.1.1.1.
    const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
    const IKM_E: &str = "7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234";
    const PUBLIC_KEY: &str = "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d";
    const SECRET_KEY: &str = "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8";
    const ENCAPSULATED: &str = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
    const AAD: &str = "436f756e742d30";
    const PLAINTEXT: &str = "4265617574792069732074727574682c20747275746820626561757479";
    const CIPHERTEXT: &str = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a";

    #[test]
    fn sealing_and_opening_give_the_values_of_the_rfc() {
        let secret = BoxSecretKey::try_from(unhex(SECRET_KEY).as_slice()).unwrap();
        assert_eq!(secret.public_key().0.as_slice(), unhex(PUBLIC_KEY));
        let (info, aad) = (unhex(INFO), unhex(AAD));
        let rng = &mut FixedBytes::new(unhex(IKM_E));
        let sealed = seal_bytes(&secret.public_key(), &info, &aad, &unhex(PLAINTEXT), rng).unwrap();
        assert_eq!(sealed, [unhex(ENCAPSULATED), unhex(CIPHERTEXT)].concat());
        assert_eq!(secret.open_bytes(&info, &aad, &sealed).unwrap(), unhex(PLAINTEXT));
    }

    #[test]
    fn a_sealed_ballot_opens_with_its_own_key_info_and_number_only() {
        let rng = &mut StdRng::seed_from_u64(1);
        let (secret, other) = (BoxSecretKey::generate(rng), BoxSecretKey::generate(rng));
        let ballot = BallotBytes::from_vec(vec![7; BALLOT_SIZE]).unwrap();
        let nonce = BallotNonce([1; 32]);
        let sealed = seal(&secret.public_key(), b"info", &nonce, &ballot, rng).unwrap();
        assert_eq!(sealed.as_slice().len(), SEALED_SIZE);
        assert!(secret.open(b"info", &nonce, &sealed).unwrap() == ballot);

        let refused = Err(SealProblem::Unopenable);
        assert!(other.open(b"info", &nonce, &sealed) == refused, "another key");
        assert!(secret.open(b"other", &nonce, &sealed) == refused, "another group or wave");
        assert!(secret.open(b"info", &BallotNonce([2; 32]), &sealed) == refused, "another number");
        for place in [0, 31, 32, 2_000, SEALED_SIZE - 1] {
            let mut bytes = sealed.as_slice().to_vec();
            bytes[place] ^= 1;
            let changed = SealedBallot::try_from(bytes.as_slice()).unwrap();
            assert!(secret.open(b"info", &nonce, &changed) == refused, "changed at {place}");
        }
    }

    #[test]
    fn nothing_is_sealed_to_a_key_of_low_order() {
        let rng = &mut StdRng::seed_from_u64(2);
        let ballot = BallotBytes::from_vec(vec![7; BALLOT_SIZE]).unwrap();
        let sealed = seal(&BoxPublicKey([0; 32]), b"info", &BallotNonce([1; 32]), &ballot, rng);
        assert_eq!(sealed, Err(SealProblem::PublicKey));
    }

    #[test]
    fn another_length_is_no_sealed_ballot() {
        assert!(SealedBallot::try_from([0; SEALED_SIZE - 1].as_slice()).is_err());
        assert!(SealedBallot::try_from([0; SEALED_SIZE + 1].as_slice()).is_err());
        assert!(BoxSecretKey::try_from([0; 31].as_slice()).is_err());
    }
}
