#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use lopdf::Document as Pdf;

use super::*;
use crate::face::Faces;
use crate::fragment::{Look, Piece, read};
use crate::items::Mark;
use crate::layout::{Column, Layout};
use crate::tree::Tree;

const CHART: &str = r##"<svg class="chart" viewBox="0 0 640 152" role="img" aria-labelledby="g1-SAF-t g1-SAF-d" xmlns="http://www.w3.org/2000/svg">
<title id="g1-SAF-t">Speaking up: where the score lies</title>
<desc id="g1-SAF-d">Somewhere between 47 and 66 of 100 points.</desc>
<rect x="10" y="10" width="400" height="30" fill="var(--chart-score)"/>
<text x="20" y="100" font-size="24" fill="var(--chart-ink)">47 Łódź</text>
</svg>"##;

fn colours() -> Colours {
    Colours::of_style_sheet(".report{--chart-score:#1f5fa8;--chart-ink:var(--ink,#1c2330)}@media print{.report{--chart-ink:#000}}")
}

fn document<'d>(body: &'d str, colours: &'d Colours, one_page: bool) -> Document<'d> {
    let (title, foot) = ("Your team, 2026-q4", "Not for appraisal.");
    let (numbering, replaced) = ("Page {page} of {pages}", "Replaced here: {characters}.");
    Document { title, language: "en", body, foot, numbering, replaced, colours, one_page }
}

fn printed(body: &str) -> Printed {
    print(&document(body, &colours(), false)).unwrap()
}

/// What another program reads in it, without white space.
fn text_of(printed: &Printed) -> String {
    let pdf = Pdf::load_mem(&printed.pdf).unwrap();
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    assert_eq!(pages.len(), printed.pages);
    pdf.extract_text(&pages).unwrap().split_whitespace().collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Everything that a page of a result can hold.
fn everything() -> String {
    format!(
        "<section class=\"report\" aria-labelledby=\"g1\"><header><p class=\"report-round\">Round 2026-q4</p><h2 id=\"g1\">Bakery &amp; “Łódź”</h2>\
         <p><span data-role=\"x\">5 to 7 people</span> answered.<br>Nobody else &#39;did&#39;.</p><p class=\"report-note\"><strong>Not for appraisal.</strong> It belongs to the group.</p></header>\
         <h3>The result</h3><article><h4>Speaking up</h4><p class=\"report-score\">Somewhere between 47 and 66.</p><figure>{CHART}<figcaption>An open dot.</figcaption></figure>\
         <details><summary>The statements</summary><ul><li>First <em>one</em></li><li>Second <p>with a paragraph</p></li></ul></details></article>\
         <table><caption>Rounds</caption><thead><tr><th scope=\"col\">Round</th><th scope=\"col\">Points</th></tr></thead>\
         <tbody><tr><th scope=\"rowgroup\" colspan=\"2\">Sales</th></tr><tr><th scope=\"row\">2026-q3</th><td>50 to 60 <span class=\"report-quiet\">together with West</span></td></tr></tbody></table>\
         <ol><li>Look</li><li>Talk</li></ol><dl><dt>Day</dt><dd>Monday</dd></dl><hr></section>\
         <section data-paper=\"On the screen alone.\"><form><input/></form></section><div data-paper=\"\"><button>discard</button></div>"
    )
}

#[test]
fn everything_that_a_page_holds_stands_on_paper_as_text() {
    let printed = printed(&everything());
    let text = text_of(&printed);
    for part in [
        "Your team, 2026-q4",
        "Round 2026-q4",
        "Bakery & “Łódź”",
        "5 to 7 people answered.",
        "Nobody else 'did'.",
        "Not for appraisal. It belongs to the group.",
        "The result",
        "Speaking up",
        "Somewhere between 47 and 66.",
        "47 Łódź",
        "An open dot.",
        "The statements",
        "First one",
        "with a paragraph",
        "Rounds",
        "Sales",
        "2026-q3",
        "50 to 60",
        "together with West",
        "1. Look",
        "2. Talk",
        "Monday",
        "On the screen alone.",
        "Page 1 of 1",
    ] {
        assert!(text.contains(&squeezed(part)), "{part} is missing in {text}");
    }
    assert!(!text.contains("discard"), "what has no place on paper: {text}");
    assert!(printed.replaced.is_empty());
}

#[test]
fn the_longest_title_leaves_room_at_the_foot_for_what_the_page_is_not_for() {
    let colours = colours();
    let title = "Customer service and technical planning ".repeat(6);
    let printed = print(&Document { title: &title, ..document("<section><p>Text.</p></section>", &colours, false) }).unwrap();
    let text = text_of(&printed);
    assert!(text.contains(&squeezed("\u{2026} · Not for appraisal.")) && text.contains("Page1of1"), "{text}");
}

#[test]
fn a_document_is_tagged_and_has_title_language_and_outline_and_the_same_bytes_again() {
    let (first, second) = (printed(&everything()), printed(&everything()));
    assert_eq!(first.pdf, second.pdf);
    let pdf = Pdf::load_mem(&first.pdf).unwrap();
    let catalog = pdf.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let kinds: BTreeSet<String> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"P") && dictionary.has(b"S"))
        .filter_map(|dictionary| Some(String::from_utf8_lossy(dictionary.get(b"S").ok()?.as_name().ok()?).into_owned()))
        .collect();
    for kind in ["H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Figure", "Caption"] {
        assert!(kinds.contains(kind), "{kind} is missing among {kinds:?}");
    }
}

