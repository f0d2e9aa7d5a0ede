//! What a document is cut into before it is put on pages: strips of paper as wide as the text, each with its marks.

use crate::face::Segment;
use crate::tree::Leaf;

/// A strip that is never cut.
#[derive(Debug, Clone, Default)]
pub(crate) struct Item {
    /// Free space before it, except at the top of a page.
    pub(crate) before: f32,
    pub(crate) height: f32,
    /// Whether the next one has to stay on the same page.
    pub(crate) keeps_next: bool,
    /// Whether it rather begins a new page than stands in the lower part of one.
    pub(crate) rather_new_page: bool,
    /// The table that it belongs to, and whether to its head.
    pub(crate) table: Option<(usize, bool)>,
    pub(crate) marks: Vec<Mark>,
}

/// Something drawn, from the left and top of its strip.
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    Text {
        x: f32,
        baseline: f32,
        size: f32,
        segment: Segment,
        leaf: Leaf,
    },
    /// A drawing by its number.
    Drawing {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        number: usize,
        leaf: Option<Leaf>,
    },
    /// A filled rectangle that means nothing.
    Bar {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: u8,
    },
}
