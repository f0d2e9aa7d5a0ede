//! The life of a wave on the people side: each step once, in order, repeatable, or refused with the state and the remedy.

use std::time::Duration;

use domain::WaveState::{self, Aborted, Closed, Closing, Draft, Launching, Opened, Published, Running};
use domain::{GroupId, WaveId};
use identity::{Identity, IdentityError, SecretKind, Snapshot, Transition};
use secrecy::ExposeSecret;
use serde_json::json;
use test_postgres::Home;

use crate::{
    KEY, KEY_FOLDER, START, answer, finish_launch, key, later_wave, launching, mint, person, publish, random, random_of, running, snapshot,
    store, team, wave_id,
};

type Step = fn(&Identity) -> Result<Transition, IdentityError>;

/// Every step with the state it needs and the state it leads to.
const STEPS: [(Step, WaveState, WaveState); 6] = [
    (|s| s.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER), Draft, Launching),
    (|s| s.finish_launch(&wave_id(), &key(), &[5; 32], START, &mut random()), Launching, Running),
    (|s| s.begin_close(&wave_id(), START), Running, Closing),
    (|s| s.finish_close(&wave_id(), START, &mut random()), Closing, Closed),
    (|s| s.mark_opened(&wave_id(), START), Closed, Opened),
    (|s| s.mark_published(&wave_id(), START), Opened, Published),
];

/// A wave brought to a state by the steps before it.
fn in_state(state: WaveState) -> (Home, Identity) {
    let (home, store) = store();
    store.create_wave(&wave_id(), &json!({})).unwrap();
    for (step, needs, _) in STEPS {
        if needs == state {
            break;
        }
        assert_eq!(step(&store).unwrap(), Transition::Done);
    }
    assert_eq!(state_of(&store), state);
    (home, store)
}

fn state_of(store: &Identity) -> WaveState {
    store.wave(&wave_id()).unwrap().unwrap().state
}

#[test]
fn every_step_is_taken_from_its_own_state_alone_and_repeating_it_changes_nothing() {
    for state in [Draft, Launching, Running, Closing, Closed, Opened, Published] {
        for (step, wanted, target) in STEPS {
            let (_folder, store) = in_state(state);
            let before = store.wave(&wave_id()).unwrap();
            let outcome = step(&store);
            if state == wanted {
                assert_eq!(outcome.unwrap(), Transition::Done);
                assert_eq!(state_of(&store), target);
            } else if state == target {
                assert_eq!(outcome.unwrap(), Transition::AlreadyDone);
                assert_eq!(store.wave(&wave_id()).unwrap(), before);
            } else {
                let refused = outcome.unwrap_err();
                assert_eq!(refused, IdentityError::StateRefused { wave: wave_id(), state, wanted });
                assert!(refused.to_string().contains(state.as_str()) && refused.to_string().contains(": "), "{refused}");
                assert_eq!(store.wave(&wave_id()).unwrap(), before);
            }
        }
    }
}

#[test]
fn every_step_refuses_a_wave_that_does_not_exist() {
    let (_folder, store) = store();
    for (step, ..) in STEPS {
        assert_eq!(step(&store), Err(IdentityError::UnknownWave { wave: wave_id() }));
    }
    assert_eq!(store.request_abort(&wave_id(), "x"), Err(IdentityError::UnknownWave { wave: wave_id() }));
}

#[test]
fn once_an_abort_is_decided_no_other_step_is_taken() {
    for (step, wanted, target) in STEPS {
        if wanted == Draft {
            continue;
        }
        let (_folder, store) = in_state(wanted);
        assert_eq!(store.request_abort(&wave_id(), "the wrong questions").unwrap(), Transition::Done);
        assert_eq!(store.request_abort(&wave_id(), "another reason").unwrap(), Transition::AlreadyDone);
        assert_eq!(step(&store), Err(IdentityError::AbortDecided { wave: wave_id() }), "{target}");
        assert_eq!(store.mark_aborted(&wave_id(), START, &mut random()).unwrap(), Transition::Done);
        assert_eq!(store.mark_aborted(&wave_id(), START, &mut random()).unwrap(), Transition::AlreadyDone);
        let record = store.wave(&wave_id()).unwrap().unwrap();
        assert_eq!((record.state, record.aborted_at, record.abort_reason.as_deref()), (Aborted, Some(START), Some("the wrong questions")));
        assert!(store.credential_key(&wave_id()).unwrap().is_none());
        let waiting = store.jobs_waiting().unwrap();
        assert_eq!(waiting, if wanted == Launching { 0 } else { 10 }, "everybody who was invited is told, once");
        assert!(matches!(step(&store), Err(IdentityError::StateRefused { state: Aborted, .. })));
    }
}

