//! Copies of two SQLite files: as bytes, and as somebody reads them who opens the copy.

use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use diesel::{RunQueryDsl, SqliteConnection, sql_query};

use crate::evidence::{Artefact, Copy, StoredBallot, StoredPerson};
use crate::{times, world};

#[derive(QueryableByName)]
struct PersonRow {
    #[diesel(sql_type = Text)]
    person: String,
    #[diesel(sql_type = BigInt)]
    group_no: i64,
    #[diesel(sql_type = Nullable<Binary>)]
    issued_blind: Option<Vec<u8>>,
}

#[derive(QueryableByName)]
struct BallotRow {
    #[diesel(sql_type = Binary)]
    nonce: Vec<u8>,
    #[diesel(sql_type = BigInt)]
    group_no: i64,
    #[diesel(sql_type = Binary)]
    mac: Vec<u8>,
    #[diesel(sql_type = Binary)]
    ct: Vec<u8>,
}

/// How often a copy is made anew that was taken while the program wrote, and cannot be read.
const TRIES: u32 = 50;

/// Copies the files of both stores, as a backup does that knows nothing of databases.
pub(crate) fn copy(folder: &Path) -> Copy {
    let mut last = None;
    for _ in 0..TRIES {
        match copy_once(folder) {
            Ok(copy) => return copy,
            Err(cause) => last = Some(cause),
        }
    }
    panic!("no copy of {} can be read: {last:?}", folder.display())
}

fn copy_once(folder: &Path) -> QueryResult<Copy> {
    let place = world::folder();
    // Before anything else: whoever reads files changes their times.
    let times = times::of_files(folder);
    let mut files = Vec::new();
    for name in ["identity.db", "identity.db-wal", "responses.db", "responses.db-wal"] {
        // A log is there only while somebody has the file open.
        if let Ok(bytes) = std::fs::read(folder.join(name)) {
            std::fs::write(place.path().join(name), &bytes).unwrap();
            files.push(Artefact { name: name.to_owned(), bytes });
        }
    }
    let open = |name: &str| SqliteConnection::establish(place.path().join(name).to_str().unwrap()).unwrap();
    let people: Vec<PersonRow> = sql_query("SELECT person, group_no, issued_blind FROM wave_person").load(&mut open("identity.db"))?;
    let mut responses = open("responses.db");
    // Only a table that numbers its rows has this column; of the others the engine gives the order of their keys.
    let numbered = sql_query("SELECT nonce, group_no, mac, ct FROM ballot ORDER BY rowid").load::<BallotRow>(&mut responses);
    let ballots = numbered.or_else(|_| sql_query("SELECT nonce, group_no, mac, ct FROM ballot").load::<BallotRow>(&mut responses))?;
    let group = |number: i64| u32::try_from(number).unwrap();
    Ok(Copy {
        people: people
            .into_iter()
            .map(|row| StoredPerson { person: row.person, group: group(row.group_no), issued: row.issued_blind })
            .collect(),
        ballots: ballots
            .into_iter()
            .map(|row| StoredBallot {
                nonce: row.nonce.try_into().unwrap(),
                group: group(row.group_no),
                mac: row.mac.try_into().unwrap(),
                ct: row.ct,
            })
            .collect(),
        files,
        times,
        ..Copy::default()
    })
}

/// The round's credential key, from the people side of a copy.
pub(crate) fn credential_key(copy: &Copy) -> Vec<u8> {
    #[derive(QueryableByName)]
    struct KeyRow {
        #[diesel(sql_type = Binary)]
        credential_key: Vec<u8>,
    }
    let place = world::folder();
    for file in &copy.files {
        std::fs::write(place.path().join(&file.name), &file.bytes).unwrap();
    }
    let mut connection = SqliteConnection::establish(place.path().join("identity.db").to_str().unwrap()).unwrap();
    let keys: Vec<KeyRow> = sql_query("SELECT credential_key FROM wave WHERE credential_key IS NOT NULL").load(&mut connection).unwrap();
    keys.into_iter().next().unwrap().credential_key
}
