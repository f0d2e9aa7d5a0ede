//! The command line: reads arguments, calls use cases, says what happened and what comes next.

mod account;
mod analyse;
pub mod arguments;
mod cards;
mod copies;
mod doctor;
mod export;
mod groups;
mod key_holder;
mod mail;
mod plan;
pub mod promise_log;
mod release;
mod reorganisation;
mod roster;
mod serve;
mod simulate;
pub(crate) mod terminal;
mod values;
mod wave;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use domain::{Clock, SystemClock};
use identity::Actor;

use crate::config::{Config, ConfigProblem};
use crate::demo;
use crate::installation::{Installation, StartProblem};
use crate::lifecycle::Refusal;
use crate::mail::dkim::DkimSigner;
use crate::operating::{doctor as examination, log};
use arguments::{Arguments, Checked, Command, ConfigCommand, ReleaseCommand};
use terminal::say;

/// Why a command ended without doing its work; decides the exit code.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It failed or was refused.
    Refused(String),
    /// The input was wrong; nothing was changed.
    BadInput(String),
    /// It is not due yet.
    NotDue(String),
    /// Nothing was lost, and trying again may help; for programs that call this one.
    TryAgainLater(String),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Self::Refused(_) => 1,
            Self::BadInput(_) => 2,
            Self::NotDue(_) => 3,
            // EX_TEMPFAIL of sysexits.h.
            Self::TryAgainLater(_) => 75,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Refused(text) | Self::BadInput(text) | Self::NotDue(text) | Self::TryAgainLater(text) => text,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        match refusal {
            Refusal::NotDue { .. } => Self::NotDue(text),
            Refusal::Invalid(_)
            | Refusal::Event(_)
            | Refusal::Groups(_)
            | Refusal::GroupsByHand { .. }
            | Refusal::StaffList(_)
            | Refusal::PeopleSide(_)
            | Refusal::Said(_) => Self::BadInput(text),
            _ => Self::Refused(text),
        }
    }
}

impl From<keyholder::commands::Failure> for Failure {
    fn from(failure: keyholder::commands::Failure) -> Self {
        match failure {
            keyholder::commands::Failure::Refused(text) => Self::Refused(text),
            keyholder::commands::Failure::BadInput(text) => Self::BadInput(text),
            keyholder::commands::Failure::NotDue(text) => Self::NotDue(text),
        }
    }
}

impl From<StartProblem> for Failure {
    fn from(problem: StartProblem) -> Self {
        match problem {
            StartProblem::Invalid(text) => Self::BadInput(text),
            other => Self::Refused(other.to_string()),
        }
    }
}

impl From<ConfigProblem> for Failure {
    fn from(problem: ConfigProblem) -> Self {
        Self::BadInput(problem.to_string())
    }
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    // Commands say on their own what they do; a server has nobody who reads over its shoulder.
    match arguments.command {
        Command::Serve => log::to_stderr("warn,candor=info", arguments.log_format),
        Command::Demo(_) => log::to_stderr_and_memory("warn", arguments.log_format),
        _ => log::to_stderr("warn", arguments.log_format),
    }
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(failure.text());
            ExitCode::from(failure.code())
        }
    }
}

fn dispatch(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Demo(demo) => demo::run(demo).map_err(Failure::Refused),
        Command::Serve => serve::serve(&arguments.config),
        Command::Migrate => {
            let (identity, responses) = Installation::migrate(&config(arguments)?)?;
            say!("people side: {}", applied(&identity));
            say!("ballot side: {}", applied(&responses));
            for weakness in examination::of_servers(&installation(arguments)?)?.weaknesses {
                say!("Warning: {}: {}. See candor doctor.", weakness.found, weakness.means);
            }
            say!("Next: candor account create --role hr --login NAME, then candor roster import FILE.csv");
            Ok(())
        }
        Command::Doctor => doctor::run(&installation(arguments)?),
        Command::Backup(given) => copies::back_up(arguments, given),
        Command::Restore(given) => copies::restore(arguments, given),
        Command::Config(ConfigCommand::Check) => {
            let config = config(arguments)?;
            Installation::check(&config)?;
            print_config(&config);
            Ok(())
        }
        Command::Config(ConfigCommand::Dkim) => print_dkim(&config(arguments)?),
        Command::Account(command) => account::run(&installation(arguments)?, command),
        Command::Roster(command) => roster::run(&installation(arguments)?, command),
        Command::Mail(command) => mail::run(arguments, command),
        Command::Log(command) => promise_log::run(arguments, command),
        Command::Wave(command) => wave::run(&installation(arguments)?, command),
        Command::Cards(arguments_of) => cards::run(&installation(arguments)?, arguments_of),
        Command::Export(arguments_of) => export::run(&installation(arguments)?, arguments_of),
        Command::Trustee(command) => Ok(keyholder::commands::run(command, &mut keyholder::commands::Terminal, SystemClock.now())?),
        // Whoever checks a file need not have an installation.
        Command::Release(ReleaseCommand::Check { what: Checked::File(file), list }) => release::check_file(file, list.as_deref()),
        Command::Release(command) => release::run(&installation(arguments)?, command),
        Command::Analyse(options) => analyse::run(options),
        Command::Plan(arguments) => plan::run(arguments),
        Command::Simulate(arguments) => simulate::run(arguments),
    }
}

fn applied(versions: &[String]) -> String {
    if versions.is_empty() { "up to date".to_owned() } else { format!("{} migration(s) applied", versions.len()) }
}

fn print_config(config: &Config) {
    say!("{}", config.redacted().trim_end());
    if !config.respondents_are_secure() {
        say!(
            "\nWarning: respondents.url is not https. Browsers offer the cryptography that seals answers only over https; rounds cannot be launched."
        );
    }
    say!("\nThe configuration is sound. Whether the databases and the mail server can be reached shows when they are used.");
}

fn print_dkim(config: &Config) -> Result<(), Failure> {
    let Some(dkim) = &config.mail.dkim else {
        return Err(Failure::BadInput("mail.dkim is not set, so mails are not signed; docs/mail.md says how to begin".to_owned()));
    };
    let record = DkimSigner::from_config(dkim, &config.mail.from).map_err(|e| Failure::BadInput(e.to_string()))?.record();
    say!("Publish this TXT record, then send yourself a mail and look for dkim=pass in its Authentication-Results:\n");
    say!("{}. IN TXT {}", record.name, record.pieces());
    Ok(())
}

/// Opens the installation for a command that makes the structure of its databases by itself.
fn bare_installation(arguments: &Arguments) -> Result<Installation, Failure> {
    Ok(Installation::open(config(arguments)?, Arc::new(SystemClock))?.acting(Actor::CommandLine))
}

fn config(arguments: &Arguments) -> Result<Config, Failure> {
    Ok(Config::load(&arguments.config, std::env::vars())?)
}

/// Opens the installation for a command; refuses one whose databases are not up to date.
fn installation(arguments: &Arguments) -> Result<Installation, Failure> {
    let installation = Installation::open(config(arguments)?, Arc::new(SystemClock))?;
    installation.refuse_pending_migrations()?;
    Ok(installation.acting(Actor::CommandLine))
}
