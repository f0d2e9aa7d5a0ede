//! A comment as it stands in a ballot: plain text, or nothing.

use zeroize::Zeroizing;

use crate::ballot::InvalidBallot;

/// What a person wrote to an open question; empty when they wrote nothing. Zeroized when dropped, and it prints nothing.
///
/// Without white space at its ends and without control characters but the line feed, so that nothing has two encodings. Composed
/// characters are left alone here: an older browser composes fewer of them, and its ballot must count all the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Comment(Zeroizing<String>);

impl Comment {
    /// Takes a text that a ballot can hold.
    ///
    /// # Errors
    /// [`InvalidBallot::Comment`] for white space at the ends or a control character other than the line feed.
    pub fn new(text: &str) -> Result<Self, InvalidBallot> {
        let plain = text.trim() == text && !text.chars().any(|c| c.is_control() && c != '\n');
        if plain { Ok(Self(Zeroizing::new(text.to_owned()))) } else { Err(InvalidBallot::Comment) }
    }

    /// The text; empty for no comment.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Comment(…)")
    }
}
