//! Marks on addresses: what HR is told about mail, and that none of it tells who has answered.

use std::collections::BTreeMap;
use std::time::Duration;

use identity::{AddressMark, Delivery, Identity, JobEnd, JobKind, ReturnedMail};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::{KEY_FOLDER, START, answer, end_job, launching, person, publish, random, running, snapshot, store, wave_id};

const HOLD: Duration = Duration::from_secs(60);

fn returned(address: &str, kind: Option<JobKind>) -> ReturnedMail {
    ReturnedMail { address: address.to_owned(), mark: AddressMark::Bounced, kind }
}

fn marked(store: &Identity) -> Vec<String> {
    store.unreached_people(&wave_id()).unwrap().into_iter().map(|unreached| unreached.person.to_string()).collect()
}

fn send_invitations(store: &Identity) {
    for job in store.lease_jobs(START, 100, HOLD, &mut random()).unwrap() {
        assert!(end_job(store, &job, JobEnd::Done));
    }
}

fn remind(store: &Identity) {
    store.queue_reminders(&wave_id(), START, Duration::ZERO, &mut random()).unwrap();
}

#[test]
fn a_mark_is_set_once_and_keeps_the_last_reason() {
    let (_folder, store) = running();
    let jobs = store.lease_jobs(START, 2, HOLD, &mut random()).unwrap();
    assert!(store.mark_address(&jobs[0], AddressMark::Refused).unwrap());
    assert!(store.mark_address(&jobs[0], AddressMark::Refused).unwrap());
    assert!(store.mark_address(&jobs[0], AddressMark::Full).unwrap());
    assert!(store.mark_address(&jobs[1], AddressMark::UnknownAddress).unwrap());
    let counts = BTreeMap::from([(AddressMark::Full, 1), (AddressMark::UnknownAddress, 1)]);
    assert_eq!(store.delivery(&wave_id()).unwrap(), Delivery { invited: 10, by_card: 0, waiting: 10, unreached: counts });
    let people = store.unreached_people(&wave_id()).unwrap();
    let full = people.iter().find(|unreached| unreached.mark == AddressMark::Full).unwrap();
    assert_eq!((&full.person, &full.name, &full.mail), (&jobs[0].person, &jobs[0].name, &jobs[0].mail));
}

#[test]
fn an_address_is_found_whatever_its_case_and_everybody_who_shares_it_is_marked() {
    let (_folder, store) = store();
    store.create_wave(&wave_id(), &serde_json::json!({})).unwrap();
    let mut people = snapshot();
    people.people[3].mail = "Shared.Desk@Example.org".to_owned();
    people.people[5].mail = "shared.desk@example.org".to_owned();
    store.begin_launch(&wave_id(), &people, KEY_FOLDER).unwrap();
    assert_eq!(store.mark_returned(&returned("shared.desk@example.org", None)).unwrap(), 0, "nobody was invited yet");
    crate::finish_launch(&store, &wave_id());
    assert_eq!(store.mark_returned(&returned("SHARED.desk@EXAMPLE.ORG", None)).unwrap(), 2);
    assert_eq!(store.mark_returned(&returned("desk@example.org", None)).unwrap(), 0);
    assert_eq!(store.mark_returned(&returned("%@example.org", None)).unwrap(), 0, "no pattern");
    assert_eq!(marked(&store), ["p-003", "p-005"]);
}

#[test]
fn nothing_that_becomes_of_a_reminder_leaves_a_trace() {
    let (_folder, store) = running();
    send_invitations(&store);
    answer(&store, 1);
    let before = store.delivery(&wave_id()).unwrap();
    remind(&store);
    assert_eq!(store.delivery(&wave_id()).unwrap(), before, "reminders that wait are in no count");
    for job in store.lease_jobs(START, 100, HOLD, &mut random()).unwrap() {
        assert_eq!(job.kind, JobKind::Reminder);
        assert!(!store.mark_address(&job, AddressMark::UnknownAddress).unwrap());
        // What came back may name the reminder, or nothing.
        assert_eq!(store.mark_returned(&returned(&job.mail, Some(JobKind::Reminder))).unwrap(), 0);
        assert_eq!(store.mark_returned(&returned(&job.mail, None)).unwrap(), 0);
        assert!(end_job(&store, &job, JobEnd::Done));
    }
    assert_eq!(store.delivery(&wave_id()).unwrap(), before);
}

