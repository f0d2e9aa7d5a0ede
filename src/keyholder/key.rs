//! The key holder's keys: one secret of 32 bytes, from which both the key that opens and the key that signs are made.
//!
//! One secret, so that there is one thing to keep, to share and to destroy. Both keys are SHA-256 of the secret behind a name of their own;
//! the secret is uniformly random, so nothing more is needed, and neither key tells anything of the other.

use std::fmt;

use domain::WaveId;
use protocol::{BoxPublicKey, BoxSecretKey, InvalidBytes, TrusteeKey, TrusteePublicKey};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::share::{SECRET_BYTES, Scheme, Share, ShareProblem, Tag, combine, split};

/// The value of [`PublicHalf::format`].
pub const PUBLIC_FORMAT: &str = "candor-trustee-key/1";

/// The secret of a key holder for one round; zeroized when dropped, and it prints nothing.
pub struct HolderKey {
    secret: Zeroizing<[u8; SECRET_BYTES]>,
    sealed_box: BoxSecretKey,
    signing: TrusteeKey,
}

impl fmt::Debug for HolderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HolderKey(…)")
    }
}

/// The public half: what the operator gets before the round is frozen. Anybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicHalf {
    /// [`PUBLIC_FORMAT`].
    pub format: String,
    /// The round; a key is for one round only.
    pub wave: WaveId,
    /// Who holds the key, as everybody will read it on the promise sheet.
    pub holder: String,
    /// The key to which every answer is sealed.
    pub box_key: BoxPublicKey,
    /// The key that shows what the key holder signed.
    pub trustee_key: TrusteePublicKey,
}

/// What is wrong with a key or its public half.
#[derive(Debug, thiserror::Error)]
pub enum KeyProblem {
    /// Not the JSON of a public half.
    #[error("this is not the public half of a key holder's key: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the public half has the format {0:?}, this version knows only {PUBLIC_FORMAT}")]
    Format(String),
    /// A name that nobody could read on the promise sheet.
    #[error("the name of the key holder: {0}")]
    Holder(String),
    /// A secret that belongs to another public half.
    #[error("this is the key of another round or another key holder: its fingerprint is {found}, this round's is {expected}")]
    OtherKey {
        /// The fingerprint of the secret that was given.
        found: String,
        /// That of the public half.
        expected: String,
    },
    /// The secret gives no key.
    #[error(transparent)]
    Derived(#[from] InvalidBytes),
    /// Shares that give no key.
    #[error(transparent)]
    Shares(#[from] ShareProblem),
}

impl HolderKey {
    /// A fresh key for a round.
    ///
    /// # Errors
    /// [`KeyProblem::Derived`], which does not happen: every 32 bytes are an X25519 secret (RFC 7748, section 5).
    pub fn generate(rng: &mut impl CryptoRng) -> Result<Self, KeyProblem> {
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        rng.fill_bytes(secret.as_mut_slice());
        Self::from_secret(secret)
    }

    pub(crate) fn from_secret(secret: Zeroizing<[u8; SECRET_BYTES]>) -> Result<Self, KeyProblem> {
        let derive = |name: &[u8]| -> Zeroizing<[u8; 32]> {
            Zeroizing::new(Sha256::new().chain_update(name).chain_update(secret.as_slice()).finalize().into())
        };
        let signing = TrusteeKey::from_bytes(&derive(b"candor/v1/trustee-sign\0"));
        let sealed_box = BoxSecretKey::try_from(derive(b"candor/v1/trustee-open\0").as_slice())?;
        Ok(Self { secret, sealed_box, signing })
    }

    /// The key from its shares, if it is the one of this public half.
    ///
    /// # Errors
    /// [`KeyProblem::Shares`] says which share is missing or does not fit, [`KeyProblem::OtherKey`] when they give another key.
    pub fn from_shares(shares: &[Share], public: &PublicHalf) -> Result<Self, KeyProblem> {
        if shares.iter().any(|share| share.tag() != public.tag()) {
            return Err(ShareProblem::OtherKey.into());
        }
        let key = Self::from_secret(combine(shares)?)?;
        key.require(public)?;
        Ok(key)
    }

    /// The key from its shares and its public half, where nothing but the paper is left. The fingerprint in the shares tells whether round and key are
    /// right; it knows nothing of the name.
    ///
    /// # Errors
    /// As [`Self::from_shares`].
    pub fn restore(shares: &[Share], wave: &WaveId, holder: &str) -> Result<(Self, PublicHalf), KeyProblem> {
        check_holder(holder)?;
        let key = Self::from_secret(combine(shares)?)?;
        let public = key.public_half(wave, holder);
        if shares.iter().any(|share| share.tag() != public.tag()) {
            return Err(ShareProblem::OtherKey.into());
        }
        Ok((key, public))
    }

    /// Makes shares. Those that were made of this key before go on giving it back, each set by itself.
    pub fn shares(&self, public: &PublicHalf, scheme: Scheme, rng: &mut impl CryptoRng) -> Vec<Share> {
        split(&self.secret, scheme, public.tag(), rng)
    }

    /// Refuses a public half that is not this key's.
    ///
    /// # Errors
    /// [`KeyProblem::OtherKey`].
    pub fn require(&self, public: &PublicHalf) -> Result<(), KeyProblem> {
        let own = self.public_half(&public.wave, &public.holder);
        if own.box_key == public.box_key && own.trustee_key == public.trustee_key {
            return Ok(());
        }
        Err(KeyProblem::OtherKey { found: own.words(), expected: public.words() })
    }

    /// The public half of the key for a round.
    #[must_use]
    pub fn public_half(&self, wave: &WaveId, holder: &str) -> PublicHalf {
        PublicHalf {
            format: PUBLIC_FORMAT.to_owned(),
            wave: wave.clone(),
            holder: holder.to_owned(),
            box_key: self.sealed_box.public_key(),
            trustee_key: self.signing.public_key(),
        }
    }

    pub(crate) const fn secret(&self) -> &Zeroizing<[u8; SECRET_BYTES]> {
        &self.secret
    }

    pub(crate) const fn sealed_box(&self) -> &BoxSecretKey {
        &self.sealed_box
    }

    pub(crate) const fn signing(&self) -> &TrusteeKey {
        &self.signing
    }
}

impl PublicHalf {
    /// Reads and checks a public half.
    ///
    /// # Errors
    /// [`KeyProblem`] says what is wrong with it.
    pub fn from_json(bytes: &[u8]) -> Result<Self, KeyProblem> {
        let public: Self = serde_json::from_slice(bytes)?;
        if public.format != PUBLIC_FORMAT {
            return Err(KeyProblem::Format(public.format));
        }
        check_holder(&public.holder)?;
        Ok(public)
    }

    /// The bytes to hand to the operator.
    ///
    /// # Errors
    /// [`KeyProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, KeyProblem> {
        Ok(serde_json::to_vec_pretty(self)?)
    }

    /// The fingerprint: SHA-256 over round and both public keys.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        let hash = Sha256::new().chain_update(b"candor/v1/trustee-key\0").chain_update(self.wave.as_str()).chain_update(b"\0");
        hash.chain_update(self.box_key.as_bytes()).chain_update(self.trustee_key.as_bytes()).finalize().into()
    }

