//! Pages on paper and charts as pictures: the HTML fragments that the pages of a result are made of become a PDF, their charts PNG.
//! Pure: no file, no clock, no chance.
//!
//! A document is laid out from the very fragment that stands on the page, so that both say the same. The fragment is read strictly: it has to be
//! well-formed, and an element that this room does not know is refused and never left out. Three attributes belong to paper alone:
//!
//! | attribute | meaning |
//! |---|---|
//! | `data-paper` | on paper this text stands in place of the element; nothing where it is empty |
//! | `data-place` on `section` | what is wanted as the start of a new page |
//! | `hr` | a line to write on by hand |
//!
//! The PDF is tagged (PDF/UA-1); it holds no date and no author, and the same document gives the same bytes.

mod colours;
mod face;
mod fragment;
mod items;
mod layout;
mod pages;
mod picture;
mod tables;
mod tree;
mod write;

use std::collections::BTreeSet;

pub use colours::Colours;
pub use picture::{Chart, charts, png};

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// The title: in the head of the first page, in the file's properties and at the foot of every page.
    pub title: &'d str,
    /// The language of everything in it, as in `de`.
    pub language: &'d str,
    /// What the pages show, as HTML.
    pub body: &'d str,
    /// At the foot of every page, behind the title.
    pub foot: &'d str,
    /// "Page 1 of 2", with `{page}` and `{pages}` in their places.
    pub numbering: &'d str,
    /// Said at the end where characters had to be replaced, with `{characters}` in its place.
    pub replaced: &'d str,
    /// The colours of the charts.
    pub colours: &'d Colours,
    /// Whether it has to fit on one page: everything is made smaller until it does.
    pub one_page: bool,
}

/// A finished document.
#[derive(Clone)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that the font does not have; a question mark is printed in place of each, and the document says so.
    pub replaced: BTreeSet<char>,
}

impl std::fmt::Debug for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Printed").field("bytes", &self.pdf.len()).field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// Why nothing was printed or drawn. All of these are faults of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperProblem {
    /// The fragment is no well-formed XML.
    #[error("the page cannot be read for printing: {0}")]
    Malformed(String),
    /// The fragment has something that cannot be printed.
    #[error("the page holds {0}, which has no place on paper")]
    Unknown(String),
    /// A chart names a colour that the style sheet lacks.
    #[error("the style sheet has no colour {0}")]
    Colour(String),
    /// A chart could not be drawn.
    #[error("a chart could not be drawn: {0}")]
    Chart(String),
    /// There is more than fits on the one page.
    #[error("there is more than fits on one page")]
    TooMuch,
    /// The font or the PDF.
    #[error("the document could not be written: {0}")]
    Writing(String),
}

/// Prints a document.
///
/// # Errors
/// [`PaperProblem`]; nothing is printed then.
pub fn print(document: &Document<'_>) -> Result<Printed, PaperProblem> {
    write::print(document)
}

#[cfg(test)]
mod tests;
