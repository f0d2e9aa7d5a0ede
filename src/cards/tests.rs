#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

const LINK: &str = "https://survey.example.org/w/2026-q4/#v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.0123456789ABCDEF0";

fn card(name: Option<&str>) -> Card {
    Card {
        language: "de".to_owned(),
        organisation: "Nordwind & Söhne GmbH".to_owned(),
        title: "Zusammenarbeit: Kurzbefragung".to_owned(),
        name: name.map(str::to_owned),
        facts: vec!["Gruppe: Nachtschicht Nord".to_owned(), "Offen bis Samstag, 5. Dezember 2026, 17:00 UTC".to_owned()],
        how: "Scannen, oder diese Adresse öffnen und den Code eintippen:".to_owned(),
        address: "https://survey.example.org/w/2026-q4".to_owned(),
        code: "0123-4567-89AB-CDEF-0".to_owned(),
        link: LINK.to_owned(),
        link_description: "QR-Code mit dem Link dieser Karte".to_owned(),
        notes: vec![
            "Prüfwörter: lusab babad gutih tugad zorid mivok".to_owned(),
            "Ihr Browser versiegelt die Antworten. Gezeigt werden nur Zahlen für mindestens 5 Personen.".to_owned(),
            "Wer diese Karte gedruckt hat, kennt ihren Code. Jede Karte zählt einmal.".to_owned(),
        ],
    }
}

fn document(cards: Vec<Card>, paper: Paper) -> Document {
    let cover =
        Cover { title: "Nachtschicht Nord".to_owned(), paragraphs: vec!["9 Karten.".to_owned(), "Verdeckt ziehen lassen.".to_owned()] };
    Document { title: "Codekarten".to_owned(), language: "de".to_owned(), paper, heaps: vec![Heap { cover, cards }] }
}

