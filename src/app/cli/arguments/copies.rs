//! What can be typed about copies.

use std::path::PathBuf;

use clap::Args;

/// Arguments of `candor backup`.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// A new file for the people side: accounts, staff list, rounds, who is invited, the promise log. Only its owner may read it.
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// A new file for the ballot side: promise sheets, sealed answers, results. Only its owner may read it; let somebody else keep it than the other one.
    #[arg(long, value_name = "FILE")]
    pub ballots: Option<PathBuf>,
}

/// Arguments of `candor restore`.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The copy of the people side.
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// The copy of the ballot side.
    #[arg(long, value_name = "FILE")]
    pub ballots: Option<PathBuf>,
    /// Only read the copies to their ends and say whether they are whole; needs no configuration and no database.
    #[arg(long)]
    pub check: bool,
    /// Say that nothing has happened since the copies were made, because the program was stopped before and did not run again, as for a move to another
    /// machine. A round that is under way then goes on. If it is not true, people can count twice. The promise log keeps that it was said.
    #[arg(long, conflicts_with = "check")]
    pub nothing_since: bool,
}
