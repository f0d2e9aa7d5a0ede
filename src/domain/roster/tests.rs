#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::super::RosterSummary;
use super::*;

const HEADER: &str = "person_id,name,mail,team,leaders,language\n";
const EXAMPLE: &[u8] = include_bytes!("../../../docs/examples/staff.csv");

fn english() -> Language {
    Language::parse("en").unwrap()
}

fn taken(text: &str) -> RosterImport {
    parse_csv("staff.csv", text.as_bytes(), &english()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn refused(bytes: impl AsRef<[u8]>) -> Vec<RosterProblem> {
    parse_csv("staff.csv", bytes.as_ref(), &english()).expect_err("the list should be refused").problems
}

/// Line, column and fault of the only problem of rows below the usual header.
fn only_fault(rows: &str) -> (u64, Option<Column>, RosterFault) {
    let mut problems = refused(format!("{HEADER}{rows}"));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let problem = problems.remove(0);
    (problem.line, problem.column, problem.fault)
}

fn id(text: &str) -> PersonId {
    PersonId::parse(text).unwrap()
}

fn team(text: &str) -> TeamLabel {
    TeamLabel::parse(text).unwrap()
}

#[test]
fn the_documented_example_is_taken_with_four_teams_and_one_person_who_is_not_invited() {
    let import = parse_csv("docs/examples/staff.csv", EXAMPLE, &english()).unwrap();
    let summary = RosterSummary::of(&import.roster);
    assert_eq!((summary.people, summary.invited, summary.teams, summary.leaders), (20, 19, 4, 5));
    assert_eq!(summary.roots, [team("Management")]);
    assert_eq!(summary.without_team, [id("1001")]);
    assert_eq!(
        summary.to_string(),
        "People: 20, invited: 19, without a team: 1\n\
         Teams: 4, leaders: 5, directly under the organisation: Management\n\
         Languages: de 9, en 11"
    );
    assert_eq!(import.notices, [RosterNotice::NotInvited { line: 2, person: id("1001"), name: "Ingrid Solberg".to_owned() }]);
    assert_eq!(import.roster.team_above(&team("Night shift")), Some(&team("Workshop")));
    assert_eq!(import.roster.teams[&team("Customer service")], [id("1003"), id("1004")]);
    assert_eq!(import.roster.people[&id("1014")].language, english());
}

#[test]
fn heads_count_those_who_are_invited_in_each_team() {
    let roster = parse_csv("docs/examples/staff.csv", EXAMPLE, &english()).unwrap().roster;
    let heads = roster.heads();
    for label in roster.teams.keys() {
        let members = roster.people.values().filter(|person| person.team.as_ref() == Some(label)).count();
        assert_eq!(heads.get(label).copied(), u32::try_from(members).ok(), "{label}");
    }
    assert_eq!(heads.values().sum::<u32>(), 19);
}

#[test]
fn many_problems_are_counted_and_the_first_fifty_told() {
    let rows: String = (0..100_000).map(|number| format!("{number},Ann,nobody,T,\n")).collect();
    let problems = parse_csv("staff.csv", format!("person_id,name,mail,team,leaders\n{rows}").as_bytes(), &english()).unwrap_err();
    let told = problems.to_string();
    assert_eq!(told.lines().count(), 51);
    assert!(told.lines().nth(49).unwrap().starts_with("staff.csv, line 51, column mail:"), "{told}");
    assert!(told.ends_with("staff.csv: 100000 problems (the first 50 are shown)."), "{told}");
}

#[test]
fn long_lists_in_a_sentence_are_cut_and_counted() {
    let rows: String = (0..12).map(|number| format!("{number},Ann,a{number}@x.org,Team {number:02},,\n,,,,,\n")).collect();
    let import = parse_csv("x", format!("{HEADER}{rows}").as_bytes(), &english()).unwrap();
    assert_eq!(import.notices[0].to_string(), "lines without any value were skipped: 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 and 2 more");
    assert!(RosterSummary::of(&import.roster).to_string().contains("organisation: Team 00, Team 01, Team 02,"));
    assert!(RosterSummary::of(&import.roster).to_string().contains("Team 09 and 2 more\n"));
}

#[test]
fn byte_order_mark_semicolons_crlf_other_headers_and_another_order_change_nothing() {
    let plain = taken("person_id,name,mail,team,leaders,language\n1,Ann,a@x.org,,,en\n2,Bo,b@x.org,T,1,de\n");
    let other =
        taken("\u{FEFF}E-Mail;Manager;Sprache;Employee ID;Full_Name;Team name\r\na@x.org;;EN;1;Ann;\r\nb@x.org; 1 ;de-AT;2;\"Bo\";T\r\n");
    assert_eq!(plain.roster, other.roster);
}

#[test]
fn unknown_columns_and_blank_lines_are_noticed_and_not_read() {
    let import = taken("person_id,name,mail,team,leaders,salary\n1,Ann,a@x.org,T,,90000\n\n,,,,,\n2,Bo,b@x.org,T,,1\n");
    assert_eq!(import.notices, [RosterNotice::IgnoredColumn { header: "salary".to_owned() }, RosterNotice::BlankLines { lines: vec![4] }]);
}

#[test]
fn several_roots_and_a_leader_who_leads_two_teams_are_normal() {
    let import = taken(&format!("{HEADER}1,Ann,a@x.org,,,\n2,Bo,b@x.org,North,1,\n3,Cy,c@x.org,South,1,\n4,Di,d@x.org,Island,,\n"));
    assert_eq!(RosterSummary::of(&import.roster).roots, [team("Island"), team("North"), team("South")]);
}

#[test]
fn lines_are_right_after_quoted_line_breaks_and_empty_lines_with_any_line_ending() {
    for ending in ["\n", "\r\n", "\r"] {
        let text = "person_id,name,mail,team,leaders,note\n\n1,Ann,a@x.org,T,,\"two\nlines\"\n\n\n2,Bo,b.x.org,T,,\n".replace('\n', ending);
        let problems = refused(text);
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].line, problems[0].column), (7, Some(Column::Mail)), "{ending:?}");
    }
}

