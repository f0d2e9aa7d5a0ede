//! Issuing: one credential per person, the same answer for the same request.

use std::convert::Infallible;
use std::thread;

use domain::GroupId;
use identity::{Identity, IdentityError, IssueError, Issued, LinkStanding, SecretKind, Totals};
use secrecy::SecretSlice;

use crate::{START, answer, hash, later_wave, launching, mint, running, wave_id};

fn evaluate(_: &SecretSlice<u8>, group: GroupId) -> Result<u32, Infallible> {
    Ok(group.0 * 100)
}

#[test]
fn the_same_request_gets_the_same_answer_and_another_element_is_refused() {
    let (_folder, store) = running();
    let [first, second] = [hash(b'l', 1), hash(b'l', 2)];
    // Two links of one person: an invitation and a reminder.
    assert!(mint(&store, SecretKind::Link, 5, first));
    assert!(mint(&store, SecretKind::Link, 5, second));
    let [blind, other] = [hash(b'b', 1), hash(b'b', 2)];
    assert_eq!(store.leaf_lookup(&wave_id(), &first).unwrap(), Some(LinkStanding { group: GroupId(1), used: false, open: true }));
    assert_eq!(store.issue(&wave_id(), &first, &blind, evaluate).unwrap(), Issued::New { group: GroupId(1), evaluation: 100 });
    for link in [&first, &second] {
        assert_eq!(store.issue(&wave_id(), link, &blind, evaluate).unwrap(), Issued::Again { group: GroupId(1), evaluation: 100 });
        assert_eq!(store.issue(&wave_id(), link, &other, evaluate).unwrap(), Issued::AlreadyUsed);
        assert_eq!(store.leaf_lookup(&wave_id(), link).unwrap(), Some(LinkStanding { group: GroupId(1), used: true, open: true }));
    }
    assert_eq!(store.totals(&wave_id()).unwrap(), Totals { invited: 10, issued: 1 });
    assert_eq!(store.issued_by_group(&wave_id()).unwrap(), [0, 1]);
}

