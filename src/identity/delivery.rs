//! Which addresses mail could not reach, and how many mails are still to be sent.
//!
//! A reminder goes only to people who have not answered. So whatever becomes of a reminder leaves no trace here: not that it waits, not that
//! it was refused, not that it came back. Only mails that go to everybody are counted and leave marks. A mail that came back and does not say
//! which mail it was counts only while no reminder was ever queued in the round; afterwards it might be one (docs/threat-model.md).
//!
//! A mark informs; it stops no mail and takes nothing from anybody. Anybody can forge a bounce.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::{PersonId, WaveId, WaveState};
use storage::{Conn, bind, key_column, on_each};

use crate::Identity;
use crate::error::IdentityError;
use crate::mail_queue::{Job, JobKind};
use crate::schema::{mail_job, mail_mark, wave, wave_person};

diesel::define_sql_function! {
    /// SQL's own function: ASCII letters in small on every engine, others on some.
    fn lower(text: Text) -> Text;
}

/// Why mail did not reach an address, as far as mail servers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressMark {
    /// There is no such mailbox or no such domain (RFC 3463: x.1.1 to x.1.3, x.1.6, x.4.4; RFC 7505: x.1.10).
    UnknownAddress,
    /// The mailbox is full (x.2.2, or 552).
    Full,
    /// The mail server refused the mail at sending, for another reason.
    Refused,
    /// The mail came back later, for another reason.
    Bounced,
}

impl AddressMark {
    /// The mark as stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownAddress => "unknown_address",
            Self::Full => "full",
            Self::Refused => "refused",
            Self::Bounced => "bounced",
        }
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::UnknownAddress, Self::Full, Self::Refused, Self::Bounced].into_iter().find(|mark| mark.as_str() == text)
    }
}

key_column!(AddressMark, AddressMark::parse, "mark on an address");

/// How far the mails that go to everybody have come. Nothing in it depends on who has answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delivery {
    /// How many people are invited.
    pub invited: u32,
    /// How many of them by a printed card; they get no mail.
    pub by_card: u32,
    /// How many mails that go to everybody are still to be sent. Reminders are in no count.
    pub waiting: u32,
    /// How many addresses were not reached, by reason.
    pub unreached: BTreeMap<AddressMark, u32>,
}

/// Somebody whose address mail could not reach.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnreachedPerson {
    /// The name as frozen for the wave.
    pub name: String,
    /// The person.
    pub person: PersonId,
    /// The address as frozen for the wave.
    pub mail: String,
    /// Why.
    pub mark: AddressMark,
}

/// A mail that came back from an address.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnedMail {
    /// The address that it was sent to.
    pub address: String,
    /// Why it came back.
    pub mark: AddressMark,
    /// Which mail it was, if it says so.
    pub kind: Option<JobKind>,
}

