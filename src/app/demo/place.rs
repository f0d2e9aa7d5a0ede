//! Where the demo lives: a folder with a configuration file, two databases, keys, and two ports.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Clock, SystemClock};

use super::organisation::ORGANISATION;
use crate::config::Config;
use crate::installation::Installation;
use crate::mail::transport::{MailTransport, MemoryOutbox};

/// The folder, the configuration and the caught mail of one demo.
pub(super) struct Place {
    folder: PathBuf,
    temporary: Option<tempfile::TempDir>,
    config: Config,
    outbox: MemoryOutbox,
    listeners: Mutex<Option<(TcpListener, TcpListener)>>,
}

impl Place {
    /// Makes the folder and its configuration file and takes two ports.
    ///
    /// # Errors
    /// When the folder holds something already, or a port is taken.
    pub(super) fn prepare(folder: Option<&Path>, port: u16, any_port: bool) -> Result<Self, String> {
        let (folder, temporary) = match folder {
            Some(folder) => {
                if folder.join("identity.db").exists() {
                    return Err(format!("{} holds a demo already: give another folder, or remove it", folder.display()));
                }
                std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
                (folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?, None)
            }
            None => {
                let temporary =
                    tempfile::Builder::new().prefix("candor-demo-").tempdir().map_err(|e| format!("a temporary folder: {e}"))?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let first = if any_port { 0 } else { port };
        let second = if first == 0 { 0 } else { first.saturating_add(1) };
        let (respondents, console) = (listen(first)?, listen(second)?);
        let address = |listener: &TcpListener| listener.local_addr().map_err(|e| e.to_string());
        let (respondents_address, console_address) = (address(&respondents)?, address(&console)?);
        let text = format!(
            "# Made by candor demo.\norganisation = \"{ORGANISATION}\"\n\n[respondents]\nurl = \"http://127.0.0.1:{}\"\nlisten = \"{respondents_address}\"\n\n[console]\nurl = \"http://localhost:{}\"\nlisten = \"{console_address}\"\n\n[storage]\nidentity = \"sqlite://{dir}/identity.db\"\nresponses = \"sqlite://{dir}/responses.db\"\nkeys = \"{dir}/keys\"\n\n[mail]\nfrom = \"Candor demo <survey@northwind.example>\"\ntransport = \"memory:\"\n",
            respondents_address.port(),
            console_address.port(),
            dir = folder.display(),
        );
        let file = folder.join("candor.toml");
        std::fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
        let config = Config::load(&file, std::iter::empty()).map_err(|e| e.to_string())?;
        Installation::migrate(&config).map_err(|e| e.to_string())?;
        Ok(Self { folder, temporary, config, outbox: MemoryOutbox::default(), listeners: Mutex::new(Some((respondents, console))) })
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder goes away at the end.
    pub(super) fn is_temporary(&self) -> bool {
        self.temporary.is_some()
    }

    /// The configuration.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// The configuration's file.
    pub(super) fn config_file(&self) -> PathBuf {
        self.folder.join("candor.toml")
    }

    /// The program as it was started, for commands that people copy.
    #[expect(clippy::unused_self, reason = "reads like the other facts of the place")]
    pub(super) fn program(&self) -> String {
        std::env::current_exe().map_or_else(|_| "candor".to_owned(), |p| p.display().to_string())
    }

    /// The caught mail.
    pub(super) fn outbox(&self) -> &MemoryOutbox {
        &self.outbox
    }

    /// The listeners on the promised ports; given once.
    ///
    /// # Errors
    /// When they were given before.
    pub(super) fn listeners(&self) -> Result<(TcpListener, TcpListener), String> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(|| "the demo's ports are in use".to_owned())
    }

    /// Two free ports for the rounds of the past.
    ///
    /// # Errors
    /// When the system has none.
    #[expect(clippy::unused_self, reason = "reads like the other facts of the place")]
    pub(super) fn spare_listeners(&self) -> Result<(TcpListener, TcpListener), String> {
        Ok((listen(0)?, listen(0)?))
    }

    /// The installation under a clock of its own.
    ///
    /// # Errors
    /// When a store cannot be opened.
    pub(super) fn installation(&self, clock: Arc<dyn Clock>) -> Result<Installation, String> {
        let mut installation = Installation::open(self.config.clone(), clock).map_err(|e| e.to_string())?;
        installation.mail = Arc::new(MailTransport::Memory(self.outbox.clone()));
        Ok(installation)
    }

    /// The installation under the machine's clock.
    ///
    /// # Errors
    /// When a store cannot be opened.
    pub(super) fn installation_now(&self) -> Result<Installation, String> {
        self.installation(Arc::new(SystemClock))
    }

    /// Removes a temporary folder.
    pub(super) fn clear(self) {
        if let Some(temporary) = self.temporary {
            // Nothing of value: a folder that cannot be removed is left to the system.
            let _ = temporary.close();
        }
    }
}

/// Listens on the port, or says how to take another.
fn listen(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .map_err(|e| format!("port {port} on this machine: {e}. Choose another with --port, or --port 0 for any free one"))
}
