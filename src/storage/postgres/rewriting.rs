//! Deleted rows are out of the server's table files when a rewriting has ended well.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::Text;

use super::PgConnection;
use crate::error::StorageError;

/// How long transactions that may still look at deleted rows are waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// The first transaction number that nobody had when this was asked: whatever was deleted before was deleted by an earlier one.
const NEXT_TRANSACTION: &str = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text";

/// Who may still look at rows that were deleted before a transaction number, in words: the sessions of this database with an older view, transactions of
/// *any* database that began to write before it, standbys, and what a slot or a prepared transaction keeps. The manual names them under "Routine
/// Vacuuming"; `VACUUM FULL` looks with a view of its own, which reaches back to the oldest writer of the whole server.
const ONLOOKERS: &str = "WITH before AS (SELECT $1::xid8 AS number)
    SELECT format('process %s in the database %s', pid, coalesce(datname, 'of a standby')) AS who FROM pg_stat_activity, before
    WHERE pid <> pg_backend_pid() AND (age(backend_xid) > age(number::xid)
        OR age(backend_xmin) > age(number::xid) AND (datname = current_database() OR datname IS NULL))
    UNION ALL SELECT format('the replication slot %s', slot_name) FROM pg_replication_slots, before WHERE age(xmin) > age(number::xid)
    UNION ALL SELECT format('the prepared transaction %s', gid) FROM pg_prepared_xacts, before WHERE age(transaction) > age(number::xid)
    UNION ALL SELECT 'another transaction' FROM before WHERE pg_snapshot_xmin(pg_current_snapshot()) < number
    LIMIT 1";

/// `VACUUM FULL` writes a table anew without its dead rows. A server without it is told apart and left alone: how it forgets is its own matter.
///
/// It carries every dead row over, without a word, that some transaction may still look at. So those that began before are waited for first; whoever
/// begins later cannot see what was deleted.
///
/// The row of the turn is locked by the very step that rewrites, and holds nothing worth forgetting.
///
/// # Errors
/// [`StorageError::Unavailable`] names who could still look at deleted rows after half a minute. To be repeated.
pub(super) fn rewrite(connection: &mut PgConnection) -> Result<(), StorageError> {
    let tables: Vec<String> =
        sql::<Text>("SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'candor_turn' ORDER BY 1")
            .load(connection)?;
    wait_for_onlookers(connection, PATIENCE)?;
    connection.batch_execute("SET statement_timeout = 0")?;
    let mut result = Ok(());
    for table in tables {
        match connection.batch_execute(&format!("VACUUM FULL \"{table}\"")) {
            Ok(()) => {}
            Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)) if information.message().contains("syntax error") => {
                tracing::warn!("the database server has no VACUUM FULL: deleted rows stay in its files until it clears them itself");
                break;
            }
            Err(cause) => {
                result = Err(StorageError::from(cause));
                break;
            }
        }
    }
    connection.batch_execute("SET statement_timeout = '120s'")?;
    result
}

/// Returns once nobody can look any more at what was deleted before the call.
fn wait_for_onlookers(connection: &mut PgConnection, patience: Duration) -> Result<(), StorageError> {
    let next: String = match sql::<Text>(NEXT_TRANSACTION).get_result(connection) {
        Ok(next) => next,
        // A server that does not number its transactions has no `VACUUM FULL` either.
        Err(DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)) if is_unknown_function(information.message()) => {
            return Ok(());
        }
        Err(cause) => return Err(cause.into()),
    };
    let asked = Instant::now();
    loop {
        let onlooker: Option<String> =
            diesel::sql_query(ONLOOKERS).bind::<Text, _>(&next).get_result::<Onlooker>(connection).optional()?.map(|found| found.who);
        match onlooker {
            None => return Ok(()),
            Some(onlooker) if asked.elapsed() >= patience => {
                return Err(StorageError::Unavailable(format!(
                    "{onlooker} has a transaction open in which deleted rows can still be seen, so that they would stay in the server's files; \
                     wait until it ends, or end it, and repeat the command"
                )));
            }
            Some(_) => std::thread::sleep(BETWEEN_LOOKS),
        }
    }
}

fn is_unknown_function(words: &str) -> bool {
    words.contains("does not exist") || words.contains("unknown function")
}

#[derive(QueryableByName)]
struct Onlooker {
    #[diesel(sql_type = Text)]
    who: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use test_postgres::{Cluster, Disk, TestDatabase};

    use super::super::{Address, driver};
    use super::*;

    fn connected(database: &TestDatabase<'_>) -> PgConnection {
        driver::connect(&Address::parse(&database.url()).unwrap()).unwrap()
    }

    #[test]
    fn each_kind_of_onlooker_is_waited_for_and_named_and_one_who_came_later_is_not() {
        let cluster = Cluster::start(Disk::Quick, &[("max_prepared_transactions", "2"), ("autovacuum", "off")]);
        let (own, other) = (cluster.database(), cluster.database());
        let mut connection = connected(&own);
        let mut refusal = || match wait_for_onlookers(&mut connection, Duration::from_millis(50)) {
            Ok(()) => None,
            Err(StorageError::Unavailable(words)) => Some(words),
            Err(other) => panic!("{other}"),
        };
        own.sql("CREATE TABLE words (word text)");
        other.sql("CREATE TABLE words (word text)");
        for (place, sitting, named) in [
            (&own, "BEGIN; INSERT INTO words VALUES ('a')", "process "),
            (&own, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM words", "process "),
            (&other, "BEGIN; INSERT INTO words VALUES ('a')", "process "),
        ] {
            let mut onlooker = connected(place);
            onlooker.batch_execute(sitting).unwrap();
            // Numbers go on, so that a deletion after the onlooker's beginning has a later one.
            own.sql("INSERT INTO words VALUES ('b')");
            let words = refusal().unwrap_or_else(|| panic!("{sitting}: not waited for"));
            assert!(words.contains(named) && words.contains(place.name()) && words.contains("repeat"), "{words}");
            onlooker.batch_execute("COMMIT").unwrap();
            assert_eq!(refusal(), None, "{sitting}");
        }
        let mut reader = connected(&other);
        reader.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM words").unwrap();
        own.sql("INSERT INTO words VALUES ('b')");
        assert_eq!(refusal(), None, "whoever only reads in another database sees nothing of this one");
        reader.batch_execute("COMMIT").unwrap();

        own.sql("BEGIN; INSERT INTO words VALUES ('a'); PREPARE TRANSACTION 'left lying'");
        own.sql("INSERT INTO words VALUES ('b')");
        assert!(refusal().is_some_and(|words| words.contains("left lying")), "a prepared transaction");
        own.sql("ROLLBACK PREPARED 'left lying'");
        assert_eq!(refusal(), None);
    }
}
