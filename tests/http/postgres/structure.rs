//! The structure of a database in one form for both engines: what the engine itself says, not what the migrations say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;
use test_postgres::TestDatabase;

/// All tables of a store.
pub(crate) type Structure = BTreeMap<String, Table>;

/// A table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// By name.
    pub(crate) columns: BTreeMap<String, Column>,
    /// In the order of the key.
    pub(crate) primary_key: Vec<String>,
    /// Sets of columns that are unique besides the primary key.
    pub(crate) unique: BTreeSet<Vec<String>>,
    /// References to other tables.
    pub(crate) references: BTreeSet<Reference>,
    /// Rules about values.
    pub(crate) checks: BTreeSet<Check>,
    /// Further indexes, by their columns.
    pub(crate) indexes: BTreeSet<Vec<String>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// The engine's own name of the type; texts with the collation where the engine has one.
    pub(crate) kind: String,
    pub(crate) nullable: bool,
    pub(crate) has_default: bool,
}

/// A foreign key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reference {
    from: Vec<String>,
    table: String,
    to: Vec<String>,
    on_delete: String,
}

/// A rule, as far as two engines write it alike: the columns and the values that it names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Check {
    pub(crate) columns: BTreeSet<String>,
    pub(crate) values: BTreeSet<String>,
}

/// The engine's own tables: which migrations were applied, whose turn it is.
const OWN: &[&str] = &["__diesel_schema_migrations", "candor_turn"];

/// Reads a file of SQLite.
pub(crate) fn of_sqlite(file: &Path) -> Structure {
    let mut connection = SqliteConnection::establish(&file.display().to_string()).unwrap();
    let c = &mut connection;
    let tables: Vec<(String, String)> =
        sql::<(Text, Text)>("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
            .load(c)
            .unwrap();
    tables
        .into_iter()
        .filter(|(name, _)| !OWN.contains(&name.as_str()))
        .map(|(name, text)| (name.clone(), sqlite_table(c, &name, &text)))
        .collect()
}

fn sqlite_table(c: &mut SqliteConnection, name: &str, text: &str) -> Table {
    let mut table = Table::default();
    let columns: Vec<(String, String, i64, Option<String>, i64)> = sql::<(Text, Text, BigInt, Nullable<Text>, BigInt)>(&format!(
        "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{name}')"
    ))
    .load(c)
    .unwrap();
    let mut key: Vec<(i64, String)> = columns.iter().filter(|column| column.4 > 0).map(|column| (column.4, column.0.clone())).collect();
    key.sort();
    table.primary_key = key.into_iter().map(|(_, column)| column).collect();
    for (column, kind, not_null, default, _) in columns {
        table.columns.insert(column, Column { kind, nullable: not_null == 0, has_default: default.is_some() });
    }
    let parts: Vec<(i64, String, String, Option<String>, String)> = sql::<(BigInt, Text, Text, Nullable<Text>, Text)>(&format!(
        "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list('{name}') ORDER BY id, seq"
    ))
    .load(c)
    .unwrap();
    let mut references: BTreeMap<i64, Reference> = BTreeMap::new();
    for (id, target, from, to, on_delete) in parts {
        let reference = references.entry(id).or_insert_with(|| Reference {
            from: Vec::new(),
            table: target,
            to: Vec::new(),
            on_delete: on_delete.to_lowercase(),
        });
        reference.from.push(from);
        reference.to.extend(to);
    }
    table.references = references.into_values().collect();
    let indexes: Vec<(String, String)> =
        sql::<(Text, Text)>(&format!("SELECT name, origin FROM pragma_index_list('{name}') WHERE origin <> 'pk'")).load(c).unwrap();
    for (index, origin) in indexes {
        let columns: Vec<String> = sql::<Text>(&format!("SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")).load(c).unwrap();
        if origin == "u" {
            table.unique.insert(columns)
        } else {
            table.indexes.insert(columns)
        };
    }
    // SQLite keeps rules only in the text of the table.
    table.checks = expressions(text).map(|expression| check(expression, &table.columns)).collect();
    table
}

/// The expressions of all `CHECK (…)` in a text, each with everything inside its parentheses.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("CHECK (").map(|(at, word)| {
        let inside = &text[at + word.len()..];
        let mut depth = 1;
        let end = inside.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        &inside[..end.unwrap()]
    })
}

