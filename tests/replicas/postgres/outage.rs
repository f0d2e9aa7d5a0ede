//! The database is stopped and started while people answer. Candor itself runs on all the time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use protocol::wire::{CONTENT_TYPE, Outcome, Request};
use protocol::{Answer, Ballot, Level, Respondent, StatusHandle};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use test_postgres::{Cluster, Disk, Stop};

use super::{CLIENTS, LONGEST_WAIT, StopOnFailure, stores};
use crate::audit::{Audit, assert_the_board_holds, assert_the_result_holds, candor};
use crate::load::{Device, Driver, Ledger, Person, Scene, Server};
use crate::{console, number};

/// One request of each kind that a respondent can send.
fn requests(scene: &Scene, person: &Person, told: &[crate::load::Progress]) -> (usize, BTreeMap<&'static str, Vec<u8>>) {
    let (hash, secret) = person.parts();
    let respondent = Respondent::open(Device::new(&scene.base()).get("manifest").unwrap(), &hash).unwrap();
    let size = respondent.manifest().manifest().response_size;
    let crate::load::Tried::Answered(leaf) =
        Device::new(&scene.base()).post(protocol::wire::Kind::Leaf, &respondent.leaf_request(&secret), size)
    else {
        panic!("no answer before the outage");
    };
    let group = respondent.verify_leaf(&leaf).unwrap();
    let ballot = Ballot { level: Level::Group, answers: vec![Answer::Point(3); 12], comments: vec![] };
    let prepared = respondent.prepare(&secret, &group, &ballot, &mut rand::rng()).unwrap();
    // Whoever has a receipt: the first person of the list may be among those who still wait for theirs.
    let (cast, receipt) = told.iter().find_map(|told| told.cast.clone()).unwrap();
    let all = BTreeMap::from([
        ("leaf", respondent.leaf_request(&secret)),
        ("issue", prepared.issue_request()),
        ("redeem", Request::Redeem(cast).encode()),
        ("status", Request::Status { handle: StatusHandle::generate(&mut rand::rng()) }.encode()),
        ("objection", Request::Objection { leaf: receipt.leaf, signature: receipt.signature }.encode()),
    ]);
    (size as usize, all)
}

/// Asks for everything at once while the database is away: 503 and when to come again, in the form of the place.
fn everything_says_come_again(scene: &Scene, size: usize, requests: &BTreeMap<&'static str, Vec<u8>>, cookie: &str) {
    let settings = scene.settings();
    let (respondents, hr) = (&settings.respondents.url, &settings.console.url);
    let come_again = |what: &str, response: &ureq::http::Response<ureq::Body>, kind: &str| {
        assert_eq!(response.status(), 503, "{what}");
        let wait: u64 =
            response.headers().get("retry-after").unwrap_or_else(|| panic!("{what}: no Retry-After")).to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&wait), "{what}: {wait}");
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with(kind), "{what}: {:?}", response.headers());
    };
    std::thread::scope(|scope| {
        for (what, request) in requests {
            scope.spawn(move || {
                let mut response =
                    console::browser().post(format!("{}/box", scene.base())).content_type(CONTENT_TYPE).send(request).unwrap();
                come_again(what, &response, CONTENT_TYPE);
                let body = response.body_mut().read_to_vec().unwrap();
                assert_eq!((body.len(), body[1]), (size, Outcome::Busy.to_byte()), "{what}");
            });
        }
        for path in ["/", "/rounds", "/rounds/2026-q4", "/organisation"] {
            scope.spawn(move || come_again(path, &console::read(hr, path, cookie, "text/html"), "text/html"));
            scope.spawn(move || come_again(path, &console::read(hr, path, cookie, "*/*"), "application/problem+json"));
        }
        scope.spawn(move || come_again("sign-in", &console::post_sign_in(hr), "application/problem+json"));
        for origin in [respondents, hr] {
            scope.spawn(move || assert_eq!(console::read(origin, "/health/ready", "", "*/*").status(), 503));
            scope.spawn(move || assert_eq!(console::read(origin, "/health/live", "", "*/*").status(), 200));
        }
        // What was frozen at the launch and what never changes may be served all the same; it must be that, or the same refusal.
        for path in ["", "manifest", "instrument", "groups", "client.js", "client.css"] {
            scope.spawn(move || {
                let response = console::read(&scene.base(), &format!("/{path}"), "", "*/*");
                if response.status() != 200 {
                    come_again(path, &response, "text/html");
                }
            });
        }
        // Whether there is such a round cannot be known now.
        scope.spawn(move || come_again("another round", &console::read(respondents, "/w/2027-q1/", "", "*/*"), "text/html"));
        scope.spawn(move || assert_eq!(console::read(hr, "/sign-in", "", "text/html").status(), 200));
    });
}

