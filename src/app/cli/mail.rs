//! `candor mail …`.

use std::io;
use std::path::Path;

use super::arguments::MailCommand;
use super::terminal::say;
use super::{Arguments, Failure, installation};
use crate::installation::Installation;
use crate::lifecycle::delivery;
use crate::operating::log;
use crate::words::Words;
use crate::worker::bounces::{self, Swept};

pub(super) fn run(arguments: &Arguments, command: &MailCommand) -> Result<(), Failure> {
    match command {
        // Whatever keeps the mail from being read now, the mail server shall keep the mail.
        MailCommand::Bounce => read_one(arguments).map_err(|failure| Failure::TryAgainLater(failure.text().to_owned())),
        MailCommand::Bounces { maildir } => sweep(&installation(arguments)?, maildir.as_deref()),
        MailCommand::Problems(one) => {
            let installation = installation(arguments)?;
            let words = Words::english();
            for (what, value) in delivery::mail_status(&installation, &one.wave)?.facts {
                say!("{}: {}", words.speak(&what), words.value(&value));
            }
            for unreached in delivery::unreached(&installation, &one.wave)? {
                let reason = words.speak(&delivery::reason(unreached.mark));
                say!("  {} ({}) <{}>: {reason}", unreached.name, unreached.person, unreached.mail);
            }
            say!(
                "Marks come from mails that go to everybody and say nothing about who has answered. Correct addresses in the staff list for the next round."
            );
            Ok(())
        }
    }
}

fn read_one(arguments: &Arguments) -> Result<(), Failure> {
    log::panics_by_place();
    let mut input = io::stdin().lock();
    let unreadable = |cause: io::Error| Failure::Refused(format!("the mail could not be read: {cause}"));
    let mail = bounces::beginning(&mut input).map_err(unreadable)?;
    // The rest is taken as well: some mail servers count a program that stops listening as one that failed.
    io::copy(&mut input, &mut io::sink()).map_err(unreadable)?;
    bounces::read_returned(&installation(arguments)?, &mail)?;
    Ok(())
}

fn sweep(installation: &Installation, maildir: Option<&Path>) -> Result<(), Failure> {
    log::panics_by_place();
    let maildir = maildir.or(installation.config.mail.bounces_maildir.as_deref()).ok_or_else(|| {
        Failure::BadInput("no folder was given: add --maildir FOLDER, or mail.bounces_maildir to the configuration".to_owned())
    })?;
    let Swept { left, marked, .. } = bounces::sweep(installation, maildir, || true)?;
    // How many mails there were is not said: after a reminder it is a number about people who have not answered.
    say!("Returned mails are read and deleted. Addresses marked: {marked}.");
    if left > 0 {
        return Err(Failure::Refused(format!(
            "some mails could not be read or deleted: the account that runs this needs the right to read and delete in {}",
            maildir.display()
        )));
    }
    Ok(())
}
