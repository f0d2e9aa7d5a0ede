//! Mails that are still to be sent. A row says who and what kind; the text and the secret are made at sending.
//!
//! Ids are random and jobs that are due at one moment are taken in the order of their ids, so that the order of sending says nothing. A job is leased, so that a worker that
//! dies gives it back in the end; the lease is tested inside the update, so that two workers never hold one job. What is done is deleted.

use std::time::Duration;

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::{GroupId, Language, Moment, PersonId, WaveId, WaveState};
use rand::{Rng, RngExt};
use storage::{Conn, bind, key_column, on_each};

use crate::error::IdentityError;
use crate::schema::{mail_job, wave, wave_person};
use crate::{Identity, ROWS_PER_INSERT, delivery, waves};

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobKind {
    /// The first mail with a link.
    Invitation,
    /// A further mail with a new link, to people who have not answered.
    Reminder,
    /// The wave is closed; with a status handle.
    Closing,
    /// The wave ended without a result.
    Aborted,
    /// The person has another address now; to the one before.
    Moved,
}

impl JobKind {
    /// The kind as stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reminder => "reminder",
            Self::Closing => "closing",
            Self::Aborted => "aborted",
            Self::Moved => "moved",
        }
    }

    /// Whether everybody who is invited gets this mail, at the address that they have. Only a reminder tells something about its recipient: that they had
    /// not answered.
    #[must_use]
    pub const fn is_for_everybody(self) -> bool {
        matches!(self, Self::Invitation | Self::Closing | Self::Aborted)
    }

    /// Reads [`Self::as_str`] back; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Invitation, Self::Reminder, Self::Closing, Self::Aborted, Self::Moved].into_iter().find(|kind| kind.as_str() == text)
    }
}

key_column!(JobKind, JobKind::parse, "kind of mail");

/// The random id of a mail job.
pub type JobId = [u8; 16];

/// A mail job that a worker holds until its lease ends, with the person as frozen for the wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The job.
    pub id: JobId,
    /// The worker's hold on it.
    pub lease: [u8; 16],
    /// The wave.
    pub wave: WaveId,
    /// Whom the mail is for.
    pub person: PersonId,
    /// What the mail is for.
    pub kind: JobKind,
    /// How often it was taken, this time included.
    pub attempts: u32,
    /// The person's name.
    pub name: String,
    /// Where the mail goes: the person's address, or the one before.
    pub mail: String,
    /// The person's language.
    pub language: Language,
    /// The person's standing group.
    pub group: GroupId,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobEnd {
    /// The mail was sent, or nobody needs it any more.
    Done,
    /// It could not be sent and waits.
    TryAgain {
        /// Until when.
        at: Moment,
        /// Why, in codes.
        error: String,
    },
    /// It could not be sent and nobody knows whether it ever could: the attempt does not count.
    NotItsFault {
        /// Until when it waits; `None` leaves it due.
        at: Option<Moment>,
    },
}

/// How many characters of a failure are kept.
const ERROR_LENGTH: usize = 300;
/// How often a lease is tried while other processes are faster.
const LEASE_ROUNDS: u32 = 3;

impl Identity {
    /// Queues a reminder for everybody who gets mail, has neither answered nor asked for silence, and for whom no mail is waiting, each due at a random moment
    /// within `spread` from `at`. Returns how many, which is for tests and must not be shown: it counts who has not answered.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs.
    pub fn queue_reminders(&self, wave: &WaveId, at: Moment, spread: Duration, random: &mut impl Rng) -> Result<u32, IdentityError> {
        // By itself and first: a transaction that looks at everybody's answers and also writes to the round would be in everybody's way.
        self.database.write(|conn| {
            waves::require(conn, wave, WaveState::Running)?;
            delivery::note_reminders(conn, wave)
        })?;
        self.queue_silent(wave, at, spread, random)
    }

