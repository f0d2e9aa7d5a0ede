//! The promise log on real databases: only added to, one entry per act however often it is repeated, and every change of it found.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use domain::roster::Roster;
use domain::{Clock, DatedEvent, ManualClock, Moment, ReorgEvent};
use identity::{
    AccountChange, Actor, Broken, CardKind, Identity, NewAccount, PasswordParams, PromiseEvent, Role, TeamChange, read_promise_log,
    write_promise_log,
};
use secrecy::SecretString;
use serde_json::json;
use storage::{Database, Engine, StorageError, on_each};
use test_postgres::Home;

use crate::cards;
use crate::{KEY_FOLDER, START, key, publish, random, snapshot, store, team, wave_id};

/// A store in which somebody called `hr` acts, by a clock that stands still.
fn acting() -> (Home, Identity) {
    let (home, store) = store();
    (home, by(&store, Actor::Account("hr".to_owned())))
}

fn by(store: &Identity, actor: Actor) -> Identity {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(START));
    store.acting(actor, clock)
}

fn events(store: &Identity) -> Vec<PromiseEvent> {
    let log = store.promise_log().unwrap();
    assert_eq!(log.broken, None);
    log.entries.iter().map(|entry| entry.known_event().unwrap()).collect()
}

fn exported() -> PromiseEvent {
    PromiseEvent::Exported { round: wave_id(), file: "csv".to_owned() }
}

/// What somebody does who reaches the database past the program.
fn past_the_program(home: &Home, sql: &str) -> Result<(), StorageError> {
    Database::open(&home.url()).unwrap().write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| c.batch_execute(sql))?))
}

#[test]
fn the_life_of_a_round_stands_in_the_log_once_however_often_its_steps_are_repeated() {
    let (_home, store) = acting();
    let steps = || {
        store.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER).ok();
        store.finish_launch(&wave_id(), &key(), &[5; 32], START, &mut random()).ok();
        store.begin_close(&wave_id(), START).ok();
        store.finish_close(&wave_id(), START, &mut random()).ok();
        store.mark_opened(&wave_id(), START).ok();
        store.mark_published(&wave_id(), START).ok();
    };
    store.create_wave(&wave_id(), &json!({"k": 5})).unwrap();
    steps();
    steps();
    let round = wave_id();
    let events = events(&store);
    assert!(
        matches!(&events[0], PromiseEvent::DraftSet { round: of, settings } if *of == round && settings.len() == 64),
        "{:?}",
        events[0]
    );
    assert_eq!(
        events[1..],
        [
            PromiseEvent::Launched { round: round.clone(), promise_sheet: "05".repeat(32) },
            PromiseEvent::AnsweringEnded { round: round.clone() },
            PromiseEvent::BoxShut { round: round.clone() },
            PromiseEvent::Opened { round: round.clone() },
            PromiseEvent::Published { round },
        ]
    );
    let log = store.promise_log().unwrap();
    assert!(log.entries.iter().all(|entry| entry.known_actor() == Some(Actor::Account("hr".to_owned())) && entry.at == START));
    assert_eq!(log.head(), store.promise_log_head().unwrap());
}

#[test]
fn an_abort_is_recorded_when_it_is_decided_and_when_it_is_done() {
    let (_home, store) = acting();
    store.create_wave(&wave_id(), &json!({})).unwrap();
    store.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER).unwrap();
    for _ in 0..2 {
        store.request_abort(&wave_id(), "The wrong staff list was used.").unwrap();
        by(&store, Actor::Installation).mark_aborted(&wave_id(), START, &mut random()).unwrap();
    }
    let round = wave_id();
    assert_eq!(
        events(&store)[1..],
        [PromiseEvent::AbortDecided { round: round.clone() }, PromiseEvent::Aborted { round, key_lost: false }]
    );
    let log = store.promise_log().unwrap();
    assert_eq!(log.entries.last().unwrap().known_actor(), Some(Actor::Installation));
    assert!(!write_promise_log(&log.entries).contains("wrong staff list"), "the reason stands with the round");
}

