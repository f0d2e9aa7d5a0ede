//! Column types, each mapped to what every engine does natively, and the domain values that live in them.
//!
//! | type | values | SQLite | PostgreSQL |
//! |---|---|---|---|
//! | [`Id16`] | 16 random bytes | `BLOB` | `uuid` |
//! | [`Id32`] | hashes, nonces, MACs of 32 bytes | `BLOB` | `bytea` |
//! | [`Key`] | checked texts: ids, states | `TEXT` | `text` |
//! | [`Count`] | 0 to 2^32 - 1 | `INTEGER` | `bigint` |
//! | [`Moment`] | instants | `INTEGER`, microseconds since 1970 | `timestamptz` |
//! | [`Doc`] | JSON | `TEXT` | `jsonb` |

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow, FromStaticSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, SqlOrd, SqlType, Text};
use diesel::sqlite::Sqlite;
use std::io::Write;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Sixteen random bytes that identify a row.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Binary"))]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
pub struct Id16;

/// A value of 32 bytes: a hash, a nonce, a MAC.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Binary"))]
#[diesel(postgres_type(oid = 17, array_oid = 1001))]
pub struct Id32;

/// A text that was checked when it came in: an identifier or a state.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Text"))]
#[diesel(postgres_type(oid = 25, array_oid = 1009))]
pub struct Key;

/// A number from 0 to 2^32 - 1.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Long"))]
#[diesel(postgres_type(oid = 20, array_oid = 1016))]
pub struct Count;

/// An instant. Only the people side has columns of this type.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Long"))]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
pub struct Moment;

/// A JSON document; its bytes may change, its content does not.
#[derive(Debug, Clone, Copy, SqlType, QueryId)]
#[diesel(sqlite_type(name = "Text"))]
#[diesel(postgres_type(oid = 3802, array_oid = 3807))]
pub struct Doc;

impl SqlOrd for Count {}
impl SqlOrd for Moment {}

/// Puts a domain value into a query as a bound parameter of the column's type: `wave::wave.eq(bind(&id))`.
///
/// Diesel's own conversion (`AsExpression`) cannot be given to types of another crate. Optional values need no `bind`.
pub fn bind<Column, Value>(value: Value) -> Bound<Column, Value> {
    Bound::new(value)
}

/// Lets a value be loaded from a row.
macro_rules! loadable {
    ($column:ty: $value:ty) => {
        impl<DB: Backend> Queryable<$column, DB> for $value
        where
            Self: FromStaticSqlRow<$column, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}

/// Gives a value that is written as text (`as_str`) and checked when it is read a place in [`Key`](crate::sql_types::Key) columns.
///
/// `key_column!(Role, |text| Role::parse(text), "role")`: the function gives `None` for a text that breaks the rule, which is then
/// reported without being shown.
#[macro_export]
macro_rules! key_column {
    ($value:ty, $parse:expr, $what:literal) => {
        impl<DB: ::diesel::backend::Backend> ::diesel::deserialize::Queryable<$crate::sql_types::Key, DB> for $value
        where
            Self: ::diesel::deserialize::FromStaticSqlRow<$crate::sql_types::Key, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> ::diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }

        impl ::diesel::serialize::ToSql<$crate::sql_types::Key, ::diesel::sqlite::Sqlite> for $value {
            fn to_sql<'b>(
                &'b self,
                out: &mut ::diesel::serialize::Output<'b, '_, ::diesel::sqlite::Sqlite>,
            ) -> ::diesel::serialize::Result {
                out.set_value(self.as_str());
                Ok(::diesel::serialize::IsNull::No)
            }
        }

        impl ::diesel::deserialize::FromSql<$crate::sql_types::Key, ::diesel::sqlite::Sqlite> for $value {
            fn from_sql(
                value: <::diesel::sqlite::Sqlite as ::diesel::backend::Backend>::RawValue<'_>,
            ) -> ::diesel::deserialize::Result<Self> {
                let text =
                    <String as ::diesel::deserialize::FromSql<::diesel::sql_types::Text, ::diesel::sqlite::Sqlite>>::from_sql(value)?;
                let parse: fn(&str) -> Option<$value> = $parse;
                parse(&text).ok_or_else(|| concat!("a stored text is not a valid ", $what).into())
            }
        }

        impl ::diesel::serialize::ToSql<$crate::sql_types::Key, ::diesel::pg::Pg> for $value {
            fn to_sql<'b>(&'b self, out: &mut ::diesel::serialize::Output<'b, '_, ::diesel::pg::Pg>) -> ::diesel::serialize::Result {
                ::std::io::Write::write_all(out, self.as_str().as_bytes())?;
                Ok(::diesel::serialize::IsNull::No)
            }
        }

        impl ::diesel::deserialize::FromSql<$crate::sql_types::Key, ::diesel::pg::Pg> for $value {
            fn from_sql(value: ::diesel::pg::PgValue<'_>) -> ::diesel::deserialize::Result<Self> {
                let text = ::std::str::from_utf8(value.as_bytes()).map_err(|_| concat!("a stored text is not a valid ", $what))?;
                let parse: fn(&str) -> Option<$value> = $parse;
                parse(text).ok_or_else(|| concat!("a stored text is not a valid ", $what).into())
            }
        }
    };
}

