//! Complete submissions per second and what they cost: the real server under 8 and 64 clients, on SQLite and on PostgreSQL.
//!
//! ```text
//! cargo bench --bench submit
//! cargo bench --bench submit -- --clients 8 --engines sqlite --fsync-delay 5
//! ```
//!
//! A submission is what a browser does: promise sheet, group, credential, ballot. Clients, server and database share this machine, so the
//! rate says little beyond it; the server's processor time per submission, and the ratio to the baseline of the same run, say more. The
//! baseline is the engine alone: two durable one-row transactions in a row per submission, without HTTP, cryptography or grouping.
//! `--fsync-delay` makes every flush of server and database to the disk take that much longer, as it does on slower disks.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod bare;
#[path = "../../tests/load/mod.rs"]
mod load;
mod measure;
mod syncs;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use clap::Parser;
use load::{Driver, Ledger, Person, Scene, Server, Stores, Timing};
use measure::{Machine, cpu_of, cpu_of_family, peak_mib, quantile};
use syncs::Syncs;
use test_postgres::{Cluster, Disk};

/// The server's processor time per submission must not be more, in milliseconds.
const MOST_CPU: f64 = 2.3;
/// Its memory must never have been more, in MiB.
const MOST_MEMORY: f64 = 60.0;
/// Below this share of idle time the processors are the limit, in percent.
const BUSY: f64 = 10.0;
/// How many submissions warm the server up.
const WARM_UP: usize = 100;
/// How long the baseline runs.
const BASELINE: Duration = Duration::from_secs(3);

#[derive(Parser)]
struct Arguments {
    /// How many clients at a time; several runs.
    #[arg(long, value_delimiter = ',', default_values_t = [8, 64])]
    clients: Vec<usize>,
    /// Which engines.
    #[arg(long, value_delimiter = ',', default_values_t = ["sqlite".to_owned(), "postgresql".to_owned()])]
    engines: Vec<String>,
    /// Submissions per run.
    #[arg(long, default_value_t = 3_000)]
    people: usize,
    /// Milliseconds that every flush to the disk takes longer.
    #[arg(long, default_value_t = 0.0)]
    fsync_delay: f64,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What one run showed.
struct Run {
    engine: &'static str,
    clients: usize,
    per_second: f64,
    server_cpu: f64,
    database_cpu: Option<f64>,
    timings: Vec<Timing>,
    peak: f64,
    idle: f64,
    disk: f64,
    others: f64,
    syncs: Option<f64>,
    repeated: u64,
    baseline: bare::Bare,
    baseline_syncs: Option<f64>,
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--bare", rest)) = given.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        let (pairs, per_second) = bare::child(rest);
        println!("{pairs} {per_second}");
        return;
    }
    let arguments = Arguments::parse();
    let syncs = Syncs::attached();
    if syncs.is_none() {
        if let Some(status) = Syncs::run_again() {
            std::process::exit(status.code().unwrap_or(1));
        }
        assert!(arguments.fsync_delay == 0.0, "--fsync-delay needs a C compiler (cc)");
        println!("There is no C compiler (cc), so flushes to the disk are not counted.");
    }
    println!("{} submissions per run, {} warm-up, every flush {} ms slower", arguments.people, WARM_UP, arguments.fsync_delay);
    let mut runs = Vec::new();
    for engine in &arguments.engines {
        let engine = match engine.as_str() {
            "sqlite" => "SQLite",
            "postgresql" => "PostgreSQL",
            other => panic!("there is no engine {other}: sqlite, postgresql"),
        };
        runs.extend(arguments.clients.iter().map(|clients| run(engine, *clients, &arguments, syncs.as_ref())));
    }
    print(&runs);
}

fn run(engine: &'static str, clients: usize, arguments: &Arguments, syncs: Option<&Syncs>) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = (engine == "PostgreSQL").then(|| Cluster::start(Disk::Durable, &[]));
    let databases: Vec<_> = cluster.iter().flat_map(|cluster| (0..4).map(|_| cluster.database())).collect();
    let (stores, baseline_stores) = match databases.as_slice() {
        [] => (Stores::sqlite(&sub(folder.path(), "served")), Stores::sqlite(&sub(folder.path(), "baseline"))),
        [a, b, c, d, ..] => (Stores { identity: a.url(), responses: b.url() }, Stores { identity: c.url(), responses: d.url() }),
        _ => unreachable!(),
    };
    let scene = Scene::configure(&sub(folder.path(), "served"), &stores);
    let people = scene.launch(arguments.people + WARM_UP);
    let (warm_up, people) = people.split_at(WARM_UP);
    let server = Server::start(Path::new(env!("CARGO_BIN_EXE_candor")), &scene);
    let base = scene.base();
    drive(&base, warm_up, clients);
    if let Some(syncs) = syncs {
        syncs.delay(Duration::from_secs_f64(arguments.fsync_delay / 1e3));
    }

    let counted = || syncs.map_or(0, Syncs::count);
    let postmaster = cluster.as_ref().map(postmaster);
    let database = || postmaster.map(cpu_of_family);
    let (machine, started, own, served, stored, flushed) =
        (Machine::now(), Instant::now(), cpu_of(std::process::id()), cpu_of(server.pid()), database(), counted());
    let (timings, repeated) = drive(&base, people, clients);
    let elapsed = started.elapsed().as_secs_f64();
    let (idle, disk) = Machine::now().since(&machine);
    let server_cpu = cpu_of(server.pid()) - served;
    let database_cpu = database().zip(stored).map(|(now, before)| now.saturating_sub(before));
    let measured = server_cpu + database_cpu.unwrap_or_default() + (cpu_of(std::process::id()) - own);
    let cores = std::thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
    let each = |span: Duration| span.as_secs_f64() * 1e3 / people.len() as f64;
    let flushes = counted() - flushed;
    let peak = peak_mib(server.pid());
    server.stop();

    let flushed = counted();
    let baseline = bare::measure(&baseline_stores, clients, BASELINE);
    let baseline_flushes = counted() - flushed;
    if let Some(syncs) = syncs {
        syncs.delay(Duration::ZERO);
    }
    Run {
        engine,
        clients,
        per_second: people.len() as f64 / elapsed,
        server_cpu: each(server_cpu),
        database_cpu: database_cpu.map(each),
        timings,
        peak,
        idle,
        disk,
        others: (100.0 - idle - disk - 100.0 * measured.as_secs_f64() / elapsed / cores).max(0.0),
        syncs: syncs.map(|_| flushes as f64 / people.len() as f64),
        repeated,
        baseline,
        baseline_syncs: syncs.map(|_| baseline_flushes as f64 / baseline.pairs as f64),
    }
}

