//! Mails with a one-time link for the owner of an account, still to be sent. As with the mails of a wave, a row says for whom, and the secret is made at
//! sending; here at most one waits for an account, and it is told apart by how often it was taken.

use std::time::Duration;

use diesel::prelude::*;
use domain::{Language, Moment};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::account_links::{put_link, record_link};
use crate::accounts::{AccountId, by_id};
use crate::error::IdentityError;
use crate::schema::{account, link_mail, person};

/// Where the owner of an account reads mail, by the staff list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The person's name.
    pub name: String,
    /// The address.
    pub mail: String,
    /// The person's language.
    pub language: Language,
}

/// A mail with a link that a worker holds until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkMail {
    /// The account whose password the link sets.
    pub account: AccountId,
    /// The name to sign in with.
    pub login: String,
    /// Whether the account has no password yet.
    pub invited: bool,
    /// Where it goes; `None` when the staff list has no address for the owner any more.
    pub to: Option<Mailbox>,
    /// How often it was taken, this time included.
    pub attempts: u32,
}

/// What became of a mail with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkMailEnd {
    /// It was sent, or nobody needs it any more.
    Done,
    /// It waits until then.
    TryAgain(Moment),
    /// It waits until then; the attempt does not count.
    NotItsFault(Moment),
    /// It can never be delivered.
    Refused,
}

/// A mail with a link that was asked for and is not sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkMailStanding {
    /// It waits.
    Waiting,
    /// Its address was refused for good, or there is none.
    Refused,
}

impl Identity {
    /// Where the owner of an account reads mail; `None` when the account belongs to nobody of today's staff list, or to somebody without an address.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mailbox(&self, id: AccountId) -> Result<Option<Mailbox>, IdentityError> {
        self.database.read(|conn| mailbox(conn, id))
    }

    /// Asks for a mail with a one-time link, in place of one that waits. That the link was made is recorded now, in the name of whoever asks.
    ///
    /// # Errors
    /// [`IdentityError::UnknownAccount`], also when the account is disabled.
    pub fn queue_link_mail(&self, id: AccountId, now: Moment) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            record_link(conn, &self.author, id)?;
            on_each!(conn, |c| diesel::delete(link_mail::table.filter(link_mail::account.eq(bind(id)))).execute(c))?;
            on_each!(conn, |c| diesel::insert_into(link_mail::table)
                .values((
                    link_mail::account.eq(bind(id)),
                    link_mail::not_before.eq(bind(now)),
                    link_mail::lease_until.eq(None::<Moment>),
                    link_mail::attempts.eq(bind(0_u32)),
                    link_mail::refused.eq(false),
                ))
                .execute(c))?;
            Ok(())
        })
    }

    /// What is known of a mail that was asked for; `None` when there is none, or it was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn link_mail_of(&self, id: AccountId) -> Result<Option<LinkMailStanding>, IdentityError> {
        self.database.read(|conn| {
            let refused: Option<bool> = on_each!(conn, |c| link_mail::table
                .filter(link_mail::account.eq(bind(id)))
                .select(link_mail::refused)
                .first(c)
                .optional())?;
            Ok(refused.map(|refused| if refused { LinkMailStanding::Refused } else { LinkMailStanding::Waiting }))
        })
    }

    /// Takes the first mail that is due at `now`, held for `hold`; `None` when none is.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_link_mail(&self, now: Moment, hold: Duration) -> Result<Option<LinkMail>, IdentityError> {
        // Whoever has nothing to do should not take the lock for writing to find out.
        if self.database.query(|conn| due(conn, now))?.is_none() {
            return Ok(None);
        }
        self.database.write(|conn| {
            let Some((id, taken)) = due(conn, now)? else { return Ok(None) };
            let attempts = taken.saturating_add(1);
            on_each!(conn, |c| diesel::update(link_mail::table.filter(link_mail::account.eq(bind(id))))
                .set((link_mail::lease_until.eq(Some(now.plus(hold))), link_mail::attempts.eq(bind(attempts))))
                .execute(c))?;
            let Some(account) = by_id(conn, id)? else { return Ok(None) };
            let to = mailbox(conn, id)?;
            Ok(Some(LinkMail { account: id, login: account.login, invited: account.password_hash.is_none(), to, attempts }))
        })
    }

    /// Stores the SHA-256 of the link that a mail will carry, in place of one that the account had; `false` when the mail is not held any more, or the
    /// account is disabled: then it must not be sent.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mint_link(&self, mail: &LinkMail, hash: &[u8; 32], expires_at: Moment) -> Result<bool, IdentityError> {
        self.database.write(|conn| {
            let held = held(conn, mail)?;
            if held && by_id(conn, mail.account)?.is_some_and(|account| !account.disabled) {
                put_link(conn, mail.account, hash, expires_at)?;
                return Ok(true);
            }
            Ok(false)
        })
    }

    /// Records what became of a mail; nothing where it is not held any more.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_link_mail(&self, mail: &LinkMail, end: LinkMailEnd) -> Result<(), IdentityError> {
        self.database.write(|conn| {
            if !held(conn, mail)? {
                return Ok(());
            }
            let row = link_mail::table.filter(link_mail::account.eq(bind(mail.account)));
            match end {
                LinkMailEnd::Done => on_each!(conn, |c| diesel::delete(row).execute(c))?,
                LinkMailEnd::TryAgain(at) => on_each!(conn, |c| diesel::update(row)
                    .set((link_mail::lease_until.eq(None::<Moment>), link_mail::not_before.eq(bind(at))))
                    .execute(c))?,
                LinkMailEnd::NotItsFault(at) => on_each!(conn, |c| diesel::update(row)
                    .set((
                        link_mail::lease_until.eq(None::<Moment>),
                        link_mail::not_before.eq(bind(at)),
                        link_mail::attempts.eq(bind(mail.attempts.saturating_sub(1)))
                    ))
                    .execute(c))?,
                LinkMailEnd::Refused => on_each!(conn, |c| diesel::update(row)
                    .set((link_mail::lease_until.eq(None::<Moment>), link_mail::refused.eq(true)))
                    .execute(c))?,
            };
            Ok(())
        })
    }
}

