//! The box key file: the only place where a wave's box key is kept. Writing, protecting and destroying the file is not done here.

use data_encoding::BASE64URL_NOPAD;
use domain::WaveId;
use rand::CryptoRng;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::bytes::format_name;
use crate::passphrase::{LockProblem, Locked};
use crate::sealed::{BoxPublicKey, BoxSecretKey};

format_name!(
    /// The format of a box key file.
    KeyFileFormat, "candor-box-key/1"
);
/// A box key file. It prints nothing of the key.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    format: KeyFileFormat,
    wave: WaveId,
    box_key: BoxPublicKey,
    lock: Lock,
}

/// How the key lies in the file.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Lock {
    /// As it is: only the file's mode protects it.
    FileMode {
        /// The secret key.
        secret: SecretText,
    },
    /// Under a passphrase.
    Passphrase(Locked),
}

/// A secret as text, zeroized when dropped.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct SecretText(Zeroizing<String>);

/// Why a box key cannot be locked or unlocked.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileProblem {
    /// Not the JSON of a key file.
    #[error("this is not a box key file: {0}")]
    Json(#[from] serde_json::Error),
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty: give one, or none at all")]
    EmptyPassphrase,
    /// The file is locked and no passphrase was given.
    #[error("the box key is locked: a passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase does not open the file.
    #[error("the passphrase is wrong, or the box key file was changed")]
    WrongPassphrase,
    /// The file does not hold the key that it names.
    #[error("the box key file is damaged: the key in it is not the one that it names")]
    Damaged,
    /// The derivation asks for more memory or time than is reasonable, or for none.
    #[error("the box key file is damaged: its derivation cost is out of range")]
    Cost,
}

impl From<LockProblem> for KeyFileProblem {
    fn from(problem: LockProblem) -> Self {
        match problem {
            LockProblem::Empty => Self::EmptyPassphrase,
            LockProblem::Wrong => Self::WrongPassphrase,
            LockProblem::Damaged => Self::Damaged,
            LockProblem::Cost => Self::Cost,
        }
    }
}

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyFile").field("wave", &self.wave).field("box_key", &self.box_key).finish_non_exhaustive()
    }
}

