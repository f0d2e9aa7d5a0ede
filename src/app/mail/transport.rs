//! How mail leaves: over SMTP, into files, or into memory for the demo. Blocking; meant for worker threads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::message::Mail;
use crate::config;

pub use super::outbox::{CapturedMail, MemoryOutbox};
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

/// Why a mail did not leave. The texts name no recipient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailFailure {
    /// The server refused this mail for good; trying again does not help, the address is to be marked.
    #[error("refused for good: {0}")]
    Permanent(String),
    /// The server could not be reached, refused for now, or refused us rather than the recipient; try again later.
    #[error("not sent, to be tried again: {0}")]
    Temporary(String),
}

impl MailTransport {
    /// The transport that the configuration names: `smtp://user:password@host:port?tls=none|starttls|implicit`, `file:///folder` or `memory:`.
    ///
    /// Nothing is connected yet.
    ///
    /// # Errors
    /// [`TransportProblem`] says what is wrong and what to write; it never repeats a password.
    pub fn from_config(mail: &config::Mail) -> Result<Self, TransportProblem> {
        let url = mail.transport.as_str();
        if let Some(rest) = url.strip_prefix("smtp://") {
            return Smtp::from_url(rest, mail.password.as_ref()).map(Self::Smtp);
        }
        if mail.password.is_some() {
            return Err(TransportProblem("a mail password is set, but the transport is not smtp://: remove mail.password".to_owned()));
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

    /// Sends one mail and returns when it is taken (SMTP), durable (file) or kept (memory).
    ///
    /// # Errors
    /// [`MailFailure`] says whether trying again makes sense.
    pub fn send(&self, mail: &Mail) -> Result<(), MailFailure> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail),
            Self::File(folder) => {
                write_file(folder, mail).map_err(|cause| MailFailure::Temporary(format!("{}: {cause}", folder.display())))
            }
            Self::Memory(outbox) => {
                outbox.keep(mail);
                Ok(())
            }
        }
    }
}

/// Writes `<id>.eml`, whole or not at all; temporary files are readable by the owner only and keep that mode.
fn write_file(folder: &Path, mail: &Mail) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".mail-").tempfile_in(folder)?;
    file.write_all(&mail.message.formatted())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(format!("{}.eml", mail.id))).map_err(|refused| refused.error)?;
    Ok(())
}

#[cfg(test)]
#[path = "transport_tests.rs"]
mod tests;
