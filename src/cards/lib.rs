//! Printed code cards: from words and codes to the bytes of a PDF, eight cards to a page, to be cut apart. Pure: no file, no clock, no chance.
//!
//! The document is tagged (PDF/UA-1) and holds nothing that its words do not say: no date, no author, no order but the one that it is given.

mod face;
mod matrix;
mod pen;
mod sheet;

use std::collections::BTreeSet;

pub use matrix::{Modules, modules};

/// The paper that is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm; a card has 105 by 74 mm, as A7.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

/// What is printed: a document of one or several heaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document's title, which is printed on no card.
    pub title: String,
    /// The language of the title and of the covers, as in `de`.
    pub language: String,
    /// The paper.
    pub paper: Paper,
    /// The heaps, each beginning on a new page.
    pub heaps: Vec<Heap>,
}

/// Cards that stay together until they are drawn.
#[derive(Clone, PartialEq, Eq)]
pub struct Heap {
    /// The page in front of the cards.
    pub cover: Cover,
    /// The cards, in the order in which they are printed.
    pub cards: Vec<Card>,
}

/// A page that tells whoever prints what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Its title, for instance a group's name.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// One card. Every text is ready to be printed in the card's language.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The language of the card, as in `de`.
    pub language: String,
    /// Who asks.
    pub organisation: String,
    /// What it is about.
    pub title: String,
    /// Whose card it is, if it carries a name.
    pub name: Option<String>,
    /// In which group the answer counts, and until when one can answer.
    pub facts: Vec<String>,
    /// What to do.
    pub how: String,
    /// The address to type.
    pub address: String,
    /// The code to type, in fours.
    pub code: String,
    /// What the QR code holds.
    pub link: String,
    /// What the QR code is, for people who do not see it.
    pub link_description: String,
    /// Small print: the promise, the check words.
    pub notes: Vec<String>,
}

impl std::fmt::Debug for Heap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heap").field("cards", &self.cards.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").finish_non_exhaustive()
    }
}

/// A finished document.
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Characters that the font does not have; a question mark is printed in place of each.
    pub replaced: BTreeSet<char>,
    /// Texts that did not fit into their place and end with "…".
    pub shortened: BTreeSet<String>,
}

impl std::fmt::Debug for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Printed").field("bytes", &self.pdf.len()).finish_non_exhaustive()
    }
}

/// Why nothing was printed. Holds no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintProblem {
    /// A link that no QR code can hold.
    #[error("the personal link of {length} characters is too long for a QR code")]
    LinkTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A fault of the program.
    #[error("the PDF could not be written: {0}")]
    Writing(String),
}

/// Prints a document.
///
/// # Errors
/// [`PrintProblem`]; nothing is printed then.
pub fn print(document: &Document) -> Result<Printed, PrintProblem> {
    sheet::print(document)
}

#[cfg(test)]
mod tests;
