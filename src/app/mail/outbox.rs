//! Mails kept in memory, so that the demo can show them in the browser.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::ExposeSecret;

use super::message::Mail;

/// How many mails are kept by default; older ones are forgotten.
const KEPT: usize = 2_000;

/// The newest mails, shared between the worker that fills it and the page that shows it.
#[derive(Clone)]
pub struct MemoryOutbox {
    kept: Arc<Mutex<Kept>>,
    limit: usize,
}

#[derive(Default)]
struct Kept {
    mails: VecDeque<Arc<CapturedMail>>,
    total: u64,
}

/// A mail that was kept instead of sent. It holds live links; only the demo shows it.
pub struct CapturedMail {
    /// Its number, counted from 1 in the order of sending.
    pub number: u64,
    /// The recipient, name and address.
    pub to: String,
    /// The sender.
    pub from: String,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The personal link, if the mail has one.
    pub link: Option<String>,
    /// The whole mail as a server would get it.
    pub raw: Vec<u8>,
}

impl Default for MemoryOutbox {
    fn default() -> Self {
        Self::keeping(KEPT)
    }
}

impl fmt::Debug for MemoryOutbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryOutbox").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl MemoryOutbox {
    /// An outbox that keeps the newest `limit` mails.
    #[must_use]
    pub fn keeping(limit: usize) -> Self {
        Self { kept: Arc::default(), limit }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // Every change below leaves the list whole, so a thread that panicked elsewhere does no harm.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep(&self, mail: &Mail) {
        let raw = mail.raw.clone().into_bytes();
        let mut kept = self.lock();
        kept.total += 1;
        let captured = CapturedMail {
            number: kept.total,
            to: mail.to.clone(),
            from: mail.from.clone(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            html: mail.html.clone(),
            link: mail.link.as_ref().map(|link| link.expose_secret().to_owned()),
            raw,
        };
        kept.mails.push_back(Arc::new(captured));
        while kept.mails.len() > self.limit {
            kept.mails.pop_front();
        }
    }

    /// The newest mails, newest first, at most `limit`.
    #[must_use]
    pub fn newest(&self, limit: usize) -> Vec<Arc<CapturedMail>> {
        self.lock().mails.iter().rev().take(limit).cloned().collect()
    }

    /// The mail of a number, unless it was forgotten.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<Arc<CapturedMail>> {
        self.lock().mails.iter().find(|mail| mail.number == number).cloned()
    }

    /// How many mails were kept since the start, the forgotten ones included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.lock().total
    }

    /// Forgets the mails that `which` picks.
    pub fn forget(&self, which: impl Fn(&CapturedMail) -> bool) {
        self.lock().mails.retain(|mail| !which(mail));
    }

    /// Forgets every mail, for instance when a round has ended and its links are dead.
    pub fn clear(&self) {
        self.lock().mails.clear();
    }
}
