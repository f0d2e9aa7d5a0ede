//! Acknowledged means on disk: the real server is killed under load, its disk fills up, its system calls are watched.
//!
//! What `kill -9` of the server proves: nothing that a client was told lives only in the process. It does not prove that the data would
//! outlive a power cut, because the kernel still holds what a killed process wrote; for that `order` watches that every answer leaves after
//! the flush to the disk. `kill -9` of PostgreSQL proves the same for the server and its write-ahead log together.
//!
//! `DURABILITY_KILLS` sets how often the server is killed (6), `DURABILITY_SEED` when (1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod audit;
mod disk_full;
mod kills;
#[path = "../load/mod.rs"]
mod load;
mod order;
