//! Charts as pictures of dots, for slides and letters: with the words without which a chart alone would say too much.

use std::collections::BTreeSet;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::face::{FAMILY, Faces, HEAVY_FAMILY, of_charts};
use crate::fragment::{Run, drawing, name, text_of, with_root};
use crate::{Colours, PaperProblem};

/// A chart of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its name within the page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it shows, in words.
    pub words: String,
    /// Whose result it is part of: the heading of its section, and what stands above that heading.
    pub of: Vec<String>,
    svg: String,
    size: (f32, f32),
}

/// Dots per pixel of the style sheet.
const DOTS: f32 = 3.0;
/// Free space around, sizes of type and the width of the shortest picture, in pixels of the style sheet.
const MARGIN: f32 = 20.0;
const HEAD: f32 = 15.0;
const BODY: f32 = 12.0;
const NARROWEST: f32 = 440.0;
/// The largest picture in dots on a side.
const LARGEST: f32 = 6_000.0;

/// The charts of a page that have a name, in its order.
///
/// # Errors
/// [`PaperProblem`] when the page cannot be read.
pub fn charts(html: &str) -> Result<Vec<Chart>, PaperProblem> {
    with_root(html, |root| {
        let mut found = Vec::new();
        let (mut above, mut heading) = (None, None);
        for node in root.descendants().filter(|node| node.is_element()) {
            let plain = || text_of(node).map(|text| text.iter().map(|run| run.text.as_str()).collect::<String>());
            match name(node) {
                "section" => (above, heading) = (None, None),
                "p" if heading.is_none() && node.attribute("class") == Some("report-round") => above = Some(plain()?),
                "h2" => heading = Some(plain()?),
                "svg" => {
                    let drawing = drawing(node)?;
                    if let (Some(id), Some((title, words))) = (drawing.id, drawing.words) {
                        let of = heading.iter().chain(&above).cloned().collect();
                        found.push(Chart { id, title, words, of, svg: drawing.svg, size: drawing.size });
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    })
}

/// A chart as PNG, on white, with its title, whose it is and what it shows above and below it; `foot` stands at the end.
///
/// # Errors
/// [`PaperProblem`] when the chart cannot be drawn.
pub fn png(chart: &Chart, foot: &str, colours: &Colours) -> Result<Vec<u8>, PaperProblem> {
    let faces = Faces::load()?;
    let mut replaced = BTreeSet::new();
    let (units_wide, units_high) = chart.size;
    let (drawn_wide, drawn_high) = (units_wide / 2.0, units_high / 2.0);
    let inner = drawn_wide.max(NARROWEST);
    let mut text = String::new();
    let mut at = MARGIN;
    let mut write = |what: &str, size: f32, strong: bool, colour: &str, at: &mut f32| {
        let run = Run { text: faces.printable(what, &mut replaced), strong, quiet: false };
        for line in faces.lines(&[run], size, inner) {
            let words: String = line.segments.iter().map(|segment| segment.text.as_str()).collect();
            let family = if strong { HEAVY_FAMILY } else { FAMILY };
            text.push_str(&format!(
                "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{size}\" font-family=\"{family}\" fill=\"{colour}\">{}</text>",
                *at + size,
                escape(&words)
            ));
            *at += size * 1.4;
        }
    };
    write(&chart.title, HEAD, true, "#000000", &mut at);
    write(&chart.of.join(" · "), BODY, false, "#333333", &mut at);
    let top = at + 8.0;
    at = top + drawn_high + 10.0;
    write(&chart.words, BODY, false, "#000000", &mut at);
    write(foot, BODY, false, "#333333", &mut at);
    let (width, height) = (inner + 2.0 * MARGIN, at + MARGIN - 4.0);
    let nested = colours.fill(&printable(&chart.svg, &faces))?.replacen(
        "<svg ",
        &format!("<svg x=\"{MARGIN}\" y=\"{top}\" width=\"{drawn_wide}\" height=\"{drawn_high}\" "),
        1,
    );
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{text}{nested}</svg>"
    );
    let tree = tree(&svg)?;
    let dots = DOTS.min(LARGEST / width.max(height));
    let failed = |what: &str| PaperProblem::Chart(what.to_owned());
    let mut picture = Pixmap::new(whole(width * dots), whole(height * dots)).ok_or_else(|| failed("it has no size"))?;
    resvg::render(&tree, Transform::from_scale(dots, dots), &mut picture.as_mut());
    picture.encode_png().map_err(|problem| failed(&problem.to_string()))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between one and the largest picture")]
fn whole(dots: f32) -> u32 {
    dots.ceil().clamp(1.0, LARGEST) as u32
}

/// A drawing with its colours and in characters that the fonts have, ready to be drawn.
pub(crate) fn parsed(svg: &str, colours: &Colours, faces: &Faces) -> Result<Tree, PaperProblem> {
    tree(&colours.fill(&printable(svg, faces))?)
}

fn tree(svg: &str) -> Result<Tree, PaperProblem> {
    let options = Options { font_family: FAMILY.to_owned(), fontdb: of_charts(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|problem| PaperProblem::Chart(problem.to_string()))
}

/// The markup is in characters that every font has; only names are touched.
fn printable(svg: &str, faces: &Faces) -> String {
    faces.printable(svg, &mut BTreeSet::new())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
