//! Where things stand: covers, and cards two by four on a page.

use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Node, Tag, TagGroup, TagTree};

use crate::face::Face;
use crate::pen::{Line, Losses, Pen, Place, Style};
use crate::{Card, Cover, Document, Paper, PrintProblem, Printed, matrix};

/// Points of a millimetre.
const MM: f32 = 72.0 / 25.4;
const COLUMNS: usize = 2;
const ROWS: usize = 4;
/// Between the edge of a card and its content: no printer prints to the very edge, and scissors err.
const PADDING: f32 = 6.5 * MM;
/// The side of a QR code with its quiet zone.
const CODE_SIDE: f32 = 32.0 * MM;
/// The margin of a cover.
const MARGIN: f32 = 25.0 * MM;
/// How long a mark for scissors is.
const MARK: f32 = 3.0 * MM;

const SMALL: Style = Style { size: 7.0, grey: 60, heavy: false };
const BODY: Style = Style { size: 8.5, grey: 0, heavy: false };
const TITLE: Style = Style { size: 10.0, grey: 0, heavy: true };
const NAME: Style = Style { size: 12.0, grey: 0, heavy: true };
const CODE: Style = Style { size: 15.0, grey: 0, heavy: true };
const COVER_TITLE: Style = Style { size: 20.0, grey: 0, heavy: true };
const COVER_BODY: Style = Style { size: 12.0, grey: 0, heavy: false };

/// Width and height of a page in points.
const fn size_of(paper: Paper) -> (f32, f32) {
    match paper {
        Paper::A4 => (210.0 * MM, 297.0 * MM),
        Paper::Letter => (8.5 * 72.0, 11.0 * 72.0),
    }
}

pub(crate) fn print(document: &Document) -> Result<Printed, PrintProblem> {
    let writing = |what: &str| PrintProblem::Writing(what.to_owned());
    let face = Face::load()?;
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| writing("the versions of its standards do not fit"))?;
    let mut file = krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut losses = Losses::default();
    let mut tree = TagTree::new().with_lang(Some(document.language.clone()));
    let mut outline = Outline::new();
    let (width, height) = size_of(document.paper);
    let settings = || PageSettings::from_wh(width, height).ok_or_else(|| writing("the page has no size"));
    let mut pages = 0;
    for heap in &document.heaps {
        outline.push_child(OutlineNode::new(heap.cover.title.clone(), XyzDestination::new(pages, Point::from_xy(0.0, 0.0))));
        let mut section = TagGroup::new(Tag::Part.with_lang(Some(document.language.clone())));
        {
            let mut page = file.start_page_with(settings()?);
            let mut surface = page.surface();
            let mut pen = Pen { surface: &mut surface, face: &face, losses: &mut losses };
            cover(&mut pen, &heap.cover, width).into_iter().for_each(|node| section.push(node));
            surface.finish();
            page.finish();
            pages += 1;
        }
        for cards in heap.cards.chunks(COLUMNS * ROWS) {
            let mut page = file.start_page_with(settings()?);
            let mut surface = page.surface();
            let mut pen = Pen { surface: &mut surface, face: &face, losses: &mut losses };
            let (card_width, card_height) = (width / COLUMNS as f32, height / ROWS as f32);
            for (place, one) in cards.iter().enumerate() {
                let (left, top) = ((place % COLUMNS) as f32 * card_width, (place / COLUMNS) as f32 * card_height);
                section.push(card(&mut pen, one, (left, top, card_width, card_height))?);
            }
            pen.cuts(&marks(width, height));
            surface.finish();
            page.finish();
            pages += 1;
        }
        tree.push(section);
    }
    file.set_outline(outline);
    file.set_tag_tree(tree);
    file.set_metadata(Metadata::new().title(document.title.clone()).language(document.language.clone()).creator("Candor".to_owned()));
    let pdf = file.finish().map_err(|problem| PrintProblem::Writing(format!("{problem:?}")))?;
    Ok(Printed { pdf, replaced: losses.replaced, shortened: losses.shortened })
}

fn cover(pen: &mut Pen<'_, '_>, cover: &Cover, width: f32) -> Vec<Node> {
    let place = |top, lines| Place { left: MARGIN, top, width: width - 2.0 * MARGIN, lines };
    let mut nodes = Vec::new();
    let (used, title) = pen.paragraph(&cover.title, place(MARGIN, 3), COVER_TITLE, Tag::Hn(LEVEL, Some(cover.title.clone())));
    nodes.push(title);
    let mut top = MARGIN + used + COVER_BODY.size;
    for text in &cover.paragraphs {
        let (used, node) = pen.paragraph(text, place(top, 12), COVER_BODY, Tag::P);
        nodes.push(node);
        top += used + COVER_BODY.size * 0.7;
    }
    nodes
}