/// The first mail that is due and that nobody holds, with how often it was taken.
fn due(conn: &mut Conn<'_>, now: Moment) -> Result<Option<(AccountId, u32)>, IdentityError> {
    Ok(on_each!(conn, |c| link_mail::table
        .filter(link_mail::refused.eq(false))
        .filter(link_mail::not_before.le(bind(now)))
        .filter(link_mail::lease_until.is_null().or(link_mail::lease_until.le(Some(now)).assume_not_null()))
        .order((link_mail::not_before, link_mail::account))
        .select((link_mail::account, link_mail::attempts))
        .first(c)
        .optional())?)
}

/// Whether a mail is still the one that was taken.
fn held(conn: &mut Conn<'_>, mail: &LinkMail) -> Result<bool, IdentityError> {
    let attempts: Option<u32> = on_each!(conn, |c| link_mail::table
        .filter(link_mail::account.eq(bind(mail.account)))
        .filter(link_mail::lease_until.is_not_null())
        .select(link_mail::attempts)
        .first(c)
        .optional())?;
    Ok(attempts == Some(mail.attempts))
}

fn mailbox(conn: &mut Conn<'_>, id: AccountId) -> Result<Option<Mailbox>, IdentityError> {
    let found: Option<(String, String, Language)> = on_each!(conn, |c| account::table
        .inner_join(person::table.on(account::person.eq(person::id.nullable())))
        .filter(account::id.eq(bind(id)))
        .filter(person::mail.ne(""))
        .select((person::name, person::mail, person::language))
        .first(c)
        .optional())?;
    Ok(found.map(|(name, mail, language)| Mailbox { name, mail, language }))
}
