//! The text of a page, in memory that is erased: after a refusal it holds typed shares.

use std::fmt::{self, Write};

use zeroize::Zeroizing;

/// Room for a form without typed shares.
const ROOM: usize = 4 * 1024;

/// A piece of a page. Erased when dropped, and what it leaves behind when it grows is erased as well.
#[derive(Default)]
pub(super) struct Html(Zeroizing<String>);

/// Writes a piece of a page as `format!` writes a string.
macro_rules! html {
    ($($text:tt)*) => { $crate::page::html::Html::written(format_args!($($text)*)) };
}
pub(super) use html;

impl Html {
    /// What the arguments say; use [`html!`].
    pub(super) fn written(text: fmt::Arguments<'_>) -> Self {
        let mut html = Self::default();
        html.write_fmt(text);
        html
    }

    /// Adds a piece; what `write!` calls. Writing into memory does not fail, so nothing comes back.
    pub(super) fn write_fmt(&mut self, text: fmt::Arguments<'_>) {
        let _ = Write::write_fmt(self, text);
    }

    /// Adds a piece that is there already.
    pub(super) fn add(&mut self, text: impl fmt::Display) {
        write!(self, "{text}");
    }

    /// The whole page.
    pub(super) fn into_page(self) -> Zeroizing<String> {
        self.0
    }
}

impl Write for Html {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let length = self.0.len() + text.len();
        if length > self.0.capacity() {
            // A string that grows by itself leaves its old bytes where they were.
            let mut larger = Zeroizing::new(String::with_capacity(length.max(2 * self.0.capacity()).max(ROOM)));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push_str(text);
        Ok(())
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_says_what_was_written_however_often_it_grows() {
        let row = "0123-4567 & ";
        let mut whole = Html::default();
        for _ in 0..2_000 {
            whole.add(html!("{row}{}", 7));
        }
        assert_eq!(whole.into_page().as_str(), format!("{row}7").repeat(2_000));
    }
}
