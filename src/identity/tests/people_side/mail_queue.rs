//! The mail queue: nothing lost, nothing twice, nobody asked in vain.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use domain::Moment;
use identity::{Identity, IdentityError, Job, JobEnd, JobKind, Minted, SecretKind};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::{START, answer, end_job, hash, later_wave, launching, mint, person, random, running, wave_id};

const HOLD: Duration = Duration::from_secs(60);

fn after(seconds: u64) -> Moment {
    START.plus(Duration::from_secs(seconds))
}

fn lease(store: &Identity, now: Moment, most: u32) -> Vec<Job> {
    store.lease_jobs(now, most, HOLD, &mut StdRng::seed_from_u64(11)).unwrap()
}

fn failed(at: Moment, error: &str) -> JobEnd {
    JobEnd::TryAgain { at, error: error.to_owned() }
}

/// Sends everything that is due.
fn drain(store: &Identity, now: Moment) -> Vec<Job> {
    let jobs = lease(store, now, 1000);
    for job in &jobs {
        assert!(end_job(store, job, JobEnd::Done));
    }
    jobs
}

#[test]
fn everybody_is_invited_once_when_the_wave_opens_and_a_job_tells_whom_and_how() {
    let (_folder, store) = running();
    assert!(lease(&store, Moment::from_micros(START.micros() - 1), 100).is_empty(), "not before the wave opens");
    let jobs = drain(&store, START);
    let people: BTreeSet<_> = jobs.iter().map(|job| job.person.clone()).collect();
    assert_eq!((jobs.len(), people.len()), (10, 10));
    assert!(jobs.iter().all(|job| job.kind == JobKind::Invitation && job.wave == wave_id() && job.attempts == 1));
    let first = jobs.iter().find(|job| job.person == person(7)).unwrap();
    assert_eq!((first.name.as_str(), first.mail.as_str(), first.language.as_str(), first.group.0), ("Person 7", "p7@example.org", "en", 1));
    assert_eq!(store.jobs_waiting().unwrap(), 0, "what is done is deleted");
}

#[test]
fn the_order_of_sending_is_random() {
    let orders: BTreeSet<Vec<String>> = (0..3)
        .map(|seed| {
            let (_folder, store) = launching();
            store.finish_launch(&wave_id(), &crate::key(), &[5; 32], START, &mut StdRng::seed_from_u64(seed)).unwrap();
            drain(&store, START).into_iter().map(|job| job.person.to_string()).collect()
        })
        .collect();
    assert_eq!(orders.len(), 3);
    assert!(orders.iter().all(|order| !order.is_sorted()));
}

#[test]
fn a_job_whose_worker_died_is_taken_again_when_its_lease_ends_and_the_dead_worker_cannot_end_it() {
    let (home, store) = running();
    let [job] = lease(&store, START, 1).try_into().unwrap();
    drop(store);
    let store = Identity::connect(&home.url()).unwrap();
    assert!(lease(&store, after(59), 100).iter().all(|other| other.id != job.id), "held");
    let again = store.lease_jobs(after(60), 100, HOLD, &mut StdRng::seed_from_u64(12)).unwrap();
    let again = again.into_iter().find(|other| other.id == job.id).unwrap();
    assert_eq!((again.attempts, &again.person), (2, &job.person));
    assert!(!end_job(&store, &job, JobEnd::Done) && !end_job(&store, &job, failed(after(70), "late")), "the lease has passed on");
    assert!(end_job(&store, &again, JobEnd::Done));
    assert!(!end_job(&store, &again, JobEnd::Done));
}

#[test]
fn a_failed_job_waits_for_its_next_try() {
    let (_folder, store) = running();
    let [job] = lease(&store, START, 1).try_into().unwrap();
    assert!(end_job(&store, &job, failed(after(300), &"the mail server is away ".repeat(100))));
    assert_eq!(drain(&store, after(120)).len(), 9);
    let [again] = lease(&store, after(300), 10).try_into().unwrap();
    assert_eq!((again.id, again.attempts), (job.id, 2));
}

