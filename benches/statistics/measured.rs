//! Seconds by two clocks.

use std::fs;
use std::time::Instant;

/// Seconds that a piece of work took.
#[derive(Clone, Copy)]
pub(crate) struct Took {
    /// By the clock on the wall.
    pub(crate) wall: f64,
    /// User and system time of all threads, which does not grow when others use the machine too.
    pub(crate) processor: f64,
}

impl Took {
    /// Runs a piece of work.
    pub(crate) fn by<T>(work: impl FnOnce() -> T) -> (Self, T) {
        let (started, processor) = (Instant::now(), processor_seconds());
        let done = work();
        (Self { wall: started.elapsed().as_secs_f64(), processor: processor_seconds() - processor }, done)
    }
}

/// User and system time of this process in seconds (proc(5), in ticks of a hundredth of a second).
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(") ").map(|(_, fields)| fields.split_whitespace()).into_iter().flatten();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Prints and returns the middle of several measurements by the clock on the wall, and their mean processor time: one of them is only
/// a few ticks of that clock.
pub(crate) fn show(name: &str, answers: usize, times: &[Took]) -> Took {
    let mut walls: Vec<f64> = times.iter().map(|took| took.wall).collect();
    walls.sort_unstable_by(f64::total_cmp);
    let (fastest, wall) = (walls[0], walls[walls.len() / 2]);
    let processor = times.iter().map(|took| took.processor).sum::<f64>() / times.len() as f64;
    let rate = answers as f64 / processor / 1e6;
    println!(
        "{name:28} {wall:6.3} s (fastest {fastest:.3} s of {}), processor time {processor:.3} s, {rate:.0} million answers per second of it",
        times.len()
    );
    Took { wall, processor }
}
