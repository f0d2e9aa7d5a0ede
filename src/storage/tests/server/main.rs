//! What needs a database server; the modules' names let `--skip postgres::` leave them out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod exposure_postgres;
#[path = "../fixture/mod.rs"]
mod fixture;
mod postgres;
mod rewriting_postgres;
mod tls_postgres;
