//! Which settings the program runs with, in the promise log: whoever holds a promise to its word sees when they changed.
//!
//! Recorded is what the promise or the pages depend on, and nothing secret. Settings of a round are frozen with its promise sheet and have entries of their
//! own.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use identity::{IdentityError, PromiseEvent};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::installation::Installation;

/// Records every setting that is another one than when it was last recorded; all of them the first time.
///
/// # Errors
/// When the people side fails.
pub fn record(installation: &Installation) -> Result<(), IdentityError> {
    let log = installation.identity.promise_log()?;
    let mut known = BTreeMap::new();
    for event in log.entries.iter().filter_map(identity::Entry::known_event) {
        if let PromiseEvent::SettingChanged { setting, now, .. } = event {
            known.insert(setting, now);
        }
    }
    for (setting, now) in recorded(&installation.config) {
        let before = known.remove(setting);
        if before.as_ref() != Some(&now) {
            installation.identity.record(&PromiseEvent::SettingChanged { setting: setting.to_owned(), before, now })?;
        }
    }
    Ok(())
}

/// The settings by name, as they are written in the configuration; long texts as the beginning of their SHA-256.
fn recorded(config: &Config) -> Vec<(&'static str, String)> {
    let survey = &config.survey;
    vec![
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("organisation", config.organisation.clone()),
        ("purpose", fingerprint(&config.purpose)),
        ("not_for", fingerprint(&config.not_for)),
        ("storage.accept", accepted(config)),
        ("respondents.url", config.respondents.url.clone()),
        ("console.url", config.console.url.clone()),
        ("mail.from", config.mail.from.clone()),
        ("mail.dkim", config.mail.dkim.as_ref().map_or_else(|| "none".to_owned(), |dkim| dkim.domain.clone())),
        ("survey.k", survey.k.to_string()),
        ("survey.group_min", survey.group_min.to_string()),
        ("survey.language", survey.language.clone()),
        ("survey.team_reads", survey.team_reads.to_string()),
        ("survey.time_zone", survey.time_zone.clone()),
    ]
}

fn accepted(config: &Config) -> String {
    let names: Vec<&str> = config.storage.accept.iter().map(|one| one.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn fingerprint(text: &impl Serialize) -> String {
    let written = serde_json::to_string(text).unwrap_or_default();
    if written == "null" {
        return "none".to_owned();
    }
    let digest = HEXLOWER.encode(&Sha256::digest(written));
    digest.chars().take(16).collect()
}