    /// Queues the planned reminders up to number `number`, counted from one, as one; `false` when that has been done.
    ///
    /// That it is done is on record before the mails are queued: a process that dies in between costs the reminder, and nobody is ever reminded twice.
    ///
    /// # Errors
    /// [`IdentityError::StateRefused`] unless the wave runs.
    pub fn queue_planned_reminders(
        &self,
        wave: &WaveId,
        number: u32,
        at: Moment,
        spread: Duration,
        random: &mut impl Rng,
    ) -> Result<bool, IdentityError> {
        let first = self.database.write(|conn| {
            let record = waves::require(conn, wave, WaveState::Running)?;
            if record.reminders_queued >= number {
                return Ok::<_, IdentityError>(false);
            }
            delivery::note_reminders(conn, wave)?;
            on_each!(conn, |c| diesel::update(wave::table.filter(wave::id.eq(bind(wave))))
                .set(wave::planned_reminders.eq(bind(number)))
                .execute(c))?;
            Ok(true)
        })?;
        if first {
            self.queue_silent(wave, at, spread, random)?;
        }
        Ok(first)
    }

    fn queue_silent(&self, wave: &WaveId, at: Moment, spread: Duration, random: &mut impl Rng) -> Result<u32, IdentityError> {
        self.database.write(|conn| {
            waves::require(conn, wave, WaveState::Running)?;
            let silent: Vec<PersonId> = on_each!(conn, |c| wave_person::table
                .filter(wave_person::wave.eq(bind(wave)))
                .filter(wave_person::issued_blind.is_null())
                .filter(wave_person::opted_out.eq(false))
                .filter(wave_person::mail.ne(""))
                .filter(not(exists(
                    mail_job::table
                        .filter(mail_job::wave.eq(wave_person::wave))
                        .filter(mail_job::person.eq(wave_person::person))
                        .filter(mail_job::kind.ne(bind(JobKind::Moved)))
                )))
                .select(wave_person::person)
                .load(c))?;
            let spread = u64::try_from(spread.as_micros()).unwrap_or(u64::MAX);
            let jobs: Vec<(PersonId, Moment)> =
                silent.into_iter().map(|person| (person, at.plus(Duration::from_micros(random.random_range(0..=spread))))).collect();
            queue(conn, wave, JobKind::Reminder, &jobs, random, &*self.told)?;
            Ok(u32::try_from(jobs.len()).unwrap_or(u32::MAX))
        })
    }

    /// Takes up to `most` jobs that are due at `now`, each held for `hold`. Invitations and reminders that have become needless are dropped when their turn
    /// comes, and not returned: all of them when the wave does not run any more, reminders also to people who have answered or asked for silence.
    ///
    /// An invitation is taken whether or not its recipient has answered. They can have when it was sent and not ticked off; were it dropped then, what waits,
    /// what was sent, whose address is marked and to whom the mail server delivered twice would tell who had answered by then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lease_jobs(&self, now: Moment, most: u32, hold: Duration, random: &mut impl Rng) -> Result<Vec<Job>, IdentityError> {
        // Whoever has nothing to do should not take the lock for writing to find out.
        if self.database.query(|conn| due(conn, now, 1))?.is_empty() {
            return Ok(Vec::new());
        }
        let mut held = Vec::new();
        // Another process may be faster with all of the first jobs; there may be more behind them.
        for _ in 0..LEASE_ROUNDS {
            let (mine, seen) = self.database.write_conditionally(|conn| lease(conn, now, most, hold, random))?;
            held = mine;
            if !held.is_empty() || seen == 0 {
                break;
            }
        }
        Ok(held)
    }

    /// Records what became of jobs, in one transaction; returns of how many the lease was still held. Where it had ended nothing is changed.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_jobs(&self, ended: &[(Job, JobEnd)]) -> Result<usize, IdentityError> {
        // In one order for everybody, so that two processes cannot wait for each other in a circle.
        let mut ended: Vec<&(Job, JobEnd)> = ended.iter().collect();
        ended.sort_by_key(|(job, _)| job.id);
        self.database.write_conditionally(|conn| {
            let mut rows = 0;
            for (job, end) in &ended {
                rows += end_job(conn, job, end)?;
            }
            Ok(rows)
        })
    }

    /// How many mails wait, of whatever kind. For the operator; while reminders wait this must not be shown to anybody else.
    ///
    /// # Errors
    /// When the database fails.
    pub fn jobs_waiting(&self) -> Result<u32, IdentityError> {
        self.database.read(|conn| {
            let rows: i64 = on_each!(conn, |c| mail_job::table.count().get_result(c))?;
            Ok(u32::try_from(rows).unwrap_or(u32::MAX))
        })
    }
}