#[test]
fn a_field_after_a_quoted_line_break_is_named_with_its_own_line() {
    let problems = refused("note,person_id,name,mail,team,leaders\n\"a\nb\",1,Ann,nobody,T,\n");
    assert_eq!((problems[0].line, problems[0].column), (3, Some(Column::Mail)));
}

#[test]
fn every_bad_line_is_reported_and_sorted_by_line() {
    let problems = refused(format!("{HEADER}1,Ann,ann,T,9,\n2,,b@x.org,T,9,\n1,Cy,c@x.org,T,9,english\n4,Di\n5,Eve,B@x.org,T,9,\n"));
    let places: Vec<_> = problems.iter().map(|p| (p.line, p.column)).collect();
    use Column::{Language, Leaders, Mail, Name, PersonId};
    assert_eq!(
        places,
        [
            (2, Some(Mail)),
            (2, Some(Leaders)),
            (3, Some(Name)),
            (3, Some(Leaders)),
            (4, Some(PersonId)),
            (4, Some(Leaders)),
            (4, Some(Language)),
            (5, None),
            (6, Some(Mail)),
            (6, Some(Leaders)),
        ]
    );
}

#[test]
fn a_problem_reads_as_file_line_column_what_and_remedy() {
    let problems = parse_csv("staff.csv", format!("{HEADER}1,Ann,ann@,T,,\n").as_bytes(), &english()).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "staff.csv, line 2, column mail: \"ann@\" is not a mail address: there is nothing after @. Write it as name@organisation.example.\n\
         staff.csv: 1 problem."
    );
}

#[test]
fn duplicate_ids_and_mails_are_found_without_regard_to_case_and_name_the_first_line() {
    assert_eq!(
        only_fault("a1,Ann,a@x.org,T,,\nA1,Bo,b@x.org,T,,\n"),
        (3, Some(Column::PersonId), RosterFault::DuplicateId { id: "A1".to_owned(), first_line: 2 })
    );
    assert_eq!(
        only_fault("1,Ann,a@x.org,T,,\n2,Bo,A@X.org,T,,\n"),
        (3, Some(Column::Mail), RosterFault::DuplicateMail { mail: "A@X.org".to_owned(), first_line: 2 })
    );
}

#[test]
fn people_without_a_mailbox_or_with_a_shared_one_are_invited_by_card_and_no_address_is_kept_for_them() {
    let header = "person_id,name,mail,team,leaders,language,invited_by\n";
    let import = taken(&format!(
        "{header}1,Ann,a@x.org,T,,,\n2,Bo,,T,,,\n3,Cy,desk@x.org,T,,,Card\n4,Di,Desk@x.org,T,,,Karte\n5,Eve,,,,,card\n6,Flo,f@x.org,T,,,E-Mail\n"
    ));
    let by_card: Vec<&str> = import.roster.people.values().filter(|p| p.by_card()).map(|p| p.id.as_str()).collect();
    assert_eq!(by_card, ["2", "3", "4", "5"]);
    assert!(import.roster.people.values().filter(|p| p.by_card()).all(|p| p.mail.is_empty()));
    let summary = RosterSummary::of(&import.roster);
    assert_eq!((summary.people, summary.invited, summary.by_card), (6, 5, 3));
    assert!(summary.to_string().contains("Invited by mail: 2, by printed code card: 3\n"), "{summary}");
}

