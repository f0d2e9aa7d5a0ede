//! Objections: each leaf counts once, they hold the opening, and only their number and the answer stay.

use responses::{Objected, Objections, ResponsesError, Transition};

use crate::{board, later_wave, new_wave, seed, store, wave_id};

fn counted(count: u32, answer: Option<&str>) -> Objections {
    Objections { count, answer: answer.map(str::to_owned) }
}

#[test]
fn an_objection_counts_once_for_its_leaf_and_only_between_close_and_opening() {
    let (_folder, store) = store();
    let objections = || store.wave(&wave_id()).unwrap().unwrap().objections;
    assert_eq!(store.object(&wave_id(), &seed("leaf", 1)), Err(ResponsesError::UnknownWave { wave: wave_id() }));
    store.launch(&new_wave(&wave_id())).unwrap();
    assert_eq!(store.object(&wave_id(), &seed("leaf", 1)).unwrap(), Objected::NotTaken);
    store.shut(&wave_id(), board).unwrap();
    assert_eq!(objections(), counted(0, None));
    for leaf in [1, 1, 2, 1] {
        assert_eq!(store.object(&wave_id(), &seed("leaf", leaf)).unwrap(), Objected::Counted);
    }
    assert_eq!(objections(), counted(2, None));
    store.answer_objections(&wave_id(), "Two letters were lost.").unwrap();
    assert_eq!(store.object(&wave_id(), &seed("leaf", 3)).unwrap(), Objected::Counted);
    store.record_opening(&wave_id(), b"one").unwrap();
    for leaf in [1, 4] {
        assert_eq!(store.object(&wave_id(), &seed("leaf", leaf)).unwrap(), Objected::NotTaken);
    }
    assert_eq!(objections(), counted(3, Some("Two letters were lost.")));
}

#[test]
fn no_opening_is_recorded_while_an_objection_is_not_answered_and_an_answer_never_changes() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    assert!(matches!(store.answer_objections(&wave_id(), "Too early."), Err(ResponsesError::GateRefused { .. })));
    store.shut(&wave_id(), board).unwrap();
    assert_eq!(store.answer_objections(&wave_id(), "To nobody."), Err(ResponsesError::NoObjections { wave: wave_id() }));
    store.object(&wave_id(), &seed("leaf", 1)).unwrap();
    let held = Err(ResponsesError::ObjectionsUnanswered { wave: wave_id(), count: 1 });
    assert_eq!(store.record_opening(&wave_id(), b"one"), held);
    assert_eq!(store.answer_objections(&wave_id(), "A letter was lost.").unwrap(), Transition::Done);
    assert_eq!(store.answer_objections(&wave_id(), "A letter was lost.").unwrap(), Transition::AlreadyDone);
    let differs = Err(ResponsesError::Differs { wave: wave_id(), what: "answer to the objections" });
    assert_eq!(store.answer_objections(&wave_id(), "Nothing was lost."), differs);
    assert_eq!(store.record_opening(&wave_id(), b"one").unwrap(), Transition::Done);
}

#[test]
fn with_the_ballots_the_leaves_go_and_number_and_answer_stay() {
    let (_home, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    store.object(&wave_id(), &seed("leaf", 1)).unwrap();
    store.answer_objections(&wave_id(), "A letter was lost.").unwrap();
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().objections, counted(1, Some("A letter was lost.")));
    store.launch(&new_wave(&later_wave())).unwrap();
    assert_eq!(store.wave(&later_wave()).unwrap().unwrap().objections, counted(0, None));
}
