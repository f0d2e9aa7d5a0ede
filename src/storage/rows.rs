//! Statements over many rows at once, which the query language in use has no word for on every engine.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::AstPass;

/// Writes `(…), (…), …`, each row by `row`, into a statement.
///
/// A statement over so many rows always has the same text, so each is prepared once per connection.
///
/// # Errors
/// What `row` returns.
pub fn push_rows<'b, DB: Backend, Row>(
    out: &mut AstPass<'_, 'b, DB>,
    rows: &'b [Row],
    mut row: impl FnMut(&mut AstPass<'_, 'b, DB>, &'b Row) -> QueryResult<()>,
) -> QueryResult<()> {
    for (place, values) in rows.iter().enumerate() {
        out.push_sql(if place == 0 { "(" } else { ", (" });
        row(out, values)?;
        out.push_sql(")");
    }
    Ok(())
}

/// Makes a type that writes its own statement (a `QueryFragment`) one that can be executed, with the column types of what it gives.
///
/// `rows_statement!(PutIn, Id32)`. How many rows it is about changes its text, so it is known by its text.
#[macro_export]
macro_rules! rows_statement {
    ($statement:ident, $columns:ty) => {
        impl ::diesel::query_builder::Query for $statement<'_> {
            type SqlType = $columns;
        }

        impl ::diesel::query_builder::QueryId for $statement<'_> {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }

        impl<Connection> ::diesel::RunQueryDsl<Connection> for $statement<'_> {}
    };
}
