//! The structure of a document, by which it is read aloud: what is drawn where joins it afterwards.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use crate::fragment::Heads;

/// A branch of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Branch(usize);

/// Something drawn that belongs to a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leaf(usize);

/// What a branch is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Section,
    Heading { level: u16, title: String },
    Paragraph,
    List { ordered: bool },
    Entry,
    Label,
    Body,
    Table,
    TableHead,
    TableRows,
    Row,
    Cell { heads: Option<Heads>, span: usize },
    Figure { words: String },
    Caption,
}

enum Child {
    Branch(Branch),
    Leaf(Leaf),
}

/// The structure; the first branch holds everything.
pub(crate) struct Tree {
    branches: Vec<(Kind, Vec<Child>)>,
    leaves: usize,
}

impl Tree {
    /// The branch that holds everything.
    pub(crate) const ROOT: Branch = Branch(0);

    pub(crate) fn new() -> Self {
        Self { branches: vec![(Kind::Section, Vec::new())], leaves: 0 }
    }

    pub(crate) fn branch(&mut self, parent: Branch, kind: Kind) -> Branch {
        let branch = Branch(self.branches.len());
        self.branches.push((kind, Vec::new()));
        self.add(parent, Child::Branch(branch));
        branch
    }

    pub(crate) fn leaf(&mut self, parent: Branch) -> Leaf {
        let leaf = Leaf(self.leaves);
        self.leaves += 1;
        self.add(parent, Child::Leaf(leaf));
        leaf
    }

    fn add(&mut self, parent: Branch, child: Child) {
        if let Some((_, children)) = self.branches.get_mut(parent.0) {
            children.push(child);
        }
    }

    /// The structure with what was drawn.
    pub(crate) fn finish(&self, language: &str, drawn: &mut Drawn) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        if let Some(root) = self.group(Self::ROOT, drawn) {
            tree.push(root);
        }
        tree
    }

    fn group(&self, branch: Branch, drawn: &mut Drawn) -> Option<TagGroup> {
        let (kind, children) = self.branches.get(branch.0)?;
        let mut nodes: Vec<Node> = Vec::new();
        for child in children {
            match child {
                Child::Branch(inner) => nodes.extend(self.group(*inner, drawn).map(Node::Group)),
                Child::Leaf(leaf) => nodes.extend(drawn.take(*leaf).into_iter().map(Node::Leaf)),
            }
        }
        // An empty cell still is one: the others would move.
        (!nodes.is_empty() || matches!(kind, Kind::Cell { .. })).then(|| TagGroup::with_children(tag(kind), nodes))
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Section => Tag::Section.into(),
        Kind::Heading { level, title } => Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into(),
        Kind::Paragraph => Tag::P.into(),
        Kind::List { ordered } => Tag::L(if *ordered { ListNumbering::Decimal } else { ListNumbering::Disc }).into(),
        Kind::Entry => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::TableHead => Tag::THead.into(),
        Kind::TableRows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::Cell { heads, span } => {
            let span = u32::try_from(*span).ok().filter(|span| *span > 1).and_then(NonZeroU32::new);
            match heads {
                Some(Heads::Column) => Tag::TH(TableHeaderScope::Column).with_col_span(span).into(),
                Some(Heads::Row) => Tag::TH(TableHeaderScope::Row).with_col_span(span).into(),
                None => Tag::TD.with_col_span(span).into(),
            }
        }
        Kind::Figure { words } => Tag::Figure(Some(words.clone())).into(),
        Kind::Caption => Tag::Caption.into(),
    }
}

/// What was drawn, by leaf.
#[derive(Default)]
pub(crate) struct Drawn(Vec<Vec<Identifier>>);

impl Drawn {
    pub(crate) fn add(&mut self, leaf: Leaf, identifier: Identifier) {
        if self.0.len() <= leaf.0 {
            self.0.resize_with(leaf.0 + 1, Vec::new);
        }
        if let Some(identifiers) = self.0.get_mut(leaf.0) {
            identifiers.push(identifier);
        }
    }

    fn take(&mut self, leaf: Leaf) -> Vec<Identifier> {
        self.0.get_mut(leaf.0).map(std::mem::take).unwrap_or_default()
    }
}
