//! What Linux says about processes and the machine: CPU time, peak memory, idle share.

use std::fs;
use std::process::Command;
use std::time::Duration;

/// Ticks per second of the times in /proc.
fn ticks_per_second() -> f64 {
    let output = Command::new("getconf").arg("CLK_TCK").output().expect("getconf");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of ticks")
}

/// The fields of /proc/PID/stat from the third on; `None` when the process is gone.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything.
    Some(text.rsplit_once(") ")?.1.split_whitespace().map(str::to_owned).collect())
}

fn ticks(fields: &[String], places: std::ops::Range<usize>) -> f64 {
    fields[places].iter().filter_map(|field| field.parse::<f64>().ok()).sum()
}

fn seconds(ticks: f64) -> Duration {
    Duration::from_secs_f64(ticks / ticks_per_second())
}

/// User and system time of one process with all its threads.
pub(crate) fn cpu_of(pid: u32) -> Duration {
    seconds(stat(pid).map_or(0.0, |fields| ticks(&fields, 11..13)))
}

/// User and system time of a process, of its children that have ended, and of those that live.
pub(crate) fn cpu_of_family(pid: u32) -> Duration {
    let own = stat(pid).map_or(0.0, |fields| ticks(&fields, 11..15));
    let processes = fs::read_dir("/proc").expect("/proc").filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let children = processes.filter_map(stat).filter(|fields| fields[1] == pid.to_string()).map(|fields| ticks(&fields, 11..13));
    seconds(own + children.sum::<f64>())
}

/// The most memory that a process has held, in MiB.
pub(crate) fn peak_mib(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).map_or(f64::NAN, |kib| kib / 1024.0)
}

/// The machine's processor time since its start.
#[derive(Clone, Copy)]
pub(crate) struct Machine {
    idle: f64,
    waiting: f64,
    total: f64,
}

impl Machine {
    /// Now.
    pub(crate) fn now() -> Self {
        let text = fs::read_to_string("/proc/stat").expect("/proc/stat");
        let fields: Vec<f64> = text.lines().next().unwrap_or_default().split_whitespace().skip(1).filter_map(|f| f.parse().ok()).collect();
        // user nice system idle iowait irq softirq steal; the guest times behind them are parts of the first two.
        Self { idle: fields[3], waiting: fields[4], total: fields[..8].iter().sum() }
    }

    /// Shares of the time since `earlier` in which the processors had nothing to do, and in which they only waited for a disk; in percent.
    pub(crate) fn since(&self, earlier: &Self) -> (f64, f64) {
        let total = self.total - earlier.total;
        let share = |now: f64, before: f64| 100.0 * (now - before) / total.max(1.0);
        (share(self.idle, earlier.idle), share(self.waiting, earlier.waiting))
    }
}

/// The value below which the given share of the sorted values lies.
pub(crate) fn quantile(values: &mut [Duration], share: f64) -> Duration {
    values.sort_unstable();
    let place = (share * values.len() as f64).ceil() as usize;
    values.get(place.clamp(1, values.len().max(1)) - 1).copied().unwrap_or_default()
}