#[test]
fn what_is_not_known_or_not_well_formed_is_refused() {
    let refused = |body: &str| print(&document(body, &colours(), false)).unwrap_err();
    assert_eq!(refused("<p>a</p><marquee>b</marquee>"), PaperProblem::Unknown("<marquee>".to_owned()));
    assert_eq!(refused("<ul><p>a</p></ul>"), PaperProblem::Unknown("<p>".to_owned()));
    assert_eq!(refused("<p>a <form>b</form></p>"), PaperProblem::Unknown("<form>".to_owned()));
    assert!(matches!(refused("<p>a"), PaperProblem::Malformed(_)));
    assert!(matches!(refused("<!DOCTYPE x [<!ENTITY a \"b\">]><p>&a;</p>"), PaperProblem::Malformed(_)));
    let unknown =
        "<svg viewBox=\"0 0 9 9\" xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"3\" height=\"3\" fill=\"var(--none)\"/></svg>";
    assert_eq!(refused(unknown), PaperProblem::Colour("--none".to_owned()));
}

#[test]
fn a_name_in_other_letters_is_printed_and_one_that_cannot_be_is_marked_and_told() {
    let european = printed("<p>Łódź Ελλάδα Київ Brașov Việt e\u{301}</p>");
    assert!(european.replaced.is_empty());
    assert!(text_of(&european).contains("ŁódźΕλλάδαКиївBrașovViệté"));
    let other = printed("<p>Team 夜勤 👩\u{200D}🔧</p>");
    assert_eq!(other.replaced, BTreeSet::from(['夜', '勤', '👩', '🔧']));
    let text = text_of(&other);
    assert!(text.contains("Team????") && text.contains(&squeezed("Replaced here: U+52E4, U+591C, U+1F469, U+1F527.")), "{text}");
}

#[test]
fn the_fonts_have_every_letter_of_the_languages() {
    let mut replaced = BTreeSet::new();
    let faces = Faces::load().unwrap();
    let letters = "ÄÖÜäöüßéèêëàâùûîïôçœæÿŒÆÇÉÈÊ«»‹›áíñóúü¿¡ÁÍÑÓÚ„“”‚‘’–—−…·•×€→←↑↓≥≤±\u{202f}\u{a0}";
    faces.printable(letters, &mut replaced);
    assert!(replaced.is_empty(), "{replaced:?}");
    for character in letters.chars().filter(|c| !c.is_whitespace()) {
        assert!(faces.width(&character.to_string(), 10.0, true) > 0.0, "{character} in the heavier font");
    }
}

