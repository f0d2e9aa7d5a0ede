//! Drawing: shapes and text on an SVG of fixed size, with colours that the style sheet decides.

use std::collections::VecDeque;
use std::sync::OnceLock;

use plotters::coord::Shift;
use plotters::prelude::{Circle, DrawingArea, EmptyElement, IntoDrawingArea, PathElement, Polygon, RGBColor, Rectangle, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, ShapeStyle, TextStyle, register_font};

use crate::ReportProblem;

/// Inter, Latin subset without hints (SIL Open Font License 1.1, fonts/OFL.txt). Used for measuring only: text stays text in the
/// SVG and takes the font of the page.
static FONT: &[u8] = include_bytes!("../fonts/Inter-Regular-Latin.ttf");
const FONT_NAME: &str = "Inter";

/// plotters writes font sizes divided by this, which is about the height of a line of this font in its own size.
const FONT_SHRINK: f64 = 1.24;

/// From one line of text to the next, as a part of its size.
const LEADING: f64 = 1.15;

/// Drawing units per CSS pixel at the size for which a chart is made; whole units only, so more of them are smoother.
pub(super) const UNIT: i32 = 2;

/// What a line or shape means; the style sheet gives it a colour in light, dark and print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Text and marks.
    Main,
    /// Axes' text, secondary marks.
    Quiet,
    /// Grid lines.
    Grid,
    /// The background.
    Paper,
    /// The score.
    Score,
    /// The score's range.
    Range,
    /// Above the middle of the scale.
    High,
    /// Below it.
    Low,
}

impl Ink {
    const ALL: [Self; 8] = [Self::Main, Self::Quiet, Self::Grid, Self::Paper, Self::Score, Self::Range, Self::High, Self::Low];

    /// A colour that only stands for the name, because plotters writes colours as numbers.
    const fn placeholder(self) -> RGBColor {
        match self {
            Self::Main => RGBColor(1, 2, 1),
            Self::Quiet => RGBColor(1, 2, 2),
            Self::Grid => RGBColor(1, 2, 3),
            Self::Paper => RGBColor(1, 2, 4),
            Self::Score => RGBColor(1, 2, 5),
            Self::Range => RGBColor(1, 2, 6),
            Self::High => RGBColor(1, 2, 7),
            Self::Low => RGBColor(1, 2, 8),
        }
    }

    /// The name in the style sheet.
    const fn variable(self) -> &'static str {
        match self {
            Self::Main => "var(--chart-ink)",
            Self::Quiet => "var(--chart-quiet)",
            Self::Grid => "var(--chart-grid)",
            Self::Paper => "var(--chart-paper)",
            Self::Score => "var(--chart-score)",
            Self::Range => "var(--chart-range)",
            Self::High => "var(--chart-high)",
            Self::Low => "var(--chart-low)",
        }
    }
}

/// Where text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// An SVG under construction. Coordinates are CSS pixels of the size for which it is made, from the top left.
pub(super) struct Canvas<'b> {
    area: DrawingArea<SVGBackend<'b>, Shift>,
}

/// What a chart says without being seen.
pub(super) struct Description<'t> {
    /// Unique within the page; letters, digits, hyphens and underscores.
    pub(super) id: &'t str,
    /// One line.
    pub(super) title: &'t str,
    /// The numbers in words.
    pub(super) text: &'t str,
}

/// Takes the font in, once.
fn font() -> Result<(), ReportProblem> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered = *REGISTERED.get_or_init(|| register_font(FONT_NAME, FontStyle::Normal, FONT).is_ok());
    if registered { Ok(()) } else { Err(ReportProblem::Chart("the embedded font cannot be read".to_owned())) }
}

