//! The life of a wave on the ballot side: each step once, in order, and repeatable.

use domain::Gate;
use responses::{Redeemed, Responses, ResponsesError, Transition};
use secrecy::ExposeSecret;

use crate::{ballot, board, later_wave, new_wave, seed, store, wave_id};

#[test]
fn a_wave_is_served_exactly_as_it_was_launched() {
    let (home, store) = store();
    let new = new_wave(&wave_id());
    assert_eq!(store.launch(&new).unwrap(), Transition::Done);
    drop(store);
    let store = Responses::connect(&home.url()).unwrap();
    assert!(store.pending_migrations().unwrap().is_empty());
    let served = store.wave(&wave_id()).unwrap().unwrap();
    assert_eq!(served.gate, Gate::Open);
    assert_eq!((served.manifest, served.groups, served.instrument), (new.manifest, new.groups, new.instrument));
    assert_eq!((served.client, served.board), (new.client, None));
    assert_eq!(store.credential_key(&wave_id()).unwrap().unwrap().expose_secret(), seed("credential key", 0));
    assert_eq!(store.board_key(&wave_id()).unwrap().unwrap().expose_secret(), seed("board key", 0));
    assert_eq!(store.waves().unwrap(), [(wave_id(), Gate::Open)]);
    assert!(store.wave(&later_wave()).unwrap().is_none() && store.credential_key(&later_wave()).unwrap().is_none());
    store.integrity_check().unwrap();
}

#[test]
fn launching_again_keeps_the_first_keys_and_another_manifest_is_refused() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let mut again = new_wave(&wave_id());
    again.credential_key = vec![1_u8; 32].into();
    assert_eq!(store.launch(&again).unwrap(), Transition::AlreadyDone);
    assert_eq!(store.credential_key(&wave_id()).unwrap().unwrap().expose_secret(), seed("credential key", 0));
    again.manifest.push(b' ');
    assert_eq!(store.launch(&again), Err(ResponsesError::Differs { wave: wave_id(), what: "manifest" }));
}

#[test]
fn a_wave_begins_only_after_the_ballots_of_the_one_before_are_destroyed() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    let refused = Err(ResponsesError::AnotherWave { wave: later_wave(), other: wave_id() });
    assert_eq!(store.launch(&new_wave(&later_wave())), refused);
    store.shut(&wave_id(), board).unwrap();
    assert_eq!(store.launch(&new_wave(&later_wave())), refused);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(store.launch(&new_wave(&later_wave())).unwrap(), Transition::Done);
    assert_eq!(store.redeem(&later_wave(), &ballot(1)).unwrap(), Redeemed::New);
    assert_eq!(store.waves().unwrap(), [(wave_id(), Gate::Done), (later_wave(), Gate::Open)]);
    // Repeating the end of the earlier wave must not touch the ballots of the running one.
    assert_eq!(store.destroy_ballots(&wave_id()).unwrap(), Transition::AlreadyDone);
    assert_eq!(store.spent().unwrap(), 1);
}

#[test]
fn the_board_is_made_once_from_all_ballots_in_the_order_of_their_numbers() {
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    for number in 0..5 {
        store.redeem(&wave_id(), &ballot(number)).unwrap();
    }
    assert_eq!(store.shut(&wave_id(), board).unwrap(), Transition::Done);
    let mut numbers: Vec<[u8; 32]> = (0..5).map(|n| ballot(n).nonce).collect();
    numbers.sort_unstable();
    let expected = Some(numbers.concat());
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().board, expected);
    let again = store.shut(&wave_id(), |_| -> Result<Vec<u8>, ResponsesError> { panic!("the board is made once") });
    assert_eq!(again.unwrap(), Transition::AlreadyDone);
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().board, expected);
    assert_eq!(store.ballots(None, 100).unwrap().len(), 5);
    store.integrity_check().unwrap();
}

#[test]
fn a_board_that_cannot_be_made_leaves_the_box_open() {
    #[derive(Debug)]
    struct NoBoard;
    impl From<ResponsesError> for NoBoard {
        fn from(error: ResponsesError) -> Self {
            panic!("{error}")
        }
    }
    let (_folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), |_| Err(NoBoard)).unwrap_err();
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().gate, Gate::Open);
    assert_eq!(store.redeem(&wave_id(), &ballot(1)).unwrap(), Redeemed::New);
}

#[test]
fn shutting_is_refused_once_the_ballots_are_destroyed_and_for_an_unknown_wave() {
    let (_folder, store) = store();
    assert_eq!(store.shut(&wave_id(), board), Err(ResponsesError::UnknownWave { wave: wave_id() }));
    store.launch(&new_wave(&wave_id())).unwrap();
    assert_eq!(store.destroy_ballots(&wave_id()).unwrap(), Transition::Done);
    let refused = store.shut(&wave_id(), board).unwrap_err();
    assert_eq!(refused, ResponsesError::GateRefused { wave: wave_id(), gate: Gate::Done, wanted: Gate::Open });
    assert!(refused.to_string().contains("destroyed"), "{refused}");
}

#[test]
fn a_wave_that_never_came_here_has_nothing_to_destroy() {
    let (_folder, store) = store();
    assert_eq!(store.destroy_ballots(&wave_id()).unwrap(), Transition::AlreadyDone);
}

#[test]
fn destruction_clears_the_keys_but_keeps_what_was_promised_and_the_program_that_checks_it() {
    let (_folder, store) = store();
    let new = new_wave(&wave_id());
    store.launch(&new).unwrap();
    store.shut(&wave_id(), board).unwrap();
    store.destroy_ballots(&wave_id()).unwrap();
    let served = store.wave(&wave_id()).unwrap().unwrap();
    assert_eq!((served.gate, served.client), (Gate::Done, new.client));
    assert_eq!((served.manifest, served.groups, served.instrument), (new.manifest, new.groups, new.instrument));
    assert!(served.board.is_some());
    assert!(store.credential_key(&wave_id()).unwrap().is_none() && store.board_key(&wave_id()).unwrap().is_none());
}

#[test]
fn a_server_goes_on_while_a_command_ends_one_wave_and_begins_the_next() {
    let (home, server) = store();
    server.launch(&new_wave(&wave_id())).unwrap();
    assert_eq!(server.redeem(&wave_id(), &ballot(1)).unwrap(), Redeemed::New);
    let command = Responses::connect(&home.url()).unwrap();
    command.shut(&wave_id(), board).unwrap();
    assert_eq!(server.redeem(&wave_id(), &ballot(2)).unwrap(), Redeemed::GateClosed);
    assert_eq!(server.ballots(None, 100).unwrap(), [ballot(1)]);
    command.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(server.spent().unwrap(), 0);
    command.launch(&new_wave(&later_wave())).unwrap();
    assert_eq!(server.redeem(&later_wave(), &ballot(3)).unwrap(), Redeemed::New);
    assert_eq!(command.ballots(None, 100).unwrap(), [ballot(3)]);
}
