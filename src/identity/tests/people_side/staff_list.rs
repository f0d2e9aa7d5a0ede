//! The staff list: replaced as a whole.

use std::collections::BTreeMap;

use domain::PersonId;
use domain::roster::{Person, Roster};
use identity::RosterChange;
use proptest::prelude::*;

use crate::{language, person, store, team};

fn entry(number: u32, in_team: Option<&str>) -> (PersonId, Person) {
    let id = person(number);
    let person = Person {
        id: id.clone(),
        name: format!("Person {number}"),
        mail: format!("p{number}@example.org"),
        team: in_team.map(team),
        language: language(),
    };
    (id, person)
}

fn roster() -> Roster {
    Roster {
        people: BTreeMap::from([entry(0, None), entry(1, Some("Web")), entry(2, Some("Web")), entry(3, Some("Data"))]),
        // Two leaders whose order is not the order of their ids.
        teams: BTreeMap::from([(team("Web"), vec![person(3), person(0)]), (team("Data"), vec![person(0)])]),
    }
}

#[test]
fn a_list_is_loaded_as_it_was_imported_and_importing_it_again_changes_nothing() {
    let (_folder, store) = store();
    assert_eq!(store.roster().unwrap(), Roster::default());
    let change = store.import_roster(&roster()).unwrap();
    assert_eq!(change, RosterChange { people_added: 4, teams_added: 2, ..RosterChange::default() });
    assert_eq!(store.roster().unwrap(), roster());
    assert!(store.import_roster(&roster()).unwrap().is_nothing());
    assert_eq!(store.roster().unwrap(), roster());
}

#[test]
fn what_a_new_list_changes_is_counted() {
    let (_folder, store) = store();
    store.import_roster(&roster()).unwrap();
    let mut new = roster();
    new.people.remove(&person(2));
    new.people.extend([entry(4, Some("Web")), entry(5, Some("Web"))]);
    new.people.get_mut(&person(1)).unwrap().mail = "new@example.org".to_owned();
    new.people.get_mut(&person(3)).unwrap().team = Some(team("Tools"));
    new.teams.remove(&team("Data"));
    new.teams.insert(team("Tools"), vec![person(0)]);
    new.teams.insert(team("Web"), vec![person(0), person(3)]);
    let expected =
        RosterChange { people_added: 2, people_changed: 2, people_removed: 1, teams_added: 1, teams_changed: 1, teams_removed: 1 };
    assert_eq!(RosterChange::between(&store.roster().unwrap(), &new), expected);
    assert_eq!(store.import_roster(&new).unwrap(), expected);
    assert_eq!(store.roster().unwrap(), new);
}

#[test]
fn a_list_that_names_a_leader_it_does_not_hold_leaves_the_old_one() {
    let (_folder, store) = store();
    store.import_roster(&roster()).unwrap();
    let mut broken = roster();
    broken.people.remove(&person(0));
    store.import_roster(&broken).unwrap_err();
    assert_eq!(store.roster().unwrap(), roster());
}

#[test]
fn a_list_of_many_people_fits() {
    let (_folder, store) = store();
    let people: BTreeMap<PersonId, Person> = (0..2_600).map(|n| entry(n, Some("Web"))).collect();
    let large = Roster { people, teams: BTreeMap::from([(team("Web"), vec![person(0)])]) };
    store.import_roster(&large).unwrap();
    assert_eq!(store.roster().unwrap(), large);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn added_and_removed_trade_places_when_a_list_is_taken_back(old in proptest::collection::btree_set(0_u32..12, 0..12), new in proptest::collection::btree_set(0_u32..12, 0..12)) {
        let list = |numbers: &std::collections::BTreeSet<u32>| Roster { people: numbers.iter().map(|n| entry(*n, None)).collect(), teams: BTreeMap::new() };
        let (there, back) = (RosterChange::between(&list(&old), &list(&new)), RosterChange::between(&list(&new), &list(&old)));
        prop_assert_eq!((there.people_added, there.people_removed), (back.people_removed, back.people_added));
        prop_assert_eq!(old.len() as i64 + i64::from(there.people_added) - i64::from(there.people_removed), new.len() as i64);
    }
}