impl KeyFile {
    /// Puts a wave's key into a file, under a passphrase when one is given.
    ///
    /// # Errors
    /// [`KeyFileProblem::EmptyPassphrase`] for a passphrase without a character.
    pub fn lock(
        secret: &BoxSecretKey,
        wave: &WaveId,
        passphrase: Option<&SecretString>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, KeyFileProblem> {
        let box_key = secret.public_key();
        let lock = match passphrase {
            None => Lock::FileMode { secret: SecretText(Zeroizing::new(BASE64URL_NOPAD.encode(secret.to_bytes().as_slice()))) },
            Some(passphrase) => Lock::Passphrase(Locked::under(passphrase, secret.to_bytes().as_slice(), &bound_to(wave, &box_key), rng)?),
        };
        Ok(Self { format: KeyFileFormat, wave: wave.clone(), box_key, lock })
    }

    /// Reads the bytes of a key file.
    ///
    /// # Errors
    /// [`KeyFileProblem::Json`] when they are no such file.
    pub fn from_json(bytes: &[u8]) -> Result<Self, KeyFileProblem> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// The bytes to write, with mode 0600.
    ///
    /// # Errors
    /// [`KeyFileProblem::Json`], which does not happen for these fields.
    pub fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, KeyFileProblem> {
        Ok(Zeroizing::new(serde_json::to_vec_pretty(self)?))
    }

    /// The wave that the key belongs to.
    #[must_use]
    pub const fn wave(&self) -> &WaveId {
        &self.wave
    }

    /// The public key that belongs to the locked one.
    #[must_use]
    pub const fn box_key(&self) -> BoxPublicKey {
        self.box_key
    }

    /// Whether a person must give a passphrase.
    #[must_use]
    pub const fn needs_passphrase(&self) -> bool {
        matches!(self.lock, Lock::Passphrase(_))
    }

    /// Takes the key out. A passphrase that is not needed is ignored.
    ///
    /// # Errors
    /// [`KeyFileProblem`] says whether a passphrase is missing or wrong, or the file damaged.
    pub fn unlock(&self, passphrase: Option<&SecretString>) -> Result<BoxSecretKey, KeyFileProblem> {
        let bytes = match (&self.lock, passphrase) {
            (Lock::FileMode { secret }, _) => {
                Zeroizing::new(BASE64URL_NOPAD.decode(secret.0.as_bytes()).map_err(|_| KeyFileProblem::Damaged)?)
            }
            (Lock::Passphrase(_), None) => return Err(KeyFileProblem::PassphraseNeeded),
            (Lock::Passphrase(locked), Some(passphrase)) => locked.open(passphrase, &bound_to(&self.wave, &self.box_key))?,
        };
        let secret = BoxSecretKey::try_from(bytes.as_slice()).map_err(|_| KeyFileProblem::Damaged)?;
        if secret.public_key() == self.box_key { Ok(secret) } else { Err(KeyFileProblem::Damaged) }
    }
}

/// What the locked key is bound to, so that no field of the file can be exchanged.
fn bound_to(wave: &WaveId, box_key: &BoxPublicKey) -> Vec<u8> {
    [b"candor/v1/box-key\0".as_slice(), wave.as_str().as_bytes(), b"\0", &box_key.0].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn locked(passphrase: Option<&str>) -> (BoxSecretKey, KeyFile) {
        let mut rng = StdRng::seed_from_u64(7);
        let secret = BoxSecretKey::generate(&mut rng);
        let passphrase = passphrase.map(SecretString::from);
        let file = KeyFile::lock(&secret, &WaveId::parse("2026-q4").unwrap(), passphrase.as_ref(), &mut rng).unwrap();
        (secret, KeyFile::from_json(&file.to_json().unwrap()).unwrap())
    }

    #[test]
    fn a_key_comes_back_under_its_passphrase_and_under_no_other() {
        let (secret, file) = locked(Some("correct horse"));
        assert!(file.needs_passphrase());
        let unlocked = file.unlock(Some(&SecretString::from("correct horse"))).unwrap();
        assert_eq!(unlocked.to_bytes(), secret.to_bytes());
        assert!(matches!(file.unlock(Some(&SecretString::from("correct hose"))), Err(KeyFileProblem::WrongPassphrase)));
        assert!(matches!(file.unlock(None), Err(KeyFileProblem::PassphraseNeeded)));
        let text = String::from_utf8(file.to_json().unwrap().to_vec()).unwrap();
        assert!(!text.contains(&BASE64URL_NOPAD.encode(secret.to_bytes().as_slice())));
    }

    #[test]
    fn a_key_without_passphrase_comes_back_as_it_is() {
        let (secret, file) = locked(None);
        assert!(!file.needs_passphrase());
        assert_eq!(file.unlock(None).unwrap().to_bytes(), secret.to_bytes());
        assert_eq!(file.box_key(), secret.public_key());
    }

    #[test]
    fn an_empty_passphrase_is_refused() {
        let mut rng = StdRng::seed_from_u64(7);
        let secret = BoxSecretKey::generate(&mut rng);
        let locked = KeyFile::lock(&secret, &WaveId::parse("w").unwrap(), Some(&SecretString::from("")), &mut rng);
        assert!(matches!(locked, Err(KeyFileProblem::EmptyPassphrase)));
    }

    #[test]
    fn a_changed_file_does_not_open() {
        let passphrase = SecretString::from("correct horse");
        let changed = |from: &str, to: &str, passphrase_given: bool| {
            let (_, file) = locked(passphrase_given.then_some("correct horse"));
            let text = String::from_utf8(file.to_json().unwrap().to_vec()).unwrap();
            assert!(text.contains(from));
            KeyFile::from_json(text.replacen(from, to, 1).as_bytes()).and_then(|file| file.unlock(Some(&passphrase)))
        };
        assert!(matches!(changed("2026-q4", "2027-q1", true), Err(KeyFileProblem::WrongPassphrase)));
        assert!(matches!(changed("\"secret\": \"", "\"secret\": \"A", false), Err(KeyFileProblem::Damaged)));
        assert!(matches!(changed("65536", "999999999", true), Err(KeyFileProblem::Cost)));
        assert!(matches!(changed("\"passes\": 3", "\"passes\": 0", true), Err(KeyFileProblem::Cost)));
        assert!(matches!(changed("candor-box-key/1", "candor-box-key/2", true), Err(KeyFileProblem::Json(_))));
    }

    #[test]
    fn a_key_file_prints_nothing_of_the_key() {
        let (secret, file) = locked(None);
        assert!(!format!("{file:?}").contains(&BASE64URL_NOPAD.encode(secret.to_bytes().as_slice())));
    }
}
