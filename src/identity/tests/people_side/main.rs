//! The people side on real databases: SQLite's, and with `TEST_ENGINE=postgres` PostgreSQL's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod accounts;
mod bytes_on_disk;
mod cards;
mod copies;
mod corrections;
mod delivery;
mod issuing;
mod life;
mod lineage;
mod mail_queue;
mod promise_log;
mod reorg;
mod staff_list;
mod uploads;

use std::convert::Infallible;
use std::sync::Arc;

use domain::{GroupId, GroupLeaf, Language, ManualClock, Moment, PersonId, TeamEntry, TeamLabel, UnitPath, WaveId};
use identity::{Actor, Identity, InvitedPerson, Issued, Job, JobEnd, Minted, SecretKind, Snapshot, WaveTeam};
use rand::SeedableRng;
use rand::rngs::StdRng;
use secrecy::SecretSlice;
use serde_json::json;
use test_postgres::{Home, engine};

/// The mark of the key folder of every wave in these tests.
const KEY_FOLDER: [u8; 16] = [3; 16];

pub(crate) const START: Moment = Moment::from_micros(1_800_000_000_000_000);
pub(crate) const KEY: [u8; 32] = *b"the credential key of this wave!";

pub(crate) fn random() -> StdRng {
    StdRng::seed_from_u64(7)
}

/// A generator of its own for each wave and step, since mails of different waves must have different ids.
pub(crate) fn random_of(wave: &WaveId, step: u64) -> StdRng {
    StdRng::seed_from_u64(wave.as_str().bytes().map(u64::from).sum::<u64>() * 10 + step)
}

pub(crate) fn wave_id() -> WaveId {
    WaveId::parse("2026-q4").unwrap()
}

pub(crate) fn later_wave() -> WaveId {
    WaveId::parse("2027-q1").unwrap()
}

pub(crate) fn person(number: u32) -> PersonId {
    PersonId::parse(&format!("p-{number:03}")).unwrap()
}

pub(crate) fn team(label: &str) -> TeamLabel {
    TeamLabel::parse(label).unwrap()
}

pub(crate) fn language() -> Language {
    Language::parse("en").unwrap()
}

pub(crate) fn store() -> (Home, Identity) {
    let home = Home::on(engine(), "identity.db");
    let store = Identity::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    // Its log tells the time of the tests, so that two stores can be compared byte by byte.
    (home, store.acting(Actor::Installation, Arc::new(ManualClock::at(START))))
}

/// Ten people of whom the first four answer in group 0 and the others in group 1; `p-000` leads both teams.
pub(crate) fn snapshot() -> Snapshot {
    let group_of = |number: u32| GroupId(u32::from(number >= 4));
    let leaf = |group: u32, label: &str, invited: u32| GroupLeaf {
        group: GroupId(group),
        label: label.to_owned(),
        unit: UnitPath::organisation(),
        invited,
        predecessors: Vec::new(),
        teams: vec![TeamEntry { label: team(label), leaders: vec!["Ada".to_owned()] }],
    };
    Snapshot {
        people: (0..10)
            .map(|n| InvitedPerson {
                person: person(n),
                name: format!("Person {n}"),
                mail: format!("p{n}@example.org"),
                language: language(),
                group: group_of(n),
            })
            .collect(),
        teams: vec![
            // The lower team stands first, so that the order of writing has to be found.
            WaveTeam { team: team("Web"), above: Some(team("Board")), group: GroupId(1), leaders: vec![person(0), person(1)] },
            WaveTeam { team: team("Board"), above: None, group: GroupId(0), leaders: vec![person(0)] },
        ],
        groups: vec![leaf(0, "Board", 4), leaf(1, "Web", 6)],
    }
}

pub(crate) fn launching() -> (Home, Identity) {
    let (home, store) = store();
    store.create_wave(&wave_id(), &json!({})).unwrap();
    store.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER).unwrap();
    (home, store)
}

pub(crate) fn running() -> (Home, Identity) {
    let (home, store) = launching();
    finish_launch(&store, &wave_id());
    (home, store)
}

pub(crate) fn finish_launch(store: &Identity, wave: &WaveId) {
    store.finish_launch(wave, &key(), &[5; 32], START, &mut random_of(wave, 0)).unwrap();
}

pub(crate) fn key() -> SecretSlice<u8> {
    SecretSlice::from(KEY.to_vec())
}

/// 32 bytes that are nowhere else in a file.
pub(crate) fn hash(what: u8, number: u32) -> [u8; 32] {
    let mut bytes = [what; 32];
    for (place, byte) in bytes.iter_mut().enumerate().skip(1) {
        *byte = (number as usize * 31 + place * 17 + usize::from(what)) as u8;
    }
    bytes
}

/// Stores the hash of a person's secret; `false` when the wave gives out none of the kind.
pub(crate) fn mint(store: &Identity, kind: SecretKind, number: u32, hash: [u8; 32]) -> bool {
    store.mint(&[Minted { wave: wave_id(), person: person(number), kind, hash }]).unwrap() == [true]
}

/// Records what became of a job; `false` when its lease had ended.
pub(crate) fn end_job(store: &Identity, job: &Job, end: JobEnd) -> bool {
    store.end_jobs(&[(job.clone(), end)]).unwrap() == 1
}

/// Gives a person a link and lets them ask for a credential with it.
pub(crate) fn answer(store: &Identity, number: u32) {
    let link = hash(b'l', number);
    assert!(mint(store, SecretKind::Link, number, link));
    let issued = store.issue(&wave_id(), &link, &hash(b'b', number), |_, group| Ok::<_, Infallible>(group)).unwrap();
    assert!(matches!(issued, Issued::New { .. }));
}

/// Brings a running wave to its publication.
pub(crate) fn publish(store: &Identity, wave: &WaveId, at: Moment) {
    store.begin_close(wave, at).unwrap();
    store.finish_close(wave, at, &mut random_of(wave, 1)).unwrap();
    store.mark_opened(wave, at).unwrap();
    store.mark_published(wave, at).unwrap();
}