/// What depends on how wide texts are, before a chart has its size.
pub(super) fn measure<T>(with: impl FnOnce(&Canvas<'_>) -> Result<T, ReportProblem>) -> Result<T, ReportProblem> {
    font()?;
    let mut nothing = String::new();
    let canvas = Canvas { area: SVGBackend::with_string(&mut nothing, (1, 1)).into_drawing_area() };
    with(&canvas)
}

/// Draws a chart of `width` by `height` CSS pixels.
pub(super) fn draw(
    width: u32,
    height: u32,
    description: &Description<'_>,
    paint: impl FnOnce(&Canvas<'_>) -> Result<(), ReportProblem>,
) -> Result<String, ReportProblem> {
    font()?;
    let scale = UNIT.unsigned_abs();
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width * scale, height * scale)).into_drawing_area();
        let canvas = Canvas { area };
        paint(&canvas)?;
        canvas.area.present().map_err(problem)?;
    }
    Ok(finish(&svg, width * scale, height * scale, description))
}

impl Canvas<'_> {
    /// A filled rectangle between two corners.
    pub(super) fn rectangle(&self, from: (f64, f64), to: (f64, f64), ink: Ink) -> Result<(), ReportProblem> {
        self.area.draw(&Rectangle::new([units(from), units(to)], ink.placeholder().filled())).map_err(problem)
    }

    /// A filled rectangle through which as much of the background shines as `strength` lacks to 1.
    pub(super) fn tint(&self, from: (f64, f64), to: (f64, f64), ink: Ink, strength: f64) -> Result<(), ReportProblem> {
        // Two digits, so that the same number is written everywhere.
        let strength = (strength.clamp(0.0, 1.0) * 100.0).round() / 100.0;
        let style = ink.placeholder().mix(strength).filled();
        self.area.draw(&Rectangle::new([units(from), units(to)], style)).map_err(problem)
    }

    /// The outline of a rectangle.
    pub(super) fn frame(&self, from: (f64, f64), to: (f64, f64), ink: Ink, width: u32) -> Result<(), ReportProblem> {
        self.area.draw(&Rectangle::new([units(from), units(to)], stroke(ink, width))).map_err(problem)
    }

    /// A line through several points.
    pub(super) fn path(&self, points: &[(f64, f64)], ink: Ink, width: u32) -> Result<(), ReportProblem> {
        let points: Vec<_> = points.iter().copied().map(units).collect();
        self.area.draw(&PathElement::new(points, stroke(ink, width))).map_err(problem)
    }

    /// A straight line.
    pub(super) fn line(&self, from: (f64, f64), to: (f64, f64), ink: Ink, width: u32) -> Result<(), ReportProblem> {
        self.area.draw(&PathElement::new([units(from), units(to)], stroke(ink, width))).map_err(problem)
    }

    /// A dashed straight line, vertical or horizontal.
    pub(super) fn dashes(&self, from: (f64, f64), to: (f64, f64), ink: Ink, width: u32) -> Result<(), ReportProblem> {
        const DASH: f64 = 4.0;
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        let mut at = 0.0;
        while at < length {
            let (a, b) = (at / length, (at + DASH).min(length) / length);
            self.line((from.0 + dx * a, from.1 + dy * a), (from.0 + dx * b, from.1 + dy * b), ink, width)?;
            at += 2.0 * DASH;
        }
        Ok(())
    }

    /// A filled polygon.
    pub(super) fn polygon(&self, corners: &[(f64, f64)], ink: Ink) -> Result<(), ReportProblem> {
        let corners: Vec<_> = corners.iter().copied().map(units).collect();
        self.area.draw(&Polygon::new(corners, ink.placeholder().filled())).map_err(problem)
    }

    /// A dashed frame.
    pub(super) fn dashed_frame(&self, from: (f64, f64), to: (f64, f64), ink: Ink, width: u32) -> Result<(), ReportProblem> {
        for (a, b) in [
            ((from.0, from.1), (to.0, from.1)),
            ((from.0, to.1), (to.0, to.1)),
            ((from.0, from.1), (from.0, to.1)),
            ((to.0, from.1), (to.0, to.1)),
        ] {
            self.dashes(a, b, ink, width)?;
        }
        Ok(())
    }

    /// A dot, full or open.
    pub(super) fn dot(&self, centre: (f64, f64), radius: i32, ink: Ink, open: bool) -> Result<(), ReportProblem> {
        let ring = EmptyElement::at(units(centre)) + Circle::new((0, 0), radius * UNIT, ink.placeholder().filled());
        self.area.draw(&ring).map_err(problem)?;
        if open {
            let hole = EmptyElement::at(units(centre)) + Circle::new((0, 0), (radius - 2).max(1) * UNIT, Ink::Paper.placeholder().filled());
            self.area.draw(&hole).map_err(problem)?;
        }
        Ok(())
    }

    /// A rectangle of thin slanting lines: here something cannot be seen.
    pub(super) fn hatch(&self, from: (f64, f64), to: (f64, f64), ink: Ink) -> Result<(), ReportProblem> {
        const STEP: f64 = 7.0;
        let height = to.1 - from.1;
        let mut x = from.0 - height;
        while x < to.0 {
            // From the lower left to the upper right, cut off at both sides.
            let (left, right) = (x.max(from.0), (x + height).min(to.0));
            if right > left {
                self.line((left, to.1 - (left - x)), (right, to.1 - (right - x)), ink, 1)?;
            }
            x += STEP;
        }
        Ok(())
    }

    /// Text at its middle height; `size` in CSS pixels.
    pub(super) fn text(&self, text: &str, at: (f64, f64), anchor: Anchor, size: f64, ink: Ink) -> Result<(), ReportProblem> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let color = ink.placeholder();
        let style = self.style(size).color(&color).pos(Pos::new(horizontal, VPos::Center));
        self.area.draw(&Text::new(text.to_owned(), units(at), style)).map_err(problem)
    }

    /// How wide a text is in CSS pixels, as the embedded font measures it.
    pub(super) fn text_width(&self, text: &str, size: f64) -> Result<f64, ReportProblem> {
        let (width, _) = self.area.estimate_text_size(text, &self.style(size)).map_err(problem)?;
        Ok(f64::from(width) / f64::from(UNIT))
    }

    /// How much room a text may take: a page draws it in the font of its system, and some are wider than the one that is measured.
    fn drawn_width(&self, text: &str, size: f64) -> Result<f64, ReportProblem> {
        const WIDER: f64 = 1.08;
        Ok(self.text_width(text, size)? * WIDER)
    }

    /// A text in lines of at most `width`, broken between words and after hyphens, and at most so many of them: the last one ends in an ellipsis where there
    /// would be more. A word that is too long for a line is cut like that, too.
    pub(super) fn lines(&self, text: &str, width: f64, size: f64, most: usize) -> Result<Vec<String>, ReportProblem> {
        self.set(text, width, size, most, false)
    }

    /// The same, with a word that is too long for a line going on in the next.
    pub(super) fn broken_lines(&self, text: &str, width: f64, size: f64, most: usize) -> Result<Vec<String>, ReportProblem> {
        self.set(text, width, size, most, true)
    }

    fn set(&self, text: &str, width: f64, size: f64, most: usize, breaks: bool) -> Result<Vec<String>, ReportProblem> {
        let mut lines: Vec<String> = Vec::new();
        // Each with whether a blank stands before it.
        let parts = text.split_whitespace().flat_map(|word| word.split_inclusive('-').enumerate().map(|(place, part)| (place == 0, part)));
        let mut parts: VecDeque<(bool, String)> = parts.map(|(apart, part)| (apart, part.to_owned())).collect();
        let joined = |line: &str, apart: bool, part: &str| {
            let between = if apart && !line.is_empty() { " " } else { "" };
            format!("{line}{between}{part}")
        };
        while !parts.is_empty() {
            let mut line = String::new();
            if lines.len() + 1 == most {
                line = parts.drain(..).fold(line, |line, (apart, part)| joined(&line, apart, &part));
            }
            while let Some((apart, part)) = parts.pop_front() {
                let longer = joined(&line, apart, &part);
                if self.drawn_width(&longer, size)? <= width {
                    line = longer;
                } else if !line.is_empty() {
                    parts.push_front((apart, part));
                    break;
                } else if breaks {
                    let (first, rest) = self.halves(&part, width, size)?;
                    line = first;
                    parts.push_front((false, rest));
                    break;
                } else {
                    line = longer;
                    break;
                }
            }
            lines.push(self.cut(line, width, size)?);
        }
        Ok(lines)
    }

    /// A word that is too long for a line: as much of it as there is room for with a hyphen, and the rest.
    fn halves(&self, word: &str, width: f64, size: f64) -> Result<(String, String), ReportProblem> {
        let mut kept = String::new();
        for letter in word.chars() {
            if !kept.is_empty() && self.drawn_width(&format!("{kept}{letter}-"), size)? > width {
                break;
            }
            kept.push(letter);
        }
        let rest = word.get(kept.len()..).unwrap_or_default().to_owned();
        Ok((format!("{kept}-"), rest))
    }

    /// Whether a text has room in so many lines of this width without being cut.
    pub(super) fn fits(&self, text: &str, width: f64, size: f64, most: usize) -> Result<bool, ReportProblem> {
        Ok(!self.lines(text, width, size, most)?.iter().any(|line| line.ends_with('\u{2026}')))
    }

    /// As much of a line as there is room for.
    fn cut(&self, line: String, width: f64, size: f64) -> Result<String, ReportProblem> {
        if self.drawn_width(&line, size)? <= width {
            return Ok(line);
        }
        let mut kept = line;
        while kept.pop().is_some() {
            let shown = format!("{}\u{2026}", kept.trim_end());
            if self.drawn_width(&shown, size)? <= width {
                return Ok(shown);
            }
        }
        Ok(String::new())
    }

    /// Lines of text, one below the other around a middle height.
    pub(super) fn stack(&self, lines: &[String], at: (f64, f64), anchor: Anchor, size: f64, ink: Ink) -> Result<(), ReportProblem> {
        let mut y = at.1 - (stack_height(lines.len(), size) - size * LEADING) / 2.0;
        for line in lines {
            self.text(line, (at.0, y), anchor, size, ink)?;
            y += size * LEADING;
        }
        Ok(())
    }

    fn style(&self, size: f64) -> TextStyle<'static> {
        TextStyle::from((FONT_NAME, size * f64::from(UNIT) * FONT_SHRINK).into_font())
    }
}

