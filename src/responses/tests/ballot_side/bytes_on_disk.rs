//! What somebody reads who takes the files themselves: the database and its write-ahead log.

use std::collections::HashSet;
use std::path::Path;

use responses::HandedIn;

use crate::{ballot, board, new_wave, seed, store, wave_id};

const BALLOTS: u32 = 60;
const WINDOW: usize = 16;

/// Every file beside the database, whatever its title.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
        // Keeps a window from reaching over two files.
        all.extend([0; WINDOW]);
    }
    all
}

/// Which of the secrets have at least one window of 16 bytes in the files.
fn found(folder: &Path, secrets: &[Vec<u8>]) -> Vec<bool> {
    let files = bytes(folder);
    let on_disk: HashSet<&[u8]> = files.windows(WINDOW).collect();
    secrets.iter().map(|secret| secret.windows(WINDOW).any(|window| on_disk.contains(window))).collect()
}

#[test]
fn after_their_destruction_no_sixteen_bytes_of_a_ballot_or_key_are_left_in_any_file() {
    let (folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    for number in 0..BALLOTS {
        store.redeem(&wave_id(), &ballot(number)).unwrap();
    }
    let mut secrets: Vec<Vec<u8>> = (0..BALLOTS).map(ballot).flat_map(|b| [b.nonce.to_vec(), b.mac.to_vec(), b.ct]).collect();
    secrets.push(seed("credential key", 0).to_vec());
    secrets.push(seed("board key", 0).to_vec());
    secrets.push(b"<!doctype html>!".to_vec());
    let page = secrets.len() - 1;

    let before = found(folder.path(), &secrets);
    assert!(before[..page].iter().all(|found| *found), "the search itself must find what is there");
    assert!(!before[page], "and must not find what is not there");

    // No board that repeats the numbers: only the ballots themselves are looked for.
    store.shut(&wave_id(), |_| Ok::<_, responses::ResponsesError>(Vec::new())).unwrap();
    assert!(found(folder.path(), &secrets)[..page].iter().all(|found| *found), "shutting the box destroys nothing");
    store.destroy_ballots(&wave_id()).unwrap();
    assert!(found(folder.path(), &secrets).iter().all(|found| !found));
}

#[test]
fn an_abort_leaves_no_byte_of_a_ballot_either() {
    let (folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.redeem(&wave_id(), &ballot(1)).unwrap();
    let secrets = [ballot(1).nonce.to_vec(), ballot(1).ct, seed("notices key", 0).to_vec()];
    assert_eq!(found(folder.path(), &secrets), [true, true, true]);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(found(folder.path(), &secrets), [false, false, false]);
}

#[test]
fn a_round_that_is_ended_while_it_waits_leaves_no_byte_of_its_keys() {
    let (folder, store) = store();
    store.prepare(&new_wave(&wave_id())).unwrap();
    let keys = ["credential key", "board key", "notices key"].map(|key| seed(key, 0).to_vec());
    assert_eq!(found(folder.path(), &keys), [true, true, true]);
    store.destroy_ballots(&wave_id()).unwrap();
    assert!(store.prepared(&wave_id()).unwrap().is_none());
    assert_eq!(found(folder.path(), &keys), [false, false, false]);
    store.destroy_ballots(&wave_id()).unwrap();
}

#[test]
fn a_round_that_ends_without_a_result_leaves_no_byte_of_one_that_was_handed_in() {
    let (folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    let document = ballot(1).ct;
    store.hand_in(&wave_id(), b"record", &HandedIn { document: document.clone(), signature: ballot(2).ct[..64].to_vec() }).unwrap();
    let secrets = [document, ballot(2).ct[..64].to_vec()];
    assert_eq!(found(folder.path(), &secrets), [true, true]);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(found(folder.path(), &secrets), [false, false]);
}

#[test]
fn with_the_ballots_the_leaves_of_the_objections_go_too() {
    let (folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.shut(&wave_id(), board).unwrap();
    store.object(&wave_id(), &seed("leaf", 1)).unwrap();
    let leaf = [seed("leaf", 1).to_vec()];
    assert_eq!(found(folder.path(), &leaf), [true]);
    store.destroy_ballots(&wave_id()).unwrap();
    assert_eq!(found(folder.path(), &leaf), [false]);
}

#[test]
fn after_the_box_is_shut_the_file_is_the_same_byte_for_byte_whatever_the_order_of_arrival() {
    let forwards: Vec<u32> = (0..BALLOTS).collect();
    let backwards: Vec<u32> = (0..BALLOTS).rev().collect();
    let shuffled: Vec<u32> = (0..BALLOTS).map(|n| n * 37 % BALLOTS).collect();
    let files = |order: &[u32]| {
        let (folder, store) = store();
        store.launch(&new_wave(&wave_id())).unwrap();
        for number in order {
            store.redeem(&wave_id(), &ballot(*number)).unwrap();
        }
        let before = bytes(folder.path());
        store.shut(&wave_id(), board).unwrap();
        assert_eq!(std::fs::metadata(folder.path().join("responses.db-wal")).unwrap().len(), 0, "the log is empty");
        (before, std::fs::read(folder.path().join("responses.db")).unwrap())
    };
    let [first, second, third] = [files(&forwards), files(&backwards), files(&shuffled)];
    assert!(first.0 != second.0 && first.0 != third.0, "before, the files do tell the order");
    assert!(first.1 == second.1 && first.1 == third.1, "afterwards nothing in the file may depend on the order");
}

#[test]
fn the_structure_has_no_row_numbers_and_no_times() {
    let (folder, store) = store();
    store.launch(&new_wave(&wave_id())).unwrap();
    store.rewrite().unwrap();
    let text = String::from_utf8_lossy(&std::fs::read(folder.path().join("responses.db")).unwrap()).to_lowercase();
    assert!(text.contains("create table ballot"), "the check must see the structure");
    for word in ["datetime", "run_on", "created", "rowid_"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(text.matches("without rowid").count(), text.matches("create table").count());
    assert_eq!(text.matches("strict").count(), text.matches("create table").count());
}