#[test]
fn an_attempt_that_was_nobodys_fault_does_not_count_and_many_jobs_end_in_one_step() {
    let (_folder, store) = running();
    let jobs = lease(&store, START, 3);
    let ends = [JobEnd::Done, JobEnd::NotItsFault { at: None }, JobEnd::NotItsFault { at: Some(after(40)) }];
    let ended: Vec<_> = jobs.iter().cloned().zip(ends).collect();
    assert_eq!(store.end_jobs(&ended).unwrap(), 3);
    assert_eq!(store.end_jobs(&ended).unwrap(), 0, "the leases have ended");
    let at_once = lease(&store, START, 100);
    assert_eq!(at_once.iter().find(|job| job.id == jobs[1].id).unwrap().attempts, 1);
    assert!(at_once.len() == 8 && at_once.iter().all(|job| job.id != jobs[2].id));
    let [later] = lease(&store, after(40), 100).try_into().unwrap();
    assert_eq!((later.id, later.attempts), (jobs[2].id, 1));
}

#[test]
fn secrets_of_a_batch_are_minted_in_one_step_and_none_outlives_what_it_is_for() {
    let (_folder, store) = running();
    let secrets = |letter: u8| {
        [SecretKind::Link, SecretKind::Unsubscribe, SecretKind::Status].map(|kind| Minted {
            wave: wave_id(),
            person: person(5),
            kind,
            hash: hash(letter, kind as u32),
        })
    };
    assert_eq!(store.mint(&secrets(b'a')).unwrap(), [true, true, false]);
    assert!(store.unsubscribe(&hash(b'a', SecretKind::Unsubscribe as u32)).unwrap());
    store.begin_close(&wave_id(), START).unwrap();
    assert_eq!(store.mint(&secrets(b'b')).unwrap(), [false, false, false]);
    store.finish_close(&wave_id(), after(200), &mut random()).unwrap();
    assert_eq!(store.mint(&secrets(b'c')).unwrap(), [false, false, true]);
    assert_eq!(store.status_lookup(&wave_id(), &hash(b'c', SecretKind::Status as u32)).unwrap().map(|record| record.answered), Some(false));
    let unknown = Minted { wave: later_wave(), person: person(5), kind: SecretKind::Link, hash: [1; 32] };
    assert!(matches!(store.mint(&[unknown]), Err(IdentityError::UnknownWave { .. })));
}

