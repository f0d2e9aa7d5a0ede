//! Notices: added beside a published Release, numbered without gaps whoever writes at the same time, never changed.

use std::sync::Barrier;

use responses::{Responses, ResponsesError, StoredNotice, StoredRelease};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use crate::{board, new_wave, seed, store, wave_id};

fn publish(store: &Responses) {
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    let (document, signature) = (b"one".to_vec(), vec![9; 64]);
    store
        .publish_release(
            &wave_id(),
            &StoredRelease { sha256: Sha256::digest(&document).into(), document, signature, holder_signature: None },
        )
        .unwrap();
    store.destroy_ballots(&wave_id()).unwrap();
}

fn notice(number: u32) -> Result<StoredNotice, ResponsesError> {
    Ok(StoredNotice { document: format!("notice {number}").into_bytes(), signature: vec![7; 64] })
}

#[test]
fn notices_are_numbered_from_one_and_stay_in_their_order() {
    let (_home, store) = store();
    publish(&store);
    assert!(store.notices(&wave_id()).unwrap().is_empty());
    for number in 1..=12 {
        assert_eq!(store.add_notice(&wave_id(), notice).unwrap(), number);
    }
    let expected: Vec<_> = (1..=12).map(|number| notice(number).unwrap()).collect();
    assert_eq!(store.notices(&wave_id()).unwrap(), expected);
}

#[test]
fn several_who_write_at_once_get_a_number_each_and_no_number_is_left_out() {
    let (home, store) = store();
    publish(&store);
    let writers: Vec<_> = (0..4).map(|_| Responses::connect(&home.url()).unwrap()).collect();
    let barrier = Barrier::new(writers.len());
    std::thread::scope(|scope| {
        for writer in &writers {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                for _ in 0..5 {
                    writer.add_notice(&wave_id(), notice).unwrap();
                }
            });
        }
    });
    let expected: Vec<_> = (1..=20).map(|number| notice(number).unwrap()).collect();
    assert_eq!(store.notices(&wave_id()).unwrap(), expected, "each bears the number under which it lies");
}

#[test]
fn without_a_published_result_nothing_is_added() {
    let (_home, store) = store();
    let refused = Err(ResponsesError::NotPublished { wave: wave_id() });
    assert_eq!(store.add_notice(&wave_id(), notice), refused);
    store.launch(&new_wave(&wave_id())).unwrap();
    assert_eq!(store.add_notice(&wave_id(), notice), refused);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(store.add_notice(&wave_id(), notice), refused);
}

#[test]
fn what_the_writer_refuses_is_not_stored_and_takes_no_number() {
    let (_home, store) = store();
    publish(&store);
    let refused = ResponsesError::WrongHash { wave: wave_id() };
    assert_eq!(store.add_notice(&wave_id(), |_| Err(refused.clone())), Err(refused.clone()));
    assert_eq!(store.add_notice(&wave_id(), notice).unwrap(), 1);
}

#[test]
fn the_key_for_notices_outlives_the_publication_but_not_an_abort() {
    let (_home, one) = store();
    publish(&one);
    let key = one.notices_key(&wave_id()).unwrap().unwrap();
    assert_eq!(key.expose_secret(), seed("notices key", 0));
    assert!(one.board_key(&wave_id()).unwrap().is_none());

    let (_home, other) = store();
    assert!(other.notices_key(&wave_id()).unwrap().is_none());
    other.launch(&new_wave(&wave_id())).unwrap();
    assert!(other.notices_key(&wave_id()).unwrap().is_some());
    other.destroy_ballots(&wave_id()).unwrap();
    assert!(other.notices_key(&wave_id()).unwrap().is_none());
}