/// The process from which all of a cluster's processes come.
fn postmaster(cluster: &Cluster) -> u32 {
    let file = std::fs::read_to_string(cluster.folder().join("data/postmaster.pid")).expect("the cluster's process id");
    file.lines().next().and_then(|line| line.parse().ok()).expect("a process id")
}

fn sub(folder: &Path, name: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(&path).expect("a folder");
    path
}

/// Lets everybody answer; everybody must get a receipt.
fn drive(base: &str, people: &[Person], clients: usize) -> (Vec<Timing>, u64) {
    let (ledger, stop) = (Ledger::of(people.len()), AtomicBool::new(false));
    let driver = Driver { base, people, ledger: &ledger, stop: &stop, longest_wait: Duration::from_secs(2) };
    let timings = driver.run(clients);
    assert_eq!((ledger.receipts(), ledger.refused()), (people.len(), Vec::new()));
    let repeated = [&ledger.lost, &ledger.busy, &ledger.internal].map(|counter| counter.load(std::sync::atomic::Ordering::Relaxed));
    (timings, repeated.iter().sum())
}

fn print(runs: &[Run]) {
    println!("\nmilliseconds of processor time per submission; latencies in milliseconds; shares of the machine in percent");
    println!(
        "{:<11}{:>8}{:>9}{:>8}{:>9}{:>16}{:>16}{:>16}{:>6}{:>6}{:>6}{:>8}{:>8}{:>9}",
        "engine",
        "clients",
        "subm./s",
        "server",
        "database",
        "whole p50/p95",
        "issue p50/p95",
        "redeem p50/p95",
        "MiB",
        "idle",
        "disk",
        "others",
        "flushes",
        "repeated"
    );
    let or_dash = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    for run in runs {
        let pair = |of: fn(&Timing) -> Duration| {
            let mut spans: Vec<Duration> = run.timings.iter().map(of).collect();
            let at = |spans: &mut [Duration], share| quantile(spans, share).as_secs_f64() * 1e3;
            format!("{:.1}/{:.1}", at(&mut spans, 0.5), at(&mut spans, 0.95))
        };
        println!(
            "{:<11}{:>8}{:>9.0}{:>8.2}{:>9}{:>16}{:>16}{:>16}{:>6.0}{:>6.0}{:>6.0}{:>8.0}{:>8}{:>9}",
            run.engine,
            run.clients,
            run.per_second,
            run.server_cpu,
            or_dash(run.database_cpu),
            pair(|timing| timing.whole),
            pair(|timing| timing.issue),
            pair(|timing| timing.redeem),
            run.peak,
            run.idle,
            run.disk,
            run.others,
            or_dash(run.syncs),
            run.repeated,
        );
        println!(
            "{:<11}{:>8}{:>9.0}  two durable one-row transactions in a row, the engine alone{:>57}",
            "  baseline",
            run.clients,
            run.baseline.per_second,
            or_dash(run.baseline_syncs)
        );
    }
    println!("\ntargets");
    let line = |reached: bool, what: String| println!("  {} {what}", if reached { "reached    " } else { "NOT REACHED" });
    for run in runs {
        let name = format!("{}, {} clients:", run.engine, run.clients);
        line(
            run.server_cpu <= MOST_CPU,
            format!("{name} server {:.2} ms of processor time per submission, at most {MOST_CPU}", run.server_cpu),
        );
        line(run.peak <= MOST_MEMORY, format!("{name} peak memory {:.0} MiB, at most {MOST_MEMORY}", run.peak));
        let ratio = run.per_second / run.baseline.per_second;
        match (run.engine, run.clients) {
            ("SQLite", 64) if ratio < 4.0 && run.idle < BUSY => {
                line(
                    true,
                    format!(
                        "{name} {ratio:.2} times its baseline, at least 4 unless the processors are the limit: they are, {:.0} % idle",
                        run.idle
                    ),
                );
            }
            ("SQLite", 64) => line(ratio >= 4.0, format!("{name} {ratio:.2} times its baseline, at least 4")),
            ("PostgreSQL", 8) => line(ratio >= 0.5, format!("{name} {ratio:.2} times its baseline, at least 0.5")),
            _ => println!("              {name} {ratio:.2} times its baseline (no target)"),
        }
    }
}
