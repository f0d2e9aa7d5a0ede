//! Documents that never change: the record of the opening, the Release.

use domain::Gate;
use responses::{HandedIn, ResponsesError, StoredRelease, Transition};
use sha2::{Digest, Sha256};

use crate::{board, new_wave, seed, store, wave_id};

fn release(text: &str) -> StoredRelease {
    StoredRelease {
        document: text.as_bytes().to_vec(),
        sha256: Sha256::digest(text).into(),
        signature: vec![9; 64],
        holder_signature: None,
    }
}

#[test]
fn opening_again_must_give_the_same() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let open = Err(ResponsesError::GateRefused { wave: wave_id(), gate: Gate::Open, wanted: Gate::Closed });
    assert_eq!(store.record_opening(&wave_id(), b"one"), open);
    assert_eq!(store.opening(&wave_id()).unwrap(), None);
    store.shut(&wave_id(), board).unwrap();
    assert_eq!(store.record_opening(&wave_id(), b"one").unwrap(), Transition::Done);
    assert_eq!(store.record_opening(&wave_id(), b"one").unwrap(), Transition::AlreadyDone);
    assert_eq!(store.record_opening(&wave_id(), b"two"), Err(ResponsesError::Differs { wave: wave_id(), what: "opening" }));
    assert_eq!(store.opening(&wave_id()).unwrap().as_deref(), Some(&b"one"[..]));
}

#[test]
fn a_record_of_an_opening_is_replaced_only_by_whoever_has_read_it_and_only_before_the_release() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    let differs = Err(ResponsesError::Differs { wave: wave_id(), what: "opening" });
    assert_eq!(store.replace_opening(&wave_id(), b"one", b"two"), differs, "there is none to replace");
    store.record_opening(&wave_id(), b"one").unwrap();
    assert_eq!(store.replace_opening(&wave_id(), b"another", b"two"), differs);
    assert_eq!(store.opening(&wave_id()).unwrap().as_deref(), Some(&b"one"[..]));
    assert_eq!(store.replace_opening(&wave_id(), b"one", b"two").unwrap(), Transition::Done);
    assert_eq!(store.replace_opening(&wave_id(), b"one", b"two").unwrap(), Transition::AlreadyDone);
    assert_eq!(store.replace_opening(&wave_id(), b"one", b"three"), differs, "somebody else was faster");
    store.publish_release(&wave_id(), &release("of two")).unwrap();
    assert_eq!(store.replace_opening(&wave_id(), b"two", b"three"), differs);
    assert_eq!(store.opening(&wave_id()).unwrap().as_deref(), Some(&b"two"[..]));
}

#[test]
fn a_release_is_stored_once_and_stays_when_the_ballots_go() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let open = Err(ResponsesError::GateRefused { wave: wave_id(), gate: Gate::Open, wanted: Gate::Closed });
    assert_eq!(store.publish_release(&wave_id(), &release("one")), open);
    store.shut(&wave_id(), board).unwrap();
    assert!(store.published_waves().unwrap().is_empty());
    assert_eq!(store.publish_release(&wave_id(), &release("one")).unwrap(), Transition::Done);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(store.publish_release(&wave_id(), &release("one")).unwrap(), Transition::AlreadyDone);
    assert_eq!(store.publish_release(&wave_id(), &release("two")), Err(ResponsesError::Differs { wave: wave_id(), what: "Release" }));
    assert_eq!(store.release(&wave_id()).unwrap(), Some(release("one")));
    assert_eq!(store.published_waves().unwrap(), [wave_id()]);
}

#[test]
fn nothing_is_published_of_a_wave_whose_ballots_were_destroyed_unopened() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.destroy_ballots(&wave_id()).unwrap();
    let done = ResponsesError::GateRefused { wave: wave_id(), gate: Gate::Done, wanted: Gate::Closed };
    assert_eq!(store.publish_release(&wave_id(), &release("one")), Err(done.clone()));
    assert_eq!(store.record_opening(&wave_id(), b"one"), Err(done));
}

#[test]
fn a_release_with_a_foreign_hash_is_refused() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    let wrong = StoredRelease { sha256: [0; 32], ..release("one") };
    assert_eq!(store.publish_release(&wave_id(), &wrong), Err(ResponsesError::WrongHash { wave: wave_id() }));
}

fn handed_in(text: &str) -> HandedIn {
    HandedIn { document: text.as_bytes().to_vec(), signature: vec![7; 64] }
}

#[test]
fn a_result_that_was_handed_in_is_kept_with_its_record_and_no_other_one_takes_its_place() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let open = Err(ResponsesError::GateRefused { wave: wave_id(), gate: Gate::Open, wanted: Gate::Closed });
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("one")), open);
    store.shut(&wave_id(), board).unwrap();
    store.object(&wave_id(), &seed("leaf", 1)).unwrap();
    let unanswered = Err(ResponsesError::ObjectionsUnanswered { wave: wave_id(), count: 1 });
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("one")), unanswered);
    assert_eq!((store.handed_in(&wave_id()).unwrap(), store.opening(&wave_id()).unwrap()), (None, None), "nothing is applied by half");
    store.answer_objections(&wave_id(), "Two letters were lost.").unwrap();
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("one")).unwrap(), Transition::Done);
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("one")).unwrap(), Transition::AlreadyDone);
    let differs = Err(ResponsesError::Differs { wave: wave_id(), what: "result of the key holder" });
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("two")), differs);
    assert_eq!(store.handed_in(&wave_id()).unwrap(), Some(handed_in("one")));
    assert_eq!(store.opening(&wave_id()).unwrap().as_deref(), Some(&b"record"[..]));
}

#[test]
fn the_publication_keeps_the_holders_signature_and_takes_away_what_waited() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    store.hand_in(&wave_id(), b"record", &handed_in("one")).unwrap();
    let published = StoredRelease { holder_signature: Some(vec![7; 64]), ..release("one") };
    store.publish_release(&wave_id(), &published).unwrap();
    assert_eq!(store.handed_in(&wave_id()).unwrap(), None);
    assert_eq!(store.release(&wave_id()).unwrap(), Some(published));
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("one")).unwrap(), Transition::AlreadyDone);
    let differs = Err(ResponsesError::Differs { wave: wave_id(), what: "result of the key holder" });
    assert_eq!(store.hand_in(&wave_id(), b"record", &handed_in("two")), differs);
}