#[test]
fn an_abort_needs_a_launched_wave_and_a_reason() {
    let (_folder, store) = in_state(Draft);
    assert!(matches!(store.request_abort(&wave_id(), "x"), Err(IdentityError::StateRefused { state: Draft, .. })));
    let (_folder, store) = in_state(Published);
    assert!(matches!(store.request_abort(&wave_id(), "x"), Err(IdentityError::StateRefused { state: Published, .. })));
    let (_folder, store) = in_state(Running);
    assert_eq!(store.mark_aborted(&wave_id(), START, &mut random()), Err(IdentityError::NoAbortReason { wave: wave_id() }));
    assert_eq!(state_of(&store), Running);
}

#[test]
fn a_draft_can_be_changed_and_thrown_away_and_a_launched_wave_cannot() {
    let (_folder, store) = store();
    store.create_wave(&wave_id(), &json!({"title": "one"})).unwrap();
    assert_eq!(store.create_wave(&wave_id(), &json!({})), Err(IdentityError::WaveExists { wave: wave_id() }));
    store.update_draft(&wave_id(), &json!({"title": "two"})).unwrap();
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().settings, json!({"title": "two"}));
    store.delete_draft(&wave_id()).unwrap();
    assert!(store.wave(&wave_id()).unwrap().is_none());
    let (_folder, store) = launching();
    let refused = IdentityError::StateRefused { wave: wave_id(), state: Launching, wanted: Draft };
    assert_eq!(store.update_draft(&wave_id(), &json!({})), Err(refused.clone()));
    assert_eq!(store.delete_draft(&wave_id()), Err(refused));
}

#[test]
fn one_wave_runs_at_a_time_and_drafts_may_wait() {
    let (_folder, store) = running();
    store.create_wave(&later_wave(), &json!({})).unwrap();
    let refused = IdentityError::AnotherWave { wave: later_wave(), other: wave_id(), state: Running };
    assert_eq!(store.begin_launch(&later_wave(), &snapshot(), KEY_FOLDER), Err(refused));
    assert_eq!(store.wave(&later_wave()).unwrap().unwrap().state, Draft, "a refused step changes nothing");
    publish(&store, &wave_id(), START);
    assert_eq!(store.begin_launch(&later_wave(), &snapshot(), KEY_FOLDER).unwrap(), Transition::Done);
    let ids: Vec<_> = store.waves().unwrap().into_iter().map(|w| w.wave).collect();
    assert_eq!(ids, [wave_id(), later_wave()]);
}

#[test]
fn waves_stand_in_the_order_of_their_launches_and_drafts_after_them() {
    let (_folder, store) = store();
    let wave = |name: &str| WaveId::parse(name).unwrap();
    for name in ["draft-a", "third", "draft-b", "never-ran", "first", "launching"] {
        store.create_wave(&wave(name), &json!({})).unwrap();
    }
    let at = |hours: u64| START.plus(Duration::from_secs(hours * 3600));
    let launched = |name: &str, hours: u64| {
        store.begin_launch(&wave(name), &snapshot(), KEY_FOLDER).unwrap();
        store.finish_launch(&wave(name), &key(), &[5; 32], at(hours), &mut random_of(&wave(name), 0)).unwrap();
    };
    launched("first", 1);
    publish(&store, &wave("first"), at(2));
    store.begin_launch(&wave("never-ran"), &snapshot(), KEY_FOLDER).unwrap();
    store.request_abort(&wave("never-ran"), "Wrong dates.").unwrap();
    store.mark_aborted(&wave("never-ran"), at(3), &mut random()).unwrap();
    launched("third", 4);
    store.request_abort(&wave("third"), "Wrong dates again.").unwrap();
    store.mark_aborted(&wave("third"), at(9), &mut random_of(&wave("third"), 1)).unwrap();
    store.begin_launch(&wave("launching"), &snapshot(), KEY_FOLDER).unwrap();
    let ids: Vec<_> = store.waves().unwrap().into_iter().map(|wave| wave.wave.to_string()).collect();
    assert_eq!(ids, ["first", "never-ran", "third", "launching", "draft-a", "draft-b"]);
}

