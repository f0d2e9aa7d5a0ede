#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::tests::{day, event, label};
use super::*;
use crate::ids::{Language, PersonId};
use crate::roster::{Person, Roster};

fn person(number: usize) -> PersonId {
    PersonId::parse(&format!("p{number}")).unwrap()
}

/// A list in which person `number` has the team at that place; leaders by team.
fn list(teams: &[Option<&str>], leaders: &[(&str, usize)]) -> Roster {
    let mut roster = Roster::default();
    for (number, team) in teams.iter().enumerate() {
        let team = team.map(label);
        if let Some(team) = &team {
            let led_by = leaders.iter().filter(|(led, _)| *led == team.as_str()).map(|(_, leader)| person(*leader)).collect();
            roster.teams.insert(team.clone(), led_by);
        }
        let id = person(number);
        let one = Person { id: id.clone(), name: "N".to_owned(), mail: String::new(), team, language: Language::parse("en").unwrap() };
        roster.people.insert(id, one);
    }
    roster
}

fn then(roster: &Roster) -> TeamsThen {
    roster.people.values().filter_map(|person| Some((person.id.clone(), person.team.clone()?))).collect()
}

/// The events that are suggested between two lists, each as long as it takes, in the words of [`event`].
fn suggested(old: &Roster, new: &Roster) -> Vec<(ReorgEvent, u32, u32)> {
    let since = Reorganised::before(old.places());
    suggest(&then(old), new, &since).into_iter().map(|one| (one.event, one.together, one.still_here)).collect()
}

fn teams(text: &str) -> Vec<Option<&str>> {
    text.split(' ').map(|team| (team != "-").then_some(team)).collect()
}

#[test]
fn each_kind_of_event_is_suggested_from_where_people_are() {
    type Expected<'a> = &'a [(&'a str, u32, u32)];
    let cases: &[(&str, &str, Expected<'_>)] = &[
        ("A A A A B B", "D D D D B B", &[("rename A D", 4, 4)]),
        // One has left the organisation, one has gone elsewhere, two are new in the team.
        ("A A A A B B - -", "D D - B B B D D", &[("rename A D", 2, 3)]),
        ("A A A B B C C", "D D D D D C C", &[("merge A B > D", 5, 5)]),
        ("A A A B B C C", "A A A A A C C", &[("merge A B > A", 5, 5)]),
        ("A A A A A A C", "D D D E E E C", &[("split A > D E", 6, 6)]),
        ("A A A A A A C", "A A A A E E C", &[("split A > E A", 6, 6)]),
        // One of six went into a new team: that is a person who moved.
        ("A A A A A A C", "A A A A A E C", &[]),
        // Nobody of the vanished team is in the new one.
        ("A A A B B", "B B B B B E", &[("merge B A > B", 5, 5)]),
        ("A A A B B - -", "- - - B B E E", &[]),
        // Scattered.
        ("A A A A B B C C D D", "B B C D B B C C D D", &[]),
    ];
    for (old, new, expected) in cases {
        let found = suggested(&list(&teams(old), &[]), &list(&teams(new), &[]));
        let expected: Vec<_> = expected.iter().map(|(text, together, here)| (event(text), *together, *here)).collect();
        assert_eq!(found, expected, "{old} -> {new}");
    }
}

#[test]
fn a_team_with_another_team_above_it_is_suggested_as_moved_unless_that_one_is_only_called_otherwise() {
    let old = list(&teams("A B C"), &[("C", 0)]);
    let moved = list(&teams("A B C"), &[("C", 1)]);
    assert_eq!(suggested(&old, &moved), [(event("move C > B"), 1, 1)]);
    let renamed = list(&teams("D B C"), &[("C", 0)]);
    assert_eq!(suggested(&old, &renamed), [(event("rename A D"), 1, 1)]);
}

#[test]
fn what_was_said_already_is_not_suggested_again() {
    let old = list(&teams("A A A B B"), &[]);
    let new = list(&teams("D D D E E"), &[]);
    let said = RecordedEvent { number: 1, dated: DatedEvent { on: day(3), event: event("rename A D") } };
    let found = suggest(&then(&old), &new, &Reorganised::after(old.places(), [&said]));
    assert_eq!(found.into_iter().map(|one| one.event).collect::<Vec<_>>(), [event("rename B E")]);
}

proptest! {
    #[test]
    fn every_suggestion_can_be_recorded_and_the_list_agrees_with_all_that_were(
        teams in prop::collection::vec((prop::option::weighted(0.9, 0_usize..5), prop::option::weighted(0.9, 0_usize..8)), 3..30),
        leaders in prop::collection::vec((0_usize..30, 0_usize..30), 8),
    ) {
        const NAMES: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let tree = |places: Vec<Option<usize>>, leaders: Vec<usize>| {
            // A leader answers in a team of a lower number, so that no chain is a circle.
            let led: Vec<(&str, usize)> = leaders.into_iter().enumerate()
                .filter(|(team, leader)| places.get(*leader).is_some_and(|place| place.is_none_or(|place| place < *team)))
                .map(|(team, leader)| (NAMES[team], leader)).collect();
            list(&places.iter().map(|place| place.map(|team| NAMES[team])).collect::<Vec<_>>(), &led)
        };
        let ((before, after), (led_before, led_after)) = (teams.into_iter().unzip(), leaders.into_iter().unzip());
        let (old, new) = (tree(before, led_before), tree(after, led_after));
        let (wave, places) = (old.places(), new.places());
        let mut events: Vec<RecordedEvent> = Vec::new();
        for number in 1..30 {
            let since = Reorganised::after(wave.clone(), &events);
            let found = suggest(&then(&old), &new, &since);
            let mut recorded = found.into_iter().map(|one| RecordedEvent { number, dated: DatedEvent { on: day(3), event: one.event } });
            let Some(first) = recorded.next() else { break };
            for other in recorded {
                prop_assert_eq!(check(&wave, &events, &other, &places), Ok(()), "{:?}", other);
            }
            prop_assert_eq!(check(&wave, &events, &first, &places), Ok(()), "{:?}", first);
            events.push(first);
            prop_assert!(number < 29, "suggestions never end: {:?}", events);
        }
        prop_assert_eq!(Reorganised::after(wave, &events).disagreements(&places, 0), vec![]);
    }
}
