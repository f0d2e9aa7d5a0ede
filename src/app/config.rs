//! The configuration: one TOML file, below it `CANDOR_*` variables, below them flags.
//!
//! Unknown keys are refused, so that a typing error cannot silently fall back to a default. Secrets can be given as files.

mod checking;
mod reading;
mod secret_url;
#[cfg(test)]
mod tests;
mod toml_error;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use identity::Role;
use jiff::tz::TimeZone;
use protocol::manifest::{Contact, Texts, Weakening};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use self::checking::{is_loopback, origin_host};
pub use self::reading::ConfigProblem;
pub use self::secret_url::SecretUrl;

/// Everything that an installation is told from outside.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The organisation's name as people read it.
    pub organisation: String,
    /// What the results are used for, on the promise sheet; the product's own words when absent. A plain text is in `survey.language`.
    #[serde(default)]
    pub purpose: Option<Texts>,
    /// What the results may not be used for, on the promise sheet; the product's own words when absent.
    #[serde(default)]
    pub not_for: Option<Texts>,
    /// Where the check words of a round hang, so that people can compare them without Candor.
    #[serde(default)]
    pub words_posted: Option<Texts>,
    /// To whom people can turn in confidence with what must not wait or concerns one person.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// The origin where people answer.
    pub respondents: Listener,
    /// The origin where HR and leaders sign in; another host than the respondents' origin.
    pub console: Console,
    /// Databases and key files.
    pub storage: Storage,
    /// How mail leaves.
    pub mail: Mail,
    /// Defaults of a new wave.
    #[serde(default)]
    pub survey: Survey,
    /// Where numbers about the process can be read; nowhere when absent.
    #[serde(default)]
    pub metrics: Option<Metrics>,
    /// How the process ends when it is asked to.
    #[serde(default)]
    pub stop: Stop,
}

/// One of the two origins.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listener {
    /// Public address without a path, for instance `https://survey.example.org`.
    pub url: String,
    /// Where the process listens, for instance `127.0.0.1:8080`.
    pub listen: SocketAddr,
}

/// The origin where HR and leaders sign in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Public address without a path, for instance `https://candor.example.org`.
    pub url: String,
    /// Where the process listens, for instance `127.0.0.1:8081`.
    pub listen: SocketAddr,
    /// The roles whose accounts must have a second factor, such as `admin` and `hr`.
    #[serde(default)]
    pub second_factor: Vec<String>,
}

/// Where things are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// The people side, for instance `sqlite:///var/lib/candor/identity.db`.
    #[serde(default)]
    pub identity: SecretUrl,
    /// A file that holds this URL instead, because it may hold a password.
    #[serde(default)]
    pub identity_file: Option<PathBuf>,
    /// The ballot side.
    #[serde(default)]
    pub responses: SecretUrl,
    /// A file that holds this URL instead.
    #[serde(default)]
    pub responses_file: Option<PathBuf>,
    /// Folder of the box key files; outside both databases and outside every backup.
    pub keys: PathBuf,
    /// What the servers behind the databases keep although it weakens the promise, by the names of `candor doctor`: a round is launched all the same, and
    /// its promise sheet says it.
    #[serde(default)]
    pub accept: BTreeSet<Weakening>,
}

/// Numbers about the process for Prometheus, on a listener of their own because they are for nobody but the operator.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Where the process listens, for instance `127.0.0.1:9090`.
    pub listen: SocketAddr,
}

/// How the process ends on SIGTERM or SIGINT.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stop {
    /// How long readiness says no before the listeners stop to accept, in seconds: longer than a load balancer's interval of asking.
    pub announce_seconds: u16,
    /// How long requests and mails that have begun may take to end after that, in seconds.
    pub finish_seconds: u16,
}

impl Default for Stop {
    fn default() -> Self {
        Self { announce_seconds: 0, finish_seconds: 20 }
    }
}

/// How mail leaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Sender, for instance `Candor <survey@example.org>`.
    pub from: String,
    /// `smtp://user@host:587?tls=starttls`, `file:///var/lib/candor/outbox` or `memory:`.
    pub transport: SecretUrl,
    /// The SMTP password.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// A file that holds the SMTP password instead.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// How many connections to the mail server there are at most.
    #[serde(default = "default_connections")]
    pub connections: u16,
    /// How many mails may leave in a minute at most; any number when absent.
    #[serde(default)]
    pub per_minute: Option<NonZeroU32>,
    /// Authorities that may vouch for the mail server's certificate, in PEM; those of the system when absent.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// A maildir into which mails that came back are delivered. They are read, their addresses are marked, and they are deleted.
    #[serde(default)]
    pub bounces_maildir: Option<PathBuf>,
    /// The key that signs mails; none are signed when absent.
    #[serde(default)]
    pub dkim: Option<Dkim>,
}

/// The key that signs mails (DKIM), and where its public half is published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    /// The signing domain: that of the sender's address, or one above it.
    pub domain: String,
    /// The name of the key below `_domainkey` of the domain.
    pub selector: String,
    /// The private key in PEM: RSA of 2048 bits or more, or Ed25519.
    pub key_file: PathBuf,
}

