//! Links by which somebody sets the password of an account once: an invitation, or a reset. Only their hashes are stored, one per account.

use diesel::prelude::*;
use domain::Moment;
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::accounts::{Account, AccountId, account_columns, by_id, new_password, record_change};
use crate::error::IdentityError;
use crate::passwords::PasswordHash;
use crate::promise_log::{AccountChange, Actor, Author};
use crate::schema::{account, account_link, known_device};

impl Identity {
    /// Stores the SHA-256 of a link's secret, in place of one that the account had.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`], also when the account is disabled.
    pub fn make_account_link(&self, id: AccountId, hash: &[u8; 32], expires_at: Moment) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            record_link(conn, &self.author, id)?;
            put_link(conn, id, hash, expires_at)
        })
    }

    /// The account whose password a link sets; `None` when it is not known, used, or expired at `now`. Reads only.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_of_link(&self, hash: &[u8; 32], now: Moment) -> Result<Option<Account>, IdentityError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| account_link::table
                .inner_join(account::table.on(account::id.eq(account_link::account)))
                .filter(account_link::hash.eq(bind(hash)))
                .filter(account_link::expires_at.gt(bind(now)))
                .filter(account::disabled.eq(false))
                .select(account_columns!())
                .first(c)
                .optional())?)
        })
    }

    /// Sets the password of a link's account, uses the link up and ends the account's sessions; `false` when the link is not known, used,
    /// or expired at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn use_account_link(&self, hash: &[u8; 32], password: &PasswordHash, now: Moment) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let found: Option<AccountId> = on_each!(conn, |c| account_link::table
                .filter(account_link::hash.eq(bind(hash)))
                .filter(account_link::expires_at.gt(bind(now)))
                .select(account_link::account)
                .first(c)
                .optional())?;
            let Some(id) = found else { return Ok(false) };
            // A transaction that used it first has deleted it: only one of two succeeds.
            let used = on_each!(conn, |c| diesel::delete(account_link::table.filter(account_link::hash.eq(bind(hash)))).execute(c))?;
            let Some(account) = by_id(conn, id)?.filter(|account| used > 0 && !account.disabled) else { return Ok(false) };
            new_password(conn, id, password, None)?;
            // Nobody is signed in: whoever holds the link acts as the account.
            let author = self.author.standing_for(Actor::of_account(account.role, &account.login));
            record_change(conn, &author, id, AccountChange::LinkUsed)?;
            Ok(true)
        })
    }

    /// When the link of an account expires; `None` when it has none at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_link_until(&self, id: AccountId, now: Moment) -> Result<Option<Moment>, IdentityError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| account_link::table
                .filter(account_link::account.eq(bind(id)))
                .filter(account_link::expires_at.gt(bind(now)))
                .select(account_link::expires_at)
                .first(c)
                .optional())?)
        })
    }

    /// Remembers a browser in which somebody has signed in, by the SHA-256 of what it holds.
    ///
    /// # Errors
    /// When the account does not exist or the database fails.
    pub fn remember_device(&self, hash: &[u8; 32], id: AccountId, expires_at: Moment) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::insert_into(known_device::table)
                .values((
                    known_device::hash.eq(bind(hash)),
                    known_device::account.eq(bind(id)),
                    known_device::expires_at.eq(bind(expires_at)),
                ))
                .execute(c))?;
            Ok(())
        })
    }

    /// The login of the account that a browser is known to; `None` when it is known to none at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn device_login(&self, hash: &[u8; 32], now: Moment) -> Result<Option<String>, IdentityError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| known_device::table
                .inner_join(account::table.on(account::id.eq(known_device::account)))
                .filter(known_device::hash.eq(bind(hash)))
                .filter(known_device::expires_at.gt(bind(now)))
                .select(account::login)
                .first(c)
                .optional())?)
        })
    }

    /// Deletes sessions, links and known browsers that have expired at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn expire_access(&self, now: Moment) -> Result<(), IdentityError> {
        self.expire_sessions(now)?;
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::delete(account_link::table.filter(account_link::expires_at.le(bind(now)))).execute(c))?;
            on_each!(conn, |c| diesel::delete(known_device::table.filter(known_device::expires_at.le(bind(now)))).execute(c))?;
            Ok(())
        })
    }
}

/// Records that a link is made for an account, in the name of whoever asks for it.
///
/// # Errors
/// [`IdentityError::UnknownAccount`], also when the account is disabled.
pub(crate) fn record_link(conn: &mut Conn<'_>, author: &Author, id: AccountId) -> Result<(), IdentityError> {
    let account = by_id(conn, id)?.filter(|account| !account.disabled).ok_or(IdentityError::UnknownAccount)?;
    let made = if account.password_hash.is_none() { AccountChange::InvitationMade } else { AccountChange::ResetLinkMade };
    record_change(conn, author, id, made)
}

/// Stores the hash of a link, in place of one that the account had.
pub(crate) fn put_link(conn: &mut Conn<'_>, id: AccountId, hash: &[u8; 32], expires_at: Moment) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(account_link::table.filter(account_link::account.eq(bind(id)))).execute(c))?;
    on_each!(conn, |c| diesel::insert_into(account_link::table)
        .values((account_link::account.eq(bind(id)), account_link::hash.eq(bind(hash)), account_link::expires_at.eq(bind(expires_at))))
        .execute(c))?;
    Ok(())
}
