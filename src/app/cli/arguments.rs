//! What can be typed: commands, arguments, help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Day, TeamLabel, WaveId};

use super::values::{parse_churn, parse_people, parse_share, parse_span, parse_waves};
use crate::lifecycle::draft::{default_coalition, default_min_range};
use crate::operating::log::Format;

/// Anonymous psychological-safety climate surveys.
///
/// Try `candor demo` first. docs/first-wave.md leads from an empty machine to the first real round.
#[derive(Debug, Parser)]
#[command(name = "candor", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Arguments {
    /// The configuration file.
    #[arg(long, global = true, env = "CANDOR_CONFIG", default_value = "candor.toml", value_name = "FILE")]
    pub config: PathBuf,
    /// How the lines of the log look on the standard error. `CANDOR_LOG` chooses which lines: error, warn, info, debug or trace.
    #[arg(long, global = true, env = "CANDOR_LOG_FORMAT", value_enum, default_value_t, value_name = "FORMAT")]
    pub log_format: Format,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 failed or refused, the message says why; 2 wrong usage or bad input, nothing was changed; 3 not due yet, the message says when; 75 (mail bounce only) to be tried again later; 130 and 143 (serve) ended at once by a second SIGINT or SIGTERM.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the whole product with an invented organisation: four past rounds and one that is running.
    Demo(DemoArguments),
    /// Serve the survey page and the console, send mail, and act on the dates of the running round.
    Serve,
    /// Bring both databases to this version's structure. `serve` refuses to start before that.
    Migrate,
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Accounts for the console.
    #[command(subcommand)]
    Account(AccountCommand),
    /// The staff list.
    #[command(subcommand)]
    Roster(RosterCommand),
    /// Mail that came back.
    #[command(subcommand)]
    Mail(MailCommand),
    /// Rounds (waves): from the draft to the published result.
    #[command(subcommand)]
    Wave(WaveCommand),
    /// Printed code cards for people without a mailbox of their own: a PDF with eight cards to a page.
    ///
    /// Without names each group gets a heap of which everybody draws one card, so that nobody knows who holds which; the cards of a heap are made once.
    /// With --names every card is one person's, and can be printed again. Whoever sees a code could use it: delete the file once it is printed.
    Cards(CardsArguments),
    /// Published results.
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Compute statistics of survey rows that you already have, for instance from an earlier tool.
    ///
    /// The rows stay on this machine: they are read, nothing of them is stored, and nothing is sent. Candor's own rounds never produce
    /// such a file. Needs the file only: no configuration, no database. docs/analyse.md explains the methods and their numbers.
    ///
    /// Results on small teams can tell what single people answered.
    #[command(after_long_help = super::analyse::EXAMPLES)]
    Analyse(Box<crate::analyse::Options>),
    /// Say how a staff list would be shown before anything is launched: its groups, and how often each of them would stand alone.
    ///
    /// Needs the file only: no configuration, no database. docs/simulate.md explains the numbers.
    Plan(PlanArguments),
    /// Simulate an organisation over several rounds and write everything that is ever published, for checking Candor itself.
    ///
    /// People, answers and keys are invented; groups, sealing, opening, release and pages are the product's own. The same arguments
    /// give the same files. docs/simulate.md explains them.
    Simulate(SimulateArguments),
}

/// Arguments of `candor cards`.
#[derive(Debug, Args)]
pub struct CardsArguments {
    /// The round; left out, the one that runs.
    #[arg(long, value_name = "WAVE", value_parser = WaveId::parse)]
    pub wave: Option<WaveId>,
    /// The PDF to write. It must not exist, and only its owner may read it.
    #[arg(long, value_name = "FILE.pdf")]
    pub out: PathBuf,
    /// Print each card with the name of its person.
    #[arg(long)]
    pub names: bool,
    /// Only for this group; may be given several times.
    #[arg(long, value_name = "GROUP")]
    pub group: Vec<String>,
    /// Only for this person, for instance after a card with a name was lost; may be given several times.
    #[arg(long, value_name = "PERSON_ID", requires = "names", value_parser = domain::PersonId::parse)]
    pub person: Vec<domain::PersonId>,
    /// Print on US Letter instead of A4.
    #[arg(long)]
    pub letter: bool,
}

/// Arguments of `candor plan`.
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// The staff list, as for `candor roster import`.
    #[arg(value_name = "ROSTER.csv")]
    pub file: PathBuf,
    /// The probability with which each person answers, from 0 to 1; several with commas.
    #[arg(long, value_name = "R", value_delimiter = ',', default_value = "0.75", value_parser = parse_share)]
    pub response_rate: Vec<f64>,
    /// Smallest number of people shown together, at least 4.
    #[arg(long, default_value_t = 5)]
    pub k: u32,
    /// Smallest group that is proposed, more than k.
    #[arg(long, default_value_t = 7)]
    pub group_min: u32,
    /// List every group, however many there are.
    #[arg(long)]
    pub all: bool,
    /// Print JSON for programs instead.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `candor simulate`.
