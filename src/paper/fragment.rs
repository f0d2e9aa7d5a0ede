//! From an HTML fragment to what is in it: headings, paragraphs, lists, tables and figures. Strict: nothing is skipped that is not marked so.

use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};

use crate::PaperProblem;

/// Characters of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// White space is one space; a line feed stands for a line break.
    pub(crate) text: String,
    pub(crate) strong: bool,
    pub(crate) quiet: bool,
}

/// Text in several looks.
pub(crate) type Text = Vec<Run>;

/// How a paragraph looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    /// Small print.
    Quiet,
    /// What the eye should find first.
    Lead,
    /// With a bar beside it.
    Note,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawing {
    /// The SVG, still with the colours of the style sheet.
    pub(crate) svg: String,
    /// Its size in drawing units.
    pub(crate) size: (f32, f32),
    /// What it shows, in words; `None` for what only repeats the words beside it.
    pub(crate) words: Option<(String, String)>,
    /// Its name within the page: what stands before `-t` in the id of its title.
    pub(crate) id: Option<String>,
}

/// A part of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Heading {
        level: u16,
        text: Text,
    },
    Paragraph {
        text: Text,
        look: Look,
    },
    List {
        ordered: bool,
        entries: Vec<Vec<Piece>>,
    },
    Table(Table),
    Figure {
        drawing: Drawing,
        caption: Option<Text>,
    },
    /// A line to write on.
    Rule,
    /// Pieces that should stay on one page.
    Together(Vec<Piece>),
    /// A section of the page.
    Section(Vec<Piece>),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) caption: Option<Text>,
    pub(crate) head: Vec<Vec<Cell>>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Whether it is a heading, and of what.
    pub(crate) heads: Option<Heads>,
    pub(crate) span: usize,
    /// From top to bottom.
    pub(crate) content: Vec<CellPart>,
}

/// What a heading in a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heads {
    Column,
    Row,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellPart {
    Text(Text),
    Drawing(Drawing),
}

/// Reads a fragment.
pub(crate) fn read(html: &str) -> Result<Vec<Piece>, PaperProblem> {
    with_root(html, |root| Reader::default().pieces(root))
}

/// Parses a fragment and hands its root over.
pub(crate) fn with_root<T>(html: &str, work: impl FnOnce(Node<'_, '_>) -> Result<T, PaperProblem>) -> Result<T, PaperProblem> {
    // What HTML writes without an end and without a value.
    let xml = html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("<details open>", "<details>");
    let xml = format!("<div>{xml}</div>");
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&xml, options).map_err(|problem| PaperProblem::Malformed(problem.to_string()))?;
    work(document.root_element())
}

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "strong", "b", "em", "i", "span", "bdi", "bdo", "a", "br", "time", "abbr", "small", "sub", "sup", "q", "cite", "code", "data", "wbr",
    "mark",
];

/// Reads text with white space collapsed.
#[derive(Default)]
struct Writer {
    runs: Text,
    /// White space was read that has not been written yet.
    space: bool,
}

impl Writer {
    fn push(&mut self, text: &str, strong: bool, quiet: bool) {
        for character in text.chars() {
            if matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{C}') {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && self.runs.last().is_some_and(|run| !run.text.ends_with('\n')) {
                self.character(' ', strong, quiet);
            }
            self.character(character, strong, quiet);
        }
    }

    fn character(&mut self, character: char, strong: bool, quiet: bool) {
        match self.runs.last_mut() {
            Some(run) if run.strong == strong && run.quiet == quiet => run.text.push(character),
            _ => self.runs.push(Run { text: character.to_string(), strong, quiet }),
        }
    }

    fn line_break(&mut self) {
        self.space = false;
        if !self.runs.is_empty() {
            self.character('\n', false, false);
        }
    }

    fn take(&mut self) -> Text {
        self.space = false;
        let mut runs = std::mem::take(&mut self.runs);
        while runs.last().is_some_and(|run| run.text.trim().is_empty()) {
            runs.pop();
        }
        runs
    }
}

/// Reads pieces.
#[derive(Default)]
struct Reader {
    text: Writer,
}

impl Reader {
    fn pieces(&mut self, parent: Node<'_, '_>) -> Result<Vec<Piece>, PaperProblem> {
        let mut pieces = Vec::new();
        let mut line = Writer::default();
        for child in parent.children() {
            if child.is_text() {
                line.push(child.text().unwrap_or_default(), false, false);
            } else if child.is_element() && instead(child).is_none() && INLINE.contains(&name(child)) {
                inline(child, false, false, &mut line)?;
            } else if child.is_element() {
                paragraph(&mut line, &mut pieces);
                self.block(child, &mut pieces)?;
            }
        }
        paragraph(&mut line, &mut pieces);
        Ok(pieces)
    }

