//! What people hold in their hands: link secrets, status handles and unsubscribe secrets, each ten random bytes.
//!
//! Only their hashes are stored. A secret says who may cast a ballot, never which ballot was cast: no nonce and no blind is
//! ever derived from one.

use domain::WaveId;
use rand::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::bytes::{fixed_bytes, sha256};
use crate::code::{CODE_BYTES, in_fours, read_code, write_code};
pub use crate::code::{CODE_LENGTH, CodeProblem};

fixed_bytes!(
    /// The stored hash of a link secret, status handle or unsubscribe secret, bound to its wave and purpose.
    SecretHash, 32, "a secret's hash", hex, hidden
);

/// Declares a secret of ten random bytes with its own hash domain.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $domain:literal) => {
        $(#[$doc])*
        #[derive(Clone, Zeroize, ZeroizeOnDrop)]
        pub struct $name([u8; CODE_BYTES]);

        impl $name {
            /// Ten fresh random bytes.
            pub fn generate(rng: &mut impl CryptoRng) -> Self {
                let mut secret = Self([0; CODE_BYTES]);
                rng.fill_bytes(&mut secret.0);
                secret
            }

            /// From its bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; CODE_BYTES]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; CODE_BYTES] {
                &self.0
            }

            /// The code of 17 characters, for a link.
            #[must_use]
            pub fn to_code(&self) -> String {
                write_code(&self.0)
            }

            /// The code in groups of four, for people to read and type.
            #[must_use]
            pub fn to_display_code(&self) -> String {
                in_fours(&self.to_code())
            }

            /// Reads a code; case, spaces and hyphens do not matter, O is 0, I and L are 1.
            ///
            /// # Errors
            /// [`CodeProblem`] names what is wrong with it.
            pub fn parse(text: &str) -> Result<Self, CodeProblem> {
                read_code(text).map(Self)
            }

            /// The hash under which the secret is stored for a wave.
            #[must_use]
            pub fn hash(&self, wave: &WaveId) -> SecretHash {
                SecretHash(sha256(&[$domain, b"\0", wave.as_str().as_bytes(), b"\0", &self.0]))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret!(
    /// Lets one person cast one ballot in one wave. Every mail carries a new one; all of a person's are worth one ballot.
    LinkSecret, b"candor/v1/link"
);
secret!(
    /// Shows its holder after the close whether their answer was recorded.
    StatusHandle, b"candor/v1/status"
);
secret!(
    /// Ends the reminders for one person.
    UnsubscribeSecret, b"candor/v1/unsubscribe"
);

/// The address behind "do not remind me about this round". Its secret stands in the path, not behind `#`: a mail program that posts to it
/// (RFC 8058) sends no fragment. It can do nothing but stop reminders.
#[must_use]
pub fn unsubscribe_address(origin: &str, wave: &WaveId, secret: &UnsubscribeSecret) -> String {
    format!("{origin}/w/{wave}/quiet/{}", secret.to_code())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_same_bytes_hash_differently_for_each_purpose_and_wave() {
        let (one, two) = (WaveId::parse("2026-q4").unwrap(), WaveId::parse("2027-q1").unwrap());
        let bytes = [7; 10];
        let hashes = [
            LinkSecret::from_bytes(bytes).hash(&one),
            LinkSecret::from_bytes(bytes).hash(&two),
            StatusHandle::from_bytes(bytes).hash(&one),
            UnsubscribeSecret::from_bytes(bytes).hash(&one),
        ];
        for (place, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..place].contains(hash));
        }
        assert_eq!(hashes[0].0, sha256(&[b"candor/v1/link\0", b"2026-q4\0", &bytes]));
    }

    #[test]
    fn secrets_and_their_hashes_print_no_content() {
        let secret = LinkSecret::from_bytes([7; 10]);
        assert_eq!(format!("{secret:?}"), "LinkSecret(…)");
        assert_eq!(format!("{:?}", secret.hash(&WaveId::parse("w").unwrap())), "SecretHash(…)");
    }

    #[test]
    fn the_address_that_stops_reminders_carries_its_code_in_the_path() {
        let wave = WaveId::parse("2026-q4").unwrap();
        let address = unsubscribe_address("https://survey.example", &wave, &UnsubscribeSecret::from_bytes([0; 10]));
        assert_eq!(address, format!("https://survey.example/w/2026-q4/quiet/{}", "0".repeat(17)));
    }
}