#[derive(Debug, Args)]
pub struct SimulateArguments {
    /// People of the organisation at the beginning, at least 20.
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = parse_people)]
    pub people: usize,
    /// Rounds, a quarter apart.
    #[arg(long, value_name = "W", default_value_t = 4, value_parser = parse_waves)]
    pub waves: usize,
    /// The probability with which each person answers a round, from 0 to 1.
    #[arg(long, value_name = "R", default_value_t = 0.75, value_parser = parse_share)]
    pub response_rate: f64,
    /// The share of people who leave in a quarter, from 0 to 0.5; as many come, and a quarter as many move to another team.
    #[arg(long, value_name = "C", default_value_t = 0.05, value_parser = parse_churn)]
    pub churn: f64,
    /// All chance comes from this number.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The folder to write; it must not exist or be empty.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// When the first round opens.
    #[arg(long, value_name = "MOMENT", default_value = "2026-01-05T08:00:00Z", value_parser = domain::Moment::parse)]
    pub start: domain::Moment,
    /// Smallest number of people shown together, at least 4.
    #[arg(long, default_value_t = 5)]
    pub k: u32,
    /// Smallest group that is proposed, more than k.
    #[arg(long, default_value_t = 7)]
    pub group_min: u32,
    /// Write the pages of at most this many leaders per round, evenly chosen.
    #[arg(long, value_name = "NUMBER", default_value_t = 500)]
    pub pages: usize,
    /// Also write what everybody answered and the teams' true means, for comparing.
    #[arg(long)]
    pub truth: bool,
}

/// Arguments of `candor demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// Keep the demo's data in this folder instead of a temporary one that is removed at the end.
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,
    /// Drive the life of a round over HTTP without a browser, compare all counts, print the checks and stop.
    #[arg(long)]
    pub check: bool,
    /// Port of the survey page; the console takes the next one. 0 takes any two free ports.
    #[arg(long, default_value_t = 8080, value_name = "PORT")]
    pub port: u16,
}

/// `candor config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Read the configuration, print it without secrets, and say what is wrong with it.
    Check,
    /// Print the DNS record that belongs to the configured DKIM key.
    Dkim,
}

/// `candor account …`.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Create an account. The password is asked for, or read from CANDOR_ACCOUNT_PASSWORD.
    Create {
        /// What the account may see: `hr` the organisation, `leader` their own team.
        #[arg(long, value_enum)]
        role: RoleArgument,
        /// The name to sign in with.
        #[arg(long)]
        login: String,
        /// The person's id in the staff list; needed for a leader.
        #[arg(long, value_name = "PERSON_ID", required_if_eq("role", "leader"))]
        person: Option<String>,
    },
    /// Set a new password. It is asked for, or read from CANDOR_ACCOUNT_PASSWORD.
    Password {
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
    /// Programme owner: staff list, rounds, organisation report.
    Hr,
    /// Leader of one or more teams.
    Leader,
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

/// `candor mail …`.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Read one returned mail from the standard input, as a mail server pipes it, and mark the address that it could not reach.
    Bounce,
    /// Read every returned mail of a maildir, mark the addresses, and delete the mails. `serve` does so every minute when mail.bounces_maildir is set.
    Bounces {
        /// The maildir; without it mail.bounces_maildir of the configuration.
        #[arg(long, value_name = "FOLDER")]
        maildir: Option<PathBuf>,
    },
    /// List the people whom mail did not reach in a round, and why. It says nothing about who has answered.
    Problems(OneWave),
}

/// `candor wave …`.
#[derive(Debug, Subcommand)]
pub enum WaveCommand {
    /// Draft a round: instrument, dates, rules. Nothing is sent.
    Create(CreateArguments),
    /// Freeze the round and invite everybody. Afterwards nothing of it can be changed.
    Launch(OneWave),
    /// List the groups in which people answer; for a draft, those that a launch would freeze today. A draft's groups can be merged and named by hand.
    Groups(GroupsArguments),
    /// Say where a round stands, what comes next and when. Without a name: all rounds.
    Status {
        /// The round, for instance 2026-q4.
        wave: Option<WaveId>,
    },
    /// Queue a reminder for those who have not answered. Nobody is told who they are.
    Remind(OneWave),
    /// End the answering when it is due.
    Close(OneWave),
    /// Answer the objections to a closed round in public. Nothing is opened before; the answer cannot be changed.
    Answer {
        /// The round.
        wave: WaveId,
        /// What happened and what you do about it, in 10 to 1000 characters; everybody reads it.
        #[arg(long)]
        text: String,
    },
    /// Open and verify the answers when it is due. Nobody sees a number.
    Open(OneWave),
    /// Publish the result when it is due, and destroy key and answers.
    Publish(OneWave),
    /// End the round without a result. The answers are destroyed unopened and everybody is told.
    Abort {
        /// The round.
        wave: WaveId,
        /// The reason, in one sentence; everybody reads it.
        #[arg(long)]
        reason: String,
        /// The folder with the round's key is gone for good. Without this the command insists on destroying the key.
        #[arg(long)]
        key_lost: bool,
    },
}