#[test]
fn a_refused_act_leaves_no_entry_and_no_person_of_the_staff_list_is_ever_named() {
    let (_home, store) = acting();
    store.import_roster(&Roster::default()).unwrap();
    let mut roster = Roster::default();
    let person = domain::roster::Person {
        id: crate::person(1),
        name: "Ada Lovelace".to_owned(),
        mail: "ada@example.org".to_owned(),
        team: None,
        language: crate::language(),
    };
    roster.people.insert(person.id.clone(), person);
    store.import_roster(&roster).unwrap();
    store.import_roster(&roster).unwrap();
    let password = PasswordParams { memory_kib: 8, passes: 1, lanes: 1 };
    let password = password.hash(&SecretString::from("a password of some length"), &mut random()).unwrap();
    let account = |login: &str, role| NewAccount::with_password(login, role, password.clone());
    store.create_account(&account("HR", Role::Hr), &mut rand::rng()).unwrap();
    assert!(store.create_account(&account("hr", Role::Hr), &mut rand::rng()).is_err());
    let leader = account("ada.lovelace", Role::Leader).of_person(crate::person(1));
    let leader = store.create_account(&leader, &mut rand::rng()).unwrap();
    store.disable_account(leader, true).unwrap();
    assert!(store.begin_close(&wave_id(), START).is_err());
    assert_eq!(
        events(&store),
        [
            PromiseEvent::StaffListImported { joined: 1, left: 0, changed: 0, teams: 0 },
            PromiseEvent::AccountMade { role: "hr".to_owned(), login: Some("hr".to_owned()) },
            PromiseEvent::AccountMade { role: "leader".to_owned(), login: None },
            PromiseEvent::AccountChanged { role: "leader".to_owned(), login: None, before: None, change: AccountChange::Disabled },
        ]
    );
    let written = write_promise_log(&store.promise_log().unwrap().entries).to_lowercase();
    assert!(!written.contains("ada") && !written.contains("p-001"), "{written}");
}

