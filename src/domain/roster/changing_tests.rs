#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Difference, Person, Roster, RosterImport, parse_csv, write_csv};
use crate::ids::{Language, PersonId, TeamLabel};

const EXAMPLE: &[u8] = include_bytes!("../../../docs/examples/staff.csv");

fn english() -> Language {
    Language::parse("en").unwrap()
}

/// A staff list as an importer could have made it: a leader answers in a team of a lower number than the one they lead, or in none.
fn any_roster() -> impl Strategy<Value = Roster> {
    let text = prop_oneof!["[A-Z][a-z]{1,6}", r#"[A-Za-zé"',;|=+@. -]{1,12}"#];
    let person = (any::<bool>(), text, 0_u8..3, proptest::option::weighted(0.8, 0_usize..5), prop::sample::select(vec!["en", "de", "fr"]));
    let leaders = prop::collection::vec(prop::collection::vec(0_usize..14, 0..3), 5);
    (prop::collection::vec(person, 14), leaders, "[ \"';,A-Za-zü]{0,5}").prop_map(|(people, leaders, suffix)| {
        let label = |team: usize| TeamLabel::parse(format!("Team {team} {suffix}").trim()).unwrap();
        let id = |number: usize| PersonId::parse(&format!("p{number}")).unwrap();
        let mut roster = Roster::default();
        let mut places = BTreeMap::new();
        for (number, (there, name, way, team, language)) in people.into_iter().enumerate() {
            if there {
                let name = name.trim();
                let name = if name.is_empty() { "Ann" } else { name }.to_owned();
                let mail = if way == 0 { String::new() } else { format!("{way}.{number}@example.org") };
                places.insert(number, team);
                let person = Person { id: id(number), name, mail, team: team.map(label), language: Language::parse(language).unwrap() };
                roster.people.insert(id(number), person);
            }
        }
        for team in places.values().flatten() {
            let mut led_by: Vec<usize> = leaders[*team].clone();
            led_by.sort_unstable();
            led_by.dedup();
            led_by.retain(|number| places.get(number).is_some_and(|place| place.is_none_or(|place| place < *team)));
            roster.teams.insert(label(*team), led_by.into_iter().map(id).collect());
        }
        roster
    })
}

proptest! {
    #[test]
    fn what_is_told_beforehand_is_all_that_a_new_list_changes(old in any_roster(), new in any_roster()) {
        let difference = Difference::between(&old, &new);
        prop_assert_eq!(&difference.applied_to(&old), &new);
        prop_assert_eq!(difference.is_nothing(), old == new);
        // Everybody is told of in one way at most, and nobody who stays the same is told of.
        for id in old.people.keys().chain(new.people.keys()) {
            let told = [difference.joined.contains_key(id), difference.left.contains_key(id), difference.changed.contains_key(id)];
            let times = told.into_iter().filter(|told| *told).count();
            prop_assert_eq!(times, usize::from(old.people.get(id) != new.people.get(id)));
        }
    }

    #[test]
    fn a_list_that_was_written_reads_as_the_same_list(roster in any_roster()) {
        let file = write_csv(&roster);
        match parse_csv("x", &file, &Language::parse("sv").unwrap()) {
            Ok(RosterImport { roster: read, .. }) => prop_assert_eq!(read, roster),
            Err(problems) => prop_assert!(roster.people.is_empty(), "{}", problems),
        }
    }

    #[test]
    fn the_tree_names_every_team_once_and_each_below_the_team_above_it(roster in any_roster()) {
        let tree = roster.tree();
        prop_assert_eq!(tree.len(), roster.teams.len());
        prop_assert_eq!(tree.iter().map(|team| team.people).sum::<u32>() as usize, roster.people.values().filter(|p| p.team.is_some()).count());
        for (place, here) in tree.iter().enumerate() {
            let above = tree[..place].iter().rev().find(|other| other.depth < here.depth);
            prop_assert_eq!(above.map(|above| above.team), roster.team_above(here.team));
            prop_assert_eq!(above.map_or(0, |above| above.depth + 1), here.depth);
        }
    }
}

#[test]
fn the_documented_example_survives_being_written_and_a_second_writing_is_the_same_file() {
    let roster = parse_csv("staff.csv", EXAMPLE, &english()).unwrap().roster;
    let file = write_csv(&roster);
    assert_eq!(parse_csv("staff.csv", &file, &english()).unwrap().roster, roster);
    assert_eq!(write_csv(&parse_csv("staff.csv", &file, &english()).unwrap().roster), file);
}

#[test]
fn a_list_says_whether_a_spreadsheet_could_take_something_on_it_for_a_formula_and_is_written_unchanged_all_the_same() {
    let plain = "person_id,name,mail,team,leaders\n1,Ann,a@x.org,,\n2,Bo,b@x.org,Web,1\n";
    let read = |text: &str| parse_csv("x", text.as_bytes(), &english()).unwrap().roster;
    assert!(!read(plain).looks_like_formulas());
    for (what, like) in [("Ann", "=1+1"), ("Bo", "@Bo"), ("Web", "-Web"), ("Web", "+49")] {
        let roster = read(&plain.replace(what, like));
        assert!(roster.looks_like_formulas(), "{like}");
        assert_eq!(parse_csv("x", &write_csv(&roster), &english()).unwrap().roster, roster, "{like}");
    }
}

#[test]
fn each_kind_of_change_is_told_as_what_it_is() {
    let read = |text: &str| parse_csv("x", text.as_bytes(), &english()).unwrap().roster;
    let old = read("person_id,name,mail,team,leaders\n1,Ann,a@x.org,,\n2,Bo,b@x.org,Web,1\n3,Cy,c@x.org,Web,1\n4,Di,d@x.org,Shop,1\n");
    let new = read(
        "person_id,name,mail,team,leaders,language\n1,Ann,a@x.org,,,\n2,Bo,b@x.org,Digital,1,\n3,Cynthia,,Shop,1|2,de\n5,Ed,e@x.org,Shop,1|2,\n",
    );
    let difference = Difference::between(&old, &new);
    let id = |text: &str| PersonId::parse(text).unwrap();
    let team = |text: &str| TeamLabel::parse(text).unwrap();
    assert_eq!(difference.joined.keys().collect::<Vec<_>>(), [&id("5")]);
    assert_eq!(difference.left.keys().collect::<Vec<_>>(), [&id("4")]);
    assert_eq!(difference.new_teams.keys().collect::<Vec<_>>(), [&team("Digital")]);
    assert_eq!(difference.gone_teams.keys().collect::<Vec<_>>(), [&team("Web")]);
    assert_eq!(difference.led_otherwise[&team("Shop")].after, [id("1"), id("2")]);
    assert_eq!(difference.moved().count(), 2);
    let cynthia = &difference.changed[&id("3")];
    assert_eq!(cynthia.name.as_ref().unwrap().after, "Cynthia");
    assert_eq!(cynthia.mail.as_ref().unwrap().after, "");
    assert_eq!(cynthia.language.as_ref().unwrap().after.as_str(), "de");
}