impl std::fmt::Debug for ReturnedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReturnedMail").field("mark", &self.mark).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Identity {
    /// Marks the address of a mail that its server refused for good. `false` when nothing was recorded: for a reminder, and once the wave has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mark_address(&self, job: &Job, mark: AddressMark) -> Result<bool, IdentityError> {
        if !job.kind.is_for_everybody() {
            return Ok(false);
        }
        self.database.write(|conn| {
            let Some(live) = live_wave(conn)?.filter(|live| live.wave == job.wave) else { return Ok(false) };
            // The address may have been corrected while the mail to the old one was on its way.
            let still_theirs: i64 = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(&live.wave)))
                .filter(wave_person::person.eq(bind(&job.person)))
                .filter(wave_person::mail.eq(&job.mail))
                .count()
                .get_result(c))?;
            if still_theirs == 0 {
                return Ok(false);
            }
            set_mark(conn, &live.wave, &job.person, mark)?;
            Ok(true)
        })
    }

    /// Marks an address from which a mail came back, for everybody who is invited with it; returns for how many.
    ///
    /// Addresses are compared without regard to case, in the part before the @ too: RFC 5321 (section 2.4) lets a server tell case there, hardly
    /// any does, and some write what they return in small letters.
    ///
    /// # Errors
    /// When the database fails.
    pub fn mark_returned(&self, returned: &ReturnedMail) -> Result<u32, IdentityError> {
        // To look through the addresses of a wave takes its time, so it is done without the lock for writing; they are frozen.
        let found = self.database.read(|conn| match markable(conn, returned.kind)? {
            Some(wave) => Ok(Some((people_with(conn, &wave, &returned.address)?, wave))),
            None => Ok::<_, IdentityError>(None),
        })?;
        let Some((people, wave)) = found.filter(|(people, _)| !people.is_empty()) else { return Ok(0) };
        self.database.write(|conn| {
            // A reminder may have been queued meanwhile, or the wave has ended.
            if markable(conn, returned.kind)?.as_ref() != Some(&wave) {
                return Ok(0);
            }
            for person in &people {
                set_mark(conn, &wave, person, returned.mark)?;
            }
            Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
        })
    }

    /// How far the mails of a wave have come; all zero before its launch.
    ///
    /// # Errors
    /// When the database fails.
    pub fn delivery(&self, wave: &WaveId) -> Result<Delivery, IdentityError> {
        self.database.read(|conn| {
            let invited: i64 = on_each!(conn, |c| wave_person::table.filter(wave_person::wave.eq(bind(wave))).count().get_result(c))?;
            let by_card: i64 = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(wave)))
                .filter(wave_person::mail.eq(""))
                .count()
                .get_result(c))?;
            let waiting: i64 = on_each!(conn, |c| mail_job::table
                .filter(mail_job::wave.eq(bind(wave)))
                .filter(mail_job::kind.ne(bind(JobKind::Reminder)))
                .filter(mail_job::kind.ne(bind(JobKind::Moved)))
                .count()
                .get_result(c))?;
            let unreached: Vec<(AddressMark, i64)> = on_each!(conn, |c| mail_mark::table
                .filter(mail_mark::wave.eq(bind(wave)))
                .group_by(mail_mark::reason)
                .select((mail_mark::reason, count_star()))
                .load(c))?;
            let unreached = unreached.into_iter().map(|(mark, rows)| (mark, as_count(rows))).collect();
            Ok(Delivery { invited: as_count(invited), by_card: as_count(by_card), waiting: as_count(waiting), unreached })
        })
    }

    /// Everybody whose address mail could not reach, by name. It says nothing about who has answered.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unreached_people(&self, wave: &WaveId) -> Result<Vec<UnreachedPerson>, IdentityError> {
        self.database.read(|conn| {
            let rows: Vec<(String, PersonId, String, AddressMark)> = on_each!(conn, |c| mail_mark::table
                .inner_join(wave_person::table.on(wave_person::wave.eq(mail_mark::wave).and(wave_person::person.eq(mail_mark::person))))
                .filter(mail_mark::wave.eq(bind(wave)))
                .select((wave_person::name, wave_person::person, wave_person::mail, mail_mark::reason))
                .load(c))?;
            let mut people: Vec<UnreachedPerson> =
                rows.into_iter().map(|(name, person, mail, mark)| UnreachedPerson { name, person, mail, mark }).collect();
            people.sort_unstable();
            Ok(people)
        })
    }
}

/// The wave that runs or is on its way to its publication; marks end with it.
struct LiveWave {
    wave: WaveId,
    reminded: bool,
}

fn live_wave(conn: &mut Conn<'_>) -> Result<Option<LiveWave>, IdentityError> {
    let live = [WaveState::Running, WaveState::Closing, WaveState::Closed, WaveState::Opened];
    let waves: Vec<(WaveId, WaveState, bool)> =
        on_each!(conn, |c| wave::table.filter(wave::abort_reason.is_null()).select((wave::id, wave::state, wave::reminded)).load(c))?;
    // One wave is under way at a time.
    Ok(waves.into_iter().find(|(_, state, _)| live.contains(state)).map(|(wave, _, reminded)| LiveWave { wave, reminded }))
}

/// The wave in which a returned mail of this kind may leave marks, if there is one.
fn markable(conn: &mut Conn<'_>, kind: Option<JobKind>) -> Result<Option<WaveId>, IdentityError> {
    let live = live_wave(conn)?;
    Ok(live.filter(|live| kind.map_or(!live.reminded, JobKind::is_for_everybody)).map(|live| live.wave))
}

fn people_with(conn: &mut Conn<'_>, wave: &WaveId, address: &str) -> Result<Vec<PersonId>, IdentityError> {
    Ok(on_each!(conn, |c| wave_person::table
        .filter(wave_person::wave.eq(bind(wave)))
        .filter(wave_person::mail.ne(""))
        .filter(lower(wave_person::mail).eq(lower(address)))
        .select(wave_person::person)
        .load(c))?)
}

/// The last reason is kept.
fn set_mark(conn: &mut Conn<'_>, wave: &WaveId, person: &PersonId, mark: AddressMark) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::insert_into(mail_mark::table)
        .values((mail_mark::wave.eq(bind(wave)), mail_mark::person.eq(bind(person)), mail_mark::reason.eq(bind(mark))))
        .on_conflict((mail_mark::wave, mail_mark::person))
        .do_update()
        .set(mail_mark::reason.eq(bind(mark)))
        .execute(c))?;
    Ok(())
}

/// Notes that reminders are under way from now on.
pub(crate) fn note_reminders(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id))).filter(wave::reminded.eq(false)))
        .set(wave::reminded.eq(true))
        .execute(c))?;
    Ok(())
}

/// Deletes every mark of a wave that ends.
pub(crate) fn delete_marks(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(mail_mark::table.filter(mail_mark::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}

fn as_count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