/// How high so many lines of text are together, as [`Canvas::stack`] sets them.
pub(super) fn stack_height(lines: usize, size: f64) -> f64 {
    size * LEADING * f64::from(u32::try_from(lines).unwrap_or_default())
}

#[expect(clippy::cast_possible_truncation, reason = "charts are a few hundred pixels wide")]
fn units((x, y): (f64, f64)) -> (i32, i32) {
    ((x * f64::from(UNIT)).round() as i32, (y * f64::from(UNIT)).round() as i32)
}

fn stroke(ink: Ink, width: u32) -> ShapeStyle {
    ink.placeholder().stroke_width(width * UNIT.unsigned_abs())
}

fn problem<E: std::error::Error + Send + Sync>(problem: plotters::drawing::DrawingAreaErrorKind<E>) -> ReportProblem {
    ReportProblem::Chart(problem.to_string())
}

/// Gives the finished drawing its role, its words and the colours of the page, and leaves its size to the style sheet.
fn finish(svg: &str, width: u32, height: u32, description: &Description<'_>) -> String {
    let Description { id, title, text } = *description;
    let body = svg.split_once(">\n").map_or(svg, |(_, body)| body);
    let mut body = body.replace(" opacity=\"1\"", "").replace(&format!(" font-family=\"{FONT_NAME}\""), "").replace(" stroke=\"none\"", "");
    for ink in Ink::ALL {
        let RGBColor(r, g, b) = ink.placeholder();
        body = body.replace(&format!("#{r:02X}{g:02X}{b:02X}"), ink.variable());
    }
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n{}",
        escape(title),
        escape(text),
        body.trim_end()
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
