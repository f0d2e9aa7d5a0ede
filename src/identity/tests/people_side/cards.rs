//! Printed cards: who gets no mail, which cards may be made, and what a card shows before and after the close.

use std::convert::Infallible;
use std::time::Duration;

use domain::GroupId;
use identity::{CardKind, Delivery, Identity, IdentityError, IssueError, Issued, NewCard, Totals};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use test_postgres::Home;

use crate::{KEY_FOLDER, START, answer, finish_launch, person, publish, random, snapshot, store, wave_id};

/// Bytes of which no part stands in another hash.
pub(crate) fn hash(what: u8, number: u32) -> [u8; 32] {
    StdRng::seed_from_u64(u64::from(what) << 32 | u64::from(number)).random()
}

/// A running wave in which 2 and 3 of group 0 and 8 and 9 of group 1 get no mail.
pub(crate) fn running() -> (Home, Identity) {
    let (folder, store) = store();
    store.create_wave(&wave_id(), &serde_json::json!({})).unwrap();
    let mut people = snapshot();
    for place in [2, 3, 8, 9] {
        people.people[place].mail.clear();
    }
    store.begin_launch(&wave_id(), &people, KEY_FOLDER).unwrap();
    finish_launch(&store, &wave_id());
    (folder, store)
}

fn cards(numbers: &[u32]) -> Vec<NewCard> {
    numbers.iter().map(|n| NewCard { person: person(*n), link: hash(b'c', *n), status: hash(b's', *n) }).collect()
}

pub(crate) fn make(store: &Identity, kind: CardKind, numbers: &[u32]) -> Result<(), IdentityError> {
    store.make_cards(&wave_id(), kind, &cards(numbers))
}

fn refused(store: &Identity, kind: CardKind, numbers: &[u32]) -> bool {
    matches!(make(store, kind, numbers), Err(IdentityError::Cards { .. }))
}

pub(crate) fn use_card(store: &Identity, number: u32) -> Issued<GroupId> {
    store.issue(&wave_id(), &hash(b'c', number), &hash(b'b', number), |_, group| Ok::<_, Infallible>(group)).unwrap()
}

pub(crate) fn close(store: &Identity) {
    store.begin_close(&wave_id(), START).unwrap();
    store.finish_close(&wave_id(), START, &mut random()).unwrap();
}

#[test]
fn people_with_cards_are_invited_and_counted_and_no_mail_of_any_kind_waits_for_them() {
    let (_folder, store) = running();
    let delivery = Delivery { invited: 10, by_card: 4, waiting: 6, ..Delivery::default() };
    assert_eq!(store.delivery(&wave_id()).unwrap(), delivery);
    assert_eq!(store.totals(&wave_id()).unwrap(), Totals { invited: 10, issued: 0 });
    let jobs = store.lease_jobs(START, 100, Duration::from_secs(60), &mut random()).unwrap();
    assert!(jobs.len() == 6 && jobs.iter().all(|job| !job.mail.is_empty()));
    for job in jobs {
        crate::end_job(&store, &job, identity::JobEnd::Done);
    }
    assert_eq!(store.queue_reminders(&wave_id(), START, Duration::ZERO, &mut random()).unwrap(), 6);
    assert_eq!(
        store.mark_returned(&identity::ReturnedMail { address: String::new(), mark: identity::AddressMark::Bounced, kind: None }).unwrap(),
        0
    );
    close(&store);
    assert_eq!(store.delivery(&wave_id()).unwrap(), delivery, "six closing mails");
}

#[test]
fn nobody_with_a_card_is_told_by_mail_of_an_abort() {
    let (_folder, store) = running();
    make(&store, CardKind::Named, &[2]).unwrap();
    store.request_abort(&wave_id(), "the wrong questions").unwrap();
    store.mark_aborted(&wave_id(), START, &mut random()).unwrap();
    assert_eq!(store.delivery(&wave_id()).unwrap().waiting, 6);
    assert_eq!(store.status_lookup(&wave_id(), &hash(b's', 2)).unwrap(), None);
}

