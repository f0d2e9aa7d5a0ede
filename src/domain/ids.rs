//! Identifiers that cannot be confused with each other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not a valid identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {given:?} is not valid: {rule}")]
pub struct InvalidId {
    /// What kind of identifier was expected.
    pub what: &'static str,
    /// The text as it was given.
    pub given: String,
    /// The rule that the text breaks, in words.
    pub rule: &'static str,
}

/// Declares a newtype over `String` whose only way in is a checking `parse`.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text and wraps it.
            ///
            /// # Errors
            /// [`InvalidId`] names the rule that the text breaks.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidId { what: $what, given: text.to_owned(), rule: $rule })
                }
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

fn is_slug(text: &str, longest: usize) -> bool {
    !text.is_empty()
        && text.len() <= longest
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_line(text: &str, longest: usize) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().count() <= longest && !text.chars().any(char::is_control)
}

text_id!(
    /// Names one wave, for instance `2026-q4`. It stands in every link, so it is a short slug.
    WaveId, "wave name", "use 1 to 40 lower-case letters, digits and hyphens, for instance 2026-q4", |t| is_slug(t, 40)
);
text_id!(
    /// Names one item of an instrument, for instance `SAF1`; a trailing `r` marks a reversed item by custom only.
    ItemId, "item id", "use 1 to 24 letters, digits and underscores", is_code
);
text_id!(
    /// Names one dimension of an instrument, for instance `SAF`.
    DimensionId, "dimension id", "use 1 to 24 letters, digits and underscores", is_code
);
text_id!(
    /// Names one open question of an instrument, for instance `HELPS`.
    QuestionId, "question id", "use 1 to 24 letters, digits and underscores", is_code
);
text_id!(
    /// A person's id as the staff list gives it. Only the people side ever holds one.
    PersonId, "person id", "use 1 to 80 printable characters without spaces at the ends", |t| is_line(t, 80)
);
text_id!(
    /// A team's name as the staff list gives it; unique within one staff list.
    TeamLabel, "team name", "use 1 to 120 printable characters without spaces at the ends", |t| is_line(t, 120)
);
text_id!(
    /// A language as a lower-case BCP 47 primary tag, for instance `en` or `de`.
    Language, "language", "use a two- or three-letter code such as en or de",
    |t| (2..=3).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_lowercase())
);

/// The number of a standing group within one wave's frozen group list, from 0 in list order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub u32);

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
