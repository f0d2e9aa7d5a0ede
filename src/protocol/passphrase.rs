//! A secret locked with a passphrase: AES-256-GCM under a key that Argon2id derives (RFC 9106).

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64URL_NOPAD;
use rand::CryptoRng;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::bytes::fixed_bytes;

fixed_bytes!(
    /// Random salt of the passphrase.
    Salt, 16, "a salt", base64url, hidden
);
fixed_bytes!(
    /// Random nonce of the locked secret.
    LockNonce, 12, "a nonce", base64url, hidden
);

/// The cost of deriving the lock's key, as RFC 9106 section 4 recommends where memory is scarce.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
/// The most that a file may ask for, so that a damaged file cannot stall the machine: 1 GiB, 64 passes, 16 lanes.
const MOST: Cost = Cost { memory_kib: 1024 * 1024, passes: 64, lanes: 16 };

/// Parameters of Argon2id (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// A secret under a passphrase, as a part of a file. It prints nothing.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// The cost of the derivation.
    argon2id: Cost,
    /// The salt of the derivation.
    salt: Salt,
    /// The nonce of the cipher.
    nonce: LockNonce,
    /// Ciphertext and tag, base64url.
    locked: String,
}

/// Why a secret cannot be locked or unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockProblem {
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    Empty,
    /// The passphrase does not open it, or what it is bound to was changed.
    #[error("the passphrase is wrong, or the file was changed")]
    Wrong,
    /// Not what this version writes.
    #[error("the file is damaged")]
    Damaged,
    /// The derivation asks for more memory or time than is reasonable, or for none.
    #[error("the file is damaged: its derivation cost is out of range")]
    Cost,
}

impl std::fmt::Debug for Locked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Locked(…)")
    }
}

impl Locked {
    /// Locks a secret and binds it to `bound_to`, so that no other field of its file can be exchanged.
    ///
    /// # Errors
    /// [`LockProblem::Empty`] for a passphrase without a character.
    pub fn under(passphrase: &SecretString, secret: &[u8], bound_to: &[u8], rng: &mut impl CryptoRng) -> Result<Self, LockProblem> {
        if passphrase.expose_secret().is_empty() {
            return Err(LockProblem::Empty);
        }
        let (mut salt, mut nonce) = (Salt([0; 16]), LockNonce([0; 12]));
        rng.fill_bytes(&mut salt.0);
        rng.fill_bytes(&mut nonce.0);
        let payload = Payload { msg: secret, aad: bound_to };
        let locked = cipher(passphrase, COST, &salt)?.encrypt(&nonce.0.into(), payload).map_err(|_| LockProblem::Damaged)?;
        Ok(Self { argon2id: COST, salt, nonce, locked: BASE64URL_NOPAD.encode(&locked) })
    }

    /// Takes the secret out.
    ///
    /// # Errors
    /// [`LockProblem`] says whether the passphrase is wrong or the file damaged.
    pub fn open(&self, passphrase: &SecretString, bound_to: &[u8]) -> Result<Zeroizing<Vec<u8>>, LockProblem> {
        let locked = BASE64URL_NOPAD.decode(self.locked.as_bytes()).map_err(|_| LockProblem::Damaged)?;
        cipher(passphrase, self.argon2id, &self.salt)?
            .decrypt(&self.nonce.0.into(), Payload { msg: &locked, aad: bound_to })
            .map(Zeroizing::new)
            .map_err(|_| LockProblem::Wrong)
    }
}

fn cipher(passphrase: &SecretString, cost: Cost, salt: &Salt) -> Result<Aes256Gcm, LockProblem> {
    if cost.memory_kib > MOST.memory_kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
        return Err(LockProblem::Cost);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| LockProblem::Cost)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), &salt.0, key.as_mut_slice())
        .map_err(|_| LockProblem::Cost)?;
    Ok(Aes256Gcm::new((&*key).into()))
}
