//! Copies of the people side, put back into either engine.

use std::convert::Infallible;

use domain::WaveId;
use identity::{Actor, AfterRestore, CopyProblem, Identity, Issued, NewAccount, NotRestored, PeopleOrders, PromiseEvent, Role, SecretKind};
use secrecy::ExposeSecret;
use test_postgres::{Engine, Home, engine};

use super::{KEY, START, answer, hash, key, later_wave, mint, random, running, wave_id};

const PAIR: [u8; 16] = [4; 16];

fn copy(store: &Identity) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.write_copy(&mut bytes, PAIR).unwrap();
    bytes
}

fn orders(no_new_answers: Option<WaveId>) -> PeopleOrders {
    let event = PromiseEvent::CopyRestored {
        sides: "people".to_owned(),
        round: Some(wave_id()),
        then: Some(AfterRestore::NoNewAnswers),
        lost: Some(0),
    };
    PeopleOrders { no_new_answers, credential_key: Some((wave_id(), key())), event }
}

fn empty(engine: Engine) -> (Home, Identity) {
    let home = Home::on(engine, "identity.db");
    let store = Identity::connect(&home.url()).unwrap();
    (home, store.acting(Actor::Installation, std::sync::Arc::new(domain::ManualClock::at(START))))
}

fn put_back(store: &Identity, bytes: &[u8], orders: impl Fn() -> PeopleOrders) -> Result<(u32, u32), CopyProblem> {
    let told = store.restore(&mut &*bytes, |side| {
        let unfinished = side.unfinished.as_ref().unwrap();
        let counts = (unfinished.invited.values().sum(), unfinished.issued.values().sum());
        Ok::<_, Infallible>((orders(), counts))
    });
    told.map_err(|failure| match failure {
        NotRestored::Copy(problem) => problem,
        NotRestored::Caller(never) => match never {},
    })
}

/// A running wave with people who have answered, mails that wait, an account, a draft and a log.
fn scene() -> (Home, Identity) {
    let (home, store) = running();
    answer(&store, 1);
    answer(&store, 7);
    assert!(mint(&store, SecretKind::Link, 2, hash(b'l', 2)));
    assert!(mint(&store, SecretKind::Unsubscribe, 2, hash(b'u', 2)));
    store.create_wave(&later_wave(), &serde_json::json!({ "b": [1, null, "ä"], "a": { "z": true, "k": 2 } })).unwrap();
    let account = NewAccount { login: "hr".to_owned(), role: Role::Hr, password_hash: None, person: None, unit: None };
    store.create_account(&account, &mut random()).unwrap();
    (home, store)
}

#[test]
fn a_copy_put_back_into_either_engine_is_the_same_and_lets_nobody_begin_an_answer() {
    let (_home, store) = scene();
    let bytes = copy(&store);
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(!holds(&KEY), "the credential key is on the ballot side");
    assert!(holds(&hash(b'l', 2)), "the search itself must find what is there");
    // What the original is once the same was done to it.
    store.follow_restore(&orders(Some(wave_id()))).unwrap();
    let expected = Identity::check_copy(&mut &*copy(&store)).unwrap().content;
    let mut engines = vec![Engine::Sqlite, engine()];
    engines.dedup();
    for engine in engines {
        let (_home, fresh) = empty(engine);
        assert_eq!(put_back(&fresh, &bytes, || orders(Some(wave_id()))).unwrap(), (10, 2));
        assert_eq!(Identity::check_copy(&mut &*copy(&fresh)).unwrap().content, expected, "{engine:?}");
        assert_eq!(fresh.credential_key(&wave_id()).unwrap().unwrap().expose_secret(), KEY);
        fresh.integrity_check().unwrap();
        assert_eq!(fresh.promise_log().unwrap().broken, None);
        assert_eq!(fresh.jobs_waiting().unwrap(), 0, "invitations and reminders are dropped");
        let issue = |number: u32, blinded: u32| {
            fresh.issue(&wave_id(), &hash(b'l', number), &hash(b'b', blinded), |_, group| Ok::<_, Infallible>(group)).unwrap()
        };
        assert_eq!(issue(2, 2), Issued::NotRunning);
        assert!(matches!(issue(1, 1), Issued::Again { .. }), "an answer that was begun is not begun anew");
        assert_eq!(issue(1, 9), Issued::AlreadyUsed);
        assert!(!fresh.leaf_lookup(&wave_id(), &hash(b'l', 2)).unwrap().unwrap().open);
        // From there into the engine of this run, as a move from one to the other would.
        let (_home, moved) = empty(test_postgres::engine());
        put_back(&moved, &copy(&fresh), || orders(Some(wave_id()))).unwrap();
        fresh.follow_restore(&orders(Some(wave_id()))).unwrap();
        let contents = [&moved, &fresh].map(|store| Identity::check_copy(&mut &*copy(store)).unwrap().content);
        assert_eq!(contents[0], contents[1], "{engine:?}");
        // Nothing is written over.
        let refused = put_back(&fresh, &bytes, || orders(None)).unwrap_err();
        assert!(matches!(&refused, CopyProblem::NotEmpty(found) if found.contains("wave has 2 rows")), "{refused}");
    }
}

#[test]
fn a_restore_that_is_refused_or_breaks_off_changes_nothing() {
    let (_home, store) = scene();
    let bytes = copy(&store);
    let (_home, fresh) = empty(engine());
    let untouched = || fresh.pending_migrations().unwrap().len();
    let before = untouched();
    let refused = fresh.restore(&mut &*bytes, |_| Err::<(PeopleOrders, ()), _>("no"));
    assert!(matches!(refused, Err(NotRestored::Caller("no"))));
    assert_eq!(untouched(), before);
    for cut in [bytes.len() - 1, bytes.len() / 2] {
        assert!(matches!(put_back(&fresh, &bytes[..cut], || orders(None)), Err(CopyProblem::CutOff)));
        assert_eq!(untouched(), before);
    }
    let mut altered = bytes.clone();
    let place = bytes.windows(8).position(|window| window == b"Person 3").unwrap();
    altered[place + 7] = b'4';
    assert!(matches!(put_back(&fresh, &altered, || orders(None)), Err(CopyProblem::Altered(_))));
    assert_eq!(untouched(), before);
    // A structure that is there and empty is filled as well.
    fresh.migrate().unwrap();
    put_back(&fresh, &bytes, || orders(None)).unwrap();
    let (id, issued) = (wave_id(), hash(b'b', 2));
    let goes_on = fresh.issue(&id, &hash(b'l', 2), &issued, |_, group| Ok::<_, Infallible>(group)).unwrap();
    assert!(matches!(goes_on, Issued::New { .. }), "the positive control: without the order people can begin");
}
