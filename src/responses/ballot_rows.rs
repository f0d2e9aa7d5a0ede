//! The two statements over many ballots at once. The query language in use can say neither of them on every engine.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, HasSqlType};
use domain::GroupId;
use storage::sql_types::{Count, Id32};
use storage::{push_rows, rows_statement};

use crate::ballot_box::CastBallot;

/// Inserts the ballots whose numbers are not spent, and gives those numbers.
pub(crate) struct PutIn<'c>(pub &'c [&'c CastBallot]);

/// Gives the ballots in the box that have the numbers of these.
pub(crate) struct StoredUnder<'c>(pub &'c [&'c CastBallot]);

impl<DB> QueryFragment<DB> for PutIn<'_>
where
    DB: Backend + HasSqlType<Id32> + HasSqlType<Count> + HasSqlType<Binary>,
    [u8; 32]: ToSql<Id32, DB>,
    GroupId: ToSql<Count, DB>,
    Vec<u8>: ToSql<Binary, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("INSERT INTO ballot (nonce, group_no, mac, ct) VALUES ");
        push_rows(&mut out, self.0, |out, cast| {
            out.push_bind_param::<Id32, _>(&cast.nonce)?;
            out.push_sql(", ");
            out.push_bind_param::<Count, _>(&cast.group)?;
            out.push_sql(", ");
            out.push_bind_param::<Id32, _>(&cast.mac)?;
            out.push_sql(", ");
            out.push_bind_param::<Binary, _>(&cast.ct)
        })?;
        out.push_sql(" ON CONFLICT (nonce) DO NOTHING RETURNING nonce");
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for StoredUnder<'_>
where
    DB: Backend + HasSqlType<Id32>,
    [u8; 32]: ToSql<Id32, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT nonce, group_no, mac, ct FROM ballot WHERE nonce IN (VALUES ");
        push_rows(&mut out, self.0, |out, cast| out.push_bind_param::<Id32, _>(&cast.nonce))?;
        out.push_sql(")");
        Ok(())
    }
}

rows_statement!(PutIn, Id32);
rows_statement!(StoredUnder, (Id32, Count, Id32, Binary));
