//! Taking ballots: each number counts once.

use std::collections::BTreeMap;
use std::thread;

use domain::GroupId;
use responses::{Redeemed, Responses, ResponsesError, StorageError};

use crate::{ballot, board, later_wave, new_wave, store, wave_id};

#[test]
fn the_same_ballot_again_is_again_and_another_one_under_its_number_is_different() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let first = ballot(1);
    assert_eq!(store.redeem(&wave_id(), &first).unwrap(), Redeemed::New);
    assert_eq!(store.redeem(&wave_id(), &first).unwrap(), Redeemed::Again);
    let mut others = vec![first.clone(), first.clone(), first.clone()];
    others[0].ct[17] ^= 1;
    others[1].mac[0] ^= 1;
    others[2].group = GroupId(2);
    for other in &others {
        assert_eq!(store.redeem(&wave_id(), other).unwrap(), Redeemed::Different);
    }
    assert_eq!(store.ballots(None, 100).unwrap(), [first]);
}

#[test]
fn after_the_box_is_shut_a_new_ballot_is_refused_and_a_counted_one_still_found() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.redeem(&wave_id(), &ballot(1)).unwrap();
    store.shut(&wave_id(), board).unwrap();
    assert_eq!(store.redeem(&wave_id(), &ballot(2)).unwrap(), Redeemed::GateClosed);
    assert_eq!(store.redeem(&wave_id(), &ballot(1)).unwrap(), Redeemed::Again);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(store.redeem(&wave_id(), &ballot(1)).unwrap(), Redeemed::GateClosed);
    assert_eq!(store.spent().unwrap(), 0);
}

#[test]
fn a_ballot_for_an_unknown_wave_or_of_a_wrong_size_is_an_error() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    assert_eq!(store.redeem(&later_wave(), &ballot(1)), Err(ResponsesError::UnknownWave { wave: later_wave() }));
    let mut short = ballot(1);
    short.ct.pop();
    assert!(matches!(store.redeem(&wave_id(), &short), Err(ResponsesError::Storage(StorageError::Conflict(_)))));
    assert_eq!(store.spent().unwrap(), 0);
}

#[test]
fn of_many_ballots_at_once_none_is_lost_and_none_counts_twice() {
    let (home, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let other = Responses::connect(&home.url()).unwrap();
    let outcomes: Vec<Redeemed> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                let store = if worker % 2 == 0 { &store } else { &other };
                // Every ballot is sent by two workers.
                scope.spawn(move || (0..10).map(|n| store.redeem(&wave_id(), &ballot(worker / 2 * 10 + n)).unwrap()).collect::<Vec<_>>())
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|o| **o == Redeemed::New).count(), 40);
    assert_eq!(outcomes.iter().filter(|o| **o == Redeemed::Again).count(), 40);
    assert_eq!(store.spent().unwrap(), 40);
    assert_eq!(store.spent_by_group().unwrap(), BTreeMap::from([(GroupId(0), 14), (GroupId(1), 13), (GroupId(2), 13)]));
    let numbers: Vec<[u8; 32]> = store.ballots(None, 100).unwrap().into_iter().map(|b| b.nonce).collect();
    assert!(numbers.is_sorted());
}

#[test]
fn pages_of_the_shut_box_give_every_ballot_once_in_the_order_of_the_numbers() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let mut expected: Vec<_> = (0..7).map(ballot).collect();
    expected.iter().for_each(|ballot| assert_eq!(store.redeem(&wave_id(), ballot).unwrap(), Redeemed::New));
    store.shut(&wave_id(), board).unwrap();
    expected.sort_unstable_by_key(|ballot| ballot.nonce);
    for most in [1, 3, 7, 100] {
        let (mut found, mut last) = (Vec::new(), None);
        loop {
            let page = store.ballots(last, most).unwrap();
            assert!(page.len() <= most as usize);
            let Some(end) = page.last() else { break };
            last = Some(end.nonce);
            found.extend(page);
        }
        assert_eq!(found, expected, "pages of {most}");
    }
}