    /// The fingerprint in six words, to be compared aloud.
    #[must_use]
    pub fn words(&self) -> String {
        protocol::words::hash_words(&self.fingerprint()).join(" ")
    }

    /// What stands in each share of this key.
    #[must_use]
    pub fn tag(&self) -> Tag {
        let [first, second, third, ..] = self.fingerprint();
        [first, second, third]
    }
}

/// Whether a name can stand on a promise sheet.
///
/// # Errors
/// [`KeyProblem::Holder`] says why not.
pub fn check_holder(name: &str) -> Result<(), KeyProblem> {
    protocol::manifest::check_name(name).map_err(KeyProblem::Holder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn made(seed: u64) -> (HolderKey, PublicHalf) {
        let key = HolderKey::generate(&mut StdRng::seed_from_u64(seed)).unwrap();
        let public = key.public_half(&WaveId::parse("2026-q4").unwrap(), "Works council, Vera Albers");
        (key, public)
    }

    #[test]
    fn a_key_comes_back_from_two_of_its_three_shares() {
        let (key, public) = made(1);
        let shares = key.shares(&public, Scheme::TWO_OF_THREE, &mut StdRng::seed_from_u64(2));
        let back = HolderKey::from_shares(&[shares[2].clone(), shares[0].clone()], &public).unwrap();
        assert_eq!(back.public_half(&public.wave, &public.holder), public);
        assert_eq!(back.secret(), key.secret());
    }

    #[test]
    fn a_lost_machine_is_restored_from_two_shares_for_its_own_round_only() {
        let (key, public) = made(1);
        let shares = key.shares(&public, Scheme::TWO_OF_THREE, &mut StdRng::seed_from_u64(2));
        let (_, back) = HolderKey::restore(&shares[1..], &public.wave, &public.holder).unwrap();
        assert_eq!(back, public);
        let elsewhere = HolderKey::restore(&shares[1..], &WaveId::parse("2027-q1").unwrap(), &public.holder);
        assert!(matches!(elsewhere, Err(KeyProblem::Shares(ShareProblem::OtherKey))));
    }

    #[test]
    fn shares_of_two_makings_or_of_another_key_are_refused() {
        let ((key, public), (other, theirs)) = (made(1), made(5));
        let made = |seed| key.shares(&public, Scheme::TWO_OF_THREE, &mut StdRng::seed_from_u64(seed));
        let mixed = [made(2)[0].clone(), made(3)[1].clone()];
        assert!(matches!(HolderKey::from_shares(&mixed, &public), Err(KeyProblem::OtherKey { .. })));
        let foreign = other.shares(&theirs, Scheme::TWO_OF_THREE, &mut StdRng::seed_from_u64(2));
        assert!(matches!(HolderKey::from_shares(&foreign, &public), Err(KeyProblem::Shares(ShareProblem::OtherKey))));
        assert!(matches!(HolderKey::from_shares(&made(2)[..1], &public), Err(KeyProblem::Shares(ShareProblem::TooFew { .. }))));
    }

    #[test]
    fn a_public_half_reads_back_and_its_words_are_those_of_round_and_keys_but_not_of_the_name() {
        let (key, public) = made(1);
        assert_eq!(PublicHalf::from_json(&public.to_json().unwrap()).unwrap(), public);
        assert_eq!(key.public_half(&public.wave, "Somebody else").words(), public.words());
        assert_ne!(key.public_half(&WaveId::parse("2027-q1").unwrap(), &public.holder).words(), public.words());
        assert_ne!(made(2).1.words(), public.words());
        let text = String::from_utf8(public.to_json().unwrap()).unwrap();
        assert!(matches!(PublicHalf::from_json(text.replace("-key/1", "-key/2").as_bytes()), Err(KeyProblem::Format(_))));
        assert!(matches!(PublicHalf::from_json(text.replace("Vera", "\\u202e").as_bytes()), Err(KeyProblem::Holder(_))));
        assert!(matches!(PublicHalf::from_json(b"{}"), Err(KeyProblem::Json(_))));
    }

    #[test]
    fn the_two_keys_differ_from_each_other_and_from_the_secret_and_print_nothing() {
        let (key, _) = made(1);
        assert_ne!(key.sealed_box().to_bytes(), key.signing().to_bytes());
        assert_ne!(*key.sealed_box().to_bytes(), **key.secret());
        assert_eq!(format!("{key:?}"), "HolderKey(…)");
    }

    /// Hands out the coefficients 0xa0, 0xa1 … of the reference values.
    struct Counting;

    impl rand::TryRng for Counting {
        type Error = std::convert::Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(0)
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(0)
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            (0xa0..).zip(bytes).for_each(|(value, byte)| *byte = value);
            Ok(())
        }
    }

    impl rand::TryCryptoRng for Counting {}

    #[test]
    fn keys_fingerprint_and_shares_are_those_of_the_written_protocol() {
        // Reference values by a program of its own after docs/protocol.md, with the X25519 and Ed25519 of OpenSSL.
        let key = HolderKey::from_secret(Zeroizing::new(std::array::from_fn(|place| u8::try_from(place).unwrap()))).unwrap();
        let public = key.public_half(&WaveId::parse("2026-q4").unwrap(), "x");
        assert_eq!(public.box_key.to_text(), "8tEymdM9R62e29YmKYbPxkygMMKdmJZd0nT0KPUaeBk");
        assert_eq!(public.trustee_key.to_text(), "k3TtUSi0Bl0PloAEKeIPVCru2PjAnjlEjQr7TWYzgTE");
        assert_eq!(public.words(), "toruf vuvut fifid midon zunij nidik");
        let shares = key.shares(&public, Scheme::TWO_OF_THREE, &mut Counting);
        let rows: Vec<String> = shares.iter().flat_map(Share::rows).map(|row| row.to_string()).collect();
        let expected = [
            "280X-NWQF-M2GA-1850-9 M2GA-1850-M2GA-1850-J M2GA-1850-M2GA-1850-J M2GA-1850-M2GD-Z1HA-S",
            "281D-NWQF-BDC5-TQJQ-E AH8N-4GT0-8N34-YK29-C 99NP-GVBE-CXJ6-2RKK-F E1TQ-CZVW-F5XB-MJV9-Q",
            "281X-NWQF-ZFWZ-ZZFK-2 Y7VZ-BTZ9-XZPY-7RF7-8 WQDX-KQYX-TF8X-FNEB-4 S77W-VGY1-RZ2G-54BN-N",
        ];
        assert_eq!(rows.join(" "), expected.join(" "));
    }
}
