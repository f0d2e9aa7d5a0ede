//! The opening of 100,000 sealed ballots that lie in a database, part by part, next to the bare sum of its cryptography.
//!
//! The ballots are made and put into a box first. Then a fresh process opens them on one thread and another one on two, so that the
//! memory measured is the opening's own. The bare cryptography, one credential and one HPKE opening per ballot, is measured in the
//! same process and on as many threads. The ratio is one of processor time, so it means the same on a slow, a fast and a busy
//! machine. `--ballots` opens fewer.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs, clippy::cast_precision_loss)]

mod closed_box;
mod measured;
#[path = "../sealed_wave/mod.rs"]
mod sealed_wave;

use std::error::Error;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use measured::{Measured, Took};
use sealed_wave::{GROUP, SealedWave};

#[derive(Parser)]
struct Arguments {
    /// How many ballots, ten in a group.
    #[arg(long, default_value_t = 100_000)]
    ballots: u32,
    /// On how many threads, one opening each.
    #[arg(long, value_delimiter = ',', default_values_t = [NonZero::new(1).expect("not zero"), NonZero::new(2).expect("not zero")])]
    threads: Vec<NonZero<usize>>,
    /// For the process that opens: where the box lies.
    #[arg(long, hide = true)]
    open: Option<PathBuf>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    if let Some(folder) = &arguments.open {
        println!("{}", serde_json::to_string(&measured::opening(folder, arguments.threads[0])?)?);
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    closed_box::make(folder.path(), SealedWave::of(arguments.ballots.div_ceil(GROUP)))?;
    let runs = arguments.threads.iter().map(|threads| in_a_fresh_process(folder.path(), *threads)).collect::<Outcome<Vec<_>>>()?;
    assert!(runs.windows(2).all(|pair| pair[0].sha256 == pair[1].sha256), "the number of threads has changed the Release");
    show(arguments.ballots, &arguments.threads, &runs);
    Ok(())
}

fn in_a_fresh_process(folder: &Path, threads: NonZero<usize>) -> Outcome<Measured> {
    let output = Command::new(std::env::current_exe()?).arg("--open").arg(folder).args(["--threads", &threads.to_string()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn show(ballots: u32, threads: &[NonZero<usize>], runs: &[Measured]) {
    let line = |name: &str, cell: &dyn Fn(&Measured) -> String| {
        println!("{name:42}{}", runs.iter().map(|run| format!("{:>22}", cell(run))).collect::<String>());
    };
    println!(
        "{:42}{}",
        format!("{ballots} ballots"),
        threads.iter().map(|n| format!("{:>22}", format!("threads: {n}"))).collect::<String>()
    );
    for (place, (name, _)) in runs[0].parts.iter().enumerate() {
        line(name, &|run| format!("{:.2} s {:5.1} %", run.parts[place].1, 100.0 * run.parts[place].1 / run.everything.wall));
    }
    line("everything", &|run| format!("{:.2} s 100.0 %", run.everything.wall));
    line("  its processor time", &|run| format!("{:.2} s        ", run.everything.processor));
    for (name, of) in [("credentials", (|run| run.credentials) as fn(&Measured) -> Took), ("decryption", |run| run.decryption)] {
        line(&format!("{name} alone"), &|run| format!("{:.2} s        ", of(run).wall));
        line("  its processor time", &|run| format!("{:.2} s        ", of(run).processor));
    }
    line("processor time: everything / both alone", &|run| {
        format!("{:.3}          ", run.everything.processor / (run.credentials.processor + run.decryption.processor))
    });
    line("largest resident set", &|run| format!("{:.0} MiB        ", run.peak_mib));
}