/// Reads a database of PostgreSQL.
pub(crate) fn of_postgres(database: &TestDatabase<'_>) -> Structure {
    let mut structure = Structure::new();
    let rows = |statement: &str| -> Vec<Vec<String>> {
        database.sql(statement).lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    };
    let names = |text: &str| -> Vec<String> { text.split(',').map(str::to_owned).collect() };
    for row in rows(
        "SELECT table_name, column_name, data_type, coalesce(' ' || collation_name, ''), is_nullable, column_default IS NOT NULL
         FROM information_schema.columns WHERE table_schema = 'public'",
    ) {
        let [table, column, kind, collation, nullable, default] = row.try_into().unwrap();
        let column_of = Column { kind: kind + &collation, nullable: nullable == "YES", has_default: default == "t" };
        structure.entry(table).or_default().columns.insert(column, column_of);
    }
    for row in rows(
        "SELECT relname, contype, columns(conrelid, conkey), coalesce(confrelid::regclass::text, ''), coalesce(columns(confrelid, confkey), ''), confdeltype,
             replace(pg_get_constraintdef(pg_constraint.oid), '|', '/')
         FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE connamespace = 'public'::regnamespace"
            .replace("columns(conrelid, conkey)", COLUMNS)
            .replace("columns(confrelid, confkey)", &COLUMNS.replace("conrelid", "confrelid").replace("conkey", "confkey"))
            .as_str(),
    ) {
        let [table, kind, columns, target, to, on_delete, text] = row.try_into().unwrap();
        let table = structure.get_mut(&table).unwrap();
        match kind.as_str() {
            "p" => table.primary_key = names(&columns),
            "u" => {
                table.unique.insert(names(&columns));
            }
            "f" => {
                let on_delete = if on_delete == "c" { "cascade" } else { "no action" }.to_owned();
                table.references.insert(Reference { from: names(&columns), table: target, to: names(&to), on_delete });
            }
            _ => {
                table.checks.insert(check(&text, &table.columns));
            }
        }
    }
    for row in rows(
        "SELECT relname, (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(indkey) WITH ORDINALITY AS k (number, place)
             JOIN pg_attribute ON attrelid = indrelid AND attnum = number)
         FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
         WHERE relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
    ) {
        let [table, columns] = row.try_into().unwrap();
        structure.get_mut(&table).unwrap().indexes.insert(names(&columns));
    }
    structure.retain(|name, _| !OWN.contains(&name.as_str()));
    structure
}

/// The names of a constraint's columns in its order.
const COLUMNS: &str = "(SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
    JOIN pg_attribute ON attrelid = conrelid AND attnum = number)";

/// Which of the columns and which values an expression names.
fn check(expression: &str, columns: &BTreeMap<String, Column>) -> Check {
    let mut found = Check { columns: BTreeSet::new(), values: BTreeSet::new() };
    for (number, piece) in expression.split('\'').enumerate() {
        if number % 2 == 1 {
            // PostgreSQL writes bytes as '\x01', SQLite as x'01'.
            found.values.insert(piece.trim_start_matches("\\x").to_owned());
            continue;
        }
        for word in piece.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty()) {
            if columns.contains_key(word) {
                found.columns.insert(word.to_owned());
            } else if word.bytes().all(|b| b.is_ascii_digit()) {
                found.values.insert(word.to_owned());
            }
        }
    }
    found
}

/// What the queries of a store take its columns for, read from its `table!` declarations: table, column, type, whether it may be null.
pub(crate) fn declared(source: &str) -> BTreeMap<String, BTreeMap<String, (String, bool)>> {
    let mut tables: BTreeMap<String, BTreeMap<String, (String, bool)>> = BTreeMap::new();
    let mut table = String::new();
    for line in source.lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix(") {").and_then(|head| head.split_once(" (")) {
            name.clone_into(&mut table);
        } else if let Some((column, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(" -> ")) {
            let inner = kind.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
            let entry = (inner.unwrap_or(kind).to_owned(), inner.is_some());
            tables.entry(table.clone()).or_default().insert(column.to_owned(), entry);
        }
    }
    tables
}