/// Defaults of a new wave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Smallest number of people reported together.
    #[serde(default = "default_k")]
    pub k: u32,
    /// Smallest standing group.
    #[serde(default = "default_group_min")]
    pub group_min: u32,
    /// Language for people whose staff list names none.
    #[serde(default = "default_language")]
    pub language: String,
    /// Folder with own templates, which override the built-in ones by id.
    #[serde(default)]
    pub templates: Option<PathBuf>,
    /// Who holds the passphrase of a round that has one; named on its promise sheet.
    #[serde(default)]
    pub key_holder: Option<String>,
    /// Whether people read the result of their own group.
    #[serde(default = "default_team_reads")]
    pub team_reads: bool,
    /// How many hours after the publication HR reads the results of groups, so that leaders read theirs first; 0 for at once.
    #[serde(default)]
    pub hr_groups_after_hours: u32,
    /// The time zone in which mails name moments, for instance `Europe/Berlin`.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
}

impl Survey {
    /// The time zone in which mails name moments.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        // Checked when the configuration was read.
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

impl Default for Survey {
    fn default() -> Self {
        Self {
            k: default_k(),
            group_min: default_group_min(),
            language: default_language(),
            templates: None,
            key_holder: None,
            team_reads: default_team_reads(),
            hr_groups_after_hours: 0,
            time_zone: default_time_zone(),
        }
    }
}

fn default_connections() -> u16 {
    8
}
fn default_k() -> u32 {
    5
}
fn default_group_min() -> u32 {
    7
}
fn default_time_zone() -> String {
    "UTC".to_owned()
}
fn default_team_reads() -> bool {
    true
}
fn default_language() -> String {
    "en".to_owned()
}

impl Config {
    /// The configuration as `candor config check` prints it, secrets left out.
    #[must_use]
    pub fn redacted(&self) -> String {
        let mut out = String::new();
        let password = match &self.mail.password {
            Some(p) if p.expose_secret().is_empty() => "(empty)",
            Some(_) => "(set, not shown)",
            None => "(none)",
        };
        let mut line = |key: &str, value: &dyn std::fmt::Display| {
            let _ = writeln!(out, "{key:<22} {value}");
        };
        line("organisation", &self.organisation);
        let own = |texts: &Option<Texts>, absent: &str| texts.as_ref().map_or_else(|| absent.to_owned(), Texts::to_string);
        line("purpose", &own(&self.purpose, "(Candor's own words)"));
        line("not_for", &own(&self.not_for, "(Candor's own words)"));
        line("words_posted", &own(&self.words_posted, "(not said)"));
        if self.contacts.is_empty() {
            line("contacts", &"(none)");
        }
        for contact in &self.contacts {
            line("contacts", &format_args!("{}: {}", contact.label, contact.address));
        }
        line("respondents.url", &self.respondents.url);
        line("respondents.listen", &self.respondents.listen);
        line("console.url", &self.console.url);
        line("console.listen", &self.console.listen);
        let roles = self.console.second_factor.join(", ");
        line("console.second_factor", &if roles.is_empty() { "(nobody must)".to_owned() } else { roles });
        line("storage.identity", &self.storage.identity);
        line("storage.responses", &self.storage.responses);
        line("storage.keys", &self.storage.keys.display());
        let accepted = self.storage.accept.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
        line("storage.accept", &if accepted.is_empty() { "(nothing)".to_owned() } else { accepted });
        line("mail.from", &self.mail.from);
        line("mail.transport", &self.mail.transport);
        line("mail.password", &password);
        line("mail.connections", &self.mail.connections);
        line("mail.per_minute", &self.mail.per_minute.map_or("(any number)".to_owned(), |n| n.to_string()));
        line("mail.ca_file", &self.mail.ca_file.as_ref().map_or("(the system's authorities)".to_owned(), |p| p.display().to_string()));
        line("mail.bounces_maildir", &self.mail.bounces_maildir.as_ref().map_or("(none)".to_owned(), |p| p.display().to_string()));
        let dkim = self.mail.dkim.as_ref().map(|dkim| format!("{} at {}, key in {}", dkim.selector, dkim.domain, dkim.key_file.display()));
        line("mail.dkim", &dkim.unwrap_or_else(|| "(mails are not signed)".to_owned()));
        line("survey.k", &self.survey.k);
        line("survey.group_min", &self.survey.group_min);
        line("survey.language", &self.survey.language);
        line("survey.templates", &self.survey.templates.as_ref().map_or("(built in)".to_owned(), |p| p.display().to_string()));
        line("survey.key_holder", &self.survey.key_holder.as_deref().unwrap_or("(not named)"));
        line("survey.team_reads", &self.survey.team_reads);
        line("survey.hr_groups_after_hours", &self.survey.hr_groups_after_hours);
        line("survey.time_zone", &self.survey.time_zone);
        line("metrics.listen", &self.metrics.as_ref().map_or("(off)".to_owned(), |metrics| metrics.listen.to_string()));
        line("stop.announce_seconds", &self.stop.announce_seconds);
        line("stop.finish_seconds", &self.stop.finish_seconds);
        out
    }

    /// Whether accounts of a role must have a second factor.
    #[must_use]
    pub fn wants_second_factor(&self, role: Role) -> bool {
        self.console.second_factor.iter().any(|named| named == role.as_str())
    }

    /// Whether people reach the survey page over a connection in which browsers offer cryptography.
    #[must_use]
    pub fn respondents_are_secure(&self) -> bool {
        self.respondents.url.starts_with("https://") || self.respondents_are_loopback()
    }

    /// Whether the survey page is reachable from this machine only.
    #[must_use]
    pub fn respondents_are_loopback(&self) -> bool {
        origin_host(&self.respondents.url).is_ok_and(|host| is_loopback(&host))
    }
}