/// The level of a cover's title.
const LEVEL: std::num::NonZeroU16 = std::num::NonZeroU16::MIN;

/// One text of a card before it is drawn.
struct Entry<'c> {
    text: &'c str,
    style: Style,
    lines: usize,
    after: f32,
}

/// The texts of a card from top to bottom: beside the QR code, below it, and at the foot.
fn entries(card: &Card, scale: f32) -> [Vec<Entry<'_>>; 3] {
    let entry = |text, style: Style, lines, after| Entry { text, style: Style { size: style.size * scale, ..style }, lines, after };
    let mut beside = vec![entry(&card.organisation, SMALL, 1, 0.5)];
    beside.extend(card.name.as_deref().map(|name| entry(name, NAME, 2, 0.5)));
    beside.push(entry(&card.title, TITLE, 2, 1.5));
    beside.extend(card.facts.iter().map(|fact| entry(fact, BODY, 3, 1.0)));
    // A code stays as large as it is: it has to be read and typed.
    let code = Entry { text: &card.code, style: CODE, lines: 1, after: 1.0 };
    let below = vec![entry(&card.how, BODY, 2, 0.5), entry(&card.address, BODY, 2, 1.0), code];
    [beside, below, card.notes.iter().map(|note| entry(note, SMALL, 5, 0.0)).collect()]
}

/// The sizes of type that are tried, the first that fits is taken.
const SCALES: [f32; 7] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

/// Draws a card into a rectangle of left, top, width and height.
fn card(pen: &mut Pen<'_, '_>, card: &Card, (x, y, width, height): (f32, f32, f32, f32)) -> Result<TagGroup, PrintProblem> {
    let (left, full) = (x + PADDING, width - 2.0 * PADDING);
    let widths = [full - CODE_SIDE, full, full];
    let (top, foot) = (y + PADDING, y + height - PADDING);
    let heights = |scale: f32| -> [f32; 3] {
        let of = |(entries, width): (&Vec<Entry<'_>>, f32)| {
            entries.iter().map(|one| pen.height(one.text, one.style, width, one.lines) + one.after).sum()
        };
        let parts = entries(card, scale);
        std::array::from_fn(|part| parts.get(part).zip(widths.get(part)).map_or(0.0, |(entries, width)| of((entries, *width))))
    };
    let total = |[beside, below, notes]: [f32; 3]| beside.max(CODE_SIDE) + below + notes;
    let room = foot - top;
    let smallest = SCALES[SCALES.len() - 1];
    let scale = SCALES.into_iter().find(|scale| total(heights(*scale)) <= room).unwrap_or(smallest);
    let [beside, below, notes] = heights(scale);
    let below_from = top + beside.max(CODE_SIDE);
    // Small print stands at the foot.
    let tops = [top, below_from, (foot - notes).max(below_from + below)];
    let mut nodes = Vec::new();
    for ((entries, width), mut top) in entries(card, scale).into_iter().zip(widths).zip(tops) {
        for Entry { text, style, lines, after } in entries {
            let (used, node) = pen.paragraph(text, Place { left, top, width, lines }, style, Tag::P);
            nodes.push(node);
            top += used + after;
        }
    }
    if total([beside, below, notes]) > room {
        pen.losses.shortened.insert(card.facts.first().cloned().unwrap_or_default());
    }
    nodes.push(pen.code(&matrix::modules(&card.link)?, x + width - PADDING - CODE_SIDE, top, CODE_SIDE, &card.link_description));
    Ok(TagGroup::with_children(Tag::Section.with_lang(Some(card.language.clone())), nodes))
}

/// Marks at the edges and crosses where cuts meet.
fn marks(width: f32, height: f32) -> Vec<Line> {
    let mut marks = Vec::new();
    for column in 0..=COLUMNS {
        for row in 0..=ROWS {
            let (x, y) = (width * column as f32 / COLUMNS as f32, height * row as f32 / ROWS as f32);
            let (inside, between) = ((1..COLUMNS).contains(&column), (1..ROWS).contains(&row));
            if inside {
                marks.push(((x, (y - MARK).max(0.0)), (x, (y + MARK).min(height))));
            }
            if between {
                marks.push((((x - MARK).max(0.0), y), ((x + MARK).min(width), y)));
            }
        }
    }
    marks
}
