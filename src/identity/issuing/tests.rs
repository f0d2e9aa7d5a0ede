//! A batch does what its claims would do one after the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::{GroupLeaf, Language, Moment, UnitPath};
use proptest::prelude::*;
use serde_json::json;
use test_postgres::{Home, engine};

use super::*;
use crate::{InvitedPerson, Snapshot};

const START: Moment = Moment::from_micros(1_760_000_000_000_000);

fn wave(known: bool) -> WaveId {
    WaveId::parse(if known { "2026-q4" } else { "2027-q1" }).unwrap()
}

fn person(number: u8) -> PersonId {
    PersonId::parse(&format!("p-{number}")).unwrap()
}

/// A running wave of six people.
fn store() -> (Home, Identity) {
    let home = Home::on(engine(), "identity.db");
    let store = Identity::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    let invited = |number| InvitedPerson {
        person: person(number),
        name: String::new(),
        mail: format!("p{number}@example.org"),
        language: Language::parse("en").unwrap(),
        group: GroupId(0),
    };
    let (label, unit) = ("Everybody".to_owned(), UnitPath::organisation());
    let groups = vec![GroupLeaf { group: GroupId(0), label, unit, invited: 6, predecessors: Vec::new(), teams: Vec::new() }];
    store.create_wave(&wave(true), &json!({})).unwrap();
    store.begin_launch(&wave(true), &Snapshot { people: (0..6).map(invited).collect(), teams: Vec::new(), groups }, [3; 16]).unwrap();
    store.finish_launch(&wave(true), &SecretSlice::from(vec![7; 32]), &[5; 32], START, &mut rand::rng()).unwrap();
    (home, store)
}

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    // Few people and few elements, so that the same and different elements meet at one person.
    let claim = (prop::bool::weighted(0.9), 0_u8..6, 0_u8..2).prop_map(|(known, number, element)| Claim {
        wave: wave(known),
        person: person(number),
        blinded: [element; 32],
    });
    prop::collection::vec(claim, 1..14)
}

fn one_by_one(store: &Identity, claims: &[Claim]) -> Vec<Claimed> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|place| (&claims[*place].wave, &claims[*place].person));
    let mut claimed = vec![Claimed::NotRunning; claims.len()];
    for place in order {
        let claim = std::slice::from_ref(&claims[place]);
        claimed[place] = store.database.write(|conn| super::claim(conn, claim)).unwrap()[0];
    }
    claimed
}

proptest! {
    // Each case has two databases of its own, which PostgreSQL makes slowly.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_batch_has_the_outcomes_of_its_claims_one_after_the_other(before in claims(), batch in claims(), stopped in prop::bool::weighted(0.2)) {
        let ((_home, together), (_other_home, alone)) = (store(), store());
        for store in [&together, &alone] {
            one_by_one(store, &before);
            if stopped {
                store.begin_close(&wave(true), START).unwrap();
            }
        }
        let claimed = together.database.write(|conn| claim(conn, &batch)).unwrap();
        prop_assert_eq!(&claimed, &one_by_one(&alone, &batch));
        // What each person has is the same in both: asking for either element again tells.
        for element in [0, 1] {
            let again: Vec<Claim> = (0..6).map(|number| Claim { wave: wave(true), person: person(number), blinded: [element; 32] }).collect();
            prop_assert_eq!(one_by_one(&together, &again), one_by_one(&alone, &again));
        }
    }
}
