//! The font: which characters it has, and how wide a text is.

use std::collections::BTreeSet;
use std::sync::Arc;

use krilla::text::Font;
use ttf_parser::Face as Outlines;

use crate::PrintProblem;

/// Inter, Latin characters (fonts/OFL.txt beside it).
const INTER: &[u8] = include_bytes!("../reports/fonts/Inter-Regular-Latin.ttf");
/// Printed in place of a character that the font does not have.
const STAND_IN: char = '?';

/// The font of cards.
pub(crate) struct Face {
    outlines: Outlines<'static>,
    pub(crate) font: Font,
}

impl Face {
    pub(crate) fn load() -> Result<Self, PrintProblem> {
        let broken = || PrintProblem::Writing("the font cannot be read".to_owned());
        let outlines = Outlines::parse(INTER, 0).map_err(|_| broken())?;
        let font = Font::new(Arc::new(INTER.to_vec()).into(), 0).ok_or_else(broken)?;
        Ok(Self { outlines, font })
    }

    /// A text in characters that the font has, with what had to be replaced. White space becomes a space, a joiner or mark without width nothing.
    pub(crate) fn printable(&self, text: &str, replaced: &mut BTreeSet<char>) -> String {
        let mut printable = String::with_capacity(text.len());
        for character in text.chars() {
            if self.outlines.glyph_index(character).is_some() && !character.is_control() {
                printable.push(character);
            } else if character.is_whitespace() || character.is_control() {
                // A narrow no-break space stays one that no line is broken at.
                printable.push(if matches!(character, '\u{202F}' | '\u{2007}') { '\u{A0}' } else { ' ' });
            } else if !matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}') {
                replaced.insert(character);
                printable.push(STAND_IN);
            }
        }
        printable
    }

    /// The width of a text in points.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let units: u32 = text
            .chars()
            .filter_map(|character| self.outlines.glyph_hor_advance(self.outlines.glyph_index(character)?))
            .map(u32::from)
            .sum();
        units as f32 * size / f32::from(self.outlines.units_per_em())
    }

    /// A text in at most `most` lines that are not wider than `width`, and whether something had to be left out. A word that is too wide is broken.
    pub(crate) fn lines(&self, text: &str, size: f32, width: f32, most: usize) -> (Vec<String>, bool) {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for character in word.chars() {
                line.push(character);
                if self.width(&line, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, character.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() <= most {
            return (lines, false);
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && self.width(&format!("{last}…"), size) > width {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
        (lines, true)
    }
}
