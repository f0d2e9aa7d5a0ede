//! From pieces to strips: where lines break, how large things are, and what belongs together.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::PaperProblem;
use crate::face::{Faces, Line};
use crate::fragment::{Drawing, Look, Piece, Run, Text};
use crate::items::{Item, Mark};
use crate::tree::{Branch, Kind, Leaf, Tree};

/// Points of a drawing unit; two units are a pixel of the style sheet, and 96 of those are an inch.
pub(crate) const POINTS_PER_UNIT: f32 = 72.0 / 96.0 / 2.0;
/// A line's height in sizes of its type, and where its baseline is.
const LEADING: f32 = 1.36;
const ASCENT: f32 = 1.0;
/// What stays together may be so much of a page.
const MOST_TOGETHER: f32 = 0.85;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// In points.
    pub(crate) size: f32,
    pub(crate) strong: bool,
    pub(crate) quiet: bool,
    /// Free space before it.
    pub(crate) before: f32,
}

/// Where something stands: how far from the left, and how wide it may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) left: f32,
    pub(crate) width: f32,
}

/// Everything of a document before it is put on pages.
pub(crate) struct Layout<'f> {
    pub(crate) faces: &'f Faces,
    /// All sizes are multiplied by this.
    scale: f32,
    page_height: f32,
    pub(crate) items: Vec<Item>,
    pub(crate) drawings: Vec<Drawing>,
    /// By table: the strips of its head.
    pub(crate) heads: Vec<Range<usize>>,
    /// The headings of the second level: text and strip.
    pub(crate) outline: Vec<(String, usize)>,
    pub(crate) tree: Tree,
    pub(crate) replaced: BTreeSet<char>,
}

impl<'f> Layout<'f> {
    pub(crate) fn new(faces: &'f Faces, page_height: f32, scale: f32) -> Self {
        Self {
            faces,
            scale,
            page_height,
            items: Vec::new(),
            drawings: Vec::new(),
            heads: Vec::new(),
            outline: Vec::new(),
            tree: Tree::new(),
            replaced: BTreeSet::new(),
        }
    }

    /// A size in points.
    pub(crate) fn points(&self, of: f32) -> f32 {
        of * self.scale
    }

    /// Lays pieces out below each other.
    pub(crate) fn flow(&mut self, pieces: &[Piece], parent: Branch, column: Column) -> Result<(), PaperProblem> {
        pieces.iter().try_for_each(|piece| self.piece(piece, parent, column))
    }

    fn piece(&mut self, piece: &Piece, parent: Branch, column: Column) -> Result<(), PaperProblem> {
        match piece {
            Piece::Heading { level, text } => self.heading(*level, text, parent, column),
            Piece::Paragraph { text, look } => self.looking(text, *look, parent, column),
            Piece::List { ordered, entries } => return self.list(*ordered, entries, parent, column),
            Piece::Table(table) => return self.table(table, parent, column),
            Piece::Figure { drawing, caption } => self.figure(drawing, caption.as_ref(), parent, column),
            Piece::Rule => self.rule(column),
            Piece::Together(pieces) => {
                let start = self.items.len();
                self.flow(pieces, parent, column)?;
                self.keep_together(start);
            }
            Piece::Section(pieces) => {
                let start = self.items.len();
                let branch = self.tree.branch(parent, Kind::Section);
                self.flow(pieces, branch, column)?;
                if let Some(first) = self.items.get_mut(start) {
                    first.rather_new_page = true;
                    first.before = self.scale * if start > 1 { 26.0 } else { 6.0 };
                }
            }
        }
        Ok(())
    }

    fn keep_together(&mut self, start: usize) {
        let most = self.page_height * MOST_TOGETHER;
        let Some((_, all_but_last)) = self.items.get_mut(start..).and_then(|items| items.split_last_mut()) else { return };
        if all_but_last.iter().map(|item| item.before + item.height).sum::<f32>() < most {
            all_but_last.iter_mut().for_each(|item| item.keeps_next = true);
        }
    }

    fn heading(&mut self, level: u16, text: &Text, parent: Branch, column: Column) {
        let (size, before) = match level {
            0 | 1 => (20.0, 0.0),
            2 => (15.5, 20.0),
            3 => (12.5, 15.0),
            _ => (10.8, 11.0),
        };
        let title = self.plain(text);
        if title.is_empty() {
            return;
        }
        if level == 2 {
            self.outline.push((title.clone(), self.items.len()));
        }
        let branch = self.tree.branch(parent, Kind::Heading { level: level.max(1), title });
        let style = Style { size, strong: true, quiet: false, before };
        let start = self.items.len();
        self.lines(text, style, branch, column);
        self.items.iter_mut().skip(start).for_each(|item| item.keeps_next = true);
    }

    fn looking(&mut self, text: &Text, look: Look, parent: Branch, column: Column) {
        let style = match look {
            Look::Plain => Style { size: 9.6, strong: false, quiet: false, before: 5.0 },
            Look::Quiet => Style { size: 8.6, strong: false, quiet: true, before: 4.0 },
            Look::Lead => Style { size: 10.8, strong: true, quiet: false, before: 3.0 },
            Look::Note => Style { size: 9.6, strong: false, quiet: false, before: 6.0 },
        };
        let branch = self.tree.branch(parent, Kind::Paragraph);
        let indent = if look == Look::Note { self.points(9.0) } else { 0.0 };
        let start = self.items.len();
        self.lines(text, style, branch, Column { left: column.left + indent, width: column.width - indent });
        if look == Look::Note {
            let width = self.points(1.6);
            for item in self.items.iter_mut().skip(start) {
                item.marks.push(Mark::Bar { x: column.left, y: 0.0, width, height: item.height, grey: 120 });
            }
        }
    }