key_column!(domain::WaveId, |text| Self::parse(text).ok(), "wave");
key_column!(domain::PersonId, |text| Self::parse(text).ok(), "person id");
key_column!(domain::TeamLabel, |text| Self::parse(text).ok(), "team");
key_column!(domain::Language, |text| Self::parse(text).ok(), "language");
key_column!(domain::WaveState, Self::parse, "wave state");
key_column!(domain::Gate, Self::parse, "gate");

/// Bytes of fixed length.
macro_rules! fixed_bytes {
    ($column:ty, $length:literal) => {
        loadable!($column: [u8; $length]);

        impl ToSql<$column, Sqlite> for [u8; $length] {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.as_slice());
                Ok(IsNull::No)
            }
        }

        impl FromSql<$column, Sqlite> for [u8; $length] {
            fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
                Self::try_from(bytes).map_err(|_| concat!("a stored value is not ", $length, " bytes long").into())
            }
        }

        impl ToSql<$column, Pg> for [u8; $length] {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                out.write_all(self)?;
                Ok(IsNull::No)
            }
        }

        impl FromSql<$column, Pg> for [u8; $length] {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                Self::try_from(value.as_bytes()).map_err(|_| concat!("a stored value is not ", $length, " bytes long").into())
            }
        }
    };
}

fixed_bytes!(Id16, 16);
fixed_bytes!(Id32, 32);

impl ToSql<Count, Sqlite> for u32 {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i64::from(*self));
        Ok(IsNull::No)
    }
}

impl FromSql<Count, Sqlite> for u32 {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let number = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
        Self::try_from(number).map_err(|_| "a stored number is negative or too large".into())
    }
}

impl ToSql<Count, Pg> for u32 {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&i64::from(*self).to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Count, Pg> for u32 {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let number = <i64 as FromSql<BigInt, Pg>>::from_sql(value)?;
        Self::try_from(number).map_err(|_| "a stored number is negative or too large".into())
    }
}

loadable!(Count: domain::GroupId);

impl ToSql<Count, Sqlite> for domain::GroupId {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i64::from(self.0));
        Ok(IsNull::No)
    }
}

impl FromSql<Count, Sqlite> for domain::GroupId {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <u32 as FromSql<Count, Sqlite>>::from_sql(value).map(Self)
    }
}

impl ToSql<Count, Pg> for domain::GroupId {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&i64::from(self.0).to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Count, Pg> for domain::GroupId {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <u32 as FromSql<Count, Pg>>::from_sql(value).map(Self)
    }
}

loadable!(Moment: domain::Moment);

impl ToSql<Moment, Sqlite> for domain::Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.micros());
        Ok(IsNull::No)
    }
}

impl FromSql<Moment, Sqlite> for domain::Moment {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Self::from_micros)
    }
}

/// PostgreSQL counts microseconds from the start of 2000 instead of 1970.
pub(crate) const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

impl ToSql<Moment, Pg> for domain::Moment {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let micros = self.micros().checked_sub(POSTGRES_EPOCH).ok_or("an instant lies before what the database can hold")?;
        out.write_all(&micros.to_be_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Moment, Pg> for domain::Moment {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let bytes = value.as_bytes().try_into().map_err(|_| "a stored instant is not 8 bytes long")?;
        let micros = i64::from_be_bytes(bytes).checked_add(POSTGRES_EPOCH).ok_or("a stored instant lies too far ahead")?;
        Ok(Self::from_micros(micros))
    }
}

/// The form in which PostgreSQL sends and takes `jsonb`: this byte, then the text.
pub(crate) const JSONB_VERSION: u8 = 1;

/// A value that is stored as a JSON document.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Doc)]
pub struct Json<T: std::fmt::Debug>(pub T);

impl From<Json<serde_json::Value>> for serde_json::Value {
    fn from(Json(value): Json<Self>) -> Self {
        value
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<Doc, Sqlite> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<Doc, Sqlite> for Json<T> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        // serde_json's own message may quote the document.
        serde_json::from_str(&text).map(Self).map_err(|_| "a stored JSON document does not have the expected form".into())
    }
}

impl<T: Serialize + std::fmt::Debug> ToSql<Doc, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[JSONB_VERSION])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned + std::fmt::Debug> FromSql<Doc, Pg> for Json<T> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        match value.as_bytes().split_first() {
            // serde_json's own message may quote the document.
            Some((&JSONB_VERSION, text)) => {
                serde_json::from_slice(text).map(Self).map_err(|_| "a stored JSON document does not have the expected form".into())
            }
            _ => Err("a stored JSON document comes in an unknown form".into()),
        }
    }
}
