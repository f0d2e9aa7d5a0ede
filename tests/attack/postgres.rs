//! Copies of two PostgreSQL databases: what their tables, their system columns, their dumps and their server's write-ahead log say.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;
use test_postgres::{Cluster, Disk, ROLE, TestDatabase, programs};

use crate::evidence::{Artefact, Copy, Heap, PAGES, StoredBallot, StoredPerson};
use crate::times;

/// The size of a segment of the write-ahead log; `initdb` chooses no other.
const SEGMENT: u64 = 16 << 20;

/// A server for the rounds of one test; it ends with the process. It keeps its write-ahead log longer than a usual one, so that none of it is gone before it
/// was looked at.
pub(crate) fn start() -> &'static Cluster {
    Box::leak(Box::new(Cluster::start(Disk::Quick, &[("wal_keep_size", "1GB")])))
}

fn bytes(hex: &str) -> Vec<u8> {
    HEXLOWER.decode(hex.as_bytes()).unwrap()
}

/// Reads both databases. Unasked, the server gives a small table's rows in the order of their places (`ctid`).
///
/// Before that the server looks at its tables for its planner, as it does by itself at some time and as nightly jobs let it.
pub(crate) fn copy(server: &Cluster, identity: &TestDatabase<'_>, responses: &TestDatabase<'_>) -> Copy {
    // Before anything else: whoever reads files changes their times.
    let times = times::of_files(&data(server));
    responses.sql("ANALYZE");
    let people = identity.sql("SELECT person, group_no, encode(issued_blind, 'hex') FROM wave_person");
    let people = people.lines().map(|line| {
        let mut columns = line.split('|');
        let [person, group, issued] = [(); 3].map(|()| columns.next().unwrap());
        let issued = (!issued.is_empty()).then(|| bytes(issued));
        StoredPerson { person: person.to_owned(), group: group.parse().unwrap(), issued }
    });
    let rows = responses.sql("SELECT xmin::text, encode(nonce, 'hex'), group_no, encode(mac, 'hex'), encode(ct, 'hex') FROM ballot");
    let mut by_transaction = Vec::new();
    let mut ballots = Vec::new();
    for line in rows.lines() {
        let mut columns = line.split('|');
        let [xmin, nonce, group, mac, ct] = [(); 5].map(|()| columns.next().unwrap());
        let nonce: [u8; 32] = bytes(nonce).try_into().unwrap();
        by_transaction.push((xmin.parse().unwrap(), nonce));
        ballots.push(StoredBallot { nonce, group: group.parse().unwrap(), mac: bytes(mac).try_into().unwrap(), ct: bytes(ct) });
    }
    by_transaction.sort_by_key(|(transaction, _)| *transaction);
    let dump = |database: &TestDatabase<'_>, name: &str| Artefact { name: name.to_owned(), bytes: dump(server, database) };
    let (pages, parts) = files(server, responses);
    Copy {
        people: people.collect(),
        ballots,
        files: vec![dump(identity, "identity.sql"), dump(responses, "responses.sql"), pages],
        heap: Heap { by_transaction, by_long_value: long_values(responses) },
        times,
        parts,
    }
}

/// Values that are too long for a row lie in a table of their own, under numbers that count up.
fn long_values(responses: &TestDatabase<'_>) -> Vec<Vec<u8>> {
    let table = responses.sql("SELECT reltoastrelid::regclass FROM pg_class WHERE relname = 'ballot' AND relkind = 'r'");
    let query = format!("SELECT encode(substring(chunk_data, 1, 32), 'hex') FROM {} WHERE chunk_seq = 0 ORDER BY chunk_id", table.trim());
    responses.sql(&query).lines().map(bytes).collect()
}

/// Where the server keeps everything.
fn data(server: &Cluster) -> PathBuf {
    server.folder().join("data")
}

/// The folder of a database's files.
pub(crate) fn folder(server: &Cluster, database: &TestDatabase<'_>) -> PathBuf {
    let number = database.sql("SELECT oid FROM pg_database WHERE datname = current_database()");
    data(server).join("base").join(number.trim())
}

/// All files of a database, one behind the other in the order of their numbers, and where each stands.
fn files(server: &Cluster, database: &TestDatabase<'_>) -> (Artefact, BTreeMap<String, Range<usize>>) {
    database.sql("CHECKPOINT");
    let entries = std::fs::read_dir(folder(server, database)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort_by_key(|file| (file.as_os_str().len(), file.clone()));
    let (mut bytes, mut parts) = (Vec::new(), BTreeMap::new());
    for file in files {
        // A file that the server removes meanwhile is none that stays.
        let Ok(read) = std::fs::read(&file) else { continue };
        parts.insert(times::name(&data(server), &file), bytes.len()..bytes.len() + read.len());
        bytes.extend(read);
    }
    (Artefact { name: PAGES.to_owned(), bytes }, parts)
}

/// What `pg_dump` writes.
fn dump(server: &Cluster, database: &TestDatabase<'_>) -> Vec<u8> {
    let mut command = Command::new(programs().join("pg_dump"));
    command.arg("--host").arg(server.folder()).args(["--port", &server.port().to_string(), "--username", ROLE, database.name()]);
    let output = command.stdin(Stdio::null()).current_dir("/").output().unwrap();
    assert!(output.status.success(), "pg_dump: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// How far the write-ahead log has come.
pub(crate) fn log_position(server: &Cluster) -> u64 {
    let text = server.sql("postgres", "SELECT pg_current_wal_insert_lsn()");
    let (high, low) = text.trim().split_once('/').unwrap();
    u64::from_str_radix(high, 16).unwrap() << 32 | u64::from_str_radix(low, 16).unwrap()
}

/// The bytes of the write-ahead log from a position on. It holds what every other database of the server does as well.
pub(crate) fn log_since(server: &Cluster, position: u64) -> Vec<u8> {
    let end = log_position(server);
    let folder = data(server).join("pg_wal");
    let mut log = Vec::new();
    for segment in position / SEGMENT..=end / SEGMENT {
        let name = format!("{:08X}{:08X}{:08X}", 1, segment / 256, segment % 256);
        let file = std::fs::read(folder.join(name)).unwrap();
        let within = |at: u64| usize::try_from(at.saturating_sub(segment * SEGMENT).min(SEGMENT)).unwrap();
        log.extend_from_slice(&file[within(position)..within(end)]);
    }
    log
}

/// The round's credential key.
pub(crate) fn credential_key(identity: &TestDatabase<'_>) -> Vec<u8> {
    bytes(identity.sql("SELECT encode(credential_key, 'hex') FROM wave WHERE credential_key IS NOT NULL").trim())
}
