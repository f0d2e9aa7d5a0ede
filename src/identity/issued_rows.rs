//! The two statements over many people's credentials at once. The query language in use can say neither of them on every engine.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, HasSqlType};
use domain::{PersonId, WaveId};
use storage::sql_types::Key;
use storage::{push_rows, rows_statement};

use crate::issuing::Claim;

/// Records the blinded elements of people of one wave for whom none is recorded, and gives those people.
pub(crate) struct Record<'c> {
    pub(crate) wave: &'c WaveId,
    pub(crate) claims: &'c [&'c Claim],
}

/// Gives what is recorded for people of one wave, of those for whom something is.
pub(crate) struct RecordedFor<'c> {
    pub(crate) wave: &'c WaveId,
    pub(crate) claims: &'c [&'c Claim],
}

impl<DB> QueryFragment<DB> for Record<'_>
where
    DB: Backend + HasSqlType<Key> + HasSqlType<Binary>,
    WaveId: ToSql<Key, DB>,
    PersonId: ToSql<Key, DB>,
    [u8]: ToSql<Binary, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // The columns of a list of values are called column1, column2 on every engine.
        out.push_sql("UPDATE wave_person SET issued_blind = claim.column2 FROM (VALUES ");
        push_rows(&mut out, self.claims, |out, claim| {
            out.push_bind_param::<Key, _>(&claim.person)?;
            out.push_sql(", ");
            out.push_bind_param::<Binary, _>(claim.blinded.as_slice())
        })?;
        out.push_sql(") AS claim WHERE wave_person.wave = ");
        out.push_bind_param::<Key, _>(self.wave)?;
        out.push_sql(" AND wave_person.person = claim.column1 AND wave_person.issued_blind IS NULL RETURNING person");
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for RecordedFor<'_>
where
    DB: Backend + HasSqlType<Key>,
    WaveId: ToSql<Key, DB>,
    PersonId: ToSql<Key, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT person, issued_blind FROM wave_person WHERE wave = ");
        out.push_bind_param::<Key, _>(self.wave)?;
        out.push_sql(" AND issued_blind IS NOT NULL AND person IN (VALUES ");
        push_rows(&mut out, self.claims, |out, claim| out.push_bind_param::<Key, _>(&claim.person))?;
        out.push_sql(")");
        Ok(())
    }
}

rows_statement!(Record, Key);
rows_statement!(RecordedFor, (Key, Binary));
