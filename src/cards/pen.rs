//! Draws on one page, and keeps what it draws for the tree that tells reading aloud in which order.

use std::collections::BTreeSet;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, Tag, TagGroup, TagKind};
use krilla::text::TextDirection;

use crate::face::Face;
use crate::matrix::{Modules, QUIET};

/// Baselines are this far apart, in sizes of the type.
const LEADING: f32 = 1.3;
/// How far the first baseline lies below the top, in sizes of the type.
const ASCENT: f32 = 0.95;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// In points.
    pub(crate) size: f32,
    /// 0 is black, 255 white.
    pub(crate) grey: u8,
    /// Thickened, as the font has one weight.
    pub(crate) heavy: bool,
}

/// Where a text goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) width: f32,
    /// At most so many lines.
    pub(crate) lines: usize,
}

/// A straight line from one point to another, each as x and y.
pub(crate) type Line = ((f32, f32), (f32, f32));

/// What was replaced or left out on the way.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    pub(crate) replaced: BTreeSet<char>,
    pub(crate) shortened: BTreeSet<String>,
}

/// Draws on a page.
pub(crate) struct Pen<'a, 'p> {
    pub(crate) surface: &'a mut Surface<'p>,
    pub(crate) face: &'a Face,
    pub(crate) losses: &'a mut Losses,
}

fn ink(grey: u8) -> Fill {
    Fill { paint: rgb::Color::new(grey, grey, grey).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

impl Pen<'_, '_> {
    /// Sets a paragraph and gives the height that it took with its node of the tree.
    pub(crate) fn paragraph(&mut self, text: &str, place: Place, style: Style, kind: impl Into<TagKind>) -> (f32, Node) {
        let printable = self.face.printable(text, &mut self.losses.replaced);
        let (lines, shortened) = self.face.lines(&printable, style.size, place.width, place.lines);
        if shortened {
            self.losses.shortened.insert(text.to_owned());
        }
        self.surface.set_fill(Some(ink(style.grey)));
        self.surface.set_stroke(style.heavy.then(|| Stroke {
            paint: rgb::Color::new(style.grey, style.grey, style.grey).into(),
            width: style.size * 0.03,
            ..Stroke::default()
        }));
        let mut group = TagGroup::new(kind);
        let mut baseline = place.top + style.size * ASCENT;
        for line in &lines {
            let mark = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let start = Point::from_xy(place.left, baseline);
            self.surface.draw_text(start, self.face.font.clone(), style.size, line, false, TextDirection::LeftToRight);
            self.surface.end_tagged();
            group.push(mark);
            baseline += style.size * LEADING;
        }
        self.surface.set_stroke(None);
        (lines.len() as f32 * style.size * LEADING, Node::Group(group))
    }

    /// The height that a paragraph will take.
    pub(crate) fn height(&self, text: &str, style: Style, width: f32, lines: usize) -> f32 {
        let printable = self.face.printable(text, &mut BTreeSet::new());
        self.face.lines(&printable, style.size, width, lines).0.len() as f32 * style.size * LEADING
    }

    /// Draws a QR code with its quiet zone into a square.
    pub(crate) fn code(&mut self, modules: &Modules, left: f32, top: f32, side: f32, description: &str) -> Node {
        let module = side / (modules.side + 2 * QUIET) as f32;
        let mut path = PathBuilder::new();
        for (row, squares) in modules.dark.chunks(modules.side).enumerate() {
            let mut column = 0;
            // Squares that touch are one bar, so that no hairline runs through them.
            for run in squares.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    let (x, y) = (left + (column + QUIET) as f32 * module, top + (row + QUIET) as f32 * module);
                    if let Some(bar) = Rect::from_xywh(x, y, run.len() as f32 * module, module) {
                        path.push_rect(bar);
                    }
                }
                column += run.len();
            }
        }
        let mark = self.surface.start_tagged(ContentTag::Other);
        self.draw(path.finish(), Some(ink(0)), None);
        self.surface.end_tagged();
        let mut figure = TagGroup::new(Tag::Figure(Some(description.to_owned())));
        figure.push(mark);
        Node::Group(figure)
    }

    /// Lines for scissors, which mean nothing.
    pub(crate) fn cuts(&mut self, lines: &[Line]) {
        let mut path = PathBuilder::new();
        for ((x1, y1), (x2, y2)) in lines {
            path.move_to(*x1, *y1);
            path.line_to(*x2, *y2);
        }
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
        let stroke = Stroke { paint: rgb::Color::new(150, 150, 150).into(), width: 0.4, ..Stroke::default() };
        self.draw(path.finish(), None, Some(stroke));
        self.surface.end_tagged();
    }

    fn draw(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        if let Some(path) = path {
            self.surface.set_fill(fill);
            self.surface.set_stroke(stroke);
            self.surface.draw_path(&path);
            self.surface.set_stroke(None);
        }
    }
}
