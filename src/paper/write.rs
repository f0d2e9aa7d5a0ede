//! Writes what was laid out as a PDF.

use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::TextDirection;
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::face::{Faces, Fonts};
use crate::fragment::{Look, Piece, Run, read};
use crate::items::Mark;
use crate::layout::{Column, Layout};
use crate::pages::{Placed, paginate};
use crate::picture::parsed;
use crate::tree::{Drawn, Tree};
use crate::{Document, PaperProblem, Printed};

/// A4 in points.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const SIDE: f32 = 54.0;
const TOP: f32 = 50.0;
/// Room for the foot.
const BOTTOM: f32 = 58.0;
const FOOT_SIZE: f32 = 8.0;
const FOOT_BASELINE: f32 = HEIGHT - 32.0;
/// How dark small print is: 0 is black.
const QUIET: u8 = 70;

/// The sizes that are tried for a document of one page.
const SCALES: [f32; 9] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6];

pub(crate) fn print(document: &Document<'_>) -> Result<Printed, PaperProblem> {
    let faces = Faces::load()?;
    let plain = |text: &str| vec![Run { text: text.to_owned(), strong: false, quiet: false }];
    let mut pieces = vec![Piece::Heading { level: 1, text: plain(document.title) }];
    pieces.extend(read(document.body)?);
    let column = Column { left: 0.0, width: WIDTH - 2.0 * SIDE };
    let room = HEIGHT - TOP - BOTTOM;
    let scales = if document.one_page { &SCALES[..] } else { &[1.0] };
    for scale in scales {
        let mut layout = Layout::new(&faces, room, *scale);
        layout.flow(&pieces, Tree::ROOT, column)?;
        if !layout.replaced.is_empty() {
            let shown: Vec<String> = layout.replaced.iter().map(|character| format!("U+{:04X}", u32::from(*character))).collect();
            let text = plain(&document.replaced.replace("{characters}", &shown.join(", ")));
            layout.flow(&[Piece::Paragraph { text, look: Look::Quiet }], Tree::ROOT, column)?;
        }
        let pages = paginate(&layout.items, &layout.heads, room);
        if !document.one_page || pages.len() == 1 {
            return write(document, &layout, &pages);
        }
    }
    Err(PaperProblem::TooMuch)
}

