//! Text that somebody writes for everybody to read.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How many characters such a text may have.
const LENGTH: RangeInclusive<usize> = 10..=1000;

/// 10 to 1000 characters without control characters other than line ends, trimmed at both ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicText(String);

/// A text that is too short, too long or holds control characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write 10 to 1000 characters without control characters; everybody reads it")]
pub struct InvalidText;

impl PublicText {
    /// Trims the text and checks it; line ends as forms and some files have them (CR LF) become LF.
    ///
    /// # Errors
    /// [`InvalidText`].
    pub fn parse(text: &str) -> Result<Self, InvalidText> {
        let text = text.trim().replace("\r\n", "\n");
        let readable = !text.chars().any(|c| c.is_control() && c != '\n');
        if readable && LENGTH.contains(&text.chars().count()) { Ok(Self(text)) } else { Err(InvalidText) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PublicText {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, InvalidText> {
        Self::parse(&text)
    }
}

impl From<PublicText> for String {
    fn from(text: PublicText) -> Self {
        text.0
    }
}

/// Whether nobody sees a character, so that it makes two equal-looking texts different. Joiners (U+200C, U+200D) belong to some scripts and stay.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_public_text_has_ten_to_a_thousand_characters_and_no_control_characters() {
        assert_eq!(PublicText::parse("  Zehn Zeich\n").unwrap().as_str(), "Zehn Zeich");
        assert!(PublicText::parse("one line\nand another").is_ok());
        assert_eq!(PublicText::parse("one line\r\nand another").unwrap().as_str(), "one line\nand another");
        assert!(PublicText::parse(&"ü".repeat(1000)).is_ok());
        for refused in [
            String::new(),
            "Neun Zei.".into(),
            "ü".repeat(1001),
            "a bell \u{7} rings".into(),
            "a\ttab in here".into(),
            "an old\rline end".into(),
        ] {
            assert_eq!(PublicText::parse(&refused), Err(InvalidText), "{refused:?}");
        }
    }
}
