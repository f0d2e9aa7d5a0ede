//! From a copy into an empty database, in one transaction.

use std::io::Read;

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::engine::{FillLater, Insert};
use super::reading::each_copied;
use super::{CopyProblem, NotRestored, Plan, Row, Table, Value};
use crate::connection::Conn;
use crate::database::Database;
use crate::error::StorageError;
use crate::on_each;

/// About how many bytes go into one statement.
const BYTES_AT_ONCE: usize = 1 << 20;

impl Plan {
    /// Fills an empty database from a copy and then does `work`, all in one transaction: on any error nothing is changed.
    ///
    /// The structure is that of the copy while it is filled, and this program's when `work` is called. The caller should have checked the copy before
    /// ([`Self::check`]); here it is checked again, at the latest before `work`.
    ///
    /// # Errors
    /// [`NotRestored::Copy`], or what `work` returns.
    pub fn fill<T, E>(
        &self,
        database: &Database,
        input: &mut dyn Read,
        mut work: impl FnMut(&mut Conn<'_>) -> Result<T, NotRestored<E>>,
    ) -> Result<T, NotRestored<E>> {
        let mut input = Some(input);
        database.write_once(|conn| {
            let Some(input) = input.take() else { return Err(StorageError::Contention("the restore was disturbed".to_owned()).into()) };
            self.fill_in(conn, input)?;
            work(conn)
        })
    }

    fn fill_in(&self, conn: &mut Conn<'_>, input: &mut dyn Read) -> Result<(), CopyProblem> {
        let mut copy = self.open(input)?;
        self.make_structure(conn, &copy.header.migrations)?;
        if let Conn::Sqlite(c) = conn {
            c.batch_execute("PRAGMA defer_foreign_keys = ON").map_err(StorageError::from)?;
        }
        for table in copy.header.tables.clone() {
            let mut filling = Filling { table: &table, waiting: Vec::new(), bytes: 0, later: Vec::new() };
            each_copied(&mut copy, &table, |row| filling.take(conn, row))?;
            filling.finish(conn)?;
        }
        copy.finish()?;
        self.migrations.apply(conn)?;
        Ok(())
    }

    /// Makes the structure that the copy has; a structure that is there already must be the same, and without a row.
    fn make_structure(&self, conn: &mut Conn<'_>, versions: &[String]) -> Result<(), CopyProblem> {
        let seen = self.migrations.seen(conn)?;
        if seen.is_empty() {
            self.migrations.apply_only(conn, versions)?;
            return Ok(());
        }
        let mut found = Vec::new();
        if self.migrations.pending(conn)?.is_empty() {
            for table in self.tables.iter().map(|table| table.name.as_str()).chain(self.left_out.iter().copied()) {
                let rows: i64 = on_each!(conn, |c| sql::<BigInt>(&format!("SELECT count(*) FROM \"{table}\"")).get_result(c))
                    .map_err(StorageError::from)?;
                if rows > 0 {
                    found.push(format!("{table} has {rows} rows"));
                }
            }
        } else {
            found.push("it has the structure of an older version".to_owned());
        }
        if !found.is_empty() {
            return Err(CopyProblem::NotEmpty(found.join(", ")));
        }
        if seen != versions {
            return Err(CopyProblem::OlderThanStructure);
        }
        Ok(())
    }
}

/// A table that is being filled.
struct Filling<'t> {
    table: &'t Table,
    waiting: Vec<Row>,
    bytes: usize,
    /// What the column gets that is filled later: key and value.
    later: Vec<(Row, Value)>,
}

impl Filling<'_> {
    fn take(&mut self, conn: &mut Conn<'_>, mut row: Row) -> Result<(), CopyProblem> {
        self.bytes = self.bytes.saturating_add(row.iter().map(size).sum());
        if let Some(place) = self.later_place()
            && let Some(value) = row.get_mut(place)
            && *value != Value::Null
        {
            let value = std::mem::replace(value, Value::Null);
            self.later.push((self.table.key_of(&row).into_iter().cloned().collect(), value));
        }
        self.waiting.push(row);
        let many = self.waiting.len() >= usize::try_from(self.table.rows_at_once()).unwrap_or(usize::MAX);
        if many || self.bytes >= BYTES_AT_ONCE { self.write(conn) } else { Ok(()) }
    }

    fn later_place(&self) -> Option<usize> {
        let later = self.table.later.as_ref()?;
        self.table.columns.iter().position(|column| column.name == *later)
    }

    fn write(&mut self, conn: &mut Conn<'_>) -> Result<(), CopyProblem> {
        let insert = Insert { table: self.table, rows: &self.waiting };
        on_each!(conn, |c| insert.execute(c)).map_err(StorageError::from)?;
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }

    fn finish(mut self, conn: &mut Conn<'_>) -> Result<(), CopyProblem> {
        if !self.waiting.is_empty() {
            self.write(conn)?;
        }
        let Some(column) = &self.table.later else { return Ok(()) };
        for (key, value) in &self.later {
            let fill = FillLater { table: self.table, column, key, value };
            on_each!(conn, |c| fill.execute(c)).map_err(StorageError::from)?;
        }
        Ok(())
    }
}

/// About how many bytes a value has.
fn size(value: &Value) -> usize {
    match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.len(),
        // Documents are few; what matters is that a large one is not counted as nothing.
        Value::Doc(_) => 1 << 12,
        _ => 16,
    }
}
