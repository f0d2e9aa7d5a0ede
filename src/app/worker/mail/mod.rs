//! Sending: take a batch of jobs, mint their secrets, then compose, send and tick off one after the other, on several connections at once.
//!
//! A process that dies before the server took a mail loses nothing: the lease runs out and the job is taken again, with a new secret. A process that
//! dies between the server's "accepted" and our record of it sends that mail twice; at most [`UNTICKED`] mails per connection are in that state
//! (docs/threat-model.md). Two processes that live do not send one mail twice: no text leaves when its lease could end before the server's last word. A
//! lease ends at a time of day, so on several machines this needs clocks that agree within five minutes: a lease is 30, the text leaves within 15, and the
//! last word takes 10.

mod contents;
mod frozen;
mod gate;
mod links;
mod ticks;

use std::time::{Duration, Instant};

use domain::Moment;
use identity::{AddressMark, Job, JobEnd, JobKind};

use self::contents::{Letter, contents};
use self::frozen::{FrozenWave, FrozenWaves};
use self::gate::{Gate, Outcome, Permit, Turn, jittered};
use self::ticks::Ticks;
use crate::installation::Installation;
use crate::lifecycle::Refusal;
use crate::mail::message::{Content, Mail, Recipient, Sender, compose};
use crate::mail::transport::{AddressFault, Blame, Line, MailFailure};
use crate::operating::MailOutcome;

/// How long a job is held.
pub const LEASE: Duration = Duration::from_secs(30 * 60);
/// How long after the lease the text of a mail may leave. The rest is for what is on the line and for the server's last word, ten minutes at most.
const TEXT_WITHIN: Duration = Duration::from_secs(15 * 60);
/// How many jobs a connection takes at once.
const BATCH: u32 = 16;
/// How many mails per connection the server may have taken that are not ticked off.
pub const UNTICKED: usize = 4;
/// The first wait of a mail after a failure that may be its own; doubled with every further one.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// The longest wait of a mail between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 3600);
/// How long a batch is kept while it may not be sent.
const KEPT_BATCH: Duration = Duration::from_secs(5);
/// How long a connection without mail is kept.
const KEPT_LINE: Duration = Duration::from_secs(20);
/// How often a connection without mail looks for some.
const IDLE: Duration = Duration::from_millis(500);

/// Waits so long; `false` tells to go home. With no time at all it only asks whether to go on.
pub type Pause<'a> = &'a (dyn Fn(Duration) -> bool + Sync);

/// What the connections of one process share.
pub struct Sending {
    installation: Installation,
    gate: Gate,
    frozen: FrozenWaves,
    ticks: Ticks,
    batch: u32,
}

/// Sends everything that may leave now, on all connections at once.
///
/// # Errors
/// The first [`Refusal`] of any connection.
pub fn send_all(installation: &Installation) -> Result<(), Refusal> {
    let sending = Sending::new(installation);
    sending.send_all()
}

impl Sending {
    /// For the installation's server, limit and number of connections.
    #[must_use]
    pub fn new(installation: &Installation) -> Self {
        let mail = &installation.config.mail;
        let per_minute = mail.per_minute.map(std::num::NonZeroU32::get);
        // With a low limit a batch would be held for long; then each connection takes what it sends within the second.
        let batch = per_minute.map_or(BATCH, |n| (n / (60 * u32::from(mail.connections))).clamp(1, BATCH));
        Self {
            installation: installation.clone(),
            gate: Gate::new(per_minute),
            frozen: FrozenWaves::default(),
            ticks: Ticks::new(&installation.identity, UNTICKED * usize::from(mail.connections)),
            batch,
        }
    }

    /// How many connections there are at most.
    #[must_use]
    pub fn connections(&self) -> u16 {
        self.installation.config.mail.connections
    }

