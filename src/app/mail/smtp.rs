//! An SMTP server as it is configured: place, protection, credentials.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use secrecy::{ExposeSecret, SecretString};

use super::dialogue::{Patience, SmtpLine};
use super::transport::TransportProblem;

/// An SMTP server with its credentials. Cheap to clone; prints neither user nor password.
#[derive(Clone)]
pub struct Smtp(Arc<Server>);

struct Server {
    host: String,
    port: u16,
    protection: Protection,
    credentials: Option<Credentials>,
    hello: ClientId,
    patience: Patience,
}

impl fmt::Display for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.host, self.0.port)
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("server", &format_args!("{self}")).finish_non_exhaustive()
    }
}

/// How the connection is protected. A certificate is always checked.
pub(super) enum Protection {
    /// Not at all; this machine only.
    None,
    /// STARTTLS, required.
    StartTls(TlsParameters),
    /// TLS from the first byte.
    Implicit(TlsParameters),
}

impl Smtp {
    /// Reads `[user[:password]@]host[:port][?tls=none|starttls|implicit]`, the part behind `smtp://`. Default is `starttls`.
    ///
    /// `authorities` are certificates in PEM; with them only they may vouch for the server, without them those of the system.
    pub(super) fn from_url(rest: &str, password: Option<&SecretString>, authorities: Option<&[u8]>) -> Result<Self, TransportProblem> {
        let problem = |text: &str| Err(TransportProblem(text.to_owned()));
        let (place, query) = rest.split_once('?').unwrap_or((rest, "tls=starttls"));
        let (login, place) = match place.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, place),
        };
        let (host, port) = split_port(place.trim_end_matches('/'))?;
        if host.is_empty() {
            return problem("the host is missing: write smtp://user@host:587?tls=starttls");
        }
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let (protection, default_port) = match query {
            "tls=none" if !is_loopback => {
                return problem(
                    "tls=none is for a server on this machine only, because links would cross the network in the clear: write tls=starttls or tls=implicit",
                );
            }
            "tls=none" if authorities.is_some() => {
                return problem("mail.ca_file is set, but tls=none checks no certificate: remove mail.ca_file or write tls=starttls");
            }
            "tls=none" => (Protection::None, 25),
            "tls=starttls" => (Protection::StartTls(tls_to(&host, authorities)?), 587),
            "tls=implicit" => (Protection::Implicit(tls_to(&host, authorities)?), 465),
            _ => return problem("after ? only tls=none, tls=starttls or tls=implicit is possible"),
        };
        let credentials = credentials(login, password)?;
        let (port, hello) = (port.unwrap_or(default_port), ClientId::default());
        Ok(Self(Arc::new(Server { host, port, protection, credentials, hello, patience: Patience::default() })))
    }

    /// A connection of its own, not opened yet.
    pub(super) fn line(&self) -> SmtpLine {
        SmtpLine::new(self.clone())
    }

    pub(super) fn place(&self) -> (&str, u16) {
        (&self.0.host, self.0.port)
    }

    pub(super) fn protection(&self) -> &Protection {
        &self.0.protection
    }

    pub(super) fn credentials(&self) -> Option<&Credentials> {
        self.0.credentials.as_ref()
    }

    pub(super) fn hello(&self) -> &ClientId {
        &self.0.hello
    }

    pub(super) fn patience(&self) -> Patience {
        self.0.patience
    }

    /// The same server with less patience than the protocol asks for.
    #[cfg(test)]
    pub(super) fn impatient(mut self, patience: Patience) -> Self {
        if let Some(server) = Arc::get_mut(&mut self.0) {
            server.patience = patience;
        }
        self
    }
}

fn tls_to(host: &str, authorities: Option<&[u8]>) -> Result<TlsParameters, TransportProblem> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authorities {
        // An empty list is no error to the reader of PEM; it would trust nobody, and nobody would know why.
        let none = || TransportProblem(NO_CERTIFICATES.to_owned());
        let certificates =
            Certificate::from_pem(pem).ok().filter(|_| pem.windows(PEM_LABEL.len()).any(|w| w == PEM_LABEL)).ok_or_else(none)?;
        tls = tls.certificate_store(CertificateStore::None).add_root_certificate(certificates);
    }
    tls.build().map_err(|cause| TransportProblem(format!("TLS to {host:?} cannot be prepared: {cause}")))
}

const PEM_LABEL: &[u8] = b"-----BEGIN CERTIFICATE-----";
/// What is wrong with `mail.ca_file` when nothing in it can be read.
const NO_CERTIFICATES: &str = "mail.ca_file holds no certificates in PEM form (-----BEGIN CERTIFICATE-----)";

/// Host and port; an IPv6 address stands in brackets.
fn split_port(place: &str) -> Result<(String, Option<u16>), TransportProblem> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(host, port)| (host, port.strip_prefix(':'))).unwrap_or((rest, None)),
        None => place.rsplit_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let port = match port {
        None => None,
        // It is not repeated: without a host it is a password.
        Some(port) => Some(port.parse().map_err(|_| TransportProblem("the port is not a number from 1 to 65535".to_owned()))?),
    };
    Ok((host.to_lowercase(), port))
}

fn credentials(login: Option<&str>, password: Option<&SecretString>) -> Result<Option<Credentials>, TransportProblem> {
    let problem = |text: &str| Err(TransportProblem(text.to_owned()));
    let Some(login) = login else {
        return match password {
            Some(_) => problem("a mail password is set without a user: write smtp://user@host"),
            None => Ok(None),
        };
    };
    let (user, in_url) = match login.split_once(':') {
        Some((user, password)) => (user, Some(percent_decoded(password)?)),
        None => (login, None),
    };
    let password = match (in_url, password) {
        (Some(_), Some(_)) => return problem("the mail password stands both in the transport and in mail.password: keep one of them"),
        (Some(password), None) => password,
        (None, Some(password)) => password.expose_secret().to_owned(),
        (None, None) => return problem("the user of the mail server has no password: set mail.password or mail.password_file"),
    };
    Ok(Some(Credentials::new(percent_decoded(user)?, password)))
}

/// Undoes `%40` and the like, with which a user or password may hold the signs of a URL.
fn percent_decoded(text: &str) -> Result<String, TransportProblem> {
    let broken = || TransportProblem("a % in user or password must be followed by two hexadecimal digits; % itself is %25".to_owned());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()).ok_or_else(broken)?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| broken())?);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
