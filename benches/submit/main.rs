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
mod ungrouped;

use std::path::Path;
use std::process::Command;
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

/// How one server did under the clients.
struct Served {
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
}

/// What one run showed.
struct Run {
    engine: &'static str,
    clients: usize,
    /// The server as it is.
    shared: Served,
    /// The same server without grouping.
    one_by_one: Served,
    /// The engine alone.
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
    if let Some((ungrouped::ARGUMENT, rest)) = given.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return ungrouped::serve(rest);
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
    let databases: Vec<_> = cluster.iter().flat_map(|cluster| (0..6).map(|_| cluster.database())).collect();
    let stores = |number: usize| match databases.get(2 * number..) {
        Some([identity, responses, ..]) => Stores { identity: identity.url_over_tcp(), responses: responses.url_over_tcp() },
        _ => Stores::sqlite(&sub(folder.path(), &number.to_string())),
    };
    let postmaster = cluster.as_ref().map(postmaster);
    let slower = |by: f64| syncs.iter().for_each(|syncs| syncs.delay(Duration::from_secs_f64(by / 1e3)));
    let served = |number: usize, program: Command| {
        let scene = Scene::configure(&sub(folder.path(), &format!("served {number}")), &stores(number));
        let people = scene.launch(arguments.people + WARM_UP);
        let server = Server::start_with(program, &scene);
        slower(arguments.fsync_delay);
        let served = serve_people(&server, &scene.base(), &people, clients, postmaster, syncs);
        slower(0.0);
        server.stop();
        served
    };
    let shared = served(0, Command::new(env!("CARGO_BIN_EXE_candor")));
    let one_by_one = served(1, ungrouped::command());
    slower(arguments.fsync_delay);
    let flushed = syncs.map(Syncs::count);
    let baseline = bare::measure(&stores(2), clients, BASELINE);
    let flushes = syncs.map(Syncs::count).zip(flushed).map(|(now, before)| now - before);
    slower(0.0);
    let baseline_syncs = flushes.map(|flushes| flushes as f64 / baseline.pairs as f64);
    Run { engine, clients, shared, one_by_one, baseline, baseline_syncs }
}

/// Warms a server up, then measures how it serves people.
fn serve_people(server: &Server, base: &str, people: &[Person], clients: usize, postmaster: Option<u32>, syncs: Option<&Syncs>) -> Served {
    let (warm_up, people) = people.split_at(WARM_UP);
    drive(base, warm_up, clients);
    let database = || postmaster.map(cpu_of_family);
    let (machine, started, own) = (Machine::now(), Instant::now(), cpu_of(std::process::id()));
    let (served, stored, flushed) = (cpu_of(server.pid()), database(), syncs.map(Syncs::count));
    let (timings, repeated) = drive(base, people, clients);
    let elapsed = started.elapsed().as_secs_f64();
    let (idle, disk) = Machine::now().since(&machine);
    let server_cpu = cpu_of(server.pid()) - served;
    let database_cpu = database().zip(stored).map(|(now, before)| now.saturating_sub(before));
    let measured = server_cpu + database_cpu.unwrap_or_default() + (cpu_of(std::process::id()) - own);
    let cores = std::thread::available_parallelism().map_or(1.0, |cores| cores.get() as f64);
    let each = |span: Duration| span.as_secs_f64() * 1e3 / people.len() as f64;
    let flushes = syncs.map(Syncs::count).zip(flushed).map(|(now, before)| now - before);
    Served {
        per_second: people.len() as f64 / elapsed,
        server_cpu: each(server_cpu),
        database_cpu: database_cpu.map(each),
        timings,
        peak: peak_mib(server.pid()),
        idle,
        disk,
        others: (100.0 - idle - disk - 100.0 * measured.as_secs_f64() / elapsed / cores).max(0.0),
        syncs: flushes.map(|flushes| flushes as f64 / people.len() as f64),
        repeated,
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
    println!(
        "\nProcessor times are milliseconds per submission, latencies milliseconds, idle, disk and others shares of the machine in percent.\n\
         \"one by one\" is the same server without grouping; \"baseline\" is two durable one-row transactions in a row, the engine alone.\n"
    );
    println!(
        "{:<13}{:>8}{:>9}{:>8}{:>9}{:>15}{:>15}{:>15}{:>6}{:>6}{:>6}{:>8}{:>9}{:>10}",
        "engine",
        "clients",
        "subm./s",
        "server",
        "database",
        "whole p50/p95",
        "issue",
        "redeem",
        "MiB",
        "idle",
        "disk",
        "others",
        "flushes",
        "repeated"
    );
    for run in runs {
        line(run.engine, run.clients, &run.shared);
        line("  one by one", run.clients, &run.one_by_one);
        println!("{:<13}{:>8}{:>9.0}{:>97}", "  baseline", run.clients, run.baseline.per_second, or_dash(run.baseline_syncs));
    }
    println!("\ntargets");
    runs.iter().for_each(judge);
}

fn or_dash(value: Option<f64>) -> String {
    value.map_or("-".to_owned(), |value| format!("{value:.2}"))
}

fn line(name: &str, clients: usize, served: &Served) {
    let pair = |of: fn(&Timing) -> Duration| {
        let mut spans: Vec<Duration> = served.timings.iter().map(of).collect();
        let mut at = |share| quantile(&mut spans, share).as_secs_f64() * 1e3;
        format!("{:.1}/{:.1}", at(0.5), at(0.95))
    };
    println!(
        "{name:<13}{clients:>8}{:>9.0}{:>8.2}{:>9}{:>15}{:>15}{:>15}{:>6.0}{:>6.0}{:>6.0}{:>8.0}{:>9}{:>10}",
        served.per_second,
        served.server_cpu,
        or_dash(served.database_cpu),
        pair(|timing| timing.whole),
        pair(|timing| timing.issue),
        pair(|timing| timing.redeem),
        served.peak,
        served.idle,
        served.disk,
        served.others,
        or_dash(served.syncs),
        served.repeated,
    );
}

/// Holds a run against what is to be reached.
fn judge(run: &Run) {
    let Served { per_second, server_cpu, peak, idle, .. } = run.shared;
    let say = |reached: bool, what: String| {
        println!("  {:<12}{}, {} clients: {what}", if reached { "reached" } else { "NOT REACHED" }, run.engine, run.clients);
    };
    say(server_cpu <= MOST_CPU, format!("{server_cpu:.2} ms of the server's processor time per submission, at most {MOST_CPU}"));
    say(peak <= MOST_MEMORY, format!("peak memory {peak:.0} MiB, at most {MOST_MEMORY}"));
    let ratio = per_second / run.baseline.per_second;
    match (run.engine, run.clients) {
        ("SQLite", 64) if ratio < 4.0 && idle < BUSY => {
            say(
                true,
                format!("{ratio:.2} times its baseline, at least 4 unless the processors are the limit, which they are: {idle:.0} % idle"),
            );
        }
        ("SQLite", 64) => say(ratio >= 4.0, format!("{ratio:.2} times its baseline, at least 4")),
        ("PostgreSQL", 8) => say(ratio >= 0.5, format!("{ratio:.2} times its baseline, at least 0.5")),
        _ => println!("              {}, {} clients: {ratio:.2} times its baseline (no target)", run.engine, run.clients),
    }
    println!(
        "              {}, {} clients: {:.2} times the server without grouping",
        run.engine,
        run.clients,
        per_second / run.one_by_one.per_second
    );
}
