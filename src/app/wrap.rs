//! Text in lines: mails and tables of the command line.

use textwrap::{Options, WordSplitter};

/// `text` in lines of at most `width` characters, the first after `first` and the others after `next`. Words stay whole, longer ones
/// and addresses too; runs of blanks and line breaks count as one blank.
pub(crate) fn fill(text: &str, width: usize, first: &str, next: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let options = Options::new(width).initial_indent(first).subsequent_indent(next).break_words(false);
    textwrap::fill(&text, options.word_splitter(WordSplitter::NoHyphenation))
}