#[test]
fn the_database_stopped_and_started_under_load_loses_nothing_and_every_address_says_come_again() {
    let (outages, seed) = (number("OUTAGES", 3), number("SEED", 1));
    let cluster = Cluster::start(Disk::Durable, &[]);
    let databases = [cluster.database(), cluster.database()];
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::configure(folder.path(), &stores(&databases));
    let people = scene.launch(60 + 60 * usize::try_from(outages).unwrap());
    console::create_account(&scene.open());
    let (ledger, base, stop) = (Ledger::of(people.len()), scene.base(), AtomicBool::new(false));
    let driver = Driver { base: &base, people: &people, ledger: &ledger, stop: &stop, longest_wait: LONGEST_WAIT };
    let mut random = StdRng::seed_from_u64(seed);
    let server = Server::start(candor(), &scene);
    let cookie = console::sign_in(&scene.settings().console.url);
    let signed_in = || console::read(&scene.settings().console.url, "/rounds", &cookie, "text/html").status();
    assert_eq!(signed_in(), 200);
    let mut refused = 0;
    std::thread::scope(|scope| {
        let _end = StopOnFailure(&stop);
        let load = scope.spawn(|| driver.run(CLIENTS));
        let some_receipts = |more: usize| {
            while ledger.receipts() < more && !load.is_finished() {
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        some_receipts(10);
        let (size, requests) = requests(&scene, people.last().unwrap(), &ledger.acknowledged());
        for outage in 0..outages {
            some_receipts(10 + 40 * usize::try_from(outage).unwrap());
            std::thread::sleep(Duration::from_millis(random.random_range(0..200)));
            assert!(!load.is_finished(), "the load ended too early to prove anything");
            cluster.stop(if outage % 2 == 0 { Stop::Immediate } else { Stop::Fast });
            everything_says_come_again(&scene, size, &requests, &cookie);
            assert!(!load.is_finished());
            cluster.start_again();
            // The connections alone, while the server goes on.
            some_receipts(30 + 40 * usize::try_from(outage).unwrap());
            cluster.end_connections();
            let told = ledger.acknowledged();
            Audit::of(&scene, &people, &told).assert_sound(&format!("after outage {outage}"));
            refused = ledger.busy.load(Ordering::Relaxed);
            assert!(refused > 0, "nobody was told to come again, so nothing was tested");
        }
        load.join().unwrap();
    });
    assert_eq!(ledger.refused(), Vec::<String>::new());
    assert_eq!(ledger.internal.load(Ordering::Relaxed), 0, "a database that is away is no internal error");
    let told = ledger.acknowledged();
    assert!(told.iter().all(|told| told.cast.is_some()));
    Audit::of(&scene, &people, &told).assert_sound("at the end");
    assert_eq!(signed_in(), 200, "the session outlived it all");
    assert_the_board_holds(&scene, &told);
    assert_the_result_holds(&scene, &told);
    drop(server);
    eprintln!(
        "{outages} outages, seed {seed}: {} people, {:?} requests, {refused} times \"busy\", {:?} without an answer of the protocol",
        people.len(),
        ledger.requests,
        ledger.lost
    );
}
