//! Tables: how wide their columns are, and their rows as strips.

use crate::PaperProblem;
use crate::face::Line;
use crate::fragment::{Cell, CellPart, Drawing, Heads, Table};
use crate::items::{Item, Mark};
use crate::layout::{Column, Layout, POINTS_PER_UNIT, Style, line_height, line_marks};
use crate::tree::{Branch, Kind, Leaf};

/// The sizes of type that are tried, the first in which no word is broken is taken.
const SIZES: [f32; 5] = [9.0, 8.2, 7.4, 6.6, 6.0];
/// Free space to the right of a column, and above and below a row.
const GUTTER: f32 = 7.0;
const PADDING: f32 = 2.6;
/// The narrowest that a drawing in a cell is made, in points.
const NARROWEST_DRAWING: f32 = 36.0;

/// A line of a cell.
enum CellLine {
    Text { line: Line, leaf: Leaf, ends: bool },
    Drawing { drawing: Drawing, size: (f32, f32), leaf: Option<Leaf> },
}

impl CellLine {
    fn height(&self, size: f32) -> f32 {
        match self {
            Self::Text { .. } => line_height(size),
            Self::Drawing { size: (_, height), .. } => height + 3.0,
        }
    }
}

impl Layout<'_> {
    pub(crate) fn table(&mut self, table: &Table, parent: Branch, column: Column) -> Result<(), PaperProblem> {
        let branch = self.tree.branch(parent, Kind::Table);
        if let Some(caption) = &table.caption {
            let start = self.items.len();
            let caption_of = self.tree.branch(branch, Kind::Caption);
            self.lines(caption, Style { size: 9.0, strong: true, quiet: false, before: 6.0 }, caption_of, column);
            self.items.iter_mut().skip(start).for_each(|item| item.keeps_next = true);
        }
        let (size, widths) = self.columns(table, column.width);
        let number = self.heads.len();
        let start = self.items.len();
        if !table.head.is_empty() {
            let head = self.tree.branch(branch, Kind::TableHead);
            for row in &table.head {
                self.row(row, head, (size, &widths, column.left), (number, true));
            }
        }
        self.heads.push(start..self.items.len());
        self.items.iter_mut().skip(start).for_each(|item| item.keeps_next = true);
        if !table.rows.is_empty() {
            let rows = self.tree.branch(branch, Kind::TableRows);
            for row in &table.rows {
                self.row(row, rows, (size, &widths, column.left), (number, false));
            }
        }
        let before = self.points(6.0);
        if let Some(first) = self.items.get_mut(start) {
            first.before = before;
        }
        Ok(())
    }

    /// The size of type and the widths of the columns.
    fn columns(&mut self, table: &Table, available: f32) -> (f32, Vec<f32>) {
        let smallest = SIZES.last().copied().unwrap_or(6.0);
        let mut chosen = (smallest, Vec::new());
        for size in SIZES {
            let size = self.points(size);
            let (narrowest, widest) = self.extents(table, size);
            let gutters = self.points(GUTTER) * narrowest.len().saturating_sub(1) as f32;
            let room = available - gutters;
            let least: f32 = narrowest.iter().sum();
            chosen = (size, share(&narrowest, &widest, room));
            if least <= room {
                break;
            }
        }
        chosen
    }

    /// Per column the width of the widest word, and of the longest line.
    fn extents(&mut self, table: &Table, size: f32) -> (Vec<f32>, Vec<f32>) {
        let mut narrowest: Vec<f32> = Vec::new();
        let mut widest: Vec<f32> = Vec::new();
        for row in table.head.iter().chain(&table.rows) {
            let mut place = 0;
            for cell in row {
                let end = place + cell.span;
                if narrowest.len() < end {
                    narrowest.resize(end, 0.0);
                    widest.resize(end, 0.0);
                }
                // What spans several columns takes what they give it.
                if cell.span == 1 {
                    let (least, most) = self.extents_of(cell, size);
                    narrowest.iter_mut().skip(place).take(1).for_each(|width| *width = width.max(least));
                    widest.iter_mut().skip(place).take(1).for_each(|width| *width = width.max(most));
                }
                place = end;
            }
        }
        (narrowest, widest)
    }

    fn extents_of(&mut self, cell: &Cell, size: f32) -> (f32, f32) {
        let style = style_of(cell);
        let (mut least, mut most) = (0.0_f32, 0.0_f32);
        for part in &cell.content {
            let (narrow, wide) = match part {
                CellPart::Text(text) => {
                    let runs = self.dressed(text, style);
                    self.faces.extents(&runs, size)
                }
                CellPart::Drawing(drawing) => {
                    let natural = self.points(drawing.size.0 * POINTS_PER_UNIT);
                    (natural.min(self.points(NARROWEST_DRAWING)), natural)
                }
            };
            (least, most) = (least.max(narrow), most.max(wide));
        }
        (least + 0.5, most + 0.5)
    }

    /// One row: a chain of strips, one per line, so that even a row longer than a page loses nothing.
    fn row(&mut self, row: &[Cell], parent: Branch, (size, widths, left): (f32, &[f32], f32), table: (usize, bool)) {
        let branch = self.tree.branch(parent, Kind::Row);
        let gutter = self.points(GUTTER);
        let mut cells = Vec::new();
        let (mut x, mut place) = (left, 0);
        for cell in row {
            let spanned = widths.iter().skip(place).take(cell.span);
            let width = spanned.sum::<f32>() + gutter * cell.span.saturating_sub(1) as f32;
            cells.push((x, self.cell(cell, branch, size, width)));
            x += width + gutter;
            place += cell.span;
        }
        let right = left + widths.iter().sum::<f32>() + gutter * widths.len().saturating_sub(1) as f32;
        let count = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default().max(1);
        let mut columns: Vec<(f32, std::vec::IntoIter<CellLine>)> = cells.into_iter().map(|(x, lines)| (x, lines.into_iter())).collect();
        for number in 0..count {
            let top = if number == 0 { self.points(PADDING) } else { 0.0 };
            let lines: Vec<(f32, CellLine)> = columns.iter_mut().filter_map(|(x, lines)| Some((*x, lines.next()?))).collect();
            let tallest = lines.iter().map(|(_, line)| line.height(size)).fold(0.0, f32::max);
            let ends = number + 1 == count;
            let height = top + tallest + if ends { self.points(PADDING) } else { 0.0 };
            let mut marks = Vec::new();
            for (x, line) in lines {
                match line {
                    CellLine::Text { line, leaf, ends } => marks.extend(line_marks(line, (x, top), size, leaf, ends)),
                    CellLine::Drawing { drawing, size: (width, height), leaf } => {
                        marks.push(Mark::Drawing { x, y: top + 1.5, width, height, number: self.drawings.len(), leaf });
                        self.drawings.push(drawing);
                    }
                }
            }
            if ends {
                let (weight, grey) = if table.1 { (0.9, 90) } else { (0.5, 190) };
                marks.push(Mark::Bar { x: left, y: height - weight, width: right - left, height: weight, grey });
            }
            self.items.push(Item { height, keeps_next: !ends, table: Some(table), marks, ..Item::default() });
        }
    }

    fn cell(&mut self, cell: &Cell, parent: Branch, size: f32, width: f32) -> Vec<CellLine> {
        let style = style_of(cell);
        let branch = self.tree.branch(parent, Kind::Cell { heads: cell.heads, span: cell.span });
        let mut lines = Vec::new();
        for part in &cell.content {
            match part {
                CellPart::Text(text) => {
                    let runs = self.dressed(text, style);
                    let leaf = self.tree.leaf(branch);
                    let broken = self.faces.lines(&runs, size, width);
                    let count = broken.len();
                    lines.extend(broken.into_iter().enumerate().map(|(n, line)| CellLine::Text { line, leaf, ends: n + 1 == count }));
                }
                CellPart::Drawing(drawing) => {
                    let leaf = drawing.words.as_ref().map(|(title, words)| {
                        let words = self.faces.printable(format!("{title}. {words}").trim(), &mut self.replaced);
                        let figure = self.tree.branch(branch, Kind::Figure { words });
                        self.tree.leaf(figure)
                    });
                    lines.push(CellLine::Drawing { drawing: drawing.clone(), size: self.size_of(drawing, width), leaf });
                }
            }
        }
        lines
    }
}

fn style_of(cell: &Cell) -> Style {
    Style { size: 9.0, strong: cell.heads == Some(Heads::Column) || (cell.heads.is_some() && cell.span > 1), quiet: false, before: 0.0 }
}

/// Columns no narrower than their widest word where there is room for that, and what is left by how much more they could take.
fn share(narrowest: &[f32], widest: &[f32], room: f32) -> Vec<f32> {
    let (least, most): (f32, f32) = (narrowest.iter().sum(), widest.iter().sum());
    if most <= room {
        return widest.to_vec();
    }
    if least >= room {
        return narrowest.iter().map(|width| width * room / least.max(1.0)).collect();
    }
    let spread = (room - least) / (most - least);
    narrowest.iter().zip(widest).map(|(narrow, wide)| narrow + (wide - narrow) * spread).collect()
}