#[test]
fn links_roles_and_second_factors_are_recorded_with_who_did_it_and_without_the_names_of_leaders() {
    let (_home, store) = acting();
    let new = |login: &str, role| NewAccount { login: login.to_owned(), role, password_hash: None, person: None, unit: None };
    let password = PasswordParams { memory_kib: 8, passes: 1, lanes: 1 };
    let password = password.hash(&SecretString::from("a password of some length"), &mut random()).unwrap();
    let end = START.plus(std::time::Duration::from_secs(60));
    let id = store.create_account(&new("works-council", Role::KeyHolder), &mut rand::rng()).unwrap();
    store.make_account_link(id, &[1; 32], end).unwrap();
    assert!(store.use_account_link(&[1; 32], &password, START).unwrap());
    assert!(!store.use_account_link(&[1; 32], &password, START).unwrap(), "and a link that is used up leaves no entry");
    store.make_account_link(id, &[2; 32], end).unwrap();
    store.remove_second_factor(id).unwrap();
    store.change_role(id, Role::Hr, None, None).unwrap();
    store.change_role(id, Role::Leader, Some(&crate::person(1)), None).unwrap();
    assert!(store.use_account_link(&[2; 32], &password, START).unwrap());
    let change = |role: &str, login: Option<&str>, before: Option<&str>, change| PromiseEvent::AccountChanged {
        role: role.to_owned(),
        login: login.map(str::to_owned),
        before: before.map(str::to_owned),
        change,
    };
    let holder = |what| change("key-holder", Some("works-council"), None, what);
    let hr = Actor::Account("hr".to_owned());
    let expected = [
        (hr.clone(), PromiseEvent::AccountMade { role: "key-holder".to_owned(), login: Some("works-council".to_owned()) }),
        (hr.clone(), holder(AccountChange::InvitationMade)),
        (Actor::Account("works-council".to_owned()), holder(AccountChange::LinkUsed)),
        (hr.clone(), holder(AccountChange::ResetLinkMade)),
        (hr.clone(), holder(AccountChange::SecondFactorRemoved)),
        (hr.clone(), change("hr", Some("works-council"), Some("key-holder"), AccountChange::Role)),
        (hr, change("leader", None, Some("hr"), AccountChange::Role)),
        (Actor::Leader, change("leader", None, None, AccountChange::LinkUsed)),
    ];
    let log = store.promise_log().unwrap();
    let found: Vec<_> = log.entries.iter().map(|entry| (entry.known_actor().unwrap(), entry.known_event().unwrap())).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_can_be_done_only_once_has_one_entry_and_what_can_be_repeated_has_one_each_time() {
    let (_home, store) = acting();
    let once = PromiseEvent::ObjectionsAnswered { round: wave_id(), objections: 2 };
    for _ in 0..3 {
        store.record_once(&once).unwrap();
        store.record(&exported()).unwrap();
    }
    assert_eq!(events(&store), [once, exported(), exported(), exported()]);
}

#[test]
fn entries_are_neither_changed_nor_deleted_nor_replaced_even_past_the_program() {
    let (home, store) = acting();
    store.record(&exported()).unwrap();
    store.record(&exported()).unwrap();
    let before = store.promise_log().unwrap();
    for sql in [
        "UPDATE promise_log SET actor = '\"installation\"' WHERE number = 1",
        "UPDATE promise_log SET number = 7 WHERE number = 2",
        "DELETE FROM promise_log WHERE number = 2",
        "DELETE FROM promise_log",
    ] {
        assert!(past_the_program(&home, sql).unwrap_err().to_string().contains("only ever added to"), "{sql}");
    }
    let engine = Database::open(&home.url()).unwrap().engine();
    let others = match engine {
        Engine::Sqlite => {
            "INSERT OR REPLACE INTO promise_log SELECT 1, at, '\"leader\"', event, previous, fingerprint FROM promise_log WHERE number = 1"
        }
        Engine::Postgres => "TRUNCATE promise_log",
    };
    assert!(past_the_program(&home, others).unwrap_err().to_string().contains("only ever added to"));
    assert_eq!(store.promise_log().unwrap(), before);
}

#[test]
fn who_takes_the_triggers_away_and_changes_an_entry_is_found_by_the_chain() {
    let (home, store) = acting();
    for _ in 0..3 {
        store.record(&exported()).unwrap();
    }
    let noted = store.promise_log_head().unwrap().unwrap().1;
    let on_table = if Database::open(&home.url()).unwrap().engine() == Engine::Postgres { " ON promise_log" } else { "" };
    past_the_program(
        &home,
        &format!("DROP TRIGGER promise_log_is_not_changed{on_table}; UPDATE promise_log SET actor = '\"leader\"' WHERE number = 2"),
    )
    .unwrap();
    let log = store.promise_log().unwrap();
    assert_eq!((log.entries.len(), log.broken.clone()), (1, Some(Broken::Changed { number: 2 })));
    assert!(log.stood_at(&noted).is_none(), "what was noted is no longer there");
}

#[test]
fn a_log_that_was_cut_off_is_found_by_whoever_noted_its_last_fingerprint() {
    let (_home, store) = acting();
    store.create_wave(&wave_id(), &json!({})).unwrap();
    store.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER).unwrap();
    store.finish_launch(&wave_id(), &key(), &[5; 32], START, &mut random()).unwrap();
    publish(&store, &wave_id(), START);
    let whole = store.promise_log().unwrap();
    let file = write_promise_log(&whole.entries);
    assert_eq!(read_promise_log(&file).unwrap(), whole.entries);
    let cut: String = file.lines().take(3).map(|line| format!("{line}\n")).collect();
    let cut = read_promise_log(&cut).unwrap();
    let head = whole.head().unwrap().1;
    assert!(whole.stood_at(&head).is_some() && cut.iter().all(|entry| entry.fingerprint != head));
}

#[test]
fn made_cards_and_what_happened_to_teams_stand_in_the_log_by_numbers_and_kinds_alone() {
    let (_home, store) = cards::running();
    let store = by(&store, Actor::Account("hr".to_owned()));
    let before = events(&store).len();
    let dated = |from: &str, to: &str| DatedEvent { on: START.day(), event: ReorgEvent::Rename { from: team(from), to: team(to) } };
    cards::make(&store, CardKind::Unnamed, &[2, 3]).unwrap();
    cards::make(&store, CardKind::Unnamed, &[2, 3]).unwrap_err();
    store.record_event(&dated("Web", "Net"), START, Moment::day).unwrap();
    store.record_event(&dated("Nobody", "Net"), START, Moment::day).unwrap_err();
    store.withdraw_event(1).unwrap();
    store.withdraw_event(1).unwrap_err();
    let renamed = |withdrawn| PromiseEvent::TeamsChanged { change: TeamChange::Renamed, withdrawn };
    assert_eq!(events(&store)[before..], [PromiseEvent::CardsMade { round: wave_id(), cards: 2 }, renamed(false), renamed(true)]);
    let log = store.promise_log().unwrap();
    let written = write_promise_log(&log.entries);
    assert!(written.contains("cards-made") && !written.contains("Web") && !written.contains("Net"), "{written}");
}