    /// The characters of a text, printable.
    fn plain(&mut self, text: &Text) -> String {
        let whole: String = text.iter().map(|run| run.text.as_str()).collect();
        self.faces.printable(&whole.replace('\n', " "), &mut self.replaced)
    }

    /// A text in the looks that its place gives it, printable.
    pub(crate) fn dressed(&mut self, text: &Text, style: Style) -> Text {
        text.iter()
            .map(|run| Run {
                text: self.faces.printable(&run.text, &mut self.replaced),
                strong: run.strong || style.strong,
                quiet: run.quiet || style.quiet,
            })
            .collect()
    }

    /// Sets a text line by line, no line of a paragraph alone on a page.
    pub(crate) fn lines(&mut self, text: &Text, style: Style, branch: Branch, column: Column) {
        let runs = self.dressed(text, style);
        let size = self.points(style.size);
        let lines = self.faces.lines(&runs, size, column.width);
        let leaf = self.tree.leaf(branch);
        let count = lines.len();
        for (number, line) in lines.into_iter().enumerate() {
            let ends = number + 1 == count;
            let height = size * LEADING;
            let mut item = Item { height, keeps_next: !ends && (number == 0 || number + 2 == count), ..Item::default() };
            if number == 0 {
                item.before = self.points(style.before);
            }
            item.marks = line_marks(line, (column.left, 0.0), size, leaf, ends);
            self.items.push(item);
        }
    }

    fn list(&mut self, ordered: bool, entries: &[Vec<Piece>], parent: Branch, column: Column) -> Result<(), PaperProblem> {
        let list = self.tree.branch(parent, Kind::List { ordered });
        let size = self.points(9.6);
        for (number, entry) in entries.iter().enumerate() {
            let text = if ordered { format!("{}.", number + 1) } else { "•".to_owned() };
            let indent = self.points(if ordered { 16.0 } else { 11.0 });
            let branch = self.tree.branch(list, Kind::Entry);
            let label = self.tree.branch(branch, Kind::Label);
            let label = self.tree.leaf(label);
            let body = self.tree.branch(branch, Kind::Body);
            let start = self.items.len();
            self.flow(entry, body, Column { left: column.left + indent, width: column.width - indent })?;
            let Some(first) = self.items.get_mut(start) else { continue };
            first.before = first.before.min(self.scale * if number == 0 { 4.0 } else { 2.6 });
            let segment = crate::face::Segment { x: 0.0, text: format!("{text} "), strong: false, quiet: false };
            first.marks.insert(0, Mark::Text { x: column.left, baseline: size * ASCENT, size, segment, leaf: label });
        }
        Ok(())
    }

    /// How large a drawing is on paper.
    pub(crate) fn size_of(&self, drawing: &Drawing, most: f32) -> (f32, f32) {
        let (width, height) = drawing.size;
        let (width, height) = (width * POINTS_PER_UNIT * self.scale, height * POINTS_PER_UNIT * self.scale);
        let shrink = (most / width).min(self.page_height * MOST_TOGETHER / height).min(1.0);
        (width * shrink, height * shrink)
    }

    fn figure(&mut self, drawing: &Drawing, caption: Option<&Text>, parent: Branch, column: Column) {
        let (width, height) = self.size_of(drawing, column.width);
        let mut marks = Vec::new();
        let mut branch = None;
        let leaf = drawing.words.as_ref().map(|(title, words)| {
            let mut words = format!("{title}. {words}");
            words = self.faces.printable(words.trim(), &mut self.replaced);
            let figure = self.tree.branch(parent, Kind::Figure { words });
            branch = Some(figure);
            self.tree.leaf(figure)
        });
        marks.push(Mark::Drawing { x: column.left, y: 0.0, width, height, number: self.drawings.len(), leaf });
        self.drawings.push(drawing.clone());
        self.items.push(Item { before: self.points(5.0), height, keeps_next: caption.is_some(), marks, ..Item::default() });
        if let Some(caption) = caption {
            let caption_of = self.tree.branch(branch.unwrap_or(parent), if branch.is_some() { Kind::Caption } else { Kind::Paragraph });
            self.lines(caption, Style { size: 8.6, strong: false, quiet: true, before: 2.0 }, caption_of, column);
        }
    }

    fn rule(&mut self, column: Column) {
        let height = self.points(25.0);
        let line = Mark::Bar { x: column.left, y: height - 0.7, width: column.width, height: 0.7, grey: 110 };
        self.items.push(Item { height, marks: vec![line], ..Item::default() });
    }
}

/// The height of a line of this size.
pub(crate) fn line_height(size: f32) -> f32 {
    size * LEADING
}

/// The marks of a line from this left and top. A line that goes on ends with a space, so that words stay apart when it is read.
pub(crate) fn line_marks(line: Line, (left, top): (f32, f32), size: f32, leaf: Leaf, ends: bool) -> Vec<Mark> {
    let mut segments = line.segments;
    if let (false, Some(last)) = (ends, segments.last_mut()) {
        last.text.push(' ');
    }
    let mark = |segment: crate::face::Segment| Mark::Text { x: left + segment.x, baseline: top + size * ASCENT, size, segment, leaf };
    segments.into_iter().map(mark).collect()
}
