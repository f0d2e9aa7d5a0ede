//! How values go into statements and come out of rows, per engine.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::row::{Field, NamedRow};
use diesel::sql_types::{BigInt, Binary, Bool, Text, Untyped};
use diesel::sqlite::{Sqlite, SqliteType};
use domain::Moment;

use super::{Kind, Row, Table, Value};
use crate::connection::Engine;
use crate::error::StorageError;
use crate::sql_types::{self, Doc, Id16, JSONB_VERSION, Json, POSTGRES_EPOCH};
use crate::{push_rows, rows_statement};

/// An engine that takes every kind of value.
pub(super) trait Takes: Backend {
    /// Puts a value into a statement.
    fn push<'b>(out: &mut AstPass<'_, 'b, Self>, value: &'b Value) -> QueryResult<()>;
}

macro_rules! takes {
    ($engine:ty) => {
        impl Takes for $engine {
            fn push<'b>(out: &mut AstPass<'_, 'b, Self>, value: &'b Value) -> QueryResult<()> {
                match value {
                    Value::Null => {
                        out.push_sql("NULL");
                        Ok(())
                    }
                    Value::Id16(id) => out.push_bind_param::<Id16, _>(id),
                    Value::Bytes(bytes) => out.push_bind_param::<Binary, _>(bytes),
                    Value::Text(text) => out.push_bind_param::<Text, _>(text),
                    Value::Number(number) => out.push_bind_param::<BigInt, _>(number),
                    Value::Truth(truth) => out.push_bind_param::<Bool, _>(truth),
                    Value::Moment(moment) => out.push_bind_param::<sql_types::Moment, _>(moment),
                    Value::Doc(document) => out.push_bind_param::<Doc, _>(document),
                }
            }
        }
    };
}

takes!(Sqlite);
takes!(Pg);

/// The rows of a table that come after a key, in the order of their keys.
pub(super) struct Page<'a> {
    pub(super) table: &'a Table,
    pub(super) after: Option<&'a [Value]>,
}

/// Inserts rows.
pub(super) struct Insert<'a> {
    pub(super) table: &'a Table,
    pub(super) rows: &'a [Row],
}

/// Fills the column that is filled later, in one row.
pub(super) struct FillLater<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a str,
    pub(super) key: &'a [Value],
    pub(super) value: &'a Value,
}

rows_statement!(Page, Untyped);
rows_statement!(Insert, ());
rows_statement!(FillLater, ());

fn push_names<DB: Backend>(out: &mut AstPass<'_, '_, DB>, names: impl Iterator<Item = impl AsRef<str>>) -> QueryResult<()> {
    for (place, name) in names.enumerate() {
        if place > 0 {
            out.push_sql(", ");
        }
        out.push_identifier(name.as_ref())?;
    }
    Ok(())
}

fn push_values<'b, DB: Takes>(out: &mut AstPass<'_, 'b, DB>, values: impl Iterator<Item = &'b Value>) -> QueryResult<()> {
    for (place, value) in values.enumerate() {
        if place > 0 {
            out.push_sql(", ");
        }
        DB::push(out, value)?;
    }
    Ok(())
}

impl<DB: Takes> QueryFragment<DB> for Page<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        push_names(&mut out, self.table.columns.iter().map(|column| &column.name))?;
        out.push_sql(" FROM ");
        out.push_identifier(&self.table.name)?;
        if let Some(after) = self.after {
            out.push_sql(" WHERE (");
            push_names(&mut out, self.table.key.iter())?;
            out.push_sql(") > (");
            push_values(&mut out, after.iter())?;
            out.push_sql(")");
        }
        out.push_sql(" ORDER BY ");
        push_names(&mut out, self.table.key.iter())?;
        out.push_sql(&format!(" LIMIT {}", self.table.rows_at_once()));
        Ok(())
    }
}