#[test]
fn what_is_frozen_at_launch_is_what_was_given_first() {
    let (_folder, store) = launching();
    let mut other = snapshot();
    other.groups[0].label = "Other".to_owned();
    assert_eq!(store.begin_launch(&wave_id(), &other, KEY_FOLDER).unwrap(), Transition::AlreadyDone);
    assert_eq!(store.groups(&wave_id()).unwrap(), snapshot().groups);
    let mut teams = snapshot().teams;
    teams.sort_by(|a, b| a.team.cmp(&b.team));
    assert_eq!(store.teams(&wave_id()).unwrap(), teams);
    let led = |number| store.teams_led(&wave_id(), &person(number)).unwrap().into_iter().map(|t| t.team).collect::<Vec<_>>();
    assert_eq!((led(0), led(1), led(2)), (vec![team("Board"), team("Web")], vec![team("Web")], vec![]));
    let below = store.teams_below(&wave_id(), &team("Board")).unwrap();
    assert_eq!(below.into_iter().map(|t| t.team).collect::<Vec<_>>(), [team("Web")]);
    assert_eq!(store.totals(&wave_id()).unwrap().invited, 10);
}

#[test]
fn groups_that_do_not_fit_the_people_are_refused_with_the_contradiction() {
    type Spoil = fn(&mut Snapshot);
    let spoiled: [(&str, Spoil); 8] = [
        ("is said to have", |s| s.groups[0].invited = 5),
        ("calls itself", |s| s.groups.swap(0, 1)),
        ("which is not in the list", |s| s.people.push(identity::InvitedPerson { group: GroupId(2), ..s.people[0].clone() })),
        ("twice", |s| s.people[1].person = s.people[0].person.clone()),
        ("team Web stands in group", |s| s.teams[0].group = GroupId(9)),
        ("stands under Nowhere", |s| s.teams[0].above = Some(team("Nowhere"))),
        ("twice", |s| s.teams.push(s.teams[1].clone())),
        ("circle", |s| s.teams[1].above = Some(team("Web"))),
    ];
    for (expected, spoil) in spoiled {
        let (_folder, store) = in_state(Draft);
        let mut snapshot = snapshot();
        spoil(&mut snapshot);
        let refused = store.begin_launch(&wave_id(), &snapshot, KEY_FOLDER).unwrap_err();
        assert!(matches!(&refused, IdentityError::Snapshot { problem, .. } if problem.contains(expected)), "{expected}: {refused}");
        assert_eq!(state_of(&store), Draft);
        assert!(store.groups(&wave_id()).unwrap().is_empty());
    }
}

#[test]
fn moments_and_keys_are_recorded_with_their_steps() {
    let (_folder, store) = launching();
    let at = |hours: u64| START.plus(Duration::from_secs(hours * 3600));
    assert!(store.credential_key(&wave_id()).unwrap().is_none());
    store.finish_launch(&wave_id(), &key(), &[5; 32], at(1), &mut random()).unwrap();
    assert_eq!(store.credential_key(&wave_id()).unwrap().unwrap().expose_secret(), KEY);
    store.begin_close(&wave_id(), at(2)).unwrap();
    store.begin_close(&wave_id(), at(9)).unwrap();
    store.finish_close(&wave_id(), at(3), &mut random()).unwrap();
    store.mark_opened(&wave_id(), at(4)).unwrap();
    assert!(store.credential_key(&wave_id()).unwrap().is_some(), "until publication the opening must be repeatable");
    store.mark_published(&wave_id(), at(5)).unwrap();
    assert!(store.credential_key(&wave_id()).unwrap().is_none());
    let record = store.wave(&wave_id()).unwrap().unwrap();
    assert_eq!(
        [record.opens_at, record.closing_at, record.closed_at, record.opened_at, record.published_at, record.aborted_at],
        [Some(at(1)), Some(at(2)), Some(at(3)), Some(at(4)), Some(at(5)), None]
    );
    assert_eq!(record.manifest_hash, Some([5; 32]));
    store.integrity_check().unwrap();
}

#[test]
fn launching_and_closing_again_invites_and_tells_nobody_twice() {
    let (_folder, store) = launching();
    finish_launch(&store, &wave_id());
    finish_launch(&store, &wave_id());
    assert_eq!(store.jobs_waiting().unwrap(), 10);
    answer(&store, 1);
    store.begin_close(&wave_id(), START).unwrap();
    assert!(!mint(&store, SecretKind::Link, 2, [1; 32]), "no secret outlives the close");
    for _ in 0..2 {
        store.finish_close(&wave_id(), START, &mut random()).unwrap();
        assert_eq!(store.jobs_waiting().unwrap(), 10, "invitations are dropped, everybody gets one closing mail");
    }
}
