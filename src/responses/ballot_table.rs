//! The one table that is written anew and dropped during a wave's life; the only statements here that are not queries.

use diesel::connection::SimpleConnection;
use storage::{Conn, Engine, StorageError, on_each};

/// The ballot table under another title, exactly as the migration makes it.
fn definition(engine: Engine, table: &str) -> String {
    match engine {
        Engine::Postgres => format!(
            "CREATE TABLE {table} (
    nonce bytea NOT NULL PRIMARY KEY CHECK (length(nonce) = 32),
    group_no bigint NOT NULL CHECK (group_no >= 0),
    mac bytea NOT NULL CHECK (length(mac) = 32),
    ct bytea NOT NULL CHECK (length(ct) = 4144)
);
ALTER TABLE {table}
    ALTER COLUMN nonce SET STATISTICS 0,
    ALTER COLUMN mac SET STATISTICS 0,
    ALTER COLUMN ct SET STATISTICS 0;"
        ),
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
    #[cfg(feature = "planted")]
    if crate::planted::keeps_its_order(conn)? {
        return Ok(());
    }
    let sql = format!(
        "{} INSERT INTO ballot_in_order (nonce, group_no, mac, ct) SELECT nonce, group_no, mac, ct FROM ballot ORDER BY nonce;
         DROP TABLE ballot; ALTER TABLE ballot_in_order RENAME TO ballot;",
        definition(conn.engine(), "ballot_in_order")
    );
    Ok(on_each!(conn, |c| c.batch_execute(&sql))?)
}

/// Drops every ballot with its table and makes the table anew.
pub(crate) fn make_anew(conn: &mut Conn<'_>) -> Result<(), StorageError> {
    #[cfg(feature = "planted")]
    if crate::planted::only_deletes(conn)? {
        return Ok(());
    }
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

    const SQLITE: &str = "SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE %ballot%'";

    /// Columns with their types and of how many of their values the server keeps samples, and the rules in the order of their wording; a rule keeps its name
    /// when its table gets another.
    const POSTGRES: &str = "SELECT (SELECT string_agg(concat_ws(' ', column_name, udt_name, is_nullable, column_default), ', ' ORDER BY ordinal_position)
            FROM information_schema.columns WHERE table_name = 'ballot')
        || (SELECT string_agg(concat_ws(' ', attname, attstattarget), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'ballot'::regclass AND attnum > 0)
        || (SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY pg_get_constraintdef(oid)) FROM pg_constraint WHERE conrelid = 'ballot'::regclass)";

    fn structure(store: &Responses) -> String {
        let found: String = store
            .database
            .read(|conn| {
                let query = if conn.engine() == Engine::Sqlite { SQLITE } else { POSTGRES };
                Ok::<_, StorageError>(on_each!(conn, |c| sql::<Text>(query).get_result(c))?)
            })
            .unwrap();
        found.replace('"', "")
    }

    #[test]
    fn the_table_made_anew_is_the_table_of_the_migration() {
        let home = test_postgres::Home::on(test_postgres::engine(), "responses.db");
        let store = Responses::connect(&home.url()).unwrap();
        store.migrate().unwrap();
        let migrated = structure(&store);
        store.database.write(put_in_key_order).unwrap();
        assert_eq!(structure(&store), migrated);
        store.database.write(make_anew).unwrap();
        assert_eq!(structure(&store), migrated);
        store
            .database
            .write(|conn| on_each!(conn, |c| c.batch_execute("ALTER TABLE ballot ADD COLUMN at integer")).map_err(StorageError::from))
            .unwrap();
        assert_ne!(structure(&store), migrated, "the comparison must notice a column");
    }
}