/// A job that is due, with its person, and what tells whether anybody still needs it.
type Due =
    (JobId, WaveId, PersonId, JobKind, u32, (String, String, Option<String>, Language, GroupId), (WaveState, Option<String>, bool, bool));

/// Jobs that are due and that nobody holds, in the order in which they are taken.
fn due(conn: &mut Conn<'_>, now: Moment, most: u32) -> Result<Vec<Due>, IdentityError> {
    Ok(on_each!(conn, |c| mail_job::table
        .inner_join(wave_person::table.on(wave_person::wave.eq(mail_job::wave).and(wave_person::person.eq(mail_job::person))))
        .inner_join(wave::table.on(wave::id.eq(mail_job::wave)))
        .filter(mail_job::not_before.le(bind(now)))
        .filter(mail_job::lease_until.is_null().or(mail_job::lease_until.le(Some(now)).assume_not_null()))
        .order((mail_job::not_before, mail_job::id))
        .limit(i64::from(most))
        .select((
            mail_job::id,
            mail_job::wave,
            mail_job::person,
            mail_job::kind,
            mail_job::attempts,
            (wave_person::name, wave_person::mail, mail_job::address, wave_person::language, wave_person::group_no),
            (wave::state, wave::abort_reason, wave_person::issued_blind.is_not_null(), wave_person::opted_out),
        ))
        .load(c))?)
}

/// Takes jobs; the second number is how many were seen, dropped ones not counted.
fn lease(conn: &mut Conn<'_>, now: Moment, most: u32, hold: Duration, random: &mut impl Rng) -> Result<(Vec<Job>, usize), IdentityError> {
    loop {
        let due = due(conn, now, most)?;
        let seen = due.len();
        let mut held = Vec::with_capacity(seen);
        let mut dropped = false;
        for (id, wave, person, kind, attempts, (name, mail, other, language, group), (state, abort, answered, silence)) in
            in_order_of_ids(due)
        {
            let runs = state == WaveState::Running && abort.is_none();
            let is_needed = match kind {
                JobKind::Invitation => runs,
                JobKind::Reminder => runs && !answered && !silence,
                JobKind::Closing | JobKind::Aborted | JobKind::Moved => true,
            };
            if !is_needed {
                on_each!(conn, |c| diesel::delete(mail_job::table.filter(mail_job::id.eq(bind(id)))).execute(c))?;
                dropped = true;
                continue;
            }
            let lease: [u8; 16] = random.random();
            // Since it was seen, another process may have taken the job, tried, and put it back for later: all that made it due is asked again.
            let seen_attempts = attempts;
            let attempts = attempts.saturating_add(1);
            let taken = on_each!(conn, |c| diesel::update(mail_job::table)
                .filter(mail_job::id.eq(bind(id)))
                .filter(mail_job::attempts.eq(bind(seen_attempts)))
                .filter(mail_job::not_before.le(bind(now)))
                .filter(mail_job::lease_until.is_null().or(mail_job::lease_until.le(Some(now)).assume_not_null()))
                .set((
                    mail_job::lease.eq(Some(lease)),
                    mail_job::lease_until.eq(Some(now.plus(hold))),
                    mail_job::attempts.eq(bind(attempts))
                ))
                .execute(c))?;
            if taken == 1 {
                let mail = other.unwrap_or(mail);
                held.push(Job { id, lease, wave, person, kind, attempts, name, mail, language, group });
            }
        }
        if !held.is_empty() || !dropped {
            return Ok((held, seen));
        }
    }
}

