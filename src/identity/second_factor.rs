//! The second factor of accounts, as far as it is stored: a shared secret (RFC 6238), the last step that was used, the codes that stand
//! in when the device is lost. What a code is worth is decided in the app.

use diesel::prelude::*;
use secrecy::{ExposeSecret, SecretSlice};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::accounts::{AccountId, known, record_change, without_second_factor};
use crate::error::IdentityError;
use crate::promise_log::AccountChange;
use crate::schema::{account, recovery_code};

/// A shared secret. It does not print.
pub type SharedSecret = SecretSlice<u8>;

impl Identity {
    /// Keeps a secret that its owner has still to confirm, in place of one that waited.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn begin_second_factor(&self, id: AccountId, secret: &SharedSecret) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
                .set(account::totp_waiting.eq(Some(secret.expose_secret())))
                .execute(c))?;
            known(rows)
        })
    }

    /// The secret that waits to be confirmed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_second_factor(&self, id: AccountId) -> Result<Option<SharedSecret>, IdentityError> {
        self.database.read(|conn| {
            let secret: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| account::table.filter(account::id.eq(bind(id))).select(account::totp_waiting).first(c).optional())?;
            Ok(secret.flatten().map(SharedSecret::from))
        })
    }

    /// The secret in use.
    ///
    /// # Errors
    /// When the database fails.
    pub fn second_factor(&self, id: AccountId) -> Result<Option<SharedSecret>, IdentityError> {
        self.database.read(|conn| {
            let secret: Option<Option<Vec<u8>>> =
                on_each!(conn, |c| account::table.filter(account::id.eq(bind(id))).select(account::totp_secret).first(c).optional())?;
            Ok(secret.flatten().map(SharedSecret::from))
        })
    }

    /// Puts the waiting secret to use, `step` being the one whose code confirmed it; `codes` are the hashes of the recovery codes.
    /// `false` when another secret waits by now, or none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn confirm_second_factor(
        &self,
        id: AccountId,
        secret: &SharedSecret,
        step: u32,
        codes: &[[u8; 32]],
    ) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::update(
                account::table.filter(account::id.eq(bind(id))).filter(account::totp_waiting.eq(Some(secret.expose_secret())))
            )
            .set((
                account::totp_secret.eq(Some(secret.expose_secret())),
                account::totp_waiting.eq(None::<Vec<u8>>),
                account::totp_step.eq(Some(step)),
            ))
            .execute(c))?;
            if rows == 0 {
                return Ok(false);
            }
            replace_codes(conn, id, codes)?;
            Ok(true)
        })
    }

    /// Uses the code of a step up: `false` when it, or a later one, was used before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_step(&self, id: AccountId, step: u32) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::update(
                account::table
                    .filter(account::id.eq(bind(id)))
                    .filter(account::totp_secret.is_not_null())
                    .filter(account::totp_step.is_null().or(account::totp_step.lt(Some(step))))
            )
            .set(account::totp_step.eq(Some(step)))
            .execute(c))?;
            Ok(rows == 1)
        })
    }

    /// Uses a recovery code up: `false` when the account has none with this hash.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_recovery_code(&self, id: AccountId, hash: &[u8; 32]) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::delete(
                recovery_code::table.filter(recovery_code::account.eq(bind(id))).filter(recovery_code::hash.eq(bind(hash)))
            )
            .execute(c))?;
            Ok(rows == 1)
        })
    }

    /// How many recovery codes an account has left.
    ///
    /// # Errors
    /// When the database fails.
    pub fn recovery_codes_left(&self, id: AccountId) -> Result<u32, IdentityError> {
        self.database.read(|conn| {
            let count: i64 = on_each!(conn, |c| recovery_code::table.filter(recovery_code::account.eq(bind(id))).count().get_result(c))?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        })
    }

    /// Gives an account these recovery codes in place of all it had.
    ///
    /// # Errors
    /// When the database fails.
    pub fn replace_recovery_codes(&self, id: AccountId, codes: &[[u8; 32]]) -> Result<(), IdentityError> {
        self.database.write(|conn| replace_codes(conn, id, codes))
    }

    /// Takes the second factor of an account away, with its recovery codes.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn remove_second_factor(&self, id: AccountId) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            without_second_factor(conn, id)?;
            record_change(conn, &self.author, id, AccountChange::SecondFactorRemoved)
        })
    }
}

fn replace_codes(conn: &mut Conn<'_>, id: AccountId, codes: &[[u8; 32]]) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(recovery_code::table.filter(recovery_code::account.eq(bind(id)))).execute(c))?;
    for code in codes {
        on_each!(conn, |c| diesel::insert_into(recovery_code::table)
            .values((recovery_code::hash.eq(bind(code)), recovery_code::account.eq(bind(id))))
            .execute(c))?;
    }
    Ok(())
}