#[test]
fn nobody_is_invited_by_mail_into_a_mailbox_that_stands_on_the_list_twice() {
    for (first, second) in [("", ""), ("mail", "card"), ("card", "mail"), ("card", "")] {
        let rows = format!("person_id,name,mail,team,leaders,invited_by\n1,Ann,d@x.org,T,,{first}\n2,Bo,D@x.org,T,,{second}\n");
        let problems = refused(rows);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].line, &problems[0].fault), (3, &RosterFault::DuplicateMail { mail: "D@x.org".to_owned(), first_line: 2 }));
        assert!(problems[0].fault.remedy().contains("write card into the column invited_by"), "{}", problems[0].fault.remedy());
    }
}

#[test]
fn a_way_to_be_invited_is_mail_with_an_address_or_card() {
    let of = |rows: &str| refused(format!("person_id,name,mail,team,leaders,invited_by\n{rows}")).remove(0);
    let no_address = of("1,Ann,,T,,mail\n");
    assert_eq!((no_address.line, no_address.column, no_address.fault), (2, Some(Column::Mail), RosterFault::NoAddress));
    let pigeon = of("1,Ann,a@x.org,T,,pigeon\n");
    assert_eq!((pigeon.line, pigeon.column), (2, Some(Column::InvitedBy)));
    assert_eq!(pigeon.fault.to_string(), "\"pigeon\" is no way to be invited");
    assert_eq!(pigeon.fault.remedy(), "Write mail or card, or leave the field empty.");
    assert!(matches!(of("1,Ann,ann@,T,,card\n").fault, RosterFault::BadMail { .. }));
}

#[test]
fn members_of_one_team_must_give_the_same_leaders_in_the_same_order() {
    let (line, column, fault) = only_fault("1,Ann,a@x.org,,,\n2,Bo,b@x.org,,,\n3,Cy,c@x.org,T,1|2,\n4,Di,d@x.org,T,2|1,\n");
    assert_eq!((line, column), (5, Some(Column::Leaders)));
    assert_eq!(fault.to_string(), r#"the leaders of team "T" are "2|1" here and "1|2" in line 4"#);
    let (_, _, fault) = only_fault("1,Ann,a@x.org,,,\n3,Cy,c@x.org,T,1,\n4,Di,d@x.org,T,,\n");
    assert_eq!(fault.to_string(), r#"the leaders of team "T" are none here and "1" in line 3"#);
}

#[test]
fn an_unknown_leader_is_named_but_not_one_whose_line_could_not_be_read() {
    assert_eq!(only_fault("1,Ann,a@x.org,T,99,\n"), (2, Some(Column::Leaders), RosterFault::UnknownLeader { leader: "99".to_owned() }));
    assert_eq!(only_fault("1,Ann,a@x.org,T,99,\n99,Bo\n").2, RosterFault::Ragged { found: 2, expected: 6 });
}

#[test]
fn a_leader_who_answers_in_their_own_team_is_a_circle_of_length_one() {
    for rows in ["1,Ann,a@x.org,T,1,\n", "2,Bo,b@x.org,,,\n1,Ann,a@x.org,T,2|1,\n"] {
        let (_, column, fault) = only_fault(rows);
        assert_eq!(column, Some(Column::Leaders));
        assert!(matches!(fault, RosterFault::LeaderInOwnTeam { ref leader, .. } if leader == "1"), "{fault}");
    }
}

#[test]
fn a_circle_of_teams_is_found_once_and_told_as_a_chain_and_teams_below_it_are_not_blamed() {
    let (line, _, fault) =
        only_fault("1,Ann,a@x.org,A,2,\n2,Bo,b@x.org,B,3,\n3,Cy,c@x.org,C,1,\n4,Di,d@x.org,Below,1,\n5,Eve,e@x.org,Lower,4,\n");
    assert_eq!(line, 2);
    assert_eq!(
        fault.to_string(),
        "the teams lead each other in a circle: \"A\" is led by \"2\", who answers in \"B\" (line 3); \
         \"B\" is led by \"3\", who answers in \"C\" (line 4); \"C\" is led by \"1\", who answers in \"A\" (line 2)"
    );
}

#[test]
fn empty_teams_are_named() {
    assert_eq!(only_fault("1,Ann,a@x.org,,,\n2,Bo,b@x.org,,1,\n"), (3, Some(Column::Team), RosterFault::LeadersWithoutTeam));
    assert_eq!(only_fault("1,Ann,a@x.org,\"   \",,\n"), (2, Some(Column::Team), RosterFault::BlankTeam));
    assert_eq!(only_fault("1,Ann,a@x.org,,,\n2,Bo,b@x.org,T,1|,\n"), (3, Some(Column::Leaders), RosterFault::EmptyLeader));
}

#[test]
fn one_team_in_two_spellings_is_refused_and_unicode_forms_are_one_spelling() {
    let (line, _, fault) = only_fault("1,Ann,a@x.org,Night  Shift,,\n2,Bo,b@x.org,night shift,,\n");
    assert_eq!((line, fault.to_string()), (3, "the team \"night shift\" is written \"Night  Shift\" in line 2".to_owned()));
    let import = taken(&format!("{HEADER}1,Ann,a@x.org,Bu\u{308}ro,,\n2,Bo,b@x.org,B\u{fc}ro,,\n"));
    assert_eq!(import.roster.teams.len(), 1);
}

#[test]
fn bytes_that_are_not_utf8_are_named_with_line_and_byte_and_other_problems_too() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"1,J\xF6rg,j@x.org,T,,\n2,Bo,bo,T,,\n3,Fran\xE7oise H\xF6hne,f@x.org,T,,\n");
    let problems = refused(&bytes);
    let told: Vec<_> = problems.iter().map(|p| (p.line, p.fault.to_string())).collect();
    assert_eq!(
        told,
        [
            (2, "byte 4 of the line (hexadecimal F6) is not UTF-8 text".to_owned()),
            (3, "\"bo\" is not a mail address: there is no @".to_owned()),
            (4, "byte 7 of the line (hexadecimal E7) is not UTF-8 text".to_owned()),
        ]
    );
    assert!(problems[0].fault.remedy().starts_with("Save as UTF-8"));
}

