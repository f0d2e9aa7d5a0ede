//! How mail leaves: over SMTP, into files, or into memory for the demo. Blocking; meant for worker threads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::dialogue::SmtpLine;
use super::message::Mail;
use crate::config;

pub use super::outbox::{CapturedMail, MemoryOutbox};
pub use super::refusal::{AddressFault, Blame, MailFailure};
pub use super::smtp::Smtp;

/// Where mails go.
#[derive(Debug, Clone)]
pub enum MailTransport {
    /// To an SMTP server.
    Smtp(Smtp),
    /// Into a folder, one `.eml` file per mail, readable by the owner only.
    File(PathBuf),
    /// Into memory, for the demo.
    Memory(MemoryOutbox),
}

/// What is wrong with the mail configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TransportProblem(pub(super) String);

/// One way out, for one thread: for SMTP a connection of its own, opened with its first mail and kept.
#[derive(Debug)]
pub enum Line {
    /// A connection to the server.
    Smtp(Box<SmtpLine>),
    /// The folder.
    File(PathBuf),
    /// The memory.
    Memory(MemoryOutbox),
}

impl Line {
    /// Sends one mail and returns when it is taken (SMTP), durable (file) or kept (memory). The text does not leave after `text_until`, so that a
    /// caller who holds the mail for a limited time never sends what somebody else may already be sending.
    ///
    /// # Errors
    /// [`MailFailure`] says whose fault it is.
    pub fn send(&mut self, mail: &Mail, text_until: Instant) -> Result<(), MailFailure> {
        match self {
            Self::Smtp(line) => line.send(mail, text_until),
            Self::File(folder) => write_file(folder, mail).map_err(|cause| MailFailure::server(format!("{}: {cause}", folder.display()))),
            Self::Memory(outbox) => {
                outbox.keep(mail);
                Ok(())
            }
        }
    }

    /// Ends a connection that has not been used for so long.
    pub fn rest(&mut self, unused: Duration) {
        if let Self::Smtp(line) = self {
            line.rest(unused);
        }
    }
}

impl MailTransport {
    /// The transport that the configuration names: `smtp://user:password@host:port?tls=none|starttls|implicit`, `file:///folder` or `memory:`.
    ///
    /// Nothing is connected yet.
    ///
    /// # Errors
    /// [`TransportProblem`] says what is wrong and what to write; it never repeats a password.
    pub fn from_config(mail: &config::Mail) -> Result<Self, TransportProblem> {
        let url: &str = &mail.transport;
        if let Some(rest) = url.strip_prefix("smtp://") {
            let authorities = mail.ca_file.as_deref().map(read_authorities).transpose()?;
            return Smtp::from_url(rest, mail.password.as_ref(), authorities.as_deref()).map(Self::Smtp);
        }
        for (key, set) in [("password", mail.password.is_some()), ("ca_file", mail.ca_file.is_some())] {
            if set {
                return Err(TransportProblem(format!("mail.{key} is set, but the transport is not smtp://: remove mail.{key}")));
            }
        }
        if matches!(url, "memory:" | "memory://") {
            return Ok(Self::Memory(MemoryOutbox::default()));
        }
        match url.strip_prefix("file://") {
            Some(folder) if Path::new(folder).is_absolute() => Ok(Self::File(PathBuf::from(folder))),
            Some(_) => Err(TransportProblem(format!("{url:?} needs an absolute folder: write file:///var/lib/candor/outbox"))),
            None => {
                let scheme = url.split(':').next().unwrap_or_default();
                Err(TransportProblem(format!(
                    "the transport {scheme:?} is not known: write smtp://user@host:587?tls=starttls, file:///folder or memory:"
                )))
            }
        }
    }

    /// A way out for one thread.
    #[must_use]
    pub fn line(&self) -> Line {
        match self {
            Self::Smtp(smtp) => Line::Smtp(Box::new(smtp.line())),
            Self::File(folder) => Line::File(folder.clone()),
            Self::Memory(outbox) => Line::Memory(outbox.clone()),
        }
    }
}

fn read_authorities(file: &Path) -> Result<Vec<u8>, TransportProblem> {
    fs::read(file).map_err(|cause| TransportProblem(format!("mail.ca_file {}: {cause}", file.display())))
}

/// Writes `<id>.eml`, whole or not at all; temporary files are readable by the owner only and keep that mode.
fn write_file(folder: &Path, mail: &Mail) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".mail-").tempfile_in(folder)?;
    file.write_all(mail.raw.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(format!("{}.eml", mail.id))).map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
#[path = "transport_tests.rs"]
mod tests;