/// `candor release …`.
#[derive(Debug, Subcommand)]
pub enum ReleaseCommand {
    /// Say that something about a published result was wrong. The result itself never changes: the text stands beside it, numbered and signed, on every
    /// page and in every file about it, and cannot be taken back.
    Erratum {
        /// The round.
        wave: WaveId,
        /// What was wrong, in 10 to 1000 characters; everybody who reads the result reads it.
        #[arg(long)]
        text: String,
    },
    /// Print what was said about a published result later, signed, one line of JSON each, for somebody to keep and to check: docs/protocol.md says how.
    Notices(OneWave),
    /// Write a published result as a table (CSV): the numbers and words of all pages, one line per group and topic.
    Csv {
        /// The round.
        wave: WaveId,
        /// A new file for it instead of the standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write what was published of some rounds as a file (sdc-audit/1) that anybody can check with a program of their own, such as
    /// docs/check_audit.py: made from the frozen results, promise sheets and group lists alone.
    Audit {
        /// The rounds.
        #[arg(required = true, value_name = "ROUND")]
        waves: Vec<WaveId>,
        /// A staff list as it was imported before a launch: the file then names the people of every group by their ids instead of their number, so
        /// that a checker can follow who joined and left between rounds. Who counts one level up nobody knows. It is then as sensitive as the staff list. Once for all rounds, or once for each in their order.
        #[arg(long = "roster", value_name = "FILE")]
        rosters: Vec<PathBuf>,
        /// A new file for it instead of the standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// A command about one wave.
#[derive(Debug, Args)]
pub struct OneWave {
    /// The round, for instance 2026-q4.
    pub wave: WaveId,
}

/// Arguments of `candor wave groups`.
#[derive(Debug, Args)]
pub struct GroupsArguments {
    /// The round, for instance 2026-q4.
    pub wave: WaveId,
    /// Write the groups into a file that can be changed and set again.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["set", "reset"])]
    pub export: Option<PathBuf>,
    /// Set a draft's groups as the file has them; all or nothing. They are checked again at the launch.
    #[arg(long, value_name = "FILE", conflicts_with = "reset")]
    pub set: Option<PathBuf>,
    /// Return a draft to the proposed groups.
    #[arg(long)]
    pub reset: bool,
}

/// Arguments of `candor wave create`.
#[derive(Debug, Args)]
pub struct CreateArguments {
    /// Its name, for instance 2026-q4: lower-case letters, digits and hyphens. It stands in every link.
    pub wave: WaveId,
    /// The questionnaire: pulse, annual, a quarterly one such as quarterly-leader, or one of your own.
    #[arg(long, default_value = "pulse")]
    pub instrument: String,
    /// When answering ends, counted from now: 10d, 36h.
    #[arg(long, default_value = "14d", value_name = "SPAN", value_parser = parse_span)]
    pub closes_in: u64,
    /// How long answers under way may still arrive after that.
    #[arg(long, default_value = "15m", value_name = "SPAN", value_parser = parse_span)]
    pub grace: u64,
    /// How long people can object after the box is shut.
    #[arg(long, default_value = "3d", value_name = "SPAN", value_parser = parse_span)]
    pub window: u64,
    /// When the result is published, counted from the close.
    #[arg(long, default_value = "4d", value_name = "SPAN", value_parser = parse_span)]
    pub publish_after: u64,
    /// When the round is aborted if it could not be published, counted from the close.
    #[arg(long, default_value = "14d", value_name = "SPAN", value_parser = parse_span)]
    pub publish_by: u64,
    /// Let commands set every moment. On this machine only; people read it on their promise sheet.
    #[arg(long)]
    pub manual: bool,
    /// The fewest people who are ever shown together, at least 4; never below that of a published round. Without it survey.k of the configuration.
    #[arg(long, value_name = "PEOPLE")]
    pub k: Option<u32>,
    /// The smallest group that is proposed, more than k. Without it survey.group_min of the configuration.
    #[arg(long, value_name = "PEOPLE")]
    pub group_min: Option<u32>,
    /// Against how many colleagues who put their own answers together everybody's answer stays protected; at most k - 3.
    #[arg(long, default_value_t = default_coalition(), value_name = "PEOPLE")]
    pub covers_colluders: u32,
    /// How many values of the scale stay possible for everybody's answer.
    #[arg(long, default_value_t = default_min_range(), value_name = "VALUES")]
    pub values_kept: u32,
    /// Lock the key that opens the answers with a passphrase (asked for at launch, or CANDOR_BOX_PASSPHRASE). A person must then open and publish.
    #[arg(long)]
    pub passphrase: bool,
    /// Who holds that passphrase; everybody reads the name on the promise sheet. Without it survey.key_holder of the configuration.
    #[arg(long, value_name = "NAME", requires = "passphrase")]
    pub key_holder: Option<String>,
    /// Ask the instrument's open questions too. What people write is shown only of many people together, but a way of writing can give somebody away.
    #[arg(long)]
    pub comments: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_help() {
        fn look(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{} has no help", command.get_name());
            for argument in command.get_arguments().filter(|a| a.get_id() != "help" && a.get_id() != "version") {
                assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            }
            command.get_subcommands().filter(|c| c.get_name() != "help").for_each(look);
        }
        look(&Arguments::command());
    }
}
