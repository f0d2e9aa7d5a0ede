//! The fonts: which characters they have, how wide a text is, and where its lines break.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use krilla::text::Font;
use resvg::usvg::fontdb;
use ttf_parser::Face as Outlines;
use unicode_normalization::UnicodeNormalization;

use crate::PaperProblem;
use crate::fragment::Run;

/// Inter with Latin, Greek and Cyrillic characters (fonts/OFL.txt), without kerning and ligatures: a text is as wide as its characters.
const REGULAR: &[u8] = include_bytes!("fonts/Inter-Regular-European.ttf");
/// The same, heavier.
const HEAVY: &[u8] = include_bytes!("fonts/Inter-SemiBold-European.ttf");
/// The fonts' names, as charts use them.
pub(crate) const FAMILY: &str = "Inter";
pub(crate) const HEAVY_FAMILY: &str = "Inter SemiBold";
/// Printed in place of a character that the fonts do not have.
const STAND_IN: char = '?';

/// Both weights of the font.
pub(crate) struct Faces {
    regular: Outlines<'static>,
    heavy: Outlines<'static>,
}

/// The fonts of a PDF.
pub(crate) struct Fonts {
    pub(crate) regular: Font,
    pub(crate) heavy: Font,
}

/// A piece of a line: characters of one look, beginning so far from the left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Segment {
    pub(crate) x: f32,
    pub(crate) text: String,
    pub(crate) strong: bool,
    pub(crate) quiet: bool,
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub(crate) segments: Vec<Segment>,
    pub(crate) width: f32,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, PaperProblem> {
        let font = |bytes: &[u8]| Font::new(Arc::new(bytes.to_vec()).into(), 0).ok_or_else(broken);
        Ok(Self { regular: font(REGULAR)?, heavy: font(HEAVY)? })
    }
}

fn broken() -> PaperProblem {
    PaperProblem::Writing("the font cannot be read".to_owned())
}

/// The fonts for charts, read once.
pub(crate) fn of_charts() -> Arc<fontdb::Database> {
    static READ: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut database = fontdb::Database::new();
        database.load_font_data(REGULAR.to_vec());
        database.load_font_data(HEAVY.to_vec());
        Arc::new(database)
    };
    Arc::clone(READ.get_or_init(read))
}

impl Faces {
    pub(crate) fn load() -> Result<Self, PaperProblem> {
        let outlines = |bytes| Outlines::parse(bytes, 0).map_err(|_| broken());
        Ok(Self { regular: outlines(REGULAR)?, heavy: outlines(HEAVY)? })
    }

    /// A text in characters that the fonts have, with what had to be replaced. Marks are joined to their letters; what has no width becomes nothing.
    pub(crate) fn printable(&self, text: &str, replaced: &mut BTreeSet<char>) -> String {
        let mut printable = String::with_capacity(text.len());
        for character in text.nfc() {
            if character == '\n' || (self.regular.glyph_index(character).is_some() && !character.is_control()) {
                printable.push(character);
            } else if character.is_whitespace() || character.is_control() {
                // A space at which no line breaks stays one.
                printable.push(if matches!(character, '\u{202F}' | '\u{2007}') { '\u{A0}' } else { ' ' });
            } else if character == '\u{2011}' {
                printable.push('-');
            } else if !matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
            {
                replaced.insert(character);
                printable.push(STAND_IN);
            }
        }
        printable
    }

    /// The width of a text in points.
    pub(crate) fn width(&self, text: &str, size: f32, strong: bool) -> f32 {
        let outlines = if strong { &self.heavy } else { &self.regular };
        let units: u32 =
            text.chars().filter_map(|character| outlines.glyph_hor_advance(outlines.glyph_index(character)?)).map(u32::from).sum();
        units as f32 * size / f32::from(outlines.units_per_em())
    }

    /// The width of the widest word, and of the whole text on one line.
    pub(crate) fn extents(&self, runs: &[Run], size: f32) -> (f32, f32) {
        let words = words(runs);
        let width = |word: &Word| word.parts.iter().map(|part| self.width(&part.text, size, part.strong)).sum::<f32>();
        let widest = words.iter().map(width).fold(0.0, f32::max);
        let mut whole = 0.0_f32;
        let mut line = 0.0_f32;
        for word in &words {
            line = if word.starts_line { 0.0 } else { line } + width(word) + self.width(" ", size, false);
            whole = whole.max(line);
        }
        (widest, whole)
    }

    /// Lines that are not wider than `width`. A word that is too wide is broken, and nothing is left out.
    pub(crate) fn lines(&self, runs: &[Run], size: f32, width: f32) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut line = Line::default();
        for word in words(runs) {
            let wide: f32 = word.parts.iter().map(|part| self.width(&part.text, size, part.strong)).sum();
            if word.starts_line && !line.segments.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let space = if line.segments.is_empty() { 0.0 } else { self.width(" ", size, false) };
            if !line.segments.is_empty() && line.width + space + wide > width {
                lines.push(std::mem::take(&mut line));
            } else if space > 0.0 {
                line.push(" ", space, false, word.parts.first().is_some_and(|part| part.quiet));
            }
            for part in &word.parts {
                self.place(part, size, width, &mut line, &mut lines);
            }
        }
        if !line.segments.is_empty() {
            lines.push(line);
        }
        lines
    }

    fn place(&self, part: &Run, size: f32, width: f32, line: &mut Line, lines: &mut Vec<Line>) {
        let whole = self.width(&part.text, size, part.strong);
        if line.width + whole <= width {
            line.push(&part.text, whole, part.strong, part.quiet);
            return;
        }
        let mut buffer = [0; 4];
        for character in part.text.chars() {
            let text = &*character.encode_utf8(&mut buffer);
            let wide = self.width(text, size, part.strong);
            if line.width + wide > width && line.width > 0.0 {
                lines.push(std::mem::take(line));
            }
            line.push(text, wide, part.strong, part.quiet);
        }
    }
}

impl Line {
    fn push(&mut self, text: &str, wide: f32, strong: bool, quiet: bool) {
        match self.segments.last_mut() {
            Some(last) if last.strong == strong && last.quiet == quiet => last.text.push_str(text),
            _ => self.segments.push(Segment { x: self.width, text: text.to_owned(), strong, quiet }),
        }
        self.width += wide;
    }
}

/// Characters between two spaces, in the looks that they have.
struct Word {
    parts: Vec<Run>,
    /// A line break stands before it.
    starts_line: bool,
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut open, mut starts_line) = (false, false);
    for run in runs {
        for character in run.text.chars() {
            match character {
                '\n' => (open, starts_line) = (false, true),
                ' ' => open = false,
                character => {
                    if !open {
                        words.push(Word { parts: Vec::new(), starts_line: std::mem::take(&mut starts_line) });
                        open = true;
                    }
                    let Some(word) = words.last_mut() else { continue };
                    match word.parts.last_mut() {
                        Some(part) if part.strong == run.strong && part.quiet == run.quiet => part.text.push(character),
                        _ => word.parts.push(Run { text: character.to_string(), strong: run.strong, quiet: run.quiet }),
                    }
                }
            }
        }
    }
    words
}
