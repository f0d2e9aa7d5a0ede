//! Accounts of the console: who may sign in, as what.

use diesel::prelude::*;
use domain::{PersonId, TeamLabel};
use rand::{Rng, RngExt};
use storage::{Conn, bind, key_column, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::passwords::PasswordHash;
use crate::promise_log::{self, AccountChange, Author, PromiseEvent};
use crate::schema::{account, account_link, known_device, recovery_code, session, team_leader};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Keeps accounts and settings; reads no results.
    Admin,
    /// Runs waves and reads the organisation's results.
    Hr,
    /// Reads the results of one unit, as HR does.
    Partner,
    /// Reads the results of the own teams.
    Leader,
    /// Holds the passphrase of waves that have one: reads their calendar and objections, opens and publishes.
    KeyHolder,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Admin, Self::Hr, Self::Partner, Self::Leader, Self::KeyHolder];

    /// The role as stored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Hr => "hr",
            Self::Partner => "partner",
            Self::Leader => "leader",
            Self::KeyHolder => "key-holder",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
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
    /// The hash of its password; none while its invitation waits.
    pub password_hash: Option<PasswordHash>,
    /// The person of the staff list it belongs to; leaders need one.
    pub person: Option<PersonId>,
    /// The unit whose results a partner reads, by the team that heads it.
    pub unit: Option<TeamLabel>,
    /// Whether nobody may sign in with it for the time being.
    pub disabled: bool,
    /// Whether it wants a second factor beside the password.
    pub second_factor: bool,
}

/// The columns of an [`Account`], in its order. The second factor's secret is not among them.
macro_rules! account_columns {
    () => {
        (
            account::id,
            account::login,
            account::role,
            account::password_hash,
            account::person,
            account::unit,
            account::disabled,
            account::totp_secret.is_not_null(),
        )
    };
}
pub(crate) use account_columns;

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with; upper and lower case are the same.
    pub login: String,
    /// What it may do.
    pub role: Role,
    /// The hash of its password; none for an account that is invited.
    pub password_hash: Option<PasswordHash>,
    /// The person of the staff list it belongs to; leaders need one.
    pub person: Option<PersonId>,
    /// The unit whose results a partner reads; partners need one, and nobody else has one.
    pub unit: Option<TeamLabel>,
}

impl NewAccount {
    /// An account that signs in with this password at once.
    #[must_use]
    pub fn with_password(login: &str, role: Role, hash: PasswordHash) -> Self {
        Self { login: login.to_owned(), role, password_hash: Some(hash), person: None, unit: None }
    }

    /// The same for a person of the staff list.
    #[must_use]
    pub fn of_person(self, person: PersonId) -> Self {
        Self { person: Some(person), ..self }
    }

    /// The same for a unit.
    #[must_use]
    pub fn for_unit(self, unit: TeamLabel) -> Self {
        Self { unit: Some(unit), ..self }
    }
}

impl Identity {
    /// Makes an account.
    ///
    /// # Errors
    /// [`IdentityError::LoginTaken`]; [`IdentityError::AccountIncomplete`] for a leader without a person, or a unit that does not fit the role.
    pub fn create_account(&self, new: &NewAccount, random: &mut impl Rng) -> Result<AccountId, IdentityError> {
        complete(new.role, new.person.as_ref(), new.unit.as_ref())?;
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
                    account::password_hash.eq(new.password_hash.as_ref()),
                    account::person.eq(new.person.as_ref()),
                    account::unit.eq(new.unit.as_ref()),
                    account::disabled.eq(false),
                ))
                .execute(c))?;
            promise_log::append(conn, &self.author, &PromiseEvent::account_made(new.role, &login))?;
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

    /// The account of an id; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, IdentityError> {
        self.database.read(|conn| by_id(conn, id))
    }

    /// Every account, by login.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accounts(&self) -> Result<Vec<Account>, IdentityError> {
        self.database.read(|conn| Ok(on_each!(conn, |c| account::table.order(account::login).select(account_columns!()).load(c))?))
    }

    /// Whether a person leads a team in today's staff list.
    ///
    /// # Errors
    /// When the database fails.
    pub fn leads_today(&self, leader: &PersonId) -> Result<bool, IdentityError> {
        self.database.read(|conn| {
            let led: Option<TeamLabel> = on_each!(conn, |c| team_leader::table
                .filter(team_leader::person.eq(bind(leader)))
                .select(team_leader::team)
                .first(c)
                .optional())?;
            Ok(led.is_some())
        })
    }

    /// Gives an account another password. All its sessions end, but for the one of `but`, and so does a link that waits.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn change_password(&self, id: AccountId, hash: &PasswordHash, but: Option<&[u8; 32]>) -> Result<(), IdentityError> {
        self.database.write(|conn| new_password(conn, id, hash, but))
    }

    /// Gives an account another password and ends all its sessions.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn set_password(&self, id: AccountId, hash: &PasswordHash) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            new_password(conn, id, hash, None)?;
            record_change(conn, &self.author, id, AccountChange::PasswordReset)
        })
    }

    /// Lets nobody sign in with an account, and ends its sessions; or lets it sign in again.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`].
    pub fn disable_account(&self, id: AccountId, disabled: bool) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            let rows = on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
                .set(account::disabled.eq(disabled))
                .execute(c))?;
            known(rows)?;
            if disabled {
                sign_out_everywhere(conn, id, None)?;
                on_each!(conn, |c| diesel::delete(account_link::table.filter(account_link::account.eq(bind(id)))).execute(c))?;
            }
            record_change(conn, &self.author, id, if disabled { AccountChange::Disabled } else { AccountChange::Enabled })
        })
    }

    /// Gives an account another role, with the person or the unit that belongs to it, and ends its sessions.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`]; [`IdentityError::AccountIncomplete`] as for [`Self::create_account`].
    pub fn change_role(&self, id: AccountId, role: Role, person: Option<&PersonId>, unit: Option<&TeamLabel>) -> Result<(), IdentityError> {
        complete(role, person, unit)?;
        self.database.write(|conn| {
            let before = by_id(conn, id)?.ok_or(IdentityError::UnknownAccount)?;
            on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
                .set((account::role.eq(bind(role)), account::person.eq(person), account::unit.eq(unit)))
                .execute(c))?;
            sign_out_everywhere(conn, id, None)?;
            promise_log::append(conn, &self.author, &PromiseEvent::role_changed(before.role, role, &before.login))
        })
    }

    /// Removes an account and ends all its sessions; done when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delete_account(&self, id: AccountId) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            record_change(conn, &self.author, id, AccountChange::Removed)?;
            on_each!(conn, |c| diesel::delete(account::table.filter(account::id.eq(bind(id)))).execute(c))?;
            Ok(())
        })
    }
}

