//! The key file on the key holder's own machine: the secret under a passphrase.

use protocol::passphrase::{LockProblem, Locked};
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::{HolderKey, KeyProblem, PublicHalf};
use crate::share::SECRET_BYTES;

/// The value of [`LockedKey::format`].
const FORMAT: &str = "candor-trustee-file/1";
/// The fewest characters of a passphrase.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// A passphrase that is long enough to be worth its derivation. It prints nothing.
#[derive(Debug, Clone)]
pub struct Passphrase(SecretString);

/// A passphrase that protects little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the passphrase has fewer than {SHORTEST_PASSPHRASE} characters: take four or five words that nobody would guess together")]
pub struct TooShort;

impl Passphrase {
    /// A new passphrase.
    ///
    /// # Errors
    /// [`TooShort`].
    pub fn new(text: SecretString) -> Result<Self, TooShort> {
        if text.expose_secret().chars().count() < SHORTEST_PASSPHRASE { Err(TooShort) } else { Ok(Self(text)) }
    }
}

/// A key under a passphrase, with its public half beside it. It prints nothing of the secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedKey {
    format: String,
    public: PublicHalf,
    lock: Locked,
}

/// Why a key cannot be locked or unlocked.
#[derive(Debug, thiserror::Error)]
pub enum LockedKeyProblem {
    /// Not the JSON of such a file.
    #[error("this is not a key holder's key file: {0}")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the key file has the format {0:?}, this version knows only {FORMAT}")]
    Format(String),
    /// The passphrase is wrong, or the file was changed or is damaged.
    #[error("{0}. If the passphrase is lost, the shares on paper open: give them instead")]
    Lock(#[from] LockProblem),
    /// What lies in the file is not the key that it names.
    #[error(transparent)]
    Key(#[from] KeyProblem),
}

impl LockedKey {
    /// Locks a key.
    ///
    /// # Errors
    /// [`LockedKeyProblem::Key`] when the public half is another key's.
    pub fn lock(key: &HolderKey, public: &PublicHalf, passphrase: &Passphrase, rng: &mut impl CryptoRng) -> Result<Self, LockedKeyProblem> {
        key.require(public)?;
        let lock = Locked::under(&passphrase.0, key.secret().as_slice(), &bound_to(public), rng)?;
        Ok(Self { format: FORMAT.to_owned(), public: public.clone(), lock })
    }

    /// Takes the key out.
    ///
    /// # Errors
    /// [`LockedKeyProblem`] says whether the passphrase is wrong or the file is another's.
    pub fn open(&self, passphrase: &SecretString) -> Result<HolderKey, LockedKeyProblem> {
        let bytes = self.lock.open(passphrase, &bound_to(&self.public))?;
        let secret: [u8; SECRET_BYTES] = bytes.as_slice().try_into().map_err(|_| LockProblem::Damaged)?;
        let key = HolderKey::from_secret(Zeroizing::new(secret))?;
        key.require(&self.public)?;
        Ok(key)
    }

    /// The public half that stands beside the secret.
    #[must_use]
    pub const fn public(&self) -> &PublicHalf {
        &self.public
    }

    /// Reads the bytes of a key file.
    ///
    /// # Errors
    /// [`LockedKeyProblem::Json`] and [`LockedKeyProblem::Format`].
    pub fn from_json(bytes: &[u8]) -> Result<Self, LockedKeyProblem> {
        let locked: Self = serde_json::from_slice(bytes)?;
        if locked.format == FORMAT { Ok(locked) } else { Err(LockedKeyProblem::Format(locked.format)) }
    }

    /// The bytes to write, for nobody else to read.
    ///
    /// # Errors
    /// [`LockedKeyProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Vec<u8>, LockedKeyProblem> {
        Ok(serde_json::to_vec_pretty(self)?)
    }
}

/// What the locked secret is bound to: the fingerprint of its key, so that a file with another public half does not open.
fn bound_to(public: &PublicHalf) -> Vec<u8> {
    [b"candor/v1/trustee-file\0".as_slice(), &public.fingerprint()].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::WaveId;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn a_key_comes_back_under_its_passphrase_and_neither_under_another_nor_from_a_changed_file() {
        let mut rng = StdRng::seed_from_u64(1);
        let key = HolderKey::generate(&mut rng).unwrap();
        let public = key.public_half(&WaveId::parse("2026-q4").unwrap(), "Vera Albers");
        let passphrase = Passphrase::new("correct horse battery".into()).unwrap();
        let file = LockedKey::lock(&key, &public, &passphrase, &mut rng).unwrap();
        let text = String::from_utf8(file.to_json().unwrap()).unwrap();
        let read = LockedKey::from_json(text.as_bytes()).unwrap();
        assert_eq!(read.open(&"correct horse battery".into()).unwrap().secret(), key.secret());
        assert!(matches!(read.open(&"correct horse batterz".into()), Err(LockedKeyProblem::Lock(LockProblem::Wrong))));
        let moved = text.replace("2026-q4", "2027-q1");
        assert!(matches!(
            LockedKey::from_json(moved.as_bytes()).unwrap().open(&"correct horse battery".into()),
            Err(LockedKeyProblem::Lock(_))
        ));
        assert!(matches!(LockedKey::from_json(text.replace("-file/1", "-file/9").as_bytes()), Err(LockedKeyProblem::Format(_))));
        assert!(!format!("{file:?}").contains("locked:"));

        let theirs = HolderKey::generate(&mut rng).unwrap().public_half(&public.wave, "Vera Albers");
        assert!(matches!(LockedKey::lock(&key, &theirs, &passphrase, &mut rng), Err(LockedKeyProblem::Key(_))));
    }

    #[test]
    fn a_short_passphrase_is_refused() {
        assert_eq!(Passphrase::new("elevenchars".into()).unwrap_err(), TooShort);
        assert!(Passphrase::new("zwölf Zeichen".into()).is_ok());
    }
}