    fn block(&mut self, node: Node<'_, '_>, pieces: &mut Vec<Piece>) -> Result<(), PaperProblem> {
        if let Some(instead) = instead(node) {
            self.text.push(instead, false, false);
            let text = self.text.take();
            if !text.is_empty() {
                pieces.push(Piece::Paragraph { text, look: Look::Plain });
            }
            return Ok(());
        }
        match name(node) {
            "section" => pieces.push(Piece::Section(self.pieces(node)?)),
            "article" => pieces.push(Piece::Together(self.pieces(node)?)),
            "div" if node.children().any(|child| name(child) == "figure") => pieces.push(Piece::Together(self.pieces(node)?)),
            "div" | "header" | "footer" | "main" | "aside" | "nav" | "details" | "hgroup" => pieces.extend(self.pieces(node)?),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name(node).trim_start_matches('h').parse().unwrap_or(6);
                pieces.push(Piece::Heading { level, text: text_of(node)? });
            }
            "blockquote" => pieces.push(Piece::Paragraph { text: text_of(node)?, look: Look::Note }),
            "p" | "dd" => pieces.push(Piece::Paragraph { text: text_of(node)?, look: look_of(node) }),
            "summary" | "dt" => {
                let text = text_of(node)?.into_iter().map(|run| Run { strong: true, ..run }).collect();
                pieces.push(Piece::Paragraph { text, look: Look::Plain });
            }
            "dl" => pieces.extend(self.pieces(node)?),
            list @ ("ul" | "ol") => {
                let entries = elements(node).map(|entry| if name(entry) == "li" { self.pieces(entry) } else { Err(unknown(entry)) });
                pieces.push(Piece::List { ordered: list == "ol", entries: entries.collect::<Result<_, _>>()? });
            }
            "table" => pieces.push(Piece::Table(table(node)?)),
            "figure" => self.figure(node, pieces)?,
            "svg" => pieces.push(Piece::Figure { drawing: drawing(node)?, caption: None }),
            "hr" => pieces.push(Piece::Rule),
            _ => return Err(unknown(node)),
        }
        Ok(())
    }

    fn figure(&mut self, node: Node<'_, '_>, pieces: &mut Vec<Piece>) -> Result<(), PaperProblem> {
        let caption = elements(node).find(|child| name(*child) == "figcaption").map(text_of).transpose()?;
        let mut caption = caption.filter(|caption| !caption.is_empty());
        for child in elements(node).filter(|child| name(*child) != "figcaption") {
            if name(child) == "svg" {
                pieces.push(Piece::Figure { drawing: drawing(child)?, caption: caption.take() });
            } else {
                self.block(child, pieces)?;
            }
        }
        Ok(())
    }
}

/// What stands on paper in place of an element.
fn instead<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute("data-paper")
}

pub(crate) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn unknown(node: Node<'_, '_>) -> PaperProblem {
    PaperProblem::Unknown(format!("<{}>", name(node)))
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|found| found == class))
}

fn look_of(node: Node<'_, '_>) -> Look {
    let looks = [
        ("report-score", Look::Lead),
        ("report-quiet", Look::Quiet),
        ("report-round", Look::Quiet),
        ("report-source", Look::Quiet),
        ("report-note", Look::Note),
    ];
    looks.into_iter().find(|(class, _)| has_class(node, class)).map_or(Look::Plain, |(_, look)| look)
}

fn paragraph(line: &mut Writer, pieces: &mut Vec<Piece>) {
    let text = line.take();
    if !text.is_empty() {
        pieces.push(Piece::Paragraph { text, look: Look::Plain });
    }
}

/// The text of an element that holds nothing else.
pub(crate) fn text_of(node: Node<'_, '_>) -> Result<Text, PaperProblem> {
    let mut writer = Writer::default();
    content(node, false, false, &mut writer)?;
    Ok(writer.take())
}

fn inline(node: Node<'_, '_>, strong: bool, quiet: bool, into: &mut Writer) -> Result<(), PaperProblem> {
    match name(node) {
        "br" => into.line_break(),
        "wbr" => {}
        found if INLINE.contains(&found) => {
            let strong = strong || matches!(found, "strong" | "b");
            content(node, strong, quiet || has_class(node, "report-quiet"), into)?;
        }
        _ => return Err(unknown(node)),
    }
    Ok(())
}

