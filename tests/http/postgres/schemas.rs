//! Both engines hold the same structure, and it is the one that the queries take it for.

use std::collections::BTreeSet;

use test_postgres::Engine;

use super::structure::{Structure, declared, of_postgres, of_sqlite};
use crate::place::Place;

/// Each type of the queries with what it is on SQLite and on PostgreSQL. Texts are compared byte by byte on both.
const TYPES: &[(&str, &str, &str)] = &[
    ("Id16", "BLOB", "uuid"),
    ("Id32", "BLOB", "bytea"),
    ("Binary", "BLOB", "bytea"),
    ("Key", "TEXT", "text C"),
    ("Text", "TEXT", "text C"),
    ("Count", "INTEGER", "bigint"),
    ("Moment", "INTEGER", "timestamp with time zone"),
    ("Doc", "TEXT", "jsonb"),
    ("Bool", "INTEGER", "boolean"),
];

/// The stores: file of SQLite, place of the database on PostgreSQL, declarations of the queries.
const STORES: [(&str, usize, &str); 2] = [
    ("identity.db", 0, include_str!("../../../src/identity/schema.rs")),
    ("responses.db", 1, include_str!("../../../src/responses/schema.rs")),
];

/// Everything in which the engines differ from each other or from the queries.
fn differences(mut sqlite: Structure, mut postgres: Structure, source: &str) -> Vec<String> {
    let declared = declared(source);
    let mut found = Vec::new();
    let tables = |names: Vec<&String>| names.into_iter().cloned().collect::<BTreeSet<String>>();
    let expected = tables(declared.keys().collect());
    if tables(sqlite.keys().collect()) != expected || tables(postgres.keys().collect()) != expected {
        found.push(format!("tables: {:?} on SQLite, {:?} on PostgreSQL, {expected:?} in the queries", sqlite.keys(), postgres.keys()));
        return found;
    }
    for (name, columns) in &declared {
        let (Some(left), Some(right)) = (sqlite.get_mut(name), postgres.get_mut(name)) else { continue };
        let names: BTreeSet<&String> = columns.keys().chain(left.columns.keys()).chain(right.columns.keys()).collect();
        for column in names {
            let (Some((kind, nullable)), Some(on_sqlite), Some(on_postgres)) =
                (columns.get(column), left.columns.get(column), right.columns.get(column))
            else {
                found.push(format!("{name}.{column} is not everywhere"));
                continue;
            };
            let (_, sqlite_kind, postgres_kind) =
                TYPES.iter().find(|(ours, ..)| ours == kind).unwrap_or_else(|| panic!("the type {kind} is new"));
            let fits = on_sqlite.kind == *sqlite_kind
                && on_postgres.kind == *postgres_kind
                && on_sqlite.nullable == *nullable
                && on_postgres.nullable == *nullable
                && on_sqlite.has_default == on_postgres.has_default;
            if !fits {
                found.push(format!("{name}.{column}: {kind}, null {nullable}; {on_sqlite:?}; {on_postgres:?}"));
            }
        }
        // What the type itself says on PostgreSQL, SQLite has to be told: 16 bytes, yes or no.
        left.checks.retain(|check| {
            let kind = check.columns.first().and_then(|column| columns.get(column)).map(|(kind, _)| kind.as_str());
            check.columns.len() > 1 || !matches!(kind, Some("Id16" | "Bool"))
        });
        let (left, right) = (&*left, &*right);
        if (&left.primary_key, &left.unique, &left.references, &left.checks, &left.indexes)
            != (&right.primary_key, &right.unique, &right.references, &right.checks, &right.indexes)
        {
            found.push(format!("{name}: {left:#?}\n{right:#?}"));
        }
    }
    found
}

#[test]
fn both_engines_hold_the_structure_that_the_queries_take_them_for() {
    let (on_sqlite, on_postgres) = (Place::migrated(Engine::Sqlite), Place::migrated(Engine::Postgres));
    for (file, number, source) in STORES {
        let sqlite = of_sqlite(&on_sqlite.path().join(file));
        assert!(
            sqlite.len() >= 3 && sqlite.values().any(|table| !table.references.is_empty() && !table.checks.is_empty()),
            "nothing was read"
        );
        let found = differences(sqlite, of_postgres(on_postgres.database(number)), source);
        assert!(found.is_empty(), "{file}:\n{}", found.join("\n"));
    }
}

#[test]
fn a_difference_of_any_kind_is_noticed() {
    let (on_sqlite, on_postgres) = (Place::migrated(Engine::Sqlite), Place::migrated(Engine::Postgres));
    let (file, number, source) = STORES[0];
    for change in [
        "ALTER TABLE person ALTER COLUMN name DROP NOT NULL",
        "ALTER TABLE person ALTER COLUMN name TYPE text COLLATE \"POSIX\"",
        "ALTER TABLE person ADD COLUMN shoe_size bigint",
        "ALTER TABLE mail_job DROP COLUMN attempts",
        "ALTER TABLE mail_job ALTER COLUMN attempts TYPE integer",
        "ALTER TABLE mail_job ALTER COLUMN attempts SET DEFAULT 0",
        "ALTER TABLE account DROP CONSTRAINT account_login_key",
        "ALTER TABLE account DROP CONSTRAINT account_role_check",
        "ALTER TABLE session DROP CONSTRAINT session_account_fkey",
        "ALTER TABLE link_secret DROP CONSTRAINT link_secret_pkey",
        "CREATE INDEX ON link_secret (wave)",
        "CREATE TABLE diary (day text)",
    ] {
        let copy = on_postgres.copy();
        let read = || differences(of_sqlite(&on_sqlite.path().join(file)), of_postgres(copy.database(number)), source);
        assert_eq!(read(), Vec::<String>::new());
        copy.database(number).sql(change);
        assert_eq!(read().len(), 1, "{change}");
    }
}
