//! A batch does what its ballots would do one after the other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use secrecy::SecretSlice;
use test_postgres::{Home, engine};

use super::*;
use crate::{ClientFiles, NewWave};

fn wave(known: bool) -> WaveId {
    WaveId::parse(if known { "2026-q4" } else { "2027-q1" }).unwrap()
}

fn store() -> (Home, Responses) {
    let home = Home::on(engine(), "responses.db");
    let store = Responses::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    let key = || SecretSlice::from(vec![7; 32]);
    let client = ClientFiles { page: Vec::new(), js: Vec::new(), css: Vec::new(), words: BTreeMap::new() };
    let (manifest, instrument) = (b"{}".to_vec(), b"{}".to_vec());
    store
        .launch(&NewWave {
            wave: wave(true),
            manifest,
            groups: Vec::new(),
            instrument,
            client,
            credential_key: key(),
            board_key: key(),
            notices_key: key(),
        })
        .unwrap();
    (home, store)
}

fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    // Few numbers and few contents, so that the same and different ballots meet under one number.
    let arrival = (prop::bool::weighted(0.9), 0_u8..6, 0_u8..2).prop_map(|(known, number, content)| Arrival {
        wave: wave(known),
        cast: CastBallot { nonce: [number; 32], group: GroupId(0), mac: [content; 32], ct: vec![content; 4_144] },
    });
    prop::collection::vec(arrival, 1..14)
}

fn one_by_one(store: &Responses, arrivals: &[Arrival]) -> Vec<Taken> {
    let mut order: Vec<usize> = (0..arrivals.len()).collect();
    order.sort_by_key(|place| (&arrivals[*place].wave, arrivals[*place].cast.nonce));
    let mut taken = vec![Ok(Redeemed::GateClosed); arrivals.len()];
    for place in order {
        taken[place] = store.redeem(&arrivals[place].wave, &arrivals[place].cast);
    }
    taken
}

proptest! {
    // Each case has two databases of its own, which PostgreSQL makes slowly.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_batch_has_the_outcomes_of_its_ballots_one_after_the_other(before in arrivals(), batch in arrivals(), shut in any::<bool>()) {
        let ((_home, together), (_other_home, alone)) = (store(), store());
        for store in [&together, &alone] {
            one_by_one(store, &before);
            if shut {
                store.shut(&wave(true), |_| Ok::<_, ResponsesError>(Vec::new())).unwrap();
            }
        }
        let taken = together.database.write(|conn| take(conn, &batch)).unwrap();
        prop_assert_eq!(taken, one_by_one(&alone, &batch));
        prop_assert_eq!(together.ballots(None, 100).unwrap(), alone.ballots(None, 100).unwrap());
    }
}
