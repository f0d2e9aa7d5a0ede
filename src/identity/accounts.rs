//! Accounts of the console: who may sign in, as what.

use diesel::prelude::*;
use domain::PersonId;
use rand::{Rng, RngExt};
use storage::{Conn, bind, key_column, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::passwords::PasswordHash;
use crate::schema::{account, session};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs waves and reads the organisation's results.
    Hr,
    /// Reads the results of the own teams.
    Leader,
    /// Runs the installation; reads no results.
    Operator,
}

impl Role {
    /// The role as stored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hr => "hr",
            Self::Leader => "leader",
            Self::Operator => "operator",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Hr, Self::Leader, Self::Operator].into_iter().find(|role| role.as_str() == text)
    }
}

key_column!(Role, Role::parse, "role");

/// The random id of an account.
pub type AccountId = [u8; 16];

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name to sign in with, in lower case.
    pub login: String,
    /// What it may do.
    pub role: Role,
    /// The hash of its password.
    pub password_hash: PasswordHash,
    /// The person of the staff list it belongs to; leaders need one.
    pub person: Option<PersonId>,
}

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with; upper and lower case are the same.
    pub login: String,
    /// What it may do.
    pub role: Role,
    /// The hash of its password.
    pub password_hash: PasswordHash,
    /// The person of the staff list it belongs to; leaders need one.
    pub person: Option<PersonId>,
}

impl Identity {
    /// Makes an account.
    ///
    /// # Errors
    /// [`IdentityError::LoginTaken`].
    pub fn create_account(&self, new: &NewAccount, random: &mut impl Rng) -> Result<AccountId, IdentityError> {
        let login = normalised(&new.login);
        let id: AccountId = random.random();
        self.database.write(|conn| {
            if by_login(conn, &login)?.is_some() {
                return Err(IdentityError::LoginTaken);
            }
            on_each!(conn, |c| diesel::insert_into(account::table)
                .values((
                    account::id.eq(bind(id)),
                    account::login.eq(&login),
                    account::role.eq(bind(new.role)),
                    account::password_hash.eq(&new.password_hash),
                    account::person.eq(new.person.as_ref()),
                ))
                .execute(c))?;
            Ok(id)
        })
    }

    /// The account of a login, whatever its case; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_by_login(&self, login: &str) -> Result<Option<Account>, IdentityError> {
        let login = normalised(login);
        // No account has such a login, and PostgreSQL takes no text with a zero in it.
        if login.contains('\0') {
            return Ok(None);
        }
        self.database.read(|conn| by_login(conn, &login))
    }

    /// Every account, by login.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accounts(&self) -> Result<Vec<Account>, IdentityError> {
        self.database.read(|conn| Ok(on_each!(conn, |c| account::table.order(account::login).load(c))?))
    }

    /// Gives an account another password and ends all its sessions.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn set_password(&self, id: AccountId, hash: &PasswordHash) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
                .set(account::password_hash.eq(hash))
                .execute(c))?;
            if rows == 0 {
                return Err(IdentityError::UnknownAccount);
            }
            on_each!(conn, |c| diesel::delete(session::table.filter(session::account.eq(bind(id)))).execute(c))?;
            Ok(())
        })
    }

    /// Removes an account and ends all its sessions; done when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_account(&self, id: AccountId) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            on_each!(conn, |c| diesel::delete(account::table.filter(account::id.eq(bind(id)))).execute(c))?;
            Ok(())
        })
    }
}

fn by_login(conn: &mut Conn<'_>, login: &str) -> Result<Option<Account>, IdentityError> {
    Ok(on_each!(conn, |c| account::table.filter(account::login.eq(login)).first(c).optional())?)
}

fn normalised(login: &str) -> String {
    login.trim().to_lowercase()
}
