//! What needs a database server; the module's name lets `--skip postgres::` leave it out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod postgres;