fn write(document: &Document<'_>, layout: &Layout<'_>, pages: &[Vec<Placed>]) -> Result<Printed, PaperProblem> {
    let writing = |what: &str| PaperProblem::Writing(what.to_owned());
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| writing("the versions of its standards do not fit"))?;
    let mut file = krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let fonts = Fonts::load()?;
    let mut drawn = Drawn::default();
    for (number, placed) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| writing("the page has no size"))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        let mut pen = Pen { surface: &mut surface, fonts: &fonts, document, layout, drawn: &mut drawn };
        for strip in placed {
            pen.strip(*strip)?;
        }
        pen.foot(number + 1, pages.len());
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    let title = layout.faces.printable(document.title, &mut std::collections::BTreeSet::new());
    outline.push_child(OutlineNode::new(title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    for (heading, item) in &layout.outline {
        let place = pages.iter().enumerate().find_map(|(page, strips)| {
            strips.iter().find(|strip| strip.item == *item).map(|strip| XyzDestination::new(page, Point::from_xy(SIDE, TOP + strip.top)))
        });
        if let Some(place) = place {
            outline.push_child(OutlineNode::new(heading.clone(), place));
        }
    }
    file.set_outline(outline);
    file.set_tag_tree(layout.tree.finish(document.language, &mut drawn));
    file.set_metadata(Metadata::new().title(title).language(document.language.to_owned()).creator("Candor".to_owned()));
    let pdf = file.finish().map_err(|problem| PaperProblem::Writing(format!("{problem:?}")))?;
    Ok(Printed { pdf, pages: pages.len(), replaced: layout.replaced.clone() })
}

/// Draws on one page.
struct Pen<'a, 'p> {
    surface: &'a mut Surface<'p>,
    fonts: &'a Fonts,
    document: &'a Document<'a>,
    layout: &'a Layout<'a>,
    drawn: &'a mut Drawn,
}

fn ink(grey: u8) -> Fill {
    Fill { paint: rgb::Color::new(grey, grey, grey).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn meaningless(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

impl Pen<'_, '_> {
    fn strip(&mut self, placed: Placed) -> Result<(), PaperProblem> {
        let Some(item) = self.layout.items.get(placed.item) else { return Ok(()) };
        let top = TOP + placed.top;
        for mark in &item.marks {
            match mark {
                Mark::Text { x, baseline, size, segment, leaf } => {
                    // The head of a table that is said again is read once.
                    let tag = if placed.again { meaningless(ArtifactType::Layout) } else { ContentTag::Span(SpanTag::empty()) };
                    let identifier = self.surface.start_tagged(tag);
                    self.text(&segment.text, (SIDE + x, top + baseline), *size, segment.strong, if segment.quiet { QUIET } else { 0 });
                    self.surface.end_tagged();
                    if !placed.again {
                        self.drawn.add(*leaf, identifier);
                    }
                }
                Mark::Drawing { x, y, width, height, number, leaf } => {
                    let tag = if leaf.is_some() && !placed.again { ContentTag::Other } else { meaningless(ArtifactType::Layout) };
                    self.surface.push_transform(&Transform::from_translate(SIDE + x, top + y));
                    let identifier = self.surface.start_tagged(tag);
                    let done = self.drawing(*number, (*width, *height));
                    self.surface.end_tagged();
                    self.surface.pop();
                    done?;
                    if let (Some(leaf), false) = (leaf, placed.again) {
                        self.drawn.add(*leaf, identifier);
                    }
                }
                Mark::Bar { x, y, width, height, grey } => {
                    let mut path = PathBuilder::new();
                    if let Some(bar) = Rect::from_xywh(SIDE + x, top + y, *width, *height) {
                        path.push_rect(bar);
                    }
                    self.surface.start_tagged(meaningless(ArtifactType::Layout));
                    if let Some(path) = path.finish() {
                        self.surface.set_fill(Some(ink(*grey)));
                        self.surface.draw_path(&path);
                    }
                    self.surface.end_tagged();
                }
            }
        }
        Ok(())
    }

    fn drawing(&mut self, number: usize, (width, height): (f32, f32)) -> Result<(), PaperProblem> {
        let failed = |what: &str| PaperProblem::Chart(what.to_owned());
        let drawing = self.layout.drawings.get(number).ok_or_else(|| failed("it was not laid out"))?;
        let tree = parsed(&drawing.svg, self.document.colours, self.layout.faces)?;
        let size = Size::from_wh(width, height).ok_or_else(|| failed("it has no size"))?;
        self.surface.draw_svg(&tree, size, SvgSettings::default()).ok_or_else(|| failed("it cannot be drawn"))
    }

    fn text(&mut self, text: &str, (x, y): (f32, f32), size: f32, strong: bool, grey: u8) {
        let font = if strong { &self.fonts.heavy } else { &self.fonts.regular };
        self.surface.set_fill(Some(ink(grey)));
        self.surface.draw_text(Point::from_xy(x, y), font.clone(), size, text, false, TextDirection::LeftToRight);
    }

    fn foot(&mut self, page: usize, pages: usize) {
        let faces = self.layout.faces;
        let mut unseen = std::collections::BTreeSet::new();
        let number = self.document.numbering.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string());
        let number = faces.printable(&number, &mut unseen);
        let wide = faces.width(&number, FOOT_SIZE, false);
        // What a page is not for stands on it whole, however long the title is.
        let foot = faces.printable(&format!(" · {}", self.document.foot), &mut unseen);
        let mut title = faces.printable(self.document.title, &mut unseen);
        let room = WIDTH - 2.0 * SIDE - wide - 20.0 - faces.width(&foot, FOOT_SIZE, false);
        if faces.width(&title, FOOT_SIZE, false) > room {
            while !title.is_empty() && faces.width(&format!("{title}…"), FOOT_SIZE, false) > room {
                title.pop();
            }
            title.push('…');
        }
        title.push_str(&foot);
        self.surface.start_tagged(meaningless(ArtifactType::Footer));
        self.text(&title, (SIDE, FOOT_BASELINE), FOOT_SIZE, false, QUIET);
        self.text(&number, (WIDTH - SIDE - wide, FOOT_BASELINE), FOOT_SIZE, false, QUIET);
        self.surface.end_tagged();
    }
}
