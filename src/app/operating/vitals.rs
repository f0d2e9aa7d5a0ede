//! What a process knows about itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Moment, WaveId};
use identity::JobKind;

use super::health::Checked;
use crate::error::Code;
use crate::lifecycle::Step;

/// What became of an attempt to send a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailOutcome {
    /// The server took it.
    Sent,
    /// To be tried again.
    Deferred,
    /// Refused for good.
    Refused,
}

impl MailOutcome {
    /// The outcome as a label.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Deferred => "deferred",
            Self::Refused => "refused",
        }
    }
}

/// Which part of the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerKind {
    /// Acts on the dates of the running wave.
    Calendar,
    /// Sends mail.
    Mail,
    /// Reads mail that came back.
    ReturnedMail,
}

/// Mails by wave, kind and outcome.
pub(super) type Mails = BTreeMap<(WaveId, &'static str, MailOutcome), u64>;

/// Held by the one look at a part outside of this process that may be under way.
#[derive(Debug, Default)]
pub(super) struct Looking {
    pub(super) people_database: Mutex<()>,
    pub(super) ballot_database: Mutex<()>,
    pub(super) key_folder: Mutex<()>,
}

/// Counters and flags of one process, shared by its threads. All of them begin at zero with the process.
#[derive(Debug, Default)]
pub struct Vitals {
    draining: AtomicBool,
    lost_threads: AtomicU32,
    /// Microseconds since 1970; 0 before the first.
    calendar_tick: AtomicI64,
    calendar_errors: AtomicU64,
    mail_errors: AtomicU64,
    returned_mail_errors: AtomicU64,
    sign_in_failures: AtomicU64,
    console_unavailable: AtomicU64,
    console_internal: AtomicU64,
    mails: Mutex<Mails>,
    steps: Mutex<BTreeMap<&'static str, u64>>,
    pub(super) checked: tokio::sync::Mutex<Option<Checked>>,
    pub(super) looking: Looking,
}

impl Vitals {
    /// From now on the process takes no new work: readiness says so.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether the process is on its way to its end.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// A thread of the worker has ended in a panic.
    pub fn lose_thread(&self) {
        self.lost_threads.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether every thread of the worker that was started is still there.
    #[must_use]
    pub fn worker_is_whole(&self) -> bool {
        self.lost_threads.load(Ordering::SeqCst) == 0
    }

    /// The dates were looked at.
    pub fn calendar_ticked(&self, now: Moment) {
        self.calendar_tick.store(now.micros(), Ordering::Relaxed);
    }

    pub(super) fn calendar_tick(&self) -> Option<Moment> {
        Some(self.calendar_tick.load(Ordering::Relaxed)).filter(|micros| *micros != 0).map(Moment::from_micros)
    }

    /// The worker could not do what was due.
    pub fn worker_failed(&self, which: WorkerKind) {
        self.worker_counter(which).fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn worker_errors(&self, which: WorkerKind) -> u64 {
        self.worker_counter(which).load(Ordering::Relaxed)
    }

    fn worker_counter(&self, which: WorkerKind) -> &AtomicU64 {
        match which {
            WorkerKind::Calendar => &self.calendar_errors,
            WorkerKind::Mail => &self.mail_errors,
            WorkerKind::ReturnedMail => &self.returned_mail_errors,
        }
    }

    /// The console answered with a problem.
    pub fn console_answered(&self, code: Code) {
        if let Some(counter) = self.console_counter(code) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn console_problems(&self, code: Code) -> u64 {
        self.console_counter(code).map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    fn console_counter(&self, code: Code) -> Option<&AtomicU64> {
        match code {
            Code::SignInFailed => Some(&self.sign_in_failures),
            Code::Unavailable => Some(&self.console_unavailable),
            Code::Internal => Some(&self.console_internal),
            _ => None,
        }
    }

    /// An attempt to send a mail has ended. Reminders are not counted: their number is the number of people who have not answered.
    pub fn mail(&self, wave: &WaveId, kind: JobKind, outcome: MailOutcome) {
        if kind == JobKind::Reminder {
            return;
        }
        *lock(&self.mails).entry((wave.clone(), kind.as_str(), outcome)).or_default() += 1;
    }

    pub(super) fn mails(&self) -> Mails {
        lock(&self.mails).clone()
    }

    /// A step in the life of a wave was taken by this process.
    pub fn step(&self, step: Step) {
        *lock(&self.steps).entry(step.name()).or_default() += 1;
    }

    pub(super) fn steps(&self) -> BTreeMap<&'static str, u64> {
        lock(&self.steps).clone()
    }
}

/// The tables are whole after every change, so a thread that panicked elsewhere does no harm.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn reminders_are_counted_nowhere() {
        let vitals = Vitals::default();
        let wave = WaveId::parse("2026-q4").unwrap();
        for outcome in [MailOutcome::Sent, MailOutcome::Deferred, MailOutcome::Refused] {
            vitals.mail(&wave, JobKind::Reminder, outcome);
        }
        assert!(vitals.mails().is_empty());
        vitals.mail(&wave, JobKind::Invitation, MailOutcome::Sent);
        assert_eq!(vitals.mails().values().sum::<u64>(), 1);
    }
}
