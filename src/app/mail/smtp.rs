//! SMTP: one server, a small pool of connections, and a careful reading of its refusals.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport};
use secrecy::{ExposeSecret, SecretString};

use super::message::Mail;
use super::transport::{MailFailure, TransportProblem};

/// Connections kept to the server; one alone costs 44 ms a mail, eight bring it below 6 ms.
const CONNECTIONS: u32 = 8;
/// How long an answer of the server may take. The answer to the end of a mail's text gets the ten minutes of RFC 5321, section 4.5.3.2.6:
/// who gives up sooner sends that mail again although it was taken.
const TIMEOUT: Duration = Duration::from_secs(10 * 60);
/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(60);

/// An SMTP server with its credentials. Cheap to clone; does not print the credentials.
#[derive(Clone)]
pub struct Smtp {
    server: String,
    transport: SmtpTransport,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("server", &self.server).finish_non_exhaustive()
    }
}

/// How the connection is protected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protection {
    /// Not at all; this machine only.
    None,
    /// STARTTLS, required.
    StartTls,
    /// TLS from the first byte.
    Implicit,
}

impl Smtp {
    /// Reads `[user[:password]@]host[:port][?tls=none|starttls|implicit]`, the part behind `smtp://`. Default is `starttls`.
    pub(super) fn from_url(rest: &str, password: Option<&SecretString>) -> Result<Self, TransportProblem> {
        let problem = |text: &str| Err(TransportProblem(text.to_owned()));
        let (place, query) = rest.split_once('?').unwrap_or((rest, "tls=starttls"));
        let protection = match query {
            "tls=none" => Protection::None,
            "tls=starttls" => Protection::StartTls,
            "tls=implicit" => Protection::Implicit,
            _ => return problem("after ? only tls=none, tls=starttls or tls=implicit is possible"),
        };
        let (login, place) = match place.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, place),
        };
        let (host, port) = split_port(place.trim_end_matches('/'))?;
        if host.is_empty() {
            return problem("the host is missing: write smtp://user@host:587?tls=starttls");
        }
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if protection == Protection::None && !is_loopback {
            return problem(
                "tls=none is for a server on this machine only, because links would cross the network in the clear: write tls=starttls or tls=implicit",
            );
        }
        let tls = match protection {
            Protection::None => Tls::None,
            Protection::StartTls => Tls::Required(tls_to(&host)?),
            Protection::Implicit => Tls::Wrapper(tls_to(&host)?),
        };
        let default_port = match protection {
            Protection::None => 25,
            Protection::StartTls => 587,
            Protection::Implicit => 465,
        };
        let port = port.unwrap_or(default_port);
        let mut builder = SmtpTransport::builder_dangerous(host.clone())
            .port(port)
            .tls(tls)
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE));
        if let Some(credentials) = credentials(login, password)? {
            builder = builder.credentials(credentials);
        }
        Ok(Self { server: format!("{host}:{port}"), transport: builder.build() })
    }

    pub(super) fn send(&self, mail: &Mail) -> Result<(), MailFailure> {
        let failed = |cause: &lettre::transport::smtp::Error| MailFailure::Temporary(format!("{}: {}", self.server, codes_only(cause)));
        // Connecting and signing in come first and by themselves: a server that refuses *us* there must not mark the recipient.
        self.transport.test_connection().map_err(|cause| failed(&cause))?;
        match self.transport.send(&mail.message) {
            Ok(_) => Ok(()),
            Err(cause) if cause.is_permanent() && !blames_sender(&cause.to_string()) => {
                Err(MailFailure::Permanent(format!("{}: {}", self.server, codes_only(&cause))))
            }
            Err(cause) => Err(failed(&cause)),
        }
    }
}

fn tls_to(host: &str) -> Result<TlsParameters, TransportProblem> {
    TlsParameters::new(host.to_owned()).map_err(|cause| TransportProblem(format!("TLS to {host:?} cannot be prepared: {cause}")))
}

/// Host and port; an IPv6 address stands in brackets.
fn split_port(place: &str) -> Result<(String, Option<u16>), TransportProblem> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(host, port)| (host, port.strip_prefix(':'))).unwrap_or((rest, None)),
        None => place.rsplit_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let port = match port {
        None => None,
        Some(port) => Some(port.parse().map_err(|_| TransportProblem(format!("the port {port:?} is not a number from 1 to 65535")))?),
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

/// Whether a refusal is about the sender or a policy of the server, by its enhanced code (RFC 3463): x.7.y, 5.1.7 and 5.1.8.
fn blames_sender(refusal: &str) -> bool {
    refusal.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|word| {
        let mut parts = word.split('.');
        matches!(
            (parts.next(), parts.next(), parts.next(), parts.next()),
            (Some("5"), Some("7"), Some(_), None) | (Some("5"), Some("1"), Some("7" | "8"), None)
        )
    })
}

/// What a server answered, reduced to its codes (RFC 5321, RFC 3463): its words may name the recipient, who belongs into no log.
fn codes_only(cause: &lettre::transport::smtp::Error) -> String {
    let words = cause.to_string();
    let is_code =
        |word: &&str| word.len() >= 3 && word.starts_with(['2', '4', '5']) && word.chars().all(|c| c.is_ascii_digit() || c == '.');
    let codes: Vec<&str> = words.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ',')).filter(is_code).collect();
    match (codes.is_empty(), cause.is_timeout()) {
        (false, _) => format!("the mail server answered {}", codes.join(" ")),
        (true, true) => "the mail server did not answer in time".to_owned(),
        (true, false) => "the connection to the mail server failed".to_owned(),
    }
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
