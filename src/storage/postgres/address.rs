//! Where the server is and how the way to it is protected.

use std::net::IpAddr;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::error::StorageError;

/// How long a server may take to answer a call.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long sent bytes may stay without the other side's confirmation before the connection counts as dead.
const DEAD_AFTER: Duration = Duration::from_secs(15);
/// How long a silent connection is trusted before it is probed.
const PROBE_AFTER: Duration = Duration::from_secs(15);

/// How the way to the server is protected.
pub(super) enum Protection {
    /// It never leaves this machine.
    Local,
    /// TLS with a checked certificate for the host's name.
    Tls(Arc<ClientConfig>),
}

/// A parsed `postgres://` URL.
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) protection: Protection,
}

impl Address {
    /// Reads `postgres://user:password@host:port/database`; also `postgres:///database?host=/folder/of/the/socket&user=…`.
    ///
    /// `sslmode` may be `disable` on this machine only, `require` or `verify-full`; the last two are the same here, since a certificate that is not
    /// checked protects nothing. `sslrootcert=FILE` names the authority that signed the server's certificate instead of the system's list.
    pub(super) fn parse(url: &str) -> Result<Self, StorageError> {
        let Own { url, mode, root } = Own::take_from(url)?;
        // The parser's message names the option or part, never the password.
        let mut config = Config::from_str(&url).map_err(|e| problem(&format!("{e}: write postgres://user@host:5432/database")))?;
        if config.get_dbname().is_none_or(str::is_empty) {
            return Err(problem("the name of the database is missing: write postgres://user@host:5432/database"));
        }
        if config.get_hosts().is_empty() {
            return Err(problem("the host is missing: write postgres://user@host:5432/database"));
        }
        let sockets = config.get_hosts().iter().filter(|host| matches!(host, Host::Unix(_))).count();
        if sockets > 0 && config.get_hosts().len() > 1 {
            return Err(problem(
                "it names a socket's folder and another host: write postgres:///database?host=/folder&user=name, or the host alone",
            ));
        }
        let local = is_local(&config);
        let protection = match mode {
            Mode::Disable if local => Protection::Local,
            Mode::Disable => {
                return Err(problem(
                    "sslmode=disable is for a server on this machine only, because names, hashes and sealed answers would cross the network in the clear: leave it out",
                ));
            }
            Mode::Default if local => Protection::Local,
            Mode::Default | Mode::Verified => Protection::Tls(Arc::new(tls(root.as_deref())?)),
        };
        config
            .ssl_mode(if matches!(protection, Protection::Local) { SslMode::Disable } else { SslMode::Require })
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_user_timeout(DEAD_AFTER)
            .keepalives_idle(PROBE_AFTER)
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3);
        if config.get_application_name().is_none() {
            config.application_name("candor");
        }
        Ok(Self { config, protection })
    }

    /// Host, port and database for messages.
    pub(super) fn place(&self) -> String {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => String::new(),
        };
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        format!("{host}:{port}/{}", self.config.get_dbname().unwrap_or_default())
    }
}

/// The value of `sslmode`.
#[derive(Clone, Copy)]
enum Mode {
    Default,
    Disable,
    Verified,
}

/// The options that are ours to read; the rest of the URL is the driver's.
struct Own {
    url: String,
    mode: Mode,
    root: Option<String>,
}

impl Own {
    fn take_from(url: &str) -> Result<Self, StorageError> {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let mut own = Self { url: place.to_owned(), mode: Mode::Default, root: None };
        let mut rest = Vec::new();
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", "disable")) => own.mode = Mode::Disable,
                Some(("sslmode", "require" | "verify-full")) => own.mode = Mode::Verified,
                Some(("sslmode", _)) => {
                    return Err(problem("sslmode can be verify-full (also called require), or disable for a server on this machine"));
                }
                Some(("sslrootcert", file)) => own.root = Some(file.to_owned()),
                _ => rest.push(option),
            }
        }
        if !rest.is_empty() {
            own.url = format!("{place}?{}", rest.join("&"));
        }
        Ok(own)
    }
}

fn problem(text: &str) -> StorageError {
    StorageError::Url(text.to_owned())
}

/// Whether no byte leaves this machine.
fn is_local(config: &Config) -> bool {
    let local_name = |name: &str| name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let hosts_are_local = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => local_name(name),
        Host::Unix(_) => true,
    });
    // Where addresses are given, they decide where the bytes go.
    hosts_are_local && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn tls(root: Option<&str>) -> Result<ClientConfig, StorageError> {
    let mut roots = RootCertStore::empty();
    match root {
        Some(file) => {
            let unusable = |cause: &dyn std::fmt::Display| problem(&format!("sslrootcert {file}: {cause}"));
            for certificate in CertificateDer::pem_file_iter(Path::new(file)).map_err(|e| unusable(&e))? {
                roots.add(certificate.map_err(|e| unusable(&e))?).map_err(|e| unusable(&e))?;
            }
            if roots.is_empty() {
                return Err(unusable(&"it holds no certificate in PEM form"));
            }
        }
        None => {
            let found = rustls_native_certs::load_native_certs();
            // Systems carry certificates that no library reads; the others are enough.
            roots.add_parsable_certificates(found.certs);
            if roots.is_empty() {
                return Err(problem("this system has no list of certificate authorities: install ca-certificates or add sslrootcert=FILE"));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| problem(&format!("TLS cannot be prepared: {e}")))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn refusal(url: &str) -> String {
        match Address::parse(url) {
            Err(StorageError::Url(text)) => text,
            Err(other) => panic!("{url}: {other}"),
            Ok(_) => panic!("{url} was taken"),
        }
    }

    #[test]
    fn a_server_on_this_machine_needs_no_tls_and_any_other_gets_it() {
        for local in [
            "postgres://candor@127.0.0.1:5432/people",
            "postgresql://candor@localhost/people?sslmode=disable",
            "postgres://candor@[::1]/people",
            "postgres:///people?host=/var/run/postgresql&user=candor",
        ] {
            assert!(matches!(Address::parse(local).unwrap().protection, Protection::Local), "{local}");
        }
        for remote in [
            "postgres://candor@db.example.org/people",
            "postgres://candor@10.0.0.7/people?sslmode=require",
            "postgres://c@localhost/p?sslmode=verify-full",
        ] {
            assert!(matches!(Address::parse(remote).unwrap().protection, Protection::Tls(_)), "{remote}");
        }
    }

    #[test]
    fn nobody_can_switch_tls_off_for_another_machine() {
        for remote in [
            "postgres://candor@db.example.org/people?sslmode=disable",
            "postgres://candor@localhost,db.example.org/people?sslmode=disable",
            "postgres://candor@localhost/people?hostaddr=10.0.0.7&sslmode=disable",
        ] {
            assert!(refusal(remote).contains("this machine only"), "{remote}");
        }
        assert!(refusal("postgres://candor@db/people?sslmode=prefer").contains("verify-full"));
        assert!(refusal("postgres://candor@db/people?sslmode=allow").contains("verify-full"));
    }

    #[test]
    fn a_url_without_its_parts_is_refused_and_never_repeats_the_password() {
        for broken in [
            "postgres://candor:hunter2@localhost:5432",
            "postgres://candor:hunter2@localhost:port/people",
            "postgres:///people",
            "postgres://candor:hunter2@localhost/people?host=/var/run/postgresql",
            "postgres://candor:hunter2@localhost/people?ssl=on",
            "postgres://candor:hunter2@db/people?sslrootcert=/nowhere/ca.pem",
        ] {
            assert!(!refusal(broken).contains("hunter2"), "{broken}");
        }
    }
}
