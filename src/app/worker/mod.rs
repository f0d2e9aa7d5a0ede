//! What happens without anybody asking: mail is sent, returned mail is read, dates are acted on, old sessions are swept out.
//!
//! `mail` sends what is due, on several connections; `Worker` runs it in threads until it is stopped.

pub mod bounces;
pub mod mail;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::installation::Installation;
use crate::lifecycle::{advance, exposed};
use crate::operating::{Vitals, WorkerKind, log_head};
use crate::worker::mail::Sending;

/// How often the dates are looked at.
const TICK: Duration = Duration::from_secs(1);
/// How often the folder of returned mails is looked at.
const RETURNED: Duration = Duration::from_secs(60);
/// How often a stopping process looks whether its threads have ended.
const LOOK: Duration = Duration::from_millis(20);

/// A flag that sleeping threads notice at once.
#[derive(Debug, Default)]
struct Stop {
    stopped: AtomicBool,
    bell: Condvar,
    lock: Mutex<()>,
}

impl Stop {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    fn stop(&self) {
        let _guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.stopped.store(true, Ordering::SeqCst);
        self.bell.notify_all();
    }

    fn sleep(&self, span: Duration) {
        let guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_stopped() {
            drop(self.bell.wait_timeout(guard, span));
        }
    }
}

/// The running worker; stops when dropped.
pub struct Worker {
    stop: Arc<Stop>,
    threads: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(installation: &Installation) -> std::io::Result<Self> {
        let stop = Arc::new(Stop::default());
        let mut worker = Self { stop: stop.clone(), threads: Vec::new() };
        let sending = Arc::new(Sending::new(installation));
        for number in 0..sending.connections() {
            let (sending, vitals, stop) = (sending.clone(), installation.vitals.clone(), stop.clone());
            worker
                .threads
                .push(std::thread::Builder::new().name(format!("mail-{number}")).spawn(move || send_until(&sending, &vitals, &stop))?);
        }
        if let Some(maildir) = installation.config.mail.bounces_maildir.clone() {
            let (installation, stop) = (installation.clone(), stop.clone());
            let reading = move || read_returned_until(&installation, &maildir, &stop);
            worker.threads.push(std::thread::Builder::new().name("returned-mail".to_owned()).spawn(reading)?);
        }
        let installation = installation.clone();
        worker.threads.push(std::thread::Builder::new().name("calendar".to_owned()).spawn(move || act_until(&installation, &stop))?);
        Ok(worker)
    }

    /// What asks the worker to begin nothing new.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static {
        let stop = self.stop.clone();
        move || stop.stop()
    }

    /// Waits until what is in the worker's hands is done, at most until `deadline`; whether it is done.
    ///
    /// What is left is nothing that a death of the process would not leave as well: a lease ends, a step is taken again.
    #[must_use]
    pub async fn finish(mut self, deadline: Instant) -> bool {
        self.stop.stop();
        while self.threads.iter().any(|thread| !thread.is_finished()) {
            if Instant::now() >= deadline {
                self.threads.clear();
                return false;
            }
            tokio::time::sleep(LOOK).await;
        }
        true
    }
}

/// Tells when a thread ends in a panic: nobody would miss it otherwise.
struct Watched<'a>(&'a Vitals);

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lose_thread();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.stop();
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing left to finish; its lease runs out.
            let _ = thread.join();
        }
    }
}

/// Records what weakens the promise of the running round and is not said in it.
pub(crate) fn look_around(installation: &Installation) {
    match exposed::watch(installation) {
        Ok(found) => found.iter().for_each(|one| {
            tracing::warn!(
                what = one.as_str(),
                "found while the round runs, and its promise does not say it: everybody will be told. See candor doctor"
            );
        }),
        Err(cause) => tracing::warn!(%cause, "what weakens the promise could not be looked for; trying again"),
    }
}

fn send_until(sending: &Sending, vitals: &Vitals, stop: &Stop) {
    let _watched = Watched(vitals);
    let pause = |span: Duration| {
        if !span.is_zero() {
            stop.sleep(span);
        }
        !stop.is_stopped()
    };
    while !stop.is_stopped() {
        if let Err(cause) = sending.send_while(&pause) {
            vitals.worker_failed(WorkerKind::Mail);
            tracing::warn!(%cause, "mails cannot be sent; trying again");
            stop.sleep(TICK * 5);
        }
    }
}

fn read_returned_until(installation: &Installation, maildir: &Path, stop: &Stop) {
    let _watched = Watched(&installation.vitals);
    while !stop.is_stopped() {
        match bounces::sweep(installation, maildir, || !stop.is_stopped()) {
            Ok(swept) if swept.left == 0 => {}
            Ok(_) => {
                installation.vitals.worker_failed(WorkerKind::ReturnedMail);
                tracing::warn!(
                    "some returned mails cannot be read or deleted: the program needs the right to do both in mail.bounces_maildir"
                );
            }
            Err(cause) => {
                installation.vitals.worker_failed(WorkerKind::ReturnedMail);
                tracing::warn!(%cause, "returned mails cannot be read; trying again");
            }
        }
        stop.sleep(RETURNED);
    }
}

fn act_until(installation: &Installation, stop: &Stop) {
    let _watched = Watched(&installation.vitals);
    let mut ticks: u32 = 0;
    while !stop.is_stopped() {
        let acted = advance::advance(installation, &mut |step| {
            installation.vitals.step(step);
            tracing::info!(step = step.describe(), "round");
        });
        installation.vitals.calendar_ticked(installation.clock.now());
        if let Err(cause) = acted {
            installation.vitals.worker_failed(WorkerKind::Calendar);
            tracing::error!(%cause, "the round cannot go on; trying again");
            stop.sleep(TICK * 10);
        }
        if ticks.is_multiple_of(10)
            && let Err(cause) = log_head::watch(installation)
        {
            tracing::warn!(%cause, "where the promise log stands could not be noted; trying again");
        }
        if ticks.is_multiple_of(600) {
            look_around(installation);
            let now = installation.clock.now();
            if let Err(cause) = installation.identity.expire_access(now) {
                tracing::warn!(%cause, "old sessions could not be swept out");
            }
            if let Err(cause) = installation.identity.expire_uploads(now) {
                tracing::warn!(%cause, "an old upload of a staff list could not be swept out");
            }
        }
        ticks = ticks.wrapping_add(1);
        stop.sleep(TICK);
    }
}
