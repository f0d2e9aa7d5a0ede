//! That nothing of the database is forgotten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use std::collections::BTreeSet;

use diesel::dsl::sql;
use test_postgres::{Engine, Home, engine};

use super::*;

/// What is in the database and on purpose not in a copy, beside whole tables.
const WITHHELD: &[&str] = &["wave.credential_key"];

const SQLITE: &str = "SELECT tables.name || '.' || columns.name || ' ' || columns.type || CASE WHEN columns.pk > 0 THEN ' key' ELSE '' END \
    FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'";

const POSTGRES: &str = "SELECT columns.table_name || '.' || columns.column_name || ' ' || columns.udt_name || \
    CASE WHEN EXISTS (SELECT 1 FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) \
        WHERE indisprimary AND indrelid = columns.table_name::regclass AND attname = columns.column_name) THEN ' key' ELSE '' END \
    FROM information_schema.columns AS columns WHERE columns.table_schema = current_schema()";

fn column_type(kind: Kind) -> &'static str {
    match (engine(), kind) {
        (Engine::Sqlite, Kind::Id16 | Kind::Bytes) => "BLOB",
        (Engine::Sqlite, Kind::Text | Kind::Doc) => "TEXT",
        (Engine::Sqlite, Kind::Number | Kind::Truth | Kind::Moment) => "INTEGER",
        (Engine::Postgres, Kind::Id16) => "uuid",
        (Engine::Postgres, Kind::Bytes) => "bytea",
        (Engine::Postgres, Kind::Text) => "text",
        (Engine::Postgres, Kind::Doc) => "jsonb",
        (Engine::Postgres, Kind::Number) => "int8",
        (Engine::Postgres, Kind::Truth) => "bool",
        (Engine::Postgres, Kind::Moment) => "timestamptz",
    }
}

#[test]
fn every_column_of_the_database_is_copied_or_left_out_by_its_name() {
    let home = Home::on(engine(), "identity.db");
    let store = Identity::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    let found: Vec<String> = store
        .database
        .read(|conn| {
            let query = if conn.engine() == storage::Engine::Sqlite { SQLITE } else { POSTGRES };
            Ok::<_, StorageError>(on_each!(conn, |c| sql::<diesel::sql_types::Text>(query).load(c))?)
        })
        .unwrap();
    let plan = plan();
    let not_ours = |line: &&String| {
        let (table, column) = line.split(' ').next().unwrap().split_once('.').unwrap();
        let bookkeeping = ["__diesel_schema_migrations", "candor_turn"];
        !plan.left_out.contains(&table) && !bookkeeping.contains(&table) && !WITHHELD.contains(&format!("{table}.{column}").as_str())
    };
    let found: BTreeSet<String> = found.iter().filter(not_ours).cloned().collect();
    let copied: BTreeSet<String> = plan
        .tables
        .iter()
        .flat_map(|table| {
            table.columns.iter().map(move |column| {
                let key = if table.key.contains(&column.name) { " key" } else { "" };
                format!("{}.{} {}{key}", table.name, column.name, column_type(column.kind))
            })
        })
        .collect();
    assert_eq!(copied, found);
}

#[test]
fn what_is_laid_open_is_every_row_of_a_copy_in_the_order_of_its_key_with_the_files_where_there_are_any() {
    let home = Home::on(engine(), "identity.db");
    let store = Identity::connect(&home.url()).unwrap();
    store.migrate().unwrap();
    let insert = "INSERT INTO team (label) VALUES ('Beta, in all its length'), ('Alpha'), ('Gamma')";
    store.database.write(|conn| Ok::<_, StorageError>(on_each!(conn, |c| diesel::sql_query(insert).execute(c))?)).unwrap();

    let tables = plan().rows(&store.database).unwrap();
    assert!(tables.iter().map(|filled| &filled.table).eq(&plan().tables));
    let teams = tables.iter().find(|filled| filled.table.name == "team").unwrap();
    let labels: Vec<&str> = teams.columns(["label"]).filter_map(|[label]| label.text()).collect();
    assert_eq!(labels, ["Alpha", "Beta, in all its length", "Gamma"]);
    assert_eq!(teams.columns(["label", "colour"]).count(), 0, "there is no such column");

    let laid_open = store.laid_open().unwrap();
    if engine() == Engine::Postgres {
        assert_eq!(laid_open, None, "a server's files are elsewhere");
        return;
    }
    let laid_open = laid_open.unwrap();
    assert_eq!((laid_open.table("team"), laid_open.table("session")), (Some(teams), None));
    let names: Vec<&str> = laid_open.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["identity.db-wal", "identity.db"]);
    let needle = b"Beta, in all its length";
    assert!(laid_open.files.iter().any(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle)));
}
