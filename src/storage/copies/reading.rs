//! From a database into a copy, and through a copy without a database.

use std::io::{Read, Write};

use diesel::RunQueryDsl as _;

use super::engine::{Page, RawRow};
use super::file::{CopyReader, CopyWriter, Header};
use super::{Checked, CopyProblem, Filled, Plan, Row, Table};
use crate::connection::Conn;
use crate::database::Database;
use crate::error::StorageError;
use crate::on_each;

impl Plan {
    /// Writes a copy of one state of the database while others go on working with it, and gives the SHA-256 of the whole file.
    ///
    /// `pair` is written into copies that are made together. `room` says, of the state that is copied, for how many bytes room is made in the file, so
    /// that its size does not tell how much has come in. Rows are read a few at a time, so that memory does not grow with their number.
    ///
    /// # Errors
    /// When the database fails or `out` does; what was written is then no copy.
    pub fn write(
        &self,
        database: &Database,
        out: &mut dyn Write,
        pair: [u8; 16],
        room: impl Fn(&mut Conn<'_>) -> Result<u64, StorageError>,
    ) -> Result<[u8; 32], CopyProblem> {
        // Once and not again: what was written cannot be taken back, and a look at one state is never in anybody's way.
        let mut out = Some(out);
        database.snapshot(|conn| {
            let Some(out) = out.take() else { return Err(StorageError::Contention("the copy was disturbed".to_owned()).into()) };
            let header = Header {
                side: self.side.to_owned(),
                program: env!("CARGO_PKG_VERSION").to_owned(),
                pair,
                migrations: self.migrations.seen(conn)?,
                tables: self.tables.clone(),
            };
            let mut copy = CopyWriter::begin(out, &header)?;
            for table in &self.tables {
                each_row(conn, table, |row| copy.row(row))?;
                copy.end_table()?;
            }
            let room = room(conn)?;
            copy.finish(room, &mut rand::rng())
        })
    }

    /// Every row of every table that is copied, at one state of the database. All of it is held in memory.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rows(&self, database: &Database) -> Result<Vec<Filled>, StorageError> {
        rows_of(&self.tables, database)
    }

    /// Reads a copy from beginning to end and says whether it is whole, of this store, and of a version that this program knows.
    ///
    /// # Errors
    /// [`CopyProblem`] says what is wrong with it.
    pub fn check(&self, input: &mut dyn Read) -> Result<Checked, CopyProblem> {
        let mut copy = self.open(input)?;
        for table in copy.header.tables.clone() {
            each_copied(&mut copy, &table, |_| Ok(()))?;
        }
        let (program, pair) = (copy.header.program.clone(), copy.header.pair);
        let (content, sha256) = copy.finish()?;
        Ok(Checked { program, pair, sha256, content })
    }

    pub(super) fn open<'i>(&self, input: &'i mut dyn Read) -> Result<CopyReader<&'i mut dyn Read>, CopyProblem> {
        let copy = CopyReader::open(input)?;
        if copy.header.side != self.side {
            return Err(CopyProblem::OtherSide { found: copy.header.side, wanted: self.side });
        }
        if let Some(migration) = self.migrations.unknown(&copy.header.migrations)? {
            return Err(CopyProblem::Newer { program: copy.header.program, migration });
        }
        Ok(copy)
    }
}

/// Every row of these tables, at one state of the database.
pub(crate) fn rows_of(tables: &[Table], database: &Database) -> Result<Vec<Filled>, StorageError> {
    database.snapshot(|conn| {
        let mut filled = Vec::new();
        for table in tables {
            let mut rows = Vec::new();
            each_row(conn, table, |row| {
                rows.push(row.clone());
                Ok::<_, StorageError>(())
            })?;
            filled.push(Filled { table: table.clone(), rows });
        }
        Ok(filled)
    })
}

/// Visits every row of a table in the order of its key.
fn each_row<E: From<StorageError>>(conn: &mut Conn<'_>, table: &Table, mut visit: impl FnMut(&Row) -> Result<(), E>) -> Result<(), E> {
    let engine = conn.engine();
    let mut last: Option<Row> = None;
    loop {
        let after: Option<Row> = last.as_ref().map(|row| table.key_of(row).into_iter().cloned().collect());
        let page = Page { table, after: after.as_deref() };
        let rows: Vec<RawRow> = on_each!(conn, |c| page.load(c)).map_err(StorageError::from)?;
        let full = rows.len() >= usize::try_from(table.rows_at_once()).unwrap_or(usize::MAX);
        for row in rows {
            let row = row.values(table, engine)?;
            visit(&row)?;
            last = Some(row);
        }
        if !full {
            return Ok(());
        }
    }
}

/// Visits every row of a table of a copy; rows that do not stand in the order of their keys are refused.
pub(super) fn each_copied<R: Read>(
    copy: &mut CopyReader<R>,
    table: &Table,
    mut visit: impl FnMut(Row) -> Result<(), CopyProblem>,
) -> Result<(), CopyProblem> {
    let mut before: Option<Vec<super::Value>> = None;
    while let Some(row) = copy.row(table)? {
        if before.as_ref().is_some_and(|before| !table.follows(&row, before)) {
            return Err(CopyProblem::Altered("its rows do not stand in the order of their keys"));
        }
        // Only the key is kept: the rest of a row can be large.
        let places = table.key_places();
        let kept = row.iter().enumerate().map(|(place, value)| if places.contains(&place) { value.clone() } else { super::Value::Null });
        before = Some(kept.collect());
        visit(row)?;
    }
    Ok(())
}
