//! What is signed in a wave, and the three kinds of keys that sign: the wave's for receipts, board and Release, its other one for notices, and the key
//! holder's. All are Ed25519 (RFC 8032), each its own type.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::bytes::Sha256Digest;
use crate::manifest::ManifestHash;
use crate::receipt::ReceiptLeaf;

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

/// Stored bytes that are no secret key of the kind that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored {0} is not 32 bytes long")]
pub struct InvalidKey(pub(crate) &'static str);

/// The signature over what is signed under a manifest.
pub(crate) fn sign(key: &SigningKey, manifest: &ManifestHash, what: Signed<'_>) -> [u8; 64] {
    key.sign(&what.message(manifest)).to_bytes()
}

/// Checks such a signature.
pub(crate) fn verify(key: &[u8; 32], manifest: &ManifestHash, what: Signed<'_>, signature: &[u8; 64]) -> Result<(), InvalidSignature> {
    VerifyingKey::from_bytes(key)
        .and_then(|key| key.verify_strict(&what.message(manifest), &Signature::from_bytes(signature)))
        .map_err(|_| InvalidSignature)
}

/// Whether the bytes are a point that can be a public key.
pub(crate) fn is_valid(key: &[u8; 32]) -> bool {
    VerifyingKey::from_bytes(key).is_ok_and(|key| !key.is_weak())
}

/// Declares a kind of secret key, with the types of its public key and of its signatures, so that none can be taken for another's.
macro_rules! signing_key {
    ($(#[$doc:meta])* $secret:ident, $public:ident, $signature:ident, $what:literal) => {
        $(#[$doc])*
        pub struct $secret(ed25519_dalek::SigningKey);

        impl std::fmt::Debug for $secret {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($secret), "(…)"))
            }
        }

        impl TryFrom<&[u8]> for $secret {
            type Error = $crate::signing::InvalidKey;

            /// From stored bytes of any length.
            fn try_from(stored: &[u8]) -> Result<Self, Self::Error> {
                Ok(Self::from_bytes(stored.try_into().map_err(|_| $crate::signing::InvalidKey($what))?))
            }
        }

        impl $secret {
            /// A fresh key.
            pub fn generate(rng: &mut impl rand::CryptoRng) -> Self {
                let mut seed = zeroize::Zeroizing::new([0; 32]);
                rng.fill_bytes(seed.as_mut_slice());
                Self::from_bytes(&seed)
            }

            /// From the 32 bytes of [`Self::to_bytes`].
            #[must_use]
            pub fn from_bytes(bytes: &[u8; 32]) -> Self {
                Self(ed25519_dalek::SigningKey::from_bytes(bytes))
            }

            /// The 32 bytes to store (the seed of RFC 8032).
            #[must_use]
            pub fn to_bytes(&self) -> zeroize::Zeroizing<[u8; 32]> {
                zeroize::Zeroizing::new(self.0.to_bytes())
            }

            /// The public key that stands in the manifest.
            #[must_use]
            pub fn public_key(&self) -> $public {
                $public(self.0.verifying_key().to_bytes())
            }

            pub(crate) fn sign(&self, manifest: &$crate::manifest::ManifestHash, what: $crate::signing::Signed<'_>) -> $signature {
                $signature($crate::signing::sign(&self.0, manifest, what))
            }
        }

        impl $public {
            /// Whether the bytes are a point that can be a public key.
            #[must_use]
            pub fn is_valid(&self) -> bool {
                $crate::signing::is_valid(&self.0)
            }

            pub(crate) fn verify(
                &self,
                manifest: &$crate::manifest::ManifestHash,
                what: $crate::signing::Signed<'_>,
                signature: &$signature,
            ) -> Result<(), $crate::signing::InvalidSignature> {
                $crate::signing::verify(&self.0, manifest, what, &signature.0)
            }
        }
    };
}
pub(crate) use signing_key;