fn content(node: Node<'_, '_>, strong: bool, quiet: bool, into: &mut Writer) -> Result<(), PaperProblem> {
    for child in node.children() {
        if child.is_text() {
            into.push(child.text().unwrap_or_default(), strong, quiet);
        } else if let Some(instead) = child.is_element().then(|| instead(child)).flatten() {
            into.push(instead, strong, quiet);
        } else if child.is_element() {
            inline(child, strong, quiet, into)?;
        }
    }
    Ok(())
}

fn table(node: Node<'_, '_>) -> Result<Table, PaperProblem> {
    let mut table = Table::default();
    for part in elements(node) {
        match name(part) {
            "caption" => table.caption = Some(text_of(part)?),
            "thead" => table.head.extend(rows(part)?),
            "tbody" | "tfoot" => table.rows.extend(rows(part)?),
            "tr" => table.rows.push(row(part)?),
            "colgroup" => {}
            _ => return Err(unknown(part)),
        }
    }
    Ok(table)
}

fn rows(part: Node<'_, '_>) -> Result<Vec<Vec<Cell>>, PaperProblem> {
    elements(part).map(|one| if name(one) == "tr" { row(one) } else { Err(unknown(one)) }).collect()
}

fn row(node: Node<'_, '_>) -> Result<Vec<Cell>, PaperProblem> {
    let cell = |cell: Node<'_, '_>| {
        let heads = match name(cell) {
            "th" if cell.attribute("scope").is_some_and(|scope| scope.starts_with("row")) => Some(Heads::Row),
            "th" => Some(Heads::Column),
            "td" => None,
            _ => return Err(unknown(cell)),
        };
        if cell.attribute("rowspan").is_some_and(|rows| rows != "1") {
            return Err(PaperProblem::Unknown("a cell of several rows".to_owned()));
        }
        let span = cell.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1).max(1);
        Ok(Cell { heads, span, content: cell_content(cell)? })
    };
    elements(node).map(cell).collect()
}

/// What stands in a cell. Drawings and notes stand on lines of their own.
fn cell_content(cell: Node<'_, '_>) -> Result<Vec<CellPart>, PaperProblem> {
    let mut parts = Vec::new();
    let mut line = Writer::default();
    let end = |line: &mut Writer, parts: &mut Vec<CellPart>| {
        let text = line.take();
        if !text.is_empty() {
            parts.push(CellPart::Text(text));
        }
    };
    for child in cell.children() {
        if child.is_text() {
            line.push(child.text().unwrap_or_default(), false, false);
            continue;
        }
        if !child.is_element() {
            continue;
        }
        if let Some(instead) = instead(child) {
            line.push(instead, false, false);
            continue;
        }
        match name(child) {
            "svg" => {
                end(&mut line, &mut parts);
                parts.push(CellPart::Drawing(drawing(child)?));
            }
            "p" | "div" | "figure" => {
                end(&mut line, &mut parts);
                parts.extend(cell_content(child)?);
            }
            "ul" | "ol" => {
                end(&mut line, &mut parts);
                for entry in elements(child) {
                    parts.extend(cell_content(entry)?);
                }
            }
            _ => {
                if has_class(child, "report-change") || has_class(child, "report-quiet") {
                    end(&mut line, &mut parts);
                }
                inline(child, false, false, &mut line)?;
            }
        }
    }
    end(&mut line, &mut parts);
    Ok(parts)
}

/// A drawing with its words.
pub(crate) fn drawing(node: Node<'_, '_>) -> Result<Drawing, PaperProblem> {
    let size = node.attribute("viewBox").and_then(|view| {
        let mut numbers = view.split_whitespace().skip(2).map(str::parse::<f32>);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    });
    let size = size.filter(|(width, height)| *width > 0.0 && *height > 0.0);
    let size = size.ok_or_else(|| PaperProblem::Chart("it has no size".to_owned()))?;
    let part = |wanted: &str| elements(node).find(|child| name(*child) == wanted);
    let text = |wanted: &str| part(wanted).and_then(|found| found.text()).unwrap_or_default().trim().to_owned();
    let hidden = node.attribute("aria-hidden") == Some("true");
    let id = part("title").and_then(|title| title.attribute("id")).and_then(|id| id.strip_suffix("-t")).map(str::to_owned);
    let source = node.document().input_text().get(node.range()).unwrap_or_default().to_owned();
    Ok(Drawing { svg: source, size, words: (!hidden).then(|| (text("title"), text("desc"))), id })
}