    /// Sends everything that may leave now, on all connections at once; returns instead of waiting.
    ///
    /// # Errors
    /// The first [`Refusal`] of any connection.
    pub fn send_all(&self) -> Result<(), Refusal> {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..self.connections()).map(|_| scope.spawn(|| self.send_while(&|span: Duration| span.is_zero()))).collect();
            for thread in threads {
                thread.join().map_err(|_| Refusal::Unavailable("a mail thread ended in a panic".to_owned()))??;
            }
            Ok(())
        })
    }

    /// Sends on one connection until `pause` says to go home.
    ///
    /// A mail that cannot be sent is not an error here: it is tried again later, or its address is marked.
    ///
    /// # Errors
    /// When the stores cannot be read or written.
    pub fn send_while(&self, pause: Pause<'_>) -> Result<(), Refusal> {
        let mut line = self.installation.mail.line();
        loop {
            // What an earlier failure of the database left.
            self.ticks.flush()?;
            let permit = match self.gate.turn(self.now()) {
                _ if !pause(Duration::ZERO) => return Ok(()),
                Turn::Go(permit) => permit,
                Turn::Wait(span) => {
                    line.rest(KEPT_LINE);
                    if pause(span) { continue } else { return Ok(()) }
                }
            };
            let Some(permit) = self.send_link(permit, &mut line)? else { continue };
            let most = if permit.is_probe() { 1 } else { self.batch };
            let held_from = Instant::now();
            let jobs = self.installation.identity.lease_jobs(self.now(), most, LEASE, &mut rand::rng())?;
            if jobs.is_empty() {
                drop(permit);
                line.rest(KEPT_LINE);
                if pause(IDLE) { continue } else { return Ok(()) }
            }
            self.send_batch(&jobs, permit, held_from + TEXT_WITHIN, &mut line, pause)?;
        }
    }

    fn now(&self) -> Moment {
        self.installation.clock.now()
    }

    fn send_batch(&self, jobs: &[Job], permit: Permit<'_>, text_until: Instant, line: &mut Line, pause: Pause<'_>) -> Result<(), Refusal> {
        let mut left = jobs;
        let sent = self.send_each(&mut left, permit, text_until, line, pause);
        // Else they would wait for the end of their lease.
        self.give_back(left, None);
        sent
    }

    /// Sends one after the other; `left` are those of which it is not yet said what became of them.
    fn send_each(
        &self,
        left: &mut &[Job],
        permit: Permit<'_>,
        text_until: Instant,
        line: &mut Line,
        pause: Pause<'_>,
    ) -> Result<(), Refusal> {
        let jobs = *left;
        let letters = match contents(&self.installation, &self.frozen, jobs) {
            Ok(letters) => letters,
            Err(refusal) => {
                self.give_back(std::mem::take(left), Some(self.now().plus(FIRST_WAIT)));
                return Err(refusal);
            }
        };
        let mut permit = Some(permit);
        for (job, letter) in jobs.iter().zip(letters) {
            let mail = match letter {
                Letter::Needless => {
                    self.end(left, JobEnd::Done)?;
                    continue;
                }
                Letter::Send(wave, content) => match self.compose(job, &wave, &content) {
                    Ok(mail) => match self.signed(mail) {
                        Ok(mail) => mail,
                        Err(refusal) => {
                            self.give_back(std::mem::take(left), Some(self.now().plus(FIRST_WAIT)));
                            return Err(refusal);
                        }
                    },
                    Err(reason) => {
                        if may_be_told(job) {
                            tracing::error!(reason, "a mail cannot be written");
                        }
                        self.mark(job, AddressMark::Refused);
                        self.end(left, JobEnd::Done)?;
                        continue;
                    }
                },
            };
            let Some(permit) = permit.take().or_else(|| self.soon(pause)) else {
                return Ok(());
            };
            self.ticks.begin()?;
            let end = match line.send(&mail, text_until) {
                Ok(()) => {
                    permit.report(Outcome::Serves, self.now());
                    self.count(job, MailOutcome::Sent);
                    JobEnd::Done
                }
                Err(failure) => self.failed(job, &failure, permit),
            };
            *left = left.get(1..).unwrap_or_default();
            self.ticks.end(job.clone(), end)?;
        }
        Ok(())
    }

    /// Leave to send the next mail of a batch, if it comes soon enough to keep the batch.
    fn soon(&self, pause: Pause<'_>) -> Option<Permit<'_>> {
        loop {
            match self.gate.turn(self.now()) {
                _ if !pause(Duration::ZERO) => return None,
                Turn::Go(permit) => return Some(permit),
                Turn::Wait(span) if span > KEPT_BATCH || !pause(span) => return None,
                Turn::Wait(_) => {}
            }
        }
    }

    fn compose(&self, job: &Job, wave: &FrozenWave, content: &Content) -> Result<Mail, String> {
        let recipient = Recipient { name: job.name.clone(), address: job.mail.clone(), language: job.language.clone() };
        let sender = Sender::parse(&self.installation.config.mail.from).map_err(|e| format!("mail.from: {e}"))?;
        compose(&sender, &recipient, &wave.round, content, self.now(), rand::random()).map_err(|e| e.to_string())
    }

    fn signed(&self, mut mail: Mail) -> Result<Mail, Refusal> {
        if let Some(signer) = &self.installation.signer {
            mail.sign(signer, self.now()).map_err(|cause| Refusal::Unavailable(cause.to_string()))?;
        }
        Ok(mail)
    }

    /// What becomes of a job whose mail did not leave.
    fn failed(&self, job: &Job, failure: &MailFailure, permit: Permit<'_>) -> JobEnd {
        let reason = failure.reason.as_str();
        let now = self.now();
        let pause = permit.report(outcome_of(failure.blame), now).unwrap_or_default();
        self.count(job, if matches!(failure.blame, Blame::Address(_)) { MailOutcome::Refused } else { MailOutcome::Deferred });
        match failure.blame {
            Blame::Address(fault) => {
                if may_be_told(job) {
                    tracing::error!(reason, "a mail was refused for good because of its recipient");
                }
                let mark = match fault {
                    AddressFault::Unknown => AddressMark::UnknownAddress,
                    AddressFault::Full => AddressMark::Full,
                    AddressFault::Other => AddressMark::Refused,
                };
                self.mark(job, mark);
                match fault {
                    // A mailbox is emptied again, and without an invitation its owner cannot answer: it is offered now and then until the close.
                    AddressFault::Full if job.kind == JobKind::Invitation => {
                        JobEnd::TryAgain { at: now.plus(jittered(LONGEST_WAIT)), error: reason.to_owned() }
                    }
                    _ => JobEnd::Done,
                }
            }
            // Not the first in the row when the pause ends: if this very mail upsets the server, the probe should be another one.
            Blame::Server => {
                if may_be_told(job) {
                    tracing::warn!(reason, "a mail waits for the mail server");
                }
                JobEnd::NotItsFault { at: Some(now.plus(pause.saturating_add(jittered(FIRST_WAIT)))) }
            }
            Blame::AddressForNow | Blame::Unclear | Blame::Unanswered => {
                if may_be_told(job) {
                    tracing::warn!(attempts = job.attempts, reason, "a mail was not sent and will be tried again");
                }
                JobEnd::TryAgain { at: now.plus(jittered(waiting(job.attempts)).max(pause)), error: reason.to_owned() }
            }
        }
    }

    /// Counts what became of an attempt.
    fn count(&self, job: &Job, outcome: MailOutcome) {
        self.installation.vitals.mail(&job.wave, job.kind, outcome);
    }

    /// Marks the address of a job. A mark informs and nothing more, so a mail is not held up when it cannot be written.
    fn mark(&self, job: &Job, mark: AddressMark) {
        if let Err(cause) = self.installation.identity.mark_address(job, mark) {
            tracing::warn!(%cause, "an address could not be marked");
        }
    }

    /// Ends the first of the jobs that are left, without a mail.
    fn end(&self, left: &mut &[Job], end: JobEnd) -> Result<(), Refusal> {
        let Some((job, rest)) = left.split_first() else { return Ok(()) };
        self.ticks.begin()?;
        *left = rest;
        Ok(self.ticks.end(job.clone(), end)?)
    }

    /// Gives jobs back that were not tried, to be taken again at once or from a moment on.
    fn give_back(&self, jobs: &[Job], at: Option<Moment>) {
        self.ticks.hand_in(jobs.iter().map(|job| (job.clone(), JobEnd::NotItsFault { at })));
    }
}

/// What a failure says about the server.
const fn outcome_of(blame: Blame) -> Outcome {
    match blame {
        Blame::Address(_) | Blame::AddressForNow => Outcome::Serves,
        Blame::Unclear => Outcome::Unclear,
        Blame::Server | Blame::Unanswered => Outcome::Fails,
    }
}

/// How long a mail waits after so many attempts that failed, perhaps because of it.
fn waiting(attempts: u32) -> Duration {
    FIRST_WAIT.saturating_mul(1 << attempts.saturating_sub(1).min(16)).min(LONGEST_WAIT)
}

/// Whether the log may say what became of a mail. Not of a reminder: so many lines, so many people who have not answered.
fn may_be_told(job: &Job) -> bool {
    job.kind != JobKind::Reminder
}