/// Rows are locked in one order by everybody, so that two processes cannot wait for each other in a circle.
fn in_order_of_ids(mut due: Vec<Due>) -> Vec<Due> {
    due.sort_by_key(|(id, ..)| *id);
    due
}

fn end_job(conn: &mut Conn<'_>, job: &Job, end: &JobEnd) -> Result<usize, IdentityError> {
    let (retry_at, attempts, error) = match end {
        JobEnd::Done => {
            return Ok(on_each!(conn, |c| diesel::delete(mail_job::table)
                .filter(mail_job::id.eq(bind(job.id)))
                .filter(mail_job::lease.eq(Some(job.lease)))
                .execute(c))?);
        }
        JobEnd::TryAgain { at, error } => (Some(*at), job.attempts, Some(error)),
        JobEnd::NotItsFault { at } => (*at, job.attempts.saturating_sub(1), None),
    };
    let error: Option<String> = error.map(|error| error.chars().take(ERROR_LENGTH).collect());
    Ok(on_each!(conn, |c| diesel::update(mail_job::table)
        .filter(mail_job::id.eq(bind(job.id)))
        .filter(mail_job::lease.eq(Some(job.lease)))
        .set((
            mail_job::lease.eq(None::<[u8; 16]>),
            mail_job::lease_until.eq(None::<Moment>),
            mail_job::attempts.eq(bind(attempts)),
            retry_at.map(|at| mail_job::not_before.eq(bind(at))),
            error.as_ref().map(|error| mail_job::last_error.eq(Some(error))),
        ))
        .execute(c))?)
}

/// Queues one mail for everybody of a wave who gets mail.
pub(crate) fn queue_for_everybody(
    conn: &mut Conn<'_>,
    id: &WaveId,
    kind: JobKind,
    not_before: Moment,
    random: &mut impl Rng,
    told: &dyn Fn(usize),
) -> Result<(), IdentityError> {
    let people: Vec<PersonId> = on_each!(conn, |c| wave_person::table
        .filter(wave_person::wave.eq(bind(id)))
        .filter(wave_person::mail.ne(""))
        .select(wave_person::person)
        .load(c))?;
    let jobs: Vec<(PersonId, Moment)> = people.into_iter().map(|person| (person, not_before)).collect();
    queue(conn, id, kind, &jobs, random, told)
}

/// Drops every mail of a wave that was not sent.
pub(crate) fn drop_waiting(conn: &mut Conn<'_>, id: &WaveId) -> Result<(), IdentityError> {
    on_each!(conn, |c| diesel::delete(mail_job::table.filter(mail_job::wave.eq(bind(id)))).execute(c))?;
    Ok(())
}

fn queue(
    conn: &mut Conn<'_>,
    id: &WaveId,
    kind: JobKind,
    jobs: &[(PersonId, Moment)],
    random: &mut impl Rng,
    told: &dyn Fn(usize),
) -> Result<(), IdentityError> {
    // Written in the order of the random ids, so that nothing in the file follows the order of the people.
    let mut pairs: Vec<(JobId, &(PersonId, Moment))> = jobs.iter().map(|job| (random.random(), job)).collect();
    pairs.sort_unstable_by_key(|(id, _)| *id);
    for (chunk, pairs) in pairs.chunks(ROWS_PER_INSERT).enumerate() {
        let rows: Vec<_> = pairs
            .iter()
            .map(|(job, (person, not_before))| {
                (
                    mail_job::id.eq(bind(job)),
                    mail_job::wave.eq(bind(id)),
                    mail_job::person.eq(bind(person)),
                    mail_job::kind.eq(bind(kind)),
                    mail_job::not_before.eq(bind(not_before)),
                    mail_job::attempts.eq(bind(0_u32)),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(mail_job::table).values(&rows).execute(c))?;
        told(chunk * ROWS_PER_INSERT + pairs.len());
    }
    Ok(())
}
