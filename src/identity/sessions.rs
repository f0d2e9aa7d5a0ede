//! Sessions of the console: only the hash of a token is stored.

use diesel::prelude::*;
use domain::Moment;
use storage::{bind, on_each};

use crate::Identity;
use crate::accounts::{Account, AccountId, account_columns, sign_out_everywhere};
use crate::error::IdentityError;
use crate::schema::{account, session};

impl Identity {
    /// Begins a session under the SHA-256 of its random token.
    ///
    /// # Errors
    /// When the account does not exist or the database fails.
    pub fn create_session(&self, token_hash: &[u8; 32], id: AccountId, expires_at: Moment) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::insert_into(session::table)
                .values((session::token_hash.eq(bind(token_hash)), session::account.eq(bind(id)), session::expires_at.eq(bind(expires_at))))
                .execute(c))?;
            Ok(())
        })
    }

    /// The account of a session that has not expired at `now`; `None` otherwise, and when the account is disabled.
    ///
    /// # Errors
    /// When the database fails.
    pub fn session(&self, token_hash: &[u8; 32], now: Moment) -> Result<Option<Account>, IdentityError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| session::table
                .inner_join(account::table.on(account::id.eq(session::account)))
                .filter(session::token_hash.eq(bind(token_hash)))
                .filter(session::expires_at.gt(bind(now)))
                .filter(account::disabled.eq(false))
                .select(account_columns!())
                .first(c)
                .optional())?)
        })
    }

    /// How many sessions of an account have not expired at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn sessions_of(&self, id: AccountId, now: Moment) -> Result<u32, IdentityError> {
        self.database.read(|conn| {
            let count: i64 = on_each!(conn, |c| session::table
                .filter(session::account.eq(bind(id)))
                .filter(session::expires_at.gt(bind(now)))
                .count()
                .get_result(c))?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        })
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_sessions(&self, id: AccountId) -> Result<(), IdentityError> {
        self.database.write(|conn| sign_out_everywhere(conn, id, None))
    }

    /// Ends a session; done when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_session(&self, token_hash: &[u8; 32]) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::delete(session::table.filter(session::token_hash.eq(bind(token_hash)))).execute(c))?;
            Ok(())
        })
    }

    /// Deletes the sessions that have expired at `now`; returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub fn expire_sessions(&self, now: Moment) -> Result<u32, IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::delete(session::table.filter(session::expires_at.le(bind(now)))).execute(c))?;
            Ok(u32::try_from(rows).unwrap_or(u32::MAX))
        })
    }
}