#[test]
fn a_column_is_called_as_the_file_calls_it() {
    let problems = parse_csv("staff.csv", b"Personalnummer;Name; E-Mail ;Abteilung;Leitung\n1;Ann;nowhere;T;\n", &english())
        .expect_err("a bad address");
    assert_eq!(problems.problems[0].column.map(|column| problems.header_of(column)), Some("E-Mail"));
    assert_eq!(problems.header_of(Column::Language), "language");
}

#[test]
fn utf16_is_recognised() {
    let text: Vec<u8> = "\u{FEFF}person_id,name".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&text)[0].fault, RosterFault::Utf16);
    assert_eq!(refused(&text[2..])[0].fault, RosterFault::Utf16);
}

#[test]
fn empty_files_headers_alone_and_missing_columns_are_named() {
    for empty in ["", "\u{FEFF}", " \r\n\n"] {
        assert_eq!(refused(empty)[0].fault, RosterFault::EmptyFile);
    }
    assert_eq!(refused(HEADER)[0].fault, RosterFault::NoPeople);
    let missing: Vec<_> = refused("id,name,language\n1,Ann,en\n").iter().map(|p| p.column).collect();
    assert_eq!(missing, [Some(Column::Mail), Some(Column::Team), Some(Column::Leaders)]);
    assert!(matches!(refused("id,name,mail,e-mail,team,leaders\n")[0].fault, RosterFault::DoubledColumn { column: Column::Mail, .. }));
}

#[test]
fn a_quotation_mark_that_is_never_closed_or_stands_inside_a_field_swallows_nobody_in_silence() {
    let note = "person_id,name,mail,team,leaders,note\n";
    let open = refused(format!("{note}1,Ann,a@x.org,T,,\"open\n2,Bo,b@x.org,T,,\n"));
    assert_eq!((open[0].line, &open[0].fault), (2, &RosterFault::OpenQuote));
    let swallowed = refused(format!("{note}1,Ann,a@x.org,T,,\"open\n2,\"Bo\",b@x.org,T,,\n"));
    assert_eq!((swallowed[0].line, &swallowed[0].fault), (2, &RosterFault::StrayQuote));
    assert_eq!(only_fault("1,Ann \"Annie\" Lee,a@x.org,T,,\n").2, RosterFault::StrayQuote);
    assert_eq!(taken(&format!("{HEADER}1,\"Ann \"\"Annie\"\" Lee\",a@x.org,T,,\n")).roster.people[&id("1")].name, "Ann \"Annie\" Lee");
}

