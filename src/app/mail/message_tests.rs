#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mail_parser::{Message as Parsed, MessageParser};

use super::super::given::{
    CODE, SECRET, UNSUBSCRIBE, aborted, closing, composed, group, invitation, link, link_url, moment, recipient, reminder, round, sender,
    texts,
};
use super::*;

fn parsed(mail: &Mail) -> Parsed<'static> {
    MessageParser::default().parse(mail.raw.as_bytes()).expect("the mail should be readable").into_owned()
}

/// Everything above the first empty line.
fn headers(mail: &Mail) -> String {
    mail.raw.split("\r\n\r\n").next().unwrap().to_owned()
}

/// The text part with line breaks as spaces.
fn text(mail: &Mail) -> String {
    let text = parsed(mail).body_text(0).unwrap().into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The HTML part with its entities undone.
fn html(mail: &Mail) -> String {
    let html = parsed(mail).body_html(0).unwrap().into_owned();
    html.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'")
}

#[test]
fn link_and_code_stand_in_both_parts_in_every_language_and_in_no_header() {
    for language in ["en", "de", "fr", "es"] {
        for content in [invitation(), reminder()] {
            let mail = composed(language, &content);
            for part in [text(&mail), html(&mail)] {
                for piece in [link_url().as_str(), CODE, UNSUBSCRIBE, "https://survey.example.org/w/2026-q4/ "] {
                    assert!(part.contains(piece), "{language}: {piece} is not in {part}");
                }
                for words in ["lusab babad gutih tugad zorid mivok", "dogut hibab kusij lorin"] {
                    assert!(part.contains(words), "{language}: {words}");
                }
            }
            let headers = headers(&mail);
            assert!(!headers.contains(SECRET) && !headers.contains(CODE) && !headers.contains("#v1"), "{headers}");
        }
    }
}

#[test]
fn the_parts_are_text_then_html_and_the_link_survives_the_transfer_encoding() {
    let mail = composed("de", &invitation());
    let parsed = parsed(&mail);
    assert_eq!((parsed.text_body_count(), parsed.html_body_count(), parsed.attachment_count()), (1, 1, 0));
    assert!(parsed.body_text(0).unwrap().lines().any(|line| line == link_url()), "the link should stand alone on its line");
}

#[test]
fn headers_say_that_a_machine_wrote_and_name_nothing_else() {
    let mail = composed("en", &invitation());
    let parsed = parsed(&mail);
    let header = |name: &'static str| parsed.header_raw(name).map(str::trim).map(str::to_owned);
    assert_eq!(header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header(KIND_HEADER).as_deref(), Some("invitation"));
    assert_eq!(header("X-Auto-Response-Suppress").as_deref(), Some("DR, RN, NRN, OOF, AutoReply"));
    assert_eq!(parsed.message_id(), Some("abababababababababababababababab@example.org"));
    assert_eq!(parsed.from().unwrap().first().unwrap().address(), Some("survey@example.org"));
    assert_eq!(parsed.to().unwrap().first().unwrap().name(), Some("Jörg Müller, Dr."));
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("joerg.mueller@nordwind.example"));
    assert_eq!(parsed.date().unwrap().to_rfc3339(), "2026-11-21T09:00:00Z");
    assert_eq!(parsed.subject(), Some("Nordwind & Söhne: anonymous survey, open until Saturday 5 December 2026"));
    let mut names: Vec<_> =
        headers(&mail).lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split(':').next().map(str::to_owned)).collect();
    names.sort();
    let expected = [
        "Auto-Submitted",
        "Candor-Mail",
        "Content-Type",
        "Date",
        "From",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
        "X-Auto-Response-Suppress",
    ];
    assert_eq!(names, expected);
}

