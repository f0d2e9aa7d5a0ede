//! Passwords as Argon2id hashes (RFC 9106), written as PHC strings that carry their own parameters.

use std::fmt;

use argon2::password_hash::phc::PasswordHash as PhcString;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use rand::{Rng, RngExt};
use secrecy::{ExposeSecret, SecretString};

use crate::error::IdentityError;

/// How costly a hash is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordParams {
    /// Memory in KiB, at least 8 per lane.
    pub memory_kib: u32,
    /// Passes over the memory, at least 1.
    pub passes: u32,
    /// Lanes, at least 1.
    pub lanes: u32,
}

impl Default for PasswordParams {
    /// 19 MiB, 2 passes, 1 lane: the first choice of the OWASP Password Storage Cheat Sheet for Argon2id.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// The hash of a password as a PHC string. Its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct PasswordHash(String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

impl<DB: Backend> ToSql<Text, DB> for PasswordHash
where
    String: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for PasswordHash
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        String::from_sql(value).map(Self)
    }
}

impl PasswordParams {
    fn hasher(self) -> Result<Argon2<'static>, IdentityError> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None).map_err(|e| IdentityError::Password(e.to_string()))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    /// Hashes a password with a fresh salt of 16 bytes. Takes tens of milliseconds by default.
    ///
    /// # Errors
    /// [`IdentityError::Password`] when the parameters make no sense or memory is short.
    pub fn hash(self, password: &SecretString, random: &mut impl Rng) -> Result<PasswordHash, IdentityError> {
        let salt: [u8; 16] = random.random();
        let hash: PhcString = self
            .hasher()?
            .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
            .map_err(|e| IdentityError::Password(e.to_string()))?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// Whether a password fits. Without a hash (no such login) it works as long and says no, so that the time does not tell which logins exist.
    #[must_use]
    pub fn verify(self, password: &SecretString, hash: Option<&PasswordHash>) -> bool {
        let Ok(hasher) = self.hasher() else { return false };
        let password = password.expose_secret().as_bytes();
        match hash {
            // The string carries the parameters it was made with, so older hashes stay valid when the parameters change.
            Some(PasswordHash(text)) => hasher.verify_password(password, text.as_str()).is_ok(),
            None => {
                let _ = PasswordHasher::<PhcString>::hash_password_with_salt(&hasher, password, &[0; 16]);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const QUICK: PasswordParams = PasswordParams { memory_kib: 8, passes: 1, lanes: 1 };

    #[test]
    fn only_the_right_password_fits_and_every_hash_has_its_own_salt() {
        let password = SecretString::from("correct horse");
        let first = QUICK.hash(&password, &mut rand::rng()).unwrap();
        let second = QUICK.hash(&password, &mut rand::rng()).unwrap();
        assert_ne!(first, second);
        for hash in [&first, &second] {
            assert!(QUICK.verify(&password, Some(hash)));
            assert!(!QUICK.verify(&SecretString::from("wrong horse"), Some(hash)));
        }
        assert!(!QUICK.verify(&password, None));
        assert!(!QUICK.verify(&password, Some(&PasswordHash("no hash at all".to_owned()))));
    }

    #[test]
    fn a_hash_is_argon2id_with_its_parameters_and_does_not_print() {
        let hash = QUICK.hash(&SecretString::from("secret"), &mut rand::rng()).unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{}", hash.0);
        assert_eq!(format!("{hash:?}"), "PasswordHash(hidden)");
    }

    #[test]
    fn a_hash_made_with_other_parameters_stays_valid() {
        let password = SecretString::from("secret");
        let old = PasswordParams { memory_kib: 16, passes: 2, lanes: 1 }.hash(&password, &mut rand::rng()).unwrap();
        assert!(QUICK.verify(&password, Some(&old)));
    }

    #[test]
    fn parameters_that_make_no_sense_are_an_error() {
        let none = PasswordParams { memory_kib: 0, passes: 0, lanes: 0 };
        assert!(matches!(none.hash(&SecretString::from("x"), &mut rand::rng()), Err(IdentityError::Password(_))));
    }

    #[test]
    fn the_default_is_what_owasp_asks_for() {
        let hash = PasswordParams::default().hash(&SecretString::from("secret"), &mut rand::rng()).unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
    }
}
