//! The ballot side on real databases: SQLite's, and with `TEST_ENGINE=postgres` PostgreSQL's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod ballots;
mod bytes_on_disk;
mod copies;
mod documents;
mod life;
mod notices;
mod objections;
mod prepared;
mod server_keeps;

use domain::{GroupId, GroupLeaf, Language, TeamEntry, TeamLabel, UnitPath, WaveId};
use responses::{CastBallot, ClientFiles, NewWave, Responses, ResponsesError, WordFiles};
use secrecy::SecretSlice;
use sha2::{Digest, Sha256};
use test_postgres::{Home, engine};

pub(crate) fn wave_id() -> WaveId {
    WaveId::parse("2026-q4").unwrap()
}

pub(crate) fn later_wave() -> WaveId {
    WaveId::parse("2027-q1").unwrap()
}

pub(crate) fn store() -> (Home, Responses) {
    let home = Home::on(engine(), "responses.db");
    let store = Responses::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    (home, store)
}

pub(crate) fn new_wave(wave: &WaveId) -> NewWave {
    NewWave {
        wave: wave.clone(),
        manifest: format!("{{\"wave\":\"{wave}\"}}").into_bytes(),
        groups: vec![GroupLeaf {
            group: GroupId(0),
            label: "Web".to_owned(),
            unit: UnitPath(vec![TeamLabel::parse("Engineering").unwrap()]),
            invited: 12,
            predecessors: Vec::new(),
            teams: vec![TeamEntry { label: TeamLabel::parse("Web").unwrap(), leaders: vec!["Ada".to_owned()] }],
        }],
        instrument: b"{}".to_vec(),
        client: ClientFiles {
            page: b"<!doctype html>".to_vec(),
            js: b"script".to_vec(),
            css: b"style".to_vec(),
            words: [("en", "Send", Some("Check")), ("de", "Senden", None)].map(in_language).into(),
        },
        credential_key: SecretSlice::from(seed("credential key", 0).to_vec()),
        board_key: SecretSlice::from(seed("board key", 0).to_vec()),
        notices_key: SecretSlice::from(seed("notices key", 0).to_vec()),
    }
}

/// The page's words in one language, as rounds of this version or of an earlier one have them.
fn in_language((language, words, later): (&str, &str, Option<&str>)) -> (Language, WordFiles) {
    (Language::parse(language).unwrap(), WordFiles { words: words.into(), later: later.map(Into::into) })
}

/// 32 bytes that look random and are the same in every run.
pub(crate) fn seed(what: &str, number: u32) -> [u8; 32] {
    Sha256::digest(format!("{what} {number}")).into()
}

/// A ballot that looks random and is the same in every run.
pub(crate) fn ballot(number: u32) -> CastBallot {
    let ct = (0..).flat_map(|part| seed(&format!("ct {number}"), part)).take(4144).collect();
    CastBallot { nonce: seed("nonce", number), group: GroupId(number % 3), mac: seed("mac", number), ct }
}

/// A board for tests: every number in order.
pub(crate) fn board(ballots: &[CastBallot]) -> Result<Vec<u8>, ResponsesError> {
    Ok(ballots.iter().flat_map(|b| b.nonce).collect())
}