#[test]
fn reminders_can_be_stopped_with_one_click_over_https_only() {
    let mail = composed("en", &reminder());
    assert!(headers(&mail).contains(&format!("List-Unsubscribe: <{UNSUBSCRIBE}>")), "{}", headers(&mail));
    assert!(headers(&mail).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let content =
        Content::Reminder { group: group(), link: link(), unsubscribe: Some(SecretString::from(UNSUBSCRIBE.replace("https", "http"))) };
    assert!(!headers(&composed("en", &content)).contains("List-Unsubscribe-Post"));
    let content = Content::Reminder { group: group(), link: link(), unsubscribe: None };
    assert!(!headers(&composed("en", &content)).contains("List-Unsubscribe"));
    assert!(!text(&composed("en", &content)).contains("Do not remind me"));
}

#[test]
fn the_promise_names_group_unit_and_k_and_the_honest_limits() {
    let (text, html) = (text(&composed("en", &invitation())), html(&composed("en", &invitation())));
    for part in [text, html] {
        for sentence in [
            "You answer as one of 23 people in Night shift <North>.",
            "Your team is Night shift, led by Ann O'Neill and Bo.",
            "If few people of it or of a neighbouring small group answer, they count together with another group under Workshop, never fewer than 5.",
            "The operator’s process holds the key and destroys it at publication; this is a promise, not proof.",
            "Candor never shows who has answered; whoever administers the database could look.",
            "(here Ann O'Neill and Bo)",
            "You, your group, and groups shown together with it: your joint result.",
            "Not for appraisal of anybody. Nor for: “Pay, promotion, discipline.”",
            "your answer to a statement could still be any of 3 neighbouring ones or more.",
            "What it is for: “To talk about it in the team.”",
            "A dishonest operator could serve you an altered page, or keep the key",
            "how to check this promise, stands on the survey page: https://survey.example.org/w/2026-q4/",
            "Until Tuesday 8 December 2026, 17:15 UTC you can look for your receipt there and object.",
            "published on Wednesday 9 December 2026, 17:00 UTC at the earliest and on Saturday 19 December 2026, 17:00 UTC at the latest.",
            "Open until Saturday 5 December 2026, 17:00 UTC.",
            "Working together: short survey. 12 statements, about 2 minutes.",
        ] {
            assert!(part.contains(sentence), "{sentence}\n{part}");
        }
    }
}

#[test]
fn several_teams_in_one_group_are_listed_with_their_own_leaders() {
    let team =
        |label: &str, leaders: &[&str]| Team { label: label.to_owned(), leaders: leaders.iter().map(|name| (*name).to_owned()).collect() };
    let group = Group { teams: vec![team("Press", &["Ann", "Bo"]), team("Stock", &[])], ..group() };
    let content = Content::Invitation { group, link: link(), unsubscribe: None };
    let mail = compose(&sender(), &recipient("en"), &round(), &content, moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
    let text = text(&mail).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [text, html(&mail)] {
        assert!(part.contains("Several teams answer in this group: Press (Ann and Bo) and Stock."), "{part}");
        assert!(!part.contains("Your team is"), "{part}");
    }
}

#[test]
fn the_sentences_follow_the_settings_of_the_round() {
    let group = Group { unit: None, teams: vec![Team { label: "Night shift".to_owned(), leaders: Vec::new() }], ..group() };
    let rule = CommentRule { min_respondents: 16, min_comments: 3 };
    let round = Round {
        closes_at: None,
        later: None,
        key: KeyHeld::LockedBy("Vera Albers".to_owned()),
        team_reads: false,
        hr_groups_after_hours: 48,
        hr_follows: true,
        k: 8,
        coalition: 2,
        values_kept: 4,
        comments: Some(rule),
        ..round()
    };
    let content = Content::Invitation { group, link: link(), unsubscribe: None };
    let mail = compose(&sender(), &recipient("de"), &round, &content, moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
    let said = text(&mail);
    for sentence in [
        "Ihr Team ist Night shift; eine Führungskraft ist nicht genannt.",
        "zusammen mit einer anderen Gruppe unter Nordwind & Söhne, nie weniger als 8.",
        "verschlossen mit einer Passphrase, die Vera Albers hat",
        "Gruppen liest die Personalabteilung 48 Stunden nach deren Führungskräften.",
        "in der ganzen Organisation geantwortet haben, in Stufen von mindestens 10 Personen; nie, wer.",
        "Die Gruppen selbst: in dieser Runde keine.",
        "wissen, was 2 aus dem Kollegenkreis geantwortet haben, immer noch jede von mindestens 4 benachbarten sein könnte.",
        "Kommentare für mindestens 16 Personen gemeinsam, von denen mindestens 3 einen geschrieben haben",
        "Die Personalabteilung kann einen Kommentar ausblenden",
        "Auch nicht: „Gehalt, Beförderung, Disziplinarmaßnahmen.“",
        "Dies ist eine Vorführung: Die Runde wird von Hand geschlossen.",
    ] {
        assert!(said.contains(sentence), "{sentence}\n{said}");
    }
    assert!(!said.contains("frühestens am"), "a round that a hand moves has no dates");
    assert_eq!(parsed(&mail).subject(), Some("Nordwind & Söhne: anonyme Befragung"));
    assert!(!said.contains("gedruckten Karte"), "a round without cards says nothing of them");
    let unnamed = Round { key: KeyHeld::Locked, cards: true, hr_follows: false, ..round };
    let mail = compose(&sender(), &recipient("de"), &unnamed, &content, moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
    let said = text(&mail);
    assert!(said.contains("den Schlüssel, mit einer Passphrase verschlossen"));
    assert!(!said.contains("in Stufen"), "HR follows nothing where it was not chosen");
    assert!(said.contains("könnte nachsehen. Doch der Code einer gedruckten Karte zeigt nach dem Ende, ob sie benutzt wurde"));
}

#[test]
fn who_holds_the_key_outside_the_operator_is_named_in_every_mail_about_it_and_no_mail_says_that_the_operator_has_it() {
    let outside = Round { key: KeyHeld::Outside("Vera Albers".to_owned()), weakened_by: [Weakening::DiskCopies].into(), ..round() };
    let said = |language: &str, informal: bool, content: &Content| {
        let informal = if informal { vec![recipient(language).language] } else { Vec::new() };
        let round = Round { informal, ..outside.clone() };
        let mail = compose(&sender(), &recipient(language), &round, content, moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
        text(&mail).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let invited = said("en", false, &invitation());
    for sentence in [
        "sealed answers without their key, which Vera Albers has, until publication; then the results, and who took part.",
        "Vera Albers holds the key; without it the operator can open no sealed answer.",
        "That Vera Albers opens all of them together, and only after the close, and then destroys the key, is a promise, not proof.",
        "Only the six check words of this round that Vera Albers makes known, independently of the operator, show that the key is really that of Vera Albers.",
        "or act together with Vera Albers, and so read answers and learn whose they are.",
        "Copies keep sealed answers after they are destroyed here.",
    ] {
        assert!(invited.contains(sentence), "{sentence}\n{invited}");
    }
    let closed = said("en", false, &closing());
    assert!(
        closed.contains("Vera Albers opens the answers, with a key that the operator does not have. The result is published on"),
        "{closed}"
    );
    assert!(closed.contains("Then the operator destroys all sealed answers, and Vera Albers destroys the key."), "{closed}");
    let ended = said("en", false, &aborted());
    assert!(ended.contains("The key that opens them is with Vera Albers and is to be destroyed, too."), "{ended}");
    let operators =
        ["operator’s process", "Prozess des Betreibers", "processus de l’exploitant", "proceso del operador", "Then the key and all"];
    for language in ["en", "de", "fr", "es"] {
        for informal in [false, true] {
            for content in [invitation(), reminder(), closing(), aborted()] {
                let said = said(language, informal, &content);
                assert!(said.contains("Vera Albers"), "{language}: {said}");
                assert!(!operators.iter().any(|of| said.contains(of)), "{language}: {said}");
            }
        }
    }
    let solo = [invitation(), reminder(), closing(), aborted()].map(|content| text(&composed("en", &content)));
    assert!(solo.iter().all(|said| !said.contains("Vera Albers") && !said.contains("makes known")), "{solo:?}");
}

#[test]
fn everybody_reads_whether_the_end_can_be_put_off_and_after_that_until_when() {
    let schedule = |extension_days| domain::Schedule { extension_days, ..domain::Schedule::with_defaults(moment("2026-12-05T17:00:00Z")) };
    let said = |language: &str, round: &Round| {
        let content = Content::Reminder { group: group(), link: link(), unsubscribe: None };
        let mail = compose(&sender(), &recipient(language), round, &content, moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
        format!("{} {}", parsed(&mail).subject().unwrap(), text(&mail))
    };
    assert!(!said("en", &round().closing_at(&schedule(5))).contains("put off"));
    let possible = Round { extension: Extension::Possible { days: 5 }, ..round() };
    // The mail was to be sent before, and leaves after the extension.
    let extended = possible.clone().closing_at(&schedule(5).extended_by(4).unwrap());
    for (language, may, subject, until, was) in [
        ("en", "put off once, by up to 5 days.", "open until Wednesday 9", "Extended: open until Wednesday 9", "to end on Saturday 5"),
        ("de", "einmal um bis zu 5 Tage verschoben", "9. Dezember", "Verlängert: geöffnet bis Mittwoch", "Zuerst sollte sie am Samstag"),
        ("fr", "de 5\u{a0}jours au plus", "9\u{a0}décembre", "prolongée\u{202f}: ouverte", "prendre fin le samedi"),
        ("es", "5 días como máximo", "9 de diciembre", "Prolongada: abierta hasta el miércoles", "terminar el sábado"),
    ] {
        let plain = |text: String| text.replace(['\u{a0}', '\u{202f}'], " ");
        let (before, after) = (plain(said(language, &possible)), plain(said(language, &extended)));
        assert!(before.contains(&plain(may.to_owned())) && !before.contains(&plain(until.to_owned())), "{before}");
        for part in [subject, until, was] {
            assert!(after.contains(&plain(part.to_owned())), "{part}: {after}");
        }
        assert!(!after.contains(&plain(may.to_owned())), "{after}");
        // Everything that counts from the close comes as much later.
        assert!(after.contains("13") && after.contains("23"), "{after}");
    }
}

#[test]
fn moments_are_in_the_time_zone_of_the_round_and_name_it() {
    let round = Round { zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap(), ..round() };
    let mail = compose(&sender(), &recipient("en"), &round, &invitation(), moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
    assert!(text(&mail).contains("Open until Saturday 5 December 2026, 18:00 Berlin time."), "{}", text(&mail));
}

#[test]
fn what_the_organisers_say_is_in_the_language_of_the_mail_and_else_in_one_that_there_is() {
    let not_for = texts(&[("de", "Gehalt."), ("fr", "Les salaires.")]);
    let round = Round { not_for, ..round() };
    let read = |language: &str| {
        let mail = compose(&sender(), &recipient(language), &round, &invitation(), moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
        text(&mail)
    };
    assert!(read("fr").contains("Les salaires."));
    assert!(read("es").contains("«Gehalt.»"));
}

#[test]
fn people_are_addressed_informally_in_the_languages_in_which_the_questionnaire_does() {
    let round = Round { informal: vec![recipient("de").language], ..round() };
    let read = |language: &str| {
        let mail = compose(&sender(), &recipient(language), &round, &invitation(), moment("2026-11-21T09:00:00Z"), [1; 16]).unwrap();
        text(&mail)
    };
    assert!(read("de").contains("Wie deine Antworten geschützt sind") && !read("de").contains("Ihre"));
    assert!(read("fr").contains("Comment vos réponses sont protégées"));
    assert!(text(&composed("de", &invitation())).contains("Wie Ihre Antworten geschützt sind"));
}

#[test]
fn the_closing_mail_has_the_same_text_for_everybody() {
    for language in ["en", "de", "fr", "es"] {
        let first = composed(language, &closing());
        let other = Recipient { name: "Someone Else".to_owned(), address: "else@nordwind.example".to_owned(), ..recipient(language) };
        let second = compose(&sender(), &other, &round(), &closing(), moment("2026-12-05T17:15:00Z"), [2; 16]).unwrap();
        assert_eq!((&first.text, &first.html, &first.subject), (&second.text, &second.html, &second.subject));
        assert!(first.text.contains("#s2.") && html(&first).contains("#s2.") && !headers(&first).contains("#s2."));
    }
    let text = text(&composed("en", &closing()));
    assert!(text.contains("object there until Tuesday 8 December 2026, 17:15 UTC"), "{text}");
    assert!(text.contains("published on Wednesday 9 December 2026, 17:00 UTC at the earliest"), "{text}");
}

#[test]
fn the_mail_about_an_abort_gives_the_reason_and_says_that_answers_and_key_were_destroyed() {
    let text = text(&composed("en", &aborted()));
    assert!(text.contains("The reason that was given: The wrong staff list was used."), "{text}");
    assert!(text.contains("All answers were destroyed"), "{text}");
    assert!(composed("de", &aborted()).text.contains("Alle Antworten wurden vernichtet"));
}

#[test]
fn the_address_that_somebody_had_before_is_told_without_a_name_or_a_link_and_everybody_reads_how_many_were_changed() {
    for language in ["en", "de", "fr", "es"] {
        let mail = composed(language, &Content::Moved);
        assert!(!mail.text.contains("Müller") && !mail.text.contains("http") && !mail.subject.contains("Müller"), "{}", mail.text);
        let closing = |addresses_changed: u32| {
            let Content::Closing { status, objections_until, published_from, found_later, .. } = closing() else {
                panic!("no closing mail")
            };
            composed(language, &Content::Closing { status, objections_until, published_from, addresses_changed, found_later }).text
        };
        let [none, one, three] = [0, 1, 3].map(closing);
        assert!(none != one && one != three && three.contains(" 3 "), "{three}");
    }
    assert!(composed("en", &Content::Moved).text.contains("tell your works council or HR"));
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_styles_stand_inline() {
    for content in [invitation(), closing(), aborted(), Content::Moved] {
        let html = composed("en", &content).html;
        for forbidden in ["<img", "<style", "<script", "<link", "src=", "url(", "@import"] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert!(html.contains("<html lang=\"en\">") && html.contains("color-scheme"));
    }
}

#[test]
fn names_of_people_and_groups_are_escaped_and_cannot_add_headers_or_markup() {
    let evil = Recipient { name: "<b>Eve</b>\r\nBcc: all@x.org".to_owned(), ..recipient("en") };
    let round = Round { organisation: "Nord\r\nX-Evil: 1".to_owned(), ..round() };
    let mail = compose(&sender(), &evil, &round, &invitation(), moment("2026-11-21T09:00:00Z"), [3; 16]).unwrap();
    let headers = headers(&mail);
    assert!(!headers.lines().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")), "{headers}");
    assert!(!mail.html.contains("<b>Eve"));
}

#[test]
fn neither_a_mail_nor_its_facts_print_a_secret() {
    let printed = format!("{:?} {:?} {:?}", composed("en", &invitation()), invitation(), closing());
    assert!(!printed.contains(SECRET) && !printed.contains(CODE) && !printed.contains("QX3M9"), "{printed}");
}

#[test]
fn a_bad_address_is_refused_before_anything_is_sent() {
    let nobody = Recipient { address: "nobody".to_owned(), ..recipient("en") };
    let refused = compose(&sender(), &nobody, &round(), &aborted(), moment("2026-11-21T09:00:00Z"), [4; 16]);
    assert!(matches!(refused, Err(ComposeProblem::Address(_))));
    assert!(Sender::parse("nobody").is_err());
}
