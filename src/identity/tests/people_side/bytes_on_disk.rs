//! What somebody reads who takes the files themselves: the database and its write-ahead log.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::WaveState;
use identity::{CardKind, SecretKind, Transition};

use crate::{KEY, START, answer, cards, hash, mint, publish, random, running, wave_id};

/// Every file beside the database, whatever its name.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    all
}

fn found(folder: &Path, needle: &[u8]) -> bool {
    bytes(folder).windows(needle.len()).any(|window| window == needle)
}

#[test]
fn after_the_close_no_link_no_unsubscribe_secret_and_no_blind_is_left_in_any_file() {
    let (folder, store) = running();
    for number in 0..6 {
        answer(&store, number);
        assert!(mint(&store, SecretKind::Unsubscribe, number, hash(b'u', number)));
    }
    let secrets: Vec<[u8; 32]> = (0..6).flat_map(|n| [hash(b'l', n), hash(b'u', n), hash(b'b', n)]).collect();
    assert!(secrets.iter().all(|secret| found(folder.path(), secret)), "the search itself must find what is there");
    store.begin_close(&wave_id(), START).unwrap();
    store.finish_close(&wave_id(), START, &mut random()).unwrap();
    for secret in &secrets {
        assert!(!found(folder.path(), &secret[..16]) && !found(folder.path(), &secret[16..]));
    }
    assert_eq!(store.totals(&wave_id()).unwrap().issued, 6);
    assert!(found(folder.path(), &KEY), "the key stays until the end");
}

#[test]
fn after_the_publication_the_credential_key_is_left_in_no_file() {
    let (folder, store) = running();
    assert!(found(folder.path(), &KEY));
    publish(&store, &wave_id(), START);
    assert!(!found(folder.path(), &KEY[..16]) && !found(folder.path(), &KEY[16..]));
}

#[test]
fn after_an_abort_neither_links_nor_the_key_are_left_in_any_file() {
    let (folder, store) = running();
    answer(&store, 1);
    store.request_abort(&wave_id(), "the wrong questions").unwrap();
    assert!(found(folder.path(), &hash(b'l', 1)) && found(folder.path(), &KEY));
    store.mark_aborted(&wave_id(), START, &mut random()).unwrap();
    for secret in [hash(b'l', 1), hash(b'b', 1), KEY] {
        assert!(!found(folder.path(), &secret[..16]) && !found(folder.path(), &secret[16..]));
    }
}

#[test]
fn after_the_close_the_file_is_the_same_byte_for_byte_whoever_answered_first() {
    let file = |order: &[u32]| {
        let (folder, store) = running();
        for number in order {
            answer(&store, *number);
        }
        let before = bytes(folder.path());
        store.begin_close(&wave_id(), START).unwrap();
        store.finish_close(&wave_id(), START, &mut random()).unwrap();
        (before, bytes_of_main(folder.path()))
    };
    let (first, second) = (file(&[1, 7, 4, 2]), file(&[2, 4, 1, 7]));
    assert!(first.0 != second.0, "before, the files do tell the order");
    assert!(first.1 == second.1, "afterwards nothing in the file may depend on the order");
}

/// The main file as it was written anew; the log holds only what came after.
fn bytes_of_main(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("identity.db")).unwrap()
}

#[test]
fn a_wave_is_not_closed_before_its_links_are_out_of_the_file() {
    let (folder, store) = running();
    answer(&store, 1);
    store.begin_close(&wave_id(), START).unwrap();
    // Somebody reads the old state all the time, so the log cannot be emptied.
    let mut reader = SqliteConnection::establish(&folder.path().join("identity.db").display().to_string()).unwrap();
    reader.batch_execute("BEGIN; SELECT * FROM link_secret").unwrap();
    let held_up = store.finish_close(&wave_id(), START, &mut random()).unwrap_err();
    assert!(held_up.is_unavailable(), "{held_up}");
    assert_eq!(store.wave(&wave_id()).unwrap().unwrap().state, WaveState::Closing);
    assert!(found(folder.path(), &hash(b'l', 1)));
    reader.batch_execute("COMMIT").unwrap();
    assert_eq!(store.finish_close(&wave_id(), START, &mut random()).unwrap(), Transition::Done);
    assert!(!found(folder.path(), &hash(b'l', 1)));
}

#[test]
fn no_table_that_joins_people_to_a_wave_holds_a_time() {
    let (folder, _store) = running();
    let mut connection = SqliteConnection::establish(&folder.path().join("identity.db").display().to_string()).unwrap();
    let tables: Vec<(String, String)> =
        sql::<(Text, Text)>("SELECT name, sql FROM sqlite_master WHERE type = 'table'").load(&mut connection).unwrap();
    assert!(tables.iter().all(|(_, definition)| definition.ends_with("STRICT, WITHOUT ROWID")), "{tables:?}");
    let with_times: Vec<&str> = tables
        .iter()
        .filter(|(_, definition)| ["_at ", "not_before", "until"].iter().any(|word| definition.contains(word)))
        .map(|(table, _)| table.as_str())
        .collect();
    assert_eq!(with_times, ["session", "wave", "account_link", "known_device", "staff_upload", "mail_job", "link_mail", "participation"]);
}

#[test]
fn after_the_close_no_hash_that_lets_a_card_answer_is_left_in_any_file() {
    let (folder, store) = cards::running();
    cards::make(&store, CardKind::Unnamed, &[2, 3]).unwrap();
    assert!(mint(&store, SecretKind::Link, 0, hash(b'l', 0)));
    cards::use_card(&store, 2);
    assert!(
        [cards::hash(b'c', 2), cards::hash(b'c', 3), cards::hash(b's', 3)].iter().all(|hash| found(folder.path(), hash)),
        "the search must find what is there"
    );
    cards::close(&store);
    for gone in [cards::hash(b'c', 2), cards::hash(b'c', 3), hash(b'l', 0), cards::hash(b'b', 2)] {
        assert!(!found(folder.path(), &gone[..16]) && !found(folder.path(), &gone[16..]));
    }
    assert!(found(folder.path(), &cards::hash(b's', 3)), "what shows the status stays");
}
