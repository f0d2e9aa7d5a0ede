//! The configuration: one TOML file, below it `CANDOR_*` variables, below them flags.
//!
//! Unknown keys are refused, so that a typing error cannot silently fall back to a default. Secrets can be given as files.

mod secret_url;
mod toml_error;

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

pub use self::secret_url::SecretUrl;
use self::toml_error::described;

/// Everything that an installation is told from outside.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The organisation's name as people read it.
    pub organisation: String,
    /// What the results are used for; printed on the promise sheet.
    #[serde(default = "default_purpose")]
    pub purpose: String,
    /// The origin where people answer.
    pub respondents: Listener,
    /// The origin where HR and leaders sign in; another host than the respondents' origin.
    pub console: Listener,
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
}

impl Default for Survey {
    fn default() -> Self {
        Self { k: default_k(), group_min: default_group_min(), language: default_language(), templates: None }
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
fn default_language() -> String {
    "en".to_owned()
}
fn default_purpose() -> String {
    "To see whether people can speak up, admit mistakes and ask for help while standards stay high, and to talk about it in the team."
        .to_owned()
}

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigProblem {
    /// The file could not be read.
    #[error("cannot read the configuration {path}: {cause}. Give another file with --config, or see docs/first-wave.md for a first one")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// The file is not a valid configuration.
    #[error("{path}: {reason}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The reason, with line and column where there is one.
        reason: String,
    },
}

/// Every key that a variable may set, as `CANDOR_` plus the key in capitals with `_` between its parts.
const VARIABLES: &[&[&str]] = &[
    &["organisation"],
    &["purpose"],
    &["respondents", "url"],
    &["respondents", "listen"],
    &["console", "url"],
    &["console", "listen"],
    &["storage", "identity"],
    &["storage", "identity_file"],
    &["storage", "responses"],
    &["storage", "responses_file"],
    &["storage", "keys"],
    &["mail", "from"],
    &["mail", "transport"],
    &["mail", "password"],
    &["mail", "password_file"],
    &["mail", "connections"],
    &["mail", "per_minute"],
    &["mail", "ca_file"],
    &["mail", "bounces_maildir"],
    &["mail", "dkim", "domain"],
    &["mail", "dkim", "selector"],
    &["mail", "dkim", "key_file"],
    &["survey", "k"],
    &["survey", "group_min"],
    &["survey", "language"],
    &["survey", "templates"],
    &["metrics", "listen"],
    &["stop", "announce_seconds"],
    &["stop", "finish_seconds"],
];

/// Variables that belong to commands, not to the configuration.
const OTHER_VARIABLES: &[&str] = &["CANDOR_CONFIG", "CANDOR_ACCOUNT_PASSWORD", "CANDOR_BOX_PASSPHRASE", "CANDOR_LOG", "CANDOR_LOG_FORMAT"];

fn variable_name(path: &[&str]) -> String {
    format!("CANDOR_{}", path.join("_").to_uppercase())
}

impl Config {
    /// Reads the file and lays the variables over it.
    ///
    /// # Errors
    /// [`ConfigProblem`] names file, line and key, and what to write instead.
    pub fn load(path: &Path, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigProblem> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigProblem::Unreadable { path: path.to_owned(), cause })?;
        let invalid = |reason: String| ConfigProblem::Invalid { path: path.to_owned(), reason };
        // A first pass without the variables, so that an error in the file is reported with its line.
        let mut table: toml::Table = text.parse().map_err(|e| invalid(described(&e, Some(&text))))?;
        let mut overridden = false;
        for (name, value) in variables.filter(|(name, _)| name.starts_with("CANDOR_")) {
            if OTHER_VARIABLES.contains(&name.as_str()) {
                continue;
            }
            let Some(key) = VARIABLES.iter().find(|path| variable_name(path) == name) else {
                let known = VARIABLES.iter().map(|p| variable_name(p)).collect::<Vec<_>>().join(", ");
                return Err(invalid(format!("the variable {name} is unknown; known are {known}")));
            };
            overlay(&mut table, key, &value).map_err(invalid)?;
            overridden = true;
        }
        let mut config: Self = if overridden {
            table.try_into().map_err(|e| invalid(described(&e, None)))?
        } else {
            toml::from_str(&text).map_err(|e| invalid(described(&e, Some(&text))))?
        };
        config.read_secret_files().map_err(invalid)?;
        config.check().map_err(invalid)?;
        Ok(config)
    }