/// Reads a QR code with another program than the one that wrote it.
fn read(modules: &Modules) -> String {
    const SCALE: usize = 4;
    let side = (modules.side + 2 * matrix::QUIET) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let at = |place: usize| (place / SCALE).checked_sub(matrix::QUIET).filter(|place| *place < modules.side);
        at(x).zip(at(y)).is_some_and(|(column, row)| modules.dark[row * modules.side + column])
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if is_dark(x, y) { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn the_qr_code_of_a_link_reads_back_to_the_link() {
    assert_eq!(read(&modules(LINK).unwrap()), LINK);
    let long = format!("https://{}.example.org/w/{}/#v2.{}.{}", "befragung".repeat(6), "w".repeat(40), "a_Z-9".repeat(9), "0".repeat(17));
    assert_eq!(read(&modules(&long).unwrap()), long);
    assert_eq!(modules(&"x".repeat(4000)), Err(PrintProblem::LinkTooLong { length: 4000 }));
}

#[test]
fn cards_with_and_without_names_become_a_tagged_document_on_either_paper() {
    for (paper, size) in [(Paper::A4, "[0 0 595.27563 841.8898]"), (Paper::Letter, "[0 0 612 792]")] {
        let cards: Vec<Card> = (0..9).map(|n| card((n == 8).then_some("Jörg Müller"))).collect();
        let printed = print(&document(cards, paper)).unwrap();
        assert!(printed.replaced.is_empty() && printed.shortened.is_empty(), "{:?} {:?}", printed.replaced, printed.shortened);
        let text = String::from_utf8_lossy(&printed.pdf);
        assert!(text.starts_with("%PDF-1.") && text.contains("/StructTreeRoot"));
        if let Ok(folder) = std::env::var("CARDS_OUT") {
            std::fs::write(format!("{folder}/{paper:?}.pdf"), &printed.pdf).unwrap();
        }
        assert_eq!(text.matches(size).count(), 3, "a cover and two pages");
    }
}

#[test]
fn what_the_font_lacks_is_replaced_by_a_question_mark_and_named() {
    let mut odd = card(None);
    odd.facts[0] = "Gruppe: Ομάδα 👩\u{200D}🔧 夜勤\tNord\u{202F}!".to_owned();
    let printed = print(&document(vec![odd], Paper::A4)).unwrap();
    let replaced: String = printed.replaced.iter().collect();
    assert!(replaced.contains('ά') && replaced.contains('👩') && replaced.contains('夜'), "{replaced}");
    assert!(!replaced.contains('\u{200D}') && !replaced.contains('\u{202F}') && !replaced.contains('\t'), "{replaced:?}");
}

#[test]
fn the_font_has_every_letter_of_the_languages() {
    let face = face::Face::load().unwrap();
    let mut replaced = BTreeSet::new();
    face.printable("ÄÖÜäöüßéèêëàâùûçœæÿŒÆÇÉÈÊ«»áíñóúü¿¡ÁÍÑÓÚ„“”‚‘’–—…·×€ŠšŽžĐđŁłÅåØøĞğŞşıİőűčćřě", &mut replaced);
    assert!(replaced.is_empty(), "{replaced:?}");
}

#[test]
fn texts_that_are_too_long_end_with_dots_and_are_named() {
    let mut long = card(Some("Ann"));
    long.facts[0] = format!("Gruppe: {}", "Straßenbahnwerkstattleitung ".repeat(9));
    let printed = print(&document(vec![long.clone()], Paper::A4)).unwrap();
    assert_eq!(printed.shortened.into_iter().collect::<Vec<_>>(), [long.facts[0].clone()]);
}

#[test]
fn no_text_is_wider_than_its_place() {
    let face = face::Face::load().unwrap();
    for text in ["one two three four five", "Donaudampfschifffahrtsgesellschaft", "a", "", "ab cd"] {
        for width in [1.0, 12.0, 30.0, 200.0] {
            for most in [1, 2, 50] {
                let (lines, shortened) = face.lines(text, 10.0, width, most);
                assert!(lines.len() <= most);
                assert!(lines.iter().all(|line| face.width(line, 10.0) <= width || line.chars().count() == 1), "{lines:?} in {width}");
                if !shortened {
                    assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
                }
            }
        }
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let one = document(vec![card(None)], Paper::A4);
    assert_eq!(print(&one).unwrap().pdf, print(&one).unwrap().pdf);
}

#[test]
fn nothing_prints_a_code_into_a_log() {
    let heap = document(vec![card(None)], Paper::A4).heaps.remove(0);
    assert!(!format!("{heap:?} {:?} {:?}", heap.cards, modules(LINK)).contains("0123"));
}

#[test]
fn a_card_full_of_long_words_still_fits_and_an_impossible_one_is_named() {
    let mut long = card(Some("Maximiliane von der Heydebrand-Schulenburg"));
    long.title = "Enquête courte sur le travail en équipe".to_owned();
    long.facts = vec![
        "Groupe : Board + Équipe de nuit – entrepôt et expédition".to_owned(),
        "Enquête ouverte jusqu’au mercredi 30 septembre 2026 à 23:11 (UTC).".to_owned(),
    ];
    long.address = "https://befragung.zusammenarbeit.nordwind-gruppe.example/w/2026-q4-nachbefragung".to_owned();
    long.notes.push("La personne qui a imprimé cette carte en connaît le code et pourrait s’en servir. Elle compte une fois.".to_owned());
    for paper in [Paper::A4, Paper::Letter] {
        let printed = print(&document(vec![long.clone(); 8], paper)).unwrap();
        if let Ok(folder) = std::env::var("CARDS_OUT") {
            std::fs::write(format!("{folder}/long-{paper:?}.pdf"), &printed.pdf).unwrap();
        }
        assert!(printed.shortened.is_empty(), "{paper:?}: {:?}", printed.shortened);
    }
    long.notes = vec!["word ".repeat(400)];
    assert!(!print(&document(vec![long], Paper::A4)).unwrap().shortened.is_empty());
}