impl<DB: Takes> QueryFragment<DB> for Insert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Which values are absent changes the text, so that there would be too many of them to keep.
        out.unsafe_to_cache_prepared();
        out.push_sql("INSERT INTO ");
        out.push_identifier(&self.table.name)?;
        out.push_sql(" (");
        push_names(&mut out, self.table.columns.iter().map(|column| &column.name))?;
        out.push_sql(") VALUES ");
        push_rows(&mut out, self.rows, |out, row| push_values(out, row.iter()))
    }
}

impl<DB: Takes> QueryFragment<DB> for FillLater<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        out.push_identifier(&self.table.name)?;
        out.push_sql(" SET ");
        out.push_identifier(self.column)?;
        out.push_sql(" = ");
        DB::push(&mut out, self.value)?;
        for (place, (name, value)) in self.table.key.iter().zip(self.key).enumerate() {
            out.push_sql(if place == 0 { " WHERE " } else { " AND " });
            out.push_identifier(name)?;
            out.push_sql(" = ");
            DB::push(&mut out, value)?;
        }
        Ok(())
    }
}

/// A row as the engine gives it: bytes, and numbers as eight of them.
pub(super) struct RawRow(Vec<Option<Vec<u8>>>);

impl QueryableByName<Pg> for RawRow {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let field = |place| {
            let field = diesel::row::Row::get(row, place).ok_or("a column is missing")?;
            Ok(field.value().map(|value| value.as_bytes().to_vec()))
        };
        (0..row.field_count()).map(field).collect::<deserialize::Result<_>>().map(Self)
    }
}

impl QueryableByName<Sqlite> for RawRow {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let field = |place| {
            let field = diesel::row::Row::get(row, place).ok_or("a column is missing")?;
            let Some(value) = field.value() else { return Ok(None) };
            Ok(Some(match value.value_type() {
                Some(SqliteType::Text) => <String as FromSql<Text, Sqlite>>::from_sql(value)?.into_bytes(),
                Some(SqliteType::Binary) => <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?,
                _ => <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?.to_be_bytes().to_vec(),
            }))
        };
        (0..row.field_count()).map(field).collect::<deserialize::Result<_>>().map(Self)
    }
}

impl RawRow {
    /// The row's values, of the kinds that the table's columns have.
    pub(super) fn values(self, table: &Table, engine: Engine) -> Result<Row, StorageError> {
        let value = |(bytes, column): (Option<Vec<u8>>, &super::Column)| {
            let Some(bytes) = bytes else { return Ok(Value::Null) };
            read(column.kind, engine, bytes)
                .ok_or_else(|| StorageError::Corrupt(format!("a value of {}.{} is not what it should be", table.name, column.name)))
        };
        self.0.into_iter().zip(&table.columns).map(value).collect()
    }
}

fn read(kind: Kind, engine: Engine, bytes: Vec<u8>) -> Option<Value> {
    let number = |bytes: &[u8]| Some(i64::from_be_bytes(bytes.try_into().ok()?));
    Some(match (kind, engine) {
        (Kind::Id16, _) => Value::Id16(bytes.try_into().ok()?),
        (Kind::Bytes, _) => Value::Bytes(bytes),
        (Kind::Text, _) => Value::Text(String::from_utf8(bytes).ok()?),
        (Kind::Number, _) => Value::Number(number(&bytes)?),
        (Kind::Truth, Engine::Sqlite) => Value::Truth(number(&bytes)? != 0),
        (Kind::Truth, Engine::Postgres) => Value::Truth(*bytes.first()? != 0),
        (Kind::Moment, Engine::Sqlite) => Value::Moment(Moment::from_micros(number(&bytes)?)),
        (Kind::Moment, Engine::Postgres) => Value::Moment(Moment::from_micros(number(&bytes)?.checked_add(POSTGRES_EPOCH)?)),
        (Kind::Doc, Engine::Sqlite) => Value::Doc(Json(serde_json::from_slice(&bytes).ok()?)),
        (Kind::Doc, Engine::Postgres) => match bytes.split_first() {
            Some((&JSONB_VERSION, text)) => Value::Doc(Json(serde_json::from_slice(text).ok()?)),
            _ => return None,
        },
    })
}
