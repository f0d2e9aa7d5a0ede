//! What an organisation says in its own words on the promise sheet: texts per language, and whom people can turn to.

use std::collections::BTreeMap;
use std::fmt;

use domain::Language;
use domain::text::is_invisible;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Most characters of a text on the promise sheet.
pub const LONGEST_TEXT: usize = 500;
/// Most characters of a contact's label or of a person's name.
pub const LONGEST_NAME: usize = 100;
/// Most characters of a contact's address.
const LONGEST_ADDRESS: usize = 200;
/// Most contacts on a promise sheet.
pub const MOST_CONTACTS: usize = 3;

/// A text in one language or in several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Texts {
    /// A text whose language is not said: in configurations, and on sheets of the first edition.
    Plain(String),
    /// One text per language.
    PerLanguage(BTreeMap<Language, String>),
}

impl Texts {
    /// What is wrong with such a text for everybody to read; `longest` is in characters.
    ///
    /// # Errors
    /// The reason, as a clause.
    pub fn check(&self, longest: usize) -> Result<(), String> {
        match self {
            Self::Plain(text) => check_text(text, longest),
            Self::PerLanguage(texts) if texts.is_empty() => Err("no language has a text".to_owned()),
            Self::PerLanguage(texts) => texts.iter().try_for_each(|(language, text)| {
                check_text(text, longest).map_err(|reason| format!("in the language {language}, {reason}"))
            }),
        }
    }

    /// The text as a sheet holds it: a plain one is in the language `plain`, and only the languages of the round stay, if it has any of them.
    #[must_use]
    pub fn for_languages(&self, plain: &Language, languages: &[Language]) -> Self {
        Self::PerLanguage(match self {
            Self::Plain(text) => BTreeMap::from([(plain.clone(), text.clone())]),
            Self::PerLanguage(texts) => {
                let spoken: BTreeMap<_, _> =
                    texts.iter().filter(|(language, _)| languages.contains(language)).map(|(l, t)| (l.clone(), t.clone())).collect();
                if spoken.is_empty() { texts.clone() } else { spoken }
            }
        })
    }
}

impl fmt::Display for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::PerLanguage(texts) => {
                let told: Vec<String> = texts.iter().map(|(language, text)| format!("({language}) {text}")).collect();
                f.write_str(&told.join(" "))
            }
        }
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => text.serialize(serializer),
            Self::PerLanguage(texts) => texts.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or one text per language")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts::Plain(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((language, text)) = map.next_entry()? {
                    if texts.insert(language, text).is_some() {
                        return Err(A::Error::custom("a language stands twice"));
                    }
                }
                Ok(Texts::PerLanguage(texts))
            }
        }
        deserializer.deserialize_any(Reading)
    }
}

/// Somebody to whom people can turn in confidence, outside of the survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who that is.
    pub label: Texts,
    /// `https://…`, `mailto:…` or `tel:…`.
    pub address: String,
}

impl Contact {
    /// What is wrong with the contact, with the name of its field.
    ///
    /// # Errors
    /// Field and reason.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        self.label.check(LONGEST_NAME).map_err(|reason| ("label", reason))?;
        check_address(&self.address).map_err(|reason| ("address", reason))
    }
}

/// What is wrong with the name of a person on the sheet.
///
/// # Errors
/// The reason, as a clause.
pub fn check_name(name: &str) -> Result<(), String> {
    check_text(name, LONGEST_NAME)
}

fn check_text(text: &str, longest: usize) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    if text.chars().any(is_invisible) {
        return Err("the text holds a line break or a character that nobody can see".to_owned());
    }
    let length = text.chars().count();
    if length > longest { Err(format!("the text has {length} characters; {longest} are the most")) } else { Ok(()) }
}

/// Only addresses that a browser opens as what they say they are: a page over https, a mail to one address, a telephone number.
fn check_address(address: &str) -> Result<(), String> {
    let known = || "write https://…, mailto:NAME@HOST or tel:+NUMBER".to_owned();
    if address.len() > LONGEST_ADDRESS {
        return Err(format!("it has more than {LONGEST_ADDRESS} characters"));
    }
    if !address.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b)) {
        return Err(format!("it holds a space or a character that no address has: {}", known()));
    }
    let fits = if let Some(page) = address.strip_prefix("https://") {
        let host = page.split(['/', '?', '#']).next().unwrap_or_default();
        // What stands before an @ looks like the host and is not.
        !host.is_empty() && !host.contains('@')
    } else if let Some(mail) = address.strip_prefix("mailto:") {
        // No "?": it could bring further recipients and a prepared text.
        mail.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !mail.contains(['?', '&', ',']))
            && mail.matches('@').count() == 1
    } else if let Some(number) = address.strip_prefix("tel:") {
        let digits = number.strip_prefix('+').unwrap_or(number);
        digits.bytes().filter(u8::is_ascii_digit).count() >= 3 && digits.bytes().all(|b| b.is_ascii_digit() || b"-.()".contains(&b))
    } else {
        false
    };
    if fits { Ok(()) } else { Err(known()) }
}