#[test]
fn a_heap_is_made_once_and_whole_and_named_cards_can_be_made_again() {
    let (_folder, store) = running();
    assert_eq!(store.without_card(&wave_id()).unwrap(), 4);
    assert!(refused(&store, CardKind::Unnamed, &[2]), "half a heap");
    assert!(refused(&store, CardKind::Named, &[1]), "somebody who gets mail");
    assert!(refused(&store, CardKind::Named, &[2, 2]), "two cards at once");
    make(&store, CardKind::Unnamed, &[2, 3]).unwrap();
    assert!(refused(&store, CardKind::Unnamed, &[2, 3]), "a second heap");
    assert!(refused(&store, CardKind::Named, &[2]), "a name on a card of the heap");
    assert_eq!(store.without_card(&wave_id()).unwrap(), 2);

    make(&store, CardKind::Named, &[8]).unwrap();
    let again = NewCard { person: person(8), link: hash(b'C', 8), status: hash(b'S', 8) };
    store.make_cards(&wave_id(), CardKind::Named, &[again]).unwrap();
    assert!(refused(&store, CardKind::Unnamed, &[8, 9]), "a heap beside a named card");
    let made = store.cards_made(&wave_id()).unwrap();
    assert_eq!(made.into_iter().collect::<Vec<_>>(), [(GroupId(0), CardKind::Unnamed), (GroupId(1), CardKind::Named)]);
}

#[test]
fn cards_are_made_only_while_the_wave_runs() {
    let (_folder, store) = running();
    store.begin_close(&wave_id(), START).unwrap();
    assert!(matches!(make(&store, CardKind::Named, &[2]), Err(IdentityError::StateRefused { .. })));
}

#[test]
fn a_card_works_once_and_shows_nobody_before_the_close_whether_it_was_used() {
    let (_folder, store) = running();
    make(&store, CardKind::Unnamed, &[2, 3]).unwrap();
    assert_eq!(use_card(&store, 2), Issued::New { group: GroupId(0), evaluation: GroupId(0) });
    assert_eq!(use_card(&store, 2), Issued::Again { group: GroupId(0), evaluation: GroupId(0) });
    let other = store.issue(&wave_id(), &hash(b'c', 2), &hash(b'x', 2), |_, group| Ok::<_, Infallible>(group)).unwrap();
    assert_eq!(other, Issued::AlreadyUsed);
    for number in [2, 3] {
        let standing = store.leaf_lookup(&wave_id(), &hash(b'c', number)).unwrap().unwrap();
        assert!(!standing.used && standing.group == GroupId(0));
        assert_eq!(store.status_lookup(&wave_id(), &hash(b's', number)).unwrap(), None);
    }
    for number in [2, 3] {
        let broken = store.issue(&wave_id(), &hash(b'c', number), &hash(b'x', number), |_, _| Err::<GroupId, _>("no element"));
        assert_eq!(broken, Err(IssueError::Evaluation("no element")), "used or not");
    }
    answer(&store, 0);
    assert!(store.leaf_lookup(&wave_id(), &crate::hash(b'l', 0)).unwrap().unwrap().used, "a mailed link still says so");
    assert_eq!(store.totals(&wave_id()).unwrap(), Totals { invited: 10, issued: 2 });
}

#[test]
fn after_the_close_a_card_shows_whether_it_was_used_and_lets_nobody_answer() {
    let (_folder, store) = running();
    make(&store, CardKind::Unnamed, &[2, 3]).unwrap();
    make(&store, CardKind::Named, &[8, 9]).unwrap();
    use_card(&store, 3);
    use_card(&store, 9);
    close(&store);
    assert_eq!(use_card(&store, 2), Issued::NotRunning);
    let shown =
        |store: &Identity| [2, 3, 8, 9].map(|n| store.status_lookup(&wave_id(), &hash(b's', n)).unwrap().map(|record| record.answered));
    assert_eq!(shown(&store), [Some(false), Some(true), Some(false), Some(true)]);
    assert!(store.cards_made(&wave_id()).unwrap().is_empty());
}

#[test]
fn a_card_still_shows_its_status_after_the_publication() {
    let (_folder, store) = running();
    make(&store, CardKind::Named, &[8]).unwrap();
    publish(&store, &wave_id(), START);
    assert_eq!(store.status_lookup(&wave_id(), &hash(b's', 8)).unwrap().map(|record| record.answered), Some(false));
}
