//! Copies of both sides' files, as the demo lays them open, and what attacks on one person's answers find in them.

use candor::installation::Installation;
use candor::laid_open::{Evidence, Invited};
use test_postgres::Engine;

use crate::harness::TestApp;
use crate::place::engine;

fn evidence(installation: &Installation) -> Evidence {
    Evidence::new(installation.laid_open().unwrap().unwrap())
}

fn person(evidence: &Evidence, id: &str) -> Invited {
    evidence.invited().into_iter().find(|person| person.id == id).unwrap()
}

#[actix_web::test]
async fn the_files_of_a_running_round_point_at_sealed_answers_at_most_and_share_nothing() {
    let app = TestApp::spawn().await;
    if engine() == Engine::Postgres {
        assert!(app.installation.laid_open().unwrap().is_none(), "a server's files are elsewhere");
        return;
    }
    assert!(evidence(&app.installation).invited().is_empty(), "no round runs yet");
    let wave = app.launch("2026-q4");
    assert!(!person(&evidence(&app.installation), "alpha3").answered());
    let links = app.links();
    // One after another, so that each has a commit of its own: the worst case for the order.
    let arrived = ["alpha3", "alpha0", "alpha4", "alpha1", "alpha2"];
    for (point, id) in (1..).zip(arrived) {
        app.answer(&wave, &links[id], point).await.unwrap();
    }
    let evidence = evidence(&app.installation);
    for (place, id) in arrived.into_iter().enumerate() {
        let person = person(&evidence, id);
        assert!(person.answered());
        let findings = evidence.attack(&person);
        let order: Vec<&str> = findings.answered.iter().map(|other| other.id.as_str()).collect();
        assert_eq!(order, arrived, "the attack reads the order of arrival, else it shows nothing");
        assert_eq!((findings.sealed.len(), findings.pointed_at.as_ref()), (arrived.len(), findings.sealed.get(place)));
        assert_eq!(findings.lengths.into_iter().collect::<Vec<_>>(), [4144]);
        assert_eq!(findings.shared, 0);
        assert!(findings.searched > 100_000, "{} bytes", findings.searched);
        assert_eq!(findings.group, "Alpha + Board");
    }

    // The same search finds a value of one side that is put into a file of the other.
    let [mut people, ballots] = app.installation.laid_open().unwrap().unwrap();
    let nonce = ballots.table("ballot").unwrap().columns(["nonce"]).next().unwrap()[0].bytes().unwrap().to_vec();
    people.files[0].1.extend(nonce);
    let planted = Evidence::new([people, ballots]);
    assert_eq!(planted.attack(&person(&planted, "alpha0")).shared, 1);
}
