//! The promise log: what was done with rounds, results, accounts and settings, by whom and when. Entries are only ever added, and each carries the
//! fingerprint of the one before it, so that nothing in between can be changed, left out or moved unnoticed.
//!
//! An entry is written in the transaction of what it records, so the two stand or fall together, however often a step is repeated after a crash. Where the
//! act happens outside this store, its entry comes first ([`Identity::record`], [`Identity::record_once`]): there may be an entry of something that was
//! begun and not finished, and never something done without its entry.
//!
//! What a chain cannot show is that its end was cut off, or that all of it was written anew: for that somebody has to have noted the fingerprint of its
//! last entry elsewhere ([`PromiseLog::stood_at`]).

mod chain;
mod event;

use std::sync::Arc;

use diesel::prelude::*;
use domain::{Clock, Moment, SystemClock, WaveId};
use storage::{Conn, bind, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::schema::promise_log;

pub use chain::{Broken, Entry, Fingerprint, read_lines, write_lines};
use chain::{Chain, NOTHING_BEFORE, canonical};
pub use event::{AccountChange, Actor, AfterRestore, PromiseEvent, TeamChange};

/// In whose name a store writes, and by which clock.
#[derive(Clone)]
pub(crate) struct Author {
    actor: Actor,
    clock: Arc<dyn Clock>,
}

impl Author {
    /// Somebody else, by the same clock.
    pub(crate) fn standing_for(&self, actor: Actor) -> Self {
        Self { actor, clock: Arc::clone(&self.clock) }
    }
}

impl Default for Author {
    fn default() -> Self {
        Self { actor: Actor::Installation, clock: Arc::new(SystemClock) }
    }
}

/// The log as it was read, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseLog {
    /// Every entry, the first one first; up to the first that does not fit.
    pub entries: Vec<Entry>,
    /// The first thing that does not fit.
    pub broken: Option<Broken>,
}

impl PromiseLog {
    /// Number and fingerprint of the last entry that fits; `None` before the first.
    #[must_use]
    pub fn head(&self) -> Option<(u32, Fingerprint)> {
        self.entries.last().map(|entry| (entry.number, entry.fingerprint))
    }

    /// The entry whose fingerprint somebody noted: everything up to it is as it was then. `None` when the log does not hold it: then it was cut off or
    /// written anew.
    #[must_use]
    pub fn stood_at(&self, noted: &Fingerprint) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.fingerprint == *noted)
    }
}

impl Identity {
    /// The same store, whose acts are recorded as `actor`'s, at the time of `clock`.
    #[must_use]
    pub fn acting(&self, actor: Actor, clock: Arc<dyn Clock>) -> Self {
        Self { author: Author { actor, clock }, ..self.clone() }
    }

    /// Records what is about to be done elsewhere.
    ///
    /// # Errors
    /// When the database fails; then it must not be done.
    pub fn record(&self, event: &PromiseEvent) -> Result<(), IdentityError> {
        self.database.write(|conn| append(conn, &self.author, event))
    }

    /// Records what is about to be done elsewhere and can be done only once, unless it stands in the log already: whoever repeats it after a crash adds no
    /// second entry.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_once(&self, event: &PromiseEvent) -> Result<(), IdentityError> {
        let text = written(event);
        self.database.write(|conn| {
            let known: i64 = on_each!(conn, |c| promise_log::table.filter(promise_log::event.eq(&text)).count().get_result(c))?;
            if known > 0 { Ok(()) } else { append(conn, &self.author, event) }
        })
    }

    /// The whole log, checked.
    ///
    /// # Errors
    /// When the database fails. A log that does not hold is no error: [`PromiseLog::broken`] says where.
    pub fn promise_log(&self) -> Result<PromiseLog, IdentityError> {
        self.database.read(read)
    }

    /// Whether a round was ended by somebody who said that its key is lost, so that nobody can say that it was destroyed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn key_was_lost(&self, round: &WaveId) -> Result<bool, IdentityError> {
        self.database.read(|conn| {
            let events: Vec<String> = on_each!(conn, |c| promise_log::table.select(promise_log::event).load(c))?;
            let lost = PromiseEvent::Aborted { round: round.clone(), key_lost: true };
            Ok(events.iter().any(|event| serde_json::from_str::<PromiseEvent>(event).is_ok_and(|event| event == lost)))
        })
    }

    /// The fingerprint of one entry, without checking it; `None` where there is no such entry.
    ///
    /// # Errors
    /// When the database fails.
    pub fn promise_log_fingerprint(&self, number: u32) -> Result<Option<Fingerprint>, IdentityError> {
        self.database.read(|conn| {
            Ok(on_each!(conn, |c| promise_log::table
                .filter(promise_log::number.eq(bind(number)))
                .select(promise_log::fingerprint)
                .first(c)
                .optional())?)
        })
    }

    /// Number and fingerprint of the last entry, without checking those before it; `None` before the first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn promise_log_head(&self) -> Result<Option<(u32, Fingerprint)>, IdentityError> {
        self.database.read(last)
    }
}

/// One row of the table.
#[derive(Queryable)]
struct Row {
    number: u32,
    at: Moment,
    actor: String,
    event: String,
    previous: Fingerprint,
    fingerprint: Fingerprint,
}

impl Row {
    fn entry(self) -> Result<Entry, Broken> {
        let number = self.number;
        let json = |text: &str| serde_json::from_str(text).map_err(|_| Broken::Changed { number });
        Ok(Entry {
            number,
            at: self.at,
            actor: json(&self.actor)?,
            event: json(&self.event)?,
            previous: self.previous,
            fingerprint: self.fingerprint,
        })
    }
}

fn written(value: &impl serde::Serialize) -> String {
    canonical(&serde_json::to_value(value).unwrap_or_default())
}

/// The whole log, checked.
pub(crate) fn read(conn: &mut Conn<'_>) -> Result<PromiseLog, IdentityError> {
    let rows: Vec<Row> = on_each!(conn, |c| promise_log::table.order(promise_log::number).load(c))?;
    let mut chain = Chain::default();
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let followed = row.entry().and_then(|entry| chain.follow(&entry).map(|()| entry));
        match followed {
            Ok(entry) => entries.push(entry),
            Err(broken) => return Ok(PromiseLog { entries, broken: Some(broken) }),
        }
    }
    Ok(PromiseLog { entries, broken: None })
}

/// Number and fingerprint of the last entry.
fn last(conn: &mut Conn<'_>) -> Result<Option<(u32, Fingerprint)>, IdentityError> {
    Ok(on_each!(conn, |c| promise_log::table
        .select((promise_log::number, promise_log::fingerprint))
        .order(promise_log::number.desc())
        .first(c)
        .optional())?)
}

/// Adds an entry within the transaction of what it records.
pub(crate) fn append(conn: &mut Conn<'_>, author: &Author, event: &PromiseEvent) -> Result<(), IdentityError> {
    let before = last(conn)?.unwrap_or((0, NOTHING_BEFORE));
    let entry = Entry::following(before, author.clock.now(), &author.actor, event);
    on_each!(conn, |c| diesel::insert_into(promise_log::table)
        .values((
            promise_log::number.eq(bind(entry.number)),
            promise_log::at.eq(bind(entry.at)),
            promise_log::actor.eq(canonical(&entry.actor)),
            promise_log::event.eq(canonical(&entry.event)),
            promise_log::previous.eq(bind(entry.previous)),
            promise_log::fingerprint.eq(bind(entry.fingerprint)),
        ))
        .execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests;
