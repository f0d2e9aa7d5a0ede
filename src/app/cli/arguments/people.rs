//! What can be typed about people: accounts, the staff list and what happened to its teams.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use domain::{Day, TeamLabel};

/// `candor account …`.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account. The password is asked for, or read from CANDOR_ACCOUNT_PASSWORD.
    Create {
        /// What the account may do.
        #[arg(long, value_enum)]
        role: RoleArgument,
        /// The name to sign in with.
        #[arg(long)]
        login: String,
        /// The person's id in the staff list; needed for a leader.
        #[arg(long, value_name = "PERSON_ID", required_if_eq("role", "leader"))]
        person: Option<String>,
        /// The team that heads the unit whose results a partner reads.
        #[arg(long, value_name = "TEAM", required_if_eq("role", "partner"))]
        unit: Option<String>,
        /// Print a link by which the owner sets the password, in place of asking for one.
        #[arg(long)]
        invite: bool,
        /// Mail such a link to the person's address in the staff list, in place of printing it; it is made when the mail leaves, so nobody sees it here.
        #[arg(long, requires = "person", conflicts_with = "invite")]
        mail: bool,
    },
    /// Set a new password. It is asked for, or read from CANDOR_ACCOUNT_PASSWORD.
    Password {
        /// The name the account signs in with.
        login: String,
    },
    /// Print a link by which the owner sets a new password once, within 72 hours.
    Link {
        /// The name the account signs in with.
        login: String,
        /// Mail it to the owner's address in the staff list, in place of printing it; it is made when the mail leaves, so nobody sees it here.
        #[arg(long)]
        mail: bool,
    },
    /// Take the second factor of an account away, for somebody who has lost it and the recovery codes.
    RemoveSecondFactor {
        /// The name the account signs in with.
        login: String,
    },
    /// Let nobody sign in with an account, and end its sessions.
    Disable {
        /// The name the account signs in with.
        login: String,
    },
    /// Let an account that was disabled sign in again.
    Enable {
        /// The name the account signs in with.
        login: String,
    },
    /// Remove an account and end its sessions.
    Remove {
        /// The name the account signs in with.
        login: String,
    },
    /// List the accounts with their roles.
    List,
}

/// Roles that can be given to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleArgument {
    /// Keeps accounts and settings; reads no results.
    Admin,
    /// Programme owner: staff list, rounds, organisation report.
    Hr,
    /// HR for one unit: reads the results of that unit.
    Partner,
    /// Leader of one or more teams.
    Leader,
    /// Holds the passphrase of rounds that have one.
    KeyHolder,
}

/// `candor roster …`.
#[derive(Debug, Subcommand)]
pub enum RosterCommand {
    /// Replace the staff list by a CSV file; all or nothing.
    ///
    /// Columns: person_id, name, mail, team, leaders (ids separated by |), language. UTF-8, comma or semicolon.
    /// Every bad line is reported, and then nothing is changed. A round that is already launched is not touched.
    Import {
        /// The CSV file.
        file: PathBuf,
        /// Only check, and say what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Say what happened to a team since the last round, so that its results go on: a new name, a merger, a split, a move.
    ///
    /// Without an event teams are the same when they have the same name. An event can be withdrawn until the next round is launched, and never changes afterwards.
    #[command(subcommand)]
    Event(EventCommand),
    /// List what happened to teams, as it was recorded.
    Events,
}

/// `candor roster event …`.
#[derive(Debug, Subcommand)]
pub enum EventCommand {
    /// A team has another name now.
    Rename {
        /// Its name in the last round.
        old: TeamLabel,
        /// Its name now, as in the staff list.
        new: TeamLabel,
        /// Since when.
        #[command(flatten)]
        day: EventDay,
    },
    /// Several teams became one.
    Merge {
        /// The teams before, at least two.
        #[arg(required = true, num_args = 2.., value_name = "TEAM")]
        teams: Vec<TeamLabel>,
        /// The team now; may carry the name of one of them.
        #[arg(long, value_name = "TEAM")]
        into: TeamLabel,
        /// Since when.
        #[command(flatten)]
        day: EventDay,
    },
    /// One team became several.
    #[command(override_usage = "candor roster event split <TEAM> --into <TEAM> <TEAM>... [--on <DATE>]")]
    Split {
        /// The team before.
        team: TeamLabel,
        /// The teams now, at least two; one may carry the old name.
        #[arg(long, required = true, num_args = 2.., value_name = "TEAM")]
        into: Vec<TeamLabel>,
        /// Since when.
        #[command(flatten)]
        day: EventDay,
    },
    /// A team stands elsewhere in the organisation now.
    #[command(group(clap::ArgGroup::new("place").required(true).args(["under", "top"])))]
    Move {
        /// The team.
        team: TeamLabel,
        /// The team above it now.
        #[arg(long, value_name = "TEAM")]
        under: Option<TeamLabel>,
        /// It stands right under the organisation now.
        #[arg(long)]
        top: bool,
        /// Since when.
        #[command(flatten)]
        day: EventDay,
    },
    /// Take an event back that no round has been launched with.
    Withdraw {
        /// Its number, as candor roster events lists it.
        number: u32,
    },
}

/// The day of an event.
#[derive(Debug, Args)]
pub struct EventDay {
    /// The day since which it holds, for instance 2026-11-21; today if left out.
    #[arg(long, value_name = "DATE", value_parser = Day::parse)]
    pub on: Option<Day>,
}
