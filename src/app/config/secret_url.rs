//! Addresses with a password in them.

use std::fmt;

use serde::Deserialize;

/// The address of a database or of a mail server; prints without its password.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SecretUrl(String);

impl From<String> for SecretUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

impl std::ops::Deref for SecretUrl {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact_url(&self.0))
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A URL without the password in it; of what is no URL as much as surely holds none.
fn redact_url(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return match url.split_once(':') {
            None | Some((_, "")) => url.to_owned(),
            Some((scheme, _)) => format!("{scheme}:(not shown)"),
        };
    };
    let (rest, options) = rest.split_once('?').map_or((rest, String::new()), |(rest, options)| {
        (rest, if options.contains("password") { "?(not shown)".to_owned() } else { format!("?{options}") })
    });
    match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}://{name}:(not shown)@{host}{options}"),
            None => format!("{scheme}://{user}@{host}{options}"),
        },
        // What stands behind a colon is a port, or the password of somebody who forgot the host.
        None => {
            match rest.split_once(':').filter(|(_, port)| !port.starts_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(['/', '[']))
            {
                Some((name, _)) => format!("{scheme}://{name}:(not shown)"),
                None => format!("{scheme}://{rest}{options}"),
            }
        }
    }
}