#[test]
fn invisible_characters_and_overlong_texts_are_named() {
    for (rows, column, told) in [
        ("1,Ann\u{FEFF}a,a@x.org,T,,\n".to_owned(), Column::Name, "the text contains an invisible character (a byte order mark, U+FEFF)"),
        ("1,Ann,a@x.org,\"T\n1\",,\n".to_owned(), Column::Team, "the text contains an invisible character (a line break)"),
        ("1\u{200B}2,Ann,a@x.org,T,,\n".to_owned(), Column::PersonId, "the text contains an invisible character (U+200B)"),
        (format!("1,{},a@x.org,T,,\n", "n".repeat(121)), Column::Name, "the text has 121 characters, at most 120 are possible"),
        (format!("1,Ann,a@x.org,{},,\n", "n".repeat(121)), Column::Team, "the text has 121 characters, at most 120 are possible"),
    ] {
        let (line, found, fault) = only_fault(&rows);
        assert_eq!((line, found, fault.to_string().as_str()), (2, Some(column), told));
    }
}

#[test]
fn mail_addresses_are_checked_sensibly() {
    for good in ["a@x.org", "first.last+tag@mail.sub-domain.example", "o'brien@x.ie", "x@xn--bcher-kva.example"] {
        assert_eq!(check_mail(good), Ok(()), "{good}");
    }
    let long = format!("{}@x.org", "a".repeat(65));
    for bad in [
        "a",
        "@x.org",
        "a@",
        "a@b@c.org",
        "a b@x.org",
        "a@x",
        ".a@x.org",
        "a..b@x.org",
        "a@-x.org",
        "a@x..org",
        "Ann <a@x.org>",
        "ä@x.org",
        &long,
    ] {
        assert!(check_mail(bad).is_err(), "{bad}");
    }
}

#[test]
fn language_codes_are_checked_by_shape() {
    assert_eq!(language_of("DE-at"), Language::parse("de").ok());
    assert_eq!(language_of("gsw"), Language::parse("gsw").ok());
    for bad in ["d", "german", "de-", "de-DE-x", "12", "de-ÖST"] {
        assert_eq!(language_of(bad), None, "{bad}");
    }
    assert_eq!(only_fault("1,Ann,a@x.org,T,,german\n").2, RosterFault::BadLanguage { given: "german".to_owned() });
}

proptest! {
    #[test]
    fn random_bytes_never_panic_and_never_become_a_list(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(parse_csv("x", &bytes, &english()).is_err());
    }

    #[test]
    fn random_rows_below_a_good_header_never_panic_and_problems_are_sorted(
        rows in proptest::collection::vec("[a-c1-3,;|\"@. \r\n\u{FEFF}é]{0,40}", 0..12),
    ) {
        let text = format!("{HEADER}{}", rows.join("\n"));
        if let Err(found) = parse_csv("x", text.as_bytes(), &english()) {
            prop_assert!(!found.problems.is_empty());
            prop_assert!(found.problems.is_sorted_by_key(|p| (p.line, p.column)));
            let lines = text.split('\n').flat_map(|line| line.split('\r')).count() as u64;
            prop_assert!(found.problems.iter().all(|p| (1..=lines).contains(&p.line)));
        }
    }

    #[test]
    fn damaging_one_byte_of_a_good_list_never_panics(at in 0..EXAMPLE.len(), byte in any::<u8>()) {
        let mut bytes = EXAMPLE.to_vec();
        bytes[at] = byte;
        let _ = parse_csv("x", &bytes, &english());
    }

    #[test]
    fn whoever_leads_whom_a_list_is_taken_exactly_when_every_chain_of_leaders_ends(above in proptest::collection::vec(0usize..8, 1..8)) {
        // Team i has one member, person i; its leader is the person above, or nobody.
        let leader = |i: usize| above.get(i).copied().filter(|&l| l < above.len());
        let rows: String = (0..above.len())
            .map(|i| format!("p{i},N{i},m{i}@x.org,t{i},{},\n", leader(i).map(|l| format!("p{l}")).unwrap_or_default()))
            .collect();
        let ends = (0..above.len()).all(|i| (0..=above.len()).try_fold(i, |at, _| leader(at)).is_none());
        let read = parse_csv("x", format!("{HEADER}{rows}").as_bytes(), &english());
        prop_assert_eq!(read.is_ok(), ends);
    }
}
