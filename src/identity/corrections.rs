//! An address that mail did not reach, corrected while people can answer.
//!
//! Whoever reads the mails of an address can answer in its owner's place. So a change is possible only where mail came back, the address before is told,
//! and everybody reads how many were changed. The new address gets an invitation with a new link, whether or not its owner has answered with an earlier
//! one: what is sent, what waits and what comes back says nothing about that. Nothing is taken away: earlier links keep working, and all of them together
//! count once.

use diesel::prelude::*;
use domain::{Moment, PersonId, WaveId, WaveState};
use rand::{Rng, RngExt};
use storage::{Conn, bind, on_each};

use crate::delivery::lower;
use crate::error::IdentityError;
use crate::mail_queue::{JobId, JobKind};
use crate::promise_log::{self, PromiseEvent};
use crate::schema::{mail_job, mail_mark, person, wave, wave_person};
use crate::{Identity, waves};

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// The address is another one; both addresses get a mail.
    Done,
    /// Mail has reached this person, as far as is known: their address stays.
    Reached,
    /// It is the address that they have.
    SameAddress,
    /// Somebody else has this address.
    Taken,
    /// The mail that tells of an earlier change still waits.
    NoticeWaits,
}

impl Identity {
    /// Gives somebody whom mail did not reach another address in a wave that runs, and in today's staff list if that has the old one.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs.
    pub fn correct_address(
        &self,
        id: &WaveId,
        who: &PersonId,
        mail: &str,
        now: Moment,
        random: &mut impl Rng,
    ) -> Result<Correction, IdentityError> {
        self.database.write(|conn| {
            waves::require(conn, id, WaveState::Running)?;
            let Some(before) = unreached(conn, id, who)? else { return Ok(Correction::Reached) };
            if before.eq_ignore_ascii_case(mail) {
                return Ok(Correction::SameAddress);
            }
            if is_taken(conn, id, who, mail)? {
                return Ok(Correction::Taken);
            }
            if waits(conn, id, who, JobKind::Moved)?.is_some() {
                return Ok(Correction::NoticeWaits);
            }
            on_each!(conn, |c| diesel::update(wave_person::table)
                .filter(wave_person::wave.eq(bind(id)))
                .filter(wave_person::person.eq(bind(who)))
                .set(wave_person::mail.eq(mail))
                .execute(c))?;
            on_each!(conn, |c| diesel::update(person::table)
                .filter(person::id.eq(bind(who)))
                .filter(person::mail.eq(&before))
                .set(person::mail.eq(mail))
                .execute(c))?;
            on_each!(conn, |c| diesel::delete(mail_mark::table)
                .filter(mail_mark::wave.eq(bind(id)))
                .filter(mail_mark::person.eq(bind(who)))
                .execute(c))?;
            count_one(conn, id)?;
            promise_log::append(conn, &self.author, &PromiseEvent::AddressesChanged { round: id.clone(), people: 1 })?;
            invite_again(conn, id, who, now, random)?;
            let notice: JobId = random.random();
            on_each!(conn, |c| diesel::insert_into(mail_job::table)
                .values((
                    mail_job::id.eq(bind(notice)),
                    mail_job::wave.eq(bind(id)),
                    mail_job::person.eq(bind(who)),
                    mail_job::kind.eq(bind(JobKind::Moved)),
                    mail_job::address.eq(Some(&before)),
                    mail_job::not_before.eq(bind(now)),
                    mail_job::attempts.eq(bind(0_u32)),
                ))
                .execute(c))?;
            Ok(Correction::Done)
        })
    }

    /// How many addresses of a wave were changed after its launch; public.
    ///
    /// # Errors
    /// When there is no such wave or the database fails.
    pub fn addresses_changed(&self, id: &WaveId) -> Result<u32, IdentityError> {
        self.database.read(|conn| changed(conn, id))
    }
}

/// The address of somebody whom mail did not reach; `None` for everybody else.
fn unreached(conn: &mut Conn<'_>, id: &WaveId, who: &PersonId) -> Result<Option<String>, IdentityError> {
    Ok(on_each!(conn, |c| mail_mark::table
        .inner_join(wave_person::table.on(wave_person::wave.eq(mail_mark::wave).and(wave_person::person.eq(mail_mark::person))))
        .filter(mail_mark::wave.eq(bind(id)))
        .filter(mail_mark::person.eq(bind(who)))
        .filter(wave_person::mail.ne(""))
        .select(wave_person::mail)
        .first(c)
        .optional())?)
}

/// Whether mail for somebody else goes to an address, in the wave or in today's staff list.
fn is_taken(conn: &mut Conn<'_>, id: &WaveId, who: &PersonId, mail: &str) -> Result<bool, IdentityError> {
    let invited: i64 = on_each!(conn, |c| wave_person::table
        .filter(wave_person::wave.eq(bind(id)))
        .filter(wave_person::person.ne(bind(who)))
        .filter(lower(wave_person::mail).eq(lower(mail)))
        .count()
        .get_result(c))?;
    let listed: i64 = on_each!(conn, |c| person::table
        .filter(person::id.ne(bind(who)))
        .filter(lower(person::mail).eq(lower(mail)))
        .count()
        .get_result(c))?;
    Ok(invited + listed > 0)
}

fn waits(conn: &mut Conn<'_>, id: &WaveId, who: &PersonId, kind: JobKind) -> Result<Option<JobId>, IdentityError> {
    Ok(on_each!(conn, |c| mail_job::table
        .filter(mail_job::wave.eq(bind(id)))
        .filter(mail_job::person.eq(bind(who)))
        .filter(mail_job::kind.eq(bind(kind)))
        .select(mail_job::id)
        .first(c)
        .optional())?)
}

/// Queues an invitation to the new address. One that waits for the old address, or is on its way there, is taken back and begins anew.
fn invite_again(conn: &mut Conn<'_>, id: &WaveId, who: &PersonId, now: Moment, random: &mut impl Rng) -> Result<(), IdentityError> {
    if let Some(job) = waits(conn, id, who, JobKind::Invitation)? {
        on_each!(conn, |c| diesel::delete(mail_job::table.filter(mail_job::id.eq(bind(job)))).execute(c))?;
    }
    let job: JobId = random.random();
    on_each!(conn, |c| diesel::insert_into(mail_job::table)
        .values((
            mail_job::id.eq(bind(job)),
            mail_job::wave.eq(bind(id)),
            mail_job::person.eq(bind(who)),
            mail_job::kind.eq(bind(JobKind::Invitation)),
            mail_job::not_before.eq(bind(now)),
            mail_job::attempts.eq(bind(0_u32)),
        ))
        .execute(c))?;
    Ok(())
}

fn count_one(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    let count = changed(conn, id)?.saturating_add(1);
    on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(id)))).set(wave::addresses_changed.eq(bind(count))).execute(c))?;
    Ok(())
}

fn changed(conn: &mut Conn<'_>, id: &WaveId) -> Result<u32, IdentityError> {
    let count: Option<u32> =
        on_each!(conn, |c| wave::table.filter(wave::id.eq(bind(id))).select(wave::addresses_changed).first(c).optional())?;
    count.ok_or_else(|| IdentityError::UnknownWave { wave: id.clone() })
}
