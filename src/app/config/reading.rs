//! Reading: the file, the variables laid over it, and the files that hold secrets.

use std::path::{Path, PathBuf};

use super::toml_error::described;
use super::{Config, Storage};

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
pub(super) const VARIABLES: &[&[&str]] = &[
    &["organisation"],
    &["purpose"],
    &["not_for"],
    &["words_posted"],
    &["respondents", "url"],
    &["respondents", "listen"],
    &["console", "url"],
    &["console", "listen"],
    &["console", "second_factor"],
    &["storage", "identity"],
    &["storage", "identity_file"],
    &["storage", "responses"],
    &["storage", "responses_file"],
    &["storage", "keys"],
    &["storage", "accept"],
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
    &["survey", "key_holder"],
    &["survey", "team_reads"],
    &["survey", "hr_groups_after_hours"],
    &["survey", "time_zone"],
    &["metrics", "listen"],
    &["stop", "announce_seconds"],
    &["stop", "finish_seconds"],
];

/// Keys of lists, which no variable can set.
pub(super) const KEYS_OF_LISTS: &[&str] = &["label", "address"];

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
    let numeric =
        matches!(*last, "k" | "group_min" | "announce_seconds" | "finish_seconds" | "connections" | "per_minute" | "hr_groups_after_hours");
    let value = if numeric {
        let number = value.parse::<i64>().map_err(|_| format!("{} must be a whole number, not {value:?}", variable_name(path)))?;
        toml::Value::Integer(number)
    } else if *last == "team_reads" {
        let flag = value.parse::<bool>().map_err(|_| format!("{} must be true or false, not {value:?}", variable_name(path)))?;
        toml::Value::Boolean(flag)
    } else if matches!(*last, "second_factor" | "accept") {
        let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
        toml::Value::Array(names.map(|name| toml::Value::String(name.to_owned())).collect())
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
