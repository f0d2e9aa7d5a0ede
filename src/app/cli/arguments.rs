//! What can be typed: commands, arguments, help.

mod copies;
mod people;
mod rounds;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::WaveId;
use keyholder::commands::TrusteeCommand;

use super::export::parse_whose;
use super::promise_log::LogCommand;
use super::values::{parse_checked, parse_churn, parse_people, parse_share, parse_waves};
use crate::lifecycle::portion::Whose;
use crate::operating::log::Format;

pub use copies::{BackupArguments, RestoreArguments};
pub use people::{AccountCommand, EventCommand, EventDay, RoleArgument, RosterCommand};
pub use rounds::{CreateArguments, GroupsArguments, OneWave, WaveCommand};

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
    /// Say what weakens the promise here: database servers, files, origins, this machine. Ends with 1 when something does.
    Doctor,
    /// Copy the databases into files, also while people answer. Needs at least one of --people and --ballots.
    ///
    /// A copy holds no key that opens answers, no time at which anybody answered and no order in which answers came. docs/operating.md says what is in
    /// it, who should keep it, and when it should be deleted.
    Backup(BackupArguments),
    /// Put copies back into empty databases, and say in counts what that means for the round that was under way. Needs at least one of --people and
    /// --ballots; a side that is not given must be there.
    ///
    /// Everything is checked before anything is written, and on any refusal nothing is changed. Stop `candor serve` first.
    Restore(RestoreArguments),
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
    /// The promise log: who launched, opened, published, exported, hid and changed what.
    #[command(subcommand)]
    Log(LogCommand),
    /// What a key holder outside the operator does on a machine of their own: keys, shares, countersignature, opening.
    ///
    /// Needs files only: no configuration, no database, no network. The small program candor-keyholder has the same commands. docs/key-holder.md leads
    /// through all of it.
    #[command(subcommand)]
    Trustee(TrusteeCommand),
    /// Published results.
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Write a published result as a file to hand on: the same bytes as the console's download, and as that noted in the promise log.
    Export(ExportArguments),
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

/// Arguments of `candor export`.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The round.
    #[arg(value_name = "WAVE", value_parser = WaveId::parse)]
    pub wave: WaveId,
    /// Whose result: `org` as HR reads it, `unit:NAME` as a partner of the unit that this team heads reads it, `group:NAME` as the leaders of the group read it.
    #[arg(long = "for", value_name = "WHOSE", default_value = "org", value_parser = parse_whose)]
    pub whose: Whose,
    /// What kind of file.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: FileFormat,
    /// In which language, by its code; left out, survey.language of the configuration. A table and the file for programs are the same in every language.
    #[arg(long, value_name = "LANGUAGE", value_parser = domain::Language::parse)]
    pub language: Option<domain::Language>,
    /// A new file for it. It must not exist, and only its owner may read it.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// What a result can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FileFormat {
    /// The page on paper (PDF).
    Pdf,
    /// One page for the notice board (PDF).
    Notice,
    /// A workbook.
    Xlsx,
    /// A table.
    Csv,
    /// For programs: docs/exports.md.
    Json,
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

/// What `candor release check` checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The result of a round of this installation.
    Round(WaveId),
    /// A file with a result and its signatures.
    File(PathBuf),
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
    /// Check a published result as every page does that shows it, and say whose signatures it carries.
    ///
    /// That is the round's own key, and where somebody outside the operator held the key that opens the answers, theirs: over the result, and over the list
    /// of counted answers that everybody can read. Prints the result's SHA-256 for the key holder to compare. Keep that to those who read the whole result:
    /// whoever knows most of one could try out the rest by it.
    ///
    /// With a file of candor release signed in place of a round it checks that file alone, on any machine: no configuration, database or network is needed.
    Check {
        /// The round, or a file with a published result and its signatures. Write ./NAME for a file whose name could be that of a round.
        #[arg(value_name = "ROUND|FILE", value_parser = parse_checked)]
        what: Checked,
        /// With a file: the list of counted answers, as you fetched it from the survey page.
        #[arg(long, value_name = "FILE")]
        list: Option<PathBuf>,
    },
    /// Write a published result with all its signatures as one file (candor-published/1), for somebody who checks it with candor release check FILE.
    ///
    /// Only where somebody outside the operator held the key. It holds the whole result: every number, and every comment that was published, also one that
    /// was hidden since.
    Signed {
        /// The round.
        wave: WaveId,
        /// A new file for it instead of the standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
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
