//! Copies of the ballot side, put back into either engine.

use std::convert::Infallible;

use responses::{BallotOrders, CopyProblem, HandedIn, NotRestored, Redeemed, Responses, ResponsesError, Transition};
use test_postgres::{Engine, Home, engine};

use super::{ballot, later_wave, new_wave, store, wave_id};

const PAIR: [u8; 16] = [4; 16];

fn copy(store: &Responses) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.write_copy(&mut bytes, PAIR).unwrap();
    bytes
}

fn content(store: &Responses) -> [u8; 32] {
    Responses::check_copy(&mut &*copy(store)).unwrap().content
}

fn put_back(store: &Responses, bytes: &[u8], orders: &BallotOrders) -> Result<u32, CopyProblem> {
    let told = store.restore(&mut &*bytes, |side| Ok::<_, Infallible>((orders.clone(), side.ballots.values().sum())));
    told.map_err(|failure| match failure {
        NotRestored::Copy(problem) => problem,
        NotRestored::Caller(never) => match never {},
    })
}

#[test]
fn a_copy_put_back_into_either_engine_is_the_same_and_takes_no_further_ballot() {
    let (_home, original) = store();
    original.launch(&new_wave(&wave_id())).unwrap();
    for number in [4, 1, 3] {
        original.redeem(&wave_id(), &ballot(number)).unwrap();
    }
    let bytes = copy(&original);
    let orders = BallotOrders { no_new_ballots: Some(wave_id()) };
    original.follow_restore(&orders).unwrap();
    let mut engines = vec![Engine::Sqlite, engine()];
    engines.dedup();
    for engine in engines {
        let home = Home::on(engine, "responses.db");
        let fresh = Responses::connect(&home.url()).unwrap();
        assert_eq!(put_back(&fresh, &bytes, &orders).unwrap(), 3);
        assert_eq!(content(&fresh), content(&original), "{engine:?}");
        fresh.integrity_check().unwrap();
        assert_eq!(fresh.wave(&wave_id()).unwrap(), original.wave(&wave_id()).unwrap());
        assert!(fresh.keys(&wave_id()).unwrap().is_some() && fresh.notices_key(&wave_id()).unwrap().is_some());
        assert_eq!(fresh.redeem(&wave_id(), &ballot(2)).unwrap(), Redeemed::GateClosed);
        assert_eq!(fresh.redeem(&wave_id(), &ballot(3)).unwrap(), Redeemed::Again);
        // The box is shut with what is in it, and its life goes on.
        fresh.shut(&wave_id(), super::board).unwrap();
        assert_eq!(fresh.spent().unwrap(), 3);
        assert!(matches!(put_back(&fresh, &bytes, &orders), Err(CopyProblem::NotEmpty(_))));
    }
    let home = Home::on(engine(), "responses.db");
    let goes_on = Responses::connect(&home.url()).unwrap();
    put_back(&goes_on, &bytes, &BallotOrders::default()).unwrap();
    assert_eq!(goes_on.redeem(&wave_id(), &ballot(2)).unwrap(), Redeemed::New, "the positive control: without the order the box takes it");
}

#[test]
fn a_result_that_waits_for_its_publication_is_in_no_copy_and_can_be_handed_in_again() {
    let (_home, original) = store();
    original.launch(&new_wave(&wave_id())).unwrap();
    original.shut(&wave_id(), super::board).unwrap();
    let result = HandedIn { document: b"nobody reads this yet".to_vec(), signature: vec![7; 64] };
    original.hand_in(&wave_id(), b"record", &result).unwrap();
    let bytes = copy(&original);
    assert!(!bytes.windows(result.document.len()).any(|window| window == result.document));
    let home = Home::on(engine(), "responses.db");
    let fresh = Responses::connect(&home.url()).unwrap();
    put_back(&fresh, &bytes, &BallotOrders::default()).unwrap();
    assert_eq!(fresh.handed_in(&wave_id()).unwrap(), None);
    assert_eq!(fresh.opening(&wave_id()).unwrap().as_deref(), Some(&b"record"[..]));
    assert!(matches!(fresh.hand_in(&wave_id(), b"another", &result), Err(ResponsesError::Differs { .. })));
    assert_eq!(fresh.hand_in(&wave_id(), b"record", &result).unwrap(), Transition::Done);
    assert_eq!(fresh.handed_in(&wave_id()).unwrap(), Some(result));
}

#[test]
fn the_size_of_a_copy_is_the_same_however_many_have_answered() {
    let (_home, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let mut sizes = vec![copy(&store).len()];
    for number in 0..12 {
        store.redeem(&wave_id(), &ballot(number)).unwrap();
        sizes.push(copy(&store).len());
    }
    assert!(sizes.iter().all(|size| *size == sizes[0]), "{sizes:?}");
    // The twelve that are invited fill it; without a wave there is nothing to make room for.
    assert!(sizes[0] > 12 * 4144);
    store.destroy_ballots(&wave_id()).unwrap();
    assert!(copy(&store).len() < 12 * 4144);
    store.launch(&new_wave(&later_wave())).unwrap();
    assert!(copy(&store).len() > 12 * 4144);
}

#[test]
fn a_round_that_waits_for_its_countersignature_is_in_a_copy_with_all_that_it_begins_with() {
    let (_home, original) = store();
    original.prepare(&new_wave(&wave_id())).unwrap();
    let bytes = copy(&original);
    let home = Home::on(engine(), "responses.db");
    let fresh = Responses::connect(&home.url()).unwrap();
    let waiting = fresh.restore(&mut &*bytes, |side| Ok::<_, Infallible>((BallotOrders::default(), side.prepared.clone())));
    assert_eq!(waiting.unwrap(), Some(wave_id()));
    assert_eq!(content(&fresh), content(&original));
    for store in [&original, &fresh] {
        store.launch_prepared(&wave_id(), b"{}", b"signature").unwrap();
    }
    assert_eq!(fresh.wave(&wave_id()).unwrap(), original.wave(&wave_id()).unwrap());
    assert_eq!(content(&fresh), content(&original));
}