/// Ada's mailbox died between the invitation and the reminder, and HR knows it. Whether her reminder came back must not show, for it would
/// have gone out only if she had not answered.
#[test]
fn what_hr_is_told_is_the_same_whether_the_owner_of_a_dead_address_had_answered_or_not() {
    let told = |answered: bool| {
        let (_folder, store) = running();
        send_invitations(&store);
        if answered {
            answer(&store, 0);
        }
        remind(&store);
        for job in store.lease_jobs(START, 100, HOLD, &mut random()).unwrap() {
            if job.person == person(0) {
                store.mark_address(&job, AddressMark::UnknownAddress).unwrap();
                store.mark_returned(&returned(&job.mail, None)).unwrap();
            }
            assert!(end_job(&store, &job, JobEnd::Done));
        }
        let running = (store.delivery(&wave_id()).unwrap(), marked(&store));
        store.begin_close(&wave_id(), START).unwrap();
        store.finish_close(&wave_id(), START, &mut StdRng::seed_from_u64(3)).unwrap();
        // A report of the reminder that took its time, without a word on which mail it was.
        if !answered {
            store.mark_returned(&returned("p0@example.org", None)).unwrap();
        }
        (running, store.delivery(&wave_id()).unwrap(), marked(&store))
    };
    assert_eq!(told(true), told(false));
}

/// A process sends invitations and dies before it has ticked them off; some of their recipients answer before they are sent again.
#[test]
fn what_is_sent_again_after_a_crash_and_what_still_waits_do_not_depend_on_who_has_answered() {
    let told = |answered: bool| {
        let (_folder, store) = running();
        let sent = store.lease_jobs(START, 4, HOLD, &mut random()).unwrap();
        if answered {
            for number in (0..10).filter(|number| sent.iter().any(|job| job.person == person(*number))).take(3) {
                answer(&store, number);
            }
        }
        let mut steps = vec![store.delivery(&wave_id()).unwrap()];
        let mut served = Vec::new();
        loop {
            let jobs = store.lease_jobs(START.plus(HOLD), 1, HOLD, &mut random()).unwrap();
            let Some(job) = jobs.first() else { break };
            assert!(end_job(&store, job, JobEnd::Done));
            served.push(job.person.clone());
            steps.push(store.delivery(&wave_id()).unwrap());
        }
        (served, steps)
    };
    assert_eq!(told(true), told(false));
}

#[test]
fn mails_that_go_to_everybody_leave_marks_after_a_reminder_too() {
    let (_folder, store) = running();
    send_invitations(&store);
    remind(&store);
    assert_eq!(store.mark_returned(&returned("p2@example.org", Some(JobKind::Invitation))).unwrap(), 1);
    store.begin_close(&wave_id(), START).unwrap();
    store.finish_close(&wave_id(), START, &mut StdRng::seed_from_u64(3)).unwrap();
    assert_eq!(store.delivery(&wave_id()).unwrap().waiting, 10);
    let closing = store.lease_jobs(START, 1, HOLD, &mut random()).unwrap();
    assert!(store.mark_address(&closing[0], AddressMark::Refused).unwrap());
    assert_eq!(store.mark_returned(&returned("p3@example.org", Some(JobKind::Closing))).unwrap(), 1);
    let mut expected = vec!["p-002".to_owned(), "p-003".to_owned(), closing[0].person.to_string()];
    expected.sort();
    expected.dedup();
    let mut people = marked(&store);
    people.sort();
    assert_eq!(people, expected);
}

#[test]
fn a_mark_stops_no_mail_and_takes_no_right_to_answer() {
    let (_folder, store) = running();
    for number in 0..10 {
        assert_eq!(store.mark_returned(&returned(&format!("p{number}@example.org"), None)).unwrap(), 1);
    }
    let invited = store.lease_jobs(START, 100, HOLD, &mut random()).unwrap();
    assert_eq!(invited.len(), 10);
    for job in &invited {
        assert!(end_job(&store, job, JobEnd::Done));
    }
    answer(&store, 4);
    assert_eq!(store.queue_reminders(&wave_id(), START, Duration::ZERO, &mut random()).unwrap(), 9);
}

#[test]
fn marks_end_with_their_wave() {
    let (_folder, store) = running();
    store.mark_returned(&returned("p2@example.org", None)).unwrap();
    publish(&store, &wave_id(), START);
    assert_eq!(store.delivery(&wave_id()).unwrap().unreached, BTreeMap::new());
    assert_eq!(store.mark_returned(&returned("p2@example.org", None)).unwrap(), 0, "and none comes after it");

    let (_folder, store) = running();
    store.mark_returned(&returned("p2@example.org", None)).unwrap();
    store.request_abort(&wave_id(), "the wrong questions").unwrap();
    assert_eq!(store.mark_returned(&returned("p3@example.org", None)).unwrap(), 0);
    store.mark_aborted(&wave_id(), START, &mut random()).unwrap();
    assert_eq!(marked(&store), [""; 0]);

    let (_folder, store) = launching();
    assert_eq!(store.delivery(&wave_id()).unwrap().waiting, 0);
}
