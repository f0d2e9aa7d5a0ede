//! The one table that is written anew and dropped during a wave's life; the only statements here that are not queries.

use diesel::connection::SimpleConnection;
use storage::{Conn, Engine, StorageError, on_each};

/// The ballot table under another title, exactly as the migration makes it.
fn definition(engine: Engine, table: &str) -> String {
    match engine {
        Engine::Sqlite => format!(
            "CREATE TABLE {table} (
    nonce BLOB NOT NULL PRIMARY KEY CHECK (length(nonce) = 32),
    group_no INTEGER NOT NULL CHECK (group_no >= 0),
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    ct BLOB NOT NULL CHECK (length(ct) = 4144)
) STRICT, WITHOUT ROWID;"
        ),
    }
}

/// Writes all ballots into a new table in the order of their random numbers, so that nothing in the table's pages tells the order of arrival.
pub(crate) fn put_in_key_order(conn: &mut Conn<'_>) -> Result<(), StorageError> {
    let sql = format!(
        "{} INSERT INTO ballot_in_order (nonce, group_no, mac, ct) SELECT nonce, group_no, mac, ct FROM ballot ORDER BY nonce;
         DROP TABLE ballot; ALTER TABLE ballot_in_order RENAME TO ballot;",
        definition(conn.engine(), "ballot_in_order")
    );
    Ok(on_each!(conn, |c| c.batch_execute(&sql))?)
}

/// Drops every ballot with its table and makes the table anew.
pub(crate) fn make_anew(conn: &mut Conn<'_>) -> Result<(), StorageError> {
    let sql = format!("DROP TABLE ballot; {}", definition(conn.engine(), "ballot"));
    Ok(on_each!(conn, |c| c.batch_execute(&sql))?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use diesel::RunQueryDsl;
    use diesel::dsl::sql;
    use diesel::sql_types::Text;

    use super::*;
    use crate::Responses;

    fn structure(store: &Responses) -> String {
        let found: String = store
            .database
            .read(|conn| {
                Ok::<_, StorageError>(on_each!(conn, |c| sql::<Text>(
                    "SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE %ballot%'"
                )
                .get_result(c))?)
            })
            .unwrap();
        found.replace('"', "")
    }

    #[test]
    fn the_table_made_anew_is_the_table_of_the_migration() {
        let folder = tempfile::tempdir().unwrap();
        let store = Responses::connect(&format!("sqlite://{}/responses.db", folder.path().display())).unwrap();
        store.migrate().unwrap();
        let migrated = structure(&store);
        store.database.write(put_in_key_order).unwrap();
        assert_eq!(structure(&store), migrated);
        store.database.write(make_anew).unwrap();
        assert_eq!(structure(&store), migrated);
    }
}