#[test]
fn an_unknown_link_and_a_link_of_another_wave_are_not_known() {
    let (_folder, store) = running();
    assert_eq!(store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', 1), evaluate).unwrap(), Issued::UnknownLink);
    assert_eq!(store.leaf_lookup(&wave_id(), &hash(b'l', 1)).unwrap(), None);
    assert!(mint(&store, SecretKind::Link, 5, hash(b'l', 1)));
    assert_eq!(store.leaf_lookup(&later_wave(), &hash(b'l', 1)).unwrap(), None);
    let unknown = store.issue(&later_wave(), &hash(b'l', 1), &hash(b'b', 1), evaluate);
    assert_eq!(unknown, Err(IssueError::Identity(IdentityError::UnknownWave { wave: later_wave() })));
}

#[test]
fn an_element_that_cannot_be_evaluated_uses_nothing_up() {
    let (_folder, store) = running();
    assert!(mint(&store, SecretKind::Link, 5, hash(b'l', 1)));
    let failed = store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', 1), |_, _| Err::<u32, _>("not a point"));
    assert_eq!(failed, Err(IssueError::Evaluation("not a point")));
    assert_eq!(store.totals(&wave_id()).unwrap().issued, 0);
    assert!(matches!(store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', 2), evaluate).unwrap(), Issued::New { .. }));
}

#[test]
fn of_many_requests_at_once_for_one_person_exactly_one_element_wins() {
    let (home, store) = running();
    let other = Identity::connect(&home.url()).unwrap();
    assert!(mint(&store, SecretKind::Link, 5, hash(b'l', 1)));
    let outcomes: Vec<Issued<u32>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                let store = if worker % 2 == 0 { &store } else { &other };
                scope.spawn(move || store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', worker), evaluate).unwrap())
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|o| matches!(o, Issued::New { .. })).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| matches!(o, Issued::AlreadyUsed)).count(), 7);
}

#[test]
fn nothing_is_issued_before_the_start_after_the_close_or_once_an_abort_is_decided() {
    let issue = |store: &Identity| store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', 1), evaluate).unwrap();
    let (_folder, store) = launching();
    assert_eq!(issue(&store), Issued::NotRunning);
    let (_folder, store) = running();
    answer(&store, 1);
    store.begin_close(&wave_id(), START).unwrap();
    assert!(matches!(issue(&store), Issued::Again { .. }), "an answer that was lost on its way is given again in the grace");
    assert_eq!(store.issue(&wave_id(), &hash(b'l', 1), &hash(b'b', 2), evaluate).unwrap(), Issued::AlreadyUsed);
    store.finish_close(&wave_id(), START, &mut crate::random()).unwrap();
    assert_eq!(issue(&store), Issued::NotRunning, "and never once the box is shut");
    let (_folder, store) = running();
    assert!(mint(&store, SecretKind::Link, 1, hash(b'l', 1)));
    store.begin_close(&wave_id(), START).unwrap();
    assert_eq!(issue(&store), Issued::NotRunning, "nothing new in the grace");
    let (_folder, store) = running();
    assert!(mint(&store, SecretKind::Link, 5, hash(b'l', 1)));
    store.request_abort(&wave_id(), "the wrong questions").unwrap();
    assert_eq!(issue(&store), Issued::NotRunning);
}

#[test]
fn a_status_handle_tells_its_owner_what_is_on_record() {
    let (_folder, store) = running();
    answer(&store, 3);
    let [answered, silent] = [hash(b'h', 1), hash(b'h', 2)];
    assert!(!mint(&store, SecretKind::Status, 3, answered), "no handle before the box is shut");
    store.begin_close(&wave_id(), START).unwrap();
    store.finish_close(&wave_id(), START, &mut crate::random()).unwrap();
    assert!(mint(&store, SecretKind::Status, 3, answered));
    assert!(mint(&store, SecretKind::Status, 4, silent));
    let answered_of = |handle| store.status_lookup(&wave_id(), handle).unwrap().map(|record| record.answered);
    assert_eq!(answered_of(&answered), Some(true));
    assert_eq!(answered_of(&silent), Some(false));
    assert_eq!(store.status_lookup(&wave_id(), &hash(b'h', 3)).unwrap(), None);
    assert_eq!(store.status_lookup(&later_wave(), &answered).unwrap(), None);
    assert_eq!(store.totals(&wave_id()).unwrap(), Totals { invited: 10, issued: 1 }, "the count survives the close");
    assert_eq!(store.issued_by_group(&wave_id()).unwrap(), [1, 0]);
}

#[test]
fn a_read_code_is_of_a_group_and_known_to_nobody_before_the_publication() {
    let (_folder, store) = running();
    let [one, other] = [hash(b'h', 1), hash(b'h', 2)];
    store.begin_close(&wave_id(), START).unwrap();
    store.finish_close(&wave_id(), START, &mut crate::random()).unwrap();
    assert!(mint(&store, SecretKind::Status, 3, one) && mint(&store, SecretKind::Status, 1, other));
    let code = |handle| store.status_lookup(&wave_id(), handle).unwrap().unwrap().read_code;
    store.mark_opened(&wave_id(), START).unwrap();
    store.make_read_codes(&wave_id(), &mut crate::random()).unwrap();
    assert_eq!(code(&one), None);
    store.mark_published(&wave_id(), START).unwrap();
    let made = code(&one).unwrap();
    assert_eq!(code(&other), Some(made), "the same for everybody in the group");
    let group = store.read_code_lookup(&wave_id(), &made).unwrap();
    assert!(group.is_some());
    store.make_read_codes(&wave_id(), &mut crate::random()).unwrap();
    assert_eq!(code(&one), Some(made), "asking again changes nothing");
    assert_eq!(store.read_code_lookup(&wave_id(), &[0; 16]).unwrap(), None);
    assert_eq!(store.read_code_lookup(&later_wave(), &made).unwrap(), None);
}
