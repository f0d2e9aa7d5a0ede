//! Several processes on one PostgreSQL, and a PostgreSQL that goes away and comes back. Real servers, real clients.
//!
//! `REPLICA_KILLS` sets how often one of two processes is killed (4), `OUTAGES` how often the database is stopped (3), `SEED` when (1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "../durability/audit.rs"]
mod audit;
mod balancer;
mod console;
#[path = "../load/mod.rs"]
mod load;
mod postgres;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number, not {text:?}")))
}
