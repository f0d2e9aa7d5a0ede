//! When the next mail may leave: the limit per minute, and the pause after a mail server that cannot be used.
//!
//! One gate serves all connections of the process. While the server fails, everybody waits at it; then one mail goes ahead as a probe, and the rest
//! follow when the server has answered it. So a queue of any length costs a dead server one attempt per pause.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Moment;
use rand::RngExt;

/// The first pause after a failure of the server; doubled with every further one.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);
/// So many refusals in a row that may be about us are taken as a failure of the server.
const DOUBTS: u32 = 8;
/// How soon to ask again while somebody else's probe is out.
const PROBE_OUT: Duration = Duration::from_secs(1);

/// What the server made of a mail, as the gate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It serves us: it took the mail, or refused it because of its recipient.
    Serves,
    /// It refused, perhaps because of us.
    Unclear,
    /// It cannot be used.
    Fails,
}

/// What the gate says.
pub(super) enum Turn<'a> {
    /// One mail may leave.
    Go(Permit<'a>),
    /// Nobody may before so long.
    Wait(Duration),
}

/// The leave to send one mail. Dropped without a report it counts as not used.
pub(super) struct Permit<'a> {
    gate: &'a Gate,
    probe: bool,
    /// The number of failures when it was given: what left before a failure tells nothing new about it.
    failures_seen: u64,
    /// The next free place in the minute, before and after this permit.
    slots: Option<(Moment, Moment)>,
    reported: bool,
}

#[derive(Debug, Default)]
struct State {
    /// Failures in a row; 0 while the server serves.
    failures: u32,
    /// Failures since the start.
    failures_ever: u64,
    /// Doubts in a row.
    doubts: u32,
    /// When the pause ends; set while the server fails.
    shut_until: Option<Moment>,
    probe_out: bool,
    next_slot: Option<Moment>,
}

/// Lets mails leave in turn. Shared by the threads of a process.
#[derive(Debug)]
pub(super) struct Gate {
    /// From one mail to the next, if there is a limit.
    spacing: Option<Duration>,
    state: Mutex<State>,
}

impl Gate {
    /// A gate that lets at most so many mails pass in any span of one minute, evenly spread.
    pub(super) fn new(per_minute: Option<u32>) -> Self {
        // Rounded up, so that a minute never holds one more.
        let spacing = per_minute.map(|n| Duration::from_micros(60_000_000_u64.div_ceil(u64::from(n.max(1)))));
        Self { spacing, state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change below is whole before the next line that could panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for leave to send one mail now.
    pub(super) fn turn(&self, now: Moment) -> Turn<'_> {
        let mut state = self.lock();
        let mut probe = false;
        if let Some(until) = state.shut_until {
            if now < until {
                return Turn::Wait(until.since(now));
            }
            if state.probe_out {
                return Turn::Wait(PROBE_OUT);
            }
            probe = true;
        }
        let mut slots = None;
        if let Some(spacing) = self.spacing {
            let free = state.next_slot.unwrap_or(now);
            if now < free {
                return Turn::Wait(free.since(now));
            }
            let next = now.plus(spacing);
            state.next_slot = Some(next);
            slots = Some((free, next));
        }
        state.probe_out |= probe;
        Turn::Go(Permit { gate: self, probe, failures_seen: state.failures_ever, slots, reported: false })
    }
}

impl Permit<'_> {
    /// Whether this mail goes ahead alone, to see whether the server is back.
    pub(super) fn is_probe(&self) -> bool {
        self.probe
    }

    /// Reports what became of the mail; the pause that everybody makes now, if there is one.
    pub(super) fn report(mut self, outcome: Outcome, now: Moment) -> Option<Duration> {
        self.reported = true;
        let mut state = self.gate.lock();
        if self.probe {
            state.probe_out = false;
        }
        let fails = match outcome {
            Outcome::Serves => {
                state.doubts = 0;
                // A mail that left before the failure may be answered after it, and its answer is old.
                if self.failures_seen == state.failures_ever && state.shut_until.take().is_some() {
                    state.failures = 0;
                    tracing::info!("the mail server can be used again");
                }
                false
            }
            Outcome::Unclear => {
                state.doubts = state.doubts.saturating_add(1);
                self.probe || state.doubts >= DOUBTS
            }
            Outcome::Fails => true,
        };
        if fails && self.failures_seen == state.failures_ever {
            let doubled = FIRST_PAUSE.saturating_mul(1 << state.failures.min(16)).min(LONGEST_PAUSE);
            let pause = jittered(doubled);
            if state.failures == 0 {
                tracing::warn!(seconds = pause.as_secs(), "the mail server cannot be used; all mails wait");
            }
            state.failures = state.failures.saturating_add(1);
            state.failures_ever += 1;
            state.shut_until = Some(now.plus(pause));
        }
        state.shut_until.filter(|_| fails).map(|until| until.since(now))
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.reported {
            return;
        }
        let mut state = self.gate.lock();
        if self.probe {
            state.probe_out = false;
        }
        if let Some((free, next)) = self.slots
            && state.next_slot == Some(next)
        {
            state.next_slot = Some(free);
        }
    }
}

