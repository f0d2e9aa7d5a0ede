//! Writes that arrive together share one durable commit.
//!
//! A commit costs a wait for the disk, whether it holds one row or sixty. So callers stand in line: the first one leads, takes
//! along whoever waits, writes all of it in one transaction, and hands out the outcomes only when the commit is durable. Whoever
//! came meanwhile stands in the next line, led by its first. There is no thread, no timer and no delay: alone, nobody waits for
//! company.
//!
//! What privacy asks of this: the line lives in memory only and each store has its own, so nothing tells which request of one
//! store came with which of the other. The work must write a batch in the order of its keys, never in the order of arrival
//! (which on PostgreSQL also keeps two processes from waiting for each other in a circle).

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rand::seq::SliceRandom;

use crate::connection::Conn;
use crate::database::Database;
use crate::error::StorageError;

/// How many jobs go into one transaction at most; keeps a statement below every engine's limit of parameters.
const MOST: usize = 64;

/// Whether writes that arrive together share a commit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    /// They do.
    #[default]
    Shared,
    /// Each has its own. Only for measuring what sharing is worth.
    OneByOne,
}

/// What is done with a batch inside its transaction: one outcome per job, in the order of the jobs.
///
/// It may run more than once for the same jobs, so each of its effects must be one that can be repeated. What goes wrong with a single job is an
/// outcome; an error undoes the whole batch.
pub type Work<Job, Outcome> = fn(&mut Conn<'_>, &[Job]) -> Result<Vec<Outcome>, StorageError>;

/// One kind of write of one store, done in batches.
pub struct SharedCommit<Job, Outcome> {
    database: Database,
    work: Work<Job, Outcome>,
    grouping: Grouping,
    line: Mutex<Line<Job, Outcome>>,
}

/// Those who wait. Without a leader nobody waits.
struct Line<Job, Outcome> {
    led: bool,
    waiting: VecDeque<(Job, Arc<Ticket<Outcome>>)>,
}

/// What a caller in the line waits for.
enum Call<Outcome> {
    /// The caller is the first in the line, and nobody leads.
    Lead,
    /// The caller's job is done, or will not be.
    Done(Result<Outcome, StorageError>),
}

struct Ticket<Outcome> {
    call: Mutex<Option<Call<Outcome>>>,
    bell: Condvar,
}

impl<Outcome> Ticket<Outcome> {
    fn new(call: Option<Call<Outcome>>) -> Arc<Self> {
        Arc::new(Self { call: Mutex::new(call), bell: Condvar::new() })
    }

    fn call(&self, call: Call<Outcome>) {
        *locked(&self.call) = Some(call);
        self.bell.notify_one();
    }

    fn wait(&self) -> Call<Outcome> {
        let mut call = locked(&self.call);
        loop {
            match call.take() {
                Some(call) => return call,
                None => call = self.bell.wait(call).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl<Job, Outcome> SharedCommit<Job, Outcome> {
    /// A line before `database`; `work` is done with each batch.
    #[must_use]
    pub const fn new(database: Database, work: Work<Job, Outcome>, grouping: Grouping) -> Self {
        Self { database, work, grouping, line: Mutex::new(Line { led: false, waiting: VecDeque::new() }) }
    }

    /// Has a job done together with those that arrive at the same time; its outcome is durable when this returns. Blocks.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the database could not take the batch (the job may be repeated), or what the work failed with on this job
    /// alone: a batch that fails or panics is done again job by job, so that no job fails for another's sake.
    pub fn submit(&self, job: Job) -> Result<Outcome, StorageError> {
        if self.grouping == Grouping::OneByOne {
            return self.write(&[job]).and_then(only);
        }
        let ticket = self.stand_in_line(job);
        loop {
            match ticket.wait() {
                Call::Lead => self.lead(),
                Call::Done(outcome) => return outcome,
            }
        }
    }

    fn stand_in_line(&self, job: Job) -> Arc<Ticket<Outcome>> {
        let mut line = locked(&self.line);
        let first = !std::mem::replace(&mut line.led, true);
        let ticket = Ticket::new(first.then_some(Call::Lead));
        line.waiting.push_back((job, ticket.clone()));
        ticket
    }

    /// Writes the batch that the caller stands at the head of.
    fn lead(&self) {
        let (jobs, tickets): (Vec<Job>, Vec<_>) = {
            let mut line = locked(&self.line);
            let size = line.waiting.len().min(MOST);
            line.waiting.drain(..size).unzip()
        };
        let outcomes = self.commit(&jobs);
        // The next batch can go to the disk while this one's callers wake up.
        self.pass_the_lead();
        for (ticket, outcome) in tickets.into_iter().zip(outcomes) {
            ticket.call(Call::Done(outcome));
        }
    }

    fn pass_the_lead(&self) {
        let mut line = locked(&self.line);
        match line.waiting.front() {
            Some((_, ticket)) => ticket.call(Call::Lead),
            None => line.led = false,
        }
    }

    /// One outcome per job, all of them durable.
    fn commit(&self, jobs: &[Job]) -> Vec<Result<Outcome, StorageError>> {
        match self.write(jobs) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(error) if jobs.len() == 1 || error.is_unavailable() => jobs.iter().map(|_| Err(error.clone())).collect(),
            Err(_) => self.commit_each(jobs),
        }
    }

    /// One transaction per job, in random order: not even here does the order of arrival come into the database.
    fn commit_each(&self, jobs: &[Job]) -> Vec<Result<Outcome, StorageError>> {
        let mut places: Vec<(usize, &[Job])> = jobs.chunks(1).enumerate().collect();
        places.shuffle(&mut rand::rng());
        let mut outcomes: Vec<_> = places.into_iter().map(|(place, job)| (place, self.write(job).and_then(only))).collect();
        outcomes.sort_by_key(|(place, _)| *place);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    }

    fn write(&self, jobs: &[Job]) -> Result<Vec<Outcome>, StorageError> {
        let written = || {
            self.database.write(|conn| {
                let outcomes = (self.work)(conn, jobs)?;
                if outcomes.len() == jobs.len() { Ok(outcomes) } else { Err(miscounted()) }
            })
        };
        // A panic must not leave the whole line waiting for its leader. The transaction is gone with its connection, and nothing else is shared.
        std::panic::catch_unwind(AssertUnwindSafe(written))
            .unwrap_or_else(|_| Err(StorageError::Query("the work on a batch panicked".to_owned())))
    }
}

/// The outcome of a batch of one.
fn only<Outcome>(mut outcomes: Vec<Outcome>) -> Result<Outcome, StorageError> {
    outcomes.pop().ok_or_else(miscounted)
}

fn miscounted() -> StorageError {
    StorageError::Query("a batch has another number of outcomes than of jobs".to_owned())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing runs under these locks that can panic and leave what they guard half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
