//! Ticking off: what became of mails is recorded for all connections together, so that one durable write serves many.
//!
//! A mail that the server has taken and that is not ticked off yet is sent again if the process dies now. Their number is bounded: nobody begins
//! another mail while the bound is reached.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use identity::{Identity, IdentityError, Job, JobEnd};

/// How long a wait for the bound lasts before the state is looked at again, in case everybody else has gone.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

#[derive(Default)]
struct State {
    /// What is to be recorded.
    ended: Vec<(Job, JobEnd)>,
    /// Mails that were begun and are not recorded.
    open: usize,
    /// Somebody is writing.
    writing: bool,
}

/// The jobs under way in this process.
pub(super) struct Ticks {
    identity: Identity,
    /// The bound.
    most: usize,
    state: Mutex<State>,
    changed: Condvar,
}

impl Ticks {
    pub(super) fn new(identity: &Identity, most: usize) -> Self {
        Self { identity: identity.clone(), most: most.max(1), state: Mutex::default(), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change below is whole before the next line that could panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a job; waits while too many are not recorded. Each is followed by one [`Self::end`].
    pub(super) fn begin(&self) -> Result<(), IdentityError> {
        let mut state = self.lock();
        while state.open >= self.most {
            if state.writing || state.ended.is_empty() {
                state = self.changed.wait_timeout(state, LOOK_AGAIN).unwrap_or_else(PoisonError::into_inner).0;
            } else {
                drop(state);
                self.flush()?;
                state = self.lock();
            }
        }
        state.open += 1;
        Ok(())
    }

    /// Hands in what became of a job. Returns at once when somebody else is writing, who then takes it along.
    pub(super) fn end(&self, job: Job, end: JobEnd) -> Result<(), IdentityError> {
        self.lock().ended.push((job, end));
        self.flush()
    }

    /// Hands in what became of jobs that were never begun; recorded together with what comes next. No failure of the database loses it.
    pub(super) fn hand_in(&self, ended: impl Iterator<Item = (Job, JobEnd)>) {
        let mut state = self.lock();
        let before = state.ended.len();
        state.ended.extend(ended);
        state.open += state.ended.len() - before;
    }

    /// Records what was handed in, until nothing is left; what could not be recorded stays for the next try.
    pub(super) fn flush(&self) -> Result<(), IdentityError> {
        let mut state = self.lock();
        while !state.writing && !state.ended.is_empty() {
            let ended = std::mem::take(&mut state.ended);
            state.writing = true;
            drop(state);
            let recorded = self.identity.end_jobs(&ended);
            state = self.lock();
            state.writing = false;
            match recorded {
                Ok(_) => state.open = state.open.saturating_sub(ended.len()),
                Err(_) => state.ended.splice(0..0, ended).for_each(drop),
            }
            self.changed.notify_all();
            recorded?;
        }
        Ok(())
    }
}
