//! One installation: its configuration, both stores, keys, templates, mail and clock.

use std::path::Path;
use std::sync::Arc;

use domain::instrument::Catalogue;
use domain::{Clock, Moment};
use identity::{Actor, Identity, LaidOpen, StorageError};
use responses::Responses;

use crate::config::Config;
use crate::lifecycle::key_file::KeyFolder;
use crate::lifecycle::progress::{self, Onlooker};
use crate::mail::dkim::DkimSigner;
use crate::mail::transport::MailTransport;
use crate::operating::Vitals;
use crate::operating::health::{Fault, Part};
use crate::operating::servers::{Server, Servers};

pub use identity::Grouping;

/// Everything that commands, handlers and the worker work with. Cheap to clone.
#[derive(Clone)]
pub struct Installation {
    /// The configuration.
    pub config: Arc<Config>,
    /// The people side.
    pub identity: Identity,
    /// The ballot side.
    pub responses: Responses,
    /// The box key files.
    pub keys: KeyFolder,
    /// The instruments.
    pub catalogue: Arc<Catalogue>,
    /// How mail leaves.
    pub mail: Arc<MailTransport>,
    /// What signs mails.
    pub signer: Option<Arc<DkimSigner>>,
    /// The current time.
    pub clock: Arc<dyn Clock>,
    /// What this process knows about itself.
    pub vitals: Arc<Vitals>,
    /// When this was opened.
    pub started: Moment,
    /// Who is told how far a long piece of work is; nobody, unless a person waits at a command line.
    pub progress: Onlooker,
}

/// Why an installation cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StartProblem {
    /// A store cannot be opened.
    #[error("{what}: {cause}")]
    Store {
        /// Which store.
        what: &'static str,
        /// The reason.
        cause: String,
    },
    /// The structure of a database is older than this program.
    #[error("the databases are not up to date ({0}). Run: candor migrate")]
    PendingMigrations(String),
    /// A template or the mail configuration is wrong.
    #[error("{0}")]
    Invalid(String),
}

impl Installation {
    /// Opens both stores and reads templates and mail configuration. Changes nothing.
    ///
    /// # Errors
    /// [`StartProblem`] says what is wrong and what to do.
    pub fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartProblem> {
        Self::open_with(config, clock, Grouping::Shared)
    }

