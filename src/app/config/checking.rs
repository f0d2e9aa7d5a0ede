//! What must hold between the keys of a configuration.

use std::net::IpAddr;

use identity::Role;
use protocol::manifest::{LONGEST_TEXT, LONGEST_WAIT, MOST_CONTACTS, SHORTEST_WAIT, check_name};

use super::Config;

impl Config {
    /// The first thing that is wrong, by its key, and what to write instead.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.organisation.trim().is_empty() {
            return Err("organisation is empty: write the name that people know".to_owned());
        }
        self.check_own_words()?;
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
        if let Some(unknown) = self.console.second_factor.iter().find(|role| Role::parse(role).is_none()) {
            let known = Role::ALL.map(Role::as_str).join(", ");
            return Err(format!("console.second_factor names {unknown:?}, which is no role: write some of {known}"));
        }
        if let Some(asked) = self.storage.accept.iter().find(|one| !one.is_found()) {
            return Err(format!("storage.accept names {asked}, which is asked in the draft of each round: leave it out here"));
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
        let waits = self.survey.hr_groups_after_hours;
        if waits != 0 && !(SHORTEST_WAIT..=LONGEST_WAIT).contains(&waits) {
            return Err(format!(
                "survey.hr_groups_after_hours = {waits}: write {SHORTEST_WAIT} to {LONGEST_WAIT} hours, or 0 if HR reads the results of groups at once"
            ));
        }
        if jiff::tz::TimeZone::get(&self.survey.time_zone).is_err() {
            return Err(format!(
                "survey.time_zone = {:?}: there is no such time zone; write one such as Europe/Berlin",
                self.survey.time_zone
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

    /// What the promise sheet will say in the organisation's own words.
    fn check_own_words(&self) -> Result<(), String> {
        for (key, texts) in [("purpose", &self.purpose), ("not_for", &self.not_for), ("words_posted", &self.words_posted)] {
            if let Some(texts) = texts {
                texts.check(LONGEST_TEXT).map_err(|reason| format!("{key}: {reason}"))?;
            }
        }
        if self.contacts.len() > MOST_CONTACTS {
            return Err(format!(
                "contacts: there are {}; {MOST_CONTACTS} are the most, so that people see whom to ask",
                self.contacts.len()
            ));
        }
        for (contact, number) in self.contacts.iter().zip(1..) {
            contact.check().map_err(|(part, reason)| format!("contacts, {part} of number {number}: {reason}"))?;
        }
        let holder = self.survey.key_holder.as_deref();
        holder.map_or(Ok(()), |name| check_name(name).map_err(|reason| format!("survey.key_holder: {reason}")))
    }
}

/// The host of `http(s)://host[:port]`; anything behind it is refused.
pub(super) fn origin_host(url: &str) -> Result<String, String> {
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

pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
