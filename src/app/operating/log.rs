//! The log: lines for people or JSON for programs, and never a line of a dependency that could name a path, an address or a token.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use clap::ValueEnum;
use domain::{Clock, Moment, SystemClock};
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt::layer};

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// The rooms of this program: the only sources of lines whose content is known.
const OWN: &[&str] = &[
    "candor",
    "cards",
    "disclosure",
    "domain",
    "identity",
    "keyholder",
    "paper",
    "protocol",
    "release",
    "reports",
    "responses",
    "statistics",
    "storage",
];

/// How many lines the demo keeps; older ones are forgotten.
const KEPT: usize = 10_000;

/// The lines that are kept, once somebody asked for it.
static LINES: OnceLock<Mutex<VecDeque<String>>> = OnceLock::new();

/// Sends the log to the standard error; `CANDOR_LOG` chooses how much of it, `usual` when it is absent or no filter.
pub fn to_stderr(usual: &str, form: Format) {
    start(usual, form, false);
}

/// The same, and keeps every line that the program may write at all in memory, however little of it goes to the standard error. For the demo, which lays its
/// log open.
pub fn to_stderr_and_memory(usual: &str, form: Format) {
    start(usual, form, true);
}

/// The lines that were kept, oldest first; `None` in a process that keeps none.
#[must_use]
pub fn kept() -> Option<Vec<String>> {
    LINES.get().map(|lines| lock(lines).iter().cloned().collect())
}

fn lock(lines: &Mutex<VecDeque<String>>) -> MutexGuard<'_, VecDeque<String>> {
    // Every change leaves the list whole, so a thread that panicked elsewhere does no harm.
    lines.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what is written to it: each write is one line.
struct Keeper(&'static Mutex<VecDeque<String>>);

impl io::Write for Keeper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lines = lock(self.0);
        lines.push_back(String::from_utf8_lossy(bytes).trim_end().to_owned());
        if lines.len() > KEPT {
            lines.pop_front();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn start(usual: &str, form: Format, keep: bool) {
    let chosen = EnvFilter::try_from_env("CANDOR_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let filter = chosen.and(filter_fn(is_harmless));
    let plain = layer().with_writer(std::io::stderr).with_target(false);
    let lines = match form {
        Format::Text => plain.with_ansi(std::io::stderr().is_terminal()).with_filter(filter).boxed(),
        Format::Json => plain.json().flatten_event(true).with_current_span(false).with_span_list(false).with_filter(filter).boxed(),
    };
    let kept = keep.then(|| {
        let lines = LINES.get_or_init(Mutex::default);
        layer().with_writer(move || Keeper(lines)).with_target(false).with_ansi(false).with_filter(filter_fn(is_harmless))
    });
    // A second call (in tests) keeps the first subscriber.
    let _ = tracing_subscriber::registry().with(lines).with(kept).try_init();
}

/// Whether a line may be written at all, whatever `CANDOR_LOG` asks for. HTTP and mail libraries log paths, addresses and peers at their talkative levels;
/// of them only the listeners' own failures pass.
fn is_harmless(line: &Metadata<'_>) -> bool {
    let source = line.target().split("::").next().unwrap_or_default();
    OWN.contains(&source) || (source == "actix_server" && *line.level() <= Level::WARN)
}

/// From now on a panic is logged by its place alone: its message could quote what somebody sent.
pub fn panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(reference = %reference(), place, "the program has a fault; please report the place");
    }));
}

/// A short random name by which somebody finds the line that belongs to an error page.
#[must_use]
pub fn reference() -> String {
    data_encoding::HEXLOWER.encode(&rand::random::<[u8; 4]>())
}

/// Lets a line of the respondents' side through at most once a minute, so that the log counts no requests and gives no times of theirs.
#[derive(Debug, Default)]
pub struct Seldom(AtomicI64);

impl Seldom {
    /// A fresh one, for a `static`.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }

    /// Logs that something failed on the respondents' side, unless that was said within the last minute.
    pub fn error(&self, what: &'static str, cause: &dyn fmt::Display) {
        if self.passes(SystemClock.now()) {
            tracing::error!(%cause, "{what}; the same is not said again for a minute");
        }
    }

    fn passes(&self, now: Moment) -> bool {
        let minute = now.micros().div_euclid(60_000_000);
        self.0.fetch_max(minute, Ordering::Relaxed) < minute
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn of_many_failures_in_a_minute_one_is_said() {
        let seldom = Seldom::new();
        let said = |micros: i64| seldom.passes(Moment::from_micros(micros));
        assert!(said(0));
        assert!(!said(1) && !said(59_999_999));
        assert!(said(60_000_000));
        assert!(!said(60_000_001));
    }

    #[test]
    fn lines_are_kept_in_their_order_and_the_oldest_are_forgotten() {
        let lines: &'static Mutex<VecDeque<String>> = Box::leak(Box::default());
        let mut keeper = Keeper(lines);
        for number in 0..=KEPT {
            std::io::Write::write_all(&mut keeper, format!("line {number}\n").as_bytes()).unwrap();
        }
        let kept = lock(lines);
        assert_eq!((kept.len(), kept.front().unwrap().as_str(), kept.back().unwrap().as_str()), (KEPT, "line 1", "line 10000"));
    }

    #[test]
    fn every_room_of_the_house_may_write_to_the_log() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
        for member in lock.lines().filter_map(|line| line.trim().strip_prefix("\"src/")?.strip_suffix("\",")) {
            assert!(OWN.contains(&member), "{member}");
        }
    }
}