/// The right-most end of any text, for a fragment set in this width.
fn reach(body: &str, width: f32) -> f32 {
    let faces = Faces::load().unwrap();
    let mut layout = Layout::new(&faces, 700.0, 1.0);
    layout.flow(&read(body).unwrap(), Tree::ROOT, Column { left: 0.0, width }).unwrap();
    let ends = layout.items.iter().flat_map(|item| &item.marks).map(|mark| match mark {
        Mark::Text { x, size, segment, .. } => x + faces.width(segment.text.trim_end(), *size, segment.strong),
        Mark::Drawing { x, width, .. } | Mark::Bar { x, width, .. } => x + width,
    });
    ends.fold(0.0, f32::max)
}

#[test]
fn nothing_stands_outside_of_its_column_however_wide_the_table_and_long_the_names() {
    let name = "Straßenbahnwerkstattleitungsbesprechung ".repeat(3);
    let cells: String = (0..14).map(|n| format!("<td>{n} to 100 <span class=\"report-quiet\">{name}</span></td>")).collect();
    let table =
        format!("<table><thead><tr>{}</tr></thead><tbody><tr>{cells}</tr></tbody></table>", "<th scope=\"col\">Heading</th>".repeat(14));
    for body in [table, everything(), format!("<h2>{name}</h2><ul><li>{name}</li></ul><p>{}</p>", "x".repeat(900))] {
        for width in [260.0, 487.0] {
            assert!(reach(&body, width) <= width + 1.0, "{} in {width}", reach(&body, width));
        }
    }
}

#[test]
fn a_long_table_loses_no_row_and_says_its_head_on_every_page() {
    let rows: String = (0..150).map(|n| format!("<tr><th scope=\"row\">Group number {n}.</th><td>{n} points</td></tr>")).collect();
    let body = format!(
        "<table><thead><tr><th scope=\"col\">HeadOfGroup</th><th scope=\"col\">Points</th></tr></thead><tbody>{rows}</tbody></table>"
    );
    let printed = printed(&body);
    let text = text_of(&printed);
    assert!(printed.pages > 3);
    assert!((0..150).all(|n| text.contains(&format!("Groupnumber{n}."))));
    assert_eq!(text.matches("HeadOfGroup").count(), printed.pages);
}

#[test]
fn one_page_is_one_page_or_nothing() {
    let fits = |count: usize| print(&document(&format!("<p>{}</p>", "Words and more words. ".repeat(count)), &colours(), true));
    assert_eq!(fits(10).unwrap().pages, 1);
    assert_eq!(fits(230).unwrap().pages, 1);
    assert_eq!(fits(1_500).unwrap_err(), PaperProblem::TooMuch);
}

#[test]
fn paragraphs_keep_their_looks() {
    let pieces = read("<p class=\"report-quiet\">a <strong>b</strong> <span class=\"report-quiet\">c</span></p>").unwrap();
    let [Piece::Paragraph { text, look: Look::Quiet }] = pieces.as_slice() else { panic!("{pieces:?}") };
    let runs: Vec<(&str, bool, bool)> = text.iter().map(|run| (run.text.as_str(), run.strong, run.quiet)).collect();
    assert_eq!(runs, [("a", false, false), (" b", true, false), (" c", false, true)]);
}

#[test]
fn a_chart_becomes_a_picture_with_its_words_and_the_same_bytes_again() {
    let charts = charts(&everything()).unwrap();
    let [chart] = charts.as_slice() else { panic!("{charts:?}") };
    assert_eq!((chart.id.as_str(), chart.title.as_str()), ("g1-SAF", "Speaking up: where the score lies"));
    assert_eq!(chart.of, ["Bakery & “Łódź”", "Round 2026-q4"]);
    let draw = || png(chart, "Nordwind · Not for appraisal.", &colours()).unwrap();
    let picture = draw();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(picture, draw());
    if let Ok(folder) = std::env::var("PAPER_OUT") {
        std::fs::write(format!("{folder}/chart.png"), &picture).unwrap();
        std::fs::write(format!("{folder}/everything.pdf"), printed(&everything()).pdf).unwrap();
    }
    let width = u32::from_be_bytes(picture[16..20].try_into().unwrap());
    assert!((900..3000).contains(&width), "{width}");
}
