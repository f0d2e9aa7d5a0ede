//! The small program of a key holder: the commands of `candor trustee` without the rest of Candor, for Linux, Windows and macOS.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use domain::{Clock, SystemClock};
use keyholder::commands::{Terminal, TrusteeCommand, run};

/// What a key holder outside the operator of a Candor survey does: keys, shares, countersignature, opening. Works without a network.
#[derive(Debug, Parser)]
#[command(name = "candor-keyholder", version)]
struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: TrusteeCommand,
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command, &mut Terminal, SystemClock.now()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "candor-keyholder: {}", failure.text());
            ExitCode::from(failure.code())
        }
    }
}
