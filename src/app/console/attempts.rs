//! The limit on sign-in attempts, in memory, without addresses: behind a proxy everybody has the same one, and Candor keeps none.
//!
//! A limit per name alone would let anybody lock anybody out. So a browser in which somebody has signed in before has a count of its own
//! (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"): whatever others try with the name, the owner's own browser is not slowed
//! down. Everybody else shares the count of the name and one over all names. A one-time link makes a browser known, too, so that there is a
//! way in for somebody who has lost theirs while others guess.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::Moment;
use sha2::{Digest, Sha256};

/// Attempts allowed per name, or per known browser, within a window.
const PER_NAME: u32 = 8;
/// Attempts allowed over all names within [`WINDOW`], known browsers left out.
const OVERALL: u32 = 200;
/// The window in which attempts are counted at first.
const WINDOW: Duration = Duration::from_secs(5 * 60);
/// The longest window: a window of many attempts is followed by one of twice its length, up to this.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// Names remembered at most; beyond that those whose windows have passed are dropped, and then all.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Count {
    since: Moment,
    attempts: u32,
    window: Duration,
}

impl Count {
    const fn from(now: Moment) -> Self {
        Self { since: now, attempts: 0, window: WINDOW }
    }
}

/// Who tries to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// A browser in which somebody has signed in with this name before, by the hash of what it holds.
    Known([u8; 32]),
    /// Any other.
    Unknown,
}

/// Counts attempts to sign in.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    counts: Mutex<HashMap<[u8; 32], Count>>,
    overall: Mutex<Option<Count>>,
}

impl Attempts {
    /// Counts one attempt.
    ///
    /// # Errors
    /// When the caller has to wait: for how long.
    pub(super) fn count(&self, login: &str, caller: Caller, now: Moment) -> Result<(), Duration> {
        if caller == Caller::Unknown {
            let mut overall = self.overall.lock().unwrap_or_else(PoisonError::into_inner);
            let mut all = overall.unwrap_or(Count::from(now));
            let waiting = step(&mut all, OVERALL, WINDOW, now);
            *overall = Some(all);
            waiting?;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, count| now.since(count.since) < count.window);
            if counts.len() >= REMEMBERED {
                counts.clear();
            }
        }
        step(counts.entry(key(login, caller)).or_insert(Count::from(now)), PER_NAME, LONGEST, now)
    }

    /// Takes the attempt of a successful sign-in back, and forgets those of its caller: only failures count, so that a busy day locks nobody out.
    pub(super) fn forget(&self, login: &str, caller: Caller) {
        if caller == Caller::Unknown
            && let Some(all) = self.overall.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
        {
            all.attempts = all.attempts.saturating_sub(1);
        }
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(login, caller));
    }
}

fn key(login: &str, caller: Caller) -> [u8; 32] {
    match caller {
        Caller::Known(device) => Sha256::new().chain_update(b"known\0").chain_update(device).finalize().into(),
        Caller::Unknown => Sha256::new().chain_update(b"name\0").chain_update(login.trim().to_lowercase()).finalize().into(),
    }
}

fn step(count: &mut Count, limit: u32, longest: Duration, now: Moment) -> Result<(), Duration> {
    let passed = now.since(count.since);
    if passed >= count.window {
        // Whoever goes on guessing waits longer each time; a quiet window makes up for it.
        let busy = count.attempts * 2 >= limit && passed < count.window * 2;
        let window = if busy { (count.window * 2).min(longest) } else { WINDOW };
        *count = Count { since: now, attempts: 0, window };
    }
    if count.attempts >= limit {
        return Err(count.window.saturating_sub(now.since(count.since)));
    }
    count.attempts += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const KNOWN: Caller = Caller::Known([7; 32]);

    fn at(seconds: u64) -> Moment {
        Moment::from_micros(0).plus(Duration::from_secs(seconds))
    }

    #[test]
    fn the_ninth_attempt_on_a_name_waits_and_another_name_does_not() {
        let attempts = Attempts::default();
        for _ in 0..PER_NAME {
            attempts.count("hr", Caller::Unknown, at(0)).unwrap();
        }
        assert_eq!(attempts.count(" HR ", Caller::Unknown, at(0)), Err(WINDOW));
        attempts.count("leader", Caller::Unknown, at(0)).unwrap();
        attempts.count("hr", Caller::Unknown, at(300)).unwrap();
    }

    #[test]
    fn whatever_others_try_the_browser_of_the_owner_is_not_slowed_down() {
        let attempts = Attempts::default();
        for second in 0..3600 {
            let _ = attempts.count("hr", Caller::Unknown, at(second));
            let _ = attempts.count(&format!("name{second}"), Caller::Unknown, at(second));
        }
        assert!(attempts.count("hr", Caller::Unknown, at(3600)).is_err(), "this test would show nothing");
        attempts.count("hr", KNOWN, at(3600)).unwrap();
        // Its own failures count for itself, and for nobody else.
        for _ in 1..PER_NAME {
            attempts.count("hr", KNOWN, at(3600)).unwrap();
        }
        assert!(attempts.count("hr", KNOWN, at(3600)).is_err());
        attempts.count("hr", Caller::Known([8; 32]), at(3600)).unwrap();
    }

    #[test]
    fn whoever_goes_on_guessing_gets_at_most_eight_attempts_an_hour_in_the_end() {
        let attempts = Attempts::default();
        let mut taken = 0;
        for second in (0..24 * 3600).step_by(10) {
            taken += u32::from(attempts.count("hr", Caller::Unknown, at(second)).is_ok());
        }
        assert!((8 * 22..=8 * 28).contains(&taken), "{taken}");
        // A quiet hour or two, and the first window is the short one again.
        for _ in 0..PER_NAME {
            attempts.count("hr", Caller::Unknown, at(30 * 3600)).unwrap();
        }
        assert_eq!(attempts.count("hr", Caller::Unknown, at(30 * 3600)), Err(WINDOW));
    }

    #[test]
    fn any_number_of_successful_sign_ins_locks_nobody_out() {
        let attempts = Attempts::default();
        for i in 0..3 * OVERALL {
            attempts.count(&format!("name{i}"), Caller::Unknown, at(0)).unwrap();
            attempts.forget(&format!("name{i}"), Caller::Unknown);
        }
    }

    #[test]
    fn many_names_together_are_limited_too() {
        let attempts = Attempts::default();
        for i in 0..OVERALL {
            attempts.count(&format!("name{i}"), Caller::Unknown, at(0)).unwrap();
        }
        assert!(attempts.count("fresh", Caller::Unknown, at(0)).is_err());
        attempts.count("fresh", KNOWN, at(0)).unwrap();
    }
}