    /// Opens like [`Self::open`]; `grouping` says whether requests that arrive together share a commit. No setting of an operator: it is for measuring
    /// what that is worth.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(config: Config, clock: Arc<dyn Clock>, grouping: Grouping) -> Result<Self, StartProblem> {
        let Settings { catalogue, mail, signer } = Settings::read(&config)?;
        let identity = Identity::connect_with(&config.storage.identity, grouping).map_err(|e| store("storage.identity", &e))?;
        let identity = identity.acting(Actor::Installation, clock.clone());
        let responses = Responses::connect_with(&config.storage.responses, grouping).map_err(|e| store("storage.responses", &e))?;
        Ok(Self {
            keys: KeyFolder::new(config.storage.keys.clone()),
            config: Arc::new(config),
            identity,
            responses,
            catalogue: Arc::new(catalogue),
            mail: Arc::new(mail),
            signer: signer.map(Arc::new),
            vitals: Arc::default(),
            started: clock.now(),
            clock,
            progress: progress::nobody(),
        })
    }

    /// The same installation, whose acts the promise log records as `actor`'s.
    #[must_use]
    pub fn acting(&self, actor: Actor) -> Self {
        Self { identity: self.identity.acting(actor, self.clock.clone()), ..self.clone() }
    }

    /// Whether [`Self::open`] can use a configuration, as far as that shows without opening a database or reaching a server. Changes nothing.
    ///
    /// # Errors
    /// [`StartProblem::Invalid`] says what is wrong and what to write.
    pub fn check(config: &Config) -> Result<(), StartProblem> {
        Settings::read(config).map(drop)
    }

    /// What the servers behind the people side and the ballot side say of themselves.
    ///
    /// # Errors
    /// When a database cannot be reached.
    pub fn servers(&self) -> Result<Servers, StartProblem> {
        let people = |e: StorageError| store("storage.identity", &e);
        let ballots = |e: StorageError| store("storage.responses", &e);
        Ok(Servers {
            people: Server {
                cluster: self.identity.cluster().map_err(people)?,
                role: self.identity.server_role().map_err(people)?,
                exposures: self.identity.exposures().map_err(people)?,
            },
            ballots: Server {
                cluster: self.responses.cluster().map_err(ballots)?,
                role: self.responses.server_role().map_err(ballots)?,
                exposures: self.responses.exposures().map_err(ballots)?,
            },
        })
    }

    /// Both sides as whoever copies their files has them, the people side first; `None` where a database is on a server.
    ///
    /// # Errors
    /// When a database or a file cannot be read.
    pub fn laid_open(&self) -> Result<Option<[LaidOpen; 2]>, StartProblem> {
        let people = self.identity.laid_open().map_err(|e| store("storage.identity", &e))?;
        let ballots = self.responses.laid_open().map_err(|e| store("storage.responses", &e))?;
        Ok(people.zip(ballots).map(|(people, ballots)| [people, ballots]))
    }

    /// Refuses databases that are older than this program.
    ///
    /// # Errors
    /// [`StartProblem::PendingMigrations`] with the command to run.
    pub fn refuse_pending_migrations(&self) -> Result<(), StartProblem> {
        let people = self.identity.pending_migrations().map_err(|e| store("storage.identity", &e))?;
        let ballots = self.responses.pending_migrations().map_err(|e| store("storage.responses", &e))?;
        match (people.len(), ballots.len()) {
            (0, 0) => Ok(()),
            (people, ballots) => {
                Err(StartProblem::PendingMigrations(format!("{people} migrations on the people side, {ballots} on the ballot side")))
            }
        }
    }

    /// What is wrong with one of the databases, in a sentence that names no address and no password.
    #[must_use]
    pub fn fault_of_store(&self, part: Part) -> Option<Fault> {
        let (side, pending) = match part {
            Part::PeopleDatabase => ("people", self.identity.pending_migrations()),
            Part::BallotDatabase => ("ballot", self.responses.pending_migrations()),
            Part::KeyFolder | Part::Worker | Part::Process => return None,
        };
        let says = match pending {
            Ok(pending) if pending.is_empty() => return None,
            Ok(pending) => format!("The {side} side's database lacks {} migration(s): run candor migrate.", pending.len()),
            Err(error) if error.is_unavailable() => format!("The {side} side's database cannot be reached."),
            Err(_) => format!("The {side} side's database cannot be used: candor wave status says why."),
        };
        Some(Fault::new(part, says))
    }

    /// Brings both databases to this program's structure; the migrations that were applied on the people side and on the ballot side.
    ///
    /// # Errors
    /// When a database cannot be opened, belongs to something else, or is newer than this program.
    pub fn migrate(config: &Config) -> Result<(Vec<String>, Vec<String>), StartProblem> {
        let people = Identity::connect(&config.storage.identity).and_then(|s| s.migrate()).map_err(|e| store("storage.identity", &e))?;
        let ballots =
            Responses::connect(&config.storage.responses).and_then(|s| s.migrate()).map_err(|e| store("storage.responses", &e))?;
        Ok((people, ballots))
    }
}

/// What the configuration names, read and found usable.
struct Settings {
    catalogue: Catalogue,
    mail: MailTransport,
    signer: Option<DkimSigner>,
}

impl Settings {
    fn read(config: &Config) -> Result<Self, StartProblem> {
        let invalid = |what: &str, cause: &dyn std::fmt::Display| StartProblem::Invalid(format!("{what}: {cause}"));
        for (what, url) in [("storage.identity", &config.storage.identity), ("storage.responses", &config.storage.responses)] {
            identity::check_url(url).map_err(|e| invalid(what, &e))?;
        }
        let catalogue = read_templates(config.survey.templates.as_deref())?;
        let mail = MailTransport::from_config(&config.mail).map_err(|e| invalid("mail.transport", &e))?;
        let signer = config.mail.dkim.as_ref().map(|dkim| DkimSigner::from_config(dkim, &config.mail.from)).transpose();
        Ok(Self { catalogue, mail, signer: signer.map_err(|e| StartProblem::Invalid(e.to_string()))? })
    }
}

fn store(what: &'static str, cause: &dyn std::fmt::Display) -> StartProblem {
    StartProblem::Store { what, cause: cause.to_string() }
}

/// The built-in templates, and those of the folder over them.
fn read_templates(folder: Option<&Path>) -> Result<Catalogue, StartProblem> {
    let invalid = |text: String| StartProblem::Invalid(text);
    let mut files = Vec::new();
    if let Some(folder) = folder {
        let entries = std::fs::read_dir(folder).map_err(|e| invalid(format!("survey.templates {}: {e}", folder.display())))?;
        for entry in entries {
            let path = entry.map_err(|e| invalid(format!("survey.templates {}: {e}", folder.display())))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|e| invalid(format!("{}: {e}", path.display())))?;
                files.push((path.display().to_string(), text));
            }
        }
        files.sort();
    }
    Catalogue::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).map_err(|problems| invalid(problems.to_string()))
}