/// Between half of a span and all of it, so that what failed together does not come back together.
pub(super) fn jittered(span: Duration) -> Duration {
    let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(rand::rng().random_range(micros / 2..=micros))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn start() -> Moment {
        Moment::parse("2026-11-02T09:15:00Z").unwrap()
    }

    fn go(gate: &Gate, now: Moment) -> Permit<'_> {
        match gate.turn(now) {
            Turn::Go(permit) => permit,
            Turn::Wait(span) => panic!("had to wait {span:?}"),
        }
    }

    fn passes(gate: &Gate, now: Moment) -> bool {
        match gate.turn(now) {
            Turn::Go(permit) => permit.report(Outcome::Serves, now).is_none(),
            Turn::Wait(_) => false,
        }
    }

    fn wait(gate: &Gate, now: Moment) -> Duration {
        match gate.turn(now) {
            Turn::Go(_) => panic!("was let through"),
            Turn::Wait(span) => span,
        }
    }

    #[test]
    fn no_span_of_a_minute_holds_more_mails_than_allowed_and_the_allowance_is_used() {
        for per_minute in [1, 7, 60, 100, 601] {
            let gate = Gate::new(Some(per_minute));
            let (mut now, mut sent) = (start(), Vec::new());
            while now < start().plus(Duration::from_secs(240)) {
                match gate.turn(now) {
                    Turn::Go(permit) => {
                        permit.report(Outcome::Serves, now);
                        sent.push(now);
                    }
                    Turn::Wait(span) => now = now.plus(span),
                }
            }
            let busiest = sent.iter().map(|from| sent.iter().filter(|at| *at >= from && at.since(*from) < Duration::from_secs(60)).count());
            assert_eq!(busiest.max(), Some(per_minute as usize));
            assert!(sent.len() >= 4 * per_minute as usize - 1, "{per_minute}: {}", sent.len());
        }
    }

    #[test]
    fn threads_share_one_limit() {
        let gate = Gate::new(Some(600));
        let passed: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        let moments = (0..1000).map(|millisecond| start().plus(Duration::from_millis(millisecond)));
                        moments.filter(|now| passes(&gate, *now)).count()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert!((1..=10).contains(&passed), "one each tenth of a second for all of them together: {passed}");
    }

    #[test]
    fn leave_that_was_not_used_costs_nothing() {
        let gate = Gate::new(Some(1));
        drop(go(&gate, start()));
        go(&gate, start()).report(Outcome::Serves, start());
        assert_eq!(wait(&gate, start()), Duration::from_secs(60));
    }

    #[test]
    fn after_a_failure_everybody_waits_longer_each_time_and_one_goes_ahead() {
        let gate = Gate::new(None);
        let (mut now, mut longest) = (start(), Duration::ZERO);
        for failure in 0..12 {
            let pause = go(&gate, now).report(Outcome::Fails, now).unwrap();
            let full = FIRST_PAUSE.saturating_mul(1 << failure).min(LONGEST_PAUSE);
            assert!(pause >= full / 2 && pause <= full, "{failure}: {pause:?}");
            assert_eq!(wait(&gate, now), pause);
            now = now.plus(pause);
            longest = longest.max(pause);
        }
        assert!(longest >= LONGEST_PAUSE / 2);
        let probe = go(&gate, now);
        assert!(probe.is_probe());
        assert_eq!(wait(&gate, now), PROBE_OUT);
        assert_eq!(probe.report(Outcome::Serves, now), None);
        let (one, other) = (go(&gate, now), go(&gate, now));
        assert!(!one.is_probe() && !other.is_probe());
    }

    #[test]
    fn mails_that_were_under_way_together_are_one_failure() {
        let gate = Gate::new(None);
        let all: Vec<_> = (0..8).map(|_| go(&gate, start())).collect();
        for permit in all {
            let pause = permit.report(Outcome::Fails, start()).unwrap();
            assert!(pause <= FIRST_PAUSE);
        }
    }

    #[test]
    fn an_old_success_does_not_open_a_gate_that_was_shut_after_it_left() {
        let gate = Gate::new(None);
        let (slow, failing) = (go(&gate, start()), go(&gate, start()));
        failing.report(Outcome::Fails, start());
        slow.report(Outcome::Serves, start());
        assert!(wait(&gate, start()) > Duration::ZERO);
    }

    #[test]
    fn a_refusal_that_may_be_about_one_recipient_stops_nobody_until_there_are_many_in_a_row() {
        let gate = Gate::new(None);
        for _ in 0..3 {
            for _ in 1..DOUBTS {
                assert_eq!(go(&gate, start()).report(Outcome::Unclear, start()), None);
            }
            go(&gate, start()).report(Outcome::Serves, start());
        }
        for _ in 1..DOUBTS {
            assert_eq!(go(&gate, start()).report(Outcome::Unclear, start()), None);
        }
        assert!(go(&gate, start()).report(Outcome::Unclear, start()).is_some());
    }

    #[test]
    fn a_probe_that_was_not_used_lets_the_next_one_go() {
        let gate = Gate::new(None);
        let pause = go(&gate, start()).report(Outcome::Fails, start()).unwrap();
        let now = start().plus(pause);
        drop(go(&gate, now));
        assert!(go(&gate, now).is_probe());
    }
}
