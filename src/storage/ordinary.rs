//! A survey of the ordinary kind, in a SQLite file of its own: answers without names in one table, and in another a mark for whoever has answered.
//!
//! No store keeps answers like this. The demo makes such a file to show what the attacks that it runs on the product find there.

use std::path::Path;

use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Binary, Text};
use diesel::sqlite::SqliteConnection;
use domain::Moment;

use crate::connection::Conn;
use crate::copies::{Kind, Table, rows_of};
use crate::database::Database;
use crate::error::StorageError;
use crate::laid_open::LaidOpen;

const STRUCTURE: &str = "
    CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, answered_at INTEGER) STRICT;
    CREATE TABLE answer (number INTEGER PRIMARY KEY, form BLOB NOT NULL, points INTEGER NOT NULL) STRICT;
";

/// The survey, open: as long as it is, its file has a write-ahead log, like that of a server that runs.
pub struct OrdinarySurvey(Database);

impl OrdinarySurvey {
    /// Makes the file at an absolute path and writes down who is asked: id and name of each.
    ///
    /// # Errors
    /// When the file cannot be made, or an id comes twice.
    pub fn create<'a>(path: &Path, people: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Result<Self, StorageError> {
        let database = Database::open(&format!("sqlite://{}", path.display()))?;
        database.write(|conn| {
            let connection = sqlite(conn)?;
            connection.batch_execute(STRUCTURE)?;
            for (id, name) in people.clone() {
                let insert = diesel::sql_query("INSERT INTO person (id, name) VALUES (?, ?)");
                insert.bind::<Text, _>(id).bind::<Text, _>(name).execute(connection)?;
            }
            Ok::<_, StorageError>(())
        })?;
        Ok(Self(database))
    }

    /// Somebody answers: one transaction keeps the answer under a random number of its form, and marks the person with the moment.
    ///
    /// # Errors
    /// [`StorageError::Conflict`] when the person is not asked or has the mark already; else what the database says.
    pub fn answer(&self, person: &str, points: u8, at: Moment) -> Result<(), StorageError> {
        let form: [u8; 16] = rand::random();
        self.0.write(|conn| {
            let connection = sqlite(conn)?;
            let insert = diesel::sql_query("INSERT INTO answer (form, points) VALUES (?, ?)");
            insert.bind::<Binary, _>(&form[..]).bind::<BigInt, _>(i64::from(points)).execute(connection)?;
            let mark = diesel::sql_query("UPDATE person SET answered_at = ? WHERE id = ? AND answered_at IS NULL");
            match mark.bind::<BigInt, _>(at.micros()).bind::<Text, _>(person).execute(connection)? {
                1 => Ok(()),
                _ => Err(StorageError::Conflict("nobody is asked who has this id and has not answered".to_owned())),
            }
        })
    }

    /// The survey as whoever copies its files has it: the tables `person` (id, name, `answered_at` in microseconds since 1970) and `answer` (number, form,
    /// points), each in the order of its key, and the files.
    ///
    /// # Errors
    /// When the database or a file cannot be read.
    pub fn laid_open(&self) -> Result<LaidOpen, StorageError> {
        let tables = [
            Table::new("person", &["id"], &[("id", Kind::Text), ("name", Kind::Text), ("answered_at", Kind::Number)]),
            Table::new("answer", &["number"], &[("number", Kind::Number), ("form", Kind::Bytes), ("points", Kind::Number)]),
        ];
        Ok(LaidOpen { tables: rows_of(&tables, &self.0)?, files: self.0.files()?.unwrap_or_default() })
    }
}

fn sqlite<'c>(conn: &'c mut Conn<'_>) -> Result<&'c mut SqliteConnection, StorageError> {
    match conn {
        Conn::Sqlite(connection) => Ok(connection),
        Conn::Postgres(_) => Err(StorageError::Url("an ordinary survey is a SQLite file".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn an_ordinary_survey_keeps_answers_in_the_order_in_which_they_came_and_marks_each_person_once() {
        let folder = tempfile::tempdir().unwrap();
        let people = [("b", "Bea"), ("a", "Ada"), ("c", "Cy")];
        let survey = OrdinarySurvey::create(&folder.path().join("ordinary.db"), people.into_iter()).unwrap();
        survey.answer("b", 7, Moment::from_micros(10)).unwrap();
        survey.answer("a", 2, Moment::from_micros(20)).unwrap();
        for refused in ["b", "z"] {
            let error = survey.answer(refused, 5, Moment::from_micros(30)).unwrap_err();
            assert!(matches!(error, StorageError::Conflict(_)), "{error}");
        }
        let laid_open = survey.laid_open().unwrap();
        let marks: Vec<_> =
            laid_open.table("person").unwrap().columns(["id", "answered_at"]).map(|[id, at]| (id.text().unwrap(), at.number())).collect();
        assert_eq!(marks, [("a", Some(20)), ("b", Some(10)), ("c", None)]);
        let answers = laid_open.table("answer").unwrap().columns(["number", "points"]).map(|row| row.map(|value| value.number().unwrap()));
        assert_eq!(answers.collect::<Vec<_>>(), [[1, 7], [2, 2]], "what is refused leaves nothing behind");
        let names: Vec<&str> = laid_open.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["ordinary.db-wal", "ordinary.db"]);
    }
}
