//! Acknowledged means kept: the real server is killed under load.
//!
//! What `kill -9` of the server proves: nothing that a client was told lives only in the process. It does not prove that the data would
//! outlive a power cut, because the kernel still holds what a killed process wrote.
//!
//! `CANDOR_KILLS` sets how often the server is killed (6), `CANDOR_SEED` when (1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod audit;
mod kills;
#[path = "../load/mod.rs"]
mod load;
