//! The limit on sign-in attempts: per name and over all, in memory, without addresses.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::Moment;
use sha2::{Digest, Sha256};

/// Failed attempts allowed per name within [`WINDOW`].
const PER_NAME: u32 = 8;
/// Attempts allowed over all names within [`WINDOW`].
const OVERALL: u32 = 200;
/// The window in which attempts are counted.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// Names remembered at most; beyond that the oldest windows are dropped.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Count {
    since: Moment,
    attempts: u32,
}

/// Counts attempts to sign in.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    names: Mutex<HashMap<[u8; 32], Count>>,
    overall: Mutex<Option<Count>>,
}

impl Attempts {
    /// Counts one attempt.
    ///
    /// # Errors
    /// When the name, or everybody together, has to wait: for how long.
    pub(super) fn count(&self, login: &str, now: Moment) -> Result<(), Duration> {
        let mut overall = self.overall.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = overall.unwrap_or(Count { since: now, attempts: 0 });
        let waiting = step(&mut all, OVERALL, now);
        *overall = Some(all);
        drop(overall);
        waiting?;
        let key: [u8; 32] = Sha256::digest(login.trim().to_lowercase().as_bytes()).into();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= REMEMBERED {
            names.retain(|_, count| now.since(count.since) < WINDOW);
        }
        step(names.entry(key).or_insert(Count { since: now, attempts: 0 }), PER_NAME, now)
    }

    /// Takes the attempt of a successful sign-in back, and forgets those of its name: only failures count, so that a busy day locks nobody out.
    pub(super) fn forget(&self, login: &str) {
        if let Some(all) = self.overall.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            all.attempts = all.attempts.saturating_sub(1);
        }
        let key: [u8; 32] = Sha256::digest(login.trim().to_lowercase().as_bytes()).into();
        self.names.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}

fn step(count: &mut Count, limit: u32, now: Moment) -> Result<(), Duration> {
    if now.since(count.since) >= WINDOW {
        *count = Count { since: now, attempts: 0 };
    }
    if count.attempts >= limit {
        return Err(WINDOW.saturating_sub(now.since(count.since)));
    }
    count.attempts += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_ninth_attempt_on_a_name_waits_and_another_name_does_not() {
        let attempts = Attempts::default();
        let now = Moment::from_micros(0);
        for _ in 0..PER_NAME {
            attempts.count("hr", now).unwrap();
        }
        assert!(attempts.count(" HR ", now).is_err());
        attempts.count("leader", now).unwrap();
        attempts.count("hr", now.plus(WINDOW)).unwrap();
    }

    #[test]
    fn any_number_of_successful_sign_ins_locks_nobody_out() {
        let attempts = Attempts::default();
        let now = Moment::from_micros(0);
        for i in 0..3 * OVERALL {
            attempts.count(&format!("name{i}"), now).unwrap();
            attempts.forget(&format!("name{i}"));
        }
    }

    #[test]
    fn many_names_together_are_limited_too() {
        let attempts = Attempts::default();
        let now = Moment::from_micros(0);
        for i in 0..OVERALL {
            attempts.count(&format!("name{i}"), now).unwrap();
        }
        assert!(attempts.count("fresh", now).is_err());
    }
}
