//! Corrected addresses: where they are possible, who is told, and that none of it says who has answered.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::roster::parse_csv;
use identity::{AddressMark, Correction, Identity, IdentityError, Job, JobEnd, JobKind, ReturnedMail};

use crate::{START, answer, end_job, language, person, publish, random, running, wave_id};

const HOLD: Duration = Duration::from_secs(60);

fn lease(store: &Identity) -> Vec<Job> {
    store.lease_jobs(START, 100, HOLD, &mut random()).unwrap()
}

/// Sends everything that is due; what was sent where.
fn send(store: &Identity) -> BTreeSet<(JobKind, String)> {
    let jobs = lease(store);
    for job in &jobs {
        assert!(end_job(store, job, JobEnd::Done));
    }
    jobs.into_iter().map(|job| (job.kind, job.mail)).collect()
}

fn bounce(store: &Identity, address: &str) {
    let returned = ReturnedMail { address: address.to_owned(), mark: AddressMark::Bounced, kind: Some(JobKind::Invitation) };
    assert_eq!(store.mark_returned(&returned).unwrap(), 1);
}

fn correct(store: &Identity, number: u32, mail: &str) -> Correction {
    store.correct_address(&wave_id(), &person(number), mail, START, &mut random()).unwrap()
}

#[test]
fn a_corrected_address_is_invited_the_one_before_is_told_and_it_is_counted() {
    let (_folder, store) = running();
    let list = "person_id,name,mail,team,leaders\np-003,Cy,p3@example.org,Web,\np-004,Di,taken@example.org,Web,\n";
    store.import_roster(&parse_csv("x", list.as_bytes(), &language()).unwrap().roster).unwrap();
    send(&store);
    assert_eq!(correct(&store, 3, "new@example.org"), Correction::Reached, "an address that mail reached stays");
    bounce(&store, "p3@example.org");
    assert_eq!(correct(&store, 3, "P3@example.org"), Correction::SameAddress);
    assert_eq!(correct(&store, 3, "P5@example.org"), Correction::Taken, "by somebody of the round");
    assert_eq!(correct(&store, 3, "Taken@example.org"), Correction::Taken, "by somebody of the staff list");
    assert_eq!(store.addresses_changed(&wave_id()).unwrap(), 0);

    assert_eq!(correct(&store, 3, "new@example.org"), Correction::Done);
    assert_eq!(store.addresses_changed(&wave_id()).unwrap(), 1);
    assert_eq!(store.unreached_people(&wave_id()).unwrap(), []);
    assert_eq!(store.roster().unwrap().people[&person(3)].mail, "new@example.org");
    assert_eq!(store.delivery(&wave_id()).unwrap().waiting, 1, "the notice to the old address is no invitation");
    let sent = send(&store);
    let expected = [(JobKind::Invitation, "new@example.org".to_owned()), (JobKind::Moved, "p3@example.org".to_owned())];
    assert_eq!(sent, BTreeSet::from(expected));
    // The notice that comes back marks nobody.
    let returned = ReturnedMail { address: "p3@example.org".to_owned(), mark: AddressMark::Bounced, kind: Some(JobKind::Moved) };
    assert_eq!(store.mark_returned(&returned).unwrap(), 0);
}

#[test]
fn what_is_sent_after_a_correction_is_the_same_whether_or_not_its_owner_has_answered() {
    let outcome = |answered: bool| {
        let (_folder, store) = running();
        send(&store);
        bounce(&store, "p3@example.org");
        if answered {
            answer(&store, 3);
        }
        let corrected = correct(&store, 3, "new@example.org");
        let waiting = (store.jobs_waiting().unwrap(), store.delivery(&wave_id()).unwrap());
        (corrected, waiting, send(&store))
    };
    assert_eq!(outcome(true), outcome(false));
}

#[test]
fn an_invitation_on_its_way_to_the_old_address_is_taken_back_and_its_refusal_marks_nobody() {
    let (_folder, store) = running();
    let jobs = lease(&store);
    let old = jobs.iter().find(|job| job.person == person(3)).unwrap();
    assert!(store.mark_address(old, AddressMark::Full).unwrap());
    assert_eq!(correct(&store, 3, "new@example.org"), Correction::Done);
    assert!(!end_job(&store, old, JobEnd::Done), "its lease has ended");
    assert!(!store.mark_address(old, AddressMark::Refused).unwrap());
    assert_eq!(store.unreached_people(&wave_id()).unwrap(), []);
    let again = lease(&store);
    let told: BTreeSet<(JobKind, &str)> = again.iter().map(|job| (job.kind, job.mail.as_str())).collect();
    assert_eq!(told, BTreeSet::from([(JobKind::Invitation, "new@example.org"), (JobKind::Moved, "p3@example.org")]));
    // The new address is refused, too; until the notice has left, the old one would not be told of a second change.
    let new = again.iter().find(|job| job.kind == JobKind::Invitation).unwrap();
    assert!(store.mark_address(new, AddressMark::Refused).unwrap());
    assert_eq!(correct(&store, 3, "newer@example.org"), Correction::NoticeWaits);
}

#[test]
fn a_notice_that_waits_holds_back_no_reminder_and_after_the_close_no_address_is_changed() {
    let (_folder, store) = running();
    send(&store);
    bounce(&store, "p3@example.org");
    assert_eq!(correct(&store, 3, "new@example.org"), Correction::Done);
    for job in lease(&store).iter().filter(|job| job.kind == JobKind::Invitation) {
        assert!(end_job(&store, job, JobEnd::Done));
    }
    assert_eq!(store.queue_reminders(&wave_id(), START, Duration::ZERO, &mut random()).unwrap(), 10);
    publish(&store, &wave_id(), START);
    let refused = store.correct_address(&wave_id(), &person(3), "x@example.org", START, &mut random());
    assert!(matches!(refused, Err(IdentityError::StateRefused { .. })), "{refused:?}");
}