/// Whether a role has what belongs to it.
fn complete(role: Role, person: Option<&PersonId>, unit: Option<&TeamLabel>) -> Result<(), IdentityError> {
    let missing = |what| Err(IdentityError::AccountIncomplete { what });
    match (role, person, unit) {
        (Role::Leader, None, _) => missing("a leader is a person of the staff list: give the person's id"),
        (Role::Partner, _, None) => missing("a partner reads the results of a unit: give the name of the team that heads it"),
        (Role::Admin | Role::Hr | Role::Leader | Role::KeyHolder, _, Some(_)) => missing("only a partner has a unit: leave it away"),
        _ => Ok(()),
    }
}

/// Refuses when no account was changed.
pub(crate) const fn known(rows: usize) -> Result<(), IdentityError> {
    if rows == 0 { Err(IdentityError::UnknownAccount) } else { Ok(()) }
}

/// Ends the sessions of an account, but for the one of `but`.
pub(crate) fn sign_out_everywhere(conn: &mut Conn<'_>, id: AccountId, but: Option<&[u8; 32]>) -> Result<(), IdentityError> {
    match but {
        Some(but) => on_each!(conn, |c| diesel::delete(
            session::table.filter(session::account.eq(bind(id))).filter(session::token_hash.ne(bind(but)))
        )
        .execute(c))?,
        None => on_each!(conn, |c| diesel::delete(session::table.filter(session::account.eq(bind(id)))).execute(c))?,
    };
    Ok(())
}

/// Gives an account another password and ends its sessions but one.
pub(crate) fn new_password(conn: &mut Conn<'_>, id: AccountId, hash: &PasswordHash, but: Option<&[u8; 32]>) -> Result<(), IdentityError> {
    let rows = on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
        .set(account::password_hash.eq(Some(hash)))
        .execute(c))?;
    known(rows)?;
    sign_out_everywhere(conn, id, but)?;
    on_each!(conn, |c| diesel::delete(account_link::table.filter(account_link::account.eq(bind(id)))).execute(c))?;
    if but.is_none() {
        // Somebody else may have had the password: no browser keeps a claim to be known.
        on_each!(conn, |c| diesel::delete(known_device::table.filter(known_device::account.eq(bind(id)))).execute(c))?;
    }
    Ok(())
}

/// Takes the second factor of an account away, with everything that belongs to it.
pub(crate) fn without_second_factor(conn: &mut Conn<'_>, id: AccountId) -> Result<(), IdentityError> {
    let rows = on_each!(conn, |c| diesel::update(account::table.filter(account::id.eq(bind(id))))
        .set((account::totp_secret.eq(None::<Vec<u8>>), account::totp_waiting.eq(None::<Vec<u8>>),))
        .execute(c))?;
    known(rows)?;
    on_each!(conn, |c| diesel::delete(recovery_code::table.filter(recovery_code::account.eq(bind(id)))).execute(c))?;
    Ok(())
}

/// Records in the promise log what becomes of an account; nothing where there is none.
pub(crate) fn record_change(conn: &mut Conn<'_>, author: &Author, id: AccountId, change: AccountChange) -> Result<(), IdentityError> {
    let account: Option<(String, Role)> =
        on_each!(conn, |c| account::table.filter(account::id.eq(bind(id))).select((account::login, account::role)).first(c).optional())?;
    match account {
        Some((login, role)) => promise_log::append(conn, author, &PromiseEvent::account_changed(role, &login, change)),
        None => Ok(()),
    }
}

fn by_login(conn: &mut Conn<'_>, login: &str) -> Result<Option<Account>, IdentityError> {
    Ok(on_each!(conn, |c| account::table.filter(account::login.eq(login)).select(account_columns!()).first(c).optional())?)
}

pub(crate) fn by_id(conn: &mut Conn<'_>, id: AccountId) -> Result<Option<Account>, IdentityError> {
    Ok(on_each!(conn, |c| account::table.filter(account::id.eq(bind(id))).select(account_columns!()).first(c).optional())?)
}

fn normalised(login: &str) -> String {
    login.trim().to_lowercase()
}