    fn read_secret_files(&mut self) -> Result<(), String> {
        if let Some(file) = &self.mail.password_file {
            if self.mail.password.is_some() {
                return Err("mail.password and mail.password_file are both set: keep one of them".to_owned());
            }
            self.mail.password = Some(secret_in("mail.password_file", file)?.into());
        }
        let Storage { identity, identity_file, responses, responses_file, .. } = &mut self.storage;
        for (key, url, file) in [("storage.identity", identity, identity_file), ("storage.responses", responses, responses_file)] {
            match file {
                Some(_) if !url.is_empty() => return Err(format!("{key} and {key}_file are both set: keep one of them")),
                Some(file) => *url = secret_in(&format!("{key}_file"), file)?.into(),
                None => {}
            }
            if url.is_empty() {
                return Err(format!("{key} is missing: write the database's URL, or {key}_file with the path of a file that holds it"));
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        if self.organisation.trim().is_empty() {
            return Err("organisation is empty: write the name that people know".to_owned());
        }
        let respondents = origin_host(&self.respondents.url).map_err(|e| format!("respondents.url {e}"))?;
        let console = origin_host(&self.console.url).map_err(|e| format!("console.url {e}"))?;
        if self.console.url.starts_with("http://") && !is_loopback(&console) {
            return Err(format!(
                "console.url is {}: passwords and results would travel in the clear. Write https:// (http:// is for this machine only)",
                self.console.url
            ));
        }
        if respondents == console {
            return Err(format!(
                "respondents.url and console.url are both on {respondents}: cookies ignore ports, so the two must have different host names"
            ));
        }
        if let Some(maildir) = self.mail.bounces_maildir.as_ref().filter(|maildir| !maildir.is_absolute()) {
            return Err(format!("mail.bounces_maildir = {:?}: write the whole path, beginning with /", maildir.display().to_string()));
        }
        if self.survey.k < 4 {
            return Err(format!("survey.k = {}: at least 4 people must be reported together (5 is the default)", self.survey.k));
        }
        if self.survey.group_min <= self.survey.k {
            return Err(format!(
                "survey.group_min = {} must be larger than survey.k = {}, else one missing answer already hides a group",
                self.survey.group_min, self.survey.k
            ));
        }
        if !(1..=64).contains(&self.mail.connections) {
            return Err(format!("mail.connections = {}: write a number from 1 to 64 (8 is the default)", self.mail.connections));
        }
        if self.storage.identity == self.storage.responses {
            return Err("storage.identity and storage.responses are the same database: people and ballots must lie apart".to_owned());
        }
        Ok(())
    }

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
        line("purpose", &self.purpose);
        line("respondents.url", &self.respondents.url);
        line("respondents.listen", &self.respondents.listen);
        line("console.url", &self.console.url);
        line("console.listen", &self.console.listen);
        line("storage.identity", &self.storage.identity);
        line("storage.responses", &self.storage.responses);
        line("storage.keys", &self.storage.keys.display());
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
        line("metrics.listen", &self.metrics.as_ref().map_or("(off)".to_owned(), |metrics| metrics.listen.to_string()));
        line("stop.announce_seconds", &self.stop.announce_seconds);
        line("stop.finish_seconds", &self.stop.finish_seconds);
        out
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

fn overlay(table: &mut toml::Table, path: &[&str], value: &str) -> Result<(), String> {
    let (last, above) = path.split_last().ok_or("an empty key")?;
    let mut place = table;
    for part in above {
        place = place
            .entry((*part).to_owned())
            .or_insert_with(|| toml::Value::Table(toml::Table::new()))
            .as_table_mut()
            .ok_or_else(|| format!("{part} must be a section"))?;
    }
    let numeric = matches!(*last, "k" | "group_min" | "announce_seconds" | "finish_seconds" | "connections" | "per_minute");
    let value = if numeric {
        let number = value.parse::<i64>().map_err(|_| format!("{} must be a whole number, not {value:?}", variable_name(path)))?;
        toml::Value::Integer(number)
    } else {
        toml::Value::String(value.to_owned())
    };
    place.insert((*last).to_owned(), value);
    Ok(())
}

/// The content of a file that holds a secret, without the line's end.
fn secret_in(key: &str, file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{key} {}: {e}. Create the file or remove the key", file.display()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// The host of `http(s)://host[:port]`; anything behind it is refused.
fn origin_host(url: &str) -> Result<String, String> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or_else(|| format!("is {url:?}: write https://HOST (http:// is for this machine only)"))?;
    if rest.contains(['/', '?', '#', '@']) || rest.is_empty() {
        return Err(format!("is {url:?}: write the origin only, without a path or a slash at the end"));
    }
    let host = if let Some(bracketed) = rest.strip_prefix('[') {
        bracketed.split(']').next().unwrap_or_default()
    } else {
        rest.split(':').next().unwrap_or_default()
    };
    if host.is_empty() { Err(format!("is {url:?}: the host is missing")) } else { Ok(host.to_lowercase()) }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    const GOOD: &str = r#"
organisation = "Example"
[respondents]
url = "http://127.0.0.1:8080"
listen = "127.0.0.1:8080"
[console]
url = "http://localhost:8081"
listen = "127.0.0.1:8081"
[storage]
identity = "sqlite:///tmp/identity.db"
responses = "sqlite:///tmp/responses.db"
keys = "/tmp/keys"
[mail]
from = "Candor <survey@example.org>"
transport = "smtp://candor:hunter2@mail.example.org:587"
"#;

    fn load(text: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("candor.toml");
        std::fs::write(&file, text).unwrap();
        Config::load(&file, variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))).map_err(|e| e.to_string())
    }

    #[test]
    fn a_complete_file_is_read_and_printed_without_its_secrets() {
        let config = load(GOOD, &[]).unwrap();
        let printed = config.redacted();
        assert!(printed.contains("Example"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }

    #[test]
    fn a_database_url_can_lie_in_a_file_and_its_password_is_printed_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("identity-url");
        std::fs::write(&file, "postgres://candor:hun@ter2@db.example.org/identity\n").unwrap();
        let given = format!("identity_file = \"{}\"", file.display());
        let config = load(&GOOD.replace("identity = \"sqlite:///tmp/identity.db\"", &given), &[]).unwrap();
        assert_eq!(&*config.storage.identity, "postgres://candor:hun@ter2@db.example.org/identity");
        for printed in [config.redacted(), format!("{:?}", config.storage)] {
            assert!(printed.contains("db.example.org") && !printed.contains("ter2"), "{printed}");
        }
        let both = load(&GOOD.replace("[storage]", &format!("[storage]\n{given}")), &[]).unwrap_err();
        assert!(both.contains("keep one of them"), "{both}");
        let neither = load(&GOOD.replace("responses = \"sqlite:///tmp/responses.db\"", ""), &[]).unwrap_err();
        assert!(neither.contains("storage.responses_file"), "{neither}");
    }

    #[test]
    fn what_is_wrong_with_the_file_is_said_with_its_place_and_without_a_secret() {
        const TRANSPORT: &str = "transport = \"smtp://candor:hunter2@mail.example.org:587\"";
        const IDENTITY: &str = "identity = \"sqlite:///tmp/identity.db\"";
        for (good, bad, place) in [
            ("[mail]", "[mail]\npassword = 12345678", "line 14, column 12, at password: invalid type: integer, expected a string"),
            ("[mail]", "[mail]\npassword = [\"hunter2\"]", "line 14, column 12, at password: "),
            ("[mail]", "[mail]\npassword = \"hunter2", "line 14, column "),
            ("[mail]", "[mail]\npassword = hunter2", "line 14, column "),
            ("[mail]", "[mail]\npassword = hunter2\"", "line 14, column "),
            ("[mail]", "[mail]\npassword = \"hunter2\" hunter2", "line 14, column "),
            ("[mail]", "[mail]\npassword = \"x\"\npassword = \"hunter2\"", "line 15, column "),
            ("[mail]", "[mail]\nconnections = \"hunter2\"", "line 14, column 15, at connections: invalid type: string, expected u16"),
            ("[mail]", "[mail]\nconnections = \"hunter2, expected hunter2, expected u\"", "line 14, column 15, at connections: "),
            (TRANSPORT, "transport = \"smtp://candor:hunter2@mail.example.org", "line 15, column "),
            (IDENTITY, "identity = \"postgres://candor:hunter2@db/identity", "line 10, column "),
            (IDENTITY, "identity = postgres://candor:hunter2@db/identity", "line 10, column "),
        ] {
            let error = load(&GOOD.replace(good, bad), &[]).unwrap_err();
            assert!(error.contains(place), "{bad}: {error}");
            assert!(!error.contains("hunter") && !error.contains("1234"), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
        let file = GOOD.replace("[mail]", "[mail]\npassword = 12345678");
        let error = load(&file, &[("CANDOR_MAIL_CONNECTIONS", "4")]).unwrap_err();
        assert!(error.contains("mail.password") && !error.contains("1234"), "{error}");
    }

    #[test]
    fn a_transport_is_printed_without_its_password_however_it_is_written() {
        for (written, printed) in [
            ("smtp://u:hunter2@h:587?tls=starttls", "smtp://u:(not shown)@h:587?tls=starttls"),
            ("smtp://u:hun:t@er2@h", "smtp://u:(not shown)@h"),
            ("smtp://u:hunter2", "smtp://u:(not shown)"),
            ("smtp:u:hunter2@h", "smtp:(not shown)"),
            ("u:hunter2@h", "u:(not shown)"),
            ("postgres://db/identity?user=u&password=hunter2", "postgres://db/identity?(not shown)"),
            ("smtp://u@h:587", "smtp://u@h:587"),
            ("smtp://h:587?tls=none", "smtp://h:587?tls=none"),
            ("smtp://[::1]:25", "smtp://[::1]:25"),
            ("file:///var/lib/candor/outbox", "file:///var/lib/candor/outbox"),
            ("memory:", "memory:"),
        ] {
            let config = load(&GOOD.replace("smtp://candor:hunter2@mail.example.org:587", written), &[]).unwrap();
            assert!(format!("{:?}", config.mail).contains(printed), "{:?}", config.mail);
            assert!(config.redacted().contains(&format!(" {printed}\n")), "{}", config.redacted());
        }
    }

    #[test]
    fn the_page_for_operators_explains_every_key() {
        let page = include_str!("../../docs/operating.md");
        for key in VARIABLES {
            assert!(page.contains(&format!("`{}`", key.join("."))), "docs/operating.md does not name {}", key.join("."));
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = load(&GOOD.replace("[mail]", "[mail]\nfrm = 1"), &[]).unwrap_err();
        assert!(error.contains("frm") && error.contains("line 14"), "{error}");
    }

    #[test]
    fn a_variable_overrides_the_file_and_an_unknown_variable_is_refused() {
        let config = load(GOOD, &[("CANDOR_ORGANISATION", "Other"), ("CANDOR_SURVEY_K", "6"), ("HOME", "/")]).unwrap();
        assert_eq!((config.organisation.as_str(), config.survey.k), ("Other", 6));
        let error = load(GOOD, &[("CANDOR_ORGANIZATION", "Other")]).unwrap_err();
        assert!(error.contains("CANDOR_ORGANIZATION"), "{error}");
    }

    #[test]
    fn mail_limits_are_read_and_senseless_ones_refused() {
        let config = load(GOOD, &[("CANDOR_MAIL_PER_MINUTE", "600"), ("CANDOR_MAIL_CA_FILE", "/ca.pem")]).unwrap();
        assert_eq!((config.mail.connections, config.mail.per_minute.map(NonZeroU32::get)), (8, Some(600)));
        for (key, value) in [("CONNECTIONS", "0"), ("CONNECTIONS", "65"), ("PER_MINUTE", "0"), ("PER_MINUTE", "many")] {
            assert!(load(GOOD, &[(&format!("CANDOR_MAIL_{key}"), value)]).is_err(), "{key} = {value}");
        }
    }

    #[test]
    fn both_origins_on_one_host_are_refused_because_cookies_ignore_ports() {
        let error = load(&GOOD.replace("localhost:8081", "127.0.0.1:8081"), &[]).unwrap_err();
        assert!(error.contains("different host names"), "{error}");
    }

    #[test]
    fn a_console_without_https_is_refused_beyond_this_machine() {
        let error = load(&GOOD.replace("http://localhost:8081", "http://candor.example.org"), &[]).unwrap_err();
        assert!(error.contains("in the clear"), "{error}");
    }

    #[test]
    fn a_group_minimum_that_one_missing_answer_breaks_is_refused() {
        let error = load(&format!("{GOOD}[survey]\nk = 7\n"), &[]).unwrap_err();
        assert!(error.contains("group_min"), "{error}");
    }

    #[test]
    fn only_loopback_may_do_without_https() {
        assert!(load(GOOD, &[]).unwrap().respondents_are_secure());
        assert!(!load(&GOOD.replace("http://127.0.0.1:8080", "http://survey.example.org"), &[]).unwrap().respondents_are_secure());
    }
}