#[test]
fn two_workers_never_hold_one_job() {
    let (home, store) = running();
    let other = Identity::connect(&home.url()).unwrap();
    let held: Vec<Job> = thread::scope(|scope| {
        let workers: Vec<_> = (0..6_u64)
            .map(|worker| {
                let store = if worker % 2 == 0 { &store } else { &other };
                scope.spawn(move || {
                    let mut random = StdRng::seed_from_u64(worker);
                    (0..4).flat_map(|_| store.lease_jobs(START, 1, HOLD, &mut random).unwrap()).collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let distinct: BTreeSet<_> = held.iter().map(|job| job.id).collect();
    assert_eq!((held.len(), distinct.len()), (10, 10));
}

#[test]
fn reminders_go_to_whoever_has_neither_answered_nor_asked_for_silence_nor_a_mail_waiting() {
    let (_folder, store) = running();
    let spread = Duration::from_secs(600);
    assert_eq!(store.queue_reminders(&wave_id(), after(10), spread, &mut random()).unwrap(), 0, "all invitations are still waiting");
    drain(&store, START);
    answer(&store, 1);
    answer(&store, 2);
    assert!(mint(&store, SecretKind::Unsubscribe, 3, hash(b'u', 3)));
    assert!(store.unsubscribe(&hash(b'u', 3)).unwrap() && store.unsubscribe(&hash(b'u', 3)).unwrap());
    assert!(!store.unsubscribe(&hash(b'u', 4)).unwrap());
    assert_eq!(store.queue_reminders(&wave_id(), after(10), spread, &mut random()).unwrap(), 7);
    assert_eq!(store.queue_reminders(&wave_id(), after(10), spread, &mut random()).unwrap(), 0, "one at a time");
    assert!(lease(&store, after(9), 100).is_empty());
    let some = lease(&store, after(300), 100).len();
    assert!(some > 0 && some < 7, "they are spread: {some}");
    let jobs = drain(&store, after(610 + 60));
    assert!(jobs.iter().all(|job| job.kind == JobKind::Reminder));
    let reminded: BTreeSet<_> = jobs.into_iter().map(|job| job.person).collect();
    assert_eq!(reminded, [0, 4, 5, 6, 7, 8, 9].map(person).into());
}

#[test]
fn a_planned_reminder_goes_once_however_often_it_is_due_and_several_that_were_missed_are_one() {
    let (_folder, store) = running();
    drain(&store, START);
    let remind = |number| store.queue_planned_reminders(&wave_id(), number, START, Duration::ZERO, &mut random()).unwrap();
    assert!(remind(2));
    assert!(!remind(2) && !remind(1));
    assert_eq!(drain(&store, START).len(), 10);
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().reminders_queued, 2);
    assert!(remind(3));
    assert_eq!(drain(&store, START).len(), 10);
    store.begin_close(&wave_id(), START).unwrap();
    let late = store.queue_planned_reminders(&wave_id(), 4, START, Duration::ZERO, &mut random());
    assert!(matches!(late, Err(IdentityError::StateRefused { .. })));
}

#[test]
fn a_mail_that_became_needless_is_dropped_when_its_turn_comes() {
    let (_folder, store) = running();
    answer(&store, 0);
    assert!(mint(&store, SecretKind::Unsubscribe, 1, hash(b'u', 1)));
    store.unsubscribe(&hash(b'u', 1)).unwrap();
    let invited: BTreeSet<_> = drain(&store, START).into_iter().map(|job| job.person).collect();
    assert!(invited.contains(&person(0)) && invited.contains(&person(1)), "only reminders depend on what people have done");
    store.queue_reminders(&wave_id(), START, Duration::ZERO, &mut random()).unwrap();
    answer(&store, 5);
    assert!(mint(&store, SecretKind::Unsubscribe, 6, hash(b'u', 6)));
    store.unsubscribe(&hash(b'u', 6)).unwrap();
    let reminded: BTreeSet<_> = drain(&store, START).into_iter().map(|job| job.person).collect();
    assert_eq!(reminded, [2, 3, 4, 7, 8, 9].map(person).into());
    assert_eq!(store.jobs_waiting().unwrap(), 0);
}

#[test]
fn nobody_is_asked_to_answer_a_wave_that_does_not_run_any_more() {
    let (_folder, store) = running();
    let [held] = lease(&store, START, 1).try_into().unwrap();
    store.begin_close(&wave_id(), START).unwrap();
    assert!(lease(&store, after(100), 100).is_empty());
    assert!(!end_job(&store, &held, JobEnd::Done), "it is gone");
    assert!(matches!(store.queue_reminders(&wave_id(), START, HOLD, &mut random()), Err(IdentityError::StateRefused { .. })));
    assert!(matches!(store.queue_reminders(&later_wave(), START, HOLD, &mut random()), Err(IdentityError::UnknownWave { .. })));
    store.finish_close(&wave_id(), after(200), &mut random()).unwrap();
    let jobs = drain(&store, after(200));
    assert!(jobs.len() == 10 && jobs.iter().all(|job| job.kind == JobKind::Closing));
}

#[test]
fn an_abort_is_told_to_everybody_and_stops_all_other_mail() {
    let (_folder, store) = running();
    store.request_abort(&wave_id(), "the wrong questions").unwrap();
    assert!(lease(&store, START, 100).is_empty(), "no invitation leaves once the abort is decided");
    store.mark_aborted(&wave_id(), START, &mut random()).unwrap();
    let jobs = drain(&store, START);
    assert!(jobs.len() == 10 && jobs.iter().all(|job| job.kind == JobKind::Aborted));
}
